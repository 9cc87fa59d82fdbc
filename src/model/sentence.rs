//! Sentences: patterns with variables, and ground atoms.

use super::condition::Class;
use super::ids::{EntityId, PossessionId, PredicateId, VariableId};
use super::vocabulary::SLOTS;

/// An argument of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// This one.
    Entity(EntityId),
    /// Whoever the variable stands for.
    Variable(VariableId),
    /// `forces of P`
    Possession(PossessionId, VariableId),
    /// Anyone; also a role that the sentence leaves out.
    Any,
}

/// A number of something (`300000 men`); the unit is compared by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// `exactly`: no more either.
    pub exact: bool,
    /// How many.
    pub number: u64,
    /// Of what.
    pub unit: String,
}

impl Amount {
    /// Whether somebody who does it with that amount does it with enough.
    pub fn is_met_by(&self, stated: &Self) -> bool {
        let enough = if self.exact {
            stated.number == self.number
        } else {
            stated.number >= self.number
        };
        enough && stated.unit == self.unit
    }
}

/// A sentence with variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Verb, refusal or status.
    pub predicate: PredicateId,
    /// Subject and roles; unused slots are [`Term::Any`].
    pub terms: [Term; SLOTS],
    /// `any state` in a slot that is [`Term::Any`]: whom it may stand for.
    pub classes: [Option<Class>; SLOTS],
    /// `in ...`
    pub place: Option<PlaceTest>,
    /// `with at least 100000 men`: the fact must state at least as much of the same unit.
    pub amount: Option<Amount>,
}

impl Pattern {
    /// Whether both can speak of the same: no slot names two different things.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let mut slots = self.terms.iter().zip(&other.terms);
        slots.all(|pair| match pair {
            (Term::Entity(one), Term::Entity(two)) => one == two,
            _ => true,
        })
    }
}

/// `in A or B`, `outside A`
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceTest {
    /// `outside`
    pub outside: bool,
    /// One of these.
    pub spots: Vec<Spot>,
}

/// A place in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// A place, an area, or a state (its territory).
    In(Term),
    /// `territory of P`
    TerritoryOf(Term),
    /// `territory administered by P`
    AdministeredBy(Term),
}

/// A sentence without variables. `None`: the role was left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Atom {
    /// Verb, refusal or status.
    pub predicate: PredicateId,
    /// Subject and roles.
    pub arguments: [Option<EntityId>; SLOTS],
    /// Where: a place, an area or a state.
    pub place: Option<EntityId>,
    /// How much.
    pub amount: Option<Amount>,
}
