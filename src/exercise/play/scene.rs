//! What somebody sees of an entry, in lines of a terminal: the same while it happens and when it is told again.

use super::told::{prose, told};
use crate::diagnostic::phrase::join;
use crate::exercise::session::{
    Ask, Audience, Detail, Entry, Happening, Response, Session, channel_word, take_common,
};
use crate::exercise::{InjectId, NOT_TOLD, Question, QuestionKind, RoleId, words_of};
use crate::report::style::wrap;

/// What an entry showed to an audience beside its announcement, if anything; the session is as it was right after it.
pub fn scene(session: &Session<'_>, audience: Audience, entry: &Entry) -> Option<String> {
    match &entry.happening {
        Happening::Released { inject, .. } => {
            let id = session.exercise.inject_named(inject)?;
            let released = session.released.last()?;
            let mut shown = Vec::new();
            if session.gets(audience, &session.exercise.inject(id).to) {
                shown.push(match audience {
                    Audience::Team(_) => arrival(session, id, &released.text),
                    _ => dispatch(session, id, &released.text),
                });
            }
            if let Audience::Team(role) = audience {
                let questions = &session.exercise.inject(id).questions;
                let asked = questions.iter().filter(|it| it.to.contains(&role));
                shown.extend(asked.map(|question| put(session, question, role)));
            }
            Some(shown.join("\n")).filter(|shown| !shown.is_empty())
        }
        Happening::Inserted { from, text, .. } => {
            let from = from.as_ref().map(|from| format!(" from {from}"));
            let from = from.unwrap_or_default();
            Some(format!("\n--- message{from}\n{}", prose(text)))
        }
        Happening::Answered { response, .. } => Some(answer(response)),
        Happening::Hinted { role, question } => {
            let ask = Ask {
                role: role.clone(),
                question: question.clone(),
            };
            let taken = session.hints.get(&ask).copied().unwrap_or(1);
            let hint = session.hint(&ask, taken - 1)?;
            Some(hint_line(taken, &hint))
        }
        Happening::Revealed { question } => revealed(session, audience, question),
        Happening::Noted { text, .. }
        | Happening::Bookmarked { text }
        | Happening::Reflected { text, .. } => Some(wrap(text, 2, 2)),
        Happening::Argued {
            claim,
            reasons,
            against,
            ..
        } => Some(wrap(
            &format!("{claim} (for it: {reasons}; against it: {against})"),
            2,
            2,
        )),
        Happening::Settled { reason, .. }
        | Happening::Overridden { reason, .. }
        | Happening::Dissented { reason, .. } => Some(wrap(reason, 2, 2)),
        _ => None,
    }
}

/// An inject as a team gets it.
pub(super) fn arrival(session: &Session<'_>, id: InjectId, text: &str) -> String {
    let inject = session.exercise.inject(id);
    let from = inject.from.as_ref().map(|from| format!(" · from {from}"));
    let from = from.unwrap_or_default();
    let head = format!("\n--- {} · {}{from}", inject.id, inject.story);
    format!("{head}\n{}", prose(text))
}

/// An inject as the staff see it go out.
pub(super) fn dispatch(session: &Session<'_>, id: InjectId, text: &str) -> String {
    let inject = session.exercise.inject(id);
    let from = inject.from.as_ref().map(|from| format!(" from {from}"));
    let head = format!(
        "\n--- {} · {} · {}{} · to {}",
        inject.id,
        inject.story,
        channel_word(inject.channel),
        from.unwrap_or_default(),
        names(session, &inject.to)
    );
    let questions = inject.questions.iter().map(|question| {
        let to = names(session, &question.to);
        let line = format!("{} to {to}: {}", question.id, words_of(question));
        wrap(&line, 0, 4)
    });
    let mut lines = vec![format!("{head}\n{}", prose(text))];
    lines.extend(questions);
    lines.join("\n")
}

pub(super) fn names(session: &Session<'_>, roles: &[RoleId]) -> String {
    let names = roles
        .iter()
        .map(|role| session.exercise.role(*role).id.clone());
    join(names.collect(), "and")
}

