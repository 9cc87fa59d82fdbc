//! From the text of a scenario file to its document.

use super::document::Document;
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;
use crate::yaml;

/// Reads a scenario; every mistake of form is reported at once. There is a document only if there is no mistake.
pub fn read(source: SourceId, text: &str) -> (Option<Document>, Vec<Diagnostic>) {
    yaml::read(source, text, "scenario")
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
