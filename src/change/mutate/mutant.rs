//! A mutant: rules that differ from the real ones in one place of one clause, head or area.

use crate::check::{self, Anew};
use crate::diagnostic::any_error;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::source::Span;
use crate::syntax::ast::{File, Item, Part, Treaty};

/// One mutant.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// In which treaty.
    pub treaty: String,
    /// Treaty, article and clause, or what else of the treaty is changed.
    pub clause: String,
    /// What was changed, in words.
    pub operator: String,
    /// The clause as it is.
    pub old: String,
    /// The clause as the mutant has it; empty: it has it not.
    pub new: String,
    /// Where the clause stands.
    pub span: Span,
    pub(super) file: usize,
    pub(super) change: Change,
}

/// How a mutant reads.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// An article with other clauses, where it stands.
    Clauses(Box<Part>),
    /// A whole treaty.
    Treaty(Box<Treaty>),
}

impl Mutant {
    /// What was changed, whole: for a report.
    pub(super) fn edit(&self) -> String {
        let Self {
            clause,
            operator,
            old,
            new,
            ..
        } = self;
        format!("mutant: {clause}: {operator}\n− {old}\n+ {new}")
    }

    /// The rules with the mutant in them; nothing if they are no rules any more.
    pub fn rulebook(&self, project: &Project, anew: &Anew<'_>) -> Option<Rulebook> {
        match &self.change {
            Change::Clauses(part) => anew.with(part),
            Change::Treaty(_) => self.rulebook_with(project, None),
        }
    }

    /// The same with the clauses of a scenario, everything checked.
    pub fn rulebook_with(&self, project: &Project, own: Option<&File>) -> Option<Rulebook> {
        let changed = self.file(project)?;
        let files = project.files.iter().enumerate();
        let files = files.map(|(at, file)| if at == self.file { &changed } else { file });
        let (rulebook, diagnostics) = check::rulebook(files.chain(own));
        (!any_error(&diagnostics)).then_some(rulebook)
    }

    /// The trees of the rules with the mutant in them.
    pub fn files(&self, project: &Project) -> Option<Vec<File>> {
        let changed = self.file(project)?;
        let mut files = project.files.clone();
        files[self.file] = changed;
        Some(files)
    }

    /// Whether the whole provision is dropped: a clause, a line of a head or an area, a reservation.
    pub fn drops_all(&self) -> bool {
        self.new.is_empty()
    }

    /// What kind of provision it changes, in one word.
    pub fn kind(&self) -> &'static str {
        match &self.change {
            Change::Clauses(_) => "clause",
            Change::Treaty(_) if self.old.starts_with("reservation") => "reservation",
            Change::Treaty(_) => "line",
        }
    }

    /// Whether nothing but clauses is changed.
    pub(super) fn is_of_clauses(&self) -> bool {
        matches!(self.change, Change::Clauses(_))
    }

    /// The file in which it is, as the mutant has it.
    fn file(&self, project: &Project) -> Option<File> {
        let mut file = project.files.get(self.file)?.clone();
        for item in &mut file.items {
            match (item, &self.change) {
                (Item::Treaty(own), Change::Treaty(changed)) if own.span == changed.span => {
                    own.clone_from(changed);
                }
                (Item::Treaty(own), Change::Clauses(part)) => put(&mut own.parts, part),
                _ => {}
            }
        }
        Some(file)
    }
}

/// Puts an article in the place of the one that stands there.
pub(super) fn put(parts: &mut [Part], changed: &Part) {
    for part in parts {
        match (part, changed) {
            (Part::Article(own), Part::Article(changed)) if own.span == changed.span => {
                own.clone_from(changed);
            }
            (Part::Protocol(protocol), changed) => put(&mut protocol.parts, changed),
            _ => {}
        }
    }
}
