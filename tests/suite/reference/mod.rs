//! The naive evaluator: what docs/language.md means, day by day and reading by reading, with nothing clever in it; and the
//! property tests that hold the engine to it. It shares with the engine only the model and the calendar.

mod acts;
mod compare;
mod conditions;
mod conflict;
mod facts;
mod generate;
mod life;
mod places;
mod positions;
mod random;
mod shrink;
mod state;
mod strata;
mod tell;
mod vocabulary;

pub(crate) use compare::{Compared, compare};
pub(crate) use generate::Case;
pub(crate) use random::Random;

use casus::calendar::Day;
use casus::model::condition::Condition;
use casus::model::fact::{Assume, Fact, Scenario, Status};
use casus::model::ids::{EntityId, NormId, PossessionId, VariableId};
use casus::model::norm::{Head, Norm};
use casus::model::question::Question;
use casus::model::rulebook::Rulebook;
use casus::model::sentence::Atom;
use casus::model::treaty::Treaty;
use casus::model::vocabulary::SLOTS;
use conflict::Clashes;
use state::{Day0, Life, World};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// One way to settle the open questions; those not mentioned are answered no, and noted as reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading(pub(crate) HashMap<Question, bool>);

/// What a position is on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayState {
    /// The day.
    pub(crate) day: Day,
    /// Held by M4 and not discharged.
    pub(crate) holds: bool,
    /// Held by M4, discharged or not.
    pub(crate) would_hold: bool,
    /// M5.
    pub(crate) status: Status,
    /// When it arose, and the last day for a duty that has a deadline.
    pub(crate) due: Option<(Day, Day)>,
}

/// A position and what becomes of it on one reading.
#[derive(Clone, Debug)]
pub(crate) struct NaivePosition {
    /// Of which norm.
    pub(crate) norm: NormId,
    /// Whose; `None`: joint.
    pub(crate) bearer: Option<EntityId>,
    /// What; place and amount left out.
    pub(crate) act: Atom,
    /// Each day from the first to the last.
    pub(crate) per_day: Vec<DayState>,
    /// Of a norm with `when` and ever held, or engaged (M9).
    pub(crate) reported: bool,
    /// In a cascade.
    pub(crate) depth: u32,
}

impl NaivePosition {
    fn id(&self) -> (NormId, [Option<EntityId>; SLOTS]) {
        (self.norm, self.act.arguments)
    }
}

/// What one reading comes to.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Every position that ever holds, by norm, bearer and arguments.
    pub(crate) positions: Vec<NaivePosition>,
    /// Per day, per treaty: who is bound; `None`: not in force.
    pub(crate) bound: Vec<Vec<Option<Vec<EntityId>>>>,
    /// Per day.
    pub(crate) clashes: Vec<Clashes>,
    /// Questions reached that the reading does not answer, in the order in which they were reached.
    pub(crate) unanswered: Vec<Question>,
    pub(crate) worlds: usize,
}

/// Why there is no result.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotStratified;

/// The evaluator for one reading.
pub(crate) struct Naive<'a> {
    rulebook: &'a Rulebook,
    scenario: &'a Scenario,
    facts: Vec<&'a Fact>,
    assume: &'a Assume,
    reading: &'a Reading,
    first: Day,
    last: Day,
    /// Everything a variable may stand for.
    domain: Vec<EntityId>,
    /// Sentences that somebody stated or denied (C2).
    stated: Vec<Atom>,
    /// The actual world first, then those as people describe them.
    worlds: Vec<World>,
    /// From a world, to that in which what somebody says is so.
    shifts: HashMap<(usize, EntityId), usize>,
    /// What an earlier round found the lives of the treaties to be.
    foreseen: Option<Lives>,
    unanswered: RefCell<Vec<Question>>,
}

/// Where evaluation stands: a world and a day (by number), within a treaty, perhaps in its condition of entry into force.
#[derive(Clone, Copy, Debug)]
struct At {
    world: usize,
    day: usize,
    scope: Option<casus::model::ids::TreatyId>,
    entry: bool,
    /// A variable about which open sentences are looked up, not asked.
    quiet: Option<VariableId>,
}

impl At {
    fn of(world: usize, day: usize) -> Self {
        Self {
            world,
            day,
            scope: None,
            entry: false,
            quiet: None,
        }
    }
}

