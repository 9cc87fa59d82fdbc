//! An outcome as Markdown, for papers and tickets.

use super::group::{Group, groups};
use super::obstacle::{pairs, wanting};
use super::row::rows;
use super::text::{Asked, accounts, days};
use crate::diagnostic::phrase::join;
use crate::engine::Outcome;
use crate::model::fact::{Status, Verdict};
use crate::wording::status_words;
use std::fmt::Write;

/// The whole outcome.
pub fn outcome(outcome: &mut Outcome, asked: &Asked) -> String {
    let mut text = format!(
        "# {}\n\nAs of {}",
        plain(&outcome.scenario.title),
        outcome.as_of
    );
    if let Some(actor) = asked.account {
        let _ = write!(text, ", on the account of {}", outcome.rulebook.name(actor));
    }
    text.push_str(".\n");
    let all = rows(outcome, asked.account, asked.all);
    let all = groups(outcome, all);
    for (title, verdict) in [
        ("Holds", Verdict::Owed),
        ("Holds if", Verdict::OwedIf),
        ("Ended", Verdict::NotOwed),
    ] {
        let chosen: Vec<&Group> = all
            .iter()
            .filter(|group| group.row.verdict == verdict)
            .collect();
        if chosen.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "\n## {title}\n\n| position | under | when | status | if; on whose account |\n| --- | --- | --- | --- | --- |"
        );
        for group in chosen {
            let _ = writeln!(text, "{}", line(group));
        }
    }
    for (title, list) in [
        ("Conflicts", &outcome.conflicts),
        ("Limits on performance", &outcome.limits),
    ] {
        let found = pairs(outcome, list);
        if !found.is_empty() {
            let _ = writeln!(text, "\n## {title}\n");
        }
        for pair in found {
            let _ = writeln!(
                text,
                "- {} ({}) — {} ({})",
                pair.one.0, pair.one.1, pair.other.0, pair.other.1
            );
        }
    }
    let missing = wanting(outcome);
    if !missing.is_empty() {
        text.push_str("\n## Not in force\n\n");
    }
    for entry in missing {
        let rest = if entry.missing.is_empty() {
            String::new()
        } else {
            format!(": still missing {}", join(entry.missing.clone(), "and"))
        };
        let _ = writeln!(text, "- {}{rest}", entry.treaty);
    }
    text
}

fn line(group: &Group) -> String {
    let row = &group.row;
    let mut sentence = group.sentence();
    for qualifier in &row.qualifiers {
        let _ = write!(sentence, ", {qualifier}");
    }
    let mut status = status_words(row.status).to_owned();
    if row.status == Status::Displaced {
        let _ = write!(status, " by {}", join(row.displaced_by.clone(), "and"));
    }
    let conditions: Vec<String> = row
        .alternatives
        .iter()
        .map(|cube| join(cube.clone(), "and"))
        .collect();
    let mut hinge = conditions.join("; or ");
    if let Some(who) = accounts(&row.accounts, row.modality) {
        let _ = write!(hinge, "; {who}");
    }
    let when = days(row.from, row.until).unwrap_or_default();
    let cells = [sentence, row.citation(), when, status, hinge];
    format!("| {} |", cells.map(|cell| plain(&cell)).join(" | "))
}

/// Text that Markdown leaves alone.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}
