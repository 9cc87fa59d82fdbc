//! What the program does for whoever writes an exercise: a start from a scenario, proposals, hand-outs, tables, a schema.

mod difficulty;
mod draft;
mod evaluation;
mod gift;
mod import;
mod msel;
mod objective;
mod place;
mod print;
mod proposal;
mod schema;
mod start;
pub(super) mod text;

pub use draft::{Draft, draft};
pub use gift::gift;
pub use import::{Imported, import};
pub use msel::msel;
pub use place::with_files;
pub use print::{Sheet, print};
pub use proposal::Proposal;
pub use schema::schema;
pub use start::{Basis, Wanted};
