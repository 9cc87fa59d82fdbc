//! The state of a session: a pure function of its exercise and its log.

use super::clock::Clock;
use super::entry::{Ask, Entry, Happening, Response};
use super::happened::{Answered, Argument, Decided, Inserted, Released};
use super::rules::Refused;
use crate::exercise::{Change, Exercise, Pack, QuestionKind, RoleId, World};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Hints that a role took on a question.
pub type Hinted = IndexMap<Ask, u32>;

/// The state.
#[derive(Clone, Debug)]
pub struct Session<'p> {
    /// The exercise and its rules.
    pub pack: &'p Pack,
    /// The exercise.
    pub exercise: &'p Exercise,
    /// The log so far.
    pub log: Vec<Entry>,
    /// What is so now.
    pub world: World,
    /// The injects that went out, in order; without those that were undone.
    pub released: Vec<Released>,
    /// What the staff sent besides, in order; without what was undone.
    pub inserted: Vec<Inserted>,
    /// Injects that wait for a hand.
    pub held: BTreeSet<String>,
    /// The answers that count.
    pub answers: IndexMap<Ask, Answered>,
    /// The decisions that took effect, in order.
    pub decisions: Vec<Decided>,
    /// The hints taken.
    pub hints: Hinted,
    /// Questions that are closed.
    pub closed: BTreeSet<String>,
    /// Questions whose key was shown.
    pub revealed: BTreeSet<String>,
    /// Who joined which role, in order.
    pub seats: Vec<(String, String)>,
    /// Other points given by the staff: share and reason.
    pub overrides: IndexMap<Ask, (f64, String)>,
    /// Other views of the law.
    pub dissents: IndexMap<Ask, String>,
    /// What was argued about contested facts, in order.
    pub arguments: Vec<Argument>,
    /// What the staff decided of contested facts, and why; `None`: both accounts stay.
    pub settled: IndexMap<String, (Option<bool>, String)>,
    /// The clock of the room.
    pub clock: Clock,
    /// More time given: the role, how many seconds, by which entry.
    pub granted: Vec<(String, u64, u64)>,
    /// Entries that were undone.
    pub undone: BTreeSet<u64>,
    /// It is over.
    pub ended: bool,
}

impl<'p> Session<'p> {
    /// Before anything happened; `None` if the exercise has mistakes.
    pub fn new(pack: &'p Pack) -> Option<Self> {
        Some(Self {
            pack,
            exercise: pack.exercise.as_ref()?,
            log: Vec::new(),
            world: World::new(pack),
            released: Vec::new(),
            inserted: Vec::new(),
            held: BTreeSet::new(),
            answers: IndexMap::new(),
            decisions: Vec::new(),
            hints: IndexMap::new(),
            closed: BTreeSet::new(),
            revealed: BTreeSet::new(),
            seats: Vec::new(),
            overrides: IndexMap::new(),
            dissents: IndexMap::new(),
            arguments: Vec::new(),
            settled: IndexMap::new(),
            clock: Clock::default(),
            granted: Vec::new(),
            undone: BTreeSet::new(),
            ended: false,
        })
    }

    /// The state after a log.
    ///
    /// # Errors
    /// The first entry that cannot be taken, with its place.
    pub fn of_log(pack: &'p Pack, log: &[Entry]) -> Option<Result<Self, (usize, Refused)>> {
        let mut session = Self::new(pack)?;
        for (at, entry) in log.iter().enumerate() {
            if let Err(refused) = session.take(entry) {
                return Some(Err((at, refused)));
            }
        }
        Some(Ok(session))
    }

