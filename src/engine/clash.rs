//! Which positions bear on each other: the acts of one bearer, found by what they name.

use super::kinds::Implied;
use super::position::{Binding, PositionId};
use super::precedence::Clashes;
use super::run::Run;
use super::solve::value;
use crate::extent::{Extent, Space};
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::question::Where;
use crate::model::sentence::Spot;
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};
use std::cmp::Ordering;

/// An act, its bearer filled in.
type Act = (PredicateId, [Option<EntityId>; SLOTS]);

/// Predicate, bearer and object.
type Naming = (PredicateId, Option<EntityId>, Option<EntityId>);

/// Duties by who helps whom against whom.
type Helping = Vec<((EntityId, EntityId, EntityId), u32)>;

/// Positions by what their acts name first.
#[derive(Default)]
struct Acts {
    all: Vec<(u32, Act)>,
    /// Their predicates.
    predicates: FxHashSet<PredicateId>,
    /// Predicate, bearer and object with the position, in order.
    sorted: Vec<(Naming, u32)>,
}

impl<'e> Run<'_, 'e> {
    /// Pairs of positions of one bearer that may clash: a prohibition with a duty or permission, two duties to take sides, or a
    /// duty with one that a clause puts in its place.
    pub(super) fn pairs(&mut self) -> Vec<(EntityId, u32, u32)> {
        let (mut acts, mut bans) = (Acts::default(), Acts::default());
        let mut sides = Helping::new();
        for index in 0..self.positions.len() {
            let position = &self.positions[index];
            let norm = self.engine.rulebook.norm(position.norm);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            if position.holds.is_never() {
                continue;
            }
            let (arguments, number) = (position.arguments, index as u32);
            for bearer in self.bearers(index, norm) {
                let mut arguments = arguments;
                arguments[0] = Some(bearer);
                let act = (head.act.predicate, arguments);
                match head.modality {
                    Modality::Prohibition => bans.add(number, act),
                    Modality::Duty | Modality::Permission => acts.add(number, act),
                    Modality::Power => {}
                }
                if head.modality == Modality::Duty {
                    let taken = self.engine.sides[head.act.predicate.index()].iter();
                    let taken = taken.filter_map(|slots| slots.filled(&arguments));
                    sides
                        .extend(taken.map(|(helped, against)| ((bearer, helped, against), number)));
                }
            }
        }
        acts.sorted.sort_unstable();
        bans.sorted.sort_unstable();
        let mut pairs = opposed(sides);
        if bans.all.is_empty() {
            acts.all.retain(|(one, _)| self.ranks(*one));
        }
        // Of an act and what it is a kind of, the broader one names no more than the other.
        for (one, act) in &acts.all {
            self.broader_acts(act, |bearer, broader| {
                if bans.predicates.contains(&broader.0) {
                    let others = bans.naming_no_more(naming(broader));
                    pairs.extend(others.map(|other| (bearer, *one, other)));
                }
            });
        }
        for (other, ban) in &bans.all {
            self.broader_acts(ban, |bearer, broader| {
                if acts.predicates.contains(&broader.0) {
                    let ones = acts.naming_no_less(naming(broader));
                    pairs.extend(ones.map(|one| (bearer, one, *other)));
                }
            });
        }
        for (one, act) in acts.all.iter().filter(|(one, _)| self.ranks(*one)) {
            let others = acts.naming_alike(naming(act)).filter(|other| other != one);
            let others = others.filter(|other| self.same_duty(*one, *other));
            let bearer = act.1[0];
            pairs.extend(
                others.filter_map(|other| Some((bearer?, *one.min(&other), *one.max(&other)))),
            );
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn granted(&self, index: u32) -> Option<&'e PositionHead> {
        let norm = self
            .engine
            .rulebook
            .norm(self.positions[index as usize].norm);
        match &norm.head {
            Head::Position(head) => Some(head),
            Head::Deem(_) => None,
        }
    }

    /// Whether a clause says how a position ranks.
    fn ranks(&self, index: u32) -> bool {
        self.granted(index)
            .is_some_and(|head| !head.prevails_over.is_empty() || !head.subject_to.is_empty())
    }

    /// Whether two positions are duties of the very same act, wherever it is to be done.
    pub(super) fn same_duty(&self, one: u32, other: u32) -> bool {
        let (Some(head), Some(against)) = (self.granted(one), self.granted(other)) else {
            return false;
        };
        let (a, b) = (
            &self.positions[one as usize],
            &self.positions[other as usize],
        );
        let duties = [head, against].map(|head| head.modality) == [Modality::Duty; 2];
        duties
            && head.act.predicate == against.act.predicate
            && head.act.classes == against.act.classes
            && a.arguments[1..] == b.arguments[1..]
    }

    /// An act, and all that it is a kind of.
    fn broader_acts(&self, (predicate, arguments): &Act, mut each: impl FnMut(EntityId, &Act)) {
        for implied in &self.engine.broader[predicate.index()] {
            let mapped = implied.read(arguments);
            if let (Some(bearer), Some(_)) = (arguments[0], mapped[0]) {
                each(bearer, &(implied.predicate, mapped));
            }
        }
    }

    /// Who bears a position at any time.
    fn bearers(&mut self, index: usize, norm: &'e Norm) -> SmallVec<[EntityId; 1]> {
        let arguments = self.positions[index].arguments;
        if let Some(bearer) = arguments[0] {
            return smallvec![bearer];
        }
        let members = self.performers(norm, &arguments).into_iter();
        members.map(|(actor, _)| actor).collect()
    }

    /// The days on which a position holds for a bearer.
    pub(super) fn borne(&mut self, index: u32, norm: &'e Norm, bearer: EntityId) -> Extent {
        let position = &self.positions[index as usize];
        let (holds, arguments) = (position.holds.clone(), position.arguments);
        if arguments[0].is_some() {
            return holds;
        }
        let members = self.performers(norm, &arguments);
        let member = members
            .into_iter()
            .find(|(actor, _)| *actor == bearer)
            .map(|(_, member)| member)
            .unwrap_or_default();
        holds.and(&member, &mut self.space)
    }
}

