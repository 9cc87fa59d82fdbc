//! Whoever keeps a session: makes each entry, has it written, and takes it only then; the clock of the room runs here.

use super::entry::{Actor, Ask, Entry, Happening, Response};
use super::rules::Refused;
use super::state::Session;
use super::store::{Store, StoreError};
use crate::exercise::{InjectId, Pack};
use std::collections::HashMap;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What the clocks of the machine show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Seconds since 1970, as the calendar has it; it may jump.
    pub wall: u64,
    /// Seconds since some moment; it never goes back.
    pub steady: u64,
}

/// Tells the time.
pub type Watch = Box<dyn Fn() -> Now + Send>;

/// The clocks of this machine.
pub fn machine_watch() -> Watch {
    let start = Instant::now();
    let wall = || SystemTime::now().duration_since(UNIX_EPOCH);
    Box::new(move || Now {
        wall: wall().map_or(0, |passed| passed.as_secs()),
        steady: start.elapsed().as_secs(),
    })
}

/// How often the clock is written down while nothing happens, in seconds.
const TICK: u64 = 10;

/// Why something was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// It does not fit.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody of the team handed in something else meanwhile.
    #[error(
        "another answer of this team was handed in meanwhile, and stands below; to put yours in its place, hand it in again"
    )]
    Newer,
    /// The session cannot be taken up again.
    #[error("the session is damaged: {0}")]
    Damaged(String),
}

/// An answer as it is handed in.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Whose, to which question.
    pub ask: Ask,
    /// What.
    pub response: Response,
    /// Made by the one who hands in.
    pub receipt: String,
    /// The entry of the answer that was seen when this one was written; 0: none.
    pub base: u64,
    /// Who types it.
    pub actor: Actor,
}

/// A session that goes on.
pub struct Keeper<'p> {
    /// The session.
    pub session: Session<'p>,
    /// Its file.
    pub store: Store,
    watch: Watch,
    /// What the clock of the room shows, and when that was so.
    seconds: u64,
    steady: u64,
    written: u64,
    receipts: HashMap<String, u64>,
}

impl<'p> Keeper<'p> {
    /// Takes up a session; one that was broken off goes on paused, at the last moment that was written down.
    ///
    /// # Errors
    /// A damaged log, or a file that cannot be written.
    pub fn open(store: Store, pack: &'p Pack, watch: Watch) -> Result<Self, NotKept> {
        let (log, wrong) = store.log();
        if let Some(why) = wrong {
            return Err(NotKept::Damaged(why));
        }
        let session = match Session::of_log(pack, &log) {
            Some(Ok(session)) => session,
            Some(Err((at, refused))) => {
                return Err(NotKept::Damaged(format!("entry {}: {refused}", at + 1)));
            }
            None => return Err(NotKept::Damaged("the exercise has mistakes".to_owned())),
        };
        let receipts = log.iter().filter_map(|entry| match &entry.happening {
            Happening::Answered { receipt, .. } => Some((receipt.clone(), entry.sequence)),
            _ => None,
        });
        let seconds = session.clock.seconds.max(store.tick());
        let mut keeper = Self {
            receipts: receipts.collect(),
            steady: watch().steady,
            session,
            store,
            watch,
            seconds,
            written: seconds,
        };
        keeper.begin()?;
        Ok(keeper)
    }

    fn begin(&mut self) -> Result<(), NotKept> {
        if self.session.log.is_empty() {
            let bundle = self.store.bundle()?;
            let (exercise, rules) = (bundle.exercise_hash(), bundle.rules_hash());
            self.record(Actor::Program, Happening::Began { exercise, rules })?;
        }
        if !self.session.clock.paused && !self.session.ended {
            // No time passes between a stop and the moment when it goes on.
            self.steady = (self.watch)().steady;
            self.record(Actor::Program, Happening::Paused)?;
        }
        Ok(())
    }

