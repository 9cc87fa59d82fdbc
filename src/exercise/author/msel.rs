//! The list of events (MSEL) as a table: a row an inject, with what is expected; facts and questions as in the file, an entry a line.

use super::text::scalar;
use crate::exercise::report::table::table;
use crate::exercise::{Exercise, Pack, all_put, expected};
use crate::yaml::node::{Kind, Node};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 13] = [
    "no",
    "at",
    "story",
    "to",
    "from",
    "channel",
    "text",
    "facts",
    "questions",
    "expected",
    "contingency",
    "objective",
    "max minutes",
];

/// Those that follow from the rest, or name the row.
const DERIVED: [&str; 3] = ["no", "expected", "max minutes"];

/// The columns that may be edited.
pub(super) fn editable() -> impl Iterator<Item = &'static str> {
    COLUMNS
        .into_iter()
        .filter(|column| !DERIVED.contains(column))
}

/// The table.
pub fn msel(pack: &Pack, exercise: &Exercise) -> String {
    let nodes = super::place::nodes(pack);
    let mut rows = Vec::new();
    for node in nodes.iter().map(|(_, node)| node) {
        let id = cell(node, "id");
        let told = expectations(pack, exercise, &id);
        let row = COLUMNS.iter().map(|column| match *column {
            "no" => id.clone(),
            "expected" => told.clone(),
            "max minutes" => minutes(exercise, &id),
            column => cell(node, column),
        });
        rows.push(row.collect());
    }
    table(&COLUMNS, rows.into_iter())
}

/// What stands under a key of an inject, as it stands in the table.
pub(super) fn cell(inject: &Node, key: &str) -> String {
    match inject.get(key) {
        None => String::new(),
        Some(node) => match (&node.kind, key) {
            (Kind::Scalar { value, .. }, _) => {
                value.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            (Kind::List(items), "facts" | "questions") => lines(items),
            (Kind::List(items), _) => items.iter().map(flow).collect::<Vec<_>>().join(", "),
            (Kind::Map(_), _) => flow(node),
        },
    }
}

fn lines(items: &[Node]) -> String {
    items.iter().map(flow).collect::<Vec<_>>().join("\n")
}

/// A value in one line.
pub(super) fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { value, .. } => {
            scalar(&value.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Kind::List(items) => {
            let items = items.iter().map(flow);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Kind::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| format!("{}: {}", key.text, flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn expectations(pack: &Pack, exercise: &Exercise, inject: &str) -> String {
    let put = all_put(pack, exercise);
    let own = put
        .iter()
        .filter(|put| exercise.inject(put.inject).id == inject);
    let told = own.filter_map(|put| {
        let answers = expected(pack, exercise, put)?;
        let role = &exercise.role(put.role).id;
        let answers = if answers.is_empty() {
            "none".to_owned()
        } else {
            answers.join("; ")
        };
        Some(format!("{} {role}: {answers}", put.question.id))
    });
    told.collect::<Vec<_>>().join("\n")
}

fn minutes(exercise: &Exercise, inject: &str) -> String {
    let own = exercise.injects.iter().find(|own| own.id == inject);
    let questions = own.into_iter().flat_map(|own| &own.questions);
    let minutes: u32 = questions.filter_map(|question| question.minutes).sum();
    if minutes == 0 {
        String::new()
    } else {
        minutes.to_string()
    }
}
