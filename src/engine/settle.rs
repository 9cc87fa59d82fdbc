//! What becomes of positions: discharge, performance, violation, suspension (M5 to M7), and accounts.

use super::left_open::left_open;
use super::position::Due;
use super::run::{Filled, Run};
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::fact::Scenario;
use crate::model::ids::EntityId;
use crate::model::norm::{Deadline, Head, Norm, PositionHead};
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;

impl Run<'_, '_> {
    /// Works out the timelines of positions that changed.
    pub(crate) fn refresh(&mut self) {
        let mut stale = std::mem::take(&mut self.stale);
        stale.sort_unstable();
        stale.dedup();
        for index in stale {
            self.timeline(index as usize);
        }
    }

    /// Brings everything about the positions known so far up to date. The norms below a level are worked out.
    pub(crate) fn settle(&mut self, worked: usize) {
        self.worked = worked;
        self.refresh();
        if self.unsettled {
            self.settled = 0;
        }
        if self.has_more_to_engage() {
            self.engage_with_questions();
            self.refresh();
            let mut engaged = self.engage_with_positions(0);
            // What these bring in may clash with more, also of levels settled before.
            self.settled = 0;
            while engaged < self.positions.len() {
                engaged = self.engage_with_positions(engaged);
            }
        }
        self.settled = worked;
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
        let all = &self.engine.stands;
        let mut more = self.settled..self.worked;
        more.any(|level| all.get(level) == Some(&true))
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
