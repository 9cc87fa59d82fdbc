//! The page of a team: what came in, what is asked, what was handed in, and the answer once it is shown.

use super::Echo;
use super::contested::{for_team, hot_wash};
use super::frame::{Frame, clock, column, framed, live, prose, ready};
use super::grid::grid;
use super::inbox::{sent, shown};
use super::key::{answered, told};
use crate::exercise::report::clean;
use crate::exercise::session::{Ask, Audience, Session};
use crate::exercise::{Question, QuestionKind, RoleId, words_of};
use crate::serve::access::Seat;
use crate::serve::desk::Desk;
use crate::serve::form::Fields;
use crate::serve::route::path;
use maud::{Markup, html};

pub(super) fn page(
    desk: &mut Desk<'_>,
    seat: &Seat,
    role: RoleId,
    echo: Option<&Echo<'_>>,
) -> String {
    let audience = Audience::Team(role);
    let asked: Vec<(u64, Vec<String>)> = sent(desk.session(), audience)
        .iter()
        .map(|sent| {
            let questions = sent
                .questions(desk.session(), audience)
                .map(|question| question.id.clone());
            (sent.sequence, questions.collect())
        })
        .collect();
    let mut parts = Vec::new();
    if asked.is_empty() {
        let waiting = html! { p { "The exercise has not begun. Read your brief." } };
        parts.push(live("waiting", "", &waiting));
    }
    for (sequence, questions) in asked {
        let all = sent(desk.session(), audience);
        if let Some(sent) = all.iter().find(|sent| sent.sequence == sequence) {
            parts.push(live(&format!("m-{sequence}"), "inject", &shown(sent)));
        }
        for id in questions {
            let content = question(desk, role, &id, echo);
            parts.push(live(&format!("q-{id}"), "question", &content));
        }
    }
    let side = [
        live("hotwash", "", &hot_wash(desk.session(), role)),
        live("contested", "", &for_team(desk.session(), role)),
        live("brief", "", &brief(desk.session(), role)),
        live("team", "", &members(desk, seat, audience)),
    ];
    let body =
        html! { div class="columns" { (column("questions", &parts)) (column("side", &side)) } };
    let alert = echo.map(|echo| echo.why.as_str());
    framed(
        desk,
        Frame {
            audience,
            here: "",
            alert,
            body,
        },
    )
}

fn brief(session: &Session<'_>, role: RoleId) -> Markup {
    let exercise = session.exercise;
    html! {
        h2 { "Your brief" }
        details open[session.released.is_empty()] {
            summary { "For all" }
            (prose(&exercise.brief))
        }
        details open[session.released.is_empty()] {
            summary { "For " (clean(&exercise.role(role).title)) " only" }
            (prose(&exercise.role(role).brief))
        }
    }
}

fn members(desk: &Desk<'_>, seat: &Seat, audience: Audience) -> Markup {
    let seats = desk
        .access
        .seats
        .iter()
        .filter(|it| it.audience == Some(audience) && !it.called);
    html! {
        h2 { "Your team" }
        ul { @for other in seats { li { (other.name) @if other.hash == seat.hash { " (this device)" } } } }
    }
}

