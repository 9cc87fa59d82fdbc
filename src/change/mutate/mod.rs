//! Rules changed on purpose, one place at a time, to see whether any scenario notices.

mod allowed;
mod baseline;
mod breed;
mod condition;
mod forms;
mod head;
mod killers;
mod known;
mod mutant;
mod mutator;
mod page;
mod score;
mod survivors;
mod treaty;
mod trial;

pub use allowed::{Allowed, Entry};
pub use baseline::Baseline;
pub use breed::mutants;
pub use forms::{cases, data, findings};
pub use killers::{Killer, killers};
pub use known::Killed;
pub use mutant::Mutant;
pub use page::text;
pub use score::Score;
pub use survivors::{Survivors, Unasked};
pub use trial::Fate;

use super::ask::{Bounds, Contradiction};
use super::corpus::parallel;
use crate::source::Span;
use rustc_hash::FxHashSet;
use trial::Patient;

/// A mutant and what has become of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The mutant.
    pub mutant: Mutant,
    /// What has become of it.
    pub fate: Fate,
    /// Why nobody minds that it survives.
    pub allowed: Option<String>,
}

impl Judged {
    /// Whether no scenario notices, and somebody should mind.
    pub fn survives(&self) -> bool {
        let unnoticed = matches!(
            self.fate,
            Fate::Gap(_) | Fate::Bounded(_) | Fate::Inconclusive(_)
        );
        unnoticed && self.allowed.is_none()
    }
}

/// Holds mutants against the scenarios; of those that survive it is asked whether any scenario would notice, as long as `go_on`.
///
/// # Errors
/// A witness that does not replay, or a proof that does not check.
pub fn judge(
    baseline: &Baseline<'_>,
    mutants: Vec<Mutant>,
    bounds: Bounds,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Judged>, Contradiction> {
    let mut fates = parallel(&mutants, &|| (), &|(), mutant| sift(baseline, mutant));
    let order = order(&mutants, &fates);
    let asked = parallel(&order, &|| (), &|(), at| {
        question(baseline, &mutants[*at], bounds, go_on)
    });
    for (at, fate) in order.into_iter().zip(asked) {
        fates[at] = Some(fate?);
    }
    let judged = |(mutant, fate)| {
        Some(Judged {
            mutant,
            fate: fate?,
            allowed: None,
        })
    };
    Ok(mutants.into_iter().zip(fates).filter_map(judged).collect())
}

/// What the scenarios make of a mutant; nothing if none notices.
fn sift(baseline: &Baseline<'_>, mutant: &Mutant) -> Option<Fate> {
    match Patient::new(baseline, mutant) {
        Some(patient) => patient.noticed(false),
        None => Some(Fate::Invalid),
    }
}

/// The survivors in the order in which they are asked about while there is time: whole provisions first, and last of all what is
/// left of a provision that nobody would miss.
fn order(mutants: &[Mutant], fates: &[Option<Fate>]) -> Vec<usize> {
    let survives = |at: &usize| fates[*at].is_none();
    let mut order: Vec<usize> = (0..mutants.len()).filter(survives).collect();
    let dropped = order.iter().map(|at| &mutants[*at]);
    let dropped = dropped.filter(|mutant| mutant.drops_all());
    let missed_by_nobody: FxHashSet<Span> = dropped.map(|mutant| mutant.span).collect();
    order.sort_by_key(|at| {
        let mutant = &mutants[*at];
        (!mutant.drops_all(), missed_by_nobody.contains(&mutant.span))
    });
    order
}

fn question(
    baseline: &Baseline<'_>,
    mutant: &Mutant,
    bounds: Bounds,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Fate, Contradiction> {
    let patient = go_on().then(|| Patient::new(baseline, mutant)).flatten();
    let Some(patient) = patient else {
        return Ok(Fate::Inconclusive("there was no time to ask".to_owned()));
    };
    let asked = patient.question(bounds);
    asked.map_err(|contradiction| contradiction.because(&mutant.edit()))
}

/// Whether any of all scenarios notices, however unlikely it is to; and what is answered where nobody asks the scenarios. For
/// tests of the two.
///
/// # Errors
/// As [`judge`].
pub fn cross_examine(
    baseline: &Baseline<'_>,
    mutant: &Mutant,
    bounds: Bounds,
) -> Result<Option<[Option<Fate>; 3]>, Contradiction> {
    let Some(patient) = Patient::new(baseline, mutant) else {
        return Ok(None);
    };
    let asked = patient.question(bounds)?;
    Ok(Some([
        patient.noticed(false),
        patient.noticed(true),
        Some(asked),
    ]))
}
