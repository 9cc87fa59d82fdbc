//! Mistakes of names, kinds and structure in treaties (`N...`), one constructor a code.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::phrase::{and_ticked, or_ticked};
use crate::source::Span;

/// All codes of this file, in order, with what each is about.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("N001", "unknown name"),
    ("N002", "unknown verb"),
    ("N003", "unknown status"),
    ("N004", "unknown class"),
    ("N005", "not a treaty"),
    ("N006", "unknown article"),
    ("N007", "unknown clause"),
    ("N008", "unknown reading"),
    ("N009", "unknown means"),
    ("N010", "unknown manner"),
    ("N011", "unknown possession"),
    ("N012", "wrong form of a verb"),
    ("N013", "a role that the word does not take"),
    ("N014", "declared twice"),
    ("N015", "a variable that nothing binds"),
    ("N016", "a variable that stays inside"),
    ("N017", "a treaty without a party"),
    ("N018", "an end before its beginning"),
    ("N019", "a place inside itself"),
    ("N020", "a word that is a kind of itself"),
    ("N021", "a state that continues itself"),
    ("N022", "a treaty that depends on itself"),
    ("N023", "a circle of precedence"),
    ("N024", "a definition that depends on its own negation"),
    ("N025", "months without a unique end"),
    ("N026", "a name of the wrong kind"),
    ("N027", "too many roles"),
    ("N028", "a role that a kind cannot pass on"),
    ("N029", "words that need a treaty around them"),
    ("N030", "a class that would range over everybody"),
    ("N031", "a fact with a variable"),
    ("N032", "not a fact"),
    ("N033", "a subject that a norm cannot have"),
    ("N034", "not a sentence that can be deemed"),
    ("N035", "a dispute without a choice"),
    ("N036", "said twice in the head of a treaty"),
    ("N037", "unknown kind of bond"),
    ("N038", "together without a class"),
    ("N039", "a fact outside an existence"),
    ("N040", "a date is missing"),
    ("N041", "a role filled twice"),
    ("N042", "an amount out of place"),
    ("N043", "too many declarations"),
    ("N044", "a list out of place"),
    ("N045", "a narrowing of nothing"),
    ("N046", "each in a condition"),
    ("N047", "under in the wrong place"),
];

/// Mistakes that say that something is not declared.
pub const UNKNOWN: [&str; 11] = [
    "N001", "N002", "N003", "N004", "N005", "N006", "N007", "N008", "N009", "N010", "N011",
];

fn with_nearest(diagnostic: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(name) => diagnostic
            .help(format!("did you mean `{name}`?"))
            .instead(name),
        None => diagnostic,
    }
}

fn ticked(cycle: &[String], with: &str) -> String {
    let names: Vec<String> = cycle.iter().map(|name| format!("`{name}`")).collect();
    names.join(with)
}

/// `russa attacks belgium`: no such thing is declared.
pub fn unknown_name(span: Span, name: &str, expected: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("nothing is called `{name}`");
    with_nearest(
        Diagnostic::error("N001", span, message).here(format!("{expected} was expected")),
        nearest,
    )
}

/// `a state A atacks P`: no such form of a verb.
pub fn unknown_verb(span: Span, verb: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no verb has the form `{verb}`");
    with_nearest(
        Diagnostic::error("N002", span, message).here("a declared verb was expected"),
        nearest,
    )
}

/// `P is at-wor with A`: neither a status nor a name.
pub fn unknown_status(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is neither a status nor a name");
    with_nearest(
        Diagnostic::error("N003", span, message)
            .here("a declared status or a name was expected after `is`"),
        nearest,
    )
}

/// `P is attacked by A`: the language has no passive.
pub fn no_passive(span: Span, form: &str) -> Diagnostic {
    unknown_status(span, form, None).help(format!(
        "`{form}` is a form of a verb, and there is no passive: say who does it, as in `A attacks P` or `A has attacked P`"
    ))
}

/// `each guarntor G`: no class, role or status of this name.
pub fn unknown_class(span: Span, name: &str, named: bool, nearest: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is not a class");
    if named {
        let help =
            format!("`{name}` is the name of one thing: write it without `a`, `an` or `the`");
        return Diagnostic::error("N004", span, message)
            .here("a class was expected")
            .help(help);
    }
    with_nearest(
        Diagnostic::error("N004", span, message)
            .here("`state`, `party`, another class, a role of the treaty or a status without roles was expected"),
        nearest,
    )
}

