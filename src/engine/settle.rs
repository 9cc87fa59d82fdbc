//! What becomes of positions: discharge, performance, violation, suspension (M5 to M7), and accounts.

use super::left_open::left_open;
use super::outcome::Due;
use super::run::{Filled, Run};
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::condition::Class;
use crate::model::fact::Scenario;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Deadline, Head, Modality, Norm, PositionHead};
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Amount;
use crate::model::vocabulary::SLOTS;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;

/// An act asked for.
struct Wanted<'e> {
    predicate: PredicateId,
    /// Slots left open fit anybody of their class.
    arguments: [Option<EntityId>; SLOTS],
    classes: [Option<&'e Class>; SLOTS],
    /// For its place and amounts.
    head: Option<&'e PositionHead>,
}

impl<'e> Run<'_, 'e> {
    /// Works out the timelines of positions that changed.
    pub(crate) fn refresh(&mut self) {
        let mut stale = std::mem::take(&mut self.stale);
        stale.sort_unstable();
        stale.dedup();
        for index in stale {
            self.timeline(index as usize);
        }
    }

    /// Brings everything about the positions known so far up to date.
    pub(crate) fn settle(&mut self) {
        self.refresh();
        if self.unsettled {
            self.settled_to = None;
        }
        let whole = self.engaged == 0 || self.settled_to.is_some();
        if self.has_more_to_engage() {
            self.engage_with_questions();
            self.refresh();
            self.engage_with_positions();
            self.refresh();
            // What these bring in may clash with more, also of levels settled before.
            self.settled_to = None;
            while self.engaged < self.positions.len() {
                self.engage_with_positions();
                self.refresh();
            }
        }
        self.settled_to = whole.then_some(self.level);
        if !std::mem::take(&mut self.unsettled) {
            return;
        }
        self.suspend();
        self.weigh();
        for index in 0..self.positions.len() {
            self.violate(index);
        }
    }

    /// Whether a standing norm may be engaged that was not when everything was settled.
    fn has_more_to_engage(&self) -> bool {
        let from = self.settled_to.map_or(0, |level| level + 1);
        (from..=self.level).any(|level| self.engine.stands.get(level) == Some(&true))
    }

    /// What lapses on breach: the days on which it does not hold, the first of which is the day after it was broken.
    pub(crate) fn lapses(&mut self) -> FxHashMap<Filled, Extent> {
        let mut found = FxHashMap::default();
        for position in &self.positions {
            let norm = self.engine.rulebook.norm(position.norm);
            let lapses = matches!(&norm.head, Head::Position(head) if head.lapses_on_breach);
            if !lapses {
                continue;
            }
            let (fate, space) = (position.fate(), &mut self.space);
            let lapsed = fate.violated.later(1).and(&fate.violated, space);
            // What has always been broken was never broken first.
            let always = Days {
                first: Day::FIRST,
                last: Day::FIRST,
            };
            let always = Extent::days(always, fate.violated.at(Day::FIRST));
            let always = fate.violated.latch_anew(&always, &fate.anew, space);
            let lapsed = lapsed.without(&fate.anew, space).without(&always, space);
            if !lapsed.is_never() {
                found.insert((position.norm, position.arguments), lapsed);
            }
        }
        found
    }

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
    fn matching_acts(&mut self, wanted: &Wanted<'e>, position: usize, norm: &'e Norm) -> Extent {
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
                for (binding, since) in self.positions[position].fate().ways.clone() {
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

    pub(crate) fn deadlines(
        &mut self,
        head: &PositionHead,
        norm: &Norm,
        arisen: &Extent,
        anew: &Extent,
    ) -> Vec<Due> {
        let Some(deadline) = head.deadline.filter(|_| left_open(norm).is_empty()) else {
            return Vec::new();
        };
        let rounding = norm
            .treaty
            .and_then(|treaty| self.engine.rulebook.treaty(treaty).rounding);
        let onsets = arisen.onsets(&mut self.space).or(anew, &mut self.space);
        let always = (Day::FIRST, arisen.at(Day::FIRST));
        let each = std::iter::once(&always)
            .chain(onsets.changes())
            .filter(|(_, readings)| *readings != Readings::NONE);
        each.filter_map(|(arose, readings)| {
            let last = match deadline {
                Deadline::By(day) => day,
                Deadline::Within(period) => arose
                    .plus(period, rounding)
                    .unwrap_or_else(|ambiguous| ambiguous.down),
            };
            // What has always been owed never began to be, and no time runs from there.
            (last >= *arose && last > Day::FIRST).then_some(Due {
                arose: *arose,
                readings: *readings,
                last,
            })
        })
        .collect()
    }

    /// The days on which a position is suspended: by the bearer or the other side, in general or towards each other.
    fn suspend(&mut self) {
        let Some(suspend) = self.engine.rulebook.core.suspend else {
            return;
        };
        if self.finds_nothing(suspend, [None, None]) {
            return;
        }
        let towards = self
            .engine
            .rulebook
            .predicate(suspend)
            .roles
            .iter()
            .position(|role| role == "towards")
            .map(|at| at + 1);
        for index in 0..self.positions.len() {
            let norm = self.engine.rulebook.norm(self.positions[index].norm);
            let Some(treaty) = norm.treaty else { continue };
            let entity = self.engine.rulebook.treaty(treaty).entity;
            let facts = self.find(suspend, [None, Some(entity)]);
            if facts.is_empty() {
                continue;
            }
            let arguments = self.positions[index].arguments;
            let others = self.other_side(norm, &arguments);
            let bearers = self.performers(norm, &arguments);
            let mut all = if bearers.is_empty() {
                Extent::never()
            } else {
                Extent::always(Readings::ALL)
            };
            for (bearer, member) in bearers {
                let mut found = Extent::never();
                for fact in &facts {
                    let fact = self.fact(*fact);
                    let Some(by) = fact.arguments[0] else {
                        continue;
                    };
                    let against = towards.and_then(|slot| fact.arguments[slot]);
                    let own_side =
                        by == bearer && against.is_none_or(|against| others.contains(&against));
                    let other_side =
                        others.contains(&by) && against.is_none_or(|against| against == bearer);
                    if own_side || other_side {
                        let extent = fact.extent.clone();
                        found = found.or(&extent, &mut self.space);
                    }
                }
                let outside = member.not(&mut self.space);
                let free = found.or(&outside, &mut self.space);
                all = all.and(&free, &mut self.space);
            }
            let position = &mut self.positions[index];
            let suspended = all.and(&position.holds, &mut self.space);
            position.set(|fate| &mut fate.suspended, suspended);
        }
    }

    /// Violation (M7): a deadline passed, a refusal, or what was forbidden.
    fn violate(&mut self, index: usize) {
        let norm = self.engine.rulebook.norm(self.positions[index].norm);
        let Head::Position(head) = &norm.head else {
            return;
        };
        let event = match head.modality {
            Modality::Duty if self.cannot_be_broken(head, index) => Extent::never(),
            Modality::Duty => {
                let refused = self.refusals(head, norm, index);
                let before = match &*left_open(norm) {
                    [] => self.comes_too_soon(index),
                    _ => Extent::never(),
                };
                let fulfilled = &self.positions[index].fate().fulfilled;
                let too_late = before.without(fulfilled, &mut self.space);
                let event = refused.or(&too_late, &mut self.space);
                let event = self.while_live(index, &event);
                event.or(&self.missed(index), &mut self.space)
            }
            Modality::Prohibition => {
                let done = self.forbidden(head, norm, index);
                self.while_live(index, &done)
            }
            Modality::Permission | Modality::Power => return,
        };
        let position = &self.positions[index];
        let violated = if event.is_never() {
            event
        } else {
            let anew = &position.fate().anew;
            position.arisen.latch_anew(&event, anew, &mut self.space)
        };
        self.positions[index].set(|fate| &mut fate.violated, violated);
    }

    /// Whether a duty has no deadline, and nobody refuses what it asks.
    fn cannot_be_broken(&self, head: &PositionHead, index: usize) -> bool {
        let position = &self.positions[index];
        let refusal = self.engine.rulebook.refusal(head.act.predicate);
        position.due.is_empty()
            && position
                .fate()
                .turns
                .iter()
                .all(|turn| turn.before.is_never())
            && refusal.is_none_or(|refusal| self.finds_nothing(refusal, [None, None]))
    }

    /// The days on which the `before` condition comes true by a way that has led to the position since it arose.
    pub(crate) fn comes_too_soon(&mut self, index: usize) -> Extent {
        let (position, space) = (&self.positions[index], &mut self.space);
        let fate = position.fate();
        let each = fate.turns.iter();
        each.fold(Extent::never(), |any, turn| {
            let since = position
                .arisen
                .latch_anew(&turn.conditions, &fate.anew, space);
            any.or(&turn.before.and(&since, space), space)
        })
    }

    /// Narrowed to the days on which a position holds, neither displaced nor suspended.
    fn while_live(&mut self, index: usize, extent: &Extent) -> Extent {
        if extent.is_never() {
            return Extent::never();
        }
        let (position, space) = (&self.positions[index], &mut self.space);
        let live = extent.and(&position.holds, space);
        let live = live.without(&position.fate().displaced, space);
        live.without(&position.fate().suspended, space)
    }

    /// The days after deadlines that passed without performance.
    fn missed(&mut self, index: usize) -> Extent {
        let position = &self.positions[index];
        let mut found = Extent::never();
        let fate = position.fate();
        for due in &position.due {
            let space = &mut self.space;
            let began = Days {
                first: due.arose,
                last: Day(due.arose.0 + i32::from(due.arose == Day::FIRST)),
            };
            // What has ceased meanwhile and arisen anew counts anew.
            let began = Extent::days(began, due.readings);
            let since = position.arisen.latch_anew(&began, &fate.anew, space);
            let mut late = since.at(due.last);
            for excuse in [
                &fate.fulfilled,
                &fate.discharged,
                &fate.displaced,
                &fate.suspended,
            ] {
                late = space.without(late, excuse.at(due.last));
            }
            let day = due.last.next();
            found = found.or(
                &Extent::days(
                    Days {
                        first: day,
                        last: day,
                    },
                    late,
                ),
                space,
            );
        }
        found
    }

    fn refusals(&mut self, head: &'e PositionHead, norm: &'e Norm, index: usize) -> Extent {
        let Some(refusal) = self.engine.rulebook.refusal(head.act.predicate) else {
            return Extent::never();
        };
        if self.finds_nothing(refusal, [None, None]) {
            return Extent::never();
        }
        let mut found = Extent::never();
        let named = self.positions[index].arguments;
        for (actor, member) in self.performers(norm, &named) {
            let mut arguments = named;
            arguments[0] = Some(actor);
            let wanted = Wanted {
                predicate: refusal,
                arguments,
                classes: head.act.classes.each_ref().map(Option::as_ref),
                head: None,
            };
            let days = self
                .matching_acts(&wanted, index, norm)
                .and(&member, &mut self.space);
            found = found.or(&days, &mut self.space);
        }
        found
    }

    fn forbidden(&mut self, head: &'e PositionHead, norm: &'e Norm, index: usize) -> Extent {
        let mut found = Extent::never();
        let named = self.positions[index].arguments;
        for (actor, member) in self.performers(norm, &named) {
            let mut arguments = named;
            arguments[0] = Some(actor);
            let wanted = Wanted {
                predicate: head.act.predicate,
                arguments,
                classes: head.act.classes.each_ref().map(Option::as_ref),
                head: Some(head),
            };
            let days = self
                .matching_acts(&wanted, index, norm)
                .and(&member, &mut self.space);
            found = found.or(&days, &mut self.space);
        }
        found
    }
}

/// What an actor asserts (yes) and denies (no) of the contested facts, by question.
pub(crate) fn asserted(
    rulebook: &Rulebook,
    scenario: &Scenario,
    questions: &IndexSet<Question>,
    actor: EntityId,
) -> Vec<Option<bool>> {
    let answer = |question: &Question| match question {
        Question::Fact(number) => {
            let record = || rulebook.history.get(number - scenario.facts.len());
            let fact = scenario.facts.get(*number).or_else(record)?;
            match (
                fact.asserted_by.contains(&actor),
                fact.denied_by.contains(&actor),
            ) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            }
        }
        _ => None,
    };
    questions.iter().map(answer).collect()
}

