//! Clauses: conditions and norms, up to the full stop.

use super::ast::{
    Clause, ClauseBody, Condition, Connective, Name, Norm, NormHead, Preface, Qualifier,
};
use super::expected::{Expected, Failure, Parsed, Problem};
use super::reader::{Reader, problem};
use super::token::{first_byte, is_number, is_variable, skip, two_words, word};
use super::words;
use crate::diagnostic::phrase::nearest;

impl<'a> Reader<'a> {
    /// `clause`
    pub(super) fn clause(self, input: &'a str) -> Parsed<'a, Clause> {
        let (rest, label) = if first_byte(input) == b'(' {
            let (rest, label) = self.bracketed_label(input)?;
            (rest, Some(label))
        } else {
            (input, None)
        };
        let (rest, body) = if two_words(rest, words::IN, words::ARTICLE) {
            self.narrowing(rest)?
        } else {
            self.norms(rest)?
        };
        let (rest, _) = self.sign('.')(rest)?;
        let span = self.between(input, rest);
        Ok((rest, Clause { label, body, span }))
    }

    /// `narrowing`, without its full stop
    fn narrowing(self, input: &'a str) -> Parsed<'a, ClauseBody> {
        let (rest, ()) = self.keywords(&[words::IN, words::ARTICLE], input)?;
        let (rest, article) = self.label(rest)?;
        let (rest, _) = self.sign(',')(rest)?;
        let (rest, variable) = self.variable(rest)?;
        let (rest, _) = self.keyword(words::MEANS)(rest)?;
        let (rest, means) = self.names_with_or(rest)?;
        let body = ClauseBody::Narrowing {
            article,
            variable,
            means,
        };
        Ok((rest, body))
    }

    /// `name { "or" name }`
    pub(super) fn names_with_or(self, input: &'a str) -> Parsed<'a, Vec<Name>> {
        let (mut rest, first) = self.name(input)?;
        let mut names = vec![first];
        while let (after, true) = self.takes(words::OR, rest) {
            let (next, name) = self.name(after)?;
            names.push(name);
            rest = next;
        }
        Ok((rest, names))
    }

    /// `{ preface } norm { ";" norm }`
    fn norms(self, input: &'a str) -> Parsed<'a, ClauseBody> {
        let mut rest = input;
        let mut prefaces = Vec::new();
        loop {
            let (next, preface) = self.preface_if_any(rest)?;
            let Some(preface) = preface else { break };
            if first_byte(next) == b'.' {
                return Err(problem(skip(next), Problem::NoNorm));
            }
            rest = self.sign(',')(next)?.0;
            prefaces.push(preface);
        }
        let (mut rest, first) = self.norm(rest)?;
        let mut norms = vec![first];
        while let (after, true) = self.takes_sign(';', rest) {
            let (next, norm) = self.norm(after)?;
            norms.push(norm);
            rest = next;
        }
        Ok((rest, ClauseBody::Norms { prefaces, norms }))
    }

    /// `[ preface ]`, without its comma
    fn preface_if_any(self, input: &'a str) -> Parsed<'a, Option<Preface>> {
        if two_words(input, words::ON, words::THE) {
            let (rest, ()) = self.keywords(&[words::ON, words::THE, words::READING], input)?;
            let (rest, name) = self.name(rest)?;
            return Ok((rest, Some(Preface::Reading(name))));
        }
        match self.condition_if_any(input)? {
            (rest, Some((connective, condition))) => {
                Ok((rest, Some(Preface::Condition(connective, condition))))
            }
            (rest, None) => Ok((rest, None)),
        }
    }

    /// `[ connective condition ]`
    pub(super) fn condition_if_any(
        self,
        input: &'a str,
    ) -> Parsed<'a, Option<(Connective, Condition)>> {
        let (found, after) = word(input);
        let Some(connective) = connective(found) else {
            self.could(input, Expected::ClauseStart);
            return Ok((input, None));
        };
        let (rest, condition) = self.condition(after)?;
        Ok((rest, Some((connective, condition))))
    }

    /// `norm`
    fn norm(self, input: &'a str) -> Parsed<'a, Norm> {
        let (mut rest, head) = self.norm_head(input)?;
        let mut qualifiers = Vec::new();
        while let (after, true) = self.takes_sign(',', rest) {
            let (next, qualifier) = self.qualifier(after)?;
            qualifiers.push(qualifier);
            rest = next;
        }
        let norm = Norm {
            head,
            qualifiers,
            span: self.between(input, rest),
        };
        Ok((rest, norm))
    }

    fn norm_head(self, input: &'a str) -> Parsed<'a, NormHead> {
        let (found, rest) = word(input);
        match found {
            words::DEEM => {
                let (rest, sentence) = self.sentence(rest)?;
                Ok((rest, NormHead::Deem(sentence)))
            }
            words::NO => self.modal_head(input),
            _ if self.begins_noun(input) || found == words::ANY => {
                self.catch_misspelt_start(found, input, rest)?;
                self.modal_head(input)
            }
            _ => self.fail(input, Expected::Norm),
        }
    }

    fn modal_head(self, input: &'a str) -> Parsed<'a, NormHead> {
        let (rest, modal) = self.modal(input)?;
        Ok((rest, NormHead::Modal(modal)))
    }

    /// `whn a state A ...`: a bare word before another noun is no subject but a slip of the pen.
    fn catch_misspelt_start(
        self,
        found: &str,
        input: &'a str,
        rest: &'a str,
    ) -> Result<(), nom::Err<Failure<'a>>> {
        let (next, _) = word(rest);
        let another = is_variable(rest) || words::DETERMINERS.contains(&next);
        if found.is_empty() || words::is_reserved(found) || !another {
            return Ok(());
        }
        let starts = words::CONNECTIVES.iter().chain(words::NORM_STARTS);
        match nearest(found, starts.copied()) {
            Some(near) => Err(problem(skip(input), Problem::Misspelt(near))),
            None => Ok(()),
        }
    }

    /// `qualifier`
    fn qualifier(self, input: &'a str) -> Parsed<'a, Qualifier> {
        let (found, rest) = word(input);
        let span = self.span(found);
        let since = |rest| self.between(input, rest);
        match found {
            words::WITH
                if is_number(rest) || [words::AT, words::EXACTLY].contains(&word(rest).0) =>
            {
                let (rest, amount) = self.amount(rest)?;
                Ok((rest, Qualifier::WithAmount(amount)))
            }
            words::WITH => self
                .name(rest)
                .map(|(rest, name)| (rest, Qualifier::With(name))),
            words::BY if word(rest).0 == words::MEANS => {
                let all = [
                    words::MEANS,
                    words::OF,
                    words::ITS,
                    words::OWN,
                    words::CHOICE,
                ];
                let (rest, ()) = self.keywords(&all, rest)?;
                Ok((rest, Qualifier::OwnChoice(since(rest))))
            }
            words::BY => {
                self.could(rest, Expected::Word(words::MEANS));
                let (rest, date) = self.date(rest)?;
                Ok((rest, Qualifier::By(date)))
            }
            words::IMMEDIATELY => Ok((rest, Qualifier::Immediately(span))),
            words::WITHIN => {
                let (rest, period) = self.period(rest)?;
                Ok((rest, Qualifier::Within(period)))
            }
            words::UNTIL => {
                let (rest, condition) = self.condition(rest)?;
                Ok((rest, Qualifier::Until(condition)))
            }
            words::BEFORE => {
                let (rest, condition) = self.condition(rest)?;
                Ok((rest, Qualifier::Before(condition)))
            }
            words::IN => {
                let all = [words::ACCORDANCE, words::WITH, words::ITS];
                let (rest, ()) = self.keywords(&all, rest)?;
                let (rest, name) = self.name(rest)?;
                Ok((rest, Qualifier::InAccordance(name)))
            }
            words::LAPSES => {
                let (rest, ()) = self.keywords(&[words::ON, words::BREACH], rest)?;
                Ok((rest, Qualifier::LapsesOnBreach(since(rest))))
            }
            words::ALSO => {
                let all = [
                    words::AFTER,
                    words::THIS,
                    words::TREATY,
                    words::HAS,
                    words::ENDED,
                ];
                let (rest, ()) = self.keywords(&all, rest)?;
                Ok((rest, Qualifier::Outlives(since(rest))))
            }
            words::SUBJECT => {
                let (rest, _) = self.keyword(words::TO)(rest)?;
                let (rest, reference) = self.reference(rest)?;
                Ok((rest, Qualifier::SubjectTo(reference)))
            }
            words::NOTWITHSTANDING => {
                let (rest, reference) = self.reference(rest)?;
                Ok((rest, Qualifier::Notwithstanding(reference)))
            }
            _ => self.condition_or_manner(input),
        }
    }

    /// `connective condition`, or the name of a manner
    fn condition_or_manner(self, input: &'a str) -> Parsed<'a, Qualifier> {
        if let (rest, Some((connective, condition))) = self.condition_if_any(input)? {
            return Ok((rest, Qualifier::Condition(connective, condition)));
        }
        let (rest, manner) = self.name_as(Expected::Qualifier, input)?;
        if matches!(first_byte(rest), b',' | b';' | b'.' | 0) {
            return Ok((rest, Qualifier::Manner(manner)));
        }
        match nearest(&manner.text, words::QUALIFIERS.iter().copied()) {
            Some(near) => Err(problem(skip(input), Problem::Misspelt(near))),
            None => Ok((rest, Qualifier::Manner(manner))),
        }
    }
}

/// The connective that the word is.
fn connective(found: &str) -> Option<Connective> {
    match found {
        words::WHEN => Some(Connective::When),
        words::IF => Some(Connective::If),
        words::WHILE => Some(Connective::While),
        words::UNLESS => Some(Connective::Unless),
        _ => None,
    }
}
