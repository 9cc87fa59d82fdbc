//! What two words on the command line mean as versions of the rules.

use super::paths::is_rulebook;
use super::rules::{Origin, RulesArgument};
use super::trouble::Trouble;
use crate::change::cache::number;
use crate::change::{beside, git};
use crate::project::{Project, texts};
use crate::syntax::ast::{Content, Item, Part, Treaty};
use crate::syntax::format;
use std::path::{Path, PathBuf};

/// Two versions, their texts in one list of sources.
pub(super) struct Versions {
    pub(super) old: Project,
    pub(super) new: Project,
    /// Numbers of the texts of both; 0 where no texts stand behind it.
    pub(super) numbers: [u64; 2],
}

/// What was asked for.
pub(super) struct Asked<'a> {
    pub(super) old: Option<&'a str>,
    pub(super) new: Option<&'a str>,
    pub(super) toggle: Option<&'a str>,
}

/// The folder of the rules here; `None`: those inside the program.
pub(super) fn folder(rules: &RulesArgument) -> Option<PathBuf> {
    match rules.origin(Path::new(".")) {
        Origin::Folder(folder) => Some(folder),
        Origin::BuiltIn => None,
    }
}

/// Reads both versions; a version with mistakes comes back instead.
pub(super) fn read(
    asked: &Asked<'_>,
    folder: Option<&Path>,
) -> Result<Result<Versions, Box<Project>>, Trouble> {
    if let Some(what) = asked.toggle {
        return toggle(what, folder);
    }
    let old = asked.old.unwrap_or("HEAD");
    let (old, new) = match old.split_once("..") {
        Some((one, other)) if asked.new.is_none() && !Path::new(old).exists() => (
            one,
            Some(other.trim_start_matches('.')).filter(|new| !new.is_empty()),
        ),
        _ => (old, asked.new),
    };
    let read = |whole| -> Result<_, Trouble> {
        let texts = version(old, new, folder, whole)?;
        let new = match new {
            Some(new) => version(new, Some(old), folder, whole)?,
            None => here(folder)?,
        };
        Ok(checked(texts, new))
    };
    let whole = read(true)?;
    if whole.is_ok()
        || ![Some(old), new]
            .iter()
            .flatten()
            .any(|name| Path::new(name).is_dir())
    {
        return Ok(whole);
    }
    // Folders that are no rulebook by themselves may be additions to the one here.
    let added = read(false)?;
    let count = |read: &Result<Versions, Box<Project>>| {
        read.as_ref()
            .err()
            .map_or(0, |broken| broken.diagnostics.len())
    };
    Ok(if count(&added) < count(&whole) {
        added
    } else {
        whole
    })
}

/// Both versions checked, or that which has mistakes.
fn checked(
    old: Vec<(String, String)>,
    new: Vec<(String, String)>,
) -> Result<Versions, Box<Project>> {
    let numbers = [number(&old), number(&new)];
    let before = Project::of_texts(old);
    let after = beside(&before, new);
    match (before.has_errors(), after.has_errors()) {
        (true, _) => Err(Box::new(before)),
        (_, true) => Err(Box::new(after)),
        _ => Ok(Versions {
            old: before,
            new: after,
            numbers,
        }),
    }
}

fn here(folder: Option<&Path>) -> Result<Vec<(String, String)>, Trouble> {
    match folder {
        Some(folder) => Ok(texts(&[folder.to_owned()])?),
        None => Ok(Origin::BuiltIn.texts(&[])?),
    }
}

/// A folder if there is one of that name, else a revision. A folder may be a `whole` rulebook, or additions to the one here.
fn version(
    name: &str,
    other: Option<&str>,
    folder: Option<&Path>,
    whole: bool,
) -> Result<Vec<(String, String)>, Trouble> {
    let path = Path::new(name);
    if path.is_file() || path.is_dir() && !whole {
        // The rules here, with what it holds in place of what either holds.
        let mut all = here(folder)?;
        let real = |path: &Path| path.canonicalize().ok();
        let places = [real(path), other.and_then(|other| real(Path::new(other)))];
        all.retain(|(name, _)| {
            let name = real(Path::new(name));
            !name.is_some_and(|name| places.iter().flatten().any(|place| name.starts_with(place)))
        });
        all.extend(texts(&[path.to_owned()])?);
        return Ok(all);
    }
    if path.exists() {
        let rules = path.join("rules");
        let path = if is_rulebook(&rules) {
            rules
        } else {
            path.to_owned()
        };
        return Ok(texts(&[path])?);
    }
    let rules = folder.unwrap_or(Path::new("rules"));
    if git::is_revision(name, rules) {
        return Ok(git::texts(name, rules, "treaty")?);
    }
    Err(Trouble::Nothing(format!(
        "`{name}` is no folder, and no revision of git"
    )))
}

