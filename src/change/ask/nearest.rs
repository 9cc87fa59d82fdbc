//! Which of the scenarios that there are is nearest to one in which two versions differ.

use super::answer::{Answer, Bounds, Contradiction};
use super::beyond::Beyond;
use super::candidate::Candidate;
use super::cast::{Cast, cast, is_actor};
use super::compare::Difference;
use super::joint::Told;
use super::kind::Kind;
use super::maker::candidates;
use super::near::Near;
use super::places::places;
use super::search::{FACT, Found, unusual};
use super::stage::Stage;
use super::variant::events;
use super::versions::Versions;
use super::witness::Stated;
use super::world::{Side, World};
use crate::calendar::Day;
use crate::case::Case;
use crate::change::corpus::Source;
use crate::extent::Readings;
use crate::model::fact::Scenario;
use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Of those who take part in a scenario so many may do something else besides: those of whom it speaks most.
const MOST_PEOPLE: usize = 5;

/// With fewer people there is nobody to attack and nobody to assist.
const FEWEST_PEOPLE: usize = 3;

/// So many events may be added: those most like what happens in the scenario.
const MOST_ADDED: usize = 120;

/// Scenarios that there are, and both versions as they are read.
#[derive(Clone, Copy)]
pub struct Collection<'c> {
    /// The rules as they were and as they are.
    pub projects: [&'c Project; 2],
    /// The scenarios.
    pub sources: &'c [Source],
}

impl Beyond {
    /// Looks for the nearest scenario for each kind of obligation of which a witness was found; `go_on` is asked before each scenario
    /// whether there is time.
    ///
    /// # Errors
    /// A scenario that does not replay.
    pub fn look_near(
        &mut self,
        versions: &Versions<'_>,
        collection: Collection<'_>,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<(), Contradiction> {
        let mut by_treaty: BTreeMap<&str, BTreeSet<Kind>> = BTreeMap::new();
        for (kind, answer) in &self.answers {
            if matches!(answer, Answer::Differs(_)) {
                by_treaty
                    .entry(&kind.treaty)
                    .or_default()
                    .insert(kind.clone());
            }
        }
        let mut nearest = Vec::new();
        for (treaty, kinds) in &by_treaty {
            let slices = versions.slices(kinds);
            let sides = versions.sides(&slices, kinds);
            let mut found: BTreeMap<Kind, Near> = BTreeMap::new();
            for source in collection
                .sources
                .iter()
                .filter(|one| may_count(&one.text, treaty))
            {
                let all = kinds
                    .iter()
                    .all(|kind| found.get(kind).is_some_and(|near| near.edits() == 0));
                if all || !go_on() {
                    break;
                }
                let Some(base) = Base::read(collection.projects, source, treaty) else {
                    continue;
                };
                for near in base.near(&sides, kinds)? {
                    let kind = &near.witness.obligation.kind;
                    if found
                        .get(kind)
                        .is_none_or(|best| near.edits() < best.edits())
                    {
                        found.insert(kind.clone(), near);
                    }
                }
            }
            nearest.extend(found.into_values());
        }
        self.nearest = nearest;
        Ok(())
    }
}

/// Whether a treaty may count in a scenario, by the look of its text.
fn may_count(text: &str, treaty: &str) -> bool {
    text.contains(treaty) || !text.lines().any(|line| line.starts_with("rules:"))
}

/// A scenario that there is, as both versions read it.
struct Base<'c> {
    source: &'c Source,
    scenarios: [Scenario; 2],
    /// Where its events stand in the text.
    events: Vec<Range<usize>>,
    /// Of each fact its event.
    event_of: Vec<usize>,
}

