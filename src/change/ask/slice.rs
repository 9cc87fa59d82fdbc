//! A rulebook cut down to some norms and all that they depend on.

use super::kind::Kind;
use super::patterns::{Mentions, conditions};
use crate::engine::walk;
use crate::model::condition::Condition;
use crate::model::fact::Fact;
use crate::model::ids::{NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashSet;

/// A rulebook with a few norms; everything else is as in the whole one.
pub(super) struct Slice {
    pub(super) book: Rulebook,
    /// The number of each norm in the whole rulebook.
    pub(super) of: Vec<NormId>,
}

/// For each norm those on which it depends, worked out once for a rulebook.
pub(super) struct Dependencies<'r> {
    pub(super) book: &'r Rulebook,
    pub(super) on: Vec<Vec<NormId>>,
}

impl<'r> Dependencies<'r> {
    pub(super) fn new(book: &'r Rulebook) -> Self {
        Self {
            book,
            on: crate::engine::dependencies(book),
        }
    }

    /// Those norms with all that they depend on, directly or not.
    pub(super) fn cone(&self, norms: impl IntoIterator<Item = NormId>) -> Vec<NormId> {
        let mut open: Vec<NormId> = norms.into_iter().collect();
        let mut seen: FxHashSet<NormId> = open.iter().copied().collect();
        let mut lives: FxHashSet<TreatyId> = FxHashSet::default();
        while let Some(norm) = open.pop() {
            let mut next = self.on[norm.index()].clone();
            for treaty in Mentions::of(self.book.norm(norm)).treaties_in(self.book) {
                if lives.insert(treaty) {
                    next.extend(self.makers_for_entry(treaty));
                }
            }
            open.extend(next.into_iter().filter(|on| seen.insert(*on)));
        }
        let mut found: Vec<NormId> = seen.into_iter().collect();
        found.sort_unstable();
        found
    }

    /// Definitions that bear on a treaty's life.
    fn makers_for_entry(&self, treaty: TreatyId) -> Vec<NormId> {
        let asked: Vec<_> = self
            .book
            .treaty(treaty)
            .life_conditions()
            .flat_map(|condition| Mentions::of_condition(condition).predicates)
            .collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let makes = |norm: &Norm| match &norm.head {
            Head::Deem(pattern) => {
                let implied = self.book.implied(pattern.predicate, [None; 4]);
                implied
                    .iter()
                    .any(|(made, _)| asked.iter().any(|(want, _)| want == made))
                    && norm.treaty.is_none_or(|own| own == treaty)
            }
            Head::Position(_) => false,
        };
        let norms = self.book.norms.iter().enumerate();
        let makers = norms.filter(|(_, norm)| makes(norm));
        makers.map(|(index, _)| NormId(index as u32)).collect()
    }

    /// Those norms and all that depend on them, directly or not.
    pub(super) fn dependants(&self, norms: &FxHashSet<NormId>) -> FxHashSet<NormId> {
        let mut by: Vec<Vec<NormId>> = vec![Vec::new(); self.on.len()];
        for (norm, on) in self.on.iter().enumerate() {
            let norm = NormId(norm as u32);
            for dependency in on.iter().filter(|on| self.looks_at(norm, **on)) {
                by[dependency.index()].push(norm);
            }
        }
        let mut seen = norms.clone();
        let mut open: Vec<NormId> = norms.iter().copied().collect();
        while let Some(norm) = open.pop() {
            let next = by[norm.index()].iter().copied();
            open.extend(next.filter(|dependant| seen.insert(*dependant)));
        }
        seen
    }

