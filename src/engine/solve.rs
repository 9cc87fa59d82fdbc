//! For whom, when and on which readings a condition holds.

use super::position::Binding;
use super::run::Run;
use crate::extent::{Extent, Readings, Space};
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::norm::Norm;
use crate::model::sentence::Term;
use crate::model::vocabulary::SLOTS;
use smallvec::SmallVec;

/// What to do with each solution: the binding, its extent and its depth in the cascade.
pub(crate) type Then<'t, 'a, 'e> = &'t mut dyn FnMut(&mut Run<'a, 'e>, &mut Binding, &Extent, u32);

/// Extents by the depth in the cascade of what they rest on.
pub(crate) type ByDepth = SmallVec<[(u32, Extent); 1]>;

/// Parties to a treaty.
pub(crate) type Parties = SmallVec<[EntityId; 8]>;

/// The entity a term stands for; `None` if it is unbound or anyone.
pub(crate) fn value(term: Term, binding: &Binding) -> Option<EntityId> {
    match term {
        Term::Entity(entity) => Some(entity),
        Term::Variable(variable) => binding.get(variable.index()).copied().flatten(),
        Term::Possession(word, variable) => {
            let owner = binding.get(variable.index()).copied().flatten()?;
            Some(EntityId::possession(word, owner))
        }
        Term::Any => None,
    }
}

/// Nobody is known yet of those of whom a norm speaks.
pub(crate) fn unbound(norm: &Norm) -> Binding {
    let mut binding = Binding::new();
    binding.resize(norm.variables.len(), None);
    binding
}

/// The same binding once more.
pub(crate) fn copied(binding: &Binding) -> Binding {
    // Faster than `clone`, which does not know that what it copies is plain.
    SmallVec::from_slice(binding)
}

/// Adds an extent to those of its depth.
pub(crate) fn add_by_depth(all: &mut ByDepth, extent: &Extent, depth: u32, space: &mut Space) {
    match all.iter_mut().find(|(own, _)| *own == depth) {
        Some((_, known)) => *known = known.or(extent, space),
        None => all.push((depth, extent.clone())),
    }
}

/// Makes a term stand for an entity; false if it cannot.
pub(crate) fn bind(term: Term, entity: Option<EntityId>, binding: &mut Binding) -> bool {
    let (variable, entity) = match (term, entity) {
        (Term::Any, _) => return true,
        (_, None) => return false,
        (Term::Entity(own), Some(entity)) => return own == entity,
        (Term::Variable(variable), Some(entity)) => (variable, entity),
        (Term::Possession(word, variable), Some(entity)) => match entity.possessed() {
            Some((own, owner)) if own == word => (variable, owner),
            _ => return false,
        },
    };
    if binding.len() <= variable.index() {
        binding.resize(variable.index() + 1, None);
    }
    if let Some(known) = binding[variable.index()] {
        known == entity
    } else {
        binding[variable.index()] = Some(entity);
        true
    }
}

/// Binds all terms of a sentence to the arguments of a fact.
pub(crate) fn unify(
    terms: &[Term; SLOTS],
    arguments: &[Option<EntityId>; SLOTS],
    binding: &mut Binding,
) -> bool {
    terms
        .iter()
        .zip(arguments)
        .all(|(term, argument)| bind(*term, *argument, binding))
}

impl<'a, 'e> Run<'a, 'e> {
    /// The days and readings on which a condition holds for a binding; unbound variables: for anyone.
    pub(crate) fn truth(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
    ) -> Extent {
        let mut found = Extent::never();
        self.solutions(condition, within, binding, &mut |run, _, extent, _| {
            found = found.or(extent, &mut run.space);
        });
        found
    }

    /// The same, apart for each depth in the cascade of what it rests on.
    pub(crate) fn truth_by_depth(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
    ) -> ByDepth {
        let mut found = ByDepth::new();
        self.solutions(condition, within, binding, &mut |run, _, extent, depth| {
            add_by_depth(&mut found, extent, depth, &mut run.space);
        });
        found
    }

    /// Every way to fill the unbound variables of a condition.
    pub(crate) fn solutions(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        match condition {
            Condition::Sentence { pattern, tense } => {
                self.sentence(pattern, *tense, within, binding, then);
            }
            Condition::Is(term, class) => self.is_a(*term, class, within, binding, then),
            Condition::Same(a, b) => self.same(*a, *b, binding, then),
            Condition::InForce { treaty, party } => self.in_force(*treaty, *party, binding, then),
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => {
                self.held(
                    *modality,
                    *bearer,
                    under,
                    act.as_ref(),
                    *towards,
                    binding,
                    then,
                );
            }
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => self.broken(*bearer, under, *against, *perfect, binding, then),
            Condition::Considers { who, what } => self.considers(*who, what, within, binding, then),
            Condition::Count { .. } => {
                for (depth, extent) in self.count(condition, within, binding) {
                    then(self, binding, &extent, depth);
                }
            }
            Condition::Reading(dispute, number) => {
                let readings = self.reading(*dispute, *number);
                self.give(&Extent::always(readings), binding, then);
            }
            Condition::Layer(layer) => {
                let extent = self.layer(*layer);
                self.give(&extent, binding, then);
            }
            Condition::Not(inner) => {
                let extent = self.truth(inner, within, binding).not(&mut self.space);
                self.give(&extent, binding, then);
            }
            Condition::All(parts) => self.all(
                parts,
                &Extent::always(Readings::ALL),
                0,
                within,
                binding,
                then,
            ),
            Condition::Any(parts) => {
                for part in parts {
                    self.solutions(part, within, binding, then);
                }
            }
        }
    }

    pub(super) fn give(&mut self, extent: &Extent, binding: &mut Binding, then: Then<'_, 'a, 'e>) {
        if !extent.is_never() {
            then(self, binding, extent, 0);
        }
    }

    fn all(
        &mut self,
        parts: &'e [Condition],
        so_far: &Extent,
        depth: u32,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        let Some((first, rest)) = parts.split_first() else {
            return then(self, binding, so_far, depth);
        };
        self.solutions(
            first,
            within,
            binding,
            &mut |run, binding, extent, deeper| {
                let both = so_far.and(extent, &mut run.space);
                if !both.is_never() {
                    run.all(rest, &both, depth.max(deeper), within, binding, then);
                }
            },
        );
    }
}
