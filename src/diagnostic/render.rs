//! Diagnostics as text for people; the only door to `annotate-snippets`.

use super::phrase::count;
use super::{Diagnostic, Label, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use std::ops::Range;

/// One diagnostic with the lines that it is about, in colours.
pub fn coloured(diagnostic: &Diagnostic, sources: &Sources) -> String {
    Renderer::styled().render(&report(diagnostic, sources))
}

/// The same without colours.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources) -> String {
    Renderer::plain().render(&report(diagnostic, sources))
}

/// All diagnostics, each with the lines it is about, and a last line such as `2 errors, 1 warning`.
/// Nothing for none. Spans outside their text are moved inside it.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let one = if color { coloured } else { plain };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&one(diagnostic, sources));
        out.push_str("\n\n");
    }
    out.push_str(&tally(diagnostics));
    out.push('\n');
    out
}

/// `2 errors, 1 warning`
pub fn tally(diagnostics: &[Diagnostic]) -> String {
    let of = |severity: Severity| {
        let same = diagnostics.iter().filter(|one| one.severity == severity);
        same.count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let mut parts = Vec::new();
    if errors > 0 || warnings == 0 {
        parts.push(count(errors, "error", "errors"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning", "warnings"));
    }
    parts.join(", ")
}

/// The diagnostic with its places, and below it the suggested text.
fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    for labels in by_file(diagnostic, sources) {
        group = group.element(excerpt(&labels, diagnostic.labels.first(), sources));
    }
    let patch = suggestion(diagnostic, sources);
    let help = diagnostic.help.as_deref();
    match (patch, help) {
        (Some(patch), help) => {
            let title = Level::HELP.secondary_title(help.unwrap_or("write this instead"));
            vec![group, Group::with_title(title).element(patch)]
        }
        (None, Some(help)) => vec![group.element(Level::HELP.message(help))],
        (None, None) => vec![group],
    }
}

/// The labels that lie in known files, one list a file, in the order of the first of each.
fn by_file<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Vec<Vec<&'a Label>> {
    let mut files: Vec<Vec<&Label>> = Vec::new();
    let known = |label: &&Label| (label.span.source.0 as usize) < sources.len();
    for label in diagnostic.labels.iter().filter(known) {
        let same = |list: &&mut Vec<&Label>| {
            list.first()
                .is_some_and(|first| first.span.source == label.span.source)
        };
        match files.iter_mut().find(same) {
            Some(list) => list.push(label),
            None => files.push(vec![label]),
        }
    }
    files
}

/// The lines of one file from the first label to the last.
fn excerpt<'a>(
    labels: &[&'a Label],
    primary: Option<&Label>,
    sources: &'a Sources,
) -> Snippet<'a, Annotation<'a>> {
    let window = Window::around(labels.iter().map(|label| label.span), sources);
    let annotations = labels.iter().map(|label| {
        let is_primary = primary.is_some_and(|primary| std::ptr::eq(primary, *label));
        let kind = if is_primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
        kind.span(window.within(label.span)).label(text)
    });
    window.snippet().annotations(annotations)
}

/// The line of the mistake with the suggested text in it.
fn suggestion<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Option<Snippet<'a, Patch<'a>>> {
    let instead = diagnostic.suggestion.as_deref()?;
    let span = diagnostic.span()?;
    if span.source.0 as usize >= sources.len() {
        return None;
    }
    let window = Window::around([span].into_iter(), sources);
    let range = window.exact(span);
    let now = window.text.get(range.clone())?;
    (now != instead).then(|| window.snippet().patch(Patch::new(range, instead)))
}

/// Whole lines of a text.
struct Window<'a> {
    name: &'a str,
    text: &'a str,
    /// The byte at which it begins in the whole text.
    start: usize,
    /// The number of its first line, from 1.
    line: usize,
}