    /// Takes one more entry.
    ///
    /// # Errors
    /// An entry that does not fit; nothing has changed then.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Refused> {
        let wanted = self.log.len() as u64 + 1;
        if entry.sequence != wanted {
            let found = entry.sequence;
            return Err(Refused::Gap { found, wanted });
        }
        self.fits(&entry.happening)?;
        self.clock.seconds = self.clock.seconds.max(entry.clock);
        self.log.push(entry.clone());
        if let Happening::Undone { entry } = entry.happening {
            self.undo(entry);
        } else {
            self.happen(entry);
        }
        Ok(())
    }

    fn happen(&mut self, entry: &Entry) {
        match &entry.happening {
            Happening::Released { inject, text } => self.release(inject, text.clone(), entry),
            Happening::Held { inject, held: true } => {
                self.held.insert(inject.clone());
            }
            Happening::Held { inject, .. } => {
                self.held.remove(inject);
            }
            Happening::Inserted {
                to,
                from,
                text,
                fact,
            } => self.insert(to, from.clone(), text, fact.as_deref(), entry),
            Happening::Answered {
                role,
                question,
                response,
                receipt,
            } => self.answer(role, question, response, receipt, entry),
            Happening::Effected { role, question } => self.effect(role, question),
            Happening::Granted { role, minutes } => {
                let seconds = u64::from(*minutes) * 60;
                self.granted.push((role.clone(), seconds, entry.sequence));
            }
            Happening::Hinted { role, question } => {
                *self.hints.entry(ask(role, question)).or_insert(0) += 1;
            }
            Happening::Closed { question } => {
                self.closed.insert(question.clone());
            }
            Happening::Revealed { question } => {
                self.revealed.insert(question.clone());
            }
            Happening::Joined { role, name } => self.seats.push((role.clone(), name.clone())),
            Happening::Overridden {
                role,
                question,
                share,
                reason,
            } => {
                let share = share.clamp(0.0, 1.0);
                let given = (share, reason.clone());
                self.overrides.insert(ask(role, question), given);
            }
            Happening::Dissented {
                role,
                question,
                reason,
            } => {
                self.dissents.insert(ask(role, question), reason.clone());
            }
            Happening::Argued {
                role,
                fact,
                claim,
                reasons,
                against,
            } => self.arguments.push(Argument {
                role: role.clone(),
                fact: fact.clone(),
                claim: claim.clone(),
                reasons: reasons.clone(),
                against: against.clone(),
                clock: entry.clock,
            }),
            Happening::Settled { fact, so, reason } => {
                if let Some(so) = so {
                    self.world.apply(&[Change::Establish(fact.clone(), *so)]);
                }
                let settled = (*so, reason.clone());
                self.settled.insert(fact.clone(), settled);
            }
            Happening::ClockSet { seconds } => self.clock.seconds = *seconds,
            Happening::Paused => self.clock.paused = true,
            Happening::Resumed => self.clock.paused = false,
            Happening::Ended => self.ended = true,
            Happening::Began { .. }
            | Happening::Undone { .. }
            | Happening::Noted { .. }
            | Happening::Bookmarked { .. }
            | Happening::Reflected { .. } => {}
        }
    }

    fn release(&mut self, inject: &str, text: Option<String>, entry: &Entry) {
        let Some(id) = self.exercise.inject_named(inject) else {
            return;
        };
        self.world.release(self.exercise, id);
        self.released.push(Released {
            inject: id,
            to: self.recipients(id),
            text: text.unwrap_or_else(|| self.exercise.inject(id).text.clone()),
            world: self.world.clone(),
            sequence: entry.sequence,
            clock: entry.clock,
        });
    }

    fn insert(
        &mut self,
        to: &[String],
        from: Option<String>,
        text: &str,
        fact: Option<&str>,
        entry: &Entry,
    ) {
        let to = self.roles_named(to);
        if let Some(fact) = fact {
            self.world.insert(fact, &to, entry.sequence);
        }
        self.inserted.push(Inserted {
            to,
            from,
            text: text.to_owned(),
            day: self.world.day,
            sequence: entry.sequence,
            clock: entry.clock,
        });
    }

    pub(super) fn roles_named(&self, names: &[String]) -> Vec<RoleId> {
        let names = names.iter();
        names
            .filter_map(|name| self.exercise.role_named(name))
            .collect()
    }

    fn answer(
        &mut self,
        role: &str,
        question: &str,
        response: &Response,
        receipt: &str,
        entry: &Entry,
    ) {
        let ask = ask(role, question);
        let same = self.answers.get(&ask);
        if same.is_some_and(|same| same.receipt == receipt) {
            return;
        }
        let answered = Answered {
            response: response.clone(),
            sequence: entry.sequence,
            clock: entry.clock,
            receipt: receipt.to_owned(),
        };
        self.answers.insert(ask, answered);
    }

    fn effect(&mut self, role: &str, question: &str) {
        let ask = ask(role, question);
        let Some(option) = self.chosen(&ask) else {
            return;
        };
        if self.has_taken_effect(&ask) {
            return;
        }
        let changes = self.changes(question, &option);
        self.world.apply(&changes);
        self.decisions.push(Decided { ask, option });
    }

    /// Whether the decision of a role has changed the story: it stands then, and is asked no more.
    pub fn has_taken_effect(&self, ask: &Ask) -> bool {
        self.decisions.iter().any(|decided| decided.ask == *ask)
    }

    /// Decisions that were made and have not taken effect, with the option.
    pub fn waiting(&self) -> Vec<(Ask, String)> {
        let asks = self.answers.keys();
        let decides = |ask: &&Ask| {
            let question = self.exercise.question(&ask.question);
            question.is_some_and(|(_, question)| matches!(question.kind, QuestionKind::Decide(_)))
        };
        let open = asks
            .filter(decides)
            .filter(|ask| !self.has_taken_effect(ask));
        open.filter_map(|ask| Some((ask.clone(), self.chosen(ask)?)))
            .collect()
    }

    /// The option that a role chose.
    pub fn chosen(&self, ask: &Ask) -> Option<String> {
        match &self.answers.get(ask)?.response {
            Response::Chosen { options, .. } => options.first().cloned(),
            _ => None,
        }
    }

    /// What an option of a decision changes.
    pub fn changes(&self, question: &str, option: &str) -> Vec<Change> {
        let Some((_, question)) = self.exercise.question(question) else {
            return Vec::new();
        };
        let QuestionKind::Decide(choices) = &question.kind else {
            return Vec::new();
        };
        let chosen = choices.iter().find(|choice| choice.id == option);
        chosen
            .map(|choice| choice.changes.clone())
            .unwrap_or_default()
    }

    /// Takes everything anew without the entries undone: what followed from them goes with them.
    fn undo(&mut self, entry: u64) {
        let Some(mut again) = Self::new(self.pack) else {
            return;
        };
        again.undone.clone_from(&self.undone);
        again.undone.insert(entry);
        for entry in &self.log {
            again.clock.seconds = again.clock.seconds.max(entry.clock);
            let undone = again.undone.contains(&entry.sequence);
            if !undone && again.fits(&entry.happening).is_ok() {
                again.happen(entry);
            }
        }
        again.log = std::mem::take(&mut self.log);
        *self = again;
    }
}

pub(super) fn ask(role: &str, question: &str) -> Ask {
    Ask {
        role: role.to_owned(),
        question: question.to_owned(),
    }
}
