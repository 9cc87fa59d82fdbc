//! A finished run, open to questions: how a norm fares for somebody, condition by condition.

use super::Options;
use super::compiled::Engine;
use super::outcome::Outcome;
use super::position::{Binding, Position};
use super::run::Run;
use super::solve::{copied, value};
use crate::calendar::Day;
use crate::extent::{Extent, Readings, Space};
use crate::model::condition::{Class, Condition};
use crate::model::fact::Scenario;
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Norm};
use crate::model::vocabulary::SLOTS;

/// A finished run that can still be asked.
pub struct Inspection<'a, 'e> {
    pub(super) run: Run<'a, 'e>,
}

/// What was checked of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The treaty is in force.
    InForce,
    /// Somebody whom the clause calls a party is bound: by number in [`Norm::parties`].
    Bound(usize),
    /// The article is part of the treaty and of the view.
    Written,
    /// A condition, by number.
    Condition(usize),
    /// What a condition behind `when` names was done while the treaty was in force, if the condition holds: by its number.
    InTime(usize),
}

/// One check and how it came out.
#[derive(Clone, Debug)]
pub struct Check {
    /// What.
    pub what: Checked,
    /// When and on which readings it holds.
    pub truth: Extent,
    /// The facts it rests on (for a negation: those that go against it), as numbers in [`Outcome::facts`].
    pub facts: Vec<u32>,
}

/// A norm tried for somebody.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The norm.
    pub norm: NormId,
    /// Whom its variables stand for.
    pub binding: Binding,
    /// The act.
    pub arguments: [Option<EntityId>; SLOTS],
    /// Every check.
    pub checks: Vec<Check>,
}

impl Attempt {
    /// How many checks hold on no reading of that day.
    pub fn failures(&self, day: Day) -> usize {
        self.checks
            .iter()
            .filter(|check| check.truth.at(day) == Readings::NONE)
            .count()
    }

    /// How many of those whom the clause calls parties were never bound by its treaty.
    pub fn outsiders(&self) -> usize {
        let bound = |check: &&Check| matches!(check.what, Checked::Bound(_));
        let each = self.checks.iter().filter(bound);
        each.filter(|check| check.truth.is_never()).count()
    }

    /// How many checks hold on some readings of that day only.
    pub fn unsettled(&self, day: Day) -> usize {
        let settled = |readings| readings == Readings::NONE || readings == Readings::ALL;
        self.checks
            .iter()
            .filter(|check| !settled(check.truth.at(day)))
            .count()
    }
}

impl<'r> Engine<'r> {
    /// Evaluates and keeps the run open to questions.
    pub fn inspect<'a, 'e>(
        &'a self,
        scenario: &'e Scenario,
        options: &Options,
    ) -> Inspection<'a, 'e>
    where
        'r: 'e,
    {
        let mut run = Run::new(self, scenario, options);
        run.evaluate();
        Inspection { run }
    }
}

