//! What a team is told about things that it chose from what was offered.

use super::feedback::{Feedback, Outcome};
use crate::exercise::{Offer, Offered};

/// The right answer where nothing offered is right.
const NONE_OF_THESE: &str = "none of these";

/// Feedback on what was chosen, option by option; where none was right, that is told too.
pub(super) fn on_choice(offer: &Offer, chosen: &[String]) -> Vec<Feedback> {
    let right = |it: &Offered| it.right == Some(true);
    let hit = |it: &Offered| right(it) && chosen.contains(&it.id);
    let enough = !offer.several && offer.options.iter().any(hit);
    let options = offer.options.iter();
    let mut found: Vec<Feedback> = options
        .filter_map(|option| on_option(option, chosen, enough))
        .collect();
    let graded = offer.options.iter().any(|it| it.right.is_some());
    if graded && !offer.options.iter().any(right) {
        found.push(nothing_right(NONE_OF_THESE, chosen.is_empty()));
    }
    found
}

/// Feedback where the right answer is that there is none, and whether it was given.
pub(super) fn nothing_right(answer: &str, given: bool) -> Feedback {
    if given {
        return Feedback {
            credit: 1.0,
            ..Feedback::of(Outcome::Hit, answer)
        };
    }
    Feedback::of(Outcome::Missed, answer)
}

fn on_option(option: &Offered, chosen: &[String], enough: bool) -> Option<Feedback> {
    let outcome = match (option.right?, chosen.contains(&option.id)) {
        (true, true) => Outcome::Hit,
        (true, false) if enough => Outcome::Also,
        (true, false) => Outcome::Missed,
        (false, true) => Outcome::Vain,
        (false, false) => return None,
    };
    let mut feedback = Feedback::of(outcome, &option.text);
    // What speaks against a wrong choice is no condition that fails.
    let told = match outcome {
        Outcome::Vain => &mut feedback.remarks,
        _ => &mut feedback.reasons,
    };
    told.push(option.why.clone());
    if matches!(outcome, Outcome::Hit | Outcome::Also) {
        feedback.credit = 1.0;
    }
    Some(feedback)
}