/// The rules without a treaty or a part of it, and with it.
fn toggle(what: &str, folder: Option<&Path>) -> Result<Result<Versions, Box<Project>>, Trouble> {
    let texts = here(folder)?;
    let number = number(&texts);
    let new = Project::of_texts(texts);
    if new.has_errors() {
        return Ok(Err(Box::new(new)));
    }
    let target = Target::of(what);
    let mut files = new.files.clone();
    let items = files.iter().map(|file| file.items.len()).sum::<usize>();
    let mut taken = 0;
    for file in &mut files {
        file.items.retain_mut(|item| target.stays(item, &mut taken));
    }
    let left = files.iter().map(|file| file.items.len()).sum::<usize>();
    if taken + items - left == 0 {
        let known = new
            .rulebook
            .treaties
            .iter()
            .map(|treaty| treaty.name.as_str());
        let near = crate::diagnostic::phrase::nearest(target.treaty, known);
        let near = near.filter(|near| *near != target.treaty);
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Trouble::Nothing(format!(
            "there is no `{what}` in the rules{near}"
        )));
    }
    let (rulebook, diagnostics) = crate::check::rulebook(&files);
    let old = Project {
        sources: new.sources.clone(),
        files,
        rulebook,
        diagnostics,
    };
    Ok(if old.has_errors() {
        Err(Box::new(old))
    } else {
        Ok(Versions {
            old,
            new,
            numbers: [0, number],
        })
    })
}

/// What is to be taken out.
struct Target<'a> {
    treaty: &'a str,
    part: Taken<'a>,
}

enum Taken<'a> {
    Whole,
    Article(&'a str),
    /// Lines of the head and of areas, facts of record and clauses that begin so.
    Lines(&'a str),
}

impl<'a> Target<'a> {
    fn of(what: &'a str) -> Self {
        let (treaty, part) = if let Some((treaty, words)) = what.split_once(": ") {
            (treaty, Taken::Lines(words.trim()))
        } else if let Some((treaty, label)) = what.split_once(" article ") {
            (treaty, Taken::Article(label.trim()))
        } else {
            (what, Taken::Whole)
        };
        Self {
            treaty: treaty.trim(),
            part,
        }
    }

    /// Whether an item stays; `taken` counts what is taken out of it.
    fn stays(&self, item: &mut Item, taken: &mut usize) -> bool {
        let Item::Treaty(treaty) = item else {
            return true;
        };
        if treaty.name.text != self.treaty {
            return true;
        }
        match self.part {
            Taken::Whole => return false,
            Taken::Article(label) => keep(
                &mut treaty.parts,
                taken,
                |part| !matches!(part, Part::Article(own) if own.label.text == label),
            ),
            Taken::Lines(words) => lines(treaty, words, taken),
        }
        true
    }
}

fn lines(treaty: &mut Treaty, words: &str, taken: &mut usize) {
    let other = |text: String| !text.starts_with(words);
    keep(&mut treaty.attributes, taken, |line| {
        other(format::attribute(line))
    });
    for part in &mut treaty.parts {
        match part {
            Part::Area(area) => keep(&mut area.lines, taken, |line| {
                other(format::area_line(line))
            }),
            Part::History(facts) => keep(facts, taken, |fact| other(format::fact(fact))),
            Part::Article(article) => {
                if let Content::Clauses(clauses) = &mut article.content {
                    keep(clauses, taken, |clause| other(format::clause(clause)));
                }
            }
            _ => {}
        }
    }
}

fn keep<T>(list: &mut Vec<T>, taken: &mut usize, stays: impl Fn(&T) -> bool) {
    let before = list.len();
    list.retain(stays);
    *taken += before - list.len();
}