impl<'a> Window<'a> {
    /// The lines that the spans, all of one known file, touch.
    fn around(spans: impl Iterator<Item = Span> + Clone, sources: &'a Sources) -> Self {
        let source = spans.clone().next().map(|span| sources.get(span.source));
        let (name, whole) = source.map_or(("", ""), |source| {
            (source.name.as_str(), source.text.as_str())
        });
        let ranges = || spans.clone().map(|span| clamp(whole, span));
        let first = ranges().map(|range| range.start).min().unwrap_or(0);
        let last = ranges().map(|range| range.end).max().unwrap_or(0);
        let start = whole[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = whole[last..].find('\n').map_or(whole.len(), |at| last + at);
        let before = whole[..start].bytes();
        Self {
            name,
            text: &whole[start..end],
            start,
            line: before.filter(|byte| *byte == b'\n').count() + 1,
        }
    }

    fn snippet<T: Clone>(&self) -> Snippet<'a, T> {
        Snippet::source(self.text)
            .path(self.name)
            .line_start(self.line)
            .fold(true)
    }

    /// The span in bytes of the window, no longer than to the end of its line.
    fn within(&self, span: Span) -> Range<usize> {
        let range = self.exact(span);
        let text = self.text.get(range.clone()).unwrap_or("");
        let line = text.find('\n').map_or(range.end, |at| range.start + at);
        let shown = self.text.get(range.start..line).unwrap_or("").trim_end();
        range.start..(range.start + shown.len()).max(range.start)
    }

    /// The span in bytes of the window.
    fn exact(&self, span: Span) -> Range<usize> {
        let start = (span.start as usize).saturating_sub(self.start);
        let end = (span.end as usize).saturating_sub(self.start);
        inside(self.text, start..end)
    }
}

fn clamp(text: &str, span: Span) -> Range<usize> {
    inside(text, span.start as usize..span.end as usize)
}

/// The range, moved to whole characters of the text.
fn inside(text: &str, range: Range<usize>) -> Range<usize> {
    let start = floor(text, range.start);
    let end = floor(text, range.end);
    start..end.max(start)
}

/// The last start of a character not after `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use proptest::prelude::*;

    fn span(source: u32, start: u32, end: u32) -> Span {
        let source = SourceId(source);
        Span { source, start, end }
    }

    #[test]
    fn shows_code_place_line_and_count() {
        let mut sources = Sources::default();
        sources.add("rules/a.treaty", "treaty a\n  singed 1914\n");
        sources.add("rules/b.treaty", "treaty a \"Ä\"\n");
        let diagnostics = [
            Diagnostic::error("S002", span(0, 11, 17), "`singed` is not a word")
                .help("perhaps `signed` is meant")
                .instead("signed"),
            Diagnostic::warning("W001", span(1, 7, 8), "the treaty `a` is declared twice")
                .here("here again")
                .also(span(0, 7, 8), "first here")
                .help("choose another name"),
        ];
        insta::assert_snapshot!(render(&diagnostics, &sources, false), @r#"
        error[S002]: `singed` is not a word
         --> rules/a.treaty:2:3
          |
        2 |   singed 1914
          |   ^^^^^^
          |
        help: perhaps `signed` is meant
          |
        2 -   singed 1914
        2 +   signed 1914
          |

        warning[W001]: the treaty `a` is declared twice
         --> rules/b.treaty:1:8
          |
        1 | treaty a "Ä"
          |        ^ here again
          |
         ::: rules/a.treaty:1:8
          |
        1 | treaty a
          |        - first here
          |
          = help: choose another name

        1 error, 1 warning
        "#);
    }

    #[test]
    fn says_nothing_about_nothing() {
        assert_eq!(render(&[], &Sources::default(), true), "");
        assert_eq!(tally(&[]), "0 errors");
    }

    proptest! {
        #[test]
        fn never_fails_on_odd_spans(
            text in "[a-z \t\r\né漢🙂\u{0}\u{301}\"#]{0,40}",
            spans in prop::collection::vec((0u32..3, 0u32..60, 0u32..60), 0..4),
            instead in prop::option::of("[a-zé\n]{0,4}"),
            color in any::<bool>(),
        ) {
            let mut sources = Sources::default();
            sources.add("one", text.clone());
            sources.add("two", text);
            let mut diagnostic = Diagnostic::error("S001", span(0, 0, 0), "odd");
            diagnostic.labels = spans
                .iter()
                .map(|(source, start, end)| Label {
                    span: span(*source, *start, *end),
                    text: "here".to_owned(),
                })
                .collect();
            diagnostic.suggestion = instead;
            let shown = render(&[diagnostic], &sources, color);
            prop_assert!(shown.ends_with("1 error\n"));
        }
    }
}
