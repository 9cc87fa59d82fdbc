//! A rulebook: everything that treaty files declare, resolved and checked.

use super::condition::{Class, Scope};
use super::entity::{Entity, EntityKind};
use super::fact::Fact;
use super::geography::{Area, Place};
use super::ids::{EntityId, NormId, PredicateId, TreatyId};
use super::norm::Norm;
use super::sentence::Atom;
use super::treaty::{Dispute, Layer, Treaty};
use super::vocabulary::{Predicate, PredicateKind, SLOTS, Word};
use indexmap::IndexMap;

/// A rulebook.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    /// Things one can speak of.
    pub entities: Vec<Entity>,
    /// Their names; that of an area is `TREATY/AREA`.
    pub names: IndexMap<String, EntityId>,
    /// Verbs, refusals and statuses.
    pub predicates: Vec<Predicate>,
    /// Base form or status name.
    pub predicate_names: IndexMap<String, PredicateId>,
    /// Every form of every verb.
    pub forms: IndexMap<String, PredicateId>,
    /// Possession words.
    pub possessions: Vec<Word>,
    /// Means.
    pub means: Vec<Word>,
    /// Manners.
    pub manners: Vec<Word>,
    /// Places.
    pub places: Vec<Place>,
    /// Areas.
    pub areas: Vec<Area>,
    /// Treaties.
    pub treaties: Vec<Treaty>,
    /// Norms of all treaties, in order, and general definitions.
    pub norms: Vec<Norm>,
    /// Disputes of law.
    pub disputes: Vec<Dispute>,
    /// Secret layers.
    pub layers: Vec<Layer>,
    /// Facts of record.
    pub history: Vec<Fact>,
    /// The verbs that treaties live by.
    pub core: CoreVerbs,
}

/// Verbs with a meaning for the life of treaties; `None` where the vocabulary does not declare them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoreVerbs {
    /// `accede to T`
    pub accede: Option<PredicateId>,
    /// `denounce T`
    pub denounce: Option<PredicateId>,
    /// `withdraw from T`
    pub withdraw: Option<PredicateId>,
    /// `suspend T [towards X]`
    pub suspend: Option<PredicateId>,
    /// `release X from T`
    pub release: Option<PredicateId>,
    /// `terminate T`
    pub terminate: Option<PredicateId>,
}

impl Rulebook {
    /// The entity of this name.
    pub fn entity(&self, name: &str) -> Option<EntityId> {
        self.names.get(name).copied()
    }

    /// The name of what is otherwise called so: `great-britain` by `also "Great Britain"`.
    pub fn known_as(&self, written: &str, fits: fn(&EntityKind) -> bool) -> Option<&str> {
        let same = |called: &String| called.to_lowercase().replace(' ', "-") == written;
        let known = |entity: &&Entity| entity.also.iter().chain(&entity.title).any(same);
        let mut all = self.entities.iter().filter(|entity| fits(&entity.kind));
        all.find(known).map(|entity| entity.name.as_str())
    }

    /// The name of an entity, `forces of russia` for possessions.
    pub fn name(&self, id: EntityId) -> String {
        let own = self
            .entities
            .get(id.index())
            .map_or("?", |entity| entity.name.as_str());
        match id.possessed() {
            Some((word, _)) => format!(
                "{} of {own}",
                self.possessions
                    .get(word.index())
                    .map_or("?", |w| w.name.as_str())
            ),
            None => own.to_owned(),
        }
    }

    /// The treaty that an entity is.
    pub fn treaty_of(&self, id: EntityId) -> Option<TreatyId> {
        match self.entities.get(id.index())?.kind {
            EntityKind::Treaty(treaty) if id.possessed().is_none() => Some(treaty),
            _ => None,
        }
    }

    /// The treaty.
    pub fn treaty(&self, id: TreatyId) -> &Treaty {
        &self.treaties[id.index()]
    }

    /// The norm.
    pub fn norm(&self, id: NormId) -> &Norm {
        &self.norms[id.index()]
    }

