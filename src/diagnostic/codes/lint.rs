//! Warnings about treaties that can be read but probably do not say what was meant (`W...`), one constructor a code.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// All codes of this file, in order, with what each is about.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("W001", "a variable used once"),
    ("W002", "a bearer who is not a party"),
    ("W003", "a treaty that is never in force"),
    ("W004", "a clause that can never fire"),
    ("W005", "an unused area"),
    ("W006", "an unused reading"),
    ("W007", "two variables of one name"),
    ("W008", "a reservation without effect"),
    ("W009", "an article without a clause"),
    ("W010", "two exceptions that may clash"),
    ("W011", "a variable that looks like a name"),
    ("W012", "a precedence that never decides"),
    ("W013", "a side of a polygon that goes nowhere or anywhere"),
];

/// `when A attacks P, each party shall mobilise`: A and P, never named again, may be slips of the pen.
pub fn used_once(span: Span, variable: &str) -> Diagnostic {
    let message = format!("`{variable}` is named only here and has no class");
    Diagnostic::warning("W001", span, message)
        .help("if anyone will do, write `an actor`; else check its spelling")
}

/// `france shall assist P` in a treaty that does not list france.
pub fn bearer_not_party(span: Span, name: &str, treaty: &str) -> Diagnostic {
    let message = format!("`{name}` is not a party to `{treaty}`, so this binds nobody");
    Diagnostic::warning("W002", span, message)
}

/// A head without entry into force.
pub fn never_in_force(span: Span, treaty: &str) -> Diagnostic {
    let message = format!("nothing says when `{treaty}` is in force, so it never is");
    Diagnostic::warning("W003", span, message).help(
        "write `in force from DATE`, `enters into force on DATE` or `enters into force when ...`",
    )
}

/// Conditions that contradict each other whatever the facts.
pub fn never_fires(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning("W004", span, "this clause can never fire").here(why)
}

/// Two corners half the world apart, or one twice: the side between them is not the one that was meant.
pub fn strange_side(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning("W013", span, format!("a side of this polygon {why}")).help(
        "sides take the short way round the globe, over the date line too: put corners between, so that each spans less than 180 degrees of longitude",
    )
}

/// An area that no clause speaks of.
pub fn unused_area(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "W005",
        span,
        format!("no clause speaks of the area `{name}`"),
    )
}

/// A reading on which no clause depends.
pub fn unused_reading(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "W006",
        span,
        format!("no clause depends on the reading `{name}`"),
    )
    .help("a dispute matters only where a clause stands `on the reading ...`")
}

/// `unless X objects, if X helps P`: the X inside is another.
/// Where the norm itself says who it is (`in_norm`), no condition can stand before this one.
pub fn two_of_one_name(span: Span, variable: &str, in_norm: bool) -> Diagnostic {
    let message = format!("this `{variable}` is not the `{variable}` of the rest of the clause");
    let cure = if in_norm {
        format!(
            "put the condition after the norm: `a state {variable} may ..., unless {variable} ...`"
        )
    } else {
        format!("put the condition behind one that binds `{variable}`")
    };
    Diagnostic::warning("W007", span, message).help(format!(
        "`{variable}` is first met inside this condition and stays inside: {cure}"
    ))
}

/// `Turkey shall notify P`: a capital makes it a variable, so that anybody will do.
pub fn name_as_variable(span: Span, written: &str, name: &str) -> Diagnostic {
    let message =
        format!("`{written}` is a variable, for it begins with a capital: anybody will do");
    Diagnostic::warning("W011", span, message)
        .help("names are written in small letters")
        .instead(name)
}

/// A reservation by somebody who is not a party, or to an article that binds nobody.
pub fn idle_reservation(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(
        "W008",
        span,
        format!("this reservation has no effect: {why}"),
    )
}

/// An article with neither clauses nor `creates no position.`
pub fn empty_article(span: Span, label: &str) -> Diagnostic {
    Diagnostic::warning("W009", span, format!("article `{label}` says nothing"))
        .help("write `creates no position.` or `not encoded \"why\".`")
}

/// Two clauses prevail over a third, order and forbid the same, and neither prevails over the other.
pub fn rival_exceptions(span: Span, other: Span, target: &str) -> Diagnostic {
    let message =
        format!("two exceptions to {target} may clash, and neither prevails over the other");
    Diagnostic::warning("W010", span, message)
        .also(other, "what this one asks, the other forbids")
        .help("say which prevails with `notwithstanding`, or keep their conditions apart")
}

/// A clause prevails over another that speaks of another place, so that the two never meet.
pub fn precedence_elsewhere(span: Span, other: Span, target: &str) -> Diagnostic {
    let message = format!("this and {target} never meet: they do not name the same place");
    Diagnostic::warning("W012", span, message)
        .also(other, "here the same act in another place")
        .help("name the same place in both, or keep the smaller out of the larger: `area ... except ...`")
}
