//! What a version says of an obligation on a day, in words.

use super::compare::{Aspect, Course};
use super::joint::Joint;
use crate::calendar::Day;
use crate::extent::{Extent, Readings};
use crate::model::norm::Modality;
use crate::wording;

/// No more alternatives are told of a verdict.
const MOST_ALTERNATIVES: usize = 3;

/// What a version says of an obligation, as far as the versions part in it.
pub(super) fn said(joint: &mut Joint, course: &Course, of: (Modality, Aspect), day: Day) -> String {
    let (modality, aspect) = of;
    let word = wording::held_word(modality);
    let of = |extent: &Extent| extent.at(day);
    match aspect {
        Aspect::Gained | Aspect::Lost => match discharged(course, day) {
            Some(since) => format!("not {word}: discharged on {since}"),
            None => verdict(joint, word, of(&course.holds)),
        },
        Aspect::Violated => verdict(joint, "violated", of(&course.violated)),
        Aspect::Fulfilled => verdict(joint, "fulfilled", of(&course.fulfilled)),
        Aspect::Discharged => verdict(joint, "discharged", of(&course.discharged)),
        Aspect::Suspended => verdict(joint, "suspended", of(&course.suspended)),
        Aspect::Displaced => {
            let displaced = course.displaced(&mut joint.space);
            verdict(joint, "displaced", of(&displaced))
        }
        Aspect::Terms => {
            let terms = course.terms.iter();
            let own = terms.filter(|(_, extent)| of(extent) != Readings::NONE);
            let own: Vec<&str> = own.map(|(terms, _)| terms.as_str()).collect();
            match own.as_slice() {
                [] | [""] => "without terms".to_owned(),
                some => some.join("; also "),
            }
        }
    }
}

/// The day on which an obligation was discharged, on every reading, that is not owed any more. It says why one arises no more
/// in the version in which it arose earlier.
fn discharged(course: &Course, day: Day) -> Option<Day> {
    if course.holds.at(day) != Readings::NONE || course.discharged.at(day) != Readings::ALL {
        return None;
    }
    let changes = course.discharged.changes().iter();
    let up_to_day = changes.take_while(|(from, _)| *from <= day);
    up_to_day.last().map(|(from, _)| *from)
}

/// `owed`, `not owed`, `owed if ...`
fn verdict(joint: &mut Joint, word: &str, readings: Readings) -> String {
    match readings {
        Readings::ALL => word.to_owned(),
        Readings::NONE => format!("not {word}"),
        _ => {
            let alternatives = joint.space.alternatives(readings, MOST_ALTERNATIVES);
            let each = alternatives.listed.iter().map(|cube| {
                let parts = cube
                    .iter()
                    .filter_map(|one| joint.say(one.question, one.yes));
                parts.collect::<Vec<_>>().join(" and ")
            });
            let mut said = format!("{word} if {}", each.collect::<Vec<_>>().join(", or if "));
            if alternatives.further > 0 {
                said += &format!(", or in other cases ({} more)", alternatives.further);
            }
            said
        }
    }
}
