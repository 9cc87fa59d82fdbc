//! Norms by the facts that start them or the acts that they speak of.

use crate::model::ids::{EntityId, NormId, PredicateId};
use crate::model::norm::Norm;
use crate::model::sentence::{Pattern, Term};
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashMap;

/// Norms by predicate and, where a slot narrows them down, by who fills it.
#[derive(Default)]
pub(crate) struct Index(Vec<Option<Box<OfPredicate>>>);

#[derive(Default)]
struct OfPredicate {
    /// For each slot, the norms that it narrows down, by who fills it.
    narrow: [FxHashMap<EntityId, Vec<NormId>>; SLOTS],
    /// For each slot, all norms that it narrows down.
    narrowed: [Vec<NormId>; SLOTS],
    wide: Vec<NormId>,
}

impl Index {
    fn of(&mut self, predicate: PredicateId) -> &mut OfPredicate {
        if self.0.len() <= predicate.index() {
            self.0.resize_with(predicate.index() + 1, || None);
        }
        self.0[predicate.index()].get_or_insert_default()
    }

    /// Adds a norm that speaks of acts; `members` tells who may ever be party to each treaty, if that is known.
    pub(crate) fn add(
        &mut self,
        id: NormId,
        norm: &Norm,
        pattern: &Pattern,
        members: &[Vec<EntityId>],
    ) {
        let mut best: Option<(usize, Vec<EntityId>)> = None;
        for (slot, term) in pattern.terms.iter().enumerate() {
            let who = match term {
                Term::Entity(entity) => Some(vec![*entity]),
                Term::Variable(_) if norm.parties.iter().any(|(party, _)| party == term) => norm
                    .treaty
                    .map(|treaty| members[treaty.index()].clone())
                    .filter(|members| !members.is_empty()),
                _ => None,
            };
            if let Some(who) = who
                && best
                    .as_ref()
                    .is_none_or(|(_, others)| who.len() < others.len())
            {
                best = Some((slot, who));
            }
        }
        let Some((slot, who)) = best else {
            return self.add_wide(id, pattern.predicate);
        };
        let own = self.of(pattern.predicate);
        own.narrowed[slot].push(id);
        for entity in who {
            own.narrow[slot].entry(entity).or_default().push(id);
        }
    }

    /// Adds a norm that all acts of a predicate may concern.
    pub(crate) fn add_wide(&mut self, id: NormId, predicate: PredicateId) {
        self.of(predicate).wide.push(id);
    }

    /// Whether an act of this predicate may concern any norm.
    pub(crate) fn knows(&self, predicate: PredicateId) -> bool {
        self.get(predicate).is_some()
    }

    fn get(&self, predicate: PredicateId) -> Option<&OfPredicate> {
        self.0.get(predicate.index())?.as_deref()
    }

    /// Norms that a sentence with these arguments may concern.
    pub(crate) fn find(
        &self,
        predicate: PredicateId,
        arguments: &[Option<EntityId>; SLOTS],
        found: &mut Vec<NormId>,
    ) {
        let Some(own) = self.get(predicate) else {
            return;
        };
        for (narrow, argument) in own.narrow.iter().zip(arguments) {
            if let Some(entity) = argument
                && let Some(norms) = narrow.get(entity)
            {
                found.extend_from_slice(norms);
            }
        }
        found.extend_from_slice(&own.wide);
    }

    /// The same, where a role that the sentence leaves out fits anybody.
    pub(crate) fn find_compatible(
        &self,
        predicate: PredicateId,
        arguments: &[Option<EntityId>; SLOTS],
        found: &mut Vec<NormId>,
    ) {
        let Some(own) = self.get(predicate) else {
            return;
        };
        self.find(predicate, arguments, found);
        for (narrowed, argument) in own.narrowed.iter().zip(arguments) {
            if argument.is_none() {
                found.extend_from_slice(narrowed);
            }
        }
    }
}
