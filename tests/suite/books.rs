//! The books: a page of all treaties and one of all scenarios, made from the files and kept current.
//!
//! A row depends on one file only, so that two who add files change different lines.

use crate::scenarios::{below, rulebook, short};
use casus::calendar::{Day, Days};
use casus::catalogue::Card;
use casus::model::rulebook::Rulebook;
use casus::model::treaty::{ArticleState, Entry, Treaty};
use casus::project::Project;
use casus::scenario::Expect;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// More names in one cell are counted.
const MOST_NAMED: usize = 4;

/// Rows of a page by the folder of their file, each with its name.
type Rows = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Holds a page against what it should be, or writes it.
fn holds(page: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, made).unwrap();
        return;
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    let missing = made
        .lines()
        .find(|line| !known.lines().any(|old| old == *line));
    let left = known
        .lines()
        .find(|line| !made.lines().any(|new| new == *line));
    assert!(
        known == made,
        "{page} is not current; `BLESS=1 cargo test books` makes it anew\n  missing: {}\n  left over: {}",
        missing.unwrap_or("nothing"),
        left.unwrap_or("nothing"),
    );
}

/// A page with a table for each folder.
fn page(head: &str, columns: &[&str], rows: &Rows) -> String {
    let mut text = head.to_owned();
    for (folder, rows) in rows {
        let _ = writeln!(text, "\n## {folder}\n\n| {} |", columns.join(" | "));
        let _ = writeln!(text, "|{}", " --- |".repeat(columns.len()));
        for row in rows.values() {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
    }
    text
}

/// `[name](../rules/modern/name.treaty)`
fn link(name: &str, file: &str) -> String {
    format!("[{name}](../{file})")
}

fn few(names: &[String], many: &str) -> String {
    if names.len() > MOST_NAMED {
        format!("{} {many}", names.len())
    } else {
        names.join(", ")
    }
}

fn parties(treaty: &Treaty, rulebook: &Rulebook) -> String {
    if treaty.open_to_every_state {
        return "every state".to_owned();
    }
    if let Some(other) = treaty.parties_of {
        return format!("those of {}", rulebook.treaty(other).name);
    }
    let mut seen = BTreeSet::new();
    let names = treaty
        .parties
        .iter()
        .map(|party| rulebook.name(party.actor));
    let names: Vec<String> = names.filter(|name| seen.insert(name.clone())).collect();
    few(&names, "parties")
}

/// As the head says it.
fn in_force(treaty: &Treaty) -> String {
    match &treaty.entry {
        Entry::Stated(Days { first, last }) => {
            let from = (*first > Day::FIRST).then(|| first.to_string());
            let until = (*last < Day::LAST).then(|| last.to_string());
            match (from, until) {
                (Some(from), Some(until)) => format!("{from} to {until}"),
                (Some(from), None) => format!("since {from}"),
                (None, Some(until)) => format!("until {until}"),
                (None, None) => "always".to_owned(),
            }
        }
        Entry::When(_) => "when its condition comes true".to_owned(),
        Entry::Never => treaty.provisional.map_or_else(
            || "never".to_owned(),
            |day| format!("provisionally since {day}"),
        ),
    }
}

fn articles(treaty: &Treaty, is: impl Fn(&ArticleState) -> bool) -> String {
    let count = treaty
        .articles
        .iter()
        .filter(|article| is(&article.state))
        .count();
    count.to_string()
}

fn treaty_row(treaty: &Treaty, file: &str, project: &Project) -> Vec<String> {
    vec![
        link(&treaty.name, file),
        treaty.title.clone().unwrap_or_default(),
        treaty.signed.map(|day| day.to_string()).unwrap_or_default(),
        in_force(treaty),
        parties(treaty, &project.rulebook),
        articles(treaty, |state| *state == ArticleState::Encoded),
        articles(treaty, |state| *state == ArticleState::NoPosition),
        articles(treaty, |state| matches!(state, ArticleState::NotEncoded(_))),
        treaty.disputes.len().to_string(),
    ]
}

/// The folder of a file: `rules/modern`.
fn folder(file: &str) -> String {
    file.rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned()
}

const RULEBOOK_HEAD: &str = "\
# The rulebook

Every treaty of `rules/`, folder by folder: its days as its head states them, and what has become of its articles. *Encoded* articles have clauses;
those without *position* bind nobody to anything and are listed all the same; *not encoded* ones ought to be and are not, and say why. *Disputes* are
questions of law on which learned people differ, each with its readings. `casus list treaties WORD...` finds more by party, day, duty or word;
`casus show NAME` tells one.

This page is made from the files: `BLESS=1 cargo test books`.
";

#[test]
fn the_page_of_treaties_is_current() {
    let project = rulebook();
    let mut rows = Rows::new();
    for treaty in &project.rulebook.treaties {
        let file = short(Path::new(&project.sources.get(treaty.span.source).name));
        let of_folder = rows.entry(folder(&file)).or_default();
        of_folder.insert(treaty.name.clone(), treaty_row(treaty, &file, &project));
    }
    let columns = [
        "treaty",
        "title",
        "signed",
        "in force",
        "parties",
        "encoded",
        "no position",
        "not encoded",
        "disputes",
    ];
    holds("docs/rulebook.md", &page(RULEBOOK_HEAD, &columns, &rows));
}

fn scenario_row(card: &Card) -> Vec<String> {
    let mut row = vec![
        link(&card.name, &card.file),
        card.document.title.text.clone(),
        card.as_of().map(|day| day.to_string()).unwrap_or_default(),
        few(&card.treaties(), "treaties"),
    ];
    row.extend(card.verdicts().map(|count| count.to_string()));
    row.push(reasoned(card).to_string());
    row
}

/// How many expectations say why: the facts, what they hinge on, who holds what, what displaces or is missing.
fn reasoned(card: &Card) -> usize {
    let why = |expect: &&Expect| {
        let said = [&expect.because, &expect.hinges_on, &expect.missing];
        said.into_iter().any(Option::is_some)
            || expect.on_account_of.is_some()
            || expect.displaced_by.is_some()
    };
    card.document.expect.iter().filter(why).count()
}

const CASEBOOK_HEAD: &str = "\
# The casebook

Every scenario of `scenarios/`, folder by folder, with what is expected of it: positions that are owed on every reading, *owed if* something open is so, or not owed;
*other* expectations are about treaties in force, conflicts and limits. *With reason* counts those that also say why: because of which facts, on what it hinges, on
whose account, displaced by what, or what is missing. The suite holds all of them against the engine. `casus list scenarios WORD...` finds more by
state, day, treaty or word; `casus show NAME` tells one, `casus run NAME` what follows. `casus run scenarios --expectations` counts them all.

This page is made from the files: `BLESS=1 cargo test books`.
";

#[test]
fn the_page_of_scenarios_is_current() {
    let mut rows = Rows::new();
    for path in below("scenarios", "yaml") {
        let file = short(&path);
        let card = Card::read(&file, &std::fs::read_to_string(&path).unwrap());
        let card = card.unwrap_or_else(|| panic!("{file} is no scenario"));
        let of_folder = rows.entry(folder(&file)).or_default();
        of_folder.insert(card.name.clone(), scenario_row(&card));
    }
    let columns = [
        "scenario",
        "title",
        "as of",
        "treaties",
        "owed",
        "owed if",
        "not owed",
        "other",
        "with reason",
    ];
    holds("docs/casebook.md", &page(CASEBOOK_HEAD, &columns, &rows));
}

/// The sums under the tables of `docs/agreement.md` are those of their rows.
#[test]
fn the_counts_of_agreement_add_up() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/agreement.md");
    let mut sums = [0_usize; 4];
    let mut tables = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let numbers: Vec<usize> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
        let Ok(numbers) = <[usize; 4]>::try_from(numbers) else {
            continue;
        };
        if cells[0] == "all" {
            assert_eq!(numbers, sums, "the sum of table {}", tables + 1);
            sums = [0; 4];
            tables += 1;
        } else {
            sums.iter_mut()
                .zip(numbers)
                .for_each(|(sum, number)| *sum += number);
        }
    }
    assert_eq!(tables, 2, "modern and historical cases");
}