/// A question as it is put to a role.
pub(super) fn put(session: &Session<'_>, question: &Question, role: RoleId) -> String {
    let title = &session.exercise.role(role).title;
    format!(
        "\n{} · {title}\n{}",
        question.id,
        wrap(&words_of(question), 0, 0)
    )
}

pub(super) fn hint_line(number: u32, hint: &str) -> String {
    format!("Hint {number} (a tenth of the points): {hint}")
}

/// What was right in an answer and what was not, with the points; as the staff may know it, or as the role itself.
pub(super) fn marked(session: &Session<'_>, ask: &Ask, staff: bool) -> Option<String> {
    let mark = session.mark(ask)?;
    let mut feedback = if staff {
        session.feedback(&mark)
    } else {
        session.feedback_to_role(&mark)
    };
    let common = take_common(&mut feedback);
    let mut lines: Vec<String> = feedback.iter().map(told).collect();
    if !common.is_empty() {
        lines.push("all of this because".to_owned());
        lines.extend(common.iter().map(|reason| wrap(reason, 4, 6)));
    }
    match (mark.counted, &mark.detail) {
        (Some(points), _) => {
            let hints = mark.hints_told();
            lines.push(format!("{points:.1} of {} points{hints}", mark.of));
        }
        (None, Detail::Chosen { .. }) => lines.push(format!("Not graded: {NOT_TOLD}.")),
        (None, Detail::Text(_)) => lines.push("An evaluator rates this answer.".to_owned()),
        (None, _) => {}
    }
    Some(lines.join("\n")).filter(|text| !text.is_empty())
}

/// A team is shown its own answer, the staff all; the screen shows only that it was done.
fn revealed(session: &Session<'_>, audience: Audience, question: &str) -> Option<String> {
    let (_, found) = session.exercise.question(question)?;
    let sees = |role: &RoleId| match audience {
        Audience::Team(own) => own == *role,
        Audience::Facilitator | Audience::Evaluator => true,
        Audience::Projector => false,
    };
    let roles = found.to.iter().filter(|role| sees(role));
    let shown = roles.filter_map(|role| {
        let ask = session.ask_of(found, *role);
        // A decision is neither right nor wrong.
        let answered = session.answers.contains_key(&ask);
        let graded = !matches!(found.kind, QuestionKind::Decide(_));
        let staff = !matches!(audience, Audience::Team(_));
        let text = marked(session, &ask, staff).filter(|_| answered && graded)?;
        Some(match audience {
            Audience::Team(_) => text,
            _ => format!("\n{}\n{text}", session.exercise.role(*role).title),
        })
    });
    let shown: Vec<String> = shown.collect();
    (!shown.is_empty()).then(|| shown.join("\n"))
}

/// What was handed in, a line a part.
fn answer(response: &Response) -> String {
    let sure = |confidence: Option<u8>| {
        let sure = confidence.map(|sure| format!(", {sure} % sure"));
        sure.unwrap_or_default()
    };
    let lines: Vec<String> = match response {
        Response::NoObligation => vec!["No obligation arises.".to_owned()],
        Response::Text(text) => vec![text.clone()],
        Response::Chosen {
            options,
            confidence,
        } if options.is_empty() => vec![format!("None of these{}", sure(*confidence))],
        Response::Chosen {
            options,
            confidence,
        } => {
            let lines = options
                .iter()
                .map(|it| format!("{it}{}", sure(*confidence)));
            lines.collect()
        }
        Response::Claims(claims) => {
            let lines = claims.iter().map(|claim| {
                let due = claim.due.as_ref().map(|due| format!(", due {due}"));
                let stands = claim.standing.as_ref().map(|word| format!(", {word}"));
                format!(
                    "{}{}{}{}",
                    claim.sentence,
                    due.unwrap_or_default(),
                    stands.unwrap_or_default(),
                    sure(claim.confidence)
                )
            });
            lines.collect()
        }
    };
    let lines = lines.iter().map(|line| wrap(line, 2, 4));
    lines.collect::<Vec<_>>().join("\n")
}
