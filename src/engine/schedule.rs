//! Which norms a fact concerns: they are put on the agenda.

use super::engage::read_as;
use super::run::Run;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::vocabulary::SLOTS;
use smallvec::{SmallVec, smallvec};

impl Run<'_, '_> {
    /// Puts the norms that a fact can start on the agenda.
    pub(crate) fn schedule(&mut self, index: u32, positions_too: bool) {
        let engine = self.engine;
        if (index as usize) < engine.base.facts.len() && self.is_record_ruled_out(index) {
            return;
        }
        let (predicate, arguments) = {
            let fact = self.fact(index);
            (fact.predicate, fact.arguments)
        };
        let mut found = std::mem::take(&mut self.concerned);
        engine.triggers.find(predicate, &arguments, &mut found);
        let acts = self.acts_concerned(index, predicate, &arguments);
        for (act, arguments) in &acts {
            engine.standing.find_compatible(*act, arguments, &mut found);
        }
        for treaty in &self.touched {
            // Somebody may have joined whom the index does not know.
            let norms = engine.norms_of[treaty.index()].iter().copied();
            found.extend(norms.filter(|norm| {
                engine.starts(*norm, predicate)
                    || acts.iter().any(|(act, _)| engine.stands_on(*norm, *act))
            }));
        }
        found.sort_unstable();
        found.dedup();
        for norm in found.drain(..) {
            let rule = engine.rulebook.norm(norm);
            let definition = matches!(rule.head, crate::model::norm::Head::Deem(_));
            let allowed = rule.treaty.is_none_or(|treaty| self.is_allowed(treaty));
            if allowed && (positions_too || definition) {
                let level = (engine.levels[norm.index()] as usize).max(self.level);
                self.agenda[level].push((norm, index));
            }
        }
        self.concerned = found;
    }

    /// An act, or the refusal of one, concerns standing norms about it and about kinds of it (M9).
    fn acts_concerned(
        &self,
        index: u32,
        predicate: PredicateId,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> SmallVec<[(PredicateId, [Option<EntityId>; SLOTS]); 3]> {
        let engine = self.engine;
        let verb = self.verb(predicate);
        let mut acts = smallvec![(verb, *arguments)];
        if self.fact(index).implied_by.is_none() {
            let narrower = engine.narrower[verb.index()].iter();
            acts.extend(narrower.map(|kind| (kind.predicate, read_as(kind, arguments))));
            // What a fact implies concerns them by itself, unless it is ruled out.
            if verb != predicate || !self.ruled_out.is_empty() {
                let broader = engine.broader[verb.index()].iter();
                acts.extend(broader.map(|implied| (implied.predicate, implied.read(arguments))));
            }
        }
        acts
    }

    /// Facts of record start positions if their subject is named in the scenario, and definitions always.
    pub(crate) fn schedule_record(&mut self) {
        let engine = self.engine;
        for actor in self.cast.clone() {
            for index in engine.base_by_subject.get(&actor).into_iter().flatten() {
                self.schedule(*index, true);
            }
        }
        for predicate in &engine.definition_predicates {
            for index in engine.base.find(*predicate, [None, None]) {
                let subject = engine.base.get(index).arguments[0];
                if !subject.is_some_and(|actor| self.is_cast(actor)) {
                    self.schedule(index, false);
                }
            }
        }
    }
}
