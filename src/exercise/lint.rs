//! What is sound in an exercise and yet probably not meant: injects that nothing leads to, objectives that nothing tests,
//! questions without a key.

use super::load::Pack;
use super::outline::{Exercise, Guard, InjectId, QuestionKind};
use super::pinned::all_put;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::exercise as codes;
use crate::exercise::{key, viewer};
use std::collections::BTreeSet;

/// All warnings about an exercise without errors.
pub fn warnings(pack: &Pack, exercise: &Exercise) -> Vec<Diagnostic> {
    let mut found = unreachable(exercise);
    found.extend(untested(exercise));
    found.extend(empty_keys(pack, exercise));
    crate::diagnostic::sort(&mut found);
    found
}

/// Injects that are neither timed nor led to.
fn unreachable(exercise: &Exercise) -> Vec<Diagnostic> {
    let mut reached: BTreeSet<InjectId> = BTreeSet::new();
    let mut next = vec![InjectId(0)];
    while let Some(id) = next.pop() {
        if let Some(inject) = exercise.injects.get(id.0)
            && reached.insert(id)
        {
            next.extend(inject.followers(id));
        }
    }
    let injects = exercise.injects.iter().enumerate();
    let lost =
        injects.filter(|(at, inject)| !reached.contains(&InjectId(*at)) && inject.at.is_none());
    lost.map(|(_, inject)| codes::unreachable_inject(inject.span, &inject.id))
        .collect()
}

/// Objectives that no question and no task tests.
fn untested(exercise: &Exercise) -> Vec<Diagnostic> {
    let tested: BTreeSet<usize> = exercise
        .injects
        .iter()
        .flat_map(|inject| {
            inject
                .questions
                .iter()
                .filter_map(|question| question.objective)
        })
        .collect();
    let objectives = exercise.objectives.iter().enumerate();
    let untested = objectives.filter(|(at, _)| !tested.contains(at));
    untested
        .filter_map(|(_, objective)| {
            let span = exercise.injects.first()?.span;
            Some(codes::untested_objective(span, &objective.id))
        })
        .collect()
}

/// Questions about obligations to which the answer is `none`, for every role asked and by every way there.
fn empty_keys(pack: &Pack, exercise: &Exercise) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let decided: BTreeSet<&str> = exercise
        .injects
        .iter()
        .flat_map(|inject| &inject.next)
        .flat_map(|branch| &branch.guards)
        .filter_map(|guard| match guard {
            Guard::Decided { question, .. } => Some(question.as_str()),
            _ => None,
        })
        .collect();
    // Once a decision has changed the world, the order of the file tells nothing.
    let open = decided.is_empty();
    for put in all_put(pack, exercise).into_iter().filter(|_| open) {
        let QuestionKind::Obligations(asked) = &put.question.kind else {
            continue;
        };
        let party = exercise.role(put.role).party;
        let key = key(
            pack,
            &put.world,
            viewer(put.question, put.role),
            asked,
            party,
        );
        if key.is_empty() {
            let role = &exercise.role(put.role).id;
            found.push(codes::empty_key(put.question.span, &put.question.id, role));
        }
    }
    found
}
