//! A session: the log of what was done in an exercise, and the state that follows from it alone.

mod audience;
mod bundle;
mod choice;
mod cite;
mod clock;
mod entry;
mod feedback;
mod happened;
mod hint;
mod keeper;
mod mark;
mod redact;
mod remark;
mod replay;
mod rules;
mod seen;
mod state;
mod store;
mod way;

pub use audience::{Audience, channel_word};
pub(crate) use bundle::digest;
pub use bundle::{Bundle, Kind};
pub use cite::Citable;
pub use clock::Clock;
pub use entry::{Actor, Ask, ClaimText, Entry, Happening, Response};
pub use feedback::{Feedback, Outcome, take_common};
pub use happened::{Answered, Argument, Decided, Inserted, Released};
pub use keeper::{Keeper, NotKept, Now, Submission, Watch, machine_watch};
pub use mark::{Detail, Mark};
pub use replay::{Seen, taken_up};
pub use rules::Refused;
pub(super) use seen::knows;
pub use seen::{SeenFact, Told};
pub use state::{Hinted, Session};
pub use store::{Device, Draft, Store, StoreError};
