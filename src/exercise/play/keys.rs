//! The keys that work at every prompt: help, hint, facts, treaties, story, leave.

use super::scene::hint_line;
use super::told::indented;
use super::{Game, PlayError};
use crate::exercise::session::{Ask, Happening};
use crate::exercise::{Question, RoleId, Viewer, fact_line};
use crate::report::style::wrap;

/// What a player typed.
enum Typed {
    Line(String),
    Leave,
}

const HELP: &str = "\
?  this help          h  a hint (costs a tenth of the points)
f  the facts so far   t  the treaties that count
l  the story so far   q  leave; everything is kept and can be resumed
back  begin this question anew";

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
            "?" => self.say(HELP)?,
            "q" => return Ok(Some(Typed::Leave)),
            "back" => {
                self.turn.back = true;
                return Ok(Some(Typed::Leave));
            }
            "f" => self.facts(role)?,
            "t" => self.treaties(role)?,
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
            self.say(&wrap(&line, 0, 2))?;
        }
        Ok(())
    }

    fn treaties(&mut self, role: RoleId) -> Result<(), PlayError> {
        let (treaties, named) = self.session.treaties(Viewer::Seat(role));
        let project = &self.session.pack.project;
        for id in treaties {
            let treaty = project.rulebook.treaty(id);
            let title = treaty.title.as_deref().unwrap_or("");
            self.say(&format!("\n{} {title}", treaty.name))?;
            for article in treaty.articles.iter().filter(|_| named) {
                self.say(&indented(project.sources.text(article.span)))?;
            }
        }
        Ok(())
    }

    fn story(&mut self, role: RoleId) -> Result<(), PlayError> {
        let exercise = self.session.exercise;
        for released in self.session.released.clone() {
            let inject = exercise.inject(released.inject);
            if inject.to.contains(&role) {
                let line = format!("{} · {} {}", inject.story, inject.id, released.text);
                self.say(&wrap(&line, 0, 4))?;
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
        self.say(&hint_line(taken + 1, &hint))
    }
}
