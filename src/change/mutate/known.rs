//! What earlier runs killed, so that a run can look at the rest only.

use super::mutant::Mutant;
use super::{Fate, Judged};
use crate::change::data::{Data, json, of_json};
use crate::change::term::hash;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// The mutants that earlier runs killed or proved equal.
#[derive(Clone, Debug, Default)]
pub struct Killed {
    path: PathBuf,
    numbers: BTreeSet<String>,
}

impl Killed {
    /// What is known in the folder of a project.
    pub fn load(home: &Path) -> Self {
        let path = home.join(".casus").join("mutants.json");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let numbers = match of_json(&text) {
            Some(Data::Array(all)) => all
                .iter()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
            _ => BTreeSet::new(),
        };
        Self { path, numbers }
    }

    /// Whether an expectation killed it, or it was proved equal.
    pub fn has(&self, mutant: &Mutant) -> bool {
        self.numbers.contains(&number(mutant))
    }

    /// Remembers what was killed, and forgets what was not.
    pub fn learn(&mut self, judged: &[Judged]) {
        for one in judged {
            let number = number(&one.mutant);
            if matches!(one.fate, Fate::Asserted(_) | Fate::Equal) {
                self.numbers.insert(number);
            } else {
                self.numbers.remove(&number);
            }
        }
    }

    /// Writes it down.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn save(&self) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let all: Vec<&String> = self.numbers.iter().collect();
        std::fs::write(&self.path, json!(all).to_string())
    }
}

fn number(mutant: &Mutant) -> String {
    let whole = [
        mutant.clause.as_str(),
        &mutant.operator,
        &mutant.old,
        &mutant.new,
    ];
    format!("{:016x}", hash(&whole.join("\n")))
}
