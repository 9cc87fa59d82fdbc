//! Conditions as text; where one may be broken off stands a mark instead of a space.

use super::noun::{has_list, is_plural};
use super::{BREAK, Print};
use crate::syntax::ast::{
    Comparison, Condition, Modal, Noun, Predicate, Reference, Subject, Threshold,
};
use crate::syntax::words;

impl Print<'_> {
    pub(super) fn condition(self, out: &mut String, condition: &Condition) {
        if let Condition::Any(parts) = condition {
            if self.says_either(parts) {
                out.push_str("either ");
            }
            self.parts(out, parts, words::OR);
        } else {
            self.conjunction(out, condition);
        }
    }

    fn conjunction(self, out: &mut String, condition: &Condition) {
        match condition {
            Condition::All(parts) => self.parts(out, parts, words::AND),
            literal => self.literal(out, literal),
        }
    }

    /// Literals, or conjunctions of literals, with `and` or `or` between.
    fn parts(self, out: &mut String, parts: &[Condition], joint: &str) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                out.push(BREAK);
                out.push_str(joint);
                out.push(' ');
            }
            let inner = matches!(part, Condition::All(_)) && joint == words::OR;
            match part {
                _ if at > 0 && begins_with_list(part) => self.bracketed(out, part),
                _ if inner => self.conjunction(out, part),
                _ => self.literal(out, part),
            }
        }
    }

    fn bracketed(self, out: &mut String, condition: &Condition) {
        out.push('(');
        self.condition(out, condition);
        out.push(')');
    }

    fn literal(self, out: &mut String, condition: &Condition) {
        match condition {
            Condition::All(_) | Condition::Any(_) => self.bracketed(out, condition),
            Condition::Sentence(sentence) => self.sentence(out, sentence),
            Condition::Position(modal) => self.modal(out, modal),
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
        let Some(first) = parts.first() else {
            return false;
        };
        let (start, brackets) = start_in_brackets(first);
        let Some(mut before) = self.before(start) else {
            return false;
        };
        for _ in 0..brackets {
            let stripped = before.trim_end().strip_suffix('(');
            before = stripped.unwrap_or("");
        }
        let last = before.trim_end().rsplit([' ', '\t', '\n', '(']).next();
        last == Some(words::EITHER)
    }
}

/// The byte at which a condition begins, brackets before it left out.
pub(super) fn start(condition: &Condition) -> u32 {
    start_in_brackets(condition).0
}

/// The byte at which its first literal begins, and the number of brackets before that as this formatter writes it in a list.
fn start_in_brackets(condition: &Condition) -> (u32, usize) {
    match condition {
        Condition::Any(parts) => match parts.first() {
            Some(first) => {
                let (start, brackets) = start_in_brackets(first);
                (start, brackets + 1)
            }
            None => (0, 0),
        },
        Condition::All(parts) => parts.first().map_or((0, 0), start_in_brackets),
        Condition::Sentence(sentence) => (sentence.span.start, 0),
        Condition::Position(modal) => (modal.span.start, 0),
        Condition::Owes { span, .. }
        | Condition::Breach { span, .. }
        | Condition::Considers { span, .. }
        | Condition::Count { span, .. } => (span.start, 0),
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
        Condition::Count { .. } => false,
    }
}
