//! Random clauses and mutants of them: what is told apart replays, by the smallest scenario there is; what agrees survives random
//! scenarios. Each run draws fresh seeds; `ASK_SEED` and `ASK_RUNS` repeat or lengthen one.

use super::{answers, pact, project};
use crate::reference::Random;
use casus::change::ask::{
    Answer, Aspect, Beyond, Bounds, Collection, Kind, Near, Versions, Witness,
};
use casus::change::corpus::Source;
use casus::{Case, Engine, Options, Project};
use std::collections::BTreeSet;

const STATES: [&str; 3] = ["arcadia", "borland", "cedria"];
const ACTS: [&str; 3] = ["attacks", "threatens", "provokes"];
const TRIGGERS: [&str; 4] = [
    "a state A attacks a party P",
    "a state A threatens a party P",
    "a state A has attacked a party P",
    "a state A other than a party attacks a party P",
];
const TESTS: [&str; 6] = [
    "A is great-power",
    "P is great-power",
    "A threatens P",
    "P threatens A",
    "A has attacked P",
    "P has provoked A",
];

/// A clause in parts, so that it can be mutated.
#[derive(Clone, Debug)]
struct Clause {
    trigger: usize,
    tests: Vec<usize>,
    exceptions: Vec<usize>,
    swapped: bool,
}

impl Clause {
    fn random(random: &mut Random) -> Self {
        let few = |random: &mut Random| {
            (0..random.below(3))
                .map(|_| random.below(TESTS.len()))
                .collect()
        };
        Self {
            trigger: random.below(TRIGGERS.len()),
            tests: few(random),
            exceptions: few(random),
            swapped: false,
        }
    }

    fn mutated(&self, random: &mut Random) -> Self {
        let mut mutant = self.clone();
        match random.below(6) {
            0 => mutant.trigger = random.below(TRIGGERS.len()),
            1 => drop(mutant.tests.pop()),
            2 => drop(mutant.exceptions.pop()),
            3 => mutant.tests.push(random.below(TESTS.len())),
            4 => mutant.exceptions.push(random.below(TESTS.len())),
            _ => mutant.swapped = true,
        }
        mutant
    }

    fn text(&self) -> String {
        let mut text = format!("when {}", TRIGGERS[self.trigger]);
        for test in &self.tests {
            text += &format!(", if {}", TESTS[*test]);
        }
        for exception in &self.exceptions {
            text += &format!(", unless {}", TESTS[*exception]);
        }
        let norm = if self.swapped {
            "P shall assist another party Q against A"
        } else {
            "each other party Q shall assist P against A"
        };
        pact(&format!("{text}, {norm}."))
    }
}

/// What may be stated.
fn sentences() -> Vec<String> {
    let mut found: Vec<String> = STATES
        .iter()
        .map(|state| format!("{state} is great-power"))
        .collect();
    for one in STATES {
        for other in STATES.iter().filter(|other| **other != one) {
            found.extend(ACTS.iter().map(|act| format!("{one} {act} {other}")));
        }
    }
    found
}

/// Whom the sentences name, and the parties who are bound.
fn parties(facts: &[&String]) -> usize {
    let words = facts
        .iter()
        .flat_map(|fact| fact.split(' '))
        .filter(|word| STATES.contains(word));
    words.collect::<BTreeSet<_>>().len()
}

struct Player {
    project: Project,
}

impl Player {
    fn new(rules: &str) -> Self {
        Self {
            project: project(rules),
        }
    }

    /// What is owed from day to day if these sentences are true from the first day on.
    fn outcome(&mut self, facts: &[&String]) -> Vec<String> {
        self.outcome_of(scenario(facts))
    }

    /// What is owed in a scenario.
    fn outcome_of(&mut self, text: String) -> Vec<String> {
        let mut project = self.project.clone();
        let case = Case::of_text("case.yaml", text, &mut project);
        let scenario = case.scenario.expect("a scenario");
        let engine = Engine::new(&project.rulebook);
        let mut outcome = engine.evaluate(&scenario, &Options::default());
        let mut found = Vec::new();
        for at in 0..outcome.positions.len() {
            let position = outcome.positions[at].clone();
            let norm = outcome.rulebook.norm(position.norm);
            let sentence = casus::wording::position(
                outcome.rulebook,
                norm,
                &position.arguments,
                &position.binding,
            );
            for (day, set) in position.holds.changes() {
                let when = outcome.space.alternatives(*set, 20).listed;
                let when: Vec<String> = when
                    .iter()
                    .flatten()
                    .map(|one| {
                        let question = outcome
                            .questions
                            .get_index(one.question as usize)
                            .expect("a question");
                        casus::wording::question(
                            outcome.rulebook,
                            &scenario.facts,
                            question,
                            one.yes,
                        )
                    })
                    .collect();
                found.push(format!("{sentence} {day} {when:?}"));
            }
        }
        found.sort();
        found
    }
}

/// These sentences are true from the first day on.
fn scenario(facts: &[&String]) -> String {
    let head = "scenario: A case\nas-of: 1950-02-01\nrules: [pact]\n";
    if facts.is_empty() {
        return format!("{head}events: []\nexpect:\n  - not-owed: arcadia shall assist borland\n");
    }
    let event = |fact: &&String| format!("  - what: {fact}\n    from: 1950-01-01\n");
    let events: String = facts.iter().map(event).collect();
    format!("{head}events:\n{events}")
}

