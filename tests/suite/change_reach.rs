//! Scenarios that no edit can reach are not worked out on both versions: leaving them out never changes an answer. Random edits of the
//! rulebook that is shipped, on its own scenarios; each run draws fresh seeds. `REACH_SEED` and `REACH_RUNS` repeat or lengthen one.

use super::reference::Random;
use casus::builtin::{RULEBOOK, SCENARIOS};
use casus::change::corpus::Source;
use casus::change::diff::{Effect, effect};
use casus::change::mutate::mutants;
use casus::change::untouched::Untouched;
use casus::change::{Comparison, beside};
use casus::project::Project;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// A clause of a treaty changed by one of the operators of `casus mutate`; or a line of its file that is not there any more.
fn edited(real: &Project, treaty: &str, random: &mut Random) -> Option<Project> {
    if random.percent(60) {
        let all = mutants(real, &|name, _| name == treaty);
        let mutant = all.get(random.below(all.len().max(1)))?;
        return Some(Project {
            files: mutant.files(real)?,
            rulebook: mutant.rulebook_with(real, None)?,
            sources: real.sources.clone(),
            diagnostics: Vec::new(),
        });
    }
    let mut texts: Vec<(String, String)> = RULEBOOK
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let head = format!("treaty {treaty} ");
    let file = texts.iter().position(|(_, text)| text.contains(&head))?;
    let lines: Vec<&str> = texts[file].1.lines().collect();
    let gone = random.below(lines.len());
    let kept = lines.iter().enumerate().filter(|(at, _)| *at != gone);
    let kept: Vec<&str> = kept.map(|(_, line)| *line).collect();
    texts[file].1 = kept.join("\n") + "\n";
    let new = beside(real, texts);
    (!new.has_errors()).then_some(new)
}

/// Some scenarios that name the treaty, and some others.
fn some(treaty: &str, all: bool, random: &mut Random) -> Vec<Source> {
    let mut left = [7, 7];
    let mut wanted = |text: &str| {
        let left = &mut left[usize::from(text.contains(treaty))];
        let wanted = all || *left > 0 && random.percent(30);
        *left -= usize::from(wanted && !all);
        wanted
    };
    let found = SCENARIOS.iter().filter(|(_, text)| wanted(text));
    let source = |(name, text): &(&str, &str)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    found.map(source).collect()
}

/// What is told of an effect.
fn told(effect: &Effect) -> Vec<String> {
    let families = effect.families.iter().map(|family| {
        let (kind, scenarios) = (family.kind, family.scenarios());
        format!(
            "{kind} {} {scenarios:?} {:?}",
            family.pattern, family.because
        )
    });
    let rest = format!("{:?} {:?} {:?}", effect.causes, effect.idle, effect.broken);
    families.chain([rest]).collect()
}

#[test]
fn what_no_edit_reaches_stays_as_it_is() {
    let fresh = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let fresh = fresh.map_or(1, |since| since.as_nanos() as u64 % 1_000_000);
    let seed = number("REACH_SEED").unwrap_or(fresh);
    let runs = number("REACH_RUNS").unwrap_or(2);
    println!("REACH_SEED={seed} REACH_RUNS={runs}");
    let mut random = Random::new(seed);
    let real = Project::of_texts(RULEBOOK.iter().copied());
    let (mut tried, mut left_out, mut moved) = (0, 0, 0);
    while tried < runs {
        let treaties = &real.rulebook.treaties;
        let treaty = &treaties[random.below(treaties.len())].name;
        let Some(new) = edited(&real, treaty, &mut random) else {
            continue;
        };
        let comparison = Comparison::new(&real, &new);
        if comparison.edits.is_empty() {
            continue;
        }
        let scenarios = some(treaty, runs > 20, &mut random);
        let untouched = Untouched::new(&comparison);
        let few = effect(&comparison, &scenarios, &untouched);
        let every = effect(&comparison, &scenarios, &Untouched::default());
        let edits: Vec<String> = comparison.edits.iter().map(ToString::to_string).collect();
        assert_eq!(told(&few), told(&every), "seed {seed}, {edits:?}");
        tried += 1;
        left_out += scenarios.len() - few.tried;
        moved += every.moved;
    }
    println!("{tried} edits: {left_out} outcomes left out, {moved} moved");
    assert!(
        runs < 20 || left_out > 0 && moved > 0,
        "nothing was left out, or nothing moved"
    );
}
