//! The facts behind an explanation, a line each.

use crate::calendar::Day;
use crate::engine::{GivenFact, Origin, Outcome, PositionId};
use crate::model::ids::EntityId;
use crate::model::norm::Head;
use crate::source::Span;
use crate::wording;

/// A fact as an explanation shows it.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// What it says.
    pub text: String,
    /// When: `2024-08-06 to 2025-04-26`.
    pub days: String,
    /// Who says so.
    pub asserted_by: Vec<String>,
    /// Who denies it.
    pub denied_by: Vec<String>,
    /// Who reported it.
    pub source: Option<String>,
    /// Where stated.
    pub span: Option<Span>,
    /// Its number in the outcome.
    pub number: u32,
}

/// What was done about a position by the day: acts (or refusals) that match it, roles left out being compatible.
pub(super) fn acts(outcome: &Outcome, id: PositionId, day: Day) -> Vec<FactLine> {
    let position = outcome.position(id);
    let Head::Position(head) = &outcome.rulebook.norm(position.norm).head else {
        return Vec::new();
    };
    let bearers = outcome.bearers(id, day);
    let refusal = outcome.rulebook.refusal(head.act.predicate);
    let wanted = &position.arguments[1..];
    let mut found: Vec<u32> = Vec::new();
    for (index, fact) in outcome.facts.iter().enumerate() {
        let verb =
            fact.atom.predicate == head.act.predicate || Some(fact.atom.predicate) == refusal;
        let by = fact.atom.arguments[0].is_some_and(|by| bearers.contains(&by));
        let fits = wanted
            .iter()
            .zip(&fact.atom.arguments[1..])
            .all(|(wanted, own)| wanted.is_none() || own.is_none() || wanted == own);
        let begun = fact.extent.first_day().is_some_and(|first| first <= day);
        if verb && by && fits && begun {
            found.push(index as u32);
        }
    }
    let mut lines: Vec<FactLine> = found
        .into_iter()
        .filter_map(|index| fact_line(outcome, index))
        .collect();
    lines.sort_by_key(|line| line.number);
    lines.dedup_by_key(|line| line.number);
    lines
}

/// A fact as a line; facts implied by others are shown as those others.
pub(super) fn fact_line(outcome: &Outcome, index: u32) -> Option<FactLine> {
    let mut number = index;
    while let Some(implied_by) = outcome.facts.get(number as usize)?.implied_by {
        number = implied_by;
    }
    let fact = outcome.facts.get(number as usize)?;
    let rulebook = outcome.rulebook;
    let names = |list: &[EntityId]| list.iter().map(|actor| rulebook.name(*actor)).collect();
    let mut text = match fact.fact {
        Some(stated) => wording::fact(rulebook, stated),
        None => wording::atom(rulebook, &fact.atom),
    };
    match fact.origin {
        Origin::Performed(_) => text.push_str(" (assumed performance)"),
        Origin::Assumed(_) => text.push_str(" (assumed)"),
        Origin::Defined(norm) => text.push_str(&format!(
            " (by {})",
            wording::citation(rulebook, rulebook.norm(norm))
        )),
        _ => {}
    }
    Some(FactLine {
        text,
        days: days(&fact),
        asserted_by: fact
            .fact
            .map(|stated| names(&stated.asserted_by))
            .unwrap_or_default(),
        denied_by: fact
            .fact
            .map(|stated| names(&stated.denied_by))
            .unwrap_or_default(),
        source: fact.fact.and_then(|stated| stated.source.clone()),
        span: fact.fact.map(|stated| stated.span),
        number,
    })
}

fn days(fact: &GivenFact) -> String {
    match fact.fact {
        Some(stated) => match stated.to {
            Some(to) if to == stated.from => stated.from.to_string(),
            Some(to) => format!("{} to {to}", stated.from),
            None => format!("from {}", stated.from),
        },
        None => fact
            .extent
            .first_day()
            .filter(|day| *day > Day::FIRST)
            .map_or_else(String::new, |day| format!("from {day}")),
    }
}
