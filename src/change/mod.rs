//! Changes of rules: what was edited between two versions of a rulebook.

mod align;
pub mod canonical;
mod edit;
mod piece;
mod term;
mod titles;
mod walk;

pub use edit::{Change, Comparison, Edit, Wording, beside};
