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
    /// What else it is called.
    pub also: Vec<String>,
    /// What it is.
    pub kind: EntityKind,
    /// When it existed; acts outside are errors. Treaties, places and things: always.
    pub exists: Existence,
    /// Where declared.
    pub span: Span,
}

impl Entity {
    /// A state, organisation, organ or group.
    pub fn is_actor(&self) -> bool {
        use EntityKind::{Group, Organ, Organisation, State};
        matches!(
            self.kind,
            State { .. } | Organisation | Organ { .. } | Group
        )
    }
}

/// When something existed: spells in the order of time, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existence(Vec<Days>);

impl Existence {
    /// At all times.
    pub fn always() -> Self {
        Self(vec![Days::ALWAYS])
    }

    /// In these spells; in none named: at all times.
    pub fn of(spells: Vec<Days>) -> Self {
        if spells.is_empty() {
            Self::always()
        } else {
            Self(spells)
        }
    }

    /// The spells.
    pub fn spells(&self) -> &[Days] {
        &self.0
    }

    /// Its first day.
    pub fn first(&self) -> Day {
        self.0.first().map_or(Day::FIRST, |spell| spell.first)
    }

    /// Whether it existed on a day.
    pub fn contains(&self, day: Day) -> bool {
        self.0.iter().any(|spell| spell.contains(day))
    }

    /// Whether it existed on some of these days.
    pub fn meets(&self, days: Days) -> bool {
        self.0.iter().any(|spell| spell.meets(days))
    }
}

impl std::fmt::Display for Existence {
    /// `from D to D and from D to further notice`
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, Days { first, last }) in self.0.iter().enumerate() {
            let before = if at == 0 { "" } else { " and " };
            write!(out, "{before}from {first} to {last}")?;
        }
        Ok(())
    }
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
