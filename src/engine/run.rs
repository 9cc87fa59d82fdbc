//! One evaluation: facts in, norms by level, positions out, repeated while performed duties bring new acts (M10).

use super::Options;
use super::compiled::{Engine, Implied};
use super::granted::Granted;
use super::instance::{Act, read_as};
use super::life::{KnownLife, Life};
use super::outcome::{Conflict, Facts, Missing, Outcome, Position, PositionId, Turn};
use super::postpone::Postponed;
use super::store::{Origin, Store, StoredFact};
use crate::calendar::Day;
use crate::extent::{Extent, Readings, Space};
use crate::model::fact::{Assume, Claim, Fact, PositionQuery, Scenario, View};
use crate::model::ids::{DisputeId, EntityId, LayerId, NormId, PredicateId, TreatyId};
use crate::model::question::{Question, Where};
use crate::model::sentence::Atom;
use crate::model::vocabulary::SLOTS;
use indexmap::IndexSet;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// The most hypothetical acts of a cascade.
const MOST_ACTS: usize = 100_000;
/// The most rounds of a cascade; each settles at least one more day.
const MOST_ROUNDS: usize = 2_000;

/// So many firings are done norm by norm, so that each finds its positions close at hand.
const MANY_FIRINGS: usize = 4_096;

/// What a definition gives: the sentence and its place.
pub(crate) type Defined = (NormId, [Option<EntityId>; SLOTS], Option<EntityId>);

/// Facts, by number.
pub(crate) type Numbers = SmallVec<[u32; 12]>;

/// A norm with what fills the roles of its act.
pub(crate) type Filled = (NormId, [Option<EntityId>; SLOTS]);

/// The state of one evaluation.
#[derive(Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent marks of how far it has come"
)]
pub(crate) struct Run<'a, 'e> {
    pub(crate) engine: &'a Engine<'e>,
    pub(crate) scenario: Option<&'e Scenario>,
    pub(crate) horizon: Day,
    as_of: Day,
    view: View,
    assume: Assume,
    pub(crate) all: bool,
    pub(crate) asked: Vec<PositionQuery>,
    /// Positions made now are silent: nobody's act engages them.
    pub(crate) silent: bool,
    pub(crate) space: Space,
    pub(crate) questions: IndexSet<Question>,
    pub(crate) store: Store<'e>,
    pub(crate) lives: Vec<Option<KnownLife<'a>>>,
    /// The treaties whose lives are being worked out.
    pub(crate) living: Vec<TreatyId>,
    pub(crate) lies: FxHashMap<(EntityId, Where, Option<TreatyId>), Extent>,
    touched: FxHashSet<TreatyId>,
    allowed: Option<FxHashSet<TreatyId>>,
    pub(crate) cast: Vec<EntityId>,
    /// It is open which facts of the scenario are stated: by whom each names.
    supposed: Option<FxHashMap<EntityId, Vec<u32>>>,
    accounts: FxHashMap<EntityId, Vec<Option<bool>>>,
    pub(crate) positions: Vec<Position>,
    pub(crate) granted: Granted,
    /// The ways to what has never started yet.
    pub(crate) waiting: FxHashMap<Filled, Vec<Turn>>,
    /// Norms that a fact concerns, while they are looked up.
    concerned: Vec<NormId>,
    /// Norms to fire with a fact, by level.
    pub(crate) agenda: Vec<Vec<(NormId, u32)>>,
    /// The level being worked on.
    pub(crate) level: usize,
    pub(crate) postponed: Postponed,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) limits: Vec<Conflict>,
    /// What definitions have given so far: the number of the fact.
    pub(crate) defined: FxHashMap<Defined, u32>,
    /// Sentences that assumptions fix as false.
    ruled_out: FxHashSet<(PredicateId, [Option<EntityId>; SLOTS])>,
    /// Positions whose timeline must be worked out again.
    pub(crate) stale: Vec<u32>,
    /// Positions that have engaged standing norms already.
    pub(crate) engaged: usize,
    /// A fact or position is new or has changed since everything was settled.
    pub(crate) unsettled: bool,
    /// The levels whose standing norms were engaged when everything was settled, if nothing has changed since.
    pub(crate) settled_to: Option<usize>,
    cut_off: bool,
}

