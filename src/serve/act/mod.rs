//! What is done by sending a form: each act by its name, for whoever has the right to it.

mod facilitator;
mod team;
mod team_word;

use super::access::Seat;
use super::desk::Desk;
use super::form::Fields;
use super::page::capital;
use crate::exercise::session::{Actor, Audience, Happening, NotKept};

/// What came of it.
pub(super) enum Act {
    /// Done: on to this page of the same place.
    Back(String),
    /// Done, and nothing to show.
    Done,
    /// There is no such act here.
    Missing,
    /// Another place is open to this browser now.
    Seated(Audience, String),
    /// Not done, with the reason; the page is shown again with what was typed.
    Refused {
        page: &'static str,
        why: String,
        /// Somebody else was faster.
        stale: bool,
    },
}

impl Act {
    fn refused(page: &'static str, why: impl Into<String>) -> Self {
        let why = why.into();
        Self::Refused {
            page,
            why,
            stale: false,
        }
    }

    /// What comes of something that the desk kept, or did not.
    fn of<T>(kept: Result<T, NotKept>, page: &'static str, to: impl Into<String>) -> Self {
        match kept {
            Ok(_) => Self::Back(to.into()),
            Err(error) => {
                let stale = matches!(error, NotKept::Newer);
                let why = format!("{}.", capital(&error.to_string()));
                Self::Refused { page, why, stale }
            }
        }
    }
}

/// The longest note, reason or message, in letters.
const LONGEST: usize = 4000;

/// A text that a form must hold.
fn written(fields: &Fields, name: &str) -> Result<String, &'static str> {
    let text = crate::exercise::report::clean(fields.get(name));
    match text.trim() {
        "" => Err("Write something first."),
        text if text.chars().count() > LONGEST => Err("This is too long: at most 4000 letters."),
        text => Ok(text.to_owned()),
    }
}

/// Does it.
pub(super) fn act(
    desk: &mut Desk<'_>,
    seat: &Seat,
    audience: Audience,
    what: &str,
    fields: &Fields,
) -> Act {
    match audience {
        Audience::Facilitator => facilitator::act(desk, what, fields),
        Audience::Team(role) => team::act(desk, seat, role, what, fields),
        Audience::Evaluator if what == "note" => note(desk, seat, fields),
        Audience::Evaluator | Audience::Projector => Act::Missing,
    }
}

/// An evaluator's note; one that is sent twice is kept once.
fn note(desk: &mut Desk<'_>, seat: &Seat, fields: &Fields) -> Act {
    let session = desk.session();
    let objectives = &session.exercise.objectives;
    let role = session.exercise.role_named(fields.get("role"));
    let objective = objectives
        .iter()
        .find(|it| it.id == fields.get("objective"));
    let rating = fields
        .get("rating")
        .chars()
        .next()
        .filter(|c| "PSMU".contains(*c));
    let text = match (written(fields, "text"), rating) {
        (Ok(text), _) => text,
        (Err(_), Some(_)) if fields.get("text").is_empty() => String::new(),
        (Err(why), _) => return Act::refused("", why),
    };
    let happening = Happening::Noted {
        role: role.map(|role| session.exercise.role(role).id.clone()),
        objective: objective.map(|objective| objective.id.clone()),
        rating,
        text,
    };
    let actor = Actor::Evaluator(seat.name.clone());
    let receipt = fields.get("receipt");
    if desk.is_repeated(receipt) {
        return Act::Back(String::new());
    }
    let kept = desk.keeper.record(actor, happening);
    if kept.is_ok() {
        desk.remember(receipt);
    }
    Act::of(kept, "", "")
}
