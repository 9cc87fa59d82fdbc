//! The life of a treaty (M3): when it is in force, and for whom.

use super::bearing::{asked, asks_any};
use super::compiled::walk;
use super::run::Run;
use crate::calendar::{Day, Days, Period};
use crate::extent::days::change_days;
use crate::extent::{Extent, Readings, Space};
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::treaty::{AfterTerm, Entry, FirstTerm, Term, Treaty};
use std::ops::Deref;
use std::sync::Arc;

/// The most times that a life which leads back to itself is worked out; each settles at least one more day.
const MOST_TURNS: usize = 1_000;

/// When a treaty is in force, and who is bound when.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Life {
    pub(crate) in_force: Extent,
    /// From the first day on which it is in force to the last.
    pub(crate) hull: Option<Days>,
    /// Sorted by actor; days out of force are left out already.
    pub(crate) members: Vec<Member>,
}

/// One spell of membership.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) actor: EntityId,
    pub(crate) role: Option<String>,
    pub(crate) extent: Extent,
}

impl Life {
    fn new(in_force: Extent, members: Vec<Member>) -> Self {
        Self {
            hull: in_force.hull(),
            in_force,
            members,
        }
    }

    /// All spells of an actor.
    pub(crate) fn of(&self, actor: EntityId) -> &[Member] {
        let first = self.members.partition_point(|member| member.actor < actor);
        let count = self.members[first..].partition_point(|member| member.actor == actor);
        &self.members[first..first + count]
    }
}

/// A life as a run knows it: worked out for it alone, or once for all runs.
#[derive(Clone)]
pub(crate) enum KnownLife<'a> {
    Own(Arc<Life>),
    Recorded(&'a Arc<Life>),
}

impl Deref for KnownLife<'_> {
    type Target = Arc<Life>;

    fn deref(&self) -> &Arc<Life> {
        match self {
            Self::Own(life) => life,
            Self::Recorded(life) => life,
        }
    }
}

/// A day so much later; where the calendar gives two answers and the treaty does not round, the earlier.
fn plus(day: Day, period: Period, treaty: &Treaty) -> Day {
    day.plus(period, treaty.rounding)
        .unwrap_or_else(|ambiguous| ambiguous.down)
}

