//! The rulebook, the scenarios and the exercises that are built into the program.

/// Names and texts of the rulebook's files: everything under `rules/`.
pub const RULEBOOK: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

/// Names and texts of the scenarios: everything under `scenarios/`.
pub const SCENARIOS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// Names and texts of the exercises: the files under `exercises/`, each exercise in a folder.
pub const EXERCISES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/exercises.rs"));

/// Whether these are the files of the rulebook, wherever they lie.
pub fn is_rulebook(texts: &[(String, String)]) -> bool {
    let same = |((name, text), (own_name, own_text)): (&(String, String), &(&str, &str))| {
        name.ends_with(own_name) && text == own_text
    };
    texts.len() == RULEBOOK.len() && texts.iter().zip(RULEBOOK).all(same)
}
