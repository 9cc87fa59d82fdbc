//! Outcomes and explanations as text, JSON and Markdown. Decides nothing.

pub mod explanation;
pub mod json;
pub mod markdown;
pub mod obstacle;
pub mod row;
pub mod style;
pub mod table;
pub mod text;
