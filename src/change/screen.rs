//! Families of moves as people read them, and as programs do.

use super::data::{Data, json};
use super::edit::{Change, Edit, Wording};
use super::family::{Because, Family, Member, Named};
use super::moves::{Kind, Move};
use super::told::Line;
use crate::diagnostic::phrase::count;
use crate::report::finding::{Finding, Level};
use crate::report::style::{Style, wrap};
use crate::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Families under the edits that caused them, each with so many examples; `size` is that of a scenario.
pub fn families(
    all: &[Family],
    style: Style,
    examples: usize,
    size: impl Fn(usize) -> usize,
    name: impl Fn(usize) -> String + Copy,
) -> String {
    let mut out = String::new();
    let mut last = None;
    for (at, family) in all.iter().enumerate() {
        if last != Some(&family.because) {
            for (at, line) in why(&family.because).into_iter().enumerate() {
                let line = wrap(&line, if at == 0 { 2 } else { 4 }, 6);
                let _ = writeln!(out, "{}", style.heading(&line));
            }
            last = Some(&family.because);
        }
        out.push_str(&self::family(at + 1, family, style));
        let some = family.exemplars(&size);
        out.push_str(&exemplars(&some[..some.len().min(examples)], name));
    }
    out
}

/// `3 scenarios in 2 families`: each scenario counts once, whatever moved in it.
pub fn counted(all: &[Family]) -> String {
    let scenarios = all.iter().flat_map(Family::scenarios);
    let scenarios: BTreeSet<usize> = scenarios.collect();
    format!(
        "{} in {}",
        count(scenarios.len(), "scenario", "scenarios"),
        count(all.len(), "family", "families")
    )
}

/// A family with its number: what kind, of what, in how many scenarios.
pub fn family(number: usize, family: &Family, style: Style) -> String {
    let scenarios = count(family.scenarios().len(), "scenario", "scenarios");
    let kind = family.kind.to_string();
    let kind = match family.kind {
        Kind::Gained => style.good(&kind),
        Kind::Lost => style.bad(&kind),
        _ => style.open(&kind),
    };
    let mut out = format!("    F{number}  {kind}  in {scenarios}\n");
    let under = family
        .under
        .as_ref()
        .map_or_else(String::new, |under| format!(" ({under})"));
    let _ = writeln!(
        out,
        "{}",
        wrap(&format!("{}{under}", family.pattern), 8, 10)
    );
    out
}

/// Why, a line an edit.
pub fn why(because: &Because) -> Vec<String> {
    let place = |edit: &Named| {
        let place = if edit.place.is_empty() {
            String::new()
        } else {
            format!("  [{}]", edit.place)
        };
        format!("{}{place}", edit.name)
    };
    let list = |first: &str, next: &str, edits: &[Named]| {
        let edits = edits.iter().enumerate();
        let lines = edits
            .map(|(at, edit)| format!("{} {}", if at == 0 { first } else { next }, place(edit)));
        lines.collect()
    };
    match because {
        Because::Edits(edits) if edits.len() > 1 => list("because of both", "and", edits),
        Because::Edits(edits) => list("because of", "and", edits),
        Because::AnyOf(edits) => list("because of each alone:", "and", edits),
        Because::Scenario => vec!["because the scenario was edited".to_owned()],
        Because::Unknown => vec!["no edit of the rules that is known explains it".to_owned()],
    }
}

/// A few members of a family, each with its scenario and what moved in it.
pub fn exemplars(members: &[&Member], name: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for member in members {
        let _ = writeln!(out, "          {}", name(member.scenario));
        for line in one_move(&member.one) {
            let _ = writeln!(out, "{}", wrap(&line, 12, 16));
        }
    }
    out
}

/// What moved: the new line and the old one, or what differs between them.
pub fn one_move(one: &Move) -> Vec<String> {
    let sentence = |line: &Option<Line>| line.as_ref().map(Line::sentence);
    let mut found = Vec::new();
    match (sentence(&one.old), sentence(&one.new)) {
        (Some(old), Some(new)) if old == new => {
            found.push(new);
            found.extend(one.differences());
        }
        (old, new) => {
            found.extend(old.map(|old| format!("− {old}")));
            found.extend(new.map(|new| format!("+ {new}")));
        }
    }
    found
}

/// Both wordings of an edit, whole: for a report.
pub fn whole(edit: &Edit) -> String {
    let text = |wording: &Option<Wording>| {
        let text = wording.as_ref().map(|wording| wording.text.as_str());
        text.unwrap_or_default().to_owned()
    };
    let (old, new) = (text(&edit.old), text(&edit.new));
    format!("edit: {}\n− {old}\n+ {new}", edit.place)
}