impl<'a, 'e> Run<'a, 'e> {
    /// The life of a treaty under the facts of this run.
    pub(crate) fn life(&mut self, id: TreatyId) -> KnownLife<'a> {
        if let Some(known) = &self.lives[id.index()] {
            return known.clone();
        }
        // A treaty whose life leads back to itself sees itself as not in force, at first.
        self.lives[id.index()] = Some(KnownLife::Own(Arc::default()));
        let life = if self.is_touched(id) || self.engine.derived_lives[id.index()] {
            KnownLife::Own(self.own_life(id))
        } else {
            self.recorded_life(id)
        };
        self.lives[id.index()] = Some(life.clone());
        life
    }

    /// The life by the record alone, worked out once for all runs where it raises no question.
    fn recorded_life(&mut self, id: TreatyId) -> KnownLife<'a> {
        let engine = self.engine;
        let known = engine.lives[id.index()].get_or_init(|| {
            let mut alone = Run::of_record(engine, self.horizon);
            let life = alone.life(id);
            let settled = alone.questions.is_empty() && !alone.cut_off;
            settled.then(|| Arc::clone(&life))
        });
        // A term may be renewed beyond the horizon of the run that worked it out.
        match known {
            Some(life) if engine.rulebook.treaty(id).term.is_none() => KnownLife::Recorded(life),
            _ => KnownLife::Own(self.own_life(id)),
        }
    }

    /// The life under the facts of this run; one that leads back to itself is the least that it comes to.
    fn own_life(&mut self, id: TreatyId) -> Arc<Life> {
        self.living.push(id);
        let mut life = Arc::new(self.make_life(id));
        if self.engine.leads_back[id.index()] {
            let mut before = Arc::default();
            for turn in 0.. {
                self.cut_off |= turn == MOST_TURNS;
                if life == before || turn == MOST_TURNS {
                    break;
                }
                self.lives[id.index()] = Some(KnownLife::Own(Arc::clone(&life)));
                self.forget_what_leans_on(id);
                before = life;
                life = Arc::new(self.make_life(id));
            }
        }
        self.living.pop();
        life
    }

    /// The lives that rest on another are to be worked out again, but for those that are being worked out.
    fn forget_what_leans_on(&mut self, id: TreatyId) {
        let engine = self.engine;
        let mut open: Vec<TreatyId> = engine.dependants[id.index()].clone();
        let mut seen = self.living.clone();
        while let Some(treaty) = open.pop() {
            if !seen.contains(&treaty) {
                seen.push(treaty);
                self.lives[treaty.index()] = None;
                open.extend(&engine.dependants[treaty.index()]);
            }
        }
    }

    /// The lives that rest on norms of a level are to be worked out again: its norms may have given rise to more.
    pub(crate) fn forget_lives_made_on(&mut self, level: usize) {
        let engine = self.engine;
        for treaty in &engine.lives_made[level] {
            self.lives[treaty.index()] = None;
            self.forget_what_leans_on(*treaty);
        }
    }

    fn make_life(&mut self, id: TreatyId) -> Life {
        let treaty = self.engine.rulebook.treaty(id);
        let entered = self.entered(treaty, id);
        let begun = match treaty.provisional {
            Some(day) => entered.or(&Extent::from(day, Readings::ALL), &mut self.space),
            None => entered.clone(),
        };
        let validity = match treaty.while_in_force {
            Some(on) => self.life(on).in_force.and(&begun, &mut self.space),
            None => begun,
        };
        // Who has left is no party any more when it is asked whether the parties want an end.
        let leavers = self.leavers(treaty, &validity);
        let ended = self.ended(treaty, id, &leavers);
        let before = validity.without(&ended, &mut self.space);
        let leavers = self.leavers(treaty, &before);
        let renounced = self.renounced(treaty, id, &entered, &leavers);
        let in_force = before.without(&renounced, &mut self.space);
        let members = self.members(treaty, &in_force, Some(&leavers));
        Life::new(in_force, members)
    }

    /// Denunciations and withdrawals of those bound on the day, their own effect left aside.
    fn leavers(&mut self, treaty: &'e Treaty, in_force: &Extent) -> Vec<Event> {
        let core = self.engine.rulebook.core;
        let bound = self.members(treaty, in_force, None);
        let mut events = self.events_by_members(core.denounce, treaty, &bound);
        for event in &mut events {
            event.denounces = true;
        }
        events.extend(self.events_by_members(core.withdraw, treaty, &bound));
        if treaty.leaves_after_withdrawal.is_none() || events.len() < 2 {
            return events;
        }
        self.of_those_still_bound(treaty, in_force, &events)
    }

    /// Day by day, what those do who have not left by what they did before.
    fn of_those_still_bound(
        &mut self,
        treaty: &'e Treaty,
        in_force: &Extent,
        events: &[Event],
    ) -> Vec<Event> {
        let extents: Vec<&Extent> = events.iter().map(|event| &event.extent).collect();
        let mut counted = Vec::new();
        for day in change_days(&extents) {
            let bound = self.members(treaty, in_force, Some(&counted));
            let today = Days {
                first: day,
                last: day,
            };
            for event in events {
                let done = Extent::days(today, event.extent.at(day));
                let extent = self.of_member(&bound, event.subject, &done);
                counted.extend((!extent.is_never()).then_some(Event {
                    extent,
                    ..event.clone()
                }));
            }
        }
        counted
    }

    /// Narrowed to the days on which an actor is bound.
    fn of_member(&mut self, bound: &[Member], actor: EntityId, extent: &Extent) -> Extent {
        let mut member = Extent::never();
        for spell in bound.iter().filter(|spell| spell.actor == actor) {
            member = member.or(&spell.extent, &mut self.space);
        }
        extent.and(&member, &mut self.space)
    }

    /// From its entry into force on, provisional application left aside.
    pub(crate) fn entered(&mut self, treaty: &'e Treaty, id: TreatyId) -> Extent {
        match &treaty.entry {
            Entry::Stated(days) => Extent::days(*days, Readings::ALL),
            Entry::When(condition) => self
                .own_condition(condition, treaty, id, &[])
                .once(&mut self.space),
            Entry::Never => Extent::never(),
        }
    }

    /// A condition on which the life of the treaty depends: `party` means whoever is listed or has acceded.
    fn own_condition(
        &mut self,
        condition: &'e Condition,
        treaty: &'e Treaty,
        id: TreatyId,
        leavers: &[Event],
    ) -> Extent {
        let own = Arc::new(self.signatories(treaty, leavers));
        self.know_lives(condition, id);
        let before = self.lives[id.index()].replace(KnownLife::Own(own));
        let mut binding = super::outcome::Binding::new();
        let extent = self.truth(condition, Some(id), &mut binding);
        self.lives[id.index()] = before;
        extent
    }

    /// Works out the lives of the other treaties about which a condition asks: to them the treaty itself is what it is, not what
    /// its own condition takes it to be.
    pub(crate) fn know_lives(&mut self, condition: &Condition, id: TreatyId) {
        let rulebook = self.engine.rulebook;
        let mut asked = asked(condition, rulebook);
        let mut any = false;
        walk(condition, &mut |part| any |= asks_any(part));
        if any {
            asked = (0..rulebook.treaties.len() as u32).map(TreatyId).collect();
        }
        for other in asked.into_iter().filter(|other| *other != id) {
            self.life(other);
        }
    }

    /// From when on the treaty has ended, on which readings.
    fn ended(&mut self, treaty: &'e Treaty, id: TreatyId, leavers: &[Event]) -> Extent {
        let core = self.engine.rulebook.core;
        let mut ended = treaty
            .ends_on
            .map_or_else(Extent::never, |day| Extent::from(day, Readings::ALL));
        // Its last day stated ends provisional application too.
        if let Entry::Stated(days) = &treaty.entry
            && days.last < Day::LAST
        {
            let over = Extent::from(days.last.next(), Readings::ALL);
            ended = ended.or(&over, &mut self.space);
        }
        for event in self.events_about(core.terminate, treaty.entity) {
            ended = ended.or(&event.extent, &mut self.space);
        }
        let engine = self.engine;
        for other in &engine.replaced_by[id.index()] {
            let entered = self.entered(engine.rulebook.treaty(*other), *other);
            let later = self.life(*other).in_force.and(&entered, &mut self.space);
            ended = ended.or(&later, &mut self.space);
        }
        for ending in &treaty.endings {
            let true_since = self
                .own_condition(&ending.condition, treaty, id, leavers)
                .once(&mut self.space);
            let always = Extent::always(true_since.at(Day::FIRST));
            let later = self.after(&true_since, ending.after, treaty);
            ended = ended
                .or(&later, &mut self.space)
                .or(&always, &mut self.space);
        }
        ended.once(&mut self.space)
    }

    /// From when on the treaty has ended by denunciation or at the end of a term.
    fn renounced(
        &mut self,
        treaty: &'e Treaty,
        id: TreatyId,
        entered: &Extent,
        leavers: &[Event],
    ) -> Extent {
        let denounced = leavers.iter().filter(|event| event.denounces);
        let denounced: Vec<Event> = denounced.cloned().collect();
        let mut ended = Extent::never();
        if let Some(period) = treaty.ends_after_denunciation {
            for event in &denounced {
                let later = self.after(&event.extent, period, treaty);
                ended = ended.or(&later, &mut self.space);
            }
        }
        if let Some(term) = treaty.term {
            let mut expired = self.expired(term, treaty, entered, &denounced);
            if let Some(condition) = &treaty.prolonged {
                let goes_on = self.own_condition(condition, treaty, id, leavers);
                expired = expired.without(&goes_on, &mut self.space);
            }
            ended = ended.or(&expired, &mut self.space);
        }
        ended.once(&mut self.space)
    }

    /// What parties bound on the day did about the treaty.
    fn events_by_members(
        &mut self,
        predicate: Option<PredicateId>,
        treaty: &Treaty,
        bound: &[Member],
    ) -> Vec<Event> {
        let mut events = self.events_about(predicate, treaty.entity);
        for event in &mut events {
            let begun = event.extent.onsets(&mut self.space);
            event.extent = self.of_member(bound, event.subject, &begun);
        }
        events
    }

    /// Each first day of an event, moved by a period; from then on.
    fn after(&mut self, event: &Extent, period: Period, treaty: &Treaty) -> Extent {
        let mut moved = Extent::never();
        let onsets = event.onsets(&mut self.space);
        for (day, readings) in onsets.changes() {
            if *readings != Readings::NONE {
                let first = plus(*day, period, treaty);
                moved = moved.or(&Extent::from(first, *readings), &mut self.space);
            }
        }
        moved
    }

    /// From the end of a term on (M3).
    fn expired(
        &mut self,
        term: Term,
        treaty: &Treaty,
        entered: &Extent,
        denounced: &[Event],
    ) -> Extent {
        let mut expired = Extent::never();
        let onsets = entered.onsets(&mut self.space);
        for (start, readings) in onsets.changes() {
            if *readings == Readings::NONE {
                continue;
            }
            let end = match term.first {
                FirstTerm::For(period) => plus(*start, period, treaty),
                FirstTerm::Until(day) => day.next(),
            };
            let ends = match term.then {
                AfterTerm::Ends => Extent::from(end.max(*start), *readings),
                AfterTerm::Renewed { .. } => self.renewals(term, treaty, *start, denounced),
                AfterTerm::UntilDenounced(after) => {
                    let mut given = Extent::never();
                    for event in denounced {
                        given =
                            given.or(&self.after(&event.extent, after, treaty), &mut self.space);
                    }
                    given.and(&Extent::from(end.max(*start), *readings), &mut self.space)
                }
            };
            expired = expired.or(&ends.on(*readings, &mut self.space), &mut self.space);
        }
        expired
    }

    /// The first end of a term before which the treaty was denounced in time.
    fn renewals(&mut self, term: Term, treaty: &Treaty, start: Day, denounced: &[Event]) -> Extent {
        let AfterTerm::Renewed { period, notice } = term.then else {
            return Extent::never();
        };
        let mut all = Extent::never();
        for event in denounced {
            all = all.or(&event.extent, &mut self.space);
        }
        let denounced = all.once(&mut self.space);
        let (from, mut whole) = match term.first {
            FirstTerm::For(period) => (start, period),
            FirstTerm::Until(day) => (day.next(), Period { months: 0, days: 0 }),
        };
        let (mut expired, mut before) = (Extent::never(), Readings::NONE);
        // Ends with time itself: a term that gets no longer is not renewed.
        loop {
            let end = plus(from, whole, treaty);
            if end > self.horizon.plus_days(1) || end == Day::LAST {
                break;
            }
            let in_time = denounced.at(end.previous().minus(notice));
            if in_time != before {
                before = in_time;
                let ended = Extent::from(end.max(start), in_time);
                expired = expired.or(&ended, &mut self.space);
            }
            let longer = Period {
                months: whole.months.saturating_add(period.months),
                days: whole.days.saturating_add(period.days),
            };
            if denounced.is_never() || in_time == Readings::ALL || longer == whole {
                break;
            }
            whole = longer;
        }
        expired
    }

    /// Whom `party` means in a condition of entry into force: whoever is listed or has acceded, in force or not.
    pub(crate) fn signatories(&mut self, treaty: &'e Treaty, leavers: &[Event]) -> Life {
        let always = Extent::always(Readings::ALL);
        let members = self.members(treaty, &always, Some(leavers));
        Life::new(always, members)
    }

    fn members(
        &mut self,
        treaty: &'e Treaty,
        in_force: &Extent,
        leavers: Option<&[Event]>,
    ) -> Vec<Member> {
        if in_force.is_never() {
            return Vec::new();
        }
        let mut members = self.titles(treaty, leavers);
        self.succeed(treaty, leavers, &mut members);
        for member in &mut members {
            member.extent = member.extent.and(in_force, &mut self.space);
        }
        members.retain(|member| !member.extent.is_never());
        members.sort_by(|a, b| (a.actor, &a.role).cmp(&(b.actor, &b.role)));
        members
    }

    /// Spells of membership of their own, in force or not: by the list, by accession, of another treaty, of every state.
    fn titles(&mut self, treaty: &'e Treaty, leavers: Option<&[Event]>) -> Vec<Member> {
        let engine = self.engine;
        let mut found: Vec<(Day, Member)> = Vec::new();
        let mut title = |first: Day, actor: EntityId, role: Option<&String>, extent: Extent| {
            let role = role.cloned();
            let member = Member {
                actor,
                role,
                extent,
            };
            found.push((first, member));
        };
        for state in engine.states.iter().filter(|_| treaty.open_to_every_state) {
            let first = engine.rulebook.entities[state.index()].exists.first();
            title(first, *state, None, Extent::always(Readings::ALL));
        }
        if let Some(other) = treaty.parties_of {
            for member in self.life(other).members.clone() {
                let role = member.role.as_ref();
                title(Day::FIRST, member.actor, role, member.extent);
            }
        }
        for party in &treaty.parties {
            let extent = Extent::days(party.dates, Readings::ALL);
            title(party.dates.first, party.actor, party.role.as_ref(), extent);
        }
        for event in self.events_about(engine.rulebook.core.accede, treaty.entity) {
            for (day, readings) in beginnings(&event.extent, &mut self.space) {
                title(day, event.subject, None, Extent::from(day, readings));
            }
        }
        let mut members = Vec::new();
        for (first, member) in found {
            let extent = self.while_member(treaty, leavers, first, &member);
            members.push(Member { extent, ..member });
        }
        members
    }

    /// State succession: the heir stands where its predecessor stood the day before, unless the list names it.
    fn succeed(&mut self, treaty: &Treaty, leavers: Option<&[Event]>, members: &mut Vec<Member>) {
        let engine = self.engine;
        for (since, predecessor, heir) in &engine.successions {
            if treaty.parties.iter().any(|party| party.actor == *heir) {
                continue;
            }
            let stood = members.iter().filter(|member| member.actor == *predecessor);
            let inherited: Vec<Member> = stood
                .map(|member| Member {
                    actor: *heir,
                    role: member.role.clone(),
                    extent: Extent::from(*since, member.extent.at(since.previous())),
                })
                .collect();
            for member in inherited {
                let extent = self.while_member(treaty, leavers, *since, &member);
                members.push(Member { extent, ..member });
            }
        }
    }

    /// Narrowed to the days on which the member exists and has not left since it joined.
    fn while_member(
        &mut self,
        treaty: &Treaty,
        leavers: Option<&[Event]>,
        first: Day,
        member: &Member,
    ) -> Extent {
        let mut exists = Extent::never();
        for spell in self.engine.rulebook.entities[member.actor.index()]
            .exists
            .spells()
        {
            exists = exists.or(&Extent::days(*spell, Readings::ALL), &mut self.space);
        }
        let mut extent = member.extent.and(&exists, &mut self.space);
        let Some(period) = treaty.leaves_after_withdrawal else {
            return extent;
        };
        let own = leavers.into_iter().flatten();
        for event in own.filter(|event| event.subject == member.actor) {
            for (day, readings) in event.extent.changes() {
                if *day >= first && *readings != Readings::NONE {
                    let out = day
                        .plus(period, treaty.rounding)
                        .unwrap_or_else(|ambiguous| ambiguous.down);
                    extent = extent.without(&Extent::from(out, *readings), &mut self.space);
                }
            }
        }
        extent
    }

    /// Facts of a verb of treaty life that name the treaty in slot 1.
    fn events_about(&self, predicate: Option<PredicateId>, treaty: EntityId) -> Vec<Event> {
        let Some(predicate) = predicate else {
            return Vec::new();
        };
        let facts = self.find(predicate, [None, Some(treaty)]);
        let event = |index: u32| {
            let fact = self.fact(index);
            Some(Event {
                subject: fact.arguments[0]?,
                extent: fact.extent.clone(),
                denounces: false,
            })
        };
        facts.into_iter().filter_map(event).collect()
    }
}

/// Each day on which it begins to hold, what always held included, and the readings on which it then does.
pub(crate) fn beginnings(extent: &Extent, space: &mut Space) -> Vec<(Day, Readings)> {
    let onsets = extent.onsets(space);
    std::iter::once(&(Day::FIRST, extent.at(Day::FIRST)))
        .chain(onsets.changes())
        .filter(|(_, readings)| *readings != Readings::NONE)
        .copied()
        .collect()
}

/// Something done about a treaty.
#[derive(Clone)]
pub(crate) struct Event {
    subject: EntityId,
    extent: Extent,
    /// Whether it denounces the treaty itself.
    denounces: bool,
}
