//! The page from which the facilitator runs the exercise: the list of events, the clock, what comes next and what it would do.

use super::Echo;
use super::board::board;
use super::contested::for_staff;
use super::frame::{Frame, clock, column, framed, live, prose, ready};
use super::key::expected;
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session, channel_word};
use crate::exercise::{Effect, InjectId, RoleId, words_of};
use crate::serve::desk::Desk;
use crate::serve::form::Fields;
use crate::serve::route::path;
use maud::{Markup, html};

pub(super) fn page(desk: &mut Desk<'_>, echo: Option<&Echo<'_>>) -> String {
    let next = next(desk);
    let session = desk.session();
    let none = Fields::default();
    let typed = echo.map_or(&none, |echo| echo.fields);
    let main = [
        live("controls", "", &controls(session)),
        live("next", "inject", &next),
        live("decisions", "", &decisions(desk)),
        live("contested", "", &for_staff(desk.session())),
        live("board", "", &board(desk)),
    ];
    let session = desk.session();
    let side = [
        live("events", "", &events(session)),
        live("insert", "", &insert(session, typed)),
        live("bookmarks", "", &bookmarks(session)),
        live("log", "", &log(session)),
    ];
    let body = html! { div class="columns" { (column("left", &main)) (column("side", &side)) } };
    let alert = echo.map(|echo| echo.why.as_str());
    framed(
        desk,
        Frame {
            audience: Audience::Facilitator,
            here: "",
            alert,
            body,
        },
    )
}

/// A button that sends a form.
pub(super) fn button(what: &str, fields: &[(&str, &str)], label: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(format!("{}/{what}", path(Audience::Facilitator))) data-send {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class=(class) { (label) }
        }
    }
}

/// A form with fields of its own.
pub(super) fn button_with(
    what: &str,
    fields: &[(&str, &str)],
    content: Markup,
    label: &str,
) -> Markup {
    html! {
        form method="post" action=(format!("{}/{what}", path(Audience::Facilitator))) data-send {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            (content)
            button { (label) }
        }
    }
}

fn controls(session: &Session<'_>) -> Markup {
    html! {
        h2 { "Clock" }
        @if session.ended { p { "The exercise is over. Make the report with " code { "casus session report" } "." } }
        @else {
            div class="actions" {
                @if session.clock.paused { (button("clock", &[("go", "yes")], "Run the clock", "")) }
                @else { (button("clock", &[("go", "no")], "Pause", "")) }
                @if let Some(last) = session.last_sent() {
                    (button("undo", &[("entry", &last.to_string())], "Take the last message back", "quiet"))
                }
                details { summary { "Set the clock" }
                    (button_with("set", &[], html! {
                        label { "Hours" input type="number" name="hours" min="0" max="168" value=(session.clock.seconds / 3600); }
                        label { "Minutes" input type="number" name="minutes" min="0" max="59" value=(session.clock.seconds / 60 % 60); }
                    }, "Set it")) }
                details { summary { "End the exercise" } (button("end", &[], "Yes, end it for good", "quiet")) }
            }
            @if session.clock.paused { p class="hint" { "While the clock stands no answers are taken and nothing goes out by itself." } }
        }
    }
}

fn next(desk: &mut Desk<'_>) -> Markup {
    let session = desk.session();
    let Some(id) = session.next().filter(|_| !session.ended) else {
        return html! { h2 { "Next" } p { "Nothing comes next by the exercise." } };
    };
    let inject = session.exercise.inject(id);
    let held = session.held.contains(&inject.id);
    let memo = format!("preview {} {}", inject.id, desk.version());
    let session = desk.session();
    let head = html! {
        h2 { "Next: " (inject.id) " · " (channel_word(inject.channel)) @if let Some(from) = &inject.from { " from " (clean(from)) } }
        p class="when" { "Story " strong { (inject.story) } " · to " (names(session, &inject.to))
            @if let Some(at) = inject.at { " · goes out at " (clock(u64::from(at) * 60)) @if held { ", but is held" } @else { " by itself" } }
            @else { " · goes out by hand" } }
        form method="post" action=(format!("{}/release", path(Audience::Facilitator))) data-send id="release" {
            input type="hidden" name="inject" value=(inject.id);
            details {
                summary { "Read it, or change its words before it goes out" }
                label { "Text of " (inject.id) textarea name="text" rows="5" maxlength="4000" { (inject.text) } }
            }
        }
        div class="actions" {
            button form="release" { "Release " (inject.id) " now" }
            @if held { (button("hold", &[("inject", &inject.id), ("held", "no")], "Hold no longer", "quiet")) }
            @else { (button("hold", &[("inject", &inject.id), ("held", "yes")], "Hold", "quiet")) }
        }
    };
    let preview = desk.fragment(memo, |session| preview(session, id).into_string());
    html! { (head) (ready(preview)) }
}

