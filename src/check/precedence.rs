//! Circles of precedence: A prevails over B, which prevails over A.

use super::core::scope_text;
use super::cycle::find_cycle;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::check as codes;
use crate::model::condition::Scope;
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::rulebook::Rulebook;

/// Circles among treaties, and among clauses. What prevails over *every* treaty is left out: several may say so.
pub(super) fn cycles(book: &Rulebook) -> Vec<Diagnostic> {
    treaties(book).into_iter().chain(clauses(book)).collect()
}

fn treaties(book: &Rulebook) -> Option<Diagnostic> {
    let next = |at: usize| {
        let over = book.treaties[at].prevails_over.iter().map(|id| id.index());
        let under = book.treaties.iter().enumerate();
        let under = under
            .filter(|(_, other)| other.subject_to.iter().any(|id| id.index() == at))
            .map(|(below, _)| below);
        over.chain(under).collect()
    };
    let cycle = find_cycle(book.treaties.len(), next)?;
    let name = |at: &usize| format!("`{}`", book.treaties[*at].name);
    let names: Vec<String> = cycle.iter().map(name).collect();
    let spans: Vec<_> = cycle.iter().map(|at| book.treaties[*at].span).collect();
    let others = &spans[1..spans.len().max(2) - 1];
    Some(codes::precedence_cycle(spans[0], &names, others))
}

fn clauses(book: &Rulebook) -> Option<Diagnostic> {
    let edges: Vec<Vec<usize>> = edges(book);
    let cycle = find_cycle(book.norms.len(), |at| edges[at].clone())?;
    let name = |at: &usize| format!("`{}`", norm_text(book, &book.norms[*at]));
    let names: Vec<String> = cycle.iter().map(name).collect();
    let spans: Vec<_> = cycle.iter().map(|at| book.norms[*at].span).collect();
    let others = &spans[1..spans.len().max(2) - 1];
    Some(codes::precedence_cycle(spans[0], &names, others))
}

fn edges(book: &Rulebook) -> Vec<Vec<usize>> {
    let mut edges = vec![Vec::new(); book.norms.len()];
    let meant = |scope: &Scope, from: usize| -> Vec<usize> {
        if scope.treaty.is_none() {
            return Vec::new();
        }
        let norms = book.norms.iter().enumerate();
        norms
            .filter(|(at, norm)| {
                *at != from && book.in_scope(norm, scope) && !same_clause(norm, &book.norms[from])
            })
            .map(|(at, _)| at)
            .collect()
    };
    for (at, norm) in book.norms.iter().enumerate() {
        let Head::Position(head) = &norm.head else {
            continue;
        };
        for scope in &head.prevails_over {
            edges[at].extend(meant(scope, at));
        }
        for scope in &head.subject_to {
            for above in meant(scope, at) {
                edges[above].push(at);
            }
        }
    }
    edges
}

/// Norms made from one clause do not outrank each other.
fn same_clause(one: &Norm, two: &Norm) -> bool {
    one.span == two.span
}

/// `russia-dprk-2024 article 4 (1)`, `a definition`
pub(super) fn norm_text(book: &Rulebook, norm: &Norm) -> String {
    match norm.treaty {
        None => match &norm.head {
            Head::Deem(pattern) => format!(
                "define {}",
                super::vocabulary::word_name(book, pattern.predicate)
            ),
            Head::Position(_) => "a definition".to_owned(),
        },
        Some(treaty) => scope_text(
            book,
            &Scope {
                treaty: Some(treaty),
                article: Some(norm.article),
                clause: norm.clause.clone(),
            },
        ),
    }
}

/// Whether a clause or a treaty says that the first prevails over the second.
pub(super) fn prevails(
    book: &Rulebook,
    (above, above_head): (&Norm, &PositionHead),
    (below, below_head): (&Norm, &PositionHead),
) -> bool {
    let cited = cited(book, (above, above_head), (below, below_head));
    let (Some(one), Some(two)) = (above.treaty, below.treaty) else {
        return cited;
    };
    let (one_head, two_head) = (book.treaty(one), book.treaty(two));
    cited
        || (one != two && (one_head.peremptory || one_head.prevails_over_all))
        || one_head.prevails_over.contains(&two)
        || two_head.subject_to.contains(&one)
}

/// Whether one forbids what the other asks or permits.
pub(super) fn are_contrary(one: &PositionHead, other: &PositionHead) -> bool {
    match (one.modality, other.modality) {
        (Modality::Power, _) | (_, Modality::Power) => false,
        (one, other) => (one == Modality::Prohibition) != (other == Modality::Prohibition),
    }
}

/// Whether a clause says that the first prevails over the second.
pub(super) fn cited(
    book: &Rulebook,
    (above, above_head): (&Norm, &PositionHead),
    (below, below_head): (&Norm, &PositionHead),
) -> bool {
    let over = above_head.prevails_over.iter();
    let under = below_head.subject_to.iter();
    let mut over = over.filter(|scope| book.in_scope(below, scope));
    let mut under = under.filter(|scope| book.in_scope(above, scope));
    over.next().or_else(|| under.next()).is_some()
}
