//! Finding things in the rulebook and among the scenarios that are shipped, as people call them.

use crate::scenarios::{files, rulebook};
use casus::builtin;
use casus::calendar::{Day, PartialDate};
use casus::catalogue::{Card, Catalogue, Found, Kind, Way};
use casus::project::Project;
use casus::report::table::{Cell, Table};

fn cards() -> Vec<Card> {
    let all = builtin::SCENARIOS.iter();
    all.map(|(file, text)| Card::read(file, text).expect("a scenario"))
        .collect()
}

fn day(text: &str) -> Day {
    PartialDate::parse(text).expect("a date").first()
}

fn names(table: &Table) -> Vec<String> {
    let name = |row: &Vec<Cell>| match &row[0] {
        Cell::Text(name) => name.clone(),
        other => panic!("{other:?} is no name"),
    };
    table.rows.iter().map(name).collect()
}

/// Everything that was found, each with its name.
struct Shelf {
    project: Project,
    cards: Vec<Card>,
}

impl Shelf {
    fn new() -> Self {
        Self {
            project: rulebook(),
            cards: cards(),
        }
    }

    fn catalogue(&self) -> Catalogue<'_> {
        Catalogue::new(&self.project, &self.cards)
    }
}

fn list(catalogue: &Catalogue<'_>, kind: Kind, filters: &str) -> Vec<String> {
    let filters: Vec<String> = filters.split('+').map(str::to_owned).collect();
    names(&catalogue.list(kind, &filters))
}

#[track_caller]
fn has(catalogue: &Catalogue<'_>, kind: Kind, filters: &str, wanted: &str) {
    let found = list(catalogue, kind, filters);
    assert!(
        found.iter().any(|name| name == wanted),
        "{filters}: {found:?}"
    );
}

#[track_caller]
fn has_not(catalogue: &Catalogue<'_>, kind: Kind, filters: &str, unwanted: &str) {
    let found = list(catalogue, kind, filters);
    assert!(
        !found.iter().any(|name| name == unwanted),
        "{filters}: {found:?}"
    );
}

#[test]
fn treaties_are_found_by_party_day_duty_era_and_word() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    has(&all, Kind::Treaties, "france+1914", "franco-russian-1892");
    has_not(&all, Kind::Treaties, "france+1918", "franco-russian-1892");
    has(&all, Kind::Treaties, "secret+1913", "franco-russian-1892");
    has_not(&all, Kind::Treaties, "secret", "un-charter");
    has(
        &all,
        Kind::Treaties,
        "France+1950..1960",
        "north-atlantic-treaty",
    );
    has(&all, Kind::Treaties, "FR+1950", "north-atlantic-treaty");
    // A party by succession, though no list names it.
    has(&all, Kind::Treaties, "russia+2000", "un-charter");
    has(
        &all,
        Kind::Treaties,
        "neutral+1905",
        "prinetti-barrere-1902",
    );
    has(
        &all,
        Kind::Treaties,
        "between wars+renunciation",
        "kellogg-1928",
    );
    has(
        &all,
        Kind::Treaties,
        "türkiye+1952",
        "north-atlantic-treaty",
    );
    has_not(
        &all,
        Kind::Treaties,
        "türkiye+1951",
        "north-atlantic-treaty",
    );
    assert!(list(&all, Kind::Treaties, "atlantis").is_empty());
}

#[test]
fn scenarios_are_found_by_whom_and_what_they_are_about() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    has(&all, Kind::Scenarios, "belgium+1914", "july-1914");
    has_not(&all, Kind::Scenarios, "belgium+1950", "july-1914");
    has(&all, Kind::Scenarios, "cuban missile crisis", "cuba-1962");
    has(&all, Kind::Scenarios, "rio-1947", "cuba-1962");
}

#[test]
fn states_are_found_by_day_code_number_region_treaty_and_status() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    has(&all, Kind::States, "montenegro+1900", "montenegro");
    has(&all, Kind::States, "montenegro+2010", "montenegro");
    has_not(&all, Kind::States, "montenegro+1950", "montenegro");
    has(&all, Kind::States, "220", "france");
    has(&all, Kind::States, "KP", "dprk");
    has(&all, Kind::States, "europe+1900", "austria-hungary");
    has(&all, Kind::States, "great-power+1900", "austria-hungary");
    has_not(&all, Kind::States, "great-power+1930", "austria-hungary");
    has(&all, Kind::States, "NATO+1952", "turkey");
    has_not(&all, Kind::States, "NATO+1951", "turkey");
}

