//! What comes out of a norm: a position made or added to, or a fact that a definition gives.

use super::position::{Binding, Position, Turn};
use super::run::{Filled, Run};
use super::solve::{copied, value};
use super::store::{Origin, StoredFact};
use super::way::Way;
use crate::extent::Extent;
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Norm};
use crate::model::sentence::{Pattern, PlaceTest, Spot};

impl<'e> Run<'_, 'e> {
    pub(crate) fn define(&mut self, id: NormId, norm: &'e Norm, pattern: &'e Pattern, way: &Way) {
        let binding = &way.binding;
        let arguments = pattern.terms.map(|term| value(term, binding));
        let place = pattern
            .place
            .as_ref()
            .and_then(|place| named_place(place, binding));
        let extent = self.as_written(norm, way.conditions.clone());
        let key = (id, arguments, place);
        let known = self.defined.get(&key).copied();
        let (mut extent, mut depth) = (extent, way.depth);
        if let Some(index) = known {
            let fact = self.fact(index);
            let (before, own) = (fact.extent.clone(), fact.depth);
            depth = first_depth((&before, own), (&extent, depth));
            extent = before.or(&extent, &mut self.space);
        }
        if extent.is_never() {
            return;
        }
        let lasts = self.engine.rulebook.predicate(pattern.predicate).lasts;
        let act_days = if lasts {
            extent.clone()
        } else {
            extent.onsets(&mut self.space)
        };
        if let Some(index) = known {
            return self.change_fact(index, &extent, &act_days, depth);
        }
        let made = self.add_fact(StoredFact {
            predicate: pattern.predicate,
            arguments,
            place,
            amount: pattern.amount.as_ref(),
            act_days,
            extent,
            scope: norm.treaty,
            depth,
            origin: Origin::Defined(id),
            implied_by: None,
        });
        if let Some(index) = made {
            self.defined.insert(key, index);
        }
    }

    /// Makes a position or adds to one.
    pub(crate) fn grant(
        &mut self,
        id: NormId,
        norm: &'e Norm,
        binding: &Binding,
        conditions: &Extent,
        (applies, start): (&Extent, &Extent),
        depth: u32,
    ) {
        let Head::Position(head) = &norm.head else {
            return;
        };
        let arguments = head.act.terms.map(|term| value(term, binding));
        if arguments[0].is_some() && arguments[1..].contains(&arguments[0]) {
            return;
        }
        let key = (id, arguments);
        let known = self.granted.find(id, &arguments, &self.positions);
        // A way in which the treaty has not yet applied keeps nothing up (C16).
        let applied = applies.once(&mut self.space);
        let conditions = &conditions.and(&applied, &mut self.space);
        if conditions.is_never() || start.is_never() && !norm.triggered {
            return;
        }
        let [until, before] = [&head.until, &head.before].map(|condition| match condition {
            Some(condition) => {
                let so = self.truth(condition, norm.treaty, &mut binding.clone());
                so.onsets(&mut self.space)
            }
            None => Extent::never(),
        });
        let comes_too_soon = !before.is_never();
        let turns = comes_too_soon || !until.is_never();
        let waits = start.is_never() && known.is_none();
        let turn = (turns || waits).then(|| Turn {
            binding: copied(binding),
            conditions: conditions.clone(),
            until,
            before,
        });
        if let Some(turn) = turn.as_ref().filter(|_| waits) {
            // These conditions start nothing, but what others start goes on while they hold.
            let waiting = self.waiting.entry(key).or_default();
            match waiting.iter_mut().find(|own| own.binding == turn.binding) {
                Some(own) => own.add(turn, &mut self.space),
                None => waiting.push(turn.clone()),
            }
            return;
        }
        let index = match known {
            Some(index) => index,
            None => self.add_position(key, binding, depth),
        };
        if !self.silent {
            self.positions[index as usize].silent = false;
        }
        let position = &mut self.positions[index as usize];
        position.depth = first_depth((&position.start, position.depth), (start, depth));
        if head.act.place.is_some() {
            position.add_way(binding, conditions, &mut self.space);
        }
        let conditions = position.conditions.or(conditions, &mut self.space);
        let start = position.start.or(start, &mut self.space);
        self.unsettled |= conditions != position.conditions
            || start != position.start
            || comes_too_soon
            || head.act.place.is_some();
        (position.conditions, position.start) = (conditions, start);
        if let Some(turn) = turn {
            position.add_turn(turn, &mut self.space);
        }
        self.stale.push(index);
    }

    /// A new position, with what has waited for it.
    fn add_position(&mut self, key: Filled, binding: &Binding, depth: u32) -> u32 {
        let (norm, arguments) = key;
        let index = self.positions.len() as u32;
        let mut position = Position::new(norm, arguments, copied(binding), depth);
        position.silent = self.silent;
        if let Some(lapsed) = self.lapsed.get(&key) {
            position.set(|fate| &mut fate.lapsed, lapsed.clone());
        }
        self.unsettled = true;
        let waiting = if self.waiting.is_empty() {
            None
        } else {
            self.waiting.remove(&key)
        };
        for turn in waiting.into_iter().flatten() {
            position.conditions = position.conditions.or(&turn.conditions, &mut self.space);
            position.add_turn(turn, &mut self.space);
        }
        self.positions.push(position);
        self.granted.add(&self.positions);
        index
    }
}

/// The place that a norm's act names: its first spot with `in`.
pub(crate) fn named_place(place: &PlaceTest, binding: &Binding) -> Option<EntityId> {
    let mut spots = place.spots.iter().filter(|_| !place.outside);
    spots.find_map(|spot| match spot {
        Spot::In(term) | Spot::TerritoryOf(term) => value(*term, binding),
        Spot::AdministeredBy(_) => None,
    })
}

/// Of two ways, the depth of that which comes first; of both on one day, the smaller.
pub(crate) fn first_depth(one: (&Extent, u32), other: (&Extent, u32)) -> u32 {
    match (one.0.first_day(), other.0.first_day()) {
        (Some(first), Some(second)) if first == second => one.1.min(other.1),
        (Some(first), Some(second)) if first < second => one.1,
        (_, None) => one.1,
        (_, Some(_)) => other.1,
    }
}
