//! An edited list of events back into the exercise: what was changed in a cell is written anew in its place, all else stays.

use super::msel::{COLUMNS, cell, editable};
use super::place::{after_node, nodes};
use super::text::{prose, scalar};
use crate::exercise::Pack;
use crate::exercise::report::table;
use crate::source::SourceId;
use crate::yaml::node::{Kind, Node};
use std::collections::BTreeMap;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// What is changed, in words, a line each.
    pub changes: Vec<String>,
    /// What the table has no row for, or what is derived and was edited in vain.
    pub remarks: Vec<String>,
    /// The files as they would be, by their names; those that stay as they are are left out.
    pub files: Vec<(String, String)>,
}

/// Takes an edited table over.
///
/// # Errors
/// A table that is none, in words.
pub fn import(pack: &Pack, text: &str) -> Result<Imported, String> {
    let rows = rows(text)?;
    let injects = nodes(pack);
    let mut found = Imported::default();
    let mut edits = Edits::default();
    let mut seen: Vec<&str> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let id = row.get("no").map_or("", String::as_str);
        if id.is_empty() {
            return Err(format!("row {} has no `no`", at + FIRST_ROW));
        }
        if let Some(before) = seen.iter().position(|other| *other == id) {
            let (at, before) = (at + FIRST_ROW, before + FIRST_ROW);
            return Err(format!(
                "row {at} is of the inject `{id}`, as row {before} is"
            ));
        }
        seen.push(id);
        let known = injects.iter().find(|(_, node)| cell(node, "id") == id);
        if let Some((source, node)) = known {
            for column in changed(node, row) {
                if edits.cell(pack, *source, node, column, &row[column]) {
                    found.changes.push(format!("{id}: {column}"));
                } else {
                    found.remarks.push(format!(
                        "{id}: {column} stays as it is: the inject stands in one line; give it lines of its own first"
                    ));
                }
            }
        } else {
            found.changes.push(format!("{id}: a new inject"));
            if let Some((source, last)) = injects.last() {
                edits.inject(pack, *source, last, id, row);
            }
        }
    }
    let left = injects.iter().map(|(_, node)| cell(node, "id"));
    let left = left.filter(|id| !seen.contains(&id.as_str()));
    found
        .remarks
        .extend(left.map(|id| format!("{id} has no row; it stays as it is")));
    found.files = edits.written(pack);
    Ok(found)
}

type Row = BTreeMap<String, String>;

/// The number that a spreadsheet gives to the row below the head.
const FIRST_ROW: usize = 2;

/// The rows by the names of their columns.
fn rows(text: &str) -> Result<Vec<Row>, String> {
    let mut rows = table::read(text)?.into_iter();
    let head = rows.next().unwrap_or_default();
    if let Some(strange) = head.iter().find(|name| !COLUMNS.contains(&name.as_str())) {
        let known = crate::diagnostic::phrase::or_ticked(COLUMNS);
        return Err(format!(
            "the column `{strange}` is not known; columns are {known}"
        ));
    }
    if head.iter().all(|name| name != "no") {
        return Err("the table has no column `no`".to_owned());
    }
    Ok(rows
        .map(|row| head.iter().cloned().zip(row).collect())
        .collect())
}

/// The columns that say something else than the file does.
fn changed<'c>(node: &Node, row: &Row) -> Vec<&'c str> {
    let differs = |column: &&str| {
        let said = row.get(*column);
        said.is_some_and(|said| said.trim() != cell(node, column).trim())
    };
    editable().filter(differs).collect()
}

/// Pieces of files to be written anew: from which byte to which, and what.
#[derive(Default)]
struct Edits(BTreeMap<u32, Vec<(usize, usize, String)>>);

impl Edits {
    fn put(&mut self, source: SourceId, from: usize, to: usize, text: String) {
        self.0.entry(source.0).or_default().push((from, to, text));
    }

