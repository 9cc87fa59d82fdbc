//! Training exercises: a story told in injects, questions to which the engine knows the answers, and grades with reasons.

mod bots;
mod claim;
pub mod document;
mod effect;
mod grade;
mod key;
mod lint;
mod load;
mod lower;
mod lower_question;
mod near_miss;
mod offer;
mod outline;
pub mod picture;
mod pinned;
pub mod play;
mod ready;
pub mod report;
pub mod session;
mod words;
mod world;

pub use bots::{MOST_FOR_EVERYTHING, Tried, claim_of, try_out};
pub use claim::{Answer, Claim, due, read};
pub use effect::Effect;
pub use grade::{Flaw, Grade, Judged, grade};
pub use key::{KeyItem, Standing, key};
pub use lint::warnings;
pub use load::{FILE, Pack, file_of};
pub(crate) use near_miss::element;
pub use near_miss::{Element, NearMiss, near_misses};
pub use offer::{Offer, Offered, offer, viewer};
pub use outline::*;
pub use pinned::{KEYS, Put, all_put, moved, pinned};
pub use words::{sentences, words_of};
pub use world::{Viewer, World};
