//! Positions that cannot both be honoured: which prevails, which limits which, and which conflicts stay open (M8).

use super::left_open::left_open;
use super::life::beginnings;
use super::outcome::{Binding, Conflict, Displacement, Ground, Position, PositionId};
use super::run::Run;
use super::solve::value;
use crate::calendar::Day;
use crate::extent::{Extent, Readings, Space};
use crate::model::condition::{Class, Condition};
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use crate::model::question::Where;
use crate::model::sentence::{Atom, Spot, Term};
use crate::model::vocabulary::SLOTS;
use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};
use std::cmp::Ordering;

/// What settles a conflict, the strongest first.
const GROUNDS: [Ground; 4] = [
    Ground::Peremptory,
    Ground::Clause,
    Ground::Treaty,
    Ground::LaterTreaty,
];

/// Pairs of positions that clash, and when.
type Clashes = IndexMap<(PositionId, PositionId), Extent>;

/// How two positions stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Conflict,
    /// The second is a prohibition of one kind of the first.
    Limit,
    /// One duty twice: no conflict, but a clause may put one in place of the other.
    Same,
}

/// An act, its bearer filled in.
type Act = (PredicateId, [Option<EntityId>; SLOTS]);

/// Positions by what their acts name first.
#[derive(Default)]
struct Acts {
    all: Vec<(u32, Act)>,
    /// Their predicates.
    predicates: FxHashSet<PredicateId>,
    /// Predicate, bearer and object with the position, in order.
    sorted: Vec<(Naming, u32)>,
}

/// Predicate, bearer and object.
type Naming = (PredicateId, Option<EntityId>, Option<EntityId>);

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

/// Duties by who helps whom against whom.
type Sides = Vec<((EntityId, EntityId, EntityId), u32)>;

