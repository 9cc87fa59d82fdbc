//! The questions of an exercise, resolved.

use super::key::Standing;
use super::outline::{Change, RoleId};
use crate::model::fact::PositionQuery;
use crate::model::norm::Modality;
use crate::source::Span;

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its short name, unique in the exercise.
    pub id: String,
    /// What is asked.
    pub kind: QuestionKind,
    /// Who is asked.
    pub to: Vec<RoleId>,
    /// How it is put, if not in words made from its kind.
    pub text: Option<String>,
    /// Against which facts it is graded.
    pub view: Keyed,
    /// How sure: asked how.
    pub confidence: Confidence,
    /// Points for a perfect answer.
    pub points: u32,
    /// Minutes for the answer.
    pub minutes: Option<u32>,
    /// The objective that it tests.
    pub objective: Option<usize>,
    /// Proposed, and not yet looked at.
    pub pending: bool,
    /// Where.
    pub span: Span,
}

impl Question {
    /// There is a right answer, which follows from the rules.
    pub fn is_graded(&self) -> bool {
        !matches!(self.kind, QuestionKind::Decide(_) | QuestionKind::Text)
    }

    /// The kind of position that is asked about, if it is one.
    pub fn modality(&self) -> Modality {
        match &self.kind {
            QuestionKind::Obligations(asked) => asked.kind(),
            _ => Modality::Duty,
        }
    }

    /// How a position stands by an answer, in words.
    pub fn stands<'w>(&self, word: &'w str) -> &'w str {
        let known = Standing::of_word(word);
        known.map_or(word, |standing| standing.told(self.modality()))
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum QuestionKind {
    /// Who owes what to whom.
    Obligations(Obligations),
    /// Which way to go.
    Decide(Vec<Choice>),
    /// On which facts a position rests.
    Why(PositionQuery),
    /// Which condition of a position fails; `None`: of the nearest miss.
    WhyNot(Option<PositionQuery>),
    /// Which change of the facts would make or end a position.
    WhatIf(PositionQuery),
    /// On whose account a position holds.
    WhoseAccount(PositionQuery),
    /// Which duty falls due first.
    Order,
    /// A free text, rated by an evaluator.
    Text,
}

impl QuestionKind {
    /// As it is written.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Obligations(_) => "obligations",
            Self::Decide(_) => "decide",
            Self::Why(_) => "why",
            Self::WhyNot(_) => "why-not",
            Self::WhatIf(_) => "what-if",
            Self::WhoseAccount(_) => "whose-account",
            Self::Order => "order",
            Self::Text => "text",
        }
    }
}

/// What is asked about obligations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligations {
    /// Only those of the party asked.
    pub own: bool,
    /// What kinds of position.
    pub kinds: Vec<Modality>,
    /// What is asked beside who, what and to whom.
    pub fields: Vec<Field>,
    /// How much heavier a missed duty weighs than one claimed in vain.
    pub beta: u32,
    /// Days by which a deadline may be off.
    pub due_tolerance: u32,
}

impl Obligations {
    /// The kind of position by which their standing is told: what is owed if anything asked about can be.
    pub fn kind(&self) -> Modality {
        let permits = |kind: &&Modality| matches!(kind, Modality::Permission | Modality::Power);
        let all = self.kinds.iter().all(|kind| permits(&kind));
        let first = self.kinds.first().copied();
        first.filter(|_| all).unwrap_or(Modality::Duty)
    }
}

/// A part of a claim beside who, what and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Under which article.
    Article,
    /// By when.
    Due,
    /// What has become of it.
    Status,
}

/// Against which facts an answer is graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// Those that the seat could know.
    Seat,
    /// All.
    Truth,
}

/// How sure somebody is, and how it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Not at all.
    None,
    /// In percent.
    Percent,
    /// In three levels.
    Levels,
}

impl Confidence {
    /// How sure one can be: in percent, and in words.
    pub fn steps(self) -> Vec<(u8, String)> {
        let percent = |sure: u8| (sure, format!("{sure} %"));
        let level = |(sure, word): (u8, &str)| (sure, word.to_owned());
        match self {
            Self::None => Vec::new(),
            Self::Percent => [50, 60, 70, 80, 90, 99].map(percent).to_vec(),
            Self::Levels => [(50, "a guess"), (70, "rather sure"), (90, "sure")]
                .map(level)
                .to_vec(),
        }
    }
}

/// Something that a team may decide.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its short name.
    pub id: String,
    /// How it is shown.
    pub label: String,
    /// What becomes so.
    pub changes: Vec<Change>,
}
