//! Mutants told to programs: as data, as findings, as cases of a test report.

use super::page::told;
use super::{Entry, Fate, Judged, Score, Survivors, Unasked};
use crate::change::data::{Data, json};
use crate::report::finding::{Finding, Level, TestCase};
use crate::source::{Sources, Span};
use rustc_hash::FxHashSet;

/// As data: `casus-mutate/1`.
pub fn data(judged: &[Judged], sources: &Sources) -> Data {
    let score = Score::of(judged);
    let survivors = Survivors::of(judged, false);
    let spans = survivors.unasked.iter().map(|one| one.dropped.mutant.span);
    let spans: FxHashSet<Span> = spans.collect();
    let mutants = judged.iter().map(|one| {
        let unasked = one.survives() && spans.contains(&one.mutant.span);
        mutant(one, unasked, sources)
    });
    let unasked = survivors.unasked.iter();
    json!({
        "format": "casus-mutate/1",
        "asserted_percent": score.asserted_percent(),
        "snapshot_percent": score.snapshot_percent(),
        "unasked": unasked.map(|one| provision(one, sources)).collect::<Vec<_>>(),
        "mutants": mutants.collect::<Vec<_>>(),
    })
}

fn provision(one: &Unasked<'_>, sources: &Sources) -> Data {
    let mutant = &one.dropped.mutant;
    let (fate, scenario) = fate(&one.dropped.fate);
    json!({
        "clause": mutant.clause,
        "file": sources.get(mutant.span.source).name,
        "line": sources.position(mutant.span).line,
        "kind": mutant.kind(),
        "text": mutant.old,
        "survivors": one.survivors,
        "fate": fate,
        "scenario": scenario,
    })
}

fn mutant(one: &Judged, unasked: bool, sources: &Sources) -> Data {
    let mutant = &one.mutant;
    let (fate, scenario) = fate(&one.fate);
    json!({
        "clause": mutant.clause,
        "file": sources.get(mutant.span.source).name,
        "line": sources.position(mutant.span).line,
        "operator": mutant.operator,
        "wording": Entry::of(mutant).wording,
        "old": mutant.old,
        "new": mutant.new,
        "fate": fate,
        "why": told(&one.fate),
        "scenario": scenario,
        "allowed": one.allowed,
        "unasked": unasked,
    })
}

/// What has become of a mutant, in one word, and a scenario that kills it.
fn fate(of: &Fate) -> (&'static str, Option<String>) {
    match of {
        Fate::Invalid => ("invalid", None),
        Fate::Asserted(name) => ("killed-by-expect", Some(name.clone())),
        Fate::Snapshot(name) => ("killed-by-snapshot", Some(name.clone())),
        Fate::Equal => ("equal", None),
        Fate::Gap(witness) => ("survived", Some(witness.scenario("Proposed"))),
        Fate::Bounded(_) | Fate::Inconclusive(_) => ("not-decided", None),
    }
}

/// What nobody asks about, and each other survivor, as a finding.
pub fn findings(survivors: &Survivors<'_>, sources: &Sources) -> Vec<Finding> {
    let finding = |kind, one: &Judged, message, text: &str| Finding {
        kind,
        level: Level::Warning,
        message,
        steps: Vec::new(),
        details: vec![text.to_owned(), told(&one.fate)],
        file: sources.get(one.mutant.span.source).name.clone(),
        line: sources.position(one.mutant.span).line,
    };
    let unasked = survivors.unasked.iter().map(|one| {
        let mutant = &one.dropped.mutant;
        let message = format!("{}: {}", mutant.clause, one.words());
        finding("unasked", one.dropped, message, &mutant.old)
    });
    let single = survivors.single.iter().map(|one| {
        let Judged { mutant, .. } = one;
        let what = &mutant.operator;
        let message = format!("{}: no scenario notices: {what}", mutant.clause);
        finding("mutant", one, message, &mutant.new)
    });
    unasked.chain(single).collect()
}

/// What nobody asks about as a case that fails; each other mutant as one that fails if it survives.
pub fn cases(judged: &[Judged], survivors: &Survivors<'_>) -> Vec<TestCase> {
    let unasked = survivors.unasked.iter().map(|one| {
        let mutant = &one.dropped.mutant;
        let name = format!("{}: {}", mutant.clause, one.words());
        case(name, Some((told(&one.dropped.fate), mutant.old.clone())))
    });
    let name = |one: &Judged| format!("{}: {}", one.mutant.clause, one.mutant.operator);
    let passed = judged
        .iter()
        .filter(|one| !one.survives() && !matches!(one.fate, Fate::Invalid | Fate::Equal));
    let passed = passed.map(|one| case(name(one), None));
    let failed = survivors.single.iter();
    let failed = failed.map(|one| case(name(one), Some((told(&one.fate), one.mutant.new.clone()))));
    unasked.chain(failed).chain(passed).collect()
}

fn case(name: String, failure: Option<(String, String)>) -> TestCase {
    TestCase {
        name,
        failures: failure.into_iter().collect(),
    }
}
