//! Scenarios held against their snapshots and expectations.

use super::attribution::{Attribution, Cause};
use super::cache::{Cache, Known};
use super::corpus::{Bench, Depth, Missed, Reply, Source, parallel};
use super::edit::{Comparison, Edit};
use super::family::{Because, Named};
use super::moves::{Kind, Move, moves};
use super::packed::Packed;
use super::page;
use super::pending::Pending;
use super::snapshot::Snapshot;
use super::term::hash;
use super::told::Told;
use crate::project::Project;
use crate::source::Sources;
use std::path::{Path, PathBuf};

/// How a scenario stands to its snapshot.
#[derive(Clone, Debug)]
pub enum State {
    /// As agreed.
    Same,
    /// It has no snapshot yet; its outcome as YAML.
    New(String),
    /// Its outcome is another one now.
    Moved {
        /// What moved.
        moves: Vec<Move>,
        /// Numbers for what was agreed to, and for the outcome.
        numbers: [u64; 2],
    },
    /// It has mistakes.
    Broken(Vec<String>),
    /// Its snapshot cannot be understood.
    Unreadable(String),
}

/// What was found of one scenario.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its file.
    pub path: PathBuf,
    /// Its text, under the name it has in messages.
    pub source: Source,
    /// How it stands to its snapshot.
    pub state: State,
    /// Expectations that are not met.
    pub missed: Vec<Missed>,
    /// How many expectations it has.
    pub expected: usize,
    /// It was known from an earlier run.
    pub cached: bool,
}

impl Checked {
    /// Whether anything but the reasons has moved.
    pub fn has_moved(&self, strict: bool) -> bool {
        match &self.state {
            State::Moved { moves, .. } => {
                strict || moves.iter().any(|one| one.kind != Kind::Reason)
            }
            _ => false,
        }
    }

    /// What waits for somebody to agree, if anything does.
    pub fn pending(&self, rules: u64, because: Vec<Because>) -> Option<Pending> {
        let (old, new, moves, body) = match &self.state {
            State::New(text) => (None, hash(text), Vec::new(), Some(text.clone())),
            State::Moved { moves, numbers } => {
                let moves = moves.iter().cloned().zip(because).collect();
                (Some(numbers[0]), numbers[1], moves, None)
            }
            _ => return None,
        };
        Some(Pending {
            scenario: self.source.name.clone(),
            text: hash(&self.source.text),
            old,
            rules,
            new,
            body,
            moves,
        })
    }
}

/// Holds scenarios against what is agreed; what the cache knows is not worked out again. `project` reads the rules when they
/// are first wanted.
///
/// # Errors
/// A file that cannot be read; rules that are not fit for use.
pub fn check<'p, E>(
    scenarios: Vec<(PathBuf, Source)>,
    cache: &mut Cache,
    mut project: impl FnMut() -> Result<&'p Project, E>,
    rules: u64,
) -> Result<Vec<Checked>, E> {
    if !cache.is_of(rules) {
        cache.turn_to(rules, project()?);
    }
    let numbers: Vec<usize> = (0..scenarios.len()).collect();
    let known = parallel(&numbers, &|| (), &|(), at| {
        let (path, source) = &scenarios[*at];
        known(path, source, cache)
    });
    let (mut open, mut paths, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (path, source)) in scenarios.iter().enumerate() {
        if known[at].is_none() {
            open.push(at);
            paths.push(path);
            sources.push(source);
        }
    }
    let mut made = vec![None; scenarios.len()];
    if !open.is_empty() {
        let bench = Bench::new(project()?);
        let judge = |at: usize, reply| judged(paths[at], sources[at], reply);
        let found = bench.each(&sources, Depth::Expectations, &judge);
        for (at, (one, known)) in open.into_iter().zip(found) {
            cache.set(&scenarios[at].1.name, known);
            made[at] = Some(one);
        }
    }
    let found = scenarios.into_iter().zip(known.into_iter().zip(made));
    let checked = found.filter_map(|((path, source), (known, made))| {
        let cached = known.is_some();
        let found = made.or(known.map(|expected| Found {
            state: State::Same,
            missed: Vec::new(),
            expected,
        }))?;
        Some(Checked {
            path,
            source,
            state: found.state,
            missed: found.missed,
            expected: found.expected,
            cached,
        })
    });
    Ok(checked.collect())
}