fn question(desk: &mut Desk<'_>, role: RoleId, id: &str, echo: Option<&Echo<'_>>) -> Markup {
    let session = desk.session();
    let exercise = session.exercise;
    let Some((_, question)) = exercise.question(id) else {
        return html! {};
    };
    let ask = session.ask_of(question, role);
    let revealed = session.revealed.contains(id);
    let effective = session.has_taken_effect(&ask);
    let open = !revealed && !effective && !session.closed.contains(id) && !session.ended;
    let own = session.answers.get(&ask).map(|it| (it.clock, it.sequence));
    let version = session
        .answers
        .get(&ask)
        .map_or(0, |answered| answered.sequence);
    let head = heading(session, question, &ask, open && own.is_none());
    let mine = session
        .answers
        .get(&ask)
        .map(|it| answered(question, &it.response));
    let echoed = echo.filter(|echo| echo.fields.get("question") == id);
    let form = match (open, echoed) {
        (false, _) => html! {},
        (true, Some(echo)) => {
            let action = format!("{}/answer", path(Audience::Team(role)));
            grid(session, question, role, echo.fields, action)
        }
        (true, None) => {
            let released = session.put_by(id).map(|released| released.sequence);
            let key = format!("grid {id} {} {version} {released:?}", role.0);
            ready(desk.fragment(key, |session| {
                let action = format!("{}/answer", path(Audience::Team(role)));
                let found = session.exercise.question(id);
                let form = found
                    .map(|(_, question)| grid(session, question, role, &Fields::default(), action));
                form.unwrap_or_default().into_string()
            }))
        }
    };
    let shown = if revealed {
        told(desk, &ask, false)
    } else {
        html! {}
    };
    html! {
        (head)
        @if let (Some((seconds, _)), Some(mine)) = (own, mine) {
            div class="handed-in" {
                p { strong { "Handed in" } " at " (clock(seconds)) " on the room clock:" }
                (mine)
            }
        }
        @if open && own.is_some() {
            details open[echoed.is_some()] { summary { "Replace it by another answer" } (form) }
        } @else { (form) }
        @if effective { p class="hint" { "Closed: your decision has taken effect." } }
        @else if !open && !revealed { p class="hint" { "Closed: no more answers are taken." } }
        @if open { (hint(desk, role, &ask)) }
        (shown)
        @if revealed { (dissent(desk.session(), role, &ask)) }
    }
}

/// What is asked; and until when, as long as something is to be handed in.
fn heading(session: &Session<'_>, question: &Question, ask: &Ask, waits: bool) -> Markup {
    let until = session.until(question, ask).filter(|_| waits);
    html! {
        h2 { (question.id) @if matches!(question.kind, QuestionKind::Decide(_)) { " · decision" } }
        div class="asked" { (prose(&words_of(question))) }
        p class="when" {
            @let graded = question.is_graded();
            @if graded { (question.points) " points" }
            @if let Some(until) = until {
                @if graded { " · time until " } @else { "Time until " }
                strong data-until=(until) data-name=(question.id) { (clock(until)) } " on the room clock"
            }
        }
    }
}

fn hint(desk: &Desk<'_>, role: RoleId, ask: &Ask) -> Markup {
    let session = desk.session();
    let taken = session.hints.get(ask).copied().unwrap_or(0);
    let hints = (0..taken).filter_map(|at| session.hint(ask, at));
    let gradeable = session
        .exercise
        .question(&ask.question)
        .is_some_and(|(_, question)| question.is_graded());
    html! {
        @if gradeable {
            @if taken > 0 { ul class="hints" { @for hint in hints { li { "Hint: " (clean(&hint)) } } } }
            form method="post" action=(format!("{}/hint", path(Audience::Team(role)))) data-send class="small" {
                input type="hidden" name="question" value=(ask.question);
                input type="hidden" name="taken" value=(taken);
                button class="quiet" { "A hint (costs a tenth of the points)" }
            }
        }
    }
}

fn dissent(session: &Session<'_>, role: RoleId, ask: &Ask) -> Markup {
    let graded = session
        .exercise
        .question(&ask.question)
        .is_some_and(|(_, question)| question.is_graded());
    let filed = session.dissents.get(ask);
    html! {
        @if let Some(reason) = filed { p { strong { "Your dissent: " } (clean(reason)) } }
        @if graded && filed.is_none() {
            details {
                summary { "We read the law otherwise" }
                form method="post" action=(format!("{}/dissent", path(Audience::Team(role)))) data-send {
                    input type="hidden" name="question" value=(ask.question);
                    p { label { "Your reading, and why" textarea name="reason" rows="3" maxlength="4000" required {} } }
                    p { button { "File it" } }
                }
            }
        }
    }
}
