//! What to write instead: cures for the turns of treaties and of plain English that the language says otherwise.

use super::expected::{Expected, Weight};
use super::token::word;
use super::words;

/// Numbers that lawyers spell out.
const NUMBERS: &[(&str, &str)] = &[
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("sixty", "60"),
    ("ninety", "90"),
];
/// Words with which lawyers bring in an exception or a condition.
const PROVISOS: &[&str] = &["except", "save", "only", "provided", "excepting", "but"];
/// Other verbs for a duty.
const DUTIES: &[&str] = &[
    "must",
    "will",
    "should",
    "undertakes",
    "undertake",
    "agrees",
    "agree",
    "pledges",
    "pledge",
];
const AMOUNT: &str = "an amount is `at least 30001 tons`, `exactly 30000 tons` or `30000 tons`; a ceiling is a ban on `at least` one more";
const EXCEPTION: &str =
    "an exception is written `unless ...`, a condition `if ...`: `..., unless russia attacks P`";
const PARTIES: &str = "write `the parties`, `each party` or `a party P`";
const SECOND_NORM: &str =
    "`and` joins no norms: set them off by `;`: `P shall consult Q; Q shall consult P`";
const NO_OTHER: &str =
    "after `no party` nobody can be excepted: write `a party S other than ... shall not ...`";
const DENIAL: &str = "to deny that somebody owes, breaches or considers something, write an exception: `unless P has breached article 1`";
const DUTY: &str =
    "a duty is said with `shall`, a permission with `may`, a power with `has power to`";

/// A cure, and the word to write instead if it is one only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cure {
    pub help: &'static str,
    pub instead: Option<&'static str>,
}

/// The cure for a word that stands where something else was expected, by the words before it.
pub(super) fn cure(before: &str, rest: &str, expected: &[(Expected, Weight)]) -> Option<Cure> {
    let (found, after) = word(rest);
    let must = |one: Expected| expected.contains(&(one, Weight::Must));
    let last = last_word(before);
    if must(Expected::Number)
        && let Some((_, digits)) = NUMBERS.iter().find(|(spelled, _)| *spelled == found)
    {
        let help = "numbers are written in figures";
        return Some(Cure {
            help,
            instead: Some(digits),
        });
    }
    let help = match found {
        "when" | "if" | "that" if PROVISOS.contains(&last) => EXCEPTION,
        "more" | "fewer" | "less" if word(after).0 == "than" => AMOUNT,
        "most" if last == "at" => AMOUNT,
        "at" if word(after).0 == "most" => AMOUNT,
        "than" if last == "less" => AMOUNT,
        "and" if must(Expected::Qualifier) => SECOND_NORM,
        "contracting" | "parties" if matches!(last, "high" | "contracting") => PARTIES,
        _ if last == words::NOT && words::UNDENIED.contains(&found) => DENIAL,
        "other" if must(Expected::Modality) && begins_with_no(before) => NO_OTHER,
        _ if must(Expected::Modality) && DUTIES.contains(&found) => DUTY,
        _ => return None,
    };
    Some(Cure {
        help,
        instead: None,
    })
}

/// What is general about a place where something else was expected.
pub(super) fn general(expected: &[(Expected, Weight)]) -> Option<&'static str> {
    let mut musts = expected
        .iter()
        .filter(|(_, weight)| *weight == Weight::Must);
    musts.find_map(|(expected, _)| advice(*expected))
}

fn advice(expected: Expected) -> Option<&'static str> {
    Some(match expected {
        Expected::Verb => "after `shall`, `may`, `to` and `not` stands the base form of a verb",
        Expected::Modality => {
            "before it stands the subject: a name, a variable, `the parties`, `each party Q`, `a state S` or `no party`"
        }
        Expected::Predicate => {
            "somebody does (`A attacks P`), has done (`A has attacked P`) or is something (`P is at-war with A`)"
        }
        Expected::Qualifier => {
            "what is no qualifier needs no comma before it; a further norm comes after `;`, a further clause after a full stop"
        }
        Expected::Norm | Expected::ClauseStart => {
            "for example `when a state A attacks a party P, each other party Q shall assist P against A.`"
        }
        Expected::Unit => "a period is `15 days`, `2 weeks`, `6 months` or `1 year`",
        Expected::Class => {
            "`casus list statuses` tells which words can be classes besides those of the language"
        }
        Expected::Sign('.') => {
            "a clause ends with a full stop; conditions and qualifiers are set off by commas, further norms by `;`"
        }
        _ => return None,
    })
}

/// The last word before, empty behind a sign.
fn last_word(before: &str) -> &str {
    let last = before
        .trim_end()
        .rsplit(|c: char| c.is_whitespace() || c == '(');
    last.clone()
        .next()
        .filter(|word| !word.ends_with([',', ';', '.']))
        .unwrap_or("")
}

/// Whether the norm that is being read began with `no`.
fn begins_with_no(before: &str) -> bool {
    let norm = before
        .rsplit(['.', ',', ';', ')', '"', '\n'])
        .next()
        .unwrap_or("");
    word(norm).0 == "no"
}
