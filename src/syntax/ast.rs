//! The tree that the parser makes of a `.treaty` file: names as written, a span on every node, nothing resolved.
//!
//! It follows the grammar of `docs/language.md`, section 8, name by name.

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

/// A declaration at the top of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// `state`
    State(State),
    /// `organisation`
    Organisation {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
        /// When it existed.
        exists: Dates,
    },
    /// `organ ... of ...`
    Organ {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
        /// Whose organ it is.
        of: Name,
    },
    /// `group`
    Group {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
    },
    /// `place`
    Place(Place),
    /// `thing`
    Thing {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
    },
    /// `verb`
    Verb(Verb),
    /// `status`
    Status(Status),
    /// `means`
    Means {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
        /// `a kind of`
        kind_of: Option<Name>,
    },
    /// `manner`
    Manner {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
    },
    /// `possession`
    Possession {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
    },
    /// `define`
    Define(Define),
    /// `history` at the top of a file
    History(Vec<Fact>),
    /// `treaty`
    Treaty(Box<Treaty>),
}

/// `state NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// ISO 3166 or another code.
    pub code: Option<Name>,
    /// Correlates of War number.
    pub cow: Option<u32>,
    /// When it existed.
    pub exists: Dates,
    /// Predecessors, with the first day of succession.
    pub continues: Vec<(Name, Option<Date>)>,
    /// Places in which its territory lies.
    pub within: Vec<Name>,
}

/// `place NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `island`
    pub island: bool,
    /// `sea`
    pub sea: bool,
    /// `in NAME span`
    pub within: Vec<(Name, Dates)>,
    /// `at LATITUDE LONGITUDE`, degrees.
    pub at: Option<(f64, f64)>,
    /// `sovereign NAME span`
    pub sovereign: Vec<(Name, Dates)>,
    /// `administered by NAME span`
    pub administered: Vec<(Name, Dates)>,
    /// `claimed by NAME, accepted by NAMES span`
    pub claimed: Vec<Claim>,
}

/// `claimed by NAME [, accepted by NAMES] span`
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The claimant.
    pub by: Name,
    /// Those who share the claimant's view.
    pub accepted_by: Vec<Name>,
    /// When.
    pub dates: Dates,
}

/// `verb BASE, THIRD, PAST ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Verb {
    /// Base form.
    pub base: Name,
    /// Third person.
    pub third: Name,
    /// Past participle.
    pub past: Name,
    /// What it means.
    pub title: Option<Text>,
    /// `takes ROLES`; `None`: object (and in).
    pub roles: Option<Vec<Name>>,
    /// `takes sides`
    pub takes_sides: bool,
    /// `lasts`
    pub lasts: bool,
    /// `open`
    pub open: bool,
    /// `a kind of ...`
    pub kinds: Vec<KindOf>,
}

/// `status NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Its name.
    pub name: Name,
    /// What it means.
    pub title: Option<Text>,
    /// `takes ROLES`
    pub roles: Vec<Name>,
    /// `symmetric`
    pub symmetric: bool,
    /// `open`
    pub open: bool,
    /// `a kind of ...`
    pub kinds: Vec<KindOf>,
}

/// `a kind of NAME with ROLE as ROLE`
#[derive(Clone, Debug, PartialEq)]
pub struct KindOf {
    /// The broader verb or status.
    pub broader: Name,
    /// (own role, role of the broader one)
    pub renamed: Vec<(Name, Name)>,
}

/// `define SENTENCE when ... .`
#[derive(Clone, Debug, PartialEq)]
pub struct Define {
    /// What is so.
    pub head: Sentence,
    /// The conditions.
    pub conditions: Vec<Preface>,
    /// The whole declaration.
    pub span: Span,
}

/// One line of a `history`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// First day (or the day).
    pub from: Date,
    /// Last day where written.
    pub to: Option<Date>,
    /// `from D` was written: it goes on.
    pub lasting: bool,
    /// What is so.
    pub sentence: Sentence,
    /// The whole line.
    pub span: Span,
}

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
    /// `for PERIOD, renewed for PERIOD unless denounced PERIOD before`
    Term {
        /// The first term.
        period: PeriodAt,
        /// Each further term.
        renewal: Option<PeriodAt>,
        /// How long before the end of a term a denunciation must come.
        notice: Option<PeriodAt>,
    },
    /// `ends on D`: its first day out of force.
    EndsOn(Date),
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

/// A period with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodAt {
    /// The value.
    pub value: Period,
    /// Where.
    pub span: Span,
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

/// `reservation of NAME to article LABEL ...`
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
    /// `in accordance with its NAME`
    InAccordance(Name),
    /// `lapses on breach`
    LapsesOnBreach(Span),
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

/// A condition as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `and`: at least two
    All(Vec<Condition>),
    /// `or`: at least two
    Any(Vec<Condition>),
    /// A sentence.
    Sentence(Sentence),
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
