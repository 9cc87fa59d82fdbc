//! What stands in the way: conflicts, limits on performance, and treaties that are not in force.

use crate::calendar::Day;
use crate::engine::{Conflict, Outcome, PositionId};
use crate::extent::Readings;
use crate::model::fact::Verdict;
use crate::model::ids::EntityId;
use crate::wording;

/// Two positions in conflict, or a position and what limits its performance.
#[derive(Clone, Debug)]
pub struct Pair {
    /// One, as a sentence and a citation.
    pub one: (String, String),
    /// The other.
    pub other: (String, String),
    /// Owed: on every reading; owed-if: on some.
    pub verdict: Verdict,
    /// What would settle a conflict.
    pub settled_by: String,
}

/// The pairs of the day.
pub fn pairs(outcome: &Outcome, list: &[Conflict]) -> Vec<Pair> {
    let now = list
        .iter()
        .filter(|pair| pair.extent.at(outcome.as_of) != Readings::NONE);
    let heard = now
        .filter(|pair| !outcome.position(pair.one).silent && !outcome.position(pair.other).silent);
    heard
        .map(|pair| {
            let (one, other) = (side(outcome, pair.one), side(outcome, pair.other));
            let settled_by = format!(
                "a clause by which {} or {} prevails, or a release by the one to whom it is owed",
                one.1, other.1
            );
            Pair {
                one,
                other,
                verdict: Outcome::verdict(pair.extent.at(outcome.as_of)),
                settled_by,
            }
        })
        .collect()
}

fn side(outcome: &Outcome, id: PositionId) -> (String, String) {
    let position = outcome.position(id);
    let norm = outcome.rulebook.norm(position.norm);
    let sentence = wording::position(
        outcome.rulebook,
        norm,
        &position.arguments,
        position.binding_on(outcome.as_of),
    );
    (sentence, wording::citation(outcome.rulebook, norm))
}

/// A treaty that is not in force, per state that has something left to do (or for all).
#[derive(Clone, Debug)]
pub struct Wanting {
    /// The treaty.
    pub treaty: String,
    /// Signed on.
    pub signed: Option<String>,
    /// It has ended (else: not yet in force).
    pub ended: bool,
    /// Its last day in force.
    pub last_day: Option<Day>,
    /// Who has something left to do; `None`: nobody in particular.
    pub state: Option<String>,
    /// What.
    pub missing: Vec<String>,
}

/// Treaties that matter and are not in force.
pub fn wanting(outcome: &Outcome) -> Vec<Wanting> {
    let mut found = Vec::new();
    for entry in &outcome.not_in_force {
        let treaty = outcome.rulebook.treaty(entry.treaty);
        let row = |state: Option<String>, missing: Vec<String>| Wanting {
            treaty: treaty.name.clone(),
            signed: treaty.signed.map(|signed| signed.to_string()),
            ended: !entry.pending,
            last_day: if entry.pending {
                None
            } else {
                last_day(outcome, entry.treaty)
            },
            state,
            missing,
        };
        if entry.missing.is_empty() {
            found.push(row(None, Vec::new()));
        }
        let mut by_state: indexmap::IndexMap<Option<EntityId>, Vec<String>> =
            indexmap::IndexMap::new();
        for atom in &entry.missing {
            by_state
                .entry(atom.arguments[0])
                .or_default()
                .push(wording::atom(outcome.rulebook, atom));
        }
        found.extend(
            by_state.into_iter().map(|(state, missing)| {
                row(state.map(|state| outcome.rulebook.name(state)), missing)
            }),
        );
    }
    found
}

fn last_day(outcome: &Outcome, treaty: crate::model::ids::TreatyId) -> Option<Day> {
    let changes = outcome.in_force(treaty)?.changes();
    let mut ended = changes
        .iter()
        .filter(|(day, readings)| *day <= outcome.as_of && *readings == Readings::NONE);
    ended.next_back().map(|(day, _)| day.previous())
}
