//! What can be left out of a norm: a condition that only tests, or the place, amount or period of one that also says who.

use super::plan::{pattern_variables, term_variable, variables};
use crate::model::condition::{Condition, Tense};
use crate::model::ids::VariableId;
use crate::model::norm::Norm;
use crate::model::sentence::Pattern;

/// Something without which a norm would reach further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element {
    /// The condition, by number.
    pub condition: usize,
    /// What of it.
    pub part: Part,
}

/// What of a condition can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// Where it happens.
    Place,
    /// With how much.
    Amount,
    /// For how long it counts: `within 30 days`.
    Period,
}

/// What can be left out of a norm without leaving open who a variable is.
pub fn elements(norm: &Norm) -> Vec<Element> {
    let mut found = Vec::new();
    for (condition, said) in norm.conditions.iter().enumerate() {
        let mut add = |part| found.push(Element { condition, part });
        if can_be_left_out(norm, condition) {
            add(Part::Whole);
        } else if let Condition::Sentence { pattern, tense } = said {
            if pattern.place.is_some() && says_who_without_place(norm, condition) {
                add(Part::Place);
            }
            if pattern.amount.is_some() {
                add(Part::Amount);
            }
            if matches!(tense, Tense::Perfect(Some(_))) {
                add(Part::Period);
            }
        }
    }
    found
}

impl Element {
    /// What is left of its condition without it.
    pub fn left(self, norm: &Norm) -> Condition {
        let whole = &norm.conditions[self.condition];
        let Condition::Sentence { pattern, tense } = whole else {
            return Condition::All(Vec::new());
        };
        let (mut pattern, mut tense) = (pattern.clone(), *tense);
        match self.part {
            Part::Whole => return Condition::All(Vec::new()),
            Part::Place => pattern.place = None,
            Part::Amount => pattern.amount = None,
            Part::Period => tense = Tense::Perfect(None),
        }
        Condition::Sentence { pattern, tense }
    }
}

/// Whether a condition only tests what others bind, and says more than who a variable may be.
fn can_be_left_out(norm: &Norm, index: usize) -> bool {
    let condition = &norm.conditions[index];
    if condition.is_housekeeping() || matches!(condition, Condition::Reading(..)) {
        return false;
    }
    if matches!(condition, Condition::Not(_) | Condition::Count { .. }) {
        return true;
    }
    let starts = norm
        .conditions
        .iter()
        .position(|part| matches!(part, Condition::Sentence { .. }));
    let bound = bound_without(norm, index);
    starts != Some(index)
        && variables(condition)
            .iter()
            .all(|variable| bound.contains(variable))
}

/// Whether the place of a sentence only tests.
fn says_who_without_place(norm: &Norm, index: usize) -> bool {
    let Condition::Sentence { pattern, .. } = &norm.conditions[index] else {
        return false;
    };
    let mut bound = bound_without(norm, index);
    let placeless = Pattern {
        place: None,
        ..pattern.clone()
    };
    bound.extend(pattern_variables(&placeless));
    pattern_variables(pattern)
        .iter()
        .all(|variable| bound.contains(variable))
}

/// The variables that parties and the sentences of other conditions bind.
fn bound_without(norm: &Norm, index: usize) -> Vec<VariableId> {
    let mut bound: Vec<VariableId> = Vec::new();
    for (at, other) in norm.conditions.iter().enumerate() {
        let says = matches!(
            other,
            Condition::Sentence { .. } | Condition::Considers { .. }
        );
        if at != index && says {
            bound.extend(variables(other));
        }
    }
    let parties = norm.parties.iter();
    bound.extend(parties.filter_map(|(term, _)| term_variable(*term)));
    bound
}
