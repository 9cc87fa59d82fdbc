//! Snapshots: the outcome of a scenario that somebody has agreed to, in the file `NAME.snap` beside it.
//!
//! The file is one of `insta`, so that its review tool reads it too: a head between two lines `---`, then the outcome.

use super::data;
use super::page;
use super::term::hash;
use super::told::Told;
use std::io;
use std::path::{Path, PathBuf};

/// A snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    head: String,
    /// The outcome as YAML.
    pub body: String,
}

/// What is wrong with a snapshot.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The operating system refused.
    #[error("cannot read {}: {error}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// Two versions were merged and not settled.
    #[error("{}:{line}: a conflict of a merge that nobody has settled", path.display())]
    Merge {
        /// Which file.
        path: PathBuf,
        /// The line of the first marker.
        line: usize,
    },
    /// Not an outcome.
    #[error("{}: this is no snapshot of an outcome: {why}", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

/// The snapshot that belongs to a scenario.
pub fn path(scenario: &Path) -> PathBuf {
    scenario.with_extension("snap")
}

impl Snapshot {
    /// A new one for this scenario.
    pub fn new(scenario: &Path, told: &Told) -> Self {
        Self::of_body(scenario, page::text(told))
    }

    /// A new one for this scenario, from its outcome as YAML.
    pub fn of_body(scenario: &Path, body: String) -> Self {
        let name = scenario.file_name().unwrap_or_default().to_string_lossy();
        let head = format!("---\nsource: casus test\ninput_file: {name}\n---\n");
        Self { head, body }
    }

    /// Reads the snapshot of a scenario, if it has one.
    ///
    /// # Errors
    /// A file that cannot be read, or with markers of a merge.
    pub fn load(scenario: &Path) -> Result<Option<Self>, Unreadable> {
        let path = path(scenario);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Unreadable::File { path, error }),
        };
        match merge_marker(&text) {
            Some(line) => Err(Unreadable::Merge { path, line }),
            None => Ok(Some(Self::of_text(&text))),
        }
    }

    /// From the text of its file.
    pub fn of_text(text: &str) -> Self {
        let end = text
            .strip_prefix("---")
            .and_then(|rest| rest.find("\n---\n"));
        let end = end.map_or(0, |at| at + "---".len() + "\n---\n".len());
        let (head, body) = text.split_at(end);
        Self {
            head: head.to_owned(),
            body: format!("{}\n", body.trim()),
        }
    }

    /// The outcome in lines.
    ///
    /// # Errors
    /// A text that is no outcome.
    pub fn told(&self, scenario: &Path) -> Result<Told, Unreadable> {
        let path = path(scenario);
        data::told(&self.body).map_err(|why| Unreadable::Form { path, why })
    }

    /// A number for the outcome.
    pub fn hash(&self) -> u64 {
        hash(&self.body)
    }

    /// The same head with another outcome.
    #[must_use]
    pub fn with(&self, told: &Told) -> Self {
        Self {
            head: self.head.clone(),
            body: page::text(told),
        }
    }

    /// Writes it beside its scenario; what `insta` has waiting for review is settled by that.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self, scenario: &Path) -> io::Result<()> {
        let path = path(scenario);
        write_whole(&path, &format!("{}{}", self.head, self.body))?;
        match std::fs::remove_file(path.with_extension("snap.new")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn merge_marker(text: &str) -> Option<usize> {
    let marker = |line: &str| {
        ["<<<<<<< ", ">>>>>>> ", "||||||| "]
            .iter()
            .any(|mark| line.starts_with(mark))
            || line == "======="
    };
    text.lines().position(marker).map(|at| at + 1)
}

/// Writes a file so that others see all of it or nothing.
pub(super) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let draft = path.with_file_name(format!(".{name}.{}-{next}", std::process::id()));
    std::fs::write(&draft, text)?;
    std::fs::rename(&draft, path).inspect_err(|_| drop(std::fs::remove_file(&draft)))
}

/// Tells drafts of one process apart.
static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
