//! An exercise read from its folder, with everything that is wrong with it.

use super::document::{ExerciseDocument, PartDocument};
use super::lower::lower;
use super::outline::Exercise;
use super::ready::Ready;
use crate::diagnostic::codes::exercise as codes;
use crate::diagnostic::{Diagnostic, any_error, sort};
use crate::engine::Engine;
use crate::project::{Project, ProjectError};
use crate::scenario::{Document, Event};
use crate::source::{SourceId, Span};
use crate::yaml::{self, Text};
use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};

/// The name of the file in the folder of an exercise.
pub const FILE: &str = "exercise.yaml";
/// The longest brief or text, in bytes.
const LONGEST_TEXT: u64 = 1 << 20;

/// An exercise and the rulebook it is played under.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The rulebook, with the clauses of the exercise itself.
    pub project: Project,
    /// The exercise; `None` if there is an error among the diagnostics.
    pub exercise: Option<Exercise>,
    /// The exercise file among the sources.
    pub(super) file: Option<SourceId>,
    /// The briefs and scenarios that it names, by their paths.
    pub(super) beside: Vec<(String, String)>,
    /// The scenario document from which every world starts: title, rules and baseline events.
    pub(super) start: Option<Document>,
    /// Its engine.
    ready: Ready,
    /// Everything that is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Pack {
    /// Reads an exercise: its folder, or the file in it.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn load(path: &Path, project: Project) -> Result<Self, ProjectError> {
        let file = file_of(path);
        let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
        let bytes = std::fs::read(&file).map_err(|source| {
            let path = file.clone();
            ProjectError::Read { path, source }
        })?;
        let name = file.to_string_lossy().replace('\\', "/");
        let read = |path: &str| inside(&folder, path);
        Ok(match String::from_utf8(bytes) {
            Ok(text) => Self::of_text(&name, text, project, &read),
            Err(wrong) => {
                let at = wrong.utf8_error().valid_up_to() as u32;
                let text = String::from_utf8_lossy(wrong.as_bytes()).into_owned();
                Self::unreadable(&name, text, at, project)
            }
        })
    }

    /// A file that is no text from this byte on.
    fn unreadable(name: &str, text: String, at: u32, project: Project) -> Self {
        let mut pack = Self::empty(project);
        let source = pack.project.sources.add(name, text);
        let span = Span {
            source,
            start: at,
            end: at,
        };
        pack.diagnostics.push(codes::no_text(span));
        pack
    }

    fn empty(project: Project) -> Self {
        Self {
            project,
            exercise: None,
            file: None,
            beside: Vec::new(),
            start: None,
            ready: Ready::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads an exercise from its text; `files` gives the text of each path that it names, or says why not.
    pub fn of_text(
        name: &str,
        text: String,
        project: Project,
        files: &dyn Fn(&str) -> Result<String, String>,
    ) -> Self {
        let mut pack = Self::empty(project);
        let id = pack.project.sources.add(name, text);
        pack.file = Some(id);
        let text = pack.project.sources.get(id).text.clone();
        let (document, diagnostics) = yaml::read::<ExerciseDocument>(id, &text, "exercise");
        pack.diagnostics = diagnostics;
        if let Some(document) = document {
            let beside = RefCell::new(Vec::new());
            let remembered = |path: &str| {
                let text = files(path)?;
                beside.borrow_mut().push((path.to_owned(), text.clone()));
                Ok(text)
            };
            pack.resolve(id, &text, &document, &remembered);
            pack.beside = beside.into_inner();
        }
        sort(&mut pack.diagnostics);
        pack.diagnostics.dedup();
        if any_error(&pack.diagnostics) {
            pack.exercise = None;
        }
        pack
    }

    /// The path of its file, as it was given.
    pub fn path(&self) -> Option<&str> {
        Some(self.project.sources.get(self.file?).name.as_str())
    }

    /// The rulebook made ready; made once.
    pub fn engine(&self) -> &Engine<'_> {
        self.ready.engine(&self.project.rulebook)
    }

    fn resolve(
        &mut self,
        id: SourceId,
        text: &str,
        document: &ExerciseDocument,
        files: &dyn Fn(&str) -> Result<String, String>,
    ) {
        let mut document = document.clone();
        self.parts(&mut document, files);
        let document = &document;
        let mut start = start(document);
        if let Some(clauses) = start.own_clauses(text) {
            self.extend(id, &clauses);
        }
        start.events = self.baseline(document, files);
        let (exercise, diagnostics) = lower(
            document,
            &start.events,
            &self.project.rulebook,
            &self.project.sources,
            files,
        );
        self.diagnostics.extend(diagnostics);
        self.start = Some(start);
        self.exercise = Some(exercise);
        super::world::check(self);
    }

    /// The rulebook with the clauses of the exercise.
    fn extend(&mut self, id: SourceId, clauses: &str) {
        let (own, misspelt) = crate::syntax::parse_file(id, clauses);
        self.project.files.push(own);
        let (rulebook, found) = crate::check::rulebook(&self.project.files);
        let new = found
            .into_iter()
            .filter(|diagnostic| !self.project.diagnostics.contains(diagnostic));
        self.diagnostics.extend(misspelt.into_iter().chain(new));
        self.project.rulebook = rulebook;
    }

    /// Adds the injects that stand in files of their own.
    fn parts(
        &mut self,
        document: &mut ExerciseDocument,
        files: &dyn Fn(&str) -> Result<String, String>,
    ) {
        let paths = document.parts.clone().unwrap_or_default();
        for path in paths.0 {
            let Some(id) = self.beside(&path, files) else {
                continue;
            };
            let text = self.project.sources.get(id).text.clone();
            let (part, found) = yaml::read::<PartDocument>(id, &text, "part of an exercise");
            self.diagnostics.extend(found);
            document
                .injects
                .extend(part.into_iter().flat_map(|part| part.injects));
        }
    }

    /// The text of a file that the exercise names, among the sources.
    fn beside(
        &mut self,
        path: &Text,
        files: &dyn Fn(&str) -> Result<String, String>,
    ) -> Option<SourceId> {
        match files(&path.text) {
            Ok(text) => Some(self.project.sources.add(path.text.clone(), text)),
            Err(why) => {
                let missing = codes::no_file(path.span, &path.text, &why);
                self.diagnostics.push(missing);
                None
            }
        }
    }

    /// The events of the scenario from which the exercise starts.
    fn baseline(
        &mut self,
        document: &ExerciseDocument,
        files: &dyn Fn(&str) -> Result<String, String>,
    ) -> Vec<Event> {
        let Some(path) = &document.baseline else {
            return Vec::new();
        };
        let Some(id) = self.beside(path, files) else {
            return Vec::new();
        };
        let text = self.project.sources.get(id).text.clone();
        let (baseline, found) = crate::scenario::read(id, &text);
        self.diagnostics.extend(found);
        baseline.map(|baseline| baseline.events).unwrap_or_default()
    }
}

