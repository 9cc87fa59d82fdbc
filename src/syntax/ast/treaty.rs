//! Treaties: the head, and the parts of the body down to the article.

use super::{Clause, Condition, Date, Dates, Fact, Name, PeriodAt, Preface, Text};
use crate::source::Span;

/// `treaty NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Treaty {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The head.
    pub attributes: Vec<Attribute>,
    /// Articles and the rest.
    pub parts: Vec<Part>,
    /// The whole declaration.
    pub span: Span,
}

/// One line in the head of a treaty.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// `also "...", "..."`
    Also(Vec<Text>),
    /// `cite "..."`
    Cite(Text),
    /// `source "..."`
    Source(Text),
    /// `note "..."`
    Note(Text),
    /// `binding NAME`
    Binding(Name),
    /// `parties a, b as ROLE`: one per group.
    Parties {
        /// Who.
        names: Vec<Name>,
        /// As what.
        role: Option<Name>,
    },
    /// `parties of T`
    PartiesOf(Name),
    /// `party NAME as ROLE span`
    Party {
        /// Who.
        name: Name,
        /// As what.
        role: Option<Name>,
        /// When.
        dates: Dates,
    },
    /// `open to every state`
    OpenToEveryState(Span),
    /// `signed D`
    Signed(Date),
    /// `provisionally applied from D`
    Provisional(Date),
    /// `in force span`
    InForce(Dates, Span),
    /// `enters into force on D`
    EntersOn(Date),
    /// `enters into force when CONDITION`
    EntersWhen(Condition),
    /// `for PERIOD ...`, `runs until D ...`
    Term(Term),
    /// `ends on D`: its first day out of force.
    EndsOn(Date),
    /// `ends when CONDITION`, `ends PERIOD after CONDITION`
    EndsWhen(Option<PeriodAt>, Condition),
    /// `ends PERIOD after denunciation`; `None`: on denunciation.
    EndsAfterDenunciation(Option<PeriodAt>, Span),
    /// `a party leaves PERIOD after withdrawal`; `None`: on withdrawal.
    LeavesAfterWithdrawal(Option<PeriodAt>, Span),
    /// `replaces T`
    Replaces(Vec<Name>),
    /// `while T in force`
    While(Name),
    /// `prevails over T`
    PrevailsOver(Vec<Name>),
    /// `prevails over every treaty`
    PrevailsOverAll(Span),
    /// `subject to T`
    SubjectTo(Vec<Name>),
    /// `peremptory`
    Peremptory(Span),
    /// `retroactive`
    Retroactive(Span),
    /// `rounds up` (true) or `rounds down`
    Rounds(bool, Span),
    /// `secret until D known to NAMES`
    Secret {
        /// First day on which it is public.
        until: Option<Date>,
        /// Who knew.
        known_to: Vec<Name>,
        /// Where.
        span: Span,
    },
}

/// `for PERIOD, renewed for PERIOD unless denounced PERIOD before, prolonged while CONDITION`
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The first term.
    pub first: FirstTerm,
    /// `renewed for PERIOD`: each further term.
    pub renewal: Option<PeriodAt>,
    /// `unless denounced PERIOD before`: how long before the end of a term a denunciation must come.
    pub notice: Option<PeriodAt>,
    /// `then until PERIOD after denunciation`
    pub then: Option<PeriodAt>,
    /// `prolonged while CONDITION`
    pub prolonged: Option<Condition>,
    /// From the word with which it begins.
    pub span: Span,
}

/// How long the first term runs.
#[derive(Clone, Debug, PartialEq)]
pub enum FirstTerm {
    /// `for PERIOD`
    For(PeriodAt),
    /// `runs until D`
    Until(Date),
}

/// A part of a treaty's body.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// `history`
    History(Vec<Fact>),
    /// `area`
    Area(Area),
    /// `dispute`
    Dispute(Dispute),
    /// `article`
    Article(Article),
    /// `reservation`
    Reservation(Reservation),
    /// `secret protocol ... end`
    Protocol(Protocol),
}

/// `area NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its name.
    pub name: Name,
    /// Its lines.
    pub lines: Vec<AreaLine>,
}

/// One line of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaLine {
    /// `except`
    pub except: bool,
    /// What it covers.
    pub base: AreaBase,
    /// `in A or B`: must lie in one of these (each `in` is a further demand).
    pub within: Vec<Vec<Name>>,
    /// `north of DEGREES`
    pub north_of: Option<f64>,
    /// `south of DEGREES`
    pub south_of: Option<f64>,
    /// When.
    pub dates: Dates,
    /// Where written.
    pub span: Span,
}

/// What a line of an area covers.
#[derive(Clone, Debug, PartialEq)]
pub enum AreaBase {
    /// `territory of a CLASS` or of a named actor
    Territory(Holder),
    /// `islands of ...`
    Islands(Holder),
    /// `territory administered by ...`
    Administered(Holder),
    /// `polygon (lat lon) ...`, degrees, rhumb lines between.
    Polygon(Vec<(f64, f64)>),
    /// A place or another area.
    Named(Name),
}

/// Whose territory.
#[derive(Clone, Debug, PartialEq)]
pub enum Holder {
    /// `a party`
    Class(Name),
    /// `turkey`
    Named(Name),
}

/// `dispute NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// Its name.
    pub name: Name,
    /// The question.
    pub title: Option<Text>,
    /// At least two.
    pub readings: Vec<Reading>,
}

/// `reading NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its name.
    pub name: Name,
    /// What it says.
    pub title: Option<Text>,
    /// Who holds it.
    pub held_by: Vec<Name>,
}

/// `reservation of NAME to article LABEL[, which binds it ...]`
#[derive(Clone, Debug, PartialEq)]
pub struct Reservation {
    /// Whose.
    pub of: Name,
    /// To which article.
    pub article: Name,
    /// None: the article does not bind that party. Else: only under these conditions.
    pub conditions: Vec<Preface>,
    /// The whole.
    pub span: Span,
}

/// `secret protocol ... end`
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// Its title.
    pub title: Option<Text>,
    /// Who knew.
    pub known_to: Vec<Name>,
    /// First day on which it is public.
    pub until: Option<Date>,
    /// What stands in it.
    pub parts: Vec<Part>,
    /// The whole.
    pub span: Span,
}

/// `article LABEL ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Its label.
    pub label: Name,
    /// Its title.
    pub title: Option<Text>,
    /// When it is part of the treaty.
    pub dates: Dates,
    /// What it says.
    pub content: Content,
    /// The whole.
    pub span: Span,
}

/// What an article says.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `creates no position.`
    NoPosition,
    /// `not encoded "why".`
    NotEncoded(Option<Text>),
    /// Clauses and narrowings.
    Clauses(Vec<Clause>),
}
