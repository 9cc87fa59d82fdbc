//! From the text of a YAML file to its value; the only door to YAML values (`serde_yaml`).

use super::locate::locate;
use super::shape::Shape;
use crate::diagnostic::codes::yaml as codes;
use crate::diagnostic::{Diagnostic, any_error, sort};
use crate::source::{SourceId, Span};
use serde::de::DeserializeOwned;

/// Reads a file as a value such as a scenario; `what` names it in messages. Every mistake of form is reported at once. There
/// is a value only if there is no mistake.
pub(crate) fn read<T: Shape + DeserializeOwned>(
    source: SourceId,
    text: &str,
    what: &str,
) -> (Option<T>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let value = decode(source, text, what, &mut diagnostics);
    sort(&mut diagnostics);
    (value.filter(|_| !any_error(&diagnostics)), diagnostics)
}

/// The bare values of a file, with their places; `None` if it cannot be read.
#[cfg(feature = "exercise")]
pub(crate) fn values(source: SourceId, text: &str) -> Option<super::node::Node> {
    locate(source, text, &mut Vec::new()).ok().flatten()
}

fn decode<T: Shape + DeserializeOwned>(
    source: SourceId,
    text: &str,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
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
    T::check(&root, what, diagnostics);
    if any_error(diagnostics) {
        return None;
    }
    match serde_yaml::from_str::<T>(text) {
        Ok(mut value) => {
            value.locate(&root);
            Some(value)
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