/// The folder of an exercise or the file in it.
pub fn file_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join(FILE)
    } else {
        path.to_owned()
    }
}

/// A scenario without events, with the title and rules of an exercise.
fn start(document: &ExerciseDocument) -> Document {
    Document {
        title: document.title.clone(),
        also: None,
        as_of: None,
        rules: document.rules.clone(),
        view: None,
        hypothetical: None,
        note: None,
        source: None,
        treaties: document.treaties.clone(),
        events: Vec::new(),
        assume: Vec::new(),
        expect: Vec::new(),
        span: document.span,
    }
}

/// The text of a file inside a folder; links must not lead out of it.
fn inside(folder: &Path, path: &str) -> Result<String, String> {
    let path = Path::new(path);
    if path
        .components()
        .any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
    {
        return Err("it leads out of the folder".to_owned());
    }
    let said = |error: std::io::Error| error.to_string();
    let whole = folder.join(path).canonicalize().map_err(said)?;
    if !whole.starts_with(folder.canonicalize().map_err(said)?) {
        return Err("it leads out of the folder".to_owned());
    }
    if std::fs::metadata(&whole).map_err(said)?.len() > LONGEST_TEXT {
        return Err("it is longer than a mebibyte".to_owned());
    }
    std::fs::read_to_string(&whole).map_err(said)
}
