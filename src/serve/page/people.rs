//! The page on which the facilitator lets people in, sees who is there, and hands out cards.

use super::Echo;
use super::control::button;
use super::frame::{Frame, column, framed, live, prose};
use crate::exercise::report::clean;
use crate::exercise::session::Audience;
use crate::serve::access::{Seat, word};
use crate::serve::desk::Desk;
use crate::serve::route::path;
use maud::{Markup, html};

pub(super) fn page(desk: &mut Desk<'_>, echo: Option<&Echo<'_>>) -> String {
    let parts = [
        live("door", "", &door(desk)),
        live("lobby", "", &lobby(desk)),
        live("people", "", &people(desk)),
        live("screens", "", &screens(desk)),
        live("briefs", "", &briefs(desk)),
    ];
    let alert = echo.map(|echo| echo.why.as_str());
    framed(
        desk,
        Frame {
            audience: Audience::Facilitator,
            here: "room",
            alert,
            body: column("parts", &parts),
        },
    )
}

fn door(desk: &Desk<'_>) -> Markup {
    let locked = desk.access.locked;
    html! {
        h2 { "The door" }
        p { "Address: " strong { (desk.link) } " · code of the room: " strong class="code" { (desk.access.room_code) } }
        p class="hint" { "The code of the room opens the lobby only. Cards open a team's place directly, until the room is locked." }
        div class="actions" {
            a class="button" href=(format!("{}/cards", path(Audience::Facilitator))) { "Cards to print" }
            @if locked { (button("lock", &[("locked", "no")], "Unlock the room", "quiet")) p { strong { "The room is locked." } } }
            @else { (button("lock", &[("locked", "yes")], "Lock the room", "quiet")) }
        }
        @if desk.wrong_codes > 0 { p { "Wrong codes so far: " strong { (desk.wrong_codes) } } }
    }
}

/// All that a device can be let in as.
fn audiences(desk: &Desk<'_>) -> Vec<(String, String)> {
    let exercise = desk.session().exercise;
    let teams = exercise.playing().map(Audience::Team);
    let all = teams.chain([
        Audience::Evaluator,
        Audience::Projector,
        Audience::Facilitator,
    ]);
    all.map(|audience| {
        let name = match audience {
            Audience::Team(role) => clean(&exercise.role(role).title),
            Audience::Evaluator => "Evaluator".to_owned(),
            Audience::Projector => "Projector".to_owned(),
            Audience::Facilitator => "Facilitator (with all rights)".to_owned(),
        };
        (word(exercise, audience), name)
    })
    .collect()
}

fn lobby(desk: &Desk<'_>) -> Markup {
    let waiting: Vec<&Seat> = desk
        .access
        .seats
        .iter()
        .filter(|seat| seat.audience.is_none())
        .collect();
    let audiences = audiences(desk);
    html! {
        h2 { "In the lobby" }
        @if waiting.is_empty() { p class="hint" { "Nobody waits." } }
        @for seat in waiting {
            form method="post" action=(format!("{}/admit", path(Audience::Facilitator))) data-send class="small" {
                input type="hidden" name="device" value=(seat.hash);
                label { strong { (seat.name) } " as "
                    select name="audience" { @for (word, name) in &audiences { option value=(word) { (name) } } } }
                button { "Let in" }
            }
            (button("dismiss", &[("device", &seat.hash)], &format!("Send {} away", seat.name), "quiet"))
        }
    }
}

fn people(desk: &Desk<'_>) -> Markup {
    let exercise = desk.session().exercise;
    let seats = desk
        .access
        .seats
        .iter()
        .filter(|seat| seat.audience.is_some());
    html! {
        h2 { "Who is there" }
        div class="scroll" tabindex="0" role="region" aria-label="Who is there" {
            table {
                caption { "Devices with a seat" }
                thead { tr { th scope="col" { "Name" } th scope="col" { "Place" } th scope="col" { "Looks on" } th scope="col" { "Change" } } }
                tbody { @for seat in seats {
                    @let place = seat.audience.map(|audience| word(exercise, audience)).unwrap_or_default();
                    tr {
                        td { (seat.name) }
                        td { (place) @if seat.called { " (called)" } }
                        td { @if desk.looking(&seat.hash) { "yes" } @else { "no" } }
                        td {
                            details { summary { "Rename, or take the seat" }
                                form method="post" action=(format!("{}/rename", path(Audience::Facilitator))) data-send class="small" {
                                    input type="hidden" name="device" value=(seat.hash);
                                    label { "New name" input name="name" maxlength="40" required; }
                                    button class="quiet" { "Rename" }
                                }
                                (button("dismiss", &[("device", &seat.hash)], "Take the seat", "quiet"))
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// What everybody read first.
fn briefs(desk: &Desk<'_>) -> Markup {
    let exercise = desk.session().exercise;
    let roles = exercise.roles.iter().filter(|role| !role.brief.is_empty());
    html! {
        h2 { "Briefs" }
        details { summary { "For all" } (prose(&exercise.brief)) }
        @for role in roles { details { summary { "For " (clean(&role.title)) " only" } (prose(&role.brief)) } }
    }
}

fn screens(desk: &Desk<'_>) -> Markup {
    let audiences = audiences(desk);
    html! {
        h2 { "Screens and fresh cards" }
        div class="actions" {
            (button("open", &[("audience", "projector")], "Open the projector in this browser", "quiet"))
            (button("open", &[("audience", "evaluator")], "Open an evaluator's page in this browser", "quiet"))
        }
        form method="post" action=(format!("{}/issue", path(Audience::Facilitator))) data-send class="small" {
            label { "A fresh card for" select name="audience" { @for (word, name) in &audiences { option value=(word) { (name) } } } }
            button class="quiet" { "Make it (the old one is worth nothing then)" }
        }
    }
}
