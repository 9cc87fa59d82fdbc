//! Conditions of norms: the literals of the small rule language.

use super::ids::{DisputeId, LayerId, PredicateId, TreatyId, VariableId};
use super::norm::Modality;
use super::sentence::{Pattern, Term};
use crate::calendar::Period;

/// A condition. Variables that no earlier condition bound range over everyone for whom it holds; inside `Not` and `Count`
/// they stay inside.
///
/// INVARIANT: a variable that stays inside has an id of its own, which stands nowhere else in the norm. Every other variable
/// belongs to the norm, even where a negation that names it comes before the condition that binds it.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A sentence; with `Perfect` from the first day of the fact on.
    Sentence {
        /// What is said.
        pattern: Pattern,
        /// Present or perfect.
        tense: Tense,
    },
    /// `A is a state`. A class does not bind a variable, except `Party`.
    Is(Term, Class),
    /// `A is germany`
    Same(Term, Term),
    /// `T is in-force [for P]`
    InForce {
        /// The treaty.
        treaty: Term,
        /// For whom; `Any`: at all.
        party: Term,
    },
    /// `P may use-force against A under un-charter article 51`, `P owes a duty under ...`: holds by M4 (suspension and
    /// displacement do not matter).
    Position {
        /// Which modality.
        modality: Modality,
        /// Who.
        bearer: Term,
        /// Under what.
        under: Scope,
        /// To do what; `None`: anything. Its slot 0 is the bearer.
        act: Option<Pattern>,
        /// Somebody named by the act (in any slot but 0), or anyone.
        towards: Term,
    },
    /// `A breaches article 1 against P`: violated by M7.
    Breach {
        /// Who.
        bearer: Term,
        /// What.
        under: Scope,
        /// Somebody named by the act (in any slot but 0), or anyone.
        against: Term,
        /// `has breached`: ever before.
        perfect: bool,
    },
    /// `R considers that ...`: it holds, or would hold if every fact that R asserts were true and every fact that R denies
    /// were false.
    Considers {
        /// Who.
        who: Term,
        /// What.
        what: Box<Condition>,
    },
    /// `at least 2 great-power A attack P`
    Count {
        /// How compared.
        comparison: Comparison,
        /// With what.
        threshold: Threshold,
        /// Who is counted.
        counted: VariableId,
        /// The class counted; for a fraction, what it is a fraction of.
        class: Class,
        /// `other than`: whoever fits one of these is not counted.
        except: Vec<Condition>,
        /// What they do.
        body: Box<Condition>,
    },
    /// `on the reading NAME`: by its number in the dispute.
    Reading(DisputeId, u8),
    /// The layer is part of the view (always so in the full view).
    Layer(LayerId),
    /// Negation.
    Not(Box<Condition>),
    /// Conjunction; empty: true.
    All(Vec<Condition>),
    /// Disjunction; empty: false.
    Any(Vec<Condition>),
}

impl Condition {
    /// Whether it only keeps variables apart: `Q is not P`, `A is a state`.
    pub fn is_housekeeping(&self) -> bool {
        match self {
            Self::Same(..) | Self::Is(..) | Self::Layer(_) => true,
            Self::Not(inner) => inner.is_housekeeping(),
            Self::Any(parts) | Self::All(parts) => parts.iter().all(Self::is_housekeeping),
            _ => false,
        }
    }
}

/// Present or perfect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// On the days of the fact.
    Present,
    /// From the first day of the fact on, or for so long from each first day.
    Perfect(Option<Period>),
}

/// A class of things.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// State, organisation, organ or group.
    Actor,
    /// A state.
    State,
    /// An organisation.
    Organisation,
    /// An organ.
    Organ,
    /// A group.
    Group,
    /// A place or area.
    Place,
    /// A thing.
    Thing,
    /// A treaty.
    Treaty,
    /// A party to a treaty (bound on that day), in a role if one is named.
    Party(TreatyId, Option<String>),
    /// Whoever has a status without roles.
    Status(PredicateId),
}

impl Class {
    /// The word of the language for it, as far as no name belongs to it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::Organ => "organ",
            Self::Group => "group",
            Self::Place => "place",
            Self::Thing => "thing",
            Self::Treaty => "treaty",
            Self::Party(..) => "party",
            Self::Status(_) => "status",
        }
    }
}

/// How a count is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `fewer than`
    FewerThan,
    /// `more than`
    MoreThan,
}

/// With what a count is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// A number.
    Number(u32),
    /// `numerator / denominator` of the members of the class on the day (`all parties`: 1/1). With no member, it fails.
    Fraction(u32, u32),
}

/// Which norms a reference means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// `None`: every treaty.
    pub treaty: Option<TreatyId>,
    /// An article, by index in the treaty.
    pub article: Option<u16>,
    /// A clause label.
    pub clause: Option<String>,
}
