//! How hard a question is: what the derivation asks for, how many near misses there are, what takes a case out, what is contested.

use crate::diagnostic::phrase::count;
use crate::exercise::{Offer, Pack, Question, QuestionKind, RoleId, World, viewer};
use crate::model::condition::Condition;

/// How hard it is: how deep the derivation, how many near misses, exceptions and contested facts.
pub(super) fn difficulty(
    pack: &Pack,
    world: &World,
    question: &Question,
    offers: &[(RoleId, Offer)],
) -> String {
    let rulebook = &pack.project.rulebook;
    let wrong = |offer: &Offer| {
        let wrong = offer.options.iter();
        wrong.filter(|it| it.right == Some(false)).count()
    };
    let near = offers
        .iter()
        .map(|(_, offer)| wrong(offer))
        .max()
        .unwrap_or(0);
    let scenario = world.scenario(pack, viewer(question, question.to[0]));
    let facts = scenario.map(|scenario| scenario.facts).unwrap_or_default();
    let contested = facts.iter().filter(|fact| fact.contested).count();
    let norms = rulebook.norms.iter().filter(|norm| match &question.kind {
        QuestionKind::Why(query)
        | QuestionKind::WhyNot(Some(query))
        | QuestionKind::WhatIf(query)
        | QuestionKind::WhoseAccount(query) => query
            .under
            .as_ref()
            .is_some_and(|under| rulebook.in_scope(norm, under)),
        _ => false,
    });
    let mut conditions = 0;
    let mut exceptions = 0;
    for norm in norms {
        conditions = conditions.max(norm.conditions.len());
        let not = norm.conditions.iter();
        let not = not.filter(|condition| matches!(condition, Condition::Not(_)));
        exceptions = exceptions.max(not.count());
    }
    let level = 1
        + u32::from(conditions > 2)
        + u32::from(near > 3)
        + u32::from(exceptions > 0)
        + u32::from(contested > 0);
    format!(
        "difficulty {level} of 5: {}, {}, {}, {}",
        count(conditions, "condition", "conditions"),
        count(exceptions, "exception", "exceptions"),
        count(near, "near miss", "near misses"),
        count(contested, "contested fact", "contested facts"),
    )
}
