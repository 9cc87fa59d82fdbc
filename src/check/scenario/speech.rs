//! Sentences inside a scenario file: parsed and resolved, with what is wrong pointed at in the file.

use super::Lowering;
use crate::check::sentence::{self, GroundSentence};
use crate::diagnostic::Diagnostic;
use crate::model::condition::Scope;
use crate::model::fact::PositionQuery;
use crate::model::rulebook::Rulebook;
use crate::scenario::Text;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::{parse_position, parse_reference, parse_sentence};

/// Sentences are parsed as texts of their own, under this id; [`in_file`] puts them back where they stand.
const INSIDE: SourceId = SourceId(u32::MAX);

impl Lowering<'_> {
    /// The facts that a sentence states, more than one if it joins names by `and`; empty if it cannot be understood.
    pub(super) fn sentences(&mut self, text: &Text) -> Vec<GroundSentence> {
        let found = self.understood(text, parse_sentence, sentence::atoms);
        found.unwrap_or_default()
    }

    /// The position that a sentence speaks of.
    pub(super) fn query(&mut self, text: &Text) -> Option<PositionQuery> {
        self.understood(text, parse_position, sentence::query)
    }

    /// What a reference means.
    pub(super) fn reference(&mut self, text: &Text) -> Option<Scope> {
        let resolve = |tree: &_, book: &Rulebook| sentence::scope(tree, book, None);
        self.understood(text, parse_reference, resolve)
    }

    fn understood<Tree, Found>(
        &mut self,
        text: &Text,
        parse: impl Fn(SourceId, &str) -> Result<Tree, Vec<Diagnostic>>,
        resolve: impl Fn(&Tree, &Rulebook) -> Result<Found, Vec<Diagnostic>>,
    ) -> Option<Found> {
        let found = understood(text, self.rulebook, self.sources, parse, resolve);
        found.map_err(|wrong| self.diagnostics.extend(wrong)).ok()
    }
}

/// The position that a sentence of any YAML file speaks of.
pub fn position(
    text: &Text,
    rulebook: &Rulebook,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PositionQuery> {
    let found = understood(text, rulebook, sources, parse_position, sentence::query);
    let mut query = found.map_err(|wrong| diagnostics.extend(wrong)).ok()?;
    query.text.clone_from(&text.text);
    Some(query)
}

fn understood<Tree, Found>(
    text: &Text,
    rulebook: &Rulebook,
    sources: &Sources,
    parse: impl Fn(SourceId, &str) -> Result<Tree, Vec<Diagnostic>>,
    resolve: impl Fn(&Tree, &Rulebook) -> Result<Found, Vec<Diagnostic>>,
) -> Result<Found, Vec<Diagnostic>> {
    let written = sources.text(text.span);
    let written = if text.verbatim { written } else { &text.text };
    let found = parse(INSIDE, written).and_then(|tree| resolve(&tree, rulebook));
    found.map_err(|wrong| wrong.into_iter().map(|one| in_file(one, text)).collect())
}

/// The diagnostic with its places in the file: exact where the bytes of the file read like the text, else the whole text.
fn in_file(mut diagnostic: Diagnostic, text: &Text) -> Diagnostic {
    let whole = text.span;
    let end = ("the end of the file", "the end of the sentence");
    diagnostic.message = diagnostic.message.replace(end.0, end.1);
    for label in &mut diagnostic.labels {
        if label.span.source == INSIDE && text.verbatim {
            let start = (whole.start + label.span.start).min(whole.end);
            let end = (whole.start + label.span.end).min(whole.end);
            label.span = Span {
                start,
                end,
                ..whole
            };
        } else if label.span.source == INSIDE {
            label.span = whole;
            // A correction of a part cannot stand for the whole.
            diagnostic.suggestion = None;
        }
    }
    diagnostic
}
