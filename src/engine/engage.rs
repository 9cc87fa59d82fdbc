//! Standing norms engaged: by an act, by another position about the same act, by a question (M9).

use super::plan::Pivot;
use super::position::Binding;
use super::run::Run;
use super::solve::{bind, unbound, value};
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::condition::Class;
use crate::model::ids::{EntityId, NormId, PredicateId};
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::sentence::Term;
use crate::model::vocabulary::{PredicateKind, SLOTS};
use smallvec::SmallVec;

/// Why standing norms about an act are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Somebody owes it, or is free to do it.
    Claim,
    /// Another norm, with this modality, is about it, or is a duty to help the other side.
    Clash(Modality),
    /// Somebody asks.
    Question,
}

impl<'e> Run<'_, 'e> {
    /// A fact engages a standing norm whose act it matches (M9), unless the record brings it after all days that count.
    pub(crate) fn engage_with_fact(&mut self, id: NormId, norm: &'e Norm, fact: u32) {
        let Head::Position(head) = &norm.head else {
            return;
        };
        let (predicate, arguments, scope, first) = {
            let fact = self.fact(fact);
            let first = fact.extent.first_day();
            (fact.predicate, fact.arguments, fact.scope, first)
        };
        if scope.is_some() && scope != norm.treaty || first.is_none_or(|day| day > self.horizon) {
            return;
        }
        let verb = self.verb(predicate);
        if verb != predicate && head.modality != Modality::Duty {
            return;
        }
        let predicate = verb;
        // A broader act than that of the norm has to do with it as well, and so has the refusal of a narrower one.
        let own = head.act.predicate;
        let narrower = self.engine.broader[predicate.index()].iter();
        let broader = self.engine.broader[own.index()].iter();
        let ways: SmallVec<[[Option<EntityId>; SLOTS]; 2]> = narrower
            .filter(|implied| implied.predicate == own)
            .map(|implied| implied.read(&arguments))
            .chain(
                broader
                    .filter(|implied| implied.predicate == predicate)
                    .map(|implied| read_as(implied, &arguments)),
            )
            .collect();
        for arguments in ways {
            self.engage_as(id, norm, head, &arguments);
        }
    }

    fn engage_as(
        &mut self,
        id: NormId,
        norm: &'e Norm,
        head: &'e PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
    ) {
        let mut binding = unbound(norm);
        if head.modality == Modality::Prohibition && leaves_out(head, arguments)
            || !self.may_stand_for(norm, head, arguments)
            || !loosely_unify(&head.act.terms, arguments, &mut binding)
        {
            return;
        }
        for (found, extent, depth) in self.standing_solutions(id, binding) {
            if self.may_bear(norm, head, &found, &extent, arguments[0]) {
                self.grant(id, norm, &found, &extent, (&extent, &extent), depth);
            }
        }
    }

    /// Whether somebody, if anybody is named, is one of the bearers of a joint position on some day up to the horizon.
    fn may_bear(
        &mut self,
        norm: &'e Norm,
        head: &'e PositionHead,
        binding: &Binding,
        extent: &Extent,
        who: Option<EntityId>,
    ) -> bool {
        let (Some(who), Some(_)) = (who, &head.group) else {
            return true;
        };
        let arguments = head.act.terms.map(|term| value(term, binding));
        let bearers = self.performers(norm, &arguments);
        let mut own = bearers.into_iter().filter(|(bearer, _)| *bearer == who);
        own.any(|(_, member)| {
            let first = member.and(extent, &mut self.space).first_day();
            first.is_some_and(|day| day <= self.horizon)
        })
    }

    /// The verb; of a refusal, that which is refused.
    pub(crate) fn verb(&self, predicate: PredicateId) -> PredicateId {
        match self.engine.rulebook.predicate(predicate).kind {
            PredicateKind::Refusal { of } => of,
            _ => predicate,
        }
    }

    /// Positions that arose, from a number on, engage standing norms about the same act, a kind of it, or one of which it is a
    /// kind (M9). How many positions there were.
    pub(crate) fn engage_with_positions(&mut self, from: usize) -> usize {
        let engine = self.engine;
        let known = self.positions.len();
        for index in from..known {
            let position = &self.positions[index];
            let norm = engine.rulebook.norm(position.norm);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            let does = matches!(head.modality, Modality::Duty | Modality::Permission);
            let loud = norm.triggered && does;
            let own = head.act.predicate.index();
            let concerns = engine.engages[own];
            if head.modality == Modality::Power || !concerns {
                continue;
            }
            // What others bring in may displace it or give way to it, and is not reported for that.
            let why = if loud {
                Why::Claim
            } else {
                Why::Clash(head.modality)
            };
            let silent = std::mem::replace(&mut self.silent, !loud);
            let (own, named) = (head.act.predicate, position.arguments);
            let arises = Days {
                first: Day::FIRST,
                last: self.horizon,
            };
            let arises = Extent::days(arises, Readings::ALL).and(&position.arisen, &mut self.space);
            for (bearer, member) in self.performers(norm, &named) {
                if member.and(&arises, &mut self.space).is_never() {
                    continue;
                }
                let mut arguments = named;
                arguments[0] = Some(bearer);
                for implied in &engine.broader[own.index()] {
                    let mapped = implied.read(&arguments);
                    self.engage(implied.predicate, &mapped, why);
                }
                for implied in &engine.narrower[own.index()] {
                    self.engage(implied.predicate, &read_as(implied, &arguments), why);
                }
                if head.modality == Modality::Duty {
                    self.silent = true;
                    self.engage_other_side(head, &arguments);
                    self.silent = !loud;
                }
            }
            self.silent = silent;
        }
        self.refresh();
        known
    }

    /// Standing duties to help those against whom this duty helps.
    fn engage_other_side(&mut self, head: &'e PositionHead, arguments: &[Option<EntityId>; SLOTS]) {
        let engine = self.engine;
        let why = Why::Clash(Modality::Duty);
        for implied in &engine.broader[head.act.predicate.index()] {
            let predicate = engine.rulebook.predicate(implied.predicate);
            let slot = |role: &str| predicate.roles.iter().position(|own| own == role);
            if !predicate.takes_sides {
                continue;
            }
            let (Some(object), Some(against)) = (slot("object"), slot("against")) else {
                continue;
            };
            let mut other = implied
                .slots
                .map(|slot| slot.and_then(|slot| arguments[slot as usize]));
            other.swap(object + 1, against + 1);
            if other[object + 1].is_none() || other[against + 1].is_none() {
                continue;
            }
            self.engage(implied.predicate, &other, why);
            for narrower in &engine.narrower[implied.predicate.index()] {
                self.engage(narrower.predicate, &read_as(narrower, &other), why);
            }
        }
    }

    /// Standing duties that time alone may breach, for norms of a level that ask about breaches.
    pub(crate) fn bring_in_lapsing(&mut self, level: usize) {
        let engine = self.engine;
        for id in &engine.lapsing[level] {
            let treaty = engine.rulebook.norm(*id).treaty;
            if treaty.is_none_or(|treaty| self.is_allowed(treaty)) {
                self.bring_in(*id, Readings::ALL);
            }
        }
    }

    /// All positions of a standing norm, silent unless something engages them, on these readings.
    pub(crate) fn bring_in(&mut self, id: NormId, readings: Readings) {
        if readings == Readings::NONE {
            return;
        }
        let norm = self.engine.rulebook.norm(id);
        let silent = std::mem::replace(&mut self.silent, true);
        for (found, extent, depth) in self.standing_solutions(id, unbound(norm)) {
            let extent = extent.on(readings, &mut self.space);
            self.grant(id, norm, &found, &extent, (&extent, &extent), depth);
        }
        self.silent = silent;
    }

    /// Standing norms that somebody asks about, or all of them among the actors of the scenario, are positions too.
    pub(crate) fn engage_with_questions(&mut self) {
        self.silent = true;
        for query in std::mem::take(&mut self.asked) {
            let mut wanted = query.act.arguments;
            wanted[0] = query.bearer;
            self.engage(query.act.predicate, &wanted, Why::Question);
            for implied in &self.engine.narrower[query.act.predicate.index()] {
                self.engage(implied.predicate, &read_as(implied, &wanted), Why::Question);
            }
            self.asked.push(query);
        }
        if self.all {
            self.engage_among_cast();
        }
        self.silent = false;
    }

    fn engage_among_cast(&mut self) {
        let mut predicates: Vec<PredicateId> = (0..self.engine.rulebook.norms.len() as u32)
            .map(NormId)
            .filter(|id| self.engine.plans[id.index()].pivot == Pivot::Act)
            .filter_map(|id| match &self.engine.rulebook.norm(id).head {
                Head::Position(head) => Some(head.act.predicate),
                Head::Deem(_) => None,
            })
            .collect();
        predicates.sort_unstable();
        predicates.dedup();
        let cast = self.cast.clone();
        for predicate in predicates {
            for one in &cast {
                self.engage(predicate, &[Some(*one), None, None, None], Why::Question);
                for other in cast.iter().filter(|other| *other != one) {
                    self.engage(
                        predicate,
                        &[Some(*one), Some(*other), None, None],
                        Why::Question,
                    );
                }
            }
        }
    }

    /// Standing norms about such an act.
    fn engage(&mut self, predicate: PredicateId, arguments: &[Option<EntityId>; SLOTS], why: Why) {
        let engine = self.engine;
        if !engine.standing.knows(predicate) {
            return;
        }
        let mut norms = Vec::new();
        engine
            .standing
            .find_compatible(predicate, arguments, &mut norms);
        for treaty in self.touched_treaties() {
            norms.extend(
                engine.norms_of[treaty.index()]
                    .iter()
                    .copied()
                    .filter(|norm| engine.stands_on(*norm, predicate)),
            );
        }
        norms.sort_unstable();
        norms.dedup();
        // What later levels derive may still bear on the conditions of the others.
        let levels = self.settled..self.worked;
        norms.retain(|id| levels.contains(&engine.levels[id.index()].into()));
        for id in norms {
            let norm = engine.rulebook.norm(id);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            let forbids = head.modality == Modality::Prohibition;
            let clashes = match why {
                Why::Clash(Modality::Duty) if head.modality == Modality::Duty => true,
                Why::Clash(with) => forbids != (with == Modality::Prohibition),
                Why::Claim | Why::Question => true,
            };
            let allowed = norm.treaty.is_none_or(|treaty| self.is_allowed(treaty));
            if norm.triggered || !allowed || !clashes {
                continue;
            }
            let mut binding = unbound(norm);
            // A prohibition is meant only if everybody is named whom it names.
            let named = why == Why::Question || !forbids || !leaves_out(head, arguments);
            if named
                && self.may_stand_for(norm, head, arguments)
                && loosely_unify(&head.act.terms, arguments, &mut binding)
            {
                for (found, extent, depth) in self.standing_solutions(id, binding) {
                    if self.may_bear(norm, head, &found, &extent, arguments[0]) {
                        self.grant(id, norm, &found, &extent, (&extent, &extent), depth);
                    }
                }
            }
        }
    }

    /// Whether those whom an act names may be those whom `any state` and the like stand for.
    fn may_stand_for(
        &mut self,
        norm: &'e Norm,
        head: &'e PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> bool {
        (1..SLOTS).all(|slot| match (&head.act.classes[slot], arguments[slot]) {
            (Some(Class::Party(treaty, None)), Some(entity)) => {
                !self.life(*treaty).of(entity).is_empty()
            }
            (Some(class), Some(entity)) => {
                !self.class_extent(entity, class, norm.treaty).is_never()
            }
            _ => true,
        })
    }
}

/// Whether an act names nobody in a role that the position fills.
fn leaves_out(head: &PositionHead, arguments: &[Option<EntityId>; SLOTS]) -> bool {
    (1..SLOTS).any(|slot| head.act.terms[slot] != Term::Any && arguments[slot].is_none())
}

/// The arguments of a broader act, in the slots of a narrower one.
pub(crate) fn read_as(
    narrower: &super::kinds::Implied,
    arguments: &[Option<EntityId>; SLOTS],
) -> [Option<EntityId>; SLOTS] {
    let mut mapped = [None; SLOTS];
    for (slot, from) in narrower.slots.iter().enumerate() {
        if let Some(from) = from {
            mapped[*from as usize] = arguments[slot];
        }
    }
    mapped
}

/// As unification, but a role that the sentence leaves out binds nothing.
fn loosely_unify(
    terms: &[crate::model::sentence::Term; SLOTS],
    arguments: &[Option<EntityId>; SLOTS],
    binding: &mut Binding,
) -> bool {
    terms
        .iter()
        .zip(arguments)
        .all(|(term, argument)| argument.is_none() || bind(*term, *argument, binding))
}
