//! Declarations, definitions and histories on a page.

use super::layout::{Gap, Piece, WIDTH};
use super::page::{Page, date, dates, same_dates, title};
use super::{Print, join};
use crate::syntax::ast::{
    Claim, Date, Dates, Define, Fact, Item, KindOf, Name, Organisation, Place, Preface, State,
    Status, Text, Verb,
};

/// A further line of a declaration.
pub(super) type Further = (u32, String);

impl Page<'_> {
    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::State(state) => self.state(state),
            Item::Place(place) => self.place(place),
            Item::Verb(verb) => self.verb(verb),
            Item::Status(status) => self.status(status),
            Item::Define(define) => self.define(define),
            Item::History(facts) => self.history(facts),
            Item::Treaty(treaty) => self.treaty(treaty),
            Item::Organisation(organisation) => self.organisation(organisation),
            Item::Organ { name, title, of } => {
                let of = format!(" of {}", of.text);
                self.header("organ", name, title.as_ref(), &of);
            }
            Item::Means {
                name,
                title,
                kind_of,
            } => {
                let kind = kind_of.as_ref();
                let kind = kind.map_or_else(String::new, |of| format!(" a kind of {}", of.text));
                self.header("means", name, title.as_ref(), &kind);
            }
            Item::Group { name, title } => self.header("group", name, title.as_ref(), ""),
            Item::Thing { name, title } => self.header("thing", name, title.as_ref(), ""),
            Item::Manner { name, title } => self.header("manner", name, title.as_ref(), ""),
            Item::Possession { name, title } => {
                self.header("possession", name, title.as_ref(), "");
            }
        }
    }

    /// The first line of a declaration.
    fn header(&mut self, keyword: &str, name: &Name, text: Option<&Text>, more: &str) {
        let mut line = format!("{keyword} {}", name.text);
        title(&mut line, text);
        line.push_str(more);
        self.line(0, name.span.start, Gap::Keep, &line);
        self.read_text(text);
    }

    fn further(&mut self, lines: Vec<Further>) {
        for (anchor, text) in lines {
            self.line(2, anchor, Gap::None, &text);
        }
    }

    fn organisation(&mut self, organisation: &Organisation) {
        let title = organisation.title.as_ref();
        self.header("organisation", &organisation.name, title, "");
        self.also(&organisation.also);
        self.further(existed(&organisation.exists).into_iter().collect());
    }

    /// Other names, on a line of their own.
    fn also(&mut self, names: &[Text]) {
        if let Some((anchor, text)) = also(names) {
            self.line(2, anchor, Gap::None, &text);
            self.read_text(names.last());
        }
    }

    /// The lines of a state stand side by side if they fit; its predecessors apart.
    fn state(&mut self, state: &State) {
        self.header("state", &state.name, state.title.as_ref(), "");
        self.also(&state.also);
        let before = state.also.last().or(state.title.as_ref());
        let start = self.next_token(before.unwrap_or(&state.name).span.end);
        let mut parts: Vec<Further> = Vec::new();
        if let Some(code) = &state.code {
            parts.push((code.span.start, format!("code {}", code.text)));
        }
        if let Some(number) = state.cow {
            parts.push((self.find("cow"), format!("cow {number}")));
        }
        parts.extend(existed(&state.exists));
        let continued = continued(&state.continues);
        let apart = !continued.is_empty();
        if apart {
            self.side_by_side(start, std::mem::take(&mut parts));
            self.further(continued);
        }
        if let Some(first) = state.within.first() {
            let mut text = String::from("in ");
            join(&mut text, &state.within, ", ");
            parts.push((first.span.start, text));
        }
        let start = if apart { first_anchor(&parts) } else { start };
        self.side_by_side(start, parts);
    }

    fn side_by_side(&mut self, start: u32, parts: Vec<Further>) {
        let texts: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
        let line = texts.join("  ");
        if line.chars().count() + 2 > WIDTH {
            self.further(parts);
        } else if !parts.is_empty() {
            self.line(2, start, Gap::None, &line);
        }
    }

    fn place(&mut self, place: &Place) {
        let mut more = String::new();
        for (is, word) in [(place.island, " island"), (place.sea, " sea")] {
            if is {
                more.push_str(word);
            }
        }
        let undated = |(_, dates): &&(Name, Dates)| first_date(dates).is_none();
        let within: Vec<&Name> = place
            .within
            .iter()
            .take_while(undated)
            .map(|(name, _)| name)
            .collect();
        if !within.is_empty() {
            more.push_str(" in ");
            join(&mut more, within.iter().copied(), ", ");
        }
        if let Some((latitude, longitude)) = place.at {
            more.push_str(&format!(" at {} {}", degrees(latitude), degrees(longitude)));
        }
        let further = place_lines(place, within.len());
        if let [(_, only)] = further.as_slice()
            && place_width(place, &more, only) <= WIDTH
        {
            more.push_str("  ");
            more.push_str(only);
            self.header("place", &place.name, place.title.as_ref(), &more);
        } else {
            self.header("place", &place.name, place.title.as_ref(), &more);
            self.further(further);
        }
    }

    fn verb(&mut self, verb: &Verb) {
        let forms = Name {
            text: format!(
                "{}, {}, {}",
                verb.base.text, verb.third.text, verb.past.text
            ),
            span: verb.base.span,
        };
        self.header("verb", &forms, verb.title.as_ref(), "");
        if verb.title.is_none() {
            self.read_to(verb.past.span.end);
        }
        let mut lines = Vec::new();
        if let Some(roles) = &verb.roles {
            lines.extend(taken(roles));
        }
        for (is, text, word) in [
            (verb.takes_sides, "takes sides", "sides"),
            (verb.lasts, "lasts", "lasts"),
            (verb.open, "open", "open"),
        ] {
            if is {
                lines.push((self.find(word), text.to_owned()));
            }
        }
        lines.extend(verb.kinds.iter().map(kind));
        self.further(lines);
    }

    /// The lines of a status stand behind its name if they fit.
    fn status(&mut self, status: &Status) {
        self.read_to(status.name.span.start);
        let mut more = String::new();
        let mut lines: Vec<Further> = taken(&status.roles).into_iter().collect();
        for (is, word) in [(status.symmetric, "symmetric"), (status.open, "open")] {
            if is {
                lines.push((self.find(word), word.to_owned()));
            }
        }
        lines.extend(status.kinds.iter().map(kind));
        for (_, text) in &lines {
            more.push_str("  ");
            more.push_str(text);
        }
        let title = status.title.as_ref();
        let title_width = title.map_or(0, |title| title.text.chars().count() + 3);
        let width = "status ".len() + status.name.text.len() + title_width + more.len();
        if width <= WIDTH {
            self.header("status", &status.name, title, &more);
        } else {
            self.header("status", &status.name, title, "");
            self.further(lines);
        }
    }

    fn define(&mut self, define: &Define) {
        let mut head = String::from("define ");
        self.print.sentence(&mut head, &define.head);
        let mut pieces = vec![Piece::new(define.span.start, head)];
        let mut conditions: Vec<Piece> = self.conditions(&define.conditions);
        if let Some(piece) = conditions.first_mut() {
            piece.new_line = true;
        }
        pieces.append(&mut conditions);
        if let Some(piece) = pieces.last_mut() {
            piece.text.push('.');
        }
        let span = (define.span.start, define.span.end);
        self.sentence(0, 2, span, Gap::Keep, &pieces, "");
    }

    /// Conditions with commas between.
    pub(super) fn conditions(&self, conditions: &[Preface]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = conditions
            .iter()
            .map(|condition| self.print.preface(condition))
            .collect();
        let all_but_last = pieces.len().saturating_sub(1);
        for piece in pieces.iter_mut().take(all_but_last) {
            piece.text.push(',');
        }
        pieces
    }

    pub(super) fn history(&mut self, facts: &[Fact]) {
        let anchor = self.find("history");
        self.line(0, anchor, Gap::Force, "history");
        for fact in facts {
            let mut text = String::new();
            self.print.fact(&mut text, fact);
            self.line(2, fact.span.start, Gap::Keep, &text);
            self.read_to(fact.span.end);
        }
    }
}

