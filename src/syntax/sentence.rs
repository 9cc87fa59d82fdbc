//! Sentences: a subject with what it does or is, or with what it shall or may do.

use super::ast::{
    Determiner, Modal, Modality, Name, Noun, Phrase, Predicate, Sentence, Subject, Tense,
};
use super::expected::{Expected, Parsed};
use super::noun::Stand;
use super::reader::Reader;
use super::token::{is_variable, two_words, word};
use super::words;

impl<'a> Reader<'a> {
    /// `sentence`
    pub(super) fn sentence(self, input: &'a str) -> Parsed<'a, Sentence> {
        let (rest, subject) = self.noun(Stand::Subject, input)?;
        self.sentence_of(subject, input, rest)
    }

    /// The rest of a sentence that began at `start`.
    pub(super) fn sentence_of(
        self,
        subject: Noun,
        start: &'a str,
        input: &'a str,
    ) -> Parsed<'a, Sentence> {
        let (rest, predicate) = self.predicate(input)?;
        let sentence = Sentence {
            subject,
            predicate,
            span: self.between(start, rest),
        };
        Ok((rest, sentence))
    }

    /// `predicate`
    pub(super) fn predicate(self, input: &'a str) -> Parsed<'a, Predicate> {
        let (found, rest) = word(input);
        match found {
            words::DOES | words::DO => {
                let (rest, _) = self.keyword(words::NOT)(rest)?;
                self.verb_phrase(Tense::Present, true, rest)
            }
            words::HAS | words::HAVE => {
                let (rest, negated) = self.takes(words::NOT, rest);
                self.verb_phrase(Tense::Perfect, negated, rest)
            }
            words::REFUSES | words::REFUSE if word(rest).0 == words::TO => {
                let (rest, _) = self.keyword(words::TO)(rest)?;
                self.verb_phrase(Tense::Refusal, false, rest)
            }
            words::IS | words::ARE => self.complement(rest),
            "" => self.fail(input, Expected::Predicate),
            _ if words::is_reserved(found) => self.fail(input, Expected::Predicate),
            _ => self.verb_phrase(Tense::Present, false, input),
        }
    }

    /// `verb phrase [ "within" period ]`
    fn verb_phrase(self, tense: Tense, negated: bool, input: &'a str) -> Parsed<'a, Predicate> {
        let (rest, verb) = self.name_as(Expected::Verb, input)?;
        let (rest, phrase) = self.phrase(rest)?;
        let (rest, within) = match word(rest) {
            (words::WITHIN, after) if tense == Tense::Perfect => {
                let (rest, period) = self.period(after)?;
                (rest, Some(period))
            }
            _ => (rest, None),
        };
        let predicate = Predicate::Verb {
            tense,
            negated,
            verb,
            phrase,
            within,
        };
        Ok((rest, predicate))
    }

    /// What follows `is`.
    fn complement(self, input: &'a str) -> Parsed<'a, Predicate> {
        let (rest, negated) = self.takes(words::NOT, input);
        if let (words::A | words::AN, rest) = word(rest) {
            let (rest, class) = self.name_as(Expected::Class, rest)?;
            let (rest, of) = self.of_treaty(rest)?;
            return Ok((rest, Predicate::IsA { negated, class, of }));
        }
        let (rest, complement) = if is_variable(rest) {
            self.variable(rest)?
        } else {
            self.name_as(Expected::Noun, rest)?
        };
        let (rest, phrase) = self.roles(rest, Phrase::default())?;
        let predicate = Predicate::Is {
            negated,
            complement,
            phrase,
        };
        Ok((rest, predicate))
    }

    /// `modal`
    pub(super) fn modal(self, input: &'a str) -> Parsed<'a, Modal> {
        let (rest, subject) = self.subject(input)?;
        self.modal_of(subject, input, rest)
    }

    /// The rest of a modal sentence that began at `start`.
    pub(super) fn modal_of(
        self,
        subject: Subject,
        start: &'a str,
        input: &'a str,
    ) -> Parsed<'a, Modal> {
        let (rest, before) = match word(input) {
            (words::TOGETHER, rest) => (rest, true),
            _ => (input, false),
        };
        let (rest, (modality, after)) = self.modality(rest)?;
        let (rest, verb) = self.name_as(Expected::Verb, rest)?;
        let (rest, phrase) = self.phrase(rest)?;
        let modal = Modal {
            subject,
            modality,
            together: before || after,
            verb,
            phrase,
            span: self.between(start, rest),
        };
        Ok((rest, modal))
    }

    /// `subject`
    pub(super) fn subject(self, input: &'a str) -> Parsed<'a, Subject> {
        match word(input) {
            (words::NO, rest) => {
                let (rest, class) = self.name_as(Expected::Class, rest)?;
                let (rest, variable) = self.variable_if_any(rest)?;
                Ok((rest, Subject::No { class, variable }))
            }
            (words::ANY, rest) if word(rest).0 == words::ONE => {
                let (rest, ()) = self.keywords(&[words::ONE, words::OF, words::THE], rest)?;
                let (rest, class) = self.name_as(Expected::Class, rest)?;
                Ok((rest, Subject::AnyOneOf(class)))
            }
            _ => {
                let (rest, noun) = self.noun(Stand::Subject, input)?;
                Ok((rest, as_subject(noun)))
            }
        }
    }

    /// Whether a modality comes next, `together` before it included.
    pub(super) fn begins_modality(self, input: &str) -> bool {
        match word(input) {
            (words::SHALL | words::MAY | words::TOGETHER, _) => true,
            (words::HAS | words::HAVE, rest) => two_words(rest, words::POWER, words::TO),
            _ => false,
        }
    }

    /// `modality`, and whether it says `together`.
    fn modality(self, input: &'a str) -> Parsed<'a, (Modality, bool)> {
        match word(input) {
            (words::SHALL, rest) => {
                let (rest, each) = self.takes(words::EACH, rest);
                let (rest, together) = if each {
                    (rest, false)
                } else {
                    self.takes(words::TOGETHER, rest)
                };
                let (rest, not) = self.takes(words::NOT, rest);
                let modality = if not {
                    Modality::ShallNot
                } else {
                    Modality::Shall
                };
                Ok((rest, (modality, together)))
            }
            (words::MAY, rest) => {
                let (rest, not) = self.takes(words::NOT, rest);
                let modality = if not { Modality::MayNot } else { Modality::May };
                Ok((rest, (modality, false)))
            }
            (words::HAS | words::HAVE, rest) => {
                let (rest, ()) = self.keywords(&[words::POWER, words::TO], rest)?;
                Ok((rest, (Modality::HasPower, false)))
            }
            _ => self.fail(input, Expected::Modality),
        }
    }
}

/// `the parties` as the subject of a norm.
pub(super) fn as_subject(noun: Noun) -> Subject {
    match noun {
        Noun::Class(class) if class.determiner == Determiner::The && is_bare(&class) => {
            Subject::The(class.class)
        }
        other => Subject::Noun(other),
    }
}

/// A class alone, without variable, treaty or exception.
fn is_bare(class: &super::ast::ClassNoun) -> bool {
    let none = |name: &Option<Name>| name.is_none();
    none(&class.variable) && none(&class.of) && class.other_than.is_empty()
}
