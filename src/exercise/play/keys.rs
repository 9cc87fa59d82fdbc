//! The keys that work at every prompt: help, hint, facts, treaties, story, leave.

use super::told::indented;
use super::{Game, PlayError};
use crate::diagnostic::phrase::join;
use crate::exercise::session::{Ask, Happening};
use crate::exercise::{Question, RoleId, Viewer};
use crate::model::fact::{Scenario, View};
use crate::model::ids::{EntityId, LayerId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::report::style::wrap;
use crate::wording;

/// What a player typed.
enum Typed {
    Line(String),
    Leave,
}

const HELP: &str = "\
?  this help          h  a hint (costs a tenth of the points)
f  the facts so far   t  the treaties that count
l  the story so far   q  leave; everything is kept and can be resumed";

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
            "f" => self.facts(role)?,
            "t" => self.treaties(role)?,
            "l" => self.story(role)?,
            "h" => self.hint(question, role)?,
            _ => return Ok(Some(Typed::Line(line))),
        }
        Ok(None)
    }

    fn facts(&mut self, role: RoleId) -> Result<(), PlayError> {
        let Some(scenario) = self.seen(role) else {
            return Ok(());
        };
        let rulebook = &self.session.pack.project.rulebook;
        let names = |actors: &[EntityId]| {
            let names = actors.iter().map(|actor| rulebook.name(*actor));
            join(names.collect(), "and")
        };
        for fact in &scenario.facts {
            let mut line = format!("- {}, {}", wording::fact(rulebook, fact), fact.from);
            if !fact.asserted_by.is_empty() {
                line += &format!("; says {}", names(&fact.asserted_by));
            }
            if !fact.denied_by.is_empty() {
                line += &format!("; denied by {}", names(&fact.denied_by));
            }
            self.say(&wrap(&line, 0, 2))?;
        }
        Ok(())
    }

    fn treaties(&mut self, role: RoleId) -> Result<(), PlayError> {
        let Some(scenario) = self.seen(role) else {
            return Ok(());
        };
        let project = &self.session.pack.project;
        let all = 0..project.rulebook.treaties.len() as u32;
        let counted = scenario.treaties.clone();
        let counted = counted.unwrap_or_else(|| all.map(TreatyId).collect());
        for id in counted {
            let treaty = project.rulebook.treaty(id);
            if !knows(&project.rulebook, treaty.layer, scenario.view) {
                continue;
            }
            let title = treaty.title.as_deref().unwrap_or("");
            self.say(&format!("\n{} {title}", treaty.name))?;
            for article in treaty
                .articles
                .iter()
                .filter(|_| scenario.treaties.is_some())
            {
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
        let ask = self.ask_of(question, role);
        let taken = self.session.hints.get(&ask).copied().unwrap_or(0);
        let Some(hint) = self.session.hint(&ask, taken) else {
            return self.say("There are no more hints.");
        };
        let Ask { role, question } = ask;
        self.record(Happening::Hinted { role, question })?;
        self.say(&format!(
            "Hint {} (a tenth of the points): {hint}",
            taken + 1
        ))
    }

    fn seen(&self, role: RoleId) -> Option<Scenario> {
        self.session
            .world
            .scenario(self.session.pack, Viewer::Seat(role))
    }
}

/// Whether a viewer knows of a secret treaty.
fn knows(rulebook: &Rulebook, layer: Option<LayerId>, view: View) -> bool {
    let layer = layer.and_then(|layer| rulebook.layers.get(layer.index()));
    match view {
        View::Full => true,
        View::Public => layer.is_none(),
        View::Of(actor) => layer.is_none_or(|layer| layer.known_to.contains(&actor)),
    }
}
