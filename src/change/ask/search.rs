//! The smallest scenario in which something happens: fewest parties, then fewest facts, then nothing out of the ordinary.

use super::candidate::{Candidate, owner};
use crate::calendar::Day;
use crate::extent::{Answer, Extent, Readings, Space};
use indexmap::IndexMap;

/// What one fact costs; what is unusual about it costs less than a fact.
pub(super) const FACT: u64 = 10_000;

/// More sets of parties are not tried.
const MOST_TRIES: usize = 20_000;

/// Something looked for.
pub(super) struct Target<'t> {
    /// When it happens, and on which answers.
    pub(super) extent: &'t Extent,
    /// Whom it names.
    pub(super) names: Vec<&'t str>,
}

/// Where it was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Which target, by number.
    pub(super) target: usize,
    pub(super) day: Day,
    /// The candidates to state.
    pub(super) facts: Vec<u32>,
    /// The answers to other questions on which it happens.
    pub(super) answers: Vec<Answer>,
    /// How many take part.
    pub(super) parties: usize,
    pub(super) cost: u64,
}

/// Looks for the smallest scenario.
pub(super) struct Search<'s> {
    space: &'s Space,
    /// For each candidate its cost, apart from when it begins.
    costs: Vec<u64>,
    /// For each candidate on which of the days it begins, by number.
    begins: Vec<usize>,
    days: &'s [Day],
    /// For each candidate those whom it names, as bits.
    names: Vec<u64>,
    actors: Vec<&'s str>,
    /// The candidate of which a question asks whether it is stated.
    candidate: &'s dyn Fn(u32) -> Option<u32>,
    /// Treaties and things are no parties.
    is_actor: &'s dyn Fn(&str) -> bool,
}

impl<'s> Search<'s> {
    pub(super) fn new(
        space: &'s Space,
        candidates: &'s [Candidate],
        days: &'s [Day],
        candidate: &'s dyn Fn(u32) -> Option<u32>,
        is_actor: &'s dyn Fn(&str) -> bool,
    ) -> Self {
        let mut actors: Vec<&str> = Vec::new();
        let mut names = Vec::new();
        let mut costs = Vec::new();
        for candidate in candidates {
            let mut bits = 0;
            for name in candidate.names().filter(|name| is_actor(name)) {
                bits |= bit(&mut actors, name);
            }
            names.push(bits);
            costs.push(FACT + unusual(candidate));
        }
        let begins = candidates
            .iter()
            .map(|candidate| number(days, candidate.from));
        Self {
            space,
            begins: begins.collect(),
            days,
            costs,
            names,
            actors,
            candidate,
            is_actor,
        }
    }

