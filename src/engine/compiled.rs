//! A rulebook made ready: which fact can start which norm, in which order norms depend on each other.

use super::Options;
use super::bearing::{self, Makers};
use super::index::Index;
use super::left_open::left_open;
use super::life::Life;
use super::outcome::Outcome;
use super::plan::{Pivot, Plan, pivot_pattern};
use super::run::Run;
use super::store::{Origin, Store, StoredFact};
use crate::calendar::Day;
use crate::extent::Readings;
use crate::model::condition::{Condition, Tense};
use crate::model::entity::EntityKind;
use crate::model::fact::Scenario;
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::norm::Head;
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// A broader (or narrower) predicate and how its slots are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Implied {
    pub(crate) predicate: PredicateId,
    /// For each slot of the broader predicate, the slot of the narrower one.
    pub(crate) slots: [Option<u8>; SLOTS],
}

impl Implied {
    /// The arguments of the narrower predicate, read as those of the broader one.
    pub(crate) fn read(&self, arguments: &[Option<EntityId>; SLOTS]) -> [Option<EntityId>; SLOTS] {
        self.slots
            .map(|slot| slot.and_then(|slot| arguments[slot as usize]))
    }
}

/// The roles of those whom an act helps and of those against whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sides {
    helped: u8,
    against: u8,
}

impl Sides {
    /// Who they are, if both are named.
    pub(crate) fn filled(
        self,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> Option<(EntityId, EntityId)> {
        arguments[self.helped as usize].zip(arguments[self.against as usize])
    }
}

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

