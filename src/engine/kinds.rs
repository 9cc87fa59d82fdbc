//! Which acts are a kind of which, and which sides they take.

use super::compiled::Engine;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use smallvec::SmallVec;

/// A broader (or narrower) predicate and how its slots are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Implied {
    pub(crate) predicate: PredicateId,
    /// For each slot of the broader predicate, the slot of the narrower one.
    pub(crate) slots: [Option<u8>; SLOTS],
}

/// The roles of those whom an act helps and of those against whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sides {
    helped: u8,
    against: u8,
}

impl Engine<'_> {
    /// Acts that take sides also engage standing norms about taking the other side.
    pub(super) fn engage_other_sides(&mut self) {
        for own in 0..self.broader.len() {
            let taking = self.broader[own].iter().map(|implied| implied.predicate);
            let mut taking = taking.filter(|act| self.rulebook.predicate(*act).takes_sides);
            let stands = taking.any(|act| {
                let mut kinds = self.narrower[act.index()].iter();
                self.standing.knows(act) || kinds.any(|kind| self.standing.knows(kind.predicate))
            });
            self.engages[own] |= stands;
        }
    }
}

impl Implied {
    /// The arguments of the narrower predicate, read as those of the broader one.
    pub(crate) fn read(&self, arguments: &[Option<EntityId>; SLOTS]) -> [Option<EntityId>; SLOTS] {
        self.slots
            .map(|slot| slot.and_then(|slot| arguments[slot as usize]))
    }
}

impl Sides {
    /// Who they are, if both are named.
    pub(crate) fn filled(
        self,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> Option<(EntityId, EntityId)> {
        arguments[self.helped as usize].zip(arguments[self.against as usize])
    }
}

pub(super) fn broader(rulebook: &Rulebook) -> Vec<Vec<Implied>> {
    let identity = std::array::from_fn(|slot| Some(slot as u8));
    (0..rulebook.predicates.len())
        .map(|index| {
            let mut found = vec![Implied {
                predicate: PredicateId(index as u16),
                slots: identity,
            }];
            let mut next = 0;
            while let Some(implied) = found.get(next).copied() {
                next += 1;
                let predicate = rulebook.predicate(implied.predicate);
                if predicate.symmetric {
                    let mut slots = implied.slots;
                    slots.swap(0, 1);
                    push_new(&mut found, Implied { slots, ..implied });
                }
                for step in &predicate.broader {
                    let slots = step
                        .slots
                        .map(|slot| slot.and_then(|slot| implied.slots[slot as usize]));
                    push_new(
                        &mut found,
                        Implied {
                            predicate: step.predicate,
                            slots,
                        },
                    );
                }
            }
            found
        })
        .collect()
}

fn push_new(found: &mut Vec<Implied>, implied: Implied) {
    if !found.contains(&implied) {
        found.push(implied);
    }
}

pub(super) fn narrower(broader: &[Vec<Implied>]) -> Vec<Vec<Implied>> {
    let mut found = vec![Vec::new(); broader.len()];
    for (index, all) in broader.iter().enumerate() {
        for implied in all
            .iter()
            .filter(|implied| implied.predicate.index() != index)
        {
            found[implied.predicate.index()].push(Implied {
                predicate: PredicateId(index as u16),
                slots: implied.slots,
            });
        }
    }
    found
}

pub(super) fn sides(rulebook: &Rulebook, broader: &[Implied]) -> SmallVec<[Sides; 1]> {
    let taken = broader.iter().filter_map(|implied| {
        let predicate = rulebook.predicate(implied.predicate);
        let filled = |role: &str| {
            let at = predicate.roles.iter().position(|own| own == role)? + 1;
            implied.slots[at]
        };
        let (helped, against) = (filled("object")?, filled("against")?);
        predicate.takes_sides.then_some(Sides { helped, against })
    });
    let mut found: SmallVec<[Sides; 1]> = taken.collect();
    found.sort_unstable();
    found.dedup();
    found
}

pub(super) fn momentary(rulebook: &Rulebook, broader: &[Vec<Implied>]) -> Vec<bool> {
    let mut found = vec![false; broader.len()];
    for (predicate, all) in rulebook.predicates.iter().zip(broader) {
        for implied in all.iter().filter(|_| !predicate.lasts) {
            found[implied.predicate.index()] = true;
        }
    }
    found
}
