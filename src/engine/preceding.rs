//! Standing duties to do something before something else, which comes true while they are owed (M9).

use super::run::Run;
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};

impl Run<'_, '_> {
    /// Makes positions of the standing duties of a level that must be done before something.
    pub(crate) fn bring_in_preceding(&mut self, level: usize) {
        let engine = self.engine;
        for id in &engine.preceding[level] {
            let treaty = engine.rulebook.norm(*id).treaty;
            if treaty.is_none_or(|treaty| self.is_allowed(treaty)) {
                let concerned = self.concerns_cast(treaty);
                self.bring_in(*id, concerned);
            }
        }
    }

    /// Reports those of them that are owed on a day, up to the horizon, on which what they must come before comes true.
    pub(crate) fn report_preceding(&mut self) {
        let engine = self.engine;
        let counts = Days {
            first: Day::FIRST,
            last: self.horizon,
        };
        let counts = Extent::days(counts, Readings::ALL);
        for id in engine.preceding.iter().flatten() {
            let concerned = self.concerns_cast(engine.rulebook.norm(*id).treaty);
            let counts = counts.on(concerned, &mut self.space);
            for index in self.positions_of(*id) {
                let comes = self.comes_too_soon(index as usize);
                let position = &mut self.positions[index as usize];
                let owed = comes.and(&position.arisen, &mut self.space);
                position.silent &= owed.and(&counts, &mut self.space).is_never();
            }
        }
    }
}
