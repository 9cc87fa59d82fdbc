//! Rules applied to facts: positions, each with the days and readings on which it holds. Knows `model` and `extent` only;
//! touches no file, clock or thread. Follows `docs/language.md`, section 7; M-numbers in comments refer to it.

mod act;
mod applies;
mod archive;
mod asked;
mod bearing;
mod breach;
mod clash;
mod class;
mod compiled;
mod concern;
mod conclude;
mod considers;
mod count;
mod element;
mod engage;
mod failing;
mod fire;
mod gathered;
mod geography;
mod given;
mod grant;
mod granted;
mod held;
mod index;
mod inspect;
mod intake;
mod kinds;
mod later;
mod left_open;
mod life;
mod membership;
mod moment;
mod nearest;
mod order;
mod outcome;
mod performance;
mod plan;
mod position;
mod postpone;
mod precedence;
mod preceding;
mod questions;
mod record;
mod run;
mod schedule;
mod sentence;
mod settle;
mod solve;
mod standing;
mod steps;
mod store;
mod suppose;
mod term;
mod timeline;
mod trace;
mod way;

pub use archive::Archive;
pub use compiled::{Engine, dependencies};
pub use element::{Element, Part, elements};
pub use inspect::{Attempt, Check, Checked, Inspection};
pub use outcome::{Conflict, Facts, GivenFact, Missing, Outcome};
pub use position::{Binding, Displacement, Due, Fate, Ground, Position, PositionId};
pub use record::{Membership, Record};
pub use store::Origin;
pub use trace::{Probes, Trace};

pub(crate) use gathered::walk;
pub(crate) use order::components;
pub(crate) use plan::{pattern_variables, term_variable, variables};

use crate::calendar::Day;
use crate::model::fact::{Assume, Scenario, View};
use crate::model::rulebook::Rulebook;

/// How to evaluate.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day asked for; `None`: the scenario's.
    pub as_of: Option<Day>,
    /// Who performs duties; `None` performs none.
    pub assume: Assume,
    /// Which layers count; `None`: as the scenario says.
    pub view: Option<View>,
    /// Standing norms among the scenario's actors are positions even if nothing engages them.
    pub all: bool,
    /// Positions asked about: standing norms that could yield them are positions, silent if nothing else engages them.
    pub asked: Vec<crate::model::fact::PositionQuery>,
}

/// Applies a rulebook to a scenario. For many scenarios make one [`Engine`] and ask it.
pub fn evaluate<'e>(
    rulebook: &'e Rulebook,
    scenario: &'e Scenario,
    options: &Options,
) -> Outcome<'e> {
    Engine::new(rulebook).evaluate(scenario, options)
}
