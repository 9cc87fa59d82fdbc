//! An outcome as text for people: owed first, then owed if, then what stands in the way.

use super::group::{Group, MOST_NAMED, groups};
use super::obstacle::{Pair, Wanting, pairs, wanting};
use super::row::{Row, rows};
use super::style::{Style, wrap};
use crate::calendar::Day;
use crate::diagnostic::phrase::join;
use crate::engine::Outcome;
use crate::model::fact::{Assume, Status, Verdict};
use crate::model::ids::EntityId;
use crate::model::norm::Modality;
use crate::wording::status_words;
use std::fmt::Write;

/// What the run was asked, for the head of the report.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// On whose account.
    pub account: Option<EntityId>,
    /// Who performs.
    pub assume: Assume,
    /// Show standing norms that nothing engages.
    pub all: bool,
}

/// The whole answer.
pub fn outcome(outcome: &mut Outcome, asked: &Asked, style: Style) -> String {
    let mut text = head(outcome, asked, style);
    let all = rows(outcome, asked.account, asked.all);
    let (displaced, live): (Vec<Row>, Vec<Row>) = all
        .into_iter()
        .partition(|row| row.status == Status::Displaced);
    let (quiet, live): (Vec<Row>, Vec<Row>) = live.into_iter().partition(is_quiet);
    let live = groups(outcome, live);
    section(&mut text, "Owed", &live, style, |row| {
        row.verdict == Verdict::Owed && obliges(row.modality)
    });
    section(&mut text, "Owed if", &live, style, |row| {
        row.verdict == Verdict::OwedIf && obliges(row.modality)
    });
    section(&mut text, "Ended", &live, style, |row| {
        row.verdict == Verdict::NotOwed
    });
    section(&mut text, "Permitted", &live, style, |row| {
        row.verdict == Verdict::Owed && !obliges(row.modality)
    });
    section(&mut text, "Permitted if", &live, style, |row| {
        row.verdict == Verdict::OwedIf && !obliges(row.modality)
    });
    let displaced = groups(outcome, displaced);
    section(&mut text, "Displaced", &displaced, style, |_| true);
    let conflicts = pairs(outcome, &outcome.conflicts);
    let limits = pairs(outcome, &outcome.limits);
    conflict_section(&mut text, &conflicts, style);
    limit_section(&mut text, &limits, style);
    let quiet = groups(outcome, quiet);
    quiet_section(&mut text, &quiet, style);
    wanting_section(&mut text, &wanting(outcome), style);
    if live.is_empty() && displaced.is_empty() && quiet.is_empty() {
        text.push_str(if asked.all {
            "\nNobody named here owes anything on this day under the rules that count here.\n"
        } else {
            "\nNothing that happened makes anybody owe anything on this day under the rules that count here.\n\
             What those named here owe all along, `--all` tells.\n"
        });
    }
    if outcome.cut_off {
        text.push_str("\nThe evaluation was cut off at its limit: some of this may be wrong.\n");
    }
    text
}

/// A standing norm that nobody has broken or fulfilled: in force, and no news.
fn is_quiet(row: &Row) -> bool {
    row.standing
        && row.status == Status::InForce
        && row.verdict == Verdict::Owed
        && row.violated_if.is_empty()
}

/// Standing norms that have to do with what happens, a line each.
fn quiet_section(text: &mut String, groups: &[Group], style: Style) {
    if groups.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.heading("In force all along"));
    for group in groups {
        let line = format!("{} ({})", group.sentence(), group.row.citation());
        let _ = writeln!(text, "{}", wrap(&line, 2, 6));
    }
}

fn obliges(modality: Modality) -> bool {
    matches!(modality, Modality::Duty | Modality::Prohibition)
}

