//! The text of a snapshot: an outcome as YAML that people review line by line.

use super::told::{Line, Section, Told};

/// Lists are broken here.
const WIDTH: usize = 100;

/// Whether the values of a key are names, written one behind another.
fn is_names(key: &str) -> bool {
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
        for line in together(&lines) {
            item(&mut out, &line);
        }
    }
    if told.lines.iter().all(|line| line.section == Section::Head) {
        out.push_str("positions: []\n");
    }
    out
}

/// Positions that differ in their bearer only become one, at the place of the first.
fn together(lines: &[&Line]) -> Vec<Line> {
    let mut found: indexmap::IndexMap<Vec<(String, Vec<String>)>, Vec<String>> =
        indexmap::IndexMap::new();
    for line in lines {
        let apart = line.section == Section::Positions && line.text("together").is_none();
        let (who, rest): (Vec<_>, Vec<_>) = line
            .fields
            .iter()
            .cloned()
            .partition(|(key, _)| apart && key == "who");
        let who = who.into_iter().flat_map(|(_, who)| who);
        found.entry(rest).or_default().extend(who);
    }
    let joined = found.into_iter().map(|(rest, who)| {
        let mut line = Line::new(
            lines
                .first()
                .map_or(Section::Positions, |line| line.section),
        );
        line.put("who", who);
        line.fields.extend(rest);
        line
    });
    joined.collect()
}

fn item(out: &mut String, line: &Line) {
    for (at, (key, value)) in line.fields.iter().enumerate() {
        out.push_str(if at == 0 { "  - " } else { "    " });
        out.push_str(key);
        out.push(':');
        match value.as_slice() {
            [only] => out.push_str(&format!(" {}\n", scalar(only))),
            names if is_names(key) => flow(out, names, 6 + key.len()),
            all => {
                out.push('\n');
                for one in all {
                    out.push_str(&format!("      - {}\n", scalar(one)));
                }
            }
        }
    }
}

/// ` [a, b, c]`, broken where the line gets too long.
fn flow(out: &mut String, names: &[String], mut column: usize) {
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
pub(super) fn scalar(text: &str) -> String {
    let special = |c: char| "-?:,[]{}#&*!|>'\"%@`~ ".contains(c);
    let risky = text.is_empty()
        || text.starts_with(special)
        || text.ends_with([' ', ':'])
        || text.contains(": ")
        || text.contains(" #")
        || text.contains([',', '[', ']', '{', '}'])
        || text.chars().any(char::is_control)
        || ["true", "false", "null"].contains(&text.to_lowercase().as_str())
        || text.parse::<f64>().is_ok();
    if risky {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{}\"", text.replace('\n', "\\n").replace('\t', "\\t"))
    } else {
        text.to_owned()
    }
}
