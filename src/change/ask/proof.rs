//! Agreement checked anew: a case split that covers every scenario of the small world, each case played through on both versions
//! with plain facts. It shares nothing with the comparison but the evaluation of one scenario.

use super::candidate::Candidate;
use super::compare::{
    Course, Courses, Difference, Obligation, courses, differences, question, questions,
};
use super::joint::{Joint, Told};
use super::kind::Kind;
use super::sense::keep_sense;
use super::witness::Stated;
use super::world::{Side, World, treaties};
use crate::extent::{Answer, Readings};
use crate::model::fact::PositionQuery;
use crate::model::ids::NormId;
use std::collections::BTreeSet;

/// A set of scenarios: those that state these facts and leave out those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) settled: Vec<Answer>,
}

/// A case split for one obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) obligation: Obligation,
    pub(super) cases: Vec<Case>,
}

/// What is wrong with a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// These answers fall in no case.
    Gap(Vec<Answer>),
    /// In this case the versions differ.
    Differs(Case),
}

/// How much of an agreement was checked anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Cases played through.
    pub cases: usize,
    /// Obligations of somebody that were left out because their cases are too many.
    pub left: usize,
}

/// The cases by which a course of things is decided, one way through the decision diagrams each; nothing if there are more than `most`.
pub(super) fn prove(
    joint: &Joint,
    obligation: &Obligation,
    course: &Course,
    most: usize,
) -> Option<Proof> {
    let mut sets: Vec<Readings> = Vec::new();
    for extent in course.extents() {
        sets.extend(extent.changes().iter().map(|(_, set)| *set));
    }
    sets.sort_unstable();
    sets.dedup();
    let mut cases = Vec::new();
    let whole = split(joint, sets, &mut Vec::new(), &mut cases, most);
    whole.then(|| Proof {
        obligation: obligation.clone(),
        cases,
    })
}

fn split(
    joint: &Joint,
    mut sets: Vec<Readings>,
    settled: &mut Vec<Answer>,
    cases: &mut Vec<Case>,
    most: usize,
) -> bool {
    sets.sort_unstable();
    sets.dedup();
    let space = &joint.space;
    let tops = sets.iter().filter_map(|set| space.first_question(*set));
    // In the diagrams the latest question is on top.
    let Some(question) = tops.max() else {
        if cases.len() >= most {
            return false;
        }
        cases.push(Case {
            settled: settled.clone(),
        });
        return true;
    };
    let half = |yes| sets.iter().map(move |set| space.half(*set, question, yes));
    let Some(candidate) = joint.candidate(question) else {
        // An open question stays open: what follows either answer belongs together.
        let both = half(false).chain(half(true)).collect();
        return split(joint, both, settled, cases, most);
    };
    [false, true].into_iter().all(|yes| {
        settled.push(Answer {
            question: candidate,
            yes,
        });
        let whole = split(joint, half(yes).collect(), settled, cases, most);
        settled.pop();
        whole
    })
}

/// Both versions, ready to have cases played through.
pub(super) struct Judge<'s> {
    sides: &'s [Side<'s>; 2],
    world: &'s World,
    candidates: &'s [Candidate],
    /// What is asked of each version.
    asked: [Vec<PositionQuery>; 2],
}

