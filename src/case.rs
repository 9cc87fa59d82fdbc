//! A scenario read against a project: one call for every front.

use crate::check;
use crate::diagnostic::{Diagnostic, Severity, any_error, sort};
use crate::model::fact::{PositionQuery, Scenario};
use crate::model::rulebook::Rulebook;
use crate::project::{Project, ProjectError};
use crate::scenario::{self, Document};
use crate::source::{SourceId, Sources};
use crate::syntax::{ast, parse_file, parse_position};
use std::path::{Path, PathBuf};

/// A scenario with all that was found in it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// What the file says; `None` if it cannot be read.
    pub document: Option<Document>,
    /// The scenario; `None` if there is an error among the diagnostics.
    pub scenario: Option<Scenario>,
    /// The rulebook with the scenario's own clauses, if it has any.
    pub own_rulebook: Option<Rulebook>,
    /// The scenario's own clauses, if it has any.
    pub own_clauses: Option<ast::File>,
    /// Everything that is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Case {
    /// Reads a scenario file; its text joins the sources of the project.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn load(path: &Path, project: &mut Project) -> Result<Self, ProjectError> {
        let text = std::fs::read_to_string(path).map_err(|source| {
            let path = PathBuf::from(path);
            ProjectError::Read { path, source }
        })?;
        let name = path.to_string_lossy().replace('\\', "/");
        Ok(Self::of_text(&name, text, project))
    }

    /// Reads a scenario from its text; the name is for messages.
    pub fn of_text(name: &str, text: String, project: &mut Project) -> Self {
        let mut sources = std::mem::take(&mut project.sources);
        let case = Self::beside(name, text, project, &mut sources);
        project.sources = sources;
        case
    }

    /// Reads a scenario against a project that stays as it is: the text joins other sources, which begin as those of the
    /// project.
    pub fn beside(name: &str, text: String, project: &Project, sources: &mut Sources) -> Self {
        let id = sources.add(name, text);
        let text = &sources.get(id).text;
        let (document, diagnostics) = scenario::read(id, text);
        let mut case = Self {
            diagnostics,
            ..Self::default()
        };
        if let Some(document) = document {
            case.own_rulebook = document
                .own_clauses(text)
                .map(|clauses| case.extend(project, id, &clauses));
            case.lower(&document, project, sources);
            case.document = Some(document);
        }
        case
    }

    /// Whether only the treaties that it names count in the scenario, and it has no clauses of its own.
    #[cfg(feature = "cli")]
    pub(crate) fn counts_some_only(&self) -> bool {
        let scenario = self.scenario.as_ref();
        self.own_rulebook.is_none() && scenario.is_some_and(|scenario| scenario.treaties.is_some())
    }

    /// What the scenario is to be read with.
    pub fn rulebook<'a>(&'a self, project: &'a Project) -> &'a Rulebook {
        self.own_rulebook.as_ref().unwrap_or(&project.rulebook)
    }

    /// A position asked about, in the words of the language: `dprk shall assist russia under un-charter article 51`. The
    /// sentence joins the sources of the project, so that its mistakes can be shown.
    ///
    /// # Errors
    /// A sentence that is none, or names what the rulebook does not know.
    pub fn query(
        &self,
        sentence: &str,
        project: &mut Project,
    ) -> Result<PositionQuery, Vec<Diagnostic>> {
        let source = project.sources.add("the sentence", sentence);
        let modal = parse_position(source, sentence)?;
        let mut query = check::sentence::query(&modal, self.rulebook(project))?;
        sentence.trim().clone_into(&mut query.text);
        Ok(query)
    }

    fn lower(&mut self, document: &Document, project: &Project, sources: &Sources) {
        if any_error(&self.diagnostics) {
            return;
        }
        let (scenario, found) = check::scenario::lower(document, self.rulebook(project), sources);
        self.scenario = scenario;
        self.diagnostics.extend(found);
    }

    /// The rulebook with clauses of the scenario; only what is wrong with those is reported.
    fn extend(&mut self, project: &Project, id: SourceId, clauses: &str) -> Rulebook {
        let (own, misspelt) = parse_file(id, clauses);
        let (rulebook, found) = check::rulebook(project.files.iter().chain([&own]));
        self.own_clauses = Some(own);
        // What could not be read may be what a warning misses.
        let broken = any_error(&misspelt);
        let new = found.into_iter().filter(|diagnostic| {
            let follows = broken && diagnostic.severity == Severity::Warning;
            !follows && !project.diagnostics.contains(diagnostic)
        });
        self.diagnostics.extend(misspelt.into_iter().chain(new));
        sort(&mut self.diagnostics);
        rulebook
    }
}
