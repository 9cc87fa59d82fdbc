//! Drill: a learner's own mistakes, asked again with fresh facts when they are about to be forgotten.
//!
//! A card is a clause and the part of it that was overlooked, not a sentence. Each review invents facts anew and lets the engine
//! say what is right, so that the rule is learnt and not the item.

mod card;
mod cast;
mod draw;
mod due;
mod feed;
mod file;
mod law;
mod memory;
mod review;
mod slip;

pub use card::{Card, Deck, Focus, Learnt, Situation};
pub use draw::{Asked, Right, draw};
pub use feed::feed;
pub use file::DrillError;
pub use law::{Law, law, meaning};
pub use memory::{Memory, Rating, today};
pub use review::{Drill, Kept, Reviewed, Stopped};
pub use slip::{Slip, slips};
