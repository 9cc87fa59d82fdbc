//! Names in a scenario outside its sentences: who says so, on whose account, which treaties.

use super::Lowering;
use crate::diagnostic::codes::scenario as codes;
use crate::model::entity::EntityKind;
use crate::model::ids::{EntityId, TreatyId};
use crate::scenario::{Many, Text};

impl Lowering<'_> {
    /// A state, organisation, organ or group.
    pub(super) fn actor(&mut self, name: &Text) -> Option<EntityId> {
        let Some(id) = self.rulebook.entity(&name.text) else {
            let entities = &self.rulebook.entities;
            let actors = entities.iter().filter(|entity| is_actor(&entity.kind));
            let known = actors.map(|entity| entity.name.as_str());
            let unknown = codes::unknown_actor(name.span, &name.text, known);
            self.diagnostics.push(unknown);
            return None;
        };
        let entity = self.rulebook.entities.get(id.index())?;
        if is_actor(&entity.kind) {
            return Some(id);
        }
        let wrong = codes::not_an_actor(name.span, &name.text, entity.span);
        self.diagnostics.push(wrong);
        None
    }

    /// Several of them.
    pub(super) fn actors(&mut self, names: Option<&Many>) -> Vec<EntityId> {
        let names = names.map_or(&[][..], |names| &names.0);
        names.iter().filter_map(|name| self.actor(name)).collect()
    }

    /// A treaty.
    pub(super) fn treaty(&mut self, name: &Text) -> Option<TreatyId> {
        let id = self.rulebook.entity(&name.text);
        let treaty = id.and_then(|id| self.rulebook.treaty_of(id));
        if treaty.is_none() {
            let treaties = &self.rulebook.treaties;
            let known = treaties.iter().map(|treaty| treaty.name.as_str());
            let unknown = codes::unknown_treaty(name.span, &name.text, known);
            self.diagnostics.push(unknown);
        }
        treaty
    }
}

fn is_actor(kind: &EntityKind) -> bool {
    match kind {
        EntityKind::State { .. }
        | EntityKind::Organisation
        | EntityKind::Organ { .. }
        | EntityKind::Group => true,
        EntityKind::Place(_) | EntityKind::Area(_) | EntityKind::Thing | EntityKind::Treaty(_) => {
            false
        }
    }
}
