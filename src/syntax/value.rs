//! Numbers, dates and periods as written.

use super::ast::{Date, Dates, PeriodAt, Text};
use super::expected::{Expected, Parsed, Problem};
use super::reader::{Reader, problem};
use super::token::{is_number, run, skip, word};
use super::words;
use crate::calendar::{PartialDate, Period};
use nom::Parser;
use nom::character::complete::{char, digit1};
use nom::combinator::{opt, recognize};
use nom::sequence::preceded;

/// No period is longer, so that arithmetic with days stays sound.
const MOST_DAYS: i32 = 3_660_000;
const MOST_MONTHS: i32 = 120_000;

impl<'a> Reader<'a> {
    /// `date`
    pub(super) fn date(self, input: &'a str) -> Parsed<'a, Date> {
        if !is_number(input) {
            return self.fail(input, Expected::Date);
        }
        let input = skip(input);
        let (found, rest) = input.split_at(run(input));
        match PartialDate::parse(found) {
            Some(value) => {
                let span = self.span(found);
                Ok((rest, Date { value, span }))
            }
            None if looks_like_date(found) => Err(problem(input, Problem::NoSuchDay)),
            None => Err(problem(input, Problem::BadDate)),
        }
    }

    /// A number without sign or fraction.
    pub(super) fn whole<T: std::str::FromStr>(self, input: &'a str) -> Parsed<'a, T> {
        if !is_number(input) {
            return self.fail(input, Expected::Number);
        }
        let input = skip(input);
        let (rest, digits) = digit1(input)?;
        match digits.parse() {
            Ok(number) => Ok((rest, number)),
            Err(_) => Err(problem(input, Problem::NumberTooLarge)),
        }
    }

    /// `number`, in degrees.
    pub(super) fn degrees(self, input: &'a str) -> Parsed<'a, f64> {
        let start = skip(input);
        let fraction = opt(preceded(char('.'), digit1));
        let parsed: Parsed<'a, &str> = recognize((opt(char('-')), digit1, fraction)).parse(start);
        match parsed {
            Ok((rest, digits)) => match digits.parse() {
                Ok(number) => Ok((rest, number)),
                Err(_) => Err(problem(start, Problem::NumberTooLarge)),
            },
            Err(_) => self.fail(start, Expected::Number),
        }
    }

    /// `period`
    pub(super) fn period(self, input: &'a str) -> Parsed<'a, PeriodAt> {
        let (rest, number) = self.whole::<i32>(input)?;
        let (unit, rest_after) = word(rest);
        let period = |months: i32, days: i32| {
            let months = number.checked_mul(months).filter(|all| *all <= MOST_MONTHS);
            let days = number.checked_mul(days).filter(|all| *all <= MOST_DAYS);
            months.zip(days)
        };
        let value = match unit {
            words::DAY | words::DAYS => period(0, 1),
            words::WEEK | words::WEEKS => period(0, 7),
            words::MONTH | words::MONTHS => period(1, 0),
            words::YEAR | words::YEARS => period(12, 0),
            _ => return self.fail(rest, Expected::Unit),
        };
        match value {
            Some((months, days)) => {
                let span = self.between(input, rest_after);
                let value = Period { months, days };
                Ok((rest_after, PeriodAt { value, span }))
            }
            None => Err(problem(skip(input), Problem::NumberTooLarge)),
        }
    }

    /// `span`
    pub(super) fn dates(self, input: &'a str) -> Parsed<'a, Dates> {
        let (rest, from) = self.date_after(words::FROM, input)?;
        let (rest, until) = self.date_after(words::UNTIL, rest)?;
        Ok((rest, Dates { from, until }))
    }

    /// A span with at least one of its two days.
    fn spell(self, input: &'a str) -> Parsed<'a, Dates> {
        let (rest, dates) = self.dates(input)?;
        if dates.from.is_none() && dates.until.is_none() {
            return self
                .fail(rest, Expected::Word(words::FROM))
                .or_else(|_| self.fail(rest, Expected::Word(words::UNTIL)));
        }
        Ok((rest, dates))
    }

    /// `spell { "," spell }`
    pub(super) fn spells(self, input: &'a str) -> Parsed<'a, Vec<Dates>> {
        let (mut rest, first) = self.spell(input)?;
        let mut spells = vec![first];
        while let (after, true) = self.takes_sign(',', rest) {
            let (after, next) = self.spell(after)?;
            spells.push(next);
            rest = after;
        }
        Ok((rest, spells))
    }

    /// `text { "," text }`
    pub(super) fn texts(self, input: &'a str) -> Parsed<'a, Vec<Text>> {
        let (mut rest, first) = self.text(input)?;
        let mut texts = vec![first];
        while let (after, true) = self.takes_sign(',', rest) {
            let (after, next) = self.text(after)?;
            texts.push(next);
            rest = after;
        }
        Ok((rest, texts))
    }

    /// A date, if a certain word brings one in.
    pub(super) fn date_after(
        self,
        wanted: &'static str,
        input: &'a str,
    ) -> Parsed<'a, Option<Date>> {
        match self.takes(wanted, input) {
            (rest, true) => self.date(rest).map(|(rest, date)| (rest, Some(date))),
            (rest, false) => Ok((rest, None)),
        }
    }
}

/// Written like a date, so that its numbers must be wrong.
fn looks_like_date(found: &str) -> bool {
    let lengths: Vec<usize> = found.split('-').map(str::len).collect();
    let digits = found
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    digits && matches!(lengths.as_slice(), [4, 2, 2] | [4, 2])
}
