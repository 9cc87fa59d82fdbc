//! Evaluation while it is open which facts of the scenario are stated.

use super::concern::named_in;
use super::run::Run;
use super::store::Origin;
use crate::extent::{Readings, Space};
use crate::model::ids::EntityId;
use crate::model::question::Question;
use rustc_hash::FxHashMap;

impl Run<'_, '_> {
    /// Leaves it open which facts of the scenario are stated.
    pub(crate) fn supposing(mut self, questions: &[Question], most: usize) -> Self {
        self.space = Space::limited(most);
        self.questions = questions.iter().cloned().collect();
        let mut named: FxHashMap<EntityId, Vec<u32>> = FxHashMap::default();
        let facts = self.scenario.map_or(&[][..], |scenario| &scenario.facts);
        for (number, fact) in facts.iter().enumerate() {
            for actor in named_in(&fact.atom) {
                named.entry(actor).or_default().push(number as u32);
            }
        }
        self.supposed = Some(named);
        self
    }

    /// The readings on which a fact of the scenario is stated.
    pub(crate) fn stated_there(&mut self, number: usize, origin: Origin) -> Readings {
        match (&self.supposed, origin) {
            (Some(_), Origin::Given(_)) => self.question(Question::Stated(number)),
            _ => Readings::ALL,
        }
    }

    /// The readings on which the events of the scenario name one of these.
    pub(crate) fn named(&mut self, actors: &[EntityId]) -> Readings {
        let Some(supposed) = &self.supposed else {
            return Readings::ALL;
        };
        let numbers = actors.iter().filter_map(|actor| supposed.get(actor));
        let mut numbers: Vec<u32> = numbers.flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .rev()
            .fold(Readings::NONE, |named, number| {
                let stated = self.question(Question::Stated(number as usize));
                self.space.or(named, stated)
            })
    }

    /// The readings on which a fact prompts a position: one of record only if its subject is named.
    pub(crate) fn prompting(&mut self, index: u32) -> Readings {
        if self.supposed.is_none() {
            return Readings::ALL;
        }
        let fact = self.fact(index);
        let (subject, extent) = (fact.arguments[0], fact.extent.clone());
        if (index as usize) < self.engine.base.facts.len() {
            return self.named(subject.as_slice());
        }
        let each = extent.changes().iter();
        each.fold(Readings::NONE, |any, (_, readings)| {
            self.space.or(any, *readings)
        })
    }
}
