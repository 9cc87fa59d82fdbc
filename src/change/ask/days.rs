//! When something may begin: where the treaties come into force, where the versions part, and after the periods of notice.

use super::world::{HORIZON, Side};
use crate::calendar::{Day, Period};
use crate::model::ids::TreatyId;
use crate::model::norm::{Deadline, Head};
use crate::model::rulebook::Rulebook;
use crate::model::treaty::{AfterTerm, FirstTerm};
use std::collections::BTreeSet;

/// No more than so many.
const MOST: usize = 10;

/// The first is the day on which the treaties asked about first bind two.
pub(super) fn days(sides: &[Side<'_>]) -> Vec<Day> {
    let start = sides.iter().filter_map(start).min();
    let signed = sides.iter().flat_map(|side| {
        side.asked
            .iter()
            .filter_map(|id| side.book.treaty(*id).signed)
    });
    let start = start
        .or_else(|| signed.map(crate::calendar::PartialDate::last).max())
        .or_else(|| Day::new(2000, 1, 1))
        .unwrap_or(Day(0));
    let mut found = vec![start];
    let cuts: Vec<BTreeSet<Day>> = sides.iter().map(cuts).collect();
    if let [one, other] = cuts.as_slice() {
        let parted = one.symmetric_difference(other).copied();
        found.extend(parted.filter(|day| *day > start && *day <= HORIZON));
    }
    if let [side] = sides {
        found.extend(begins(side).into_iter().filter(|day| *day > start));
    }
    for side in sides {
        for treaty in &side.lives {
            for period in periods(side.book, *treaty) {
                let rounding = side.book.treaty(*treaty).rounding;
                let later = start
                    .plus(period, rounding)
                    .unwrap_or_else(|either| either.down);
                found.push(later);
            }
        }
    }
    found[1..].sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found
}

/// The first day on which the law of the versions parts, if it parts on any.
pub(super) fn parting(sides: &[Side<'_>; 2]) -> Option<Day> {
    let [one, other] = sides.each_ref().map(cuts);
    let mut parted = one.symmetric_difference(&other).copied();
    parted.find(|day| (Day(-200_000)..=HORIZON).contains(day))
}

/// The first day on which one of the treaties asked about binds two, or anybody.
fn start(side: &Side<'_>) -> Option<Day> {
    let mut found: Option<Day> = None;
    for treaty in &side.asked {
        let mut firsts: Vec<Day> = side
            .recorded(*treaty)
            .members
            .iter()
            .filter_map(|(_, _, extent)| extent.first_day())
            .collect();
        firsts.sort_unstable();
        let day = firsts.get(1).or(firsts.first()).copied();
        found = match (found, day) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    found.filter(|day| *day > Day::FIRST)
}

/// The days from which clauses apply or do not apply any more, and those on which treaties enter into force of which the clauses speak.
fn begins(side: &Side<'_>) -> BTreeSet<Day> {
    let dates = side.book.norms.iter().map(|norm| norm.dates);
    let clauses = dates.flat_map(|dates| [dates.first, dates.last.next()]);
    let treaties = side.treaties.iter();
    let treaties = treaties.filter_map(|id| side.recorded(*id).in_force.first_day());
    clauses.chain(treaties).collect()
}

/// The days on which the law may change.
fn cuts(side: &Side<'_>) -> BTreeSet<Day> {
    let mut found = BTreeSet::new();
    for treaty in &side.treaties {
        let mut extents = vec![side.recorded(*treaty).in_force];
        extents.extend(
            side.recorded(*treaty)
                .members
                .into_iter()
                .map(|(_, _, extent)| extent),
        );
        for extent in extents {
            found.extend(extent.changes().iter().map(|(day, _)| *day));
        }
    }
    for norm in &side.book.norms {
        found.extend([norm.dates.first, norm.dates.last.next()]);
        if let Head::Position(head) = &norm.head
            && let Some(Deadline::By(day)) = head.deadline
        {
            found.insert(day);
        }
    }
    for line in side.book.areas.iter().flat_map(|area| &area.lines) {
        found.extend([line.dates.first, line.dates.last.next()]);
    }
    found
}

/// The periods of the head of a treaty, and of notice before the end of a term.
fn periods(book: &Rulebook, treaty: TreatyId) -> Vec<Period> {
    let treaty = book.treaty(treaty);
    let mut found: Vec<Period> = treaty.ends_after_denunciation.into_iter().collect();
    found.extend(treaty.leaves_after_withdrawal);
    found.extend(treaty.endings.iter().map(|ending| ending.after));
    if let Some(term) = treaty.term {
        if let FirstTerm::For(period) = term.first {
            found.push(period);
        }
        match term.then {
            AfterTerm::Renewed { period, .. } | AfterTerm::UntilDenounced(period) => {
                found.push(period);
            }
            AfterTerm::Ends => {}
        }
    }
    found
}