/// The account of an actor (M1): what it asserts and denies, whose it takes a place to be, which reading it holds.
pub(crate) fn account(
    rulebook: &Rulebook,
    scenario: &Scenario,
    questions: &IndexSet<Question>,
    actor: EntityId,
) -> Vec<Option<bool>> {
    let facts = asserted(rulebook, scenario, questions, actor);
    let answer = |(question, stated): (&Question, Option<bool>)| match question {
        Question::Claim(place, claimant) => {
            let crate::model::entity::EntityKind::Place(index) =
                rulebook.entities[place.index()].kind
            else {
                return None;
            };
            let place = &rulebook.places[index];
            let claim = place.claimed.iter().find(|claim| claim.by == *claimant)?;
            if claim.by == actor || claim.accepted_by.contains(&actor) {
                return Some(true);
            }
            place
                .sovereign
                .iter()
                .any(|(holder, _)| *holder == actor)
                .then_some(false)
        }
        Question::Reading(dispute, number) => {
            let readings = &rulebook.disputes[dispute.index()].readings;
            let held = readings
                .iter()
                .position(|reading| reading.held_by.contains(&actor))?;
            match held.cmp(&usize::from(*number)) {
                std::cmp::Ordering::Equal => Some(true),
                std::cmp::Ordering::Greater => Some(false),
                std::cmp::Ordering::Less => None,
            }
        }
        _ => stated,
    };
    questions.iter().zip(facts).map(answer).collect()
}
