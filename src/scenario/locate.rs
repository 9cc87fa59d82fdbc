//! Where everything stands in a YAML text; the only door to `saphyr-parser`.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::scenario as codes;
use crate::source::{SourceId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks, StrInput};
use std::collections::HashMap;

/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = 16 << 20;
/// The deepest nesting that is read; a sound scenario needs five.
const DEEPEST: usize = 64;
/// How many values aliases may repeat in all.
const MOST_REPEATED: usize = 10_000;

/// A value of the file.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Where: of a quoted or block text without its quotes or header line.
    pub(super) span: Span,
    /// What.
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A text, number, date or truth value.
    Scalar {
        /// Without quotes and escapes.
        value: String,
        /// Written without quotes and on no block.
        plain: bool,
        /// The bytes of the span say the same, layout apart.
        verbatim: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order written.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The key.
    pub(super) text: String,
    /// Where.
    pub(super) span: Span,
}

impl Node {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Kind::Map(entries) = &self.kind else {
            return None;
        };
        entries
            .iter()
            .find(|(known, _)| known.text == key)
            .map(|(_, node)| node)
    }

    /// Where to point when the whole is meant: the first key of a map, else the value.
    pub(super) fn head(&self) -> Span {
        match &self.kind {
            Kind::Map(entries) => entries.first().map_or(self.span, |(key, _)| key.span),
            Kind::List(items) => items.first().map_or(self.span, Self::head),
            Kind::Scalar { .. } => self.span,
        }
    }

    /// Nothing stands there: `key:` alone, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { value, plain: true, .. } if matches!(value.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    fn size(&self) -> usize {
        1 + match &self.kind {
            Kind::Scalar { .. } => 0,
            Kind::List(items) => items.iter().map(Self::size).sum(),
            Kind::Map(entries) => entries.iter().map(|(_, node)| 1 + node.size()).sum(),
        }
    }

    fn depth(&self) -> usize {
        1 + match &self.kind {
            Kind::Scalar { .. } => 0,
            Kind::List(items) => items.iter().map(Self::depth).max().unwrap_or(0),
            Kind::Map(entries) => entries
                .iter()
                .map(|(_, node)| node.depth())
                .max()
                .unwrap_or(0),
        }
    }
}

/// The one document of a file; `None` if it holds nothing. Keys given twice are reported, and the first one counts.
///
/// # Errors
/// What makes the text unreadable.
pub(super) fn locate(
    source: SourceId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Node>, Diagnostic> {
    let start = Span {
        source,
        start: 0,
        end: 0,
    };
    if text.len() > LONGEST_TEXT {
        return Err(codes::too_long(start, text.len() >> 20, LONGEST_TEXT >> 20));
    }
    let places = Places::new(source, text);
    let mut builder = Builder {
        places,
        open: Vec::new(),
        anchors: HashMap::new(),
        repeated: 0,
        root: None,
        diagnostics,
    };
    // An alias, an anchor and a tag are the only things that the parser itself resolves; it never recurses.
    let mut parser = Parser::new(StrInput::new(text));
    while let Some(event) = parser.next_event() {
        let (event, marks) = event.map_err(|error| builder.places.unreadable(&error))?;
        builder.take(event, marks)?;
    }
    Ok(builder.root)
}

/// From the parser's places, which count characters, to spans, which count bytes.
struct Places<'t> {
    source: SourceId,
    text: &'t str,
    /// The byte of each character; empty where both are the same.
    bytes: Vec<u32>,
}

