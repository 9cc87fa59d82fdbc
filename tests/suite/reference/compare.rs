//! The engine against the naive evaluator, on random cases.

use super::conflict::Clashes;
use super::generate::{Case, case};
use super::shrink::shrink;
use super::state::Key;
use super::{DayState, NaivePosition, Outcome, Reading, readings};
use casus::calendar::Day;
use casus::engine::{self, Options};
use casus::extent::{Extent, Readings};
use casus::model::fact::{PositionQuery, Status};
use casus::model::ids::{EntityId, NormId, TreatyId};
use casus::model::norm::{Head, Modality};
use casus::model::question::Question;
use casus::model::rulebook::Rulebook;
use casus::model::vocabulary::SLOTS;
use std::collections::BTreeSet;

/// Readings beyond this number are too many to try all of them.
const MOST_READINGS: usize = 32;
/// So many of them are tried then.
const SAMPLE: usize = 10;

/// What came of comparing a case.
pub(crate) enum Compared {
    Alike,
    /// On a sample of very many readings.
    AlikeInPart,
    Different(String),
}

/// Evaluates a case both ways, on every reading and day.
pub(crate) fn compare(case: &Case) -> Compared {
    let (rulebook, scenario, assume) = (&case.rulebook, &case.scenario, &case.assume);
    let bounds = (MOST_READINGS, SAMPLE);
    let Ok(readings) = readings(rulebook, scenario, assume, case.days, bounds) else {
        panic!("something depends on its own absence");
    };
    let options = Options {
        as_of: Some(case.days.1),
        assume: assume.clone(),
        ..Options::default()
    };
    let questions = questions(rulebook, &readings.outcomes);
    let asking = Options {
        asked: questions.clone(),
        ..options.clone()
    };
    for (options, questions) in [(options, &[][..]), (asking, &questions)] {
        let found = engine::evaluate(rulebook, scenario, &options);
        let all = All {
            case,
            found: &found,
            readings: &readings.outcomes,
        };
        let difference = all.difference().or_else(|| all.unanswered(questions));
        if let Some(difference) = difference {
            let asked = if questions.is_empty() {
                ""
            } else {
                "asked about everything, "
            };
            return Compared::Different(format!("{asked}{difference}"));
        }
    }
    if readings.sampled {
        Compared::AlikeInPart
    } else {
        Compared::Alike
    }
}

/// A question about each position that the naive evaluator found on the first reading.
fn questions(rulebook: &Rulebook, readings: &[(Reading, Outcome)]) -> Vec<PositionQuery> {
    let found = readings.iter().take(1);
    found
        .flat_map(|(_, naive)| &naive.positions)
        .filter(|position| is_asked_about(rulebook, position))
        .map(|position| PositionQuery {
            modality: Modality::Duty,
            bearer: position.act.arguments[0],
            act: position.act.clone(),
            under: None,
            text: String::new(),
        })
        .collect()
}

/// Norms with `when` that concern nobody named in the scenario are left aside (C25).
fn is_asked_about(rulebook: &Rulebook, position: &NaivePosition) -> bool {
    position.reported || !rulebook.norm(position.norm).triggered
}

/// A position by norm and roles.
type Id = (NormId, [Option<EntityId>; SLOTS]);

fn id(position: &engine::Position) -> Id {
    (position.norm, position.arguments)
}

fn id_of(key: &Key) -> Id {
    (key.norm, key.arguments)
}

/// The engine's outcome, and the naive one on every reading.
struct All<'a> {
    case: &'a Case,
    found: &'a engine::Outcome<'a>,
    readings: &'a [(Reading, Outcome)],
}

