//! A folder of treaty files, or texts from anywhere, read and checked: one call for every front.

use crate::check;
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::{Diagnostic, Severity, any_error, sort};
use crate::model::rulebook::Rulebook;
use crate::needed;
use crate::parallel;
use crate::source::{SourceId, Sources};
use crate::syntax::{ast, parse_file, parse_heads, words};
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// How treaty files end.
const ENDING: &str = "treaty";

/// Why files could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The operating system refused.
    #[error("cannot read {path}: {source}")]
    Read {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// A folder without treaties.
    #[error("{path} holds no .{ENDING} file")]
    Empty {
        /// Which folder.
        path: PathBuf,
    },
}

/// Treaty files with all that was found in them.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Their texts.
    pub sources: Sources,
    /// Their trees, in the order of the sources.
    pub files: Vec<ast::File>,
    /// What they declare; not fit for use if there is an error among the diagnostics.
    pub rulebook: Rulebook,
    /// Everything that is wrong with them, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// Reads files, and all `.treaty` files in folders and the folders in them, in the order of their paths.
    ///
    /// # Errors
    /// A file or folder that cannot be read; a folder without treaties.
    pub fn load(paths: &[PathBuf]) -> Result<Self, ProjectError> {
        Ok(Self::of_texts(texts(paths)?))
    }

    /// From texts with their names, such as those built into the program.
    pub fn of_texts<N: Into<String>, T: Into<String>>(
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        Self::default().with(texts)
    }

    /// With more texts, such as the clauses that belong to one scenario.
    #[must_use]
    pub fn with<N: Into<String>, T: Into<String>>(
        mut self,
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        // What the check said is said anew; mistakes of spelling stay.
        self.diagnostics
            .retain(|diagnostic| diagnostic.code.starts_with('S'));
        let added = texts.into_iter();
        let added: Vec<SourceId> = added
            .map(|(name, text)| self.sources.add(name, text))
            .collect();
        let sources = &self.sources;
        let parse = |id: &SourceId| parse_file(*id, &sources.get(*id).text);
        let read = parallel::map(&added, parse);
        self.take_in(read)
    }

    /// From texts that are known to be sound, for a scenario that says (in `wanted`, with whatever else) which treaties count: the
    /// others are read without their articles, which is several times quicker.
    pub fn for_one(texts: Vec<(String, String)>, wanted: &str) -> Self {
        let whole = needed::whole(&texts, wanted);
        let mut project = Self::default();
        let added = texts.into_iter();
        let added = added.map(|(name, text)| project.sources.add(name, text));
        let added: Vec<_> = added.zip(whole).collect();
        let sources = &project.sources;
        let read = parallel::map(&added, |(id, whole)| {
            let text = &sources.get(*id).text;
            if *whole {
                parse_file(*id, text)
            } else {
                parse_heads(*id, text)
            }
        });
        let mut project = project.take_in(read);
        // A warning would speak of what was not read.
        project
            .diagnostics
            .retain(|found| found.severity == Severity::Error);
        project
    }

    fn take_in(mut self, read: Vec<(ast::File, Vec<Diagnostic>)>) -> Self {
        for (file, diagnostics) in read {
            self.files.push(file);
            self.diagnostics.extend(diagnostics);
        }
        let (rulebook, mut diagnostics) = check::rulebook(&self.files);
        self.rulebook = rulebook;
        self.without_echoes(&mut diagnostics);
        self.diagnostics.extend(diagnostics);
        sort(&mut self.diagnostics);
        // Each norm of a clause is read by itself, and each may find the same.
        self.diagnostics.dedup();
        self
    }

    /// Leaves out what only echoes a mistake of spelling: names whose declaration could not be read, and whatever else is
    /// missing in a file that was not read whole.
    fn without_echoes(&self, diagnostics: &mut Vec<Diagnostic>) {
        let spans = self.diagnostics.iter().filter_map(Diagnostic::span);
        let broken: FxHashSet<SourceId> = spans.map(|span| span.source).collect();
        if broken.is_empty() {
            return;
        }
        let texts = broken.iter().map(|id| self.sources.get(*id).text.as_str());
        let declared: FxHashSet<&str> = texts.flat_map(declared_names).collect();
        diagnostics.retain(|diagnostic| {
            let Some(span) = diagnostic.span() else {
                return true;
            };
            let warning = diagnostic.severity == Severity::Warning;
            let incomplete = warning || INCOMPLETE.contains(&diagnostic.code);
            let unknown = codes::UNKNOWN.contains(&diagnostic.code);
            !(incomplete && broken.contains(&span.source)
                || unknown && declared.contains(self.sources.text(span)))
        });
    }

    /// Whether the rulebook is not fit for use.
    pub fn has_errors(&self) -> bool {
        any_error(&self.diagnostics)
    }
}

/// Mistakes that say that something is missing where it stands.
const INCOMPLETE: [&str; 2] = ["N017", "N035"];

/// The words of the lines with which declarations, parts and heads of treaties begin, readable or not.
fn declared_names(text: &str) -> impl Iterator<Item = &str> {
    let opens = |line: &&str| {
        let word = line.split_whitespace().next().unwrap_or("");
        let openers = [words::DECLARATIONS, words::PARTS, words::ATTRIBUTES];
        word == words::READING
            || word.starts_with('(')
            || openers.iter().any(|openers| openers.contains(&word))
    };
    let separate = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')');
    let lines = text.lines().filter(opens);
    lines.flat_map(move |line| {
        let all = line.split(separate).filter(|word| !word.is_empty());
        // The head of a treaty declares roles; who has them is declared elsewhere.
        let in_head = all.clone().next().is_some_and(words::is_attribute);
        let before = std::iter::once("").chain(all.clone());
        let declared = before.zip(all);
        let declared = declared.filter(move |(before, _)| !in_head || *before == words::AS);
        declared.map(|(_, word)| word)
    })
}

/// The texts of treaty files, with their paths as names.
///
/// # Errors
/// As [`Project::load`].
pub fn texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>, ProjectError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            folder(path, &mut files)?;
            if files.len() == before {
                return Err(ProjectError::Empty { path: path.clone() });
            }
            files[before..].sort();
        } else {
            files.push(path.clone());
        }
    }
    if paths.len() > 1 {
        once(&mut files);
    }
    files
        .into_iter()
        .map(|path| match std::fs::read_to_string(&path) {
            Ok(text) => Ok((path.to_string_lossy().replace('\\', "/"), text)),
            Err(source) => Err(ProjectError::Read { path, source }),
        })
        .collect()
}

/// Leaves out what was named before, by whatever path.
fn once(files: &mut Vec<PathBuf>) {
    let mut known = FxHashSet::default();
    files.retain(|file| known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
}

/// Links to folders are not followed, so that no circle of links can be walked.
fn folder(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), ProjectError> {
    let refused = |source| ProjectError::Read {
        path: path.to_owned(),
        source,
    };
    for entry in std::fs::read_dir(path).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let kind = entry.file_type().map_err(refused)?;
        let inner = entry.path();
        if kind.is_dir() {
            folder(&inner, files)?;
        } else if inner.extension().is_some_and(|ending| ending == ENDING) {
            files.push(inner);
        }
    }
    Ok(())
}
