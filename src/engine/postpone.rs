//! Facts that start nothing: put off, and taken up only for what others have started (M4).

use super::plan::{Pivot, pivot_pattern};
use super::position::Binding;
use super::run::{Filled, Run};
use super::solve::value;
use crate::extent::Extent;
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Term};
use crate::model::vocabulary::SLOTS;

/// What is put off.
#[derive(Clone, Default)]
pub(crate) struct Postponed {
    /// Norms with facts that start nothing, but may keep up what others start.
    pub(crate) firings: Vec<(NormId, u32)>,
    /// What those facts say, as far as the norm asks, that do start something; in order while it is taken up.
    begun: Vec<Filled>,
    /// It is being taken up.
    taken_up: bool,
}

impl<'e> Run<'_, 'e> {
    /// Whether a fact that matches a norm can start anything: the treaty is in force, and those whom the fact names are bound, on
    /// some of its days. If not, it is put off.
    pub(crate) fn begins(
        &mut self,
        (id, norm): (NormId, &'e Norm),
        (pattern, fact): (&Pattern, u32),
        binding: &Binding,
        extent: &Extent,
    ) -> bool {
        let Some(treaty) = norm.treaty else {
            return true;
        };
        if self.postponed.taken_up || !self.engine.plans[id.index()].within_life {
            return true;
        }
        let life = self.life(treaty);
        let bound = |(term, _): &(Term, Option<String>)| {
            value(*term, binding).is_none_or(|actor| {
                let mut spells = life.of(actor).iter();
                spells.any(|spell| spell.extent.meets(extent))
            })
        };
        let begins = life.in_force.meets(extent) && norm.parties.iter().all(bound);
        if !begins {
            self.postponed.firings.push((id, fact));
        } else if self.engine.plans[id.index()].keyed {
            let said = asked(pattern, &self.fact(fact).arguments);
            self.postponed.begun.push((id, said));
        }
        begins
    }

    /// Whether a fact falls before or after all the days on which the treaty is in force, so that nobody need look whether it
    /// matches: then it is put off.
    pub(crate) fn is_out_of_force(
        &mut self,
        id: NormId,
        norm: &Norm,
        fact: u32,
        ever: bool,
    ) -> bool {
        let Some(treaty) = norm.treaty else {
            return false;
        };
        if self.postponed.taken_up || !self.engine.plans[id.index()].within_life {
            return false;
        }
        let life = self.life(treaty).hull;
        let fact_days = self.fact(fact).extent.hull();
        let meets = life.zip(fact_days).is_some_and(|(life, days)| {
            days.first <= life.last && (ever || life.first <= days.last)
        });
        if !meets {
            self.postponed.firings.push((id, fact));
        }
        !meets
    }

    /// What starts nothing itself goes on with what others have started.
    pub(crate) fn take_up_postponed(&mut self) {
        if self.postponed.firings.is_empty() {
            return;
        }
        let postponed = std::mem::take(&mut self.postponed.firings);
        self.postponed.begun.sort_unstable();
        self.postponed.begun.dedup();
        self.postponed.taken_up = true;
        for (id, fact) in postponed {
            if self.may_keep_up(id, fact) {
                self.fire(id, fact);
            } else {
                self.postponed.firings.push((id, fact));
            }
        }
        self.postponed.taken_up = false;
    }

    fn may_keep_up(&self, id: NormId, fact: u32) -> bool {
        let plan = &self.engine.plans[id.index()];
        let norm = self.engine.rulebook.norm(id);
        let pattern = match plan.pivot {
            Pivot::Fact(index) if plan.keyed => norm.conditions.get(index).and_then(pivot_pattern),
            _ => None,
        };
        match pattern {
            Some(pattern) => {
                let said = asked(pattern, &self.fact(fact).arguments);
                self.postponed.begun.binary_search(&(id, said)).is_ok()
            }
            None => self.granted.has(id),
        }
    }
}

/// What a fact says in the roles that a sentence asks about.
fn asked(pattern: &Pattern, arguments: &[Option<EntityId>; SLOTS]) -> [Option<EntityId>; SLOTS] {
    std::array::from_fn(|slot| arguments[slot].filter(|_| pattern.terms[slot] != Term::Any))
}

/// Whether the treaty must be in force for the norm to yield anything.
pub(super) fn is_within_life(norm: &Norm, rulebook: &Rulebook) -> bool {
    match (&norm.head, norm.treaty) {
        (Head::Position(head), Some(treaty)) => {
            !head.outlives && !rulebook.treaty(treaty).retroactive
        }
        _ => false,
    }
}
