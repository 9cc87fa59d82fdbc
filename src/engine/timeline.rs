//! When a position holds: day by day it arises, is discharged or performed, and arises anew (M4 to M6).

use super::position::{Due, Turn};
use super::run::Run;
use crate::calendar::Day;
use crate::extent::days::{Builder, change_days};
use crate::extent::{Extent, Readings, Space};
use crate::model::ids::EntityId;
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use smallvec::SmallVec;

/// One who bears a position while a member.
struct Bearer {
    member: Extent,
    /// Does what the position asks.
    acts: Extent,
    /// Is released.
    released: Extent,
}

impl Bearer {
    fn is_idle(&self) -> bool {
        self.acts.is_never() && self.released.is_never()
    }
}

/// What a position comes from.
struct Course<'p> {
    conditions: &'p Extent,
    /// The conditions hold and the treaty applies.
    start: &'p Extent,
    turns: &'p [Turn],
    lapsed: &'p Extent,
    bearers: SmallVec<[Bearer; 1]>,
    /// Goes on while its conditions do.
    triggered: bool,
    /// Stays, for the sake of a deadline, after its conditions have ceased.
    stays: bool,
    /// The first performer discharges it.
    any_one: bool,
}

/// What becomes of it.
struct Fold {
    arisen: Extent,
    holds: Extent,
    discharged: Extent,
    fulfilled: Extent,
    /// Arises anew on the day, though it would have held the day before.
    anew: Extent,
}

impl Fold {
    /// Nothing happens to it.
    fn undisturbed(arisen: Extent, holds: Extent) -> Self {
        Self {
            arisen,
            holds,
            discharged: Extent::never(),
            fulfilled: Extent::never(),
            anew: Extent::never(),
        }
    }
}

impl<'e> Run<'_, 'e> {
    /// Works out the days on which a position holds, and on which it is discharged or fulfilled.
    pub(super) fn timeline(&mut self, index: usize) {
        let norm = self.engine.rulebook.norm(self.positions[index].norm);
        let Head::Position(head) = &norm.head else {
            return;
        };
        // Where it is to be done hangs on when it arose.
        let most = if head.act.place.is_some() { 4 } else { 1 };
        for _ in 0..most {
            if !self.course(norm, head, index) {
                break;
            }
        }
    }

    /// Works it out, given when it is known to have arisen; whether anything is new.
    fn course(&mut self, norm: &'e Norm, head: &'e PositionHead, index: usize) -> bool {
        if self.is_left_alone(norm, head, index) {
            return self.undisturbed(norm, head, index);
        }
        let bearers = self.course_of_bearers(norm, head, index);
        let position = &self.positions[index];
        let duty = head.modality == Modality::Duty;
        let course = Course {
            conditions: if norm.triggered {
                &position.conditions
            } else {
                &position.start
            },
            start: &position.start,
            turns: &position.fate().turns,
            lapsed: &position.fate().lapsed,
            bearers,
            triggered: norm.triggered,
            stays: head.deadline.is_some() && norm.triggered && duty,
            any_one: head.mode == Mode::AnyOne,
        };
        let fold = course.fold(&mut self.space);
        let due = self.deadlines(head, norm, &fold.arisen, &fold.anew);
        self.become_of(index, fold, due)
    }

    /// Notes what has become of a position; whether anything is new.
    fn become_of(&mut self, index: usize, fold: Fold, due: Vec<Due>) -> bool {
        let position = &mut self.positions[index];
        let known = (&position.arisen, &position.holds);
        let fate = position.fate();
        let ended = (&fate.discharged, &fate.fulfilled, &fate.anew, &position.due);
        let new = known != (&fold.arisen, &fold.holds)
            || ended != (&fold.discharged, &fold.fulfilled, &fold.anew, &due);
        self.unsettled |= new;
        position.arisen = fold.arisen;
        position.holds = fold.holds;
        position.set(|fate| &mut fate.discharged, fold.discharged);
        position.set(|fate| &mut fate.fulfilled, fold.fulfilled);
        position.set(|fate| &mut fate.anew, fold.anew);
        position.due = due;
        new
    }

    /// Whether a position has one bearer, nothing ends it, and nobody does what it asks.
    fn is_left_alone(&self, norm: &Norm, head: &PositionHead, index: usize) -> bool {
        let position = &self.positions[index];
        let release = self
            .engine
            .rulebook
            .core
            .release
            .filter(|_| norm.treaty.is_some());
        head.mode == Mode::Each
            && position.arguments[0].is_some()
            && position
                .fate()
                .turns
                .iter()
                .all(|turn| turn.until.is_never())
            && release.is_none_or(|release| self.finds_nothing(release, [None, None]))
            && (head.modality == Modality::Prohibition
                || !self.may_be_done(head, position.arguments[0]))
    }

    /// Whether somebody does anything that could be what a position asks.
    fn may_be_done(&self, head: &PositionHead, who: Option<EntityId>) -> bool {
        let mut ways = self.engine.broader[head.act.predicate.index()].iter();
        ways.any(|implied| {
            let subject = who.filter(|_| implied.slots[0] == Some(0));
            !self.finds_nothing(implied.predicate, [subject, None])
        })
    }

    /// The timeline of a position that is left alone.
    fn undisturbed(&mut self, norm: &'e Norm, head: &'e PositionHead, index: usize) -> bool {
        let (position, space) = (&self.positions[index], &mut self.space);
        let stays = head.deadline.is_some() && head.modality == Modality::Duty;
        let arisen = match norm.triggered {
            true if stays => position.start.once(space),
            true => position.conditions.latch(&position.start, space),
            false => position.start.clone(),
        };
        let due = self.deadlines(head, norm, &arisen, &Extent::never());
        let lapsed = &self.positions[index].fate().lapsed;
        let holds = arisen.without(lapsed, &mut self.space);
        self.become_of(index, Fold::undisturbed(arisen, holds), due)
    }

    fn course_of_bearers(
        &mut self,
        norm: &'e Norm,
        head: &'e PositionHead,
        index: usize,
    ) -> SmallVec<[Bearer; 1]> {
        let arguments = self.positions[index].arguments;
        let members = self.performers(norm, &arguments);
        members
            .into_iter()
            .map(|(actor, member)| Bearer {
                acts: if head.modality == Modality::Prohibition {
                    Extent::never()
                } else {
                    self.acts_of(norm, head, index, actor)
                },
                released: self.releases(norm, &arguments, actor),
                member,
            })
            .collect()
    }
}

