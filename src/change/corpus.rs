//! Many scenarios evaluated at once, on all processors, in an order that does not depend on them.

use super::reach::Reach;
use super::told::Told;
use crate::case::Case;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Engine, Options};
use crate::expect::verify;
use crate::model::fact::Scenario;
use crate::project::Project;
use crate::source::Sources;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A scenario as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path, as people know it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What became of one scenario.
#[derive(Clone, Debug)]
pub enum Reply {
    /// It was evaluated.
    Told(Judged),
    /// It has mistakes, as they are shown.
    Broken(Vec<String>),
}

/// An outcome, and what of the expectations is not met.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The outcome in lines.
    pub told: Told,
    /// Expectations that are not met.
    pub unmet: Vec<Missed>,
    /// How many expectations there are.
    pub expected: usize,
    /// What the outcome rests on.
    pub reach: Reach,
}

/// An expectation that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Line in the scenario.
    pub line: u32,
    /// What was expected.
    pub expected: String,
    /// What there is instead.
    pub found: Vec<String>,
}

/// How much to do with a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The outcome.
    Outcome,
    /// The outcome, and the expectations.
    Expectations,
}

/// What became of a scenario of which only some outcomes are wanted.
pub(super) enum Glance {
    /// It has mistakes.
    Broken,
    /// Its outcome was not wanted.
    Passed,
    /// Its outcome.
    Told(Told),
}

/// A rulebook made ready for many scenarios.
pub struct Bench<'p> {
    project: &'p Project,
    engine: Engine<'p>,
}

impl<'p> Bench<'p> {
    /// Makes a rulebook ready; it must be fit for use.
    pub fn new(project: &'p Project) -> Self {
        Self {
            project,
            engine: Engine::new(&project.rulebook),
        }
    }

    /// Evaluates scenarios, each by one of some threads, and does work on each reply as soon as it is there, so that no more
    /// of it is kept than the work makes of it. Results come in the order of the scenarios.
    pub fn each<T: Send>(
        &self,
        sources: &[&Source],
        depth: Depth,
        work: &(dyn Fn(usize, Reply) -> T + Sync),
    ) -> Vec<T> {
        let numbers: Vec<usize> = (0..sources.len()).collect();
        parallel(&numbers, &|| self.texts(), &|texts, at| {
            work(*at, self.reply(sources[*at], depth, texts))
        })
    }

    /// The outcomes of scenarios; nothing for one with mistakes.
    pub fn outcomes(&self, sources: &[&Source]) -> Vec<Option<Told>> {
        self.each(sources, Depth::Outcome, &|_, reply| match reply {
            Reply::Told(judged) => Some(judged.told),
            Reply::Broken(_) => None,
        })
    }

    /// The texts that scenarios join, for one worker.
    pub(super) fn texts(&self) -> Sources {
        self.project.sources.clone()
    }

    /// The outcome of one scenario, told only if it is wanted by what it rests on.
    pub(super) fn glance(
        &self,
        source: &Source,
        texts: &mut Sources,
        wanted: &dyn Fn(&Reach) -> bool,
    ) -> Glance {
        let glance = self.read(source, texts, |engine, scenario, own, _| {
            let mut outcome = engine.evaluate(scenario, &Options::default());
            if own || wanted(&Reach::of_outcome(&outcome)) {
                Glance::Told(Told::of(&mut outcome))
            } else {
                Glance::Passed
            }
        });
        glance.unwrap_or(Glance::Broken)
    }

    fn reply(&self, source: &Source, depth: Depth, texts: &mut Sources) -> Reply {
        let judged = self.read(source, texts, |engine, scenario, own, texts| {
            let mut outcome = engine.evaluate(scenario, &Options::default());
            let mut reach = Reach::of(&outcome);
            reach.everything |= own;
            let told = Told::of(&mut outcome);
            let unmet = if depth == Depth::Expectations {
                verify(engine, scenario, &Options::default())
            } else {
                Vec::new()
            };
            let unmet = unmet.into_iter().map(|unmet| Missed {
                line: texts.position(unmet.span).line,
                expected: unmet.expected,
                found: unmet.found,
            });
            Judged {
                told,
                unmet: unmet.collect(),
                expected: scenario.expectations.len(),
                reach,
            }
        });
        judged.map_or_else(Reply::Broken, Reply::Told)
    }

    /// Reads a scenario and works on it, with the engine that goes with it, which may be its own; else gives its mistakes.
    fn read<T>(
        &self,
        source: &Source,
        texts: &mut Sources,
        work: impl FnOnce(&Engine<'_>, &Scenario, bool, &Sources) -> T,
    ) -> Result<T, Vec<String>> {
        let count = texts.len();
        let case = Case::beside(&source.name, source.text.clone(), self.project, texts);
        let done = match &case.scenario {
            None => Err(told(&case.diagnostics, texts)),
            Some(scenario) => {
                let own = case.own_rulebook.as_ref().map(Engine::new);
                let engine = own.as_ref().unwrap_or(&self.engine);
                Ok(work(engine, scenario, own.is_some(), texts))
            }
        };
        texts.truncate(count);
        done
    }
}

/// Does work on each scenario, by one of some threads; results come in the order of the scenarios.
pub(super) fn each<T: Send>(
    project: &Project,
    sources: &[&Source],
    work: &(dyn Fn(&Source, &mut Project) -> T + Sync),
) -> Vec<T> {
    // Own clauses and sentences join the sources of a project: each worker has its own.
    let own = || project.clone();
    parallel(sources, &own, &|own, source| work(source, own))
}

/// Does work on each of some things, by one of some threads, each with tools of its own; results come in the order of the things.
/// This thread is one of them: for one thing there is no other.
pub(super) fn parallel<I: Sync, S, T: Send>(
    things: &[I],
    tools: &(dyn Fn() -> S + Sync),
    work: &(dyn Fn(&mut S, &I) -> T + Sync),
) -> Vec<T> {
    let workers = threads().min(things.len()).max(1);
    let next = AtomicUsize::new(0);
    let one = || {
        let mut tools = tools();
        let mut found = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(at) else {
                return found;
            };
            found.push((at, work(&mut tools, thing)));
        }
    };
    let mut found: Vec<(usize, T)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(one)).collect();
        let mut found = one();
        for worker in others {
            match worker.join() {
                Ok(done) => found.extend(done),
                // A defect of the program is one whichever thread meets it.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, result)| result).collect()
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

fn told(diagnostics: &[Diagnostic], texts: &Sources) -> Vec<String> {
    let errors = diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error);
    errors
        .map(|found| {
            let place = found.span().map(|span| texts.position(span));
            let line = place.map_or_else(String::new, |place| format!("{}: ", place.line));
            format!("{line}{} {}", found.code, found.message)
        })
        .collect()
}
