//! The record alone, open to questions: who is bound by a treaty and when, and what lies where.

use super::compiled::Engine;
use super::run::Run;
use crate::calendar::Day;
use crate::extent::Extent;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::question::Where;

/// A run over the facts of record alone, open to questions. Extents that it gives can be compared with one another.
pub struct Archive<'a, 'e> {
    run: Run<'a, 'e>,
}

impl<'r> Engine<'r> {
    /// The record up to a day, open to questions.
    pub fn archive(&self, horizon: Day) -> Archive<'_, 'r> {
        Archive {
            run: Run::of_record(self, horizon),
        }
    }
}

impl Archive<'_, '_> {
    /// The days on which a treaty is in force.
    pub fn in_force(&mut self, treaty: TreatyId) -> Extent {
        self.run.life(treaty).in_force.clone()
    }

    /// Who is bound by a treaty, as what and when.
    pub fn members(&mut self, treaty: TreatyId) -> Vec<(EntityId, Option<String>, Extent)> {
        let life = self.run.life(treaty);
        let spells = life.members.iter();
        spells
            .map(|spell| (spell.actor, spell.role.clone(), spell.extent.clone()))
            .collect()
    }

    /// When a place lies there.
    pub fn lies(&mut self, place: EntityId, there: Where) -> Extent {
        self.run.lies(place, there, None)
    }
}
