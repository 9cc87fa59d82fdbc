//! Which rulebook a command uses.

use super::paths::is_rulebook;
use super::shelf::Scenario;
use super::trouble::Trouble;
use crate::builtin;
use crate::case::Case;
use crate::project::{Project, ProjectError, texts};
use std::path::{Path, PathBuf};

/// Where a rulebook comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The one built into the program.
    BuiltIn,
    /// Every treaty file of a folder and the folders in it.
    Folder(PathBuf),
}

impl Origin {
    /// Reads it, and further treaty files or folders beside it.
    pub(super) fn open(&self, with: &[PathBuf]) -> Result<Project, ProjectError> {
        Ok(Project::of_texts(self.texts(with)?))
    }

    /// Reads it for one scenario, and that scenario. What is known to be sound and does not bear on the scenario is left unread,
    /// unless something is found that wants to be told: then everything is read.
    ///
    /// `asked` is what the user asked in words, `understood` whether that can be answered.
    pub(super) fn open_for(
        &self,
        with: &[PathBuf],
        scenario: &Scenario,
        asked: &str,
        understood: impl Fn(&mut Project, &Case) -> bool,
    ) -> Result<(Project, Option<Case>), Trouble> {
        let texts = self.texts(with)?;
        if builtin::is_rulebook(&texts)
            && let Some(text) = scenario.text().filter(|text| lists_rules(text))
        {
            let mut project = Project::for_one(texts.clone(), &format!("{text} {asked}"));
            let case = scenario.load(&mut project)?;
            let is_sound = project.diagnostics.is_empty() && case.diagnostics.is_empty();
            if is_sound && case.counts_some_only() && understood(&mut project, &case) {
                return Ok((project, Some(case)));
            }
        }
        let mut project = Project::of_texts(texts);
        if project.has_errors() {
            return Ok((project, None));
        }
        let case = scenario.load(&mut project)?;
        Ok((project, Some(case)))
    }

    /// Its texts with their names, and those of further treaty files or folders beside it.
    pub(super) fn texts(&self, with: &[PathBuf]) -> Result<Vec<(String, String)>, ProjectError> {
        match self {
            Self::BuiltIn => {
                let own = builtin::RULEBOOK.iter().copied();
                let own = own.map(|(name, text)| (name.to_owned(), text.to_owned()));
                Ok(own.chain(texts(with)?).collect())
            }
            Self::Folder(folder) => {
                let mut all = vec![folder.clone()];
                all.extend_from_slice(with);
                texts(&all)
            }
        }
    }
}

/// Whether a scenario says which treaties count.
fn lists_rules(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("rules:"))
}

/// The argument that names a rulebook.
#[derive(clap::Args, Clone, Debug, Default)]
pub(super) struct RulesArgument {
    /// The folder with the rulebook [default: `rules` upwards from the scenario, else the built-in rulebook]
    ///
    /// Left out, Casus looks for a folder `rules` that holds treaty files, beside the scenario and in each folder above it;
    /// where there is none it uses the rulebook that is built into the program. Named, it is used for all but those scenarios
    /// of a folder that have a rulebook of their own deeper in that folder.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Another treaty file or folder, beside the rulebook (may be repeated)
    #[arg(long = "with", value_name = "PATH")]
    with: Vec<PathBuf>,
}

impl RulesArgument {
    /// The rulebook for work on this file or folder.
    pub(super) fn origin(&self, beside: &Path) -> Origin {
        match &self.rules {
            Some(folder) => Origin::Folder(folder.clone()),
            None => upwards(beside).map_or(Origin::BuiltIn, Origin::Folder),
        }
    }

    /// The rulebook for a file in this folder, found below `asked`: the one that was named, unless there is one deeper than `asked`
    /// that goes with the file.
    pub(super) fn origin_below(&self, folder: &Path, asked: &Path) -> Origin {
        let deeper = upwards(folder).filter(|rulebook| {
            let (Some(home), Ok(asked)) = (rulebook.parent(), asked.canonicalize()) else {
                return false;
            };
            let home = Path::new(".").join(home).canonicalize();
            home.is_ok_and(|home| home != asked && home.starts_with(asked))
        });
        deeper.map_or_else(|| self.origin(folder), Origin::Folder)
    }

    /// Whether a rulebook was named.
    pub(super) fn is_given(&self) -> bool {
        self.rules.is_some()
    }

    /// What is added to it.
    pub(super) fn with(&self) -> &[PathBuf] {
        &self.with
    }
}

/// The nearest folder `rules` that holds treaty files.
fn upwards(beside: &Path) -> Option<PathBuf> {
    // The folder of a bare file name is empty, which the system takes for no path at all.
    let absolute = std::path::absolute(Path::new(".").join(beside)).ok()?;
    let found = absolute
        .ancestors()
        .map(|folder| folder.join("rules"))
        .find(|rules| is_rulebook(rules))?;
    // As short as it can be said, for messages.
    let here = std::env::current_dir().ok();
    let short = here.and_then(|here| Some(found.strip_prefix(here).ok()?.to_path_buf()));
    Some(short.unwrap_or(found))
}
