//! Open questions, the readings on which they are answered, and what actors assert of them.

use super::run::Run;
use crate::extent::Readings;
use crate::model::ids::{DisputeId, EntityId};
use crate::model::question::Question;

impl Run<'_, '_> {
    /// The readings on which a question is answered yes.
    pub(crate) fn question(&mut self, question: Question) -> Readings {
        let (index, new) = self.questions.insert_full(question);
        if new {
            self.accounts.clear();
        }
        self.space.question(index as u32)
    }

    /// The readings on which a reading of a dispute is the right one.
    pub(crate) fn reading(&mut self, dispute: DisputeId, number: u8) -> Readings {
        let count = self.engine.rulebook.disputes[dispute.index()]
            .readings
            .len() as u8;
        let mut found = Readings::ALL;
        for earlier in 0..number {
            let question = self.question(Question::Reading(dispute, earlier));
            found = self.space.without(found, question);
        }
        if number + 1 < count {
            let question = self.question(Question::Reading(dispute, number));
            found = self.space.and(found, question);
        }
        found
    }

    /// What an actor asserts (true) and denies (false), by question.
    pub(crate) fn asserted(&mut self, actor: EntityId) -> Vec<Option<bool>> {
        let (Some(scenario), questions) = (self.scenario, &self.questions) else {
            return Vec::new();
        };
        let rulebook = self.engine.rulebook;
        let work = || super::settle::asserted(rulebook, scenario, questions, actor);
        self.accounts.entry(actor).or_insert_with(work).clone()
    }
}
