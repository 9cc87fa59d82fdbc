//! The obligations of one treaty in two versions, asked about in one small world after the other.

use super::answer::{Answer, Bounds, Contradiction};
use super::kind::Kind;
use super::stage::Stage;
use super::versions::Versions;
use super::world::{Side, Size, World};
use std::collections::{BTreeMap, BTreeSet};

/// Of the sets of answers that may be kept, a larger world than the smallest keeps one in so many.
const FURTHER: usize = 4;

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
    /// Whether it was looked whether the versions part on one day.
    begun: bool,
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
            begun: false,
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
        let slices = self.versions.slices(&self.open);
        let sides = self.versions.sides(&slices, &self.open);
        if !std::mem::replace(&mut self.begun, true)
            && let Some(world) = World::of_a_day(&sides)
        {
            return self.look_at_a_day(&sides, world);
        }
        let world = World::new(&sides, self.worlds.remove(0));
        let Some(stage) = self.stage(&sides, world) else {
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

    /// A date that was moved shows on the day itself, where several days may be too much to look at. What agrees on one day is
    /// looked at further.
    fn look_at_a_day(
        &mut self,
        sides: &[Side<'_>; 2],
        world: World,
    ) -> Result<bool, Contradiction> {
        let Some(stage) = self.stage(sides, world) else {
            return Ok(false);
        };
        let found = stage.answers(sides, &self.open, &self.versions.affected)?;
        for (kind, answer) in found {
            if matches!(answer, Answer::Differs(_)) {
                self.open.remove(&kind);
                self.answers.insert(kind, answer);
            }
        }
        Ok(!self.open.is_empty())
    }

    /// A world compared; if it is too much, that is the end. The smallest may take all that there is; a larger one adds to what is
    /// known already, and is soon given up.
    fn stage(&mut self, sides: &[Side<'_>; 2], world: World) -> Option<Stage> {
        let share = if self.last.is_some() { FURTHER } else { 1 };
        let bounds = Bounds {
            sets: self.bounds.sets / share,
            ..self.bounds
        };
        let parties = world.cast.names.len();
        let stage = Stage::new(sides, world, bounds);
        if stage.is_none() {
            self.give_up(&format!(
                "with {parties} parties there is too much to compare"
            ));
        }
        stage
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