/// Evaluates one reading. `first` must come before every day that rulebook and scenario name.
pub(crate) fn run(
    rulebook: &Rulebook,
    scenario: &Scenario,
    assume: &Assume,
    reading: &Reading,
    (first, last): (Day, Day),
    order: &[strata::Group],
) -> Outcome {
    let mut foreseen = None;
    loop {
        let mut naive = Naive::new(rulebook, scenario, assume, reading, first, last);
        naive.foreseen = foreseen;
        for day in 0..=(last.0 - first.0) as usize {
            naive.begin_day(day);
            for group in order {
                naive.settle(group, day);
            }
            naive.perform_duties(day);
        }
        // A retroactive treaty must know its own future: once more, with what was found, until nothing new is found.
        let lives = naive.lives();
        if !rulebook.treaties.iter().any(|treaty| treaty.retroactive)
            || naive.foreseen.as_ref() == Some(&lives)
        {
            return naive.outcome();
        }
        foreseen = Some(lives);
    }
}

/// The lives of the treaties, by world and day.
type Lives = Vec<Vec<Vec<Life>>>;

/// A case evaluated on readings: every one there is, or some of very many.
pub(crate) struct Readings {
    pub(crate) outcomes: Vec<(Reading, Outcome)>,
    /// There are more than these.
    pub(crate) sampled: bool,
}

/// All readings, by answering the questions as they come up; if there are more than `most`, a sample of them.
pub(crate) fn readings(
    rulebook: &Rulebook,
    scenario: &Scenario,
    assume: &Assume,
    days: (Day, Day),
    (most, sample): (usize, usize),
) -> Result<Readings, NotStratified> {
    let order = strata::order(rulebook).ok_or(NotStratified)?;
    let evaluate = |reading: &Reading| run(rulebook, scenario, assume, reading, days, &order);
    if let Some(outcomes) = all_readings(most, evaluate) {
        let sampled = false;
        return Ok(Readings { outcomes, sampled });
    }
    let outcomes = (0..sample).map(|number| one_reading(number, evaluate));
    Ok(Readings {
        outcomes: outcomes.collect(),
        sampled: true,
    })
}

fn all_readings(
    most: usize,
    evaluate: impl Fn(&Reading) -> Outcome,
) -> Option<Vec<(Reading, Outcome)>> {
    // First those that leave most open, so that too many are soon known to be too many.
    let mut todo = VecDeque::from([Reading::default()]);
    let mut done = Vec::new();
    while let Some(mut reading) = todo.pop_front() {
        let outcome = evaluate(&reading);
        // Unanswered means no: this outcome is that of all those answered no, and each may be the first answered yes.
        for question in &outcome.unanswered {
            let mut yes = reading.clone();
            yes.0.insert(question.clone(), true);
            todo.push_back(yes);
            reading.0.insert(question.clone(), false);
        }
        done.push((reading, outcome));
        if done.len() + todo.len() > most {
            return None;
        }
    }
    Some(done)
}

/// One of many readings: the first answers everything no, the second yes, the others at random.
fn one_reading(number: usize, evaluate: impl Fn(&Reading) -> Outcome) -> (Reading, Outcome) {
    let mut random = Random::new(number as u64);
    let mut reading = Reading::default();
    loop {
        let outcome = evaluate(&reading);
        if outcome.unanswered.is_empty() {
            return (reading, outcome);
        }
        for question in &outcome.unanswered {
            let answer = match number {
                0 | 1 => number == 1,
                _ => random.percent(50),
            };
            reading.0.insert(question.clone(), answer);
        }
    }
}

impl<'a> Naive<'a> {
    fn new(
        rulebook: &'a Rulebook,
        scenario: &'a Scenario,
        assume: &'a Assume,
        reading: &'a Reading,
        first: Day,
        last: Day,
    ) -> Self {
        let mut naive = Self {
            rulebook,
            scenario,
            facts: scenario
                .facts
                .iter()
                .chain(rulebook.history.iter())
                .collect(),
            assume,
            reading,
            first,
            last,
            domain: domain(rulebook),
            stated: Vec::new(),
            worlds: Vec::new(),
            shifts: HashMap::new(),
            foreseen: None,
            unanswered: RefCell::default(),
        };
        naive.stated = naive.all_stated();
        naive.make_worlds();
        naive
    }