impl<'s> Judge<'s> {
    pub(super) fn new(
        sides: &'s [Side<'s>; 2],
        world: &'s World,
        candidates: &'s [Candidate],
    ) -> Self {
        Self {
            sides,
            world,
            candidates,
            asked: [0, 1].map(|at: usize| questions(&sides[at], world)),
        }
    }

    /// A candidate in words.
    pub(super) fn stated(&self, candidate: u32) -> Stated {
        let books = [self.sides[0].book, self.sides[1].book];
        Stated::of(&books, &self.candidates[candidate as usize])
    }

    /// The treaties that count.
    pub(super) fn treaties(&self) -> Vec<String> {
        treaties(self.sides)
    }

    /// Checks that the cases cover everything, and that in each the versions agree.
    pub(super) fn check(&self, proof: &Proof) -> Result<usize, Flaw> {
        let all: Vec<&[Answer]> = proof
            .cases
            .iter()
            .map(|case| case.settled.as_slice())
            .collect();
        covers(&all, &mut Vec::new())?;
        for case in &proof.cases {
            let own: BTreeSet<u32> = case.settled.iter().map(|answer| answer.question).collect();
            let stated = case.settled.iter().filter(|answer| answer.yes);
            let stated: BTreeSet<u32> = stated.map(|answer| answer.question).collect();
            let rest = (0..self.candidates.len() as u32).filter(|at| !own.contains(at));
            // What a case leaves open must not matter: once all of it is left out, once all of it is stated.
            let all: BTreeSet<u32> = stated.iter().copied().chain(rest).collect();
            for facts in [&stated, &all] {
                if !self.agree(facts, &proof.obligation) {
                    return Err(Flaw::Differs(case.clone()));
                }
            }
        }
        Ok(proof.cases.len())
    }

    /// Whether both versions say the same of an obligation if just these facts are stated.
    fn agree(&self, facts: &BTreeSet<u32>, obligation: &Obligation) -> bool {
        let mut joint = Joint::new(self.candidates.len(), 0);
        let said: Vec<Courses> = self
            .sides
            .iter()
            .zip(&self.asked)
            .map(|(side, asked)| {
                let chosen = facts.iter().map(|at| (*at, &self.candidates[*at as usize]));
                let told = Told::new(side, self.world, chosen);
                let mut asked = asked.clone();
                asked.extend(question(side.book, obligation));
                let mut outcome = told.evaluate(side, asked);
                let kind = |kind: &Kind, _: NormId| *kind == obligation.kind;
                courses(&mut outcome, &told, &mut joint, &kind)
            })
            .collect();
        let pairs = said.windows(2);
        let mut apart: Vec<Difference> = pairs
            .flat_map(|pair| differences(&pair[0], &pair[1], &mut joint.space))
            .filter(|difference| difference.obligation == *obligation)
            .collect();
        keep_sense(self.sides, &mut joint, &mut apart);
        apart.is_empty()
    }
}

