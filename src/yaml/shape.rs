//! The shapes of values in a YAML file: how each is decoded, checked and given its place.
//!
//! `serde` decodes; [`Shape`] says beforehand, all at once and with the place, what it would refuse, and puts the places in
//! afterwards. [`record!`] makes both from one list of keys.

use super::node::{Kind, Node};
use super::outline::Outline;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::yaml as codes;
use crate::source::{SourceId, Span};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

/// A value that a file may hold.
#[cfg_attr(
    not(feature = "exercise"),
    allow(dead_code, reason = "only files of exercises have a schema")
)]
pub(crate) trait Shape: Sized {
    /// The key may be left out.
    const OPTIONAL: bool = false;

    /// Reports what is wrong with the shape of the value of `key`.
    fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>);

    /// Takes over the places (and, for texts, the letters as written).
    fn locate(&mut self, node: &Node);

    /// What may stand there.
    fn outline() -> Outline;
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// As written, without quotes: `0930` stays `0930`, `1914` is a text here too.
    pub text: String,
    /// Where, without the quotes.
    pub span: Span,
    /// The bytes of the span read the same as the text, layout apart: spans inside can be exact.
    pub verbatim: bool,
}

/// A whole number, `true` or `false` with its place.
macro_rules! scalar {
    ($(#[$doc:meta])* $name:ident($inner:ty), $wanted:literal, $outline:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(transparent)]
        pub struct $name {
            /// The value.
            pub value: $inner,
            /// Where.
            #[serde(skip, default = "nowhere")]
            pub span: Span,
        }

        impl Shape for $name {
            fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) {
                let sound = matches!(&node.kind, Kind::Scalar { value, plain: true, .. } if value.parse::<$inner>().is_ok());
                if !sound {
                    diagnostics.push(codes::wrong_shape(node.head(), key, $wanted, seen(node)));
                }
            }

            fn locate(&mut self, node: &Node) {
                self.span = node.span;
            }

            fn outline() -> Outline {
                Outline::$outline
            }
        }
    };
}

scalar!(
    /// `true` or `false`.
    Flag(bool), "`true` or `false`", Flag
);
scalar!(
    /// A whole number.
    Number(u32), "a whole number", Number
);

pub(crate) fn nowhere() -> Span {
    Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    }
}

/// One or several values: `x` or `[x, y]`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Many(pub Vec<Text>);

/// Names with texts, in the order written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table(pub Vec<(Text, Text)>);

impl Text {
    fn of(node: &Node) -> Self {
        let mut text = Self::default();
        text.locate(node);
        text
    }
}

impl Default for Text {
    fn default() -> Self {
        Self {
            text: String::new(),
            span: nowhere(),
            verbatim: false,
        }
    }
}

/// What the value is, in words.
fn seen(node: &Node) -> &'static str {
    match &node.kind {
        _ if node.is_null() => "nothing",
        Kind::Scalar { plain: true, .. } => "a text",
        Kind::Scalar { .. } => "a quoted text",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a block of keys",
    }
}

impl Shape for Text {
    fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) {
        if node.is_null() || !matches!(node.kind, Kind::Scalar { .. }) {
            diagnostics.push(codes::wrong_shape(node.head(), key, "a text", seen(node)));
        }
    }

    fn locate(&mut self, node: &Node) {
        if let Kind::Scalar {
            value, verbatim, ..
        } = &node.kind
        {
            value.trim().clone_into(&mut self.text);
            self.span = node.span;
            self.verbatim = *verbatim;
        }
    }

    fn outline() -> Outline {
        Outline::Text
    }
}

impl<T: Shape> Shape for Option<T> {
    const OPTIONAL: bool = true;

    fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) {
        T::check(node, key, diagnostics);
    }

    fn locate(&mut self, node: &Node) {
        if let Some(value) = self {
            value.locate(node);
        }
    }

    fn outline() -> Outline {
        T::outline()
    }
}

impl<T: Shape> Shape for Vec<T> {
    const OPTIONAL: bool = true;

    fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) {
        match &node.kind {
            Kind::List(items) => items
                .iter()
                .for_each(|item| T::check(item, key, diagnostics)),
            _ => diagnostics.push(codes::wrong_shape(node.head(), key, "a list", seen(node))),
        }
    }

    fn locate(&mut self, node: &Node) {
        if let Kind::List(items) = &node.kind {
            self.iter_mut()
                .zip(items)
                .for_each(|(value, item)| value.locate(item));
        }
    }

    fn outline() -> Outline {
        Outline::List(Box::new(T::outline()))
    }
}

