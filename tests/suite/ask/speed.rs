//! How long it takes until an edit of the rulebook that is shipped has its witness or its proof. Run by hand:
//! `cargo test --release --test suite ask::speed -- --ignored --nocapture`; `SPEED_SEED` and `SPEED_EDITS` choose the edits.

use super::shipped::shipped;
use crate::reference::Random;
use casus::change::ask::{Answer, Beyond, Bounds, Versions};
use casus::change::mutate::mutants;
use std::time::Instant;

fn number(name: &str, otherwise: u64) -> u64 {
    let told = std::env::var(name).ok();
    told.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// How an edit ended: with its worst answer.
fn end(found: &Beyond) -> &'static str {
    let any = |of: &dyn Fn(&Answer) -> bool| found.answers.values().any(of);
    if any(&|answer| matches!(answer, Answer::Inconclusive(_))) {
        "inconclusive"
    } else if any(&|answer| matches!(answer, Answer::Differs(_))) {
        "witness"
    } else if any(&|answer| matches!(answer, Answer::Agrees(one) if !one.is_complete())) {
        "proof within bounds"
    } else {
        "proof, complete"
    }
}

#[test]
#[ignore = "measures; docs/performance.md says how to run it"]
fn edits_of_the_rulebook_are_answered_soon() {
    let (seed, edits) = (number("SPEED_SEED", 1), number("SPEED_EDITS", 100));
    let mut random = Random::new(seed);
    let real = shipped();
    let anew = casus::check::Anew::new(&real.files);
    let treaties = &real.rulebook.treaties;
    let mut times = Vec::new();
    let mut ends = std::collections::BTreeMap::new();
    while times.len() < edits as usize {
        let treaty = &treaties[random.below(treaties.len())].name;
        let all = mutants(real, &|name, _| name == treaty);
        let Some(mutant) = all.get(random.below(all.len().max(1))) else {
            continue;
        };
        let Some(new) = mutant.rulebook(real, &anew) else {
            continue;
        };
        let begin = Instant::now();
        let versions = Versions::new(&real.rulebook, &new);
        let mut go_on = || begin.elapsed().as_secs() < 20;
        let found = Beyond::look(&versions, Bounds::default(), &mut go_on);
        let told = format!("{} {}", mutant.treaty, mutant.operator);
        let found = found.unwrap_or_else(|error| panic!("{told}: {}\n{error:?}", mutant.new));
        let seconds = begin.elapsed().as_secs_f64();
        *ends.entry(end(&found)).or_insert(0) += 1;
        times.push((seconds, end(&found), told));
    }
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0;
    println!(
        "seed {seed}, {edits} edits: {:.3} s in the middle, {:.3} s for 95 of 100, {:.3} s at most; {ends:?}",
        at(50),
        at(95),
        at(100)
    );
    for (seconds, end, told) in times.iter().rev().take(8) {
        println!("  {seconds:.2} s  {end}  {told}");
    }
}
