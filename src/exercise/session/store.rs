//! The file of a session: an `SQLite` database with a copy of the exercise and the log. The only door to `rusqlite`.
//!
//! An entry that was appended is on the disk: the journal is synchronised before the call returns. The file is held
//! exclusively while it is open, by a lock of the operating system that ends with the process.

mod log;
mod room;

pub use room::{Device, Draft};

use super::bundle::{Bundle, Kind};
use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The format of the file.
const FORMAT: &str = "casus-session/2";

/// How a database begins.
const SIGNATURE: &[u8; 16] = b"SQLite format 3\0";

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
    /// It can be read here, and not written.
    #[error("cannot write `{}`: the file or its folder is read-only", .0.display())]
    ReadOnly(PathBuf),
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
    /// The seal of the last entry.
    seal: String,
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
        let made = Self::connect(path).and_then(|mut store| {
            let filled = store.fill(bundle);
            filled.map_err(|error| told(path, &error))?;
            Ok(store)
        });
        if made.is_err() {
            // Half a session is none.
            remove(path);
        }
        made
    }

    /// A file that is there.
    ///
    /// # Errors
    /// No file, no session file, a damaged one, or one that another process has open.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        is_database(path)?;
        Self::connect(path)?.known()
    }

    /// A file that is only looked at; it may be where nothing can be written.
    ///
    /// # Errors
    /// As with `open`.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        match Self::open(path) {
            Err(StoreError::Write { .. } | StoreError::ReadOnly(_)) if !has_journal(path) => {
                Self::connect_to_read(path)?.known()
            }
            opened => opened,
        }
    }

    /// Itself, if it is a session of this program.
    fn known(mut self) -> Result<Self, StoreError> {
        let found = self.meta("format");
        let found = found.map_err(|error| told(&self.path, &error))?;
        if found != FORMAT {
            let path = self.path;
            return Err(StoreError::Format { path, found });
        }
        self.seal = self.last_seal();
        Ok(self)
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        let wrong = |error| told(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        // Whoever has the file keeps it as long as the exercise lasts: there is nothing to wait for.
        connection.busy_timeout(Duration::ZERO).map_err(wrong)?;
        let settings = "
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            BEGIN EXCLUSIVE; COMMIT;";
        connection.execute_batch(settings).map_err(wrong)?;
        Ok(Self::of(path, connection))
    }

    /// Without a lock and without a journal, which both would be written.
    fn connect_to_read(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let escaped = path
            .to_string_lossy()
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let uri = format!("file:{escaped}?immutable=1");
        let connection = Connection::open_with_flags(uri, flags);
        let connection = connection.map_err(|error| told(path, &error))?;
        Ok(Self::of(path, connection))
    }

    fn of(path: &Path, connection: Connection) -> Self {
        Self {
            path: path.to_owned(),
            connection,
            seal: String::new(),
        }
    }

    fn fill(&mut self, bundle: &Bundle) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        transaction.execute_batch(
            "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
             CREATE TABLE bundle (at INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
             CREATE TABLE entry (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL, seal TEXT NOT NULL) STRICT;",
        )?;
        let (exercise, rules) = (bundle.exercise_hash(), bundle.rules_hash());
        for (key, value) in [
            ("format", FORMAT),
            ("engine", env!("CARGO_PKG_VERSION")),
            ("exercise", &exercise),
            ("rules", &rules),
        ] {
            transaction.execute("INSERT INTO meta VALUES (?1, ?2)", params![key, value])?;
        }
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
    /// A damaged file: also one whose copy is no longer what the session began with.
    pub fn bundle(&self) -> Result<Bundle, StoreError> {
        let wrong = |error| told(&self.path, &error);
        let bundle = Bundle {
            texts: self.texts().map_err(wrong)?,
        };
        let kept = |key| self.meta(key).map_err(wrong);
        let same =
            kept("exercise")? == bundle.exercise_hash() && kept("rules")? == bundle.rules_hash();
        if same {
            return Ok(bundle);
        }
        Err(StoreError::Damaged {
            path: self.path.clone(),
            why: "its copy of the exercise or of the rules is not the one that it began with"
                .to_owned(),
        })
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

    /// Takes the file away for good.
    ///
    /// # Errors
    /// A folder in which nothing can be changed.
    pub fn delete(self) -> Result<(), StoreError> {
        let path = self.path.clone();
        drop(self);
        remove(&path);
        if path.exists() {
            return Err(StoreError::ReadOnly(path));
        }
        Ok(())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Whether a file is a database at all: an empty one would be taken for a new one, and written.
fn is_database(path: &Path) -> Result<(), StoreError> {
    let mut head = [0; SIGNATURE.len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if read.is_ok() && head == *SIGNATURE {
        return Ok(());
    }
    let why = match read {
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => error.to_string(),
        _ => "it is another kind of file".to_owned(),
    };
    let path = path.to_owned();
    Err(StoreError::Damaged { path, why })
}

/// The files beside a database in which its journal lives.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn has_journal(path: &Path) -> bool {
    let wal = std::fs::metadata(beside(path, "-wal"));
    wal.is_ok_and(|wal| wal.len() > 0)
}

/// Takes a file away, with what belongs to it.
fn remove(path: &Path) {
    for file in std::iter::once(path.to_owned()).chain(BESIDE.map(|ending| beside(path, ending))) {
        // What is not there is gone already.
        let _ = std::fs::remove_file(file);
    }
}

fn told(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    let why = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(path),
        Some(
            ErrorCode::DiskFull
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure,
        ) => StoreError::Write { path, why },
        _ => StoreError::Damaged { path, why },
    }
}
