//! One set of questions for two versions, so that their answers can be compared.

use super::candidate::Candidate;
use super::world::{Side, World};
use crate::engine::{Options, Outcome};
use crate::extent::{Extent, Readings, Space};
use crate::model::fact::{Fact, PositionQuery, Scenario};
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::question::{Question, Where};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::model::vocabulary::SLOTS;
use crate::wording;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;

/// How many numbers are kept for a candidate: one for whether it is stated, the others for questions about it. In decision
/// diagrams what belongs together must stand together.
const STRIDE: usize = 32;

/// The questions of both versions: whether each candidate is stated, each with the questions about it, then all others.
pub(super) struct Joint {
    pub(super) space: Space,
    candidates: usize,
    /// Questions about each candidate, in words that both versions know, and last those about none.
    others: Vec<IndexSet<String>>,
    /// All of them as people say them: no, yes.
    said: FxHashMap<u32, [String; 2]>,
}

/// The facts of a small world as one version reads them.
pub(super) struct Told {
    pub(super) scenario: Scenario,
    /// The candidate that each fact is.
    pub(super) of: Vec<u32>,
    /// Where something may be asked to have happened.
    places: Vec<Where>,
}

impl Told {
    /// What of the candidates a version can be told.
    pub(super) fn new<'c>(
        side: &Side<'_>,
        world: &World,
        candidates: impl IntoIterator<Item = (u32, &'c Candidate)>,
    ) -> Self {
        let known = candidates.into_iter();
        let known = known.filter_map(|(at, candidate)| Some((at, candidate.fact(side.book)?)));
        let (of, facts): (Vec<u32>, Vec<Fact>) = known.unzip();
        let mut scenario = Scenario::of(facts);
        scenario.treaties = Some(side.treaties.clone());
        Self {
            scenario,
            of,
            places: super::places::asked(side, &world.cast),
        }
    }

    /// A scenario as a version reads it, with candidates besides; its own facts are numbered first, and of them those told that
    /// are wanted.
    pub(super) fn beside<'c>(
        side: &Side<'_>,
        world: &World,
        base: &Scenario,
        wanted: &dyn Fn(u32) -> bool,
        candidates: impl IntoIterator<Item = (u32, &'c Candidate)>,
    ) -> Self {
        let mut told = Self::new(side, world, candidates);
        let own = (0_u32..).zip(&base.facts).filter(|(at, _)| wanted(*at));
        let (mut of, mut facts): (Vec<u32>, Vec<Fact>) =
            own.map(|(at, fact)| (at, fact.clone())).unzip();
        of.append(&mut told.of);
        facts.append(&mut told.scenario.facts);
        let counted = |id: &TreatyId| base.treaties.as_ref().is_none_or(|all| all.contains(id));
        told.scenario = Scenario {
            treaties: Some(side.treaties.iter().copied().filter(counted).collect()),
            facts,
            expectations: Vec::new(),
            ..base.clone()
        };
        Self { of, ..told }
    }

    /// Applies a version to all scenarios at once that state some of the facts.
    /// It keeps `most` sets of answers at most.
    pub(super) fn suppose<'e>(
        &'e self,
        side: &Side<'e>,
        asked: Vec<PositionQuery>,
        most: usize,
    ) -> Outcome<'e> {
        let questions = self.questions(side.book);
        let options = Options {
            as_of: Some(super::world::HORIZON),
            asked,
            ..Options::default()
        };
        side.engine
            .suppose(&self.scenario, &options, &questions, most)
    }

    /// Whether each fact is stated, each with the questions that may arise about it.
    fn questions(&self, book: &Rulebook) -> Vec<Question> {
        let mut found = Vec::new();
        for (at, fact) in self.scenario.facts.iter().enumerate() {
            found.push(Question::Stated(at));
            if fact.contested {
                found.push(Question::Fact(at));
            }
            if book.predicate(fact.atom.predicate).open {
                let open = sayings(book, fact)
                    .into_iter()
                    .map(|(predicate, arguments)| {
                        Question::Open(Atom {
                            predicate,
                            arguments,
                            place: None,
                            amount: None,
                        })
                    });
                found.extend(open);
            }
            if fact.atom.place.is_none() {
                found.extend(self.places.iter().map(|there| Question::Place(at, *there)));
            }
        }
        found
    }

    /// Applies a version to the one scenario that states all of the facts.
    pub(super) fn evaluate<'e>(
        &'e self,
        side: &Side<'e>,
        asked: Vec<PositionQuery>,
    ) -> Outcome<'e> {
        let options = Options {
            as_of: Some(super::world::HORIZON),
            asked,
            ..Options::default()
        };
        side.engine.evaluate(&self.scenario, &options)
    }
}

impl Joint {
    pub(super) fn new(candidates: usize, most: usize) -> Self {
        Self {
            space: Space::limited(most),
            others: vec![IndexSet::new(); candidates + 1],
            said: FxHashMap::default(),
            candidates,
        }
    }

    /// The candidate of which a question asks whether it is stated.
    pub(super) fn candidate(&self, question: u32) -> Option<u32> {
        let at = question as usize;
        let is_candidate = at.is_multiple_of(STRIDE) && at / STRIDE < self.candidates;
        is_candidate.then_some((at / STRIDE) as u32)
    }

