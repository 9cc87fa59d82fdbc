//! The right answer to a question about obligations, as the engine derives it.

use super::load::Pack;
use super::outline::Obligations;
use super::world::{Viewer, World};
use crate::calendar::Day;
use crate::engine::{Engine, Options, Outcome};
use crate::model::fact::{PositionQuery, Scenario, Status, Verdict};
use crate::model::ids::{EntityId, NormId, PredicateId};
use crate::model::norm::{Head, Modality};
use crate::model::vocabulary::SLOTS;
use crate::report::row::{Row, rows};
use crate::wording;

/// One position of the key: who owes what to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyItem {
    /// The norm from which it flows.
    pub norm: NormId,
    /// What kind.
    pub modality: Modality,
    /// The verb.
    pub predicate: PredicateId,
    /// The act; slot 0 is the bearer.
    pub arguments: [Option<EntityId>; SLOTS],
    /// The whole sentence.
    pub sentence: String,
    /// Treaty and article.
    pub citation: String,
    /// The deadline.
    pub due: Option<Day>,
    /// First day.
    pub since: Option<Day>,
    /// How it stands.
    pub standing: Standing,
    /// The verdict on each account that matters, if they differ.
    pub accounts: Vec<(String, Verdict)>,
}

/// How a position stands, as a team is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// On every account, and neither performed nor broken.
    Owed,
    /// Only if something open is so.
    OwedIf,
    /// Performed.
    Fulfilled,
    /// Broken.
    Violated,
    /// The treaty is suspended.
    Suspended,
    /// Another position prevails: it is neither asked nor offered, and only told.
    Displaced,
}

impl Standing {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Owed,
        Self::OwedIf,
        Self::Fulfilled,
        Self::Violated,
        Self::Suspended,
    ];

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owed => "owed",
            Self::OwedIf => "owed-if",
            Self::Fulfilled => "fulfilled",
            Self::Violated => "violated",
            Self::Suspended => "suspended",
            Self::Displaced => "displaced",
        }
    }

    /// The same of a position of this kind: what somebody may do is permitted, not owed.
    pub fn word_of(self, kind: Modality) -> &'static str {
        match (self, kind) {
            (Self::Owed, Modality::Permission | Modality::Power) => "permitted",
            (Self::OwedIf, Modality::Permission | Modality::Power) => "permitted-if",
            (Self::Fulfilled, Modality::Permission | Modality::Power) => "exercised",
            _ => self.word(),
        }
    }

    /// How a position of this kind stands, in words.
    pub fn told(self, kind: Modality) -> &'static str {
        match (self, kind) {
            (Self::Owed, Modality::Permission | Modality::Power) => "permitted on every account",
            (Self::Owed, _) => "owed on every account",
            (Self::OwedIf, Modality::Permission | Modality::Power) => {
                "permitted only if something open is so"
            }
            (Self::OwedIf, _) => "owed only if something open is so",
            (Self::Fulfilled, Modality::Permission | Modality::Power) => "exercised",
            (Self::Fulfilled, _) => "fulfilled",
            (Self::Violated, _) => "violated",
            (Self::Suspended, _) => "suspended",
            (Self::Displaced, _) => "displaced: another clause prevails",
        }
    }

    /// The one with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        let of = |standing: &Self| {
            let kinds = [Modality::Duty, Modality::Permission];
            kinds.iter().any(|kind| standing.word_of(*kind) == word)
        };
        Self::ALL.into_iter().find(of)
    }

    /// How a position stands that has this verdict and of which this has become.
    pub fn of(status: Status, verdict: Verdict) -> Self {
        match (status, verdict) {
            (Status::Fulfilled, _) => Self::Fulfilled,
            (Status::Violated, _) => Self::Violated,
            (Status::Suspended, _) => Self::Suspended,
            (Status::Displaced, _) => Self::Displaced,
            (_, Verdict::Owed) => Self::Owed,
            _ => Self::OwedIf,
        }
    }
}

/// What a viewer can derive about the obligations asked for; `party` narrows it to the duties of one. What is displaced binds
/// nobody, and is no part of it.
pub fn key(
    pack: &Pack,
    world: &World,
    viewer: Viewer,
    asked: &Obligations,
    party: Option<EntityId>,
) -> Vec<KeyItem> {
    let mut items = with_displaced(pack, world, viewer, asked, party);
    items.retain(|item| item.standing != Standing::Displaced);
    items
}

/// The same, with what is displaced.
pub(super) fn with_displaced(
    pack: &Pack,
    world: &World,
    viewer: Viewer,
    asked: &Obligations,
    party: Option<EntityId>,
) -> Vec<KeyItem> {
    let Some(scenario) = world.scenario(pack, viewer) else {
        return Vec::new();
    };
    let engine = pack.engine();
    let mut outcome = engine.evaluate(&scenario, &Options::default());
    let rows = rows(&mut outcome, None, false);
    let wanted = rows
        .iter()
        .filter(|row| asked.kinds.contains(&row.modality) && row.verdict != Verdict::NotOwed);
    let mut items: Vec<KeyItem> = wanted.flat_map(|row| items(&outcome, row)).collect();
    if asked.own {
        items.retain(|item| party.is_some() && item.arguments[0] == party);
    }
    items
}

/// One item for each bearer of a row.
fn items(outcome: &Outcome, row: &Row) -> Vec<KeyItem> {
    let position = outcome.position(row.id);
    let norm = outcome.rulebook.norm(position.norm);
    let Head::Position(head) = &norm.head else {
        return Vec::new();
    };
    let bearers = outcome.bearers(row.id, outcome.as_of);
    let item = |bearer: EntityId| {
        let mut arguments = position.arguments;
        arguments[0] = Some(bearer);
        KeyItem {
            norm: position.norm,
            modality: head.modality,
            predicate: head.act.predicate,
            arguments,
            sentence: wording::position(outcome.rulebook, norm, &arguments, &position.binding),
            citation: row.citation(),
            due: row.due,
            since: row.from,
            standing: Standing::of(row.status, row.verdict),
            accounts: row.accounts.clone(),
        }
    };
    bearers.into_iter().map(item).collect()
}

/// Whether a position holds in a scenario.
pub(crate) fn verdict_of(engine: &Engine, scenario: &Scenario, query: &PositionQuery) -> Verdict {
    let options = Options {
        asked: vec![query.clone()],
        ..Options::default()
    };
    let mut outcome = engine.evaluate(scenario, &options);
    Outcome::verdict(outcome.held(query, outcome.as_of))
}
