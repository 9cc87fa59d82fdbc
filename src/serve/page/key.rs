//! Questions with their right answers: for the facilitator before they are asked, for a team once they are shown.

use super::Echo;
use super::frame::capital;
use super::frame::{Frame, clock, column, framed, live, prose, ready};
use crate::diagnostic::phrase::join;
use crate::exercise::picture::owed;
use crate::exercise::report::clean;
use crate::exercise::session::{
    Ask, Audience, Detail, Feedback, Mark, Outcome, Response, Session, take_common,
};
use crate::exercise::{
    KeyItem, Keyed, NOT_TOLD, Question, QuestionKind, RoleId, World, key, offer, viewer, words_of,
};
use crate::model::fact::Verdict;
use crate::serve::desk::Desk;
use crate::serve::route::path;
use crate::wording::held_word;
use maud::{Markup, html};

/// What was handed in, in words.
pub(super) fn answered(question: &Question, response: &Response) -> Markup {
    let label = |id: &str| match &question.kind {
        QuestionKind::Decide(choices) => {
            let choice = choices.iter().find(|choice| choice.id == id);
            clean(choice.map_or(id, |choice| &choice.label))
        }
        _ => clean(id),
    };
    html! {
        @match response {
            Response::NoObligation => p { "No obligation arises." },
            Response::Text(text) => div class="message" { (prose(text)) },
            Response::Chosen { options, confidence } => {
                @if options.is_empty() { p { "None of these." } }
                ul { @for option in options { li { (label(option)) } } }
                @if let Some(sure) = confidence { p { (sure) " % sure" } }
            }
            Response::Claims(claims) => ul {
                @for claim in claims {
                    li {
                        (clean(&claim.sentence))
                        @if let Some(due) = &claim.due { ", due " (clean(due)) }
                        @if let Some(standing) = &claim.standing { ", " (clean(question.stands(standing))) }
                        @if let Some(sure) = claim.confidence { ", " (sure) " % sure" }
                    }
                }
            },
        }
    }
}

/// The answer of a team with what is right and wrong about it, and the key as a picture; the staff are told all, the team what it
/// could know.
pub(super) fn told(desk: &mut Desk<'_>, ask: &Ask, staff: bool) -> Markup {
    let session = desk.session();
    let stamp = session
        .answers
        .get(ask)
        .map_or(0, |answered| answered.sequence);
    let hints = session.hints.get(ask).copied().unwrap_or(0);
    let given = session
        .overrides
        .get(ask)
        .map(|(share, reason)| format!("{share} {reason}"));
    let released = session
        .put_by(&ask.question)
        .map(|released| released.sequence);
    let memo = format!(
        "told {staff} {} {} {stamp} {hints} {given:?} {released:?}",
        ask.role, ask.question
    );
    ready(desk.fragment(memo, |session| reveal(session, ask, staff).into_string()))
}

fn reveal(session: &Session<'_>, ask: &Ask, staff: bool) -> Markup {
    let Some(mark) = session.mark(ask) else {
        return html! {};
    };
    let decides = session
        .exercise
        .question(&ask.question)
        .is_some_and(|(_, question)| matches!(question.kind, QuestionKind::Decide(_)));
    let mut feedback = if staff {
        session.feedback(&mark)
    } else {
        session.feedback_to_role(&mark)
    };
    let common = take_common(&mut feedback);
    let by_truth = session
        .exercise
        .question(&ask.question)
        .is_some_and(|(_, question)| question.view == Keyed::Truth);
    let given = session.overrides.get(ask).map(|(_, reason)| clean(reason));
    html! {
        div class="reveal" {
            h3 { "The answer" }
            @if let Some(points) = mark.counted {
                p { strong { (format!("{points:.1} of {} points", mark.of)) } (mark.hints_told())
                    " (by the rules of this session)" }
            } @else if decides {
                p { "A decision is neither right nor wrong." }
            } @else if matches!(mark.detail, Detail::Text(_)) {
                p { "An evaluator rates this answer." }
            } @else if matches!(mark.detail, Detail::Chosen { .. }) {
                p { "Not graded: " (NOT_TOLD) "." }
            } @else { p { "Unanswered." } }
            @if let Some(reason) = given { p { "The staff gave other points: " (reason) } }
            @for part in &feedback { (one(part)) }
            @if !common.is_empty() {
                div class="part" { p { strong { "All of this because" } } ul { @for reason in &common { li { (clean(reason)) } } } }
            }
            @if !decides { (right_answer(session, &mark)) }
            @if let Detail::Claims { key, .. } = &mark.detail {
                @if !key.is_empty() && (staff || !by_truth) {
                    @let graph = owed(session, "Who owes what to whom", key);
                    details {
                        summary { "The duties as a picture and as a table" }
                        (ready(graph.svg()))
                        (super::frame::table("Who owes what to whom", &graph.table()))
                    }
                }
            }
        }
    }
}