impl All<'_> {
    /// The first difference.
    fn difference(&self) -> Option<String> {
        for (reading, naive) in self.readings {
            // The answer to questions that the naive evaluator did not reach makes no difference.
            for other in [false, true] {
                let one = One {
                    all: self,
                    reading,
                    other,
                };
                if let Some(difference) = one.difference(naive) {
                    return Some(format!("{difference}\non the reading {:?}", reading.0));
                }
            }
        }
        self.depths().or_else(|| self.reports())
    }

    /// Depth is one number for all readings, and so can be told where there is one only.
    fn depths(&self) -> Option<String> {
        let [(_, naive)] = self.readings else {
            return None;
        };
        naive.positions.iter().find_map(|slow| {
            let mut all = self.found.positions.iter();
            let fast = all.find(|fast| slow.id() == id(fast))?;
            (fast.depth != slow.depth).then(|| {
                let name = self.name(slow.id());
                format!(
                    "depth of {name}: engine {}, naive {}",
                    fast.depth, slow.depth
                )
            })
        })
    }

    /// On one reading, what the engine reports is what is to be reported.
    fn reports(&self) -> Option<String> {
        let [(_, naive)] = self.readings else {
            return None;
        };
        // What arises after the days compared may engage what was in force before.
        if self.found.horizon > self.case.days.1 {
            return None;
        }
        let reported = |position: &engine::Position| {
            let mut own = naive.positions.iter();
            own.any(|naive| naive.id() == id(position) && naive.reported)
        };
        let (first, last) = self.case.days;
        let ever = |position: &&engine::Position| {
            let mut days = first.0..=last.0;
            days.any(|day| position.arisen.at(Day(day)) != Readings::NONE)
        };
        let loud = self
            .found
            .positions
            .iter()
            .filter(|position| !position.silent);
        loud.filter(ever)
            .find(|position| !reported(position))
            .map(|position| format!("the engine reports {}", self.name(id(position))))
    }

    /// A position that was asked about and that the engine leaves out.
    fn unanswered(&self, questions: &[PositionQuery]) -> Option<String> {
        let (_, naive) = self.readings.first().filter(|_| !questions.is_empty())?;
        let found: BTreeSet<Id> = self.found.positions.iter().map(id).collect();
        let asked = naive.positions.iter();
        let mut asked = asked.filter(|one| is_asked_about(&self.case.rulebook, one));
        let missing = asked.find(|slow| !found.contains(&slow.id()))?;
        Some(format!(
            "the engine does not know {}",
            self.name(missing.id())
        ))
    }

    fn name(&self, (norm, arguments): Id) -> String {
        let name =
            |who: &Option<EntityId>| who.map_or("-".into(), |who| self.case.rulebook.name(who));
        let names: Vec<String> = arguments.iter().map(name).collect();
        format!("norm {} ({})", norm.0, names.join(" "))
    }
}

/// Both on one reading.
struct One<'a> {
    all: &'a All<'a>,
    reading: &'a Reading,
    /// The answer to all other questions.
    other: bool,
}

