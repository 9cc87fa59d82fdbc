//! Answers to open questions that cannot be given together.

use super::compare::Difference;
use super::joint::Joint;
use super::places::lies_within;
use super::world::Side;
use std::collections::BTreeMap;

/// What happened in a place happened in all places in which that lies: answers that say otherwise make no difference.
pub(super) fn keep_sense(sides: &[Side<'_>], joint: &mut Joint, differences: &mut Vec<Difference>) {
    if differences.is_empty() {
        return;
    }
    let mut known: BTreeMap<[String; 2], bool> = BTreeMap::new();
    let mut senseless: Vec<[u32; 2]> = Vec::new();
    for (questions, names) in joint.pairs_of_places() {
        let key = names.map(str::to_owned);
        let within = || lies_within(sides, names[0], names[1]);
        if *known.entry(key).or_insert_with(within) {
            senseless.push(questions);
        }
    }
    for difference in differences.iter_mut() {
        let space = &mut joint.space;
        difference.extent = difference.extent.map(|set| {
            let asked = space.questions(set);
            let own = senseless
                .iter()
                .filter(|pair| pair.iter().all(|one| asked.contains(one)));
            own.fold(set, |set, [one, other]| {
                let (inside, outside) = (space.question(*one), space.question(*other));
                let nonsense = space.without(inside, outside);
                space.without(set, nonsense)
            })
        });
    }
    differences.retain(|difference| !difference.extent.is_never());
}
