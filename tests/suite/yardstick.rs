//! The program by hand that the engine's speed is measured against derives the same positions.

#[path = "../../benches/speed/by_hand.rs"]
mod by_hand;
#[path = "../../benches/speed/compare.rs"]
mod compare;
#[path = "../../benches/speed/generator.rs"]
mod generator;

use casus::{Case, Engine, Options, Project};
use generator::{Size, Words, World};

#[test]
fn engine_and_hand_agree() {
    for seed in 1..=6 {
        let (states, treaties) = (8 + 3 * seed as usize, 50);
        let mut world = World::new(Size {
            states,
            treaties,
            seed,
        });
        let events: Vec<_> = (0..3).map(|_| world.events(25, 5_000)).collect();
        let project = Project::of_texts([("world.treaty", world.text())]);
        assert!(!project.has_errors(), "{:?}", project.diagnostics);
        let words = Words::new(&world, &project.rulebook);
        let (engine, hand) = (Engine::new(&project.rulebook), by_hand::ByHand::new(&world));
        for events in events {
            let scenario = world.scenario(&words, &events);
            let outcome = engine.evaluate(&scenario, &Options::default());
            let mut expected = Vec::new();
            hand.positions(&events, &mut |row| expected.push(row.clone()));
            expected.sort();
            assert!(!expected.is_empty());
            let found = compare::rows(&project.rulebook, &words, &outcome);
            let one = found.iter().find(|row| !expected.contains(row));
            assert_eq!(one, None, "the engine alone, seed {seed}");
            let other = expected.iter().find(|row| !found.contains(row));
            assert_eq!(other, None, "by hand alone, seed {seed}");
        }
    }
}

#[test]
fn text_and_facts_agree() {
    let mut world = World::new(Size {
        states: 12,
        treaties: 40,
        seed: 7,
    });
    let events = world.events(20, 4_000);
    let mut project = Project::of_texts([("world.treaty", world.text())]);
    let case = Case::of_text("events.yaml", world.yaml(&events), &mut project);
    let read = case.scenario.expect("a scenario without mistakes");
    let words = Words::new(&world, &project.rulebook);
    let made = world.scenario(&words, &events);
    let atoms = |scenario: &casus::Scenario| -> Vec<_> {
        let facts = scenario.facts.iter();
        facts
            .map(|fact| (fact.atom.clone(), fact.from, fact.to))
            .collect()
    };
    let differs = atoms(&read)
        .into_iter()
        .zip(atoms(&made))
        .find(|(read, made)| read != made);
    assert_eq!(differs, None);
    assert_eq!(read.facts.len(), made.facts.len());
}
