//! Puts under each reason that speaks of another position why that position holds or not.

use super::reason::{self, Reason, Standing};
use crate::calendar::Day;
use crate::engine::{Attempt, Inspection, Origin, Outcome};
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::Head;
use crate::model::sentence::Term;
use crate::model::vocabulary::SLOTS;

/// Puts under each reason that speaks of another position why that position holds or not.
pub(super) fn nest(
    reasons: &mut [Reason],
    inspection: &mut Inspection,
    outcome: &Outcome,
    attempt: &Attempt,
    day: Day,
    depth: u32,
) {
    if depth == 0 {
        return;
    }
    let norm = outcome.rulebook.norm(attempt.norm);
    for reason in reasons {
        let Some(condition) = reason.condition.map(|index| &norm.conditions[index]) else {
            continue;
        };
        for (id, arguments) in defining(outcome, reason) {
            if let Some(inner) = inspection.closest(id, &arguments, day) {
                let mut steps = reason::reasons(outcome, &inner, day);
                steps.retain(|step| step.condition.is_some());
                nest(&mut steps, inspection, outcome, &inner, day, depth - 1);
                reason.children.extend(steps);
            }
        }
        if reason.standing == Standing::Fails {
            for (id, arguments) in could_define(outcome, condition, attempt) {
                if let Some(inner) = inspection.closest(id, &arguments, day) {
                    let mut steps = reason::reasons(outcome, &inner, day);
                    steps.retain(|step| {
                        step.condition.is_some() && step.standing == Standing::Fails
                    });
                    reason.children.extend(steps);
                }
            }
        }
        let Some((id, wanted)) = meant(outcome, condition, &attempt.binding) else {
            continue;
        };
        let Some(inner) = inspection.closest(id, &wanted, day) else {
            continue;
        };
        reason.children = reason::reasons(outcome, &inner, day);
        nest(
            &mut reason.children,
            inspection,
            outcome,
            &inner,
            day,
            depth - 1,
        );
    }
}

/// The definitions and legal fictions behind the facts of a reason, with whom they speak of.
fn defining(outcome: &Outcome, reason: &Reason) -> Vec<(NormId, [Option<EntityId>; SLOTS])> {
    let facts = reason
        .facts
        .iter()
        .filter_map(|line| outcome.facts.get(line.number as usize));
    facts
        .filter_map(|fact| match fact.origin {
            Origin::Defined(norm) => Some((norm, fact.atom.arguments)),
            _ => None,
        })
        .collect()
}

/// The legal fictions of the treaty that could have made a failing sentence true, with whom they would speak of.
fn could_define(
    outcome: &Outcome,
    condition: &Condition,
    attempt: &Attempt,
) -> Vec<(NormId, [Option<EntityId>; SLOTS])> {
    let Condition::Sentence { pattern, .. } = condition else {
        return Vec::new();
    };
    let treaty = outcome.rulebook.norm(attempt.norm).treaty;
    let wanted = pattern.terms.map(|term| filled(term, &attempt.binding));
    let norms = outcome.rulebook.norms.iter().enumerate();
    let fitting = norms.filter(|(_, norm)| {
        norm.treaty.is_some()
            && norm.treaty == treaty
            && matches!(&norm.head, Head::Deem(head) if head.predicate == pattern.predicate)
    });
    fitting
        .map(|(index, _)| (NormId(index as u32), wanted))
        .collect()
}

fn filled(term: Term, binding: &[Option<EntityId>]) -> Option<EntityId> {
    match term {
        Term::Entity(entity) => Some(entity),
        Term::Variable(variable) => binding.get(variable.index()).copied().flatten(),
        Term::Possession(..) | Term::Any => None,
    }
}

/// The norm and the act that a condition on another position means.
fn meant(
    outcome: &Outcome,
    condition: &Condition,
    binding: &[Option<EntityId>],
) -> Option<(NormId, [Option<EntityId>; SLOTS])> {
    let Condition::Position {
        bearer,
        under,
        act: Some(act),
        modality,
        ..
    } = innermost(condition)
    else {
        return None;
    };
    let value = |term: Term| filled(term, binding);
    let mut wanted = act.terms.map(value);
    wanted[0] = value(*bearer);
    let norms = outcome.rulebook.norms.iter().enumerate();
    let mut fitting = norms.filter(|(_, norm)| match &norm.head {
        Head::Position(head) => {
            head.modality == *modality
                && head.act.predicate == act.predicate
                && outcome.rulebook.in_scope(norm, under)
        }
        Head::Deem(_) => false,
    });
    fitting
        .next()
        .map(|(index, _)| (NormId(index as u32), wanted))
}

fn innermost(condition: &Condition) -> &Condition {
    match condition {
        Condition::Not(inner) => innermost(inner),
        other => other,
    }
}
