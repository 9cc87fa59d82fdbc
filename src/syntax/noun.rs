//! Nouns: names, variables, classes, possessions, amounts, and lists of them.

use super::ast::{Amount, ClassNoun, Determiner, Name, Noun};
use super::expected::{Expected, Failure, Parsed};
use super::reader::Reader;
use super::token::{is_number, is_variable, skip, two_words, word};
use super::words;

/// Where in a sentence a noun stands. In a list as the subject, every `or` goes on the list, since the verb is yet to come;
/// after the verb an `or` may as well begin the next sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Before the verb.
    Subject,
    /// After the verb.
    Object,
}

/// What was read and what is left, if it was there.
type Tried<'a, T> = Result<Option<(&'a str, T)>, nom::Err<Failure<'a>>>;

impl<'a> Reader<'a> {
    /// `noun`
    pub(super) fn noun(self, stand: Stand, input: &'a str) -> Parsed<'a, Noun> {
        let (rest, first) = self.simple(stand, input)?;
        match word(rest).0 {
            words::AND => self.noun_list(words::AND, stand, rest, first),
            words::OR => self.noun_list(words::OR, stand, rest, first),
            _ => Ok((rest, first)),
        }
    }

    fn noun_list(self, joint: &str, stand: Stand, input: &'a str, first: Noun) -> Parsed<'a, Noun> {
        let (rest, mut more) = self.further_nouns(joint, stand, input)?;
        if more.is_empty() {
            return Ok((rest, first));
        }
        more.insert(0, first);
        let and = joint == words::AND;
        Ok((rest, Noun::List { and, nouns: more }))
    }

    /// `{ joint simple }`, as far as the list goes.
    pub(super) fn further_nouns(
        self,
        joint: &str,
        stand: Stand,
        input: &'a str,
    ) -> Parsed<'a, Vec<Noun>> {
        let mut rest = input;
        let mut nouns = Vec::new();
        loop {
            let (found, after) = word(rest);
            if found != joint {
                return Ok((rest, nouns));
            }
            let Some((after, noun)) = self.list_item(stand, after)? else {
                return Ok((rest, nouns));
            };
            nouns.push(noun);
            rest = after;
        }
    }

    /// The noun after `or` or `and`, unless a new sentence begins there.
    pub(super) fn list_item(self, stand: Stand, input: &'a str) -> Tried<'a, Noun> {
        if stand == Stand::Subject {
            return self.simple(stand, input).map(Some);
        }
        if !self.begins_noun(input) {
            return Ok(None);
        }
        let tried = self.trying().simple(stand, input).ok();
        Ok(tried.filter(|(rest, _)| !self.begins_predicate(rest) && !self.begins_plural(rest)))
    }

    /// `and B have`: the noun before is the first of several subjects.
    fn begins_plural(self, input: &'a str) -> bool {
        let mut rest = input;
        while let (words::AND, after) = word(rest) {
            match self.trying().simple(Stand::Object, after) {
                Ok((next, _)) => rest = next,
                Err(_) => return false,
            }
        }
        let plural = matches!(word(rest).0, words::HAVE | words::ARE | words::DO);
        plural && rest.len() < input.len()
    }

    /// Whether a predicate may begin here, so that the noun before is a subject.
    fn begins_predicate(self, input: &str) -> bool {
        let (found, _) = word(input);
        match found {
            "" => is_variable(input),
            words::IS
            | words::ARE
            | words::HAS
            | words::HAVE
            | words::DOES
            | words::DO
            | words::SHALL
            | words::MAY
            | words::TOGETHER => true,
            _ => !(words::is_reserved(found) || self.head && words::is_attribute(found)),
        }
    }

    /// Whether a noun may begin here.
    pub(super) fn begins_noun(self, input: &str) -> bool {
        let (found, rest) = word(input);
        match found {
            "" => is_variable(input) || is_number(input),
            words::ANY => word(rest).0 != words::ONE,
            words::A if self.head => {
                word(rest).0 != words::PARTY || word(word(rest).1).0 != words::LEAVES
            }
            words::A | words::AN | words::EACH | words::EVERY | words::ANOTHER | words::THE => true,
            words::AT => word(rest).0 == words::LEAST,
            words::EXACTLY => is_number(rest),
            words::THIS => word(rest).0 == words::TREATY,
            _ => !(words::is_reserved(found) || self.head && self.begins_line(found)),
        }
    }

    /// Whether the next line begins with the word: a declaration, a part, or a line in the head of a treaty.
    pub(super) fn begins_line(self, found: &str) -> bool {
        words::is_structure(found) || (self.head && words::is_attribute(found))
    }

    /// `simple`
    pub(super) fn simple(self, stand: Stand, input: &'a str) -> Parsed<'a, Noun> {
        let start = skip(input);
        let (found, rest) = word(start);
        match found {
            "" if is_variable(start) => {
                let (rest, variable) = self.variable(start)?;
                Ok((rest, Noun::Variable(variable)))
            }
            "" if is_number(start) => self.amount_noun(start),
            words::AT => self.amount_noun(start),
            words::EXACTLY if is_number(rest) => self.amount_noun(start),
            words::THIS => {
                let (rest, _) = self.keyword(words::TREATY)(rest)?;
                let span = self.between(start, rest);
                Ok((rest, Noun::ThisTreaty(span)))
            }
            words::A
            | words::AN
            | words::ANY
            | words::EACH
            | words::EVERY
            | words::ANOTHER
            | words::THE => self.class_noun(stand, start),
            _ => self.named_noun(stand, start),
        }
    }

    /// `name`, or `possession "of" simple`
    fn named_noun(self, stand: Stand, start: &'a str) -> Parsed<'a, Noun> {
        let (rest, name) = self.name_as(Expected::Noun, start)?;
        let (found, after) = word(rest);
        if found != words::OF || !self.begins_noun(after) {
            return Ok((rest, Noun::Name(name)));
        }
        let (rest, owner) = self.deeper(start)?.simple(stand, after)?;
        let noun = Noun::Possession {
            word: name,
            owner: Box::new(owner),
            span: self.between(start, rest),
        };
        Ok((rest, noun))
    }

    fn amount_noun(self, input: &'a str) -> Parsed<'a, Noun> {
        let (rest, amount) = self.amount(input)?;
        Ok((rest, Noun::Amount(amount)))
    }

    /// `amount`
    pub(super) fn amount(self, input: &'a str) -> Parsed<'a, Amount> {
        let at_least = two_words(input, words::AT, words::LEAST);
        let (rest, exactly) = if at_least {
            (self.keywords(&[words::AT, words::LEAST], input)?.0, false)
        } else {
            self.takes(words::EXACTLY, input)
        };
        let (rest, number) = self.whole(rest)?;
        let (rest, unit) = self.name(rest)?;
        let span = self.between(input, rest);
        let amount = Amount {
            at_least,
            exactly,
            number,
            unit,
            span,
        };
        Ok((rest, amount))
    }

    /// `determiner class [ VARIABLE ] [ "of" name ] [ other ]`
    fn class_noun(self, stand: Stand, start: &'a str) -> Parsed<'a, Noun> {
        let (rest, determiner) = self.determiner(start);
        let (rest, noun) = self.class_with(determiner, stand, start, rest)?;
        Ok((rest, Noun::Class(Box::new(noun))))
    }

    /// `determiner`: the caller has seen one.
    fn determiner(self, input: &'a str) -> (&'a str, Determiner) {
        let (found, rest) = word(input);
        let (next, after) = word(rest);
        match (found, next) {
            (words::EACH | words::ANY, words::OTHER) => (after, Determiner::EachOther),
            (words::EACH | words::EVERY, _) => (rest, Determiner::Each),
            (words::ANOTHER, _) => (rest, Determiner::Another),
            (words::THE, _) => (rest, Determiner::The),
            _ => (rest, Determiner::A),
        }
    }

    /// `class [ VARIABLE ] [ "of" name ] [ other ]`; `start` is where the noun began.
    pub(super) fn class_with(
        self,
        determiner: Determiner,
        stand: Stand,
        start: &'a str,
        input: &'a str,
    ) -> Parsed<'a, ClassNoun> {
        let (rest, class) = self.name_as(Expected::Class, input)?;
        let (rest, variable) = self.variable_if_any(rest)?;
        let (rest, of) = self.of_treaty(rest)?;
        let (rest, other_than) = self.other_than(stand, rest)?;
        let noun = ClassNoun {
            determiner,
            class,
            variable,
            of,
            other_than,
            span: self.between(start, rest),
        };
        Ok((rest, noun))
    }

    /// `[ "of" name ]`; where something else follows `of`, it is a role of the sentence.
    pub(super) fn of_treaty(self, input: &'a str) -> Parsed<'a, Option<Name>> {
        let (found, after) = word(input);
        let (name, _) = word(after);
        if found != words::OF || name.is_empty() || words::is_reserved(name) {
            return Ok((input, None));
        }
        let (rest, name) = self.name(after)?;
        Ok((rest, Some(name)))
    }

    /// `[ "other" "than" simple { "or" simple } ]`
    fn other_than(self, stand: Stand, input: &'a str) -> Parsed<'a, Vec<Noun>> {
        let (found, rest) = word(input);
        if found != words::OTHER {
            return Ok((input, Vec::new()));
        }
        let (rest, _) = self.keyword(words::THAN)(rest)?;
        let inner = self.deeper(input)?;
        let (rest, first) = inner.simple(stand, rest)?;
        let (rest, mut nouns) = inner.further_nouns(words::OR, stand, rest)?;
        nouns.insert(0, first);
        Ok((rest, nouns))
    }
}
