//! The explanation of a position: the derivation of what holds, the nearest miss of what does not.

use super::account::{Accounts, accounts, alternatives, hinges};
use super::fact_line::{FactLine, acts};
use super::miss::{closest, near_miss};
use super::nest::nest;
use super::reason::{Reason, reasons_held};
use super::what_would::{Would, would_end, would_make};
use crate::calendar::{Day, Days};
use crate::engine::{Attempt, Engine, Inspection, Options, Outcome, Position, PositionId};
use crate::extent::{Extent, Readings};
use crate::model::fact::{PositionQuery, Scenario, Status, Verdict};
use crate::model::norm::{Head, Norm};
use crate::wording;

/// The most near misses shown.
const MOST_MISSES: usize = 4;

/// How deep explanations nest.
const NESTING: u32 = 4;

/// The answer to "why?" or "why not?".
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The sentence asked about, as written.
    pub asked: String,
    /// On which day.
    pub as_of: Day,
    /// The verdict on all positions it may mean together.
    pub verdict: Verdict,
    /// Positions that hold on some reading.
    pub held: Vec<Instance>,
    /// Where none holds: the clauses that came closest.
    pub not_held: Vec<NotHeld>,
    /// No clause of the rulebook could yield it.
    pub no_clause: bool,
}

/// A position that holds, with its derivation.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its number in the outcome.
    pub id: PositionId,
    /// As a sentence.
    pub sentence: String,
    /// Where it stands.
    pub citation: String,
    /// Owed or owed if.
    pub verdict: Verdict,
    /// What has become of it.
    pub status: Status,
    /// The unbroken time in which it holds.
    pub days: Option<Days>,
    /// What must be so, as alternatives.
    pub conditions: Vec<Vec<String>>,
    /// The questions that decide it.
    pub hinges_on: Vec<String>,
    /// On whose account.
    pub accounts: Accounts,
    /// What must be so for it to have been violated, as alternatives, where that is open.
    pub violated_if: Vec<Vec<String>>,
    /// Whether it is violated, on each account that matters, where that is open.
    pub violated_accounts: Accounts,
    /// What displaces it, if anything.
    pub displaced_by: Vec<String>,
    /// The steps.
    pub reasons: Vec<Reason>,
    /// What was done about it: the acts that break, perform or refuse it.
    pub acts: Vec<FactLine>,
    /// Those acts were done where, and with as much as, the position says.
    pub acts_fit: bool,
    /// What would end it.
    pub would_end: Vec<Would>,
    /// How the norm was tried.
    pub attempt: Attempt,
}

/// A clause that could have yielded the position, and did not.
#[derive(Clone, Debug)]
pub struct NotHeld {
    /// As a sentence, with whom it came closest to binding.
    pub sentence: String,
    /// Where the clause stands.
    pub citation: String,
    /// The steps; those that fail come with `Standing::Fails`.
    pub reasons: Vec<Reason>,
    /// The bearer would owe the act to itself.
    pub to_itself: bool,
    /// What would make it hold.
    pub would_make: Vec<Would>,
    /// How the norm was tried.
    pub attempt: Attempt,
}

/// A run that explains its positions, one after another.
pub struct Explainer<'a, 'e> {
    inspection: Inspection<'a, 'e>,
    outcome: Outcome<'e>,
}

impl<'a, 'e> Explainer<'a, 'e> {
    /// Runs a scenario; what will be asked about should be among the options.
    pub fn new<'r: 'e>(engine: &'a Engine<'r>, scenario: &'e Scenario, options: &Options) -> Self {
        Self::of(engine.inspect(scenario, options))
    }

    /// Explains what a run has found.
    pub fn of(inspection: Inspection<'a, 'e>) -> Self {
        Self {
            outcome: inspection.outcome(),
            inspection,
        }
    }

    /// The derivation of a position on a day, or its nearest misses; without what would change it.
    pub fn derivation(&mut self, query: &PositionQuery, day: Day) -> Explanation {
        let mut explanation = Explanation {
            asked: query.text.clone(),
            as_of: day,
            verdict: Verdict::NotOwed,
            held: Vec::new(),
            not_held: Vec::new(),
            no_clause: false,
        };
        let mut all = Readings::NONE;
        for id in self.outcome.matching(query) {
            let readings = self.outcome.held_for(id, query, day);
            all = self.outcome.space.or(all, readings);
            if readings != Readings::NONE {
                explanation.held.push(self.held(id, day));
            }
        }
        explanation.verdict = Outcome::verdict(all);
        if explanation.held.is_empty() {
            let mut attempts = closest(&mut self.inspection, &self.outcome, query, day);
            explanation.no_clause = attempts.is_empty();
            attempts.truncate(MOST_MISSES);
            explanation.not_held = attempts
                .into_iter()
                .map(|attempt| self.missed(attempt, day))
                .collect();
        }
        explanation
    }

    fn held(&mut self, id: PositionId, day: Day) -> Instance {
        let position = self.outcome.position(id).clone();
        let attempt = self.plainest(&position, day);
        let mut instance = instance(&mut self.outcome, id, &attempt, day);
        nest(
            &mut instance.reasons,
            &mut self.inspection,
            &self.outcome,
            &attempt,
            day,
            NESTING,
        );
        instance
    }