    /// The actual world and, if a norm asks what somebody considers, all worlds that one can come to by believing people.
    fn make_worlds(&mut self) {
        let mut overrides: Vec<BTreeMap<usize, bool>> = vec![BTreeMap::new()];
        let people: Vec<EntityId> = if considers_anything(self.rulebook) {
            let mut people: Vec<EntityId> = self
                .facts
                .iter()
                .filter(|fact| fact.contested)
                .flat_map(|fact| fact.asserted_by.iter().chain(&fact.denied_by))
                .copied()
                .collect();
            people.sort();
            people.dedup();
            people
        } else {
            Vec::new()
        };
        let mut next = 0;
        while next < overrides.len() {
            for &who in &people {
                let mut believed = overrides[next].clone();
                for (index, fact) in self.facts.iter().enumerate() {
                    if fact.contested && fact.asserted_by.contains(&who) {
                        believed.insert(index, true);
                    }
                    if fact.contested && fact.denied_by.contains(&who) {
                        believed.insert(index, false);
                    }
                }
                let target = overrides
                    .iter()
                    .position(|known| *known == believed)
                    .unwrap_or_else(|| {
                        overrides.push(believed);
                        overrides.len() - 1
                    });
                self.shifts.insert((next, who), target);
            }
            next += 1;
        }
        self.worlds = overrides.into_iter().map(World::new).collect();
    }

    fn day(&self, number: usize) -> Day {
        self.first.plus_days(number as i32)
    }

    /// The answer of the reading.
    fn ask(&self, at: At, question: Question) -> bool {
        if let Question::Fact(index) = question
            && let Some(answer) = self.worlds[at.world].overrides.get(&index)
        {
            return *answer;
        }
        if let Question::Fact(index) = question
            && let Some(answer) = self.assumed_answer(index)
        {
            return answer;
        }
        if let Some(answer) = self.reading.0.get(&question) {
            return *answer;
        }
        let mut unanswered = self.unanswered.borrow_mut();
        if !unanswered.contains(&question) {
            unanswered.push(question);
        }
        false
    }

    fn today(&self, at: At) -> &Day0 {
        &self.worlds[at.world].days[at.day]
    }

    fn yesterday(&self, at: At) -> Option<&Day0> {
        self.worlds[at.world].days.get(at.day.checked_sub(1)?)
    }

    /// What supports itself or each other: the least that it comes to.
    fn settle(&mut self, group: &strata::Group, day: usize) {
        loop {
            let mut changed = false;
            for world in 0..self.worlds.len() {
                for node in &group.nodes {
                    changed |= self.work_out(*node, world, day);
                }
            }
            if !changed || !group.circular {
                return;
            }
        }
    }

    fn work_out(&mut self, node: strata::Node, world: usize, day: usize) -> bool {
        let at = At::of(world, day);
        match node {
            strata::Node::Derive(norm) => self.derive(at, norm),
            strata::Node::Life(treaty) => self.live(at, treaty),
            strata::Node::Hold(norm) => self.hold(at, norm),
            strata::Node::Outcome(norm) => self.come_out(at, norm),
        }
    }

    fn lives(&self) -> Lives {
        self.worlds
            .iter()
            .map(|world| world.days.iter().map(|day| day.lives.clone()).collect())
            .collect()
    }

    fn outcome(self) -> Outcome {
        let world = &self.worlds[0];
        let Some(end) = world.days.last() else {
            return Outcome {
                positions: Vec::new(),
                bound: Vec::new(),
                clashes: Vec::new(),
                unanswered: Vec::new(),
                worlds: 0,
            };
        };
        let claims = self.claims();
        let positions = end
            .positions
            .iter()
            .filter(|(_, state)| state.ever_held)
            .map(|(key, state)| NaivePosition {
                norm: key.norm,
                bearer: key.bearer,
                act: key.act(&self.rulebook.norms),
                per_day: (0..world.days.len())
                    .map(|number| self.day_state(key, number))
                    .collect(),
                reported: self.reported(key, &claims),
                depth: state.depth,
            })
            .collect();
        let bound = |day: &Day0| day.lives.iter().map(Life::bound).collect();
        let clashes = (0..world.days.len()).map(|day| self.clashes(At::of(0, day)));
        Outcome {
            positions,
            bound: world.days.iter().map(bound).collect(),
            clashes: clashes.collect(),
            worlds: self.worlds.len(),
            unanswered: self.unanswered.into_inner(),
        }
    }

