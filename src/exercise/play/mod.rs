//! An exercise played in a terminal: one inject after another, plain prompts, a line a thing; nothing is drawn twice and
//! nothing is said by colour alone.

mod answer;
mod facilitator;
mod keys;
mod scene;
mod told;
mod turn;

pub use facilitator::Console;
pub use scene::scene;
pub(crate) use told::{indented, numbers, out_of_range};
pub use turn::Turn;

use super::outline::{InjectId, Question, QuestionKind, RoleId};
use super::session::{Actor, Ask, Entry, Happening, NotKept, Refused, Session, StoreError};
use crate::report::style::wrap_at;
use scene::{arrival, marked};
use std::io;
use told::prose;

/// Where questions are put and answered.
pub trait Prompter {
    /// Shows lines.
    ///
    /// # Errors
    /// A screen that is gone.
    fn say(&mut self, text: &str) -> io::Result<()>;

    /// Asks for a line; `None`: there are no more.
    ///
    /// # Errors
    /// A keyboard or screen that is gone.
    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>>;

    /// Gives the keyboard to somebody else, who sees nothing of what was there; takes no line where nobody types.
    ///
    /// # Errors
    /// A keyboard or screen that is gone.
    fn hand_over(&mut self, to: &str) -> io::Result<()>;

    /// How many columns a line may have.
    fn width(&self) -> usize;

    /// Shows a text broken to the width, its first line and the rest set in by so many columns.
    ///
    /// # Errors
    /// A screen that is gone.
    fn tell(&mut self, text: &str, first: usize, rest: usize) -> io::Result<()> {
        let text = wrap_at(self.width(), text, first, rest);
        self.say(&text)
    }

    /// Shows things to choose from, with their numbers.
    ///
    /// # Errors
    /// A screen that is gone.
    fn numbered(&mut self, texts: &[String]) -> io::Result<()> {
        for (at, text) in texts.iter().enumerate() {
            self.tell(&format!("{} {text}", at + 1), 2, 4)?;
        }
        Ok(())
    }
}

/// Where entries are kept: when it returns, the entry is on the disk.
pub type Keep<'a> = &'a mut dyn FnMut(&Entry) -> Result<(), StoreError>;

