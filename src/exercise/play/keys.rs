//! The keys that work at every prompt: help, hint, facts, treaties, story, leave.

use super::scene::hint_line;
use super::told::indented;
use super::{Game, PlayError};
use crate::exercise::session::{Ask, Happening};
use crate::exercise::{Question, RoleId, Viewer, fact_line};
use crate::model::ids::TreatyId;
use crate::model::treaty::ArticleState;

/// What a player typed.
enum Typed {
    Line(String),
    Leave,
}

const HELP: &str = "\
?  this help          h  a hint (costs a tenth of the points)
f  the facts so far   t  the treaties that count
l  the story so far   q  leave; everything is kept and can be resumed
t WORDS  the articles with these words
back  begin this question anew";

/// More articles than this are shown by their titles until somebody asks for words.
const MOST_SHOWN: usize = 12;

impl Game<'_, '_> {
    /// A line that is none of the keys; those are obeyed here.
    pub(super) fn line(
        &mut self,
        prompt: &str,
        question: &Question,
        role: RoleId,
    ) -> Result<Option<String>, PlayError> {
        loop {
            match self.typed(prompt, question, role)? {
                Some(Typed::Line(line)) => return Ok(Some(line)),
                Some(Typed::Leave) => return Ok(None),
                None => {}
            }
        }
    }

    fn typed(
        &mut self,
        prompt: &str,
        question: &Question,
        role: RoleId,
    ) -> Result<Option<Typed>, PlayError> {
        let Some(line) = self.prompter.ask(prompt)? else {
            return Ok(Some(Typed::Leave));
        };
        match line.trim() {
            said if said == "t" || said.starts_with("t ") => {
                self.treaties(role, said[1..].trim())?;
            }
            "?" => self.say(HELP)?,
            "q" => return Ok(Some(Typed::Leave)),
            "back" => {
                self.turn.back = true;
                return Ok(Some(Typed::Leave));
            }
            "f" => self.facts(role)?,
            "l" => self.story(role)?,
            "h" => self.hint(question, role)?,
            _ => return Ok(Some(Typed::Line(line))),
        }
        Ok(None)
    }

    fn facts(&mut self, role: RoleId) -> Result<(), PlayError> {
        for fact in self.session.seen(Viewer::Seat(role)) {
            let (from, to) = (fact.from, fact.to);
            let line = fact_line(&fact.sentence, from, to, fact.asserted_by, fact.denied_by);
            let line = format!("- {line}");
            self.tell(&line, 0, 2)?;
        }
        Ok(())
    }

    /// The articles with these words; without words all of them if they are few, else what there is.
    fn treaties(&mut self, role: RoleId, words: &str) -> Result<(), PlayError> {
        let (treaties, named) = self.session.treaties(Viewer::Seat(role));
        let rulebook = &self.session.pack.project.rulebook;
        let articles = treaties
            .iter()
            .map(|id| rulebook.treaty(*id).articles.len());
        let few = named && articles.sum::<usize>() <= MOST_SHOWN;
        if words.is_empty() && !few {
            return self.titles(&treaties, named);
        }
        let found = self.session.articles(&treaties, words, MOST_SHOWN);
        if found.is_empty() {
            return self.say("No article that counts here has these words.");
        }
        for (id, articles) in found {
            self.treaty(id)?;
            let project = &self.session.pack.project;
            for at in articles {
                let article = &project.rulebook.treaty(id).articles[at];
                self.say(&indented(project.sources.text(article.span)))?;
            }
        }
        Ok(())
    }

    /// What treaties there are, with the numbers and titles of their articles if the exercise names them.
    fn titles(&mut self, treaties: &[TreatyId], named: bool) -> Result<(), PlayError> {
        if !named {
            self.say("All treaties of the rulebook count.")?;
        }
        for id in treaties.iter().filter(|_| named) {
            self.treaty(*id)?;
            let articles = &self.session.pack.project.rulebook.treaty(*id).articles;
            let binding = articles
                .iter()
                .filter(|it| it.state == ArticleState::Encoded);
            let titles = binding.map(|article| match &article.title {
                Some(title) => format!("{} {title}", article.label),
                None => article.label.clone(),
            });
            let line = titles.collect::<Vec<_>>().join("; ");
            self.tell(&line, 2, 2)?;
        }
        self.say("\n`t` and words show the articles with these words, as in `t assist`.")
    }

    fn treaty(&mut self, id: TreatyId) -> Result<(), PlayError> {
        let treaty = self.session.pack.project.rulebook.treaty(id);
        let title = treaty.title.as_deref().unwrap_or("");
        self.say(&format!("\n{} {title}", treaty.name))
    }

    fn story(&mut self, role: RoleId) -> Result<(), PlayError> {
        let exercise = self.session.exercise;
        for released in self.session.released.clone() {
            let inject = exercise.inject(released.inject);
            if released.to.contains(&role) {
                let line = format!("{} · {} {}", inject.story, inject.id, released.text);
                self.tell(&line, 0, 4)?;
            }
        }
        Ok(())
    }

    fn hint(&mut self, question: &Question, role: RoleId) -> Result<(), PlayError> {
        let ask = self.session.ask_of(question, role);
        let taken = self.session.hints.get(&ask).copied().unwrap_or(0);
        let Some(hint) = self.session.hint(&ask, taken) else {
            return self.say("There are no more hints.");
        };
        let Ask { role, question } = ask;
        self.record(Happening::Hinted { role, question })?;
        self.say(&hint_line(taken + 1, &hint, self.width()))
    }
}
