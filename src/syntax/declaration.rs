//! Declarations of actors and of words that are only a name and a title.

use super::ast::{Item, Name, Organisation, State};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::token::{is_variable, word};
use super::words;

impl<'a> Reader<'a> {
    /// `item`
    pub(super) fn item(self, input: &'a str) -> Parsed<'a, Item> {
        let (found, rest) = word(input);
        match found {
            words::STATE => self.state(rest),
            words::ORGANISATION => self.organisation(rest),
            words::ORGAN => self.organ(rest),
            words::PLACE => self.place_item(rest),
            words::VERB => self.verb(rest),
            words::STATUS => self.status(rest),
            words::DEFINE => self.define(input, rest),
            words::TREATY => self.treaty(input, rest),
            words::HISTORY => {
                let (rest, facts) = self.history(rest);
                Ok((rest, Item::History(facts)))
            }
            words::MEANS => {
                let (rest, (name, title)) = self.titled(rest)?;
                let (rest, kind_of) = self.plain_kind(rest)?;
                Ok((
                    rest,
                    Item::Means {
                        name,
                        title,
                        kind_of,
                    },
                ))
            }
            _ => self.plain_item(found, rest, input),
        }
    }

    /// Declarations that are a name and a title.
    fn plain_item(self, found: &str, input: &'a str, start: &'a str) -> Parsed<'a, Item> {
        let make: fn(Name, Option<Name>) -> Item = match found {
            words::GROUP => |name, title| Item::Group { name, title },
            words::THING => |name, title| Item::Thing { name, title },
            words::MANNER => |name, title| Item::Manner { name, title },
            words::POSSESSION => |name, title| Item::Possession { name, title },
            _ => return self.fail(start, Expected::Declaration),
        };
        let (rest, (name, title)) = self.titled(input)?;
        Ok((rest, make(name, title)))
    }

    /// `name [ text ]`
    pub(super) fn titled(self, input: &'a str) -> Parsed<'a, (Name, Option<Name>)> {
        let (rest, name) = self.name(input)?;
        let (rest, title) = self.text_if_any(rest)?;
        Ok((rest, (name, title)))
    }

    /// `state`
    fn state(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let mut state = State {
            name,
            title,
            also: Vec::new(),
            code: None,
            cow: None,
            exists: Vec::new(),
            continues: Vec::new(),
            within: Vec::new(),
        };
        let rest = self.lines(
            rest,
            &mut state,
            words::STATE_LINES,
            Expected::StateLine,
            Self::state_line,
        );
        Ok((rest, Item::State(state)))
    }

    fn state_line(self, state: &mut State, found: &'a str, input: &'a str) -> Parsed<'a, ()> {
        let rest = match found {
            words::ALSO => {
                let (rest, texts) = self.texts(input)?;
                state.also.extend(texts);
                rest
            }
            words::CODE if is_variable(input) => {
                let (rest, code) = self.variable(input)?;
                state.code = Some(code);
                rest
            }
            words::CODE => {
                let (rest, code) = self.name(input)?;
                state.code = Some(code);
                rest
            }
            words::COW => {
                let (rest, number) = self.whole(input)?;
                state.cow = Some(number);
                rest
            }
            words::EXISTS => {
                let (rest, spells) = self.spells(input)?;
                state.exists = spells;
                rest
            }
            words::CONTINUES => {
                let (rest, names) = self.names(input)?;
                let (rest, from) = self.date_after(words::FROM, rest)?;
                let pairs = names.into_iter().map(|name| (name, from.clone()));
                state.continues.extend(pairs);
                rest
            }
            _ => {
                let (rest, names) = self.names(input)?;
                state.within.extend(names);
                rest
            }
        };
        Ok((rest, ()))
    }

    /// `organisation`
    fn organisation(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let mut organisation = Organisation {
            name,
            title,
            also: Vec::new(),
            exists: Vec::new(),
        };
        let rest = self.lines(
            rest,
            &mut organisation,
            words::ORGANISATION_LINES,
            Expected::OrganisationLine,
            Self::organisation_line,
        );
        Ok((rest, Item::Organisation(organisation)))
    }

    fn organisation_line(
        self,
        organisation: &mut Organisation,
        found: &'a str,
        input: &'a str,
    ) -> Parsed<'a, ()> {
        if found == words::ALSO {
            let (rest, texts) = self.texts(input)?;
            organisation.also.extend(texts);
            return Ok((rest, ()));
        }
        let (rest, spells) = self.spells(input)?;
        organisation.exists = spells;
        Ok((rest, ()))
    }

    /// `organ`
    fn organ(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let (rest, _) = self.keyword(words::OF)(rest)?;
        let (rest, of) = self.name(rest)?;
        Ok((rest, Item::Organ { name, title, of }))
    }

    /// `[ "a" "kind" "of" name ]`
    fn plain_kind(self, input: &'a str) -> Parsed<'a, Option<Name>> {
        match self.takes(words::A, input) {
            (rest, true) => {
                let (rest, ()) = self.keywords(&[words::KIND, words::OF], rest)?;
                let (rest, name) = self.name(rest)?;
                Ok((rest, Some(name)))
            }
            (rest, false) => Ok((rest, None)),
        }
    }
}