impl Print<'_> {
    /// `from 1952-02-18 turkey is a party.`
    pub(super) fn fact(self, out: &mut String, fact: &Fact) {
        out.push_str(if fact.lasting { "from " } else { "" });
        out.push_str(&fact.from.value.to_string());
        date(out, " to ", fact.to.as_ref());
        out.push(' ');
        self.sentence(out, &fact.sentence);
        out.push('.');
    }
}

fn first_anchor(parts: &[Further]) -> u32 {
    parts.first().map_or(0, |(anchor, _)| *anchor)
}

/// Always with a decimal point.
fn degrees(number: f64) -> String {
    let text = number.to_string();
    if text.contains('.') {
        text
    } else {
        text + ".0"
    }
}

fn place_width(place: &Place, more: &str, only: &str) -> usize {
    let title = place.title.as_ref();
    let title = title.map_or(0, |title| title.text.chars().count() + 3);
    "place   ".len() + place.name.text.len() + title + more.len() + only.len()
}

/// The lines of a place after those places in which it lies without dates.
fn place_lines(place: &Place, within: usize) -> Vec<Further> {
    let mut lines = Vec::new();
    let mut rest = place.within.get(within..).unwrap_or(&[]);
    while let Some((first, of_first)) = rest.first() {
        let same = |(_, dates): &&(Name, Dates)| same_dates(dates, of_first);
        let names: Vec<&Name> = rest.iter().take_while(same).map(|(name, _)| name).collect();
        let mut text = String::from("in ");
        join(&mut text, names.iter().copied(), ", ");
        dates(&mut text, of_first);
        lines.push((first.span.start, text));
        rest = rest.get(names.len()..).unwrap_or(&[]);
    }
    for (before, all) in [
        ("sovereign ", &place.sovereign),
        ("administered by ", &place.administered),
    ] {
        lines.extend(all.iter().map(|(name, of_name)| {
            let mut text = format!("{before}{}", name.text);
            dates(&mut text, of_name);
            (name.span.start, text)
        }));
    }
    lines.extend(place.claimed.iter().map(claim));
    lines
}

