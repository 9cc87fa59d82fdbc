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

/// A store of no more facts is searched from end to end.
const FEW: usize = 16;

/// Somebody in one of the first two roles of a predicate.
type Role = (PredicateId, u8, EntityId);

fn bit(predicate: PredicateId) -> u64 {
    1 << (predicate.0 % 64)
}

/// All facts of a run.
#[derive(Clone, Default)]
pub(crate) struct Store<'e> {
    pub(crate) facts: Vec<StoredFact<'e>>,
    /// A bit for each predicate of which there is a fact; predicates may share one.
    present: u64,
    /// Empty while there are few facts, as the next two.
    by_predicate: FxHashMap<PredicateId, Vec<u32>>,
    by_role: FxHashMap<Role, Vec<u32>>,
    by_pair: FxHashMap<(PredicateId, EntityId, EntityId), Vec<u32>>,
    /// The readings on which a sentence or its contrary is stated, one entry a statement.
    stated: FxHashMap<(PredicateId, [Option<EntityId>; SLOTS]), Vec<Readings>>,
}

impl<'e> Store<'e> {
    pub(crate) fn get(&self, index: u32) -> &StoredFact<'e> {
        &self.facts[index as usize]
    }

    pub(crate) fn add(&mut self, fact: StoredFact<'e>) -> u32 {
        let index = self.facts.len();
        self.present |= bit(fact.predicate);
        self.facts.push(fact);
        if index == FEW {
            (0..FEW).for_each(|earlier| self.index(earlier));
        }
        if index >= FEW {
            self.index(index);
        }
        index as u32
    }

    /// Whether there may be a fact of the predicate.
    pub(crate) fn may_have(&self, predicate: PredicateId) -> bool {
        self.present & bit(predicate) != 0
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.facts.clear();
        self.present = 0;
        self.by_predicate.clear();
        self.by_role.clear();
        self.by_pair.clear();
        self.stated.clear();
    }

    fn index(&mut self, index: usize) {
        let (predicate, arguments) = (self.facts[index].predicate, self.facts[index].arguments);
        let index = index as u32;
        self.by_predicate.entry(predicate).or_default().push(index);
        for (slot, argument) in arguments.into_iter().enumerate().take(2) {
            if let Some(entity) = argument {
                let role = (predicate, slot as u8, entity);
                self.by_role.entry(role).or_default().push(index);
            }
        }
        if let [Some(subject), Some(object), ..] = arguments {
            let pair = (predicate, subject, object);
            self.by_pair.entry(pair).or_default().push(index);
        }
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

    /// Facts of the predicate in the order of their numbers; `known` gives the first two arguments as far as they are known, and
    /// whoever is known is named by the fact.
    pub(crate) fn find(
        &self,
        predicate: PredicateId,
        known: [Option<EntityId>; 2],
    ) -> impl Iterator<Item = u32> + use<'_, 'e> {
        let present = self.may_have(predicate);
        let few = if present && self.facts.len() <= FEW {
            self.facts.as_slice()
        } else {
            &[]
        };
        let fits = move |fact: &StoredFact<'e>| {
            let mut named = known.iter().zip(&fact.arguments);
            fact.predicate == predicate && named.all(|(known, own)| known.is_none() || known == own)
        };
        let few = few.iter().enumerate();
        let few = few.filter(move |(_, fact)| fits(fact));
        let few = few.map(|(index, _)| index as u32);
        let indexed = if present && self.facts.len() > FEW {
            self.indexed(predicate, known)
        } else {
            &[]
        };
        few.chain(indexed.iter().copied())
    }

    fn indexed(&self, predicate: PredicateId, known: [Option<EntityId>; 2]) -> &[u32] {
        let found = match known {
            [None, None] => self.by_predicate.get(&predicate),
            [Some(subject), None] => self.by_role.get(&(predicate, 0, subject)),
            [None, Some(object)] => self.by_role.get(&(predicate, 1, object)),
            [Some(subject), Some(object)] => self.by_pair.get(&(predicate, subject, object)),
        };
        found.map_or(&[], Vec::as_slice)
    }
}
