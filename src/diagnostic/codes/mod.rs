//! The catalogue of all mistakes that Casus knows: one constructor a code, called with plain data.

pub mod check;
pub mod exercise;
pub mod finding;
pub mod lint;
pub mod scenario;
pub mod syntax;
pub mod yaml;
