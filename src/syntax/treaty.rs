//! Treaties: their articles, disputes, reservations and secret protocols.

use super::ast::{
    Article, Content, Dispute, Item, Part, Preface, Protocol, Reading, Reservation, Treaty,
};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::token::{is_number, run, skip, two_words, word};
use super::words;
use crate::diagnostic::codes::syntax as codes;
use crate::diagnostic::phrase::nearest;

impl<'a> Reader<'a> {
    /// `treaty`, after its first word; goes on after mistakes in its lines and parts.
    pub(super) fn treaty(self, start: &'a str, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let mut treaty = Treaty {
            name,
            title,
            attributes: Vec::new(),
            parts: Vec::new(),
            span: self.between(start, rest),
        };
        let rest = self.treaty_body(rest, &mut treaty);
        treaty.span = self.between(start, rest);
        Ok((rest, Item::Treaty(Box::new(treaty))))
    }

    fn treaty_body(self, input: &'a str, treaty: &mut Treaty) -> &'a str {
        let mut rest = input;
        loop {
            let (found, _) = word(rest);
            let result = if begins_part(rest) {
                self.part(found, rest, word(rest).1).map(|(rest, part)| {
                    treaty.parts.push(part);
                    rest
                })
            } else if words::is_attribute(found) {
                if !treaty.parts.is_empty() {
                    self.complain(codes::head_after_parts(self.span(found), found));
                }
                self.in_head()
                    .attribute(rest, &mut treaty.attributes)
                    .map(|(rest, ())| rest)
            } else if found == words::END {
                self.complain(codes::stray_end(self.span(found)));
                Ok(word(rest).1)
            } else if skip(rest).is_empty() || words::DECLARATIONS.contains(&found) {
                self.could(rest, Expected::Attribute);
                self.could(rest, Expected::Part);
                return rest;
            } else if let Some((part, after)) = misspelt_part(rest) {
                let found = self.span(run_of(rest));
                self.complain(codes::misspelt(found, run_of(rest), part));
                self.part(part, rest, after).map(|(rest, part)| {
                    treaty.parts.push(part);
                    rest
                })
            } else {
                self.could(rest, Expected::Declaration);
                if treaty.parts.is_empty() {
                    let _ = self.fail::<()>(rest, Expected::Attribute);
                }
                self.fail::<()>(rest, Expected::Part).map(|(rest, ())| rest)
            };
            rest = match result {
                Ok(rest) => rest,
                Err(error) => {
                    let at = self.report(error);
                    let stop = |word: &str| words::is_attribute(word) || words::is_structure(word);
                    self.next_line(rest, at, stop)
                }
            };
        }
    }

    /// `part`, of the sort that `found` says; `rest` follows that word.
    fn part(self, found: &str, input: &'a str, rest: &'a str) -> Parsed<'a, Part> {
        match found {
            words::HISTORY => {
                let (rest, facts) = self.history(rest);
                Ok((rest, Part::History(facts)))
            }
            words::AREA => self.area(rest),
            words::DISPUTE => self.dispute(rest),
            words::ARTICLE => self.article(input, rest),
            words::RESERVATION => self.reservation(input, rest),
            words::SECRET => self.protocol(input),
            _ => self.fail(input, Expected::Part),
        }
    }

    /// `dispute`, after its first word
    fn dispute(self, input: &'a str) -> Parsed<'a, Part> {
        let (mut rest, (name, title)) = self.titled(input)?;
        let mut readings = Vec::new();
        while let (after, true) = self.takes(words::READING, rest) {
            let (next, reading) = self.reading(after)?;
            readings.push(reading);
            rest = next;
        }
        let dispute = Dispute {
            name,
            title,
            readings,
        };
        Ok((rest, Part::Dispute(dispute)))
    }

    fn reading(self, input: &'a str) -> Parsed<'a, Reading> {
        let (rest, (name, title)) = self.titled(input)?;
        let (rest, held_by) = match self.takes(words::HELD, rest) {
            (rest, true) => {
                let (rest, _) = self.keyword(words::BY)(rest)?;
                self.names(rest)?
            }
            (rest, false) => (rest, Vec::new()),
        };
        let reading = Reading {
            name,
            title,
            held_by,
        };
        Ok((rest, reading))
    }

    /// `reservation`, after its first word
    fn reservation(self, start: &'a str, input: &'a str) -> Parsed<'a, Part> {
        let (rest, _) = self.keyword(words::OF)(input)?;
        let (rest, of) = self.name(rest)?;
        let (rest, ()) = self.keywords(&[words::TO, words::ARTICLE], rest)?;
        let (rest, article) = self.label(rest)?;
        let (rest, conditions) = self.binds_still(rest)?;
        let (rest, _) = self.sign('.')(rest)?;
        let reservation = Reservation {
            of,
            article,
            conditions,
            span: self.between(start, rest),
        };
        Ok((rest, Part::Reservation(reservation)))
    }

    /// `, which binds it unless ...`: when the article binds in spite of the reservation.
    fn binds_still(self, input: &'a str) -> Parsed<'a, Vec<Preface>> {
        let comma = skip(input).strip_prefix(',');
        let rest = comma.unwrap_or(input);
        let conditional =
            words::CONNECTIVES.contains(&word(rest).0) || word(rest).0 == words::WHICH;
        if comma.is_none() && !conditional {
            return Ok((rest, Vec::new()));
        }
        let (rest, ()) = self.keywords(&[words::WHICH, words::BINDS, words::IT], rest)?;
        self.conditions(rest)
    }

    /// `protocol`
    fn protocol(self, input: &'a str) -> Parsed<'a, Part> {
        let (rest, ()) = self.keywords(&[words::SECRET, words::PROTOCOL], input)?;
        let opening = self.between(input, rest);
        let (rest, title) = self.text_if_any(rest)?;
        let (mut rest, (until, known_to)) = self.secrecy(rest)?;
        let inner = self.deeper(input)?;
        let mut parts = Vec::new();
        loop {
            let (found, after) = word(rest);
            if found == words::END {
                rest = after;
                break;
            }
            if skip(rest).is_empty() || (words::is_structure(found) && !begins_part(rest)) {
                self.complain(codes::unclosed_protocol(opening));
                break;
            }
            rest = match inner.part(found, rest, after) {
                Ok((rest, part)) => {
                    parts.push(part);
                    rest
                }
                Err(error) => {
                    let at = self.report(error);
                    self.next_line(rest, at, words::is_structure)
                }
            };
        }
        let protocol = Protocol {
            title,
            known_to,
            until,
            parts,
            span: self.between(input, rest),
        };
        Ok((rest, Part::Protocol(protocol)))
    }

    /// `article`, after its first word; goes on after mistakes in its clauses.
    fn article(self, start: &'a str, input: &'a str) -> Parsed<'a, Part> {
        let (rest, label) = self.label(input)?;
        let (rest, title) = self.text_if_any(rest)?;
        let (rest, dates) = self.dates(rest)?;
        let (rest, content) = self.content(rest)?;
        let article = Article {
            label,
            title,
            dates,
            content,
            span: self.between(start, rest),
        };
        Ok((rest, Part::Article(article)))
    }

    fn content(self, input: &'a str) -> Parsed<'a, Content> {
        if self.shared.heads_only {
            return Ok((next_structure(input), Content::NotEncoded(None)));
        }
        let (found, rest) = word(input);
        match found {
            words::CREATES => {
                let (rest, ()) = self.keywords(&[words::NO, words::POSITION], rest)?;
                let (rest, _) = self.sign('.')(rest)?;
                Ok((rest, Content::NoPosition))
            }
            words::NOT => {
                let (rest, _) = self.keyword(words::ENCODED)(rest)?;
                let (rest, why) = self.text_if_any(rest)?;
                let (rest, _) = self.sign('.')(rest)?;
                Ok((rest, Content::NotEncoded(why)))
            }
            _ => {
                let (rest, clauses) = self.clauses(input);
                Ok((rest, Content::Clauses(clauses)))
            }
        }
    }

    fn clauses(self, input: &'a str) -> (&'a str, Vec<super::ast::Clause>) {
        let mut rest = input;
        let mut clauses = Vec::new();
        while !skip(rest).is_empty()
            && !words::is_structure(word(rest).0)
            && !begins_misspelt_article(rest)
        {
            rest = match self.clause(rest) {
                Ok((rest, clause)) => {
                    clauses.push(clause);
                    rest
                }
                Err(error) => {
                    let at = self.report(error);
                    self.next_sentence(rest, at)
                }
            };
        }
        self.could(rest, Expected::ClauseStart);
        (rest, clauses)
    }
}

/// The text from the next line on that begins with a word which no clause begins with.
fn next_structure(input: &str) -> &str {
    let mut rest = input;
    while let Some((_, line)) = rest.split_once('\n') {
        if words::is_structure(word(line).0) {
            return line;
        }
        rest = line;
    }
    ""
}

/// The word at the start, in whatever letters.
fn run_of(input: &str) -> &str {
    let input = skip(input);
    input.get(..run(input)).unwrap_or("")
}

/// The part that seems to be meant by a misspelt word, and what follows the word.
fn misspelt_part(input: &str) -> Option<(&'static str, &str)> {
    let found = run_of(input);
    let known = words::PARTS
        .iter()
        .copied()
        .filter(|part| *part != words::SECRET);
    let near = nearest(&found.to_ascii_lowercase(), known.clone())?;
    let part = known.into_iter().find(|part| *part == near)?;
    let after = skip(input).get(found.len()..)?;
    Some((part, after))
}

/// `articel 2`: a misspelt word before a label, which no clause begins with.
fn begins_misspelt_article(input: &str) -> bool {
    let after = skip(input).get(run_of(input).len()..).unwrap_or("");
    is_number(after) && misspelt_part(input).is_some()
}

/// Whether a part of a treaty begins here; `secret` alone is a line of its head.
fn begins_part(input: &str) -> bool {
    match word(input).0 {
        words::SECRET => two_words(input, words::SECRET, words::PROTOCOL),
        found => words::PARTS.contains(&found),
    }
}
