//! What becomes of positions: discharge, performance, violation, suspension (M5 to M7), and accounts.

use super::outcome::{Due, Position};
use super::run::Run;
use crate::calendar::{Day, Days};
use crate::extent::days::{Builder, change_days};
use crate::extent::{Extent, Readings};
use crate::model::condition::Class;
use crate::model::fact::Scenario;
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use indexmap::IndexSet;

impl Position {
    pub(crate) fn new(
        norm: NormId,
        arguments: [Option<EntityId>; SLOTS],
        binding: super::outcome::Binding,
        depth: u32,
    ) -> Self {
        Self {
            norm,
            arguments,
            binding,
            depth,
            conditions: Extent::never(),
            start: Extent::never(),
            arisen: Extent::never(),
            holds: Extent::never(),
            discharged: Extent::never(),
            fulfilled: Extent::never(),
            violated: Extent::never(),
            suspended: Extent::never(),
            displaced: Extent::never(),
            displaced_by: Vec::new(),
            due: Vec::new(),
            until: Extent::never(),
            silent: false,
        }
    }
}

/// Somebody who can perform, while a member, and the days on which that one performs.
struct Performer {
    member: Extent,
    acts: Extent,
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
        self.engage_with_positions();
        self.engage_with_questions();
        self.refresh();
        self.suspend();
        self.weigh();
        for index in 0..self.positions.len() {
            self.violate(index);
        }
    }

    fn timeline(&mut self, index: usize) {
        let (id, conditions, start, until) = {
            let position = &self.positions[index];
            (
                position.norm,
                position.conditions.clone(),
                position.start.clone(),
                position.until.clone(),
            )
        };
        let norm = self.engine.rulebook.norm(id);
        let Head::Position(head) = &norm.head else {
            return;
        };
        let mut running = if norm.triggered {
            conditions.latch(&start, &mut self.space)
        } else {
            start
        };
        if head.mode != Mode::Each {
            let position = self.positions[index].clone();
            let mut anybody = Extent::never();
            for (_, member) in self.performers(norm, &position) {
                anybody = anybody.or(&member, &mut self.space);
            }
            running = running.and(&anybody, &mut self.space);
        }
        let mut performers = if head.modality == Modality::Duty {
            self.acts_of(norm, head, index)
        } else {
            Vec::new()
        };
        let released = self.releases(norm, index);
        let mut ending = until.or(&released, &mut self.space);
        if head.mode == Mode::AnyOne {
            for performer in performers.drain(..) {
                let act = performer
                    .acts
                    .and(&performer.member, &mut self.space)
                    .and(&running, &mut self.space);
                ending = ending.or(&act, &mut self.space);
            }
        }
        let idle =
            ending.is_never() && performers.iter().all(|performer| performer.acts.is_never());
        let position = &mut self.positions[index];
        if idle && head.deadline.is_none() {
            position.arisen = running.clone();
            position.holds = running;
            return;
        }
        let stays = head.deadline.is_some() && norm.triggered && head.modality == Modality::Duty;
        let fold = self.fold(&running, &ending, &performers, stays);
        let due = self.deadlines(head, norm, &fold.arisen);
        let position = &mut self.positions[index];
        position.arisen = fold.arisen;
        position.holds = fold.holds;
        position.discharged = fold.discharged;
        position.fulfilled = fold.fulfilled;
        position.due = due;
    }

    /// Day by day: has it arisen, is it discharged, is it performed?
    fn fold(
        &mut self,
        running: &Extent,
        ending: &Extent,
        performers: &[Performer],
        stays: bool,
    ) -> Fold {
        let mut extents = vec![running, ending];
        extents.extend(
            performers
                .iter()
                .flat_map(|performer| [&performer.member, &performer.acts]),
        );
        let mut days: Vec<Day> = change_days(&extents)
            .into_iter()
            .flat_map(|day| [day, day.next()])
            .collect();
        days.sort_unstable();
        days.dedup();
        let mut made: [Builder; 4] = Default::default();
        let (mut before, mut discharged, mut fulfilled) =
            (Readings::NONE, Readings::NONE, Readings::NONE);
        let mut performed = vec![Readings::NONE; performers.len()];
        for day in days {
            let space = &mut self.space;
            let stopped = space.or(discharged, fulfilled);
            let kept = if stays {
                space.without(before, stopped)
            } else {
                Readings::NONE
            };
            let arisen = space.or(running.at(day), kept);
            // A position that arises anew counts anew; until then what became of it stays.
            let anew = space.without(arisen, before);
            discharged = space.without(discharged, anew);
            let ends = space.and(arisen, ending.at(day));
            discharged = space.or(discharged, ends);
            let holds = space.without(arisen, discharged);
            for (done, performer) in performed.iter_mut().zip(performers) {
                *done = space.without(*done, anew);
                let now = space.and(holds, performer.acts.at(day));
                *done = space.or(*done, now);
            }
            let everybody = all_performed(space, &performed, performers, day);
            fulfilled = space.without(fulfilled, anew);
            let now = space.and(everybody, arisen);
            fulfilled = space.or(fulfilled, now);
            for (builder, readings) in made.iter_mut().zip([arisen, holds, discharged, fulfilled]) {
                builder.set(day, readings);
            }
            before = arisen;
        }
        let [arisen, holds, discharged, fulfilled] = made.map(Builder::done);
        Fold {
            arisen,
            holds,
            discharged,
            fulfilled,
        }
    }

    /// For each possible performer, the days on which it does what the position asks (M6).
    fn acts_of(&mut self, norm: &'e Norm, head: &'e PositionHead, index: usize) -> Vec<Performer> {
        let position = self.positions[index].clone();
        let performers = self.performers(norm, &position);
        performers
            .into_iter()
            .map(|(actor, member)| {
                let mut acts = Extent::never();
                let ways = if head.own_choice {
                    self.engine.broader[head.act.predicate.index()].len()
                } else {
                    1
                };
                for way in 0..ways {
                    let implied = self.engine.broader[head.act.predicate.index()][way];
                    let mut arguments = position.arguments;
                    arguments[0] = Some(actor);
                    let wanted = implied
                        .slots
                        .map(|slot| slot.and_then(|slot| arguments[slot as usize]));
                    let classes = if implied.predicate == head.act.predicate {
                        Some(head)
                    } else {
                        None
                    };
                    let found =
                        self.matching_acts(implied.predicate, &wanted, classes, &position, norm);
                    acts = acts.or(&found, &mut self.space);
                }
                Performer { member, acts }
            })
            .collect()
    }

    /// The days on which a fact matches an act: roles that either leaves out are compatible (M6).
    fn matching_acts(
        &mut self,
        predicate: crate::model::ids::PredicateId,
        wanted: &[Option<EntityId>; SLOTS],
        head: Option<&'e PositionHead>,
        position: &Position,
        norm: &'e Norm,
    ) -> Extent {
        let mut found = Extent::never();
        for index in self.find(predicate, [wanted[0], None]) {
            let fact = self.fact(index);
            let fits = wanted
                .iter()
                .zip(&fact.arguments)
                .all(|(wanted, own)| wanted.is_none() || own.is_none() || wanted == own);
            let enough = head
                .and_then(|head| head.amount.as_ref())
                .is_none_or(|least| {
                    fact.amount.is_some_and(|amount| {
                        amount.unit == least.unit && amount.number >= least.number
                    })
                });
            if !fits || !enough || fact.scope.is_some() && fact.scope != norm.treaty {
                continue;
            }
            let (arguments, mut days) = (fact.arguments, fact.act_days.clone());
            if let Some(head) = head {
                for (slot, class) in head.act.classes.iter().enumerate() {
                    if let (Some(class), Some(entity), true) = (class, arguments[slot], slot > 0) {
                        let fits = self.class_extent(entity, class);
                        days = days.and(&fits, &mut self.space);
                    }
                }
                if let Some(place) = &head.act.place {
                    let there = self.place_of_fact(index, place, &position.binding);
                    days = days.and(&there, &mut self.space);
                }
            }
            found = found.or(&days, &mut self.space);
        }
        found
    }

    /// The days on which the one to whom the position is owed releases the bearer.
    fn releases(&mut self, norm: &'e Norm, index: usize) -> Extent {
        let (Some(release), Some(treaty)) = (self.engine.rulebook.core.release, norm.treaty) else {
            return Extent::never();
        };
        let candidates = self.find(release, [None, None]);
        if candidates.is_empty() {
            return Extent::never();
        }
        let position = self.positions[index].clone();
        let creditors = self.other_side(norm, &position.arguments);
        let entity = self.engine.rulebook.treaty(treaty).entity;
        let from = self
            .engine
            .rulebook
            .predicate(release)
            .roles
            .iter()
            .position(|role| role == "from")
            .map(|at| at + 1);
        let mut all = Extent::always(Readings::ALL);
        let bearers = self.performers(norm, &position);
        for (bearer, member) in &bearers {
            let mut released = Extent::never();
            for index in &candidates {
                let fact = self.fact(*index);
                let by = fact.arguments[0].is_some_and(|by| creditors.contains(&by));
                let of = from
                    .and_then(|slot| fact.arguments[slot])
                    .is_none_or(|of| of == entity);
                if by && of && fact.arguments[1].is_none_or(|whom| whom == *bearer) {
                    let days = fact.act_days.clone();
                    released = released.or(&days, &mut self.space);
                }
            }
            // A joint position is discharged by release once every bearer of the day has been released.
            let outside = member.not(&mut self.space);
            let freed = if bearers.len() > 1 {
                released.once(&mut self.space)
            } else {
                released
            };
            let free = freed.or(&outside, &mut self.space);
            all = all.and(&free, &mut self.space);
        }
        if bearers.is_empty() {
            Extent::never()
        } else {
            all
        }
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
                if !self.class_extent(actor, &Class::Actor).is_never() {
                    found.push(actor);
                }
            }
        }
        found
    }

    fn deadlines(&mut self, head: &PositionHead, norm: &Norm, arisen: &Extent) -> Vec<Due> {
        let Some(deadline) = head.deadline else {
            return Vec::new();
        };
        let rounding = norm
            .treaty
            .and_then(|treaty| self.engine.rulebook.treaty(treaty).rounding);
        let onsets = arisen.onsets(&mut self.space);
        let each = onsets
            .changes()
            .iter()
            .filter(|(_, readings)| *readings != Readings::NONE);
        each.filter_map(|(arose, readings)| {
            let last = match deadline {
                Deadline::By(day) => day,
                Deadline::Within(period) => arose
                    .plus(period, rounding)
                    .unwrap_or_else(|ambiguous| ambiguous.down),
            };
            (last >= *arose).then_some(Due {
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
            let position = self.positions[index].clone();
            let others = self.other_side(norm, &position.arguments);
            let bearers = self.performers(norm, &position);
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
            self.positions[index].suspended = all.and(&position.holds, &mut self.space);
        }
    }

    /// Violation (M7): a deadline passed, a refusal, or what was forbidden.
    fn violate(&mut self, index: usize) {
        let position = self.positions[index].clone();
        let norm = self.engine.rulebook.norm(position.norm);
        let Head::Position(head) = &norm.head else {
            return;
        };
        let mut live = position.holds.without(&position.displaced, &mut self.space);
        live = live.without(&position.suspended, &mut self.space);
        let event = match head.modality {
            Modality::Duty => {
                let refused = self
                    .refusals(head, norm, &position)
                    .and(&live, &mut self.space);
                let missed = self.missed(&position);
                refused.or(&missed, &mut self.space)
            }
            Modality::Prohibition => self
                .forbidden(head, norm, &position)
                .and(&live, &mut self.space),
            Modality::Permission | Modality::Power => return,
        };
        let violated = position.arisen.latch(&event, &mut self.space);
        if head.lapses_on_breach {
            let over = violated.later(1).and(&violated, &mut self.space);
            let holds = position.holds.without(&over, &mut self.space);
            self.positions[index].holds = holds;
        }
        self.positions[index].violated = violated;
    }

    /// The days after deadlines that passed without performance.
    fn missed(&mut self, position: &Position) -> Extent {
        let mut found = Extent::never();
        for due in &position.due {
            let space = &mut self.space;
            let mut late = space.and(due.readings, position.arisen.at(due.last));
            for excuse in [
                &position.fulfilled,
                &position.discharged,
                &position.displaced,
                &position.suspended,
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

    fn refusals(&mut self, head: &'e PositionHead, norm: &'e Norm, position: &Position) -> Extent {
        let Some(refusal) = self.engine.rulebook.refusal(head.act.predicate) else {
            return Extent::never();
        };
        if self.find(refusal, [None, None]).is_empty() {
            return Extent::never();
        }
        let mut found = Extent::never();
        for (actor, member) in self.performers(norm, position) {
            let mut wanted = position.arguments;
            wanted[0] = Some(actor);
            let days = self
                .matching_acts(refusal, &wanted, None, position, norm)
                .and(&member, &mut self.space);
            found = found.or(&days, &mut self.space);
        }
        found
    }

    fn forbidden(&mut self, head: &'e PositionHead, norm: &'e Norm, position: &Position) -> Extent {
        let mut found = Extent::never();
        for (actor, member) in self.performers(norm, position) {
            let mut wanted = position.arguments;
            wanted[0] = Some(actor);
            let days = self
                .matching_acts(head.act.predicate, &wanted, Some(head), position, norm)
                .and(&member, &mut self.space);
            found = found.or(&days, &mut self.space);
        }
        found
    }
}

struct Fold {
    arisen: Extent,
    holds: Extent,
    discharged: Extent,
    fulfilled: Extent,
}

/// Every bearer of the day has performed, and there is one.
fn all_performed(
    space: &mut crate::extent::Space,
    performed: &[Readings],
    performers: &[Performer],
    day: Day,
) -> Readings {
    let (mut all, mut somebody) = (Readings::ALL, Readings::NONE);
    for (done, performer) in performed.iter().zip(performers) {
        let member = performer.member.at(day);
        let owes = space.without(member, *done);
        all = space.without(all, owes);
        somebody = space.or(somebody, member);
    }
    space.and(all, somebody)
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
