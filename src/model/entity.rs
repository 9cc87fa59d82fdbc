//! The things one can speak of.

use super::ids::{EntityId, TreatyId};
use crate::calendar::{Day, Days};
use crate::source::Span;

/// A named thing.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What it is.
    pub kind: EntityKind,
    /// When it existed; acts outside are errors. Treaties, places and things: always.
    pub exists: Days,
    /// Where declared.
    pub span: Span,
}

/// What a thing is.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityKind {
    /// A state.
    State {
        /// ISO 3166 or another code.
        code: Option<String>,
        /// Correlates of War number.
        cow: Option<u32>,
        /// Predecessors, with the first day of succession.
        continues: Vec<(EntityId, Day)>,
        /// Places in which its territory lies.
        within: Vec<EntityId>,
    },
    /// An organisation.
    Organisation,
    /// An organ of an actor.
    Organ {
        /// Whose.
        of: EntityId,
    },
    /// An armed or other group.
    Group,
    /// A place: see [`Place`](super::geography::Place), by index.
    Place(usize),
    /// An area of a treaty: see [`Area`](super::geography::Area), by index.
    Area(usize),
    /// Something else.
    Thing,
    /// A treaty.
    Treaty(TreatyId),
}
