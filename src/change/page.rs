//! The text of a snapshot: an outcome as YAML that people review line by line.

use super::told::{Line, Section, Told};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;
use std::borrow::Cow;

/// Lists are broken here.
const WIDTH: usize = 100;

/// Whether the values of a key are names, written one behind another.
pub(super) fn is_names(key: &str) -> bool {
    key == "who" || key.ends_with("on-account-of")
}

/// The YAML of an outcome. The same outcome gives the same text, byte for byte.
pub fn text(told: &Told) -> String {
    let mut out = String::new();
    for line in told
        .lines
        .iter()
        .filter(|line| line.section == Section::Head)
    {
        for (key, value) in &line.fields {
            out.push_str(&format!("{key}: {}\n", scalar(&value.join(", "))));
        }
    }
    for section in Section::LISTS {
        let lines: Vec<&Line> = told
            .lines
            .iter()
            .filter(|line| line.section == section)
            .collect();
        if !lines.is_empty() {
            out.push_str(&format!("{}:\n", section.key()));
        }
        for (rest, who) in together(&lines) {
            item(&mut out, &who, &rest);
        }
    }
    if told.lines.iter().all(|line| line.section == Section::Head) {
        out.push_str("positions: []\n");
    }
    out
}

/// What lines may have in common: all their fields but the bearer.
type Rest<'l> = SmallVec<[&'l (String, Vec<String>); 8]>;

/// Positions that differ in their bearer only become one, at the place of the first: the bearers, and the rest.
fn together<'l>(lines: &[&'l Line]) -> IndexMap<Rest<'l>, Vec<&'l str>, FxBuildHasher> {
    let mut found: IndexMap<Rest<'l>, Vec<&'l str>, FxBuildHasher> = IndexMap::default();
    for line in lines {
        let apart = line.section == Section::Positions && line.text("together").is_none();
        let is_who = |field: &&(String, Vec<String>)| apart && field.0 == "who";
        let rest = line.fields.iter().filter(|field| !is_who(field)).collect();
        let who = if apart { line.get("who") } else { &[] };
        let all = found.entry(rest).or_default();
        all.extend(who.iter().map(String::as_str));
    }
    found
}

fn item(out: &mut String, who: &[&str], rest: &[&(String, Vec<String>)]) {
    let mut lead = "  - ";
    if !who.is_empty() {
        field(out, lead, "who", who);
        lead = "    ";
    }
    for (key, value) in rest {
        let value: SmallVec<[&str; 8]> = value.iter().map(String::as_str).collect();
        field(out, lead, key, &value);
        lead = "    ";
    }
}

fn field(out: &mut String, lead: &str, key: &str, value: &[&str]) {
    out.push_str(lead);
    out.push_str(key);
    out.push(':');
    match value {
        [only] => {
            out.push(' ');
            out.push_str(&scalar(only));
            out.push('\n');
        }
        names if is_names(key) => flow(out, names, 6 + key.len()),
        all => {
            out.push('\n');
            for one in all {
                out.push_str("      - ");
                out.push_str(&scalar(one));
                out.push('\n');
            }
        }
    }
}

/// ` [a, b, c]`, broken where the line gets too long.
fn flow(out: &mut String, names: &[&str], mut column: usize) {
    out.push_str(" [");
    column += 2;
    for (at, name) in names.iter().enumerate() {
        let name = scalar(name);
        if at > 0 && column + name.chars().count() + 2 > WIDTH {
            out.push_str("\n      ");
            column = 6;
        } else if at > 0 {
            out.push(' ');
            column += 1;
        }
        column += name.chars().count() + 1;
        out.push_str(&name);
        out.push_str(if at + 1 < names.len() { "," } else { "]\n" });
    }
}

/// A value, in quotation marks where YAML would read it otherwise.
pub(super) fn scalar(text: &str) -> Cow<'_, str> {
    let special = |c: char| "-?:,[]{}#&*!|>'\"%@`~ ".contains(c);
    let risky = text.is_empty()
        || text.starts_with(special)
        || text.ends_with([' ', ':'])
        || text.contains(": ")
        || text.contains(" #")
        || text.contains([',', '[', ']', '{', '}'])
        || text.chars().any(char::is_control)
        || ["true", "false", "null"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
        || text.parse::<f64>().is_ok();
    if risky {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        let text = text.replace('\n', "\\n").replace('\t', "\\t");
        format!("\"{text}\"").into()
    } else {
        text.into()
    }
}