impl Course<'_> {
    fn fold(&self, space: &mut Space) -> Fold {
        let mut anybody = Extent::never();
        for bearer in &self.bearers {
            anybody = anybody.or(&bearer.member, space);
        }
        let endless = self.turns.iter().all(|turn| turn.until.is_never());
        if !self.stays && endless && self.bearers.iter().all(Bearer::is_idle) {
            let possible = self.conditions.and(&anybody, space);
            let arisen = if self.triggered {
                possible.latch(self.start, space)
            } else {
                possible
            };
            let holds = arisen.without(self.lapsed, space);
            return Fold::undisturbed(arisen, holds);
        }
        self.day_by_day(&anybody, space)
    }

    fn day_by_day(&self, anybody: &Extent, space: &mut Space) -> Fold {
        let mut made: [Builder; 5] = Default::default();
        let mut state = State::new(self.bearers.len(), self.turns.len());
        for day in self.days() {
            state.pass(self, anybody, day, space);
            let found = [
                state.arisen,
                state.holds,
                state.discharged,
                state.fulfilled,
                state.anew,
            ];
            for (builder, readings) in made.iter_mut().zip(found) {
                builder.set(day, readings);
            }
            made[4].set(day.next(), Readings::NONE);
        }
        let [arisen, holds, discharged, fulfilled, anew] = made.map(Builder::done);
        Fold {
            arisen,
            holds,
            discharged,
            fulfilled,
            anew,
        }
    }

    /// The days on which anything may change: what happens on a day may end the position on the next.
    fn days(&self) -> Vec<Day> {
        let mut extents = vec![self.conditions, self.start, self.lapsed];
        let turns = self.turns.iter();
        extents.extend(turns.flat_map(|turn| [&turn.conditions, &turn.until]));
        extents.extend(
            self.bearers
                .iter()
                .flat_map(|bearer| [&bearer.member, &bearer.acts, &bearer.released]),
        );
        let mut days: Vec<Day> = change_days(&extents)
            .into_iter()
            .flat_map(|day| [day, day.next()])
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// How things stand on a day.
struct State {
    arisen: Readings,
    /// Arises anew, without a day between.
    anew: Readings,
    /// Goes on to the next day if its conditions do.
    alive: Readings,
    holds: Readings,
    discharged: Readings,
    fulfilled: Readings,
    performed: Vec<Readings>,
    released: Vec<Readings>,
    /// By which ways the conditions have held since it arose.
    led: Vec<Readings>,
}

impl State {
    fn new(bearers: usize, ways: usize) -> Self {
        Self {
            arisen: Readings::NONE,
            anew: Readings::NONE,
            alive: Readings::NONE,
            holds: Readings::NONE,
            discharged: Readings::NONE,
            fulfilled: Readings::NONE,
            performed: vec![Readings::NONE; bearers],
            released: vec![Readings::NONE; bearers],
            led: vec![Readings::NONE; ways],
        }
    }

    fn pass(&mut self, course: &Course<'_>, anybody: &Extent, day: Day, space: &mut Space) {
        let conditions = course.conditions.at(day);
        let mut arisen = course.start.at(day);
        if course.triggered {
            let going_on = space.and(conditions, self.alive);
            arisen = space.or(arisen, going_on);
        }
        let over = space.or(self.discharged, self.fulfilled);
        if course.stays {
            let kept = space.without(self.arisen, over);
            arisen = space.or(arisen, kept);
        }
        let before = self.arisen;
        self.arisen = space.and(arisen, anybody.at(day));
        let anew = space.without(self.arisen, self.alive);
        self.anew = space.and(anew, before);
        self.begin_anew(anew, space);
        self.discharge(course, day, space);
        let ended = space.or(self.discharged, course.lapsed.at(day));
        self.holds = space.without(self.arisen, ended);
        if !course.any_one {
            self.perform(course, day, space);
        }
        let over = space.or(self.discharged, self.fulfilled);
        let open = space.not(over);
        let going_on = space.or(conditions, open);
        self.alive = space.and(self.arisen, going_on);
    }

    /// A position that arises anew counts anew; until then what became of it stays.
    fn begin_anew(&mut self, anew: Readings, space: &mut Space) {
        let each = self.performed.iter_mut().chain(&mut self.released);
        let each = each.chain(&mut self.led);
        for readings in each.chain([&mut self.discharged, &mut self.fulfilled]) {
            *readings = space.without(*readings, anew);
        }
    }

    fn discharge(&mut self, course: &Course<'_>, day: Day, space: &mut Space) {
        let mut ends = Readings::NONE;
        for (led, turn) in self.led.iter_mut().zip(course.turns) {
            let now = space.and(self.arisen, turn.conditions.at(day));
            *led = space.or(*led, now);
            let comes_true = space.and(*led, turn.until.at(day));
            ends = space.or(ends, comes_true);
        }
        for (released, bearer) in self.released.iter_mut().zip(&course.bearers) {
            let bound = space.and(self.arisen, bearer.member.at(day));
            let now = space.and(bound, bearer.released.at(day));
            *released = space.or(*released, now);
            if course.any_one {
                let acts = space.and(bearer.acts.at(day), bearer.member.at(day));
                ends = space.or(ends, acts);
            }
        }
        let everybody = every_member(&self.released, course, day, space);
        ends = space.or(ends, everybody);
        let now = space.and(self.arisen, ends);
        self.discharged = space.or(self.discharged, now);
    }

    fn perform(&mut self, course: &Course<'_>, day: Day, space: &mut Space) {
        for (done, bearer) in self.performed.iter_mut().zip(&course.bearers) {
            let member = space.and(self.holds, bearer.member.at(day));
            let now = space.and(member, bearer.acts.at(day));
            *done = space.or(*done, now);
        }
        let everybody = every_member(&self.performed, course, day, space);
        let now = space.and(self.arisen, everybody);
        self.fulfilled = space.or(self.fulfilled, now);
    }
}

/// Every bearer of the day is one of those, and there is one.
fn every_member(those: &[Readings], course: &Course<'_>, day: Day, space: &mut Space) -> Readings {
    let (mut all, mut somebody) = (Readings::ALL, Readings::NONE);
    for (done, bearer) in those.iter().zip(&course.bearers) {
        let member = bearer.member.at(day);
        let missing = space.without(member, *done);
        all = space.without(all, missing);
        somebody = space.or(somebody, member);
    }
    space.and(all, somebody)
}
