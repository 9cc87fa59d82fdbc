//! The engine against the naive evaluator, on random cases.

use super::generate::{Case, case};
use super::shrink::shrink;
use super::{NaivePosition, Outcome, Reading, all_readings};
use casus::calendar::Day;
use casus::engine::{self, Options};
use casus::extent::Extent;
use casus::model::fact::Status;
use casus::model::question::Question;
use std::fmt::Write as _;

/// Readings beyond this number are too many to try.
const MOST_READINGS: usize = 64;

/// What came of comparing a case.
pub(crate) enum Compared {
    Alike(Vec<Outcome>),
    Different(String),
    /// Too many readings, or not stratified.
    Passed,
}

/// Evaluates a case both ways, on every reading and day.
pub(crate) fn compare(case: &Case) -> Compared {
    let Ok(Some(readings)) = all_readings(
        &case.rulebook,
        &case.scenario,
        &case.assume,
        case.days,
        MOST_READINGS,
    ) else {
        return Compared::Passed;
    };
    let options = Options {
        as_of: Some(case.days.1),
        assume: case.assume.clone(),
        ..Options::default()
    };
    let found = engine::evaluate(&case.rulebook, &case.scenario, &options);
    let mut different = String::new();
    for (reading, naive) in &readings {
        for other in [false, true] {
            let fast = Fast {
                case,
                found: &found,
                reading,
                other,
            };
            fast.compare(naive, &mut different);
            if !different.is_empty() {
                let _ = write!(different, "on the reading {:?}", reading.0);
                return Compared::Different(different);
            }
        }
    }
    Compared::Alike(readings.into_iter().map(|(_, outcome)| outcome).collect())
}

/// The engine's outcome on one reading.
struct Fast<'a> {
    case: &'a Case,
    found: &'a engine::Outcome<'a>,
    reading: &'a Reading,
    /// The answer to questions that the naive evaluator did not reach.
    other: bool,
}

impl Fast<'_> {
    fn on(&self, extent: &Extent, day: Day) -> bool {
        self.found.space.holds(extent.at(day), &|question| {
            let question: Option<&Question> = self.found.questions.get_index(question as usize);
            question
                .and_then(|question| self.reading.0.get(question))
                .copied()
                .unwrap_or(self.other)
        })
    }

    fn compare(&self, naive: &Outcome, different: &mut String) {
        for position in &self.found.positions {
            let same = naive.positions.iter().find(|other| {
                other.norm == position.norm && other.act.arguments == position.arguments
            });
            self.compare_position(position, same, different);
            if !different.is_empty() {
                return;
            }
        }
        for position in naive.positions.iter().filter(|position| position.reported) {
            let known = self.found.positions.iter().any(|other| {
                position.norm == other.norm
                    && position.act.arguments == other.arguments
                    && !other.silent
            });
            if !known {
                let _ = writeln!(
                    different,
                    "the engine does not report norm {} {:?}",
                    position.norm.0,
                    self.names(&position.act.arguments)
                );
                return;
            }
        }
        for (index, days) in naive.in_force.iter().enumerate() {
            let treaty = casus::model::ids::TreatyId(index as u32);
            let Some(extent) = self.found.in_force(treaty) else {
                continue;
            };
            for (number, slow) in days.iter().enumerate() {
                let day = self.case.days.0.plus_days(number as i32);
                let fast = self.on(extent, day);
                if fast != *slow {
                    let _ = writeln!(
                        different,
                        "treaty {index} on {day}: engine in force {fast}, naive {slow}"
                    );
                    return;
                }
            }
        }
    }

    fn names(&self, arguments: &[Option<casus::model::ids::EntityId>]) -> Vec<String> {
        arguments
            .iter()
            .map(|who| who.map_or("-".into(), |who| self.case.rulebook.name(who)))
            .collect()
    }

    fn compare_position(
        &self,
        fast: &engine::Position,
        slow: Option<&NaivePosition>,
        different: &mut String,
    ) {
        let mut ever = false;
        for number in 0..=(self.case.days.1.0 - self.case.days.0.0) {
            let day = self.case.days.0.plus_days(number);
            let here = |extent: &Extent| self.on(extent, day);
            let arisen = here(&fast.arisen);
            ever |= arisen;
            let status = if !ever {
                Status::NotYet
            } else if here(&fast.discharged) {
                Status::Discharged
            } else if here(&fast.displaced) {
                Status::Displaced
            } else if here(&fast.suspended) {
                Status::Suspended
            } else if here(&fast.violated) {
                Status::Violated
            } else if here(&fast.fulfilled) {
                Status::Fulfilled
            } else if here(&fast.holds) {
                Status::InForce
            } else {
                Status::Lapsed
            };
            let engine = (arisen, here(&fast.holds), status);
            let naive = slow.map_or((false, false, Status::NotYet), |slow| {
                let state = slow.per_day[number as usize];
                (state.would_hold, state.holds, state.status)
            });
            if engine != naive {
                let _ = writeln!(
                    different,
                    "norm {} {:?} on {day}: engine {engine:?}, naive {naive:?} (would hold, holds, status)",
                    fast.norm.0,
                    self.names(&fast.arguments),
                );
                return;
            }
        }
    }
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
    let cases = number("CASUS_CASES").unwrap_or(if first.is_some() { 1 } else { 100 });
    let first = first.unwrap_or(0);
    let most = number("CASUS_DIFFERENCES").unwrap_or(1);
    let mut differences = Vec::new();
    for seed in first..first + cases {
        let compared = std::panic::catch_unwind(|| check(seed));
        match compared {
            Ok(Compared::Different(difference)) => differences.push(difference),
            Ok(_) => {}
            Err(_) => differences.push(format!("seed {seed}: a panic")),
        }
        if differences.len() as u64 >= most {
            break;
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n\n"));
}
