//! Facts as stated, turned into the days and readings on which they hold (M1, M2).

use super::run::Run;
use crate::calendar::{Day, Days, PartialDate};
use crate::extent::{Extent, Readings};
use crate::model::fact::Fact;
use crate::model::question::Question;

/// Whether the days of a fact are certain.
pub(crate) fn is_certain(fact: &Fact) -> bool {
    let certain = |date: PartialDate| date.first() == date.last();
    certain(fact.from) && fact.to.is_none_or(certain)
}

/// The days on which a certain fact holds, and those on which it is being done.
pub(crate) fn certain_days(fact: &Fact, lasts: bool) -> (Extent, Extent) {
    days(
        fact.from.first(),
        fact.to.map_or(Day::LAST, PartialDate::last),
        lasts,
    )
}

fn days(first: Day, last: Day, lasts: bool) -> (Extent, Extent) {
    if lasts {
        let extent = Extent::days(
            Days {
                first,
                last: last.max(first),
            },
            Readings::ALL,
        );
        (extent.clone(), extent)
    } else {
        (
            Extent::from(first, Readings::ALL),
            Extent::days(Days { first, last: first }, Readings::ALL),
        )
    }
}

impl Run<'_, '_> {
    /// The days on which fact `number` (of the scenario, or after those of the history) holds and is being done.
    pub(crate) fn stated_days(&mut self, number: usize, fact: &Fact) -> (Extent, Extent) {
        let lasts = self.engine.rulebook.predicate(fact.atom.predicate).lasts;
        if is_certain(fact) {
            return certain_days(fact, lasts);
        }
        let begins = self.either(Question::Begun(number), fact.from.first(), fact.from.last());
        let ends = match fact.to {
            Some(to) if lasts => self.either(Question::WentOn(number), to.last(), to.first()),
            _ => vec![(Readings::ALL, Day::LAST)],
        };
        let (mut holds, mut done) = (Extent::never(), Extent::never());
        for (on_begin, first) in &begins {
            for (on_end, last) in &ends {
                let readings = self.space.and(*on_begin, *on_end);
                let (extent, act_days) = days(*first, *last, lasts);
                let extent = extent.on(readings, &mut self.space);
                let act_days = act_days.on(readings, &mut self.space);
                holds = holds.or(&extent, &mut self.space);
                done = done.or(&act_days, &mut self.space);
            }
        }
        (holds, done)
    }

    /// One day if the question is answered yes, another if no; one day if they are the same.
    fn either(&mut self, question: Question, yes: Day, no: Day) -> Vec<(Readings, Day)> {
        if yes == no {
            return vec![(Readings::ALL, yes)];
        }
        let readings = self.question(question);
        vec![(readings, yes), (self.space.not(readings), no)]
    }
}
