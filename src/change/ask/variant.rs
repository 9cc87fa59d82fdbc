//! A scenario file with some events left out and others added; the rest of it stands as it was.

use super::witness::{Stated, event};
use crate::calendar::Day;
use std::fmt::Write as _;
use std::ops::Range;

/// What of a file stays as it is.
const KEPT: [&str; 3] = ["rules:", "view:", "assume:"];

/// The events of a scenario file, each with the place of its text; nothing if they do not stand one below the other.
pub(super) fn events(text: &str) -> Option<Vec<Range<usize>>> {
    let Some(block) = blocks(text).find(|block| text[block.clone()].starts_with("events:")) else {
        return Some(Vec::new());
    };
    let own = &text[block.clone()];
    let first = own.lines().next()?.trim_end();
    if first == "events: []" {
        return Some(Vec::new());
    }
    let mut indent = None;
    let mut starts = Vec::new();
    for (at, line) in lines(own).skip(1) {
        let own_indent = line.len() - line.trim_start().len();
        let is_item = line.trim_start().starts_with("- ");
        if is_item && *indent.get_or_insert(own_indent) == own_indent {
            starts.push(block.start + at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([block.end]);
    (first == "events:").then(|| {
        starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(a, b)| a..b)
            .collect()
    })
}

/// The file without the events at these places and with further facts, asked about on a day.
pub(super) fn variant(
    text: &str,
    title: &str,
    day: Day,
    kept: &[Range<usize>],
    added: &[Stated],
) -> String {
    let mut made = format!("scenario: {title:?}\nas-of: {day}\nhypothetical: true\n");
    for block in blocks(text) {
        let own = &text[block];
        if KEPT.iter().any(|key| own.starts_with(key)) {
            push(&mut made, own);
        }
    }
    let none = kept.is_empty() && added.is_empty();
    made.push_str(if none { "events: []\n" } else { "events:\n" });
    for place in kept {
        push(&mut made, &text[place.clone()]);
    }
    let first = kept.first().map_or("  - ", |place| &text[place.clone()]);
    let indent = first.len() - first.trim_start().len();
    for fact in added {
        for line in event(fact).lines() {
            let _ = writeln!(made, "{:indent$}{line}", "");
        }
    }
    made
}

/// Lines of a block, without remarks that may belong to what comes next.
fn push(made: &mut String, block: &str) {
    let is_told = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    for line in block.lines().filter(is_told) {
        made.push_str(line);
        made.push('\n');
    }
}

/// Each key at the edge of the page with what belongs to it.
fn blocks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_key = |line: &str| line.starts_with(|c: char| c.is_ascii_lowercase());
    let starts: Vec<usize> = lines(text)
        .filter(|(_, line)| is_key(line))
        .map(|(at, _)| at)
        .collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end)
}

/// Lines with where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A remark.\nscenario: Two\nas-of: 1960-01-01\nrules: [pact]\nevents:\n  - id: one\n    what: a attacks b\n    on: 1959-01-01\n  # Another.\n  - what: c attacks b\n    from: 1959-02-01\nassume:\n  - a is wary\nexpect:\n  - owed: b shall assist a\n";

    #[test]
    fn events_are_left_out_and_added() {
        let all = events(FILE).unwrap_or_default();
        assert_eq!(all.len(), 2);
        let added = Stated {
            what: "d attacks b".to_owned(),
            from: Day(0),
            to: Some(Day(0)),
            asserted_by: None,
        };
        let made = variant(FILE, "Another", Day(0), &all[1..], &[added]);
        let day = Day(0);
        let wanted = format!(
            "scenario: \"Another\"\nas-of: {day}\nhypothetical: true\nrules: [pact]\nassume:\n  - a is wary\nevents:\n  - what: c attacks b\n    from: 1959-02-01\n  - what: d attacks b\n    on: {day}\n"
        );
        assert_eq!(made, wanted);
    }

    #[test]
    fn a_file_without_events_has_none() {
        assert_eq!(events("scenario: A\nevents: []\n"), Some(Vec::new()));
        assert_eq!(events("scenario: A\n"), Some(Vec::new()));
        assert_eq!(events("scenario: A\nevents: [{what: a attacks b}]\n"), None);
    }
}
