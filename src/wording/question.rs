//! Open questions as statements that may be so or not.

use super::sentence::{atom_denied, atom_so_far, fact, place_name};
use crate::model::fact::Fact;
use crate::model::ids::DisputeId;
use crate::model::question::{Question, Where};
use crate::model::rulebook::Rulebook;

pub(super) fn reading(rulebook: &Rulebook, dispute: DisputeId, number: u8) -> String {
    let dispute = &rulebook.disputes[dispute.index()];
    let reading = dispute.readings.get(number as usize);
    let name = reading.map_or("?", |reading| reading.name.as_str());
    let title = reading
        .and_then(|reading| reading.title.as_ref())
        .map_or_else(String::new, |title| format!(": {title}"));
    format!("the reading {name} is right{title}")
}

fn reading_name(rulebook: &Rulebook, dispute: DisputeId, number: u8) -> String {
    let readings = &rulebook.disputes[dispute.index()].readings;
    readings
        .get(number as usize)
        .map_or_else(String::new, |reading| reading.name.clone())
}

/// The last reading of a dispute as a statement: it has no question of its own.
pub fn last_reading(rulebook: &Rulebook, dispute: DisputeId) -> String {
    let count = rulebook.disputes[dispute.index()].readings.len();
    reading(rulebook, dispute, count.saturating_sub(1) as u8)
}

/// A question as a statement that may be so or not; with `yes` false, its contrary.
pub fn question(rulebook: &Rulebook, facts: &[Fact], of: &Question, yes: bool) -> String {
    let stated = |number: usize| {
        facts
            .get(number)
            .or_else(|| rulebook.history.get(number.wrapping_sub(facts.len())))
    };
    let not = if yes { "" } else { "not " };
    match of {
        Question::Stated(number) => stated(*number).map_or_else(String::new, |stated| {
            format!("it is {not}stated that {}", fact(rulebook, stated))
        }),
        Question::Fact(number) => stated(*number).map_or_else(String::new, |stated| {
            if stated.negated == yes {
                atom_denied(rulebook, &stated.atom)
            } else {
                atom_so_far(rulebook, &stated.atom)
            }
        }),
        Question::Begun(number) => stated(*number).map_or_else(String::new, |stated| {
            let day = if yes {
                stated.from.first()
            } else {
                stated.from.last()
            };
            format!("{} from {day}", fact(rulebook, stated))
        }),
        Question::WentOn(number) => stated(*number).map_or_else(String::new, |stated| {
            let to = stated.to.unwrap_or(stated.from);
            format!(
                "{} until {}",
                fact(rulebook, stated),
                if yes { to.last() } else { to.first() }
            )
        }),
        Question::Open(sentence) => {
            if yes {
                atom_so_far(rulebook, sentence)
            } else {
                atom_denied(rulebook, sentence)
            }
        }
        Question::Claim(place, claimant) => {
            format!(
                "{} is {not}territory of {}",
                rulebook.name(*place),
                rulebook.name(*claimant)
            )
        }
        Question::Place(number, there) => {
            let there = match there {
                Where::In(place) => format!("in {}", place_name(rulebook, *place)),
                Where::TerritoryOf(actor) => format!("in territory of {}", rulebook.name(*actor)),
                Where::AdministeredBy(actor) => {
                    format!("in territory administered by {}", rulebook.name(*actor))
                }
            };
            let what = stated(*number).map_or_else(String::new, |stated| fact(rulebook, stated));
            if yes {
                format!("{what} {there}")
            } else {
                format!("{what}, but not {there}")
            }
        }
        Question::Reading(dispute, number) => {
            let count = rulebook.disputes[dispute.index()].readings.len();
            // Of two readings, one is right if the other is wrong.
            match yes {
                true => reading(rulebook, *dispute, *number),
                false if count == 2 => reading(rulebook, *dispute, 1),
                false => format!(
                    "the reading {} is wrong",
                    reading_name(rulebook, *dispute, *number)
                ),
            }
        }
    }
}
