//! Who is bound by a treaty, and when.

use super::life::{Event, Life, Member, beginnings};
use super::run::Run;
use crate::calendar::{Day, Days};
use crate::extent::days::change_days;
use crate::extent::{Extent, Readings};
use crate::model::ids::{EntityId, PredicateId};
use crate::model::treaty::Treaty;

impl<'e> Run<'_, 'e> {
    /// Whom `party` means in a condition of entry into force: whoever is listed or has acceded, in force or not.
    pub(crate) fn signatories(&mut self, treaty: &'e Treaty, leavers: &[Event]) -> Life {
        let always = Extent::always(Readings::ALL);
        let members = self.members(treaty, &always, Some(leavers));
        Life::new(always, members)
    }

    pub(super) fn members(
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

    /// Denunciations and withdrawals of those bound on the day, their own effect left aside.
    pub(super) fn leavers(&mut self, treaty: &'e Treaty, in_force: &Extent) -> Vec<Event> {
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
}
