//! Diagnostics as text for people; the only door to `annotate-snippets`.

use super::{Diagnostic, Label, Severity};
use crate::source::{Source, SourceId, Sources, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use std::ops::Range;

/// The mistake with the lines that it is about, in colours.
pub fn coloured(diagnostic: &Diagnostic, sources: &Sources) -> String {
    render(diagnostic, sources, &Renderer::styled())
}

/// The same without colours.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources) -> String {
    render(diagnostic, sources, &Renderer::plain())
}

fn render(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let mut main = title.elements(
        files(diagnostic)
            .into_iter()
            .filter_map(|file| snippet(diagnostic, file, sources)),
    );
    let mut groups: Vec<Group<'_>> = Vec::new();
    match (&diagnostic.help, patched(diagnostic, sources)) {
        (help, Some(patch)) => {
            let help = help.as_deref().unwrap_or("write this instead");
            groups.push(Level::HELP.secondary_title(help).element(patch));
        }
        (Some(help), None) => main = main.element(Level::HELP.message(help)),
        (None, None) => {}
    }
    groups.insert(0, main);
    renderer.render(&groups)
}

/// The files that the labels point into, that of the mistake first.
fn files(diagnostic: &Diagnostic) -> Vec<SourceId> {
    let mut files: Vec<SourceId> = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.source) {
            files.push(label.span.source);
        }
    }
    files
}

/// The lines of one file that the labels point at.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    file: SourceId,
    sources: &'a Sources,
) -> Option<Snippet<'a, Annotation<'a>>> {
    let labels = || {
        diagnostic
            .labels
            .iter()
            .filter(|label| label.span.source == file)
    };
    let window = Window::around(labels().map(|label| label.span), sources)?;
    let annotation = |label: &'a Label| {
        let first = diagnostic
            .labels
            .first()
            .is_some_and(|first| std::ptr::eq(first, label));
        let kind = if first {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let text = (!label.text.is_empty()).then_some(label.text.as_str());
        kind.span(window.range(label.span)).label(text)
    };
    let snippet = Snippet::source(window.text)
        .path(window.file.name.as_str())
        .line_start(window.line);
    Some(snippet.annotations(labels().map(annotation)))
}

/// The lines with the suggestion in its place.
fn patched<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Option<Snippet<'a, Patch<'a>>> {
    let (span, instead) = (diagnostic.span()?, diagnostic.suggestion.as_deref()?);
    let window = Window::around([span].into_iter(), sources)?;
    let snippet = Snippet::source(window.text)
        .path(window.file.name.as_str())
        .line_start(window.line);
    Some(snippet.patch(Patch::new(window.range(span), instead)))
}

/// Whole lines of a file: few, so that a mistake in a long file costs no more than in a short one.
struct Window<'a> {
    file: &'a Source,
    text: &'a str,
    /// Its first byte in the file.
    start: usize,
    /// Its first line, from 1.
    line: usize,
}

impl<'a> Window<'a> {
    fn around(spans: impl Iterator<Item = Span> + Clone, sources: &'a Sources) -> Option<Self> {
        let first = spans.clone().min_by_key(|span| span.start)?;
        // A text of the program itself is in no file.
        let file = (first.source.0 < sources.len() as u32).then(|| sources.get(first.source))?;
        let length = file.text.len();
        let from = (first.start as usize).min(length);
        let to = spans
            .map(|span| span.end as usize)
            .max()?
            .clamp(from, length);
        let start = file.text.get(..from)?.rfind('\n').map_or(0, |at| at + 1);
        let end = file.text.get(to..)?.find('\n').map_or(length, |at| to + at);
        let line = sources.position(first).line as usize;
        Some(Self {
            file,
            text: file.text.get(start..end)?,
            start,
            line,
        })
    }

    fn range(&self, span: Span) -> Range<usize> {
        let inside = |at: u32| {
            (at as usize)
                .saturating_sub(self.start)
                .min(self.text.len())
        };
        inside(span.start)..inside(span.end)
    }
}