/// An edit with its place, and what is gone and what is new on lines of their own.
pub fn edit(edit: &Edit, sources: &Sources, style: Style) -> String {
    let mark = match edit.change {
        Change::Added => "+",
        Change::Removed => "−",
        Change::Changed => "~",
    };
    let named = super::trial::name(edit, sources);
    let mut out = format!(
        "  {mark} {}  {}\n",
        style.heading(&edit.place),
        style.quiet(&named.place)
    );
    let (gone, new) = edit.phrases();
    if gone.is_empty() && new.is_empty() {
        out.push_str("      in another order\n");
    }
    let long = edit.change != Change::Changed && edit.is_long();
    if !long {
        for (mark, phrases) in [("−", gone), ("+", new)] {
            if !phrases.is_empty() {
                let line = wrap(&format!("{mark} {}", phrases.join(", ")), 6, 10);
                let _ = writeln!(
                    out,
                    "{}",
                    if mark == "+" {
                        style.good(&line)
                    } else {
                        style.bad(&line)
                    }
                );
            }
        }
    }
    out
}

/// A finding for each family, with its scenarios by name.
pub fn findings(families: &[Family], name: impl Fn(usize) -> String, level: Level) -> Vec<Finding> {
    let numbered = families.iter().zip(1..);
    let found = numbered.map(|(family, number)| {
        let names: Vec<String> = family.scenarios().into_iter().map(&name).collect();
        finding(number, family, &names, level)
    });
    found.collect()
}

/// A family as a finding: it stands where the edit stands that caused it.
fn finding(number: usize, family: &Family, names: &[String], level: Level) -> Finding {
    let place = match &family.because {
        Because::Edits(edits) | Because::AnyOf(edits) => edits.first().map(|edit| &edit.place),
        Because::Scenario | Because::Unknown => None,
    };
    let none = || (names.first().cloned().unwrap_or_default(), 1);
    let (file, line) = place.map_or_else(none, |place| self::place(place));
    let scenarios = count(names.len(), "scenario", "scenarios");
    let mut details = why(&family.because);
    details.extend_from_slice(names);
    Finding {
        kind: "moved",
        level,
        message: format!(
            "F{number} {}: {}, in {scenarios}",
            family.kind, family.pattern
        ),
        details,
        steps: Vec::new(),
        file,
        line,
    }
}

/// File and line of `rules/pact.treaty:12`.
pub(super) fn place(text: &str) -> (String, u32) {
    let parts = text.rsplit_once(':');
    let parts = parts.and_then(|(file, line)| Some((file.to_owned(), line.parse().ok()?)));
    parts.unwrap_or((text.to_owned(), 1))
}

/// No more than so many characters, broken at a word; a quotation that is cut is closed.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    let short = &short[..end];
    let quoted = short.matches('"').count() % 2 == 1;
    format!("{short} …{}", if quoted { "\"" } else { "" })
}

/// A family for programs.
pub fn family_data(number: usize, family: &Family, name: impl Fn(usize) -> String) -> Data {
    let scenarios: Vec<String> = family.scenarios().into_iter().map(name).collect();
    json!({
        "id": format!("F{number}"),
        "change": family.kind.key(),
        "section": family.section.key(),
        "what": family.pattern,
        "under": family.under,
        "because": because_data(&family.because),
        "scenarios": scenarios,
    })
}

/// A reason for programs.
pub(super) fn because_data(because: &Because) -> Data {
    let (how, edits) = match because {
        Because::Edits(edits) => ("edits", edits.as_slice()),
        Because::AnyOf(edits) => ("any-of", edits.as_slice()),
        Because::Scenario => ("scenario", &[][..]),
        Because::Unknown => ("unknown", &[][..]),
    };
    let edits: Vec<Data> = edits
        .iter()
        .map(|edit| json!({"edit": edit.name, "place": edit.place}))
        .collect();
    json!({"how": how, "edits": edits})
}

/// An edit for programs.
pub fn edit_data(edit: &Edit, sources: &Sources) -> Data {
    let change = match edit.change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
    };
    let named = super::trial::name(edit, sources);
    json!({
        "edit": named.name,
        "place": named.place,
        "treaty": edit.treaty,
        "article": edit.article,
        "change": change,
        "old": edit.old.as_ref().map(|wording| wording.text.clone()),
        "new": edit.new.as_ref().map(|wording| wording.text.clone()),
    })
}
