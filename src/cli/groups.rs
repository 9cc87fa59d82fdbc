//! Paths on the command line, by the rulebook that goes with them.

use super::paths::{self, Found, is_name};
use super::rules::{Origin, RulesArgument};
use super::shelf::{Scenario, by_name};
use super::trouble::Trouble;
use indexmap::IndexMap;
use std::path::{Path, PathBuf};

/// One rulebook and the scenarios that are read against it.
pub(super) struct Group {
    pub(super) origin: Origin,
    /// Further treaty files beside it.
    pub(super) with: Vec<PathBuf>,
    /// The rulebook itself was asked for, not only the scenarios.
    pub(super) asked: bool,
    pub(super) scenarios: Vec<Scenario>,
}

/// The paths by rulebook, so that each rulebook is read once. A scenario in a folder goes with the rulebook nearest to it, so that
/// a folder of scenarios may have a small rulebook of its own.
pub(super) fn groups(paths: &[PathBuf], rules: &RulesArgument) -> Result<Vec<Group>, Trouble> {
    let mut sorting = Sorting {
        rules,
        nearest: IndexMap::new(),
        groups: Vec::new(),
    };
    for path in paths {
        if is_name(path) {
            let (origin, scenario) = by_name(&path.to_string_lossy(), rules)?;
            sorting.group_of(origin).scenarios.push(scenario);
        } else {
            sorting.sort(paths::find(path)?, path);
        }
    }
    Ok(sorting.groups)
}

struct Sorting<'a> {
    rules: &'a RulesArgument,
    /// The rulebook of each folder.
    nearest: IndexMap<PathBuf, Origin>,
    groups: Vec<Group>,
}

impl Sorting<'_> {
    fn sort(&mut self, found: Found, asked: &Path) {
        if let Some(rulebook) = found.rulebook {
            self.group(&rulebook, asked).asked = true;
        }
        for file in found.treaties {
            let group = self.group(folder(&file), asked);
            group.asked = true;
            if !holds(&group.origin, &file) {
                group.with.push(file);
            }
        }
        for scenario in found.scenarios {
            let group = self.group(folder(&scenario), asked);
            group.scenarios.push(Scenario::File(scenario));
        }
    }

    /// The group of files in a folder, found below the one asked for.
    fn group(&mut self, folder: &Path, asked: &Path) -> &mut Group {
        let rules = self.rules;
        let nearest = self.nearest.entry(folder.to_path_buf());
        let origin = nearest
            .or_insert_with(|| rules.origin_below(folder, asked))
            .clone();
        self.group_of(origin)
    }

    /// The group of a rulebook.
    fn group_of(&mut self, origin: Origin) -> &mut Group {
        let rules = self.rules;
        let known = self.groups.iter().position(|group| group.origin == origin);
        let at = known.unwrap_or_else(|| {
            let with = rules.with().iter();
            let with = with.filter(|file| !holds(&origin, file)).cloned();
            self.groups.push(Group {
                with: with.collect(),
                origin,
                asked: false,
                scenarios: Vec::new(),
            });
            self.groups.len() - 1
        });
        &mut self.groups[at]
    }
}

fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new("."))
}

/// Whether a file is part of a rulebook already.
fn holds(origin: &Origin, file: &Path) -> bool {
    matches!(origin, Origin::Folder(rules) if is_inside(file, rules))
}

fn is_inside(file: &Path, folder: &Path) -> bool {
    let (Ok(file), Ok(folder)) = (file.canonicalize(), folder.canonicalize()) else {
        return false;
    };
    file.starts_with(folder)
}
