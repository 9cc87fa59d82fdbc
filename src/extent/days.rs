//! An extent: for each day, the readings on which a sentence holds.

use super::reading::{Readings, Space};
use crate::calendar::{Day, Days};
use smallvec::SmallVec;

/// For each day a set of readings, as change points.
// INVARIANT: days ascend, neighbours differ, and the first set is not NONE; before the first change point nothing holds.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Extent(SmallVec<[(Day, Readings); 2]>);

impl Clone for Extent {
    fn clone(&self) -> Self {
        Self(SmallVec::from_slice(&self.0))
    }
}

impl Extent {
    /// On no day.
    pub const fn never() -> Self {
        Self(SmallVec::new_const())
    }

    /// On every day, on these readings.
    pub fn always(readings: Readings) -> Self {
        Self::days(Days::ALWAYS, readings)
    }

    /// From a day on.
    pub fn from(first: Day, readings: Readings) -> Self {
        Self::days(
            Days {
                first,
                last: Day::LAST,
            },
            readings,
        )
    }

    /// On these days, on these readings; nothing if the last day comes before the first.
    pub fn days(days: Days, readings: Readings) -> Self {
        let mut made = Self::never();
        if days.first <= days.last && days.last > Day::FIRST && readings != Readings::NONE {
            made = Self::span(days.first, days.last);
            made.0[0].1 = readings;
        }
        made
    }

    /// On all readings of these days, of which there is one at least.
    fn span(first: Day, last: Day) -> Self {
        let next = (last.next(), Readings::NONE);
        let changes = usize::from(last < Day::LAST) + 1;
        Self(SmallVec::from_buf_and_len(
            [(first, Readings::ALL), next],
            changes,
        ))
    }

    /// The first and the last day, if it holds once, unbroken, on all readings: as nearly all do.
    fn as_span(&self) -> Option<(Day, Day)> {
        match *self.0.as_slice() {
            // The last of all days has none before it.
            [(Day::LAST, _)] | [_, (Day::LAST, _)] => None,
            [(first, Readings::ALL)] => Some((first, Day::LAST)),
            [(first, Readings::ALL), (next, Readings::NONE)] => Some((first, next.previous())),
            _ => None,
        }
    }

    /// The spans of both.
    fn as_spans(&self, other: &Self) -> Option<((Day, Day), (Day, Day))> {
        self.as_span().zip(other.as_span())
    }

    /// Sets the value from `day` on; days must come in order.
    fn push(&mut self, day: Day, readings: Readings) {
        if self.0.last().is_some_and(|(last, _)| *last == day) {
            self.0.pop();
        }
        if self.latest() != readings {
            self.0.push((day, readings));
        }
    }

    fn latest(&self) -> Readings {
        self.0
            .last()
            .map_or(Readings::NONE, |(_, readings)| *readings)
    }

    /// The change points: from each day on, these readings.
    pub fn changes(&self) -> &[(Day, Readings)] {
        &self.0
    }

    /// The readings on a day.
    pub fn at(&self, day: Day) -> Readings {
        let after = self.0.partition_point(|(from, _)| *from <= day);
        after
            .checked_sub(1)
            .map_or(Readings::NONE, |index| self.0[index].1)
    }

