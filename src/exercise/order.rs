//! The order in which things are offered, and what of too many: by chance, and the same on every machine.

use super::offer::Offered;
use super::outline::{Exercise, Question, Role};

/// The most things offered at once.
const MOST_OFFERED: usize = 8;

/// Puts the options in an order that tells nothing; of too many, all that are right stay and as many others as there is room.
pub(super) fn choose(options: &mut Vec<Offered>, seed: u64) {
    let mut known = std::collections::BTreeSet::new();
    options.retain(|offered| known.insert(offered.text.clone()));
    let rights = options.iter().filter(|it| it.right == Some(true)).count();
    let mut room = MOST_OFFERED.max(rights + 3) - rights;
    options.retain(|offered| {
        offered.right == Some(true) || {
            let fits = room > 0;
            room = room.saturating_sub(1);
            fits
        }
    });
    let mut state = seed;
    for at in (1..options.len()).rev() {
        let other = random(&mut state) % (at as u64 + 1);
        options.swap(at, other as usize);
    }
}

/// The same on every machine: by the seed of the exercise, the question and the role.
pub(super) fn seed(exercise: &Exercise, question: &Question, role: &Role) -> u64 {
    let names = question.id.bytes().chain(role.id.bytes());
    names.fold(exercise.seed ^ 0x9e37_79b9_7f4a_7c15, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
pub(crate) fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
