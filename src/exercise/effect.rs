//! What a step would do to the law of the situation, said before it is taken.

use super::key::{KeyItem, Standing, key};
use super::load::Pack;
use super::outline::{Exercise, Obligations, RoleId};
use super::world::{Viewer, World};
use crate::model::norm::Modality;

/// The difference between two moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Positions that arise, with their articles.
    pub creates: Vec<String>,
    /// Positions that end.
    pub ends: Vec<String>,
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
        let missing = |items: &[KeyItem], from: &[KeyItem]| {
            let items = items.iter().filter(|item| same(from, item).is_none());
            items.map(told).collect::<Vec<String>>()
        };
        let becomes = |standing: Standing| {
            let items = new.iter().filter(|item| item.standing == standing);
            let items = items
                .filter(|item| same(&old, item).is_none_or(|before| before.standing != standing));
            items.map(told).collect::<Vec<String>>()
        };
        let fresh: Vec<&KeyItem> = new.iter().filter(|it| same(&old, it).is_none()).collect();
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
        Self {
            creates: missing(&new, &old),
            ends: missing(&old, &new),
            breaks: becomes(Standing::Violated),
            fulfils: becomes(Standing::Fulfilled),
            unseen: exercise.playing().filter(blind).collect(),
        }
    }

    /// Nothing changes.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

fn all(pack: &Pack, world: &World, viewer: Viewer) -> Vec<KeyItem> {
    use Modality::{Duty, Permission, Power, Prohibition};
    let asked = Obligations {
        own: false,
        kinds: vec![Duty, Prohibition, Permission, Power],
        fields: Vec::new(),
        beta: 1,
        due_tolerance: 0,
    };
    key(pack, world, viewer, &asked, None)
}

fn same<'k>(items: &'k [KeyItem], wanted: &KeyItem) -> Option<&'k KeyItem> {
    let mut items = items.iter();
    items.find(|item| (item.norm, &item.sentence) == (wanted.norm, &wanted.sentence))
}

fn told(item: &KeyItem) -> String {
    format!("{} under {}", item.sentence, item.citation)
}
