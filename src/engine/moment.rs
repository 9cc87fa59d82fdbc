//! Acts of a moment that start something: only those done while the treaty was in force (C26).

use super::position::Binding;
use super::run::Run;
use super::solve::{copied, value};
use crate::calendar::Day;
use crate::extent::{Extent, Readings};
use crate::model::condition::{Condition, Tense};
use crate::model::ids::TreatyId;
use crate::model::norm::Norm;
use crate::model::sentence::Pattern;

impl<'e> Run<'_, 'e> {
    /// The days by which the acts of a moment that a condition behind `when` names were done while the treaty was in force
    /// (Vienna Convention on the Law of Treaties, article 28), and the days on which it is; of a condition that names none, nothing.
    pub(crate) fn done_in_time(
        &mut self,
        norm: &'e Norm,
        index: usize,
        binding: &Binding,
    ) -> Option<(Extent, Extent)> {
        let treaty = norm.treaty?;
        let condition = norm.conditions[..norm.when].get(index)?;
        if !self.engine.momentary(condition) {
            return None;
        }
        let in_force = self.life(treaty).in_force.clone();
        let in_force = self.stretched(norm, in_force);
        let done = self.done(condition, norm.treaty, binding, &in_force);
        Some((done, in_force))
    }

    /// The days by which the acts that a condition names were done on one of these days.
    fn done(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &Binding,
        while_so: &Extent,
    ) -> Extent {
        let always = Extent::always(Readings::ALL);
        match condition {
            Condition::Sentence {
                pattern,
                tense: Tense::Present,
            } => self.sentence_done(condition, pattern, within, binding, while_so),
            Condition::All(parts) => parts.iter().fold(always, |all, part| {
                let done = self.done(part, within, binding, while_so);
                all.and(&done, &mut self.space)
            }),
            Condition::Any(parts) => parts.iter().fold(Extent::never(), |any, part| {
                let so = self.truth(part, within, &mut copied(binding));
                let done = self.done(part, within, binding, while_so);
                let both = so.and(&done, &mut self.space);
                any.or(&both, &mut self.space)
            }),
            _ => always,
        }
    }

    fn sentence_done(
        &mut self,
        condition: &'e Condition,
        pattern: &'e Pattern,
        within: Option<TreatyId>,
        binding: &Binding,
        while_so: &Extent,
    ) -> Extent {
        // What has always been so was never done.
        let so = self.truth(condition, within, &mut copied(binding));
        let mut found = Extent::always(so.at(Day::FIRST));
        let known = [0, 1].map(|slot| value(pattern.terms[slot], binding));
        for index in self.find(pattern.predicate, known) {
            let mut inner = copied(binding);
            if let Some((said, _)) =
                self.match_fact(index, pattern, Tense::Present, within, &mut inner)
            {
                let acts = self.fact(index).act_days.clone();
                let acts = acts.and(&said, &mut self.space);
                let done = acts.and(while_so, &mut self.space).once(&mut self.space);
                found = found.or(&done, &mut self.space);
            }
        }
        found
    }
}