    /// Whether it holds on no day.
    pub fn is_never(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it holds on every day and reading.
    pub fn is_always(&self) -> bool {
        self.0.as_slice() == [(Day::FIRST, Readings::ALL)]
    }

    /// The day's value of `combine` for each day.
    fn merge(
        &self,
        other: &Self,
        space: &mut Space,
        combine: fn(&mut Space, Readings, Readings) -> Readings,
    ) -> Self {
        let mut made = Self::never();
        let (mut i, mut j) = (0, 0);
        let (mut a, mut b) = (Readings::NONE, Readings::NONE);
        while i < self.0.len() || j < other.0.len() {
            let day = match (self.0.get(i), other.0.get(j)) {
                (Some((x, _)), Some((y, _))) => *x.min(y),
                (Some((x, _)), None) | (None, Some((x, _))) => *x,
                (None, None) => break,
            };
            if self.0.get(i).is_some_and(|(x, _)| *x == day) {
                a = self.0[i].1;
                i += 1;
            }
            if other.0.get(j).is_some_and(|(y, _)| *y == day) {
                b = other.0[j].1;
                j += 1;
            }
            let value = combine(space, a, b);
            made.push(day, value);
        }
        made
    }

    /// Whether there is a day on which both hold on some reading, be it not the same.
    pub fn meets(&self, other: &Self) -> bool {
        if let Some((one, other)) = self.as_spans(other) {
            return one.0 <= other.1 && other.0 <= one.1;
        }
        let (mut i, mut j) = (0, 0);
        while let (Some((x, mine)), Some((y, theirs))) = (self.0.get(i), other.0.get(j)) {
            let (last, other_last) = (self.last_of(i), other.last_of(j));
            let both = *mine != Readings::NONE && *theirs != Readings::NONE;
            if both && *x <= other_last && *y <= last {
                return true;
            }
            if last <= other_last {
                i += 1;
            } else {
                j += 1;
            }
        }
        false
    }

    /// The last day of what a change point begins.
    fn last_of(&self, index: usize) -> Day {
        let next = self.0.get(index + 1);
        next.map_or(Day::LAST, |(next, _)| next.previous())
    }

    /// On the days and readings of both.
    #[must_use]
    pub fn and(&self, other: &Self, space: &mut Space) -> Self {
        if self.is_never() || other.is_never() {
            return Self::never();
        }
        if self.is_always() {
            return other.clone();
        }
        if other.is_always() {
            return self.clone();
        }
        if let Some((one, other)) = self.as_spans(other) {
            let (first, last) = (one.0.max(other.0), one.1.min(other.1));
            let never = first > last;
            return if never {
                Self::never()
            } else {
                Self::span(first, last)
            };
        }
        self.merge(other, space, Space::and)
    }

    /// On the days and readings of either.
    #[must_use]
    pub fn or(&self, other: &Self, space: &mut Space) -> Self {
        if self.is_never() || other.is_always() {
            return other.clone();
        }
        if other.is_never() || self.is_always() {
            return self.clone();
        }
        match self.as_spans(other) {
            Some((one, other)) if one.0 <= other.1.next() && other.0 <= one.1.next() => {
                Self::span(one.0.min(other.0), one.1.max(other.1))
            }
            _ => self.merge(other, space, Space::or),
        }
    }

    /// On the days and readings of any of them.
    pub(crate) fn any(mut extents: Vec<Self>, space: &mut Space) -> Self {
        // Two and two, so that no long one is copied for each short one.
        while extents.len() > 1 {
            let pairs = extents.chunks(2);
            let joined = pairs.map(|pair| match pair {
                [one, other] => one.or(other, space),
                _ => pair[0].clone(),
            });
            extents = joined.collect();
        }
        extents.pop().unwrap_or_default()
    }

    /// On the days and readings of the first and not of the second.
    #[must_use]
    pub fn without(&self, other: &Self, space: &mut Space) -> Self {
        if self.is_never() || other.is_never() {
            return self.clone();
        }
        match self.as_spans(other) {
            Some((one, other)) if one.1 < other.0 || other.1 < one.0 => Self::span(one.0, one.1),
            Some((one, other)) if other.0 <= one.0 && one.1 <= other.1 => Self::never(),
            Some((one, other)) if other.0 <= one.0 => Self::span(other.1.next(), one.1),
            Some((one, other)) if one.1 <= other.1 => Self::span(one.0, other.0.previous()),
            _ => self.merge(other, space, Space::without),
        }
    }

    /// On all other days and readings.
    #[must_use]
    pub fn not(&self, space: &mut Space) -> Self {
        Self::always(Readings::ALL).without(self, space)
    }

    /// Narrowed to some readings.
    #[must_use]
    pub fn on(&self, readings: Readings, space: &mut Space) -> Self {
        if readings == Readings::ALL {
            self.clone()
        } else {
            self.map(|set| space.and(set, readings))
        }
    }

    /// Each day's value changed by itself.
    #[must_use]
    pub fn map(&self, mut change: impl FnMut(Readings) -> Readings) -> Self {
        let mut made = Self::never();
        for (day, readings) in &self.0 {
            made.push(*day, change(*readings));
        }
        made
    }

    /// From each day on which it holds, ever after.
    #[must_use]
    pub fn once(&self, space: &mut Space) -> Self {
        if let Some((first, _)) = self.as_span() {
            return Self::span(first, Day::LAST);
        }
        let mut so_far = Readings::NONE;
        self.map(|readings| {
            so_far = space.or(so_far, readings);
            so_far
        })
    }

    /// On each day, if it holds then or later.
    #[must_use]
    pub fn eventually(&self, space: &mut Space) -> Self {
        let mut values = Vec::with_capacity(self.0.len() + 1);
        let mut later = Readings::NONE;
        for (day, readings) in self.0.iter().rev() {
            later = space.or(later, *readings);
            values.push((*day, later));
        }
        let mut made = Self::never();
        made.push(Day::FIRST, later);
        for (day, readings) in values.into_iter().rev() {
            made.push(day, readings);
        }
        made
    }

    /// The same, so many days later.
    #[must_use]
    pub fn later(&self, days: i32) -> Self {
        Self(
            self.0
                .iter()
                .map(|(day, readings)| (day.plus_days(days), *readings))
                .collect(),
        )
    }

    /// On the first day of each time it holds: on it, and not on the day before.
    #[must_use]
    pub fn onsets(&self, space: &mut Space) -> Self {
        match self.as_span() {
            Some((first, _)) if first > Day::FIRST => Self::span(first, first),
            _ => self.without(&self.later(1), space),
        }
    }

    /// `self` and (`start`, or it held the day before): what has begun goes on while `self` does.
    #[must_use]
    pub fn latch(&self, start: &Self, space: &mut Space) -> Self {
        self.latch_anew(start, &Self::never(), space)
    }

    /// The same; what has begun does not go on to a day on which everything begins `anew`.
    #[must_use]
    pub fn latch_anew(&self, start: &Self, anew: &Self, space: &mut Space) -> Self {
        if let Some((own, start)) = self.as_spans(start)
            && anew.is_never()
        {
            let never = own.1 < start.0 || start.1 < own.0;
            let first = own.0.max(start.0);
            return if never {
                Self::never()
            } else {
                Self::span(first, own.1)
            };
        }
        let mut made = Self::never();
        let mut held = Readings::NONE;
        for day in change_days(&[self, start, anew]) {
            let kept = space.without(held, anew.at(day));
            let begun = space.or(start.at(day), kept);
            held = space.and(self.at(day), begun);
            made.push(day, held);
        }
        made
    }

    /// The first unbroken time only: what has ended does not revive.
    #[must_use]
    pub fn first_time(&self, space: &mut Space) -> Self {
        let ended = self.later(1).without(self, space).once(space);
        self.without(&ended, space)
    }

    /// The first day on which it holds on some reading.
    pub fn first_day(&self) -> Option<Day> {
        self.0.first().map(|(day, _)| *day)
    }

    /// The first and the last day on which it holds on some reading.
    pub(crate) fn hull(&self) -> Option<Days> {
        let (first, (day, readings)) = (self.first_day()?, *self.0.last()?);
        let ends = readings == Readings::NONE;
        let last = if ends { day.previous() } else { Day::LAST };
        Some(Days { first, last })
    }

    /// The unbroken stretches of days on which it holds on some reading.
    pub fn spells(&self) -> Vec<Days> {
        let mut spells: Vec<Days> = Vec::new();
        for (index, (first, readings)) in self.0.iter().enumerate() {
            let next = self.0.get(index + 1);
            let last = next.map_or(Day::LAST, |(day, _)| day.previous());
            match spells.last_mut() {
                _ if *readings == Readings::NONE => {}
                Some(spell) if spell.last.next() == *first => spell.last = last,
                _ => spells.push(Days {
                    first: *first,
                    last,
                }),
            }
        }
        spells
    }

    /// The unbroken stretch of days around `day` on which some reading of `readings` is in it.
    pub fn stretch(&self, day: Day, readings: Readings, space: &mut Space) -> Option<Days> {
        let mut runs: Option<Day> = None;
        for (index, (from, set)) in self.0.iter().enumerate() {
            let within = space.and(*set, readings) != Readings::NONE;
            let last = self
                .0
                .get(index + 1)
                .map_or(Day::LAST, |(next, _)| next.previous());
            let first = if within {
                *runs.get_or_insert(*from)
            } else {
                *from
            };
            let ends = self
                .0
                .get(index + 1)
                .is_none_or(|(_, next)| space.and(*next, readings) == Readings::NONE);
            if within && ends {
                if first <= day && day <= last {
                    return Some(Days { first, last });
                }
                runs = None;
            }
        }
        None
    }
}

/// The days on which one of the extents changes, in order.
pub(crate) fn change_days(extents: &[&Extent]) -> Vec<Day> {
    let mut days: Vec<Day> = extents
        .iter()
        .flat_map(|extent| extent.0.iter().map(|(day, _)| *day))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Builds an extent from values for ascending days.
#[derive(Default)]
pub(crate) struct Builder(Extent);

impl Builder {
    /// From `day` on, these readings.
    pub(crate) fn set(&mut self, day: Day, readings: Readings) {
        self.0.push(day, readings);
    }

    /// What was built.
    pub(crate) fn done(self) -> Extent {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(first: i32, last: i32) -> Extent {
        Extent::days(
            Days {
                first: Day(first),
                last: Day(last),
            },
            Readings::ALL,
        )
    }

    #[test]
    fn works_day_by_day() {
        let mut space = Space::default();
        let (a, b) = (days(1, 10), days(5, 20));
        assert_eq!(a.and(&b, &mut space), days(5, 10));
        assert_eq!(a.or(&b, &mut space), days(1, 20));
        assert_eq!(a.without(&b, &mut space), days(1, 4));
        assert_eq!(a.not(&mut space).not(&mut space), a);
        assert_eq!(a.onsets(&mut space), days(1, 1));
        assert_eq!(a.once(&mut space), Extent::from(Day(1), Readings::ALL));
        assert!(days(3, 2).is_never());
    }

    #[test]
    fn extents_meet_on_a_day() {
        let mut space = Space::default();
        assert!(days(1, 5).meets(&days(5, 9)));
        assert!(!days(1, 4).meets(&days(5, 9)));
        assert!(!Extent::never().meets(&Extent::always(Readings::ALL)));
        let twice = days(1, 3).or(&days(8, 9), &mut space);
        assert!(!twice.meets(&days(4, 7)));
    }

    #[test]
    fn what_has_begun_goes_on() {
        let mut space = Space::default();
        assert_eq!(days(1, 10).latch(&days(3, 4), &mut space), days(3, 10));
        assert_eq!(
            days(1, 10).latch(&days(11, 14), &mut space),
            Extent::never()
        );
    }

    #[test]
    fn what_has_ended_does_not_revive() {
        let mut space = Space::default();
        let twice = days(1, 3).or(&days(6, 9), &mut space);
        assert_eq!(twice.first_time(&mut space), days(1, 3));
    }

    #[test]
    fn a_stretch_is_unbroken() {
        let mut space = Space::default();
        let q = space.question(0);
        let extent = days(1, 3).on(q, &mut space).or(&days(4, 9), &mut space);
        assert_eq!(
            extent.stretch(Day(5), Readings::ALL, &mut space),
            Some(Days {
                first: Day(1),
                last: Day(9)
            })
        );
        assert_eq!(extent.stretch(Day(12), Readings::ALL, &mut space), None);
    }
}
