//! Conditions, sentences and nouns.

use super::{Amount, Modal, Name, PeriodAt, Reference, Variable};
use crate::source::Span;

/// A condition as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `and`: at least two
    All(Vec<Condition>),
    /// `or`: at least two
    Any(Vec<Condition>),
    /// A sentence.
    Sentence(Sentence),
    /// `the reading NAME is right`
    Reading(Name, Span),
    /// `P may use-force ... under REF`
    Position(Modal),
    /// `P owes a duty under REF towards X`
    Owes {
        /// Who.
        who: Noun,
        /// duty, permission, prohibition or power
        what: Name,
        /// Under what.
        under: Reference,
        /// To whom.
        towards: Option<Noun>,
        /// Where.
        span: Span,
    },
    /// `A breaches REF against P`
    Breach {
        /// Who.
        who: Noun,
        /// `has breached`
        perfect: bool,
        /// What.
        what: Reference,
        /// Whose loss.
        against: Option<Noun>,
        /// Where.
        span: Span,
    },
    /// `R considers that ...`
    Considers {
        /// Who.
        who: Noun,
        /// What.
        what: Box<Condition>,
        /// Where.
        span: Span,
    },
    /// `at least 2 ...`
    Count {
        /// How compared.
        comparison: Comparison,
        /// With what.
        threshold: Threshold,
        /// What is counted: a noun with its class and variable.
        of: Noun,
        /// What they do.
        predicate: Predicate,
        /// Where.
        span: Span,
    },
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
    /// `all`
    All,
}

/// With what a count is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// A number.
    Number(u32),
    /// A fraction of the class; also for `all` (1/1).
    Fraction(u32, u32),
}

/// Subject and predicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Who or what.
    pub subject: Noun,
    /// Does or is what.
    pub predicate: Predicate,
    /// Where.
    pub span: Span,
}

/// What is said of a subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// A verb: `attacks P`
    Verb {
        /// present, perfect or refusal
        tense: Tense,
        /// `does not`, `has not`
        negated: bool,
        /// The form as written.
        verb: Name,
        /// The rest.
        phrase: Phrase,
        /// `within 90 days` after a perfect.
        within: Option<PeriodAt>,
    },
    /// `is [not] a party of T`
    IsA {
        /// `is not`
        negated: bool,
        /// The class.
        class: Name,
        /// Of which treaty.
        of: Option<Name>,
    },
    /// `is [not] at-war with A`, `is germany`, `is P`
    Is {
        /// `is not`
        negated: bool,
        /// A status, a name or a variable.
        complement: Name,
        /// The rest.
        phrase: Phrase,
    },
}

/// The tense of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// `attacks`, `attack`, `does not attack`
    Present,
    /// `has attacked`
    Perfect,
    /// `refuses to attack`
    Refusal,
}

/// What stands after a verb or status.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Phrase {
    /// The object.
    pub object: Option<Noun>,
    /// Preposition and noun.
    pub roles: Vec<(Name, Noun)>,
    /// `in ...`, `outside ...`
    pub place: Option<Where>,
    /// `under REF`
    pub under: Option<Box<Reference>>,
}

/// `in A or B`, `outside A`
#[derive(Clone, Debug, PartialEq)]
pub struct Where {
    /// `outside`
    pub outside: bool,
    /// One of these.
    pub spots: Vec<Spot>,
    /// Where written.
    pub span: Span,
}

/// A place in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    /// `territory of P`
    TerritoryOf(Noun),
    /// `territory administered by P`
    AdministeredBy(Noun),
    /// A place, an area, a state or a variable.
    Named(Noun),
}

/// A noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum Noun {
    /// `russia`
    Name(Name),
    /// `P`
    Variable(Variable),
    /// `this treaty`
    ThisTreaty(Span),
    /// `a party P of T other than X`
    Class(Box<ClassNoun>),
    /// `forces of P`
    Possession {
        /// The declared word.
        word: Name,
        /// Whose.
        owner: Box<Noun>,
        /// Where.
        span: Span,
    },
    /// `a or b`, `a and b`
    List {
        /// `and` (true) or `or`
        and: bool,
        /// At least two.
        nouns: Vec<Noun>,
    },
    /// `100000 men`
    Amount(Amount),
}

/// A class with what limits it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassNoun {
    /// The determiner.
    pub determiner: Determiner,
    /// The class as written (singular; a plural's `s` is cut only when names are resolved).
    pub class: Name,
    /// The variable.
    pub variable: Option<Variable>,
    /// `of T`
    pub of: Option<Name>,
    /// `other than ...`
    pub other_than: Vec<Noun>,
    /// Where.
    pub span: Span,
}

/// The word before a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Determiner {
    /// `a`, `an`, `any`; also after a number in a count
    A,
    /// `each`, `every`
    Each,
    /// `each other`, `any other`
    EachOther,
    /// `another`
    Another,
    /// `the` (plural)
    The,
}