/// What would have been right, where the parts do not say it.
fn right_answer(session: &Session<'_>, mark: &Mark) -> Markup {
    let found = session.exercise.question(&mark.ask.question);
    let role = session.exercise.role_named(&mark.ask.role);
    let world = session.world_of(&mark.ask.question);
    let (Some((_, question)), Some(role), Some(world)) = (found, role, world) else {
        return html! {};
    };
    html! {
        @match &mark.detail {
            Detail::Unanswered if !matches!(question.kind, QuestionKind::Text) => {
                p { strong { "The right answer:" } }
                (expected(session, world, question, role))
            }
            _ => {}
        }
    }
}

fn one(part: &Feedback) -> Markup {
    let class = match part.outcome {
        Outcome::Hit if part.credit <= 0.999 => "partly",
        Outcome::Hit | Outcome::Also => "hit",
        Outcome::Missed => "missed",
        Outcome::Vain | Outcome::Unread => "vain",
    };
    let head = capital(part.word());
    let because = if part.outcome == Outcome::Vain {
        "fails: "
    } else {
        "because "
    };
    let citation = part.citation.as_ref();
    let citation = citation.filter(|it| !part.subject.ends_with(it.as_str()));
    html! {
        div class=(format!("part {class}")) {
            p { strong { (head) ": " } (clean(&part.subject))
                @if let Some(citation) = citation { " (" (clean(citation)) ")" } }
            @if !part.remarks.is_empty() || !part.reasons.is_empty() {
                ul {
                    @for remark in &part.remarks { li { (clean(remark)) } }
                    @for reason in &part.reasons { li { (because) (clean(reason)) } }
                }
            }
        }
    }
}

