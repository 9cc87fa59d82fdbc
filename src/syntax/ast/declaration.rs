//! Declarations: actors, places, words, and facts of record.

use super::{Date, Dates, Name, Preface, Sentence, Text, Treaty};
use crate::source::Span;

/// A declaration at the top of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// `state`
    State(State),
    /// `organisation`
    Organisation(Organisation),
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
    /// `also "...", "..."`
    pub also: Vec<Text>,
    /// ISO 3166 or another code.
    pub code: Option<Name>,
    /// Correlates of War number.
    pub cow: Option<u32>,
    /// When it existed: spells in the order of time.
    pub exists: Vec<Dates>,
    /// Predecessors, with the first day of succession.
    pub continues: Vec<(Name, Option<Date>)>,
    /// Places in which its territory lies.
    pub within: Vec<Name>,
}

/// `organisation NAME ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `also "...", "..."`
    pub also: Vec<Text>,
    /// When it existed: spells in the order of time.
    pub exists: Vec<Dates>,
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
