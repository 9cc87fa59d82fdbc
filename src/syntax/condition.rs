//! Conditions: sentences, counts, breaches and positions, joined by `and` and `or`.

use super::ast::{ClassNoun, Comparison, Condition, Determiner, Name, Noun, Threshold};
use super::expected::{Expected, Parsed};
use super::noun::Stand;
use super::reader::Reader;
use super::sentence::as_subject;
use super::token::{first_byte, is_variable, skip, two_words, word};
use super::words;

impl<'a> Reader<'a> {
    /// `condition`
    pub(super) fn condition(self, input: &'a str) -> Parsed<'a, Condition> {
        let rest = match word(input) {
            (words::EITHER, rest) => rest,
            _ => input,
        };
        self.joined(words::OR, rest, Self::conjunction, Condition::Any)
    }

    /// `conjunction`
    fn conjunction(self, input: &'a str) -> Parsed<'a, Condition> {
        self.joined(words::AND, input, Self::literal, Condition::All)
    }

    /// One or more of the same, with a joining word between.
    fn joined(
        self,
        joint: &'static str,
        input: &'a str,
        part: fn(Self, &'a str) -> Parsed<'a, Condition>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Parsed<'a, Condition> {
        let (mut rest, first) = part(self, input)?;
        let mut parts = vec![first];
        while let (found, after) = word(rest)
            && found == joint
        {
            let (next, condition) = part(self, after)?;
            parts.push(condition);
            rest = next;
        }
        self.could(rest, Expected::Conjunction);
        let condition = match parts.len() {
            1 => parts.remove(0),
            _ => join(parts),
        };
        Ok((rest, condition))
    }

    /// `literal`
    fn literal(self, input: &'a str) -> Parsed<'a, Condition> {
        if first_byte(input) == b'(' {
            let (rest, _) = self.sign('(')(input)?;
            let (rest, condition) = self.deeper(input)?.condition(rest)?;
            let (rest, _) = self.sign(')')(rest)?;
            return Ok((rest, condition));
        }
        let (found, rest) = word(input);
        let next = word(rest).0;
        match (found, next) {
            (words::AT, words::LEAST | words::MOST)
            | (words::FEWER | words::MORE | words::ALL, _) => self.count(input),
            (words::NO, _) | (words::ANY, words::ONE) => {
                let (rest, modal) = self.modal(input)?;
                Ok((rest, Condition::Position(modal)))
            }
            (words::THE, words::READING) => self.reading_literal(input),
            _ => self.noun_literal(input),
        }
    }

    /// `"the" "reading" name "is" "right"`
    fn reading_literal(self, input: &'a str) -> Parsed<'a, Condition> {
        let (rest, ()) = self.keywords(&[words::THE, words::READING], input)?;
        let (rest, name) = self.name(rest)?;
        let (rest, ()) = self.keywords(&[words::IS, words::RIGHT], rest)?;
        Ok((rest, Condition::Reading(name, self.between(input, rest))))
    }

    /// A literal that begins with a noun.
    fn noun_literal(self, input: &'a str) -> Parsed<'a, Condition> {
        let (rest, who) = self.noun(Stand::Subject, input)?;
        let (found, after) = word(rest);
        let denied = word(after).1.trim_start();
        match found {
            words::DOES | words::DO | words::HAS | words::HAVE
                if word(after).0 == words::NOT && words::UNDENIED.contains(&word(denied).0) =>
            {
                self.fail(denied, Expected::Verb)
            }
            words::CONSIDERS if word(after).0 == words::THAT => self.considers(who, input, after),
            words::BREACHES | words::BREACH => self.breach(who, false, input, after),
            words::HAS | words::HAVE if word(after).0 == words::BREACHED => {
                self.breach(who, true, input, word(after).1)
            }
            words::OWES => self.owes(who, input, after),
            _ if self.begins_modality(rest) => {
                let (rest, modal) = self.modal_of(as_subject(who), input, rest)?;
                Ok((rest, Condition::Position(modal)))
            }
            _ => {
                let (rest, sentence) = self.sentence_of(who, input, rest)?;
                Ok((rest, Condition::Sentence(sentence)))
            }
        }
    }

    /// `"considers" "that" literal`
    fn considers(self, who: Noun, start: &'a str, input: &'a str) -> Parsed<'a, Condition> {
        let (rest, _) = self.keyword(words::THAT)(input)?;
        let (rest, what) = self.deeper(start)?.literal(rest)?;
        let condition = Condition::Considers {
            who,
            what: Box::new(what),
            span: self.between(start, rest),
        };
        Ok((rest, condition))
    }

    /// What follows `breaches` or `has breached`.
    fn breach(
        self,
        who: Noun,
        perfect: bool,
        start: &'a str,
        input: &'a str,
    ) -> Parsed<'a, Condition> {
        let (rest, what) = self.reference(input)?;
        let (rest, against) = self.noun_after(words::AGAINST, rest)?;
        let condition = Condition::Breach {
            who,
            perfect,
            what,
            against,
            span: self.between(start, rest),
        };
        Ok((rest, condition))
    }

    /// What follows `owes`.
    fn owes(self, who: Noun, start: &'a str, input: &'a str) -> Parsed<'a, Condition> {
        let (rest, _) = self.keyword(words::A)(input)?;
        let (rest, what) = self.position_word(rest)?;
        let (rest, _) = self.keyword(words::UNDER)(rest)?;
        let (rest, under) = self.reference(rest)?;
        let (rest, towards) = self.noun_after(words::TOWARDS, rest)?;
        let condition = Condition::Owes {
            who,
            what,
            under,
            towards,
            span: self.between(start, rest),
        };
        Ok((rest, condition))
    }

    /// duty, permission, prohibition or power
    fn position_word(self, input: &'a str) -> Parsed<'a, Name> {
        let (found, rest) = word(input);
        if words::POSITIONS.contains(&found) {
            return Ok((rest, self.named(found)));
        }
        for one in words::POSITIONS {
            let _ = self.keyword(one)(input);
        }
        self.fail(input, Expected::Word(words::DUTY))
    }

    /// A noun, if a certain word brings one in.
    fn noun_after(self, wanted: &'static str, input: &'a str) -> Parsed<'a, Option<Noun>> {
        match self.takes(wanted, input) {
            (rest, true) => {
                let (rest, noun) = self.noun(Stand::Object, rest)?;
                Ok((rest, Some(noun)))
            }
            (rest, false) => Ok((rest, None)),
        }
    }

    /// `count`
    fn count(self, input: &'a str) -> Parsed<'a, Condition> {
        let (rest, comparison) = self.comparison(input)?;
        let (rest, (threshold, of)) = match comparison {
            Comparison::All => {
                let (rest, noun) = self.counted(Determiner::The, rest)?;
                (rest, (Threshold::Fraction(1, 1), noun))
            }
            _ => self.threshold(rest)?,
        };
        let (rest, predicate) = self.predicate(rest)?;
        let condition = Condition::Count {
            comparison,
            threshold,
            of,
            predicate,
            span: self.between(input, rest),
        };
        Ok((rest, condition))
    }

    fn comparison(self, input: &'a str) -> Parsed<'a, Comparison> {
        if let (words::ALL, rest) = word(input) {
            return Ok((rest, Comparison::All));
        }
        let pairs = [
            (words::AT, words::LEAST, Comparison::AtLeast),
            (words::AT, words::MOST, Comparison::AtMost),
            (words::FEWER, words::THAN, Comparison::FewerThan),
            (words::MORE, words::THAN, Comparison::MoreThan),
        ];
        for (first, second, comparison) in pairs {
            if two_words(input, first, second) {
                let (rest, ()) = self.keywords(&[first, second], input)?;
                return Ok((rest, comparison));
            }
        }
        self.fail(word(input).1, Expected::Word(words::THAN))
    }

    /// `number [ class ] [ VARIABLE ] [ other ] | fraction "of" "the" plural [ VARIABLE ] [ other ]`
    fn threshold(self, input: &'a str) -> Parsed<'a, (Threshold, Noun)> {
        let (rest, number) = self.whole::<u32>(input)?;
        let Some(after) = rest.strip_prefix('/') else {
            let (rest, noun) = self.counted(Determiner::A, rest)?;
            return Ok((rest, (Threshold::Number(number), noun)));
        };
        let (rest, whole) = self.whole::<u32>(after)?;
        let (rest, ()) = self.keywords(&[words::OF, words::THE], rest)?;
        let (rest, noun) = self.counted(Determiner::The, rest)?;
        Ok((rest, (Threshold::Fraction(number, whole), noun)))
    }

    /// What is counted.
    fn counted(self, determiner: Determiner, input: &'a str) -> Parsed<'a, Noun> {
        if is_variable(input) {
            let (rest, variable) = self.variable(input)?;
            return Ok((rest, Noun::Variable(variable)));
        }
        let start = skip(input);
        let (rest, noun): (_, ClassNoun) =
            self.class_with(determiner, Stand::Subject, start, start)?;
        Ok((rest, Noun::Class(Box::new(noun))))
    }
}
