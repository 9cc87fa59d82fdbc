//! The rulebook that is built into the program.

/// Names and texts of its files: everything under `rules/`.
pub const RULEBOOK: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));