fn claim(claim: &Claim) -> Further {
    let mut text = format!("claimed by {}", claim.by.text);
    if !claim.accepted_by.is_empty() {
        text.push_str(", accepted by ");
        join(&mut text, &claim.accepted_by, ", ");
    }
    dates(&mut text, &claim.dates);
    (claim.by.span.start, text)
}

/// `continues a, b from D`, one for each run of the same date.
fn continued(all: &[(Name, Option<Date>)]) -> Vec<Further> {
    let mut lines = Vec::new();
    let mut rest = all;
    let value = |date: &Option<Date>| date.as_ref().map(|date| date.value);
    while let Some((first, from)) = rest.first() {
        let same = |(_, date): &&(Name, Option<Date>)| value(date) == value(from);
        let names: Vec<&Name> = rest.iter().take_while(same).map(|(name, _)| name).collect();
        let mut text = String::from("continues ");
        join(&mut text, names.iter().copied(), ", ");
        date(&mut text, " from ", from.as_ref());
        lines.push((first.span.start, text));
        rest = rest.get(names.len()..).unwrap_or(&[]);
    }
    lines
}

fn taken(roles: &[Name]) -> Option<Further> {
    let first = roles.first()?;
    let mut text = String::from("takes ");
    join(&mut text, roles, ", ");
    Some((first.span.start, text))
}

fn kind(kind: &KindOf) -> Further {
    let mut text = format!("a kind of {}", kind.broader.text);
    for (at, (own, broader)) in kind.renamed.iter().enumerate() {
        text.push_str(if at == 0 { " with " } else { ", " });
        text.push_str(&format!("{} as {}", own.text, broader.text));
    }
    (kind.broader.span.start, text)
}

/// `also "...", "..."`
pub(super) fn also(names: &[Text]) -> Option<Further> {
    let first = names.first()?;
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("\"{}\"", name.text))
        .collect();
    Some((first.span.start, format!("also {}", quoted.join(", "))))
}

/// `exists from D until D, from D`
fn existed(spells: &[Dates]) -> Option<Further> {
    let anchor = spells.iter().find_map(first_date)?;
    let mut text = String::from("exists");
    for (at, spell) in spells.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { "," });
        dates(&mut text, spell);
    }
    Some((anchor, text))
}

/// Where the first of the dates stands.
fn first_date(dates: &Dates) -> Option<u32> {
    let first = dates.from.as_ref().or(dates.until.as_ref());
    first.map(|date| date.span.start)
}
