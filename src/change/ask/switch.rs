//! What can be left out of norms: beside each such element a switch, an open question of its own.

use super::slice::Slice;
use crate::engine::{Element, Part, elements};
use crate::model::condition::Condition;
use crate::model::ids::{DisputeId, NormId, TreatyId};
use crate::model::treaty::{Dispute, Reading};

/// What can be left out of a norm, and the dispute whose first reading leaves it out.
pub(super) type Switch = (NormId, Element, DisputeId);

/// Puts a switch beside each element that is wanted.
pub(super) fn switched(
    mut slice: Slice,
    wanted: impl Fn(NormId, Part) -> bool,
) -> (Slice, Vec<Switch>) {
    let mut switches = Vec::new();
    for at in 0..slice.book.norms.len() {
        let original = slice.book.norms[at].clone();
        let own = elements(&original).into_iter();
        for element in own
            .filter(|element| wanted(slice.of[at], element.part))
            .collect::<Vec<_>>()
        {
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
