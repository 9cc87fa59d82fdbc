//! What happened, in order: what was sent, held, taken back, decided and when the clock stood; nothing is left out because it was
//! undone.

use super::Block;
use super::after_action::{heading, words};
use crate::exercise::InjectId;
use crate::exercise::session::{Entry, Happening, Session};

/// The timeline of a session.
pub(super) fn timeline(session: &Session<'_>) -> Vec<Block> {
    let mut day = None;
    let rows = session.log.iter().filter_map(|entry| {
        if let Some(id) = released(session, entry) {
            day = Some(session.exercise.inject(id).story);
        }
        let (what, from, text) = told(session, entry)?;
        Some(vec![
            entry.sequence.to_string(),
            clock(entry.clock),
            day.map(|day| day.to_string()).unwrap_or_default(),
            what,
            from,
            text,
        ])
    });
    let head = words(&["entry", "clock", "story", "what", "from", "text"]);
    vec![heading(2, "Timeline"), Block::Table(head, rows.collect())]
}

/// Hours, minutes and seconds on the clock of the room.
fn clock(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours}:{minutes:02}:{:02}", seconds % 60)
}

fn released(session: &Session<'_>, entry: &Entry) -> Option<InjectId> {
    match &entry.happening {
        Happening::Released { inject, .. } => session.exercise.inject_named(inject),
        _ => None,
    }
}

/// What an entry is called, from whom it comes and what it says; `None`: it stands elsewhere in the report.
fn told(session: &Session<'_>, entry: &Entry) -> Option<(String, String, String)> {
    let plain = |what: &str| Some((what.to_owned(), String::new(), String::new()));
    let (what, from, text) = match &entry.happening {
        Happening::Released { inject, text } => {
            let found = session.exercise.inject_named(inject);
            let found = found.map(|id| session.exercise.inject(id));
            let from = found.and_then(|inject| inject.from.clone());
            let (own, edited) = match text {
                Some(text) => (text.clone(), ", edited"),
                None => (found.map(|it| it.text.clone()).unwrap_or_default(), ""),
            };
            (format!("{inject}{edited}"), from.unwrap_or_default(), own)
        }
        Happening::Inserted {
            to,
            from,
            text,
            fact,
        } => {
            let fact = fact.as_ref().map(|fact| format!(" (fact: {fact})"));
            (
                format!("message of the staff to {}", to.join(", ")),
                from.clone().unwrap_or_default(),
                format!("{text}{}", fact.unwrap_or_default()),
            )
        }
        Happening::Held { inject, held: true } => return plain(&format!("{inject} is held")),
        Happening::Held { inject, .. } => return plain(&format!("{inject} is held no longer")),
        Happening::Undone { entry } => return plain(&format!("entry {entry} is taken back")),
        Happening::Effected { role, question } => {
            return plain(&format!(
                "the decision of {role} on {question} takes effect"
            ));
        }
        Happening::Granted { role, minutes } => {
            return plain(&format!("{minutes} minutes more for {role}"));
        }
        Happening::Closed { question } => return plain(&format!("{question} is closed")),
        Happening::Revealed { question } => {
            return plain(&format!("the answers to {question} are shown"));
        }
        Happening::Argued {
            role,
            fact,
            claim,
            reasons,
            against,
        } => {
            let text = format!("{claim} (for it: {reasons}; against it: {against})");
            (format!("an argument about {fact}"), role.clone(), text)
        }
        Happening::Settled { fact, so, reason } => {
            let what = match so {
                Some(true) => format!("{fact} is so, the staff decide"),
                Some(false) => format!("{fact} is not so, the staff decide"),
                None => format!("both accounts of {fact} stay"),
            };
            (what, String::new(), reason.clone())
        }
        Happening::ClockSet { seconds } => {
            return plain(&format!("the clock is set to {}", clock(*seconds)));
        }
        Happening::Ended => return plain("the end"),
        _ => return None,
    };
    let undone = if session.undone.contains(&entry.sequence) {
        ", taken back later"
    } else {
        ""
    };
    Some((format!("{what}{undone}"), from, text))
}
