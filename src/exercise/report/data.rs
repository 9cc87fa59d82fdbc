//! A session as JSON for other programs: what was played, the whole log, and every answer with its mark and the reasons.

use crate::exercise::Element;
use crate::exercise::session::{Bundle, Detail, Feedback, Mark, Outcome, Session};
use serde_json::{Value, json};

/// The name and version of the form.
pub const FORMAT: &str = "casus-session-export/1";

/// The whole session.
pub fn data(session: &Session<'_>) -> String {
    let exercise = session.exercise;
    let bundle = Bundle::of(session.pack);
    let roles = exercise.roles.iter().map(|role| {
        let party = role.party.map(|id| session.pack.project.rulebook.name(id));
        json!({"role": role.id, "title": role.title, "party": party})
    });
    let log = session.log.iter().map(|entry| {
        let mut told = serde_json::to_value(entry).unwrap_or_default();
        if session.undone.contains(&entry.sequence) {
            told["undone"] = Value::Bool(true);
        }
        told
    });
    let answers = session.marks().into_iter();
    let whole = json!({
        "format": FORMAT,
        "exercise": {
            "title": exercise.title,
            "marking": exercise.marking,
            "exercise-sha256": bundle.exercise_hash(),
            "rules-sha256": bundle.rules_hash(),
        },
        "program": format!("casus {}", env!("CARGO_PKG_VERSION")),
        "over": session.ended,
        "roles": roles.collect::<Vec<_>>(),
        "log": log.collect::<Vec<_>>(),
        "answers": answers.map(|mark| answer(session, &mark)).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

/// An answer, or that there is none, with its mark.
fn answer(session: &Session<'_>, mark: &Mark) -> Value {
    let answered = session.answers.get(&mark.ask);
    let given = session.overrides.get(&mark.ask);
    let graded = matches!(mark.detail, Detail::Claims { .. } | Detail::Chosen { .. });
    let feedback = session.feedback(mark).into_iter();
    json!({
        "role": mark.ask.role,
        "question": mark.ask.question,
        "clock": answered.map(|it| it.clock),
        "response": answered.map(|it| &it.response),
        "points": mark.counted,
        "points-by-the-rules": mark.points,
        "of": mark.of,
        "hints": mark.hints,
        "given-by-the-staff": given.map(|(share, reason)| json!({"share": share, "reason": reason})),
        "dissent": session.dissents.get(&mark.ask),
        "parts": graded.then(|| feedback.map(part).collect::<Vec<_>>()),
    })
}

fn part(part: Feedback) -> Value {
    let outcome = match part.outcome {
        Outcome::Hit => "right",
        Outcome::Also => "also-right",
        Outcome::Missed => "missed",
        Outcome::Vain => "claimed-in-vain",
        Outcome::Unread => "not-understood",
    };
    json!({
        "outcome": outcome,
        "subject": part.subject,
        "article": part.citation,
        "credit": part.credit,
        "overlooked": part.element.map(Element::word),
        "remarks": part.remarks,
        "reasons": part.reasons,
    })
}
