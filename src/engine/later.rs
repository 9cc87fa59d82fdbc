//! Which of two treaties was made later.

use super::life::beginnings;
use super::run::Run;
use crate::calendar::Day;
use crate::extent::{Extent, Readings};
use crate::model::condition::Class;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::norm::Norm;

impl<'e> Run<'_, 'e> {
    pub(super) fn later_between_same_parties(
        &mut self,
        bearer: EntityId,
        winner: u32,
        winning: &'e Norm,
        loser: u32,
        losing: &'e Norm,
    ) -> Extent {
        let (Some(later), Some(earlier)) = (winning.treaty, losing.treaty) else {
            return Extent::never();
        };
        let made = self.made_later(later, earlier);
        if made.is_never() {
            return made;
        }
        let (arguments, others) = (
            self.positions[winner as usize].arguments,
            self.positions[loser as usize].arguments,
        );
        let mut actors = vec![bearer];
        actors.extend(self.other_side(winning, &arguments));
        actors.extend(self.other_side(losing, &others));
        actors.sort_unstable();
        actors.dedup();
        let mut extent = made;
        for actor in actors {
            for treaty in [later, earlier] {
                let bound = self.class_extent(actor, &Class::Party(treaty, None), None);
                extent = extent.and(&bound, &mut self.space);
            }
        }
        extent
    }

    /// From when on, and on which readings, one treaty has been made later than another.
    fn made_later(&mut self, later: TreatyId, earlier: TreatyId) -> Extent {
        let (late, early) = (self.made(later), self.made(earlier));
        let mut found = Extent::never();
        for (day, readings) in &late {
            for (_, others) in early.iter().filter(|(before, _)| before < day) {
                let both = self.space.and(*readings, *others);
                found = found.or(&Extent::from(*day, both), &mut self.space);
            }
        }
        found
    }

    /// When a treaty was made, and on which readings: signed, or else entered into force.
    fn made(&mut self, id: TreatyId) -> Vec<(Day, Readings)> {
        let treaty = self.engine.rulebook.treaty(id);
        match treaty.signed {
            Some(signed) => vec![(signed.first(), Readings::ALL)],
            None => beginnings(&self.entered(treaty, id), &mut self.space),
        }
    }
}
