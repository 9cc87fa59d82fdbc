//! Which clauses, exceptions, conditions, dates and deadlines the scenarios of a corpus test, and what none of them does.

mod hole;
mod html;
mod item;
mod outright;
mod page;
mod traces;

pub use hole::{Label, Proposal, label};
pub use html::page as html;
pub use item::{Aim, Clause, Item, Kind, Treaty};
pub use page::{Tally, cases, data, findings, percent, summary, text};

use super::corpus::Source;
use crate::engine::{Engine, Trace};
use crate::model::ids::NormId;
use crate::project::Project;
pub(super) use traces::Examiner;

/// What a corpus tests of a rulebook.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Treaty by treaty; general definitions last.
    pub treaties: Vec<Treaty>,
    /// How many scenarios were looked at.
    pub scenarios: usize,
    /// Scenarios with mistakes, which test nothing.
    pub broken: Vec<String>,
}

/// Applies the rules to scenarios and looks what each shows.
pub fn coverage(project: &Project, sources: &[&Source]) -> Coverage {
    let engine = Engine::new(&project.rulebook);
    let examiner = Examiner::new(project, &engine);
    let mut coverage = Coverage {
        treaties: item::treaties(project, &engine.record()),
        scenarios: sources.len(),
        broken: Vec::new(),
    };
    let shown = examiner.all(sources);
    let mut by_norm: Vec<Vec<(usize, Trace)>> = vec![Vec::new(); project.rulebook.norms.len()];
    for (at, traces) in shown.into_iter().enumerate() {
        let Some(traces) = traces else {
            coverage.broken.push(sources[at].name.clone());
            continue;
        };
        for (norm, trace) in traces {
            by_norm[norm.index()].push((at, trace));
        }
    }
    for item in coverage.items_mut() {
        item.seen = seen(item, &by_norm).map(|at| sources[at].name.clone());
    }
    coverage
}

/// The first scenario that shows what an item is about.
fn seen(item: &Item, by_norm: &[Vec<(usize, Trace)>]) -> Option<usize> {
    let shows = |norm: NormId| {
        let all = by_norm[norm.index()].iter();
        all.filter(move |(_, trace)| item.aim.is_met(norm, trace))
            .map(|(at, _)| *at)
            .min()
    };
    item.aim.norms().into_iter().filter_map(shows).min()
}

impl Coverage {
    fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        let clauses = self
            .treaties
            .iter_mut()
            .flat_map(|treaty| &mut treaty.clauses);
        clauses.flat_map(|clause| &mut clause.items)
    }
}
