//! `# casus: allow T102 because ...`: a finding allowed where it stands, with a reason.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::finding as codes;
use crate::source::{SourceId, Sources, Span};
use std::collections::BTreeSet;

/// How an allowance begins.
const OPENING: &str = "# casus: allow ";

/// A remark that allows a finding in the clause below it, or on the line on which it stands.
struct Allowance {
    span: Span,
    code: String,
    has_reason: bool,
    line: usize,
}

/// Takes away what is allowed, and adds what is wrong with the allowances of these files. That one has no effect cannot be
/// said of a file about which not everything was found out.
pub(super) fn allow(
    found: Vec<Diagnostic>,
    sources: &Sources,
    files: &BTreeSet<SourceId>,
    unknown: &BTreeSet<SourceId>,
) -> Vec<Diagnostic> {
    let mut left = Vec::new();
    let mut used: Vec<(SourceId, usize)> = Vec::new();
    let all: Vec<(SourceId, Vec<Allowance>)> = files
        .iter()
        .map(|id| (*id, allowances(*id, &sources.get(*id).text)))
        .collect();
    for finding in found {
        let allowance = finding.span().and_then(|span| {
            let own = all.iter().find(|(id, _)| *id == span.source)?;
            let lines = lines_for(&sources.get(span.source).text, span);
            let mut fitting = own.1.iter();
            fitting
                .find(|one| one.has_reason && one.code == finding.code && lines.contains(&one.line))
                .map(|one| (span.source, one.line))
        });
        match allowance {
            Some(mark) => used.push(mark),
            None => left.push(finding),
        }
    }
    for (id, own) in &all {
        for one in own {
            if !one.has_reason {
                left.push(codes::no_reason(one.span, &one.code));
            } else if !used.contains(&(*id, one.line)) && !unknown.contains(id) {
                left.push(codes::no_effect(one.span, &one.code));
            }
        }
    }
    left
}

fn allowances(source: SourceId, text: &str) -> Vec<Allowance> {
    let mut found = Vec::new();
    let mut start = 0;
    for (line, words) in text.split_inclusive('\n').enumerate() {
        if let Some(at) = words.find(OPENING) {
            let rest = words[at + OPENING.len()..].trim_end();
            let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
            let reason = reason.trim_start().strip_prefix("because ");
            found.push(Allowance {
                span: Span {
                    source,
                    start: (start + at) as u32,
                    end: (start + words.trim_end().len()) as u32,
                },
                code: code.to_owned(),
                has_reason: reason.is_some_and(|reason| !reason.trim().is_empty()),
                line,
            });
        }
        start += words.len();
    }
    found
}

/// The lines of a clause, and the remarks right above it or above its article.
fn lines_for(text: &str, span: Span) -> Vec<usize> {
    let line_of = |at: u32| text[..(at as usize).min(text.len())].matches('\n').count();
    let (first, last) = (line_of(span.start), line_of(span.end));
    let lines: Vec<&str> = text.lines().collect();
    let mut found: Vec<usize> = (first..=last).collect();
    for line in (0..first).rev() {
        let words = lines.get(line).map_or("", |line| line.trim_start());
        if !(words.starts_with('#') || words.starts_with("article ")) {
            break;
        }
        found.push(line);
    }
    found
}
