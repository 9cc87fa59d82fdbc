//! Near misses: positions that almost hold, each with the one thing that keeps it from holding. They make good distractors
//! and good feedback.

use super::key::{KeyItem, key};
use super::load::Pack;
use super::missing::without_letters;
use super::outline::Obligations;
use super::world::{Viewer, World};
use crate::calendar::Day;
use crate::engine::{Attempt, Checked, Engine, Inspection, Options};
use crate::explain::{About, Explainer, NotHeld, Reason, Standing};
use crate::extent::Readings;
use crate::model::condition::{Class, Condition, Scope};
use crate::model::entity::EntityKind;
use crate::model::fact::{PositionQuery, Scenario, Verdict};
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Modality, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Atom, Term};
use crate::model::vocabulary::SLOTS;
use crate::wording;

/// How many conditions may fail.
const MOST_FAILING: usize = 2;

/// A position that almost holds.
#[derive(Clone, Debug)]
pub struct NearMiss {
    /// The position.
    pub query: PositionQuery,
    /// As a sentence, without the article.
    pub sentence: String,
    /// Treaty and article.
    pub citation: String,
    /// What keeps it from holding, in words.
    pub failing: Vec<String>,
    /// Of what kind that is.
    pub element: Element,
}

/// The legal element on which a position fails, or that somebody overlooked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// Who is bound, and towards whom.
    Actor,
    /// Which article says so.
    Article,
    /// From when to when, and by when.
    Time,
    /// Where.
    Territory,
    /// What has to happen.
    Trigger,
    /// What takes the case out.
    Exception,
    /// Whose version of the facts.
    Account,
}

impl Element {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Article => "article",
            Self::Time => "time",
            Self::Territory => "territory",
            Self::Trigger => "trigger",
            Self::Exception => "exception",
            Self::Account => "account",
        }
    }
}

/// The near misses of a question about obligations: of `bearers`, by the treaties that matter in the world, fewest failing
/// conditions first. Each was held against the engine: it holds on no account that the viewer knows of.
pub fn near_misses(
    pack: &Pack,
    world: &World,
    viewer: Viewer,
    asked: &Obligations,
    bearers: &[EntityId],
) -> Vec<NearMiss> {
    let Some(scenario) = world.scenario(pack, viewer) else {
        return Vec::new();
    };
    let engine = pack.engine();
    let mut tried = candidates(engine, &scenario, asked, bearers);
    if asked.kinds.contains(&Modality::Permission) {
        // Who must may: it would be no wrong answer.
        let owed = key(pack, world, viewer, &duties(), None);
        tried.retain(|(_, query)| owed.iter().all(|item| !is_of(query, item)));
    }
    let options = Options {
        asked: tried.iter().map(|(_, query)| query.clone()).collect(),
        ..Options::default()
    };
    let mut explainer = Explainer::new(engine, &scenario, &options);
    let mut found: Vec<NearMiss> = Vec::new();
    for (norm, query) in tried {
        let explanation = explainer.derivation(&query, world.day);
        // The nearest way there may speak of somebody else than was tried first: it must not hold either.
        let nearest = explanation.not_held.into_iter().next();
        let Some(miss) = nearest.filter(|_| explanation.verdict == Verdict::NotOwed) else {
            continue;
        };
        let norm = pack.project.rulebook.norm(norm);
        let near = near_miss(query, &miss, norm, &pack.project.rulebook);
        if found.iter().all(|other| other.sentence != near.sentence) {
            found.push(near);
        }
    }
    found.sort_by(|a, b| (a.failing.len(), &a.sentence).cmp(&(b.failing.len(), &b.sentence)));
    // What fails in two ways is near only where nothing is nearer.
    let nearest = found.first().map_or(0, |near| near.failing.len());
    found.retain(|near| near.failing.len() == nearest);
    found
}

/// All duties of all.
pub(super) fn duties() -> Obligations {
    Obligations {
        own: false,
        kinds: vec![Modality::Duty],
        fields: Vec::new(),
        beta: 1,
        due_tolerance: 0,
    }
}

/// The same act between the same.
fn is_of(query: &PositionQuery, item: &KeyItem) -> bool {
    (query.act.predicate, query.act.arguments) == (item.predicate, item.arguments)
}