/// What ends a game early.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// Screen or keyboard are gone.
    #[error(transparent)]
    Terminal(#[from] io::Error),
    /// The session cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The session cannot be kept.
    #[error(transparent)]
    Kept(#[from] NotKept),
    /// An entry does not fit: a defect of the program.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// At the end of the story.
    Finished,
    /// Left before; it can be resumed.
    Left,
}

/// A game: a session, who plays, and where.
pub struct Game<'g, 'p> {
    /// The session.
    pub session: Session<'p>,
    /// The roles that play at this terminal, in turn.
    pub roles: Vec<RoleId>,
    /// Where questions are put.
    pub prompter: &'g mut dyn Prompter,
    /// Where entries are kept.
    pub keep: Keep<'g>,
    /// Seconds since 1970, now.
    pub now: &'g dyn Fn() -> u64,
    /// Whose turn it is.
    pub turn: Turn,
}

impl Game<'_, '_> {
    /// Plays on from where the session stands.
    ///
    /// # Errors
    /// A terminal or disk that fails; everything acknowledged before is kept.
    pub fn play(&mut self) -> Result<Ended, PlayError> {
        if self.session.log.is_empty() {
            self.begin()?;
        } else if !self.session.ended {
            // No time passes between a stop, of whatever kind, and the moment when it goes on.
            if !self.session.clock.paused {
                self.record_after(0, Happening::Paused)?;
            }
            self.record(Happening::Resumed)?;
        }
        loop {
            if self.questions()?.is_none() {
                self.record(Happening::Paused)?;
                self.say("\nLeft. Everything is kept.")?;
                return Ok(Ended::Left);
            }
            let Some(next) = self.session.next().filter(|_| !self.session.ended) else {
                break;
            };
            self.inject(next)?;
        }
        if !self.session.ended {
            self.record(Happening::Ended)?;
        }
        self.summary()?;
        Ok(Ended::Finished)
    }

    fn begin(&mut self) -> Result<(), PlayError> {
        let exercise = self.session.exercise;
        let heading = format!("{}\n{}\n", exercise.marking, exercise.title);
        self.say(&heading)?;
        if !exercise.brief.is_empty() {
            self.say(&prose(&exercise.brief, self.width()))?;
        }
        if let [role] = self.roles[..] {
            self.brief(role)?;
        }
        self.say("\nType `?` at any question for help.")
    }

    fn inject(&mut self, id: InjectId) -> Result<(), PlayError> {
        let exercise = self.session.exercise;
        let inject = exercise.inject(id);
        self.record(Happening::Released {
            inject: inject.id.clone(),
            text: None,
        })?;
        // Only those who get it see it; everybody sees that the story goes on.
        if !self.roles.iter().any(|role| inject.to.contains(role)) {
            return Ok(());
        }
        self.put_down();
        if !self.roles.iter().all(|role| inject.to.contains(role)) {
            self.keep_unread(id, &inject.to);
            return Ok(());
        }
        let text = arrival(&self.session, id, &inject.text, self.width());
        self.say(&text)
    }

    /// Puts every question of the last inject that is still open; `None`: the player leaves.
    fn questions(&mut self) -> Result<Option<()>, PlayError> {
        let Some(last) = self.session.released.last().map(|last| last.inject) else {
            return Ok(Some(()));
        };
        let exercise = self.session.exercise;
        for question in &exercise.inject(last).questions {
            for role in self.roles.clone() {
                if question.to.contains(&role) && self.put(question, role)?.is_none() {
                    return Ok(None);
                }
            }
            self.close(question)?;
        }
        Ok(Some(()))
    }

    fn put(&mut self, question: &Question, role: RoleId) -> Result<Option<()>, PlayError> {
        let ask = self.session.ask_of(question, role);
        if self.session.answers.contains_key(&ask) || self.session.revealed.contains(&question.id) {
            return Ok(Some(()));
        }
        self.hand_over(role)?;
        let Some(response) = self.response(question, role)? else {
            return Ok(None);
        };
        let receipt = format!("{}-{}-{}", ask.role, ask.question, self.session.log.len());
        self.record(Happening::Answered {
            role: ask.role,
            question: ask.question,
            response,
            receipt,
        })?;
        Ok(Some(()))
    }

    /// Shows the key, lets decisions take effect.
    fn close(&mut self, question: &Question) -> Result<(), PlayError> {
        if self.session.revealed.contains(&question.id) {
            return Ok(());
        }
        let name = question.id.clone();
        let decides = matches!(question.kind, QuestionKind::Decide(_));
        self.record(Happening::Revealed { question: name })?;
        self.put_down();
        for role in self.roles.clone() {
            let ask = self.session.ask_of(question, role);
            if !question.to.contains(&role) || !self.session.answers.contains_key(&ask) {
                continue;
            }
            if decides {
                let Ask { role, question } = ask;
                self.record(Happening::Effected { role, question })?;
            } else {
                self.reveal(&ask)?;
            }
        }
        Ok(())
    }

    fn reveal(&mut self, ask: &Ask) -> Result<(), PlayError> {
        let Some(text) = marked(&self.session, ask, false, self.width()) else {
            return Ok(());
        };
        if self.is_shared() {
            let role = self.session.exercise.role_named(&ask.role);
            let title = role.map_or("", |role| self.session.exercise.role(role).title.as_str());
            let head = format!("\n{} · {title}", ask.question);
            self.say(&head)?;
        }
        self.say(&text)
    }

    fn summary(&mut self) -> Result<(), PlayError> {
        let exercise = self.session.exercise;
        let marks = self.session.marks();
        let of_role = |role: &RoleId| {
            let own = marks
                .iter()
                .filter(|mark| mark.ask.role == exercise.role(*role).id);
            let counted = own.filter_map(|mark| Some((mark.counted?, mark.of)));
            counted.fold((0.0, 0), |sum, mark| (sum.0 + mark.0, sum.1 + mark.1))
        };
        let scores: Vec<(f64, u32)> = self.roles.iter().map(of_role).collect();
        let sum: f64 = scores.iter().map(|score| score.0).sum();
        let of: u32 = scores.iter().map(|score| score.1).sum();
        self.say(&format!("\nThe end: {sum:.1} of {of} points."))?;
        if self.is_shared() {
            for (role, (points, of)) in self.roles.clone().into_iter().zip(scores) {
                let title = &exercise.role(role).title;
                self.say(&format!("  {title}: {points:.1} of {of}"))?;
            }
        }
        self.say(&exercise.marking)
    }

    fn record(&mut self, happening: Happening) -> Result<(), PlayError> {
        let last = self.session.log.last();
        let passed = last.map_or(0, |last| (self.now)().saturating_sub(last.wall));
        self.record_after(passed, happening)
    }

    /// Records something so many seconds after the last entry.
    fn record_after(&mut self, passed: u64, happening: Happening) -> Result<(), PlayError> {
        let wall = (self.now)();
        let entry = Entry {
            sequence: self.session.log.len() as u64 + 1,
            clock: self.session.clock.after(passed),
            wall,
            actor: Actor::Program,
            happening,
        };
        self.session.allowed(&entry.happening)?;
        (self.keep)(&entry)?;
        self.session.take(&entry)?;
        Ok(())
    }

    fn width(&self) -> usize {
        self.prompter.width()
    }

    fn say(&mut self, text: &str) -> Result<(), PlayError> {
        Ok(self.prompter.say(text)?)
    }

    fn tell(&mut self, text: &str, first: usize, rest: usize) -> Result<(), PlayError> {
        Ok(self.prompter.tell(text, first, rest)?)
    }
}
