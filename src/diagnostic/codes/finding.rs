//! What `casus lint` finds in clauses that can be read and used (`T...`), one constructor a code; docs/lint has a page for each.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// All codes of this file, in order, with what each is about.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("T001", "an allowance without a reason"),
    ("T002", "an allowance without effect"),
    ("T101", "a clause that never applies"),
    ("T102", "a shadowed clause"),
    ("T103", "an idle exception"),
    ("T104", "a redundant or contradictory condition"),
    ("T201", "a conflict between clauses"),
    ("T202", "rival exceptions"),
    ("T203", "a duty that cannot be performed"),
    ("T301", "an edit without effect"),
];

/// `# casus: allow T102` and no word why.
pub fn no_reason(span: Span, code: &str) -> Diagnostic {
    let message = format!("nothing says why {code} is allowed here");
    Diagnostic::error("T001", span, message)
        .help(format!("write `# casus: allow {code} because ...`"))
}

/// An allowance for what is not found there.
pub fn no_effect(span: Span, code: &str) -> Diagnostic {
    let message = format!("{code} is allowed here and not found");
    Diagnostic::warning("T002", span, message).help("take the remark away")
}

/// No scenario was found in which the clause applies; `contradicts`: it would but for this condition.
pub fn never_applies(
    span: Span,
    citation: &str,
    parties: usize,
    contradicts: Option<&str>,
) -> Diagnostic {
    let message = format!("`{citation}` applies in no scenario of up to {parties} parties");
    let found = Diagnostic::warning("T101", span, message);
    match contradicts {
        Some(condition) => found.help(format!(
            "it would apply but for `{condition}`, which goes against the rest"
        )),
        None => found,
    }
}

/// Whatever the clause grants, others grant on the same terms.
pub fn shadowed(span: Span, citation: &str, parties: usize) -> Diagnostic {
    let message = format!(
        "other clauses grant all that `{citation}` grants, in every scenario of up to {parties} parties"
    );
    Diagnostic::warning("T102", span, message)
}

/// An exception that never decides.
pub fn idle_exception(span: Span, citation: &str, exception: &str, parties: usize) -> Diagnostic {
    let message = format!(
        "the exception `{exception}` of `{citation}` is never what decides, in scenarios of up to {parties} parties"
    );
    Diagnostic::warning("T103", span, message)
}

/// A condition that is never the only one to fail.
pub fn redundant(span: Span, citation: &str, condition: &str, parties: usize) -> Diagnostic {
    let message = format!(
        "the condition `{condition}` of `{citation}` is never what decides, in scenarios of up to {parties} parties"
    );
    Diagnostic::warning("T104", span, message)
}

/// Two clauses that cannot both be honoured.
pub fn conflict(
    span: Span,
    other: Span,
    sentences: &[String; 2],
    witness: &[String],
) -> Diagnostic {
    let message = format!(
        "`{}` and `{}`, and nothing says which prevails",
        sentences[0], sentences[1]
    );
    Diagnostic::error("T201", span, message)
        .here(when(witness))
        .also(other, "the other clause")
        .help("say which prevails, `subject to ...` or `notwithstanding ...`, or except the one from the other")
}

/// Two clauses that stand in place of the same one, both at once and on different terms.
pub fn rivals(
    spans: [Span; 3],
    sentence: &str,
    terms: &[String; 2],
    witness: &[String],
) -> Diagnostic {
    let [one, other, over] = spans;
    let named = terms
        .each_ref()
        .map(|terms| if terms.is_empty() { "no terms" } else { terms });
    let message = format!(
        "`{sentence}` by two exceptions at once, `{}` by the one and `{}` by the other, and nothing says which prevails",
        named[0], named[1]
    );
    Diagnostic::error("T202", one, message)
        .here(when(witness))
        .also(other, "the other exception")
        .also(over, "both stand in place of this")
        .help("say which prevails, `notwithstanding ...` or `subject to ...`, or except the one from the other")
}

/// In which scenario.
fn when(witness: &[String]) -> String {
    if witness.is_empty() {
        "always".to_owned()
    } else {
        format!("when {}", witness.join("; "))
    }
}

/// A duty that nothing can fulfil.
pub fn cannot_be_performed(span: Span, citation: &str, parties: usize) -> Diagnostic {
    let message = format!(
        "nothing that can be stated performs the duty of `{citation}` or ends it, in scenarios of up to {parties} parties"
    );
    Diagnostic::warning("T203", span, message)
}

/// A clause that reads differently and does the same.
pub fn edit_without_effect(span: Span, citation: &str, how_far: &str) -> Diagnostic {
    let message = format!("`{citation}` reads differently and does the same ({how_far})");
    Diagnostic::warning("T301", span, message)
}
