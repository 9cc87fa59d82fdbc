//! Verdicts and statuses in words.

use crate::model::fact::{Status, Verdict};
use crate::model::norm::Modality;

/// A verdict in words.
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Owed => "owed",
        Verdict::OwedIf => "owed if",
        Verdict::NotOwed => "not owed",
    }
}

/// What is said of a position of this kind that holds: a duty or prohibition is owed, the rest permitted.
pub fn held_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty | Modality::Prohibition => "owed",
        Modality::Permission | Modality::Power => "permitted",
    }
}

/// A status in words.
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::NotYet => "not-yet",
        Status::InForce => "in-force",
        Status::Fulfilled => "fulfilled",
        Status::Violated => "violated",
        Status::Suspended => "suspended",
        Status::Displaced => "displaced",
        Status::Discharged => "discharged",
        Status::Lapsed => "lapsed",
    }
}
