//! Facts taken in: what the scenario states, what is uncertain in the record, what is assumed, and all that these imply.

use super::act::Act;
use super::run::Run;
use super::store::{Origin, StoredFact};
use crate::extent::{Extent, Readings};
use crate::model::fact::Fact;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::question::Question;
use crate::model::sentence::Atom;
use crate::model::vocabulary::SLOTS;
use smallvec::SmallVec;

impl<'e> Run<'_, 'e> {
    pub(crate) fn add_facts(&mut self, acts: &[Act<'e>]) {
        let Some(scenario) = self.scenario else {
            return;
        };
        let rulebook = self.engine.rulebook;
        let open = |atom: &Atom| {
            !scenario
                .facts
                .iter()
                .any(|fact| fact.contested && rulebook.covers(atom, &fact.atom))
        };
        for (atom, _) in scenario
            .assumptions
            .iter()
            .filter(|(atom, is_true)| !is_true && open(atom))
        {
            self.state_contrary(atom);
        }
        // What bears on the lives of treaties is known before any fact starts a norm.
        for fact in &scenario.facts {
            self.touch(&fact.atom);
        }
        for (atom, is_true) in &scenario.assumptions {
            if *is_true && open(atom) {
                self.touch(atom);
            }
        }
        for act in acts {
            self.touch(&act.atom());
        }
        for (number, fact) in scenario.facts.iter().enumerate() {
            self.add_stated(number, fact, Origin::Given(number as u32));
        }
        self.add_uncertain_record();
        for (index, (atom, is_true)) in scenario.assumptions.iter().enumerate() {
            if !*is_true || !open(atom) {
                continue;
            }
            let always = Extent::always(Readings::ALL);
            let act_days = if self.engine.rulebook.predicate(atom.predicate).lasts {
                always.clone()
            } else {
                always.onsets(&mut self.space)
            };
            let origin = Origin::Assumed(index as u32);
            self.add_atom(atom, always, act_days, origin, Readings::ALL);
        }
        for act in acts {
            self.add_hypothetical(act);
        }
        self.schedule_record();
    }

    pub(crate) fn add_uncertain_record(&mut self) {
        let history = &self.engine.rulebook.history;
        let offset = self.scenario.map_or(0, |scenario| scenario.facts.len());
        for index in &self.engine.uncertain {
            let fact = &history[*index as usize];
            self.touch(&fact.atom);
            self.add_stated(offset + *index as usize, fact, Origin::Record(*index));
        }
    }

    fn add_stated(&mut self, number: usize, fact: &'e Fact, origin: Origin) {
        let stated = self.stated_there(number, origin);
        let readings = if fact.contested {
            self.contested(number, fact)
        } else {
            Readings::ALL
        };
        if fact.negated {
            self.note_contrary(&fact.atom, stated);
            if !fact.contested {
                return;
            }
        }
        let readings = if fact.negated {
            self.space.not(readings)
        } else {
            readings
        };
        let readings = self.space.and(readings, stated);
        let (extent, act_days) = self.stated_days(number, fact);
        let extent = extent.on(readings, &mut self.space);
        let act_days = act_days.on(readings, &mut self.space);
        self.add_atom(&fact.atom, extent, act_days, origin, stated);
    }

    /// The readings on which a contested fact is true: its question, or what an assumption says of it.
    fn contested(&mut self, number: usize, fact: &Fact) -> Readings {
        let assumptions = self
            .scenario
            .map_or(&[][..], |scenario| &scenario.assumptions);
        if let Some((_, is_true)) = assumptions
            .iter()
            .find(|(atom, _)| self.engine.rulebook.covers(atom, &fact.atom))
        {
            return if *is_true == fact.negated {
                Readings::NONE
            } else {
                Readings::ALL
            };
        }
        self.question(Question::Fact(number))
    }

    fn state_contrary(&mut self, atom: &Atom) {
        for implied in &self.engine.broader[atom.predicate.index()] {
            if implied.predicate == atom.predicate {
                let arguments = implied.read(&atom.arguments);
                self.state(implied.predicate, arguments, Readings::ALL);
                self.ruled_out.insert((implied.predicate, arguments));
            }
        }
    }

    fn note_contrary(&mut self, atom: &Atom, stated: Readings) {
        for implied in &self.engine.broader[atom.predicate.index()] {
            if implied.predicate == atom.predicate {
                let arguments = implied.read(&atom.arguments);
                self.state(implied.predicate, arguments, stated);
            }
        }
    }

    /// Notes that somebody states a sentence or its contrary, if that may matter: where silence would leave it open.
    fn state(
        &mut self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
        stated: Readings,
    ) {
        if self.engine.rulebook.predicate(predicate).open {
            self.store.state(predicate, arguments, stated);
        }
    }

    /// Adds a fact that somebody states, with all it implies, and lets it start norms.
    fn add_atom(
        &mut self,
        atom: &'e Atom,
        extent: Extent,
        act_days: Extent,
        origin: Origin,
        stated: Readings,
    ) {
        for implied in &self.engine.broader[atom.predicate.index()] {
            let arguments = implied.read(&atom.arguments);
            if !self.is_ruled_out(implied.predicate, &arguments) {
                self.state(implied.predicate, arguments, stated);
            }
        }
        let fact = StoredFact {
            predicate: atom.predicate,
            arguments: atom.arguments,
            place: atom.place,
            amount: atom.amount.as_ref(),
            extent,
            act_days,
            scope: None,
            depth: 0,
            origin,
            implied_by: None,
        };
        self.add_fact(fact);
    }

    /// Adds a fact with all it implies, and lets it start norms.
    pub(crate) fn add_fact(&mut self, fact: StoredFact<'e>) -> Option<u32> {
        let mut first = None;
        for (predicate, arguments) in self.implied(fact.predicate, fact.arguments) {
            let stored = StoredFact {
                predicate,
                arguments,
                implied_by: first,
                ..fact.clone()
            };
            let index = self.store.add(stored) + self.engine.base.facts.len() as u32;
            first = first.or(Some(index));
            self.unsettled = true;
            self.schedule(index, true);
        }
        first
    }

    /// A sentence and all that it implies, nothing through what an assumption fixes as false.
    fn implied(
        &self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
    ) -> SmallVec<[(PredicateId, [Option<EntityId>; SLOTS]); 3]> {
        if self.ruled_out.is_empty() {
            let mut all = SmallVec::new();
            for implied in &self.engine.broader[predicate.index()] {
                all.push((implied.predicate, implied.read(&arguments)));
            }
            return all;
        }
        let allowed = |predicate, arguments: &_| !self.is_ruled_out(predicate, arguments);
        let rulebook = self.engine.rulebook;
        SmallVec::from_vec(rulebook.implied_through(predicate, arguments, allowed))
    }

    /// Whether a fact of record, or what implies it, is fixed as false by an assumption.
    pub(crate) fn is_record_ruled_out(&self, index: u32) -> bool {
        if self.ruled_out.is_empty() {
            return false;
        }
        let base = &self.engine.base;
        let fact = base.get(index);
        let root = fact.implied_by.map_or(fact, |root| base.get(root));
        let implied = self.implied(root.predicate, root.arguments);
        !implied.contains(&(fact.predicate, fact.arguments))
    }

    /// Whether an assumption fixes the sentence as false.
    fn is_ruled_out(&self, predicate: PredicateId, arguments: &[Option<EntityId>; SLOTS]) -> bool {
        self.ruled_out.contains(&(predicate, *arguments))
    }

    /// Changes the days of a fact of this run and of all that it implies.
    pub(crate) fn change_fact(
        &mut self,
        index: u32,
        extent: &Extent,
        act_days: &Extent,
        depth: u32,
    ) {
        let record = self.engine.base.facts.len();
        for (at, fact) in self
            .store
            .facts
            .iter_mut()
            .enumerate()
            .skip(index as usize - record)
        {
            if at + record == index as usize || fact.implied_by == Some(index) {
                let same = (&fact.extent, &fact.act_days, fact.depth) == (extent, act_days, depth);
                self.unsettled |= !same;
                fact.extent = extent.clone();
                fact.act_days = act_days.clone();
                fact.depth = depth;
            } else {
                break;
            }
        }
    }
}