/// Positions of the norms of the treaties in play that fail in one or two conditions.
fn candidates(
    engine: &Engine,
    scenario: &Scenario,
    asked: &Obligations,
    bearers: &[EntityId],
) -> Vec<(NormId, PositionQuery)> {
    let rulebook = engine.rulebook();
    let mut inspection = engine.inspect(scenario, &Options::default());
    let day = scenario.as_of.unwrap_or(Day::FIRST);
    let actors = actors(rulebook, scenario);
    let mut found = Vec::new();
    let attackers = attackers(rulebook, scenario);
    for (at, norm) in rulebook.norms.iter().enumerate() {
        let counted = scenario
            .treaties
            .as_ref()
            .is_none_or(|counted| norm.treaty.is_some_and(|treaty| counted.contains(&treaty)));
        let Head::Position(head) = &norm.head else {
            continue;
        };
        if !counted || !norm.triggered || !asked.kinds.contains(&head.modality) {
            continue;
        }
        let id = NormId(at as u32);
        for bearer in bearers {
            found.extend(candidate(
                &mut inspection,
                rulebook,
                id,
                *bearer,
                &actors,
                day,
            ));
        }
    }
    // Nobody takes measures against somebody who has done nothing.
    found.retain(|(_, query)| {
        let against = against(rulebook, query);
        against.is_none_or(|adversary| attackers.contains(&adversary))
    });
    found
}

/// Whom an act is directed against.
fn against(rulebook: &Rulebook, query: &PositionQuery) -> Option<EntityId> {
    let roles = &rulebook.predicate(query.act.predicate).roles;
    let slot = roles.iter().position(|role| role == "against")? + 1;
    *query.act.arguments.get(slot)?
}

/// Whoever does something to somebody else in the facts.
fn attackers(rulebook: &Rulebook, scenario: &Scenario) -> Vec<EntityId> {
    let acts = scenario
        .facts
        .iter()
        .filter(|fact| fact.atom.arguments[1..].iter().any(Option::is_some));
    let found = acts.filter_map(|fact| fact.atom.arguments[0]);
    found
        .filter(|actor| actor.index() < rulebook.entities.len())
        .collect()
}

fn candidate(
    inspection: &mut Inspection,
    rulebook: &Rulebook,
    id: NormId,
    bearer: EntityId,
    actors: &[EntityId],
    day: Day,
) -> Option<(NormId, PositionQuery)> {
    let norm = rulebook.norm(id);
    let Head::Position(head) = &norm.head else {
        return None;
    };
    let mut wanted = [None; SLOTS];
    wanted[0] = Some(bearer);
    let attempt = inspection.closest(id, &wanted, day)?;
    let attempt = named(inspection, rulebook, attempt, actors, day)?;
    let failing = attempt.checks.iter();
    let failing = failing.filter(|check| check.truth.at(day) == Readings::NONE);
    let kinds: Vec<Checked> = failing.map(|check| check.what).collect();
    if kinds.iter().any(|what| is_nonsense(norm, *what)) {
        return None;
    }
    let mut arguments = attempt.arguments;
    arguments[0] = Some(bearer);
    let named = (1..SLOTS).filter(|slot| arguments[*slot].is_some()).count();
    let whole = named > 0
        && arguments[1..]
            .iter()
            .flatten()
            .all(|other| *other != bearer);
    let others: Vec<EntityId> = arguments[1..].iter().flatten().copied().collect();
    let distinct = (1..others.len()).all(|at| !others[..at].contains(&others[at]));
    if !(1..=MOST_FAILING).contains(&kinds.len()) || !whole || !distinct {
        return None;
    }
    let act = Atom {
        predicate: head.act.predicate,
        arguments,
        place: None,
        amount: None,
    };
    let under = Scope {
        treaty: norm.treaty,
        article: Some(norm.article),
        clause: norm.clause.clone(),
    };
    let text = wording::position(rulebook, norm, &arguments, &attempt.binding);
    let query = PositionQuery {
        modality: head.modality,
        bearer: Some(bearer),
        act,
        under: Some(under),
        text,
    };
    Some((id, query))
}

