//! What a team claims: sentences of the language, with a deadline, a standing and a confidence.

use super::key::Standing;
use super::load::Pack;
use super::session::knows;
use crate::calendar::{Day, PartialDate};
use crate::check::sentence;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::check as codes;
use crate::engine::Options;
use crate::model::fact::{PositionQuery, Scenario};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::source::{SourceId, Span};
use crate::syntax::parse_position;

/// One claim.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Who owes what to whom, and under which article if it says so.
    pub position: PositionQuery,
    /// By when.
    pub due: Option<Day>,
    /// How it stands.
    pub standing: Option<Standing>,
    /// How sure the team is, in percent.
    pub confidence: Option<u8>,
}

impl Claim {
    /// A claim without more than its sentence.
    pub fn of(position: PositionQuery) -> Self {
        Self {
            position,
            due: None,
            standing: None,
            confidence: None,
        }
    }

    /// All of it that is graded: equal claims count once.
    pub fn graded(&self) -> impl Eq + std::hash::Hash + '_ {
        let position = &self.position;
        let act = (position.bearer, &position.act, &position.under);
        (position.modality, act, self.due, self.standing)
    }
}

/// An answer to a question about obligations.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Nothing was handed in.
    None,
    /// No obligation arises.
    NoObligation,
    /// These.
    Claims(Vec<Claim>),
}

/// The words that name all members at once.
const ALL_MEMBERS: &str = "all members of ";

/// Reads a claimed sentence; `all members of TREATY shall ...` claims the same of each of them but the one spoken of.
///
/// # Errors
/// A sentence that is none, or names what the rulebook does not know.
pub fn read(text: &str, pack: &Pack, scenario: &Scenario) -> Result<Vec<Claim>, Vec<Diagnostic>> {
    let Some(rest) = text.trim().strip_prefix(ALL_MEMBERS) else {
        return Ok(vec![Claim::of(position(text, pack, scenario)?)]);
    };
    let (treaty, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut claims = Vec::new();
    for member in members(pack, scenario, treaty) {
        let name = pack.project.rulebook.name(member);
        let position = position(&format!("{name} {rest}"), pack, scenario)?;
        if !position.act.arguments[1..].contains(&Some(member)) {
            claims.push(Claim::of(position));
        }
    }
    if claims.is_empty() {
        // Nobody is bound by it, or it is no treaty: the words themselves say what is wrong.
        return Ok(vec![Claim::of(position(text, pack, scenario)?)]);
    }
    Ok(claims)
}

fn position(
    text: &str,
    pack: &Pack,
    scenario: &Scenario,
) -> Result<PositionQuery, Vec<Diagnostic>> {
    // The sentence is no part of the sources: places in it are told by the caller.
    let tree = parse_position(SourceId(u32::MAX), text)?;
    let mut query = sentence::query(&tree, &pack.project.rulebook)?;
    text.trim().clone_into(&mut query.text);
    match secret(&query, &pack.project.rulebook, scenario) {
        None => Ok(query),
        // Whoever does not know of a treaty learns nothing by naming it.
        Some(name) => Err(vec![codes::unknown_treaty(nowhere(), &name, None)]),
    }
}

fn nowhere() -> Span {
    Span {
        source: SourceId(u32::MAX),
        start: 0,
        end: 0,
    }
}

/// A treaty that is named and not known to whom the scenario shows the facts.
fn secret(query: &PositionQuery, rulebook: &Rulebook, scenario: &Scenario) -> Option<String> {
    let named = query.act.arguments.iter().flatten();
    let named = named.filter_map(|entity| rulebook.treaty_of(*entity));
    let under = query.under.as_ref().and_then(|under| under.treaty);
    let mut all = named.chain(under).map(|id| rulebook.treaty(id));
    let hidden = all.find(|treaty| !knows(rulebook, treaty.layer, scenario.view))?;
    Some(hidden.name.clone())
}

/// Who is bound by a treaty on the day of a scenario.
fn members(pack: &Pack, scenario: &Scenario, treaty: &str) -> Vec<EntityId> {
    let rulebook = &pack.project.rulebook;
    let entity = rulebook.entity(treaty);
    let treaty = entity.and_then(|entity| rulebook.treaty_of(entity));
    let known = |id: &TreatyId| knows(rulebook, rulebook.treaty(*id).layer, scenario.view);
    let Some(treaty) = treaty.filter(known) else {
        return Vec::new();
    };
    let outcome = pack.engine().evaluate(scenario, &Options::default());
    let mut found: Vec<EntityId> = outcome
        .members(treaty)
        .into_iter()
        .filter(|(_, extent)| extent.at(outcome.as_of) != crate::extent::Readings::NONE)
        .map(|(member, _)| member)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A deadline as somebody writes it.
pub fn due(text: &str) -> Option<Day> {
    match PartialDate::parse(text.trim())? {
        PartialDate::Day(day) => Some(day),
        _ => None,
    }
}
