//! The explanation of a position: the derivation of what holds, the nearest miss of what does not.

use super::account::{Accounts, accounts, alternatives, hinges};
use super::reason::{About, FactLine, Reason, Standing, reasons};
use super::what_would::{Would, would_end, would_make};
use crate::calendar::{Day, Days};
use crate::engine::{Attempt, Engine, Inspection, Options, Origin, Outcome, Position, PositionId};
use crate::extent::Readings;
use crate::model::condition::Condition;
use crate::model::fact::{PositionQuery, Scenario, Status, Verdict};
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::Head;
use crate::model::sentence::Term;
use crate::model::vocabulary::SLOTS;
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
    /// What displaces it, if anything.
    pub displaced_by: Vec<String>,
    /// The steps.
    pub reasons: Vec<Reason>,
    /// What was done about it: the acts that break, perform or refuse it.
    pub acts: Vec<FactLine>,
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
        displaced_by,
        reasons: super::reason::reasons_held(outcome, attempt, day),
        acts: super::reason::acts(outcome, id, day),
        would_end: Vec::new(),
        attempt: attempt.clone(),
    }
}

/// Puts under each reason that speaks of another position why that position holds or not.
fn nest(
    reasons: &mut [Reason],
    inspection: &mut crate::engine::Inspection,
    outcome: &Outcome,
    attempt: &Attempt,
    day: Day,
    depth: u32,
) {
    if depth == 0 {
        return;
    }
    let norm = outcome.rulebook.norm(attempt.norm);
    for reason in reasons {
        let Some(condition) = reason.condition.map(|index| &norm.conditions[index]) else {
            continue;
        };
        for (id, arguments) in defining(outcome, reason) {
            if let Some(inner) = inspection.closest(id, &arguments, day) {
                let mut steps = super::reason::reasons(outcome, &inner, day);
                steps.retain(|step| step.condition.is_some());
                nest(&mut steps, inspection, outcome, &inner, day, depth - 1);
                reason.children.extend(steps);
            }
        }
        if reason.standing == Standing::Fails {
            for (id, arguments) in could_define(outcome, condition, attempt) {
                if let Some(inner) = inspection.closest(id, &arguments, day) {
                    let mut steps = super::reason::reasons(outcome, &inner, day);
                    steps.retain(|step| {
                        step.condition.is_some() && step.standing == Standing::Fails
                    });
                    reason.children.extend(steps);
                }
            }
        }
        let Some((id, wanted)) = meant(outcome, condition, &attempt.binding) else {
            continue;
        };
        let Some(inner) = inspection.closest(id, &wanted, day) else {
            continue;
        };
        reason.children = super::reason::reasons(outcome, &inner, day);
        nest(
            &mut reason.children,
            inspection,
            outcome,
            &inner,
            day,
            depth - 1,
        );
    }
}

/// The definitions and legal fictions behind the facts of a reason, with whom they speak of.
fn defining(outcome: &Outcome, reason: &Reason) -> Vec<(NormId, [Option<EntityId>; SLOTS])> {
    let facts = reason
        .facts
        .iter()
        .filter_map(|line| outcome.facts.get(line.number as usize));
    facts
        .filter_map(|fact| match fact.origin {
            Origin::Defined(norm) => Some((norm, fact.atom.arguments)),
            _ => None,
        })
        .collect()
}

/// The legal fictions of the treaty that could have made a failing sentence true, with whom they would speak of.
fn could_define(
    outcome: &Outcome,
    condition: &Condition,
    attempt: &Attempt,
) -> Vec<(NormId, [Option<EntityId>; SLOTS])> {
    let Condition::Sentence { pattern, .. } = condition else {
        return Vec::new();
    };
    let treaty = outcome.rulebook.norm(attempt.norm).treaty;
    let wanted = pattern.terms.map(|term| filled(term, &attempt.binding));
    let norms = outcome.rulebook.norms.iter().enumerate();
    let fitting = norms.filter(|(_, norm)| {
        norm.treaty.is_some()
            && norm.treaty == treaty
            && matches!(&norm.head, Head::Deem(head) if head.predicate == pattern.predicate)
    });
    fitting
        .map(|(index, _)| (NormId(index as u32), wanted))
        .collect()
}

fn filled(term: Term, binding: &[Option<EntityId>]) -> Option<EntityId> {
    match term {
        Term::Entity(entity) => Some(entity),
        Term::Variable(variable) => binding.get(variable.index()).copied().flatten(),
        Term::Possession(..) | Term::Any => None,
    }
}

