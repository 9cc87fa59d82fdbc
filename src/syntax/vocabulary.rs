//! Declarations of verbs and statuses, with the roles they take and what they are kinds of.

use super::ast::{Item, KindOf, Name, Status, Verb};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::token::word;
use super::words;
use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

impl<'a> Reader<'a> {
    /// `verb`
    pub(super) fn verb(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, base) = self.name(input)?;
        let (rest, _) = self.sign(',')(rest)?;
        let (rest, third) = self.name(rest)?;
        let (rest, _) = self.sign(',')(rest)?;
        let (rest, past) = self.name(rest)?;
        let (rest, title) = self.text_if_any(rest)?;
        let mut verb = Verb {
            base,
            third,
            past,
            title,
            roles: None,
            takes_sides: false,
            lasts: false,
            open: false,
            kinds: Vec::new(),
        };
        let rest = self.lines(
            rest,
            &mut verb,
            words::VERB_LINES,
            Expected::VerbLine,
            Self::verb_line,
        );
        Ok((rest, Item::Verb(verb)))
    }

    fn verb_line(self, verb: &mut Verb, found: &'a str, input: &'a str) -> Parsed<'a, ()> {
        match found {
            words::TAKES => match self.takes(words::SIDES, input) {
                (rest, true) => {
                    verb.takes_sides = true;
                    Ok((rest, ()))
                }
                (rest, false) => {
                    let (rest, roles) = self.role_list(rest)?;
                    verb.roles.get_or_insert_default().extend(roles);
                    Ok((rest, ()))
                }
            },
            words::LASTS => {
                verb.lasts = true;
                Ok((input, ()))
            }
            words::OPEN => {
                verb.open = true;
                Ok((input, ()))
            }
            _ => {
                let (rest, kind) = self.kind(input)?;
                verb.kinds.push(kind);
                Ok((rest, ()))
            }
        }
    }

    /// `status`
    pub(super) fn status(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let mut status = Status {
            name,
            title,
            roles: Vec::new(),
            symmetric: false,
            open: false,
            kinds: Vec::new(),
        };
        let rest = self.lines(
            rest,
            &mut status,
            words::STATUS_LINES,
            Expected::StatusLine,
            Self::status_line,
        );
        Ok((rest, Item::Status(status)))
    }

    fn status_line(self, status: &mut Status, found: &'a str, input: &'a str) -> Parsed<'a, ()> {
        match found {
            words::TAKES => {
                let (rest, roles) = self.role_list(input)?;
                status.roles.extend(roles);
                Ok((rest, ()))
            }
            words::SYMMETRIC => {
                status.symmetric = true;
                Ok((input, ()))
            }
            words::OPEN => {
                status.open = true;
                Ok((input, ()))
            }
            _ => {
                let (rest, kind) = self.kind(input)?;
                status.kinds.push(kind);
                Ok((rest, ()))
            }
        }
    }

    /// `kindof`, after its `a`
    fn kind(self, input: &'a str) -> Parsed<'a, KindOf> {
        let (rest, ()) = self.keywords(&[words::KIND, words::OF], input)?;
        let (rest, broader) = self.name(rest)?;
        let (rest, renamed) = match self.takes(words::WITH, rest) {
            (rest, true) => {
                separated_list1(self.sign(','), cut(|input| self.renamed(input))).parse(rest)?
            }
            (rest, false) => (rest, Vec::new()),
        };
        Ok((rest, KindOf { broader, renamed }))
    }

    /// `role "as" role`
    fn renamed(self, input: &'a str) -> Parsed<'a, (Name, Name)> {
        let (rest, own) = self.role(input)?;
        let (rest, _) = self.keyword(words::AS)(rest)?;
        let (rest, broader) = self.role(rest)?;
        Ok((rest, (own, broader)))
    }

    /// `roles`
    fn role_list(self, input: &'a str) -> Parsed<'a, Vec<Name>> {
        separated_list1(self.sign(','), cut(|input| self.role(input))).parse(input)
    }

    /// `role`
    fn role(self, input: &'a str) -> Parsed<'a, Name> {
        let (found, rest) = word(input);
        if found == words::OBJECT || words::is_preposition(found) {
            return Ok((rest, self.named(found)));
        }
        self.fail(input, Expected::Role)
    }
}
