//! What the console shows: what went out and comes next, where each team is, the right answers.

use super::super::PlayError;
use super::super::scene::{dispatch, marked, names};
use super::Console;
use crate::exercise::session::Happening;
use crate::exercise::{Effect, InjectId, Put, Question, RoleId, World, expected};

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
        let line = format!(
            "\nNext: {} ({}), {at}. Releasing it {}. `v` shows it.",
            inject.id,
            inject.story,
            effect.in_short()
        );
        self.tell(&line, 0, 0)?;
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
        let found = session.exercise.question(question);
        let Some(((inject, question), world)) = found.zip(session.world_of(question)) else {
            return Ok(());
        };
        for role in &question.to {
            self.right(inject, question, *role, world)?;
            let ask = session.ask_of(question, *role);
            let text = marked(&session, &ask, true, self.prompter.width());
            if let Some(text) = text.filter(|_| session.answers.contains_key(&ask)) {
                self.say("Handed in:")?;
                self.say(&text)?;
            }
        }
        Ok(())
    }

    /// What comes next, in full, with the answers that would be right then.
    pub(super) fn view(&mut self) -> Result<(), PlayError> {
        let session = self.keeper.session.clone();
        let Some(id) = session.next() else {
            return self.say("Nothing comes next by the exercise.");
        };
        let inject = session.exercise.inject(id);
        let mut then = session.world.clone();
        then.release(session.exercise, id);
        self.say(&dispatch(&session, id, &inject.text, self.prompter.width()))?;
        for question in &inject.questions {
            self.say(&format!("\n{}: expected answers", question.id))?;
            for role in &question.to {
                self.right(id, question, *role, &then)?;
            }
        }
        Ok(())
    }

    /// What is right for a role, in a world.
    fn right(
        &mut self,
        inject: InjectId,
        question: &Question,
        role: RoleId,
        world: &World,
    ) -> Result<(), PlayError> {
        let session = &self.keeper.session;
        let put = Put {
            inject,
            question,
            role,
            world: world.clone(),
        };
        let title = session.exercise.role(role).title.clone();
        let right = match expected(session.pack, session.exercise, &put) {
            None => vec!["a matter of choice, or of words".to_owned()],
            Some(lines) if lines.is_empty() => vec!["none".to_owned()],
            Some(lines) => lines,
        };
        self.say(&format!("\n{title}"))?;
        for line in right {
            let line = format!("- {}", line.replace(" | ", ", "));
            self.tell(&line, 2, 4)?;
        }
        Ok(())
    }
}