fn head(outcome: &Outcome, asked: &Asked, style: Style) -> String {
    let mut text = format!("{}\n", style.heading(&outcome.scenario.title));
    let mut facts = vec![format!("as of {}", outcome.as_of)];
    if outcome.scenario.hypothetical {
        facts.push("hypothetical".to_owned());
    }
    if let Some(actor) = asked.account {
        facts.push(format!(
            "on the account of {}",
            outcome.rulebook.name(actor)
        ));
    }
    match &asked.assume {
        Assume::None => {}
        Assume::All => facts.push("assuming that all perform".to_owned()),
        Assume::Only(list) => {
            let names = list
                .iter()
                .map(|actor| outcome.rulebook.name(*actor))
                .collect();
            facts.push(format!("assuming that {} perform", join(names, "and")));
        }
    }
    let _ = writeln!(text, "{}", style.quiet(&facts.join(" · ")));
    text
}

fn section(
    text: &mut String,
    title: &str,
    groups: &[Group],
    style: Style,
    belongs: impl Fn(&Row) -> bool,
) {
    let mut chosen: Vec<&Group> = groups.iter().filter(|group| belongs(&group.row)).collect();
    if chosen.is_empty() {
        return;
    }
    // What somebody must do now comes before what everybody must always leave undone.
    chosen.sort_by_key(|group| {
        (
            group.row.depth,
            group.row.standing,
            is_everybodys(group),
            group.row.modality,
        )
    });
    let _ = writeln!(text, "\n{}", style.heading(title));
    for group in chosen {
        write_group(text, group, style);
    }
}

/// A position of so many that it singles nobody out.
fn is_everybodys(group: &Group) -> bool {
    group.bearers.len() > MOST_NAMED
}

fn write_group(text: &mut String, group: &Group, style: Style) {
    let row = &group.row;
    let mut sentence = group.sentence();
    for qualifier in &row.qualifiers {
        let _ = write!(sentence, ", {qualifier}");
    }
    let _ = writeln!(text, "{}", wrap(&sentence, 2, 6));
    let mut line = row.citation();
    if row.binding != "treaty" && !row.binding.is_empty() {
        let _ = write!(line, " ({})", row.binding);
    }
    if let Some(days) = days(row.from, row.until) {
        let _ = write!(line, " · {days}");
    }
    if let Some(due) = row.due {
        let _ = write!(line, " · due {due}");
    }
    if row.depth > 0 {
        let _ = write!(line, " · step {} of the cascade", row.depth);
    }
    let _ = writeln!(text, "{}", style.quiet(&wrap(&line, 6, 8)));
    if let Some(words) = status(row) {
        let words = wrap(&words, 6, 8);
        let _ = writeln!(
            text,
            "{}",
            if row.status == Status::Violated {
                style.bad(&words)
            } else {
                words
            }
        );
    }
    for line in alternatives("if", &row.alternatives, 6) {
        let _ = writeln!(text, "{}", style.open(&line));
    }
    for line in alternatives("violated if", &row.violated_if, 6) {
        let _ = writeln!(text, "{}", style.bad(&line));
    }
    if let Some(line) = violated_accounts(&row.violated_accounts) {
        let _ = writeln!(text, "{}", wrap(&line, 6, 8));
    }
    if let Some(line) = accounts(&row.accounts, row.modality) {
        let _ = writeln!(text, "{}", wrap(&line, 6, 8));
    }
    if !row.not_encoded.is_empty() {
        let _ = writeln!(
            text,
            "{}",
            wrap(
                &format!("not encoded: article {}", row.not_encoded.join(", ")),
                6,
                8
            )
        );
    }
}