impl One<'_> {
    fn on(&self, extent: &Extent, day: Day) -> bool {
        self.is(extent.at(day))
    }

    fn is(&self, readings: Readings) -> bool {
        let found = self.all.found;
        found.space.holds(readings, &|question| {
            let question: Option<&Question> = found.questions.get_index(question as usize);
            question
                .and_then(|question| self.reading.0.get(question))
                .copied()
                .unwrap_or(self.other)
        })
    }

    fn days(&self) -> impl Iterator<Item = (usize, Day)> {
        let (first, last) = self.all.case.days;
        (0..=(last.0 - first.0)).map(move |number| (number as usize, first.plus_days(number)))
    }

    fn difference(&self, naive: &Outcome) -> Option<String> {
        let positions = &self.all.found.positions;
        positions
            .iter()
            .find_map(|fast| {
                let mut own = naive.positions.iter();
                self.position(fast, own.find(|slow| slow.id() == id(fast)))
            })
            .or_else(|| self.silence(naive))
            .or_else(|| {
                self.days()
                    .find_map(|(number, day)| self.treaties(naive, number, day))
            })
            .or_else(|| {
                let mut days = self.days();
                days.find_map(|(number, day)| self.clashes(&naive.clashes[number], day))
            })
    }

    /// What the engine leaves out.
    fn silence(&self, naive: &Outcome) -> Option<String> {
        let reported = naive.positions.iter().filter(|position| position.reported);
        reported
            .filter(|slow| {
                let mut own = self.all.found.positions.iter();
                !own.any(|fast| slow.id() == id(fast) && !fast.silent)
            })
            .map(|slow| format!("the engine does not report {}", self.all.name(slow.id())))
            .next()
    }

    fn treaties(&self, naive: &Outcome, number: usize, day: Day) -> Option<String> {
        naive.bound[number]
            .iter()
            .enumerate()
            .find_map(|(index, slow)| {
                let treaty = TreatyId(index as u32);
                let in_force = self.on(self.all.found.in_force(treaty)?, day);
                let members = self.all.found.members(treaty).into_iter();
                let bound = members.filter(|(_, extent)| self.on(extent, day));
                let mut bound: Vec<EntityId> = bound.map(|(who, _)| who).collect();
                bound.sort();
                bound.dedup();
                let fast = in_force.then_some(bound);
                (fast != *slow).then(|| {
                    format!("bound by treaty {index} on {day}: engine {fast:?}, naive {slow:?}")
                })
            })
    }

    fn clashes(&self, slow: &Clashes, day: Day) -> Option<String> {
        let found = self.all.found;
        let known: BTreeSet<Id> = found.positions.iter().map(id).collect();
        let both = |one: &Key, other: &Key| {
            let pair = (id_of(one), id_of(other));
            (known.contains(&pair.0) && known.contains(&pair.1)).then_some(pair)
        };
        let pairs = |list: &[engine::Conflict]| -> BTreeSet<(Id, Id)> {
            let here = list.iter().filter(|clash| self.on(&clash.extent, day));
            here.map(|clash| {
                (
                    id(found.position(clash.one)),
                    id(found.position(clash.other)),
                )
            })
            .collect()
        };
        let sorted = |(one, other): (Id, Id)| (one.min(other), one.max(other));
        let naive: BTreeSet<_> = slow
            .conflicts
            .iter()
            .filter_map(|(one, other)| both(one, other))
            .collect();
        let engine: BTreeSet<_> = pairs(&found.conflicts).into_iter().map(sorted).collect();
        let conflicts = self.pairs("conflict", day, &engine, &naive);
        let naive: BTreeSet<_> = slow
            .limits
            .iter()
            .filter_map(|(one, other)| both(one, other))
            .collect();
        let limits = self.pairs("limit", day, &pairs(&found.limits), &naive);
        let naive: BTreeSet<_> = slow
            .displaced
            .iter()
            .filter_map(|(loser, winner, ground)| {
                Some((both(loser, winner)?, format!("{ground:?}")))
            })
            .collect();
        let engine: BTreeSet<_> = found
            .positions
            .iter()
            .flat_map(|loser| loser.fate().displaced_by.iter().map(move |by| (loser, by)))
            .filter(|(_, by)| self.on(&by.extent, day))
            .map(|(loser, by)| {
                (
                    (id(loser), id(found.position(by.by))),
                    format!("{:?}", by.ground),
                )
            })
            .collect();
        conflicts.or(limits).or_else(|| {
            let ((pair, ground), who) = first_difference(&engine, &naive)?;
            Some(format!(
                "on {day} only {who} has {} displaced by {} ({ground})",
                self.all.name(pair.0),
                self.all.name(pair.1)
            ))
        })
    }

    fn pairs(
        &self,
        what: &str,
        day: Day,
        engine: &BTreeSet<(Id, Id)>,
        naive: &BTreeSet<(Id, Id)>,
    ) -> Option<String> {
        let ((one, other), who) = first_difference(engine, naive)?;
        let (one, other) = (self.all.name(*one), self.all.name(*other));
        Some(format!(
            "on {day} only {who} has a {what} of {one} and {other}"
        ))
    }

    fn position(&self, fast: &engine::Position, slow: Option<&NaivePosition>) -> Option<String> {
        let mut since = None;
        for (number, day) in self.days() {
            let engine = self.state(fast, day, &mut since);
            let naive = slow.map_or(
                DayState {
                    day,
                    holds: false,
                    would_hold: false,
                    status: Status::NotYet,
                    due: None,
                },
                |slow| {
                    let state = slow.per_day[number];
                    let due = state.due.filter(|(_, last)| *last >= day);
                    DayState { due, ..state }
                },
            );
            if engine != naive {
                let name = self.all.name(id(fast));
                return Some(format!("{name}:\n engine {engine:?}\n naive  {naive:?}"));
            }
        }
        None
    }

    /// `since`: when it last arose.
    fn state(&self, fast: &engine::Position, day: Day, since: &mut Option<Day>) -> DayState {
        let here = |extent: &Extent| self.on(extent, day);
        let would_hold = here(&fast.arisen);
        let here_before = self.on(&fast.arisen, day.previous());
        if would_hold && (since.is_none() || !here_before) {
            *since = Some(day);
        }
        let status = if since.is_none() {
            Status::NotYet
        } else if here(&fast.fate().discharged) {
            Status::Discharged
        } else if here(&fast.fate().displaced) {
            Status::Displaced
        } else if here(&fast.fate().suspended) {
            Status::Suspended
        } else if here(&fast.fate().violated) {
            Status::Violated
        } else if here(&fast.fate().fulfilled) {
            Status::Fulfilled
        } else if here(&fast.holds) {
            Status::InForce
        } else {
            Status::Lapsed
        };
        let rulebook = &self.all.case.rulebook;
        let is_duty = matches!(&rulebook.norm(fast.norm).head, Head::Position(head) if head.modality == Modality::Duty);
        let due = fast
            .due
            .iter()
            .rev()
            .find(|due| due.arose <= day && self.is(due.readings) && Some(due.arose) >= *since);
        let due =
            due.filter(|due| is_duty && would_hold && due.arose > Day::FIRST && due.last >= day);
        DayState {
            day,
            holds: here(&fast.holds),
            would_hold,
            status,
            due: due.map(|due| (due.arose, due.last)),
        }
    }
}

