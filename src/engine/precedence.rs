//! Positions that cannot both be honoured: which prevails, which limits which, and which conflicts stay open (M8).

use super::outcome::{Binding, Conflict, Displacement, Ground, PositionId};
use super::run::Run;
use super::solve::value;
use crate::calendar::Day;
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Condition};
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::question::Where;
use crate::model::sentence::{Atom, Spot};
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashMap;

/// How two positions stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Conflict,
    /// The second is a prohibition of one kind of the first.
    Limit,
}

impl<'e> Run<'_, 'e> {
    /// Finds conflicts and limits among all positions and lets precedence settle what it can.
    pub(crate) fn weigh(&mut self) {
        self.conflicts.clear();
        self.limits.clear();
        for position in &mut self.positions {
            position.displaced = Extent::never();
            position.displaced_by.clear();
        }
        for (bearer, one, other) in self.pairs() {
            self.weigh_pair(bearer, one, other);
        }
        // What has given way limits nothing.
        let mut limits = std::mem::take(&mut self.limits);
        for limit in &mut limits {
            for id in [limit.one, limit.other] {
                let displaced = &self.positions[id.index()].displaced;
                limit.extent = limit.extent.without(displaced, &mut self.space);
            }
        }
        limits.retain(|limit| !limit.extent.is_never());
        self.limits = limits;
    }

    /// Pairs of positions of one bearer that may clash: a prohibition with a duty or permission, or two duties to take sides.
    fn pairs(&mut self) -> Vec<(EntityId, u32, u32)> {
        let mut by_bearer: FxHashMap<EntityId, (Vec<u32>, Vec<u32>)> = FxHashMap::default();
        let mut sides: FxHashMap<(EntityId, EntityId, EntityId), Vec<u32>> = FxHashMap::default();
        for index in 0..self.positions.len() {
            let position = &self.positions[index];
            let norm = self.engine.rulebook.norm(position.norm);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            if position.holds.is_never() {
                continue;
            }
            let arguments = position.arguments;
            for bearer in self.bearers(index, norm) {
                let lists = by_bearer.entry(bearer).or_default();
                match head.modality {
                    Modality::Prohibition => lists.1.push(index as u32),
                    Modality::Duty | Modality::Permission => lists.0.push(index as u32),
                    Modality::Power => {}
                }
                if head.modality == Modality::Duty
                    && let Some((helped, against)) = self.sides(head, &arguments)
                {
                    sides
                        .entry((bearer, helped, against))
                        .or_default()
                        .push(index as u32);
                }
            }
        }
        let mut pairs = Vec::new();
        for (bearer, (doing, forbidden)) in &by_bearer {
            for other in forbidden {
                pairs.extend(doing.iter().map(|one| (*bearer, *one, *other)));
            }
        }
        for ((bearer, helped, against), ones) in &sides {
            if helped < against
                && let Some(others) = sides.get(&(*bearer, *against, *helped))
            {
                pairs.extend(
                    ones.iter()
                        .flat_map(|one| others.iter().map(|other| (*bearer, *one, *other))),
                );
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Who bears a position at any time.
    fn bearers(&mut self, index: usize, norm: &'e Norm) -> Vec<EntityId> {
        if let Some(bearer) = self.positions[index].arguments[0] {
            vec![bearer]
        } else {
            let position = self.positions[index].clone();
            self.performers(norm, &position)
                .into_iter()
                .map(|(actor, _)| actor)
                .collect()
        }
    }

    /// The days on which a position holds for a bearer.
    fn borne(&mut self, index: u32, norm: &'e Norm, bearer: EntityId) -> Extent {
        let holds = self.positions[index as usize].holds.clone();
        if self.positions[index as usize].arguments[0].is_some() {
            return holds;
        }
        let position = self.positions[index as usize].clone();
        let members = self.performers(norm, &position);
        let member = members
            .into_iter()
            .find(|(actor, _)| *actor == bearer)
            .map(|(_, member)| member)
            .unwrap_or_default();
        holds.and(&member, &mut self.space)
    }

    /// Whom an act helps, and against whom.
    fn sides(
        &self,
        head: &PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> Option<(EntityId, EntityId)> {
        let predicate = self.engine.rulebook.predicate(head.act.predicate);
        if !predicate.takes_sides {
            return None;
        }
        let slot = |role: &str| {
            predicate
                .roles
                .iter()
                .position(|own| own == role)
                .map(|at| at + 1)
        };
        Some((arguments[slot("object")?]?, arguments[slot("against")?]?))
    }

    fn weigh_pair(&mut self, bearer: EntityId, one: u32, other: u32) {
        let (a, b) = (
            &self.positions[one as usize],
            &self.positions[other as usize],
        );
        let (mut arguments, mut others) = (a.arguments, b.arguments);
        (arguments[0], others[0]) = (Some(bearer), Some(bearer));
        let (first, second) = (
            self.engine.rulebook.norm(a.norm),
            self.engine.rulebook.norm(b.norm),
        );
        let (Head::Position(head), Head::Position(against)) = (&first.head, &second.head) else {
            return;
        };
        let elsewhere = against.modality == Modality::Prohibition
            && against.act.place.is_some()
            && places(against, &b.binding) != places(head, &a.binding);
        let Some((relation, extra)) = self.relation(head, &arguments, against, &others) else {
            return;
        };
        if relation == Relation::Conflict && elsewhere {
            return;
        }
        let (borne, others_borne) = (
            self.borne(one, first, bearer),
            self.borne(other, second, bearer),
        );
        let mut extent = borne
            .and(&others_borne, &mut self.space)
            .and(&extra, &mut self.space);
        for index in [one, other] {
            let suspended = self.positions[index as usize].suspended.clone();
            extent = extent.without(&suspended, &mut self.space);
        }
        if extent.is_never() {
            return;
        }
        if relation == Relation::Limit {
            return note(&mut self.limits, one, other, extent, &mut self.space);
        }
        let rest = self.decide(bearer, one, first, other, second, extent);
        if !rest.is_never() {
            note(&mut self.conflicts, one, other, rest, &mut self.space);
        }
    }

    /// Whether two acts clash; the extent is when whoever `any state` stands for fits.
    fn relation(
        &mut self,
        head: &'e PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
        against: &'e PositionHead,
        others: &[Option<EntityId>; SLOTS],
    ) -> Option<(Relation, Extent)> {
        let always = Extent::always(Readings::ALL);
        if against.modality != Modality::Prohibition {
            return Some((Relation::Conflict, always));
        }
        let engine = self.engine;
        let (own, forbidden) = (head.act.predicate, against.act.predicate);
        if let Some(mapped) = mapped(&engine.broader[own.index()], forbidden, arguments, others) {
            let fits = self.classes_fit(against, &mapped)?;
            return Some((Relation::Conflict, fits));
        }
        if head.modality != Modality::Duty {
            return None;
        }
        let ways = engine.broader[forbidden.index()]
            .iter()
            .filter(|implied| implied.predicate == own);
        let mut mapped = ways.map(|implied| {
            implied
                .slots
                .map(|slot| slot.and_then(|slot| others[slot as usize]))
        });
        mapped.find(|mapped| alike(arguments, mapped))?;
        let narrower = engine.narrower[own.index()]
            .iter()
            .find(|implied| implied.predicate == forbidden)?;
        let read = super::instance::read_as(narrower, arguments);
        for (class, entity) in against.act.classes.iter().zip(read).skip(1) {
            if let (Some(class), Some(entity)) = (class, entity) {
                let fits = self.class_extent(entity, class);
                return Some((Relation::Limit, fits));
            }
        }
        Some((Relation::Limit, always))
    }

    /// `any state` in a prohibition: whoever stands there must be one.
    fn classes_fit(
        &mut self,
        forbidding: &'e PositionHead,
        filled: &[Option<EntityId>; SLOTS],
    ) -> Option<Extent> {
        let mut extent = Extent::always(Readings::ALL);
        for (class, entity) in forbidding.act.classes.iter().zip(filled).skip(1) {
            if let Some(class) = class {
                let fits = self.class_extent((*entity)?, class);
                extent = extent.and(&fits, &mut self.space);
            }
        }
        Some(extent)
    }

    /// Lets one displace the other where precedence says so; what is left is an open conflict.
    fn decide(
        &mut self,
        bearer: EntityId,
        one: u32,
        first: &'e Norm,
        other: u32,
        second: &'e Norm,
        extent: Extent,
    ) -> Extent {
        let grounds = [Ground::Clause, Ground::Treaty, Ground::LaterTreaty];
        let mut rest = extent;
        for ground in grounds {
            for (winner, winning, loser, losing) in
                [(one, first, other, second), (other, second, one, first)]
            {
                let prevails = self.prevails(ground, bearer, winner, winning, loser, losing);
                let counter = self.prevails(ground, bearer, loser, losing, winner, winning);
                let decided = rest
                    .and(&prevails, &mut self.space)
                    .without(&counter, &mut self.space);
                if !decided.is_never() {
                    rest = rest.without(&decided, &mut self.space);
                    self.displace(winner, loser, decided, ground);
                }
            }
        }
        rest
    }

    fn displace(&mut self, winner: u32, loser: u32, extent: Extent, ground: Ground) {
        let position = &mut self.positions[loser as usize];
        position.displaced = position.displaced.or(&extent, &mut self.space);
        position.displaced_by.push(Displacement {
            by: PositionId(winner),
            extent,
            ground,
        });
    }

    fn prevails(
        &mut self,
        ground: Ground,
        bearer: EntityId,
        winner: u32,
        winning: &'e Norm,
        loser: u32,
        losing: &'e Norm,
    ) -> Extent {
        let plain = |prevails: bool| {
            if prevails {
                Extent::always(Readings::ALL)
            } else {
                Extent::never()
            }
        };
        let rulebook = self.engine.rulebook;
        match ground {
            Ground::Clause => {
                let (Head::Position(head), Head::Position(other)) = (&winning.head, &losing.head)
                else {
                    return Extent::never();
                };
                let over = head
                    .prevails_over
                    .iter()
                    .any(|scope| rulebook.in_scope(losing, scope));
                let under = other
                    .subject_to
                    .iter()
                    .any(|scope| rulebook.in_scope(winning, scope));
                plain(over || under)
            }
            Ground::Treaty => {
                let (Some(a), Some(b)) = (winning.treaty, losing.treaty) else {
                    return Extent::never();
                };
                let (first, second) = (rulebook.treaty(a), rulebook.treaty(b));
                plain(
                    a != b
                        && (first.prevails_over_all
                            || first.prevails_over.contains(&b)
                            || second.subject_to.contains(&a)),
                )
            }
            Ground::LaterTreaty => {
                self.later_between_same_parties(bearer, winner, winning, loser, losing)
            }
        }
    }

    fn later_between_same_parties(
        &mut self,
        bearer: EntityId,
        winner: u32,
        winning: &'e Norm,
        loser: u32,
        losing: &'e Norm,
    ) -> Extent {
        let (Some(later), Some(earlier)) = (winning.treaty, losing.treaty) else {
            return Extent::never();
        };
        let (Some(late), Some(early)) = (self.concluded(later), self.concluded(earlier)) else {
            return Extent::never();
        };
        if late <= early {
            return Extent::never();
        }
        let (arguments, others) = (
            self.positions[winner as usize].arguments,
            self.positions[loser as usize].arguments,
        );
        let mut actors = vec![bearer];
        actors.extend(self.other_side(winning, &arguments));
        actors.extend(self.other_side(losing, &others));
        actors.sort_unstable();
        actors.dedup();
        let mut extent = Extent::always(Readings::ALL);
        for actor in actors {
            for treaty in [later, earlier] {
                let bound = self.class_extent(actor, &Class::Party(treaty, None));
                extent = extent.and(&bound, &mut self.space);
            }
        }
        extent
    }

    /// When a treaty was concluded: signed, or else entered into force.
    fn concluded(&mut self, treaty: TreatyId) -> Option<Day> {
        let signed = self
            .engine
            .rulebook
            .treaty(treaty)
            .signed
            .map(crate::calendar::PartialDate::first);
        signed.or_else(|| self.life(treaty).in_force.first_day())
    }

    /// The parts of a condition that fail on the day asked for, as sentences.
    pub(crate) fn failures(
        &mut self,
        condition: &'e Condition,
        treaty: TreatyId,
        binding: &mut super::outcome::Binding,
        failed: &mut Vec<Atom>,
    ) {
        let day = self.day_asked();
        let truth = self
            .truth(condition, Some(treaty), binding)
            .once(&mut self.space);
        if truth.at(day) == Readings::ALL {
            return;
        }
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.failures(part, treaty, binding, failed);
                }
            }
            Condition::Count {
                counted,
                class: class @ Class::Party(..),
                body,
                ..
            } => {
                for member in self.class_members(class) {
                    let mut inner = binding.clone();
                    if super::solve::bind(
                        crate::model::sentence::Term::Variable(*counted),
                        Some(member),
                        &mut inner,
                    ) {
                        self.failures(body, treaty, &mut inner, failed);
                    }
                }
            }
            Condition::Sentence { pattern, .. } => {
                let arguments = pattern.terms.map(|term| super::solve::value(term, binding));
                failed.push(Atom {
                    predicate: pattern.predicate,
                    arguments,
                    place: None,
                    amount: pattern.amount.clone(),
                });
            }
            _ => {}
        }
    }
}

