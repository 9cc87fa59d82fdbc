//! The page of those who watch: a form for notes, what was sent, and what the teams handed in.

use super::Echo;
use super::frame::{Frame, clock, column, framed, live};
use super::inbox::{sent, shown};
use super::key::answered;
use crate::diagnostic::phrase::join;
use crate::exercise::report::clean;
use crate::exercise::session::{Actor, Audience, Happening, Session};
use crate::exercise::{Question, RoleId, words_of};
use crate::serve::desk::Desk;
use crate::serve::form::Fields;
use crate::serve::route::path;
use maud::{Markup, html};

/// The four ratings of exercise evaluation guides.
const RATINGS: [(&str, &str); 4] = [
    ("P", "performed without challenges"),
    ("S", "performed with some challenges"),
    ("M", "performed with major challenges"),
    ("U", "unable to be performed"),
];

pub(super) fn page(desk: &mut Desk<'_>, echo: Option<&Echo<'_>>) -> String {
    let session = desk.session();
    let none = Fields::default();
    let typed = echo.map_or(&none, |echo| echo.fields);
    let form = live("note", "question", &note_form(session, typed));
    let notes = live("notes", "", &notes(session));
    let messages = sent(session, Audience::Evaluator);
    let mut side: Vec<Markup> = messages
        .iter()
        .take(1)
        .map(|sent| live(&format!("m-{}", sent.sequence), "inject", &shown(sent)))
        .collect();
    side.push(live("answers", "", &answers(session)));
    let body = html! { div class="columns even" { (column("left", &[form, notes])) (column("side", &side)) } };
    let alert = echo.map(|echo| echo.why.as_str());
    framed(
        desk,
        Frame {
            audience: Audience::Evaluator,
            here: "",
            alert,
            body,
        },
    )
}

fn note_form(session: &Session<'_>, typed: &Fields) -> Markup {
    let exercise = session.exercise;
    let latest = session
        .released
        .last()
        .map(|released| exercise.inject(released.inject));
    let preset = latest
        .and_then(|inject| inject.objective)
        .map(|at| exercise.objectives[at].id.as_str());
    let objective = match typed.get("objective") {
        "" => preset.unwrap_or_default(),
        typed => typed,
    };
    html! {
        h2 { "A note" @if let Some(inject) = latest { " on " (inject.id) } }
        form method="post" action=(format!("{}/note", path(Audience::Evaluator))) data-send data-queue {
            input type="hidden" name="receipt" value="";
            p { label { "Team"
                select name="role" {
                    option value="" { "all" }
                    @for id in exercise.playing() {
                        @let role = exercise.role(id);
                        option value=(role.id) selected[typed.get("role") == role.id] { (clean(&role.title)) }
                    }
                } } }
            p { label { "Objective"
                select name="objective" {
                    option value="" { "none" }
                    @for it in &exercise.objectives {
                        option value=(it.id) selected[objective == it.id] { (clean(&it.text)) }
                    }
                } } }
            @if let Some(at) = exercise.objectives.iter().find(|it| it.id == objective) {
                @if !at.tasks.is_empty() { p class="hint" { "Watch for: " (clean(&at.tasks.join("; "))) } }
            }
            fieldset class="ratings" {
                legend { "Rating (keys 1 to 4)" }
                @for (letter, words) in RATINGS {
                    label class="option" { input type="radio" name="rating" value=(letter) checked[typed.get("rating") == letter]; span { strong { (letter) } " " (words) } }
                }
            }
            p { label { "What you saw" textarea name="text" rows="3" maxlength="4000" { (typed.get("text")) } } }
            p class="actions" { button { "Keep the note" } span class="queued" role="status" {} }
        }
    }
}

fn notes(session: &Session<'_>) -> Markup {
    let rows = session
        .log
        .iter()
        .rev()
        .filter_map(|entry| match &entry.happening {
            Happening::Noted {
                role,
                objective,
                rating,
                text,
            } => {
                let by = match &entry.actor {
                    Actor::Evaluator(name) => name.clone(),
                    _ => "facilitator".to_owned(),
                };
                Some((entry.clock, by, role, objective, rating, text))
            }
            _ => None,
        });
    let rows: Vec<_> = rows.collect();
    html! {
        h2 { "Notes so far" }
        @if rows.is_empty() { p class="hint" { "None yet." } }
        ul { @for (seconds, by, role, objective, rating, text) in rows {
            li { (clock(seconds)) " " (clean(&by))
                @if let Some(role) = role { " on " (role) } @if let Some(objective) = objective { ", " (objective) }
                @if let Some(rating) = rating { ": " strong { (rating) } } " " (clean(text)) }
        } }
    }
}

/// What a team handed in, and what it holds against the answer.
fn handed_in(session: &Session<'_>, question: &Question, role: RoleId) -> Markup {
    let ask = session.ask_of(question, role);
    let (own, dissent) = (session.answers.get(&ask), session.dissents.get(&ask));
    html! {
        @if own.is_some() || dissent.is_some() {
            div class="role" {
                h4 { (clean(&session.exercise.role(role).title)) }
                @if let Some(own) = own { (answered(question, &own.response)) }
                @if let Some(reason) = dissent { p { strong { "Dissent: " } (clean(reason)) } }
            }
        }
    }
}

/// The teams that handed in nothing, in one line.
fn silent(session: &Session<'_>, question: &Question) -> Markup {
    let silent = session.silent(&question.id).into_iter();
    let names = silent.map(|role| clean(&session.exercise.role(role).title));
    let names: Vec<String> = names.collect();
    html! {
        @if !names.is_empty() { p class="hint" { "Nothing yet from " (join(names, "and")) "." } }
    }
}

fn answers(session: &Session<'_>) -> Markup {
    let asked = session.put_to(Audience::Evaluator);
    html! {
        h2 { "What the teams handed in" }
        @if asked.is_empty() { p class="hint" { "Nothing was asked yet." } }
        @for (question, _) in asked.iter().rev() {
            h3 { (question.id) @if session.revealed.contains(&question.id) { " (answers shown)" } }
            p { (clean(&words_of(question))) }
            @for role in &question.to { (handed_in(session, question, *role)) }
            (silent(session, question))
        }
    }
}
