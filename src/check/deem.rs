//! Heads of norms spread out, and what can be deemed.

use super::builder::{Builder, flatten};
use super::context::Context;
use super::expand;
use super::walk;
use crate::diagnostic::codes::check as codes;
use crate::model::condition::Condition;
use crate::model::sentence::Pattern;
use crate::syntax::ast;

/// A norm with lists in its head as several heads.
pub(super) fn heads(context: &mut Context<'_>, norm: &ast::Norm) -> Vec<ast::NormHead> {
    match &norm.head {
        ast::NormHead::Deem(sentence) => match expand::sentence(sentence) {
            ast::Condition::Sentence(sentence) => vec![ast::NormHead::Deem(sentence)],
            spread => {
                let mut plain = Vec::new();
                if !conjuncts(&spread, &mut plain) {
                    let why = "`or` leaves open what is so";
                    context.report(codes::not_deemable(sentence.span, why));
                }
                plain.into_iter().map(ast::NormHead::Deem).collect()
            }
        },
        ast::NormHead::Modal(modal) => {
            let (modals, or) = expand::modals(modal);
            let duty = matches!(
                modal.modality,
                ast::Modality::Shall | ast::Modality::HasPower
            ) && !matches!(modal.subject, ast::Subject::No { .. });
            if or && duty {
                let help = "write a norm for each, or a broader act that either fulfils";
                let why = "`or` leaves open who owes what";
                context.report(codes::bad_subject(modal.span, why, help));
            }
            modals.into_iter().map(ast::NormHead::Modal).collect()
        }
    }
}

/// The sentences of a conjunction; false if a disjunction is among them.
fn conjuncts(condition: &ast::Condition, into: &mut Vec<ast::Sentence>) -> bool {
    match condition {
        ast::Condition::All(parts) => parts.iter().all(|part| conjuncts(part, into)),
        ast::Condition::Sentence(sentence) => {
            into.push(sentence.clone());
            true
        }
        _ => false,
    }
}

/// The head of a `deem` or `define`.
pub(super) fn deemed(builder: &mut Builder<'_, '_>, sentence: &ast::Sentence) -> Option<Pattern> {
    let mut refuse = |why: &str| {
        let diagnostic = codes::not_deemable(sentence.span, why);
        builder.context.report(diagnostic);
        None
    };
    match &sentence.predicate {
        predicate if walk::negated(predicate) => return refuse("it is negated"),
        ast::Predicate::Verb {
            tense: ast::Tense::Perfect,
            ..
        } => {
            return refuse("it speaks of the past: deem the act itself");
        }
        ast::Predicate::Verb {
            tense: ast::Tense::Refusal,
            ..
        } => {
            return refuse("a refusal is an act of its own");
        }
        ast::Predicate::Verb { phrase, .. } | ast::Predicate::Is { phrase, .. }
            if phrase.under.is_some() =>
        {
            return refuse("it has an `under`");
        }
        _ => {}
    }
    let mut flat = Vec::new();
    flatten(builder.sentence(sentence), &mut flat);
    let mut parts = flat.into_iter();
    match parts.next() {
        Some(Condition::Sentence { pattern, .. }) => {
            builder.tests.extend(parts);
            Some(pattern)
        }
        // An empty conjunction stands for a mistake that has been reported.
        Some(Condition::All(_)) | None => None,
        Some(_) => {
            let why = "a class, an identity or the validity of a treaty";
            builder
                .context
                .report(codes::not_deemable(sentence.span, why));
            None
        }
    }
}
