//! Paths on the command line, by the rulebook that goes with them.

use super::paths::{self, Found};
use super::rules::{Origin, RulesArgument};
use super::trouble::Trouble;
use std::path::{Path, PathBuf};

/// One rulebook and the scenarios that are read against it.
pub(super) struct Group {
    pub(super) origin: Origin,
    /// Further treaty files beside it.
    pub(super) with: Vec<PathBuf>,
    /// The rulebook itself was asked for, not only the scenarios.
    pub(super) asked: bool,
    pub(super) scenarios: Vec<PathBuf>,
}

/// The paths by rulebook, so that each rulebook is read once.
pub(super) fn groups(paths: &[PathBuf], rules: &RulesArgument) -> Result<Vec<Group>, Trouble> {
    let mut groups: Vec<Group> = Vec::new();
    for path in paths {
        let Found {
            rulebook,
            treaties,
            scenarios,
        } = paths::find(path)?;
        let beside = if path.is_dir() {
            Some(path.as_path())
        } else {
            path.parent()
        };
        let origin = rules.origin(rulebook.as_deref().or(beside).unwrap_or(Path::new(".")));
        // A file of the rulebook is in it already.
        let inside =
            |file: &PathBuf| matches!(&origin, Origin::Folder(folder) if is_inside(file, folder));
        let with: Vec<PathBuf> = rules
            .with()
            .iter()
            .chain(&treaties)
            .filter(|file| !inside(file))
            .cloned()
            .collect();
        let asked = rulebook.is_some() || !treaties.is_empty();
        match groups.iter_mut().find(|group| group.origin == origin) {
            Some(group) => {
                group
                    .with
                    .extend(with.into_iter().filter(|file| !rules.with().contains(file)));
                group.scenarios.extend(scenarios);
                group.asked |= asked;
            }
            None => groups.push(Group {
                origin,
                with,
                asked,
                scenarios,
            }),
        }
    }
    Ok(groups)
}

fn is_inside(file: &Path, folder: &Path) -> bool {
    let (Ok(file), Ok(folder)) = (file.canonicalize(), folder.canonicalize()) else {
        return false;
    };
    file.starts_with(folder)
}
