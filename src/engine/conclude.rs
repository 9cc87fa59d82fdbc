//! The end of an evaluation: positions put in order, and what is missing for treaties that are not in force.

use super::life::{KnownLife, Life};
use super::outcome::{Conflict, Facts, Missing, Outcome};
use super::position::{Position, PositionId};
use super::run::Run;
use super::store::Origin;
use crate::extent::Readings;
use crate::model::fact::{Claim, Scenario};
use crate::model::ids::TreatyId;
use crate::model::sentence::Atom;
use std::sync::Arc;

impl<'e> Run<'_, 'e> {
    pub(crate) fn outcome(mut self) -> Outcome<'e> {
        self.sort_positions();
        let scenario = self.scenario.unwrap_or(&EMPTY);
        // Of a treaty that nothing touches, only an expectation wants to know.
        for expectation in &scenario.expectations {
            if let Claim::InForce(treaty) | Claim::NotInForce(treaty, _) = &expectation.claim {
                self.life(*treaty);
            }
        }
        let not_in_force = self.missing();
        let rulebook = self.engine.rulebook;
        Outcome {
            facts: Facts {
                record: Arc::clone(&self.engine.base),
                own: self.store.facts,
                scenario,
                rulebook,
            },
            rulebook,
            scenario,
            as_of: self.as_of,
            horizon: self.horizon,
            positions: self.positions,
            conflicts: self.conflicts,
            limits: self.limits,
            questions: self.questions,
            space: self.space,
            not_in_force,
            cut_off: self.cut_off,
            lives: self.lives.into_iter().map(owned).collect(),
        }
    }

    /// Puts positions in the order of norms and arguments.
    fn sort_positions(&mut self) {
        let key = |position: &Position| (position.norm, position.arguments);
        if !self.positions.is_sorted_by_key(key) {
            self.reorder_positions();
        }
        let key = |conflict: &Conflict| {
            (
                conflict.one.min(conflict.other),
                conflict.one.max(conflict.other),
            )
        };
        self.conflicts.sort_by_key(key);
        self.limits.sort_by_key(key);
    }

    fn reorder_positions(&mut self) {
        let mut order: Vec<u32> = (0..self.positions.len() as u32).collect();
        order.sort_by_key(|index| {
            let position = &self.positions[*index as usize];
            (position.norm, position.arguments)
        });
        let mut rank = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            rank[*old as usize] = new as u32;
        }
        // In place: there may be a million of them.
        let mut left = rank.clone();
        for at in 0..left.len() {
            while left[at] as usize != at {
                let to = left[at] as usize;
                self.positions.swap(at, to);
                left.swap(at, to);
            }
        }
        let renumber = |id: &mut PositionId| id.0 = rank[id.index()];
        for displacement in self
            .positions
            .iter_mut()
            .filter_map(Position::known_fate)
            .flat_map(|fate| &mut fate.displaced_by)
        {
            renumber(&mut displacement.by);
        }
        for conflict in self.conflicts.iter_mut().chain(&mut self.limits) {
            renumber(&mut conflict.one);
            renumber(&mut conflict.other);
        }
        for fact in &mut self.store.facts {
            if let Origin::Performed(index) = &mut fact.origin {
                *index = rank.get(*index as usize).copied().unwrap_or(*index);
            }
        }
    }

    /// Treaties of the cast that are not in force on the day, and what they want.
    fn missing(&mut self) -> Vec<Missing> {
        let engine = self.engine;
        let listed = self.scenario.and_then(|scenario| scenario.treaties.clone());
        let mut candidates = listed.clone().unwrap_or_else(|| engine.pending.clone());
        candidates.sort_unstable();
        candidates.dedup();
        let mut found = Vec::new();
        for id in candidates {
            let treaty = engine.rulebook.treaty(id);
            let concerns =
                treaty.parties.iter().any(|party| self.is_cast(party.actor)) || self.is_touched(id);
            if !concerns {
                continue;
            }
            let life = self.life(id);
            let begun = life
                .in_force
                .first_day()
                .is_some_and(|day| day <= self.as_of);
            if life.in_force.at(self.as_of) != Readings::NONE || (begun && listed.is_none()) {
                continue;
            }
            // What has ended by its own words will not enter into force any more.
            let over = treaty.ends_on.is_some_and(|day| day <= self.as_of);
            if !begun && over {
                continue;
            }
            let signed = treaty
                .signed
                .is_none_or(|signed| signed.first() <= self.as_of);
            if begun || signed {
                let missing = if begun {
                    Vec::new()
                } else {
                    self.missing_for(id)
                };
                found.push(Missing {
                    treaty: id,
                    pending: !begun,
                    missing,
                });
            }
        }
        found
    }

    fn missing_for(&mut self, id: TreatyId) -> Vec<Atom> {
        let treaty = self.engine.rulebook.treaty(id);
        let crate::model::treaty::Entry::When(condition) = &treaty.entry else {
            return Vec::new();
        };
        let own = Arc::new(self.signatories(treaty, &[]));
        self.know_lives(condition, id);
        let before = self.lives[id.index()].replace(KnownLife::Own(own));
        let mut missing = Vec::new();
        self.failures(
            condition,
            id,
            &mut super::position::Binding::new(),
            &mut missing,
        );
        self.lives[id.index()] = before;
        missing
    }
}

fn owned(life: Option<KnownLife<'_>>) -> Option<Arc<Life>> {
    life.map(|life| Arc::clone(&life))
}

static EMPTY: Scenario = Scenario::of(Vec::new());