    /// Of the ways that lead to a position, one that leaves the least open on the day.
    fn plainest(&mut self, position: &Position, day: Day) -> Attempt {
        let own = self.inspection.attempt(position.norm, &position.binding);
        let doubts = |attempt: &Attempt| attempt.failures(day) + attempt.unsettled(day);
        if doubts(&own) == 0 {
            return own;
        }
        match self
            .inspection
            .closest(position.norm, &position.arguments, day)
        {
            Some(other) if other.failures(day) == 0 && doubts(&other) < doubts(&own) => other,
            _ => own,
        }
    }

    /// The steps of every way that leads to what holds on a day: a derivation tells one.
    pub fn all_ways(&mut self, query: &PositionQuery, day: Day) -> Vec<Reason> {
        let mut all = Vec::new();
        for id in self.outcome.matching(query) {
            if self.outcome.held_for(id, query, day) == Readings::NONE {
                continue;
            }
            let position = self.outcome.position(id).clone();
            let leading = self
                .inspection
                .leading(position.norm, &position.arguments, day);
            for attempt in leading {
                let mut reasons = reasons_held(&self.outcome, &attempt, day);
                let (inspection, outcome) = (&mut self.inspection, &self.outcome);
                nest(&mut reasons, inspection, outcome, &attempt, day, NESTING);
                all.extend(reasons);
            }
        }
        all
    }

    fn missed(&mut self, attempt: Attempt, day: Day) -> NotHeld {
        let mut miss = near_miss(&self.outcome, &attempt, day);
        nest(
            &mut miss.reasons,
            &mut self.inspection,
            &self.outcome,
            &attempt,
            day,
            NESTING,
        );
        miss
    }
}

/// Whether what was done about a position with a place or an amount has broken or fulfilled it.
fn acts_fit(norm: &Norm, position: &Position, day: Day) -> bool {
    let Head::Position(head) = &norm.head else {
        return true;
    };
    let fate = position.fate();
    let told = |extent: &Extent| extent.at(day) != Readings::NONE;
    (head.act.place.is_none() && head.act.amount.is_none() && head.amount.is_none())
        || told(&fate.violated)
        || told(&fate.fulfilled)
}

/// Explains a position: why, why not, and what would change it.
pub fn explain(
    engine: &Engine,
    scenario: &Scenario,
    options: &Options,
    query: &PositionQuery,
) -> Explanation {
    let options = &Options {
        asked: vec![query.clone()],
        ..options.clone()
    };
    let mut explainer = Explainer::new(engine, scenario, options);
    let day = explainer.outcome.as_of;
    let mut explanation = explainer.derivation(query, day);
    let outcome = &explainer.outcome;
    for instance in &mut explanation.held {
        instance.would_end = would_end(
            engine,
            scenario,
            options,
            query,
            outcome,
            &instance.attempt,
            day,
        );
    }
    for miss in &mut explanation.not_held {
        miss.would_make = would_make(
            engine,
            scenario,
            options,
            query,
            outcome,
            &miss.attempt,
            day,
        );
    }
    explanation
}

fn instance(outcome: &mut Outcome, id: PositionId, attempt: &Attempt, day: Day) -> Instance {
    let position = outcome.position(id).clone();
    let norm = outcome.rulebook.norm(position.norm);
    let readings = position.holds.at(day);
    let displaced = position
        .fate()
        .displaced_by
        .iter()
        .filter(|displacement| displacement.extent.at(day) != Readings::NONE);
    let mut displaced_by: Vec<String> = displaced
        .map(|displacement| {
            let by = outcome
                .rulebook
                .norm(outcome.position(displacement.by).norm);
            wording::citation(outcome.rulebook, by)
        })
        .collect();
    displaced_by.sort();
    displaced_by.dedup();
    let violated = position.fate().violated.at(day);
    let open =
        violated != Readings::NONE && outcome.space.without(readings, violated) != Readings::NONE;
    let (violated_if, violated_accounts) = if open {
        (alternatives(outcome, violated), accounts(outcome, violated))
    } else {
        Default::default()
    };
    Instance {
        id,
        sentence: wording::position(
            outcome.rulebook,
            norm,
            &position.arguments,
            &position.binding,
        ),
        citation: wording::citation(outcome.rulebook, norm),
        verdict: Outcome::verdict(readings),
        status: outcome.status(id, day, readings),
        days: outcome.stretch(id, day, readings),
        conditions: if readings == Readings::ALL {
            Vec::new()
        } else {
            alternatives(outcome, readings)
        },
        hinges_on: hinges(outcome, readings),
        accounts: accounts(outcome, readings),
        violated_if,
        violated_accounts,
        displaced_by,
        reasons: reasons_held(outcome, attempt, day),
        acts: acts(outcome, id, day),
        acts_fit: acts_fit(norm, &position, day),
        would_end: Vec::new(),
        attempt: attempt.clone(),
    }
}
