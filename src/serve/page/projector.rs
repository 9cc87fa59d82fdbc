//! The screen that all see: what is public, the clock, the map; answers only once they are shown.

use super::frame::{Frame, column, framed, live, prose, ready};
use super::inbox::{sent, shown};
use super::situation;
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session};
use crate::exercise::{Obligations, Question, QuestionKind, Viewer, key, words_of};
use crate::serve::desk::Desk;
use maud::{Markup, html};

/// So many of the last messages stay on the screen.
const MOST_MESSAGES: usize = 2;

pub(super) fn page(desk: &mut Desk<'_>) -> String {
    let audience = Audience::Projector;
    let session = desk.session();
    let all = sent(session, audience);
    let mut parts = Vec::new();
    for sent in all.iter().take(MOST_MESSAGES) {
        parts.push(live(
            &format!("m-{}", sent.sequence),
            "inject",
            &shown(sent),
        ));
    }
    let asked: Vec<String> = all
        .iter()
        .take(MOST_MESSAGES)
        .flat_map(|sent| sent.questions(session, audience))
        .map(|question| question.id.clone())
        .collect();
    if parts.is_empty() {
        parts.push(live("waiting", "", &html! { h2 { "We begin shortly" } }));
    }
    for id in asked {
        let content = question(desk, &id);
        parts.push(live(&format!("q-{id}"), "question", &content));
    }
    let [_, _, (_, map)] = situation::pictures(desk, audience);
    let facts = situation::facts_in_short(desk, audience);
    let side = [live("chart", "", &map), live("facts", "", &facts)];
    let body =
        html! { div class="columns even" { (column("left", &parts)) (column("side", &side)) } };
    framed(
        desk,
        Frame {
            audience,
            here: "",
            alert: None,
            body,
        },
    )
}

fn question(desk: &mut Desk<'_>, id: &str) -> Markup {
    let session = desk.session();
    let Some((_, question)) = session.exercise.question(id) else {
        return html! {};
    };
    let roles = question.to.len();
    let handed = session
        .answers
        .keys()
        .filter(|ask| ask.question == id)
        .count();
    let revealed = session.revealed.contains(id);
    let text = words_of(question);
    let stamp = session
        .answers
        .values()
        .map(|answered| answered.sequence)
        .max();
    let memo = format!("public {id} {stamp:?} {}", desk.version());
    let answers = if revealed {
        ready(desk.fragment(memo, |session| public_key(session, id).into_string()))
    } else {
        html! {}
    };
    html! {
        h2 { (id) }
        (prose(&text))
        @if !revealed { p class="when" { (handed) " of " (roles) " teams have handed in" } }
        (answers)
    }
}

/// The answer as far as it follows from what all know, with how many teams named each part.
fn public_key(session: &Session<'_>, id: &str) -> Markup {
    let found = session.exercise.question(id).zip(session.world_of(id));
    let Some(((_, question), world)) = found else {
        return html! {};
    };
    let QuestionKind::Obligations(asked) = &question.kind else {
        return html! { p class="hint" { "The answers are on the screens of the teams." } };
    };
    let asked = Obligations {
        own: false,
        ..asked.clone()
    };
    let mut items = key(session.pack, world, Viewer::Public, &asked, None);
    let parties: Vec<_> = question
        .to
        .iter()
        .filter_map(|role| session.exercise.role(*role).party)
        .collect();
    items.retain(|item| item.arguments[0].is_some_and(|bearer| parties.contains(&bearer)));
    let teams = question.to.len();
    html! {
        div class="reveal" {
            h3 { "What follows from what all know" }
            @if items.is_empty() { p { "No obligation arises." } }
            ul { @for item in &items {
                @let named = named(session, question, &item.sentence);
                li { (clean(&item.sentence)) " (" (item.citation) ")"
                    span class="hint" { " named by " (named) " of " (teams) } }
            } }
        }
    }
}

/// How many teams claimed this.
fn named(session: &Session<'_>, question: &Question, sentence: &str) -> usize {
    use crate::exercise::session::Response;
    let claims = |response: &Response| match response {
        Response::Claims(claims) => claims.iter().any(|claim| {
            let own = claim.sentence.split(" under ").next().unwrap_or_default();
            own.trim() == sentence
        }),
        _ => false,
    };
    let answers = session
        .answers
        .iter()
        .filter(|(ask, _)| ask.question == question.id);
    answers
        .filter(|(_, answered)| claims(&answered.response))
        .count()
}
