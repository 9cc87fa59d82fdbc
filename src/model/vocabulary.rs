//! Verbs and statuses: what can be said of somebody, and which saying implies which.

use super::ids::PredicateId;
use crate::source::Span;

/// The most arguments a sentence can have: the subject and three roles.
pub const SLOTS: usize = 4;

/// A verb, the refusal of a verb, or a status.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent words of a declaration"
)]
pub struct Predicate {
    /// What it is.
    pub kind: PredicateKind,
    /// What it means.
    pub title: Option<String>,
    /// The roles of slots 1, 2, ...: `object` or a preposition. Slot 0 is the subject. The place is apart.
    pub roles: Vec<String>,
    /// An act that goes on (statuses do).
    pub lasts: bool,
    /// Unknown, not false, if nobody stated it.
    pub open: bool,
    /// Subject and slot 1 may be swapped.
    pub symmetric: bool,
    /// Helps its object against its `against`.
    pub takes_sides: bool,
    /// What it is a kind of.
    pub broader: Vec<Broader>,
    /// Where declared.
    pub span: Span,
}

/// Verb, refusal or status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PredicateKind {
    /// A verb with its forms.
    Verb {
        /// `attack`
        base: String,
        /// `attacks`
        third: String,
        /// `attacked`
        past: String,
        /// The predicate `refuses to attack`.
        refusal: PredicateId,
    },
    /// `refuses to attack`
    Refusal {
        /// The verb.
        of: PredicateId,
    },
    /// A status.
    Status {
        /// `at-war`
        name: String,
    },
}

/// Whoever does this does also `predicate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broader {
    /// The broader one.
    pub predicate: PredicateId,
    /// For each slot of the broader one, the own slot that fills it.
    pub slots: [Option<u8>; SLOTS],
}

/// A means or manner.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its name.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// For means: what it is a kind of, by index.
    pub kind_of: Option<usize>,
    /// Where declared.
    pub span: Span,
}
