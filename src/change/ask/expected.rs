//! What may be expected of an obligation, in the lines of a scenario file.

use super::compare::{Aspect, Obligation, positions};
use crate::calendar::Day;
use crate::change::page::scalar;
use crate::engine::{Outcome, PositionId};
use crate::explain;
use crate::extent::Readings;
use crate::model::fact::{Status, Verdict};
use crate::wording::status_words;

/// What a scenario file expects of an obligation on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Whether it is owed; with a status, whether it has that.
    pub verdict: Verdict,
    /// What has become of it.
    pub status: Option<Status>,
    /// By when it is to be performed.
    pub due: Option<Day>,
    /// On which questions that hinges, if on a few.
    pub hinges: Vec<String>,
}

/// What hinges on more is not told.
const MOST_HINGES: usize = 6;

/// A position that has one status on every reading has one of these.
const STATUSES: [Status; 7] = [
    Status::Discharged,
    Status::Displaced,
    Status::Suspended,
    Status::Violated,
    Status::Fulfilled,
    Status::InForce,
    Status::Lapsed,
];

impl Expected {
    /// That it is owed, whatever becomes of it.
    pub(super) const OWED: Self = Self::only(Verdict::Owed);

    const fn only(verdict: Verdict) -> Self {
        Self {
            verdict,
            status: None,
            due: None,
            hinges: Vec::new(),
        }
    }

    /// What a version says, as far as the versions part in it.
    pub(super) fn of(
        outcome: &mut Outcome<'_>,
        obligation: &Obligation,
        aspect: Aspect,
        day: Day,
    ) -> Self {
        let ids = positions(outcome, obligation);
        let status = match aspect {
            Aspect::Gained | Aspect::Lost | Aspect::Terms => None,
            Aspect::Violated => Some(Status::Violated),
            Aspect::Fulfilled => Some(Status::Fulfilled),
            Aspect::Discharged => Some(Status::Discharged),
            Aspect::Suspended => Some(Status::Suspended),
            Aspect::Displaced => Some(Status::Displaced),
        };
        if let Some(status) = status {
            return Self::with_status(outcome, &ids, status, day);
        }
        let holds = ids.iter().map(|id| outcome.position(*id).holds.at(day));
        let holds: Vec<Readings> = holds.collect();
        let space = &mut outcome.space;
        let holds = holds
            .into_iter()
            .fold(Readings::NONE, |all, one| space.or(all, one));
        let mut found = Self::on(outcome, holds);
        if aspect == Aspect::Terms {
            found.due = due(outcome, &ids);
        }
        found
    }

    /// That it has the status, on some readings or on all; or which it has instead.
    fn with_status(
        outcome: &mut Outcome<'_>,
        ids: &[PositionId],
        status: Status,
        day: Day,
    ) -> Self {
        let mut readings = |status| {
            ids.iter().fold(Readings::NONE, |all, id| {
                let own = outcome.status_readings(*id, status, day);
                outcome.space.or(all, own)
            })
        };
        let all = std::iter::once(status).chain(STATUSES);
        let all: Vec<(Readings, Status)> = all.map(|one| (readings(one), one)).collect();
        let has = |wanted| {
            all.iter()
                .find(|(readings, _)| Outcome::verdict(*readings) == wanted)
        };
        let own = all
            .first()
            .filter(|(readings, _)| *readings != Readings::NONE);
        let found = own
            .or_else(|| has(Verdict::Owed))
            .or_else(|| has(Verdict::OwedIf));
        match found {
            Some((readings, status)) => Self {
                status: Some(*status),
                ..Self::on(outcome, *readings)
            },
            None => Self::only(Verdict::NotOwed),
        }
    }

    /// That it is so on these readings.
    fn on(outcome: &Outcome<'_>, readings: Readings) -> Self {
        let mut found = Self::only(Outcome::verdict(readings));
        if found.verdict == Verdict::OwedIf {
            let names = explain::hinge_names(outcome, readings).into_iter();
            found.hinges = names.filter_map(|names| names.into_iter().next()).collect();
            if found.hinges.len() > MOST_HINGES {
                found.hinges.clear();
            }
        }
        found
    }
}

/// The one deadline of some positions.
fn due(outcome: &Outcome<'_>, ids: &[PositionId]) -> Option<Day> {
    let mut all = ids.iter().flat_map(|id| &outcome.position(*id).due);
    let first = all.next()?.last;
    all.next().is_none().then_some(first)
}

impl Expected {
    /// The lines of the expectation of a sentence under a treaty.
    pub(super) fn lines(&self, sentence: &str, treaty: &str) -> String {
        let word = match self.verdict {
            Verdict::Owed => "owed",
            Verdict::OwedIf => "owed-if",
            Verdict::NotOwed => "not-owed",
        };
        let mut text = format!("  - {word}: {sentence}\n    under: {treaty}\n");
        if let Some(status) = self.status {
            text += &format!("    status: {}\n", status_words(status));
        }
        if let Some(due) = self.due {
            text += &format!("    due: {due}\n");
        }
        for (at, hinge) in self.hinges.iter().enumerate() {
            let head = if at == 0 { "    hinges-on:\n" } else { "" };
            text += &format!("{head}      - {}\n", scalar(hinge));
        }
        text
    }
}