impl Acts {
    fn add(&mut self, position: u32, act: Act) {
        self.predicates.insert(act.0);
        self.sorted.push((naming(&act), position));
        self.all.push((position, act));
    }

    fn find(&self, fits: impl Fn(&Naming) -> Ordering) -> impl Iterator<Item = u32> {
        let from = self.sorted.partition_point(|(own, _)| fits(own).is_lt());
        let rest = self.sorted[from..].iter();
        rest.take_while(move |(own, _)| fits(own).is_eq())
            .map(|(_, position)| *position)
    }

    /// Those of the same predicate, bearer and object.
    fn naming_alike(&self, naming: Naming) -> impl Iterator<Item = u32> {
        self.find(move |own| own.cmp(&naming))
    }

    /// Those of the same predicate and bearer whose object is the same or left out.
    fn naming_no_more(&self, naming: Naming) -> impl Iterator<Item = u32> {
        let (predicate, bearer, object) = naming;
        let unnamed = object.map(|_| self.naming_alike((predicate, bearer, None)));
        let alike = self.naming_alike(naming);
        alike.chain(unnamed.into_iter().flatten())
    }

    /// Those of the same predicate and bearer whose object is the same, if one is named here.
    fn naming_no_less(&self, naming: Naming) -> impl Iterator<Item = u32> {
        let (predicate, bearer, object) = naming;
        self.find(move |own| {
            let same = (own.0, own.1).cmp(&(predicate, bearer));
            let named = object.map_or(Ordering::Equal, |_| own.2.cmp(&object));
            same.then(named)
        })
    }
}

/// What an act names first.
fn naming((predicate, arguments): &Act) -> Naming {
    (*predicate, arguments[0], arguments[1])
}

/// All duties to help one side with all duties of the same bearer to help the other.
fn opposed(mut sides: Helping) -> Vec<(EntityId, u32, u32)> {
    sides.sort_unstable();
    let mut pairs = Vec::new();
    for ones in sides.chunk_by(|one, other| one.0 == other.0) {
        let (bearer, helped, against) = ones[0].0;
        if helped >= against {
            continue;
        }
        let back = (bearer, against, helped);
        let from = sides.partition_point(|(side, _)| *side < back);
        let others = sides[from..].iter().take_while(|(side, _)| *side == back);
        for (_, other) in others {
            pairs.extend(ones.iter().map(|(_, one)| (bearer, *one, *other)));
        }
    }
    pairs
}

/// The arguments of an act read as the broader predicate `wanted`, if it fills alike every role that `others` fill.
pub(super) fn mapped(
    broader: &[Implied],
    wanted: PredicateId,
    arguments: &[Option<EntityId>; SLOTS],
    others: &[Option<EntityId>; SLOTS],
) -> Option<[Option<EntityId>; SLOTS]> {
    let ways = broader.iter().filter(|implied| implied.predicate == wanted);
    let mut mapped = ways.map(|implied| implied.read(arguments));
    mapped.find(|mapped| alike(mapped, others))
}

/// The places that an act names.
pub(super) fn places(head: &PositionHead, binding: &Binding) -> Option<(bool, Vec<Option<Where>>)> {
    let place = head.act.place.as_ref()?;
    let spots = place.spots.iter().map(|spot| {
        let (Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term)) = *spot;
        value(term, binding).map(|entity| Where::of(*spot, entity))
    });
    Some((place.outside, spots.collect()))
}

/// Whether the first fills alike every role that the second fills.
pub(super) fn alike(own: &[Option<EntityId>; SLOTS], others: &[Option<EntityId>; SLOTS]) -> bool {
    own.iter()
        .zip(others)
        .all(|(own, other)| other.is_none() || own == other)
}

/// Notes a conflict or limit, together with what is known of the same pair.
pub(super) fn note(list: &mut Clashes, one: u32, other: u32, extent: Extent, space: &mut Space) {
    let known = list.entry((PositionId(one), PositionId(other)));
    let known = known.or_default();
    *known = known.or(&extent, space);
}
