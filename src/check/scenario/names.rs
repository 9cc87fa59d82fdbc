//! Names in a scenario outside its sentences: who says so, on whose account, which treaties.

use super::Lowering;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::scenario as codes;
use crate::model::entity::EntityKind;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::scenario::{Many, Text};

impl Lowering<'_> {
    /// A state, organisation, organ or group.
    pub(super) fn actor(&mut self, name: &Text) -> Option<EntityId> {
        actor(name, self.rulebook, &mut self.diagnostics)
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

/// A state, organisation, organ or group.
pub fn actor(
    name: &Text,
    rulebook: &Rulebook,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<EntityId> {
    let Some(id) = rulebook.entity(&name.text) else {
        let entities = &rulebook.entities;
        let actors = entities.iter().filter(|entity| is_actor(&entity.kind));
        let known = actors.map(|entity| entity.name.as_str());
        diagnostics.push(codes::unknown_actor(name.span, &name.text, known));
        return None;
    };
    let entity = rulebook.entities.get(id.index())?;
    if is_actor(&entity.kind) {
        return Some(id);
    }
    diagnostics.push(codes::not_an_actor(name.span, &name.text, entity.span));
    None
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
