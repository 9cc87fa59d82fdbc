//! The file of a session: an `SQLite` database with a copy of the exercise and the log. The only door to `rusqlite`.
//!
//! An entry that was appended is on the disk: the journal is synchronised before the call returns. The file is held
//! exclusively while it is open, by a lock of the operating system that ends with the process.

mod room;

pub use room::{Device, Draft};

use super::bundle::{Bundle, Kind};
use super::entry::Entry;
use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use std::path::{Path, PathBuf};

/// The format of the file.
const FORMAT: &str = "casus-session/1";

/// Why a session file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It is there already.
    #[error("`{}` exists already; choose another name, or resume it", .0.display())]
    Exists(PathBuf),
    /// There is none.
    #[error("there is no session `{}`", .0.display())]
    Missing(PathBuf),
    /// Another process has it.
    #[error("`{}` is open in another window or program; close it there first", .0.display())]
    Busy(PathBuf),
    /// It is no session file, or a damaged one.
    #[error("`{}` is no sound session file: {why}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
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
    /// The operating system refused: the disk is full, the folder read-only.
    #[error("cannot write `{}`: {why}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// What it said.
        why: String,
    },
}

/// An open session file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
}

impl Store {
    /// A new file with a copy of an exercise.
    ///
    /// # Errors
    /// A file that is there already or cannot be written.
    pub fn create(path: &Path, bundle: &Bundle) -> Result<Self, StoreError> {
        // Made by the system, so that two programs cannot both think they made it.
        match std::fs::File::create_new(path) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists(path.to_owned()));
            }
            Err(error) => {
                let (path, why) = (path.to_owned(), error.to_string());
                return Err(StoreError::Write { path, why });
            }
        }
        let mut store = Self::connect(path)?;
        let filled = store.fill(bundle);
        filled.map_err(|error| told(path, &error))?;
        Ok(store)
    }

    /// A file that is there.
    ///
    /// # Errors
    /// No file, no session file, a damaged one, or one that another process has open.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let store = Self::connect(path)?;
        let found = store.meta("format");
        let found = found.map_err(|error| told(path, &error))?;
        if found != FORMAT {
            let path = path.to_owned();
            return Err(StoreError::Format { path, found });
        }
        Ok(store)
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        let wrong = |error| told(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        let settings = "
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            BEGIN EXCLUSIVE; COMMIT;";
        connection.execute_batch(settings).map_err(wrong)?;
        let path = path.to_owned();
        Ok(Self { path, connection })
    }

    fn fill(&mut self, bundle: &Bundle) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        transaction.execute_batch(
            "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
             CREATE TABLE bundle (at INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
             CREATE TABLE entry (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;",
        )?;
        let meta = "INSERT INTO meta VALUES (?1, ?2)";
        transaction.execute(meta, params!["format", FORMAT])?;
        transaction.execute(meta, params!["engine", env!("CARGO_PKG_VERSION")])?;
        for (kind, name, text) in &bundle.texts {
            transaction.execute(
                "INSERT INTO bundle (kind, name, text) VALUES (?1, ?2, ?3)",
                params![kind.word(), name, text],
            )?;
        }
        transaction.commit()
    }

    fn meta(&self, key: &str) -> rusqlite::Result<String> {
        self.connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get(0)
            })
    }

    /// The copy of the exercise.
    ///
    /// # Errors
    /// A damaged file.
    pub fn bundle(&self) -> Result<Bundle, StoreError> {
        let texts = self.texts().map_err(|error| told(&self.path, &error))?;
        Ok(Bundle { texts })
    }

    fn texts(&self) -> rusqlite::Result<Vec<(Kind, String, String)>> {
        let mut statement = self
            .connection
            .prepare("SELECT kind, name, text FROM bundle ORDER BY at")?;
        let rows = statement.query_map([], |row| {
            let kind: String = row.get(0)?;
            let kind = Kind::of_word(&kind).unwrap_or(Kind::Beside);
            Ok((kind, row.get(1)?, row.get(2)?))
        })?;
        rows.collect()
    }

    /// Writes one more entry; when it returns, the entry is on the disk.
    ///
    /// # Errors
    /// A disk that is full or a file that cannot be written: then nothing was written.
    pub fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let json = serde_json::to_string(entry).map_err(|error| StoreError::Write {
            path: self.path.clone(),
            why: error.to_string(),
        })?;
        let written = self.connection.execute(
            "INSERT INTO entry (sequence, json) VALUES (?1, ?2)",
            params![entry.sequence as i64, json],
        );
        written.map_err(|error| told(&self.path, &error))?;
        Ok(())
    }

    /// The log, as far as it is sound, and what is wrong with the first entry that is not.
    pub fn log(&self) -> (Vec<Entry>, Option<String>) {
        let mut log = Vec::new();
        let mut wrong = None;
        let read = || -> rusqlite::Result<()> {
            let mut statement = self
                .connection
                .prepare("SELECT json FROM entry ORDER BY sequence")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let json: String = row.get(0)?;
                match serde_json::from_str(&json) {
                    Ok(entry) => log.push(entry),
                    Err(error) => {
                        wrong = Some(format!("entry {}: {error}", log.len() + 1));
                        return Ok(());
                    }
                }
            }
            Ok(())
        };
        let result = { read }();
        let wrong = result.err().map(|error| error.to_string()).or(wrong);
        (log, wrong)
    }

    /// Looks through the whole file.
    ///
    /// # Errors
    /// What is damaged.
    pub fn verify(&self) -> Result<(), StoreError> {
        let found: rusqlite::Result<String> =
            self.connection
                .query_row("PRAGMA integrity_check", [], |row| row.get(0));
        let why = match found {
            Ok(said) if said == "ok" => return Ok(()),
            Ok(said) => said,
            Err(error) => error.to_string(),
        };
        let path = self.path.clone();
        Err(StoreError::Damaged { path, why })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn told(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    let why = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
        Some(
            ErrorCode::DiskFull
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure,
        ) => StoreError::Write { path, why },
        _ => StoreError::Damaged { path, why },
    }
}