impl<'c> Base<'c> {
    /// Nothing if it has mistakes, clauses of its own, a layout that is not understood, or if the treaty does not count in it.
    fn read(projects: [&Project; 2], source: &'c Source, treaty: &str) -> Option<Self> {
        let events = events(&source.text)?;
        let mut scenarios = Vec::new();
        for project in projects {
            let mut texts = project.sources.clone();
            let case = Case::beside(&source.name, source.text.clone(), project, &mut texts);
            let scenario = case.scenario.filter(|_| case.own_clauses.is_none())?;
            let book = &project.rulebook;
            let id = book.entity(treaty).and_then(|id| book.treaty_of(id));
            let counted = scenario.treaties.as_ref();
            if id.is_some_and(|id| counted.is_some_and(|all| !all.contains(&id))) {
                return None;
            }
            scenarios.push(scenario);
        }
        let scenarios: [Scenario; 2] = scenarios.try_into().ok()?;
        let of = |at: u32| {
            events
                .iter()
                .position(|place| place.contains(&(at as usize)))
        };
        let facts = scenarios[0].facts.iter();
        let event_of: Option<Vec<usize>> = facts.map(|fact| of(fact.span.start)).collect();
        let event_of = event_of.filter(|all| all.len() == scenarios[1].facts.len())?;
        Some(Self {
            source,
            scenarios,
            events,
            event_of,
        })
    }