impl<'t> Places<'t> {
    fn new(source: SourceId, text: &'t str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).collect()
        };
        Self {
            source,
            text,
            bytes,
        }
    }

    fn byte(&self, character: usize) -> u32 {
        let end = self.text.len() as u32;
        if self.bytes.is_empty() {
            end.min(character as u32)
        } else {
            self.bytes.get(character).copied().unwrap_or(end)
        }
    }

    fn span(&self, marks: Marks) -> Span {
        let start = self.byte(marks.start.index());
        let end = self.byte(marks.end.index()).max(start);
        Span {
            source: self.source,
            start,
            end,
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    fn unreadable(&self, error: &ScanError) -> Diagnostic {
        let start = self.byte(error.marker().index());
        let after = self
            .text
            .get(start as usize..)
            .and_then(|rest| rest.chars().next());
        let end = start + after.map_or(0, |next| next.len_utf8() as u32);
        codes::unreadable(
            Span {
                source: self.source,
                start,
                end,
            },
            error.info(),
        )
    }

    /// The span of what a scalar says, and whether its bytes say it verbatim (but for layout).
    fn content(&self, marks: Marks, style: ScalarStyle, value: &str) -> (Span, bool) {
        let whole = self.span(marks);
        let written = self.slice(whole);
        let (skip, body) = match style {
            ScalarStyle::Plain => (0, written),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inside = written
                    .get(1..written.len().saturating_sub(1))
                    .unwrap_or("");
                (1, inside)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The parser gives the place now of the header line, now of the body.
                let header = if written.starts_with(['|', '>']) {
                    written.find('\n').map_or(written.len(), |at| at + 1)
                } else {
                    0
                };
                (header, &written[header..])
            }
        };
        let verbatim = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => body == value,
            _ => true,
        };
        let leading = body.len() - body.trim_start().len();
        let start = whole.start + (skip + leading) as u32;
        let end = start + body.trim().len() as u32;
        (
            Span {
                start,
                end,
                ..whole
            },
            verbatim,
        )
    }
}

/// A list or map whose end has not come yet.
struct Open {
    start: Span,
    anchor: usize,
    kind: Kind,
    key: Option<Key>,
    seen: HashMap<String, Span>,
}

struct Builder<'t, 'd> {
    places: Places<'t>,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    repeated: usize,
    root: Option<Node>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Builder<'_, '_> {
    fn take(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Diagnostic> {
        let span = self.places.span(marks);
        match event {
            Event::DocumentStart(_) if self.root.is_some() => Err(codes::second_document(span)),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if tag.is_some() =>
            {
                let _ = anchor;
                Err(codes::tag(span))
            }
            Event::SequenceStart(anchor, _) => self.begin(span, anchor, Kind::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.begin(span, anchor, Kind::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Scalar(_, _, _, Some(_)) => Err(codes::tag(span)),
            Event::Scalar(value, style, anchor, None) => {
                let (span, verbatim) = self.places.content(marks, style, &value);
                let plain = style == ScalarStyle::Plain;
                let kind = Kind::Scalar {
                    value: value.into_owned(),
                    plain,
                    verbatim,
                };
                self.add(Node { span, kind }, anchor)
            }
            Event::Alias(anchor) => self.repeat(span, anchor),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, start: Span, anchor: usize, kind: Kind) -> Result<(), Diagnostic> {
        if self.open.len() >= DEEPEST {
            return Err(codes::too_deep(start, DEEPEST));
        }
        self.open.push(Open {
            start,
            anchor,
            kind,
            key: None,
            seen: HashMap::new(),
        });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        // The end of a block is known only when the next line begins: its last value is nearer.
        let last = match &open.kind {
            Kind::List(items) => items.last().map(|node| node.span),
            Kind::Map(entries) => entries.last().map(|(_, node)| node.span),
            Kind::Scalar { .. } => None,
        };
        let last = last
            .filter(|last| last.start >= open.start.start)
            .unwrap_or(end);
        let span = open.start.to(last);
        self.add(
            Node {
                span,
                kind: open.kind,
            },
            open.anchor,
        )
    }

    fn repeat(&mut self, span: Span, anchor: usize) -> Result<(), Diagnostic> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(codes::alias_of_itself(span));
        };
        self.repeated += node.size();
        if self.repeated > MOST_REPEATED {
            return Err(codes::too_many_aliases(span, MOST_REPEATED));
        }
        if self.open.len() + node.depth() > DEEPEST {
            return Err(codes::too_deep(span, DEEPEST));
        }
        let node = node.clone();
        self.add(node, 0)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut open.kind, open.key.take()) {
            (Kind::Map(entries), Some(key)) => {
                if let Some(&first) = open.seen.get(&key.text) {
                    let duplicate = codes::duplicate_key(key.span, &key.text, first);
                    self.diagnostics.push(duplicate);
                } else {
                    open.seen.insert(key.text.clone(), key.span);
                    entries.push((key, node));
                }
            }
            (Kind::Map(_), None) => match node.kind {
                Kind::Scalar { value: text, .. } => {
                    let span = node.span;
                    open.key = Some(Key { text, span });
                }
                _ => return Err(codes::key_is_no_text(node.span)),
            },
            (Kind::List(items), _) => items.push(node),
            (Kind::Scalar { .. }, _) => {}
        }
        Ok(())
    }
}
