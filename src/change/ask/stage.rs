//! Two versions compared in one small world.

use super::affected::Affected;
use super::answer::{Agreement, Answer, Bounds, Contradiction};
use super::applied::Applied;
use super::candidate::Candidate;
use super::cast::names_actor;
use super::compare::{
    Aspect, Course, Courses, Difference, courses, differences, of_one, question, questions,
};
use super::complete::{gaps, in_step};
use super::expected::Expected;
#[cfg(test)]
use super::fault::{self, Fault};
use super::joint::{Joint, Told};
use super::kind::Kind;
use super::maker::candidates;
use super::proof::{Checked, Flaw, Judge, prove};
use super::said::said;
use super::search::{Found, Search, Target};
use super::witness::{Description, Stated, Witness, scenario};
use super::world::{Side, World, treaties};
use crate::extent::Readings;
use crate::model::ids::NormId;
use crate::model::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// No more cases of a proof are checked for one kind of obligation, and fewer where much can be stated in each.
const MOST_CASES: usize = 400;

/// As many as this are checked in any world.
const FEWEST_CASES: usize = 40;

/// So many facts are stated in all cases together.
const MOST_STATED: usize = 60_000;

/// No more cases are described.
const MOST_DESCRIBED: usize = 20;

/// Everything worked out in one small world.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) candidates: Vec<Candidate>,
    pub(super) joint: Joint,
    pub(super) courses: [Courses; 2],
    pub(super) differences: Vec<Difference>,
    describe: bool,
}

