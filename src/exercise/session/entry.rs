//! One entry of the log: who did what, and when. Entries are never changed; a mistake is undone by another entry.

use serde::{Deserialize, Serialize};

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// From 1, without gaps.
    pub sequence: u64,
    /// Seconds on the clock of the room, which stops in pauses.
    pub clock: u64,
    /// Seconds since 1970, for the record only.
    pub wall: u64,
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub happening: Happening,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The exercise staff.
    Facilitator,
    /// A role, by its short name.
    Team(String),
    /// Somebody who watches, by name.
    Evaluator(String),
    /// The program.
    Program,
}

/// What was done. Roles, injects, questions and options go by their short names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// The session began, with this exercise under these rules.
    Began {
        /// Hash of the exercise.
        exercise: String,
        /// Hash of the rulebook.
        rules: String,
    },
    /// Somebody sits down in a role.
    Joined {
        /// Which.
        role: String,
        /// Who, as given.
        name: String,
    },
    /// An inject went out.
    Released {
        /// Which.
        inject: String,
        /// Its text, if it was edited before.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        text: Option<String>,
    },
    /// The next inject waits for a hand, or no longer does.
    Held {
        /// Which.
        inject: String,
        /// It waits.
        held: bool,
    },
    /// The staff sent something that is not in the exercise.
    Inserted {
        /// To which roles.
        to: Vec<String>,
        /// Who sends it, in the story.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        from: Option<String>,
        /// What it says.
        text: String,
        /// A fact that becomes so, as a sentence of the language.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        fact: Option<String>,
    },
    /// An entry was undone: an inject was taken back.
    Undone {
        /// Its sequence.
        entry: u64,
    },
    /// A team handed in an answer; a later one replaces it until the question is closed.
    Answered {
        /// For which role.
        role: String,
        /// To which question.
        question: String,
        /// What.
        response: Response,
        /// Made by the one who hands in, so that the same answer sent twice counts once.
        receipt: String,
    },
    /// The decision of a role takes effect in the world.
    Effected {
        /// Whose.
        role: String,
        /// On which question.
        question: String,
    },
    /// The staff gave a team more time for whatever it has not handed in yet.
    Granted {
        /// Which role.
        role: String,
        /// How much, in minutes.
        minutes: u32,
    },
    /// A team took the next hint.
    Hinted {
        /// Which role.
        role: String,
        /// On which question.
        question: String,
    },
    /// No more answers to a question.
    Closed {
        /// Which.
        question: String,
    },
    /// The key of a question was shown.
    Revealed {
        /// Which.
        question: String,
    },
    /// The staff gave other points.
    Overridden {
        /// To which role.
        role: String,
        /// For which question.
        question: String,
        /// How many, from 0 to 1 of what it is worth.
        share: f64,
        /// Why.
        reason: String,
    },
    /// A team holds another view of the law.
    Dissented {
        /// Which role.
        role: String,
        /// On which question.
        question: String,
        /// Why.
        reason: String,
    },
    /// An evaluator wrote a note.
    Noted {
        /// On which role, if on one.
        role: Option<String>,
        /// On which objective, if on one.
        objective: Option<String>,
        /// `P`, `S`, `M` or `U`.
        rating: Option<char>,
        /// The note.
        text: String,
    },
    /// Something to come back to in the hot wash.
    Bookmarked {
        /// What.
        text: String,
    },
    /// Said in the hot wash.
    Reflected {
        /// `keep`, `change` or `surprise`.
        prompt: String,
        /// What.
        text: String,
    },
    /// A team argues about a contested fact.
    Argued {
        /// Which role.
        role: String,
        /// Which fact, by its short name.
        fact: String,
        /// What it claims.
        claim: String,
        /// What speaks for that.
        reasons: String,
        /// What speaks against it.
        against: String,
    },
    /// The staff decide a contested fact, or keep both accounts.
    Settled {
        /// Which fact, by its short name.
        fact: String,
        /// Whether it is so; `None`: both accounts stay.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        so: Option<bool>,
        /// Why.
        reason: String,
    },
    /// The clock was set by hand.
    ClockSet {
        /// To so many seconds.
        seconds: u64,
    },
    /// The clock stops.
    Paused,
    /// The clock goes on.
    Resumed,
    /// The exercise is over.
    Ended,
}

/// What a team hands in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// No obligation arises.
    NoObligation,
    /// These claims.
    Claims(Vec<ClaimText>),
    /// One of the things offered, or several, by their short names or in their words.
    Chosen {
        /// Which.
        options: Vec<String>,
        /// How sure, in percent.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        confidence: Option<u8>,
    },
    /// In own words.
    Text(String),
}

/// A claim as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ClaimText {
    /// Who shall do what to whom, with `under` and the article if it is named.
    pub sentence: String,
    /// The deadline, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<String>,
    /// `owed`, `owed-if`, `fulfilled`, `violated` or `suspended`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub standing: Option<String>,
    /// How sure, in percent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<u8>,
}

/// A question put to a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ask {
    /// Whom, by its short name.
    pub role: String,
    /// Which.
    pub question: String,
}