/// The norm and the act that a condition on another position means.
fn meant(
    outcome: &Outcome,
    condition: &Condition,
    binding: &[Option<EntityId>],
) -> Option<(NormId, [Option<EntityId>; SLOTS])> {
    let Condition::Position {
        bearer,
        under,
        act: Some(act),
        modality,
        ..
    } = innermost(condition)
    else {
        return None;
    };
    let value = |term: Term| filled(term, binding);
    let mut wanted = act.terms.map(value);
    wanted[0] = value(*bearer);
    let norms = outcome.rulebook.norms.iter().enumerate();
    let mut fitting = norms.filter(|(_, norm)| match &norm.head {
        Head::Position(head) => {
            head.modality == *modality
                && head.act.predicate == act.predicate
                && outcome.rulebook.in_scope(norm, under)
        }
        Head::Deem(_) => false,
    });
    fitting
        .next()
        .map(|(index, _)| (NormId(index as u32), wanted))
}

fn innermost(condition: &Condition) -> &Condition {
    match condition {
        Condition::Not(inner) => innermost(inner),
        other => other,
    }
}

/// For each clause that could yield the position, the binding that came closest; the nearest first.
fn closest(
    inspection: &mut crate::engine::Inspection,
    outcome: &Outcome,
    query: &PositionQuery,
    day: Day,
) -> Vec<Attempt> {
    let rulebook = outcome.rulebook;
    let mut found: Vec<(usize, Attempt)> = Vec::new();
    for (index, norm) in rulebook.norms.iter().enumerate() {
        let Head::Position(head) = &norm.head else {
            continue;
        };
        let id = NormId(index as u32);
        let under = query
            .under
            .as_ref()
            .is_none_or(|scope| rulebook.in_scope(norm, scope));
        let counted = outcome
            .scenario
            .treaties
            .as_ref()
            .is_none_or(|list| norm.treaty.is_some_and(|treaty| list.contains(&treaty)));
        if head.modality != query.modality || !under || !counted {
            continue;
        }
        let Some(wanted) = wanted(rulebook, head.act.predicate, query) else {
            continue;
        };
        if let Some(attempt) = inspection.closest(id, &wanted, day) {
            found.push((attempt.failures(day), attempt));
        }
    }
    // Clauses of treaties that never bound those concerned say little: leave them out where others are nearer.
    found.sort_by_key(|(failures, attempt)| (*failures, attempt.norm));
    let least = found.first().map_or(0, |(failures, _)| *failures);
    found
        .into_iter()
        .filter(|(failures, _)| *failures <= least + 1)
        .map(|(_, attempt)| attempt)
        .collect()
}

/// What a query wants of each slot of a norm's own verb, if that verb is the one asked for or a kind of it.
fn wanted(
    rulebook: &crate::model::rulebook::Rulebook,
    own: crate::model::ids::PredicateId,
    query: &PositionQuery,
) -> Option<[Option<EntityId>; SLOTS]> {
    // Numbers instead of entities show which slot of the broader verb each own slot fills.
    let marks: [Option<EntityId>; SLOTS] = std::array::from_fn(|slot| Some(EntityId::new(slot)));
    let (_, places) = rulebook
        .implied(own, marks)
        .into_iter()
        .find(|(predicate, _)| *predicate == query.act.predicate)?;
    let mut wanted = [None; SLOTS];
    for (slot, from) in places.iter().enumerate() {
        if let Some(from) = from {
            wanted[from.index()] = if slot == 0 {
                query.bearer
            } else {
                query.act.arguments[slot]
            };
        }
    }
    Some(wanted)
}

fn near_miss(outcome: &Outcome, attempt: &Attempt, day: Day) -> NotHeld {
    let norm = outcome.rulebook.norm(attempt.norm);
    let mut reasons = reasons(outcome, attempt, day);
    // A treaty that is not in force binds nobody: saying so once is enough.
    if reasons
        .first()
        .is_some_and(|first| first.standing == Standing::Fails && first.about == About::InForce)
    {
        reasons.retain(|reason| reason.about != About::Bound);
    }
    reasons.sort_by_key(|reason| match reason.standing {
        Standing::Fails => 0,
        Standing::Open => 1,
        Standing::Holds => 2,
    });
    NotHeld {
        sentence: wording::position(outcome.rulebook, norm, &attempt.arguments, &attempt.binding),
        citation: wording::citation(outcome.rulebook, norm),
        reasons,
        to_itself: attempt.arguments[0].is_some()
            && attempt.arguments[1..].contains(&attempt.arguments[0]),
        would_make: Vec::new(),
        attempt: attempt.clone(),
    }
}
