//! Survivors that nobody minds: a file that names the clause, the change and the wording, and says why.

use super::Judged;
use super::mutant::Mutant;
use crate::change::data::{Data, of_yaml};
use crate::change::term::hash;
use std::path::Path;

/// The file, in the folder of the project.
const FILE: &str = "mutants.yaml";

/// One survivor that nobody minds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Treaty, article and clause.
    pub clause: String,
    /// What is changed.
    pub operator: String,
    /// A number for the wording of the clause: when that changes, somebody has to look again.
    pub wording: String,
    /// Why nobody minds.
    pub reason: String,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    entries: Vec<Entry>,
}

impl Entry {
    /// The entry for a mutant, without a reason yet.
    pub fn of(mutant: &Mutant) -> Self {
        Self {
            clause: mutant.clause.clone(),
            operator: mutant.operator.clone(),
            wording: wording(mutant),
            reason: String::new(),
        }
    }

    fn is_of(&self, mutant: &Mutant) -> bool {
        self.clause == mutant.clause && self.operator == mutant.operator
    }
}

/// A number for the clause as it is.
fn wording(mutant: &Mutant) -> String {
    format!("{:016x}", hash(&mutant.old))
}

impl Allowed {
    /// Reads the file of a project; without one, nothing is allowed.
    ///
    /// # Errors
    /// A file that cannot be read, or an entry without its four keys.
    pub fn load(home: &Path) -> Result<Self, String> {
        let path = home.join(FILE);
        if !path.is_file() {
            return Ok(Self::default());
        }
        let told = |why: String| format!("{}: {why}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| told(error.to_string()))?;
        Self::of_text(&text).map_err(told)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// An entry without its four keys.
    pub fn of_text(text: &str) -> Result<Self, String> {
        let all = match of_yaml(text)? {
            Data::Array(all) => all,
            Data::Null => Vec::new(),
            _ => return Err("this is not a list of survivors".to_owned()),
        };
        let entries: Result<Vec<Entry>, String> = all.iter().map(entry).collect();
        Ok(Self { entries: entries? })
    }

    /// Marks the survivors that are allowed; gives back entries that have expired or that nothing needs.
    pub fn mark<'a>(&'a self, judged: &mut [Judged]) -> Vec<&'a Entry> {
        let mut idle: Vec<&Entry> = Vec::new();
        for entry in &self.entries {
            let mut used = false;
            let mut seen = false;
            for one in judged.iter_mut().filter(|one| entry.is_of(&one.mutant)) {
                seen = true;
                if one.survives() && entry.wording == wording(&one.mutant) {
                    one.allowed = Some(entry.reason.clone());
                    used = true;
                }
            }
            if seen && !used {
                idle.push(entry);
            }
        }
        idle
    }
}

fn entry(data: &Data) -> Result<Entry, String> {
    let get = |key: &str| {
        let value = data.get(key).and_then(Data::as_str).map(str::trim);
        let value = value.filter(|value| !value.is_empty());
        value
            .map(str::to_owned)
            .ok_or_else(|| format!("an entry lacks its `{key}`"))
    };
    Ok(Entry {
        clause: get("clause")?,
        operator: get("operator")?,
        wording: get("wording")?,
        reason: get("reason")?,
    })
}