/// What releasing an inject would do, and what would be right then.
fn preview(session: &Session<'_>, id: InjectId) -> Markup {
    let exercise = session.exercise;
    let inject = exercise.inject(id);
    let mut then = session.world.clone();
    then.release(exercise, id);
    let effect = Effect::between(session.pack, exercise, &session.world, &then);
    html! {
        (told(session, "Releasing it", &effect))
        @for question in &inject.questions {
            details {
                summary { "Expected answers to " (question.id) }
                (prose(&words_of(question)))
                @for role in &question.to {
                    h4 { (clean(&exercise.role(*role).title)) }
                    (expected(session, &then, question, *role))
                }
            }
        }
    }
}

/// An effect in words: the numbers first, the positions below.
fn told(session: &Session<'_>, what: &str, effect: &Effect) -> Markup {
    html! {
        @if effect.is_none() { p { (what) " " (effect.in_short()) "." } }
        @else {
            details class="effect" {
                summary { (what) " " (effect.in_short()) }
                @for (word, list) in effect.parts() {
                    @if !list.is_empty() { h4 { (word) } ul { @for position in list { li { (clean(position)) } } } }
                }
            }
            @if !effect.unseen.is_empty() {
                p { strong { "Not all will see why: " } (names(session, &effect.unseen)) }
            }
        }
    }
}

fn names(session: &Session<'_>, roles: &[RoleId]) -> String {
    if session.exercise.playing().all(|role| roles.contains(&role)) {
        return "all".to_owned();
    }
    let names = roles
        .iter()
        .map(|role| clean(&session.exercise.role(*role).title));
    names.collect::<Vec<_>>().join(", ")
}

/// Decisions that wait for the facilitator to let them take effect.
fn decisions(desk: &mut Desk<'_>) -> Markup {
    let waiting = desk.session().waiting();
    let mut parts = Vec::new();
    for (ask, option) in waiting {
        let memo = format!(
            "effect {} {} {option} {}",
            ask.role,
            ask.question,
            desk.version()
        );
        let preview = desk.fragment(memo, |session| {
            let changes = session.changes(&ask.question, &option);
            let mut then = session.world.clone();
            then.apply(&changes);
            let effect = Effect::between(session.pack, session.exercise, &session.world, &then);
            told(session, "It", &effect).into_string()
        });
        parts.push(html! {
            h3 { (ask.question) ", " (ask.role) ": " (clean(&option)) }
            (ready(preview))
            (button("effect", &[("role", &ask.role), ("question", &ask.question)], "Let it take effect", ""))
        });
    }
    html! {
        h2 { "Decisions that wait for you" }
        @if parts.is_empty() { p class="hint" { "None." } }
        @for part in parts { (part) }
    }
}

