//! Findings about clauses that can be read and used: each rests on a question that was asked of every scenario of a small world.

use super::allowance::allow;
use super::ask::{Answer, Bounds, Clash, Clinic, Contradiction, Findings, Verdict, Versions};
use crate::diagnostic::codes::finding as codes;
use crate::diagnostic::{Diagnostic, sort};
use crate::model::condition::Condition;
use crate::model::ids::TreatyId;
use crate::model::norm::{Head, Modality};
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::source::SourceId;
use crate::wording;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, allowed ones left out.
    pub findings: Vec<Diagnostic>,
    /// Treaties about which it could not be found out.
    pub inconclusive: Vec<String>,
    /// How many treaties were examined.
    pub treaties: usize,
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
    let mut files: Vec<SourceId> = Vec::new();
    for (index, treaty) in book.treaties.iter().enumerate() {
        if !wanted(&treaty.name) {
            continue;
        }
        if !go_on() {
            report.inconclusive.push(treaty.name.clone());
            continue;
        }
        let found = clinic.examine(TreatyId(index as u32), bounds);
        report.treaties += 1;
        files.push(treaty.span.source);
        if found.inconclusive {
            report.inconclusive.push(treaty.name.clone());
        }
        report.findings.extend(diagnostics(book, &found));
    }
    files.sort_unstable();
    files.dedup();
    let mut findings = allow(
        std::mem::take(&mut report.findings),
        &project.sources,
        &files,
    );
    sort(&mut findings);
    report.findings = findings;
    report
}

fn diagnostics(book: &Rulebook, found: &Findings) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::new();
    for verdict in &found.verdicts {
        for finding in about(book, verdict, found.parties) {
            // A sentence may stand for several norms: one finding will do.
            if !all.contains(&finding) {
                all.push(finding);
            }
        }
    }
    all.extend(found.clashes.iter().map(|clash| conflict(book, clash)));
    all
}

fn about(book: &Rulebook, verdict: &Verdict, parties: usize) -> Vec<Diagnostic> {
    let norm = book.norm(verdict.norm);
    let citation = wording::citation(book, norm);
    let say =
        |index: usize| wording::condition(book, &norm.conditions[index], &[], &norm.variables);
    if verdict.applies.is_none() {
        let contradicts = verdict
            .conditions
            .iter()
            .find(|(_, example)| example.is_some());
        let contradicts = contradicts.map(|(index, _)| say(*index));
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
    for (index, example) in &verdict.conditions {
        if example.is_none() {
            found.push(match &norm.conditions[*index] {
                Condition::Not(inner) => {
                    let exception = wording::condition(book, inner, &[], &norm.variables);
                    codes::idle_exception(norm.span, &citation, &exception, parties)
                }
                _ => codes::redundant(norm.span, &citation, &say(*index), parties),
            });
        }
    }
    let is_duty = matches!(&norm.head, Head::Position(head) if head.modality == Modality::Duty);
    if is_duty && !verdict.discharged {
        found.push(codes::cannot_be_performed(norm.span, &citation, parties));
    }
    found
}

fn conflict(book: &Rulebook, clash: &Clash) -> Diagnostic {
    let facts = clash.example.facts.iter();
    let facts: Vec<String> = facts
        .map(|fact| format!("{}, {}", fact.what, fact.days()))
        .collect();
    codes::conflict(
        book.norm(clash.one).span,
        book.norm(clash.other).span,
        &clash.sentences,
        &facts,
    )
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
            for answer in versions.ask(kinds, bounds)?.values() {
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
