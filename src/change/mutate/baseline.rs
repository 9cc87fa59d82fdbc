//! What the rules as they are make of the scenarios: that against which mutants are held.

use crate::case::Case;
use crate::change::corpus::{Source, each};
use crate::change::coverage::Examiner;
use crate::change::page;
use crate::change::reach::Reach;
use crate::change::snapshot::Snapshot;
use crate::change::told::Told;
use crate::check::Anew;
use crate::engine::{Engine, Options, Probes, Trace};
use crate::expect::verify;
use crate::model::fact::{Assume, Claim, PositionQuery, Scenario};
use crate::model::ids::{NormId, TreatyId};
use crate::project::Project;
use crate::syntax::ast::File;
use std::path::{Path, PathBuf};

/// One scenario under the rules as they are.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) source: Source,
    pub(super) scenario: Scenario,
    /// Its own clauses.
    pub(super) clauses: Option<File>,
    /// Its outcome; nothing if nobody has agreed to it.
    pub(super) outcome: Option<String>,
    pub(super) reach: Reach,
    /// What it shows of each norm.
    pub(super) traces: Vec<(NormId, Trace)>,
    /// Expectations of it speak of what follows if duties are performed.
    pub(super) assumes: bool,
    /// The treaties of which it expects a reason, or any.
    pub(super) explained: Vec<Option<TreatyId>>,
}

/// All scenarios under the rules as they are.
pub struct Baseline<'p> {
    pub(super) project: &'p Project,
    pub(super) anew: Anew<'p>,
    pub(super) known: Vec<Known>,
    /// For each norm, whether its trace shows every scenario to which leaving out a condition can matter.
    pub(super) exact: Vec<bool>,
    /// What is not as it should be: mutants prove nothing then.
    pub failing: Vec<String>,
}

impl<'p> Baseline<'p> {
    /// Applies the rules to the scenarios.
    pub fn new(project: &'p Project, scenarios: &[(PathBuf, Source)]) -> Self {
        let engine = Engine::new(&project.rulebook);
        let examiner = Examiner::new(project, &engine);
        let sources: Vec<&Source> = scenarios.iter().map(|(_, source)| source).collect();
        let paths: Vec<&Path> = scenarios.iter().map(|(path, _)| path.as_path()).collect();
        let path = |source: &Source| {
            let at = sources.iter().position(|own| own.name == source.name);
            at.map_or(Path::new(""), |at| paths[at])
        };
        let all = each(project, &sources, &|source, own| {
            one(&engine, &examiner, source, path(source), own)
        });
        let norms = 0..project.rulebook.norms.len() as u32;
        let exact = |norm| Probes::new(&project.rulebook, NormId(norm)).are_exact(&engine);
        let mut baseline = Self {
            project,
            anew: Anew::new(&project.files),
            known: Vec::new(),
            exact: norms.map(exact).collect(),
            failing: Vec::new(),
        };
        for found in all {
            match found {
                Ok(known) => baseline.known.push(known),
                Err(why) => baseline.failing.push(why),
            }
        }
        baseline
    }
}

fn one(
    engine: &Engine<'_>,
    examiner: &Examiner<'_>,
    source: &Source,
    path: &Path,
    own: &mut Project,
) -> Result<Known, String> {
    let name = &source.name;
    let case = Case::of_text(name, source.text.clone(), own);
    let Some(scenario) = &case.scenario else {
        return Err(format!("{name}: it has mistakes"));
    };
    let extended = case.own_rulebook.as_ref().map(Engine::new);
    let engine = extended.as_ref().unwrap_or(engine);
    let unmet = verify(engine, scenario, &Options::default());
    if let Some(unmet) = unmet.first() {
        return Err(format!(
            "{name}: {}: {}",
            unmet.expected,
            unmet.found.join(", ")
        ));
    }
    let mut outcome = engine.evaluate(scenario, &Options::default());
    let mut reach = Reach::of(&outcome);
    let explains = reach.everything;
    reach.everything = case.own_rulebook.is_some();
    let told = page::text(&Told::of(&mut outcome));
    let assumed = assumptions(scenario);
    for assume in &assumed {
        let options = Options {
            assume: assume.clone(),
            ..Options::default()
        };
        let further = Reach::of(&engine.evaluate(scenario, &options));
        reach.treaties.extend(further.treaties);
        reach.sentences.extend(further.sentences);
        reach.acts.extend(further.acts);
    }
    let snapshot = match Snapshot::load(path) {
        Ok(snapshot) => snapshot,
        Err(why) => return Err(format!("{name}: {why}")),
    };
    if snapshot
        .as_ref()
        .is_some_and(|snapshot| snapshot.body != told)
    {
        return Err(format!(
            "{name}: its outcome is not the one that was agreed to"
        ));
    }
    let assumes = !assumed.is_empty();
    drop(outcome);
    let traces = examiner.of(&case);
    Ok(Known {
        scenario: scenario.clone(),
        clauses: case.own_clauses,
        source: source.clone(),
        outcome: snapshot.map(|_| told),
        reach,
        traces: traces.unwrap_or_default(),
        assumes,
        explained: if explains {
            explained(scenario)
        } else {
            Vec::new()
        },
    })
}

/// Under which treaties something is expected.
fn explained(scenario: &Scenario) -> Vec<Option<TreatyId>> {
    let claims = scenario.expectations.iter().map(|one| &one.claim);
    let queries = claims.filter_map(|claim| match claim {
        Claim::Position(_, query) => Some(query),
        _ => None,
    });
    let of = |query: &PositionQuery| query.under.as_ref().and_then(|under| under.treaty);
    queries.map(of).collect()
}

fn assumptions(scenario: &Scenario) -> Vec<Assume> {
    let all = scenario.expectations.iter();
    let mut found: Vec<Assume> = Vec::new();
    for assume in all.filter_map(|one| one.assume.clone()) {
        if !found.contains(&assume) {
            found.push(assume);
        }
    }
    found
}
