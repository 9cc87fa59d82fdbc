//! The nearest miss: of the ways to fill a norm's variables, the one that comes closest to an act.

use super::inspect::{Attempt, Check, Checked, Inspection};
use super::plan::variables;
use super::position::Binding;
use super::solve::{bind, unbound, unify, value};
use crate::calendar::Day;
use crate::extent::Readings;
use crate::model::condition::{Class, Condition};
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Norm};
use crate::model::vocabulary::SLOTS;

/// The most ways to fill a norm's variables that are looked at.
const MOST_WAYS: usize = 400;

impl<'e> Inspection<'_, 'e> {
    /// The way to fill a norm's variables that comes closest, on a day, to an act with these arguments (`None`: anyone).
    pub fn closest(
        &mut self,
        id: NormId,
        wanted: &[Option<EntityId>; SLOTS],
        day: Day,
    ) -> Option<Attempt> {
        let norm = self.run.engine.rulebook.norm(id);
        let binding = wanting(norm, wanted)?;
        let mut best: Option<(usize, Attempt)> = None;
        for way in self.ways(norm, binding, day) {
            let attempt = self.attempt(id, &way);
            let itself = attempt.arguments[0].is_some()
                && attempt.arguments[1..].contains(&attempt.arguments[0]);
            let open = attempt
                .binding
                .iter()
                .filter(|entity| entity.is_none())
                .count();
            // Somebody for whom one condition fails tells more than a variable that stands for nobody.
            let odd = self.odd(norm, &attempt, day);
            let minor = attempt.unsettled(day) + self.strangers(&attempt.binding);
            let score = attempt.failures(day) * 16
                + open * 20
                + odd * 64
                + minor
                + if itself { 400 } else { 0 };
            if best.as_ref().is_none_or(|(least, _)| score < *least) {
                best = Some((score, attempt));
            }
        }
        best.map(|(_, attempt)| attempt)
    }

    /// The ways to fill a norm's variables by which it holds, on a day, with an act that has these arguments.
    pub fn leading(
        &mut self,
        id: NormId,
        wanted: &[Option<EntityId>; SLOTS],
        day: Day,
    ) -> Vec<Attempt> {
        let norm = self.run.engine.rulebook.norm(id);
        let Some(binding) = wanting(norm, wanted) else {
            return Vec::new();
        };
        let ways = self.ways(norm, binding, day).into_iter();
        ways.map(|way| self.attempt(id, &way))
            .filter(|attempt| attempt.failures(day) == 0)
            .collect()
    }

    /// How many of those for whom the variables stand play no part in the scenario.
    fn strangers(&self, binding: &Binding) -> usize {
        let entities = binding.iter().flatten();
        entities
            .filter(|entity| !self.run.cast.contains(entity))
            .count()
    }

    /// How many of the conditions that fail only keep variables apart: such a binding is no near miss.
    fn odd(&mut self, norm: &Norm, attempt: &Attempt, day: Day) -> usize {
        let failing = attempt
            .checks
            .iter()
            .filter(|check| check.truth.at(day) == Readings::NONE);
        let apart = |check: &&Check| match check.what {
            Checked::Condition(index) => keeps_apart(&norm.conditions[index]),
            _ => false,
        };
        failing.filter(apart).count()
    }

    /// Ways to fill the open variables: from facts that fit a condition, else from the parties.
    fn ways(&mut self, norm: &'e Norm, start: Binding, day: Day) -> Vec<Binding> {
        let mut ways = vec![start];
        for condition in &norm.conditions {
            let mut next = Vec::new();
            for way in ways {
                let before = next.len();
                let mut own = variables(condition).into_iter();
                if !is_kind(condition) && own.any(|variable| way[variable.index()].is_none()) {
                    next.extend(self.elsewhere(condition, norm, &way, day));
                    let mut binding = way.clone();
                    self.run.solutions(
                        held_true(condition),
                        norm.treaty,
                        &mut binding,
                        &mut |run, found, extent, _| {
                            // What comes after all days that count is no way to anything.
                            let too_late = |first| first > run.horizon;
                            if !extent.first_day().is_some_and(too_late)
                                && next.len() < MOST_WAYS
                                && !next.contains(found)
                            {
                                next.push(found.clone());
                            }
                        },
                    );
                }
                if next.len() == before || next.len() < 8 {
                    next.push(way);
                }
            }
            ways = next;
        }
        // Those of the scenario first: there may be more ways than are looked at.
        ways.sort_by_key(|way| self.strangers(way));
        for (term, role) in &norm.parties {
            let Some(treaty) = norm.treaty else { continue };
            let mut next = Vec::new();
            for way in ways {
                if value(*term, &way).is_some() || next.len() > MOST_WAYS {
                    next.push(way);
                    continue;
                }
                let mut members = self.run.class_members(&Class::Party(treaty, role.clone()));
                members.sort_by_key(|actor| !self.run.cast.contains(actor));
                for actor in members {
                    let mut filled = way.clone();
                    if bind(*term, Some(actor), &mut filled) {
                        next.push(filled);
                    }
                }
                next.push(way);
            }
            ways = next;
        }
        ways
    }

    /// Ways by facts of the day that fit a condition but for the place: who was attacked elsewhere is nearer than who was not.
    fn elsewhere(
        &mut self,
        condition: &Condition,
        norm: &Norm,
        way: &Binding,
        day: Day,
    ) -> Vec<Binding> {
        let Condition::Sentence { pattern, .. } = condition else {
            return Vec::new();
        };
        if pattern.place.is_none() {
            return Vec::new();
        }
        let known = [value(pattern.terms[0], way), value(pattern.terms[1], way)];
        let mut found = Vec::new();
        for index in self.run.find(pattern.predicate, known) {
            let fact = self.run.fact(index);
            let mut binding = way.clone();
            if (fact.scope.is_none() || fact.scope == norm.treaty)
                && fact.extent.at(day) != Readings::NONE
                && unify(&pattern.terms, &fact.arguments, &mut binding)
                && !found.contains(&binding)
            {
                found.push(binding);
            }
        }
        found
    }
}

/// `A is a state`: by that alone anybody may be meant.
fn is_kind(condition: &Condition) -> bool {
    matches!(condition, Condition::Is(_, class) if !matches!(class, Class::Party(..) | Class::Status(_)))
}

/// What somebody considers to be so; else the condition itself.
fn held_true(condition: &Condition) -> &Condition {
    match condition {
        Condition::Considers { what, .. } => held_true(what),
        other => other,
    }
}

/// `Q is not P`, `A is a state`
fn keeps_apart(condition: &Condition) -> bool {
    match condition {
        Condition::Same(..) => true,
        Condition::Is(..) => is_kind(condition),
        Condition::Not(inner) => keeps_apart(inner),
        Condition::Any(parts) | Condition::All(parts) => parts.iter().any(keeps_apart),
        _ => false,
    }
}

/// Whom the variables of a norm stand for if its act has these arguments (`None`: anyone).
fn wanting(norm: &Norm, wanted: &[Option<EntityId>; SLOTS]) -> Option<Binding> {
    let (terms, joint) = match &norm.head {
        Head::Position(head) => (&head.act.terms, head.group.is_some()),
        Head::Deem(pattern) => (&pattern.terms, false),
    };
    let mut binding = unbound(norm);
    for (slot, wanted) in wanted.iter().enumerate() {
        let joint = slot == 0 && joint;
        if wanted.is_some() && !joint && !bind(terms[slot], *wanted, &mut binding) {
            return None;
        }
    }
    Some(binding)
}