/// What only one of the two has, and which.
fn first_difference<'s, T: Ord>(
    engine: &'s BTreeSet<T>,
    naive: &'s BTreeSet<T>,
) -> Option<(&'s T, &'static str)> {
    let fast = engine
        .difference(naive)
        .next()
        .map(|only| (only, "the engine"));
    fast.or_else(|| Some((naive.difference(engine).next()?, "the naive evaluator")))
}

/// Compares the case of a seed; a difference is shrunk and told.
fn check(seed: u64) -> Compared {
    let case = case(seed);
    match compare(&case) {
        Compared::Different(_) => {
            let least = shrink(&case);
            let Compared::Different(difference) = compare(&least) else {
                panic!("seed {seed}: lost in shrinking");
            };
            let told = super::tell::tell(&least);
            Compared::Different(format!("seed {seed}\n{difference}\n{told}"))
        }
        same => same,
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// `CASUS_CASES=100000 cargo test --profile cases --test suite engine_agrees` tries more; with `CASUS_SEED=n`
/// that many from there on, or that one.
#[test]
fn engine_agrees_with_the_naive_evaluator() {
    let first = number("CASUS_SEED");
    let cases = number("CASUS_CASES").unwrap_or(if first.is_some() { 1 } else { 800 });
    let first = first.unwrap_or(0);
    let most = number("CASUS_DIFFERENCES").unwrap_or(1);
    let (mut differences, mut in_part) = (0, 0);
    for seed in first..first + cases {
        match std::panic::catch_unwind(|| check(seed)) {
            Ok(Compared::Different(difference)) => {
                println!("{difference}\n");
                differences += 1;
            }
            Ok(Compared::Alike) => {}
            Ok(Compared::AlikeInPart) => in_part += 1,
            Err(_) => differences += 1,
        }
        if differences >= most {
            break;
        }
        let done = seed + 1 - first;
        if done % 10_000 == 0 || done == cases {
            println!("{done} cases, {in_part} of them on a sample of very many readings");
        }
    }
    assert_eq!(differences, 0, "differences, told above");
}
