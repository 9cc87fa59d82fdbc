//! What somebody sees of an entry, in lines of a terminal: the same while it happens and when it is told again.

use super::told::{prose, told};
use crate::diagnostic::phrase::join;
use crate::exercise::session::{
    Ask, Audience, Detail, Entry, Happening, Response, Session, channel_word, take_common,
};
use crate::exercise::{InjectId, NOT_TOLD, Question, QuestionKind, RoleId, words_of};
use crate::report::style::wrap_at;

/// What an entry showed to an audience beside its announcement, if anything; the session is as it was right after it.
pub fn scene(
    session: &Session<'_>,
    audience: Audience,
    entry: &Entry,
    width: usize,
) -> Option<String> {
    match &entry.happening {
        Happening::Released { inject, .. } => {
            let id = session.exercise.inject_named(inject)?;
            let released = session.released.last()?;
            let mut shown = Vec::new();
            if session.gets(audience, &released.to) {
                shown.push(match audience {
                    Audience::Team(_) => arrival(session, id, &released.text, width),
                    _ => dispatch(session, id, &released.text, width),
                });
            }
            if let Audience::Team(role) = audience {
                let questions = &session.exercise.inject(id).questions;
                let asked = questions.iter().filter(|it| it.to.contains(&role));
                shown.extend(asked.map(|question| put(session, question, role, width)));
            }
            Some(shown.join("\n")).filter(|shown| !shown.is_empty())
        }
        Happening::Inserted { from, text, .. } => {
            let from = from.as_ref().map(|from| format!(" from {from}"));
            let from = from.unwrap_or_default();
            Some(format!("\n--- message{from}\n{}", prose(text, width)))
        }
        Happening::Answered {
            question, response, ..
        } => {
            let (_, question) = session.exercise.question(question)?;
            Some(answer(question, response, width))
        }
        Happening::Hinted { role, question } => {
            let ask = Ask {
                role: role.clone(),
                question: question.clone(),
            };
            let taken = session.hints.get(&ask).copied().unwrap_or(1);
            let hint = session.hint(&ask, taken - 1)?;
            Some(hint_line(taken, &hint, width))
        }
        Happening::Revealed { question } => revealed(session, audience, question, width),
        Happening::Noted { text, .. }
        | Happening::Bookmarked { text }
        | Happening::Reflected { text, .. } => Some(wrap_at(width, text, 2, 2)),
        Happening::Argued {
            claim,
            reasons,
            against,
            ..
        } => Some(wrap_at(
            width,
            &format!("{claim} (for it: {reasons}; against it: {against})"),
            2,
            2,
        )),
        Happening::Settled { reason, .. }
        | Happening::Overridden { reason, .. }
        | Happening::Dissented { reason, .. } => Some(wrap_at(width, reason, 2, 2)),
        _ => None,
    }
}

/// An inject as a team gets it.
pub(super) fn arrival(session: &Session<'_>, id: InjectId, text: &str, width: usize) -> String {
    let inject = session.exercise.inject(id);
    let from = inject.from.as_ref().map(|from| format!(" · from {from}"));
    let from = from.unwrap_or_default();
    let head = format!("\n--- {} · {}{from}", inject.id, inject.story);
    format!("{head}\n{}", prose(text, width))
}

/// An inject as the staff see it go out.
pub(super) fn dispatch(session: &Session<'_>, id: InjectId, text: &str, width: usize) -> String {
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
        wrap_at(width, &line, 0, 4)
    });
    let mut lines = vec![format!("{head}\n{}", prose(text, width))];
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
pub(super) fn put(
    session: &Session<'_>,
    question: &Question,
    role: RoleId,
    width: usize,
) -> String {
    let title = &session.exercise.role(role).title;
    format!(
        "\n{} · {title}\n{}",
        question.id,
        wrap_at(width, &words_of(question), 0, 0)
    )
}

pub(super) fn hint_line(number: u32, hint: &str, width: usize) -> String {
    let line = format!("Hint {number} (a tenth of the points): {hint}");
    wrap_at(width, &line, 0, 4)
}

/// What was right in an answer and what was not, with the points; as the staff may know it, or as the role itself.
pub(super) fn marked(
    session: &Session<'_>,
    ask: &Ask,
    staff: bool,
    width: usize,
) -> Option<String> {
    let mark = session.mark(ask)?;
    let mut feedback = if staff {
        session.feedback(&mark)
    } else {
        session.feedback_to_role(&mark)
    };
    let common = take_common(&mut feedback);
    let mut lines: Vec<String> = feedback.iter().map(|part| told(part, width)).collect();
    if !common.is_empty() {
        lines.push("all of this because".to_owned());
        lines.extend(common.iter().map(|reason| wrap_at(width, reason, 4, 6)));
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
fn revealed(
    session: &Session<'_>,
    audience: Audience,
    question: &str,
    width: usize,
) -> Option<String> {
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
        let text = marked(session, &ask, staff, width).filter(|_| answered && graded)?;
        Some(match audience {
            Audience::Team(_) => text,
            _ => format!("\n{}\n{text}", session.exercise.role(*role).title),
        })
    });
    let shown: Vec<String> = shown.collect();
    (!shown.is_empty()).then(|| shown.join("\n"))
}

/// What was handed in, a line a part.
fn answer(question: &Question, response: &Response, width: usize) -> String {
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
                let stands = claim.standing.as_ref();
                let stands = stands.map(|word| format!(", {}", question.stands(word)));
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
    let lines = lines.iter().map(|line| wrap_at(width, line, 2, 4));
    lines.collect::<Vec<_>>().join("\n")
}
