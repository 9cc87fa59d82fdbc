//! The rulebook and the scenarios that are built into the program.

/// Names and texts of the rulebook's files: everything under `rules/`.
pub const RULEBOOK: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

/// Names and texts of the scenarios: everything under `scenarios/`.
pub const SCENARIOS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// Whether these are the files of the rulebook, wherever they lie.
pub fn is_rulebook(texts: &[(String, String)]) -> bool {
    let same = |((name, text), (own_name, own_text)): (&(String, String), &(&str, &str))| {
        name.ends_with(own_name) && text == own_text
    };
    texts.len() == RULEBOOK.len() && texts.iter().zip(RULEBOOK).all(same)
}
