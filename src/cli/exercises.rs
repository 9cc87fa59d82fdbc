//! Exercises by name: those of the folder `exercises` here or beside the rulebook, and those built into the program.

use super::rules::{Origin, RulesArgument};
use super::trouble::Trouble;
use crate::builtin;
use crate::diagnostic::phrase::{nearest, or_ticked};
use crate::exercise::{FILE, KEYS, Pack, file_of};
use crate::project::{Project, ProjectError};
use std::path::{Path, PathBuf};

/// The folder that holds exercises.
const FOLDER: &str = "exercises";

/// An exercise to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exercise {
    /// Its folder, or the file in it.
    Folder(PathBuf),
    /// One that is built into the program, by its name.
    BuiltIn(&'static str),
}

impl Exercise {
    /// What a path or a name on the command line means: what is there, else an exercise called so.
    pub(super) fn find(path: &Path, rules: &RulesArgument) -> Result<Self, Trouble> {
        if path.exists() || path.components().count() != 1 {
            return Ok(Self::Folder(path.to_owned()));
        }
        let name = path.to_string_lossy();
        let near = shelves(rules).into_iter().map(|shelf| shelf.join(path));
        let near = near.filter(|folder| file_of(folder).is_file());
        let inside = built_in().find(|known| *known == name);
        if let Some(folder) = near.clone().next() {
            return Ok(Self::Folder(folder));
        }
        inside.map(Self::BuiltIn).ok_or_else(|| unknown(&name))
    }

    /// Reads it with the rulebook that goes with it.
    pub(super) fn open(&self, rules: &RulesArgument) -> Result<Pack, ProjectError> {
        match self {
            Self::Folder(folder) => {
                let project = rules.origin(folder).open(rules.with())?;
                Pack::load(folder, project)
            }
            Self::BuiltIn(name) => {
                let origin = if rules.is_given() {
                    rules.origin(Path::new("."))
                } else {
                    Origin::BuiltIn
                };
                Ok(built_in_pack(name, origin.open(rules.with())?))
            }
        }
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Folder(folder) => {
                let file = file_of(folder);
                let named = file.parent().and_then(Path::file_name);
                let name = named.map(|name| name.to_string_lossy().into_owned());
                name.unwrap_or_else(|| "exercise".to_owned())
            }
            Self::BuiltIn(name) => (*name).to_owned(),
        }
    }

    /// The text of its exercise file.
    pub(super) fn text(&self) -> Result<String, ProjectError> {
        match self {
            Self::Folder(folder) => super::paths::read_text(&file_of(folder)),
            Self::BuiltIn(name) => Ok(text_of(name, FILE).unwrap_or_default().to_owned()),
        }
    }

    /// The keys that were kept beside it.
    pub(super) fn keys(&self) -> Option<String> {
        match self {
            Self::Folder(_) => std::fs::read_to_string(self.keys_file()?).ok(),
            Self::BuiltIn(name) => text_of(name, KEYS).map(str::to_owned),
        }
    }

    /// Where its keys are kept; `None`: inside the program.
    pub(super) fn keys_file(&self) -> Option<PathBuf> {
        let Self::Folder(folder) = self else {
            return None;
        };
        let file = file_of(folder);
        Some(file.parent().unwrap_or(Path::new(".")).join(KEYS))
    }
}

impl std::fmt::Display for Exercise {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(folder) => out.write_str(&folder.to_string_lossy().replace('\\', "/")),
            Self::BuiltIn(name) => out.write_str(name),
        }
    }
}

/// The exercises near, then those of the program that are not among them.
pub(super) fn all(rules: &RulesArgument) -> Result<Vec<Exercise>, Trouble> {
    let mut found = match shelves(rules).first() {
        Some(folder) => of_folder(folder)?,
        None => Vec::new(),
    };
    let near: Vec<String> = found.iter().map(Exercise::name).collect();
    let inside = built_in().filter(|name| near.iter().all(|known| known != name));
    found.extend(inside.map(Exercise::BuiltIn));
    Ok(found)
}

/// The exercises of a folder, in order.
pub(super) fn of_folder(folder: &Path) -> Result<Vec<Exercise>, Trouble> {
    let read = |source| {
        let path = folder.to_owned();
        Trouble::from(ProjectError::Read { path, source })
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.is_dir() && file_of(&path).is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found.into_iter().map(Exercise::Folder).collect())
}

/// The folders in which exercises may be near: here, and beside the rulebook.
fn shelves(rules: &RulesArgument) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from(FOLDER)];
    if let Origin::Folder(folder) = rules.origin(Path::new(".")) {
        found.push(folder.parent().unwrap_or(Path::new("")).join(FOLDER));
    }
    found.retain(|folder| folder.is_dir());
    found
}

fn built_in() -> impl Iterator<Item = &'static str> {
    let files = builtin::EXERCISES.iter();
    files.filter_map(|(path, _)| {
        let folder = path.strip_suffix(FILE)?.strip_suffix('/')?;
        Some(folder.rsplit('/').next().unwrap_or(folder))
    })
}

/// The text of a file of an exercise that is built in.
fn text_of(name: &str, file: &str) -> Option<&'static str> {
    let path = format!("{FOLDER}/{name}/{}", file.trim_start_matches("./"));
    let mut files = builtin::EXERCISES.iter();
    files
        .find(|(known, _)| *known == path)
        .map(|(_, text)| *text)
}

fn built_in_pack(name: &str, project: Project) -> Pack {
    let files = |path: &str| {
        let found = text_of(name, path).map(str::to_owned);
        found.ok_or_else(|| "it is not in the program".to_owned())
    };
    let path = format!("{FOLDER}/{name}/{FILE}");
    let text = text_of(name, FILE).unwrap_or_default().to_owned();
    Pack::of_text(&path, text, project, &files)
}

fn unknown(name: &str) -> Trouble {
    let hint = match nearest(name, built_in()) {
        Some(near) => format!("perhaps `{near}` is meant"),
        None => format!("those in the program are {}", or_ticked(built_in())),
    };
    Trouble::Nothing(format!(
        "there is no folder `{name}`, and no exercise is called so; {hint}"
    ))
}
