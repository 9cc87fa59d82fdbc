//! Findings about clauses that can be read and used: each rests on a question that was asked of every scenario of a small world.

use super::allowance::allow;
use super::ask::{
    Answer, Bounds, Clash, Clinic, Contradiction, Example, Findings, Rivalry, Verdict, Versions,
    wants_performance,
};
use crate::diagnostic::codes::finding as codes;
use crate::diagnostic::{Diagnostic, sort};
use crate::model::condition::Condition;
use crate::model::ids::TreatyId;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::wording;
use std::collections::BTreeSet;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, allowed ones left out.
    pub findings: Vec<Diagnostic>,
    /// Treaties about which it could not be found out.
    pub inconclusive: Vec<String>,
    /// Treaties that have so much in them that they were examined in parts.
    pub apart: Vec<String>,
    /// The treaties that were examined, each with its file.
    pub treaties: Vec<(String, String)>,
}

/// Examines treaties of a project; `wanted` chooses by name, `go_on` is asked before each whether there is time.
pub fn lint(
    project: &Project,
    bounds: Bounds,
    wanted: &dyn Fn(&str) -> bool,
    go_on: &mut dyn FnMut() -> bool,
) -> Report {
    let book = &project.rulebook;
    let clinic = Clinic::new(book);
    let mut report = Report::default();
    let (mut files, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for (index, treaty) in book.treaties.iter().enumerate() {
        let own = treaty.span.source;
        if !wanted(&treaty.name) {
            unknown.insert(own);
            continue;
        }
        if !go_on() {
            unknown.insert(own);
            report.inconclusive.push(treaty.name.clone());
            continue;
        }
        let found = clinic.examine(TreatyId(index as u32), bounds);
        let file = &project.sources.get(treaty.span.source).name;
        report.treaties.push((treaty.name.clone(), file.clone()));
        files.insert(own);
        if found.apart || found.inconclusive {
            unknown.insert(own);
        }
        if found.apart {
            report.apart.push(treaty.name.clone());
        }
        if found.inconclusive {
            report
                .inconclusive
                .push(unsettled(book, &treaty.name, &found));
        }
        report.findings.extend(diagnostics(book, &found));
    }
    let found = std::mem::take(&mut report.findings);
    let mut findings = allow(found, &project.sources, &files, &unknown);
    sort(&mut findings);
    report.findings = findings;
    report
}

fn diagnostics(book: &Rulebook, found: &Findings) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::new();
    for verdict in &found.verdicts {
        if found.unsettled.contains(&verdict.norm) {
            continue;
        }
        for finding in about(book, verdict, found.parties) {
            // A sentence may stand for several norms: one finding will do.
            if !all.contains(&finding) {
                all.push(finding);
            }
        }
    }
    for clash in &found.clashes {
        let finding = conflict(book, clash);
        if !all.iter().any(|known| same_place(known, &finding)) {
            all.push(finding);
        }
    }
    all.extend(found.rivalries.iter().map(|one| rivals(book, one)));
    all
}

/// Whether two findings are about the same two clauses.
fn same_place(one: &Diagnostic, other: &Diagnostic) -> bool {
    let places = |found: &Diagnostic| {
        let mut spans: Vec<_> = found.labels.iter().map(|label| label.span).collect();
        spans.sort_unstable();
        spans
    };
    one.code == other.code && places(one) == places(other)
}

/// Clashes between treaties of which at least one is wanted.
pub fn between(
    project: &Project,
    bounds: Bounds,
    wanted: &dyn Fn(&str) -> bool,
    go_on: &mut dyn FnMut() -> bool,
) -> Report {
    let book = &project.rulebook;
    let clinic = Clinic::new(book);
    let mut report = Report::default();
    let treaties: Vec<TreatyId> = (0..book.treaties.len() as u32).map(TreatyId).collect();
    for (at, one) in treaties.iter().enumerate() {
        for other in &treaties[at + 1..] {
            let names = [one, other].map(|id| book.treaty(*id).name.as_str());
            if !names.iter().any(|name| wanted(name)) {
                continue;
            }
            let late = !go_on();
            let found = if late {
                Findings::default()
            } else {
                clinic.between([*one, *other], bounds)
            };
            if late || found.inconclusive {
                report.inconclusive.push(names.join(" and "));
            }
            report.findings.extend(diagnostics(book, &found));
        }
    }
    report
}

