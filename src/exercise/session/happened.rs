//! What has happened in a session so far, as its state keeps it.

use super::entry::{Ask, Response};
use crate::calendar::Day;
use crate::exercise::{InjectId, RoleId, World};

/// An inject that went out.
#[derive(Clone, Debug)]
pub struct Released {
    /// Which.
    pub inject: InjectId,
    /// Its text, as sent.
    pub text: String,
    /// To whom it went.
    pub to: Vec<RoleId>,
    /// What was so right after it.
    pub world: World,
    /// The entry.
    pub sequence: u64,
    /// When, in seconds on the clock of the room.
    pub clock: u64,
}

/// Something that the staff sent beside the exercise.
#[derive(Clone, Debug)]
pub struct Inserted {
    /// To whom.
    pub to: Vec<RoleId>,
    /// Who sends it, in the story.
    pub from: Option<String>,
    /// What it says.
    pub text: String,
    /// The day of the story.
    pub day: Day,
    /// The entry.
    pub sequence: u64,
    /// When, in seconds on the clock of the room.
    pub clock: u64,
}

/// The answer that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// What was handed in.
    pub response: Response,
    /// The entry.
    pub sequence: u64,
    /// When.
    pub clock: u64,
    /// Made by the one who handed in.
    pub receipt: String,
}

/// A decision that took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Whose, on which question.
    pub ask: Ask,
    /// The option.
    pub option: String,
}

/// What a team argued about a contested fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The role.
    pub role: String,
    /// The fact.
    pub fact: String,
    /// What it claims.
    pub claim: String,
    /// What speaks for that.
    pub reasons: String,
    /// What speaks against it.
    pub against: String,
    /// When, in seconds on the clock of the room.
    pub clock: u64,
}
