//! Declarations of places.

use super::ast::{Claim, Item, Place};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::words;

impl<'a> Reader<'a> {
    /// `place`
    pub(super) fn place_item(self, input: &'a str) -> Parsed<'a, Item> {
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
}
