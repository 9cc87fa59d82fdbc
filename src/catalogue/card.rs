//! A scenario as a card in a catalogue: what its file says, nothing resolved.

use crate::calendar::{Day, Days, PartialDate};
use crate::scenario::{Document, Event, Expect, Text, read};
use crate::source::SourceId;
use std::collections::BTreeSet;

/// A scenario that can be found.
#[derive(Clone, Debug)]
pub struct Card {
    /// The file: `scenarios/history/july-1914.yaml`.
    pub file: String,
    /// Its name: `july-1914`.
    pub name: String,
    /// What its first lines, those before any key, remark.
    pub remark: String,
    /// What it says.
    pub document: Document,
}

impl Card {
    /// From the text of a file; `None` if that is no scenario.
    pub fn read(file: &str, text: &str) -> Option<Self> {
        let (document, _) = read(SourceId(0), text);
        let name = file.rsplit('/').next().unwrap_or(file);
        let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
        let remark = text.lines().map_while(|line| line.strip_prefix('#'));
        let remark: Vec<&str> = remark.map(str::trim).collect();
        Some(Self {
            file: file.to_owned(),
            name: name.to_owned(),
            remark: remark.join(" "),
            document: document?,
        })
    }

    /// What else it is called.
    pub fn also(&self) -> impl Iterator<Item = &str> {
        let many = self.document.also.iter().flat_map(|many| &many.0);
        many.map(|text| text.text.as_str())
    }

    /// The treaties it is about: those that it names, else those that its expectations name.
    pub fn treaties(&self) -> Vec<String> {
        if let Some(rules) = &self.document.rules {
            return rules.0.iter().map(|rule| rule.text.clone()).collect();
        }
        let names: BTreeSet<String> = self.document.expect.iter().flat_map(named).collect();
        names.into_iter().collect()
    }

    /// The day asked for.
    pub fn as_of(&self) -> Option<Day> {
        self.document.as_of.as_ref().and_then(first)
    }

    /// From its first day to its last.
    pub fn days(&self) -> Option<Days> {
        let events = self.document.events.iter();
        let dates = events.flat_map(|event| [&event.on, &event.from, &event.to]);
        let dates = dates.flatten().chain(&self.document.as_of);
        let days: Vec<Day> = dates.filter_map(first).collect();
        Some(Days {
            first: *days.iter().min()?,
            last: *days.iter().max()?,
        })
    }

    /// How many expectations say that something is owed, owed if something open is so, not owed, or something else.
    pub fn verdicts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for expect in &self.document.expect {
            let claims = [&expect.owed, &expect.owed_if, &expect.not_owed];
            let at = claims.iter().position(|claim| claim.is_some());
            counts[at.unwrap_or(3)] += 1;
        }
        counts
    }

    /// The words of its sentences, in which all names stand that it speaks of.
    pub fn words(&self) -> BTreeSet<&str> {
        let told = self.document.events.iter().flat_map(spoken);
        let expected = self.document.expect.iter().flat_map(claims);
        let sentences = told.chain(expected).chain(&self.document.assume);
        sentences
            .flat_map(|text| text.text.split_whitespace())
            .collect()
    }
}

fn first(date: &Text) -> Option<Day> {
    PartialDate::parse(&date.text).map(PartialDate::first)
}

/// The sentence of an event, and those who vouch for it or deny it.
fn spoken(event: &Event) -> impl Iterator<Item = &Text> {
    let sides = event.asserted_by.iter().chain(&event.denied_by);
    std::iter::once(&event.what).chain(sides.flat_map(|many| &many.0))
}

/// The positions that an expectation is about.
fn claims(expect: &Expect) -> impl Iterator<Item = &Text> {
    let one = [&expect.owed, &expect.owed_if, &expect.not_owed];
    let two = [&expect.conflict, &expect.limit];
    let two = two.into_iter().flatten().flat_map(|many| &many.0);
    one.into_iter().flatten().chain(two)
}

/// The treaties that an expectation names.
fn named(expect: &Expect) -> Vec<String> {
    let treaties = [&expect.under, &expect.in_force, &expect.not_in_force];
    let first_word = |text: &Text| text.text.split_whitespace().next().map(str::to_owned);
    treaties
        .into_iter()
        .flatten()
        .filter_map(first_word)
        .collect()
}
