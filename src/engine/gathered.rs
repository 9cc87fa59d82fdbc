//! What the engine looks up in the rulebook once: the norms of each treaty, who may be party, which treaties replace others.

use super::plan::{Pivot, Plan, pivot_pattern};
use crate::calendar::Day;
use crate::model::condition::Condition;
use crate::model::entity::EntityKind;
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, PositionHead};
use crate::model::rulebook::Rulebook;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) fn definition_predicates(rulebook: &Rulebook, plans: &[Plan]) -> Vec<PredicateId> {
    let mut found = Vec::new();
    for (norm, plan) in rulebook.norms.iter().zip(plans) {
        if let (Head::Deem(_), Pivot::Fact(index)) = (&norm.head, &plan.pivot) {
            found.extend(
                norm.conditions
                    .get(*index)
                    .and_then(pivot_pattern)
                    .map(|pattern| pattern.predicate),
            );
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

pub(super) fn pending(rulebook: &Rulebook) -> Vec<TreatyId> {
    let treaties = rulebook.treaties.iter().enumerate();
    let pending =
        treaties.filter(|(_, treaty)| matches!(treaty.entry, crate::model::treaty::Entry::When(_)));
    pending.map(|(index, _)| TreatyId(index as u32)).collect()
}

pub(super) fn norms_of(rulebook: &Rulebook) -> Vec<Vec<NormId>> {
    let mut found = vec![Vec::new(); rulebook.treaties.len()];
    for (index, norm) in rulebook.norms.iter().enumerate() {
        if let Some(treaty) = norm.treaty {
            found[treaty.index()].push(NormId(index as u32));
        }
    }
    found
}

pub(super) fn scope_norms(
    rulebook: &Rulebook,
    norms_of: &[Vec<NormId>],
    condition: &Condition,
) -> Vec<NormId> {
    let (Condition::Position { under, .. } | Condition::Breach { under, .. }) = condition else {
        return Vec::new();
    };
    let meant = |head: &PositionHead| match condition {
        Condition::Position { modality, act, .. } => head.may_be_meant(*modality, act.as_ref()),
        _ => true,
    };
    let in_scope = |id: &NormId| {
        let norm = rulebook.norm(*id);
        matches!(&norm.head, Head::Position(head) if meant(head)) && rulebook.in_scope(norm, under)
    };
    match under.treaty {
        Some(treaty) => norms_of[treaty.index()]
            .iter()
            .copied()
            .filter(in_scope)
            .collect(),
        None => (0..rulebook.norms.len() as u32)
            .map(NormId)
            .filter(in_scope)
            .collect(),
    }
}

pub(super) fn states(rulebook: &Rulebook) -> Vec<EntityId> {
    let is_state = |(_, entity): &(usize, &crate::model::entity::Entity)| {
        matches!(entity.kind, EntityKind::State { .. })
    };
    rulebook
        .entities
        .iter()
        .enumerate()
        .filter(is_state)
        .map(|(index, _)| EntityId::new(index))
        .collect()
}

pub(super) fn successions(rulebook: &Rulebook) -> Vec<(Day, EntityId, EntityId)> {
    let mut found = Vec::new();
    for (index, entity) in rulebook.entities.iter().enumerate() {
        if let EntityKind::State { continues, .. } = &entity.kind {
            let heir = EntityId::new(index);
            let continues = continues.iter();
            found.extend(continues.map(|(predecessor, since)| (*since, *predecessor, heir)));
        }
    }
    found.sort_unstable();
    found
}

/// For each treaty, whoever may ever be a party by its own list, by succession or by a recorded accession. Empty: no limit is known.
pub(super) fn potential_members(rulebook: &Rulebook) -> Vec<Vec<EntityId>> {
    let mut successors: FxHashMap<EntityId, Vec<EntityId>> = FxHashMap::default();
    for (index, entity) in rulebook.entities.iter().enumerate() {
        if let EntityKind::State { continues, .. } = &entity.kind {
            for (predecessor, _) in continues {
                successors
                    .entry(*predecessor)
                    .or_default()
                    .push(EntityId::new(index));
            }
        }
    }
    let mut acceded: FxHashMap<EntityId, Vec<EntityId>> = FxHashMap::default();
    for fact in &rulebook.history {
        if Some(fact.atom.predicate) == rulebook.core.accede
            && let [Some(who), Some(treaty), ..] = fact.atom.arguments
        {
            acceded.entry(treaty).or_default().push(who);
        }
    }
    rulebook
        .treaties
        .iter()
        .map(|treaty| {
            if treaty.open_to_every_state || treaty.parties_of.is_some() {
                return Vec::new();
            }
            let mut found: Vec<EntityId> = treaty.parties.iter().map(|party| party.actor).collect();
            found.extend(acceded.get(&treaty.entity).into_iter().flatten());
            let mut next = 0;
            let mut seen: FxHashSet<EntityId> = found.iter().copied().collect();
            while let Some(actor) = found.get(next).copied() {
                next += 1;
                found.extend(
                    successors
                        .get(&actor)
                        .into_iter()
                        .flatten()
                        .filter(|heir| seen.insert(**heir)),
                );
            }
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect()
}

pub(super) fn replaced_by(rulebook: &Rulebook) -> Vec<Vec<TreatyId>> {
    let mut found = vec![Vec::new(); rulebook.treaties.len()];
    for (index, treaty) in rulebook.treaties.iter().enumerate() {
        for replaced in &treaty.replaces {
            found[replaced.index()].push(TreatyId(index as u32));
        }
    }
    found
}

/// Visits a condition and all its parts.
pub(crate) fn walk<'c>(condition: &'c Condition, visit: &mut impl FnMut(&'c Condition)) {
    visit(condition);
    match condition {
        Condition::Not(inner) | Condition::Considers { what: inner, .. } => walk(inner, visit),
        Condition::Count { body, except, .. } => {
            walk(body, visit);
            for part in except {
                walk(part, visit);
            }
        }
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                walk(part, visit);
            }
        }
        _ => {}
    }
}