/// `since D`, `from D to D`, `until D`
pub fn days(from: Option<Day>, until: Option<Day>) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) if from == until => Some(format!("on {from}")),
        (Some(from), Some(until)) => Some(format!("from {from} to {until}")),
        (Some(from), None) => Some(format!("since {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}

fn status(row: &Row) -> Option<String> {
    match row.status {
        Status::InForce | Status::NotYet | Status::Lapsed => None,
        Status::Displaced => Some(format!(
            "displaced by {}",
            join(row.displaced_by.clone(), "and")
        )),
        Status::Violated if row.unperformed => {
            Some("violated: nothing stated here shows that it was done in time".to_owned())
        }
        other => status_of(other, row.modality).map(str::to_owned),
    }
}

/// What has become of a position, if anything: a permission is not fulfilled but exercised.
pub(super) fn status_of(status: Status, modality: Modality) -> Option<&'static str> {
    match status {
        Status::InForce => None,
        Status::Fulfilled if !obliges(modality) => Some("exercised"),
        other => Some(status_words(other)),
    }
}

/// Alternatives, a line each: `if A and B`, `or if C`.
pub(super) fn alternatives(first: &str, all: &[Vec<String>], indent: usize) -> Vec<String> {
    let lines = all.iter().enumerate().map(|(index, alternative)| {
        let word = if index == 0 { first } else { "or if" };
        let line = format!("{word} {}", join(alternative.clone(), "and"));
        wrap(&line, indent, indent + 3)
    });
    lines.collect()
}

/// On whose account a position is violated.
pub(super) fn violated_accounts(accounts: &[(String, Verdict)]) -> Option<String> {
    accounts_of(accounts, ["violated", "open", "not violated"])
}

/// Who holds what.
pub fn accounts(accounts: &[(String, Verdict)], modality: Modality) -> Option<String> {
    let words = if obliges(modality) {
        ["owed", "open", "not owed"]
    } else {
        ["permitted", "open", "not permitted"]
    };
    accounts_of(accounts, words)
}

fn accounts_of(accounts: &[(String, Verdict)], words: [&str; 3]) -> Option<String> {
    let verdicts = [Verdict::Owed, Verdict::OwedIf, Verdict::NotOwed];
    let part = |(verdict, word): (Verdict, &str)| {
        let names: Vec<String> = accounts
            .iter()
            .filter(|(_, own)| *own == verdict)
            .map(|(name, _)| name.clone())
            .collect();
        (!names.is_empty()).then(|| format!("{word} on the account of {}", join(names, "and")))
    };
    let parts: Vec<String> = verdicts.into_iter().zip(words).filter_map(part).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn conflict_section(text: &mut String, pairs: &[Pair], style: Style) {
    if pairs.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.heading("Conflicts"));
    for pair in pairs {
        let _ = writeln!(
            text,
            "{}",
            wrap(&format!("{} ({})", pair.one.0, pair.one.1), 2, 6)
        );
        let _ = writeln!(
            text,
            "{}",
            wrap(
                &format!("against {} ({})", pair.other.0, pair.other.1),
                6,
                8
            )
        );
        if pair.verdict == Verdict::OwedIf {
            let _ = writeln!(text, "{}", style.open("      on some readings only"));
        }
        let _ = writeln!(
            text,
            "{}",
            style.quiet(&wrap(&format!("settled by {}", pair.settled_by), 6, 8))
        );
    }
}

/// Each duty once, with all that limits its performance.
fn limit_section(text: &mut String, pairs: &[Pair], style: Style) {
    if pairs.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", style.heading("Limits on performance"));
    let mut last = None;
    for pair in pairs {
        if last != Some(&pair.one) {
            let _ = writeln!(
                text,
                "{}",
                wrap(&format!("{} ({})", pair.one.0, pair.one.1), 2, 6)
            );
            last = Some(&pair.one);
        }
        let _ = writeln!(
            text,
            "{}",
            wrap(&format!("but {} ({})", pair.other.0, pair.other.1), 6, 10)
        );
    }
}

fn wanting_section(text: &mut String, wanting: &[Wanting], style: Style) {
    for (title, ended) in [("Not yet in force", false), ("No longer in force", true)] {
        let chosen: Vec<&Wanting> = wanting
            .iter()
            .filter(|entry| entry.ended == ended)
            .collect();
        if chosen.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}", style.heading(title));
        let mut last = "";
        for entry in chosen {
            if entry.treaty != last {
                let signed = entry
                    .signed
                    .as_ref()
                    .filter(|_| !ended)
                    .map_or_else(String::new, |day| format!(", signed {day}"));
                let until = entry
                    .last_day
                    .map_or_else(String::new, |day| format!(", in force until {day}"));
                let _ = writeln!(text, "  {}{signed}{until}", entry.treaty);
                last = &entry.treaty;
            }
            if !entry.missing.is_empty() {
                let _ = writeln!(
                    text,
                    "{}",
                    wrap(
                        &format!("still missing: {}", join(entry.missing.clone(), "and")),
                        6,
                        8
                    )
                );
            }
        }
    }
}