/// Whether every way to answer falls in a case, by plain case distinction.
fn covers(cases: &[&[Answer]], settled: &mut Vec<Answer>) -> Result<(), Flaw> {
    let open = |case: &&[Answer]| {
        let mut rest = case.iter().filter(|answer| !settled.contains(answer));
        rest.next().copied()
    };
    if cases.iter().any(|case| open(case).is_none()) {
        return Ok(());
    }
    let Some(next) = cases.first().and_then(open) else {
        return Err(Flaw::Gap(settled.clone()));
    };
    for yes in [false, true] {
        let here = Answer {
            question: next.question,
            yes,
        };
        let contrary = Answer {
            question: next.question,
            yes: !yes,
        };
        let half: Vec<&[Answer]> = cases
            .iter()
            .copied()
            .filter(|case| !case.contains(&contrary))
            .collect();
        settled.push(here);
        covers(&half, settled)?;
        settled.pop();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::answer::{self, Bounds, Contradiction};
    use super::super::stage::Stage;
    use super::super::versions::Versions;
    use super::super::world::Size;
    use super::*;

    fn answer(question: u32, yes: bool) -> Answer {
        Answer { question, yes }
    }

    #[test]
    fn cases_must_cover_everything() {
        let whole = [
            vec![answer(0, true)],
            vec![answer(0, false), answer(1, true)],
            vec![answer(0, false), answer(1, false)],
        ];
        let cases: Vec<&[Answer]> = whole.iter().map(Vec::as_slice).collect();
        assert_eq!(covers(&cases, &mut Vec::new()), Ok(()));
        for missing in 0..cases.len() {
            let mut corrupted = cases.clone();
            corrupted.remove(missing);
            assert!(covers(&corrupted, &mut Vec::new()).is_err());
        }
    }

    const WORDS: &str = "state arcadia\nstate borland\nstate cedria\nstatus great-power\n\
        verb attack, attacks, attacked  lasts\nverb assist, assists, assisted  takes object, against  lasts\n\
        treaty pact\n  parties arcadia, borland\n  in force from 1950-01-01\narticle 1\n  ";

    fn rulebook(clause: &str) -> crate::model::rulebook::Rulebook {
        let project = crate::Project::of_texts([("pact.treaty", format!("{WORDS}{clause}\n"))]);
        assert!(!project.has_errors(), "{:?}", project.diagnostics);
        project.rulebook
    }

    const PLAIN: &str = "when a state A attacks a party P, if A is great-power, each other party Q shall assist P against A.";
    const LONGER: &str = "when a state A attacks a party P, if A is great-power and A has attacked P, each other party Q shall assist P against A.";
    const SHORTER: &str =
        "when a state A attacks a party P, each other party Q shall assist P against A.";

    /// Takes the proof of agreement of two versions, and what becomes of it by a corruption; the check runs on `on`.
    fn checked(on: [&str; 2], corrupt: impl Fn(&mut Proof) -> bool) -> Vec<Result<usize, Flaw>> {
        let sound = [PLAIN, LONGER].map(rulebook);
        let others = on.map(rulebook);
        let versions = Versions::new(&sound[0], &sound[1]);
        let kinds: BTreeSet<Kind> = versions.kinds().into_values().flatten().collect();
        let slices = versions.slices(&kinds);
        let sides = versions.sides(&slices, &kinds);
        let stage = Stage::new(&sides, World::new(&sides, Size::ALL[0]), Bounds::default());
        let stage = stage.expect("little enough to compare");
        let judged = Versions::new(&others[0], &others[1]);
        let slices = judged.slices(&kinds);
        let judges = judged.sides(&slices, &kinds);
        let mut found = Vec::new();
        for (obligation, course) in &stage.courses[0] {
            let mut proof = prove(&stage.joint, obligation, course, 400).expect("a proof");
            if corrupt(&mut proof) {
                let judge = Judge::new(&judges, &stage.world, &stage.candidates);
                found.push(judge.check(&proof));
            }
        }
        assert!(!found.is_empty());
        found
    }

    #[test]
    fn a_sound_proof_is_accepted() {
        let all = checked([PLAIN, LONGER], |_| true);
        assert!(all.iter().all(|one| matches!(one, Ok(2..))), "{all:?}");
    }

    #[test]
    fn a_corrupted_proof_is_rejected() {
        for at in 0..3 {
            let gone = checked([PLAIN, LONGER], |proof| {
                let there = at < proof.cases.len();
                if there {
                    proof.cases.remove(at);
                }
                there
            });
            assert!(
                gone.iter().all(|one| matches!(one, Err(Flaw::Gap(_)))),
                "{gone:?}"
            );
            let turned = checked([PLAIN, LONGER], |proof| {
                let answer = proof
                    .cases
                    .get_mut(at)
                    .and_then(|case| case.settled.last_mut());
                answer.map(|answer| answer.yes = !answer.yes).is_some()
            });
            assert!(turned.iter().all(Result::is_err), "{turned:?}");
        }
        let other = checked([PLAIN, SHORTER], |_| true);
        let differs = |one: &Result<usize, Flaw>| matches!(one, Err(Flaw::Differs(_)));
        assert!(other.iter().any(differs), "{other:?}");
    }

    /// What the comparison overlooks, the check of its proof does not: that is a contradiction, and exit code 70.
    #[test]
    fn an_agreement_that_is_none_is_a_contradiction() {
        let books = [PLAIN, SHORTER].map(rulebook);
        let versions = Versions::new(&books[0], &books[1]);
        let kinds: BTreeSet<Kind> = versions.kinds().into_values().flatten().collect();
        let slices = versions.slices(&kinds);
        let sides = versions.sides(&slices, &kinds);
        let stage = Stage::new(&sides, World::new(&sides, Size::ALL[0]), Bounds::default());
        let mut stage = stage.expect("little enough to compare");
        assert!(!stage.differences.is_empty());
        stage.differences.clear();
        let answers = stage.answers(&sides, &kinds, &versions.affected);
        let mut answers = answers.expect("nothing to replay");
        let late = stage.check(&sides, &mut answers, &mut || false);
        assert!(late.is_ok(), "without time nothing is checked");
        let left = answers.values().all(|answer| {
            matches!(answer, answer::Answer::Agrees(one) if one.checked.cases == 0 && one.checked.left > 0)
        });
        assert!(left, "and that is said: {answers:?}");
        let found = stage.check(&sides, &mut answers, &mut || true);
        assert!(matches!(found, Err(Contradiction::Proof(_))), "{found:?}");
    }
}
