//! Conditions that can be left out: beside each a switch, an open question of its own.

use super::slice::Slice;
use crate::engine::{term_variable, variables};
use crate::model::condition::Condition;
use crate::model::ids::{DisputeId, NormId, TreatyId, VariableId};
use crate::model::norm::Norm;
use crate::model::treaty::{Dispute, Reading};
use crate::wording::is_housekeeping;

/// A condition that can be left out, and the dispute whose first reading leaves it out.
pub(super) type Switch = (NormId, usize, DisputeId);

/// Puts a switch beside each condition that binds no variable of its own.
pub(super) fn switched(mut slice: Slice, of: impl Fn(NormId) -> bool) -> (Slice, Vec<Switch>) {
    let mut switches = Vec::new();
    for at in 0..slice.book.norms.len() {
        if !of(slice.of[at]) {
            continue;
        }
        for index in 0..slice.book.norms[at].conditions.len() {
            let norm = &mut slice.book.norms[at];
            if !can_be_left_out(norm, index) {
                continue;
            }
            let dispute = DisputeId(slice.book.disputes.len() as u32);
            let switch = Condition::Reading(dispute, 0);
            let condition =
                std::mem::replace(&mut norm.conditions[index], Condition::All(Vec::new()));
            norm.conditions[index] = Condition::Any(vec![condition, switch]);
            let (treaty, span) = (norm.treaty.unwrap_or(TreatyId(0)), norm.span);
            let reading = |name: &str| Reading {
                name: name.to_owned(),
                title: None,
                held_by: Vec::new(),
            };
            slice.book.disputes.push(Dispute {
                treaty,
                name: format!("switch {at} {index}"),
                title: None,
                readings: vec![reading("left out"), reading("there")],
                span,
            });
            switches.push((NormId(at as u32), index, dispute));
        }
    }
    (slice, switches)
}

/// Whether a condition only tests what others bind, and says more than who a variable may be.
fn can_be_left_out(norm: &Norm, index: usize) -> bool {
    let condition = &norm.conditions[index];
    if is_housekeeping(condition) || matches!(condition, Condition::Reading(..)) {
        return false;
    }
    if matches!(condition, Condition::Not(_) | Condition::Count { .. }) {
        return true;
    }
    let mut bound: Vec<VariableId> = Vec::new();
    for (at, other) in norm.conditions.iter().enumerate() {
        if at != index
            && matches!(
                other,
                Condition::Sentence { .. } | Condition::Considers { .. }
            )
        {
            bound.extend(variables(other));
        }
    }
    bound.extend(
        norm.parties
            .iter()
            .filter_map(|(term, _)| term_variable(*term)),
    );
    let starts = norm
        .conditions
        .iter()
        .position(|part| matches!(part, Condition::Sentence { .. }));
    starts != Some(index)
        && variables(condition)
            .iter()
            .all(|variable| bound.contains(variable))
}
