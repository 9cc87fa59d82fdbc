//! A scenario: what it tells, and what it expects.

use super::{also, heading};
use crate::catalogue::Card;
use crate::report::style::wrap;
use crate::scenario::{Event, Expect, Many, Text};
use std::fmt::Write as _;

pub(super) fn told(card: &Card) -> String {
    let document = &card.document;
    let mut text = heading(&card.name, Some(&document.title.text)) + "\n";
    let names: Vec<String> = card.also().map(str::to_owned).collect();
    text.push_str(&also(&names));
    for line in head(card) {
        let _ = writeln!(text, "{}", wrap(&line, 2, 4));
    }
    section(
        &mut text,
        "What happened",
        document.events.iter().map(event),
    );
    section(
        &mut text,
        "Assumed",
        document.assume.iter().map(|text| text.text.clone()),
    );
    section(&mut text, "Expected", document.expect.iter().map(expected));
    let _ = writeln!(text, "\ncasus run {} tells what follows", card.name);
    text
}

fn head(card: &Card) -> Vec<String> {
    let document = &card.document;
    let mut lines = vec![card.file.clone()];
    lines.extend(card.as_of().map(|day| format!("as of {day}")));
    let treaties = card.treaties();
    if !treaties.is_empty() {
        lines.push(format!("treaties: {}", treaties.join(", ")));
    }
    if document.hypothetical.is_some_and(|flag| flag.value) {
        lines.push("hypothetical".to_owned());
    }
    if !card.remark.is_empty() {
        lines.push(card.remark.clone());
    }
    lines.extend(
        document
            .note
            .as_ref()
            .map(|note| format!("note: {}", note.text)),
    );
    lines.extend(
        document
            .source
            .as_ref()
            .map(|source| format!("source: {}", source.text)),
    );
    lines
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (at, line) in lines.enumerate() {
        if at == 0 {
            let _ = writeln!(text, "\n{title}");
        }
        let _ = writeln!(text, "{}", wrap(&line, 2, 6));
    }
}

/// `1914-08-04 germany attacks belgium (says belgium; denied by germany)`
fn event(event: &Event) -> String {
    let word = |date: &Option<Text>| date.as_ref().map(|date| date.text.clone());
    let days = match (word(&event.on), word(&event.from), word(&event.to)) {
        (Some(on), _, _) => on,
        (None, Some(from), Some(to)) => format!("{from} to {to}"),
        (None, Some(from), None) => format!("from {from}"),
        (None, None, Some(to)) => format!("to {to}"),
        (None, None, None) => String::new(),
    };
    let side = |word: &str, many: &Option<Many>| {
        many.as_ref().map(|many| format!("{word} {}", names(many)))
    };
    let sides = [
        side("says", &event.asserted_by),
        side("denied by", &event.denied_by),
    ];
    let sides: Vec<String> = sides.into_iter().flatten().collect();
    let sides = if sides.is_empty() {
        String::new()
    } else {
        format!(" ({})", sides.join("; "))
    };
    format!("{days}  {}{sides}", event.what.text)
}

fn names(many: &Many) -> String {
    let names: Vec<&str> = many.0.iter().map(|text| text.text.as_str()).collect();
    names.join(", ")
}

/// `owed: france shall assist estonia (north-atlantic-treaty article 5)`
fn expected(expect: &Expect) -> String {
    let one = [
        ("owed", &expect.owed),
        ("owed if", &expect.owed_if),
        ("not owed", &expect.not_owed),
        ("in force", &expect.in_force),
        ("not in force", &expect.not_in_force),
    ];
    let two = [("conflict", &expect.conflict), ("limit", &expect.limit)];
    let claim = one
        .into_iter()
        .find_map(|(word, text)| text.as_ref().map(|text| format!("{word}: {}", text.text)))
        .or_else(|| {
            two.into_iter().find_map(|(word, many)| {
                many.as_ref().map(|many| format!("{word}: {}", names(many)))
            })
        });
    let mut line = claim.unwrap_or_default();
    for (word, text) in [
        ("under", &expect.under),
        ("status", &expect.status),
        ("on", &expect.on),
    ] {
        if let Some(text) = text {
            let _ = write!(line, ", {word} {}", text.text);
        }
    }
    line
}