impl<'a, 'e> Run<'a, 'e> {
    pub(crate) fn new(engine: &'a Engine<'e>, scenario: &'e Scenario, options: &Options) -> Self {
        let last_named = last_day(scenario);
        let as_of = options
            .as_of
            .or(scenario.as_of)
            .or(last_named)
            .unwrap_or(Day(0));
        let mut run = Self::empty(engine, last_named.map_or(as_of, |last| last.max(as_of)));
        run.as_of = as_of;
        run.scenario = Some(scenario);
        run.view = options.view.unwrap_or(scenario.view);
        run.assume = options.assume.clone();
        run.all = options.all;
        run.asked.clone_from(&options.asked);
        run.allowed = scenario
            .treaties
            .as_ref()
            .map(|list| list.iter().copied().collect());
        run.cast = cast(scenario);
        // Most facts imply another; a few of them give rise to as many positions.
        run.store.facts.reserve(2 * scenario.facts.len());
        run.positions.reserve(2 * scenario.facts.len());
        run
    }

    /// Leaves it open which facts of the scenario are stated.
    pub(crate) fn supposing(mut self, questions: &[Question], most: usize) -> Self {
        self.space = Space::limited(most);
        self.questions = questions.iter().cloned().collect();
        let mut named: FxHashMap<EntityId, Vec<u32>> = FxHashMap::default();
        let facts = self.scenario.map_or(&[][..], |scenario| &scenario.facts);
        for (number, fact) in facts.iter().enumerate() {
            for actor in named_in(&fact.atom) {
                named.entry(actor).or_default().push(number as u32);
            }
        }
        self.supposed = Some(named);
        self
    }

    /// The readings on which a fact of the scenario is stated.
    fn stated_there(&mut self, number: usize, origin: Origin) -> Readings {
        match (&self.supposed, origin) {
            (Some(_), Origin::Given(_)) => self.question(Question::Stated(number)),
            _ => Readings::ALL,
        }
    }

    /// The readings on which the events of the scenario name one of these.
    pub(crate) fn named(&mut self, actors: &[EntityId]) -> Readings {
        let Some(supposed) = &self.supposed else {
            return Readings::ALL;
        };
        let numbers = actors.iter().filter_map(|actor| supposed.get(actor));
        let mut numbers: Vec<u32> = numbers.flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .rev()
            .fold(Readings::NONE, |named, number| {
                let stated = self.question(Question::Stated(number as usize));
                self.space.or(named, stated)
            })
    }

    /// The readings on which a fact prompts a position: one of record only if its subject is named.
    pub(crate) fn prompting(&mut self, index: u32) -> Readings {
        if self.supposed.is_none() {
            return Readings::ALL;
        }
        let fact = self.fact(index);
        let (subject, extent) = (fact.arguments[0], fact.extent.clone());
        if (index as usize) < self.engine.base.facts.len() {
            return self.named(subject.as_slice());
        }
        let each = extent.changes().iter();
        each.fold(Readings::NONE, |any, (_, readings)| {
            self.space.or(any, *readings)
        })
    }

    /// A run over the facts of record alone.
    pub(crate) fn of_record(engine: &'a Engine<'e>, horizon: Day) -> Self {
        let mut run = Self::empty(engine, horizon);
        run.touched = (0..engine.rulebook.treaties.len() as u32)
            .map(TreatyId)
            .collect();
        run.add_uncertain_record();
        run
    }

    fn empty(engine: &'a Engine<'e>, horizon: Day) -> Self {
        Self {
            engine,
            scenario: None,
            horizon,
            as_of: horizon,
            view: View::Full,
            assume: Assume::None,
            all: false,
            asked: Vec::new(),
            silent: false,
            space: Space::default(),
            questions: IndexSet::new(),
            store: Store::default(),
            lives: vec![None; engine.rulebook.treaties.len()],
            living: Vec::new(),
            lies: FxHashMap::default(),
            touched: FxHashSet::default(),
            allowed: None,
            cast: Vec::new(),
            supposed: None,
            accounts: FxHashMap::default(),
            positions: Vec::new(),
            granted: Granted::default(),
            waiting: FxHashMap::default(),
            concerned: Vec::new(),
            agenda: vec![Vec::new(); engine.cyclic.len()],
            level: 0,
            postponed: Postponed::default(),
            conflicts: Vec::new(),
            limits: Vec::new(),
            defined: FxHashMap::default(),
            ruled_out: FxHashSet::default(),
            stale: Vec::new(),
            engaged: 0,
            unsettled: true,
            settled_to: None,
            cut_off: false,
        }
    }

