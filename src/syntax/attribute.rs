//! The head of a treaty: who, when, how long, and what prevails.

use super::ast::{Attribute, Date, FirstTerm, Name, Term};
use super::expected::{Expected, Failure, Parsed};
use super::reader::Reader;
use super::token::{is_number, two_words, word};
use super::words;

impl<'a> Reader<'a> {
    /// `attribute`: adds what it says to `all`.
    pub(super) fn attribute(self, input: &'a str, all: &mut Vec<Attribute>) -> Parsed<'a, ()> {
        if word(input).0 == words::PARTIES {
            return self.parties(word(input).1, all);
        }
        let (rest, attribute) = self.single_attribute(input)?;
        all.push(attribute);
        Ok((rest, ()))
    }

    fn single_attribute(self, input: &'a str) -> Parsed<'a, Attribute> {
        let (found, rest) = word(input);
        let since = |rest| self.between(input, rest);
        match found {
            words::ALSO => done(self.texts(rest)?, Attribute::Also),
            words::CITE => done(self.text(rest)?, Attribute::Cite),
            words::SOURCE => done(self.text(rest)?, Attribute::Source),
            words::NOTE => done(self.text(rest)?, Attribute::Note),
            words::BINDING => done(self.name_as(Expected::Class, rest)?, Attribute::Binding),
            words::PARTY => self.party(rest),
            words::OPEN => {
                let all = [words::TO, words::EVERY, words::STATE];
                let (rest, ()) = self.keywords(&all, rest)?;
                Ok((rest, Attribute::OpenToEveryState(since(rest))))
            }
            words::SIGNED => done(self.date(rest)?, Attribute::Signed),
            words::PROVISIONALLY => {
                let (rest, ()) = self.keywords(&[words::APPLIED, words::FROM], rest)?;
                done(self.date(rest)?, Attribute::Provisional)
            }
            words::IN => {
                let (rest, _) = self.keyword(words::FORCE)(rest)?;
                let (rest, dates) = self.dates(rest)?;
                Ok((rest, Attribute::InForce(dates, since(rest))))
            }
            words::ENTERS => self.entry(rest),
            words::FOR => {
                let (rest, period) = self.period(rest)?;
                self.term(input, rest, FirstTerm::For(period))
            }
            words::RUNS => {
                let (rest, _) = self.keyword(words::UNTIL)(rest)?;
                let (rest, day) = self.date(rest)?;
                self.term(input, rest, FirstTerm::Until(day))
            }
            words::ENDS => self.end(input, rest),
            words::A => self.leaving(input, rest),
            words::REPLACES => done(self.names(rest)?, Attribute::Replaces),
            words::WHILE => {
                let (rest, name) = self.name(rest)?;
                let (rest, ()) = self.keywords(&[words::IN, words::FORCE], rest)?;
                Ok((rest, Attribute::While(name)))
            }
            words::PREVAILS => self.precedence(input, rest),
            words::SUBJECT => {
                let (rest, _) = self.keyword(words::TO)(rest)?;
                done(self.names(rest)?, Attribute::SubjectTo)
            }
            words::PEREMPTORY => Ok((rest, Attribute::Peremptory(since(rest)))),
            words::RETROACTIVE => Ok((rest, Attribute::Retroactive(since(rest)))),
            words::ROUNDS => self.rounding(input, rest),
            words::SECRET => {
                let (rest, (until, known_to)) = self.secrecy(rest)?;
                let span = since(rest);
                let attribute = Attribute::Secret {
                    until,
                    known_to,
                    span,
                };
                Ok((rest, attribute))
            }
            _ => self.fail(input, Expected::Attribute),
        }
    }

    /// What follows `parties`.
    fn parties(self, input: &'a str, all: &mut Vec<Attribute>) -> Parsed<'a, ()> {
        if let (rest, true) = self.takes(words::OF, input) {
            let (rest, treaty) = self.name(rest)?;
            all.push(Attribute::PartiesOf(treaty));
            return Ok((rest, ()));
        }
        let mut rest = input;
        loop {
            let (after, names) = self.names(rest)?;
            let (after, role) = self.role_of_party(after)?;
            all.push(Attribute::Parties { names, role });
            match self.takes_sign(';', after) {
                (after, true) => rest = after,
                (after, false) => return Ok((after, ())),
            }
        }
    }

    /// `[ "as" name ]`
    fn role_of_party(self, input: &'a str) -> Parsed<'a, Option<Name>> {
        match self.takes(words::AS, input) {
            (rest, true) => self.name(rest).map(|(rest, name)| (rest, Some(name))),
            (rest, false) => Ok((rest, None)),
        }
    }

    /// What follows `party`.
    fn party(self, input: &'a str) -> Parsed<'a, Attribute> {
        let (rest, name) = self.name(input)?;
        let (rest, role) = self.role_of_party(rest)?;
        let (rest, dates) = self.dates(rest)?;
        Ok((rest, Attribute::Party { name, role, dates }))
    }

    /// What follows `enters`.
    fn entry(self, input: &'a str) -> Parsed<'a, Attribute> {
        let (rest, ()) = self.keywords(&[words::INTO, words::FORCE], input)?;
        match self.takes(words::ON, rest) {
            (rest, true) => done(self.date(rest)?, Attribute::EntersOn),
            (rest, false) => {
                let (rest, _) = self.keyword(words::WHEN)(rest)?;
                done(self.condition(rest)?, Attribute::EntersWhen)
            }
        }
    }

    /// What follows the first term.
    fn term(self, start: &'a str, input: &'a str, first: FirstTerm) -> Parsed<'a, Attribute> {
        let mut term = Term {
            first,
            renewal: None,
            notice: None,
            then: None,
            prolonged: None,
            span: self.between(start, input),
        };
        let mut rest = input;
        while let (after, true) = self.takes_sign(',', rest) {
            rest = match word(after) {
                (words::THEN, after) => self.going_on(after, &mut term)?,
                (words::PROLONGED, after) => self.prolonged(after, &mut term)?,
                _ => self.renewal(after, &mut term)?,
            };
        }
        Ok((rest, Attribute::Term(term)))
    }

    /// `"renewed" "for" period [ "unless" "denounced" period "before" ]`
    fn renewal(self, input: &'a str, term: &mut Term) -> Rest<'a> {
        self.could(input, Expected::Word(words::THEN));
        self.could(input, Expected::Word(words::PROLONGED));
        let (rest, ()) = self.keywords(&[words::RENEWED, words::FOR], input)?;
        let (rest, further) = self.period(rest)?;
        term.renewal = Some(further);
        let (after, true) = self.takes(words::UNLESS, rest) else {
            return Ok(rest);
        };
        let (after, _) = self.keyword(words::DENOUNCED)(after)?;
        let (after, before) = self.period(after)?;
        term.notice = Some(before);
        Ok(self.keyword(words::BEFORE)(after)?.0)
    }

    /// What follows `then`.
    fn going_on(self, input: &'a str, term: &mut Term) -> Rest<'a> {
        let (rest, _) = self.keyword(words::UNTIL)(input)?;
        let (rest, period) = self.period(rest)?;
        term.then = Some(period);
        let (rest, ()) = self.keywords(&[words::AFTER, words::DENUNCIATION], rest)?;
        Ok(rest)
    }

    /// What follows `prolonged`.
    fn prolonged(self, input: &'a str, term: &mut Term) -> Rest<'a> {
        let (rest, _) = self.keyword(words::WHILE)(input)?;
        let (rest, condition) = self.condition(rest)?;
        term.prolonged = Some(condition);
        Ok(rest)
    }

    /// What follows `ends`.
    fn end(self, start: &'a str, input: &'a str) -> Parsed<'a, Attribute> {
        if two_words(input, words::ON, words::DENUNCIATION) {
            let (rest, ()) = self.keywords(&[words::ON, words::DENUNCIATION], input)?;
            let span = self.between(start, rest);
            return Ok((rest, Attribute::EndsAfterDenunciation(None, span)));
        }
        if let (rest, true) = self.takes(words::WHEN, input) {
            let (rest, condition) = self.condition(rest)?;
            return Ok((rest, Attribute::EndsWhen(None, condition)));
        }
        if !is_number(input) {
            self.could(input, Expected::Number);
            let (rest, _) = self.keyword(words::ON)(input)?;
            self.could(rest, Expected::Word(words::DENUNCIATION));
            return done(self.date(rest)?, Attribute::EndsOn);
        }
        let (rest, period) = self.period(input)?;
        let (rest, _) = self.keyword(words::AFTER)(rest)?;
        if let (rest, true) = self.takes(words::DENUNCIATION, rest) {
            let span = self.between(start, rest);
            return Ok((rest, Attribute::EndsAfterDenunciation(Some(period), span)));
        }
        self.could(rest, Expected::Word(words::DENUNCIATION));
        let (rest, condition) = self.condition(rest)?;
        Ok((rest, Attribute::EndsWhen(Some(period), condition)))
    }

    /// What follows `a`.
    fn leaving(self, start: &'a str, input: &'a str) -> Parsed<'a, Attribute> {
        let (rest, ()) = self.keywords(&[words::PARTY, words::LEAVES], input)?;
        let (rest, period) = if is_number(rest) {
            let (rest, period) = self.period(rest)?;
            let (rest, _) = self.keyword(words::AFTER)(rest)?;
            (rest, Some(period))
        } else {
            self.could(rest, Expected::Number);
            (self.keyword(words::ON)(rest)?.0, None)
        };
        // A denunciation is as good a word for it.
        let rest = match word(rest) {
            (words::DENUNCIATION, rest) => rest,
            _ => self.keyword(words::WITHDRAWAL)(rest)?.0,
        };
        let span = self.between(start, rest);
        Ok((rest, Attribute::LeavesAfterWithdrawal(period, span)))
    }

    /// What follows `prevails`.
    fn precedence(self, start: &'a str, input: &'a str) -> Parsed<'a, Attribute> {
        let (rest, _) = self.keyword(words::OVER)(input)?;
        match self.takes(words::EVERY, rest) {
            (rest, true) => {
                let (rest, _) = self.keyword(words::TREATY)(rest)?;
                let span = self.between(start, rest);
                Ok((rest, Attribute::PrevailsOverAll(span)))
            }
            (rest, false) => done(self.names(rest)?, Attribute::PrevailsOver),
        }
    }

    /// What follows `rounds`.
    fn rounding(self, start: &'a str, input: &'a str) -> Parsed<'a, Attribute> {
        let (rest, up) = self.takes(words::UP, input);
        let rest = if up {
            rest
        } else {
            self.keyword(words::DOWN)(rest)?.0
        };
        let span = self.between(start, rest);
        Ok((rest, Attribute::Rounds(up, span)))
    }

    /// `[ "until" date ] [ "known" "to" names ]`, in either order
    pub(super) fn secrecy(self, input: &'a str) -> Parsed<'a, (Option<Date>, Vec<Name>)> {
        let (rest, early) = self.date_after(words::UNTIL, input)?;
        let (rest, known_to) = match self.takes(words::KNOWN, rest) {
            (rest, true) => {
                let (rest, _) = self.keyword(words::TO)(rest)?;
                self.names(rest)?
            }
            (rest, false) => (rest, Vec::new()),
        };
        let (rest, late) = match early {
            None => self.date_after(words::UNTIL, rest)?,
            Some(_) => (rest, None),
        };
        Ok((rest, (early.or(late), known_to)))
    }
}

/// What is left over.
type Rest<'a> = Result<&'a str, nom::Err<Failure<'a>>>;

/// Puts what was read into its attribute.
#[allow(clippy::unnecessary_wraps, reason = "it ends each arm of a parser")]
fn done<T>((rest, value): (&str, T), make: fn(T) -> Attribute) -> Parsed<'_, Attribute> {
    Ok((rest, make(value)))
}
