//! Standing duties to do something before something else, which comes true while they are owed (M9).

use super::run::Run;
use super::solve::unbound;
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};

impl Run<'_, '_> {
    /// Makes positions of the standing duties of a level that must be done before something.
    pub(crate) fn bring_in_preceding(&mut self, level: usize) {
        let engine = self.engine;
        let silent = std::mem::replace(&mut self.silent, true);
        for id in &engine.preceding[level] {
            let norm = engine.rulebook.norm(*id);
            if norm.treaty.is_some_and(|treaty| !self.is_allowed(treaty)) {
                continue;
            }
            let concerned = self.concerns_cast(norm.treaty);
            if concerned == Readings::NONE {
                continue;
            }
            for (found, extent, depth) in self.standing_solutions(*id, unbound(norm)) {
                let extent = extent.on(concerned, &mut self.space);
                self.grant(*id, norm, &found, &extent, (&extent, &extent), depth);
            }
        }
        self.silent = silent;
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
            for index in self.positions_of(*id) {
                let comes = self.comes_too_soon(index as usize);
                let position = &mut self.positions[index as usize];
                let owed = comes.and(&position.arisen, &mut self.space);
                position.silent &= owed.and(&counts, &mut self.space).is_never();
            }
        }
    }
}