/// What people type, and what it must bring up.
const CALLED: [(&str, &str); 20] = [
    ("nato", "north-atlantic-treaty"),
    ("NATO", "nato"),
    ("csto", "collective-security-treaty"),
    ("Warsaw Pact", "warsaw-pact-1955"),
    ("rio pact", "rio-1947"),
    ("un charter", "un-charter"),
    ("Charter of the United Nations", "un-charter"),
    ("anzus", "anzus-1951"),
    ("seato", "seato-1954"),
    ("Molotov-Ribbentrop Pact", "molotov-ribbentrop-1939"),
    ("triple entente", "franco-russian-1892"),
    ("locarno", "locarno-1925"),
    ("Kellogg-Briand Pact", "kellogg-1928"),
    ("cuban missile crisis", "cuba-1962"),
    ("9/11", "nine-eleven"),
    ("North Korea", "dprk"),
    ("uk", "united-kingdom"),
    ("usa", "united-states"),
    ("Soviet Union", "ussr"),
    ("july crisis", "july-1914"),
];

#[test]
fn things_are_found_by_what_people_call_them() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    for (called, wanted) in CALLED {
        let found: Vec<&str> = all
            .called(called)
            .into_iter()
            .map(|found| all.name(found))
            .collect();
        assert!(found.contains(&wanted), "{called}: {found:?}");
    }
}

/// A name that means several things would hide one of them, but for a treaty and the organisation that it made.
#[test]
fn no_two_scenarios_are_called_alike() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    for card in &shelf.cards {
        let own = [card.name.as_str(), &card.document.title.text];
        for name in own.into_iter().chain(card.also()) {
            let scenarios = all.called(name).into_iter();
            let count = scenarios
                .filter(|found| matches!(found, Found::Scenario(_)))
                .count();
            assert_eq!(count, 1, "{name}");
        }
    }
}

#[test]
fn what_binds_a_state_tells_its_allies_and_against_whom() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    let rulebook = &shelf.project.rulebook;
    let france = rulebook.entity("france").unwrap();
    let bonds = all.bonds(france, day("1914-08-01"));
    let of = |with: &str, way: Way| {
        let mut alliances = bonds.alliances.iter();
        alliances.any(|one| one.with == with && one.way == way && one.against == "germany")
    };
    assert!(of("russian-empire", Way::Owes), "{:#?}", bonds.alliances);
    assert!(of("russian-empire", Way::IsOwed));
    let treaty = rulebook.treaty_of(rulebook.entity("franco-russian-1892").unwrap());
    let bond = bonds.bonds.iter().find(|bond| Some(bond.treaty) == treaty);
    assert!(bond.is_some_and(|bond| bond.secret));
    let later = all.bonds(france, day("1950-01-01"));
    assert!(!later.bonds.iter().any(|bond| Some(bond.treaty) == treaty));
    let all_for_one = |bonds: &[casus::catalogue::Alliance]| {
        let mut alliances = bonds.iter();
        alliances.any(|one| one.way == Way::Both && one.with.contains("iceland"))
    };
    assert!(all_for_one(&later.alliances), "{:#?}", later.alliances);
}

/// A slip of the pen, in a name or in what people call it.
#[test]
fn slips_are_mended() {
    let shelf = Shelf::new();
    let all = shelf.catalogue();
    for (slip, meant) in [
        ("rusia", "russia"),
        ("Cuban Misile Crisis", "Cuban Missile Crisis"),
        ("kellog-briand pact", "Kellogg-Briand Pact"),
        ("tretaies", "treaties"),
        ("jluy-1914", "july-1914"),
    ] {
        assert_eq!(all.nearest(slip), Some(meant), "{slip}");
    }
}

#[test]
fn the_scenarios_inside_the_program_are_those_of_the_folder() {
    let folder: Vec<String> = files()
        .into_iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let inside: Vec<String> = builtin::SCENARIOS
        .iter()
        .map(|(_, text)| (*text).to_owned())
        .collect();
    assert_eq!(inside.len(), folder.len());
    assert!(folder.iter().all(|text| inside.contains(text)));
}