    /// Whether a norm has to do with one on which it depends for more than that this one might displace a third. What clauses of
    /// other treaties displace is not compared, so it is no reason to ask about a treaty in which nothing was edited.
    fn looks_at(&self, norm: NormId, on: NormId) -> bool {
        let (norm, on) = (self.book.norm(norm), self.book.norm(on));
        if norm.treaty == on.treaty || matches!(on.head, Head::Deem(_)) {
            return true;
        }
        let mut found = false;
        let mut see = |condition: &Condition| {
            if let Condition::Position { under, .. } | Condition::Breach { under, .. } = condition {
                found |= self.book.in_scope(on, under);
            }
        };
        conditions(norm, &mut see);
        for treaty in self.lives_behind(norm) {
            for condition in self.book.treaty(treaty).life_conditions() {
                walk(condition, &mut see);
            }
        }
        found
    }

    /// The treaties on whose lives a norm depends.
    fn lives_behind(&self, norm: &Norm) -> Vec<TreatyId> {
        let mut found = Mentions::of(norm).treaties_in(self.book);
        let mut next = 0;
        while let Some(treaty) = found.get(next).map(|id| self.book.treaty(*id)) {
            next += 1;
            let mut on: Vec<TreatyId> = treaty.while_in_force.into_iter().collect();
            on.extend(treaty.parties_of);
            for condition in treaty.life_conditions() {
                on.extend(Mentions::of_condition(condition).treaties_in(self.book));
            }
            on.retain(|id| !found.contains(id));
            found.extend(on);
        }
        found
    }

    /// The norms that grant obligations of these kinds.
    pub(super) fn of_kinds(&self, kinds: &[Kind]) -> Vec<NormId> {
        let treaties: FxHashSet<TreatyId> = (0..self.book.treaties.len() as u32)
            .map(TreatyId)
            .filter(|id| {
                let name = &self.book.treaty(*id).name;
                kinds.iter().any(|kind| kind.treaty == *name)
            })
            .collect();
        let norms = self.book.norms.iter().enumerate();
        let granted = norms.filter(|(_, norm)| {
            norm.treaty.is_some_and(|id| treaties.contains(&id))
                && Kind::of(self.book, norm).is_some_and(|kind| kinds.contains(&kind))
        });
        granted.map(|(index, _)| NormId(index as u32)).collect()
    }

    /// The facts of record that these norms, or the life of any treaty, can look at.
    fn record_for(&self, norms: &[Norm]) -> Vec<Fact> {
        let book = self.book;
        let mut asked: FxHashSet<PredicateId> = FxHashSet::default();
        for norm in norms {
            asked.extend(Mentions::of(norm).predicates.iter().map(|(id, _)| *id));
        }
        for treaty in &book.treaties {
            for condition in treaty.life_conditions() {
                asked.extend(
                    Mentions::of_condition(condition)
                        .predicates
                        .iter()
                        .map(|(id, _)| *id),
                );
            }
        }
        let matters = |fact: &&Fact| {
            let names_treaty = fact
                .atom
                .arguments
                .iter()
                .flatten()
                .any(|id| book.treaty_of(*id).is_some());
            let implied = || book.implied(fact.atom.predicate, [None; SLOTS]);
            names_treaty || implied().iter().any(|(id, _)| asked.contains(id))
        };
        book.history.iter().filter(matters).cloned().collect()
    }

    /// The rulebook cut down to these norms.
    pub(super) fn slice(&self, norms: Vec<NormId>) -> Slice {
        let book = self.book;
        let kept: Vec<Norm> = norms.iter().map(|id| book.norm(*id).clone()).collect();
        let history = self.record_for(&kept);
        Slice {
            book: Rulebook {
                norms: kept,
                entities: book.entities.clone(),
                names: book.names.clone(),
                predicates: book.predicates.clone(),
                predicate_names: book.predicate_names.clone(),
                forms: book.forms.clone(),
                possessions: book.possessions.clone(),
                means: book.means.clone(),
                manners: book.manners.clone(),
                places: book.places.clone(),
                areas: book.areas.clone(),
                treaties: book.treaties.clone(),
                disputes: book.disputes.clone(),
                layers: book.layers.clone(),
                history,
                core: book.core,
            },
            of: norms,
        }
    }
}
