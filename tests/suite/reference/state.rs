//! What is so on one day, in one world.

use super::Bindings;
use casus::calendar::Day;
use casus::model::fact::Status;
use casus::model::ids::{EntityId, NormId, TreatyId};
use casus::model::norm::{Head, Norm};
use casus::model::sentence::Atom;
use casus::model::vocabulary::SLOTS;
use std::collections::{BTreeMap, BTreeSet};

/// The world with some contested facts answered as somebody describes them.
#[derive(Debug)]
pub(super) struct World {
    pub(super) overrides: BTreeMap<usize, bool>,
    pub(super) days: Vec<Day0>,
    /// Acts in performance of duties.
    pub(super) acts: Vec<Instance>,
}

impl World {
    pub(super) fn new(overrides: BTreeMap<usize, bool>) -> Self {
        Self {
            overrides,
            days: Vec::new(),
            acts: Vec::new(),
        }
    }
}

/// One day of a world.
#[derive(Debug, Default, Clone)]
pub(super) struct Day0 {
    /// Stated, assumed and performed sentences true today, with all that they imply by kinds and symmetry.
    pub(super) given: Vec<Instance>,
    /// Derived sentences true today, likewise.
    pub(super) derived: BTreeMap<NormId, Vec<Instance>>,
    /// Of each treaty.
    pub(super) lives: Vec<Life>,
    /// All positions so far.
    pub(super) positions: BTreeMap<Key, Position>,
}

impl Day0 {
    pub(super) fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.given.iter().chain(self.derived.values().flatten())
    }
}

/// Where a true sentence comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Stated(usize),
    Assumed,
    Derived(NormId),
    Performed,
}

/// A sentence that is true on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instance {
    pub(super) origin: Origin,
    pub(super) atom: Atom,
    /// What was said, of which this is a kind.
    pub(super) said: Atom,
    /// True within this treaty only.
    pub(super) scope: Option<TreatyId>,
    /// Whether what was said lasts.
    pub(super) lasting: bool,
    /// The first of these days.
    pub(super) since: Day,
    pub(super) depth: u32,
}

/// The life of a treaty up to today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Life {
    /// The day of entry into force.
    pub(super) entered: Option<Day>,
    /// The first day out of force.
    pub(super) ends: Option<Day>,
    /// In force today, at least provisionally.
    pub(super) in_force: bool,
    /// In force today otherwise than provisionally.
    pub(super) definitive: bool,
    /// Parties today and their roles, whether or not it is in force.
    pub(super) members: Vec<(EntityId, Option<String>)>,
    /// Who left: day of the withdrawal, first day out.
    pub(super) leavings: Vec<(EntityId, Day, Day)>,
    /// Days of effective denunciations.
    pub(super) denounced: Vec<Day>,
    /// Since when each condition that ends it is true.
    pub(super) endings: Vec<Option<Day>>,
    /// Whether the end of the term waits today.
    pub(super) waits: bool,
}

impl Life {
    /// Who is bound today; `None`: it is not in force.
    pub(super) fn bound(&self) -> Option<Vec<EntityId>> {
        let mut bound: Vec<EntityId> = self.members.iter().map(|(who, _)| *who).collect();
        bound.sort();
        bound.dedup();
        self.in_force.then_some(bound)
    }

    pub(super) fn is_member(&self, who: EntityId, role: Option<&String>) -> bool {
        self.members
            .iter()
            .any(|(member, as_role)| *member == who && (role.is_none() || as_role.as_ref() == role))
    }
}

/// Which position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) norm: NormId,
    pub(super) bearer: Option<EntityId>,
    pub(super) arguments: [Option<EntityId>; SLOTS],
}

impl Key {
    pub(super) fn act(&self, norms: &[Norm]) -> Atom {
        let Head::Position(head) = &norms[self.norm.index()].head else {
            panic!("a position of a norm that grants none")
        };
        Atom {
            predicate: head.act.predicate,
            arguments: self.arguments,
            place: None,
            amount: None,
        }
    }
}

/// A position on one day, with what has happened since it last arose.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Position {
    /// Held by M4 today, or discharged but otherwise so.
    pub(super) would_hold: bool,
    /// Its conditions hold today.
    pub(super) conditions: bool,
    /// Goes on to tomorrow if its conditions do.
    pub(super) alive: bool,
    /// In the sense of the evaluation: by M4, not discharged, not ended by breach.
    pub(super) holds: bool,
    pub(super) arose: Option<Day>,
    pub(super) ever_held: bool,
    /// Bindings whose conditions have held since it arose.
    pub(super) bindings: Vec<Bindings>,
    pub(super) bearers: Vec<EntityId>,
    pub(super) released: BTreeSet<EntityId>,
    pub(super) discharged: bool,
    pub(super) performed: BTreeSet<EntityId>,
    pub(super) fulfilled: bool,
    pub(super) suspended: bool,
    pub(super) displaced: bool,
    /// A violation has begun since it arose.
    pub(super) broken: bool,
    /// From the beginning of time.
    pub(super) always_broken: bool,
    /// Whom the cascade has made perform.
    pub(super) assumed: BTreeSet<EntityId>,
    pub(super) depth: u32,
}

impl Position {
    /// M7, today.
    pub(super) fn violated(&self) -> bool {
        self.broken && self.would_hold
    }

    /// Fulfilled or discharged.
    pub(super) fn over(&self) -> bool {
        self.fulfilled || self.discharged
    }

    /// M5.
    pub(super) fn status(&self) -> Status {
        if !self.ever_held {
            Status::NotYet
        } else if self.discharged {
            Status::Discharged
        } else if self.displaced {
            Status::Displaced
        } else if self.suspended {
            Status::Suspended
        } else if self.violated() {
            Status::Violated
        } else if self.fulfilled {
            Status::Fulfilled
        } else if self.holds {
            Status::InForce
        } else {
            Status::Lapsed
        }
    }
}
