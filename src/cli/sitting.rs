//! Which session a command sits down to: a new one of an exercise, or one that goes on.

use super::exercises::Exercise;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::exercise::Pack;
use crate::exercise::session::{Bundle, Store};
use clap::ValueHint;
use std::path::{Path, PathBuf};

/// In which way an exercise is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At the keyboard of those who learn.
    Keyboard,
    /// At the console of the facilitator.
    Console,
    /// In a room of browsers.
    #[cfg(feature = "serve")]
    Room,
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Self::Keyboard => "keyboard",
            Self::Console => "console",
            #[cfg(feature = "serve")]
            Self::Room => "room",
        }
    }

    /// The one that a session file names.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let all = [
            Self::Keyboard,
            Self::Console,
            #[cfg(feature = "serve")]
            Self::Room,
        ];
        all.into_iter().find(|place| place.word() == word)
    }
}

/// An exercise, or a session of one.
#[derive(clap::Args)]
pub(super) struct Sitting {
    /// The exercise: its folder, or the name of one that is built in
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
    /// On with this session.
    pub(super) fn resuming(file: &Path) -> Self {
        Self {
            exercise: None,
            session: None,
            resume: Some(file.to_owned()),
            rules: RulesArgument::default(),
        }
    }

    /// The exercise and the session; `None`: the exercise has mistakes, which were shown.
    pub(super) fn open(
        &self,
        place: Place,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<(Pack, Store)>, Trouble> {
        if let Some(file) = &self.resume {
            let store = Store::open(file)?;
            let pack = store.bundle()?.pack();
            // A damaged file is left as it is; whoever takes the session up says what is wrong.
            let known = store.setting("place").is_some_and(|it| it == place.word());
            if !known && store.log().1.is_none() {
                store.set("place", place.word())?;
            }
            return Ok(Some((pack, store)));
        }
        let Some(folder) = &self.exercise else {
            return Err(Trouble::Nothing("name an exercise".to_owned()));
        };
        let exercise = Exercise::find(folder, &self.rules)?;
        let pack = exercise.open(&self.rules)?;
        terminal.show(&pack.diagnostics, &pack.project.sources)?;
        if any_error(&pack.diagnostics) || pack.project.has_errors() {
            return Ok(None);
        }
        let file = session_file(self.session.as_deref(), &exercise.name());
        let store = Store::create(&file, &Bundle::of(&pack))?;
        store.set("place", place.word())?;
        Ok(Some((pack, store)))
    }
}

/// Where the session goes: beside nothing else, named like the exercise, with a number if there is one already.
fn session_file(given: Option<&Path>, name: &str) -> PathBuf {
    if let Some(file) = given {
        return file.to_owned();
    }
    free_name(Path::new(""), name)
}

/// A name for a new session of a folder, with a number if it is taken.
pub(super) fn free_name(folder: &Path, name: &str) -> PathBuf {
    let numbered = |number: u32| match number {
        1 => PathBuf::from(format!("{name}.session")),
        number => PathBuf::from(format!("{name}-{number}.session")),
    };
    (1..u32::MAX)
        .map(numbered)
        .find(|path| !folder.join(path).exists())
        .unwrap_or_default()
}