    /// What the clock of the room shows now.
    pub fn seconds(&mut self) -> u64 {
        let steady = (self.watch)().steady;
        if !self.session.clock.paused && !self.session.ended {
            self.seconds += steady.saturating_sub(self.steady);
        }
        self.steady = steady;
        self.seconds
    }

    /// The steady clock of the machine, in seconds.
    pub fn steady(&self) -> u64 {
        (self.watch)().steady
    }

    /// Lets time pass: writes the clock down now and then, and sends what is due. The entries that were made.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn tick(&mut self) -> Result<Vec<u64>, NotKept> {
        let seconds = self.seconds();
        if seconds >= self.written + TICK {
            self.store.set_tick(seconds)?;
            self.written = seconds;
        }
        let mut made = Vec::new();
        while let Some(inject) = self.due() {
            let inject = self.session.exercise.inject(inject).id.clone();
            let text = None;
            made.push(self.record(Actor::Program, Happening::Released { inject, text })?);
        }
        Ok(made)
    }

    /// What the clock sends now: the next inject at its time unless it is held, or what is sent if nobody answers.
    fn due(&self) -> Option<InjectId> {
        let session = &self.session;
        if session.clock.paused || session.ended {
            return None;
        }
        let exercise = session.exercise;
        let free = |id: &InjectId| {
            let gone = session.released.iter().any(|gone| gone.inject == *id);
            !gone && !session.held.contains(&exercise.inject(*id).id)
        };
        let at = |id: &InjectId| exercise.inject(*id).at;
        let is_time = |id: &InjectId| at(id).is_some_and(|at| self.seconds >= u64::from(at) * 60);
        let next = session.next().filter(is_time).filter(free);
        next.or_else(|| self.contingency().filter(free))
    }

    fn contingency(&self) -> Option<InjectId> {
        let session = &self.session;
        let mut released = session.released.iter();
        released.find_map(|released| {
            let contingency = session
                .exercise
                .inject(released.inject)
                .contingency
                .as_ref()?;
            let passed = self.seconds.saturating_sub(released.clock);
            let silent = !session.silent(&contingency.unanswered).is_empty();
            let late = passed >= u64::from(contingency.after) * 60;
            (silent && late).then_some(contingency.send)
        })
    }

    /// Makes an entry; when it returns, the entry is on the disk and in the session.
    ///
    /// # Errors
    /// What does not fit, or cannot be written: nothing has changed then.
    pub fn record(&mut self, actor: Actor, happening: Happening) -> Result<u64, NotKept> {
        self.session.allowed(&happening)?;
        let entry = Entry {
            sequence: self.session.log.len() as u64 + 1,
            clock: self.seconds(),
            wall: (self.watch)().wall,
            actor,
            happening,
        };
        self.store.append(&entry)?;
        self.session.take(&entry)?;
        if let Happening::ClockSet { seconds } = entry.happening {
            self.store.set_tick(seconds)?;
            (self.seconds, self.written) = (seconds, seconds);
        }
        Ok(entry.sequence)
    }

    /// Takes an answer: the same one twice counts once, and one that its writer could not have seen is not replaced unseen.
    ///
    /// # Errors
    /// An answer that does not fit, a newer one of the same team, or a file that cannot be written.
    pub fn submit(&mut self, submission: Submission) -> Result<u64, NotKept> {
        let Submission {
            ask,
            response,
            receipt,
            base,
            actor,
        } = submission;
        if let Some(sequence) = self.receipts.get(&receipt) {
            return Ok(*sequence);
        }
        if let Some(known) = self.session.answers.get(&ask) {
            if known.response == response {
                return Ok(known.sequence);
            }
            if known.sequence != base {
                return Err(NotKept::Newer);
            }
        }
        let Ask { role, question } = ask;
        let happening = Happening::Answered {
            role,
            question,
            response,
            receipt: receipt.clone(),
        };
        let sequence = self.record(actor, happening)?;
        self.receipts.insert(receipt, sequence);
        Ok(sequence)
    }
}
