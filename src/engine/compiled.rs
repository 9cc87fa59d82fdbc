//! A rulebook made ready: which fact can start which norm, in which order norms depend on each other.

use super::bearing::{self, Makers};
use super::gathered::{
    definition_predicates, norms_of, pending, potential_members, replaced_by, scope_norms, states,
    successions,
};
use super::index::Index;
use super::kinds::{Implied, Sides, broader, momentary, narrower, sides};
use super::left_open::left_open;
use super::life::Life;
use super::outcome::Outcome;
use super::plan::{Pivot, Plan, pivot_pattern};
use super::run::Run;
use super::store::{Origin, Store, StoredFact};
use super::{Options, order};
use crate::calendar::Day;
use crate::extent::Readings;
use crate::model::condition::{Condition, Tense};
use crate::model::fact::Scenario;
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::norm::Head;
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// A rulebook made ready for evaluating many scenarios.
pub struct Engine<'r> {
    pub(crate) rulebook: &'r Rulebook,
    /// For each predicate, what it implies: itself first.
    pub(crate) broader: Vec<Vec<Implied>>,
    /// For each predicate, what implies it (itself left out).
    pub(crate) narrower: Vec<Vec<Implied>>,
    /// For each predicate, the sides that its acts take, also as acts of which they are a kind.
    pub(crate) sides: Vec<SmallVec<[Sides; 1]>>,
    /// Predicates of acts, or of kinds of acts, that do not last.
    momentary: Vec<bool>,
    pub(crate) plans: Vec<Plan>,
    /// Norms by the fact that can start them.
    pub(crate) triggers: Index,
    /// Standing norms by the act they speak of.
    pub(crate) standing: Index,
    /// Norms started by positions or by nothing, by level.
    pub(crate) unprompted: Vec<Vec<NormId>>,
    /// How late a norm is evaluated: after all that it depends on.
    pub(crate) levels: Vec<u16>,
    /// Levels on which norms depend on each other.
    pub(crate) cyclic: Vec<bool>,
    /// Levels before which violations must be known.
    pub(crate) needs_breach: Vec<bool>,
    /// For each predicate, whether a standing norm is about its acts, a kind of them, what they are a kind of, or taking the other
    /// side.
    pub(crate) engages: Vec<bool>,
    /// Levels that have standing norms.
    pub(crate) stands: Vec<bool>,
    /// By level, standing duties that must be done before something, and leave nobody to whoever acts.
    pub(crate) preceding: Vec<Vec<NormId>>,
    /// Standing norms that must be known before each level, since time alone may break them.
    pub(crate) lapsing: Vec<Vec<NormId>>,
    /// The norms of each treaty.
    pub(crate) norms_of: Vec<Vec<NormId>>,
    /// Treaties to look at again if that treaty's life changes.
    pub(crate) dependants: Vec<Vec<TreatyId>>,
    /// Treaties whose life leads back to itself.
    pub(crate) leads_back: Vec<bool>,
    /// For each treaty, those that replace it.
    pub(crate) replaced_by: Vec<Vec<TreatyId>>,
    /// Treaties whose life rests on more than facts.
    pub(crate) derived_lives: Vec<bool>,
    /// Treaties whose life rests on norms of each level.
    pub(crate) lives_made: Vec<Vec<TreatyId>>,
    /// Treaties on whose life a fact of this predicate may bear without naming them.
    pub(crate) life_predicates: FxHashMap<PredicateId, Vec<TreatyId>>,
    pub(crate) lives: Vec<OnceLock<Option<Arc<Life>>>>,
    /// Facts of record whose days are certain.
    pub(crate) base: Arc<Store<'r>>,
    /// Facts of record by who did them.
    pub(crate) base_by_subject: FxHashMap<EntityId, Vec<u32>>,
    /// Facts of record whose days are not certain, by number.
    pub(crate) uncertain: Vec<u32>,
    /// Predicates that start definitions.
    pub(crate) definition_predicates: Vec<PredicateId>,
    /// Treaties that enter into force when something happens.
    pub(crate) pending: Vec<TreatyId>,
    /// States, for what is open to every state.
    pub(crate) states: Vec<EntityId>,
    /// State successions in the order of their days: from when, whom, who.
    pub(crate) successions: Vec<(Day, EntityId, EntityId)>,
}