/// `covenant-1919 article 16 (1), article 16 (3)`: what could not be found out.
fn unsettled(book: &Rulebook, treaty: &str, found: &Findings) -> String {
    let clauses = found.unsettled.iter();
    let clauses = clauses.map(|id| wording::citation(book, book.norm(*id)));
    let mut clauses: Vec<String> = clauses
        .map(|citation| citation.replacen(&format!("{treaty} "), "", 1))
        .collect();
    clauses.dedup();
    let list = clauses.join(", ");
    if list.is_empty() {
        treaty.to_owned()
    } else {
        format!("{treaty} {list}")
    }
}

fn about(book: &Rulebook, verdict: &Verdict, parties: usize) -> Vec<Diagnostic> {
    let norm = book.norm(verdict.norm);
    let citation = wording::citation(book, norm);
    let say =
        |index: usize| wording::condition(book, &norm.conditions[index], &[], &norm.variables);
    if verdict.applies.is_none() {
        let contradicts = conditions(verdict).find(|(_, example)| example.is_some());
        let contradicts = contradicts.map(|(index, _)| say(index));
        return vec![codes::never_applies(
            norm.span,
            &citation,
            parties,
            contradicts.as_deref(),
        )];
    }
    let mut found = Vec::new();
    if verdict.shadowed {
        found.push(codes::shadowed(norm.span, &citation, parties));
    }
    for (index, example) in conditions(verdict) {
        if example.is_none() {
            found.push(match &norm.conditions[index] {
                Condition::Not(inner) => {
                    let exception = wording::condition(book, inner, &[], &norm.variables);
                    codes::idle_exception(norm.span, &citation, &exception, parties)
                }
                _ => codes::redundant(norm.span, &citation, &say(index), parties),
            });
        }
    }
    if wants_performance(norm) && !verdict.discharged {
        found.push(codes::cannot_be_performed(norm.span, &citation, parties));
    }
    found
}

/// The conditions that can be left out whole.
fn conditions(verdict: &Verdict) -> impl Iterator<Item = (usize, Option<&Example>)> {
    let elements = verdict.elements.iter();
    elements.map(|(element, example)| (element.condition, example.as_ref()))
}

fn conflict(book: &Rulebook, clash: &Clash) -> Diagnostic {
    codes::conflict(
        book.norm(clash.one).span,
        book.norm(clash.other).span,
        &clash.sentences,
        &told(&clash.example),
    )
}

fn rivals(book: &Rulebook, rivalry: &Rivalry) -> Diagnostic {
    codes::rivals(
        [rivalry.one, rivalry.other, rivalry.over].map(|id| book.norm(id).span),
        &rivalry.sentence,
        &rivalry.terms,
        &told(&rivalry.example),
    )
}

/// What is stated, a text a fact.
fn told(example: &Example) -> Vec<String> {
    let facts = example.facts.iter();
    facts
        .map(|fact| format!("{}, {}", fact.what, fact.days()))
        .collect()
}

/// Edits of clauses after which everything that they reach is as before.
///
/// # Errors
/// A witness that does not replay, or a proof that does not check.
pub fn idle_edits(
    versions: &Versions<'_>,
    new: &Rulebook,
    bounds: Bounds,
) -> Result<Vec<Diagnostic>, Contradiction> {
    let mut found = Vec::new();
    for id in &versions.affected.edited.1 {
        let kinds = versions.kinds_reached_from(*id);
        let mut agree = !kinds.is_empty();
        let mut complete = true;
        for kinds in kinds.values() {
            let answers = versions.ask(kinds, bounds);
            let edit = || format!("edit: {}", wording::citation(new, new.norm(*id)));
            let answers = answers.map_err(|contradiction| contradiction.because(&edit()))?;
            for answer in answers.values() {
                match answer {
                    Answer::Agrees(agreement) => complete &= agreement.is_complete(),
                    _ => agree = false,
                }
            }
        }
        if agree {
            let norm = new.norm(*id);
            let how_far = if complete {
                "in every scenario"
            } else {
                "as far as was looked"
            };
            found.push(codes::edit_without_effect(
                norm.span,
                &wording::citation(new, norm),
                how_far,
            ));
        }
    }
    Ok(found)
}
