//! A session: the log of what was done in an exercise, and the state that follows from it alone.

mod clock;
mod entry;
mod rules;
mod state;
mod way;

pub use clock::Clock;
pub use entry::{Actor, Ask, ClaimText, Entry, Happening, Response};
pub use rules::Refused;
pub use state::{Answered, Decided, Hinted, Released, Session};