    /// Writes a key of an inject anew; an emptied cell takes the key away. Not so if the inject stands in one line.
    fn cell(&mut self, pack: &Pack, source: SourceId, node: &Node, key: &str, said: &str) -> bool {
        let text = &pack.project.sources.get(source).text;
        let Kind::Map(entries) = &node.kind else {
            return false;
        };
        let Some(end) = after_node(pack, node.span) else {
            return false;
        };
        let indent = end.indent;
        let written = written(indent, key, said);
        let line = |at: u32| text[..at as usize].rfind('\n').map_or(0, |at| at + 1);
        let Some(at) = entries.iter().position(|(known, _)| known.text == key) else {
            self.put(source, end.at, end.at, written);
            return true;
        };
        let from = line(entries[at].0.span.start);
        let next = entries.get(at + 1).map(|(key, _)| line(key.span.start));
        let to = without_remarks(text, from, next.unwrap_or(end.at));
        let kept = remarks_in(key, &text[from..to], indent);
        self.put(source, from, to, kept + &written);
        true
    }

    /// Writes a new inject behind the last one.
    fn inject(&mut self, pack: &Pack, source: SourceId, last: &Node, id: &str, row: &Row) {
        let Some(end) = after_node(pack, last.span) else {
            return;
        };
        let dash = end.indent.saturating_sub(2);
        let mut text = format!("{:dash$}- id: {}\n", "", scalar(id));
        for key in editable() {
            let said = row.get(key).map_or("", String::as_str);
            text += &written(end.indent, key, said);
        }
        self.put(source, end.at, end.at, text);
    }

    fn written(self, pack: &Pack) -> Vec<(String, String)> {
        let files = self.0.into_iter().map(|(source, mut edits)| {
            let source = pack.project.sources.get(SourceId(source));
            let mut text = source.text.clone();
            // From the end, so that places before stay where they are; what is put at one place keeps its order.
            edits.sort_by_key(|(from, ..)| *from);
            for (from, to, new) in edits.into_iter().rev() {
                let open = from > 0 && text.as_bytes().get(from - 1) != Some(&b'\n');
                let line = if open { "\n" } else { "" };
                text.replace_range(from..to, &format!("{line}{new}"));
            }
            (source.name.clone(), text)
        });
        files.collect()
    }
}

/// The remarks inside a value that is written anew, which come to stand above it; in a text `#` is a letter.
fn remarks_in(key: &str, old: &str, indent: usize) -> String {
    let lines = old.lines().filter(|_| key != "text");
    let remarks = lines.filter_map(|line| {
        let (before, remark) = line.split_once('#')?;
        let alone = before.trim().is_empty();
        // Behind a value it is a remark only if no quotation mark can hold it.
        let behind = before.ends_with(' ') && !line.contains(['"', '\'']);
        (alone || behind).then(|| format!("{:indent$}# {}\n", "", remark.trim()))
    });
    remarks.collect()
}

/// Remarks and empty lines before the next key belong to that one.
fn without_remarks(text: &str, from: usize, to: usize) -> usize {
    let lines: Vec<&str> = text[from..to].split_inclusive('\n').collect();
    let idle = lines.iter().rev().take_while(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#')
    });
    to - idle.map(|line| line.len()).sum::<usize>()
}

/// A key with its value as it stands in the file; nothing for an empty cell.
fn written(indent: usize, key: &str, said: &str) -> String {
    let said = said.trim();
    match key {
        _ if said.is_empty() => String::new(),
        "facts" | "questions" => {
            let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
            let inner = indent + 2;
            let items = lines.map(|line| format!("{:inner$}- {line}\n", ""));
            format!("{:indent$}{key}:\n{}", "", items.collect::<String>())
        }
        "contingency" => format!("{:indent$}{key}: {said}\n", ""),
        "to" => {
            let names = said.split(',').map(|name| name.trim().to_owned());
            format!("{:indent$}{key}: {}\n", "", super::text::list(names))
        }
        "text" if said.len() > 80 => prose(indent, key, said),
        _ => format!("{:indent$}{key}: {}\n", "", scalar(said)),
    }
}
