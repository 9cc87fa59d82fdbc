//! Contested points: what teams argue about them, and what the staff decide; and the words of the hot wash.

use super::control::button_with;
use super::frame::clock;
use crate::exercise::RoleId;
use crate::exercise::report::clean;
use crate::exercise::session::{Argument, Audience, Session};
use crate::serve::route::path;
use maud::{Markup, html};

/// For the facilitator: each contested fact with what was argued, and the three ways to decide it.
pub(super) fn for_staff(session: &Session<'_>) -> Markup {
    let points: Vec<_> = session
        .world
        .contested(Audience::Facilitator.viewer())
        .collect();
    html! {
        h2 { "Contested points" }
        @let decided = session.arguments.iter().filter(|it| points.iter().all(|(id, _)| it.fact != *id));
        @for argument in decided.clone() { (point(session, argument)) (told(session, argument)) }
        @if points.is_empty() && decided.count() == 0 { p class="hint" { "None." } }
        @for (id, event) in &points {
            h3 { (clean(&event.what.text)) }
            @for argument in session.arguments.iter().filter(|it| it.fact == *id) { (told(session, argument)) }
            @if let Some((None, reason)) = session.settled.get(*id) { p { strong { "Both accounts stay: " } (clean(reason)) } }
            @if !session.ended {
                details {
                    summary { "Decide it" }
                    (button_with("settle", &[("fact", id)], html! {
                        fieldset {
                            legend { "It is" }
                            @for (value, label) in [("yes", "so"), ("no", "not so"), ("both", "open: both accounts stay")] {
                                label class="option" { input type="radio" name="so" value=(value) required; span { (label) } }
                            }
                        }
                        p { label { "Why" input name="reason" maxlength="400" required; } }
                    }, "Decide"))
                }
            }
        }
    }
}

/// For a team: the points that it knows of, what it has argued, and a form for more.
pub(super) fn for_team(session: &Session<'_>, role: RoleId) -> Markup {
    let own = &session.exercise.role(role).id;
    let points: Vec<_> = session
        .world
        .contested(Audience::Team(role).viewer())
        .collect();
    let argued = session.arguments.iter().filter(|it| it.role == *own);
    html! {
        @if !points.is_empty() || argued.clone().next().is_some() {
            h2 { "Contested points" }
            @for argument in argued { (point(session, argument)) (told(session, argument)) }
            @if !points.is_empty() && !session.ended {
                details {
                    summary { "Argue a point" }
                    form method="post" action=(format!("{}/argue", path(Audience::Team(role)))) data-send {
                        input type="hidden" name="receipt" value="";
                        p { label { "Point" select name="fact" {
                            @for (id, event) in points { option value=(id) { (clean(&event.what.text)) } }
                        } } }
                        p { label { "We claim" input name="claim" maxlength="400" required; } }
                        p { label { "What speaks for it" textarea name="reasons" rows="2" maxlength="4000" required {} } }
                        p { label { "What speaks against it" textarea name="against" rows="2" maxlength="4000" required {} } }
                        p { button { "Put it to the staff" } }
                    }
                }
            }
        }
    }
}

/// The point that an argument is about.
fn point(session: &Session<'_>, argument: &Argument) -> Markup {
    html! { @if let Some(says) = session.world.says(&argument.fact) { h3 { (clean(says)) } } }
}

fn told(session: &Session<'_>, argument: &Argument) -> Markup {
    let role = session.exercise.role_named(&argument.role);
    let title = role.map_or_else(String::new, |id| clean(&session.exercise.role(id).title));
    html! {
        p { (clock(argument.clock)) " " strong { (title) ": " } (clean(&argument.claim)) }
        ul { li { "For it: " (clean(&argument.reasons)) } li { "Against it: " (clean(&argument.against)) } }
        @if let Some((so, reason)) = session.settled.get(&argument.fact) {
            p { @match so { Some(true) => "Decided: so. ", Some(false) => "Decided: not so. ", None => "Both accounts stay. " } (clean(reason)) }
        }
    }
}

/// After the end each team may say what it takes from the exercise.
pub(super) fn hot_wash(session: &Session<'_>, role: RoleId) -> Markup {
    let hotwash = &session.exercise.hotwash;
    html! {
        @if session.ended {
            h2 { "Hot wash" }
            p class="hint" {
                @if let Some(minutes) = hotwash.minutes { (minutes) " minutes. " }
                @if hotwash.anonymous { "Nobody is told who said what." } @else { "Your team is named in the report." }
            }
            form method="post" action=(format!("{}/reflect", path(Audience::Team(role)))) data-send {
                input type="hidden" name="receipt" value="";
                p { label { "About" select name="prompt" { @for prompt in &hotwash.prompts { option { (clean(prompt)) } } } } }
                p { label { "What" textarea name="text" rows="2" maxlength="4000" required {} } }
                p { button { "Say it" } }
            }
        }
    }
}