fn check(seed: u64) {
    let mut random = Random::new(seed);
    let old = Clause::random(&mut random);
    let new = old.mutated(&mut random);
    let (old, new) = (old.text(), new.text());
    let mut players = [Player::new(&old), Player::new(&new)];
    let mut same = |facts: &[&String]| players[0].outcome(facts) == players[1].outcome(facts);
    let all = sentences();
    let found = answers(&old, &new, 4);
    let witness = found.values().find_map(smallest);
    match witness {
        Some(witness) => {
            let facts: Vec<&Witness> = vec![witness];
            assert_minimal(facts[0], &all, &mut same, seed, &old, &new);
        }
        None => {
            for _ in 0..12 {
                let facts: Vec<&String> = all.iter().filter(|_| random.percent(15)).collect();
                assert!(
                    same(&facts),
                    "seed {seed}: told apart by {facts:?}\n{old}\n{new}\n{found:#?}"
                );
            }
        }
    }
}

fn smallest(answer: &Answer) -> Option<&Witness> {
    let Answer::Differs(witnesses) = answer else {
        return None;
    };
    witnesses
        .iter()
        .min_by_key(|one| (one.parties, one.facts.len()))
}

/// No scenario with fewer facts among no more parties tells them apart.
fn assert_minimal(
    witness: &Witness,
    all: &[String],
    same: &mut dyn FnMut(&[&String]) -> bool,
    seed: u64,
    old: &str,
    new: &str,
) {
    assert!(witness.aspect <= Aspect::Lost, "{witness:#?}");
    let size = witness.facts.len();
    let smaller: Vec<Vec<&String>> = match size {
        0 => Vec::new(),
        1 => vec![Vec::new()],
        2 => std::iter::once(Vec::new())
            .chain(all.iter().map(|one| vec![one]))
            .collect(),
        _ => return,
    };
    for facts in smaller {
        if parties(&facts) <= witness.parties {
            assert!(
                same(&facts),
                "seed {seed}: {facts:?} is smaller than\n{witness:#?}\n{old}\n{new}"
            );
        }
    }
}

#[test]
fn mutants_are_told_apart_by_the_smallest_scenario_or_agree() {
    let fresh = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let fresh = fresh.map_or(1, |since| since.as_nanos() as u64 % 1_000_000);
    let number = |name: &str, otherwise: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(otherwise)
    };
    let (first, runs) = (number("ASK_SEED", fresh), number("ASK_RUNS", 12));
    println!("ASK_SEED={first} ASK_RUNS={runs}");
    for seed in first..first + runs {
        check(seed);
    }
}

/// A scenario, and the nearest to it in which the versions differ: no fewer events changed would do, and its file tells them apart.
fn check_near(seed: u64) -> Option<usize> {
    let mut random = Random::new(seed);
    let old = Clause::random(&mut random);
    let new = old.mutated(&mut random);
    let (old, new) = (old.text(), new.text());
    let mut players = [Player::new(&old), Player::new(&new)];
    let all = sentences();
    let base: Vec<&String> = all.iter().filter(|_| random.percent(15)).collect();
    let near = near(&players, &scenario(&base))?;
    let mut same = |facts: &[&String]| players[0].outcome(facts) == players[1].outcome(facts);
    let edits = near.edits();
    let told = format!("seed {seed}: {base:?}\n{near:#?}\n{old}\n{new}");
    assert_eq!(edits > 0, same(&base), "{told}");
    for one in all.iter().filter(|_| edits > 1) {
        let others = base.iter().copied().filter(|own| *own != one);
        let mut changed: Vec<&String> = others.collect();
        if changed.len() == base.len() {
            changed.push(one);
        }
        assert!(same(&changed), "{one} alone would do\n{told}");
    }
    let file = near.scenario_of_new();
    let [before, now] = players
        .each_mut()
        .map(|player| player.outcome_of(file.clone()));
    assert_ne!(before, now, "{file}\n{told}");
    Some(edits)
}

/// The nearest scenario, if the versions differ at all.
fn near(players: &[Player; 2], text: &str) -> Option<Near> {
    let [old, new] = players.each_ref().map(|player| &player.project);
    let versions = Versions::new(&old.rulebook, &new.rulebook);
    let found = Beyond::look(&versions, Bounds::quick(), &mut || true);
    let mut found = found.expect("no contradiction");
    let differs = found.witnesses().next().is_some();
    let sources = [Source {
        name: "case.yaml".to_owned(),
        text: text.to_owned(),
    }];
    let collection = Collection {
        projects: [old, new],
        sources: &sources,
    };
    let done = found.look_near(&versions, collection, &mut || true);
    done.expect("no contradiction");
    assert_eq!(differs, !found.nearest.is_empty(), "{text}");
    found.nearest.into_iter().min_by_key(Near::edits)
}

#[test]
fn the_nearest_scenario_has_the_fewest_events_changed() {
    let mut edits: BTreeSet<usize> = BTreeSet::new();
    for seed in 1..40 {
        edits.extend(check_near(seed));
    }
    assert!(edits.is_superset(&BTreeSet::from([0, 1, 2])), "{edits:?}");
}

#[test]
fn known_mutants() {
    // Each was once answered wrongly, or is here so that one run is the same everywhere.
    for seed in [1, 2, 3] {
        check(seed);
    }
}

/// A kind is known by name, so that it can be compared across versions.
#[test]
fn kinds_have_names() {
    let found = answers(
        &pact("when a state A attacks a party P, each other party Q shall assist P against A."),
        &pact("when a state A threatens a party P, each other party Q shall assist P against A."),
        3,
    );
    let names: Vec<String> = found.keys().map(Kind::to_string).collect();
    assert_eq!(names, ["pact duty to assist"]);
}
