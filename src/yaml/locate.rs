//! Where everything stands in a YAML text; with `places.rs` the only door to `saphyr-parser`.

use super::node::{Key, Kind, Node};
use super::places::Places;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::yaml as codes;
use crate::source::{SourceId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, StrInput};
use std::collections::HashMap;

/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = 16 << 20;
/// The deepest nesting that is read; a sound scenario needs five.
const DEEPEST: usize = 64;
/// How many values aliases may repeat in all.
const MOST_REPEATED: usize = 10_000;

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
