//! Positions that cannot both be honoured: which prevails, which limits which, and which conflicts stay open (M8).

use super::clash::{alike, mapped, note, places};
use super::left_open::left_open;
use super::outcome::Conflict;
use super::position::{Binding, Displacement, Ground, Position, PositionId};
use super::run::Run;
use crate::extent::{Extent, Readings};
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use crate::model::sentence::Term;
use crate::model::vocabulary::SLOTS;
use indexmap::IndexMap;

/// What settles a conflict, the strongest first.
const GROUNDS: [Ground; 4] = [
    Ground::Peremptory,
    Ground::Clause,
    Ground::Treaty,
    Ground::LaterTreaty,
];

/// Pairs of positions that clash, and when.
pub(super) type Clashes = IndexMap<(PositionId, PositionId), Extent>;

/// How two positions stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Conflict,
    /// The second is a prohibition of one kind of the first.
    Limit,
    /// One duty twice: no conflict, but a clause may put one in place of the other.
    Same,
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
        let [ways, other_ways] = [a, b].map(|of| of.ways_since_it_arose(&mut self.space));
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
}
