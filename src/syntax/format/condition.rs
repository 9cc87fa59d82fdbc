//! Conditions as text; where one may be broken off stands a mark instead of a space.

use super::noun::{has_list, is_plural};
use super::{BREAK, Print};
use crate::syntax::ast::{
    Comparison, Condition, Modal, Noun, Predicate, Reference, Subject, Threshold,
};
use crate::syntax::words;

impl<'a> Print<'a> {
    pub(super) fn condition(self, out: &mut String, condition: &Condition) {
        self.joined(out, condition, 0);
    }

    /// A condition with so many brackets around it already.
    fn joined(self, out: &mut String, condition: &Condition, around: usize) {
        match condition {
            Condition::Any(parts) => {
                if self.says_either(parts) {
                    out.push_str("either ");
                }
                self.parts(out, parts, words::OR, around);
            }
            Condition::All(parts) => self.parts(out, parts, words::AND, around),
            literal => self.literal(out, literal),
        }
    }

    /// Parts with `and` or `or` between.
    fn parts(self, out: &mut String, parts: &[Condition], joint: &str, around: usize) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                out.push(BREAK);
                out.push_str(joint);
                out.push(' ');
            }
            let around = if at > 0 { 0 } else { around };
            match part {
                _ if at > 0 && begins_with_list(part) => self.bracketed(out, part),
                Condition::All(inner) if joint == words::OR && !self.in_brackets(inner, around) => {
                    self.parts(out, inner, words::AND, 0);
                }
                _ => self.literal(out, part),
            }
        }
    }

    fn bracketed(self, out: &mut String, condition: &Condition) {
        out.push('(');
        self.joined(out, condition, 1);
        out.push(')');
    }

    fn literal(self, out: &mut String, condition: &Condition) {
        match condition {
            Condition::All(_) | Condition::Any(_) => self.bracketed(out, condition),
            Condition::Sentence(sentence) => self.sentence(out, sentence),
            Condition::Position(modal) => self.modal(out, modal),
            Condition::Reading(name, _) => {
                out.push_str(&format!("the reading {} is right", name.text));
            }
            Condition::Owes {
                who,
                what,
                under,
                towards,
                ..
            } => {
                self.noun(out, who);
                out.push_str(" owes a ");
                out.push_str(&what.text);
                out.push_str(" under ");
                self.reference(out, under);
                self.noun_after(out, " towards ", towards.as_ref());
            }
            Condition::Breach {
                who,
                perfect,
                what,
                against,
                ..
            } => self.breach(out, who, *perfect, what, against.as_ref()),
            Condition::Considers { who, what, .. } => {
                self.noun(out, who);
                out.push_str(" considers that ");
                self.literal(out, what);
            }
            Condition::Count {
                comparison,
                threshold,
                of,
                predicate,
                ..
            } => self.count(out, *comparison, *threshold, of, predicate),
        }
    }

    fn breach(
        self,
        out: &mut String,
        who: &Noun,
        perfect: bool,
        what: &Reference,
        against: Option<&Noun>,
    ) {
        self.noun(out, who);
        out.push_str(match (perfect, is_plural(who)) {
            (false, false) => " breaches ",
            (false, true) => " breach ",
            (true, false) => " has breached ",
            (true, true) => " have breached ",
        });
        self.reference(out, what);
        self.noun_after(out, " against ", against);
    }

    fn noun_after(self, out: &mut String, before: &str, noun: Option<&Noun>) {
        if let Some(noun) = noun {
            out.push_str(before);
            self.noun(out, noun);
        }
    }

    fn count(
        self,
        out: &mut String,
        comparison: Comparison,
        threshold: Threshold,
        of: &Noun,
        predicate: &Predicate,
    ) {
        out.push_str(match comparison {
            Comparison::AtLeast => "at least ",
            Comparison::AtMost => "at most ",
            Comparison::FewerThan => "fewer than ",
            Comparison::MoreThan => "more than ",
            Comparison::All => "all ",
        });
        match threshold {
            Threshold::Number(number) => out.push_str(&format!("{number} ")),
            Threshold::Fraction(..) if comparison == Comparison::All => {}
            Threshold::Fraction(part, whole) => out.push_str(&format!("{part}/{whole} of the ")),
        }
        match of {
            Noun::Class(class) => self.class(out, class),
            other => self.noun(out, other),
        }
        out.push(' ');
        self.predicate(out, predicate, threshold != Threshold::Number(1));
    }

    /// Whether `either` was written before the first of these.
    fn says_either(self, parts: &[Condition]) -> bool {
        let Some(start) = parts.first().map(Start::of) else {
            return false;
        };
        let (before, brackets) = self.before_brackets(start.at);
        let last = before.rsplit([' ', '\t', '\n', '(']).next();
        let own = start.must..=start.must + start.may;
        last == Some(words::EITHER) && own.contains(&brackets)
    }

    /// Whether brackets were written around these, besides so many around the whole.
    fn in_brackets(self, parts: &[Condition], around: usize) -> bool {
        let Some(start) = parts.first().map(Start::of) else {
            return false;
        };
        self.before_brackets(start.at).1 > start.must + around
    }

    /// What was written before a byte and the brackets before that, and the number of brackets.
    fn before_brackets(self, at: u32) -> (&'a str, usize) {
        let mut before = self.before(at).unwrap_or("").trim_end();
        let mut brackets = 0;
        while let Some(shorter) = before.strip_suffix('(') {
            before = shorter.trim_end();
            brackets += 1;
        }
        (before, brackets)
    }
}

/// The byte at which a condition begins, brackets before it left out.
pub(super) fn start(condition: &Condition) -> u32 {
    Start::of(condition).at
}

/// Where the first literal of a condition begins, and the brackets that may have been opened there.
#[derive(Clone, Copy)]
struct Start {
    at: u32,
    /// Brackets that the condition cannot do without.
    must: usize,
    /// Brackets around what binds more closely anyway.
    may: usize,
}

impl Start {
    fn of(condition: &Condition) -> Self {
        let literal = |at: u32| Self {
            at,
            must: 0,
            may: 0,
        };
        let first = |parts: &[Condition]| parts.first().map_or(literal(0), Self::of);
        match condition {
            Condition::Any(parts) => {
                let first = first(parts);
                let must = first.must + 1;
                Self { must, ..first }
            }
            Condition::All(parts) => {
                let first = first(parts);
                let may = first.may + 1;
                Self { may, ..first }
            }
            Condition::Sentence(sentence) => literal(sentence.span.start),
            Condition::Position(modal) => literal(modal.span.start),
            Condition::Reading(_, span)
            | Condition::Owes { span, .. }
            | Condition::Breach { span, .. }
            | Condition::Considers { span, .. }
            | Condition::Count { span, .. } => literal(span.start),
        }
    }
}

/// Whether it begins with a list of nouns; after `or` it then needs brackets.
fn begins_with_list(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.first().is_some_and(begins_with_list)
        }
        Condition::Sentence(sentence) => has_list(&sentence.subject),
        Condition::Position(Modal { subject, .. }) => match subject {
            Subject::Noun(noun) => has_list(noun),
            _ => false,
        },
        Condition::Owes { who, .. }
        | Condition::Breach { who, .. }
        | Condition::Considers { who, .. } => has_list(who),
        Condition::Count { .. } | Condition::Reading(..) => false,
    }
}
