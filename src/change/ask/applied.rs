//! Both versions applied to everything that may be stated in a small world, and where they part.

use super::answer::Bounds;
use super::candidate::{Candidate, owner};
use super::cast::names_actor;
use super::compare::{Courses, Difference, Obligation, courses, differences, question, questions};
use super::joint::{Joint, Told};
use super::kind::Kind;
use super::sense::keep_sense;
use super::world::{Side, World};
use crate::calendar::Day;
use crate::model::ids::NormId;
use std::collections::{BTreeMap, BTreeSet};

/// So often it is asked about those outside the small world of whom one version speaks.
const MOST_ROUNDS: usize = 4;

pub(super) struct Applied {
    pub(super) joint: Joint,
    pub(super) courses: [Courses; 2],
    pub(super) differences: Vec<Difference>,
}

impl Applied {
    /// Nothing if it is too much. A standing clause may speak of somebody outside the small world in one version, and in the
    /// other only when asked about him: where the versions seem to part in that, both are asked.
    pub(super) fn to(
        sides: &[Side<'_>; 2],
        world: &World,
        candidates: &[Candidate],
        tolds: &[Told; 2],
        bounds: Bounds,
    ) -> Option<Self> {
        let mut named = BTreeSet::new();
        for _ in 0..MOST_ROUNDS {
            let mut applied = Self::once(sides, world, candidates, tolds, bounds, &named)?;
            let asked = named.len();
            named.extend(applied.outside(sides, world));
            if named.len() == asked {
                keep_sense(sides, &mut applied.joint, &mut applied.differences);
                applied.prefer_inside(&named);
                return (!applied.joint.space.is_exhausted()).then_some(applied);
            }
        }
        None
    }

    fn once(
        sides: &[Side<'_>; 2],
        world: &World,
        candidates: &[Candidate],
        tolds: &[Told; 2],
        bounds: Bounds,
        named: &BTreeSet<Obligation>,
    ) -> Option<Self> {
        let mut joint = Joint::new(candidates.len(), bounds.sets);
        let kinds = |_: &Kind, _: NormId| true;
        let mut courses = [Courses::default(), Courses::default()];
        for ((side, told), courses) in sides.iter().zip(tolds).zip(&mut courses) {
            let mut asked = questions(side, world);
            asked.extend(named.iter().filter_map(|one| question(side.book, one)));
            let mut outcome = told.suppose(side, asked, bounds.sets);
            *courses = self::courses(&mut outcome, told, &mut joint, &kinds);
            if outcome.space.is_exhausted() || joint.space.is_exhausted() {
                return None;
            }
        }
        let differences = differences(&courses[0], &courses[1], &mut joint.space);
        Some(Self {
            joint,
            courses,
            differences,
        })
    }

    /// Where versions part in an obligation of those in the small world, and no later, they need not be told apart by others.
    fn prefer_inside(&mut self, outside: &BTreeSet<Obligation>) {
        let way = |one: &Difference| (one.obligation.kind.clone(), one.aspect);
        let mut inside: BTreeMap<_, Option<Day>> = BTreeMap::new();
        let all = self.differences.iter();
        for one in all.filter(|one| !outside.contains(&one.obligation)) {
            let first = one.extent.first_day();
            let earliest = inside.entry(way(one)).or_insert(first);
            *earliest = first.min(*earliest);
        }
        self.differences.retain(|one| {
            let earliest = inside.get(&way(one));
            !outside.contains(&one.obligation)
                || earliest.is_none_or(|first| one.extent.first_day() < *first)
        });
    }

    /// The obligations in which the versions part that name somebody outside the small world.
    fn outside(&self, sides: &[Side<'_>; 2], world: &World) -> Vec<Obligation> {
        let inside = |name: &str| world.cast.names.iter().any(|own| own == name);
        let outsider = |name: &str| !inside(name) && names_actor(sides, name);
        let all = self.differences.iter().map(|one| &one.obligation);
        let own = all.filter(|one| {
            let mut names = one.arguments.iter().flatten();
            names.any(|name| outsider(owner(name)))
        });
        own.cloned().collect()
    }
}
