//! The rulebook and the scenarios that are built into the program.

/// Names and texts of the rulebook's files: everything under `rules/`.
pub const RULEBOOK: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

/// Names and texts of the scenarios: everything under `scenarios/`.
pub const SCENARIOS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));
