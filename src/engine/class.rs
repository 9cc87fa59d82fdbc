//! Who is of a class, who is party, and who is the same as whom.

use super::life::Life;
use super::position::Binding;
use super::run::Run;
use super::solve::{Parties, Then, bind, value};
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Condition};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::sentence::Term;
use crate::model::vocabulary::SLOTS;

impl<'a, 'e> Run<'a, 'e> {
    pub(super) fn is_a(
        &mut self,
        term: Term,
        class: &'e Class,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        if let Some(entity) = value(term, binding) {
            let extent = self.class_extent(entity, class, within);
            return self.give(&extent, binding, then);
        }
        let candidates = self.class_members(class);
        for entity in candidates {
            let mut inner = binding.clone();
            if bind(term, Some(entity), &mut inner) {
                let extent = self.class_extent(entity, class, within);
                self.give(&extent, &mut inner, then);
            }
        }
    }

    /// Those who may belong to a class: all of a kind, all parties, or whoever is said to have a status.
    pub(crate) fn class_members(&mut self, class: &Class) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = match class {
            Class::Party(treaty, role) => return self.parties(*treaty, role.as_ref()).to_vec(),
            Class::Status(status) => self
                .find(*status, [None, None])
                .into_iter()
                .filter_map(|index| self.fact(index).arguments[0])
                .collect(),
            kind => {
                let all = (0..self.engine.rulebook.entities.len()).map(EntityId::new);
                all.filter(|entity| self.engine.rulebook.is_of_kind(*entity, kind) == Some(true))
                    .collect()
            }
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Those who are at some time bound by a treaty, in a role if one is given; in order.
    pub(crate) fn parties(&mut self, treaty: TreatyId, role: Option<&String>) -> Parties {
        let life = self.life(treaty);
        let fit = life.members.iter();
        let fit = fit.filter(|member| role.is_none() || member.role.as_ref() == role);
        let mut found: Parties = fit.map(|member| member.actor).collect();
        found.dedup();
        found
    }

    /// Whether a condition holds always or never by what its words mean, whatever the facts; `None`: facts decide.
    pub(crate) fn by_itself(&self, condition: &Condition, binding: &Binding) -> Option<bool> {
        match condition {
            Condition::Same(a, b) => Some(value(*a, binding)? == value(*b, binding)?),
            Condition::Is(term, class) => {
                let rulebook = self.engine.rulebook;
                rulebook.is_of_kind(value(*term, binding)?, class)
            }
            Condition::Not(inner) => Some(!self.by_itself(inner, binding)?),
            Condition::All(parts) => {
                let mut each = parts.iter().map(|part| self.by_itself(part, binding));
                each.try_fold(true, |all, part| Some(all && part?))
            }
            Condition::Any(parts) => {
                let mut each = parts.iter().map(|part| self.by_itself(part, binding));
                each.try_fold(false, |any, part| Some(any || part?))
            }
            _ => None,
        }
    }

    /// The days and readings on which an entity belongs to a class, as a treaty sees it: what another deems so is not so here.
    pub(crate) fn class_extent(
        &mut self,
        entity: EntityId,
        class: &Class,
        within: Option<TreatyId>,
    ) -> Extent {
        if entity.possessed().is_some() {
            return Extent::never();
        }
        match class {
            Class::Party(treaty, role) => {
                let life = self.life(*treaty);
                self.bound(&life, entity, role.as_ref())
            }
            Class::Status(status) => {
                let mut extent = Extent::never();
                for index in self.find(*status, [Some(entity), None]) {
                    let fact = self.fact(index);
                    if fact.scope.is_none() || fact.scope == within {
                        let one = fact.extent.clone();
                        extent = extent.or(&one, &mut self.space);
                    }
                }
                let mut arguments = [None; SLOTS];
                arguments[0] = Some(entity);
                if !self.engine.rulebook.predicate(*status).open {
                    return extent;
                }
                match self.stated(*status, &arguments) {
                    Readings::ALL => extent,
                    stated => {
                        let readings = self.unstated(*status, arguments, stated);
                        extent.or(&Extent::always(readings), &mut self.space)
                    }
                }
            }
            kind => match self.engine.rulebook.is_of_kind(entity, kind) {
                Some(true) => Extent::always(Readings::ALL),
                _ => Extent::never(),
            },
        }
    }

    /// The days and readings on which an actor is bound, in a role if one is given.
    pub(crate) fn bound(&mut self, life: &Life, actor: EntityId, role: Option<&String>) -> Extent {
        let mut found = Extent::never();
        for spell in life.of(actor) {
            if role.is_none() || spell.role.as_ref() == role {
                found = found.or(&spell.extent, &mut self.space);
            }
        }
        found
    }

    pub(super) fn same(&mut self, a: Term, b: Term, binding: &mut Binding, then: Then<'_, 'a, 'e>) {
        let mut inner = binding.clone();
        let equal = match (value(a, binding), value(b, binding)) {
            (Some(a), Some(b)) => a == b,
            (Some(known), None) => bind(b, Some(known), &mut inner),
            (None, Some(known)) => bind(a, Some(known), &mut inner),
            (None, None) => false,
        };
        if equal {
            self.give(&Extent::always(Readings::ALL), &mut inner, then);
        }
    }
}
