//! The positions of an outcome on a day, as rows of plain data that every format prints.

use crate::calendar::Day;
use crate::engine::{Ground, Outcome, PositionId};
use crate::explain;
use crate::extent::Readings;
use crate::model::fact::{Status, Verdict};
use crate::model::ids::EntityId;
use crate::model::norm::{Head, Modality};
use crate::model::treaty::ArticleState;
use crate::model::vocabulary::SLOTS;
use crate::source::Span;
use crate::wording;
use rustc_hash::FxHashMap;

/// A position on the day asked for.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number in the outcome.
    pub id: PositionId,
    /// What kind.
    pub modality: Modality,
    /// The whole sentence.
    pub sentence: String,
    /// Who bears it, by name.
    pub bearers: Vec<String>,
    /// It is joint.
    pub joint: bool,
    /// What: `assist russia against ukraine`.
    pub act: String,
    /// The verb.
    pub verb: String,
    /// The object or the one named with `to`.
    pub counterparty: Option<String>,
    /// The one named with `against`.
    pub adversary: Option<String>,
    /// Means, amount, manner, deadline.
    pub qualifiers: Vec<String>,
    /// The treaty.
    pub treaty: String,
    /// The article, with the clause.
    pub article: String,
    /// What kind of bond.
    pub binding: String,
    /// The verdict on the day.
    pub verdict: Verdict,
    /// What must be so, as alternatives; empty if owed.
    pub alternatives: Vec<Vec<String>>,
    /// The questions that decide it.
    pub hinges_on: Vec<String>,
    /// The verdict on each account that matters.
    pub accounts: Vec<(String, Verdict)>,
    /// What has become of it.
    pub status: Status,
    /// First day of the unbroken time; `None`: ever.
    pub from: Option<Day>,
    /// Last day; `None`: no end is known.
    pub until: Option<Day>,
    /// The deadline.
    pub due: Option<Day>,
    /// It is violated because its deadline passed, and nobody says that it was performed.
    pub unperformed: bool,
    /// What must be so for it to have been violated, as alternatives, where that is open.
    pub violated_if: Vec<Vec<String>>,
    /// Whether it is violated, on each account that matters, where that is open.
    pub violated_accounts: Vec<(String, Verdict)>,
    /// What prevails over it.
    pub displaced_by: Vec<String>,
    /// Depth in the cascade.
    pub depth: u32,
    /// Its treaty has articles that ought to be encoded and are not.
    pub not_encoded: Vec<String>,
    /// It is a standing norm.
    pub standing: bool,
    /// The clause.
    pub source: Span,
}

impl Row {
    /// `treaty article N`
    pub fn citation(&self) -> String {
        format!("{} article {}", self.treaty, self.article)
    }
}

/// The rows of the day, in the order of positions. On an account, with its answers given.
pub fn rows(outcome: &mut Outcome, account: Option<EntityId>, all: bool) -> Vec<Row> {
    let answers = account
        .map(|actor| outcome.account(actor))
        .unwrap_or_default();
    let ids = (0..outcome.positions.len() as u32).map(PositionId);
    let ids: Vec<PositionId> = ids
        .filter(|id| all || !outcome.position(*id).silent)
        .collect();
    let mut open = Open::default();
    ids.into_iter()
        .filter_map(|id| row(outcome, id, &answers, &mut open))
        .collect()
}

/// What is told of readings; many positions hold on the same.
#[derive(Default)]
struct Open(FxHashMap<Readings, OnReadings>);

#[derive(Clone, Default)]
struct OnReadings {
    alternatives: Vec<Vec<String>>,
    hinges_on: Vec<String>,
    accounts: Vec<(String, Verdict)>,
}

impl Open {
    fn told(&mut self, outcome: &mut Outcome, readings: Readings) -> OnReadings {
        let known = self.0.entry(readings);
        let told = known.or_insert_with(|| OnReadings {
            alternatives: if readings.is_settled() {
                Vec::new()
            } else {
                explain::alternatives(outcome, readings)
            },
            hinges_on: explain::hinges(outcome, readings),
            accounts: accounts(outcome, readings),
        });
        told.clone()
    }
}

