//! The clauses that could have yielded a position and did not, the nearest first.

use super::reason::{About, Standing, reasons};
use super::why::NotHeld;
use crate::calendar::Day;
use crate::engine::{Attempt, Inspection, Outcome};
use crate::model::fact::PositionQuery;
use crate::model::ids::{EntityId, NormId, PredicateId};
use crate::model::norm::Head;
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use crate::wording;

/// For each clause that could yield the position, the binding that came closest; the nearest first.
pub(super) fn closest(
    inspection: &mut Inspection,
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
            // That a treaty never bound those concerned says less than what they might still do.
            found.push((attempt.failures(day) + attempt.outsiders(), attempt));
        }
    }
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
    rulebook: &Rulebook,
    own: PredicateId,
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

pub(super) fn near_miss(outcome: &Outcome, attempt: &Attempt, day: Day) -> NotHeld {
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
