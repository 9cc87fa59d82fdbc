//! Explanations as text.

use super::style::{Style, wrap};
use super::text::{accounts, alternatives, days, status_of, violated_accounts};
use crate::calendar::Day;
use crate::diagnostic::phrase::join;
use crate::explain::{Accounts, Explanation, FactLine, Instance, NotHeld, Reason, Standing, Would};
use crate::model::fact::Verdict;
use crate::model::norm::Modality;
use crate::model::rulebook::Rulebook;
use crate::wording::verdict_words;
use std::fmt::Write;

/// The whole explanation.
pub fn explanation(
    rulebook: &Rulebook,
    of: &Explanation,
    modality: Modality,
    style: Style,
) -> String {
    let mut text = format!("{}\n", style.heading(&of.asked));
    let verdict = answer(of, modality);
    let _ = writeln!(text, "as of {}: {verdict}", of.as_of);
    for instance in &of.held {
        write_instance(&mut text, rulebook, instance, modality, style);
    }
    if of.no_clause {
        text.push_str("\nNo clause that counts here speaks of such an act between them.\n");
    }
    for miss in &of.not_held {
        write_miss(&mut text, miss, style);
    }
    text
}

fn answer(of: &Explanation, modality: Modality) -> &'static str {
    match (modality, of.verdict) {
        (Modality::Permission | Modality::Power, Verdict::Owed) => "permitted",
        (Modality::Permission | Modality::Power, Verdict::OwedIf) => "permitted, if",
        (Modality::Permission | Modality::Power, Verdict::NotOwed) => "no such permission",
        (_, verdict) => verdict_words(verdict),
    }
}

fn write_instance(
    text: &mut String,
    rulebook: &Rulebook,
    instance: &Instance,
    modality: Modality,
    style: Style,
) {
    let _ = writeln!(text, "\n{}", wrap(&instance.sentence, 0, 4));
    let days = instance.days.and_then(|span| {
        days(
            Some(span.first).filter(|day| *day > Day::FIRST),
            Some(span.last).filter(|day| *day < Day::LAST),
        )
    });
    let mut line = format!("by {}", instance.citation);
    if let Some(days) = days {
        let _ = write!(line, ", {days}");
    }
    if let Some(status) = status_of(instance.status, modality) {
        let _ = write!(line, ", {status}");
    }
    let _ = writeln!(text, "{}", style.quiet(&wrap(&line, 2, 4)));
    for displaced in &instance.displaced_by {
        let _ = writeln!(text, "  displaced by {displaced}");
    }
    for line in alternatives("if", &instance.conditions, 2) {
        let _ = writeln!(text, "{}", style.open(&line));
    }
    let named = |accounts: &Accounts| -> Vec<(String, Verdict)> {
        let accounts = accounts.iter();
        accounts
            .map(|(actor, verdict)| (rulebook.name(*actor), *verdict))
            .collect()
    };
    if let Some(line) = accounts(&named(&instance.accounts), modality) {
        let _ = writeln!(text, "{}", wrap(&line, 2, 4));
    }
    for line in alternatives("violated if", &instance.violated_if, 2) {
        let _ = writeln!(text, "{}", style.bad(&line));
    }
    if let Some(line) = violated_accounts(&named(&instance.violated_accounts)) {
        let _ = writeln!(text, "{}", wrap(&line, 2, 4));
    }
    text.push_str("  because\n");
    for reason in &instance.reasons {
        write_reason(text, reason, 4, style);
    }
    let done = if instance.acts_fit {
        "done"
    } else {
        "done, but not where or not as much as this says"
    };
    for act in &instance.acts {
        let line = format!("{done}: {}", fact_text(act, ""));
        let _ = writeln!(text, "{}", wrap(&line, 2, 4));
    }
    write_woulds(text, "it would end", &instance.would_end);
}

fn write_miss(text: &mut String, miss: &NotHeld, style: Style) {
    let _ = writeln!(
        text,
        "\n{}",
        wrap(
            &format!("closest: {} ({})", miss.sentence, miss.citation),
            0,
            4
        )
    );
    if miss.to_itself {
        text.push_str("  nobody owes an act to, or against, itself\n");
    }
    for reason in &miss.reasons {
        write_reason(text, reason, 4, style);
    }
    write_woulds(text, "it would hold", &miss.would_make);
}

fn write_reason(text: &mut String, reason: &Reason, indent: usize, style: Style) {
    let mark = match reason.standing {
        Standing::Holds => style.good("yes"),
        Standing::Open => style.open("if "),
        Standing::Fails => style.bad("no "),
    };
    let wrapped = wrap(&reason.text, 0, indent + 4);
    let _ = writeln!(text, "{}{mark} {wrapped}", " ".repeat(indent));
    for fact in &reason.facts {
        let line = fact_text(fact, &reason.text);
        if !line.is_empty() {
            let _ = writeln!(
                text,
                "{}",
                style.quiet(&wrap(&line, indent + 6, indent + 8))
            );
        }
    }
    for child in &reason.children {
        write_reason(text, child, indent + 4, style);
    }
}

fn fact_text(fact: &FactLine, reason: &str) -> String {
    let mut parts = Vec::new();
    if fact.text != reason {
        parts.push(fact.text.clone());
    }
    if !fact.days.is_empty() {
        parts.push(fact.days.clone());
    }
    if !fact.asserted_by.is_empty() {
        parts.push(format!("says {}", join(fact.asserted_by.clone(), "and")));
    }
    if !fact.denied_by.is_empty() {
        parts.push(format!("denied by {}", join(fact.denied_by.clone(), "and")));
    }
    parts.extend(fact.source.clone());
    parts.join(", ")
}

fn write_woulds(text: &mut String, what: &str, woulds: &[Would]) {
    for would in woulds {
        let hinged = if would.verdict == Verdict::OwedIf {
            " (and then depending on what is open)"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{}",
            wrap(
                &format!("{what} {}{hinged}", join(would.changes.clone(), "and")),
                2,
                4
            )
        );
    }
}