fn row(
    outcome: &mut Outcome,
    id: PositionId,
    answers: &[Option<bool>],
    told: &mut Open,
) -> Option<Row> {
    let day = outcome.as_of;
    let position = outcome.position(id).clone();
    let norm = outcome.rulebook.norm(position.norm);
    let Head::Position(head) = &norm.head else {
        return None;
    };
    let settle = |outcome: &mut Outcome, readings: Readings| {
        outcome.space.settle(readings, &|question| {
            answers.get(question as usize).copied().flatten()
        })
    };
    // An act with the same actor in two roles says nothing: "support germany against germany".
    let named: Vec<EntityId> = position.arguments[1..].iter().flatten().copied().collect();
    if named
        .iter()
        .enumerate()
        .any(|(index, entity)| named[..index].contains(entity))
    {
        return None;
    }
    let readings = settle(outcome, position.holds.at(day));
    let ended = [&position.fate().violated, &position.fate().discharged]
        .into_iter()
        .any(|extent| extent.at(day) != Readings::NONE);
    let arisen = settle(outcome, position.arisen.at(day));
    if readings == Readings::NONE && (arisen == Readings::NONE || !ended) {
        return None;
    }
    let given = if readings == Readings::NONE {
        arisen
    } else {
        readings
    };
    let broken = settle(outcome, position.fate().violated.at(day));
    let unbroken = outcome.space.without(given, broken);
    let open = broken != Readings::NONE && unbroken != Readings::NONE;
    let broken = if open {
        told.told(outcome, broken)
    } else {
        OnReadings::default()
    };
    let told = told.told(outcome, readings);
    let days = outcome.stretch(id, day, given);
    let rulebook = outcome.rulebook;
    let treaty = norm.treaty.map(|treaty| rulebook.treaty(treaty));
    let citation = wording::citation(rulebook, norm);
    let article = citation
        .split_once(" article ")
        .map_or("", |(_, article)| article)
        .to_owned();
    let slot = |role: &str| {
        rulebook
            .predicate(head.act.predicate)
            .roles
            .iter()
            .position(|own| own == role)
            .map(|at| at + 1)
    };
    let named = |role: &str| {
        slot(role)
            .and_then(|slot| position.arguments[slot])
            .map(|entity| rulebook.name(entity))
    };
    let due = position
        .due
        .iter()
        .rev()
        .find(|due| due.arose <= day)
        .map(|due| due.last);
    let violated = |on: Day| position.fate().violated.at(on) != Readings::NONE;
    let unperformed = due.is_some_and(|last| !violated(last) && violated(last.next()));
    let bearers = outcome
        .bearers(id, day)
        .into_iter()
        .map(|actor| rulebook.name(actor))
        .collect();
    let filled = position.binding_on(day);
    Some(Row {
        id,
        modality: head.modality,
        sentence: wording::position(rulebook, norm, &position.arguments, filled),
        bearers,
        joint: position.arguments[0].is_none(),
        act: wording::act(rulebook, head, &position.arguments, filled),
        verb: wording::act(rulebook, head, &[None; SLOTS], &[])
            .split(' ')
            .next()
            .unwrap_or("")
            .to_owned(),
        counterparty: named("object").or_else(|| named("to")),
        adversary: named("against"),
        qualifiers: wording::qualifiers(rulebook, head),
        treaty: treaty.map_or_else(String::new, |treaty| treaty.name.clone()),
        article,
        binding: treaty.map_or_else(String::new, |treaty| treaty.binding.clone()),
        verdict: Outcome::verdict(readings),
        alternatives: told.alternatives,
        hinges_on: told.hinges_on,
        accounts: told.accounts,
        status: outcome.status(id, day, given),
        from: days.map(|days| days.first).filter(|day| *day > Day::FIRST),
        until: days.map(|days| days.last).filter(|day| *day < Day::LAST),
        due,
        unperformed,
        violated_if: broken.alternatives,
        violated_accounts: broken.accounts,
        displaced_by: displaced_by(outcome, id, day),
        depth: position.depth,
        not_encoded: treaty.map(not_encoded).unwrap_or_default(),
        standing: !norm.triggered,
        source: norm.span,
    })
}

fn accounts(outcome: &mut Outcome, readings: Readings) -> Vec<(String, Verdict)> {
    let found = explain::accounts(outcome, readings);
    found
        .into_iter()
        .map(|(actor, verdict)| (outcome.rulebook.name(actor), verdict))
        .collect()
}

fn not_encoded(treaty: &crate::model::treaty::Treaty) -> Vec<String> {
    let open = treaty
        .articles
        .iter()
        .filter(|article| matches!(article.state, ArticleState::NotEncoded(_)));
    open.map(|article| article.label.clone()).collect()
}

fn displaced_by(outcome: &Outcome, id: PositionId, day: Day) -> Vec<String> {
    let now = outcome
        .position(id)
        .fate()
        .displaced_by
        .iter()
        .filter(|displacement| displacement.extent.at(day) != Readings::NONE);
    let mut found: Vec<String> = now
        .map(|displacement| {
            let norm = outcome
                .rulebook
                .norm(outcome.position(displacement.by).norm);
            let ground = if displacement.ground == Ground::LaterTreaty {
                " (later treaty, vienna-convention article 30)"
            } else {
                ""
            };
            wording::citation(outcome.rulebook, norm) + ground
        })
        .collect();
    found.sort();
    found.dedup();
    found
}
