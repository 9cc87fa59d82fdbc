//! The desk of the room: one thread that owns the session and does one thing after another; the rest of the server asks it.

use super::access::{Access, Seat};
use super::limit::Limit;
use crate::exercise::session::{Actor, Audience, Draft, Happening, Keeper, NotKept, Session};
use std::collections::HashMap;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use tokio::sync::mpsc::{Receiver as Messages, Sender as Pipe};
use tokio::sync::oneshot;

/// Something to do at the desk.
pub(super) type Job = Box<dyn FnOnce(&mut Desk<'_>) + Send>;

/// The way to the desk.
#[derive(Clone)]
pub(super) struct Bell(pub(super) Sender<Job>);

impl Bell {
    /// Has something done and waits for what comes of it; `None`: the desk is closed, or the job failed.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        what: impl FnOnce(&mut Desk<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |desk| {
            // Whoever asked may have gone away.
            let _ = answer.send(what(desk));
        });
        self.0.send(job).ok()?;
        answered.await.ok()
    }
}

/// What goes to a browser while it looks on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// An entry of the log that it may hear of.
    News {
        /// Its sequence.
        id: u64,
        /// What it is told.
        say: String,
    },
    /// The clock.
    Beat {
        /// Seconds.
        clock: u64,
        /// It stands.
        paused: bool,
    },
    /// Somebody of the team is writing.
    Typing {
        /// The question.
        question: String,
        /// Who.
        name: String,
    },
    /// Something beside the log has changed: look again.
    Look,
    /// Nothing fits together: begin anew.
    Reset,
}

struct Listener {
    audience: Audience,
    hash: String,
    pipe: Pipe<Message>,
}

/// Drawn fragments of pages are remembered, as many as this.
const MOST_FRAGMENTS: usize = 1500;
/// How many streams a device may hold.
const MOST_STREAMS: usize = 6;
/// Messages that wait for a slow browser, at most.
const MOST_WAITING: usize = 64;

/// The desk.
pub(super) struct Desk<'p> {
    pub(super) keeper: Keeper<'p>,
    pub(super) access: Access,
    pub(super) drafts: HashMap<(String, String), Draft>,
    /// Wrong codes, by address.
    pub(super) guesses: Limit<IpAddr>,
    /// Answers and notes, by device.
    pub(super) sends: Limit<String>,
    /// How many wrong codes there were.
    pub(super) wrong_codes: u64,
    /// Where the room is found, for links on cards.
    pub(super) link: String,
    /// Receipts of notes, so that one sent twice is kept once.
    receipts: std::collections::BTreeSet<String>,
    listeners: Vec<Listener>,
    fragments: HashMap<String, String>,
    published: u64,
    beaten: u64,
    beat: u64,
}

impl<'p> Desk<'p> {
    pub(super) fn new(keeper: Keeper<'p>, access: Access, link: String, beat: u64) -> Self {
        let drafts = keeper.store.drafts().unwrap_or_default();
        let drafts = drafts.into_iter().map(|draft| {
            let key = (draft.role.clone(), draft.question.clone());
            (key, draft)
        });
        Self {
            published: keeper.session.log.len() as u64,
            drafts: drafts.collect(),
            keeper,
            access,
            guesses: Limit::new(10.0, 0.1),
            sends: Limit::new(40.0, 2.0),
            wrong_codes: 0,
            link,
            receipts: std::collections::BTreeSet::new(),
            listeners: Vec::new(),
            fragments: HashMap::new(),
            beaten: 0,
            beat,
        }
    }

