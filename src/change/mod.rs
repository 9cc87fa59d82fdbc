//! Changes of rules: what was edited, which outcomes move because of it, and whether somebody has agreed to that.

mod align;
mod allowance;
pub mod ask;
pub mod attribution;
pub mod cache;
pub mod canonical;
pub mod corpus;
pub mod coverage;
mod data;
pub mod diff;
pub mod document;
mod edit;
pub mod family;
pub mod git;
pub mod lint;
pub mod moves;
pub mod mutate;
mod packed;
pub mod page;
pub mod pending;
mod piece;
pub mod reach;
pub mod record;
pub mod screen;
pub mod snapshot;
mod term;
mod titles;
pub mod told;
pub mod trial;
pub mod untouched;
mod walk;

pub use edit::{Change, Comparison, Edit, Wording, beside};
