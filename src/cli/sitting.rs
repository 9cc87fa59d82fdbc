//! Which session a command sits down to: a new one of an exercise, or one that goes on.

use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::exercise::session::{Bundle, Store};
use crate::exercise::{Pack, file_of};
use clap::ValueHint;
use std::path::{Path, PathBuf};

/// An exercise, or a session of one.
#[derive(clap::Args)]
pub(super) struct Sitting {
    /// The exercise: its folder
    #[arg(value_hint = ValueHint::DirPath, required_unless_present = "resume")]
    exercise: Option<PathBuf>,
    /// The session file to write [default: the name of the exercise, in this folder]
    #[arg(long, value_name = "FILE")]
    session: Option<PathBuf>,
    /// Go on with this session
    #[arg(long, value_name = "FILE", conflicts_with_all = ["exercise", "session"])]
    resume: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
}

impl Sitting {
    /// The exercise and the session; `None`: the exercise has mistakes, which were shown.
    pub(super) fn open(
        &self,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<(Pack, Store)>, Trouble> {
        if let Some(file) = &self.resume {
            let store = Store::open(file)?;
            return Ok(Some((store.bundle()?.pack(), store)));
        }
        let Some(folder) = &self.exercise else {
            return Err(Trouble::Nothing("name an exercise".to_owned()));
        };
        let project = self.rules.origin(folder).open(self.rules.with())?;
        let pack = Pack::load(folder, project)?;
        terminal.show(&pack.diagnostics, &pack.project.sources)?;
        if any_error(&pack.diagnostics) || pack.project.has_errors() {
            return Ok(None);
        }
        let file = session_file(self.session.as_deref(), folder);
        let store = Store::create(&file, &Bundle::of(&pack))?;
        Ok(Some((pack, store)))
    }
}

/// Where the session goes: beside nothing else, named like the exercise, with a number if there is one already.
fn session_file(given: Option<&Path>, folder: &Path) -> PathBuf {
    if let Some(file) = given {
        return file.to_owned();
    }
    let file = file_of(folder);
    let named = file.parent().and_then(Path::file_name);
    let name = named.map_or_else(|| "exercise".into(), |name| name.to_string_lossy());
    let numbered = |number: u32| match number {
        1 => PathBuf::from(format!("{name}.session")),
        number => PathBuf::from(format!("{name}-{number}.session")),
    };
    (1..u32::MAX)
        .map(numbered)
        .find(|path| !path.exists())
        .unwrap_or_default()
}
