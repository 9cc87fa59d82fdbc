//! `casus list`: many things at once, and those that fit.

use super::exit::Exit;
use super::rules::RulesArgument;
use super::shelf;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::catalogue::{Catalogue, Kind};
use crate::diagnostic::phrase::and_ticked;
use crate::report::json;
use crate::report::style::Style;
use crate::report::table::{Cell, Column, Table, lines};
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  casus list treaties                  every treaty
  casus list treaties france 1914      those that bound France at some time in 1914
  casus list treaties neutral          those with a duty to remain neutral
  casus list scenarios cuba            those about Cuba
  casus list states 1878 balkans       the states of the Balkans in 1878
  casus list means                     the words behind `with`: means; so too manners, things, units
  casus list nato                      whatever has to do with NATO
  casus list treaties --json           for programs";

/// List treaties, scenarios, states and other things that fit
///
/// The first word says what to list: `treaties`, `scenarios`, `states`, `organisations`, `groups`, `places`, `verbs`,
/// `statuses`, `things`, `means`, `manners`, `possessions`, `units`; left out, all of them are looked through. Every further word must fit: a date (a day, a month, a year, or two
/// with `..` between) by what was so then; the name or code of a state, treaty or place by what has to do with it; any other
/// word by names, titles, articles, duties and remarks. Spelling, accents and endings matter little. Ends with exit code 1 if
/// nothing fits.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to list, then dates, names and words
    words: Vec<String>,
    /// Print for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let origin = arguments.rules.origin(Path::new("."));
    let project = origin.open(arguments.rules.with())?;
    let cards = shelf::cards(&origin)?;
    let catalogue = Catalogue::new(&project, &cards);
    let first = arguments.words.first().map_or("", String::as_str);
    let (kinds, filters) = match Kind::of_plural(first) {
        Some(kind) => (vec![kind], &arguments.words[1..]),
        None => (Kind::ALL.to_vec(), arguments.words.as_slice()),
    };
    let mut tables: Vec<Table> = kinds
        .iter()
        .map(|kind| catalogue.list(*kind, filters))
        .collect();
    let nothing = tables.iter().all(|table| table.rows.is_empty());
    if arguments.json {
        writeln!(
            terminal.out,
            "{}",
            json::print(vec![json::list(&tables)], false)
        )?;
    } else if arguments.words.is_empty() {
        tables = vec![overview(&tables)];
        show(&tables, terminal)?;
    } else {
        show(&tables, terminal)?;
    }
    if nothing {
        writeln!(
            terminal.err,
            "casus: {}",
            unfit(&catalogue, &kinds, filters)
        )?;
        return Ok(Exit::Noticed);
    }
    Ok(Exit::Fine)
}

/// How many there are of each kind.
fn overview(tables: &[Table]) -> Table {
    let row = |table: &Table| {
        let command = format!("casus list {}", table.of);
        vec![
            table.of.into(),
            Cell::Number(table.rows.len()),
            command.into(),
        ]
    };
    Table {
        of: "kinds",
        columns: vec![
            Column::told("what"),
            Column::told("number"),
            Column::told("command"),
        ],
        rows: tables.iter().map(row).collect(),
    }
}

/// One table as it is; several with their names above, those without rows left out.
fn show(tables: &[Table], terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
    let style = Style { color: true };
    let full = tables.iter().filter(|table| !table.rows.is_empty());
    for (at, table) in full.enumerate() {
        if tables.len() > 1 {
            let apart = if at > 0 { "\n" } else { "" };
            writeln!(terminal.out, "{apart}{}", style.heading(&capital(table.of)))?;
        }
        write!(terminal.out, "{}", lines(table, terminal.width, style))?;
    }
    Ok(())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// What of all that was asked for fits nothing, alone or together.
fn unfit(catalogue: &Catalogue<'_>, kinds: &[Kind], filters: &[String]) -> String {
    let fits_none = |filter: &&String| {
        let filter = std::slice::from_ref(*filter);
        let mut tables = kinds.iter().map(|kind| catalogue.list(*kind, filter));
        tables.all(|table| table.rows.is_empty())
    };
    let alone: Vec<&String> = filters.iter().filter(fits_none).collect();
    let Some(first) = alone.first() else {
        return format!("nothing fits {} together", and_ticked(filters));
    };
    match catalogue.nearest(first) {
        Some(near) => format!("nothing fits `{first}`; perhaps `{near}` is meant"),
        None => format!("nothing fits {}", and_ticked(alone)),
    }
}