impl<'e> Inspection<'_, 'e> {
    /// The outcome, for good.
    pub fn into_outcome(self) -> Outcome<'e> {
        self.run.outcome()
    }

    /// The outcome as it stands.
    pub fn outcome(&self) -> Outcome<'e> {
        self.run.clone().outcome()
    }

    /// The positions, in the order in which they were found.
    pub fn positions(&self) -> &[Position] {
        &self.run.positions
    }

    /// The algebra of the run.
    pub fn space(&mut self) -> &mut Space {
        &mut self.run.space
    }

    /// How a norm fares with these variables filled.
    pub fn attempt(&mut self, id: NormId, binding: &Binding) -> Attempt {
        let norm = self.run.engine.rulebook.norm(id);
        let arguments = match &norm.head {
            Head::Position(head) => head.act.terms.map(|term| value(term, binding)),
            Head::Deem(pattern) => pattern.terms.map(|term| value(term, binding)),
        };
        Attempt {
            norm: id,
            binding: copied(binding),
            arguments,
            checks: self.checks(norm, binding),
        }
    }

    fn checks(&mut self, norm: &'e Norm, binding: &Binding) -> Vec<Check> {
        let mut checks = Vec::with_capacity(2 + norm.parties.len() + norm.conditions.len());
        let plain = |what: Checked, truth: Extent| Check {
            what,
            truth,
            facts: Vec::new(),
        };
        if let Some(treaty) = norm.treaty {
            let in_force = self.run.life(treaty).in_force.clone();
            checks.push(plain(Checked::InForce, in_force));
            let written = self.run.written(norm);
            checks.push(plain(Checked::Written, written));
            for (index, (term, role)) in norm.parties.iter().enumerate() {
                let truth = value(*term, binding).map_or_else(Extent::never, |actor| {
                    let life = self.run.life(treaty);
                    self.run.bound(&life, actor, role.as_ref())
                });
                checks.push(plain(Checked::Bound(index), truth));
            }
        }
        for (index, condition) in norm.conditions.iter().enumerate() {
            let (truth, facts) = self.look(condition, norm, binding);
            let in_time = self.in_time(norm, index, binding, &truth);
            let late = in_time.map(|truth| Check {
                what: Checked::InTime(index),
                truth,
                facts: facts.clone(),
            });
            checks.push(Check {
                what: Checked::Condition(index),
                truth,
                facts,
            });
            checks.extend(late);
        }
        checks
    }

    /// Whether an act of a moment that a condition names was done while the treaty was in force; where the condition does not
    /// hold, or the treaty is not in force, there is nothing to ask.
    fn in_time(
        &mut self,
        norm: &'e Norm,
        index: usize,
        binding: &Binding,
        so: &Extent,
    ) -> Option<Extent> {
        let (done, in_force) = self.run.done_in_time(norm, index, binding)?;
        let asked = so.and(&in_force, &mut self.run.space);
        let late = asked.without(&done, &mut self.run.space);
        Some(late.not(&mut self.run.space))
    }

    /// When a condition holds, and the facts that it looks at.
    fn look(
        &mut self,
        condition: &'e Condition,
        norm: &'e Norm,
        binding: &Binding,
    ) -> (Extent, Vec<u32>) {
        match self.run.by_itself(condition, binding) {
            Some(true) => return (Extent::always(Readings::ALL), Vec::new()),
            Some(false) => return (Extent::never(), Vec::new()),
            None => {}
        }
        let truth = self.run.truth(condition, norm.treaty, &mut copied(binding));
        let mut facts = Vec::new();
        self.supports(condition, norm, binding, &mut facts);
        facts.sort_unstable();
        facts.dedup();
        let too_late = |first| first > self.run.horizon;
        facts.retain(|index| {
            !self
                .run
                .fact(*index)
                .extent
                .first_day()
                .is_some_and(too_late)
        });
        (truth, facts)
    }

    /// The facts that a condition looks at.
    fn supports(
        &mut self,
        condition: &'e Condition,
        norm: &'e Norm,
        binding: &Binding,
        facts: &mut Vec<u32>,
    ) {
        match condition {
            Condition::Sentence { pattern, tense } => {
                let known = [
                    value(pattern.terms[0], binding),
                    value(pattern.terms[1], binding),
                ];
                for index in self.run.find(pattern.predicate, known) {
                    let mut inner = copied(binding);
                    if self
                        .run
                        .match_fact(index, pattern, *tense, norm.treaty, &mut inner)
                        .is_some()
                    {
                        facts.push(index);
                    }
                }
            }
            Condition::Is(term, Class::Status(status)) => {
                if let Some(entity) = value(*term, binding) {
                    facts.extend(self.run.find(*status, [Some(entity), None]));
                }
            }
            Condition::Not(inner) | Condition::Considers { what: inner, .. } => {
                self.supports(inner, norm, binding, facts);
            }
            Condition::Count { body, counted, .. } => {
                let mut inner = copied(binding);
                if let Some(slot) = inner.get_mut(counted.index()) {
                    *slot = None;
                }
                self.supports(body, norm, &inner, facts);
            }
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.supports(part, norm, binding, facts);
                }
            }
            _ => {}
        }
    }

    /// Single parts of a condition that fail on a day, for telling what exactly is missing.
    pub fn failing_parts<'c>(
        &mut self,
        condition: &'c Condition,
        norm: NormId,
        binding: &Binding,
        day: Day,
    ) -> Vec<&'c Condition>
    where
        'c: 'e,
    {
        let treaty = self.run.engine.rulebook.norm(norm).treaty;
        if self
            .run
            .truth(condition, treaty, &mut copied(binding))
            .at(day)
            != Readings::NONE
        {
            return Vec::new();
        }
        match condition {
            Condition::All(parts) => parts
                .iter()
                .flat_map(|part| self.failing_parts(part, norm, binding, day))
                .collect(),
            other => vec![other],
        }
    }
}