/// The arguments of an act read as the broader predicate `wanted`, if it fills alike every role that `others` fill.
fn mapped(
    broader: &[super::compiled::Implied],
    wanted: PredicateId,
    arguments: &[Option<EntityId>; SLOTS],
    others: &[Option<EntityId>; SLOTS],
) -> Option<[Option<EntityId>; SLOTS]> {
    let ways = broader.iter().filter(|implied| implied.predicate == wanted);
    let mut mapped = ways.map(|implied| {
        implied
            .slots
            .map(|slot| slot.and_then(|slot| arguments[slot as usize]))
    });
    mapped.find(|mapped| alike(mapped, others))
}

/// The places that an act names.
fn places(head: &PositionHead, binding: &Binding) -> Option<(bool, Vec<Option<Where>>)> {
    let place = head.act.place.as_ref()?;
    let spots = place.spots.iter().map(|spot| {
        let (Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term)) = *spot;
        value(term, binding).map(|entity| Where::of(*spot, entity))
    });
    Some((place.outside, spots.collect()))
}

/// Whether the first fills alike every role that the second fills.
fn alike(own: &[Option<EntityId>; SLOTS], others: &[Option<EntityId>; SLOTS]) -> bool {
    own.iter()
        .zip(others)
        .all(|(own, other)| other.is_none() || own == other)
}

/// Notes a conflict or limit, together with what is known of the same pair.
fn note(
    list: &mut Vec<Conflict>,
    one: u32,
    other: u32,
    extent: Extent,
    space: &mut crate::extent::Space,
) {
    let (one, other) = (PositionId(one), PositionId(other));
    match list
        .iter_mut()
        .find(|known| (known.one, known.other) == (one, other))
    {
        Some(known) => known.extent = known.extent.or(&extent, space),
        None => list.push(Conflict { one, other, extent }),
    }
}
