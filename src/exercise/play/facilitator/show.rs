//! What the console shows: what went out and comes next, where each team is, the right answers.

use super::super::PlayError;
use super::super::scene::{dispatch, marked, names};
use super::Console;
use crate::exercise::session::Happening;
use crate::exercise::{Effect, QuestionKind, RoleId, key, viewer};
use crate::report::style::wrap_at;

impl Console<'_, '_> {
    /// What went out by an entry.
    pub(super) fn told(&mut self, sequence: u64) -> Result<(), PlayError> {
        let session = &self.keeper.session;
        let released = session.released.iter().find(|it| it.sequence == sequence);
        let Some((id, text)) = released.map(|it| (it.inject, it.text.clone())) else {
            return Ok(());
        };
        let text = dispatch(session, id, &text, self.prompter.width());
        self.say(&text)
    }

    pub(super) fn names(&self, roles: &[RoleId]) -> String {
        names(&self.keeper.session, roles)
    }

    /// What comes next, and what it would do.
    pub(super) fn next(&mut self) -> Result<(), PlayError> {
        let session = &self.keeper.session;
        let exercise = session.exercise;
        let Some(id) = session.next() else {
            return self.say("Nothing comes next by the exercise.");
        };
        let inject = exercise.inject(id);
        let mut then = session.world.clone();
        then.release(exercise, id);
        let effect = Effect::between(session.pack, exercise, &session.world, &then);
        let at = inject
            .at
            .map_or_else(|| "by hand".to_owned(), |at| format!("at minute {at}"));
        let parts = effect.parts();
        let counts = parts.map(|(word, list)| format!("{word} {}", list.len()));
        let line = format!(
            "\nNext: {} ({}), {at}. Releasing it {}.",
            inject.id,
            inject.story,
            counts.join(", ")
        );
        self.say(&wrap_at(self.prompter.width(), &line, 0, 0))?;
        if !effect.unseen.is_empty() {
            let line = format!("Not all will see why: {}", self.names(&effect.unseen));
            self.say(&line)?;
        }
        Ok(())
    }

    pub(super) fn board(&mut self) -> Result<(), PlayError> {
        let session = &self.keeper.session;
        let mut lines = Vec::new();
        for released in &session.released {
            for question in &session.exercise.inject(released.inject).questions {
                let shown = if session.revealed.contains(&question.id) {
                    " (shown)"
                } else {
                    ""
                };
                let teams = question.to.iter().map(|role| {
                    let ask = session.ask_of(question, *role);
                    let state = if session.answers.contains_key(&ask) {
                        "handed in"
                    } else {
                        "nothing yet"
                    };
                    format!("{} {state}", ask.role)
                });
                lines.push(format!(
                    "{}{shown}: {}",
                    question.id,
                    teams.collect::<Vec<_>>().join(", ")
                ));
            }
        }
        if lines.is_empty() {
            lines.push("Nothing was asked yet.".to_owned());
        }
        self.say(&lines.join("\n"))
    }

    pub(super) fn reveal(&mut self, question: &str) -> Result<(), PlayError> {
        let happening = Happening::Revealed {
            question: question.to_owned(),
        };
        if self.record(happening)?.is_none() {
            return Ok(());
        }
        let session = self.keeper.session.clone();
        let Some((_, question)) = session.exercise.question(question) else {
            return Ok(());
        };
        for role in &question.to {
            let title = &session.exercise.role(*role).title;
            self.say(&format!("\n{title}"))?;
            let world = session.world_of(&question.id);
            if let (QuestionKind::Obligations(asked), Some(world)) = (&question.kind, world) {
                let party = session.exercise.role(*role).party;
                let items = key(session.pack, world, viewer(question, *role), asked, party);
                for item in &items {
                    let line = format!(
                        "- {} ({}), {}",
                        item.sentence,
                        item.citation,
                        item.standing.word_of(item.modality)
                    );
                    self.say(&wrap_at(self.prompter.width(), &line, 2, 4))?;
                }
                if items.is_empty() {
                    self.say("  No obligation arises.")?;
                }
            }
            if let Some(text) = marked(
                &session,
                &session.ask_of(question, *role),
                true,
                self.prompter.width(),
            ) {
                self.say(&text)?;
            }
        }
        Ok(())
    }
}