impl Shape for Many {
    fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) {
        match node.kind {
            Kind::List(_) => Vec::<Text>::check(node, key, diagnostics),
            _ => Text::check(node, key, diagnostics),
        }
    }

    fn locate(&mut self, node: &Node) {
        let one = std::slice::from_ref(node);
        let nodes = if let Kind::List(items) = &node.kind {
            items
        } else {
            one
        };
        self.0 = nodes.iter().map(Text::of).collect();
    }

    fn outline() -> Outline {
        Outline::Many
    }
}

impl Shape for Table {
    fn check(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) {
        match &node.kind {
            Kind::Map(entries) => entries
                .iter()
                .for_each(|(_, value)| Text::check(value, key, diagnostics)),
            _ => diagnostics.push(codes::wrong_shape(
                node.head(),
                key,
                "`{name: verdict, ...}`",
                seen(node),
            )),
        }
    }

    fn locate(&mut self, node: &Node) {
        let Kind::Map(entries) = &node.kind else {
            return;
        };
        self.0.clear();
        for (key, value) in entries {
            let name = Text {
                text: key.text.clone(),
                span: key.span,
                verbatim: false,
            };
            self.0.push((name, Text::of(value)));
        }
    }

    fn outline() -> Outline {
        Outline::Table
    }
}

/// What holds texts: their letters and places are taken from the file itself, so decoding only has to step over them.
macro_rules! texts {
    ($($name:ident),*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                IgnoredAny::deserialize(deserializer).map(|_| Self::default())
            }
        }
    )*};
}

texts!(Text, Many, Table);

/// Reports keys that are unknown or missing; `false` if the value is no block of keys at all.
pub(crate) fn check_keys(
    node: &Node,
    key: &str,
    what: &str,
    keys: &[(&str, bool)],
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let Kind::Map(entries) = &node.kind else {
        diagnostics.push(codes::wrong_shape(node.head(), key, what, seen(node)));
        return false;
    };
    let known = || keys.iter().map(|(known, _)| *known);
    for (found, _) in entries {
        if known().all(|known| known != found.text) {
            diagnostics.push(codes::unknown_key(found.span, &found.text, what, known()));
        }
    }
    for (required, optional) in keys {
        if !optional && node.get(required).is_none() {
            diagnostics.push(codes::missing_key(node.head(), required, what));
        }
    }
    true
}

/// A block of keys: the struct, how `serde` decodes it, and its [`Shape`].
macro_rules! record {
    ($(#[$doc:meta])* $name:ident ($what:literal) {
        $($(#[doc = $key_doc:literal])* $key:literal $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[doc = $key_doc])*
                #[serde(rename = $key, default)]
                pub $field: $type,
            )*
            /// Where.
            #[serde(skip, default = "crate::yaml::shape::nowhere")]
            pub span: crate::source::Span,
        }

        impl crate::yaml::shape::Shape for $name {
            fn check(
                node: &crate::yaml::node::Node,
                key: &str,
                diagnostics: &mut Vec<crate::diagnostic::Diagnostic>,
            ) {
                let keys = [$(($key, <$type as crate::yaml::shape::Shape>::OPTIONAL)),*];
                if crate::yaml::shape::check_keys(node, key, $what, &keys, diagnostics) {
                    $(
                        if let Some(value) = node.get($key) {
                            <$type as crate::yaml::shape::Shape>::check(value, $key, diagnostics);
                        }
                    )*
                }
            }

            fn locate(&mut self, node: &crate::yaml::node::Node) {
                self.span = node.span;
                $(
                    if let Some(value) = node.get($key) {
                        crate::yaml::shape::Shape::locate(&mut self.$field, value);
                    }
                )*
            }

            fn outline() -> crate::yaml::outline::Outline {
                use crate::yaml::shape::Shape;
                let keys = vec![$(crate::yaml::outline::Entry {
                    key: $key,
                    about: concat!($($key_doc),*).trim(),
                    optional: <$type as Shape>::OPTIONAL,
                    outline: <$type as Shape>::outline(),
                }),*];
                crate::yaml::outline::Outline::Block { what: $what, keys }
            }
        }
    };
}
pub(crate) use record;
