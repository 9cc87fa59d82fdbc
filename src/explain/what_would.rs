//! What would make a position hold, or end it: small changes of the facts, each tried before it is shown.

use super::fact_line::fact_line;
use crate::calendar::Day;
use crate::engine::{Attempt, Checked, Engine, Options, Origin, Outcome};
use crate::extent::Readings;
use crate::model::condition::{Condition, Tense};
use crate::model::fact::{Fact, PositionQuery, Scenario, Verdict};
use crate::model::ids::EntityId;
use crate::model::question::Question;
use crate::model::sentence::{Atom, Pattern, Term};
use crate::model::vocabulary::SLOTS;
use crate::wording;

/// One change of the facts.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// This happens, or is so, from the day asked for on.
    Add(Atom),
    /// The fact of this number in the scenario is left out.
    Remove(usize),
    /// This open or contested sentence is settled.
    Settle(Atom, bool),
}

/// A set of changes that was tried and found to do it.
#[derive(Clone, Debug)]
pub struct Would {
    /// The changes, as sentences.
    pub changes: Vec<String>,
    /// The same as changes of a scenario.
    pub steps: Vec<Change>,
    /// The verdict that they lead to.
    pub verdict: Verdict,
}

/// The smallest sets of facts found that would make the position owed.
pub(super) fn would_make(
    engine: &Engine,
    scenario: &Scenario,
    options: &Options,
    query: &PositionQuery,
    outcome: &Outcome,
    attempt: &Attempt,
    day: Day,
) -> Vec<Would> {
    let Some(changes) = all_needed(outcome, attempt, day) else {
        return Vec::new();
    };
    if changes.is_empty() {
        return Vec::new();
    }
    let verdict = try_changes(engine, scenario, options, query, &changes, day);
    if verdict == Verdict::NotOwed {
        return Vec::new();
    }
    // Leave out what is not needed.
    let mut least = changes;
    let mut at = 0;
    while least.len() > 1 && at < least.len() {
        let mut fewer = least.clone();
        fewer.remove(at);
        if try_changes(engine, scenario, options, query, &fewer, day) == verdict {
            least = fewer;
        } else {
            at += 1;
        }
    }
    vec![Would {
        changes: least.iter().map(|change| say(outcome, change)).collect(),
        steps: least,
        verdict,
    }]
}

/// Single changes that would end the position.
pub(super) fn would_end(
    engine: &Engine,
    scenario: &Scenario,
    options: &Options,
    query: &PositionQuery,
    outcome: &Outcome,
    attempt: &Attempt,
    day: Day,
) -> Vec<Would> {
    let mut found = Vec::new();
    for change in single_changes(outcome, attempt, day)
        .into_iter()
        .chain(answers(outcome, query, day))
    {
        let verdict = try_changes(
            engine,
            scenario,
            options,
            query,
            std::slice::from_ref(&change),
            day,
        );
        if verdict == Verdict::NotOwed {
            let would = Would {
                changes: vec![say(outcome, &change)],
                steps: vec![change],
                verdict,
            };
            if !found
                .iter()
                .any(|known: &Would| known.changes == would.changes)
            {
                found.push(would);
            }
        }
    }
    found
}

/// Changes that would mend every failing check; `None` if one cannot be mended by facts.
fn all_needed(outcome: &Outcome, attempt: &Attempt, day: Day) -> Option<Vec<Change>> {
    let norm = outcome.rulebook.norm(attempt.norm);
    let mut changes = Vec::new();
    for check in &attempt.checks {
        if check.truth.at(day) != Readings::NONE {
            continue;
        }
        let Checked::Condition(index) = check.what else {
            return None;
        };
        mend(
            outcome,
            &norm.conditions[index],
            true,
            attempt,
            &check.facts,
            &mut changes,
        )?;
    }
    Some(changes)
}

/// Adds the changes that make a condition true (or false).
fn mend(
    outcome: &Outcome,
    condition: &Condition,
    wanted: bool,
    attempt: &Attempt,
    facts: &[u32],
    changes: &mut Vec<Change>,
) -> Option<()> {
    match condition {
        Condition::Sentence { pattern, .. } if wanted => {
            changes.push(Change::Add(ground(outcome, pattern, attempt)?));
        }
        Condition::Sentence { pattern, tense } => {
            let ended = remove(outcome, facts, changes);
            if !ended {
                changes.push(Change::Settle(
                    ground(outcome, pattern, attempt)?,
                    *tense == Tense::Present && wanted,
                ));
            }
        }
        Condition::Not(inner) => mend(outcome, inner, !wanted, attempt, facts, changes)?,
        Condition::All(parts) if wanted => {
            for part in parts {
                mend(outcome, part, wanted, attempt, facts, changes)?;
            }
        }
        Condition::Any(parts) if !wanted => {
            for part in parts {
                mend(outcome, part, wanted, attempt, facts, changes)?;
            }
        }
        Condition::All(parts) | Condition::Any(parts) => {
            let mut first = None;
            for part in parts {
                let mut own = Vec::new();
                if mend(outcome, part, wanted, attempt, facts, &mut own).is_some() {
                    first = Some(own);
                    break;
                }
            }
            changes.extend(first?);
        }
        _ => return None,
    }
    Some(())
}

