//! What may be done when: a log takes only what fits the exercise.

use super::entry::Happening;
use super::state::{Session, ask};
use crate::exercise::{InjectId, Question, RoleId, Viewer};

/// No team gets more time than this at once.
const MOST_MINUTES: u32 = 600;

/// The clock of the room goes no further.
const MOST_SECONDS: u64 = 7 * 24 * 60 * 60;

/// Why an entry cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such role, inject or question.
    #[error("there is no {kind} `{name}` in this exercise")]
    Unknown {
        /// What kind.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// The exercise is paused or over.
    #[error("{0}")]
    NotNow(&'static str),
    /// The question was not put to that role, or not yet.
    #[error("`{question}` is not put to `{role}` now")]
    NotAsked {
        /// Which question.
        question: String,
        /// Whom.
        role: String,
    },
    /// The question is closed.
    #[error("`{0}` is closed: no more answers are taken")]
    Closed(String),
    /// The decision has changed the story already.
    #[error("the decision on `{0}` has taken effect: it can be changed no more")]
    Effective(String),
    /// A fact that is none.
    #[error("this fact cannot be taken: {0}")]
    Fact(String),
    /// The log has a gap.
    #[error("entry {found} where {wanted} should be")]
    Gap {
        /// What came.
        found: u64,
        /// What should come.
        wanted: u64,
    },
}

impl<'p> Session<'p> {
    /// Whether something may be done now.
    ///
    /// # Errors
    /// Why not.
    pub fn allowed(&self, happening: &Happening) -> Result<(), Refused> {
        match happening {
            Happening::Answered { role, question, .. }
            | Happening::Hinted { role, question }
            | Happening::Effected { role, question }
                if self.has_taken_effect(&ask(role, question)) =>
            {
                Err(Refused::Effective(question.clone()))
            }
            _ => self.fits(happening),
        }
    }

    /// Whether something that was done fits the exercise: a log may hold what is refused by now.
    pub(super) fn fits(&self, happening: &Happening) -> Result<(), Refused> {
        match happening {
            Happening::Reflected { .. }
            | Happening::Overridden { .. }
            | Happening::Dissented { .. }
            | Happening::Noted { .. }
            | Happening::Bookmarked { .. } => {}
            _ if self.ended => return Err(Refused::NotNow("the exercise is over")),
            _ => {}
        }
        match happening {
            Happening::Joined { role, .. } => self.role(role).map(|_| ()),
            Happening::Released { inject, .. } | Happening::Held { inject, .. } => {
                self.inject(inject).map(|_| ())
            }
            Happening::Inserted { to, fact, .. } => {
                to.iter().try_for_each(|role| self.role(role).map(|_| ()))?;
                let to = self.roles_named(to);
                fact.iter().try_for_each(|fact| self.fact(fact, &to))
            }
            Happening::Answered { role, question, .. } => {
                if self.clock.paused {
                    return Err(Refused::NotNow("the exercise is paused"));
                }
                self.answerable(role, question)
            }
            Happening::Granted { role, minutes } => {
                self.role(role)?;
                if (1..=MOST_MINUTES).contains(minutes) {
                    return Ok(());
                }
                Err(Refused::NotNow("give between 1 and 600 minutes"))
            }
            // A hint costs the same in a pause.
            Happening::Hinted { role, question } => self.answerable(role, question),
            Happening::Effected { role, question } => {
                let question = self.question(question)?;
                self.asked(role, question)
            }
            Happening::Closed { question } | Happening::Revealed { question } => {
                self.question(question).map(|_| ())
            }
            Happening::Overridden { role, question, .. }
            | Happening::Dissented { role, question, .. } => {
                self.role(role)?;
                self.question(question).map(|_| ())
            }
            Happening::Argued { role, fact, .. } => {
                let role = self.role(role)?;
                self.arguable(fact, Viewer::Seat(role))
            }
            Happening::Settled { fact, .. } => self.arguable(fact, Viewer::Truth),
            Happening::ClockSet { seconds } if *seconds > MOST_SECONDS => {
                Err(Refused::NotNow("the clock goes up to a week"))
            }
            Happening::Undone { entry } => self.undoable(*entry),
            _ => Ok(()),
        }
    }

    /// A fact that is contested, and known to whoever argues about it.
    fn arguable(&self, fact: &str, viewer: Viewer) -> Result<(), Refused> {
        let mut contested = self.world.contested(viewer);
        if contested.any(|(id, _)| id == fact) {
            return Ok(());
        }
        Err(unknown("contested fact", fact))
    }

    fn answerable(&self, role: &str, question: &str) -> Result<(), Refused> {
        let found = self.question(question)?;
        self.role(role)?;
        if self.closed.contains(question) || self.revealed.contains(question) {
            return Err(Refused::Closed(question.to_owned()));
        }
        self.asked(role, found)
    }

    fn asked(&self, role: &str, question: &Question) -> Result<(), Refused> {
        let id = self.role(role)?;
        let released = self.world_of(&question.id).is_some();
        if released && question.to.contains(&id) {
            return Ok(());
        }
        let (question, role) = (question.id.clone(), role.to_owned());
        Err(Refused::NotAsked { question, role })
    }

    fn undoable(&self, sequence: u64) -> Result<(), Refused> {
        if self.last_sent() == Some(sequence) {
            return Ok(());
        }
        Err(Refused::NotNow("only the last inject can be undone"))
    }

    /// The entry by which the last inject went out.
    pub fn last_sent(&self) -> Option<u64> {
        let released = self.released.last().map(|last| last.sequence);
        released.max(self.inserted.last().map(|last| last.sequence))
    }

    /// A fact that the staff bring must be a sentence that fits the rest.
    fn fact(&self, fact: &str, to: &[RoleId]) -> Result<(), Refused> {
        let mut then = self.world.clone();
        then.insert(fact, to, 0);
        match then.mistakes(self.pack).into_iter().next() {
            Some(mistake) => Err(Refused::Fact(mistake.message)),
            None => Ok(()),
        }
    }

    fn role(&self, name: &str) -> Result<RoleId, Refused> {
        let found = self.exercise.role_named(name);
        found.ok_or_else(|| unknown("role", name))
    }

    fn inject(&self, name: &str) -> Result<InjectId, Refused> {
        let found = self.exercise.inject_named(name);
        found.ok_or_else(|| unknown("inject", name))
    }

    fn question(&self, name: &str) -> Result<&'p Question, Refused> {
        let found = self.exercise.question(name);
        found
            .map(|(_, question)| question)
            .ok_or_else(|| unknown("question", name))
    }
}

fn unknown(kind: &'static str, name: &str) -> Refused {
    let name = name.to_owned();
    Refused::Unknown { kind, name }
}
