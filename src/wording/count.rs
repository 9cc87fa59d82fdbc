//! Counts in words: how many of whom do something, and the contrary.

use super::condition::Speaker;
use super::name::{class_noun, plural, with_article};
use super::sentence::Form;
use crate::model::condition::{Class, Comparison, Condition, Tense, Threshold};
use crate::model::vocabulary::PredicateKind;

impl Speaker<'_> {
    /// `at least 2/3 of the parties other than japan`
    pub(super) fn counted(
        self,
        comparison: Comparison,
        threshold: Threshold,
        class: &Class,
        except: &[Condition],
    ) -> String {
        let words = match comparison {
            Comparison::AtLeast => "at least",
            Comparison::AtMost => "at most",
            Comparison::FewerThan => "fewer than",
            Comparison::MoreThan => "more than",
        };
        let noun = match class {
            Class::Party(_, role) => role.clone().unwrap_or_else(|| "party".to_owned()),
            other => class_noun(self.rulebook, other),
        };
        let who = match threshold {
            Threshold::Number(number) => format!("{words} {number} {noun}"),
            Threshold::Fraction(a, b) if a == b && comparison == Comparison::AtLeast => {
                format!("all {}", plural(&noun))
            }
            Threshold::Fraction(a, b) => format!("{words} {a}/{b} of the {}", plural(&noun)),
        };
        let others: Vec<String> = except.iter().map(|part| self.excepted(part)).collect();
        if others.is_empty() {
            who
        } else {
            format!("{who} other than {}", others.join(" or "))
        }
    }

    /// The contrary: `fewer than 2 states`, `not all parties`.
    pub(super) fn not_counted(
        self,
        comparison: Comparison,
        threshold: Threshold,
        class: &Class,
        except: &[Condition],
    ) -> String {
        let contrary = match comparison {
            Comparison::AtLeast => Comparison::FewerThan,
            Comparison::FewerThan => Comparison::AtLeast,
            Comparison::AtMost => Comparison::MoreThan,
            Comparison::MoreThan => Comparison::AtMost,
        };
        let text = self.counted(contrary, threshold, class, except);
        match threshold {
            Threshold::Fraction(a, b) if a == b => {
                text.replacen("fewer than 1/1 of the", "not all", 1)
            }
            _ => text,
        }
    }

    /// Whom `other than` leaves out.
    fn excepted(self, of: &Condition) -> String {
        match of {
            Condition::Same(_, other) => self.term(*other).unwrap_or_default(),
            Condition::Is(_, class) => with_article(&class_noun(self.rulebook, class)),
            Condition::Any(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.excepted(part)).collect();
                parts.join(" or ")
            }
            other => self.condition(other),
        }
    }

    /// What those counted do: `attack poland`, `are at-war with japan`.
    pub(super) fn done_by_many(self, body: &Condition) -> String {
        let Condition::Sentence { pattern, tense } = body else {
            return self.condition(body);
        };
        if *tense == Tense::Present {
            let text = self.pattern(pattern, Form::Base);
            return match &self.rulebook.predicate(pattern.predicate).kind {
                PredicateKind::Status { .. } => text.replacen("is ", "are ", 1),
                _ => text,
            };
        }
        let text = self.pattern(pattern, Form::Perfect);
        // Without the subject: `anyone has attacked poland`.
        match text.split_once(" has ") {
            Some((_, rest)) => format!("have {rest}"),
            None => text,
        }
    }
}