/// `replaces triple-alianse`: no treaty of this name.
pub fn unknown_treaty(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no treaty is called `{name}`");
    with_nearest(
        Diagnostic::error("N005", span, message).here("a treaty was expected"),
        nearest,
    )
}

/// `article 99`: the treaty has no such article.
pub fn unknown_article(
    span: Span,
    label: &str,
    treaty: &str,
    known: &[&str],
    treaty_span: Span,
) -> Diagnostic {
    let message = format!("`{treaty}` has no article `{label}`");
    let diagnostic =
        Diagnostic::error("N006", span, message).also(treaty_span, "the treaty is declared here");
    match known {
        [] => diagnostic.help("it has no articles"),
        [.., last] if known.len() > 12 => {
            diagnostic.help(format!("its articles run from `{}` to `{last}`", known[0]))
        }
        _ => diagnostic.help(format!("it has {}", and_ticked(known))),
    }
}

/// `article 4 (9)`: the article has no such clause.
pub fn unknown_clause(span: Span, label: &str, article: &str, known: &[String]) -> Diagnostic {
    let message = format!("article `{article}` has no clause `({label})`");
    let diagnostic = Diagnostic::error("N007", span, message);
    if known.is_empty() {
        diagnostic.help("its clauses have no labels: leave the label out")
    } else {
        diagnostic.help(format!("its clauses are {}", and_ticked(known)))
    }
}

/// `on the reading nowhere`: no dispute of the treaty has it.
pub fn unknown_reading(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no dispute of this treaty has the reading `{name}`");
    with_nearest(Diagnostic::error("N008", span, message), nearest)
}

/// `with all-mean`: no such means.
pub fn unknown_means(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is not a means");
    with_nearest(
        Diagnostic::error("N009", span, message).here("declared means or an amount were expected"),
        nearest,
    )
}

/// `in-ampel-time`: no such manner.
pub fn unknown_manner(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is not a manner");
    with_nearest(
        Diagnostic::error("N010", span, message).here("a declared manner was expected"),
        nearest,
    )
}

/// `fleets of P`: no such possession.
pub fn unknown_possession(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is not a possession");
    with_nearest(
        Diagnostic::error("N011", span, message)
            .here("a declared possession was expected before `of`"),
        nearest,
    )
}

/// `A attack P`, `P shall assists Q`: the verb is known, its form is not the one wanted here.
pub fn verb_form(span: Span, written: &str, wanted: &str, what: &str) -> Diagnostic {
    let message = format!("`{written}` should be `{wanted}` here");
    Diagnostic::error("N012", span, message)
        .here(format!("the {what} was expected"))
        .instead(wanted)
}

/// `A attacks P against Q`: `attack` does not take `against`.
pub fn role_not_taken(
    span: Span,
    word: &str,
    role: &str,
    takes: &[String],
    declared: Span,
) -> Diagnostic {
    let message = match role {
        "object" => format!("`{word}` takes no object"),
        _ => format!("`{word}` does not take `{role}`"),
    };
    let takes = if takes.is_empty() {
        format!("`{word}` takes no roles")
    } else {
        format!("`{word}` takes {}", and_ticked(takes))
    };
    Diagnostic::error("N013", span, message)
        .help(takes)
        .also(declared, "declared here")
}

/// Two declarations of one name.
pub fn declared_twice(span: Span, what: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("N014", span, format!("{what} `{name}` is declared twice"))
        .also(first, "first declared here")
}

/// `each party Q shall assist P`: nothing says who P is.
pub fn unbound_variable(span: Span, name: &str) -> Diagnostic {
    let message = format!("nothing says who `{name}` is");
    Diagnostic::error("N015", span, message).help(format!(
        "name `{name}` in a condition that is not negated, for example `when a state {name} ...`, or give its class"
    ))
}

/// `unless a state X helps P, each party shall consult X`: X stays inside the `unless`.
pub fn stays_inside(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is first met inside a negation or a count and stays inside");
    Diagnostic::error("N016", span, message).help(format!(
        "name `{name}` before in a condition that is not negated"
    ))
}

/// A treaty that nobody is a party to.
pub fn no_party(span: Span, treaty: &str) -> Diagnostic {
    Diagnostic::error("N017", span, format!("`{treaty}` has no party"))
        .help("list them with `parties a, b`, `parties of T` or `open to every state`")
}

/// `from 1950 until 1940`.
pub fn end_before_beginning(span: Span, from: &str, until: &str) -> Diagnostic {
    Diagnostic::error("N018", span, format!("{until} is before {from}"))
        .here("the last day comes before the first")
}

