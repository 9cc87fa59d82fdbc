//! Norms started by a fact or by nothing in particular, and their variables filled step by step.

use super::plan::{Pivot, pivot_pattern};
use super::position::Binding;
use super::run::Run;
use super::solve::{Then, unbound, value};
use super::way::Way;
use crate::extent::{Extent, Readings};
use crate::model::condition::{Condition, Tense};
use crate::model::ids::{NormId, TreatyId};
use crate::model::norm::{Head, Norm};

impl<'a, 'e> Run<'a, 'e> {
    /// Starts a norm with a fact.
    pub(crate) fn fire(&mut self, id: NormId, fact: u32) {
        let engine = self.engine;
        let norm = engine.rulebook.norm(id);
        match engine.plans[id.index()].pivot {
            Pivot::Fact(index) => self.fire_with_fact(id, norm, index, fact),
            Pivot::Facts(_) | Pivot::Either(..) => {
                let binding = unbound(norm);
                let prompted = self.prompted(norm, fact);
                self.follow(id, binding, Extent::always(prompted), 0);
            }
            Pivot::Act => self.engage_with_fact(id, norm, fact),
            _ => {}
        }
    }

    fn fire_with_fact(&mut self, id: NormId, norm: &'e Norm, index: usize, fact: u32) {
        let Some(condition) = norm.conditions.get(index) else {
            return;
        };
        let Some(pattern) = pivot_pattern(condition) else {
            return;
        };
        let tense = if let Condition::Sentence { tense, .. } = innermost(condition) {
            *tense
        } else {
            Tense::Present
        };
        if self.is_out_of_force(id, norm, fact, tense != Tense::Present) {
            return;
        }
        let mut binding = unbound(norm);
        let Some((extent, depth)) =
            self.match_fact(fact, pattern, tense, norm.treaty, &mut binding)
        else {
            return;
        };
        let extent = extent.on(self.prompted(norm, fact), &mut self.space);
        let possible = match condition {
            // On somebody's account it may be so on other readings.
            Condition::Considers { .. } => {
                extent.hull().map(|days| Extent::days(days, Readings::ALL))
            }
            _ => None,
        };
        let possible = possible.as_ref().unwrap_or(&extent);
        if !self.begins((id, norm), (pattern, fact), &binding, possible) {
            return;
        }
        self.on_accounts(
            (norm, condition),
            &extent,
            &mut binding,
            &mut |run, binding, extent, _| run.follow(id, binding.clone(), extent.clone(), depth),
        );
    }

    /// The readings on which a fact may start a norm: one of record starts a position only if its subject is named.
    fn prompted(&mut self, norm: &Norm, fact: u32) -> Readings {
        match norm.head {
            Head::Deem(_) => Readings::ALL,
            Head::Position(_) => self.prompting(fact),
        }
    }

    /// `when R considers that ...`: once for each R, on what R asserts; of another condition as it is.
    fn on_accounts(
        &mut self,
        (norm, condition): (&'e Norm, &'e Condition),
        extent: &Extent,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        let Condition::Considers { who, what } = condition else {
            return then(self, binding, extent, 0);
        };
        let party = norm.parties.iter().find(|(term, _)| term == who);
        let among = match (value(*who, binding), party, norm.treaty) {
            (None, Some((_, role)), Some(treaty)) => self.parties(treaty, role.as_ref()).to_vec(),
            _ => self.who_considers(*who, binding),
        };
        self.on_accounts(
            (norm, what),
            extent,
            binding,
            &mut |run, binding, extent, depth| {
                run.on_each_account((*who, &among), (extent, depth), binding, then);
            },
        );
    }

    /// Starts a norm that waits for a position or for nothing in particular.
    pub(crate) fn fire_unprompted(&mut self, id: NormId) {
        let norm = self.engine.rulebook.norm(id);
        if norm.treaty.is_some_and(|treaty| !self.is_allowed(treaty)) {
            return;
        }
        let plan = &self.engine.plans[id.index()];
        let binding = unbound(norm);
        match &plan.pivot {
            Pivot::Position(index, scope) => {
                if !self.may_be_held(scope) {
                    return;
                }
                // The other steps were planned after this condition; it comes first here.
                let Some(condition) = norm.conditions.get(*index) else {
                    return;
                };
                let mut binding = binding;
                let mut found: Vec<(Binding, Extent, u32)> = Vec::new();
                self.solutions(
                    condition,
                    norm.treaty,
                    &mut binding,
                    &mut |_, binding, extent, depth| {
                        found.push((binding.clone(), extent.clone(), depth));
                    },
                );
                for (binding, extent, depth) in found {
                    self.follow(id, binding, extent, depth);
                }
            }
            Pivot::Either(_, scope) if self.may_be_held(scope) => {
                self.follow(id, binding, Extent::always(Readings::ALL), 0);
            }
            Pivot::Nothing => {
                let concerned = self.concerns_cast(norm.treaty);
                self.follow(id, binding, Extent::always(concerned), 0);
            }
            _ => {}
        }
    }

    /// Whether there may be a position of one of these norms.
    fn may_be_held(&self, norms: &[NormId]) -> bool {
        let may =
            |norm: &NormId| self.granted.has(*norm) || !self.engine.rulebook.norm(*norm).triggered;
        norms.iter().any(may)
    }

    /// The readings on which the events name somebody who is at some time bound by the treaty.
    pub(crate) fn concerns_cast(&mut self, treaty: Option<TreatyId>) -> Readings {
        let Some(treaty) = treaty else {
            return Readings::ALL;
        };
        let mut cast = self.cast.clone();
        let life = self.life(treaty);
        cast.retain(|actor| !life.of(*actor).is_empty());
        if cast.is_empty() {
            Readings::NONE
        } else {
            self.named(&cast)
        }
    }

    /// Goes on from what has started a norm, and emits what comes out at the end of each way.
    fn follow(&mut self, id: NormId, binding: Binding, conditions: Extent, depth: u32) {
        let engine = self.engine;
        let norm = engine.rulebook.norm(id);
        let way = self.set_out(norm, binding, conditions, depth);
        let steps = &engine.plans[id.index()].steps;
        self.walk(norm, steps, way, &mut |run, way| run.emit(id, norm, &way));
    }

    fn emit(&mut self, id: NormId, norm: &'e Norm, way: &Way) {
        match &norm.head {
            Head::Deem(pattern) => self.define(id, norm, pattern, way),
            Head::Position(_) => {
                let applies = self.applies_at_end(norm, way);
                let extent = self.in_view(norm, way.conditions.clone());
                let start = applies.and(&extent, &mut self.space);
                self.grant(
                    id,
                    norm,
                    &way.binding,
                    &extent,
                    (&applies, &start),
                    way.depth,
                );
            }
        }
    }
}

pub(crate) fn innermost(condition: &Condition) -> &Condition {
    match condition {
        Condition::Considers { what, .. } => innermost(what),
        other => other,
    }
}