    /// The numbers that the questions of an outcome have here.
    pub(super) fn numbers(&mut self, outcome: &Outcome<'_>, of: &[u32]) -> Vec<u32> {
        let about = about(outcome, of);
        let facts = &outcome.scenario.facts;
        let mut numbers = Vec::with_capacity(outcome.questions.len());
        for question in &outcome.questions {
            if let Question::Stated(at) = question {
                numbers.push(of[*at] * STRIDE as u32);
                continue;
            }
            let key = key(outcome.rulebook, question, of);
            let near = match question {
                Question::Fact(at) | Question::Place(at, _) => of.get(*at).copied(),
                Question::Open(atom) => about.get(&(atom.predicate, atom.arguments)).copied(),
                _ => None,
            };
            let number = self.number(near.map_or(self.candidates, |at| at as usize), key);
            let say = |yes| wording::question(outcome.rulebook, facts, question, yes);
            self.said
                .entry(number)
                .or_insert_with(|| [say(false), say(true)]);
            numbers.push(number);
        }
        numbers
    }

    fn number(&mut self, near: usize, key: String) -> u32 {
        let own = &mut self.others[near];
        if near < self.candidates && own.len() >= STRIDE - 1 && !own.contains(&key) {
            return self.number(self.candidates, key);
        }
        let (at, _) = own.insert_full(key);
        (near * STRIDE + 1 + at) as u32
    }

    /// An extent of an outcome.
    pub(super) fn extent(
        &mut self,
        from: &Space,
        extent: &Extent,
        import: &mut Import<'_>,
    ) -> Extent {
        extent.map(|set| import.set(&mut self.space, from, set))
    }

    /// The questions whether a fact that names no place happened in one place, and in another, by the names of both.
    pub(super) fn pairs_of_places(&self) -> Vec<([u32; 2], [&str; 2])> {
        let mut found = Vec::new();
        for (near, own) in self.others.iter().enumerate().take(self.candidates) {
            let prefix = format!("place #{near} in ");
            let asked = own.iter().enumerate().filter_map(|(at, key)| {
                let number = (near * STRIDE + 1 + at) as u32;
                Some((number, key.strip_prefix(&prefix)?))
            });
            let asked: Vec<(u32, &str)> = asked.collect();
            for (one, name) in &asked {
                let others = asked.iter().filter(|(other, _)| other != one);
                found.extend(others.map(|(other, larger)| ([*one, *other], [*name, *larger])));
            }
        }
        found
    }

    /// A question that is not whether a fact is stated, in words.
    pub(super) fn say(&self, question: u32, yes: bool) -> Option<&str> {
        self.said
            .get(&question)
            .map(|said| said[usize::from(yes)].as_str())
    }
}

/// For each sentence without place the first candidate that says it.
fn about(
    outcome: &Outcome<'_>,
    of: &[u32],
) -> FxHashMap<(PredicateId, [Option<EntityId>; SLOTS]), u32> {
    let mut found = FxHashMap::default();
    for (fact, candidate) in outcome.scenario.facts.iter().zip(of) {
        for said in sayings(outcome.rulebook, fact) {
            found.entry(said).or_insert(*candidate);
        }
    }
    found
}

/// What a fact says; of a symmetric sentence both ways.
fn sayings(book: &Rulebook, fact: &Fact) -> Vec<(PredicateId, [Option<EntityId>; SLOTS])> {
    let (predicate, arguments) = (fact.atom.predicate, fact.atom.arguments);
    let mut found = vec![(predicate, arguments)];
    if book.predicate(predicate).symmetric {
        let mut swapped = arguments;
        swapped.swap(0, 1);
        found.push((predicate, swapped));
    }
    found
}

/// What was imported so far from one outcome.
pub(super) struct Import<'n> {
    pub(super) numbers: &'n [u32],
    known: FxHashMap<Readings, Readings>,
}

impl<'n> Import<'n> {
    pub(super) fn new(numbers: &'n [u32]) -> Self {
        Self {
            numbers,
            known: FxHashMap::default(),
        }
    }

    fn set(&mut self, space: &mut Space, from: &Space, set: Readings) -> Readings {
        let numbers = self.numbers;
        space.import(
            from,
            set,
            &|question| numbers[question as usize],
            &mut self.known,
        )
    }
}

/// A question in words that do not hang on numbers.
fn key(book: &Rulebook, question: &Question, of: &[u32]) -> String {
    let fact = |number: usize| {
        if let Some(candidate) = of.get(number) {
            return format!("#{candidate}");
        }
        let fact = &book.history[number - of.len()];
        format!("{} {:?}", wording::fact(book, fact), fact.from)
    };
    match question {
        Question::Stated(number) => format!("stated {}", fact(*number)),
        Question::Fact(number) => format!("true {}", fact(*number)),
        Question::Begun(number) => format!("begun {}", fact(*number)),
        Question::WentOn(number) => format!("went on {}", fact(*number)),
        Question::Open(atom) => format!("open {}", wording::atom(book, atom)),
        Question::Claim(place, by) => format!("claim {} {}", book.name(*place), book.name(*by)),
        Question::Place(number, there) => {
            let (word, entity) = match there {
                Where::In(entity) => ("in", entity),
                Where::TerritoryOf(entity) => ("territory", entity),
                Where::AdministeredBy(entity) => ("administered", entity),
            };
            format!("place {} {word} {}", fact(*number), book.name(*entity))
        }
        Question::Reading(dispute, at) => {
            let dispute = &book.disputes[dispute.index()];
            let name = &dispute.readings[usize::from(*at)].name;
            format!(
                "reading {} {} {name}",
                book.treaty(dispute.treaty).name,
                dispute.name
            )
        }
    }
}
