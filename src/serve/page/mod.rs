//! The pages of the room: what each audience sees, made from the log alone; all text is escaped.

mod board;
mod cards;
mod contested;
mod control;
mod enter;
mod evaluator;
mod frame;
mod grid;
mod inbox;
mod key;
mod people;
mod projector;
mod situation;
mod team;
mod treaties;

use super::access::Seat;
use super::desk::Desk;
use super::form::Fields;
use crate::exercise::session::Audience;
pub(super) use enter::{enter, lobby, nothing};
pub(super) use frame::capital;

/// What was sent and not taken, shown again with the reason.
pub(super) struct Echo<'f> {
    pub(super) why: String,
    pub(super) fields: &'f Fields,
}

/// A page of an audience; `None`: there is no such page.
pub(super) fn show(
    desk: &mut Desk<'_>,
    seat: &Seat,
    audience: Audience,
    what: &str,
    query: &Fields,
    echo: Option<&Echo<'_>>,
) -> Option<String> {
    match (audience, what) {
        (_, "situation") => Some(situation::page(desk, audience, echo)),
        (_, "treaties") if audience != Audience::Projector => {
            Some(treaties::page(desk, audience, query))
        }
        (Audience::Team(role), "") => Some(team::page(desk, seat, role, echo)),
        (Audience::Evaluator, "") => Some(evaluator::page(desk, echo)),
        (Audience::Projector, "") => Some(projector::page(desk)),
        (Audience::Facilitator, "") => Some(control::page(desk, echo)),
        (Audience::Facilitator, "questions") => Some(key::page(desk, echo)),
        (Audience::Facilitator, "paper") => grid::paper(desk, query, echo),
        (Audience::Facilitator, "room") => Some(people::page(desk, echo)),
        (Audience::Facilitator, "cards") => Some(cards::page(desk)),
        _ => None,
    }
}
