//! What waits for somebody to agree, counted and numbered alike by `casus test`, `casus review` and `casus accept`.

use super::paths::read_text;
use super::trouble::Trouble;
use crate::change::family::Family;
use crate::change::pending::{Pending, Waiting, waiting_families};
use crate::change::screen;
use crate::change::snapshot::Snapshot;
use crate::change::trial::text_number;
use std::path::{Path, PathBuf};

/// All that waits in the folder of a project.
#[derive(Clone, Debug, Default)]
pub(super) struct Open {
    home: PathBuf,
    /// By scenario.
    pub(super) all: Vec<Pending>,
    /// The families of their moves; members by the number in the list.
    pub(super) families: Vec<Family>,
}

impl Open {
    /// What earlier runs let wait and no later edit has overtaken.
    pub(super) fn read(home: &Path) -> Result<Self, Trouble> {
        Ok(Self::of(home, current(&Waiting::new(home), home)?))
    }

    /// Nothing but this.
    pub(super) fn of(home: &Path, all: Vec<Pending>) -> Self {
        Self {
            home: home.to_owned(),
            families: waiting_families(&all),
            all,
        }
    }

    /// `3 scenarios in 2 families`
    pub(super) fn counted(&self) -> String {
        screen::counted(&self.families)
    }

    /// The scenarios that have moved, by name.
    pub(super) fn moved(&self) -> impl Iterator<Item = &str> {
        let moved = self.all.iter().filter(|one| !one.moves.is_empty());
        moved.map(|one| one.scenario.as_str())
    }

    /// The name of a scenario, by its number.
    pub(super) fn name(&self, at: usize) -> String {
        let found = self.all.get(at);
        found.map_or_else(String::new, |pending| pending.scenario.clone())
    }

    /// How long it is.
    pub(super) fn size(&self, at: usize) -> usize {
        let file = std::fs::metadata(self.home.join(self.name(at)));
        file.map_or(usize::MAX, |file| file.len() as usize)
    }
}

/// What waits and is not overtaken by a later edit of its scenario or snapshot.
pub(super) fn current(waiting: &Waiting, home: &Path) -> Result<Vec<Pending>, Trouble> {
    let unread = |error| Trouble::Write {
        path: home.join(".casus"),
        error,
    };
    let mut found = Vec::new();
    for pending in waiting.all().map_err(unread)? {
        if is_current(&pending, home) {
            found.push(pending);
        } else {
            waiting.drop(&pending.scenario).map_err(unread)?;
        }
    }
    Ok(found)
}

fn is_current(pending: &Pending, home: &Path) -> bool {
    let path = home.join(&pending.scenario);
    let same = read_text(&path).is_ok_and(|text| text_number(&text) == pending.text);
    let snapshot = Snapshot::load(&path)
        .ok()
        .flatten()
        .map(|snapshot| snapshot.hash());
    same && snapshot == pending.old
}
