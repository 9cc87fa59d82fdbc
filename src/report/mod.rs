//! Outcomes and explanations as text, JSON and Markdown, and the frame of a page of HTML. Decides nothing.

pub mod explanation;
pub mod finding;
pub mod github;
pub mod group;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod obstacle;
pub mod row;
pub mod sarif;
pub mod sheet;
pub mod style;
pub mod table;
pub mod text;
