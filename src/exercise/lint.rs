//! What is sound in an exercise and yet probably not meant: injects that nothing leads to, objectives that nothing tests,
//! questions without a key.

use super::load::Pack;
use super::outline::{Exercise, Guard, InjectId};
use super::pinned::{Put, all_put, expected};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::exercise as codes;
use std::collections::BTreeSet;

/// All warnings about an exercise without errors.
pub fn warnings(pack: &Pack, exercise: &Exercise) -> Vec<Diagnostic> {
    let mut found = unreachable(exercise);
    found.extend(untested(exercise));
    found.extend(empty_keys(pack, exercise));
    found.extend(super::lint_text::told(exercise));
    crate::diagnostic::sort(&mut found);
    found
}

/// Injects that are neither timed nor led to.
fn unreachable(exercise: &Exercise) -> Vec<Diagnostic> {
    let mut reached: BTreeSet<InjectId> = BTreeSet::new();
    let mut next: Vec<InjectId> = exercise.first().into_iter().collect();
    while let Some(id) = next.pop() {
        if let Some(inject) = exercise.injects.get(id.0)
            && reached.insert(id)
        {
            next.extend(inject.followers());
        }
    }
    let injects = exercise.injects.iter().enumerate();
    let lost = injects.filter(|(at, inject)| {
        !reached.contains(&InjectId(*at)) && inject.at.is_none() && !inject.shelf
    });
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

/// Questions to which the answer is `none`, for every role asked and by every way there.
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
    let put = all_put(pack, exercise);
    for question in exercise.injects.iter().flat_map(|inject| &inject.questions) {
        let nothing = |put: &Put<'_>| {
            let lines = expected(pack, exercise, put);
            lines.is_some_and(|lines| lines.is_empty())
        };
        let mut own = put.iter().filter(|put| put.question.id == question.id);
        if open && own.all(nothing) {
            found.push(codes::empty_key(question.span, &question.id));
        }
    }
    found
}
