//! When something may be stated to happen.

use crate::calendar::{Day, Days};

/// How long something lasts that ends: so many days after the first.
const LASTS: i32 = 9;

/// The spell of existence that matters from a day on.
pub(super) fn spell(spells: &[Days], day: Day) -> Days {
    let later = spells.iter().find(|spell| spell.last >= day);
    later.or(spells.last()).copied().unwrap_or(Days::ALWAYS)
}

/// When it may happen: from each of the days on, and, where that matters, ended soon after the first.
pub(super) fn times(
    days: &[Day],
    there: Days,
    lasts: bool,
    ended: bool,
) -> Vec<(Day, Option<Day>)> {
    let mut found: Vec<(Day, Option<Day>)> = Vec::new();
    for day in days {
        let from = (*day).max(there.first);
        if from <= there.last {
            let to = match there.last {
                _ if !lasts => Some(from),
                Day::LAST => None,
                last => Some(last),
            };
            found.push((from, to));
        }
    }
    if let (true, true, Some((from, _))) = (lasts, ended, found.first().copied()) {
        let last = from.plus_days(LASTS).min(there.last);
        found.push((from, Some(last)));
    }
    found.dedup();
    found
}
