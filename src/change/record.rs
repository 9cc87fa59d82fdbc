//! Change records: who agreed to which moves, and why; files in `changes/` that belong to the project.

use super::data;
use super::family::{Because, Family};
use super::page::scalar;
use super::snapshot::write_whole;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What is put on record.
pub struct Record<'a> {
    /// The day, as `2026-03-04`.
    pub date: &'a str,
    /// Who.
    pub by: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// What was agreed to.
    pub families: &'a [&'a Family],
    /// The scenarios with the numbers of their snapshots.
    pub snapshots: &'a [(String, u64)],
}

impl Record<'_> {
    /// Writes it to a new file in a folder; gives its path.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self, folder: &Path) -> io::Result<PathBuf> {
        std::fs::create_dir_all(folder)?;
        let name = format!("{}-{}", self.date, short(self.reason));
        let mut path = folder.join(format!("{name}.yaml"));
        let mut next = 2;
        while path.exists() {
            path = folder.join(format!("{name}-{next}.yaml"));
            next += 1;
        }
        write_whole(&path, &self.text())?;
        Ok(path)
    }

    /// Its text.
    pub fn text(&self) -> String {
        let mut out = format!("date: {}\n", self.date);
        if let Some(by) = self.by {
            out.push_str(&format!("by: {}\n", scalar(by)));
        }
        out.push_str(&format!("reason: {}\n", scalar(self.reason)));
        let edits = self.edits();
        if !edits.is_empty() {
            out.push_str("edits:\n");
        }
        for edit in edits {
            out.push_str(&format!("  - {}\n", scalar(&edit)));
        }
        if !self.families.is_empty() {
            out.push_str("families:\n");
        }
        for family in self.families {
            out.push_str(&format!("  - change: {}\n", family.kind.key()));
            out.push_str(&format!("    what: {}\n", scalar(&family.pattern)));
            if let Some(under) = &family.under {
                out.push_str(&format!("    under: {}\n", scalar(under)));
            }
            out.push_str(&format!("    scenarios: {}\n", family.scenarios().len()));
        }
        out.push_str("snapshots:\n");
        for (scenario, number) in self.snapshots {
            out.push_str(&format!("  {}: \"{number:016x}\"\n", scalar(scenario)));
        }
        out
    }

    fn edits(&self) -> BTreeSet<String> {
        let named = self
            .families
            .iter()
            .flat_map(|family| match &family.because {
                Because::Edits(edits) | Because::AnyOf(edits) => edits.as_slice(),
                Because::Scenario | Because::Unknown => &[],
            });
        named.map(|edit| edit.name.clone()).collect()
    }
}

/// A few words of a reason as a name for a file.
fn short(reason: &str) -> String {
    let words = reason
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(6).map(str::to_lowercase).collect();
    if words.is_empty() {
        "change".to_owned()
    } else {
        words.join("-")
    }
}

/// What some record agrees to.
#[derive(Clone, Debug, Default)]
pub struct Agreed {
    /// Snapshots, as scenario and number.
    pub snapshots: BTreeSet<(String, String)>,
    /// Edits, as they are named.
    pub edits: BTreeSet<String>,
}

/// Everything that is on record.
///
/// # Errors
/// A record that cannot be read; which, and why.
pub fn agreed(folder: &Path) -> Result<Agreed, String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Agreed::default());
    };
    let mut found = Agreed::default();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let wrong = |why: String| format!("{}: {why}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        let record = data::of_yaml(&text).map_err(wrong)?;
        let snapshots = record.get("snapshots").and_then(data::Data::as_object);
        if data::texts(record.get("reason").unwrap_or(&data::Data::Null)).is_empty() {
            return Err(wrong("a change record gives a `reason`".to_owned()));
        }
        let edits = record.get("edits").map(data::texts);
        found.edits.extend(edits.into_iter().flatten());
        for (scenario, number) in snapshots.into_iter().flatten() {
            let found = &mut found.snapshots;
            found.insert((scenario.clone(), data::texts(number).concat()));
        }
    }
    Ok(found)
}