fn remove(outcome: &Outcome, facts: &[u32], changes: &mut Vec<Change>) -> bool {
    let before = changes.len();
    for index in facts {
        let Some(line) = fact_line(outcome, *index) else {
            continue;
        };
        if let Some(Origin::Given(number)) = outcome
            .facts
            .get(line.number as usize)
            .map(|fact| fact.origin)
        {
            let stated = outcome.scenario.facts.get(number as usize);
            let change = match stated {
                Some(stated) if stated.contested => {
                    Change::Settle(stated.atom.clone(), stated.negated)
                }
                _ => Change::Remove(number as usize),
            };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes.len() > before
}

/// Leaving out one fact, settling one open question, or one exception coming true.
fn single_changes(outcome: &Outcome, attempt: &Attempt, day: Day) -> Vec<Change> {
    let norm = outcome.rulebook.norm(attempt.norm);
    let mut changes = Vec::new();
    for check in &attempt.checks {
        let Checked::Condition(index) = check.what else {
            continue;
        };
        let condition = &norm.conditions[index];
        match condition {
            Condition::Not(inner) if check.truth.at(day) != Readings::NONE => {
                let _ = mend(outcome, inner, true, attempt, &check.facts, &mut changes);
            }
            _ => {
                remove(outcome, &check.facts, &mut changes);
            }
        }
    }
    changes
}

/// The answers to the questions on which the positions asked about hinge.
fn answers(outcome: &Outcome, query: &PositionQuery, day: Day) -> Vec<Change> {
    let mut changes = Vec::new();
    for id in outcome.matching(query) {
        for number in outcome.space.questions(outcome.position(id).holds.at(day)) {
            let Some(question) = outcome.questions.get_index(number as usize) else {
                continue;
            };
            let (atom, negated) = match question {
                Question::Open(atom) => (atom, false),
                Question::Fact(number) => match outcome.scenario.facts.get(*number) {
                    Some(fact) => (&fact.atom, fact.negated),
                    None => continue,
                },
                _ => continue,
            };
            changes.extend([true, false].map(|yes| Change::Settle(atom.clone(), yes != negated)));
        }
    }
    changes
}

/// A sentence of a clause with its variables filled; `None` if one is open.
fn ground(outcome: &Outcome, pattern: &Pattern, attempt: &Attempt) -> Option<Atom> {
    let mut arguments: [Option<EntityId>; SLOTS] = [None; SLOTS];
    for (argument, term) in arguments.iter_mut().zip(&pattern.terms) {
        *argument = match term {
            Term::Entity(entity) => Some(*entity),
            Term::Variable(variable) => {
                Some(attempt.binding.get(variable.index()).copied().flatten()?)
            }
            Term::Possession(word, variable) => {
                let owner = attempt.binding.get(variable.index()).copied().flatten()?;
                Some(EntityId::possession(*word, owner))
            }
            Term::Any => None,
        };
    }
    let place = pattern
        .place
        .as_ref()
        .filter(|place| !place.outside)
        .and_then(|place| place.spots.first());
    let place = place.and_then(|spot| match spot {
        crate::model::sentence::Spot::In(Term::Entity(entity)) => Some(*entity),
        _ => None,
    });
    let _ = outcome;
    Some(Atom {
        predicate: pattern.predicate,
        arguments,
        place,
        amount: pattern.amount.clone(),
    })
}

/// A scenario after changes: what is added begins on that day.
pub fn changed(scenario: &Scenario, changes: &[Change], day: Day) -> Scenario {
    let mut changed = scenario.clone();
    let mut removed: Vec<usize> = Vec::new();
    for change in changes {
        match change {
            Change::Add(atom) => changed.facts.push(Fact::from_day(atom.clone(), day)),
            Change::Remove(number) => removed.push(*number),
            Change::Settle(atom, is_true) => changed.assumptions.push((atom.clone(), *is_true)),
        }
    }
    removed.sort_unstable();
    for number in removed.into_iter().rev() {
        if number < changed.facts.len() {
            changed.facts.remove(number);
        }
    }
    changed
}

/// The verdict after the changes.
fn try_changes(
    engine: &Engine,
    scenario: &Scenario,
    options: &Options,
    query: &PositionQuery,
    changes: &[Change],
    day: Day,
) -> Verdict {
    let changed = changed(scenario, changes, day);
    verdict(engine, &changed, options, query, day)
}

fn verdict(
    engine: &Engine,
    scenario: &Scenario,
    options: &Options,
    query: &PositionQuery,
    day: Day,
) -> Verdict {
    let options = Options {
        as_of: Some(day),
        ..options.clone()
    };
    let mut outcome = engine.evaluate(scenario, &options);
    Outcome::verdict(outcome.held(query, day))
}

fn say(outcome: &Outcome, change: &Change) -> String {
    let rulebook = outcome.rulebook;
    match change {
        Change::Add(atom) | Change::Settle(atom, true) => {
            format!("if {}", wording::atom_so_far(rulebook, atom))
        }
        Change::Remove(number) => {
            let fact = outcome.scenario.facts.get(*number);
            let what = fact.map_or_else(String::new, |fact| wording::fact(rulebook, fact));
            format!("without this: {what}")
        }
        Change::Settle(atom, false) => format!("if {}", wording::atom_denied(rulebook, atom)),
    }
}
