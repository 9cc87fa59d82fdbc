//! When a treaty ends: by its term, by denunciation, by a condition.

use super::life::Event;
use super::run::Run;
use crate::calendar::{Day, Period};
use crate::extent::{Extent, Readings};
use crate::model::ids::TreatyId;
use crate::model::treaty::{AfterTerm, Entry, FirstTerm, Term, Treaty};

impl<'e> Run<'_, 'e> {
    /// From when on the treaty has ended, on which readings.
    pub(super) fn ended(&mut self, treaty: &'e Treaty, id: TreatyId, leavers: &[Event]) -> Extent {
        let core = self.engine.rulebook.core;
        let mut ended = treaty
            .ends_on
            .map_or_else(Extent::never, |day| Extent::from(day, Readings::ALL));
        // Its last day stated ends provisional application too.
        if let Entry::Stated(days) = &treaty.entry
            && days.last < Day::LAST
        {
            let over = Extent::from(days.last.next(), Readings::ALL);
            ended = ended.or(&over, &mut self.space);
        }
        for event in self.events_about(core.terminate, treaty.entity) {
            ended = ended.or(&event.extent, &mut self.space);
        }
        let engine = self.engine;
        for other in &engine.replaced_by[id.index()] {
            let entered = self.entered(engine.rulebook.treaty(*other), *other);
            let later = self.life(*other).in_force.and(&entered, &mut self.space);
            ended = ended.or(&later, &mut self.space);
        }
        for ending in &treaty.endings {
            let true_since = self
                .own_condition(&ending.condition, treaty, id, leavers)
                .once(&mut self.space);
            let always = Extent::always(true_since.at(Day::FIRST));
            let later = self.after(&true_since, ending.after, treaty);
            ended = ended
                .or(&later, &mut self.space)
                .or(&always, &mut self.space);
        }
        ended.once(&mut self.space)
    }

    /// From when on the treaty has ended by denunciation or at the end of a term.
    pub(super) fn renounced(
        &mut self,
        treaty: &'e Treaty,
        id: TreatyId,
        entered: &Extent,
        leavers: &[Event],
    ) -> Extent {
        let denounced = leavers.iter().filter(|event| event.denounces);
        let denounced: Vec<Event> = denounced.cloned().collect();
        let mut ended = Extent::never();
        if let Some(period) = treaty.ends_after_denunciation {
            for event in &denounced {
                let later = self.after(&event.extent, period, treaty);
                ended = ended.or(&later, &mut self.space);
            }
        }
        if let Some(term) = treaty.term {
            let mut expired = self.expired(term, treaty, entered, &denounced);
            if let Some(condition) = &treaty.prolonged {
                let goes_on = self.own_condition(condition, treaty, id, leavers);
                expired = expired.without(&goes_on, &mut self.space);
            }
            ended = ended.or(&expired, &mut self.space);
        }
        ended.once(&mut self.space)
    }

    /// Each first day of an event, moved by a period; from then on.
    fn after(&mut self, event: &Extent, period: Period, treaty: &Treaty) -> Extent {
        let mut moved = Extent::never();
        let onsets = event.onsets(&mut self.space);
        for (day, readings) in onsets.changes() {
            if *readings != Readings::NONE {
                let first = plus(*day, period, treaty);
                moved = moved.or(&Extent::from(first, *readings), &mut self.space);
            }
        }
        moved
    }

    /// From the end of a term on (M3).
    fn expired(
        &mut self,
        term: Term,
        treaty: &Treaty,
        entered: &Extent,
        denounced: &[Event],
    ) -> Extent {
        let mut expired = Extent::never();
        let onsets = entered.onsets(&mut self.space);
        for (start, readings) in onsets.changes() {
            if *readings == Readings::NONE {
                continue;
            }
            let end = match term.first {
                FirstTerm::For(period) => plus(*start, period, treaty),
                FirstTerm::Until(day) => day.next(),
            };
            let ends = match term.then {
                AfterTerm::Ends => Extent::from(end.max(*start), *readings),
                AfterTerm::Renewed { .. } => self.renewals(term, treaty, *start, denounced),
                AfterTerm::UntilDenounced(after) => {
                    let mut given = Extent::never();
                    for event in denounced {
                        given =
                            given.or(&self.after(&event.extent, after, treaty), &mut self.space);
                    }
                    given.and(&Extent::from(end.max(*start), *readings), &mut self.space)
                }
            };
            expired = expired.or(&ends.on(*readings, &mut self.space), &mut self.space);
        }
        expired
    }

    /// The first end of a term before which the treaty was denounced in time.
    fn renewals(&mut self, term: Term, treaty: &Treaty, start: Day, denounced: &[Event]) -> Extent {
        let AfterTerm::Renewed { period, notice } = term.then else {
            return Extent::never();
        };
        let mut all = Extent::never();
        for event in denounced {
            all = all.or(&event.extent, &mut self.space);
        }
        let denounced = all.once(&mut self.space);
        let (from, mut whole) = match term.first {
            FirstTerm::For(period) => (start, period),
            FirstTerm::Until(day) => (day.next(), Period { months: 0, days: 0 }),
        };
        let (mut expired, mut before) = (Extent::never(), Readings::NONE);
        // Ends with time itself: a term that gets no longer is not renewed.
        loop {
            let end = plus(from, whole, treaty);
            if end > self.horizon.plus_days(1) || end == Day::LAST {
                break;
            }
            let in_time = denounced.at(end.previous().minus(notice));
            if in_time != before {
                before = in_time;
                let ended = Extent::from(end.max(start), in_time);
                expired = expired.or(&ended, &mut self.space);
            }
            let longer = Period {
                months: whole.months.saturating_add(period.months),
                days: whole.days.saturating_add(period.days),
            };
            if denounced.is_never() || in_time == Readings::ALL || longer == whole {
                break;
            }
            whole = longer;
        }
        expired
    }
}

/// A day so much later; where the calendar gives two answers and the treaty does not round, the earlier.
fn plus(day: Day, period: Period, treaty: &Treaty) -> Day {
    day.plus(period, treaty.rounding)
        .unwrap_or_else(|ambiguous| ambiguous.down)
}
