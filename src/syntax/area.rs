//! Areas: unions of territories, islands, polygons and places.

use super::ast::{Area, AreaBase, AreaLine, Holder, Part};
use super::expected::{Expected, Parsed};
use super::reader::Reader;
use super::token::{first_byte, skip, word};
use super::words;

impl<'a> Reader<'a> {
    /// `area`, after its first word; goes on after mistakes in its lines.
    pub(super) fn area(self, input: &'a str) -> Parsed<'a, Part> {
        let (mut rest, name) = self.name(input)?;
        let mut lines = Vec::new();
        while !skip(rest).is_empty() && !words::is_structure(word(rest).0) {
            rest = match self.area_line(rest) {
                Ok((rest, line)) => {
                    lines.push(line);
                    rest
                }
                Err(error) => {
                    let at = self.report(error);
                    self.next_line(rest, at, words::is_structure)
                }
            };
        }
        Ok((rest, Part::Area(Area { name, lines })))
    }

    fn area_line(self, input: &'a str) -> Parsed<'a, AreaLine> {
        let (rest, except) = self.takes(words::EXCEPT, input);
        let (rest, base) = self.area_base(rest)?;
        let mut line = AreaLine {
            except,
            base,
            within: Vec::new(),
            north_of: None,
            south_of: None,
            dates: super::ast::Dates::default(),
            span: self.between(input, rest),
        };
        let rest = self.area_limits(rest, &mut line)?.0;
        let (rest, dates) = self.dates(rest)?;
        line.dates = dates;
        line.span = self.between(input, rest);
        Ok((rest, line))
    }

    /// `{ "in" name { "or" name } | ( "north" | "south" ) "of" number }`
    fn area_limits(self, input: &'a str, line: &mut AreaLine) -> Parsed<'a, ()> {
        let mut rest = input;
        loop {
            match word(rest) {
                (words::IN, after) => {
                    let (next, names) = self.names_with_or(after)?;
                    line.within.push(names);
                    rest = next;
                }
                (found @ (words::NORTH | words::SOUTH), after) => {
                    let (after, _) = self.keyword(words::OF)(after)?;
                    let (next, degrees) = self.degrees(after)?;
                    let limit = match found {
                        words::NORTH => &mut line.north_of,
                        _ => &mut line.south_of,
                    };
                    *limit = Some(degrees);
                    rest = next;
                }
                _ => {
                    for possible in [words::IN, words::NORTH, words::SOUTH] {
                        self.could(rest, Expected::Word(possible));
                    }
                    return Ok((rest, ()));
                }
            }
        }
    }

    /// `areabase`
    fn area_base(self, input: &'a str) -> Parsed<'a, AreaBase> {
        match word(input) {
            (words::TERRITORY, rest) if word(rest).0 == words::ADMINISTERED => {
                let (rest, ()) = self.keywords(&[words::ADMINISTERED, words::BY], rest)?;
                let (rest, holder) = self.holder(rest)?;
                Ok((rest, AreaBase::Administered(holder)))
            }
            (words::TERRITORY, rest) => {
                let (rest, _) = self.keyword(words::OF)(rest)?;
                let (rest, holder) = self.holder(rest)?;
                Ok((rest, AreaBase::Territory(holder)))
            }
            (words::ISLANDS, rest) => {
                let (rest, _) = self.keyword(words::OF)(rest)?;
                let (rest, holder) = self.holder(rest)?;
                Ok((rest, AreaBase::Islands(holder)))
            }
            (words::POLYGON, rest) => self.polygon(rest),
            _ => {
                let (rest, name) = self.name_as(Expected::AreaLine, input)?;
                Ok((rest, AreaBase::Named(name)))
            }
        }
    }

    /// `"a" name | name`
    fn holder(self, input: &'a str) -> Parsed<'a, Holder> {
        if let (words::A | words::AN, rest) = word(input) {
            let (rest, class) = self.name_as(Expected::Class, rest)?;
            Ok((rest, Holder::Class(class)))
        } else {
            let (rest, name) = self.name(input)?;
            Ok((rest, Holder::Named(name)))
        }
    }

    /// `corner corner corner { corner }`
    fn polygon(self, input: &'a str) -> Parsed<'a, AreaBase> {
        let mut corners = Vec::new();
        let mut rest = input;
        while corners.len() < 3 || first_byte(rest) == b'(' {
            let (after, _) = self.sign('(')(rest)?;
            let (after, latitude) = self.degrees(after)?;
            let (after, longitude) = self.degrees(after)?;
            rest = self.sign(')')(after)?.0;
            corners.push((latitude, longitude));
        }
        Ok((rest, AreaBase::Polygon(corners)))
    }
}
