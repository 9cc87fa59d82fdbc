//! A position: what it rests on, when it holds, and what becomes of it.

use super::outcome::NOTHING;
use crate::calendar::Day;
use crate::extent::{Extent, Readings, Space};
use crate::model::ids::{EntityId, NormId};
use crate::model::vocabulary::SLOTS;
use smallvec::SmallVec;

/// A position of an outcome, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositionId(pub u32);

/// Who the variables of a norm stand for.
pub type Binding = SmallVec<[Option<EntityId>; 6]>;

/// Somebody's duty, prohibition, permission or power.
#[derive(Clone, Debug)]
pub struct Position {
    /// The norm from which it flows.
    pub norm: NormId,
    /// The act: slot 0 is the bearer (nobody for a joint position).
    pub arguments: [Option<EntityId>; SLOTS],
    /// Who the variables stand for, in one of the ways that lead to it.
    pub binding: Binding,
    /// Depth in the cascade.
    pub depth: u32,
    /// Its conditions hold.
    pub conditions: Extent,
    /// Its conditions hold and the treaty applies.
    pub start: Extent,
    /// It holds, or would if it were not discharged (M4).
    pub arisen: Extent,
    /// It holds (M5).
    pub holds: Extent,
    /// Its deadlines.
    pub due: Vec<Due>,
    /// A standing norm that nothing engages.
    pub silent: bool,
    /// Most positions arise, hold and cease, and no more.
    fate: Option<Box<Fate>>,
}

/// What becomes of a position apart from holding, and what bears on that.
#[derive(Clone, Debug, Default)]
pub struct Fate {
    /// Discharged.
    pub discharged: Extent,
    /// Performed.
    pub fulfilled: Extent,
    /// Broken.
    pub violated: Extent,
    /// Suspended.
    pub suspended: Extent,
    /// Displaced by others.
    pub displaced: Extent,
    /// By whom and when.
    pub displaced_by: Vec<Displacement>,
    /// If something ends it or comes too soon for it: what, by each way to fill the variables.
    pub(crate) turns: Vec<Turn>,
    /// If its act names a place: each way to fill the variables, and when its conditions hold, in order.
    pub(crate) ways: Vec<(Binding, Extent)>,
    /// It arises anew on the day, though it would have held the day before.
    pub(crate) anew: Extent,
    /// Broken before, where a breach ends it.
    pub(crate) lapsed: Extent,
}

/// What comes true by one way to fill the variables of a position; it counts once the conditions have held by that way since the
/// position arose.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    pub(crate) binding: Binding,
    pub(crate) conditions: Extent,
    /// The `until` condition comes true, on these days.
    pub(crate) until: Extent,
    /// The `before` condition comes true, on these days.
    pub(crate) before: Extent,
}

/// One deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day on which the position arose.
    pub arose: Day,
    /// The readings on which it arose that day.
    pub readings: Readings,
    /// The last day for performing.
    pub last: Day,
}

/// One position giving way to another.
#[derive(Clone, Debug)]
pub struct Displacement {
    /// What prevails.
    pub by: PositionId,
    /// When.
    pub extent: Extent,
    /// Why.
    pub ground: Ground,
}

/// Why one position prevails over another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// Of a peremptory norm.
    Peremptory,
    /// `notwithstanding` or `subject to` of a clause.
    Clause,
    /// `prevails over` or `subject to` of a treaty.
    Treaty,
    /// The later treaty between the same parties (Vienna Convention on the Law of Treaties, article 30).
    LaterTreaty,
}

impl PositionId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Position {
    /// A position of which nothing is known yet.
    pub(crate) fn new(
        norm: NormId,
        arguments: [Option<EntityId>; SLOTS],
        binding: Binding,
        depth: u32,
    ) -> Self {
        Self {
            norm,
            arguments,
            binding,
            depth,
            conditions: Extent::never(),
            start: Extent::never(),
            arisen: Extent::never(),
            holds: Extent::never(),
            due: Vec::new(),
            silent: false,
            fate: None,
        }
    }

    /// What has become of it, and when.
    pub fn fate(&self) -> &Fate {
        self.fate.as_deref().unwrap_or(&NOTHING)
    }

    pub(crate) fn fate_mut(&mut self) -> &mut Fate {
        self.fate.get_or_insert_default()
    }

    /// What has become of it, if anything has.
    pub(crate) fn known_fate(&mut self) -> Option<&mut Fate> {
        self.fate.as_deref_mut()
    }

    /// Says on which days something is the case with it.
    pub(crate) fn set(&mut self, what: fn(&mut Fate) -> &mut Extent, extent: Extent) {
        if self.fate.is_some() || !extent.is_never() {
            *what(self.fate_mut()) = extent;
        }
    }

    /// Adds days on which something is the case with it.
    pub(crate) fn add(
        &mut self,
        what: fn(&mut Fate) -> &mut Extent,
        extent: &Extent,
        space: &mut Space,
    ) {
        if !extent.is_never() {
            let known = what(self.fate_mut());
            *known = known.or(extent, space);
        }
    }

    /// Adds what comes true by a way that leads to it.
    pub(crate) fn add_turn(&mut self, turn: Turn, space: &mut Space) {
        if turn.until.is_never() && turn.before.is_never() {
            return;
        }
        let turns = &mut self.fate_mut().turns;
        match turns.iter_mut().find(|own| own.binding == turn.binding) {
            Some(own) => own.add(&turn, space),
            None => turns.push(turn),
        }
    }

    /// Adds a way that leads to it.
    pub(crate) fn add_way(&mut self, binding: &Binding, conditions: &Extent, space: &mut Space) {
        let ways = &mut self.fate_mut().ways;
        match ways.binary_search_by(|(own, _)| own.cmp(binding)) {
            Ok(at) => ways[at].1 = ways[at].1.or(conditions, space),
            Err(at) => ways.insert(at, (binding.clone(), conditions.clone())),
        }
    }

    /// Who the variables stand for on a day, in the first of the ways that lead to it then.
    pub fn binding_on(&self, day: Day) -> &Binding {
        let mut ways = self.fate().ways.iter();
        let leads = |(_, conditions): &&(Binding, Extent)| conditions.at(day) != Readings::NONE;
        ways.find(leads).map_or(&self.binding, |(way, _)| way)
    }

    /// The ways that have led to it since it arose, in order; as long as nobody knows when it arose, those that ever have.
    pub(crate) fn ways_since_it_arose(&self, space: &mut Space) -> Vec<(Binding, Extent)> {
        let fate = self.fate();
        let since = |(binding, conditions): &(Binding, Extent)| {
            let since = if self.arisen.is_never() {
                conditions.once(space)
            } else {
                self.arisen.latch_anew(conditions, &fate.anew, space)
            };
            (binding.clone(), since)
        };
        fate.ways.iter().map(since).collect()
    }
}

impl Turn {
    pub(crate) fn add(&mut self, more: &Self, space: &mut Space) {
        self.conditions = self.conditions.or(&more.conditions, space);
        self.until = self.until.or(&more.until, space);
        self.before = self.before.or(&more.before, space);
    }
}
