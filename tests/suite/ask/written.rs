//! Witnesses as scenario files: what they expect tells the versions apart on its own.

use super::{pact, project, witnesses};
use casus::change::ask::Witness;
use casus::{Case, Engine, Options};

/// How many expectations of the file of a witness these rules do not meet.
fn unmet(witness: &Witness, rules: &str) -> usize {
    let mut project = project(rules);
    let text = witness.scenario_of_new();
    let case = Case::of_text("witness.yaml", text.clone(), &mut project);
    let scenario = case.scenario.unwrap_or_else(|| panic!("{text}"));
    casus::expect::verify(
        &Engine::new(&project.rulebook),
        &scenario,
        &Options::default(),
    )
    .len()
}

/// What only becomes of an obligation, and what hinges on other questions, is expected as such.
#[test]
fn the_file_of_a_witness_tells_the_versions_apart_by_what_it_expects() {
    let ban = "no party shall attack a party P.";
    let wide = format!("{ban} when a party A threatens a party P, deem A attacks P.");
    let help = "each other party Q shall assist P against A.";
    let one = format!("when a state A attacks a party P, if P has not provoked A, {help}");
    let two = format!(
        "when a state A attacks a party P, if P has not provoked A and A has not provoked P, {help}"
    );
    for (old, new, word) in [
        (ban, wide.as_str(), "status: violated"),
        (&wide, ban, "status: in-force"),
        (&one, &two, "borland has provoked"),
        (&two, &one, "hinges-on"),
    ] {
        let (old, new) = (pact(old), pact(new));
        let found = witnesses(&old, &new);
        assert!(!found.is_empty(), "{old}\n{new}");
        for witness in found {
            let file = witness.scenario_of_new();
            assert!(file.contains(word), "{word}\n{file}");
            assert_eq!(unmet(&witness, &new), 0, "{file}");
            assert_eq!(unmet(&witness, &old), 1, "{file}");
        }
    }
}