    /// Evaluates to the end.
    pub(crate) fn finish(mut self) -> Outcome<'e> {
        self.evaluate();
        self.outcome()
    }

    /// Evaluates round by round until performed duties bring nothing new.
    pub(crate) fn evaluate(&mut self) {
        let mut acts: Vec<Act<'e>> = Vec::new();
        for round in 0.. {
            self.round(&acts);
            if self.assume == Assume::None {
                break;
            }
            let next = self.performed_acts();
            let settled =
                next.len() == acts.len() && next.iter().zip(&acts).all(|(a, b)| a.same_as(b));
            if settled {
                break;
            }
            if round == MOST_ROUNDS || next.len() > MOST_ACTS {
                self.cut_off = true;
                break;
            }
            acts = next;
        }
    }

    /// Evaluates everything, given the hypothetical acts so far.
    fn round(&mut self, acts: &[Act<'e>]) {
        self.store.clear();
        self.lives.iter_mut().for_each(|life| *life = None);
        self.lies.clear();
        self.touched.clear();
        self.positions.clear();
        self.granted.clear();
        self.waiting.clear();
        self.postponed = Postponed::default();
        self.agenda.iter_mut().for_each(Vec::clear);
        self.conflicts.clear();
        self.limits.clear();
        self.stale.clear();
        self.defined.clear();
        self.ruled_out.clear();
        self.engaged = 0;
        self.unsettled = true;
        self.settled_to = None;
        self.level = 0;
        self.add_facts(acts);
        for level in 0..self.agenda.len() {
            self.level = level;
            self.work(level);
        }
        self.engaged = 0;
        self.settle();
    }

    fn work(&mut self, level: usize) {
        if self.engine.needs_breach[level] {
            self.engaged = 0;
            self.bring_in(level);
            self.settle();
        }
        let cyclic = self.engine.cyclic[level];
        let earlier = self.postponed.firings.len();
        // On a cyclic level new facts and positions may start norms of the same level again.
        for _ in 0..1_000 {
            let before = cyclic.then(|| self.signature());
            self.postponed.firings.truncate(earlier);
            if self.agenda[level].len() > MANY_FIRINGS {
                self.agenda[level].sort_unstable();
            }
            let mut done = 0;
            while let Some((norm, fact)) = self.agenda[level].get(done).copied() {
                done += 1;
                self.fire(norm, fact);
            }
            self.take_up_postponed();
            for index in 0..self.engine.unprompted[level].len() {
                self.fire_unprompted(self.engine.unprompted[level][index]);
            }
            if cyclic && self.engine.needs_breach[level] {
                self.settle();
            }
            self.refresh();
            if before.is_none_or(|before| before == self.signature()) {
                break;
            }
        }
    }

    /// A cheap mark of what is known, to see whether a round changed anything.
    fn signature(&self) -> (usize, usize, u64) {
        let mut mark = 0_u64;
        for position in &self.positions {
            for (day, readings) in position
                .holds
                .changes()
                .iter()
                .chain(position.fate().violated.changes())
            {
                let value = (u64::from(day.0.cast_unsigned()) << 32) | u64::from(readings.number());
                mark = mark.rotate_left(5) ^ value.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            }
        }
        (self.positions.len(), self.store.facts.len(), mark)
    }

    fn add_facts(&mut self, acts: &[Act<'e>]) {
        let Some(scenario) = self.scenario else {
            return;
        };
        let open = |atom: &Atom| {
            !scenario
                .facts
                .iter()
                .any(|fact| fact.contested && covers(atom, &fact.atom))
        };
        for (atom, _) in scenario
            .assumptions
            .iter()
            .filter(|(atom, is_true)| !is_true && open(atom))
        {
            self.state_contrary(atom);
        }
        // What bears on the lives of treaties is known before any fact starts a norm.
        for fact in &scenario.facts {
            self.touch(&fact.atom);
        }
        for (atom, is_true) in &scenario.assumptions {
            if *is_true && open(atom) {
                self.touch(atom);
            }
        }
        for act in acts {
            self.touch(&act.atom());
        }
        for (number, fact) in scenario.facts.iter().enumerate() {
            self.add_stated(number, fact, Origin::Given(number as u32));
        }
        self.add_uncertain_record();
        for (index, (atom, is_true)) in scenario.assumptions.iter().enumerate() {
            if !*is_true || !open(atom) {
                continue;
            }
            let always = Extent::always(Readings::ALL);
            let act_days = if self.engine.rulebook.predicate(atom.predicate).lasts {
                always.clone()
            } else {
                always.onsets(&mut self.space)
            };
            let origin = Origin::Assumed(index as u32);
            self.add_atom(atom, always, act_days, origin, Readings::ALL);
        }
        for act in acts {
            self.add_hypothetical(act);
        }
        self.schedule_record();
    }

    fn add_uncertain_record(&mut self) {
        let history = &self.engine.rulebook.history;
        let offset = self.scenario.map_or(0, |scenario| scenario.facts.len());
        for index in &self.engine.uncertain {
            let fact = &history[*index as usize];
            self.touch(&fact.atom);
            self.add_stated(offset + *index as usize, fact, Origin::Record(*index));
        }
    }

    fn add_stated(&mut self, number: usize, fact: &'e Fact, origin: Origin) {
        let stated = self.stated_there(number, origin);
        let readings = if fact.contested {
            self.contested(number, fact)
        } else {
            Readings::ALL
        };
        if fact.negated {
            self.note_contrary(&fact.atom, stated);
            if !fact.contested {
                return;
            }
        }
        let readings = if fact.negated {
            self.space.not(readings)
        } else {
            readings
        };
        let readings = self.space.and(readings, stated);
        let (extent, act_days) = self.stated_days(number, fact);
        let extent = extent.on(readings, &mut self.space);
        let act_days = act_days.on(readings, &mut self.space);
        self.add_atom(&fact.atom, extent, act_days, origin, stated);
    }

    /// The readings on which a contested fact is true: its question, or what an assumption says of it.
    fn contested(&mut self, number: usize, fact: &Fact) -> Readings {
        let assumptions = self
            .scenario
            .map_or(&[][..], |scenario| &scenario.assumptions);
        if let Some((_, is_true)) = assumptions
            .iter()
            .find(|(atom, _)| covers(atom, &fact.atom))
        {
            return if *is_true == fact.negated {
                Readings::NONE
            } else {
                Readings::ALL
            };
        }
        self.question(Question::Fact(number))
    }

    fn state_contrary(&mut self, atom: &Atom) {
        for implied in &self.engine.broader[atom.predicate.index()] {
            if implied.predicate == atom.predicate {
                let arguments = implied.read(&atom.arguments);
                self.state(implied.predicate, arguments, Readings::ALL);
                self.ruled_out.insert((implied.predicate, arguments));
            }
        }
    }

    fn note_contrary(&mut self, atom: &Atom, stated: Readings) {
        for implied in &self.engine.broader[atom.predicate.index()] {
            if implied.predicate == atom.predicate {
                let arguments = implied.read(&atom.arguments);
                self.state(implied.predicate, arguments, stated);
            }
        }
    }

    /// Notes that somebody states a sentence or its contrary, if that may matter: where silence would leave it open.
    fn state(
        &mut self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
        stated: Readings,
    ) {
        if self.engine.rulebook.predicate(predicate).open {
            self.store.state(predicate, arguments, stated);
        }
    }

    /// Adds a fact that somebody states, with all it implies, and lets it start norms.
    fn add_atom(
        &mut self,
        atom: &'e Atom,
        extent: Extent,
        act_days: Extent,
        origin: Origin,
        stated: Readings,
    ) {
        for implied in &self.engine.broader[atom.predicate.index()] {
            let arguments = implied.read(&atom.arguments);
            if !self.is_ruled_out(implied.predicate, &arguments) {
                self.state(implied.predicate, arguments, stated);
            }
        }
        let fact = StoredFact {
            predicate: atom.predicate,
            arguments: atom.arguments,
            place: atom.place,
            amount: atom.amount.as_ref(),
            extent,
            act_days,
            scope: None,
            depth: 0,
            origin,
            implied_by: None,
        };
        self.add_fact(fact);
    }

    /// Adds a fact with all it implies, and lets it start norms.
    pub(crate) fn add_fact(&mut self, fact: StoredFact<'e>) -> Option<u32> {
        let mut first = None;
        for (predicate, arguments) in self.implied(fact.predicate, fact.arguments) {
            let stored = StoredFact {
                predicate,
                arguments,
                implied_by: first,
                ..fact.clone()
            };
            let index = self.store.add(stored) + self.engine.base.facts.len() as u32;
            first = first.or(Some(index));
            self.unsettled = true;
            self.schedule(index, true);
        }
        first
    }

    /// A sentence and all that it implies, nothing through what an assumption fixes as false.
    fn implied(
        &self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
    ) -> SmallVec<[(PredicateId, [Option<EntityId>; SLOTS]); 3]> {
        if self.ruled_out.is_empty() {
            let broader = self.engine.broader[predicate.index()].iter();
            let read = |implied: &Implied| (implied.predicate, implied.read(&arguments));
            return broader.map(read).collect();
        }
        let allowed = |predicate, arguments: &_| !self.is_ruled_out(predicate, arguments);
        let rulebook = self.engine.rulebook;
        SmallVec::from_vec(rulebook.implied_through(predicate, arguments, allowed))
    }

    /// Whether a fact of record, or what implies it, is fixed as false by an assumption.
    fn is_record_ruled_out(&self, index: u32) -> bool {
        if self.ruled_out.is_empty() {
            return false;
        }
        let base = &self.engine.base;
        let fact = base.get(index);
        let root = fact.implied_by.map_or(fact, |root| base.get(root));
        let implied = self.implied(root.predicate, root.arguments);
        !implied.contains(&(fact.predicate, fact.arguments))
    }

    /// Whether an assumption fixes the sentence as false.
    fn is_ruled_out(&self, predicate: PredicateId, arguments: &[Option<EntityId>; SLOTS]) -> bool {
        self.ruled_out.contains(&(predicate, *arguments))
    }

    /// Puts the norms that a fact can start on the agenda.
    fn schedule(&mut self, index: u32, positions_too: bool) {
        let engine = self.engine;
        if (index as usize) < engine.base.facts.len() && self.is_record_ruled_out(index) {
            return;
        }
        let (predicate, arguments) = {
            let fact = self.fact(index);
            (fact.predicate, fact.arguments)
        };
        let mut found = std::mem::take(&mut self.concerned);
        engine.triggers.find(predicate, &arguments, &mut found);
        let acts = self.acts_concerned(index, predicate, &arguments);
        for (act, arguments) in &acts {
            engine.standing.find_compatible(*act, arguments, &mut found);
        }
        for treaty in &self.touched {
            // Somebody may have joined whom the index does not know.
            let norms = engine.norms_of[treaty.index()].iter().copied();
            found.extend(norms.filter(|norm| {
                engine.starts(*norm, predicate)
                    || acts.iter().any(|(act, _)| engine.stands_on(*norm, *act))
            }));
        }
        found.sort_unstable();
        found.dedup();
        for norm in found.drain(..) {
            let rule = engine.rulebook.norm(norm);
            let definition = matches!(rule.head, crate::model::norm::Head::Deem(_));
            let allowed = rule.treaty.is_none_or(|treaty| self.is_allowed(treaty));
            if allowed && (positions_too || definition) {
                let level = (engine.levels[norm.index()] as usize).max(self.level);
                self.agenda[level].push((norm, index));
            }
        }
        self.concerned = found;
    }

    /// An act, or the refusal of one, concerns standing norms about it and about kinds of it (M9).
    fn acts_concerned(
        &self,
        index: u32,
        predicate: PredicateId,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> SmallVec<[(PredicateId, [Option<EntityId>; SLOTS]); 3]> {
        let engine = self.engine;
        let verb = self.verb(predicate);
        let mut acts = smallvec![(verb, *arguments)];
        if self.fact(index).implied_by.is_none() {
            let narrower = engine.narrower[verb.index()].iter();
            acts.extend(narrower.map(|kind| (kind.predicate, read_as(kind, arguments))));
            // What a fact implies concerns them by itself, unless it is ruled out.
            if verb != predicate || !self.ruled_out.is_empty() {
                let broader = engine.broader[verb.index()].iter();
                acts.extend(broader.map(|implied| (implied.predicate, implied.read(arguments))));
            }
        }
        acts
    }

    /// Facts of record start positions if their subject is named in the scenario, and definitions always.
    fn schedule_record(&mut self) {
        let engine = self.engine;
        for actor in self.cast.clone() {
            for index in engine.base_by_subject.get(&actor).into_iter().flatten() {
                self.schedule(*index, true);
            }
        }
        for predicate in &engine.definition_predicates {
            for index in engine.base.find(*predicate, [None, None]) {
                let subject = engine.base.get(index).arguments[0];
                if !subject.is_some_and(|actor| self.is_cast(actor)) {
                    self.schedule(index, false);
                }
            }
        }
    }

    /// Whether an actor is named in the events of the scenario.
    fn is_cast(&self, actor: EntityId) -> bool {
        self.cast.binary_search(&actor).is_ok()
    }

    fn touch(&mut self, atom: &Atom) {
        let engine = self.engine;
        let named = atom
            .arguments
            .iter()
            .flatten()
            .filter_map(|entity| engine.rulebook.treaty_of(*entity));
        let bearing = engine.broader[atom.predicate.index()]
            .iter()
            .filter_map(|implied| engine.life_predicates.get(&implied.predicate))
            .flatten()
            .copied();
        let mut open: Vec<TreatyId> = named.chain(bearing).collect();
        while let Some(treaty) = open.pop() {
            if self.touched.insert(treaty) {
                open.extend(&engine.dependants[treaty.index()]);
            }
        }
    }

    /// The treaties about which actors of the scenario have done something, or on whose life its facts bear.
    pub(crate) fn treaties_of_cast(&self) -> Vec<EntityId> {
        let engine = self.engine;
        let facts = self
            .cast
            .iter()
            .filter_map(|actor| engine.base_by_subject.get(actor))
            .flatten();
        let named = facts.flat_map(|index| engine.base.get(*index).arguments.iter().flatten());
        let mut found: Vec<EntityId> = named
            .copied()
            .filter(|entity| engine.rulebook.treaty_of(*entity).is_some())
            .collect();
        found.extend(
            self.touched
                .iter()
                .map(|treaty| engine.rulebook.treaty(*treaty).entity),
        );
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The treaties on whose life facts of this scenario bear.
    pub(crate) fn touched_treaties(&self) -> Vec<TreatyId> {
        let mut found: Vec<TreatyId> = self.touched.iter().copied().collect();
        found.sort_unstable();
        found
    }

    /// Whether facts of this scenario bear on the life of a treaty.
    pub(crate) fn is_touched(&self, treaty: TreatyId) -> bool {
        self.touched.contains(&treaty)
    }

    /// Whether the scenario counts this treaty.
    pub(crate) fn is_allowed(&self, treaty: TreatyId) -> bool {
        self.allowed
            .as_ref()
            .is_none_or(|allowed| allowed.contains(&treaty))
    }

    /// Changes the days of a fact of this run and of all that it implies.
    pub(crate) fn change_fact(
        &mut self,
        index: u32,
        extent: &Extent,
        act_days: &Extent,
        depth: u32,
    ) {
        let record = self.engine.base.facts.len();
        for (at, fact) in self
            .store
            .facts
            .iter_mut()
            .enumerate()
            .skip(index as usize - record)
        {
            if at + record == index as usize || fact.implied_by == Some(index) {
                let same = (&fact.extent, &fact.act_days, fact.depth) == (extent, act_days, depth);
                self.unsettled |= !same;
                fact.extent = extent.clone();
                fact.act_days = act_days.clone();
                fact.depth = depth;
            } else {
                break;
            }
        }
    }

    /// A fact by number: first those of record, then those of the run.
    pub(crate) fn fact(&self, index: u32) -> &StoredFact<'e> {
        let record = self.engine.base.facts.len() as u32;
        if index < record {
            self.engine.base.get(index)
        } else {
            self.store.get(index - record)
        }
    }

    /// Facts of a predicate that may match, given the first two arguments as far as they are known.
    pub(crate) fn find(&self, predicate: PredicateId, known: [Option<EntityId>; 2]) -> Numbers {
        let record = self.engine.base.facts.len() as u32;
        let base = self.engine.base.find(predicate, known);
        let mut found: Numbers = base.collect();
        if !self.ruled_out.is_empty() {
            found.retain(|index| !self.is_record_ruled_out(*index));
        }
        let own = self.store.find(predicate, known);
        found.extend(own.map(|index| index + record));
        found
    }

    /// Whether no fact may match.
    pub(crate) fn finds_nothing(
        &self,
        predicate: PredicateId,
        known: [Option<EntityId>; 2],
    ) -> bool {
        let mut base = self.engine.base.find(predicate, known);
        base.next().is_none() && self.store.find(predicate, known).next().is_none()
    }

    /// The readings on which this sentence or its contrary is stated.
    pub(crate) fn stated(
        &mut self,
        predicate: PredicateId,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> Readings {
        let record = self.engine.base.stated(predicate, arguments);
        let given = self.store.stated(predicate, arguments);
        let space = &mut self.space;
        let each = record.iter().chain(given).copied();
        each.fold(Readings::NONE, |any, one| space.or(any, one))
    }

    /// The number of a stated fact, as questions name it.
    pub(crate) fn number(&self, origin: Origin) -> usize {
        match origin {
            Origin::Given(index) => index as usize,
            Origin::Record(index) => {
                self.scenario.map_or(0, |scenario| scenario.facts.len()) + index as usize
            }
            _ => usize::MAX,
        }
    }

    /// The readings on which a question is answered yes.
    pub(crate) fn question(&mut self, question: Question) -> Readings {
        let (index, new) = self.questions.insert_full(question);
        if new {
            self.accounts.clear();
        }
        self.space.question(index as u32)
    }

    /// The readings on which a reading of a dispute is the right one.
    pub(crate) fn reading(&mut self, dispute: DisputeId, number: u8) -> Readings {
        let count = self.engine.rulebook.disputes[dispute.index()]
            .readings
            .len() as u8;
        let mut found = Readings::ALL;
        for earlier in 0..number {
            let question = self.question(Question::Reading(dispute, earlier));
            found = self.space.without(found, question);
        }
        if number + 1 < count {
            let question = self.question(Question::Reading(dispute, number));
            found = self.space.and(found, question);
        }
        found
    }

    /// The days on which a secret layer is part of the view.
    pub(crate) fn layer(&self, layer: LayerId) -> Extent {
        let layer = &self.engine.rulebook.layers[layer.index()];
        let knows = match self.view {
            View::Full => true,
            View::Public => false,
            View::Of(actor) => layer.known_to.contains(&actor),
        };
        match layer.until {
            _ if knows => Extent::always(Readings::ALL),
            Some(day) => Extent::from(day, Readings::ALL),
            None => Extent::never(),
        }
    }

    /// What an actor asserts (true) and denies (false), by question.
    pub(crate) fn asserted(&mut self, actor: EntityId) -> Vec<Option<bool>> {
        let (Some(scenario), questions) = (self.scenario, &self.questions) else {
            return Vec::new();
        };
        let rulebook = self.engine.rulebook;
        let work = || super::settle::asserted(rulebook, scenario, questions, actor);
        self.accounts.entry(actor).or_insert_with(work).clone()
    }

    /// Who performs duties.
    pub(crate) fn performs(&self, actor: EntityId) -> bool {
        match &self.assume {
            Assume::None => false,
            Assume::All => true,
            Assume::Only(list) => list.contains(&actor),
        }
    }

    /// The positions of a norm.
    pub(crate) fn positions_of(&self, norm: NormId) -> SmallVec<[u32; 4]> {
        SmallVec::from_slice(self.granted.of(norm))
    }

    pub(crate) fn outcome(mut self) -> Outcome<'e> {
        self.sort_positions();
        let scenario = self.scenario.unwrap_or(&EMPTY);
        // Of a treaty that nothing touches, only an expectation wants to know.
        for expectation in &scenario.expectations {
            if let Claim::InForce(treaty) | Claim::NotInForce(treaty, _) = &expectation.claim {
                self.life(*treaty);
            }
        }
        let not_in_force = self.missing();
        let rulebook = self.engine.rulebook;
        Outcome {
            facts: Facts {
                record: Arc::clone(&self.engine.base),
                own: self.store.facts,
                scenario,
                rulebook,
            },
            rulebook,
            scenario,
            as_of: self.as_of,
            horizon: self.horizon,
            positions: self.positions,
            conflicts: self.conflicts,
            limits: self.limits,
            questions: self.questions,
            space: self.space,
            not_in_force,
            cut_off: self.cut_off,
            lives: self.lives.into_iter().map(owned).collect(),
        }
    }

    /// Puts positions in the order of norms and arguments.
    fn sort_positions(&mut self) {
        let key = |position: &Position| (position.norm, position.arguments);
        if !self.positions.is_sorted_by_key(key) {
            self.reorder_positions();
        }
        let key = |conflict: &Conflict| {
            (
                conflict.one.min(conflict.other),
                conflict.one.max(conflict.other),
            )
        };
        self.conflicts.sort_by_key(key);
        self.limits.sort_by_key(key);
    }

    fn reorder_positions(&mut self) {
        let mut order: Vec<u32> = (0..self.positions.len() as u32).collect();
        order.sort_by_key(|index| {
            let position = &self.positions[*index as usize];
            (position.norm, position.arguments)
        });
        let mut rank = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            rank[*old as usize] = new as u32;
        }
        // In place: there may be a million of them.
        let mut left = rank.clone();
        for at in 0..left.len() {
            while left[at] as usize != at {
                let to = left[at] as usize;
                self.positions.swap(at, to);
                left.swap(at, to);
            }
        }
        let renumber = |id: &mut PositionId| id.0 = rank[id.index()];
        for displacement in self
            .positions
            .iter_mut()
            .filter_map(Position::known_fate)
            .flat_map(|fate| &mut fate.displaced_by)
        {
            renumber(&mut displacement.by);
        }
        for conflict in self.conflicts.iter_mut().chain(&mut self.limits) {
            renumber(&mut conflict.one);
            renumber(&mut conflict.other);
        }
        for fact in &mut self.store.facts {
            if let Origin::Performed(index) = &mut fact.origin {
                *index = rank.get(*index as usize).copied().unwrap_or(*index);
            }
        }
    }

    /// Treaties of the cast that are not in force on the day, and what they want.
    fn missing(&mut self) -> Vec<Missing> {
        let engine = self.engine;
        let listed = self.scenario.and_then(|scenario| scenario.treaties.clone());
        let mut candidates = listed.clone().unwrap_or_else(|| engine.pending.clone());
        candidates.sort_unstable();
        candidates.dedup();
        let mut found = Vec::new();
        for id in candidates {
            let treaty = engine.rulebook.treaty(id);
            let concerns =
                treaty.parties.iter().any(|party| self.is_cast(party.actor)) || self.is_touched(id);
            if !concerns {
                continue;
            }
            let life = self.life(id);
            let begun = life
                .in_force
                .first_day()
                .is_some_and(|day| day <= self.as_of);
            if life.in_force.at(self.as_of) != Readings::NONE || (begun && listed.is_none()) {
                continue;
            }
            // What has ended by its own words will not enter into force any more.
            let over = treaty.ends_on.is_some_and(|day| day <= self.as_of);
            if !begun && over {
                continue;
            }
            let signed = treaty
                .signed
                .is_none_or(|signed| signed.first() <= self.as_of);
            if begun || signed {
                let missing = if begun {
                    Vec::new()
                } else {
                    self.missing_for(id)
                };
                found.push(Missing {
                    treaty: id,
                    pending: !begun,
                    missing,
                });
            }
        }
        found
    }

    fn missing_for(&mut self, id: TreatyId) -> Vec<Atom> {
        let treaty = self.engine.rulebook.treaty(id);
        let crate::model::treaty::Entry::When(condition) = &treaty.entry else {
            return Vec::new();
        };
        let own = Arc::new(self.signatories(treaty, &[]));
        self.know_lives(condition, id);
        let before = self.lives[id.index()].replace(KnownLife::Own(own));
        let mut missing = Vec::new();
        self.failures(
            condition,
            id,
            &mut super::outcome::Binding::new(),
            &mut missing,
        );
        self.lives[id.index()] = before;
        missing
    }

    pub(crate) fn day_asked(&self) -> Day {
        self.as_of
    }
}

fn owned(life: Option<KnownLife<'_>>) -> Option<Arc<Life>> {
    life.map(|life| Arc::clone(&life))
}

static EMPTY: Scenario = Scenario::of(Vec::new());

/// Whether what is assumed speaks of a fact: the same sentence, with roles left out matching anything.
fn covers(assumed: &Atom, fact: &Atom) -> bool {
    let fits = |(own, other): (&Option<EntityId>, &Option<EntityId>)| own.is_none() || own == other;
    assumed.predicate == fact.predicate && assumed.arguments.iter().zip(&fact.arguments).all(fits)
}

fn last_day(scenario: &Scenario) -> Option<Day> {
    let facts = scenario
        .facts
        .iter()
        .map(|fact| fact.to.unwrap_or(fact.from).last().max(fact.from.last()));
    facts
        .chain(
            scenario
                .expectations
                .iter()
                .filter_map(|expectation| expectation.on),
        )
        .max()
}

/// The actors named in the events of a scenario.
fn cast(scenario: &Scenario) -> Vec<EntityId> {
    let atoms = scenario.facts.iter().map(|fact| &fact.atom);
    let mut found: Vec<EntityId> = atoms.flat_map(named_in).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whom a sentence names, owners of possessions too.
fn named_in(atom: &Atom) -> impl Iterator<Item = EntityId> {
    let each = atom.arguments.iter().flatten();
    each.flat_map(|entity| {
        let owner = entity.possessed().map(|(_, owner)| owner);
        [Some(*entity), owner].into_iter().flatten()
    })
}
