//! The tree that the parser makes of a `.treaty` file: names as written, a span on every node, nothing resolved.
//!
//! It follows the grammar of `docs/language.md`, section 8, name by name.

mod clause;
mod condition;
mod declaration;
mod treaty;

pub use clause::{
    Amount, Clause, ClauseBody, Connective, Modal, Modality, Norm, NormHead, Preface, Qualifier,
    Reference, Subject, Target,
};
pub use condition::{
    ClassNoun, Comparison, Condition, Determiner, Noun, Phrase, Predicate, Sentence, Spot, Tense,
    Threshold, Where,
};
pub use declaration::{
    Claim, Define, Fact, Item, KindOf, Organisation, Place, State, Status, Verb,
};
pub use treaty::{
    Area, AreaBase, AreaLine, Article, Attribute, Content, Dispute, FirstTerm, Holder, Part,
    Protocol, Reading, Reservation, Term, Treaty,
};

use crate::calendar::{PartialDate, Period};
use crate::source::Span;

/// A name, verb form, class or label as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A quoted text without its quotes.
pub type Text = Name;

/// A variable.
pub type Variable = Name;

/// A day or an uncertain day (month, year) as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Date {
    /// The value.
    pub value: PartialDate,
    /// Where.
    pub span: Span,
}

/// `[from D] [until D]`, both ends included.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Dates {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct File {
    /// In the order written.
    pub items: Vec<Item>,
}

/// A period with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodAt {
    /// The value.
    pub value: Period,
    /// Where.
    pub span: Span,
}
