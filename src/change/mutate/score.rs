//! How many mutants met which fate, and what the scenarios are worth by that.

use super::{Fate, Judged};
use crate::change::coverage::percent;

/// How many mutants met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// No rulebooks.
    pub invalid: usize,
    /// Killed by an expectation.
    pub asserted: usize,
    /// Killed by a snapshot only.
    pub snapshot: usize,
    /// The same in every scenario.
    pub equal: usize,
    /// Survivors that a scenario would kill.
    pub gaps: usize,
    /// Survivors of which it is not known.
    pub undecided: usize,
    /// Survivors that nobody minds.
    pub allowed: usize,
}

impl Score {
    /// Of these.
    pub fn of(judged: &[Judged]) -> Self {
        let mut score = Self::default();
        for one in judged {
            let number = match &one.fate {
                _ if one.allowed.is_some() => &mut score.allowed,
                Fate::Invalid => &mut score.invalid,
                Fate::Asserted(_) => &mut score.asserted,
                Fate::Snapshot(_) => &mut score.snapshot,
                Fate::Equal => &mut score.equal,
                Fate::Gap(_) => &mut score.gaps,
                Fate::Bounded(_) | Fate::Inconclusive(_) => &mut score.undecided,
            };
            *number += 1;
        }
        score
    }

    /// The mutants that count: equal, invalid and allowed ones left out.
    pub fn all(self) -> usize {
        self.asserted + self.snapshot + self.gaps + self.undecided
    }

    /// In percent: killed by an expectation.
    pub fn asserted_percent(self) -> f64 {
        percent(self.asserted, self.all())
    }

    /// In percent: killed by an expectation or a snapshot.
    pub fn snapshot_percent(self) -> f64 {
        percent(self.asserted + self.snapshot, self.all())
    }
}
