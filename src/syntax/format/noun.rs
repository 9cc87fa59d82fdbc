//! Nouns, references and amounts as text.

use super::Print;
use crate::syntax::ast::{Amount, ClassNoun, Determiner, Noun, PeriodAt, Reference, Target};
use crate::syntax::token::word;
use crate::syntax::words;

impl Print<'_> {
    pub(super) fn noun(self, out: &mut String, noun: &Noun) {
        match noun {
            Noun::Name(name) | Noun::Variable(name) => out.push_str(&name.text),
            Noun::ThisTreaty(_) => out.push_str("this treaty"),
            Noun::Class(class) => {
                self.determiner(out, class);
                out.push(' ');
                self.class(out, class);
            }
            Noun::Possession { word, owner, .. } => {
                out.push_str(&word.text);
                out.push_str(" of ");
                self.noun(out, owner);
            }
            Noun::List { and, nouns } => {
                let joint = if *and { " and " } else { " or " };
                self.nouns(out, nouns, joint);
            }
            Noun::Amount(amount) => self.amount(out, amount),
        }
    }

    fn nouns(self, out: &mut String, nouns: &[Noun], joint: &str) {
        for (at, noun) in nouns.iter().enumerate() {
            if at > 0 {
                out.push_str(joint);
            }
            self.noun(out, noun);
        }
    }

    /// The class with its variable and limits, without its determiner.
    pub(super) fn class(self, out: &mut String, class: &ClassNoun) {
        out.push_str(&class.class.text);
        for (before, name) in [(" ", &class.variable), (" of ", &class.of)] {
            if let Some(name) = name {
                out.push_str(before);
                out.push_str(&name.text);
            }
        }
        if !class.other_than.is_empty() {
            out.push_str(" other than ");
            self.nouns(out, &class.other_than, " or ");
        }
    }

    /// As written, where that says the same; else the first choice.
    fn determiner(self, out: &mut String, class: &ClassNoun) {
        let written = self.source(class.span).unwrap_or("");
        let (first, rest) = word(written);
        let text = match (class.determiner, first) {
            (Determiner::A, words::A | words::AN | words::ANY)
            | (Determiner::Each, words::EVERY) => first,
            (Determiner::A, _) => article_for(&class.class.text),
            (Determiner::Each, _) => words::EACH,
            (Determiner::EachOther, words::ANY) if word(rest).0 == words::OTHER => "any other",
            (Determiner::EachOther, _) => "each other",
            (Determiner::Another, _) => words::ANOTHER,
            (Determiner::The, _) => words::THE,
        };
        out.push_str(text);
    }

    pub(super) fn amount(self, out: &mut String, amount: &Amount) {
        if amount.at_least {
            out.push_str("at least ");
        }
        if amount.exactly {
            out.push_str("exactly ");
        }
        out.push_str(&amount.number.to_string());
        out.push(' ');
        out.push_str(&amount.unit.text);
    }

    /// As written (`2 weeks`), or in months and days.
    pub(super) fn period(self, out: &mut String, period: &PeriodAt) {
        match self.source(period.span) {
            Some(written) if !written.contains('#') => {
                let words: Vec<&str> = written.split_whitespace().collect();
                out.push_str(&words.join(" "));
            }
            _ => out.push_str(&period.value.to_string()),
        }
    }

    pub(super) fn reference(self, out: &mut String, reference: &Reference) {
        match &reference.target {
            Target::ThisTreaty => out.push_str("this treaty"),
            Target::EveryTreaty => out.push_str("every treaty"),
            Target::Treaty(name) => out.push_str(&name.text),
            Target::Clause(label) => {
                out.push('(');
                out.push_str(&label.text);
                out.push(')');
            }
            Target::Article {
                treaty,
                label,
                clause,
            } => {
                if let Some(treaty) = treaty {
                    out.push_str(&treaty.text);
                    out.push(' ');
                }
                out.push_str("article ");
                out.push_str(&label.text);
                if let Some(clause) = clause {
                    out.push_str(" (");
                    out.push_str(&clause.text);
                    out.push(')');
                }
            }
        }
    }
}

/// `a` or `an`.
fn article_for(class: &str) -> &'static str {
    if class.starts_with(['a', 'e', 'i', 'o']) {
        words::AN
    } else {
        words::A
    }
}

/// Whether the verb after this subject stands in the plural.
pub(super) fn is_plural(noun: &Noun) -> bool {
    match noun {
        Noun::List { and: true, .. } => true,
        Noun::List { nouns, .. } => nouns.last().is_some_and(is_plural),
        Noun::Class(class) => class.determiner == Determiner::The,
        Noun::Amount(amount) => amount.number != 1,
        _ => false,
    }
}

/// Whether a list stands in the noun, so that `or` before it could be taken for its own.
pub(super) fn has_list(noun: &Noun) -> bool {
    match noun {
        Noun::List { .. } => true,
        Noun::Class(class) => class.other_than.len() > 1 || class.other_than.iter().any(has_list),
        Noun::Possession { owner, .. } => has_list(owner),
        _ => false,
    }
}