    /// The smallest of all.
    pub(super) fn smallest(&self, targets: &[Target<'_>]) -> Option<Found> {
        let mut actors = self.actors.clone();
        let mut best: Option<Found> = None;
        // The same set for the same people need be looked at but once, on its first day.
        let mut wanted: IndexMap<(u64, Readings), (usize, Day)> = IndexMap::new();
        for (at, target) in targets.iter().enumerate() {
            let named = target.names.iter().filter(|name| (self.is_actor)(name));
            let own = named.fold(0, |bits, name| bits | bit(&mut actors, name));
            for (day, set) in target.extent.changes() {
                if *set != Readings::NONE {
                    let first = (*day).max(Day(-200_000));
                    wanted.entry((own, *set)).or_insert((at, first));
                }
            }
        }
        for ((own, set), (at, day)) in &wanted {
            if let Some(found) = self.within(*at, *own, u64::MAX, *day, *set) {
                better(&mut best, found);
            }
        }
        let most = best.as_ref()?.parties;
        let mut tries = 0;
        for size in 1..most {
            for ((own, set), (at, day)) in &wanted {
                let own_size = own.count_ones() as usize;
                if own_size > size {
                    continue;
                }
                let others = self.people(*set) & !own;
                let others = (0..64)
                    .map(|at| 1_u64 << at)
                    .filter(|bit| others & bit != 0);
                let others: Vec<u64> = others.collect();
                for extra in choices(&others, size - own_size) {
                    tries += 1;
                    if tries > MOST_TRIES {
                        return best;
                    }
                    if let Some(found) = self.within(*at, *own, own | extra, *day, *set) {
                        better(&mut best, found);
                    }
                }
            }
            if best.as_ref().is_some_and(|best| best.parties <= size) {
                break;
            }
        }
        best
    }

    /// Whom the facts name on which a set depends.
    fn people(&self, set: Readings) -> u64 {
        let questions = self.space.questions(set).into_iter();
        let facts = questions.filter_map(|question| (self.candidate)(question));
        facts.fold(0, |bits, fact| bits | self.names[fact as usize])
    }

    /// The cheapest scenario among these people.
    fn within(
        &self,
        target: usize,
        own: u64,
        allowed: u64,
        day: Day,
        set: Readings,
    ) -> Option<Found> {
        // What begins near the day is told more easily than what began long before.
        let today = number(self.days, day);
        let cost = |question: u32, yes: bool| match (self.candidate)(question) {
            _ if !yes => Some(0),
            Some(at) if self.names[at as usize] & !allowed != 0 => None,
            Some(at) => {
                let at = at as usize;
                Some(self.costs[at] + self.begins[at].abs_diff(today) as u64)
            }
            None => Some(0),
        };
        let (cost, answers) = self.space.cheapest(set, &cost)?;
        let chosen = answers.iter().filter(|answer| answer.yes);
        let facts: Vec<u32> = chosen
            .filter_map(|answer| (self.candidate)(answer.question))
            .collect();
        let open = |answer: &&Answer| (self.candidate)(answer.question).is_none();
        let people = facts
            .iter()
            .fold(own, |bits, fact| bits | self.names[*fact as usize]);
        Some(Found {
            target,
            day,
            answers: answers.iter().filter(open).copied().collect(),
            parties: people.count_ones() as usize,
            facts,
            cost,
        })
    }
}

fn better(best: &mut Option<Found>, found: Found) {
    let rank = |found: &Found| (found.parties, found.cost, found.day, found.target);
    if best.as_ref().is_none_or(|best| rank(&found) < rank(best)) {
        *best = Some(found);
    }
}

/// More than 64 actors share the last bit.
fn bit<'n>(actors: &mut Vec<&'n str>, name: &'n str) -> u64 {
    let at = actors
        .iter()
        .position(|own| *own == name)
        .unwrap_or_else(|| {
            actors.push(name);
            actors.len() - 1
        });
    1 << at.min(63)
}

/// All ways to choose so many of those.
fn choices(those: &[u64], count: usize) -> Vec<u64> {
    if count == 0 {
        return vec![0];
    }
    let mut found = Vec::new();
    for (at, one) in those.iter().enumerate() {
        found.extend(
            choices(&those[at + 1..], count - 1)
                .into_iter()
                .map(|rest| one | rest),
        );
        if found.len() > MOST_TRIES {
            break;
        }
    }
    found
}

/// The last of the days that is not after this one, by number.
fn number(days: &[Day], day: Day) -> usize {
    let before = days.iter().filter(|own| **own <= day).count();
    before.saturating_sub(1)
}

/// What is unusual about a fact: that it is somewhere unknown, ended, or only asserted.
pub(super) fn unusual(candidate: &Candidate) -> u64 {
    let ended = candidate.to.is_some_and(|to| to != candidate.from);
    let possession = |name: &String| owner(name) != name;
    let possessed = candidate.arguments.iter().flatten().any(possession);
    u64::from(possessed)
        + u64::from(candidate.place.is_none()) * 3
        + u64::from(ended) * 10
        + u64::from(candidate.asserted_by.is_some()) * 20
}
