//! The ways to fill a standing norm, given whom an act names.

use super::outcome::Binding;
use super::plan::{Plan, Step, pattern_variables};
use super::run::Run;
use super::solve::bind;
use crate::extent::{Extent, Readings};
use crate::model::ids::NormId;
use crate::model::norm::{Head, Norm};

impl<'e> Run<'_, 'e> {
    /// The ways to fill the rest of a standing norm, with the days on which it holds.
    pub(crate) fn standing_solutions(
        &mut self,
        id: NormId,
        binding: Binding,
    ) -> Vec<(Binding, Extent, u32)> {
        let norm = self.engine.rulebook.norm(id);
        let mut bound: Vec<bool> = norm.variables.iter().map(|_| false).collect();
        for (index, entity) in binding.iter().enumerate() {
            bound[index] = entity.is_some();
        }
        let steps = Plan::with_bound(norm, self.engine.rulebook, bound);
        let mut found = Vec::new();
        self.standing_steps(
            norm,
            &steps,
            binding,
            (&Extent::always(Readings::ALL), 0),
            &mut found,
        );
        found
    }

    fn standing_steps(
        &mut self,
        norm: &'e Norm,
        steps: &[Step],
        mut binding: Binding,
        (extent, depth): (&Extent, u32),
        found: &mut Vec<(Binding, Extent, u32)>,
    ) {
        if extent.is_never() {
            return;
        }
        let Some((step, rest)) = steps.split_first() else {
            let Head::Position(head) = &norm.head else {
                return;
            };
            let complete = pattern_variables(&head.act)
                .iter()
                .all(|variable| binding[variable.index()].is_some());
            let holds = self.applies(norm, &binding).and(extent, &mut self.space);
            let holds = self.in_view(norm, holds);
            if complete && !holds.is_never() {
                found.push((binding, holds, depth));
            }
            return;
        };
        match step {
            Step::Test(index) => {
                let condition = &norm.conditions[*index];
                match self.by_itself(condition, &binding) {
                    Some(true) => {
                        return self.standing_steps(norm, rest, binding, (extent, depth), found);
                    }
                    Some(false) => return,
                    None => {}
                }
                for (deeper, truth) in self.truth_by_depth(condition, norm.treaty, &mut binding) {
                    let both = extent.and(&truth, &mut self.space);
                    let deepest = (&both, depth.max(deeper));
                    self.standing_steps(norm, rest, binding.clone(), deepest, found);
                }
            }
            Step::Join(index) => {
                let mut ways: Vec<(Binding, Extent, u32)> = Vec::new();
                self.solutions(
                    &norm.conditions[*index],
                    norm.treaty,
                    &mut binding,
                    &mut |_, binding, extent, deeper| {
                        ways.push((binding.clone(), extent.clone(), deeper));
                    },
                );
                for (binding, truth, deeper) in ways {
                    let both = extent.and(&truth, &mut self.space);
                    self.standing_steps(norm, rest, binding, (&both, depth.max(deeper)), found);
                }
            }
            Step::Party(index) => {
                let (Some((term, role)), Some(treaty)) = (norm.parties.get(*index), norm.treaty)
                else {
                    return;
                };
                for actor in self.parties(treaty, role.as_ref()) {
                    let mut inner = binding.clone();
                    if bind(*term, Some(actor), &mut inner) {
                        self.standing_steps(norm, rest, inner, (extent, depth), found);
                    }
                }
            }
        }
    }
}
