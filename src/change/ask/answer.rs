//! What can be answered, and how far to look for it.

use super::proof::Checked;
use super::witness::Witness;
use super::world::Size;
use std::collections::BTreeSet;

/// How far to look.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How many take part at most.
    pub parties: usize,
    /// How many candidate facts at most.
    pub facts: usize,
    /// How many sets of answers the comparison may keep at most.
    pub sets: usize,
    /// Also say exactly when the versions differ.
    pub describe: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            parties: 6,
            facts: 1_500,
            sets: 400_000,
            describe: false,
        }
    }
}

impl Bounds {
    /// For many questions, one after the other: what is too large is soon given up.
    pub fn quick() -> Self {
        Self {
            parties: 3,
            facts: 400,
            sets: 40_000,
            describe: false,
        }
    }

    /// The worlds to look at, one after the other.
    pub(super) fn worlds(self) -> impl Iterator<Item = Size> {
        let most = self.parties.max(3);
        Size::ALL
            .into_iter()
            .filter(move |size| size.parties <= most)
    }
}

/// What was found out about one kind of obligation.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The versions differ: one smallest scenario for each way in which they do.
    Differs(Vec<Witness>),
    /// They agree.
    Agrees(Agreement),
    /// It was too much to find out.
    Inconclusive(String),
}

/// How far they agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// How many took part.
    pub parties: usize,
    /// What was not tried; empty: they agree in every scenario.
    pub beyond: BTreeSet<String>,
    /// How far this was checked anew, case by case.
    pub checked: Checked,
}

impl Agreement {
    /// Whether they agree in every scenario.
    pub fn is_complete(&self) -> bool {
        self.beyond.is_empty()
    }
}

/// The program contradicts itself: always a defect.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Contradiction {
    /// A witness that did not replay.
    #[error("a scenario in which the versions were to differ does not tell them apart:\n{0}")]
    Witness(String),
    /// A proof that did not check.
    #[error("the versions were to agree on this, and the check of the proof says otherwise:\n{0}")]
    Proof(String),
    /// Either, with the edit of the rules that led to it.
    #[error("{0}\n{1}")]
    Because(Box<Contradiction>, String),
}

impl Contradiction {
    /// Says which edit of the rules led to it.
    #[must_use]
    pub fn because(self, edit: &str) -> Self {
        Self::Because(Box::new(self), edit.to_owned())
    }
}
