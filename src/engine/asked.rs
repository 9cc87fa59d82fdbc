//! Whom an open sentence is asked of, rather than looked up among facts.

use super::plan::{
    is_open, pattern_variables, pivot_pattern, term_variable, term_variables, variables,
};
use super::steps::{binds, finds};
use crate::model::condition::{Class, Condition};
use crate::model::ids::VariableId;
use crate::model::norm::Norm;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Term;

/// The parties of whom only open sentences speak: whether these are so is asked of each, where something else starts the norm.
pub(super) fn of_parties(norm: &Norm, rulebook: &Rulebook) -> Vec<VariableId> {
    let started = |condition| prompts_without_open(condition, rulebook);
    if norm.triggered && !norm.conditions.iter().any(started) {
        return Vec::new();
    }
    let known: Vec<VariableId> = norm
        .conditions
        .iter()
        .flat_map(|condition| bound_without_open(condition, rulebook))
        .collect();
    let parties = norm.parties.iter();
    let mut asked: Vec<VariableId> = parties
        .filter_map(|(term, _)| term_variable(*term))
        .collect();
    asked.retain(|variable| !known.contains(variable));
    asked
}

/// Whether a fact or a position is needed for the condition to hold, whatever is open.
fn prompts_without_open(condition: &Condition, rulebook: &Rulebook) -> bool {
    let each = |part| prompts_without_open(part, rulebook);
    match condition {
        Condition::Position { .. } | Condition::Breach { .. } => true,
        Condition::Any(parts) => parts.iter().all(each),
        Condition::All(parts) => parts.iter().any(each),
        other => pivot_pattern(other).is_some_and(|pattern| !is_open(pattern, rulebook)),
    }
}

/// The variables that a condition binds, open sentences left aside.
fn bound_without_open(condition: &Condition, rulebook: &Rulebook) -> Vec<VariableId> {
    let of = |part| bound_without_open(part, rulebook);
    match condition {
        Condition::Sentence { pattern, .. } if is_open(pattern, rulebook) => Vec::new(),
        // Who a party is no fact tells by where it happened.
        Condition::Sentence { pattern, .. } => term_variables(pattern).collect(),
        Condition::Considers { what, .. } => of(what),
        Condition::All(parts) => parts.iter().flat_map(of).collect(),
        Condition::Any(parts) => {
            let mut each = parts.iter().map(of);
            let mut common = each.next().unwrap_or_default();
            each.for_each(|other| common.retain(|variable| other.contains(variable)));
            common
        }
        Condition::Is(_, Class::Status(_)) => Vec::new(),
        other if binds(other) => variables(other),
        _ => Vec::new(),
    }
}

/// Whether a condition says what somebody considers, and other conditions tell who that is.
pub(super) fn speaks_of_the_known(index: usize, norm: &Norm) -> bool {
    let condition = &norm.conditions[index];
    let told = |who: &VariableId| {
        let mut others = norm.conditions.iter().enumerate();
        others.any(|(other, part)| other != index && names(part, *who))
    };
    let mut all = who_consider(condition).into_iter();
    all.any(|who| !names(condition, who) && told(&who))
}

/// Whether a condition names a variable, but does not tell who it is.
pub(super) fn says_where(condition: &Condition, term: Term) -> bool {
    term_variable(term).is_some_and(|variable| {
        variables(condition).contains(&variable) && !names(condition, variable)
    })
}

/// Whether a condition tells who a variable is otherwise than by saying that it considers something.
fn names(condition: &Condition, variable: VariableId) -> bool {
    match condition {
        Condition::Considers { what, .. } => names(what, variable),
        other => finds(other, variable),
    }
}

/// Whether it says what somebody considers who is not known yet: a party, or whom another condition tells.
pub(super) fn waits_for_whom(
    index: usize,
    norm: &Norm,
    (bound, open): (&[bool], &[usize]),
) -> bool {
    let condition = &norm.conditions[index];
    let told = |who: VariableId| {
        let mut others = open.iter().filter(|other| **other != index);
        let mut parties = norm.parties.iter();
        parties.any(|(term, _)| term_variable(*term) == Some(who))
            || others.any(|other| names(&norm.conditions[*other], who))
    };
    let unknown = |who: &VariableId| !bound[who.index()] && !names(condition, *who);
    let mut all = who_consider(condition).into_iter();
    all.any(|who| unknown(&who) && told(who))
}

/// The variables that stand for those who consider something, or consider that others do.
fn who_consider(condition: &Condition) -> Vec<VariableId> {
    match condition {
        Condition::Considers { who, what } => {
            let own = term_variable(*who).into_iter();
            own.chain(who_consider(what)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether it would look up among facts who fills an open sentence.
pub(super) fn leans_on_open(condition: &Condition, rulebook: &Rulebook) -> bool {
    let mut found = false;
    super::gathered::walk(condition, &mut |part| {
        if let Condition::Sentence { pattern, .. } = part {
            found |= is_open(pattern, rulebook);
        }
    });
    found
}

/// Whether whoever makes the condition true is known from facts, positions or lists, or by where it happened.
pub(super) fn tells_where(condition: &Condition, variable: VariableId) -> bool {
    let tells = |part| tells_where(part, variable);
    match condition {
        Condition::Sentence { pattern, .. } => pattern_variables(pattern).contains(&variable),
        Condition::All(parts) => parts.iter().any(tells),
        Condition::Any(parts) => parts.iter().all(tells),
        other => finds(other, variable),
    }
}
