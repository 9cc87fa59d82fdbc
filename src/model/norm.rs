//! A norm: one sentence of a clause, as a rule `head <- conditions`.

use super::condition::{Class, Condition, Scope};
use super::ids::{EntityId, LayerId, TreatyId};
use super::sentence::{Amount, Pattern, Term};
use crate::calendar::{Day, Days, Period};
use crate::source::Span;

/// One norm.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Of which treaty; `None`: a general definition (`define`).
    pub treaty: Option<TreatyId>,
    /// The article, by index in the treaty.
    pub article: u16,
    /// The label of the clause.
    pub clause: Option<String>,
    /// Names of the variables; invented ones begin with `_`.
    pub variables: Vec<String>,
    /// It has a `when`: see M4.
    pub triggered: bool,
    /// How many of the conditions stand behind `when`: acts of a moment among them start nothing if done before the treaty (C26).
    pub when: usize,
    /// All must hold together, in this order; what stands behind `when` comes first.
    pub conditions: Vec<Condition>,
    /// Which of the conditions are there for whose reservation: the bearer is somebody else, or the article binds it still.
    pub reserved: Vec<(usize, EntityId)>,
    /// Those who must be bound by the treaty (in that role) for it to apply: the bearer, and whom the clause calls a party.
    /// A variable here that no condition binds ranges over the parties.
    pub parties: Vec<(Term, Option<String>)>,
    /// What follows.
    pub head: Head,
    /// When the article is part of the treaty.
    pub dates: Days,
    /// The secret layer in which it stands.
    pub layer: Option<LayerId>,
    /// The clause.
    pub span: Span,
}

/// What follows from a norm.
#[derive(Clone, Debug, PartialEq)]
pub enum Head {
    /// `deem ...`, `define ...`: a sentence is true (within the treaty, or everywhere).
    Deem(Pattern),
    /// A position.
    Position(Box<PositionHead>),
}

/// What kind of position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// `shall`
    Duty,
    /// `shall not`, `may not`
    Prohibition,
    /// `may`
    Permission,
    /// `has power to`
    Power,
}

/// Who bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// One position for each bearer.
    Each,
    /// One joint position; slot 0 of the act is [`Term::Any`], the bearers are the members of `group`.
    Together,
    /// As `Together`, but the first performer discharges it.
    AnyOne,
}

/// A position as a norm grants it.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "a qualifier each")]
pub struct PositionHead {
    /// What kind.
    pub modality: Modality,
    /// Who bears it.
    pub mode: Mode,
    /// For joint positions, whose.
    pub group: Option<Class>,
    /// What; slot 0 is the bearer. A variable that nothing binds (standing norms only) is bound by the acts that engage the norm.
    pub act: Pattern,
    /// `with all-means`: by index in the means.
    pub means: Vec<usize>,
    /// `with 300000 men`
    pub amount: Option<Amount>,
    /// `by means of its own choice`
    pub own_choice: bool,
    /// `immediately`
    pub immediately: bool,
    /// Declared manners, by index.
    pub manners: Vec<usize>,
    /// `in accordance with its ...`
    pub in_accordance: Vec<String>,
    /// A deadline.
    pub deadline: Option<Deadline>,
    /// Discharged once it has come true after the position arose.
    pub until: Option<Condition>,
    /// Violated if it comes true before the act is done.
    pub before: Option<Condition>,
    /// Applies also after the treaty has ended, to those whom it bound.
    pub outlives: bool,
    /// A violation ends the position.
    pub lapses_on_breach: bool,
    /// What this prevails over (`notwithstanding`).
    pub prevails_over: Vec<Scope>,
    /// What prevails over this (`subject to`).
    pub subject_to: Vec<Scope>,
}

impl PositionHead {
    /// Whether a condition about positions of this modality, and about this act if it names one, can mean this one.
    pub fn may_be_meant(&self, modality: Modality, act: Option<&Pattern>) -> bool {
        let fits =
            |act: &Pattern| act.predicate == self.act.predicate && act.agrees_with(&self.act);
        self.modality == modality && act.is_none_or(fits)
    }
}

/// A deadline; the last day counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// So long after the day on which the position arose.
    Within(Period),
    /// That day.
    By(Day),
}