/// The list of events, as it runs.
fn events(session: &Session<'_>) -> Markup {
    let exercise = session.exercise;
    let next = session.next();
    html! {
        h2 { "List of events" }
        ol class="events" {
            @for (at, inject) in exercise.injects.iter().enumerate() {
                @let gone = session.released.iter().find(|it| it.inject == InjectId(at));
                @let held = session.held.contains(&inject.id);
                @let state = match (gone, next == Some(InjectId(at)), held, inject.at) {
                    (Some(_), ..) => "released",
                    (_, _, true, _) => "held",
                    (_, true, ..) => "next",
                    (_, _, _, None) => "shelf",
                    _ => "waiting",
                };
                li class=(state) {
                    strong { (inject.id) } " " span class="state" { (state) }
                    span class="when" { " " (inject.story)
                        @if let Some(gone) = gone { " · at " (clock(gone.clock)) }
                        @else if let Some(at) = inject.at { " · due " (clock(u64::from(at) * 60)) } }
                    @if let Some(from) = &inject.from { br; (clean(from)) }
                    @if let Some(gone) = gone { details { summary { "As it went out" } (prose(&gone.text)) } }
                    @if gone.is_none() && !session.ended && next != Some(InjectId(at)) {
                        details { summary { "Send out of turn" }
                            p { (clean(&inject.text)) }
                            (button("release", &[("inject", &inject.id)], &format!("Release {}", inject.id), "quiet")) }
                    }
                }
            }
        }
    }
}

/// What the staff sent besides.
fn messages(session: &Session<'_>) -> Markup {
    html! {
        @for sent in &session.inserted {
            p { (clock(sent.clock)) " to " (names(session, &sent.to)) @if let Some(from) = &sent.from { " from " (clean(from)) }
                ": " (clean(&sent.text)) }
        }
    }
}

fn insert(session: &Session<'_>, typed: &Fields) -> Markup {
    let to: Vec<&str> = typed.all("to").collect();
    html! {
        h2 { "A message of your own" }
        form method="post" action=(format!("{}/insert", path(Audience::Facilitator))) data-send {
            fieldset {
                legend { "To" }
                @for id in session.exercise.playing() {
                    @let role = session.exercise.role(id);
                    label class="option" {
                        input type="checkbox" name="to" value=(role.id) checked[to.is_empty() || to.contains(&role.id.as_str())];
                        span { (clean(&role.title)) }
                    }
                }
            }
            p { label { "From" input name="from" maxlength="100" value=(typed.get("from")); } }
            p { label { "Text" textarea name="text" rows="3" maxlength="4000" required { (typed.get("text")) } } }
            p { label { "A fact that becomes so, as a sentence (optional)" input name="fact" maxlength="300" value=(typed.get("fact")) placeholder="dorne attacks aldmark"; } }
            button { "Send" }
        }
        (messages(session))
    }
}

fn bookmarks(session: &Session<'_>) -> Markup {
    use crate::exercise::session::Happening;
    let kept = session
        .log
        .iter()
        .filter_map(|entry| match &entry.happening {
            Happening::Bookmarked { text } => Some((entry.clock, "bookmark", text)),
            Happening::Reflected { prompt, text } => Some((entry.clock, prompt.as_str(), text)),
            Happening::Noted { text, .. } => Some((entry.clock, "evaluator", text)),
            _ => None,
        });
    html! {
        h2 { "For the hot wash" }
        ul { @for (seconds, kind, text) in kept { li { (clock(seconds)) " " em { (kind) } ": " (clean(text)) } } }
        form method="post" action=(format!("{}/bookmark", path(Audience::Facilitator))) data-send class="small" {
            label { "Come back to" input name="text" maxlength="400" required; }
            button class="quiet" { "Bookmark" }
        }
        form method="post" action=(format!("{}/reflect", path(Audience::Facilitator))) data-send class="small" {
            label { "Said in the hot wash" select name="prompt" { @for prompt in &session.exercise.hotwash.prompts { option { (clean(prompt)) } } } }
            label { "What" input name="text" maxlength="400" required; }
            button class="quiet" { "Write down" }
        }
    }
}

/// The last entries of the log.
fn log(session: &Session<'_>) -> Markup {
    let last = session.log.iter().rev().take(12);
    html! {
        h2 { "Last entries" }
        ul class="log" { @for entry in last {
            @if let Some(say) = session.news(Audience::Facilitator, entry) {
                li { (clock(entry.clock)) " " (clean(&say)) @if session.undone.contains(&entry.sequence) { " (taken back)" } }
            }
        } }
    }
}
