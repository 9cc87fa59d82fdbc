//! What there is, and how it is found: treaties, scenarios, actors, places and words by anything that is known about them.

mod actors;
mod bonds;
mod card;
mod filter;
mod find;
mod fold;
mod places;
mod scenarios;
mod small;
mod treaties;
mod who;
mod words;

pub use bonds::{Alliance, Bond, Bonds, Way};
pub use card::Card;
pub use filter::called;
pub use find::Found;

use crate::calendar::Day;
use crate::engine::{Engine, Record};
use crate::model::entity::Entity;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::report::table::Table;
use filter::Filters;

/// A project and scenarios, to be looked through.
pub struct Catalogue<'a> {
    project: &'a Project,
    cards: &'a [Card],
    record: Record,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Treaties and other bonds.
    Treaties,
    /// Scenarios.
    Scenarios,
    /// States.
    States,
    /// Organisations and organs.
    Organisations,
    /// Armed groups.
    Groups,
    /// Places.
    Places,
    /// Verbs.
    Verbs,
    /// Statuses.
    Statuses,
    /// Things.
    Things,
    /// Means.
    Means,
    /// Manners.
    Manners,
    /// Possessions.
    Possessions,
    /// Units of amounts.
    Units,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 13] = [
        Self::Treaties,
        Self::Scenarios,
        Self::States,
        Self::Organisations,
        Self::Groups,
        Self::Places,
        Self::Verbs,
        Self::Statuses,
        Self::Things,
        Self::Means,
        Self::Manners,
        Self::Possessions,
        Self::Units,
    ];

    /// `treaties`
    pub fn plural(self) -> &'static str {
        match self {
            Self::Treaties => "treaties",
            Self::Scenarios => "scenarios",
            Self::States => "states",
            Self::Organisations => "organisations",
            Self::Groups => "groups",
            Self::Places => "places",
            Self::Verbs => "verbs",
            Self::Statuses => "statuses",
            Self::Things => "things",
            Self::Means => "means",
            Self::Manners => "manners",
            Self::Possessions => "possessions",
            Self::Units => "units",
        }
    }

    /// The kind that a plural means; `organs` stand with the organisations.
    pub fn of_plural(plural: &str) -> Option<Self> {
        let plural = if plural == "organs" {
            "organisations"
        } else {
            plural
        };
        Self::ALL.into_iter().find(|kind| kind.plural() == plural)
    }
}

impl<'a> Catalogue<'a> {
    /// Works out what the record says of all treaties.
    pub fn new(project: &'a Project, cards: &'a [Card]) -> Self {
        Self {
            project,
            cards,
            record: Engine::new(&project.rulebook).record(),
        }
    }

    /// Those of one kind that fit everything asked for: a date, a name, or any word about them.
    pub fn list(&self, kind: Kind, filters: &[String]) -> Table {
        let filters = Filters::of(filters, self.rulebook());
        match kind {
            Kind::Treaties => self.treaties(&filters),
            Kind::Scenarios => self.scenarios(&filters),
            Kind::States => self.states(&filters),
            Kind::Organisations => self.organisations(&filters),
            Kind::Groups => self.groups(&filters),
            Kind::Places => self.places(&filters),
            Kind::Verbs => self.verbs(&filters),
            Kind::Statuses => self.statuses(&filters),
            Kind::Things => self.things(&filters),
            Kind::Means => self.means(&filters),
            Kind::Manners => self.manners(&filters),
            Kind::Possessions => self.possessions(&filters),
            Kind::Units => self.units(&filters),
        }
    }

    fn rulebook(&self) -> &'a Rulebook {
        &self.project.rulebook
    }

    fn entity(&self, id: EntityId) -> &'a Entity {
        &self.project.rulebook.entities[id.index()]
    }
}

/// A day that is one: neither before nor after all that can be written.
fn known(day: Day) -> Option<Day> {
    (day > Day::FIRST && day < Day::LAST).then_some(day)
}
