//! Results of commands on rules and their changes as JSON: `casus-test/1`, `casus-diff/1`, `casus-lint/1`.

use super::ask::{self, Beyond};
use super::data::{Data, json};
use super::edit::Edit;
use super::family::Family;
use super::lint::Report;
use super::pending::Pending;
use super::screen::{edit_data, family_data};
use super::trial::{Checked, State};
use crate::report::finding::{Finding, Level};
use crate::source::Sources;

/// A result as data.
pub type Document = Data;

/// What `casus test` found.
pub fn test(
    checked: &[Checked],
    waiting: &[Pending],
    families: &[Family],
    uncovered: &[String],
    left_over: &[String],
) -> String {
    let names = |of: &dyn Fn(&Checked) -> bool| -> Vec<&str> {
        let found = checked.iter().filter(|one| of(one));
        found.map(|one| one.source.name.as_str()).collect()
    };
    let name = |at: usize| {
        waiting
            .get(at)
            .map_or_else(String::new, |pending| pending.scenario.clone())
    };
    let all = families.iter().enumerate();
    let whole = json!({
        "format": "casus-test/1",
        "scenarios": checked.len(),
        "known": checked.iter().filter(|one| one.cached).count(),
        "as_agreed": names(&|one| matches!(one.state, State::Same) && one.missed.is_empty()).len(),
        "moved": names(&|one| one.has_moved(true)),
        "without_snapshot": names(&|one| matches!(one.state, State::New(_))),
        "not_as_expected": missed(checked),
        "mistakes": mistakes(checked),
        "families": all.map(|(at, family)| family_data(at + 1, family, name)).collect::<Vec<_>>(),
        "not_on_record": uncovered,
        "left_over": left_over,
    });
    format!("{whole:#}")
}

fn missed(checked: &[Checked]) -> Vec<Data> {
    let all = checked
        .iter()
        .flat_map(|one| one.missed.iter().map(move |missed| (one, missed)));
    all.map(|(one, missed)| {
        json!({
            "scenario": one.source.name,
            "line": missed.line,
            "expected": missed.expected,
            "found": missed.found,
        })
    })
    .collect()
}

fn mistakes(checked: &[Checked]) -> Vec<Data> {
    let all = checked.iter().filter_map(|one| match &one.state {
        State::Broken(mistakes) => Some(json!({"scenario": one.source.name, "mistakes": mistakes})),
        State::Unreadable(why) => Some(json!({"scenario": one.source.name, "mistakes": [why]})),
        _ => None,
    });
    all.collect()
}

/// What `casus diff` found in the corpus, and beyond it if that was asked.
pub fn diff(
    edits: &[Edit],
    untouched: &[Edit],
    sources: &Sources,
    scenarios: usize,
    families: &[Family],
    name: impl Fn(usize) -> String + Copy,
    beyond: Option<&Beyond>,
) -> Document {
    let told = |edits: &[Edit]| -> Vec<Data> {
        edits.iter().map(|edit| edit_data(edit, sources)).collect()
    };
    let all = families.iter().enumerate();
    json!({
        "format": "casus-diff/1",
        "edits": told(edits),
        "reworded": told(untouched),
        "corpus": {
            "scenarios": scenarios,
            "families": all.map(|(at, family)| family_data(at + 1, family, name)).collect::<Vec<_>>(),
        },
        "beyond": beyond.map(ask::document),
    })
}

/// What `casus lint` found.
pub fn lint(report: &Report, findings: &[Finding], parties: usize) -> Document {
    let one = |finding: &Finding| {
        json!({
            "code": finding.kind,
            "level": match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
            },
            "message": finding.message,
            "details": finding.details,
            "file": finding.file,
            "line": finding.line,
        })
    };
    let treaties = report.treaties.iter().map(|(name, _)| name);
    json!({
        "format": "casus-lint/1",
        "parties": parties,
        "treaties": treaties.collect::<Vec<_>>(),
        "findings": findings.iter().map(one).collect::<Vec<_>>(),
        "inconclusive": report.inconclusive,
        "in_parts": report.apart,
    })
}
