//! An outcome as JSON, format `casus-outcome/1`; keys and rows come in a fixed order.

use super::obstacle::{Pair, pairs, wanting};
use super::row::{Row, rows};
use super::table::{Cell, Table};
use super::text::Asked;
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Outcome;
use crate::model::fact::{Assume, Verdict};
use crate::source::Sources;
use crate::wording::{self, status_words};
use serde_json::{Map, Value, json};

/// An outcome as JSON.
pub type Document = Value;

/// The whole outcome; of what was found in the scenario, the warnings.
pub fn outcome(
    outcome: &mut Outcome,
    asked: &Asked,
    sources: &Sources,
    found: &[Diagnostic],
) -> Document {
    let rows = rows(outcome, asked.account, asked.all);
    let mut made = Map::new();
    let mut put = |key: &str, value: Value| {
        made.insert(key.to_owned(), value);
    };
    put("format", json!("casus-outcome/1"));
    put("scenario", json!(outcome.scenario.title));
    put("as_of", day(Some(outcome.as_of)));
    put("assume", assume(outcome, &asked.assume));
    put(
        "account",
        json!(asked.account.map(|actor| outcome.rulebook.name(actor))),
    );
    put("hypothetical", json!(outcome.scenario.hypothetical));
    put(
        "positions",
        rows.iter().map(|row| position(row, sources)).collect(),
    );
    put(
        "conflicts",
        pairs(outcome, &outcome.conflicts)
            .iter()
            .map(|pair| two(pair, true))
            .collect(),
    );
    put(
        "limits",
        pairs(outcome, &outcome.limits)
            .iter()
            .map(|pair| two(pair, false))
            .collect(),
    );
    put("not_in_force", not_in_force(outcome));
    let questions = outcome.questions.iter().map(|question| {
        wording::question(outcome.rulebook, &outcome.scenario.facts, question, true)
    });
    put("questions", questions.collect());
    let mut warnings: Vec<String> = found
        .iter()
        .filter_map(|one| warning(one, sources))
        .collect();
    if outcome.cut_off {
        warnings.push("the evaluation was cut off at its limit".to_owned());
    }
    put("warnings", json!(warnings));
    Value::Object(made)
}

/// `crisis.yaml:9:5: this goes on, and ...`
fn warning(found: &Diagnostic, sources: &Sources) -> Option<String> {
    if found.severity != Severity::Warning {
        return None;
    }
    let span = found.span()?;
    let (file, place) = (&sources.get(span.source).name, sources.position(span));
    let (line, column) = (place.line, place.column);
    Some(format!("{file}:{line}:{column}: {}", found.message))
}

/// What was found, format `casus-list/1`: a list of objects for each table.
pub fn list(tables: &[Table]) -> Document {
    let mut made = Map::new();
    made.insert("format".to_owned(), json!("casus-list/1"));
    made.extend(tables.iter().map(named));
    Value::Object(made)
}

/// What binds an actor on a day, format `casus-bonds/1`.
pub fn bonds(actor: &str, on: Day, tables: &[Table]) -> Document {
    let mut made = Map::new();
    made.insert("format".to_owned(), json!("casus-bonds/1"));
    made.insert("actor".to_owned(), json!(actor));
    made.insert("on".to_owned(), day(Some(on)));
    made.extend(tables.iter().map(named));
    Value::Object(made)
}

fn named(table: &Table) -> (String, Value) {
    let row = |cells: &Vec<Cell>| -> Value {
        let keys = table.columns.iter().map(|column| column.key.to_owned());
        Value::Object(keys.zip(cells.iter().map(cell)).collect())
    };
    (table.of.to_owned(), table.rows.iter().map(row).collect())
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Number(number) => json!(number),
        Cell::List(items, _) => json!(items),
    }
}

/// Documents as they are printed: all as a list, or the only one.
pub fn print(documents: Vec<Document>, as_list: bool) -> String {
    let whole = match documents {
        documents if as_list => Value::Array(documents),
        documents => documents.into_iter().next().unwrap_or_default(),
    };
    // The alternate form of a value is the indented one.
    format!("{whole:#}")
}

fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| json!(day.to_string()))
}

fn assume(outcome: &Outcome, assume: &Assume) -> Value {
    match assume {
        Assume::None => json!("none"),
        Assume::All => json!("all"),
        Assume::Only(list) => list
            .iter()
            .map(|actor| json!(outcome.rulebook.name(*actor)))
            .collect(),
    }
}

/// `owed`, `owed-if`, `not-owed`
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Owed => "owed",
        Verdict::OwedIf => "owed-if",
        Verdict::NotOwed => "not-owed",
    }
}

/// Alternatives as one sentence.
fn any_of(alternatives: &[Vec<String>]) -> String {
    let cubes: Vec<String> = alternatives.iter().map(|cube| cube.join(" and ")).collect();
    cubes.join(" or ")
}

fn by_name(accounts: &[(String, Verdict)]) -> Map<String, Value> {
    accounts
        .iter()
        .map(|(name, own)| (name.clone(), json!(verdict(*own))))
        .collect()
}

fn position(row: &Row, sources: &Sources) -> Value {
    let place = sources.position(row.source);
    let condition = (!row.alternatives.is_empty()).then(|| any_of(&row.alternatives));
    let accounts = by_name(&row.accounts);
    json!({
        "modality": wording::modality_noun(row.modality),
        "sentence": row.sentence,
        "bearers": row.bearers,
        "joint": row.joint,
        "act": row.verb,
        "counterparty": row.counterparty,
        "adversary": row.adversary,
        "qualifiers": row.qualifiers,
        "treaty": row.treaty,
        "article": row.article,
        "binding": row.binding,
        "verdict": verdict(row.verdict),
        "if": condition,
        "hinges_on": row.hinges_on,
        "accounts": accounts,
        "status": status_words(row.status),
        "violated_if": (!row.violated_if.is_empty()).then(|| any_of(&row.violated_if)),
        "violated_accounts": by_name(&row.violated_accounts),
        "from": day(row.from),
        "until": day(row.until),
        "due": day(row.due),
        "displaced_by": row.displaced_by,
        "depth": row.depth,
        "source": {"file": sources.get(row.source.source).name, "line": place.line, "column": place.column},
    })
}

fn two(pair: &Pair, conflict: bool) -> Value {
    let side =
        |(sentence, citation): &(String, String)| json!({"sentence": sentence, "under": citation});
    let mut made = Map::new();
    made.insert(
        if conflict { "one" } else { "position" }.to_owned(),
        side(&pair.one),
    );
    made.insert(
        if conflict { "other" } else { "limited_by" }.to_owned(),
        side(&pair.other),
    );
    made.insert("verdict".to_owned(), json!(verdict(pair.verdict)));
    if conflict {
        made.insert("settled_by".to_owned(), json!(pair.settled_by));
    }
    Value::Object(made)
}

fn not_in_force(outcome: &Outcome) -> Value {
    wanting(outcome)
        .into_iter()
        .map(|entry| json!({"treaty": entry.treaty, "state": entry.state, "ended": entry.ended, "missing": entry.missing}))
        .collect()
}
