//! Which sentences are true on a day: stated, assumed, performed and derived, and what they imply (M2, C1-C7).

use super::state::{Day0, Instance, Origin};
use super::{At, Bindings, Naive};
use casus::calendar::{Day, PartialDate};
use casus::model::ids::{EntityId, NormId, TreatyId};
use casus::model::norm::{Head, Norm};
use casus::model::question::Question;
use casus::model::sentence::{Atom, Pattern, PlaceTest, Spot, Term};
use casus::model::vocabulary::SLOTS;

impl Naive<'_> {
    /// The same sentence, place and amount left out.
    pub(super) fn bare(&self, atom: &Atom) -> Atom {
        let mut bare = Atom {
            place: None,
            amount: None,
            ..atom.clone()
        };
        if self.rulebook.predicate(atom.predicate).symmetric
            && bare.arguments[1].is_some()
            && bare.arguments[1] < bare.arguments[0]
        {
            bare.arguments.swap(0, 1);
        }
        bare
    }

    /// Sentences that are stated, whatever their truth (C2).
    pub(super) fn all_stated(&self) -> Vec<Atom> {
        let facts = self.facts.iter().map(|fact| (&fact.atom, fact.negated));
        let assumed = self
            .scenario
            .assumptions
            .iter()
            .map(|(atom, so)| (atom, !so));
        let mut stated = Vec::new();
        for (atom, negated) in facts.chain(assumed) {
            if negated {
                stated.push(self.bare(atom));
            } else {
                stated.extend(self.implied(atom).iter().map(|implied| self.bare(implied)));
            }
        }
        stated
    }

    /// Whether an assumption fixes the sentence as false.
    fn assumed_false(&self, atom: &Atom) -> bool {
        self.scenario
            .assumptions
            .iter()
            .any(|(fixed, so)| !so && !self.answers(fixed) && self.bare(fixed) == self.bare(atom))
    }

    /// Whether an assumption answers a question about a contested fact, rather than fix a sentence (M1).
    fn answers(&self, assumption: &Atom) -> bool {
        self.facts
            .iter()
            .any(|fact| fact.contested && self.covers(assumption, &fact.atom))
    }

    /// Whether an assumption names a fact; roles that it leaves out match anything.
    fn covers(&self, assumption: &Atom, fact: &Atom) -> bool {
        let (assumption, fact) = (self.bare(assumption), self.bare(fact));
        let pairs = assumption.arguments.iter().zip(&fact.arguments);
        assumption.predicate == fact.predicate
            && pairs.fold(true, |so_far, (own, other)| {
                so_far && (own.is_none() || own == other)
            })
    }

    /// The answer that an assumption gives to the question whether a contested fact is true.
    pub(super) fn assumed_answer(&self, index: usize) -> Option<bool> {
        let fact = self.facts[index];
        self.scenario
            .assumptions
            .iter()
            .find(|(fixed, _)| self.covers(fixed, &fact.atom))
            .map(|(_, so)| *so != fact.negated)
    }

    /// The sentence itself and all that it says by kinds and symmetry; nothing through what is fixed as false.
    pub(super) fn implied(&self, atom: &Atom) -> Vec<Atom> {
        let mut found: Vec<Atom> = Vec::new();
        let mut todo = vec![atom.clone()];
        while let Some(atom) = todo.pop() {
            if found.contains(&atom) || self.assumed_false(&atom) {
                continue;
            }
            let predicate = self.rulebook.predicate(atom.predicate);
            if predicate.symmetric && atom.arguments[1].is_some() {
                let mut swapped = atom.clone();
                swapped.arguments.swap(0, 1);
                todo.push(swapped);
            }
            for broader in &predicate.broader {
                todo.push(Atom {
                    predicate: broader.predicate,
                    arguments: broader
                        .slots
                        .map(|own| own.and_then(|own| atom.arguments[own as usize])),
                    ..atom.clone()
                });
            }
            found.push(atom);
        }
        found
    }

    pub(super) fn instances_of(&self, said: &Instance) -> Vec<Instance> {
        self.implied(&said.atom)
            .into_iter()
            .map(|atom| Instance {
                atom,
                ..said.clone()
            })
            .collect()
    }

    /// Opens a day in every world with what is given.
    pub(super) fn begin_day(&mut self, day: usize) {
        for world in 0..self.worlds.len() {
            let at = At::of(world, day);
            let given = self.given(at);
            let mut lives = vec![super::state::Life::default(); self.rulebook.treaties.len()];
            for life in &mut lives {
                life.in_force = false;
            }
            self.worlds[world].days.push(Day0 {
                given,
                lives,
                ..Day0::default()
            });
        }
    }

    fn given(&self, at: At) -> Vec<Instance> {
        let day = self.day(at.day);
        let stated = (0..self.facts.len()).filter_map(|index| self.stated_today(at, index));
        let assumed = self
            .scenario
            .assumptions
            .iter()
            .filter(|(atom, so)| *so && !self.answers(atom))
            .map(|(atom, _)| self.said(Origin::Assumed, atom, Day::FIRST, 0));
        let performed = self.worlds[at.world]
            .acts
            .iter()
            .filter(|act| act.since <= day)
            .cloned();
        stated
            .chain(assumed)
            .chain(performed)
            .flat_map(|said| self.instances_of(&said))
            .collect()
    }

    pub(super) fn said(&self, origin: Origin, atom: &Atom, since: Day, depth: u32) -> Instance {
        Instance {
            origin,
            atom: atom.clone(),
            said: atom.clone(),
            scope: None,
            lasting: self.rulebook.predicate(atom.predicate).lasts,
            since,
            depth,
        }
    }

    /// The fact, if it is true today.
    fn stated_today(&self, at: At, index: usize) -> Option<Instance> {
        let fact = self.facts[index];
        let day = self.day(at.day);
        if day < fact.from.first() || fact.negated && !fact.contested {
            return None;
        }
        // A contested contrary that is not true says that it is so.
        if fact.contested && self.ask(at, Question::Fact(index)) == fact.negated {
            return None;
        }
        let from = self.settled(at, fact.from, || Question::Begun(index), true);
        let lasting = self.rulebook.predicate(fact.atom.predicate).lasts;
        let until = match fact.to {
            Some(to) if lasting && day > to.first() => self
                .settled(at, to, || Question::WentOn(index), false)
                .max(from),
            _ => Day::LAST,
        };
        (from <= day && day <= until).then(|| self.said(Origin::Stated(index), &fact.atom, from, 0))
    }

    /// An uncertain date: `yes` means the earlier of the two for a beginning, the later for an end.
    fn settled(
        &self,
        at: At,
        date: PartialDate,
        question: impl Fn() -> Question,
        beginning: bool,
    ) -> Day {
        let (first, last) = (date.first(), date.last());
        if first == last || self.ask(at, question()) == beginning {
            first
        } else {
            last
        }
    }

    /// Whether the act occurs today: a momentary one on its first day only.
    pub(super) fn occurs(&self, at: At, instance: &Instance) -> bool {
        instance.lasting || self.begins(at, instance)
    }

    /// Whether its first day is today; what has always been so never begins.
    pub(super) fn begins(&self, at: At, instance: &Instance) -> bool {
        instance.since == self.day(at.day)
    }

    /// Whether a norm is part of the rulebook and, in this view, of the treaty today; its treaty need not be in force.
    pub(super) fn is_there(&self, at: At, norm: &Norm) -> bool {
        let Some(treaty) = norm.treaty else {
            return true;
        };
        let counts = self
            .scenario
            .treaties
            .as_ref()
            .is_none_or(|treaties| treaties.contains(&treaty));
        counts && norm.layer.is_none_or(|layer| self.in_view(at, layer))
    }

    /// The sentences that a norm derives today.
    pub(super) fn derive(&mut self, at: At, id: NormId) -> bool {
        let norm = self.norm(id);
        let Head::Deem(head) = &norm.head else {
            return false;
        };
        let at = At {
            scope: norm.treaty,
            ..at
        };
        let day = self.day(at.day);
        let mut found: Vec<Instance> = Vec::new();
        if self.is_there(at, norm) && norm.dates.contains(day) {
            for (bindings, depth) in self.solve(at, norm) {
                let atom = ground(head, &bindings);
                let since = self.derived_since(at, id, &atom);
                let depth = self.first_depth(at, id, &atom).unwrap_or(depth);
                let said = Instance {
                    scope: norm.treaty,
                    ..self.said(Origin::Derived(id), &atom, since, depth)
                };
                match found.iter_mut().find(|other| other.said == atom) {
                    Some(_) => found
                        .iter_mut()
                        .filter(|other| other.said == atom)
                        .for_each(|other| other.depth = other.depth.min(depth)),
                    None => found.extend(self.instances_of(&said)),
                }
            }
        }
        found.sort_by_key(|instance| (instance.said.arguments, format!("{instance:?}")));
        let today = &mut self.worlds[at.world].days[at.day].derived;
        if today.get(&id) == Some(&found) {
            return false;
        }
        let changed = !(found.is_empty() && !today.contains_key(&id));
        today.insert(id, found);
        changed
    }

    /// The depth that it had on the first day on which the norm derived it, if there was one (C24).
    fn first_depth(&self, at: At, id: NormId, atom: &Atom) -> Option<u32> {
        let before = self.worlds[at.world].days[..at.day].iter();
        let mut found = before.flat_map(|day| day.derived.get(&id).into_iter().flatten());
        found
            .find(|instance| instance.said == *atom)
            .map(|instance| instance.depth)
    }

    fn derived_since(&self, at: At, id: NormId, atom: &Atom) -> Day {
        let Some(yesterday) = self.yesterday(at) else {
            return Day::FIRST;
        };
        yesterday
            .derived
            .get(&id)
            .into_iter()
            .flatten()
            .find(|instance| instance.said == *atom)
            .map_or(self.day(at.day), |instance| instance.since)
    }
}

