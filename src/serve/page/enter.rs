//! The pages before one has a seat: the door, the lobby, and the page for everything that is not there.

use super::frame::document;
use crate::exercise::report::clean;
use crate::serve::desk::Desk;
use maud::html;

/// The door: a code and a name.
pub(in crate::serve) fn enter(desk: &Desk<'_>, alert: Option<&str>) -> String {
    let exercise = desk.session().exercise;
    let body = html! {
        body class="page door" {
            p class="marking" { (clean(&exercise.marking)) }
            main id="main" {
                h1 { (clean(&exercise.title)) }
                div id="alert" role="alert" { @if let Some(alert) = alert { p { (alert) } } }
                form method="post" action="/enter" data-door {
                    p { label { "Code on your card, or the code of the room" input name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="64"; } }
                    p { label { "Your name, as others will see it" input name="name" autocomplete="nickname" maxlength="40"; } }
                    p { button { "Enter" } }
                }
                p class="hint" { "The code of the room opens the lobby, where the facilitator lets you in. A code on a card opens the place of your team." }
            }
        }
    };
    document(&exercise.title, &body)
}

/// The lobby.
pub(in crate::serve) fn lobby(desk: &Desk<'_>) -> String {
    let exercise = desk.session().exercise;
    let body = html! {
        body class="page door" data-lobby {
            p class="marking" { (clean(&exercise.marking)) }
            main id="main" {
                h1 { (clean(&exercise.title)) }
                p role="status" { "You are in the lobby. The facilitator will let you in; this page then goes on by itself." }
                p { a href="/lobby" { "Look again" } }
            }
        }
    };
    document(&format!("Lobby · {}", exercise.title), &body)
}

/// The same for what is not there and for what is not yours.
pub(in crate::serve) fn nothing() -> String {
    let body = html! {
        body class="page door" {
            main id="main" {
                h1 { "There is nothing here" }
                p { "Either there is no such page, or it is not yours. If you lost your place, " a href="/enter" { "enter with your card" } "." }
            }
        }
    };
    document("There is nothing here", &body)
}
