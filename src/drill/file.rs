//! The file of a learner: JSON that can be read, written whole and put in its place at once.

use super::card::{Deck, day_of};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The format that this program reads and writes.
const FORMAT: &str = "casus-drill/1";

/// Why the file of a learner cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// The operating system refused.
    #[error("cannot read or write `{}`: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It is something else, or damaged.
    #[error("`{}` is no sound file of a drill: {why}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// It was written by another version of the program.
    #[error("`{}` has the format `{found}`, and this program reads `{FORMAT}`", path.display())]
    Format {
        /// Which.
        path: PathBuf,
        /// Its format.
        found: String,
    },
}

impl Deck {
    /// Without cards.
    pub fn empty() -> Self {
        Self {
            format: FORMAT.to_owned(),
            ..Self::default()
        }
    }

    /// The cards of a file; without cards if there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or holds something else.
    pub fn open(path: &Path) -> Result<Self, DrillError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::empty()),
            Err(error) => {
                let path = path.to_owned();
                return Err(DrillError::File { path, error });
            }
        };
        let damaged = |why: String| DrillError::Damaged {
            path: path.to_owned(),
            why,
        };
        let value: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        let found = value.get("format").and_then(serde_json::Value::as_str);
        if let Some(found) = found.filter(|found| *found != FORMAT) {
            let (path, found) = (path.to_owned(), found.to_owned());
            return Err(DrillError::Format { path, found });
        }
        // From the text once more: places in messages are those of the file.
        let deck: Self = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        deck.wrong().map_or(Ok(deck), |why| Err(damaged(why)))
    }

    /// What no program wrote.
    fn wrong(&self) -> Option<String> {
        for card in &self.cards {
            let rule = &card.rule;
            let mut situations = card.situations.iter();
            if card.situations.is_empty() {
                return Some(format!("the card of {rule} has no facts"));
            }
            if situations.any(|it| it.exercise >= self.exercises.len()) {
                return Some(format!("the card of {rule} comes from no exercise"));
            }
            let mut days = card.situations.iter().map(|it| &it.day).chain([&card.due]);
            if let Some(day) = days.find(|day| day_of(day).is_none()) {
                return Some(format!("`{day}` in the card of {rule} is no day"));
            }
        }
        None
    }

    /// Writes the file; when it returns, it is on the disk, and whoever looks sees the old one or the new one.
    ///
    /// # Errors
    /// A file that cannot be written: then the old one is still there.
    pub fn save(&self, path: &Path) -> Result<(), DrillError> {
        let written = self.write(path);
        written.map_err(|error| {
            let path = path.to_owned();
            DrillError::File { path, error }
        })
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let mut file = std::fs::File::create(&beside)?;
        let text = serde_json::to_string_pretty(self)?;
        let whole = file
            .write_all(text.as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .and_then(|()| std::fs::rename(&beside, path));
        if whole.is_err() {
            // Half a file helps nobody.
            let _ = std::fs::remove_file(&beside);
        }
        whole
    }
}
