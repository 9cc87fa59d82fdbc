//! What stands after a verb: the object, the roles, the place and the treaty; and references to treaties and clauses.

use super::ast::{Name, Noun, Phrase, Reference, Spot, Target, Where};
use super::expected::{Expected, Parsed, Problem};
use super::noun::Stand;
use super::reader::{Reader, problem};
use super::token::{first_byte, is_number, skip, two_words, word};
use super::words;

impl<'a> Reader<'a> {
    /// `phrase`
    pub(super) fn phrase(self, input: &'a str) -> Parsed<'a, Phrase> {
        let mut phrase = Phrase::default();
        let mut rest = input;
        if self.begins_noun(rest) {
            let (after, object) = self.noun(Stand::Object, rest)?;
            phrase.object = Some(object);
            rest = after;
        }
        self.roles(rest, phrase)
    }

    /// A phrase without an object.
    pub(super) fn roles(self, input: &'a str, mut phrase: Phrase) -> Parsed<'a, Phrase> {
        let mut rest = input;
        loop {
            let (found, after) = word(rest);
            match found {
                words::IN if self.head && word(after).0 == words::FORCE => break,
                words::FOR if self.head && is_number(after) => break,
                words::IN | words::OUTSIDE => {
                    if phrase.place.is_some() {
                        return Err(problem(skip(rest), Problem::SecondPlace));
                    }
                    let (next, place) = self.place(rest)?;
                    phrase.place = Some(place);
                    rest = next;
                }
                words::UNDER => {
                    let (next, reference) = self.reference(after)?;
                    phrase.under = Some(Box::new(reference));
                    return Ok((next, phrase));
                }
                _ if words::is_preposition(found) => {
                    let role = self.named(found);
                    let (next, noun) = self.noun(Stand::Object, after)?;
                    phrase.roles.push((role, noun));
                    rest = next;
                }
                _ => break,
            }
        }
        self.could(rest, Expected::Preposition);
        Ok((rest, phrase))
    }

    /// `"in" where | "outside" where`
    fn place(self, input: &'a str) -> Parsed<'a, Where> {
        let (found, rest) = word(input);
        let outside = found == words::OUTSIDE;
        let (mut rest, first) = self.spot(rest)?;
        let mut spots = vec![first];
        while let Some((after, spot)) = self.further_spot(rest) {
            spots.push(spot);
            rest = after;
        }
        let span = self.between(input, rest);
        let place = Where {
            outside,
            spots,
            span,
        };
        Ok((rest, place))
    }

    /// `"or" spot`, unless a new sentence begins there.
    fn further_spot(self, input: &'a str) -> Option<(&'a str, Spot)> {
        let (found, after) = word(input);
        if found != words::OR {
            return None;
        }
        if word(after).0 == words::TERRITORY {
            return self.spot(after).ok();
        }
        let (rest, noun) = self.list_item(Stand::Object, after).ok()??;
        Some((rest, Spot::Named(noun)))
    }

    /// `spot`
    fn spot(self, input: &'a str) -> Parsed<'a, Spot> {
        if two_words(input, words::TERRITORY, words::OF) {
            let (rest, ()) = self.keywords(&[words::TERRITORY, words::OF], input)?;
            let (rest, owner) = self.spot_noun(rest)?;
            return Ok((rest, Spot::TerritoryOf(owner)));
        }
        if two_words(input, words::TERRITORY, words::ADMINISTERED) {
            let (rest, ()) =
                self.keywords(&[words::TERRITORY, words::ADMINISTERED, words::BY], input)?;
            let (rest, owner) = self.spot_noun(rest)?;
            return Ok((rest, Spot::AdministeredBy(owner)));
        }
        let (rest, noun) = self.spot_noun(input)?;
        Ok((rest, Spot::Named(noun)))
    }

    /// A noun of a place; `or` joins places, not nouns.
    fn spot_noun(self, input: &'a str) -> Parsed<'a, Noun> {
        let (rest, first) = self.simple(Stand::Object, input)?;
        let (rest, mut nouns) = self.further_nouns(words::AND, Stand::Object, rest)?;
        if nouns.is_empty() {
            return Ok((rest, first));
        }
        nouns.insert(0, first);
        Ok((rest, Noun::List { and: true, nouns }))
    }

    /// `reference`
    pub(super) fn reference(self, input: &'a str) -> Parsed<'a, Reference> {
        let (rest, target) = self.target(input)?;
        let span = self.between(input, rest);
        Ok((rest, Reference { target, span }))
    }

    fn target(self, input: &'a str) -> Parsed<'a, Target> {
        if first_byte(input) == b'(' {
            let (rest, label) = self.bracketed_label(input)?;
            return Ok((rest, Target::Clause(label)));
        }
        match word(input) {
            (words::THIS, rest) => {
                let (rest, _) = self.keyword(words::TREATY)(rest)?;
                Ok((rest, Target::ThisTreaty))
            }
            (words::EVERY, rest) => {
                let (rest, _) = self.keyword(words::TREATY)(rest)?;
                Ok((rest, Target::EveryTreaty))
            }
            (words::ARTICLE, rest) => self.article_target(None, rest),
            _ => {
                let (rest, name) = self.name_as(Expected::Reference, input)?;
                match word(rest) {
                    (words::ARTICLE, rest) => self.article_target(Some(name), rest),
                    _ => Ok((rest, Target::Treaty(name))),
                }
            }
        }
    }

    /// `label [ "(" label ")" ]`
    fn article_target(self, treaty: Option<Name>, input: &'a str) -> Parsed<'a, Target> {
        let (rest, label) = self.label(input)?;
        let (rest, clause) = if first_byte(rest) == b'(' {
            let (rest, clause) = self.bracketed_label(rest)?;
            (rest, Some(clause))
        } else {
            (rest, None)
        };
        let target = Target::Article {
            treaty,
            label,
            clause,
        };
        Ok((rest, target))
    }
}
