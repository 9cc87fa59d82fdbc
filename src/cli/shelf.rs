//! Scenarios by name: those of the folder beside the rulebook, or those built into the program.

use super::paths::{self, SCENARIO, files, read_text};
use super::rules::{Origin, RulesArgument};
use super::trouble::Trouble;
use crate::builtin;
use crate::case::Case;
use crate::catalogue::Card;
use crate::diagnostic::phrase::{count, or_ticked};
use crate::project::{Project, ProjectError};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// More candidates are not named.
const MOST_NAMED: usize = 10;

/// A scenario to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scenario {
    /// From a file.
    File(PathBuf),
    /// One that is built into the program: its name and its text.
    BuiltIn(&'static str, &'static str),
}

impl Scenario {
    /// Reads it; its text joins the sources of the project.
    pub(super) fn load(&self, project: &mut Project) -> Result<Case, ProjectError> {
        match self {
            Self::File(path) => {
                let mut case = Case::load(path, project)?;
                for found in &mut case.diagnostics {
                    paths::point_to_file_beside(path, found, &project.sources);
                }
                Ok(case)
            }
            Self::BuiltIn(name, text) => Ok(Case::of_text(name, (*text).to_owned(), project)),
        }
    }

    /// Its text, if it can be read.
    pub(super) fn text(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::File(path) => read_text(path).ok().map(Cow::Owned),
            Self::BuiltIn(_, text) => Some(Cow::Borrowed(text)),
        }
    }

    fn card(&self) -> Option<Card> {
        match self {
            Self::File(path) => {
                let name = path.to_string_lossy().replace('\\', "/");
                Card::read(&name, &self.text()?)
            }
            Self::BuiltIn(name, text) => Card::read(name, text),
        }
    }
}

/// The scenarios that go with a rulebook.
fn shelf(origin: &Origin) -> Result<Vec<Scenario>, Trouble> {
    match origin {
        Origin::BuiltIn => {
            let all = builtin::SCENARIOS.iter();
            Ok(all
                .map(|(name, text)| Scenario::BuiltIn(name, text))
                .collect())
        }
        Origin::Folder(rules) => {
            let folder = rules.parent().unwrap_or(Path::new("")).join("scenarios");
            if !folder.is_dir() {
                return Ok(Vec::new());
            }
            let mut files = files(&folder, SCENARIO)?;
            files.retain(|file| !has_own_rules(file, &folder));
            Ok(files.into_iter().map(Scenario::File).collect())
        }
    }
}

/// Whether a scenario in this folder goes with a smaller rulebook nearer to it.
fn has_own_rules(file: &Path, folder: &Path) -> bool {
    let nearer = file
        .ancestors()
        .skip(1)
        .take_while(|above| *above != folder);
    nearer.into_iter().any(|above| above.join("rules").is_dir())
}

/// The cards of the scenarios that go with a rulebook; what cannot be read has none.
pub(super) fn cards(origin: &Origin) -> Result<Vec<Card>, Trouble> {
    Ok(shelf(origin)?.iter().filter_map(Scenario::card).collect())
}

/// What the name of a scenario means, and the rulebook that goes with it. The folder beside the rulebook comes first.
pub(super) fn by_name(name: &str, rules: &RulesArgument) -> Result<(Origin, Scenario), Trouble> {
    let near = rules.origin(Path::new("."));
    let mut origins = vec![near.clone()];
    if near != Origin::BuiltIn && !rules.is_given() {
        origins.push(Origin::BuiltIn);
    }
    let mut known = Vec::new();
    for origin in origins {
        let scenarios = shelf(&origin)?;
        let (scenarios, cards): (Vec<Scenario>, Vec<Card>) = scenarios
            .into_iter()
            .filter_map(|scenario| scenario.card().map(|card| (scenario, card)))
            .unzip();
        match Card::find(&cards, name).as_slice() {
            [] => known.extend(cards),
            [one] => {
                let at = cards.iter().position(|card| card.file == one.file);
                if let Some(scenario) = at.and_then(|at| scenarios.get(at)) {
                    return Ok((origin, scenario.clone()));
                }
            }
            several => return Err(Trouble::Nothing(which(name, several))),
        }
    }
    Err(Trouble::Nothing(unknown(name, &known)))
}

fn which(name: &str, cards: &[&Card]) -> String {
    let named = or_ticked(cards.iter().take(MOST_NAMED).map(|card| &card.name));
    let more = match cards.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" ({more} more)"),
    };
    let several = count(cards.len(), "scenario", "scenarios");
    format!("`{name}` may be any of {several}: {named}{more}")
}

fn unknown(name: &str, cards: &[Card]) -> String {
    let hint = match Card::nearest(cards, name) {
        Some(near) => format!("perhaps `{near}` is meant"),
        None => format!(
            "`casus list scenarios {name}` looks in all they tell, `casus show {name}` among treaties and states"
        ),
    };
    format!("there is no file `{name}`, and no scenario is called so; {hint}")
}
