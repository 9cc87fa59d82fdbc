//! The facts of a run, with all that they imply, found by predicate and by who takes part.

use crate::extent::{Extent, Readings};
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::sentence::Amount;
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashMap;

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Stated in the scenario, by number.
    Given(u32),
    /// Stated in the rulebook's history, by number.
    Record(u32),
    /// `define` or `deem`.
    Defined(NormId),
    /// A duty performed under `--assume`: by number of the position in the run.
    Performed(u32),
    /// `assume:`, by number.
    Assumed(u32),
}

/// A sentence that holds on some days and readings.
#[derive(Clone, Debug)]
pub(crate) struct StoredFact<'e> {
    pub(crate) predicate: PredicateId,
    pub(crate) arguments: [Option<EntityId>; SLOTS],
    pub(crate) place: Option<EntityId>,
    pub(crate) amount: Option<&'e Amount>,
    pub(crate) extent: Extent,
    /// The days on which the act is being done: the first day of a momentary act.
    pub(crate) act_days: Extent,
    /// A legal fiction of this treaty only.
    pub(crate) scope: Option<TreatyId>,
    pub(crate) depth: u32,
    pub(crate) origin: Origin,
    /// The fact of a narrower predicate that implies this one.
    pub(crate) implied_by: Option<u32>,
}

/// All facts of a run.
#[derive(Clone, Default)]
pub(crate) struct Store<'e> {
    pub(crate) facts: Vec<StoredFact<'e>>,
    by_predicate: FxHashMap<PredicateId, Vec<u32>>,
    by_slot: FxHashMap<(PredicateId, u8, EntityId), Vec<u32>>,
    /// The readings on which a sentence or its contrary is stated, one entry a statement.
    stated: FxHashMap<(PredicateId, [Option<EntityId>; SLOTS]), Vec<Readings>>,
}

impl<'e> Store<'e> {
    pub(crate) fn get(&self, index: u32) -> &StoredFact<'e> {
        &self.facts[index as usize]
    }

    pub(crate) fn add(&mut self, fact: StoredFact<'e>) -> u32 {
        let index = self.facts.len() as u32;
        self.by_predicate
            .entry(fact.predicate)
            .or_default()
            .push(index);
        for (slot, argument) in fact.arguments.iter().enumerate().take(2) {
            if let Some(entity) = argument {
                self.by_slot
                    .entry((fact.predicate, slot as u8, *entity))
                    .or_default()
                    .push(index);
            }
        }
        self.facts.push(fact);
        index
    }

    /// Notes that somebody states this sentence or its contrary on these readings.
    pub(crate) fn state(
        &mut self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
        readings: Readings,
    ) {
        let known = self.stated.entry((predicate, arguments)).or_default();
        if !known.contains(&readings) {
            known.push(readings);
        }
    }

    /// The readings on which this sentence or its contrary is stated, one entry a statement.
    pub(crate) fn stated(
        &self,
        predicate: PredicateId,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> &[Readings] {
        let known = self.stated.get(&(predicate, *arguments));
        known.map_or(&[], Vec::as_slice)
    }

    /// Facts of the predicate that may match; `known` gives the first two arguments as far as they are known.
    pub(crate) fn find(&self, predicate: PredicateId, known: [Option<EntityId>; 2]) -> &[u32] {
        let lists = known.iter().enumerate().filter_map(|(slot, entity)| {
            entity.map(|entity| {
                self.by_slot
                    .get(&(predicate, slot as u8, entity))
                    .map_or(&[][..], Vec::as_slice)
            })
        });
        let all = || {
            self.by_predicate
                .get(&predicate)
                .map_or(&[][..], Vec::as_slice)
        };
        lists.min_by_key(|list| list.len()).unwrap_or_else(all)
    }

    /// All facts of the predicate.
    pub(crate) fn of(&self, predicate: PredicateId) -> &[u32] {
        self.find(predicate, [None, None])
    }
}
