//! Outcomes known from an earlier run, each with what it rests on, so that only what an edit may touch is worked out again.

use super::data::{self, Data, json};
use super::packed::Packed;
use super::reach::Edited;
use super::snapshot::write_whole;
use super::term::hash;
use crate::project::Project;
use crate::syntax::ast::Item;
use crate::syntax::format;
use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use std::io;
use std::path::{Path, PathBuf};

/// What is known of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// A number for its text.
    pub text: u64,
    /// A number for its outcome.
    pub outcome: u64,
    /// How many expectations it has; all are met.
    pub expected: usize,
    /// What the outcome rests on.
    pub reach: Packed,
}

/// Numbers for the parts of a rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    /// All that stands outside treaties.
    rest: u64,
    treaties: IndexMap<String, u64>,
}

/// What is known, and under which rules.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    file: PathBuf,
    /// A number for the texts of the rules.
    rules: u64,
    parts: Parts,
    known: IndexMap<String, Known>,
}

impl Cache {
    /// The cache in the folder of a project, or of a part of it with rules of its own; an empty one if there is none, or if another version of the program wrote it.
    pub fn load(home: &Path, part: Option<&str>) -> Self {
        let part = part.map_or_else(String::new, |part| format!("-{part}"));
        let file = home.join(".casus").join(format!("cache{part}.json"));
        let text = std::fs::read_to_string(&file).ok();
        let read = text.and_then(|text| read(&data::of_json(&text)?));
        Self {
            file,
            ..read.unwrap_or_default()
        }
    }

    /// Whether the rules are those under which all is known.
    pub fn is_of(&self, rules: u64) -> bool {
        self.rules == rules
    }

    /// Takes over to other rules: what they may touch is forgotten.
    pub fn turn_to(&mut self, rules: u64, project: &Project) {
        let parts = Parts::of(project);
        if parts.rest != self.parts.rest {
            self.known.clear();
        }
        let edited = self.parts.edited(&parts);
        if !edited.is_empty() && !self.known.is_empty() {
            let edited = Edited::new(&project.rulebook, edited);
            self.known
                .retain(|_, known| !edited.may_touch(&known.reach.open()));
        }
        (self.rules, self.parts) = (rules, parts);
    }

    /// What is known of a scenario with this text.
    pub fn get(&self, scenario: &str, text: u64) -> Option<&Known> {
        self.known.get(scenario).filter(|known| known.text == text)
    }

    /// Remembers what became of a scenario, or forgets it.
    pub fn set(&mut self, scenario: &str, known: Option<Known>) {
        match known {
            Some(known) => drop(self.known.insert(scenario.to_owned(), known)),
            None => drop(self.known.swap_remove(scenario)),
        }
    }

    /// Keeps it for the next run.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        write_whole(&self.file, &self.written().to_string())
    }

    fn written(&self) -> Data {
        let known = self.known.iter().map(|(scenario, known)| {
            let reach = known.reach.text();
            json!([scenario, known.text, known.outcome, known.expected, reach])
        });
        let known: Vec<Data> = known.collect();
        let treaties: Vec<Data> = self
            .parts
            .treaties
            .iter()
            .map(|(name, number)| json!([name, number]))
            .collect();
        json!({
            "program": program(),
            "rules": self.rules,
            "rest": self.parts.rest,
            "treaties": treaties,
            "known": known,
        })
    }
}

fn read(whole: &Data) -> Option<Cache> {
    if whole.get("program")?.as_str()? != program() {
        return None;
    }
    let known = whole.get("known")?.as_array()?.iter().map(|one| {
        let known = Known {
            text: one.get(1)?.as_u64()?,
            outcome: one.get(2)?.as_u64()?,
            expected: one.get(3)?.as_u64()? as usize,
            reach: Packed::of_text(one.get(4)?.as_str()?),
        };
        Some((one.get(0)?.as_str()?.to_owned(), known))
    });
    let treaties = whole.get("treaties")?.as_array()?.iter();
    let treaties =
        treaties.map(|one| Some((one.get(0)?.as_str()?.to_owned(), one.get(1)?.as_u64()?)));
    Some(Cache {
        file: PathBuf::new(),
        rules: whole.get("rules")?.as_u64()?,
        parts: Parts {
            rest: whole.get("rest")?.as_u64()?,
            treaties: treaties.collect::<Option<_>>()?,
        },
        known: known.collect::<Option<_>>()?,
    })
}

impl Parts {
    /// The treaties that are not in both in the same words.
    fn edited(&self, other: &Self) -> FxHashSet<String> {
        let one_sided = |one: &Self, other: &Self| -> Vec<String> {
            let differs =
                |(name, number): &(&String, &u64)| other.treaties.get(*name) != Some(*number);
            one.treaties
                .iter()
                .filter(differs)
                .map(|(name, _)| name.clone())
                .collect()
        };
        let both = one_sided(self, other)
            .into_iter()
            .chain(one_sided(other, self));
        both.collect()
    }

    fn of(project: &Project) -> Self {
        let mut parts = Self::default();
        for item in project.files.iter().flat_map(|file| &file.items) {
            if let Item::Treaty(treaty) = item {
                let text = hash(project.sources.text(treaty.span));
                parts.treaties.insert(treaty.name.text.clone(), text);
            } else {
                parts.rest = parts.rest.rotate_left(5) ^ hash(&format::item(item));
            }
        }
        parts
    }
}

/// A number for texts with their names.
pub fn number(texts: &[(String, String)]) -> u64 {
    let parts = texts
        .iter()
        .map(|(name, text)| hash(name).rotate_left(7) ^ hash(text));
    parts.fold(1, |sum: u64, part| sum.rotate_left(5) ^ part)
}

/// This very program: its version, and when it was built.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let built = file.map(|file| {
        let time = file.modified().ok();
        let time = time.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        format!("{}-{}", file.len(), time.map_or(0, |time| time.as_nanos()))
    });
    format!(
        "{} {}",
        env!("CARGO_PKG_VERSION"),
        built.unwrap_or_default()
    )
}
