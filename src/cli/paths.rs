//! Which files a path on the command line means.

use super::trouble::Trouble;
use crate::diagnostic::Diagnostic;
use crate::project::ProjectError;
use crate::source::Sources;
use std::path::{Path, PathBuf};

/// How scenario files end.
pub(super) const SCENARIO: &[&str] = &["yaml", "yml"];

/// Treaty files and scenario files.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// A folder of treaties that make a rulebook.
    pub(super) rulebook: Option<PathBuf>,
    /// Treaty files named one by one.
    pub(super) treaties: Vec<PathBuf>,
    /// Scenarios.
    pub(super) scenarios: Vec<PathBuf>,
}

/// Whether it can only be the name of a scenario: there is no such file, and it is not written like one.
pub(super) fn is_name(path: &Path) -> bool {
    let written = SCENARIO
        .iter()
        .chain(&["treaty"])
        .any(|ending| is(path, ending));
    !written && !path.exists()
}

/// What a path means: a file is itself; a folder called `rules` is a rulebook; a folder that holds `rules` or `scenarios` is
/// those two, or, without `scenarios` and named by somebody, `rules` and the scenarios in it; any other folder is the treaties
/// and scenarios in it.
pub(super) fn find(path: &Path) -> Result<Found, Trouble> {
    let mut found = Found::default();
    let (rules, scenarios) = (path.join("rules"), path.join("scenarios"));
    if !path.is_dir() {
        // A file that does not exist is reported by whoever reads it.
        let kind = if is(path, "treaty") {
            &mut found.treaties
        } else {
            &mut found.scenarios
        };
        kind.push(path.to_path_buf());
    } else if is_rulebook(path) {
        found.rulebook = Some(path.to_path_buf());
    } else if rules.is_dir() || scenarios.is_dir() {
        found.rulebook = Some(rules).filter(|rules| is_rulebook(rules));
        if scenarios.is_dir() {
            found.scenarios = files(&scenarios, SCENARIO)?;
        } else if path != Path::new(".") {
            found.scenarios = files(path, SCENARIO)?;
        }
    } else {
        found.treaties = files(path, &["treaty"])?;
        found.scenarios = files(path, SCENARIO)?;
    }
    Ok(found)
}

/// Whether a folder is called `rules` and holds a treaty file, itself or in a folder in it.
pub(super) fn is_rulebook(folder: &Path) -> bool {
    let named = std::path::absolute(folder).is_ok_and(|folder| folder.ends_with("rules"));
    named && folder.is_dir() && files(folder, &["treaty"]).is_ok_and(|files| !files.is_empty())
}

fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// Folders are read no deeper than this; links may run in circles.
const DEEPEST_FOLDER: usize = 16;

/// The files with one of these extensions in a folder and the folders in it, in order; hidden ones are left out. A file stands
/// for itself.
///
/// # Errors
/// A folder that the operating system does not give.
pub(super) fn files(path: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, ProjectError> {
    let mut found = Vec::new();
    collect(path, extensions, 0, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(
    path: &Path,
    extensions: &[&str],
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), ProjectError> {
    let unreadable = |source| unreadable(path, source);
    if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if depth == 0 || extension.is_some_and(|extension| extensions.contains(&extension)) {
            found.push(path.to_path_buf());
        }
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && depth < DEEPEST_FOLDER {
            collect(&entry.path(), extensions, depth + 1, found)?;
        }
    }
    Ok(())
}

/// Says in which file beside a scenario a treaty stands that the rulebook has not.
pub(super) fn point_to_file_beside(scenario: &Path, found: &mut Diagnostic, sources: &Sources) {
    let Some(span) = found.span().filter(|_| found.code == "F027") else {
        return;
    };
    let folder = scenario.parent().unwrap_or(Path::new(""));
    let here = Path::new(".").join(folder);
    let Ok(entries) = std::fs::read_dir(here) else {
        return;
    };
    let name = sources.text(span);
    let declares = |path: &PathBuf| {
        is(path, "treaty") && read_text(path).is_ok_and(|text| declares_treaty(&text, name))
    };
    let paths = entries.filter_map(|entry| Some(folder.join(entry.ok()?.file_name())));
    if let Some(beside) = paths.filter(declares).min() {
        let path = beside.to_string_lossy().replace('\\', "/");
        found.help = Some(format!("add it with `--with {path}`, where it is declared"));
        found.suggestion = None;
    }
}

fn declares_treaty(text: &str, name: &str) -> bool {
    let mut lines = text.lines().map(str::split_whitespace);
    lines.any(|mut words| words.next() == Some("treaty") && words.next() == Some(name))
}

/// The text of a file.
pub(super) fn read_text(path: &Path) -> Result<String, ProjectError> {
    std::fs::read_to_string(path).map_err(|source| unreadable(path, source))
}

fn unreadable(path: &Path, source: std::io::Error) -> ProjectError {
    let path = path.to_path_buf();
    ProjectError::Read { path, source }
}
