//! Scenarios held against their snapshots and expectations.

use super::attribution::{Attribution, Cause};
use super::cache::{Cache, Known};
use super::corpus::{Bench, Depth, Judged, Missed, Reply, Source};
use super::edit::{Comparison, Edit};
use super::family::{Because, Named};
use super::moves::{Kind, Move, moves};
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
    /// It has no snapshot yet.
    New(Told),
    /// Its outcome is another one now.
    Moved {
        /// What moved.
        moves: Vec<Move>,
        /// The outcome.
        told: Told,
        /// What was agreed to.
        snapshot: Snapshot,
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
        let (old, told, moves, body) = match &self.state {
            State::New(told) => (None, told, Vec::new(), Some(page::text(told))),
            State::Moved {
                moves,
                told,
                snapshot,
            } => {
                let moves = moves.iter().cloned().zip(because).collect();
                (Some(snapshot.hash()), told, moves, None)
            }
            _ => return None,
        };
        Some(Pending {
            scenario: self.source.name.clone(),
            text: hash(&self.source.text),
            old,
            rules,
            new: hash(&page::text(told)),
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
    let mut checked: Vec<Option<Checked>> = Vec::new();
    let mut open = Vec::new();
    for (at, (path, source)) in scenarios.iter().enumerate() {
        let known = known(path, source, cache);
        if known.is_none() {
            open.push(at);
        }
        checked.push(known);
    }
    if !open.is_empty() {
        let bench = Bench::new(project()?);
        let sources: Vec<&Source> = open.iter().map(|at| &scenarios[*at].1).collect();
        for (at, reply) in open.iter().zip(bench.all(&sources, Depth::Expectations)) {
            let (path, source) = &scenarios[*at];
            let found = judged(path, source, reply, cache);
            checked[*at] = Some(found);
        }
    }
    Ok(checked.into_iter().flatten().collect())
}

/// A scenario whose outcome is known, and is that of its snapshot.
fn known(path: &Path, source: &Source, cache: &Cache) -> Option<Checked> {
    let known = cache.get(&source.name, hash(&source.text))?;
    let snapshot = Snapshot::load(path).ok()??;
    (snapshot.hash() == known.outcome).then(|| Checked {
        path: path.to_owned(),
        source: source.clone(),
        state: State::Same,
        missed: Vec::new(),
        expected: known.expected,
        cached: true,
    })
}

fn judged(path: &Path, source: &Source, reply: Reply, cache: &mut Cache) -> Checked {
    let mut found = Checked {
        path: path.to_owned(),
        source: source.clone(),
        state: State::Same,
        missed: Vec::new(),
        expected: 0,
        cached: false,
    };
    match reply {
        Reply::Broken(mistakes) => found.state = State::Broken(mistakes),
        Reply::Told(judged) => {
            let fine = judged.unmet.is_empty();
            let known = fine.then(|| Known {
                text: hash(&source.text),
                outcome: hash(&page::text(&judged.told)),
                expected: judged.expected,
                reach: judged.reach.clone(),
            });
            cache.set(&source.name, known);
            found.missed.clone_from(&judged.unmet);
            found.expected = judged.expected;
            found.state = state(path, judged);
        }
    }
    found
}

fn state(path: &Path, judged: Judged) -> State {
    let snapshot = match Snapshot::load(path) {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return State::New(judged.told),
        Err(why) => return State::Unreadable(why.to_string()),
    };
    if snapshot.body == page::text(&judged.told) {
        return State::Same;
    }
    match snapshot.told(path) {
        Ok(old) => State::Moved {
            moves: moves(&old, &judged.told),
            told: judged.told,
            snapshot,
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
