//! As few scenarios as kill all survivors that a scenario can kill: greedily, the one that kills most first.

use super::baseline::Baseline;
use super::trial::Patient;
use super::{Fate, Judged};
use crate::case::Case;
use crate::change::ask::Witness;
use crate::change::corpus::parallel;
use crate::change::page;
use crate::change::told::Told;
use crate::engine::{Engine, Options};
use crate::expect::verify;
use crate::model::rulebook::Rulebook;
use crate::project::Project;

/// A scenario and the survivors that it kills, by number.
#[derive(Clone, Debug)]
pub struct Killer {
    /// As a file.
    pub text: String,
    /// Whom it kills.
    pub kills: Vec<usize>,
}

/// The scenarios to write.
pub fn killers(baseline: &Baseline<'_>, judged: &[Judged]) -> Vec<Killer> {
    let survivors: Vec<(usize, &Judged, &Witness)> = judged
        .iter()
        .enumerate()
        .filter_map(|(at, one)| match &one.fate {
            Fate::Gap(witness) if one.allowed.is_none() => Some((at, one, &**witness)),
            _ => None,
        })
        .collect();
    let texts: Vec<String> = survivors
        .iter()
        .map(|(_, one, witness)| scenario(one, witness))
        .collect();
    let real = outcomes(
        &baseline.project.rulebook,
        &texts,
        &mut baseline.project.clone(),
    );
    let kills: Vec<Vec<bool>> = parallel(&survivors, &|| (), &|(), (_, one, _)| {
        let Some(patient) = Patient::new(baseline, &one.mutant) else {
            return vec![false; texts.len()];
        };
        // Beside the same texts: a place in the scenario is the same place on both sides.
        let mut project = baseline.project.clone();
        project.rulebook = patient.book;
        let book = project.rulebook.clone();
        let own = outcomes(&book, &texts, &mut project);
        let both = own.iter().zip(&real);
        both.map(|(own, real)| real.is_met() && own != real)
            .collect()
    });
    let mut left: Vec<usize> = (0..survivors.len()).collect();
    let mut found = Vec::new();
    while !left.is_empty() {
        let count = |text: &usize| left.iter().filter(|at| kills[**at][*text]).count();
        let best = (0..texts.len()).max_by_key(|text| (count(text), std::cmp::Reverse(*text)));
        let Some(best) = best.filter(|best| count(best) > 0) else {
            break;
        };
        let (dead, alive) = left.into_iter().partition(|at| kills[*at][best]);
        let dead: Vec<usize> = dead;
        left = alive;
        found.push(Killer {
            text: texts[best].clone(),
            kills: dead.into_iter().map(|at| survivors[at].0).collect(),
        });
    }
    found
}

/// What a version makes of a scenario.
#[derive(PartialEq, Eq)]
struct Verdict {
    outcome: Option<String>,
    /// How many of its expectations are not met.
    unmet: usize,
}

impl Verdict {
    /// Whether it can be read, and is as it expects.
    fn is_met(&self) -> bool {
        self.outcome.is_some() && self.unmet == 0
    }
}

fn outcomes(book: &Rulebook, texts: &[String], own: &mut Project) -> Vec<Verdict> {
    let engine = Engine::new(book);
    let one = |text: &String| {
        let case = Case::of_text("proposed", text.clone(), own);
        let Some(scenario) = case.scenario.as_ref() else {
            return Verdict {
                outcome: None,
                unmet: 0,
            };
        };
        let mut outcome = engine.evaluate(scenario, &Options::default());
        Verdict {
            outcome: Some(page::text(&Told::of(&mut outcome))),
            unmet: verify(&engine, scenario, &Options::default()).len(),
        }
    };
    texts.iter().map(one).collect()
}

/// The scenario that kills a survivor, with what the rules as they are make of it: somebody who has read the article must agree.
fn scenario(one: &Judged, witness: &Witness) -> String {
    let title = format!("{}, to notice: {}", one.mutant.clause, one.mutant.operator);
    witness.scenario(&title)
}
