//! What is graded on facts that a role was not told, and must not be told by the way.

use super::offer::Offered;

/// What is said where a role could not know why.
pub(crate) const NOT_TOLD: &str = "it rests on facts that you were not told";

/// Judges what a role can see by all facts, without saying more of them than that they make a difference.
pub(super) fn judge(options: &mut [Offered], truth: &[Offered], several: bool) {
    let is_offered = |it: &Offered| options.iter().any(|option| option.id == it.id);
    let mut hidden = truth
        .iter()
        .any(|it| it.right == Some(true) && !is_offered(it));
    for option in options.iter_mut().filter(|option| option.right.is_some()) {
        let found = truth.iter().find(|it| it.id == option.id);
        let right = found.map_or(Some(false), |found| found.right);
        if right != option.right {
            hidden = true;
            option.right = right;
            NOT_TOLD.clone_into(&mut option.why);
        }
    }
    let none = options.iter().all(|option| option.right != Some(true));
    if !several && none && hidden {
        // What is right cannot be chosen by anybody who does not know of it.
        for option in options {
            option.right = None;
        }
    }
}
