//! One evaluation: facts in, norms by level, positions out, repeated while performed duties bring new acts (M10).

use super::Options;
use super::act::Act;
use super::compiled::Engine;
use super::concern::cast;
use super::granted::Granted;
use super::held::Asked;
use super::life::KnownLife;
use super::outcome::{Conflict, Outcome};
use super::position::{Position, Turn};
use super::postpone::Postponed;
use super::store::{Origin, Store, StoredFact};
use crate::calendar::Day;
use crate::extent::{Extent, Readings, Space};
use crate::model::fact::{Assume, PositionQuery, Scenario, View};
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::question::{Question, Where};
use crate::model::vocabulary::SLOTS;
use indexmap::IndexSet;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// The most hypothetical acts of a cascade.
const MOST_ACTS: usize = 100_000;
/// The most rounds; each settles at least one more day.
const MOST_ROUNDS: usize = 2_000;

/// The most times that norms which lead back to themselves are worked out.
pub(crate) const MOST_TURNS: usize = 1_000;

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
    reason = "five independent marks of how far it has come"
)]
pub(crate) struct Run<'a, 'e> {
    pub(crate) engine: &'a Engine<'e>,
    pub(crate) scenario: Option<&'e Scenario>,
    pub(crate) horizon: Day,
    pub(crate) as_of: Day,
    pub(crate) view: View,
    pub(crate) assume: Assume,
    pub(crate) all: bool,
    pub(crate) asked: Vec<PositionQuery>,
    /// Positions made now are silent: nobody's act engages them.
    pub(crate) silent: bool,
    pub(crate) space: Space,
    pub(crate) questions: IndexSet<Question>,
    pub(crate) store: Store<'e>,
    pub(crate) lives: Vec<Option<KnownLife<'a>>>,
    /// The standing norms of which it is being worked out whether they are held.
    pub(crate) asking: Vec<Asked>,
    /// The treaties whose lives are being worked out.
    pub(crate) living: Vec<TreatyId>,
    pub(crate) lies: FxHashMap<(EntityId, Where, Option<TreatyId>), Extent>,
    pub(crate) touched: FxHashSet<TreatyId>,
    /// It is as if facts bore on the life of every treaty.
    pub(crate) all_touched: bool,
    pub(crate) allowed: Option<FxHashSet<TreatyId>>,
    pub(crate) cast: Vec<EntityId>,
    /// It is open which facts of the scenario are stated: by whom each names.
    pub(crate) supposed: Option<FxHashMap<EntityId, Vec<u32>>>,
    pub(crate) accounts: FxHashMap<EntityId, Vec<Option<bool>>>,
    pub(crate) positions: Vec<Position>,
    pub(crate) granted: Granted,
    /// The ways to what has never started yet.
    pub(crate) waiting: FxHashMap<Filled, Vec<Turn>>,
    /// Norms that a fact concerns, while they are looked up.
    pub(crate) concerned: Vec<NormId>,
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
    pub(crate) ruled_out: FxHashSet<(PredicateId, [Option<EntityId>; SLOTS])>,
    /// Positions whose timeline must be worked out again.
    pub(crate) stale: Vec<u32>,
    /// A fact or position is new or has changed since everything was settled.
    pub(crate) unsettled: bool,
    /// The norms below this level are worked out: those that stand among them may be engaged.
    pub(crate) worked: usize,
    /// The level below which they were engaged when everything was settled; none if something has changed since.
    pub(crate) settled: usize,
    /// When what lapses on breach has lapsed, as far as earlier rounds know: from then on it neither holds nor displaces.
    pub(crate) lapsed: FxHashMap<Filled, Extent>,
    pub(crate) cut_off: bool,
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

    /// A run over the facts of record alone.
    pub(crate) fn of_record(engine: &'a Engine<'e>, horizon: Day) -> Self {
        let mut run = Self::empty(engine, horizon);
        run.all_touched = true;
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
            asking: Vec::new(),
            living: Vec::new(),
            lies: FxHashMap::default(),
            touched: FxHashSet::default(),
            all_touched: false,
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
            unsettled: true,
            worked: 0,
            settled: 0,
            lapsed: FxHashMap::default(),
            cut_off: false,
        }
    }

    /// Evaluates to the end.
    pub(crate) fn finish(mut self) -> Outcome<'e> {
        self.evaluate();
        self.outcome()
    }

    /// Evaluates round by round until performed duties bring nothing new, and nothing more lapses.
    pub(crate) fn evaluate(&mut self) {
        let mut acts: Vec<Act<'e>> = Vec::new();
        self.lapsed.clear();
        for round in 0.. {
            self.round(&acts);
            let lapsed = self.lapses();
            let next = match self.assume {
                Assume::None => Vec::new(),
                _ => self.performed_acts(),
            };
            let same =
                next.len() == acts.len() && next.iter().zip(&acts).all(|(a, b)| a.same_as(b));
            if same && lapsed == self.lapsed {
                break;
            }
            self.lapsed = lapsed;
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
        self.unsettled = true;
        self.settled = 0;
        self.level = 0;
        self.add_facts(acts);
        for level in 0..self.agenda.len() {
            self.level = level;
            self.work(level);
        }
        self.settle(self.agenda.len());
        self.report_preceding();
    }

    fn work(&mut self, level: usize) {
        if self.engine.needs_breach[level] {
            self.bring_in_lapsing(level);
            self.settle(level);
        }
        let cyclic = self.engine.cyclic[level];
        let earlier = self.postponed.firings.len();
        // On a cyclic level new facts and positions may start norms of the same level again.
        for turn in 0.. {
            let before = cyclic.then(|| self.signature());
            self.postponed.firings.truncate(earlier);
            if cyclic {
                self.forget_lives_made_on(level);
            }
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
            self.bring_in_preceding(level);
            if cyclic && self.engine.needs_breach[level] {
                // What the last turn found broken may engage more of this level.
                self.settled = self.settled.min(level);
                self.settle(level + 1);
            }
            self.refresh();
            if before.is_none_or(|before| before == self.signature()) {
                break;
            }
            if turn == MOST_TURNS {
                self.cut_off = true;
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
        let mut found = Numbers::new();
        if self.engine.base.may_have(predicate) {
            found.extend(self.engine.base.find(predicate, known));
            if !self.ruled_out.is_empty() {
                found.retain(|index| !self.is_record_ruled_out(*index));
            }
        }
        if self.store.may_have(predicate) {
            let own = self.store.find(predicate, known);
            found.extend(own.map(|index| index + record));
        }
        found
    }

    /// Whether no fact may match.
    pub(crate) fn finds_nothing(
        &self,
        predicate: PredicateId,
        known: [Option<EntityId>; 2],
    ) -> bool {
        let none = |store: &Store<'_>| {
            !store.may_have(predicate) || store.find(predicate, known).next().is_none()
        };
        none(&self.engine.base) && none(&self.store)
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

    /// The positions of a norm.
    pub(crate) fn positions_of(&self, norm: NormId) -> SmallVec<[u32; 4]> {
        SmallVec::from_slice(self.granted.of(norm))
    }

    pub(crate) fn day_asked(&self) -> Day {
        self.as_of
    }
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
