//! Rows that differ in their bearer only, told in one sentence.

use super::row::Row;
use crate::diagnostic::phrase::join;
use crate::engine::Outcome;
use crate::extent::Readings;
use crate::model::entity::EntityKind;
use crate::model::norm::Modality;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashSet;

/// Rows that differ in their bearer only, together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The first of them.
    pub row: Row,
    /// All bearers.
    pub bearers: Vec<String>,
    /// The bearers in one phrase.
    who: String,
}

/// The most bearers, or exceptions, that a line names.
pub(super) const MOST_NAMED: usize = 12;

impl Group {
    /// The sentence with all bearers: `a, b and c shall each assist d`.
    pub fn sentence(&self) -> String {
        if self.bearers.len() < 2 || self.row.joint {
            return self.row.sentence.clone();
        }
        format!("{} {} {}", self.who, each(self.row.modality), self.row.act)
    }
}

fn each(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "shall each",
        Modality::Prohibition => "shall not",
        Modality::Permission => "may each",
        Modality::Power => "each have power to",
    }
}

/// Puts rows that differ in their bearer only together, in the order of the first. Who bears the same in several ways is named once.
pub fn groups(outcome: &Outcome, rows: Vec<Row>) -> Vec<Group> {
    let mut found: IndexMap<String, (Row, IndexSet<String>)> = IndexMap::new();
    for row in rows {
        let (_, bearers) = found
            .entry(key(&row))
            .or_insert_with(|| (row.clone(), IndexSet::new()));
        bearers.extend(row.bearers);
    }
    let told = found.into_values().map(|(row, bearers)| {
        let bearers = Vec::from_iter(bearers);
        Group {
            who: who(outcome, &row, &bearers),
            row,
            bearers,
        }
    });
    told.collect()
}

/// What rows of one group have in common. The time of a standing norm is its bearer's own and may differ.
fn key(row: &Row) -> String {
    format!(
        "{:?}|{}|{}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}|{:?}|{:?}",
        row.modality,
        row.act,
        row.citation(),
        row.verdict,
        row.alternatives,
        row.status,
        if row.standing { None } else { row.from },
        if row.standing { None } else { row.until },
        row.due,
        row.depth,
        row.displaced_by,
        (
            row.joint,
            row.unperformed,
            &row.violated_if,
            &row.qualifiers
        )
    )
}

/// The bearers by name; too many of them as all parties, or all states, except the few others.
fn who(outcome: &Outcome, row: &Row, bearers: &[String]) -> String {
    if bearers.len() <= MOST_NAMED + 1 {
        return join(bearers.to_vec(), "and");
    }
    let kinds = [
        ("states", states(outcome)),
        ("parties", parties(outcome, row)),
    ];
    let left = kinds.map(|(kind, all)| except(&all, bearers).map(|left| (kind, left)));
    let nearest = left
        .into_iter()
        .flatten()
        .min_by_key(|(_, left)| left.len());
    match nearest {
        Some((kind, left)) if left.is_empty() => format!("all {} {kind}", bearers.len()),
        Some((kind, left)) => format!(
            "{} {kind} (all except {})",
            bearers.len(),
            join(left, "and")
        ),
        None => {
            let mut named = bearers[..MOST_NAMED].to_vec();
            named.push(format!("{} others", bearers.len() - MOST_NAMED));
            join(named, "and")
        }
    }
}

/// Those left out, if the bearers are all of these but a few.
fn except(all: &[String], bearers: &[String]) -> Option<Vec<String>> {
    let bearers: FxHashSet<&String> = bearers.iter().collect();
    let (among, left): (Vec<&String>, Vec<&String>) =
        all.iter().partition(|name| bearers.contains(name));
    let few = among.len() == bearers.len() && left.len() <= MOST_NAMED;
    few.then(|| left.into_iter().cloned().collect())
}

/// Those whom the treaty of a row binds on the day, on any reading.
fn parties(outcome: &Outcome, row: &Row) -> Vec<String> {
    let rulebook = outcome.rulebook;
    let treaty = rulebook.norm(outcome.position(row.id).norm).treaty;
    let members = treaty.map(|treaty| outcome.members(treaty));
    let mut names: Vec<String> = members
        .into_iter()
        .flatten()
        .filter(|(_, extent)| extent.at(outcome.as_of) != Readings::NONE)
        .map(|(actor, _)| rulebook.name(actor))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The states that exist on the day.
fn states(outcome: &Outcome) -> Vec<String> {
    let all = outcome.rulebook.entities.iter();
    let alive = all.filter(|entity| {
        matches!(entity.kind, EntityKind::State { .. }) && entity.exists.contains(outcome.as_of)
    });
    let mut names: Vec<String> = alive.map(|entity| entity.name.clone()).collect();
    names.sort();
    names
}
