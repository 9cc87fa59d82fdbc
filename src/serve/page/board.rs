//! The board: which team is where with which question.

use super::frame::clock;
use super::key::coded;
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session};
use crate::exercise::{Question, RoleId};
use crate::serve::desk::Desk;
use crate::serve::route::path;
use maud::{Markup, html};

pub(super) fn board(desk: &Desk<'_>) -> Markup {
    let session = desk.session();
    let asked = session.put_to(Audience::Facilitator);
    let roles: Vec<RoleId> = session.exercise.playing().collect();
    html! {
        h2 { "Teams and questions" }
        @if asked.is_empty() { p class="hint" { "Nothing was asked yet." } }
        @else {
            div class="scroll" tabindex="0" role="region" aria-label="Teams and questions" {
                table class="board" {
                    caption { "Where each team is" }
                    thead { tr { th scope="col" { "Question" } @for role in &roles { th scope="col" { (clean(&session.exercise.role(*role).title)) } } } }
                    tbody { @for (question, _) in asked.iter().rev() {
                        tr {
                            th scope="row" { a href=(format!("{}/questions#q-{}", path(Audience::Facilitator), coded(&question.id))) { (question.id) }
                                @if session.revealed.contains(&question.id) { " shown" } @else if session.closed.contains(&question.id) { " closed" } }
                            @for role in &roles { (cell(desk, question, *role)) }
                        }
                    } }
                }
            }
            @if !session.ended { (more_time(session, &roles)) }
        }
    }
}

/// The form that gives one team more time than the others.
fn more_time(session: &Session<'_>, roles: &[RoleId]) -> Markup {
    html! {
        form method="post" action=(format!("{}/grant", path(Audience::Facilitator))) data-send class="small" {
            label { "More time for"
                select name="role" { @for role in roles {
                    @let role = session.exercise.role(*role);
                    option value=(role.id) { (clean(&role.title)) }
                } } }
            label { "Minutes" input name="minutes" type="number" min="1" max="600" required; }
            button class="quiet" { "Give" }
        }
    }
}

fn cell(desk: &Desk<'_>, question: &Question, role: RoleId) -> Markup {
    let session = desk.session();
    if !question.to.contains(&role) {
        return html! { td class="off" { "not asked" } };
    }
    let ask = session.ask_of(question, role);
    let until = session.until(question, &ask);
    match session.answers.get(&ask) {
        Some(own) if until.is_some_and(|until| own.clock > until) => {
            html! { td class="late" { "late, " (clock(own.clock)) } }
        }
        Some(own) => html! { td class="in" { "handed in, " (clock(own.clock)) } },
        None if desk.drafts.contains_key(&(ask.role, ask.question)) => {
            html! { td class="drafting" { "drafting" } }
        }
        None => html! { td { "not started" } },
    }
}
