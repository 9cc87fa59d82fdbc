//! One step of an explanation: a short sentence, how it stands on the day, and the facts behind it.

use super::fact_line::{FactLine, fact_line};
use crate::calendar::Day;
use crate::engine::{Attempt, Check, Checked, Outcome};
use crate::extent::{Extent, Readings};
use crate::model::condition::Condition;
use crate::model::ids::EntityId;
use crate::model::norm::Head;
use crate::model::sentence::Term;
use crate::model::treaty::{Entry, Treaty};
use crate::wording;

/// How a reason stands on the day asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On every reading.
    Holds,
    /// On some readings.
    Open,
    /// On none.
    Fails,
}

/// What a reason is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The treaty is in force.
    InForce,
    /// Somebody is bound by it.
    Bound,
    /// A condition, or the text itself.
    Condition,
}

/// One step of an explanation.
#[derive(Clone, Debug)]
pub struct Reason {
    /// A short sentence.
    pub text: String,
    /// How it stands.
    pub standing: Standing,
    /// The first day of the unbroken time in which it has held, where that matters.
    pub since: Option<Day>,
    /// The facts it rests on.
    pub facts: Vec<FactLine>,
    /// What it is about.
    pub about: About,
    /// The check, by number in the norm, where it is a condition.
    pub condition: Option<usize>,
    /// The single statements of which the condition is made, as they are asked.
    pub parts: Vec<String>,
    /// Why the position holds that a condition speaks of.
    pub children: Vec<Reason>,
}

impl Standing {
    /// How a set of readings stands.
    pub fn of(readings: Readings) -> Self {
        match readings {
            Readings::ALL => Self::Holds,
            Readings::NONE => Self::Fails,
            _ => Self::Open,
        }
    }
}

/// The steps of an attempt on a day.
pub(super) fn reasons(outcome: &Outcome, attempt: &Attempt, day: Day) -> Vec<Reason> {
    let checks = attempt.checks.iter();
    checks
        .filter_map(|check| reason(outcome, attempt, check, day))
        .collect()
}

/// The steps to a position that holds on a day: what has accrued, or outlives its treaty, holds though the treaty has ended.
pub(super) fn reasons_held(outcome: &Outcome, attempt: &Attempt, day: Day) -> Vec<Reason> {
    let checks = attempt.checks.iter();
    checks
        .filter_map(|check| {
            let ended = ended(&check.truth, day);
            ended
                .and_then(|last| outlived(outcome, attempt, check, last))
                .or_else(|| reason(outcome, attempt, check, day))
        })
        .collect()
}

/// The last day before, if it no longer holds on that day.
fn ended(truth: &Extent, day: Day) -> Option<Day> {
    let before = truth.changes().iter().rev();
    let (from, readings) = before.into_iter().find(|(from, _)| *from <= day)?;
    let last = from.previous();
    (*readings == Readings::NONE && last > Day::FIRST).then_some(last)
}

/// That a treaty was in force, or bound somebody, until a day.
fn outlived(outcome: &Outcome, attempt: &Attempt, check: &Check, last: Day) -> Option<Reason> {
    let norm = outcome.rulebook.norm(attempt.norm);
    let name = &outcome.rulebook.treaty(norm.treaty?).name;
    let text = match check.what {
        Checked::InForce => format!("{name} was in force until {last} (this goes on)"),
        Checked::Bound(index) => {
            let (term, role) = &norm.parties[index];
            let who = outcome.rulebook.name(actor(*term, &attempt.binding)?);
            let (role, of) = of_treaty(role.as_deref());
            format!("{who} was a {role} {of} {name} until {last}")
        }
        Checked::Written | Checked::Condition(_) | Checked::InTime(_) => return None,
    };
    let reason = reason(outcome, attempt, check, last)?;
    Some(Reason { text, ..reason })
}

/// A party *to* a treaty, or in a role *of* it.
fn of_treaty(role: Option<&str>) -> (&str, &str) {
    role.map_or(("party", "to"), |role| (role, "of"))
}

/// How a treaty that is applied provisionally since a day is said to apply on another.
fn applied(treaty: &Treaty, since: Day, day: Day) -> Option<String> {
    if treaty.provisional != Some(since) {
        return None;
    }
    let applied = format!("applied provisionally since {since}");
    Some(match &treaty.entry {
        Entry::Stated(days) if days.first <= since => return None,
        Entry::Stated(days) if days.first <= day => {
            format!("{applied}, in force since {}", days.first)
        }
        Entry::When(_) => format!("applied since {since}, at first provisionally"),
        _ => applied,
    })
}

