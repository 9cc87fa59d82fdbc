//! What each scenario shows of each norm.

use crate::calendar::Day;
use crate::case::Case;
use crate::change::corpus::{Source, each};
use crate::engine::{Engine, Options, Position, Probes, Trace};
use crate::model::fact::Scenario;
use crate::model::ids::NormId;
use crate::model::norm::Head;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::project::Project;
use crate::source::Span;
use crate::wording;
use rustc_hash::FxHashMap;

/// A rulebook made ready to be asked what scenarios show of it.
pub(in crate::change) struct Examiner<'p> {
    project: &'p Project,
    engine: &'p Engine<'p>,
    probes: Vec<Probes>,
    numbers: FxHashMap<(Span, u32), NormId>,
}

impl<'p> Examiner<'p> {
    pub(in crate::change) fn new(project: &'p Project, engine: &'p Engine<'p>) -> Self {
        Self {
            project,
            engine,
            probes: probes(&project.rulebook),
            numbers: numbers(&project.rulebook)
                .into_iter()
                .zip((0..).map(NormId))
                .collect(),
        }
    }

    /// For each scenario what it shows; nothing for one with mistakes.
    pub(super) fn all(&self, sources: &[&Source]) -> Vec<Option<Vec<(NormId, Trace)>>> {
        each(self.project, sources, &|source, own| self.one(source, own))
    }

    /// What one scenario shows. Its text joins the sources of the project.
    pub(super) fn one(&self, source: &Source, own: &mut Project) -> Option<Vec<(NormId, Trace)>> {
        let case = Case::of_text(&source.name, source.text.clone(), own);
        self.of(&case)
    }

    /// What a scenario that was read shows.
    pub(in crate::change) fn of(&self, case: &Case) -> Option<Vec<(NormId, Trace)>> {
        let scenario = case.scenario.as_ref()?;
        let Some(extended) = &case.own_rulebook else {
            return Some(traces(self.engine, scenario, &self.probes));
        };
        let found = traces(&Engine::new(extended), scenario, &probes(extended));
        let numbers = numbers(extended);
        let known = |(norm, trace): (NormId, Trace)| {
            Some((*self.numbers.get(&numbers[norm.index()])?, trace))
        };
        Some(found.into_iter().filter_map(known).collect())
    }
}

/// Whether a position holds for somebody whom a sentence can name.
fn is_named(position: &Position) -> bool {
    position.arguments[0].is_some() && !position.silent
}

impl Examiner<'_> {
    /// What the positions of a norm demand in a scenario, each as a sentence with the day on which it arises.
    pub(super) fn demands(
        &self,
        source: &Source,
        norms: &[NormId],
        own: &mut Project,
    ) -> Vec<(String, Day)> {
        let case = Case::of_text(&source.name, source.text.clone(), own);
        let Some(scenario) = &case.scenario else {
            return Vec::new();
        };
        let book = &self.project.rulebook;
        let outcome = self.engine.evaluate(scenario, &Options::default());
        let positions = outcome.positions.iter();
        let open =
            positions.filter(|position| norms.contains(&position.norm) && is_named(position));
        let demand = |position: &Position| {
            let Head::Position(head) = &book.norm(position.norm).head else {
                return None;
            };
            let atom = Atom {
                predicate: head.act.predicate,
                arguments: position.arguments,
                place: None,
                amount: head.act.amount.clone(),
            };
            Some((wording::atom(book, &atom), position.start.first_day()?))
        };
        open.filter_map(demand).collect()
    }
}

fn probes(book: &Rulebook) -> Vec<Probes> {
    let all = 0..book.norms.len() as u32;
    all.map(|norm| Probes::new(book, NormId(norm))).collect()
}

fn traces(engine: &Engine, scenario: &Scenario, probes: &[Probes]) -> Vec<(NormId, Trace)> {
    let mut inspection = engine.inspect(scenario, &Options::default());
    let mut found = Vec::new();
    for probes in probes {
        if inspection.counts(probes) {
            let trace = inspection.trace(probes);
            if !trace.is_empty() {
                found.push((probes.norm, trace));
            }
        }
    }
    found
}

/// By what a norm is known when clauses of a scenario join the rulebook: its clause, and its number among the norms of that.
fn numbers(book: &Rulebook) -> Vec<(Span, u32)> {
    let mut next: FxHashMap<Span, u32> = FxHashMap::default();
    let number = |span: Span| {
        let next = next.entry(span).or_default();
        *next += 1;
        (span, *next)
    };
    book.norms
        .iter()
        .map(|norm| norm.span)
        .map(number)
        .collect()
}
