//! What a learner's file holds: the exercises that were played, and a card for each thing that was overlooked.

use super::memory::Memory;
use crate::calendar::{Day, PartialDate};
use crate::exercise::session::{Bundle, digest};
use serde::{Deserialize, Serialize};

/// All cards of a learner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Deck {
    /// The format of the file.
    pub format: String,
    /// The exercises that the cards come from.
    pub exercises: Vec<Learnt>,
    /// The cards, in the order in which they came.
    pub cards: Vec<Card>,
}

/// An exercise that was played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Learnt {
    /// Its file.
    pub path: String,
    /// What stood on every page.
    pub marking: String,
    /// Its texts without the rulebook, for the day when the file is gone.
    pub bundle: Bundle,
}

/// A thing that was overlooked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Card {
    /// Treaty and article.
    pub rule: String,
    /// Hash of what the clause means, whatever its words and its number.
    pub meaning: String,
    /// The part of it that was overlooked.
    pub focus: Focus,
    /// The same in words.
    pub about: String,
    /// The facts by which it was overlooked.
    pub situations: Vec<Situation>,
    /// The answers from which it comes.
    pub met: Vec<String>,
    /// The day on which it is asked next.
    pub due: String,
    /// What is known of how well it is known; none: it was never asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub memory: Option<Memory>,
    /// The clause means something else than when it was learnt, and that was not said yet.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub law_changed: bool,
    /// Hashes of what was asked of late.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub shown: Vec<String>,
}

/// A part of a clause that somebody may overlook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Focus {
    /// That it binds at all, or what has become of it.
    Whole,
    /// A condition, in its canonical form.
    Condition(String),
    /// That the treaty is in force.
    InForce,
    /// Who is bound.
    Bound,
    /// That it stands in this article.
    Article,
    /// By when.
    Deadline,
}

/// The facts of a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Situation {
    /// The exercise, by number.
    pub exercise: usize,
    /// The party that the learner played.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub party: Option<String>,
    /// The day of the story.
    pub day: String,
    /// What was claimed or overlooked, as a sentence.
    pub sentence: String,
    /// What the learner knew, as the entries of `events:` in a scenario.
    pub facts: String,
}

impl Card {
    /// The card that follows from a clause and a part of it: the same for all wordings of the clause.
    pub fn id(&self) -> String {
        let focus = match &self.focus {
            Focus::Whole => "whole",
            Focus::Condition(text) => text,
            Focus::InForce => "in force",
            Focus::Bound => "bound",
            Focus::Article => "article",
            Focus::Deadline => "deadline",
        };
        digest([self.meaning.as_str(), focus].into_iter())
    }

    /// The day on which it is asked next.
    pub fn due(&self) -> Day {
        day_of(&self.due).unwrap_or(Day::FIRST)
    }
}

/// A day as it is written in the file.
pub(super) fn day_of(text: &str) -> Option<Day> {
    match PartialDate::parse(text)? {
        PartialDate::Day(day) => Some(day),
        PartialDate::Month(..) | PartialDate::Year(_) => None,
    }
}