/// `exists from 1900 until 1950, from 1940`.
pub fn spells_overlap(span: Span) -> Diagnostic {
    Diagnostic::error(
        "N018",
        span,
        "this spell begins before the end of the one before it",
    )
    .help("name the spells in the order of time, each but the last with its last day: `until`")
}

/// `place a in b`, `place b in a`.
pub fn place_cycle(span: Span, cycle: &[String]) -> Diagnostic {
    let message = format!("a place cannot lie in itself: {}", ticked(cycle, " in "));
    Diagnostic::error("N019", span, message)
}

/// `verb a ... a kind of b`, `verb b ... a kind of a`.
pub fn kind_cycle(span: Span, cycle: &[String]) -> Diagnostic {
    let message = format!(
        "a word cannot be a kind of itself: {}",
        ticked(cycle, ", a kind of ")
    );
    Diagnostic::error("N020", span, message)
}

/// `state a continues b`, `state b continues a`.
pub fn succession_cycle(span: Span, cycle: &[String]) -> Diagnostic {
    let message = format!(
        "a state cannot continue itself: {}",
        ticked(cycle, " continues ")
    );
    Diagnostic::error("N021", span, message)
}

/// `while T in force`, `replaces T`, `parties of T` in a circle.
pub fn treaty_cycle(span: Span, how: &str, cycle: &[String]) -> Diagnostic {
    let message = format!(
        "a treaty cannot depend on itself: {}",
        cycle.join(&format!(" {how} "))
    );
    Diagnostic::error("N022", span, message)
}

/// A prevails over B, which prevails over A.
pub fn precedence_cycle(span: Span, cycle: &[String], others: &[Span]) -> Diagnostic {
    let message = format!(
        "precedence goes in a circle: {}",
        cycle.join(" prevails over ")
    );
    let mut diagnostic = Diagnostic::error("N023", span, message)
        .help("take one `prevails over`, `notwithstanding` or `subject to` away");
    for other in others {
        diagnostic = diagnostic.also(*other, "part of the circle");
    }
    diagnostic
}

/// A definition that holds because it does not hold.
pub fn negative_cycle(span: Span, cycle: &str, others: &[Span]) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::error("N024", span, "this depends on its own negation").here(cycle);
    for other in others {
        diagnostic = diagnostic.also(*other, "part of the circle");
    }
    diagnostic.help("no day has an answer for it: break the circle")
}

/// `in force from 1950-01-31, for 1 month`.
pub fn ambiguous_months(span: Span, from: &str, period: &str, down: &str, up: &str) -> Diagnostic {
    let message = format!("{from} and {period} has no unique answer: {down} or {up}");
    Diagnostic::error("N025", span, message)
        .help("say `rounds up` or `rounds down` in the head of the treaty")
}

/// `continues europe`: a place where a state is wanted.
pub fn wrong_kind(span: Span, name: &str, is: &str, expected: &str, declared: Span) -> Diagnostic {
    Diagnostic::error("N026", span, format!("`{name}` is {is}, not {expected}"))
        .here(format!("{expected} was expected"))
        .also(declared, "declared here")
}

/// A verb that takes more than three roles.
pub fn too_many_roles(span: Span, word: &str) -> Diagnostic {
    let message = format!("`{word}` takes more than three roles");
    Diagnostic::error("N027", span, message).help("the place (`in`) does not count")
}

/// `a kind of use-force with object as over`: no such role here or there.
pub fn unknown_role(span: Span, word: &str, role: &str, takes: &[String]) -> Diagnostic {
    let message = format!("`{word}` has no role `{role}`");
    let diagnostic = Diagnostic::error("N028", span, message);
    if takes.is_empty() {
        diagnostic.help(format!("`{word}` takes no roles"))
    } else {
        diagnostic.help(format!("`{word}` takes {}", and_ticked(takes)))
    }
}

/// `this treaty` or `a party` outside a treaty.
pub fn needs_treaty(span: Span, what: &str) -> Diagnostic {
    let message = format!("{what} means nothing outside a treaty");
    Diagnostic::error("N029", span, message).help("name the treaty: `a party of T`")
}

/// `when A attacks P, each party Q shall supply-arms to a state X`: X would range over all states.
pub fn ranges_over_everybody(span: Span, class: &str, variable: &str) -> Diagnostic {
    let message = format!("`{variable}` would stand for every {class} at once");
    Diagnostic::error("N030", span, message)
        .help(format!(
            "in a norm with `when`, a condition must say who `{variable}` is; else write `any {class}`"
        ))
        .instead(format!("any {class}"))
}