/// The entity that a term stands for.
pub(super) fn value(term: Term, bindings: &Bindings) -> Option<EntityId> {
    match term {
        Term::Entity(id) => Some(id),
        Term::Variable(variable) => super::bound(bindings, variable),
        Term::Possession(word, variable) => {
            super::bound(bindings, variable).map(|owner| EntityId::possession(word, owner))
        }
        Term::Any => None,
    }
}

/// The arguments of a head.
pub(super) fn arguments(pattern: &Pattern, bindings: &Bindings) -> [Option<EntityId>; SLOTS] {
    pattern.terms.map(|term| value(term, bindings))
}

/// A head as a sentence (C7).
pub(super) fn ground(pattern: &Pattern, bindings: &Bindings) -> Atom {
    Atom {
        predicate: pattern.predicate,
        arguments: arguments(pattern, bindings),
        place: pattern
            .place
            .as_ref()
            .and_then(|place| place_of_head(place, bindings)),
        amount: pattern.amount.clone(),
    }
}

fn place_of_head(place: &PlaceTest, bindings: &Bindings) -> Option<EntityId> {
    if place.outside {
        return None;
    }
    place.spots.iter().find_map(|spot| match *spot {
        Spot::In(term) | Spot::TerritoryOf(term) => value(term, bindings),
        Spot::AdministeredBy(_) => None,
    })
}

/// The treaty in whose scope a sentence must be true.
pub(super) fn visible(instance: &Instance, scope: Option<TreatyId>) -> bool {
    instance.scope.is_none() || instance.scope == scope
}
