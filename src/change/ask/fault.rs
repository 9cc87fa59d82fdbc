//! Faults that a test plants in the comparison, so that a contradiction can be followed to its end; no program has them.

use super::compare::Difference;
use super::proof::Proof;
use std::cell::Cell;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Proofs lose a case.
    Proof,
    /// The differences that were found are overlooked.
    Comparison,
    /// Scenarios lose a fact before they are replayed.
    Witness,
}

thread_local! {
    static PLANTED: Cell<Option<Fault>> = const { Cell::new(None) };
}

/// Does something with a fault in it.
pub(crate) fn with<R>(fault: Fault, what: impl FnOnce() -> R) -> R {
    PLANTED.set(Some(fault));
    let result = what();
    PLANTED.set(None);
    result
}

/// Whether this one is planted.
pub(super) fn is(fault: Fault) -> bool {
    PLANTED.get() == Some(fault)
}

/// A proof, corrupted if it is to be.
pub(super) fn corrupted(mut proof: Proof) -> Proof {
    if is(Fault::Proof) {
        proof.cases.pop();
    }
    proof
}

/// The differences that were found, none of them if they are to be overlooked.
pub(super) fn overlooked(differences: Vec<Difference>) -> Vec<Difference> {
    if is(Fault::Comparison) {
        return Vec::new();
    }
    differences
}
