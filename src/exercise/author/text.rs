//! Values as YAML that people read: plain where that is safe, in one line where it fits.

use crate::report::style::wrap;
use crate::scenario::Event;
use crate::yaml::{Many, Text};

/// Longer lines are broken.
const WIDTH: usize = 118;

/// A text on one line, in quotes if it needs them.
pub(super) fn scalar(text: &str) -> String {
    let begins = text.starts_with(|first: char| first.is_alphanumeric());
    let harmless = |c: char| c.is_alphanumeric() || " _-./()".contains(c);
    let words = ["null", "Null", "NULL", "true", "false", "yes", "no"];
    let ends = text.ends_with(' ');
    if begins && !ends && text.chars().all(harmless) && !words.contains(&text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Texts as a list in one line.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts = texts.into_iter().map(|text| scalar(text.as_ref()));
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// A long text under its key, broken into lines.
pub(super) fn prose(indent: usize, key: &str, text: &str) -> String {
    let inner = indent + 2;
    let paragraphs = text.trim().split("\n\n");
    let broken = paragraphs.map(|paragraph| wrap(paragraph, inner, inner));
    let broken = broken.collect::<Vec<_>>().join("\n\n");
    format!("{:indent$}{key}: >\n{broken}\n", "")
}

/// Remarks, a line each.
pub(super) fn remarks<T: AsRef<str>>(indent: usize, lines: impl IntoIterator<Item = T>) -> String {
    let lines = lines.into_iter().map(|line| {
        let line = line.as_ref().replace(['\n', '\r'], " ");
        format!("{:indent$}# {line}\n", "")
    });
    lines.collect()
}

/// An event that is added, as an entry of `facts:`.
pub(super) fn added(indent: usize, event: &Event) -> String {
    let pairs = pairs(event);
    let told = pairs.iter().map(|(key, value)| format!("{key}: {value}"));
    let flow = told.clone().collect::<Vec<_>>().join(", ");
    let short = format!("{:indent$}- add: {{{flow}}}\n", "");
    if short.len() <= WIDTH {
        return short;
    }
    let inner = indent + 4;
    let lines = told.map(|line| format!("{:inner$}{line}\n", ""));
    format!("{:indent$}- add:\n{}", "", lines.collect::<String>())
}

/// An event in one line, as an entry of `events:`.
pub(in crate::exercise) fn event(event: &Event) -> String {
    let pairs = pairs(event).into_iter();
    let told = pairs.map(|(key, value)| format!("{key}: {value}"));
    format!("  - {{{}}}\n", told.collect::<Vec<_>>().join(", "))
}

fn pairs(event: &Event) -> Vec<(&'static str, String)> {
    let one = |text: &Option<Text>| text.as_ref().map(|text| scalar(&text.text));
    let many = |many: &Option<Many>| {
        let many = many.as_ref()?;
        Some(list(many.0.iter().map(|text| &text.text)))
    };
    let contested = event.contested.map(|flag| flag.value.to_string());
    let all = [
        ("id", one(&event.id)),
        ("what", Some(scalar(&event.what.text))),
        ("on", one(&event.on)),
        ("from", one(&event.from)),
        ("to", one(&event.to)),
        ("asserted-by", many(&event.asserted_by)),
        ("denied-by", many(&event.denied_by)),
        ("contested", contested),
        ("source", one(&event.source)),
        ("note", one(&event.note)),
    ];
    let all = all.into_iter();
    all.filter_map(|(key, value)| Some((key, value?))).collect()
}