impl<'r> Engine<'r> {
    /// Makes a rulebook ready.
    pub fn new(rulebook: &'r Rulebook) -> Self {
        let broader = broader(rulebook);
        let narrower = narrower(&broader);
        let norms_of = norms_of(rulebook);
        let in_scope = |condition: &Condition| scope_norms(rulebook, &norms_of, condition);
        let plans: Vec<Plan> = rulebook
            .norms
            .iter()
            .map(|norm| Plan::new(norm, rulebook, &in_scope))
            .collect();
        let makers = Makers::new(rulebook, &broader, &in_scope);
        let order = order::Order::new(rulebook, &broader, &in_scope, &makers);
        let members = potential_members(rulebook);
        let dependants = bearing::dependants(rulebook);
        let mut engine = Self {
            triggers: Index::default(),
            standing: Index::default(),
            unprompted: vec![Vec::new(); order.cyclic.len()],
            engages: vec![false; rulebook.predicates.len()],
            stands: vec![false; order.cyclic.len()],
            preceding: vec![Vec::new(); order.cyclic.len()],
            lives_made: makers.made_on(&order.levels, order.cyclic.len()),
            needs_breach: order.needs_breach,
            lapsing: order.lapsing,
            levels: order.levels,
            cyclic: order.cyclic,
            leads_back: bearing::leading_back(&dependants),
            dependants,
            replaced_by: replaced_by(rulebook),
            life_predicates: bearing::life_predicates(rulebook),
            derived_lives: makers.derived(),
            lives: rulebook.treaties.iter().map(|_| OnceLock::new()).collect(),
            states: states(rulebook),
            successions: successions(rulebook),
            base: Arc::default(),
            base_by_subject: FxHashMap::default(),
            uncertain: Vec::new(),
            definition_predicates: definition_predicates(rulebook, &plans),
            pending: pending(rulebook),
            sides: broader
                .iter()
                .map(|broader| sides(rulebook, broader))
                .collect(),
            momentary: momentary(rulebook, &broader),
            rulebook,
            broader,
            narrower,
            plans,
            norms_of,
        };
        for index in 0..rulebook.norms.len() {
            engine.register(NormId(index as u32), &members);
        }
        engine.engage_other_sides();
        engine.add_record();
        engine
    }

