//! What a step would do to the law of the situation, said before it is taken.

use super::key::{KeyItem, Standing, with_displaced};
use super::load::Pack;
use super::outline::{Exercise, Obligations, RoleId};
use super::world::{Viewer, World};
use crate::diagnostic::phrase::join;
use crate::model::ids::EntityId;
use crate::model::norm::Modality;
use crate::model::rulebook::Rulebook;
use indexmap::IndexMap;

/// So many are named; of more it is said how many they are.
const MOST_NAMED: usize = 3;

/// The difference between two moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Positions that arise, with their articles; those of several bearers in one line.
    pub creates: Vec<String>,
    /// Positions that end.
    pub ends: Vec<String>,
    /// Positions over which another one prevails now.
    pub sets_aside: Vec<String>,
    /// Positions that are broken by it.
    pub breaks: Vec<String>,
    /// Positions that are fulfilled by it.
    pub fulfils: Vec<String>,
    /// Roles with a position among those that arise, which they cannot derive from what they know.
    pub unseen: Vec<RoleId>,
}

impl Effect {
    /// Between two worlds, by all facts.
    pub fn between(pack: &Pack, exercise: &Exercise, before: &World, after: &World) -> Self {
        let old = all(pack, before, Viewer::Truth);
        let new = all(pack, after, Viewer::Truth);
        let holds = |item: &&KeyItem| item.standing != Standing::Displaced;
        let fresh = new.iter().filter(|item| same(&old, item).is_none());
        let fresh = fresh
            .filter(holds)
            .filter(|it| !held_before(pack, it, after));
        let fresh: Vec<&KeyItem> = fresh.collect();
        let gone = old.iter().filter(|item| same(&new, item).is_none());
        let becomes = |standing: Standing| {
            let items = new.iter().filter(move |item| item.standing == standing);
            let was = |item: &KeyItem| same(&old, item).map(|before| before.standing);
            items.filter(move |item| was(item) != Some(standing))
        };
        let blind = |role: &RoleId| {
            let party = exercise.role(*role).party;
            let mut own = fresh
                .iter()
                .filter(|item| item.arguments[0] == party)
                .peekable();
            if own.peek().is_none() {
                return false;
            }
            let known = all(pack, after, Viewer::Seat(*role));
            own.any(|item| same(&known, item).is_none())
        };
        let teller = Teller::new(pack, exercise);
        Self {
            creates: teller.told(fresh.iter().copied()),
            ends: teller.told(gone.filter(holds)),
            sets_aside: teller.told(becomes(Standing::Displaced)),
            breaks: teller.told(becomes(Standing::Violated)),
            fulfils: teller.told(becomes(Standing::Fulfilled)),
            unseen: exercise.playing().filter(blind).collect(),
        }
    }

    /// What is said of it, with the positions.
    pub fn parts(&self) -> [(&'static str, &[String]); 5] {
        [
            ("creates", &self.creates),
            ("ends", &self.ends),
            ("sets aside", &self.sets_aside),
            ("breaks", &self.breaks),
            ("fulfils", &self.fulfils),
        ]
    }

    /// Nothing changes.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// In numbers, to be said of whatever has the effect.
    pub fn in_short(&self) -> String {
        let parts = self
            .parts()
            .into_iter()
            .filter(|(_, list)| !list.is_empty());
        let counts: Vec<String> = parts
            .map(|(word, list)| format!("{word} {}", list.len()))
            .collect();
        if counts.is_empty() {
            return "changes nothing in law".to_owned();
        }
        let kinds = "(duties, prohibitions, permissions, powers)";
        format!("{} {kinds}", join(counts, "and"))
    }
}

/// All positions of all kinds, with what is displaced.
pub(super) fn all(pack: &Pack, world: &World, viewer: Viewer) -> Vec<KeyItem> {
    use Modality::{Duty, Permission, Power, Prohibition};
    let asked = Obligations {
        own: false,
        kinds: vec![Duty, Prohibition, Permission, Power],
        fields: Vec::new(),
        beta: 1,
        due_tolerance: 0,
    };
    with_displaced(pack, world, viewer, &asked, None)
}

fn same<'k>(items: &'k [KeyItem], wanted: &KeyItem) -> Option<&'k KeyItem> {
    let mut items = items.iter();
    items.find(|item| (item.norm, &item.sentence) == (wanted.norm, &wanted.sentence))
}

/// A standing norm of before that has only come into view.
fn held_before(pack: &Pack, item: &KeyItem, after: &World) -> bool {
    let standing = !pack.project.rulebook.norm(item.norm).triggered;
    standing && item.since.is_none_or(|since| since < after.day)
}

/// Tells positions that differ in their bearer only together, those of who plays first.
struct Teller<'a> {
    rulebook: &'a Rulebook,
    playing: Vec<EntityId>,
}

impl<'a> Teller<'a> {
    fn new(pack: &'a Pack, exercise: &Exercise) -> Self {
        let parties = exercise.roles.iter().filter_map(|role| role.party);
        Self {
            rulebook: &pack.project.rulebook,
            playing: parties.collect(),
        }
    }

    fn told<'k>(&self, items: impl Iterator<Item = &'k KeyItem>) -> Vec<String> {
        let mut groups: IndexMap<String, Vec<EntityId>> = IndexMap::new();
        for item in items {
            let bearer = item.arguments[0];
            let name = bearer.map_or_else(String::new, |bearer| self.rulebook.name(bearer));
            let act = item.sentence.strip_prefix(&name).unwrap_or(&item.sentence);
            let line = format!("{act} under {}", item.citation);
            groups.entry(line).or_default().extend(bearer);
        }
        let plays = |bearers: &[EntityId]| bearers.iter().any(|it| self.playing.contains(it));
        let mut groups: Vec<(String, Vec<EntityId>)> = groups.into_iter().collect();
        groups.sort_by_key(|(_, bearers)| !plays(bearers));
        let lines = groups.iter();
        lines
            .map(|(act, bearers)| format!("{}{act}", self.who(bearers)))
            .collect()
    }

    fn who(&self, bearers: &[EntityId]) -> String {
        let (play, rest): (Vec<EntityId>, Vec<EntityId>) =
            bearers.iter().partition(|it| self.playing.contains(it));
        let names = |all: &[EntityId]| all.iter().map(|it| self.rulebook.name(*it)).collect();
        let mut named: Vec<String> = names(&play);
        match (rest.len(), named.is_empty()) {
            (0..=MOST_NAMED, _) => named.extend::<Vec<String>>(names(&rest)),
            (many, true) => return format!("{many} parties each"),
            (many, false) => named.push(format!("{many} others")),
        }
        join(named, "and")
    }
}
