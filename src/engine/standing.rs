//! The ways to fill a standing norm, given whom an act names.

use super::plan::{Pivot, Plan, pattern_variables};
use super::position::Binding;
use super::run::Run;
use crate::extent::{Extent, Readings};
use crate::model::ids::NormId;
use crate::model::norm::{Head, Norm};

impl Run<'_, '_> {
    /// The ways to fill the rest of a standing norm, with the days on which it holds.
    pub(crate) fn standing_solutions(
        &mut self,
        id: NormId,
        binding: Binding,
    ) -> Vec<(Binding, Extent, u32)> {
        let norm = self.engine.rulebook.norm(id);
        let engine = self.engine;
        let bound: Vec<bool> = binding.iter().map(Option::is_some).collect();
        let plan = &engine.plans[id.index()];
        let made;
        // Mostly the act names everybody whom the norm names, which is what its plan reckons with.
        let steps = if plan.pivot == Pivot::Act && bound == plan.known {
            &plan.steps
        } else {
            made = Plan::with_bound(norm, engine.rulebook, bound);
            &made
        };
        let way = self.set_out(norm, binding, Extent::always(Readings::ALL), 0);
        let mut found = Vec::new();
        self.walk(norm, steps, way, &mut |run, way| {
            let applies = run.applies_at_end(norm, &way);
            let holds = applies.and(&way.conditions, &mut run.space);
            let holds = run.in_view(norm, holds);
            if is_complete(norm, &way.binding) && !holds.is_never() {
                found.push((way.binding, holds, way.depth));
            }
        });
        found
    }
}

/// Whether everybody is known whom the act of a norm names.
fn is_complete(norm: &Norm, binding: &Binding) -> bool {
    let Head::Position(head) = &norm.head else {
        return false;
    };
    let mut named = pattern_variables(&head.act).into_iter();
    named.all(|variable| binding[variable.index()].is_some())
}