/// All duties to help one side with all duties of the same bearer to help the other.
fn opposed(mut sides: Sides) -> Vec<(EntityId, u32, u32)> {
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

impl<'e> Run<'_, 'e> {
    /// Finds conflicts and limits among all positions and lets precedence settle what it can.
    pub(crate) fn weigh(&mut self) {
        let (mut conflicts, mut limits) = (Clashes::default(), Clashes::default());
        for fate in self.positions.iter_mut().filter_map(Position::known_fate) {
            fate.displaced = Extent::never();
            fate.displaced_by.clear();
        }
        for (bearer, one, other) in self.pairs() {
            self.weigh_pair((bearer, one, other), &mut conflicts, &mut limits);
        }
        self.limits = self.without_displaced(limits);
        self.conflicts = self.without_displaced(conflicts);
    }

    /// What has given way limits nothing and is in conflict with nothing.
    fn without_displaced(&mut self, found: Clashes) -> Vec<Conflict> {
        let mut pairs = Vec::new();
        for ((one, other), mut extent) in found {
            for id in [one, other] {
                let displaced = &self.positions[id.index()].fate().displaced;
                extent = extent.without(displaced, &mut self.space);
            }
            if !extent.is_never() {
                pairs.push(Conflict { one, other, extent });
            }
        }
        pairs
    }

    /// Pairs of positions of one bearer that may clash: a prohibition with a duty or permission, two duties to take sides, or a
    /// duty with one that a clause puts in its place.
    fn pairs(&mut self) -> Vec<(EntityId, u32, u32)> {
        let (mut acts, mut bans) = (Acts::default(), Acts::default());
        let mut sides = Sides::new();
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
    fn same_duty(&self, one: u32, other: u32) -> bool {
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
    fn borne(&mut self, index: u32, norm: &'e Norm, bearer: EntityId) -> Extent {
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

    fn weigh_pair(
        &mut self,
        (bearer, one, other): (EntityId, u32, u32),
        conflicts: &mut Clashes,
        limits: &mut Clashes,
    ) {
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
        let (ways, other_ways) = (a.fate().ways.clone(), b.fate().ways.clone());
        let Some((relation, extra)) =
            self.relation((first, head), &arguments, (second, against), &others)
        else {
            return;
        };
        let same = self.same_duty(one, other);
        let mut extra = extra;
        if relation == Relation::Conflict {
            if self.follows_breach(first, head, &arguments, second, against, &others) {
                return;
            }
            let forbids = against.modality == Modality::Prohibition;
            if against.act.place.is_some() && (forbids || same) || head.act.place.is_some() && same
            {
                let there = self.same_place(head, &ways, against, &other_ways);
                extra = extra.and(&there, &mut self.space);
            }
        }
        let relation = if same { Relation::Same } else { relation };
        let (borne, others_borne) = (
            self.borne(one, first, bearer),
            self.borne(other, second, bearer),
        );
        let mut extent = borne
            .and(&others_borne, &mut self.space)
            .and(&extra, &mut self.space);
        for index in [one, other] {
            let suspended = &self.positions[index as usize].fate().suspended;
            extent = extent.without(suspended, &mut self.space);
        }
        if extent.is_never() {
            return;
        }
        if relation == Relation::Limit {
            return note(limits, one, other, extent, &mut self.space);
        }
        let same = relation == Relation::Same;
        let grounds = if same { &GROUNDS[1..2] } else { &GROUNDS };
        let rest = self.decide(grounds, bearer, (one, first), (other, second), extent);
        if !rest.is_never() && !same {
            note(conflicts, one, other, rest, &mut self.space);
        }
    }

    /// Whether the first says what follows a breach of the second: one of its conditions is that its bearer does what the
    /// second forbids, or breaches it.
    fn follows_breach(
        &self,
        norm: &Norm,
        head: &PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
        forbidding: &Norm,
        against: &PositionHead,
        others: &[Option<EntityId>; SLOTS],
    ) -> bool {
        let filled = |term: Term| {
            if let Term::Entity(entity) = term {
                return Some(entity);
            }
            let slot = head.act.terms.iter().position(|own| *own == term)?;
            arguments[slot]
        };
        let bearer = |term: Term| term != Term::Any && filled(term) == arguments[0];
        head.mode == Mode::Each
            && head.modality == Modality::Duty
            && against.modality == Modality::Prohibition
            && norm.conditions.iter().any(|condition| match condition {
                Condition::Sentence { pattern, .. } if bearer(pattern.terms[0]) => {
                    let broader = &self.engine.broader[pattern.predicate.index()];
                    let act = pattern.terms.map(filled);
                    mapped(broader, against.act.predicate, &act, others).is_some()
                }
                Condition::Breach {
                    bearer: who, under, ..
                } => bearer(*who) && self.engine.rulebook.in_scope(forbidding, under),
                _ => false,
            })
    }

    /// When two acts name the same place.
    fn same_place(
        &mut self,
        head: &PositionHead,
        ways: &[(Binding, Extent)],
        against: &PositionHead,
        others: &[(Binding, Extent)],
    ) -> Extent {
        let mut found = Extent::never();
        for (binding, since) in ways {
            for (other, other_since) in others {
                if places(head, binding) == places(against, other) {
                    let both = since.and(other_since, &mut self.space);
                    found = found.or(&both, &mut self.space);
                }
            }
        }
        found
    }

    /// Whether two acts clash; the extent is when whoever `any state` stands for fits.
    fn relation(
        &mut self,
        (own_norm, head): (&'e Norm, &'e PositionHead),
        arguments: &[Option<EntityId>; SLOTS],
        (norm, against): (&'e Norm, &'e PositionHead),
        others: &[Option<EntityId>; SLOTS],
    ) -> Option<(Relation, Extent)> {
        let always = Extent::always(Readings::ALL);
        if against.modality != Modality::Prohibition {
            return Some((Relation::Conflict, always));
        }
        let engine = self.engine;
        let (own, forbidden) = (head.act.predicate, against.act.predicate);
        if let Some(mapped) = mapped(&engine.broader[own.index()], forbidden, arguments, others) {
            if !self.names_whoever((own_norm, own), arguments, forbidden, others) {
                return None;
            }
            let fits = self.classes_fit(norm, against, &mapped)?;
            return Some((Relation::Conflict, fits));
        }
        if head.modality != Modality::Duty {
            return None;
        }
        let ways = engine.broader[forbidden.index()]
            .iter()
            .filter(|implied| implied.predicate == own);
        let mut mapped = ways.map(|implied| implied.read(others));
        mapped.find(|mapped| alike(arguments, mapped))?;
        let narrower = engine.narrower[own.index()]
            .iter()
            .find(|implied| implied.predicate == forbidden)?;
        let read = super::engage::read_as(narrower, arguments);
        let mut extent = always;
        for (class, entity) in against.act.classes.iter().zip(read).skip(1) {
            if let (Some(class), Some(entity)) = (class, entity) {
                let fits = self.class_extent(entity, class, norm.treaty);
                extent = extent.and(&fits, &mut self.space);
            }
        }
        Some((Relation::Limit, extent))
    }

    /// Whether a prohibition names everybody whom a standing norm leaves to whoever acts (C22).
    fn names_whoever(
        &self,
        (norm, verb): (&Norm, PredicateId),
        arguments: &[Option<EntityId>; SLOTS],
        forbidden: PredicateId,
        others: &[Option<EntityId>; SLOTS],
    ) -> bool {
        let ways = &self.engine.broader[verb.index()];
        left_open(norm).into_iter().all(|slot| {
            let mut ways = ways.iter().filter(|way| way.predicate == forbidden);
            let open = |from: &Option<u8>| {
                from.is_some_and(|from| from as usize == slot) && arguments[slot].is_some()
            };
            ways.any(|way| {
                let mut roles = way.slots.iter().zip(others);
                roles.any(|(from, other)| open(from) && other.is_some())
            })
        })
    }

    /// `any state` in a prohibition: whoever stands there must be one.
    fn classes_fit(
        &mut self,
        norm: &'e Norm,
        forbidding: &'e PositionHead,
        filled: &[Option<EntityId>; SLOTS],
    ) -> Option<Extent> {
        let mut extent = Extent::always(Readings::ALL);
        for (class, entity) in forbidding.act.classes.iter().zip(filled).skip(1) {
            if let Some(class) = class {
                let fits = self.class_extent((*entity)?, class, norm.treaty);
                extent = extent.and(&fits, &mut self.space);
            }
        }
        Some(extent)
    }

    /// Lets one displace the other where precedence says so; what is left is an open conflict.
    fn decide(
        &mut self,
        grounds: &[Ground],
        bearer: EntityId,
        (one, first): (u32, &'e Norm),
        (other, second): (u32, &'e Norm),
        extent: Extent,
    ) -> Extent {
        let mut rest = extent;
        for ground in grounds.iter().copied() {
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
        position.add(|fate| &mut fate.displaced, &extent, &mut self.space);
        position.fate_mut().displaced_by.push(Displacement {
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
            Ground::Peremptory => {
                let peremptory = |norm: &Norm| {
                    let treaty = norm.treaty.map(|treaty| rulebook.treaty(treaty));
                    treaty.is_some_and(|treaty| treaty.peremptory)
                };
                plain(peremptory(winning) && !peremptory(losing))
            }
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
        let made = self.made_later(later, earlier);
        if made.is_never() {
            return made;
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
        let mut extent = made;
        for actor in actors {
            for treaty in [later, earlier] {
                let bound = self.class_extent(actor, &Class::Party(treaty, None), None);
                extent = extent.and(&bound, &mut self.space);
            }
        }
        extent
    }

    /// From when on, and on which readings, one treaty has been made later than another.
    fn made_later(&mut self, later: TreatyId, earlier: TreatyId) -> Extent {
        let (late, early) = (self.made(later), self.made(earlier));
        let mut found = Extent::never();
        for (day, readings) in &late {
            for (_, others) in early.iter().filter(|(before, _)| before < day) {
                let both = self.space.and(*readings, *others);
                found = found.or(&Extent::from(*day, both), &mut self.space);
            }
        }
        found
    }

    /// When a treaty was made, and on which readings: signed, or else entered into force.
    fn made(&mut self, id: TreatyId) -> Vec<(Day, Readings)> {
        let treaty = self.engine.rulebook.treaty(id);
        match treaty.signed {
            Some(signed) => vec![(signed.first(), Readings::ALL)],
            None => beginnings(&self.entered(treaty, id), &mut self.space),
        }
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
    let mut mapped = ways.map(|implied| implied.read(arguments));
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
fn note(list: &mut Clashes, one: u32, other: u32, extent: Extent, space: &mut Space) {
    let known = list.entry((PositionId(one), PositionId(other)));
    let known = known.or_default();
    *known = known.or(&extent, space);
}
