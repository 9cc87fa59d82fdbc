//! From the text of a scenario file to its document; the only door to YAML values (`serde_yaml`).

use super::document::Document;
use super::locate::locate;
use super::shape::Shape;
use crate::diagnostic::codes::scenario as codes;
use crate::diagnostic::{Diagnostic, any_error};
use crate::source::{SourceId, Span};

/// Reads a scenario; every mistake of form is reported at once. There is a document only if there is no mistake.
pub fn read(source: SourceId, text: &str) -> (Option<Document>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let document = decode(source, text, &mut diagnostics);
    crate::diagnostic::sort(&mut diagnostics);
    (document.filter(|_| !any_error(&diagnostics)), diagnostics)
}

fn decode(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Document> {
    let root = match locate(source, text, diagnostics) {
        Ok(Some(root)) if !root.is_null() => root,
        Ok(_) => {
            diagnostics.push(codes::empty(Span {
                source,
                start: 0,
                end: 0,
            }));
            return None;
        }
        Err(unreadable) => {
            diagnostics.push(unreadable);
            return None;
        }
    };
    Document::check(&root, "scenario", diagnostics);
    if any_error(diagnostics) {
        return None;
    }
    match serde_yaml::from_str::<Document>(text) {
        Ok(mut document) => {
            document.locate(&root);
            Some(document)
        }
        Err(error) => {
            diagnostics.push(refused(source, &error));
            None
        }
    }
}

/// What the second reader refuses though the first did not: the two differ on rare points of YAML.
fn refused(source: SourceId, error: &serde_yaml::Error) -> Diagnostic {
    let at = error
        .location()
        .map_or(0, |location| location.index() as u32);
    codes::unreadable(
        Span {
            source,
            start: at,
            end: at,
        },
        &error.to_string(),
    )
}

impl Document {
    /// The scenario's own clauses as a text of the language, of which every byte stands where it stands in `text`, the text of
    /// the scenario file: parsed under the same [`SourceId`], its spans are right. `None` if there are none.
    pub fn own_clauses(&self, text: &str) -> Option<String> {
        let clauses = self.treaties.as_ref()?;
        let (start, end) = (clauses.span.start as usize, clauses.span.end as usize);
        let written = text.get(start..end).filter(|_| clauses.verbatim);
        let before = text.get(..start).unwrap_or("");
        let blank = before
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' });
        Some(
            blank
                .chain(written.unwrap_or(&clauses.text).chars())
                .collect(),
        )
    }
}
