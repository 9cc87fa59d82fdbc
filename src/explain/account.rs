//! On what a verdict hinges, and on whose account it holds.

use crate::engine::Outcome;
use crate::extent::{Answer, Readings};
use crate::model::fact::Verdict;
use crate::model::ids::EntityId;
use crate::model::question::Question;
use crate::wording;
use std::collections::BTreeSet;

/// Verdicts by account, actors in the order of their names.
pub type Accounts = Vec<(EntityId, Verdict)>;

/// The most questions that are told one by one.
const MOST_HINGES: usize = 64;

/// The questions on which a set of readings depends, as statements; sorted. Of very many the first are told, and how many more
/// there are.
pub fn hinges(outcome: &Outcome, readings: Readings) -> Vec<String> {
    let questions = outcome
        .space
        .questions(readings)
        .into_iter()
        .filter_map(|number| outcome.questions.get_index(number as usize));
    let mut found: Vec<String> = questions
        .map(|question| {
            wording::question(outcome.rulebook, &outcome.scenario.facts, question, true)
        })
        .collect();
    found.sort();
    found.dedup();
    if let Some(further @ 1..) = found.len().checked_sub(MOST_HINGES) {
        found.truncate(MOST_HINGES);
        found.push(format!("{further} further open questions"));
    }
    found
}

/// For each question on which a set of readings depends, the ways in which it may be named: the statement first, then the id of
/// the fact, or the names of the dispute and its readings.
pub fn hinge_names(outcome: &Outcome, readings: Readings) -> Vec<Vec<String>> {
    let numbers = outcome.space.questions(readings);
    let questions = numbers
        .into_iter()
        .filter_map(|number| outcome.questions.get_index(number as usize));
    questions
        .map(|question| {
            let mut names = vec![wording::question(
                outcome.rulebook,
                &outcome.scenario.facts,
                question,
                true,
            )];
            match question {
                Question::Stated(index)
                | Question::Fact(index)
                | Question::Begun(index)
                | Question::WentOn(index)
                | Question::Place(index, _) => {
                    names.extend(
                        outcome
                            .scenario
                            .facts
                            .get(*index)
                            .and_then(|fact| fact.label.clone()),
                    );
                }
                Question::Reading(dispute, _) => {
                    let dispute = &outcome.rulebook.disputes[dispute.index()];
                    names.push(dispute.name.clone());
                    names.extend(dispute.readings.iter().map(|reading| reading.name.clone()));
                }
                Question::Open(_) | Question::Claim(..) => {}
            }
            names
        })
        .collect()
}

/// The most alternatives that are told one by one.
const MOST_ALTERNATIVES: usize = 32;

/// A set of readings as alternatives, each a list of statements that must all be so. Of very many the shortest are told, and
/// how many more there are.
pub fn alternatives(outcome: &mut Outcome, readings: Readings) -> Vec<Vec<String>> {
    let found = outcome.space.alternatives(readings, MOST_ALTERNATIVES);
    let cubes = found.listed.iter();
    let mut told: Vec<_> = cubes.map(|cube| statements(outcome, cube)).collect();
    if found.further > 0 {
        let further = found.further;
        told.push(vec![format!(
            "one of {further} further combinations of what it hinges on is so"
        )]);
    }
    told
}

/// Answers as statements; of the readings of a dispute only what is left once they are taken together.
fn statements(outcome: &Outcome, cube: &[Answer]) -> Vec<String> {
    let asked = |answer: &Answer| outcome.questions.get_index(answer.question as usize);
    let dispute = |answer: &Answer| match asked(answer) {
        Some(Question::Reading(dispute, number)) => Some((*dispute, *number)),
        _ => None,
    };
    let mut said = Vec::new();
    for answer in cube {
        let Some(question) = asked(answer) else {
            continue;
        };
        if let Some((own, _)) = dispute(answer) {
            let same = || {
                cube.iter()
                    .filter(|other| dispute(other).is_some_and(|(other, _)| other == own))
            };
            let count = outcome.rulebook.disputes[own.index()].readings.len();
            if !answer.yes && same().any(|other| other.yes) {
                continue;
            }
            if !answer.yes && same().count() + 1 == count {
                let last = wording::last_reading(outcome.rulebook, own);
                if !said.contains(&last) {
                    said.push(last);
                }
                continue;
            }
        }
        said.push(wording::question(
            outcome.rulebook,
            &outcome.scenario.facts,
            question,
            answer.yes,
        ));
    }
    said
}

/// The verdict on the account of everybody who takes a side in one of the questions at stake.
pub fn accounts(outcome: &mut Outcome, readings: Readings) -> Accounts {
    let actors = actors(outcome, readings);
    let mut found: Accounts = actors
        .into_iter()
        .map(|actor| (actor, on_account(outcome, readings, actor)))
        .collect();
    found.sort_by_key(|(actor, _)| outcome.rulebook.name(*actor));
    found
}

/// The verdict on one account.
pub fn on_account(outcome: &mut Outcome, readings: Readings, actor: EntityId) -> Verdict {
    let answers = outcome.account(actor);
    let settled = outcome.space.settle(readings, &|question| {
        answers.get(question as usize).copied().flatten()
    });
    Outcome::verdict(settled)
}

fn actors(outcome: &Outcome, readings: Readings) -> BTreeSet<EntityId> {
    let mut found = BTreeSet::new();
    for number in outcome.space.questions(readings) {
        match outcome.questions.get_index(number as usize) {
            Some(Question::Fact(index)) => {
                if let Some(fact) = outcome.scenario.facts.get(*index) {
                    found.extend(fact.asserted_by.iter().chain(&fact.denied_by));
                }
            }
            Some(Question::Reading(dispute, _)) => {
                let readings = &outcome.rulebook.disputes[dispute.index()].readings;
                found.extend(readings.iter().flat_map(|reading| &reading.held_by));
            }
            Some(Question::Claim(place, _)) => {
                if let crate::model::entity::EntityKind::Place(index) =
                    outcome.rulebook.entities[place.index()].kind
                {
                    let place = &outcome.rulebook.places[index];
                    found.extend(
                        place
                            .claimed
                            .iter()
                            .flat_map(|claim| claim.accepted_by.iter().chain([&claim.by])),
                    );
                    found.extend(place.sovereign.iter().map(|(actor, _)| actor));
                }
            }
            _ => {}
        }
    }
    found
}