/// `a state A attacks russia` as a fact.
pub fn fact_not_ground(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("N031", span, format!("a fact cannot speak of {what}"))
        .help("name the one it is about")
}

/// `russia has attacked ukraine` as a fact.
pub fn not_a_fact(span: Span, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("N032", span, format!("this is not a fact: {why}")).help(help)
}

/// `germany or italy shall assist P`.
pub fn bad_subject(span: Span, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("N033", span, format!("a norm cannot say this: {why}")).help(help)
}

/// `deem A does not attack P`.
pub fn not_deemable(span: Span, why: &str) -> Diagnostic {
    Diagnostic::error("N034", span, format!("this cannot be deemed: {why}"))
        .help("deem a plain sentence: `A attacks P`, `P is at-war with A`")
}

/// A dispute with fewer than two readings.
pub fn no_choice(span: Span, dispute: &str) -> Diagnostic {
    let message = format!("the dispute `{dispute}` has fewer than two readings");
    Diagnostic::error("N035", span, message)
}

/// Two `signed`, two entries into force.
pub fn said_twice(span: Span, what: &str, first: Option<Span>) -> Diagnostic {
    let message = format!("the head of this treaty says twice {what}");
    let diagnostic = Diagnostic::error("N036", span, message);
    match first {
        Some(first) => diagnostic.also(first, "said here before"),
        None => diagnostic,
    }
}

/// `binding holy`.
pub fn unknown_bond(span: Span, name: &str, known: &[&str], nearest: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is not a kind of bond");
    with_nearest(
        Diagnostic::error("N037", span, message).here(format!("{} was expected", or_ticked(known))),
        nearest,
    )
}

/// `germany and italy shall together assist P`.
pub fn together_needs_class(span: Span) -> Diagnostic {
    Diagnostic::error("N038", span, "`together` needs a class as its subject").help(
        "give them a role (`parties germany, italy as guarantor`) and write `the guarantors together`",
    )
}

/// A fact on a day on which its actor did not exist.
pub fn outside_existence(span: Span, name: &str, existed: &str, declared: Span) -> Diagnostic {
    let message = format!("`{name}` did not exist then");
    Diagnostic::error("N039", span, message)
        .here(existed)
        .also(declared, "declared here")
}

/// `in force until 1950`, `continues ussr` without a first day.
pub fn date_missing(span: Span, what: &str, help: &str) -> Diagnostic {
    Diagnostic::error("N040", span, format!("the day is missing {what}")).help(help)
}

/// `A attacks P against X against Y`.
pub fn role_twice(span: Span, role: &str) -> Diagnostic {
    Diagnostic::error("N041", span, format!("`{role}` is filled twice"))
}

/// `100000 men attacks P`.
pub fn amount_misplaced(span: Span) -> Diagnostic {
    Diagnostic::error("N042", span, "an amount cannot stand here")
        .help("an amount is an object or stands after `with`")
}

/// More declarations of one kind than the model can number.
pub fn too_many(span: Span, what: &str, limit: usize) -> Diagnostic {
    Diagnostic::error("N043", span, format!("more than {limit} {what}"))
}

/// A list where only one can stand.
pub fn list_misplaced(span: Span, help: &str) -> Diagnostic {
    Diagnostic::error("N044", span, "a list cannot stand here").help(help)
}

/// `in article 1, X means germany.`: no clause of article 1 has X.
pub fn narrows_nothing(span: Span, variable: &str, article: &str, known: &[String]) -> Diagnostic {
    let message = format!("no clause of article `{article}` has a variable `{variable}`");
    let diagnostic = Diagnostic::error("N045", span, message);
    if known.is_empty() {
        diagnostic
    } else {
        diagnostic.help(format!("it has {}", and_ticked(known)))
    }
}

/// `when each party approves M`.
pub fn each_in_condition(span: Span, class: &str) -> Diagnostic {
    let message = format!("a condition cannot say `each {class}` or `the ...`");
    Diagnostic::error("N046", span, message).help("write `all parties ...` or `a party P ...`")
}

/// `each party shall assist P under article 4` in a norm, `P is at-war under article 4`.
pub fn under_misplaced(span: Span, help: &str) -> Diagnostic {
    Diagnostic::error("N047", span, "`under` cannot stand here").help(help)
}