    pub(super) fn session(&self) -> &Session<'p> {
        &self.keeper.session
    }

    /// Works until nobody can ask any more.
    pub(super) fn work(&mut self, jobs: &Receiver<Job>) {
        loop {
            match jobs.recv_timeout(Duration::from_millis(500)) {
                // A defect in one job must not close the room.
                Ok(job) => drop(catch_unwind(AssertUnwindSafe(|| job(self)))),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.pass();
        }
    }

    /// Time passes: what is due goes out, and everybody hears of what is new.
    pub(super) fn pass(&mut self) {
        // A disk that is full stops nothing that is only shown; whoever hands in is told.
        let _ = self.keeper.tick();
        self.publish();
        let now = self.keeper.steady();
        if now >= self.beaten + self.beat {
            self.beaten = now;
            let beat = self.beat_now();
            self.tell(&beat, |_| true);
        }
    }

    fn beat_now(&mut self) -> Message {
        Message::Beat {
            clock: self.keeper.seconds(),
            paused: self.session().clock.paused,
        }
    }

    fn publish(&mut self) {
        let from = self.published as usize;
        self.published = self.session().log.len() as u64;
        let session = &self.keeper.session;
        let (mut clock_moved, mut lost) = (false, Vec::new());
        for entry in &session.log[from..] {
            clock_moved |= matches!(entry.happening, Happening::Paused | Happening::Resumed);
            for listener in &self.listeners {
                let Some(say) = session.news(listener.audience, entry) else {
                    continue;
                };
                let id = entry.sequence;
                // Whoever is too slow loses the line and asks again from where it was.
                if listener.pipe.try_send(Message::News { id, say }).is_err() {
                    lost.push(listener.pipe.clone());
                }
            }
        }
        self.listeners
            .retain(|listener| !lost.iter().any(|pipe| pipe.same_channel(&listener.pipe)));
        if clock_moved {
            let beat = self.beat_now();
            self.tell(&beat, |_| true);
        }
    }

    fn tell(&mut self, message: &Message, whom: impl Fn(Audience) -> bool) {
        self.listeners.retain(|listener| {
            !whom(listener.audience) || listener.pipe.try_send(message.clone()).is_ok()
        });
    }

    /// Asks those who look on to look again.
    pub(super) fn look(&mut self, whom: impl Fn(Audience) -> bool) {
        self.tell(&Message::Look, whom);
    }

    /// Somebody looks on from now, and hears first what came after an entry.
    pub(super) fn listen(
        &mut self,
        seat: &Seat,
        audience: Audience,
        after: Option<u64>,
    ) -> Messages<Message> {
        let session = &self.keeper.session;
        let newest = session.log.len() as u64;
        let after = after.unwrap_or(newest);
        let missed = newest.saturating_sub(after) as usize;
        // Nothing of what was missed may get lost for want of room.
        let (pipe, messages) = tokio::sync::mpsc::channel(MOST_WAITING + missed);
        if after > newest {
            // That was another session.
            let _ = pipe.try_send(Message::Reset);
            return messages;
        }
        for entry in &session.log[after as usize..] {
            if session.undone.contains(&entry.sequence) {
                continue;
            }
            if let Some(say) = session.news(audience, entry) {
                let id = entry.sequence;
                let _ = pipe.try_send(Message::News { id, say });
            }
        }
        let beat = self.beat_now();
        let _ = pipe.try_send(beat);
        let own = |listener: &&Listener| listener.hash == seat.hash;
        if self.listeners.iter().filter(own).count() >= MOST_STREAMS
            && let Some(oldest) = self.listeners.iter().position(|it| it.hash == seat.hash)
        {
            self.listeners.remove(oldest);
        }
        self.listeners.push(Listener {
            audience,
            hash: seat.hash.clone(),
            pipe,
        });
        messages
    }

    /// How many devices of an audience look on now.
    pub(super) fn looking(&self, hash: &str) -> bool {
        self.listeners
            .iter()
            .any(|it| it.hash == hash && !it.pipe.is_closed())
    }

    /// Ends the lines of a device.
    pub(super) fn cut(&mut self, hash: &str) {
        self.listeners.retain(|listener| listener.hash != hash);
    }

    /// Keeps what a team is writing, and tells the others of it.
    pub(super) fn draft(&mut self, draft: Draft) -> Result<(), NotKept> {
        self.keeper.store.set_draft(&draft)?;
        let role = self.session().exercise.role_named(&draft.role);
        let message = Message::Typing {
            question: draft.question.clone(),
            name: draft.name.clone(),
        };
        self.tell(&message, |audience| {
            role.map(Audience::Team) == Some(audience)
        });
        let key = (draft.role.clone(), draft.question.clone());
        if self.drafts.insert(key, draft).is_none() {
            self.look(|audience| audience == Audience::Facilitator);
        }
        Ok(())
    }

    /// Whether something with this receipt was kept already.
    pub(super) fn is_repeated(&self, receipt: &str) -> bool {
        self.receipts.contains(receipt)
    }

    /// Remembers the receipt of something that was kept.
    pub(super) fn remember(&mut self, receipt: &str) {
        if !receipt.is_empty() && receipt.len() <= 64 {
            self.receipts.insert(receipt.to_owned());
        }
    }

    /// Records what the staff do.
    pub(super) fn record(&mut self, happening: Happening) -> Result<u64, NotKept> {
        self.keeper.record(Actor::Facilitator, happening)
    }

    /// A part of a page that is costly to make; the key says all that it depends on.
    pub(super) fn fragment(
        &mut self,
        key: String,
        make: impl FnOnce(&Session<'p>) -> String,
    ) -> String {
        if let Some(known) = self.fragments.get(&key) {
            return known.clone();
        }
        if self.fragments.len() >= MOST_FRAGMENTS {
            self.fragments.clear();
        }
        let made = make(&self.keeper.session);
        self.fragments.insert(key, made.clone());
        made
    }

    /// The last entry that changed what is so.
    pub(super) fn version(&self) -> u64 {
        let mut log = self.session().log.iter().rev();
        let changes = |happening: &Happening| {
            use Happening::{Effected, Inserted, Released, Revealed, Settled, Undone};
            matches!(
                happening,
                Released { .. }
                    | Inserted { .. }
                    | Effected { .. }
                    | Revealed { .. }
                    | Settled { .. }
                    | Undone { .. }
            )
        };
        log.find(|entry| changes(&entry.happening))
            .map_or(0, |entry| entry.sequence)
    }
}
