//! The positions of the engine, told as the program by hand tells them.

use super::by_hand::{ALWAYS, Row};
use super::generator::{FIRST, Words};
use casus::calendar::Day;
use casus::extent::{Extent, Readings};
use casus::model::ids::EntityId;
use casus::{Outcome, Rulebook};

/// The rows of an outcome, in their order.
pub(crate) fn rows(rulebook: &Rulebook, words: &Words, outcome: &Outcome<'_>) -> Vec<Row> {
    let (year, month, day) = FIRST;
    let first = Day::new(year, month, day).expect("a day");
    let state = |id: Option<EntityId>| {
        id.and_then(|id| words.states.iter().position(|state| *state == id))
            .map(|at| at as u16)
    };
    let row = |position: &casus::engine::Position| {
        let norm = rulebook.norm(position.norm);
        let [bearer, object, against, _] = position.arguments;
        Some(Row {
            treaty: norm.treaty?.0,
            article: norm.article,
            bearer: state(bearer)?,
            object: state(object),
            against: state(against),
            holds: spells(&position.holds, first),
        })
    };
    let mut rows: Vec<Row> = outcome.positions.iter().filter_map(row).collect();
    rows.sort();
    rows
}

fn spells(extent: &Extent, first: Day) -> Vec<(i32, i32)> {
    let changes = extent.changes();
    let held = changes.iter().enumerate();
    held.filter(|(_, (_, readings))| *readings == Readings::ALL)
        .map(|(at, (from, _))| {
            let until = changes.get(at + 1);
            let until = until.map_or(ALWAYS, |(next, _)| next.previous().0 - first.0);
            (from.0 - first.0, until)
        })
        .collect()
}
