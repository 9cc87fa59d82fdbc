//! The lives of treaties by the record alone, without a scenario: what is in force when, and for whom.

use super::compiled::Engine;
use super::life::Life;
use super::run::Run;
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::ids::{EntityId, TreatyId};
use std::sync::Arc;

/// What the record says of all treaties.
pub struct Record(Vec<Arc<Life>>);

/// Somebody bound by a treaty, once, for some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub actor: EntityId,
    /// As what.
    pub role: Option<String>,
    /// From when to when; a term that may be renewed ends never.
    pub days: Days,
    /// It is so on every reading, on the first of these days.
    pub certain: bool,
}

impl Engine<'_> {
    /// The lives of all treaties as the record tells them.
    pub fn record(&self) -> Record {
        let mut run = Run::of_record(self, Day::LAST);
        let all = 0..self.rulebook().treaties.len() as u32;
        Record(all.map(|id| Arc::clone(&run.life(TreatyId(id)))).collect())
    }
}

impl Record {
    /// The spells in which a treaty is in force, on some reading.
    pub fn in_force(&self, treaty: TreatyId) -> Vec<Days> {
        self.0[treaty.index()].in_force.spells()
    }

    /// Who is bound by a treaty, and when.
    pub fn members(&self, treaty: TreatyId) -> impl Iterator<Item = Membership> + '_ {
        let members = self.0[treaty.index()].members.iter();
        members.flat_map(|member| {
            let spells = member.extent.spells().into_iter();
            spells.map(move |days| Membership {
                actor: member.actor,
                role: member.role.clone(),
                days,
                certain: holds_for_sure(&member.extent, days.first),
            })
        })
    }
}

fn holds_for_sure(extent: &Extent, day: Day) -> bool {
    extent.at(day) == Readings::ALL
}
