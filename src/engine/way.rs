//! The steps of a norm, walked from binding to binding: every way that leads to their end.

use super::position::Binding;
use super::run::Run;
use super::solve::{bind, copied, value};
use super::steps::Step;
use crate::extent::{Extent, Readings};
use crate::model::norm::{Head, Norm};

/// How far one way to fill the variables of a norm has come.
pub(crate) struct Way {
    pub(crate) binding: Binding,
    /// The conditions looked at so far hold.
    pub(crate) conditions: Extent,
    /// The treaty binds those whom the norm calls parties, as far as they are known.
    bound: Extent,
    /// The acts of a moment behind `when` looked at so far were done in time (C26).
    done: Extent,
    /// Depth in the cascade.
    pub(crate) depth: u32,
}

impl Clone for Way {
    fn clone(&self) -> Self {
        Self {
            binding: copied(&self.binding),
            conditions: self.conditions.clone(),
            bound: self.bound.clone(),
            done: self.done.clone(),
            depth: self.depth,
        }
    }
}

/// What to do at the end of a way.
pub(crate) type Arrive<'t, 'a, 'e> = &'t mut dyn FnMut(&mut Run<'a, 'e>, Way);

impl<'a, 'e> Run<'a, 'e> {
    /// The beginning of a way: the conditions looked at hold on these days.
    pub(crate) fn set_out(
        &mut self,
        norm: &Norm,
        binding: Binding,
        conditions: Extent,
        depth: u32,
    ) -> Way {
        // What is deemed so is so whether or not the treaty is in force (C4).
        let bound = match (&norm.head, norm.treaty) {
            (Head::Position(_), Some(treaty)) if norm.parties.is_empty() => {
                self.life(treaty).in_force.clone()
            }
            _ => Extent::always(Readings::ALL),
        };
        Way {
            binding,
            conditions,
            bound,
            done: Extent::always(Readings::ALL),
            depth,
        }
    }

    /// Walks the steps of a norm from here on; each branch goes on with a copy.
    pub(crate) fn walk(
        &mut self,
        norm: &'e Norm,
        mut steps: &[Step],
        mut way: Way,
        arrive: Arrive<'_, 'a, 'e>,
    ) {
        while let Some((step, rest)) = steps.split_first() {
            if way.conditions.is_never() || way.bound.is_never() {
                return;
            }
            match *step {
                Step::Test(index) => {
                    if !self.test(norm, index, &mut way) {
                        return self.branch(norm, (index, rest), way, arrive);
                    }
                }
                Step::Join(index) => return self.join(norm, (index, rest), way, arrive),
                Step::Party(index) => return self.each_party(norm, (index, rest), way, arrive),
                Step::Bound(index) => self.narrow_to_bound(norm, index, &mut way),
                Step::Done(index) => {
                    if let Some((done, _)) = self.done_in_time(norm, index, &way.binding) {
                        way.done = way.done.and(&done, &mut self.space);
                    }
                }
            }
            steps = rest;
        }
        if !way.conditions.is_never() && !way.bound.is_never() {
            arrive(self, way);
        }
    }

    /// Narrows a way to the days on which a condition holds; false if these lie at several depths.
    fn test(&mut self, norm: &'e Norm, index: usize, way: &mut Way) -> bool {
        let condition = &norm.conditions[index];
        match self.by_itself(condition, &way.binding) {
            Some(true) => return true,
            Some(false) => {
                way.conditions = Extent::never();
                return true;
            }
            None => {}
        }
        let mut truths = self.truth_by_depth(condition, norm.treaty, &mut way.binding);
        if truths.len() > 1 {
            return false;
        }
        let (deeper, truth) = truths.pop().unwrap_or_default();
        way.conditions = way.conditions.and(&truth, &mut self.space);
        way.depth = way.depth.max(deeper);
        true
    }

    /// Goes on apart for each depth at which a condition holds.
    fn branch(
        &mut self,
        norm: &'e Norm,
        (index, rest): (usize, &[Step]),
        mut way: Way,
        arrive: Arrive<'_, 'a, 'e>,
    ) {
        let condition = &norm.conditions[index];
        for (deeper, truth) in self.truth_by_depth(condition, norm.treaty, &mut way.binding) {
            let mut inner = way.clone();
            inner.conditions = way.conditions.and(&truth, &mut self.space);
            inner.depth = way.depth.max(deeper);
            self.walk(norm, rest, inner, arrive);
        }
    }

    /// Goes on with everybody for whom a condition holds.
    fn join(
        &mut self,
        norm: &'e Norm,
        (index, rest): (usize, &[Step]),
        mut way: Way,
        arrive: Arrive<'_, 'a, 'e>,
    ) {
        let mut binding = std::mem::take(&mut way.binding);
        self.solutions(
            &norm.conditions[index],
            norm.treaty,
            &mut binding,
            &mut |run, binding, found, deeper| {
                let mut inner = way.clone();
                inner.binding = copied(binding);
                inner.conditions = way.conditions.and(found, &mut run.space);
                inner.depth = way.depth.max(deeper);
                run.walk(norm, rest, inner, arrive);
            },
        );
    }

    /// Goes on with each of the parties.
    fn each_party(
        &mut self,
        norm: &'e Norm,
        (index, rest): (usize, &[Step]),
        way: Way,
        arrive: Arrive<'_, 'a, 'e>,
    ) {
        let (Some((term, role)), Some(treaty)) = (norm.parties.get(index), norm.treaty) else {
            return;
        };
        for actor in self.parties(treaty, role.as_ref()) {
            let mut inner = way.clone();
            if bind(*term, Some(actor), &mut inner.binding) {
                self.walk(norm, rest, inner, arrive);
            }
        }
    }

    /// Narrows a way to the days on which one whom the norm calls a party is bound by the treaty.
    fn narrow_to_bound(&mut self, norm: &Norm, index: usize, way: &mut Way) {
        let (Some((term, role)), Some(treaty)) = (norm.parties.get(index), norm.treaty) else {
            return;
        };
        way.bound = match value(*term, &way.binding) {
            Some(actor) => {
                let life = self.life(treaty);
                let own = self.bound(&life, actor, role.as_ref());
                way.bound.and(&own, &mut self.space)
            }
            None => Extent::never(),
        };
    }

    /// The days on which the treaty applies to those whom the norm calls parties (M4), at the end of a way.
    pub(crate) fn applies_at_end(&mut self, norm: &Norm, way: &Way) -> Extent {
        if norm.treaty.is_none() {
            return Extent::always(Readings::ALL);
        }
        let extent = self.while_bound(norm, way.bound.clone());
        extent.and(&way.done, &mut self.space)
    }
}
