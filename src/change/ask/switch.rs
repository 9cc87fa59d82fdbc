//! What can be left out of norms: beside each such element a switch, an open question of its own.

use super::slice::Slice;
use crate::engine::{Element, elements};
use crate::model::condition::Condition;
use crate::model::ids::{DisputeId, NormId, TreatyId};
use crate::model::treaty::{Dispute, Reading};

/// What can be left out of a norm, and the dispute whose first reading leaves it out.
pub(super) type Switch = (NormId, Element, DisputeId);

/// Puts a switch beside each element of these norms.
pub(super) fn switched(mut slice: Slice, of: impl Fn(NormId) -> bool) -> (Slice, Vec<Switch>) {
    let mut switches = Vec::new();
    for at in 0..slice.book.norms.len() {
        if !of(slice.of[at]) {
            continue;
        }
        let original = slice.book.norms[at].clone();
        for element in elements(&original) {
            let norm = &mut slice.book.norms[at];
            let dispute = DisputeId(slice.book.disputes.len() as u32);
            let switch = Condition::Reading(dispute, 0);
            let own = &mut norm.conditions[element.condition];
            let condition = std::mem::replace(own, Condition::All(Vec::new()));
            let left = Condition::All(vec![element.left(&original), switch]);
            *own = Condition::Any(vec![condition, left]);
            let (treaty, span) = (norm.treaty.unwrap_or(TreatyId(0)), norm.span);
            let reading = |name: &str| Reading {
                name: name.to_owned(),
                title: None,
                held_by: Vec::new(),
            };
            slice.book.disputes.push(Dispute {
                treaty,
                name: format!("switch {at} {element:?}"),
                title: None,
                readings: vec![reading("left out"), reading("there")],
                span,
            });
            switches.push((NormId(at as u32), element, dispute));
        }
    }
    (slice, switches)
}