impl Stage {
    pub(super) fn new(sides: &[Side<'_>; 2], world: World, bounds: Bounds) -> Option<Self> {
        let candidates = candidates(sides, &world, false);
        let tolds = sides.each_ref().map(|side| {
            let numbered = (0_u32..).zip(&candidates);
            Told::new(side, &world, numbered)
        });
        Self::of(sides, world, candidates, &tolds, bounds)
    }

    /// The same with everything that each version is told; nothing if it is too much.
    pub(super) fn of(
        sides: &[Side<'_>; 2],
        world: World,
        candidates: Vec<Candidate>,
        tolds: &[Told; 2],
        bounds: Bounds,
    ) -> Option<Self> {
        if candidates.len() > bounds.facts {
            return None;
        }
        let Applied {
            joint,
            courses,
            differences,
        } = Applied::to(sides, &world, &candidates, tolds, bounds)?;
        #[cfg(test)]
        let differences = fault::overlooked(differences);
        Some(Self {
            world,
            candidates,
            joint,
            courses,
            differences,
            describe: bounds.describe,
        })
    }

    /// The answer for each of these kinds; proofs are not checked yet.
    pub(super) fn answers(
        &self,
        sides: &[Side<'_>; 2],
        kinds: &BTreeSet<Kind>,
        affected: &Affected,
    ) -> Result<BTreeMap<Kind, Answer>, Contradiction> {
        let beyond = gaps(sides, &self.world, affected);
        let mut answers = BTreeMap::new();
        for kind in kinds {
            let witnesses = self.witnesses(sides, kind)?;
            let answer = if witnesses.is_empty() {
                let mut beyond = beyond.clone();
                if !in_step(sides, &self.courses, kind) {
                    beyond.insert("other orders of events".to_owned());
                }
                Answer::Agrees(Agreement {
                    parties: self.world.cast.names.len(),
                    beyond,
                    checked: Checked::default(),
                })
            } else {
                Answer::Differs(witnesses)
            };
            answers.insert(kind.clone(), answer);
        }
        Ok(answers)
    }

    /// Proves what agrees case by case, and checks the proofs.
    pub(super) fn check(
        &self,
        sides: &[Side<'_>; 2],
        answers: &mut BTreeMap<Kind, Answer>,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<(), Contradiction> {
        let judge = Judge::new(sides, &self.world, &self.candidates);
        for (kind, answer) in answers {
            if let Answer::Agrees(agreement) = answer {
                agreement.checked = self.checked(&judge, kind, go_on)?;
            }
        }
        Ok(())
    }

    fn checked(
        &self,
        judge: &Judge<'_>,
        kind: &Kind,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Checked, Contradiction> {
        let mut checked = Checked::default();
        let most = (MOST_STATED / self.candidates.len().max(1)).clamp(FEWEST_CASES, MOST_CASES);
        for (obligation, course) in self.courses[0].iter().filter(|(own, _)| own.kind == *kind) {
            let left = most.saturating_sub(checked.cases);
            let proof = prove(&self.joint, obligation, course, left);
            let Some(proof) = proof.filter(|_| go_on()) else {
                checked.left += 1;
                continue;
            };
            #[cfg(test)]
            let proof = fault::corrupted(proof);
            let flaw = |flaw| self.contradiction(judge, course, &flaw);
            checked.cases += judge.check(&proof).map_err(flaw)?;
        }
        Ok(checked)
    }

    /// A flaw in a proof, told by the scenario that shows it.
    fn contradiction(&self, judge: &Judge<'_>, course: &Course, flaw: &Flaw) -> Contradiction {
        let (settled, what) = match flaw {
            Flaw::Gap(settled) => (settled, "no case of the proof covers this"),
            Flaw::Differs(case) => (&case.settled, "in this case the versions differ"),
        };
        let stated = settled.iter().filter(|answer| answer.yes);
        let facts = stated.map(|answer| judge.stated(answer.question));
        let title = format!("{what}: {}", course.sentence);
        let treaties = judge.treaties();
        let day = self.world.days[0];
        Contradiction::Proof(scenario(&title, day, &treaties, &facts.collect::<Vec<_>>()))
    }

    /// The smallest scenario for each way in which a kind differs; what has become of it only where nothing else does.
    fn witnesses(&self, sides: &[Side<'_>; 2], kind: &Kind) -> Result<Vec<Witness>, Contradiction> {
        let own = self
            .differences
            .iter()
            .filter(|one| one.obligation.kind == *kind);
        let mut by_aspect: BTreeMap<Aspect, Vec<&Difference>> = BTreeMap::new();
        for difference in own {
            by_aspect
                .entry(difference.aspect)
                .or_default()
                .push(difference);
        }
        let candidate = |question: u32| self.joint.candidate(question);
        let actor = |name: &str| names_actor(sides, name);
        let search = Search::new(
            &self.joint.space,
            &self.candidates,
            &self.world.days,
            &candidate,
            &actor,
        );
        let mut found = Vec::new();
        for (aspect, differences) in by_aspect {
            if aspect > Aspect::Terms && !found.is_empty() {
                break;
            }
            let targets: Vec<Target<'_>> = differences
                .iter()
                .map(|difference| Target {
                    extent: &difference.extent,
                    names: difference
                        .obligation
                        .arguments
                        .iter()
                        .flatten()
                        .map(String::as_str)
                        .collect(),
                })
                .collect();
            if let Some(smallest) = search.smallest(&targets) {
                let difference = differences[smallest.target];
                let tolds = self.tolds(sides, &smallest);
                found.push(self.witness(sides, difference, &smallest, &tolds)?);
            }
        }
        Ok(found)
    }

    /// Each version told just what was found.
    fn tolds(&self, sides: &[Side<'_>; 2], found: &Found) -> [Told; 2] {
        sides.each_ref().map(|side| {
            let chosen = found.facts.iter();
            let chosen = chosen.map(|at| (*at, &self.candidates[*at as usize]));
            #[cfg(test)]
            let chosen = chosen.skip(usize::from(fault::is(Fault::Witness)));
            Told::new(side, &self.world, chosen)
        })
    }

    /// What was found, replayed on both versions, which are told just that.
    pub(super) fn witness(
        &self,
        sides: &[Side<'_>; 2],
        difference: &Difference,
        found: &Found,
        tolds: &[Told; 2],
    ) -> Result<Witness, Contradiction> {
        let obligation = &difference.obligation;
        let course = self.courses.iter().find_map(|courses| {
            courses
                .get(obligation)
                .filter(|course| !course.holds.is_never())
        });
        let books = [sides[0].book, sides[1].book];
        let facts = found.facts.iter().map(|at| &self.candidates[*at as usize]);
        let answers = found.answers.iter();
        let if_so = answers.filter_map(|answer| self.joint.say(answer.question, answer.yes));
        let mut witness = Witness {
            obligation: obligation.clone(),
            aspect: difference.aspect,
            sentence: course.map_or_else(String::new, |course| course.sentence.clone()),
            of_one: None,
            day: found.day,
            parties: found.parties,
            facts: facts.map(|fact| Stated::of(&books, fact)).collect(),
            if_so: if_so.map(str::to_owned).collect(),
            treaties: treaties(sides),
            verdicts: [String::new(), String::new()],
            expected: Expected::OWED,
            differs_when: None,
        };
        if self.describe {
            witness.differs_when = Some(self.description(&books, difference, found));
        }
        self.replay(sides, tolds, found, &mut witness)?;
        Ok(witness)
    }

    /// Exactly when the versions differ on the day, among those whom the witness names, nothing unusual going on.
    fn description(
        &self,
        books: &[&Rulebook],
        difference: &Difference,
        found: &Found,
    ) -> Description {
        let mut space = self.joint.space.clone();
        let chosen = found.facts.iter().map(|at| &self.candidates[*at as usize]);
        let mut people: BTreeSet<&str> = chosen.flat_map(Candidate::names).collect();
        people.extend(
            difference
                .obligation
                .arguments
                .iter()
                .flatten()
                .map(String::as_str),
        );
        let kept = |at: u32| {
            let candidate = &self.candidates[at as usize];
            found.facts.contains(&at)
                || candidate.from == self.world.days[0]
                    && candidate.asserted_by.is_none()
                    && candidate.names().all(|name| people.contains(name))
        };
        let left_out = |question| {
            self.joint
                .candidate(question)
                .filter(|at| !kept(*at))
                .map(|_| false)
        };
        let set = space.settle(difference.extent.at(found.day), &left_out);
        let cases = space.alternatives(set, MOST_DESCRIBED);
        let say = |answer: &crate::extent::Answer| match self.joint.candidate(answer.question) {
            Some(at) => {
                let stated = Stated::of(books, &self.candidates[at as usize]);
                let not = if answer.yes { "" } else { "not: " };
                format!("{not}{} {}", stated.what, stated.days())
            }
            None => self
                .joint
                .say(answer.question, answer.yes)
                .unwrap_or_default()
                .to_owned(),
        };
        Description {
            cases: cases
                .listed
                .iter()
                .map(|case| case.iter().map(say).collect())
                .collect(),
            more: cases.further,
        }
    }

    /// States just these facts, to each version; notes what each says, which must not be the same, and what may be expected of
    /// the new one.
    fn replay(
        &self,
        sides: &[Side<'_>; 2],
        tolds: &[Told; 2],
        found: &Found,
        witness: &mut Witness,
    ) -> Result<(), Contradiction> {
        let (obligation, aspect) = (witness.obligation.clone(), witness.aspect);
        let mut joint = Joint::new(self.candidates.len(), 0);
        let mut courses = [Courses::default(), Courses::default()];
        for ((side, told), courses) in sides.iter().zip(tolds).zip(&mut courses) {
            let mut asked = questions(side, &self.world);
            asked.extend(question(side.book, &obligation));
            let mut outcome = told.evaluate(side, asked);
            // What is expected is what the last one says: the new version.
            witness.expected = Expected::of(&mut outcome, &obligation, aspect, found.day);
            let kind = |kind: &Kind, _: NormId| *kind == obligation.kind;
            *courses = self::courses(&mut outcome, told, &mut joint, &kind);
            if obligation.arguments[0].is_none() && witness.of_one.is_none() {
                witness.of_one = of_one(&outcome, &obligation, found.day);
            }
        }
        let apart = differences(&courses[0], &courses[1], &mut joint.space);
        let shown = apart.iter().any(|one| {
            one.obligation == obligation
                && one.aspect == aspect
                && one.extent.at(found.day) != Readings::NONE
        });
        if !shown {
            let title = "a scenario that ought to tell them apart";
            return Err(Contradiction::Witness(witness.scenario(title)));
        }
        let none = Course::default();
        let [old, new] = courses
            .each_ref()
            .map(|own| own.get(&obligation).unwrap_or(&none));
        let of = (obligation.kind.modality, aspect);
        witness.verdicts = [old, new].map(|course| said(&mut joint, course, of, found.day));
        Ok(())
    }
}
