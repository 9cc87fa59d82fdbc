//! Rules changed on purpose, one place at a time, to see whether any scenario notices.

mod allowed;
mod baseline;
mod breed;
mod condition;
mod head;
mod killers;
mod known;
mod mutant;
mod mutator;
mod page;
mod treaty;
mod trial;

pub use allowed::{Allowed, Entry};
pub use baseline::Baseline;
pub use breed::mutants;
pub use killers::{Killer, killers};
pub use known::Killed;
pub use mutant::Mutant;
pub use page::{Score, cases, data, findings, text};
pub use trial::Fate;

use super::ask::{Bounds, Contradiction};
use super::corpus::parallel;
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
    let fates = parallel(&mutants, &|| (), &|(), mutant| {
        fate(baseline, mutant, bounds, go_on)
    });
    let each = mutants.into_iter().zip(fates);
    each.map(|(mutant, fate)| {
        Ok(Judged {
            mutant,
            fate: fate?,
            allowed: None,
        })
    })
    .collect()
}

fn fate(
    baseline: &Baseline<'_>,
    mutant: &Mutant,
    bounds: Bounds,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Fate, Contradiction> {
    let Some(patient) = Patient::new(baseline, mutant) else {
        return Ok(Fate::Invalid);
    };
    match patient.noticed(false) {
        Some(fate) => Ok(fate),
        None if go_on() => {
            let asked = patient.question(bounds);
            asked.map_err(|contradiction| contradiction.because(&mutant.edit()))
        }
        None => Ok(Fate::Inconclusive("there was no time to ask".to_owned())),
    }
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
