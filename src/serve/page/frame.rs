//! What every page has around it: the marking, who one is, the clock, the way to the other pages.

use crate::exercise::report::{Block, clean};
use crate::exercise::session::Audience;
use crate::serve::desk::Desk;
use crate::serve::route::path;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A page of somebody who looks on.
pub(super) struct Frame<'a> {
    pub(super) audience: Audience,
    /// The part of the address.
    pub(super) here: &'static str,
    /// What could not be done.
    pub(super) alert: Option<&'a str>,
    pub(super) body: Markup,
}

/// The pages of an audience: part of the address, and name.
fn tabs(audience: Audience) -> &'static [(&'static str, &'static str)] {
    match audience {
        Audience::Facilitator => &[
            ("", "Control"),
            ("questions", "Questions"),
            ("situation", "Situation"),
            ("treaties", "Treaties"),
            ("room", "Room"),
        ],
        Audience::Evaluator => &[
            ("", "Watch"),
            ("situation", "Situation"),
            ("treaties", "Treaties"),
        ],
        Audience::Projector => &[("", "Screen"), ("situation", "Pictures")],
        Audience::Team(_) => &[
            ("", "Messages and questions"),
            ("situation", "Situation"),
            ("treaties", "Treaties"),
        ],
    }
}

/// Seconds as a clock shows them.
pub(super) fn clock(seconds: u64) -> String {
    format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Who looks on, in words.
pub(super) fn who(desk: &Desk<'_>, audience: Audience) -> String {
    match audience {
        Audience::Facilitator => "Facilitator".to_owned(),
        Audience::Evaluator => "Evaluator".to_owned(),
        Audience::Projector => String::new(),
        Audience::Team(role) => clean(&desk.session().exercise.role(role).title),
    }
}

pub(super) fn framed(desk: &mut Desk<'_>, frame: Frame<'_>) -> String {
    let seconds = desk.keeper.seconds();
    let session = desk.session();
    let exercise = session.exercise;
    let base = path(frame.audience);
    let who = who(desk, frame.audience);
    let newest = session.log.len();
    let state = if session.ended {
        "over"
    } else if session.clock.paused {
        "paused"
    } else {
        "running"
    };
    let day = session
        .released
        .last()
        .map(|_| session.world.day.to_string());
    let name = tabs(frame.audience)
        .iter()
        .find(|(part, _)| *part == frame.here);
    let name = name.map_or("", |(_, name)| *name);
    let class = format!(
        "page {}",
        if frame.audience == Audience::Projector {
            "projector"
        } else {
            ""
        }
    );
    let title = [name, who.as_str(), exercise.title.as_str()];
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let body = html! {
        body class=(class) data-base=(base) data-after=(newest) {
            a class="skip" href="#main" { "Skip to content" }
            p class="marking" { (clean(&exercise.marking)) }
            header {
                h1 { (clean(&exercise.title)) @if !who.is_empty() { " " span class="who" { (who) } } }
                div class="status" {
                    @if let Some(day) = day { span class="day" id="day" { "Story: " strong { (day) } } }
                    span role="timer" aria-label="Clock of the room" {
                        strong id="clock" data-seconds=(seconds) { (clock(seconds)) } " "
                        span id="state" { (state) }
                    }
                    span id="link" class="badge" role="status" { "updates by reload" }
                }
                nav aria-label="Pages" {
                    @for (part, name) in tabs(frame.audience) {
                        @let to = if part.is_empty() { base.clone() } else { format!("{base}/{part}") };
                        @if *part == frame.here { a href=(to) aria-current="page" { (name) } }
                        @else { a href=(to) { (name) } }
                    }
                }
                noscript { p class="hint" { a href="" { "Reload" } " to see what is new." } }
            }
            p id="news" role="status" aria-live="polite" {}
            div id="alert" role="alert" { @if let Some(alert) = frame.alert { p { (alert) } } }
            main id="main" tabindex="-1" { (frame.body) }
            footer { p class="marking" { (clean(&exercise.marking)) } }
        }
    };
    document(&title.join(" · "), &body)
}

/// A whole document.
pub(super) fn document(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (clean(title)) }
                link rel="stylesheet" href="/asset/room.css";
                script src="/asset/room.js" defer {}
            }
            (body)
        }
    };
    page.into_string()
}

/// A part of a page that is exchanged when its content has changed.
pub(super) fn live(id: &str, class: &str, content: &Markup) -> Markup {
    html! { section id=(id) class=(class) data-live=(mark(&content.0)) { (content) } }
}

/// A column of such parts.
pub(super) fn column(id: &str, parts: &[Markup]) -> Markup {
    html! { div id=(id) class="column" data-list { @for part in parts { (part) } } }
}

/// A mark of a text that changes with it (FNV-1a).
fn mark(text: &str) -> String {
    let mixed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{mixed:x}")
}

/// With a capital at its beginning.
pub(in crate::serve) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A text with its paragraphs.
pub(super) fn prose(text: &str) -> Markup {
    let text = clean(text);
    html! { @for part in text.trim().split("\n\n") { p { (part) } } }
}

/// What was made as HTML before, by the same means.
pub(super) fn ready(fragment: String) -> Markup {
    PreEscaped(fragment)
}

/// A table, or that there is nothing.
pub(super) fn table(caption: &str, block: &Block) -> Markup {
    let Block::Table(head, rows) = block else {
        return html! {};
    };
    html! {
        @if rows.is_empty() { p class="hint" { "Nothing yet." } }
        @else {
            div class="scroll" tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead { tr { @for cell in head { th scope="col" { (clean(cell)) } } } }
                    tbody { @for row in rows { tr { @for cell in row { td { (clean(cell)) } } } } }
                }
            }
        }
    }
}
