//! Definitions and histories: what is so in general, and what was so on a day.

use super::ast::{Define, Fact, Item, Preface};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::token::{is_number, word};
use super::words;

impl<'a> Reader<'a> {
    /// `define`
    pub(super) fn define(self, start: &'a str, input: &'a str) -> Parsed<'a, Item> {
        let (rest, head) = self.sentence(input)?;
        let (rest, conditions) = self.conditions(rest)?;
        let (rest, _) = self.sign('.')(rest)?;
        let define = Define {
            head,
            conditions,
            span: self.between(start, rest),
        };
        Ok((rest, Item::Define(define)))
    }

    /// `{ [ "," ] connective condition }`
    pub(super) fn conditions(self, input: &'a str) -> Parsed<'a, Vec<Preface>> {
        let mut conditions = Vec::new();
        let mut rest = input;
        loop {
            let (after, comma) = self.takes_sign(',', rest);
            match self.condition_if_any(after)? {
                (next, Some((connective, condition))) => {
                    conditions.push(Preface::Condition(connective, condition));
                    rest = next;
                }
                (_, None) if comma => return self.fail(after, Expected::Word(words::IF)),
                (_, None) => return Ok((rest, conditions)),
            }
        }
    }

    /// `history`, after its first word; goes on after mistakes.
    pub(super) fn history(self, input: &'a str) -> (&'a str, Vec<Fact>) {
        let mut facts = Vec::new();
        let mut rest = input;
        while is_number(rest) || word(rest).0 == words::FROM {
            rest = match self.fact(rest) {
                Ok((rest, fact)) => {
                    facts.push(fact);
                    rest
                }
                Err(error) => {
                    let at = self.report(error);
                    self.next_sentence(rest, at)
                }
            };
        }
        self.could(rest, Expected::Date);
        (rest, facts)
    }

    /// `fact`
    fn fact(self, input: &'a str) -> Parsed<'a, Fact> {
        let (rest, lasting) = self.takes(words::FROM, input);
        let (rest, from) = self.date(rest)?;
        let (rest, to) = if lasting {
            (rest, None)
        } else {
            self.date_after(words::TO, rest)?
        };
        let (rest, sentence) = self.sentence(rest)?;
        let (rest, _) = self.sign('.')(rest)?;
        let fact = Fact {
            from,
            to,
            lasting,
            sentence,
            span: self.between(input, rest),
        };
        Ok((rest, fact))
    }
}
