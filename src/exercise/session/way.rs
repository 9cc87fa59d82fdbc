//! The way through the injects: what comes next, and in which world a question was asked.

use super::entry::Ask;
use super::happened::Released;
use super::state::{Session, ask};
use crate::exercise::key::verdict_of;
use crate::exercise::{Guard, InjectId, Question, RoleId, Viewer, World};
use crate::model::fact::{PositionQuery, Verdict};

impl Session<'_> {
    /// The release by which a question was asked, if it was.
    pub fn put_by(&self, question: &str) -> Option<&Released> {
        let (inject, _) = self.exercise.question(question)?;
        let mut released = self.released.iter().rev();
        released.find(|released| released.inject == inject)
    }

    /// Until when a role has time for a question, in seconds on the clock of the room; `None`: no time was set. What was given after
    /// it had handed in changes nothing.
    pub fn until(&self, question: &Question, ask: &Ask) -> Option<u64> {
        let put = self.put_by(&question.id).map_or(0, |put| put.clock);
        let handed_in = self.answers.get(ask).map(|answered| answered.sequence);
        let mine = self.granted.iter().filter(|(role, _, sequence)| {
            *role == ask.role && handed_in.is_none_or(|handed_in| *sequence < handed_in)
        });
        let more: u64 = mine.map(|(_, seconds, _)| seconds).sum();
        Some(put + u64::from(question.minutes?) * 60 + more)
    }

    /// The world in which a question was asked, if it was.
    pub fn world_of(&self, question: &str) -> Option<&World> {
        self.put_by(question).map(|released| &released.world)
    }

    /// What may come next by the file: where the first open way on leads, else the inject below; `None`: the end.
    pub fn next(&self) -> Option<InjectId> {
        // What came from the shelf came in between.
        let released = self.released.iter().rev();
        let leads = |inject: &&crate::exercise::Inject| !inject.shelf || !inject.next.is_empty();
        let last = released
            .map(|released| self.exercise.inject(released.inject))
            .find(leads);
        let Some(inject) = last else {
            return self.exercise.first();
        };
        let open = inject
            .next
            .iter()
            .find(|branch| branch.guards.iter().all(|guard| self.holds(guard)));
        match open {
            Some(branch) => branch.go,
            None => inject.below,
        }
    }

    /// A question as it is put to a role.
    pub fn ask_of(&self, question: &Question, role: RoleId) -> Ask {
        ask(&self.exercise.role(role).id, &question.id)
    }

    /// To whom an inject goes: a reminder, which brings no facts and no questions, to those alone who have not answered.
    pub(super) fn recipients(&self, id: InjectId) -> Vec<RoleId> {
        let inject = self.exercise.inject(id);
        let reminds = inject.changes.is_empty() && inject.questions.is_empty();
        let injects = self.exercise.injects.iter();
        let mut reminded = injects.filter_map(|it| it.contingency.as_ref());
        let about = reminded.find(|it| reminds && it.send == id);
        let silent = about.map_or_else(Vec::new, |it| self.silent(&it.unanswered));
        let own = inject.to.iter().copied();
        let late: Vec<RoleId> = own.filter(|role| silent.contains(role)).collect();
        if late.is_empty() {
            inject.to.clone()
        } else {
            late
        }
    }

    /// The teams that were asked and have not answered.
    pub fn silent(&self, question: &str) -> Vec<RoleId> {
        let Some((_, question)) = self.exercise.question(question) else {
            return Vec::new();
        };
        let answered = |role: RoleId| self.answers.contains_key(&self.ask_of(question, role));
        let asked = question.to.iter().copied();
        asked.filter(|role| !answered(*role)).collect()
    }

    fn holds(&self, guard: &Guard) -> bool {
        match guard {
            Guard::Decided {
                role,
                question,
                option,
            } => {
                let ask = ask(&self.exercise.role(*role).id, question);
                self.chosen(&ask).as_ref() == Some(option)
            }
            Guard::Owed(query, wanted) => self.is_owed(query) == *wanted,
            Guard::Unanswered(question) => self.answers.keys().all(|ask| ask.question != *question),
        }
    }

    /// Whether a position holds by all facts, on some reading at least.
    fn is_owed(&self, query: &PositionQuery) -> bool {
        let Some(scenario) = self.world.scenario(self.pack, Viewer::Truth) else {
            return false;
        };
        let engine = self.pack.engine();
        verdict_of(engine, &scenario, query) != Verdict::NotOwed
    }
}
