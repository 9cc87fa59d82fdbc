//! Clauses said to prevail that never do, because the other clause speaks of another place.

use super::precedence::{are_contrary, norm_text};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::lint;
use crate::model::condition::Scope;
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::rulebook::Rulebook;

/// A warning for each clause that names another over which it prevails, or to which it is subject, and can never meet.
pub(super) fn precedence(book: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for norm in &book.norms {
        let Head::Position(head) = &norm.head else {
            continue;
        };
        for scope in head.prevails_over.iter().chain(&head.subject_to) {
            if let Some(other) = never_met(book, head, scope) {
                let target = format!("`{}`", norm_text(book, other));
                found.push(lint::precedence_elsewhere(norm.span, other.span, &target));
            }
        }
    }
    found
}

/// The first clause in a scope, if all those that ask the contrary are about the same act in another place (C22).
fn never_met<'b>(book: &'b Rulebook, head: &PositionHead, scope: &Scope) -> Option<&'b Norm> {
    scope.article?;
    let contrary = book.norms.iter().filter_map(|norm| match &norm.head {
        Head::Position(other) if book.in_scope(norm, scope) && are_contrary(head, other) => {
            Some((norm, other))
        }
        _ => None,
    });
    let contrary: Vec<_> = contrary.collect();
    let apart = contrary.iter().all(|(_, other)| are_apart(head, other));
    contrary.first().filter(|_| apart).map(|(norm, _)| *norm)
}

/// Whether the prohibition names a place, and the other names another or none.
fn are_apart(one: &PositionHead, other: &PositionHead) -> bool {
    let (ban, claim) = if one.modality == Modality::Prohibition {
        (one, other)
    } else {
        (other, one)
    };
    ban.act.predicate == claim.act.predicate
        && ban.act.place.is_some()
        && ban.act.place != claim.act.place
}
