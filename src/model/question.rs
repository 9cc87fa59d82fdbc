//! Open questions: what a reading settles.

use super::ids::{DisputeId, EntityId};
use super::sentence::{Atom, Spot};

/// What is in question; each has two answers, yes and no.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Is this fact stated at all? By index in the scenario's facts; asked only of a scenario that is supposed.
    Stated(usize),
    /// Is this fact true? By index in the scenario's facts.
    Fact(usize),
    /// Had this fact begun by the first day on which it may have (yes), or only on the last (no)?
    Begun(usize),
    /// Did it go on to the last day on which it may have ended (yes), or end on the first (no)?
    WentOn(usize),
    /// An open sentence that nobody stated (place and amount left out).
    Open(Atom),
    /// Is the place the claimant's (and not the sovereign's)? Place, claimant.
    Claim(EntityId, EntityId),
    /// Did the fact, which names no place, happen there? Fact, place.
    Place(usize, Where),
    /// Is it this reading, given that it is none of the earlier ones? The last reading has no question.
    Reading(DisputeId, u8),
}

/// A place asked for, without variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Where {
    /// A place, area or state.
    In(EntityId),
    /// `territory of`
    TerritoryOf(EntityId),
    /// `territory administered by`
    AdministeredBy(EntityId),
}

impl Where {
    /// A spot whose term has been replaced by an entity.
    pub fn of(spot: Spot, entity: EntityId) -> Self {
        match spot {
            Spot::In(_) => Self::In(entity),
            Spot::TerritoryOf(_) => Self::TerritoryOf(entity),
            Spot::AdministeredBy(_) => Self::AdministeredBy(entity),
        }
    }
}
