//! A session: the log of what was done in an exercise, and the state that follows from it alone.

mod bundle;
mod clock;
mod entry;
mod feedback;
mod hint;
mod mark;
mod rules;
mod state;
mod store;
mod way;

pub use bundle::{Bundle, Kind};
pub use clock::Clock;
pub use entry::{Actor, Ask, ClaimText, Entry, Happening, Response};
pub use feedback::{Feedback, Outcome};
pub use mark::{Detail, Mark};
pub use rules::Refused;
pub use state::{Answered, Decided, Hinted, Released, Session};
pub use store::{Store, StoreError};
