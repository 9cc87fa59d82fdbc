//! A treaty: its head, its parties over time, its articles.

use super::condition::Condition;
use super::ids::{DisputeId, EntityId, LayerId, TreatyId};
use crate::calendar::{Day, Days, PartialDate, Period, Rounding};
use crate::source::Span;

/// A treaty or another bond.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "a line of the head each")]
pub struct Treaty {
    /// The treaty as a thing one can speak of.
    pub entity: EntityId,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Where and when made.
    pub cite: Option<String>,
    /// Where it can be read.
    pub sources: Vec<String>,
    /// Remarks.
    pub notes: Vec<String>,
    /// `treaty`, `political`, `unpublished`, `unilateral`, `customary` or `decision`.
    pub binding: String,
    /// Day of signature.
    pub signed: Option<PartialDate>,
    /// The parties listed.
    pub parties: Vec<Party>,
    /// Whoever is a party to that treaty.
    pub parties_of: Option<TreatyId>,
    /// Binds every state while it exists.
    pub open_to_every_state: bool,
    /// When it enters into force.
    pub entry: Entry,
    /// Provisionally in force from this day.
    pub provisional: Option<Day>,
    /// A term and what follows it.
    pub term: Option<Term>,
    /// `prolonged while ...`: the end of the term waits as long as this holds.
    pub prolonged: Option<Condition>,
    /// First day out of force by its own words.
    pub ends_on: Option<Day>,
    /// `ends when ...`, `ends ... after ...`: each ends it.
    pub endings: Vec<Ending>,
    /// `ends ... after denunciation`: how long after. `None`: a denunciation has no effect on the whole.
    pub ends_after_denunciation: Option<Period>,
    /// `a party leaves ... after withdrawal` (or denunciation).
    pub leaves_after_withdrawal: Option<Period>,
    /// Treaties that end when this enters into force.
    pub replaces: Vec<TreatyId>,
    /// Valid only while that one is.
    pub while_in_force: Option<TreatyId>,
    /// Its norms prevail over those of these treaties.
    pub prevails_over: Vec<TreatyId>,
    /// `prevails over every treaty`
    pub prevails_over_all: bool,
    /// Prevails whatever clauses and treaties say.
    pub peremptory: bool,
    /// The norms of these prevail over its own.
    pub subject_to: Vec<TreatyId>,
    /// Applies to what ended before its entry into force.
    pub retroactive: bool,
    /// How months are rounded.
    pub rounding: Option<Rounding>,
    /// The whole treaty is a secret layer.
    pub layer: Option<LayerId>,
    /// Its articles.
    pub articles: Vec<Article>,
    /// Its disputes.
    pub disputes: Vec<DisputeId>,
    /// Where declared.
    pub span: Span,
}

/// One entry of the list of parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Who.
    pub actor: EntityId,
    /// As what.
    pub role: Option<String>,
    /// When (within the life of the treaty). Left out: all its life.
    pub dates: Days,
}

/// When a treaty enters into force.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Stated outright.
    Stated(Days),
    /// When the condition has come true.
    When(Condition),
    /// The head does not say: never, unless provisionally.
    Never,
}

/// A condition that ends a treaty.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// What must come true.
    pub condition: Condition,
    /// How long after that it ends. Zero: on the day.
    pub after: Period,
}

/// `for 5 years, renewed for 5 years unless denounced 1 year before`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first term.
    pub first: FirstTerm,
    /// What follows it.
    pub then: AfterTerm,
}

/// How long the first term runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstTerm {
    /// So long from entry into force.
    For(Period),
    /// To this day, which is its last.
    Until(Day),
}

/// What becomes of a treaty at the end of its first term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterTerm {
    /// It ends.
    Ends,
    /// It is renewed.
    Renewed {
        /// For so long, again and again.
        period: Period,
        /// The last day for a denunciation is so long before the end of a term. Zero: before its end.
        notice: Period,
    },
    /// It goes on until so long after a denunciation, which may be given earlier but ends no first term.
    UntilDenounced(Period),
}

impl Treaty {
    /// The conditions on which its life depends.
    pub fn life_conditions(&self) -> impl Iterator<Item = &Condition> {
        let entry = match &self.entry {
            Entry::When(condition) => Some(condition),
            _ => None,
        };
        let endings = self.endings.iter().map(|ending| &ending.condition);
        entry.into_iter().chain(endings).chain(&self.prolonged)
    }
}

/// One article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: Option<String>,
    /// What became of it.
    pub state: ArticleState,
    /// Where.
    pub span: Span,
}

/// Whether an article is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleState {
    /// It has norms.
    Encoded,
    /// It creates no position.
    NoPosition,
    /// It ought to be encoded and is not.
    NotEncoded(Option<String>),
}

/// A dispute of law: exactly one reading is right.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// Of which treaty.
    pub treaty: TreatyId,
    /// Its name.
    pub name: String,
    /// The question.
    pub title: Option<String>,
    /// At least two.
    pub readings: Vec<Reading>,
    /// Where.
    pub span: Span,
}

/// One reading of a dispute.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// What it says.
    pub title: Option<String>,
    /// Who holds it.
    pub held_by: Vec<EntityId>,
}

/// A secret layer: in the public view it is there only from the day named.
#[derive(Clone, Debug)]
pub struct Layer {
    /// First day on which it is public; `None`: never.
    pub until: Option<Day>,
    /// Who knew.
    pub known_to: Vec<EntityId>,
}