/// Whether it is owed, on whose account.
fn accounts(item: &KeyItem) -> String {
    let on = |wanted: Verdict, word: &str| {
        let who = item
            .accounts
            .iter()
            .filter(|(_, verdict)| *verdict == wanted);
        let who: Vec<String> = who.map(|(who, _)| who.clone()).collect();
        (!who.is_empty()).then(|| format!("{word} on the account of {}", join(who, "and")))
    };
    let parts = [
        on(Verdict::Owed, held_word(item.modality)),
        on(Verdict::OwedIf, "open"),
        on(Verdict::NotOwed, "not so"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// What the right answer of a role is, in a world.
pub(super) fn expected(
    session: &Session<'_>,
    world: &World,
    question: &Question,
    role: RoleId,
) -> Markup {
    let party = session.exercise.role(role).party;
    match &question.kind {
        QuestionKind::Obligations(asked) => {
            let items = key(session.pack, world, viewer(question, role), asked, party);
            html! {
                @if items.is_empty() { p { "No obligation arises." } }
                ul { @for item in items {
                    li { (clean(&item.sentence)) " (" (item.citation) ")" ", " (item.standing.told(item.modality))
                        @if let Some(due) = item.due { ", due " (due) }
                        @if !item.accounts.is_empty() { ": " (clean(&accounts(&item))) }
                    }
                } }
            }
        }
        QuestionKind::Text => html! { p class="hint" { "In own words; an evaluator rates it." } },
        kind => {
            let offer = offer(session.pack, world, question, role);
            let decides = matches!(kind, QuestionKind::Decide(_));
            html! {
                @if decides { p class="hint" { "A decision: neither right nor wrong." } }
                ul { @for option in offer.options.iter().filter(|it| decides || it.right == Some(true)) {
                    li { (clean(&option.text)) @if !option.why.is_empty() { span class="hint" { " (" (clean(&option.why)) ")" } } }
                } }
            }
        }
    }
}

/// The page of the facilitator: all questions that were asked, with key and answers.
pub(super) fn page(desk: &mut Desk<'_>, echo: Option<&Echo<'_>>) -> String {
    let asked = desk.session().put_to(Audience::Facilitator);
    let mut ids: Vec<String> = asked
        .into_iter()
        .map(|(question, _)| question.id.clone())
        .collect();
    ids.reverse();
    let mut parts = Vec::new();
    for id in ids {
        let content = of_question(desk, &id);
        parts.push(live(&format!("q-{id}"), "question", &content));
    }
    if parts.is_empty() {
        parts.push(live("none", "", &html! { p { "Nothing was asked yet." } }));
    }
    let body = column("questions", &parts);
    let alert = echo.map(|echo| echo.why.as_str());
    framed(
        desk,
        Frame {
            audience: Audience::Facilitator,
            here: "questions",
            alert,
            body,
        },
    )
}

fn of_question(desk: &mut Desk<'_>, id: &str) -> Markup {
    let session = desk.session();
    let Some((_, question)) = session.exercise.question(id) else {
        return html! {};
    };
    let (revealed, closed) = (session.revealed.contains(id), session.closed.contains(id));
    let roles = question.to.clone();
    let silent = session.silent(id).len();
    let text = words_of(question);
    let head = html! {
        h2 { (id) }
        (prose(&text))
        div class="actions" {
            @if !revealed && !closed { (act("close", id, "Close: no more answers", "quiet")) }
            @if !revealed && silent == 0 { (act("reveal", id, "Show the answers", "")) }
            @else if !revealed {
                details { summary { "Show the answers (" (silent) " of " (roles.len()) " have handed in nothing)" }
                    (act("reveal", id, "Yes, show them: no more answers are taken", "")) }
            }
            @else { p { strong { "The answers are shown." } } }
        }
    };
    // What is expected of several teams alike is told once.
    let mut known: Vec<(String, String)> = Vec::new();
    let mut rows: Vec<Markup> = Vec::new();
    for role in roles {
        let right = right_of(desk, id, role);
        let same = known.iter().find(|(_, told)| *told == right);
        let expected = match same {
            Some((title, _)) => html! { p class="hint" { "As for " (title) "." } },
            None => ready(right.clone()),
        };
        let title = clean(&desk.session().exercise.role(role).title);
        known.push((title, right));
        rows.push(of_role(desk, id, role, &expected));
    }
    html! { (head) @for row in rows { (row) } }
}

/// A button on a question.
fn act(what: &str, id: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(format!("{}/{what}", path(Audience::Facilitator))) data-send {
            input type="hidden" name="question" value=(id);
            button class=(class) { (label) }
        }
    }
}

/// What is right for a role, as HTML.
fn right_of(desk: &mut Desk<'_>, id: &str, role: RoleId) -> String {
    let released = desk.session().put_by(id);
    let released = released.map(|released| released.sequence);
    let memo = format!("expected {id} {} {released:?}", role.0);
    desk.fragment(memo, |session| {
        let found = session.exercise.question(id).zip(session.world_of(id));
        let made = found.map(|((_, question), world)| expected(session, world, question, role));
        made.unwrap_or_default().into_string()
    })
}

fn of_role(desk: &mut Desk<'_>, id: &str, role: RoleId, expected: &Markup) -> Markup {
    let session = desk.session();
    let exercise = session.exercise;
    let title = clean(&exercise.role(role).title);
    let Some((_, question)) = exercise.question(id) else {
        return html! {};
    };
    let ask = session.ask_of(question, role);
    let own = session.answers.get(&ask);
    let own = own
        .map(|own| html! { p class="when" { "at " (clock(own.clock)) } (answered(question, &own.response)) });
    let open = !session.revealed.contains(id)
        && !session.closed.contains(id)
        && !session.has_taken_effect(&ask)
        && !session.ended;
    let graded = !matches!(question.kind, QuestionKind::Decide(_));
    let dissent = session.dissents.get(&ask).map(|reason| clean(reason));
    let paper = format!(
        "{}/paper?role={}&question={}",
        path(Audience::Facilitator),
        coded(&ask.role),
        coded(id)
    );
    let marked = own.is_some() || session.overrides.contains_key(&ask);
    let verdict = if marked {
        told(desk, &ask, true)
    } else {
        html! {}
    };
    html! {
        div class="role" {
            h3 { (title) }
            div class="pair" {
                div { h4 { "Expected" } (expected) }
                div { h4 { "Handed in" } @if let Some(own) = &own { (own) } @else { p class="hint" { "Nothing yet." } }
                    @if let Some(reason) = dissent { p { strong { "Dissent: " } (reason) } } }
            }
            @if marked { details { summary { "Marks" } (verdict) } }
            @if open { p { a href=(paper) { "Type in an answer from paper" } } }
            @if graded { (other_points(&ask)) }
        }
    }
}

fn other_points(ask: &Ask) -> Markup {
    html! {
        details {
            summary { "Give other points" }
            form method="post" action=(format!("{}/override", path(Audience::Facilitator))) data-send {
                input type="hidden" name="question" value=(ask.question);
                input type="hidden" name="role" value=(ask.role);
                p { label { "Percent of the points" input name="share" type="number" min="0" max="100" required; } }
                p { label { "Why (goes into the report)" input name="reason" maxlength="400" required; } }
                p { button { "Give" } }
            }
        }
    }
}

/// A name as part of an address.
pub(super) fn coded(text: &str) -> String {
    let code = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(code).collect()
}
