//! Declarations of actors, places and words, definitions and histories.

use super::ast::{Claim, Define, Fact, Item, KindOf, Name, Place, Preface, State, Status, Verb};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::token::{is_number, is_variable, word};
use super::words;
use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

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
            code: None,
            cow: None,
            exists: super::ast::Dates::default(),
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
                let (rest, dates) = self.dates(input)?;
                state.exists = dates;
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
        let (mut rest, (name, title)) = self.titled(input)?;
        let mut exists = super::ast::Dates::default();
        while let (after, true) = self.takes(words::EXISTS, rest) {
            (rest, exists) = self.dates(after)?;
        }
        Ok((
            rest,
            Item::Organisation {
                name,
                title,
                exists,
            },
        ))
    }

    /// `organ`
    fn organ(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let (rest, _) = self.keyword(words::OF)(rest)?;
        let (rest, of) = self.name(rest)?;
        Ok((rest, Item::Organ { name, title, of }))
    }

    /// `place`
    fn place_item(self, input: &'a str) -> Parsed<'a, Item> {
        let (rest, (name, title)) = self.titled(input)?;
        let mut place = Place {
            name,
            title,
            island: false,
            sea: false,
            within: Vec::new(),
            at: None,
            sovereign: Vec::new(),
            administered: Vec::new(),
            claimed: Vec::new(),
        };
        let rest = self.lines(
            rest,
            &mut place,
            words::PLACE_LINES,
            Expected::PlaceLine,
            Self::place_line,
        );
        Ok((rest, Item::Place(place)))
    }

    fn place_line(self, place: &mut Place, found: &'a str, input: &'a str) -> Parsed<'a, ()> {
        let rest = match found {
            words::ISLAND => {
                place.island = true;
                input
            }
            words::SEA => {
                place.sea = true;
                input
            }
            words::IN => {
                let (rest, names) = self.names(input)?;
                let (rest, dates) = self.dates(rest)?;
                let pairs = names.into_iter().map(|name| (name, dates.clone()));
                place.within.extend(pairs);
                rest
            }
            words::AT => {
                let (rest, latitude) = self.degrees(input)?;
                let (rest, longitude) = self.degrees(rest)?;
                place.at = Some((latitude, longitude));
                rest
            }
            words::SOVEREIGN => {
                let (rest, name) = self.name(input)?;
                let (rest, dates) = self.dates(rest)?;
                place.sovereign.push((name, dates));
                rest
            }
            words::ADMINISTERED => {
                let (rest, _) = self.keyword(words::BY)(input)?;
                let (rest, name) = self.name(rest)?;
                let (rest, dates) = self.dates(rest)?;
                place.administered.push((name, dates));
                rest
            }
            _ => {
                let (rest, claim) = self.claim(input)?;
                place.claimed.push(claim);
                rest
            }
        };
        Ok((rest, ()))
    }

    /// What follows `claimed`.
    fn claim(self, input: &'a str) -> Parsed<'a, Claim> {
        let (rest, _) = self.keyword(words::BY)(input)?;
        let (rest, by) = self.name(rest)?;
        let (rest, accepted_by) = match self.takes_sign(',', rest) {
            (rest, true) => {
                let (rest, ()) = self.keywords(&[words::ACCEPTED, words::BY], rest)?;
                self.names(rest)?
            }
            (rest, false) => (rest, Vec::new()),
        };
        let (rest, dates) = self.dates(rest)?;
        let claim = Claim {
            by,
            accepted_by,
            dates,
        };
        Ok((rest, claim))
    }

    /// `verb`
    fn verb(self, input: &'a str) -> Parsed<'a, Item> {
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
    fn status(self, input: &'a str) -> Parsed<'a, Item> {
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

    /// `define`
    fn define(self, start: &'a str, input: &'a str) -> Parsed<'a, Item> {
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