    /// Of a norm with `when` that something starts, or that belongs to those named in the scenario (C25); or engaged.
    fn reported(&self, key: &state::Key, claims: &[(state::Key, Vec<acts::Shape>)]) -> bool {
        let norm = self.norm(key.norm);
        if !norm.triggered {
            return self.engaged(key, claims) || self.concerns_named(norm) && self.is_preceded(key);
        }
        let prompted = norm
            .conditions
            .iter()
            .any(|condition| conditions::prompts(self.rulebook, condition));
        prompted || self.concerns_named(norm)
    }

    /// Whether the events name somebody whom the treaty ever binds.
    fn concerns_named(&self, norm: &Norm) -> bool {
        let named = |who: &EntityId| {
            self.scenario.facts.iter().any(|fact| {
                let mut arguments = fact.atom.arguments.iter().flatten();
                arguments.any(|named| {
                    named == who || named.possessed().is_some_and(|(_, owner)| owner == *who)
                })
            })
        };
        norm.treaty.is_some_and(|treaty| {
            self.worlds[0].days.iter().any(|day| {
                let life = &day.lives[treaty.index()];
                life.in_force && life.members.iter().any(|(member, _)| named(member))
            })
        })
    }

    fn day_state(&self, key: &state::Key, number: usize) -> DayState {
        let state = self.worlds[0].days[number].positions.get(key);
        DayState {
            day: self.day(number),
            holds: state.is_some_and(|state| state.holds),
            would_hold: state.is_some_and(|state| state.would_hold),
            status: state.map_or(Status::NotYet, state::Position::status),
            due: state.and_then(|state| self.due(key, state)),
        }
    }

    fn norm(&self, id: NormId) -> &'a Norm {
        &self.rulebook.norms[id.index()]
    }
}

/// All entities, and all their possessions.
fn domain(rulebook: &Rulebook) -> Vec<EntityId> {
    let own: Vec<EntityId> = (0..rulebook.entities.len()).map(EntityId::new).collect();
    let possessions = (0..rulebook.possessions.len() as u8).flat_map(|word| {
        own.iter()
            .filter(|id| conditions::is_actor(rulebook, **id))
            .map(move |id| EntityId::possession(PossessionId(word), *id))
            .collect::<Vec<_>>()
    });
    own.iter().copied().chain(possessions).collect()
}

fn considers_anything(rulebook: &Rulebook) -> bool {
    let mut found = false;
    let ends = rulebook.norms.iter().filter_map(|norm| match &norm.head {
        Head::Position(head) => Some(head.until.iter().chain(&head.before)),
        Head::Deem(_) => None,
    });
    let lives = rulebook.treaties.iter().flat_map(Treaty::life_conditions);
    let norms = rulebook.norms.iter();
    let all = norms
        .flat_map(|norm| &norm.conditions)
        .chain(ends.flatten());
    for condition in all.chain(lives) {
        walk(condition, &mut |inner| {
            found |= matches!(inner, Condition::Considers { .. });
        });
    }
    found
}

/// The condition and all in it.
fn walk<'c>(condition: &'c Condition, visit: &mut impl FnMut(&'c Condition)) {
    visit(condition);
    match condition {
        Condition::Not(inner) | Condition::Considers { what: inner, .. } => walk(inner, visit),
        Condition::All(all) | Condition::Any(all) => {
            all.iter().for_each(|inner| walk(inner, visit));
        }
        Condition::Count { except, body, .. } => {
            except.iter().for_each(|inner| walk(inner, visit));
            walk(body, visit);
        }
        _ => {}
    }
}

/// The most variables that a norm may have here.
const VARIABLES: usize = 8;

/// What the variables stand for.
type Bindings = [Option<EntityId>; VARIABLES];

fn bound(bindings: &Bindings, variable: VariableId) -> Option<EntityId> {
    bindings[variable.index()]
}