/// Nobody takes a state for a thing, or one for another: such a miss is not near.
fn is_nonsense(norm: &Norm, failing: Checked) -> bool {
    let Checked::Condition(at) = failing else {
        return false;
    };
    match norm.conditions.get(at) {
        Some(Condition::Is(_, class)) => !matches!(class, Class::Party(..) | Class::Status(_)),
        Some(Condition::Same(..)) => true,
        Some(Condition::Not(inner)) => matches!(**inner, Condition::Same(..)),
        _ => false,
    }
}

/// With somebody for each variable of the act that nobody fills yet: whoever acts in the facts and comes closest.
fn named(
    inspection: &mut Inspection,
    rulebook: &Rulebook,
    attempt: Attempt,
    actors: &[EntityId],
    day: Day,
) -> Option<Attempt> {
    let Head::Position(head) = &rulebook.norm(attempt.norm).head else {
        return None;
    };
    let open = head.act.terms.iter().find_map(|term| match term {
        Term::Variable(variable) => {
            Some(*variable).filter(|variable| attempt.binding[variable.index()].is_none())
        }
        _ => None,
    });
    let Some(open) = open else {
        return Some(attempt);
    };
    let mut best: Option<Attempt> = None;
    for actor in actors
        .iter()
        .filter(|actor| !attempt.binding.contains(&Some(**actor)))
    {
        let mut binding = attempt.binding.clone();
        binding[open.index()] = Some(*actor);
        let tried = inspection.attempt(attempt.norm, &binding);
        let nearer = best
            .as_ref()
            .is_none_or(|best| tried.failures(day) < best.failures(day));
        if nearer {
            best = Some(tried);
        }
    }
    // Two who are not named make no near miss.
    best.filter(|best| head.act.terms.iter().all(|term| is_named(*term, best)))
}

fn is_named(term: Term, attempt: &Attempt) -> bool {
    match term {
        Term::Variable(variable) => attempt.binding[variable.index()].is_some(),
        _ => true,
    }
}

/// Whoever the facts speak of, in order.
fn actors(rulebook: &Rulebook, scenario: &Scenario) -> Vec<EntityId> {
    let named = scenario
        .facts
        .iter()
        .flat_map(|fact| fact.atom.arguments.into_iter().flatten());
    let acts = |entity: &EntityId| {
        let kind = rulebook
            .entities
            .get(entity.index())
            .map(|entity| &entity.kind);
        matches!(
            kind,
            Some(EntityKind::State { .. } | EntityKind::Group | EntityKind::Organisation)
        )
    };
    let mut found: Vec<EntityId> = named
        .filter(|entity| entity.possessed().is_none() && acts(entity))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn near_miss(query: PositionQuery, miss: &NotHeld, norm: &Norm, rulebook: &Rulebook) -> NearMiss {
    let failing: Vec<&Reason> = miss
        .reasons
        .iter()
        .filter(|reason| reason.standing == Standing::Fails)
        .collect();
    NearMiss {
        sentence: query.text.clone(),
        citation: miss.citation.clone(),
        element: failing
            .first()
            .map_or(Element::Trigger, |reason| element(reason, norm)),
        failing: failing
            .into_iter()
            .map(|reason| without_letters(&reason.text, norm, rulebook))
            .collect(),
        query,
    }
}

/// Of what kind a reason that fails is.
pub(crate) fn element(reason: &Reason, norm: &Norm) -> Element {
    match (reason.about, reason.condition) {
        (About::InForce, _) | (About::Condition, None) => Element::Time,
        (About::Bound, _) => Element::Actor,
        (About::Condition, Some(condition)) => norm
            .conditions
            .get(condition)
            .map_or(Element::Trigger, of_condition),
    }
}

fn of_condition(condition: &Condition) -> Element {
    match condition {
        Condition::Not(inner) => match **inner {
            Condition::Is(..) | Condition::Same(..) => Element::Actor,
            _ => Element::Exception,
        },
        Condition::Sentence { pattern, .. } if pattern.place.is_some() => Element::Territory,
        Condition::Is(..) | Condition::Same(..) => Element::Actor,
        Condition::InForce { .. } => Element::Time,
        Condition::Considers { .. } => Element::Account,
        _ => Element::Trigger,
    }
}
