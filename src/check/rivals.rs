//! Exceptions to one clause that ask for contrary things, and of which neither prevails.

use super::precedence::{are_contrary, cited, norm_text};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::lint;
use crate::model::condition::{Condition, Scope};
use crate::model::norm::{Head, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Term};

/// A warning for each pair of exceptions of one treaty that may clash.
pub(super) fn exceptions(book: &Rulebook) -> Vec<Diagnostic> {
    let exceptions: Vec<(&Norm, &PositionHead)> = book.norms.iter().filter_map(exception).collect();
    let mut found = Vec::new();
    for (at, one) in exceptions.iter().enumerate() {
        for other in &exceptions[at + 1..] {
            if let Some(target) = shared(one.1, other.1)
                && clash(book, *one, *other)
            {
                let (first, second) = (other.0.span, one.0.span);
                found.push(lint::rival_exceptions(first, second, &said(book, target)));
            }
        }
    }
    found
}

fn exception(norm: &Norm) -> Option<(&Norm, &PositionHead)> {
    match &norm.head {
        Head::Position(head) if !head.prevails_over.is_empty() => Some((norm, head)),
        _ => None,
    }
}

/// A clause over which both prevail.
fn shared<'h>(one: &'h PositionHead, other: &PositionHead) -> Option<&'h Scope> {
    let named = |scope: &&Scope| scope.article.is_some() && other.prevails_over.contains(scope);
    one.prevails_over.iter().find(named)
}

fn clash(book: &Rulebook, one: (&Norm, &PositionHead), other: (&Norm, &PositionHead)) -> bool {
    are_contrary(one.1, other.1)
        && one.0.treaty == other.0.treaty
        && one.0.span != other.0.span
        && same_act(&one.1.act, &other.1.act)
        && !cited(book, one, other)
        && !cited(book, other, one)
        && !kept_apart(one.0, other.0)
}

fn same_act(one: &Pattern, other: &Pattern) -> bool {
    let mut terms = one.terms.iter().zip(&other.terms);
    one.predicate == other.predicate
        && terms.all(|pair| match pair {
            (Term::Entity(one), Term::Entity(other)) => one == other,
            _ => true,
        })
}

/// Whether a condition of the one is the negation of one of the other, as far as their variables were met in the same order; or
/// whether they stand on different readings.
fn kept_apart(one: &Norm, other: &Norm) -> bool {
    let denies = |denied: &Condition, whole: &Norm| whole.conditions.contains(denied);
    let apart = |one: &Norm, other: &Norm| {
        one.conditions.iter().any(|condition| match condition {
            Condition::Not(denied) => denies(denied, other),
            Condition::Reading(dispute, at) => other.conditions.iter().any(
                |condition| matches!(condition, Condition::Reading(d, a) if d == dispute && a != at),
            ),
            _ => false,
        })
    };
    apart(one, other) || apart(other, one)
}

fn said(book: &Rulebook, scope: &Scope) -> String {
    let meant = book.norms.iter().find(|norm| book.in_scope(norm, scope));
    meant.map_or_else(
        || "one clause".to_owned(),
        |norm| format!("`{}`", norm_text(book, norm)),
    )
}