    /// For each of some kinds the nearest scenario to this one.
    fn near(
        &self,
        sides: &[Side<'_>; 2],
        kinds: &BTreeSet<Kind>,
    ) -> Result<Vec<Near>, Contradiction> {
        let Some(world) = self.world(sides) else {
            return Ok(Vec::new());
        };
        let book = sides[0].book;
        let own = self.scenarios[0].facts.iter();
        let mut all: Vec<Candidate> = own.map(|fact| Candidate::named(book, fact)).collect();
        let mut others = candidates(sides, &world, false);
        others.retain(|one| !all.contains(one));
        others.sort_by_cached_key(|one| strangeness(&all, one));
        others.truncate(MOST_ADDED);
        all.extend(others);
        let tolds = self.tolds(sides, &world, &all, &|_| true);
        let bounds = Bounds {
            facts: usize::MAX,
            sets: 100_000,
            ..Bounds::default()
        };
        let Some(stage) = Stage::of(sides, world, all, &tolds, bounds) else {
            return Ok(Vec::new());
        };
        let mut best: BTreeMap<&Kind, (Found, &Difference)> = BTreeMap::new();
        for difference in &stage.differences {
            let kind = &difference.obligation.kind;
            if !kinds.contains(kind) {
                continue;
            }
            for (day, set) in difference.extent.changes() {
                let day = (*day).max(Day(-200_000));
                let Some(found) = self.cheapest(&stage, *set, day) else {
                    continue;
                };
                let rank = |found: &Found, one: &Difference| (found.cost, one.aspect, found.day);
                if best
                    .get(kind)
                    .is_none_or(|(other, of)| rank(&found, difference) < rank(other, of))
                {
                    best.insert(kind, (found, difference));
                }
            }
        }
        let each = best.into_values();
        each.map(|(found, difference)| self.replayed(sides, &stage, &found, difference))
            .collect()
    }

    /// Who takes part in it, when and where, and who an edit is about.
    fn world(&self, sides: &[Side<'_>; 2]) -> Option<World> {
        let book = sides[0].book;
        let mut often: BTreeMap<String, usize> = BTreeMap::new();
        let mut days: BTreeSet<Day> = self.scenarios[0].as_of.into_iter().collect();
        let mut there: Vec<String> = Vec::new();
        for fact in &self.scenarios[0].facts {
            let named = Candidate::named(book, fact);
            for name in named.names() {
                *often.entry(name.to_owned()).or_default() += 1;
            }
            there.extend(named.place);
            days.insert(named.from);
        }
        let first = days.first().copied()?;
        let last = days.last().copied()?;
        often.retain(|name, _| book.entity(name).is_some_and(|id| is_actor(book, id)));
        let mut names: Vec<String> = often.keys().cloned().collect();
        names.sort_by_key(|name| std::cmp::Reverse(often[name]));
        names.truncate(MOST_PEOPLE);
        for (at, name) in cast(sides, FEWEST_PEOPLE, first)
            .names
            .into_iter()
            .enumerate()
        {
            if (at == 0 || names.len() < FEWEST_PEOPLE) && !names.contains(&name) {
                names.push(name);
            }
        }
        names.sort();
        let mut days = vec![first, last];
        days.dedup();
        let cast = Cast {
            names,
            ..Cast::default()
        };
        let (mut places, _) = places(sides, &cast, 4);
        places.extend(there);
        places.sort();
        places.dedup();
        Some(World {
            cast,
            places,
            all_places: false,
            days,
            all_days: false,
        })
    }

    /// What both versions are told: of the facts of the scenario and then of the others those that are wanted.
    fn tolds(
        &self,
        sides: &[Side<'_>; 2],
        world: &World,
        all: &[Candidate],
        wanted: &dyn Fn(u32) -> bool,
    ) -> [Told; 2] {
        let own = self.event_of.len();
        [0, 1].map(|at: usize| {
            let others = (0_u32..).zip(all).skip(own).filter(|(at, _)| wanted(*at));
            Told::beside(&sides[at], world, &self.scenarios[at], wanted, others)
        })
    }

    /// The fewest events left out or added by which one of these sets of answers is reached.
    fn cheapest(&self, stage: &Stage, set: Readings, day: Day) -> Option<Found> {
        let own = self.event_of.len();
        let alone = |at: usize| {
            let event = self.event_of[at];
            self.event_of
                .iter()
                .filter(|other| **other == event)
                .count()
                == 1
        };
        let cost = |question: u32, yes: bool| match stage.joint.candidate(question) {
            Some(at) if (at as usize) < own => match (yes, alone(at as usize)) {
                (true, _) => Some(0),
                (false, alone) => alone.then_some(FACT),
            },
            Some(at) if yes => {
                Some(FACT + strangeness(&stage.candidates[..own], &stage.candidates[at as usize]))
            }
            _ => Some(0),
        };
        let (cost, answers) = stage.joint.space.cheapest(set, &cost)?;
        let mut facts: BTreeSet<u32> = (0..own as u32).collect();
        let mut open = Vec::new();
        for answer in answers {
            match stage.joint.candidate(answer.question) {
                Some(at) if answer.yes => {
                    facts.insert(at);
                }
                Some(at) => {
                    facts.remove(&at);
                }
                None => open.push(answer),
            }
        }
        Some(Found {
            target: 0,
            day,
            facts: facts.into_iter().collect(),
            answers: open,
            parties: stage.world.cast.names.len(),
            cost,
        })
    }

    fn replayed(
        &self,
        sides: &[Side<'_>; 2],
        stage: &Stage,
        found: &Found,
        difference: &Difference,
    ) -> Result<Near, Contradiction> {
        let chosen = |at: u32| found.facts.contains(&at);
        let tolds = self.tolds(sides, &stage.world, &stage.candidates, &chosen);
        let witness = stage.witness(sides, difference, found, &tolds)?;
        let books = [sides[0].book, sides[1].book];
        let own = self.event_of.len() as u32;
        let stated = |at: u32| Stated::of(&books, &stage.candidates[at as usize]);
        let added = found.facts.iter().filter(|at| **at >= own);
        let left_out: Vec<u32> = (0..own).filter(|at| !chosen(*at)).collect();
        let gone: BTreeSet<usize> = left_out
            .iter()
            .map(|at| self.event_of[*at as usize])
            .collect();
        let kept = self.events.iter().enumerate();
        let kept = kept.filter(|(at, _)| !gone.contains(at));
        Ok(Near {
            witness,
            after: self.source.name.clone(),
            added: added.map(|at| stated(*at)).collect(),
            left_out: left_out.into_iter().map(stated).collect(),
            text: self.source.text.clone(),
            kept: kept.map(|(_, place)| place.clone()).collect(),
        })
    }
}

/// What is unlike anything in a scenario costs more.
fn strangeness(own: &[Candidate], one: &Candidate) -> u64 {
    let people: BTreeSet<&str> = own.iter().flat_map(Candidate::names).collect();
    let strangers = one.names().filter(|name| !people.contains(name)).count() as u64;
    let likeness = own.iter().filter(|other| other.predicate == one.predicate);
    let alike = likeness.map(|other| 1 + u64::from(other.arguments == one.arguments));
    unusual(one) + strangers * 500 + (2 - alike.max().unwrap_or(0)) * 100
}