fn reason(outcome: &Outcome, attempt: &Attempt, check: &Check, day: Day) -> Option<Reason> {
    let rulebook = outcome.rulebook;
    let norm = rulebook.norm(attempt.norm);
    let standing = Standing::of(check.truth.at(day));
    let treaty = norm.treaty.map(|treaty| rulebook.treaty(treaty));
    let name = treaty.map_or("", |treaty| treaty.name.as_str());
    let (text, since, condition) = match check.what {
        Checked::InForce => {
            let since = started(&check.truth, day);
            let text = match (standing, since) {
                (Standing::Fails, _) => not_in_force(name, &check.truth, day),
                (_, Some(since)) if since > Day::FIRST => {
                    let applied = treaty.and_then(|treaty| applied(treaty, since, day));
                    let how = applied.unwrap_or_else(|| format!("in force since {since}"));
                    format!("{name} is {how}")
                }
                _ => format!("{name} is in force"),
            };
            (text, since, None)
        }
        Checked::Written | Checked::InTime(_) if standing == Standing::Holds => return None,
        Checked::Written => (
            format!(
                "{} is not part of the text on that day or in that view",
                wording::citation(rulebook, norm)
            ),
            None,
            None,
        ),
        Checked::Bound(index) => {
            let (term, role) = &norm.parties[index];
            let who = actor(*term, &attempt.binding)?;
            let (role, of) = of_treaty(role.as_deref());
            let verb = if standing == Standing::Fails {
                "is not bound as a"
            } else {
                "is a"
            };
            (
                format!("{} {verb} {role} {of} {name}", rulebook.name(who)),
                started(&check.truth, day),
                None,
            )
        }
        Checked::Condition(index) if norm.reserved.iter().any(|(at, _)| *at == index) => (
            reservation(outcome, attempt, index, standing)?,
            None,
            Some(index),
        ),
        Checked::Condition(index) => {
            let condition = &norm.conditions[index];
            if condition.is_housekeeping() && standing == Standing::Holds {
                return None;
            }
            let say = if standing == Standing::Fails {
                wording::negated
            } else {
                wording::condition
            };
            let text = say(rulebook, condition, &attempt.binding, &norm.variables);
            (text, None, Some(index))
        }
        Checked::InTime(index) => {
            let (condition, names) = (&norm.conditions[index], &norm.variables);
            let what = wording::condition(rulebook, condition, &attempt.binding, names);
            let text = match standing {
                Standing::Fails => format!(
                    "{what}: done before {name} was in force, which does not look back \
                     (Vienna Convention on the Law of Treaties, article 28)"
                ),
                _ => format!("{what}: done while {name} was in force"),
            };
            (text, None, None)
        }
    };
    let facts = check
        .facts
        .iter()
        .filter_map(|index| fact_line(outcome, *index))
        .collect();
    let mut parts = match check.what {
        Checked::InForce => vec![format!("{name} is in-force")],
        Checked::Bound(index) => actor(norm.parties[index].0, &attempt.binding)
            .map(|who| {
                let role = norm.parties[index].1.as_deref().unwrap_or("party");
                format!("{} is a {role} of {name}", rulebook.name(who))
            })
            .into_iter()
            .collect(),
        _ => Vec::new(),
    };
    if let Some(index) = condition {
        statements(
            outcome,
            &norm.conditions[index],
            &attempt.binding,
            &norm.variables,
            &mut parts,
        );
    }
    let is_negation =
        condition.is_some_and(|index| matches!(norm.conditions[index], Condition::Not(_)));
    Some(Reason {
        text,
        standing,
        since,
        // What does not go against a negation need not be told.
        facts: if is_negation && standing == Standing::Holds {
            Vec::new()
        } else {
            facts
        },
        about: match check.what {
            Checked::InForce => About::InForce,
            Checked::Bound(_) => About::Bound,
            Checked::Written | Checked::Condition(_) | Checked::InTime(_) => About::Condition,
        },
        condition,
        parts,
        children: Vec::new(),
    })
}

/// What a reservation does to the bearer; nothing, if it is another party's.
fn reservation(
    outcome: &Outcome,
    attempt: &Attempt,
    index: usize,
    standing: Standing,
) -> Option<String> {
    let rulebook = outcome.rulebook;
    let norm = rulebook.norm(attempt.norm);
    let (_, by) = norm.reserved.iter().find(|(at, _)| *at == index)?;
    let Head::Position(head) = &norm.head else {
        return None;
    };
    if actor(head.act.terms[0], &attempt.binding) != Some(*by) {
        return None;
    }
    let article = wording::citation(rulebook, norm);
    let reservation = format!("the reservation of {} to {article}", rulebook.name(*by));
    let binds_still = match &norm.conditions[index] {
        Condition::Any(parts) => parts.get(1),
        _ => None,
    };
    let (binding, names) = (&attempt.binding, &norm.variables);
    Some(match (binds_still, standing) {
        (None, _) => format!("{reservation} keeps it from binding"),
        (Some(condition), Standing::Fails) => {
            let why = wording::negated(rulebook, condition, binding, names);
            format!("{reservation} keeps it from binding: {why}")
        }
        (Some(condition), _) => {
            let why = wording::condition(rulebook, condition, binding, names);
            format!("{reservation} lets it bind: {why}")
        }
    })
}

/// The single statements in a condition.
fn statements(
    outcome: &Outcome,
    condition: &Condition,
    binding: &[Option<EntityId>],
    variables: &[String],
    found: &mut Vec<String>,
) {
    match condition {
        Condition::Not(inner) => statements(outcome, inner, binding, variables, found),
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                statements(outcome, part, binding, variables, found);
            }
        }
        other => found.push(wording::condition(
            outcome.rulebook,
            other,
            binding,
            variables,
        )),
    }
}

fn actor(term: Term, binding: &[Option<EntityId>]) -> Option<EntityId> {
    match term {
        Term::Entity(entity) => Some(entity),
        Term::Variable(variable) => binding.get(variable.index()).copied().flatten(),
        _ => None,
    }
}

fn started(extent: &Extent, day: Day) -> Option<Day> {
    let before = extent
        .changes()
        .iter()
        .rev()
        .filter(|(from, _)| *from <= day);
    let mut first = None;
    for (from, readings) in before {
        if *readings == Readings::NONE {
            break;
        }
        first = Some(*from);
    }
    first
}

fn not_in_force(name: &str, extent: &Extent, day: Day) -> String {
    let later = extent
        .changes()
        .iter()
        .find(|(from, readings)| *from > day && *readings != Readings::NONE);
    let earlier = extent
        .changes()
        .iter()
        .rev()
        .find(|(from, readings)| *from <= day && *readings == Readings::NONE);
    match (earlier, later) {
        (_, Some((from, _))) => format!("{name} is not in force before {from}"),
        (Some((from, _)), None) => format!("{name} is out of force since {from}"),
        (None, None) => format!("{name} is not in force"),
    }
}
