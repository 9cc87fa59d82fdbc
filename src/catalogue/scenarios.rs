//! Scenarios, by whoever and whatever they are about, their days and any word in them.

use super::filter::Filters;
use super::{Card, Catalogue};
use crate::model::ids::EntityId;
use crate::report::table::{Cell, Column, Table};

impl Catalogue<'_> {
    /// By their first day.
    pub(super) fn scenarios(&self, filters: &Filters) -> Table {
        let fits = |card: &&Card| self.scenario_fits(card, filters);
        let mut found: Vec<&Card> = self.cards.iter().filter(fits).collect();
        found.sort_by_key(|card| (card.days().map(|days| days.first), &card.name));
        Table {
            of: "scenarios",
            columns: vec![
                Column::told("name"),
                Column::told("as_of"),
                Column::told("expected"),
                Column::told("treaties"),
                Column::told("title"),
                Column::silent("also"),
                Column::silent("hypothetical"),
                Column::silent("owed"),
                Column::silent("owed_if"),
                Column::silent("not_owed"),
                Column::silent("other"),
                Column::silent("file"),
            ],
            rows: found.into_iter().map(row).collect(),
        }
    }

    fn scenario_fits(&self, card: &Card, filters: &Filters) -> bool {
        let days = card.days();
        let then = !filters.dated || days.is_some_and(|days| days.meets(filters.days));
        let words = card.words();
        let treaties = card.treaties();
        let concerns = |id: EntityId| {
            let name = &self.entity(id).name;
            words.contains(name.as_str()) || treaties.contains(name)
        };
        then && filters.fit(&texts(card), concerns)
    }
}

/// Everything that a scenario can be found by, besides its days and whom it names.
fn texts(card: &Card) -> String {
    let document = &card.document;
    let mut words = vec![card.file.as_str(), &document.title.text, &card.remark];
    words.extend(card.also());
    words.extend(
        document
            .note
            .iter()
            .chain(&document.source)
            .map(|text| text.text.as_str()),
    );
    words.extend(card.words());
    let treaties = card.treaties();
    words.extend(treaties.iter().map(String::as_str));
    words.join(" ")
}

fn row(card: &Card) -> Vec<Cell> {
    let document = &card.document;
    let [owed, owed_if, not_owed, other] = card.verdicts();
    let hypothetical = document.hypothetical.is_some_and(|flag| flag.value);
    vec![
        card.name.clone().into(),
        card.as_of().into(),
        Cell::Number(document.expect.len()),
        Cell::List(card.treaties(), "treaties"),
        document.title.text.clone().into(),
        Cell::List(card.also().map(str::to_owned).collect(), "names"),
        if hypothetical { "yes" } else { "no" }.into(),
        Cell::Number(owed),
        Cell::Number(owed_if),
        Cell::Number(not_owed),
        Cell::Number(other),
        card.file.clone().into(),
    ]
}