    /// Applies the rulebook to a scenario.
    pub fn evaluate<'e>(&self, scenario: &'e Scenario, options: &Options) -> Outcome<'e>
    where
        'r: 'e,
    {
        Run::new(self, scenario, options).finish()
    }

    /// Applies the rulebook to all scenarios at once that state some of these facts and no others: whether a fact is stated is
    /// an open question of its own ([`Question::Stated`]). Questions are numbered in the order given, others after them; the
    /// algebra keeps `most` sets of readings at most.
    pub fn suppose<'e>(
        &self,
        scenario: &'e Scenario,
        options: &Options,
        questions: &[Question],
        most: usize,
    ) -> Outcome<'e>
    where
        'r: 'e,
    {
        Run::new(self, scenario, options)
            .supposing(questions, most)
            .finish()
    }

    /// The rulebook.
    pub fn rulebook(&self) -> &'r Rulebook {
        self.rulebook
    }

    /// Whether facts of this predicate can start the norm.
    pub(crate) fn starts(&self, id: NormId, predicate: PredicateId) -> bool {
        let norm = self.rulebook.norm(id);
        match (&self.plans[id.index()].pivot, &norm.head) {
            (Pivot::Fact(index), _) => norm
                .conditions
                .get(*index)
                .and_then(pivot_pattern)
                .is_some_and(|pattern| pattern.predicate == predicate),
            (Pivot::Facts(predicates) | Pivot::Either(predicates, _), _) => {
                predicates.contains(&predicate)
            }
            _ => false,
        }
    }

    /// Whether a condition says in the present that somebody does what may be done in a moment.
    pub(crate) fn momentary(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Sentence {
                pattern,
                tense: Tense::Present,
            } => self.momentary[pattern.predicate.index()],
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(|part| self.momentary(part))
            }
            _ => false,
        }
    }

    /// Whether it is a standing norm about acts of this predicate.
    pub(crate) fn stands_on(&self, id: NormId, predicate: PredicateId) -> bool {
        match (&self.plans[id.index()].pivot, &self.rulebook.norm(id).head) {
            (Pivot::Act, Head::Position(head)) => head.act.predicate == predicate,
            _ => false,
        }
    }

    fn register(&mut self, id: NormId, members: &[Vec<EntityId>]) {
        let norm = self.rulebook.norm(id);
        match (&self.plans[id.index()].pivot, &norm.head) {
            (Pivot::Fact(index), _) => {
                if let Some(pattern) = norm.conditions.get(*index).and_then(pivot_pattern) {
                    self.triggers.add(id, norm, pattern, members);
                }
            }
            (Pivot::Act, Head::Position(head)) => {
                self.standing.add(id, norm, &head.act, members);
                let level = self.levels[id.index()] as usize;
                self.stands[level] = true;
                if head.before.is_some() && left_open(norm).is_empty() {
                    self.preceding[level].push(id);
                }
                let own = head.act.predicate.index();
                for related in self.broader[own].iter().chain(&self.narrower[own]) {
                    self.engages[related.predicate.index()] = true;
                }
            }
            (Pivot::Facts(predicates) | Pivot::Either(predicates, _), _) => {
                for predicate in predicates {
                    self.triggers.add_wide(id, *predicate);
                }
                if let Pivot::Either(..) = self.plans[id.index()].pivot {
                    self.unprompted[self.levels[id.index()] as usize].push(id);
                }
            }
            _ => self.unprompted[self.levels[id.index()] as usize].push(id),
        }
    }
}

/// For each norm, those on which it depends: the definitions of its words and the positions that it asks about.
pub fn dependencies(rulebook: &Rulebook) -> Vec<Vec<NormId>> {
    let norms_of = norms_of(rulebook);
    let in_scope = |condition: &Condition| scope_norms(rulebook, &norms_of, condition);
    let broader = broader(rulebook);
    let makers = Makers::new(rulebook, &broader, &in_scope);
    let graph = order::graph(rulebook, &broader, &in_scope, &makers);
    let ids = |on: Vec<usize>| on.into_iter().map(|index| NormId(index as u32)).collect();
    graph.into_iter().map(ids).collect()
}

impl Engine<'_> {
    fn add_record(&mut self) {
        let rulebook = self.rulebook;
        let mut base = Store::default();
        for (index, fact) in rulebook.history.iter().enumerate() {
            let uncertain = fact.contested || fact.negated || !super::given::is_certain(fact);
            if uncertain {
                self.uncertain.push(index as u32);
                continue;
            }
            let lasts = rulebook.predicate(fact.atom.predicate).lasts;
            let (extent, act_days) = super::given::certain_days(fact, lasts);
            // Facts of record are numbered after those of the scenario: the run adds their number.
            let origin = Origin::Record(index as u32);
            let (mut first, broader) = (None, self.broader[fact.atom.predicate.index()].clone());
            let (mut subjects, mut all) = (Vec::new(), Vec::new());
            for implied in broader {
                let stored = StoredFact {
                    predicate: implied.predicate,
                    arguments: implied.read(&fact.atom.arguments),
                    place: fact.atom.place,
                    amount: fact.atom.amount.as_ref(),
                    extent: extent.clone(),
                    act_days: act_days.clone(),
                    scope: None,
                    depth: 0,
                    origin,
                    implied_by: first,
                };
                subjects.extend(stored.arguments[0]);
                if rulebook.predicate(stored.predicate).open {
                    base.state(stored.predicate, stored.arguments, Readings::ALL);
                }
                let at = base.add(stored);
                first = first.or(Some(at));
                all.push(at);
            }
            subjects.sort_unstable();
            subjects.dedup();
            for subject in subjects {
                let known = self.base_by_subject.entry(subject).or_default();
                known.extend_from_slice(&all);
            }
        }
        self.base = Arc::new(base);
    }
}
