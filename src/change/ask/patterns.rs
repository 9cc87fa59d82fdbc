//! What a norm speaks of: its sentences, classes, places and treaties.

use crate::engine::walk;
use crate::model::condition::{Class, Condition, Tense};
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Spot, Term};

/// Every condition of a norm, parts included, with that which discharges it and that before which it is due.
pub(super) fn conditions<'n>(norm: &'n Norm, visit: &mut impl FnMut(&'n Condition)) {
    for condition in &norm.conditions {
        walk(condition, visit);
    }
    if let Head::Position(head) = &norm.head {
        for condition in head.until.iter().chain(&head.before) {
            walk(condition, visit);
        }
    }
}

/// What the head of a norm says.
pub(super) fn head_pattern(norm: &Norm) -> &Pattern {
    match &norm.head {
        Head::Deem(pattern) => pattern,
        Head::Position(head) => &head.act,
    }
}

/// The place terms of a sentence.
pub(super) fn spots(pattern: &Pattern) -> impl Iterator<Item = Spot> {
    pattern
        .place
        .iter()
        .flat_map(|place| place.spots.iter().copied())
}

/// The term of a spot.
pub(super) fn spot_term(spot: Spot) -> Term {
    let (Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term)) = spot;
    term
}

/// What a norm mentions.
#[derive(Default)]
pub(super) struct Mentions {
    pub(super) entities: Vec<EntityId>,
    pub(super) predicates: Vec<(PredicateId, Tense)>,
    pub(super) treaties: Vec<TreatyId>,
    /// It asks where something happens.
    pub(super) places: bool,
}

impl Mentions {
    /// Of a norm with its head.
    pub(super) fn of(norm: &Norm) -> Self {
        let mut found = Self::default();
        found.treaties.extend(norm.treaty);
        for (term, _) in &norm.parties {
            found.term(*term);
        }
        found.pattern(head_pattern(norm), Tense::Present);
        if let Head::Position(head) = &norm.head
            && let Some(group) = &head.group
        {
            found.class(group);
        }
        conditions(norm, &mut |part| found.condition(part));
        found.tidy();
        found
    }

    /// Of conditions alone.
    pub(super) fn of_condition(condition: &Condition) -> Self {
        let mut found = Self::default();
        walk(condition, &mut |part| found.condition(part));
        found.tidy();
        found
    }

    fn tidy(&mut self) {
        self.entities.sort_unstable();
        self.entities.dedup();
        self.treaties.sort_unstable();
        self.treaties.dedup();
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Sentence { pattern, tense } => self.pattern(pattern, *tense),
            Condition::Is(term, class) => {
                self.term(*term);
                self.class(class);
            }
            Condition::Same(one, other) => {
                self.term(*one);
                self.term(*other);
            }
            Condition::InForce { treaty, party } => {
                self.term(*treaty);
                self.term(*party);
            }
            Condition::Position {
                bearer,
                act,
                towards,
                ..
            } => {
                self.term(*bearer);
                self.term(*towards);
                if let Some(act) = act {
                    self.pattern(act, Tense::Present);
                }
            }
            Condition::Breach {
                bearer, against, ..
            } => {
                self.term(*bearer);
                self.term(*against);
            }
            Condition::Considers { who, .. } => self.term(*who),
            Condition::Count { class, .. } => self.class(class),
            Condition::Reading(..)
            | Condition::Layer(_)
            | Condition::Not(_)
            | Condition::All(_)
            | Condition::Any(_) => {}
        }
    }

    fn pattern(&mut self, pattern: &Pattern, tense: Tense) {
        self.predicates.push((pattern.predicate, tense));
        for term in pattern.terms {
            self.term(term);
        }
        for class in pattern.classes.iter().flatten() {
            self.class(class);
        }
        for spot in spots(pattern) {
            self.places = true;
            self.term(spot_term(spot));
        }
    }

    fn term(&mut self, term: Term) {
        if let Term::Entity(entity) = term {
            self.entities.push(entity);
        }
    }

    fn class(&mut self, class: &Class) {
        match class {
            Class::Party(treaty, _) => self.treaties.push(*treaty),
            Class::Status(status) => self.predicates.push((*status, Tense::Present)),
            _ => {}
        }
    }

    /// The treaties mentioned, also those named as things.
    pub(super) fn treaties_in(&self, book: &Rulebook) -> Vec<TreatyId> {
        let named = self.entities.iter().filter_map(|id| book.treaty_of(*id));
        let mut found: Vec<TreatyId> = self.treaties.iter().copied().chain(named).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
