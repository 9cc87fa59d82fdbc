//! When a treaty is in force, and who is a party (M3, C10-C14).

use super::state::{Instance, Life};
use super::{At, Naive};
use casus::calendar::Day;
use casus::model::condition::Condition;
use casus::model::entity::EntityKind;
use casus::model::ids::{EntityId, PredicateId, TreatyId};
use casus::model::treaty::{AfterTerm, Entry, FirstTerm, Treaty};

/// One title to be a party: from a day to a day, in a role.
struct Title {
    from: Day,
    until: Day,
    role: Option<String>,
}

impl Naive<'_> {
    /// Works out the life of a treaty today from that of yesterday.
    pub(super) fn live(&mut self, at: At, id: TreatyId) -> bool {
        let treaty = self.rulebook.treaty(id);
        let day = self.day(at.day);
        let mut life = self
            .yesterday(at)
            .map(|yesterday| yesterday.lives[id.index()].clone())
            .unwrap_or_default();
        life.members = self.members_of(at, treaty, &life);
        if life.entered.is_none() {
            life.entered = self.entry(at, id, treaty, &life);
        }
        self.note_endings(at, id, treaty, &mut life);
        self.find_end(at, treaty, &mut life);
        let other = treaty
            .while_in_force
            .is_none_or(|other| self.today(at).lives[other.index()].in_force);
        let begun = |life: &Life| life.entered.is_some_and(|entered| entered <= day);
        let provisional = treaty.provisional.is_some_and(|from| from <= day);
        let in_force = |life: &Life| {
            other
                && (begun(life) || provisional)
                && life.ends.is_none_or(|first_out| day < first_out)
        };
        if in_force(&life) {
            self.leave(at, treaty, &mut life);
            self.find_end(at, treaty, &mut life);
            life.members = self.members_of(at, treaty, &life);
        }
        life.in_force = in_force(&life);
        life.definitive = life.in_force && begun(&life);
        let today = &mut self.worlds[at.world].days[at.day].lives[id.index()];
        let changed = *today != life;
        *today = life;
        changed
    }

    fn entry(&mut self, at: At, id: TreatyId, treaty: &Treaty, life: &Life) -> Option<Day> {
        let day = self.day(at.day);
        match &treaty.entry {
            Entry::Stated(days) => (days.first <= day).then_some(days.first),
            Entry::Never => None,
            Entry::When(condition) => {
                let first = if at.day == 0 { Day::FIRST } else { day };
                self.own(at, id, condition, life).then_some(first)
            }
        }
    }

    /// Whether a condition on which the life of the treaty depends holds today.
    fn own(&mut self, at: At, id: TreatyId, condition: &Condition, life: &Life) -> bool {
        // The condition asks who is a party today.
        self.worlds[at.world].days[at.day].lives[id.index()].members = life.members.clone();
        let at = At {
            scope: Some(id),
            entry: true,
            ..at
        };
        self.holds(at, condition, &super::Bindings::default())
    }

    /// Remembers since when each condition that ends the treaty is true, and whether its term waits today.
    fn note_endings(&mut self, at: At, id: TreatyId, treaty: &Treaty, life: &mut Life) {
        let day = self.day(at.day);
        let first = if at.day == 0 { Day::FIRST } else { day };
        life.endings.resize(treaty.endings.len(), None);
        for (number, ending) in treaty.endings.iter().enumerate() {
            if life.endings[number].is_none() && self.own(at, id, &ending.condition, life) {
                life.endings[number] = Some(first);
            }
        }
        life.waits = treaty
            .prolonged
            .as_ref()
            .is_some_and(|condition| self.own(at, id, condition, life));
    }

    /// Moves the first day out of force forward to the earliest reason there is.
    fn find_end(&self, at: At, treaty: &Treaty, life: &mut Life) {
        let day = self.day(at.day);
        let mut ends: Vec<Day> = life.ends.into_iter().collect();
        if let Entry::Stated(days) = treaty.entry
            && days.last < Day::LAST
        {
            ends.push(days.last.next());
        }
        ends.extend(treaty.ends_on);
        ends.extend(self.end_by_term(treaty, life, day));
        let scope = At {
            scope: self.rulebook.treaty_of(treaty.entity),
            ..at
        };
        for (ending, since) in treaty.endings.iter().zip(&life.endings) {
            ends.extend(since.map(|since| self.later(scope, since, ending.after)));
        }
        if let Some(period) = treaty.ends_after_denunciation {
            ends.extend(
                life.denounced
                    .iter()
                    .map(|then| self.later(scope, *then, period)),
            );
        }
        let terminated = self
            .of_core(at, self.rulebook.core.terminate, treaty.entity)
            .into_iter()
            .next()
            .is_some();
        let replaced = self
            .rulebook
            .treaties
            .iter()
            .enumerate()
            .any(|(index, other)| {
                other
                    .replaces
                    .iter()
                    .any(|replaced| self.rulebook.treaty(*replaced).entity == treaty.entity)
                    && self.today(at).lives[index].definitive
            });
        if terminated || replaced {
            ends.push(day);
        }
        life.ends = ends.into_iter().min();
    }

    /// The end of the term, unless it waits.
    fn end_by_term(&self, treaty: &Treaty, life: &Life, day: Day) -> Option<Day> {
        let end = self.end_of_term(treaty, life, day)?;
        match treaty.prolonged {
            None => Some(end),
            Some(_) => (end <= day && !life.waits).then_some(day),
        }
    }

    fn end_of_term(&self, treaty: &Treaty, life: &Life, day: Day) -> Option<Day> {
        let term = treaty.term?;
        let entered = life.entered.filter(|entered| *entered > Day::FIRST)?;
        let plus = |day: Day, period| {
            day.plus(period, treaty.rounding)
                .unwrap_or_else(|either| either.down)
        };
        let mut end = match term.first {
            FirstTerm::For(period) => plus(entered, period),
            FirstTerm::Until(last) => last.next(),
        };
        let (renewal, notice) = match term.then {
            AfterTerm::Ends => return Some(end),
            AfterTerm::UntilDenounced(after) => {
                let given = life.denounced.iter().map(|then| plus(*then, after));
                return given.map(|given| given.max(end)).min();
            }
            AfterTerm::Renewed { period, notice } => (period, notice),
        };
        loop {
            let last_chance = end.previous().minus(notice);
            if life.denounced.iter().any(|then| *then <= last_chance) {
                return Some(end);
            }
            let next = plus(end, renewal);
            if day < end || next <= end {
                return None;
            }
            end = next;
        }
    }

    /// True sentences about a treaty today with one of the core verbs.
    fn of_core(&self, at: At, verb: Option<PredicateId>, treaty: EntityId) -> Vec<&Instance> {
        self.today(at)
            .instances()
            .filter(|instance| {
                Some(instance.atom.predicate) == verb
                    && instance.scope.is_none()
                    && instance.atom.arguments[1..].contains(&Some(treaty))
            })
            .collect()
    }

    /// Denunciations and withdrawals of today.
    fn leave(&self, at: At, treaty: &Treaty, life: &mut Life) {
        let day = self.day(at.day);
        let scope = At {
            scope: self.rulebook.treaty_of(treaty.entity),
            ..at
        };
        let members = life.members.clone();
        for (verb, denounces) in [
            (self.rulebook.core.denounce, true),
            (self.rulebook.core.withdraw, false),
        ] {
            for instance in self.of_core(at, verb, treaty.entity) {
                let Some(who) = instance.atom.arguments[0] else {
                    continue;
                };
                let is_party = members.iter().any(|(member, _)| *member == who);
                if !is_party || instance.since != day {
                    continue;
                }
                if denounces && !life.denounced.contains(&day) {
                    life.denounced.push(day);
                }
                if let Some(period) = treaty.leaves_after_withdrawal {
                    life.leavings
                        .push((who, day, self.later(scope, day, period)));
                }
            }
        }
    }

    /// The parties today, whether or not the treaty is in force.
    fn members_of(&self, at: At, treaty: &Treaty, life: &Life) -> Vec<(EntityId, Option<String>)> {
        let day = self.day(at.day);
        let accessions = self.accessions(at, treaty);
        let mut members = Vec::new();
        for who in self.domain.iter().copied() {
            if who.possessed().is_some()
                || !self.rulebook.entities[who.index()].exists.contains(day)
            {
                continue;
            }
            for title in self.titles(at, treaty, who, &accessions) {
                let left = life.leavings.iter().any(|(leaver, then, first_out)| {
                    *leaver == who && title.from <= *then && *first_out <= day
                });
                let member = (who, title.role);
                if title.from <= day && day <= title.until && !left && !members.contains(&member) {
                    members.push(member);
                }
            }
        }
        members
    }

    /// Who has acceded up to today, and when.
    fn accessions(&self, at: At, treaty: &Treaty) -> Vec<(EntityId, Day)> {
        let mut found = Vec::new();
        for day in 0..=at.day {
            for instance in self.of_core(At { day, ..at }, self.rulebook.core.accede, treaty.entity)
            {
                if let Some(who) = instance.atom.arguments[0]
                    && !found.contains(&(who, instance.since))
                {
                    found.push((who, instance.since));
                }
            }
        }
        found
    }

    fn titles(
        &self,
        at: At,
        treaty: &Treaty,
        who: EntityId,
        accessions: &[(EntityId, Day)],
    ) -> Vec<Title> {
        let day = self.day(at.day);
        let entity = &self.rulebook.entities[who.index()];
        let always = |from| Title {
            from,
            until: Day::LAST,
            role: None,
        };
        let mut titles: Vec<Title> = treaty
            .parties
            .iter()
            .filter(|party| party.actor == who)
            .map(|party| Title {
                from: party.dates.first,
                until: party.dates.last,
                role: party.role.clone(),
            })
            .collect();
        let listed = !titles.is_empty();
        if let Some(other) = treaty.parties_of {
            let life = &self.today(at).lives[other.index()];
            let own = life.members.iter().filter(|(member, _)| *member == who);
            titles.extend(own.filter(|_| life.in_force).map(|(_, role)| Title {
                role: role.clone(),
                ..always(Day::FIRST)
            }));
        }
        if let EntityKind::State { continues, .. } = &entity.kind {
            if treaty.open_to_every_state {
                titles.push(always(entity.exists.first()));
            }
            for (predecessor, from) in continues.iter().filter(|(_, from)| !listed && *from <= day)
            {
                titles.extend(
                    self.roles_before(at, treaty, *predecessor, *from)
                        .into_iter()
                        .map(|role| Title {
                            role,
                            ..always(*from)
                        }),
                );
            }
        }
        let own = accessions.iter().filter(|(acceding, _)| *acceding == who);
        titles.extend(own.map(|(_, since)| always(*since)));
        titles
    }

    /// In what roles somebody was a party on the day before the succession.
    fn roles_before(
        &self,
        at: At,
        treaty: &Treaty,
        who: EntityId,
        succession: Day,
    ) -> Vec<Option<String>> {
        let number = succession.0 - 1 - self.first.0;
        assert!(number >= 0, "a succession before the first day");
        let Some(index) = self.rulebook.treaty_of(treaty.entity) else {
            return Vec::new();
        };
        self.worlds[at.world].days[number as usize].lives[index.index()]
            .members
            .iter()
            .filter(|(member, _)| *member == who)
            .map(|(_, role)| role.clone())
            .collect()
    }
}