/// What is found of a scenario, apart from the scenario.
#[derive(Clone)]
struct Found {
    state: State,
    missed: Vec<Missed>,
    expected: usize,
}

/// The number of expectations of a scenario whose outcome is known, and is that of its snapshot.
fn known(path: &Path, source: &Source, cache: &Cache) -> Option<usize> {
    let known = cache.get(&source.name, hash(&source.text))?;
    let snapshot = Snapshot::load(path).ok()??;
    (snapshot.hash() == known.outcome).then_some(known.expected)
}

/// What is found, and what is to be remembered.
fn judged(path: &Path, source: &Source, reply: Reply) -> (Found, Option<Known>) {
    let judged = match reply {
        Reply::Told(judged) => judged,
        Reply::Broken(mistakes) => {
            let found = Found {
                state: State::Broken(mistakes),
                missed: Vec::new(),
                expected: 0,
            };
            return (found, None);
        }
    };
    let text = page::text(&judged.told);
    let fine = judged.unmet.is_empty();
    let known = fine.then(|| Known {
        text: hash(&source.text),
        outcome: hash(&text),
        expected: judged.expected,
        reach: Packed::of(&judged.reach),
    });
    let found = Found {
        state: state(path, &judged.told, text),
        missed: judged.unmet,
        expected: judged.expected,
    };
    (found, known)
}

fn state(path: &Path, told: &Told, text: String) -> State {
    let snapshot = match Snapshot::load(path) {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return State::New(text),
        Err(why) => return State::Unreadable(why.to_string()),
    };
    if snapshot.body == text {
        return State::Same;
    }
    match snapshot.told(path) {
        Ok(old) => State::Moved {
            moves: moves(&old, told),
            numbers: [snapshot.hash(), hash(&text)],
        },
        Err(why) => State::Unreadable(why.to_string()),
    }
}

/// Why each scenario moved, by trying the edits between an earlier version of the rules and this one.
pub fn because(checked: &[&Checked], old: Option<&Project>, new: &Project) -> Vec<Vec<Because>> {
    let moved: Vec<(&Source, &[Move])> = checked
        .iter()
        .map(|one| match &one.state {
            State::Moved { moves, .. } => (&one.source, moves.as_slice()),
            _ => (&one.source, &[][..]),
        })
        .collect();
    let Some(old) = old else {
        return moved
            .iter()
            .map(|(_, moves)| vec![Because::Unknown; moves.len()])
            .collect();
    };
    let comparison = Comparison::new(old, new);
    let causes = Attribution::new(&comparison).causes(&moved);
    let told = |causes: Vec<Cause>| {
        let told = causes
            .into_iter()
            .map(|cause| named(cause, &comparison.edits, &new.sources));
        told.collect()
    };
    causes.into_iter().map(told).collect()
}

/// A cause in words.
pub fn named(cause: Cause, edits: &[Edit], sources: &Sources) -> Because {
    let names = |numbers: Vec<usize>| {
        numbers
            .into_iter()
            .filter_map(|at| Some(name(edits.get(at)?, sources)))
            .collect()
    };
    match cause {
        Cause::Edits(edits) => Because::Edits(names(edits)),
        Cause::AnyOf(edits) => Because::AnyOf(names(edits)),
        Cause::Scenario => Because::Scenario,
        Cause::Unknown => Because::Unknown,
    }
}

/// An edit with its place.
pub fn name(edit: &Edit, sources: &Sources) -> Named {
    let place = edit.span().map(|span| {
        let line = sources.position(span).line;
        format!("{}:{line}", sources.get(span.source).name)
    });
    Named {
        name: edit.to_string(),
        place: place.unwrap_or_default(),
    }
}

/// A number for a text, as pending results and the cache know it.
pub fn text_number(text: &str) -> u64 {
    hash(text)
}