    /// Acts that take sides also engage standing norms about taking the other side.
    fn engage_other_sides(&mut self) {
        for own in 0..self.broader.len() {
            let taking = self.broader[own].iter().map(|implied| implied.predicate);
            let mut taking = taking.filter(|act| self.rulebook.predicate(*act).takes_sides);
            let stands = taking.any(|act| {
                let mut kinds = self.narrower[act.index()].iter();
                self.standing.knows(act) || kinds.any(|kind| self.standing.knows(kind.predicate))
            });
            self.engages[own] |= stands;
        }
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
            (Pivot::Facts(predicates), _) => predicates.contains(&predicate),
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
            (Pivot::Facts(predicates), _) => {
                for predicate in predicates {
                    self.triggers.add_wide(id, *predicate);
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

fn sides(rulebook: &Rulebook, broader: &[Implied]) -> SmallVec<[Sides; 1]> {
    let taken = broader.iter().filter_map(|implied| {
        let predicate = rulebook.predicate(implied.predicate);
        let filled = |role: &str| {
            let at = predicate.roles.iter().position(|own| own == role)? + 1;
            implied.slots[at]
        };
        let (helped, against) = (filled("object")?, filled("against")?);
        predicate.takes_sides.then_some(Sides { helped, against })
    });
    let mut found: SmallVec<[Sides; 1]> = taken.collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn definition_predicates(rulebook: &Rulebook, plans: &[Plan]) -> Vec<PredicateId> {
    let mut found = Vec::new();
    for (norm, plan) in rulebook.norms.iter().zip(plans) {
        if let (Head::Deem(_), Pivot::Fact(index)) = (&norm.head, &plan.pivot) {
            found.extend(
                norm.conditions
                    .get(*index)
                    .and_then(pivot_pattern)
                    .map(|pattern| pattern.predicate),
            );
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn pending(rulebook: &Rulebook) -> Vec<TreatyId> {
    let treaties = rulebook.treaties.iter().enumerate();
    let pending =
        treaties.filter(|(_, treaty)| matches!(treaty.entry, crate::model::treaty::Entry::When(_)));
    pending.map(|(index, _)| TreatyId(index as u32)).collect()
}

fn norms_of(rulebook: &Rulebook) -> Vec<Vec<NormId>> {
    let mut found = vec![Vec::new(); rulebook.treaties.len()];
    for (index, norm) in rulebook.norms.iter().enumerate() {
        if let Some(treaty) = norm.treaty {
            found[treaty.index()].push(NormId(index as u32));
        }
    }
    found
}

fn scope_norms(
    rulebook: &Rulebook,
    norms_of: &[Vec<NormId>],
    condition: &Condition,
) -> Vec<NormId> {
    let (Condition::Position { under, .. } | Condition::Breach { under, .. }) = condition else {
        return Vec::new();
    };
    let in_scope = |id: &NormId| {
        let norm = rulebook.norm(*id);
        matches!(norm.head, Head::Position(_)) && rulebook.in_scope(norm, under)
    };
    match under.treaty {
        Some(treaty) => norms_of[treaty.index()]
            .iter()
            .copied()
            .filter(in_scope)
            .collect(),
        None => (0..rulebook.norms.len() as u32)
            .map(NormId)
            .filter(in_scope)
            .collect(),
    }
}

fn broader(rulebook: &Rulebook) -> Vec<Vec<Implied>> {
    let identity = std::array::from_fn(|slot| Some(slot as u8));
    (0..rulebook.predicates.len())
        .map(|index| {
            let mut found = vec![Implied {
                predicate: PredicateId(index as u16),
                slots: identity,
            }];
            let mut next = 0;
            while let Some(implied) = found.get(next).copied() {
                next += 1;
                let predicate = rulebook.predicate(implied.predicate);
                if predicate.symmetric {
                    let mut slots = implied.slots;
                    slots.swap(0, 1);
                    push_new(&mut found, Implied { slots, ..implied });
                }
                for step in &predicate.broader {
                    let slots = step
                        .slots
                        .map(|slot| slot.and_then(|slot| implied.slots[slot as usize]));
                    push_new(
                        &mut found,
                        Implied {
                            predicate: step.predicate,
                            slots,
                        },
                    );
                }
            }
            found
        })
        .collect()
}

fn push_new(found: &mut Vec<Implied>, implied: Implied) {
    if !found.contains(&implied) {
        found.push(implied);
    }
}

fn narrower(broader: &[Vec<Implied>]) -> Vec<Vec<Implied>> {
    let mut found = vec![Vec::new(); broader.len()];
    for (index, all) in broader.iter().enumerate() {
        for implied in all
            .iter()
            .filter(|implied| implied.predicate.index() != index)
        {
            found[implied.predicate.index()].push(Implied {
                predicate: PredicateId(index as u16),
                slots: implied.slots,
            });
        }
    }
    found
}

fn momentary(rulebook: &Rulebook, broader: &[Vec<Implied>]) -> Vec<bool> {
    let mut found = vec![false; broader.len()];
    for (predicate, all) in rulebook.predicates.iter().zip(broader) {
        for implied in all.iter().filter(|_| !predicate.lasts) {
            found[implied.predicate.index()] = true;
        }
    }
    found
}

fn states(rulebook: &Rulebook) -> Vec<EntityId> {
    let is_state = |(_, entity): &(usize, &crate::model::entity::Entity)| {
        matches!(entity.kind, EntityKind::State { .. })
    };
    rulebook
        .entities
        .iter()
        .enumerate()
        .filter(is_state)
        .map(|(index, _)| EntityId::new(index))
        .collect()
}

fn successions(rulebook: &Rulebook) -> Vec<(Day, EntityId, EntityId)> {
    let mut found = Vec::new();
    for (index, entity) in rulebook.entities.iter().enumerate() {
        if let EntityKind::State { continues, .. } = &entity.kind {
            let heir = EntityId::new(index);
            let continues = continues.iter();
            found.extend(continues.map(|(predecessor, since)| (*since, *predecessor, heir)));
        }
    }
    found.sort_unstable();
    found
}

/// For each treaty, whoever may ever be a party by its own list, by succession or by a recorded accession. Empty: no limit is known.
fn potential_members(rulebook: &Rulebook) -> Vec<Vec<EntityId>> {
    let mut successors: FxHashMap<EntityId, Vec<EntityId>> = FxHashMap::default();
    for (index, entity) in rulebook.entities.iter().enumerate() {
        if let EntityKind::State { continues, .. } = &entity.kind {
            for (predecessor, _) in continues {
                successors
                    .entry(*predecessor)
                    .or_default()
                    .push(EntityId::new(index));
            }
        }
    }
    let mut acceded: FxHashMap<EntityId, Vec<EntityId>> = FxHashMap::default();
    for fact in &rulebook.history {
        if Some(fact.atom.predicate) == rulebook.core.accede
            && let [Some(who), Some(treaty), ..] = fact.atom.arguments
        {
            acceded.entry(treaty).or_default().push(who);
        }
    }
    rulebook
        .treaties
        .iter()
        .map(|treaty| {
            if treaty.open_to_every_state || treaty.parties_of.is_some() {
                return Vec::new();
            }
            let mut found: Vec<EntityId> = treaty.parties.iter().map(|party| party.actor).collect();
            found.extend(acceded.get(&treaty.entity).into_iter().flatten());
            let mut next = 0;
            let mut seen: FxHashSet<EntityId> = found.iter().copied().collect();
            while let Some(actor) = found.get(next).copied() {
                next += 1;
                found.extend(
                    successors
                        .get(&actor)
                        .into_iter()
                        .flatten()
                        .filter(|heir| seen.insert(**heir)),
                );
            }
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect()
}

fn replaced_by(rulebook: &Rulebook) -> Vec<Vec<TreatyId>> {
    let mut found = vec![Vec::new(); rulebook.treaties.len()];
    for (index, treaty) in rulebook.treaties.iter().enumerate() {
        for replaced in &treaty.replaces {
            found[replaced.index()].push(TreatyId(index as u32));
        }
    }
    found
}

/// Visits a condition and all its parts.
pub(crate) fn walk<'c>(condition: &'c Condition, visit: &mut impl FnMut(&'c Condition)) {
    visit(condition);
    match condition {
        Condition::Not(inner) | Condition::Considers { what: inner, .. } => walk(inner, visit),
        Condition::Count { body, except, .. } => {
            walk(body, visit);
            for part in except {
                walk(part, visit);
            }
        }
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                walk(part, visit);
            }
        }
        _ => {}
    }
}

pub(crate) mod order {
    //! Levels: a norm is evaluated after all that it depends on.

    use super::super::bearing::{self, Makers};
    use super::super::left_open::left_open;
    use super::{Implied, walk};
    use crate::model::condition::{Class, Condition};
    use crate::model::ids::{NormId, TreatyId};
    use crate::model::norm::{Head, Norm};
    use crate::model::rulebook::Rulebook;

    pub(crate) struct Order {
        pub(crate) levels: Vec<u16>,
        pub(crate) cyclic: Vec<bool>,
        pub(crate) needs_breach: Vec<bool>,
        pub(crate) lapsing: Vec<Vec<NormId>>,
    }

    impl Order {
        pub(crate) fn new(
            rulebook: &Rulebook,
            broader: &[Vec<Implied>],
            in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
            makers: &Makers,
        ) -> Self {
            let graph = graph(rulebook, broader, in_scope, makers);
            let (levels, mut cyclic) = levels(&graph);
            let count = levels.iter().max().map_or(1, |level| *level as usize + 1);
            cyclic.resize(count, false);
            let mut needs_breach = vec![false; count];
            let mut lapsing = vec![Vec::new(); count];
            for (norm, level) in rulebook.norms.iter().zip(&levels) {
                conditions(norm, &mut |part| {
                    let lapses = |id: &NormId| match &rulebook.norm(*id).head {
                        Head::Position(head) => head.lapses_on_breach,
                        Head::Deem(_) => false,
                    };
                    needs_breach[*level as usize] |= match part {
                        Condition::Breach { .. } => true,
                        Condition::Position { .. } => in_scope(part).iter().any(lapses),
                        _ => false,
                    };
                });
                let lives = lives(norm, rulebook, makers).into_iter();
                for treaty in lives.filter(|treaty| makers.needs_breach(*treaty)) {
                    needs_breach[*level as usize] = true;
                    let all = makers.of(treaty).iter().map(|id| NormId(*id as u32));
                    lapsing[*level as usize].extend(all);
                }
                conditions(norm, &mut |part| {
                    lapsing[*level as usize].extend(in_scope(part));
                });
            }
            for norms in &mut lapsing {
                norms.retain(|id| time_may_break(rulebook.norm(*id)));
                norms.sort_unstable();
                norms.dedup();
            }
            Self {
                levels,
                cyclic,
                needs_breach,
                lapsing,
            }
        }
    }

    /// Whether a standing norm may be broken, or end, without anything that engages it.
    fn time_may_break(norm: &Norm) -> bool {
        let Head::Position(head) = &norm.head else {
            return false;
        };
        let may = head.deadline.is_some() || head.before.is_some() || head.lapses_on_breach;
        !norm.triggered && may && left_open(norm).is_empty()
    }

    fn conditions<'c>(norm: &'c Norm, visit: &mut impl FnMut(&'c Condition)) {
        for condition in &norm.conditions {
            walk(condition, visit);
        }
        if let Head::Position(head) = &norm.head {
            for part in head.until.iter().chain(&head.before) {
                walk(part, visit);
            }
        }
    }

    /// The treaties on whose life a norm depends. What is deemed so is so whether or not the treaty is in force.
    fn lives(norm: &Norm, rulebook: &Rulebook, makers: &Makers) -> Vec<TreatyId> {
        let mut found = Vec::new();
        conditions(norm, &mut |part| {
            found.extend(bearing::asked(part, rulebook));
            if bearing::asks_any(part) {
                found.extend(makers.made());
            }
        });
        if let Head::Position(head) = &norm.head {
            found.extend(norm.treaty);
            found.extend(bearing::parties_named(&head.act, rulebook));
        }
        found
    }

    /// For each norm, those it depends on.
    pub(crate) fn graph(
        rulebook: &Rulebook,
        broader: &[Vec<Implied>],
        in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
        life: &Makers,
    ) -> Vec<Vec<usize>> {
        let makers = bearing::deems(rulebook, broader);
        let sees = |norm: &Norm, maker: &usize| {
            let scope = rulebook.norms[*maker].treaty;
            scope.is_none() || scope == norm.treaty
        };
        rulebook
            .norms
            .iter()
            .map(|norm| {
                let mut found = Vec::new();
                conditions(norm, &mut |part| match part {
                    Condition::Sentence { pattern, .. } => {
                        let words = bearing::words(pattern, rulebook).into_iter();
                        let all = words.filter_map(|word| makers.get(&word)).flatten();
                        found.extend(all.filter(|maker| sees(norm, maker)));
                    }
                    Condition::Is(_, Class::Status(status))
                    | Condition::Count {
                        class: Class::Status(status),
                        ..
                    } => {
                        let all = makers.get(status).into_iter().flatten();
                        found.extend(all.filter(|maker| sees(norm, maker)));
                    }
                    Condition::Position { .. } => {
                        found.extend(in_scope(part).into_iter().map(NormId::index));
                    }
                    Condition::Breach { .. } => {
                        // What is displaced is not broken.
                        for id in in_scope(part) {
                            found.push(id.index());
                            found.extend(bearing::rivals(id, rulebook, broader));
                        }
                    }
                    _ => {}
                });
                if let Head::Position(head) = &norm.head {
                    let words = bearing::words(&head.act, rulebook).into_iter();
                    let all = words.filter_map(|word| makers.get(&word)).flatten();
                    found.extend(all.filter(|maker| sees(norm, maker)));
                }
                for treaty in lives(norm, rulebook, life) {
                    found.extend(life.of(treaty));
                }
                found.sort_unstable();
                found.dedup();
                found
            })
            .collect()
    }

    /// Levels by relaxation; norms on a cycle share a level, which is marked.
    fn levels(graph: &[Vec<usize>]) -> (Vec<u16>, Vec<bool>) {
        let component = components(graph);
        let count = component.iter().max().map_or(0, |last| last + 1);
        let mut level = vec![0_u16; count];
        let mut members = vec![0_usize; count];
        let mut own_loop = vec![false; count];
        // Components come out in an order in which dependencies precede dependants.
        let mut by_component: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, at) in component.iter().enumerate() {
            by_component[*at].push(node);
            members[*at] += 1;
        }
        for at in 0..count {
            for node in &by_component[at] {
                for on in &graph[*node] {
                    if component[*on] == at {
                        own_loop[at] = true;
                    } else {
                        level[at] = level[at].max(level[component[*on]] + 1);
                    }
                }
            }
        }
        let mut cyclic = vec![false; level.iter().max().map_or(1, |last| *last as usize + 1)];
        for at in 0..count {
            if own_loop[at] {
                cyclic[level[at] as usize] = true;
            }
        }
        (component.iter().map(|at| level[*at]).collect(), cyclic)
    }

    /// Strongly connected components (Tarjan 1972, without recursion), dependencies first.
    fn components(graph: &[Vec<usize>]) -> Vec<usize> {
        const UNSEEN: usize = usize::MAX;
        let mut index = vec![UNSEEN; graph.len()];
        let mut low = vec![0; graph.len()];
        let mut component = vec![UNSEEN; graph.len()];
        let (mut stack, mut next, mut made) = (Vec::new(), 0, 0);
        for root in 0..graph.len() {
            if index[root] != UNSEEN {
                continue;
            }
            let mut calls = vec![(root, 0)];
            while let Some((node, edge)) = calls.pop() {
                if edge == 0 {
                    index[node] = next;
                    low[node] = next;
                    next += 1;
                    stack.push(node);
                }
                if let Some(on) = graph[node].get(edge) {
                    calls.push((node, edge + 1));
                    if index[*on] == UNSEEN {
                        calls.push((*on, 0));
                    } else if component[*on] == UNSEEN {
                        low[node] = low[node].min(index[*on]);
                    }
                    continue;
                }
                if low[node] == index[node] {
                    while let Some(member) = stack.pop() {
                        component[member] = made;
                        if member == node {
                            break;
                        }
                    }
                    made += 1;
                }
                if let Some((caller, _)) = calls.last() {
                    low[*caller] = low[*caller].min(low[node]);
                }
            }
        }
        component
    }
}
