//! Clauses: norms, what brings them in, and what stands after them.

use super::{Condition, Date, Name, Noun, PeriodAt, Phrase, Sentence, Variable};
use crate::source::Span;

/// A clause with its label, or a narrowing.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// `(1)`: the text between the brackets.
    pub label: Option<Name>,
    /// What it says.
    pub body: ClauseBody,
    /// From its first word to its full stop.
    pub span: Span,
}

/// What a clause says.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseBody {
    /// `in article 1, A means germany.`
    Narrowing {
        /// The article.
        article: Name,
        /// The variable.
        variable: Variable,
        /// What it may stand for.
        means: Vec<Name>,
    },
    /// Conditions and norms.
    Norms {
        /// Before the first norm.
        prefaces: Vec<Preface>,
        /// At least one.
        norms: Vec<Norm>,
    },
}

/// A condition of a clause with the word that brings it in.
#[derive(Clone, Debug, PartialEq)]
pub enum Preface {
    /// `on the reading NAME,`
    Reading(Name),
    /// `when`, `if`, `while`, `unless`
    Condition(Connective, Condition),
}

/// The word that brings in a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connective {
    /// `when`: starts the position.
    When,
    /// `if`
    If,
    /// `while`: the same meaning as `if`; reads better of a state of affairs.
    While,
    /// `unless`: the negation.
    Unless,
}

/// One norm of a clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Norm {
    /// What it says.
    pub head: NormHead,
    /// After it.
    pub qualifiers: Vec<Qualifier>,
    /// Where.
    pub span: Span,
}

/// What a norm says.
#[derive(Clone, Debug, PartialEq)]
pub enum NormHead {
    /// `deem SENTENCE`
    Deem(Sentence),
    /// `each party Q shall assist P`
    Modal(Modal),
}

/// A sentence with shall, may or has power to.
#[derive(Clone, Debug, PartialEq)]
pub struct Modal {
    /// Who.
    pub subject: Subject,
    /// How.
    pub modality: Modality,
    /// `together` after the subject or after shall.
    pub together: bool,
    /// Base form.
    pub verb: Name,
    /// The rest; its `under` is the treaty clause of the position.
    pub phrase: Phrase,
    /// Where.
    pub span: Span,
}

/// The subject of a norm.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// An ordinary noun.
    Noun(Noun),
    /// `the parties`
    The(Name),
    /// `any one of the parties`
    AnyOneOf(Name),
    /// `no party [Q]`
    No {
        /// The class.
        class: Name,
        /// The variable, if any.
        variable: Option<Variable>,
    },
}

/// Duty, prohibition, permission or power, as words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modality {
    /// `shall`
    Shall,
    /// `shall not`
    ShallNot,
    /// `may`
    May,
    /// `may not`
    MayNot,
    /// `has power to`
    HasPower,
}

/// What stands after a norm.
#[derive(Clone, Debug, PartialEq)]
pub enum Qualifier {
    /// `with NAME`
    With(Name),
    /// `with 300000 men`
    WithAmount(Amount),
    /// `by means of its own choice`
    OwnChoice(Span),
    /// `immediately`
    Immediately(Span),
    /// A declared manner.
    Manner(Name),
    /// `within PERIOD`
    Within(PeriodAt),
    /// `by DATE`
    By(Date),
    /// `until CONDITION`
    Until(Condition),
    /// `before CONDITION`
    Before(Condition),
    /// `in accordance with its NAME`
    InAccordance(Name),
    /// `lapses on breach`
    LapsesOnBreach(Span),
    /// `also after this treaty has ended`
    Outlives(Span),
    /// `subject to REF`
    SubjectTo(Reference),
    /// `notwithstanding REF`
    Notwithstanding(Reference),
    /// `if ...`
    Condition(Connective, Condition),
}

/// A number of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// `at least` was written.
    pub at_least: bool,
    /// `exactly` was written.
    pub exactly: bool,
    /// How many.
    pub number: u64,
    /// Of what.
    pub unit: Name,
    /// Where.
    pub span: Span,
}

/// A reference to a treaty, article or clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What.
    pub target: Target,
    /// Where.
    pub span: Span,
}

/// What a reference refers to.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `this treaty`
    ThisTreaty,
    /// `every treaty`
    EveryTreaty,
    /// `[T] article L [(k)]`
    Article {
        /// `None`: this treaty.
        treaty: Option<Name>,
        /// The article.
        label: Name,
        /// The clause.
        clause: Option<Name>,
    },
    /// `(k)` of this article
    Clause(Name),
    /// A whole treaty.
    Treaty(Name),
}