    /// The verb or status.
    pub fn predicate(&self, id: PredicateId) -> &Predicate {
        &self.predicates[id.index()]
    }

    /// Whether an entity is of a class that depends on no fact; `None` of other classes.
    pub fn is_of_kind(&self, entity: EntityId, class: &Class) -> Option<bool> {
        let kind = &self.entities[entity.index()].kind;
        let state = matches!(kind, EntityKind::State { .. });
        let organisation = matches!(kind, EntityKind::Organisation);
        let organ = matches!(kind, EntityKind::Organ { .. });
        let group = matches!(kind, EntityKind::Group);
        let fits = match class {
            Class::Actor => state || organisation || organ || group,
            Class::State => state,
            Class::Organisation => organisation,
            Class::Organ => organ,
            Class::Group => group,
            Class::Place => matches!(kind, EntityKind::Place(_) | EntityKind::Area(_)),
            Class::Thing => matches!(kind, EntityKind::Thing),
            Class::Treaty => matches!(kind, EntityKind::Treaty(_)),
            Class::Party(..) | Class::Status(_) => return None,
        };
        Some(fits && entity.possessed().is_none())
    }

    /// The refusal of a verb.
    pub fn refusal(&self, id: PredicateId) -> Option<PredicateId> {
        match self.predicate(id).kind {
            PredicateKind::Verb { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    /// Whether what is assumed speaks of a fact: the same sentence, or the same the other way round where that means the same, with
    /// roles left out matching anything.
    pub fn covers(&self, assumed: &Atom, fact: &Atom) -> bool {
        let alike = |other: &[Option<EntityId>; SLOTS]| {
            let mut slots = assumed.arguments.iter().zip(other);
            slots.all(|(own, other)| own.is_none() || own == other)
        };
        let mut turned = fact.arguments;
        turned.swap(0, 1);
        let symmetric = self.predicate(fact.predicate).symmetric;
        assumed.predicate == fact.predicate
            && (alike(&fact.arguments) || symmetric && alike(&turned))
    }

    /// What an act of this predicate with these arguments is at the same time: itself first, then what it is a kind of.
    pub fn implied(
        &self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
    ) -> Vec<(PredicateId, [Option<EntityId>; SLOTS])> {
        self.implied_through(predicate, arguments, |_, _| true)
    }

    /// The same, with nothing that is not `allowed`, and nothing that only this implies.
    pub fn implied_through(
        &self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
        allowed: impl Fn(PredicateId, &[Option<EntityId>; SLOTS]) -> bool,
    ) -> Vec<(PredicateId, [Option<EntityId>; SLOTS])> {
        let mut found = vec![(predicate, arguments)];
        found.retain(|(predicate, arguments)| allowed(*predicate, arguments));
        let mut next = 0;
        while let Some((predicate, arguments)) = found.get(next).copied() {
            next += 1;
            let declared = self.predicate(predicate);
            let mut ways: Vec<(PredicateId, [Option<EntityId>; SLOTS])> = declared
                .broader
                .iter()
                .map(|broader| {
                    (
                        broader.predicate,
                        broader
                            .slots
                            .map(|slot| slot.and_then(|slot| arguments[slot as usize])),
                    )
                })
                .collect();
            if declared.symmetric {
                let mut swapped = arguments;
                swapped.swap(0, 1);
                ways.push((predicate, swapped));
            }
            for way in ways {
                if !found.contains(&way) && allowed(way.0, &way.1) {
                    found.push(way);
                }
            }
        }
        found
    }

    /// Whether a norm is meant by a reference.
    pub fn in_scope(&self, norm: &Norm, scope: &Scope) -> bool {
        norm.treaty.is_some()
            && scope
                .treaty
                .is_none_or(|treaty| norm.treaty == Some(treaty))
            && scope.article.is_none_or(|article| norm.article == article)
            && scope
                .clause
                .as_ref()
                .is_none_or(|clause| norm.clause.as_ref() == Some(clause))
    }
}
