//! From the mistakes of a session to cards.

use super::card::{Card, Deck, Learnt, Situation};
use super::law::meaning;
use super::slip::{Slip, slips};
use crate::calendar::Day;
use crate::exercise::RoleId;
use crate::exercise::session::{Bundle, Session};
use crate::wording;

/// Adds what these roles overlooked in a session; an answer that was taken before is not taken again. How many cards are new,
/// and how many were there and come up again.
pub fn feed(
    deck: &mut Deck,
    session: &Session<'_>,
    path: &str,
    roles: &[RoleId],
    today: Day,
) -> (usize, usize) {
    let exercise = learnt(deck, session, path);
    let (mut new, mut again) = (0, 0);
    for role in roles {
        let party = session.exercise.role(*role).party;
        let party = party.map(|party| session.pack.project.rulebook.name(party));
        for slip in slips(session, *role) {
            match add(deck, session, &slip, exercise, party.clone(), today) {
                Added::New => new += 1,
                Added::Again => again += 1,
                Added::Known => {}
            }
        }
    }
    (new, again)
}

enum Added {
    New,
    Again,
    Known,
}

fn add(
    deck: &mut Deck,
    session: &Session<'_>,
    slip: &Slip,
    exercise: usize,
    party: Option<String>,
    today: Day,
) -> Added {
    let book = &session.pack.project.rulebook;
    let met = format!("{}: {}", session.exercise.title, slip.met);
    let situation = Situation {
        exercise,
        party,
        day: slip.day.to_string(),
        sentence: slip.sentence.clone(),
        facts: slip.facts.clone(),
    };
    let card = Card {
        rule: wording::citation(book, book.norm(slip.norm)),
        meaning: meaning(book, slip.norm),
        focus: slip.focus.clone(),
        about: slip.about.clone(),
        situations: vec![situation],
        met: vec![met],
        due: today.to_string(),
        memory: None,
        law_changed: false,
        shown: Vec::new(),
    };
    let id = card.id();
    let Some(known) = deck.cards.iter_mut().find(|known| known.id() == id) else {
        deck.cards.push(card);
        return Added::New;
    };
    if known.met.contains(&card.met[0]) {
        return Added::Known;
    }
    known.met.extend(card.met);
    for situation in card.situations {
        if !known.situations.contains(&situation) {
            known.situations.push(situation);
        }
    }
    known.due = card.due;
    Added::Again
}

/// The exercise of a session among those known, by number.
fn learnt(deck: &mut Deck, session: &Session<'_>, path: &str) -> usize {
    let learnt = Learnt {
        path: path.to_owned(),
        marking: session.exercise.marking.clone(),
        bundle: Bundle::of(session.pack).without_rules(),
    };
    let known = deck.exercises.iter().position(|known| *known == learnt);
    known.unwrap_or_else(|| {
        deck.exercises.push(learnt);
        deck.exercises.len() - 1
    })
}
