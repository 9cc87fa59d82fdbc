//! The obligations of one treaty in two versions, asked about in one small world after the other.

use super::answer::{Answer, Bounds, Contradiction};
use super::kind::Kind;
use super::stage::Stage;
use super::versions::Versions;
use super::world::{Size, World};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The answer for every kind of obligation.
    Everything,
    /// Whether there is any difference: once one is found, nothing else is asked.
    AnyDifference,
}

/// What is asked about one treaty, and what was found out so far.
pub(super) struct Inquiry<'v, 'r> {
    versions: &'v Versions<'r>,
    bounds: Bounds,
    /// The worlds still to be looked at, the smallest first.
    worlds: Vec<Size>,
    /// Kinds of which no difference was found yet.
    open: BTreeSet<Kind>,
    answers: BTreeMap<Kind, Answer>,
    /// The largest world that was looked at, and the kinds for which it was made.
    last: Option<(Stage, BTreeSet<Kind>)>,
}

impl<'v, 'r> Inquiry<'v, 'r> {
    pub(super) fn new(versions: &'v Versions<'r>, kinds: BTreeSet<Kind>, bounds: Bounds) -> Self {
        Self {
            versions,
            bounds,
            worlds: bounds.worlds().collect(),
            open: kinds,
            answers: BTreeMap::new(),
            last: None,
        }
    }

    /// Looks at the next world; whether there is another after it that may show more.
    fn advance(&mut self) -> Result<bool, Contradiction> {
        if self.open.is_empty() || self.worlds.is_empty() {
            return Ok(false);
        }
        let size = self.worlds.remove(0);
        let slices = self.versions.slices(&self.open);
        let sides = self.versions.sides(&slices, &self.open);
        let Some(stage) = Stage::new(&sides, World::new(&sides, size), self.bounds) else {
            self.give_up(&format!(
                "with {} parties there is too much to compare",
                size.parties
            ));
            return Ok(false);
        };
        let found = stage.answers(&sides, &self.open, &self.versions.affected)?;
        let agree = |(kind, answer): (&Kind, &Answer)| {
            (!matches!(answer, Answer::Differs(_))).then(|| kind.clone())
        };
        let open = found.iter().filter_map(agree).collect();
        let asked = std::mem::replace(&mut self.open, open);
        self.answers.extend(found);
        let goes_on = !stage.world.is_all() && !self.open.is_empty() && !self.worlds.is_empty();
        self.last = Some((stage, asked));
        Ok(goes_on)
    }

    fn differs(&self) -> bool {
        let mut answers = self.answers.values();
        answers.any(|answer| matches!(answer, Answer::Differs(_)))
    }

    /// Of what nothing is known yet, it is said why.
    fn give_up(&mut self, why: &str) {
        for kind in &self.open {
            let answer = || Answer::Inconclusive(why.to_owned());
            self.answers.entry(kind.clone()).or_insert_with(answer);
        }
    }

    /// The answers. All that agree, do so in the largest world that was looked at: there the proof is checked, once.
    fn conclude(
        mut self,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<BTreeMap<Kind, Answer>, Contradiction> {
        if let Some((stage, asked)) = self.last {
            let slices = self.versions.slices(&asked);
            let sides = self.versions.sides(&slices, &asked);
            stage.check(&sides, &mut self.answers, go_on)?;
        }
        Ok(self.answers)
    }
}

/// The answers to several inquiries: all look at their smallest world before any looks at its next, so that what is easily found
/// is found in any case. `go_on` is asked before each world, and before each part of a proof is checked, whether there is time.
pub(super) fn answers(
    mut inquiries: Vec<Inquiry<'_, '_>>,
    goal: Goal,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<BTreeMap<Kind, Answer>, Contradiction> {
    let mut open: Vec<usize> = (0..inquiries.len()).collect();
    while !open.is_empty() {
        let mut further = Vec::new();
        for at in open {
            let inquiry = &mut inquiries[at];
            if !go_on() {
                inquiry.give_up("there was no time left");
            } else if inquiry.advance()? {
                further.push(at);
            }
            if goal == Goal::AnyDifference && inquiry.differs() {
                return Ok(std::mem::take(&mut inquiry.answers));
            }
        }
        open = further;
    }
    let mut found = BTreeMap::new();
    for inquiry in inquiries {
        found.extend(inquiry.conclude(go_on)?);
    }
    Ok(found)
}
