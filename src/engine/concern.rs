//! Whom and which treaties a scenario concerns.

use super::run::Run;
use crate::model::fact::Scenario;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::sentence::Atom;

impl Run<'_, '_> {
    /// Whether an actor is named in the events of the scenario.
    pub(crate) fn is_cast(&self, actor: EntityId) -> bool {
        self.cast.binary_search(&actor).is_ok()
    }

    pub(crate) fn touch(&mut self, atom: &Atom) {
        let engine = self.engine;
        let named = atom
            .arguments
            .iter()
            .flatten()
            .filter_map(|entity| engine.rulebook.treaty_of(*entity));
        let bearing = engine.broader[atom.predicate.index()]
            .iter()
            .filter_map(|implied| engine.life_predicates.get(&implied.predicate))
            .flatten()
            .copied();
        let mut open: Vec<TreatyId> = named.chain(bearing).collect();
        while let Some(treaty) = open.pop() {
            if self.touched.insert(treaty) {
                open.extend(&engine.dependants[treaty.index()]);
            }
        }
    }

    /// The treaties about which actors of the scenario have done something, or on whose life its facts bear.
    pub(crate) fn treaties_of_cast(&self) -> Vec<EntityId> {
        let engine = self.engine;
        let facts = self
            .cast
            .iter()
            .filter_map(|actor| engine.base_by_subject.get(actor))
            .flatten();
        let named = facts.flat_map(|index| engine.base.get(*index).arguments.iter().flatten());
        let mut found: Vec<EntityId> = named
            .copied()
            .filter(|entity| engine.rulebook.treaty_of(*entity).is_some())
            .collect();
        let touched = self.touched_treaties().into_iter();
        found.extend(touched.map(|treaty| engine.rulebook.treaty(treaty).entity));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The treaties on whose life facts of this scenario bear.
    pub(crate) fn touched_treaties(&self) -> Vec<TreatyId> {
        if self.all_touched {
            let all = 0..self.engine.rulebook.treaties.len() as u32;
            return all.map(TreatyId).collect();
        }
        let mut found: Vec<TreatyId> = self.touched.iter().copied().collect();
        found.sort_unstable();
        found
    }

    /// Whether facts of this scenario bear on the life of a treaty.
    pub(crate) fn is_touched(&self, treaty: TreatyId) -> bool {
        self.all_touched || self.touched.contains(&treaty)
    }

    /// Whether the scenario counts this treaty.
    pub(crate) fn is_allowed(&self, treaty: TreatyId) -> bool {
        self.allowed
            .as_ref()
            .is_none_or(|allowed| allowed.contains(&treaty))
    }
}

/// The actors named in the events of a scenario.
pub(crate) fn cast(scenario: &Scenario) -> Vec<EntityId> {
    let mut found = Vec::with_capacity(2 * scenario.facts.len());
    for fact in &scenario.facts {
        for entity in fact.atom.arguments.iter().flatten() {
            found.push(*entity);
            found.extend(entity.possessed().map(|(_, owner)| owner));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whom a sentence names, owners of possessions too.
pub(crate) fn named_in(atom: &Atom) -> impl Iterator<Item = EntityId> {
    let each = atom.arguments.iter().flatten();
    each.flat_map(|entity| {
        let owner = entity.possessed().map(|(_, owner)| owner);
        [Some(*entity), owner].into_iter().flatten()
    })
}
