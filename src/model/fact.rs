//! Facts, scenarios and expectations, resolved.

use super::condition::Scope;
use super::ids::{EntityId, TreatyId};
use super::norm::Modality;
use super::sentence::Atom;
use crate::calendar::{Day, PartialDate};
use crate::source::{SourceId, Span};

/// Something that somebody stated.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What.
    pub atom: Atom,
    /// `does not`, `is not`: it is stated that it is not so on those days.
    pub negated: bool,
    /// First day (a month or year: uncertain).
    pub from: PartialDate,
    /// Last day. `None`: it goes on. Of a momentary act the last day does not matter: it has happened ever after.
    pub to: Option<PartialDate>,
    /// Who says so.
    pub asserted_by: Vec<EntityId>,
    /// Who says it is not so.
    pub denied_by: Vec<EntityId>,
    /// An open question: true if somebody denies it, or the file says so.
    pub contested: bool,
    /// The `id` in the file.
    pub label: Option<String>,
    /// Who reported it.
    pub source: Option<String>,
    /// Where stated.
    pub span: Span,
}

/// Which layers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum View {
    /// All.
    #[default]
    Full,
    /// Without secret layers until they became public.
    Public,
    /// What this actor knows: secret layers count until they became public only if they are known to it.
    Of(EntityId),
}

impl Fact {
    /// So from a day on, and nobody denies it.
    pub fn from_day(atom: Atom, day: Day) -> Self {
        Self {
            atom,
            negated: false,
            from: PartialDate::Day(day),
            to: None,
            asserted_by: Vec::new(),
            denied_by: Vec::new(),
            contested: false,
            label: None,
            source: None,
            span: Span {
                source: SourceId(0),
                start: 0,
                end: 0,
            },
        }
    }
}

/// A situation, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// The day asked for; `None`: the last day named.
    pub as_of: Option<Day>,
    /// The treaties that count; `None`: all.
    pub treaties: Option<Vec<TreatyId>>,
    /// Which layers count.
    pub view: View,
    /// Invented, not reported.
    pub hypothetical: bool,
    /// A remark.
    pub note: Option<String>,
    /// Its facts, without those of the rulebook's history.
    pub facts: Vec<Fact>,
    /// Open questions that it closes: sentence, true or false, on every day.
    pub assumptions: Vec<(Atom, bool)>,
    /// What is expected.
    pub expectations: Vec<Expectation>,
}

impl Scenario {
    /// Of which nothing is known but these facts.
    pub const fn of(facts: Vec<Fact>) -> Self {
        Self {
            title: String::new(),
            as_of: None,
            treaties: None,
            view: View::Full,
            hypothetical: false,
            note: None,
            facts,
            assumptions: Vec::new(),
            expectations: Vec::new(),
        }
    }
}

/// Who performs the duties.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Assume {
    /// Nobody.
    #[default]
    None,
    /// Everybody.
    All,
    /// These.
    Only(Vec<EntityId>),
}

/// A position as people say it: `dprk shall assist russia against ukraine under russia-dprk-2024 article 4`.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionQuery {
    /// What kind.
    pub modality: Modality,
    /// Who; `None`: anyone.
    pub bearer: Option<EntityId>,
    /// What; roles left out match anything.
    pub act: Atom,
    /// Under what.
    pub under: Option<Scope>,
    /// As written.
    pub text: String,
}

/// An expectation.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What.
    pub claim: Claim,
    /// The status on the day.
    pub status: Option<Status>,
    /// On which day; `None`: the day of the scenario.
    pub on: Option<Day>,
    /// Who performs; `None`: as the run says.
    pub assume: Option<Assume>,
    /// The verdict on the account of each.
    pub on_account_of: Vec<(EntityId, Verdict)>,
    /// Exactly these questions decide it, as printed.
    pub hinges_on: Option<Vec<String>>,
    /// Among the reasons, as printed.
    pub because: Vec<String>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Deadline.
    pub due: Option<Day>,
    /// What displaces it.
    pub displaced_by: Option<Scope>,
    /// Depth in the cascade.
    pub depth: Option<u32>,
    /// Where.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, Debug)]
pub enum Claim {
    /// This verdict on this position.
    Position(Verdict, PositionQuery),
    /// The treaty is in force.
    InForce(TreatyId),
    /// It is not, and these sentences are missing.
    NotInForce(TreatyId, Vec<String>),
    /// These two are in conflict.
    Conflict(PositionQuery, PositionQuery),
    /// These two are in none.
    NoConflict(PositionQuery, PositionQuery),
    /// The second limits the first.
    Limit(PositionQuery, PositionQuery),
}

/// Whether a position holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// On every reading.
    Owed,
    /// On some.
    OwedIf,
    /// On none.
    NotOwed,
}

/// What has become of a position (M5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Never held so far.
    NotYet,
    /// Holds.
    InForce,
    /// Performed.
    Fulfilled,
    /// Broken.
    Violated,
    /// The treaty is suspended.
    Suspended,
    /// Another position prevails.
    Displaced,
    /// Ended by its own terms, by release or by another's performance.
    Discharged,
    /// Its conditions have ceased.
    Lapsed,
}
