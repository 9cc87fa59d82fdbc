//! Where: of places that the clauses cannot tell apart, one stands for all.

use super::cast::Cast;
use super::patterns::{conditions, head_pattern, spot_term, spots};
use super::world::{HORIZON, Side};
use crate::model::condition::Condition;
use crate::model::entity::EntityKind;
use crate::model::ids::EntityId;
use crate::model::question::Where;
use crate::model::sentence::{Spot, Term};
use indexmap::IndexMap;
use std::fmt::Write as _;

/// At most so many places, and whether they stand for all; none where no clause asks for any.
pub(super) fn places(sides: &[Side<'_>], cast: &Cast, most: usize) -> (Vec<String>, bool) {
    let asked: Vec<Vec<Where>> = sides.iter().map(|side| asked(side, cast)).collect();
    if asked.iter().all(Vec::is_empty) {
        return (Vec::new(), true);
    }
    let mut kinds: IndexMap<String, (bool, String)> = IndexMap::new();
    let mut records: Vec<_> = sides
        .iter()
        .map(|side| side.engine.archive(HORIZON))
        .collect();
    let mut names: Vec<&String> = Vec::new();
    for side in sides {
        for (name, id) in &side.book.names {
            let kind = &side.book.entities[id.index()].kind;
            let own = matches!(kind, EntityKind::State { .. }) && cast.names.contains(name);
            if matches!(kind, EntityKind::Place(_)) || own {
                names.push(name);
            }
        }
    }
    names.sort();
    names.dedup();
    for name in names {
        let mut each: Vec<String> = Vec::new();
        for ((side, record), asked) in sides.iter().zip(&mut records).zip(&asked) {
            let mut text = String::new();
            if let Some(id) = side.book.entity(name) {
                for there in asked {
                    // Claims are numbered apart on each side; where they matter, a place stands for itself.
                    let extent = record.lies(id, *there);
                    let open = extent.changes().iter().any(|(_, set)| !set.is_settled());
                    let _ = write!(text, "{:?};", extent.changes());
                    if open {
                        text.push_str(name);
                    }
                }
            }
            each.push(text);
        }
        let parted = each.windows(2).any(|pair| pair[0] != pair[1]);
        kinds
            .entry(each.join("|"))
            .or_insert_with(|| (parted, name.clone()));
    }
    let mut found: Vec<(bool, String)> = kinds.into_values().collect();
    found.sort_by_key(|(parted, _)| !parted);
    let all = found.len() <= most;
    found.truncate(most);
    (found.into_iter().map(|(_, name)| name).collect(), all)
}

/// The places that the clauses of one version ask for.
pub(super) fn asked(side: &Side<'_>, cast: &Cast) -> Vec<Where> {
    let mut found: Vec<Where> = Vec::new();
    let mut add = |spot: Spot| {
        let term = spot_term(spot);
        let those: Vec<EntityId> = match term {
            Term::Entity(id) => vec![id],
            _ => cast
                .names
                .iter()
                .filter_map(|name| side.book.entity(name))
                .collect(),
        };
        for id in those {
            let there = Where::of(spot, id);
            if !found.contains(&there) {
                found.push(there);
            }
        }
    };
    for norm in &side.book.norms {
        spots(head_pattern(norm)).for_each(&mut add);
        conditions(norm, &mut |part| {
            let pattern = match part {
                Condition::Sentence { pattern, .. } => Some(pattern),
                Condition::Position { act, .. } => act.as_ref(),
                _ => None,
            };
            pattern.into_iter().flat_map(spots).for_each(&mut add);
        });
    }
    found
}

/// Whether one place lies in another on every day, whoever is right about claims.
pub(super) fn lies_within(sides: &[Side<'_>], name: &str, larger: &str) -> bool {
    sides.iter().all(|side| {
        let (Some(place), Some(region)) = (side.book.entity(name), side.book.entity(larger)) else {
            return false;
        };
        let mut record = side.engine.archive(HORIZON);
        record.lies(place, Where::In(region)).is_always()
    })
}
