//! What a treaty is, resolved: names are ids, sentences are patterns, clauses are norms. Knows no syntax and no YAML.

pub mod condition;
pub mod entity;
pub mod fact;
pub mod geography;
pub mod ids;
pub mod norm;
pub mod question;
pub mod rulebook;
pub mod sentence;
pub mod treaty;
pub mod vocabulary;
