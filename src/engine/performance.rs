//! Who does what a position asks, and who is released from it.

use super::run::Run;
use crate::extent::Extent;
use crate::model::condition::Class;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::sentence::Amount;
use crate::model::vocabulary::SLOTS;

/// An act asked for.
pub(super) struct Wanted<'e> {
    pub(super) predicate: PredicateId,
    /// Slots left open fit anybody of their class.
    pub(super) arguments: [Option<EntityId>; SLOTS],
    pub(super) classes: [Option<&'e Class>; SLOTS],
    /// For its place and amounts.
    pub(super) head: Option<&'e PositionHead>,
}

impl<'e> Run<'_, 'e> {
    /// The days on which an actor does what the position asks (M6).
    pub(crate) fn acts_of(
        &mut self,
        norm: &'e Norm,
        head: &'e PositionHead,
        index: usize,
        actor: EntityId,
    ) -> Extent {
        let engine = self.engine;
        let mut ways = engine.broader[head.act.predicate.index()].as_slice();
        if !head.own_choice {
            ways = &ways[..1];
        }
        let mut acts = Extent::never();
        for implied in ways {
            let mut arguments = self.positions[index].arguments;
            arguments[0] = Some(actor);
            let wanted = implied.read(&arguments);
            let classes = implied
                .slots
                .map(|slot| slot.and_then(|slot| head.act.classes[slot as usize].as_ref()));
            let wanted = Wanted {
                predicate: implied.predicate,
                arguments: wanted,
                classes,
                head: Some(head),
            };
            let found = self.matching_acts(&wanted, index, norm);
            acts = acts.or(&found, &mut self.space);
        }
        acts
    }

    /// The days on which a fact matches an act: roles that either leaves out are compatible (M6); but who forbids an act towards
    /// somebody does not mean one that names nobody (M7).
    pub(super) fn matching_acts(
        &mut self,
        wanted: &Wanted<'e>,
        position: usize,
        norm: &'e Norm,
    ) -> Extent {
        let mut found = Vec::new();
        let forbidden = wanted
            .head
            .is_some_and(|head| head.modality == Modality::Prohibition);
        for index in self.find(wanted.predicate, [wanted.arguments[0], None]) {
            let fact = self.fact(index);
            let fits = wanted
                .arguments
                .iter()
                .zip(&fact.arguments)
                .all(|(wanted, own)| {
                    wanted.is_none() || wanted == own || own.is_none() && !forbidden
                });
            let states = |least: &Amount| fact.amount.is_some_and(|amount| least.is_met_by(amount));
            let enough = wanted.head.is_none_or(|head| {
                let mut amounts = head.amount.iter().chain(&head.act.amount);
                amounts.all(states)
            });
            if !fits || !enough || fact.scope.is_some() && fact.scope != norm.treaty {
                continue;
            }
            let (arguments, mut days) = (fact.arguments, fact.act_days.clone());
            for (class, entity) in wanted.classes.iter().zip(arguments).skip(1) {
                if let (Some(class), Some(entity)) = (class, entity) {
                    let fits = self.class_extent(entity, class, norm.treaty);
                    days = days.and(&fits, &mut self.space);
                }
            }
            if let Some(place) = wanted.head.and_then(|head| head.act.place.as_ref()) {
                let mut there = Extent::never();
                let ways = self.positions[position].ways_since_it_arose(&mut self.space);
                for (binding, since) in ways {
                    let here = self.place_of_fact(index, place, norm.treaty, &binding);
                    let here = here.and(&since, &mut self.space);
                    there = there.or(&here, &mut self.space);
                }
                days = days.and(&there, &mut self.space);
            }
            found.push(days);
        }
        Extent::any(found, &mut self.space)
    }

    /// The days on which the one to whom the position is owed releases a bearer.
    pub(crate) fn releases(
        &mut self,
        norm: &'e Norm,
        arguments: &[Option<EntityId>; SLOTS],
        bearer: EntityId,
    ) -> Extent {
        let (Some(release), Some(treaty)) = (self.engine.rulebook.core.release, norm.treaty) else {
            return Extent::never();
        };
        if self.finds_nothing(release, [None, None]) {
            return Extent::never();
        }
        let candidates = self.find(release, [None, None]);
        let creditors = self.other_side(norm, arguments);
        let entity = self.engine.rulebook.treaty(treaty).entity;
        let from = self
            .engine
            .rulebook
            .predicate(release)
            .roles
            .iter()
            .position(|role| role == "from")
            .map(|at| at + 1);
        let mut released = Extent::never();
        for index in candidates {
            let fact = self.fact(index);
            let by = fact.arguments[0].is_some_and(|by| creditors.contains(&by));
            let of = from
                .and_then(|slot| fact.arguments[slot])
                .is_none_or(|of| of == entity);
            if by && of && fact.arguments[1].is_none_or(|whom| whom == bearer) {
                let days = fact.act_days.clone();
                released = released.or(&days, &mut self.space);
            }
        }
        released
    }

    /// Those to whom a position is owed (or who are concerned by it): every actor that the act names besides the bearer; of a
    /// duty, not those named with `against`.
    pub(crate) fn other_side(
        &mut self,
        norm: &'e Norm,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> Vec<EntityId> {
        let Head::Position(head) = &norm.head else {
            return Vec::new();
        };
        let roles = &self.engine.rulebook.predicate(head.act.predicate).roles;
        let mut found = Vec::new();
        for (slot, argument) in arguments.iter().enumerate().skip(1) {
            let against = roles.get(slot - 1).is_some_and(|role| role == "against")
                && head.modality == Modality::Duty;
            if let (Some(entity), false) = (argument, against) {
                let actor = entity.possessed().map_or(*entity, |(_, owner)| owner);
                let other = arguments[0] != Some(actor);
                if other && !self.class_extent(actor, &Class::Actor, None).is_never() {
                    found.push(actor);
                }
            }
        }
        found
    }
}
