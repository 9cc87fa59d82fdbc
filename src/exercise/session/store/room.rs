//! What a room keeps beside the log: the clock, cards and devices, and answers that are not handed in yet.

use super::{Store, StoreError, told};
use rusqlite::params;

/// A device that was let in, or waits in the lobby.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Hash of its cookie.
    pub hash: String,
    /// What it may see, as a word; empty: it waits.
    pub audience: String,
    /// Who sits there, as given.
    pub name: String,
}

/// An answer that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The role.
    pub role: String,
    /// The question.
    pub question: String,
    /// The fields of the form, as they were sent.
    pub form: String,
    /// Who wrote last.
    pub name: String,
}

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS card (code TEXT PRIMARY KEY, audience TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS device (hash TEXT PRIMARY KEY, audience TEXT NOT NULL, name TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS draft (role TEXT NOT NULL, question TEXT NOT NULL, form TEXT NOT NULL, name TEXT NOT NULL,
                                      PRIMARY KEY (role, question)) STRICT;";

impl Store {
    /// Makes room for a room.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn furnish(&self) -> Result<(), StoreError> {
        self.told(self.connection.execute_batch(TABLES))
    }

    /// The last second of play that was written down.
    pub fn tick(&self) -> u64 {
        let found = self.meta("tick").ok();
        found.and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Writes the clock down.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn set_tick(&self, seconds: u64) -> Result<(), StoreError> {
        self.set("tick", &seconds.to_string())
    }

    /// A setting of the room.
    pub fn setting(&self, key: &str) -> Option<String> {
        self.meta(key).ok()
    }

    /// Keeps a setting of the room.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO meta VALUES (?1, ?2)";
        self.told(
            self.connection
                .execute(sql, params![key, value])
                .map(|_| ()),
        )
    }

    /// The cards: code and audience of each.
    ///
    /// # Errors
    /// A damaged file.
    pub fn cards(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.told(self.pairs("SELECT code, audience FROM card ORDER BY rowid"))
    }

    fn pairs(&self, sql: &str) -> rusqlite::Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// Keeps a card; any other of the same audience is worth nothing any more.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn set_card(&self, code: &str, audience: &str) -> Result<(), StoreError> {
        self.drop_card(audience)?;
        let sql = "INSERT INTO card VALUES (?1, ?2)";
        self.told(
            self.connection
                .execute(sql, params![code, audience])
                .map(|_| ()),
        )
    }

    /// Takes the card of an audience away.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn drop_card(&self, audience: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM card WHERE audience = ?1";
        self.told(self.connection.execute(sql, [audience]).map(|_| ()))
    }

    /// The devices, in the order in which they came.
    ///
    /// # Errors
    /// A damaged file.
    pub fn devices(&self) -> Result<Vec<Device>, StoreError> {
        let read = || {
            let sql = "SELECT hash, audience, name FROM device ORDER BY rowid";
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                let (hash, audience, name) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(Device {
                    hash,
                    audience,
                    name,
                })
            })?;
            rows.collect()
        };
        self.told(read())
    }

    /// Keeps a device, or what has become of it.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn set_device(&self, device: &Device) -> Result<(), StoreError> {
        let sql = "INSERT INTO device VALUES (?1, ?2, ?3)
                   ON CONFLICT (hash) DO UPDATE SET audience = ?2, name = ?3";
        let values = params![device.hash, device.audience, device.name];
        self.told(self.connection.execute(sql, values).map(|_| ()))
    }

    /// Forgets a device.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn drop_device(&self, hash: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM device WHERE hash = ?1";
        self.told(self.connection.execute(sql, [hash]).map(|_| ()))
    }

    /// The answers that are being written.
    ///
    /// # Errors
    /// A damaged file.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let read = || {
            let sql = "SELECT role, question, form, name FROM draft";
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                Ok(Draft {
                    role: row.get(0)?,
                    question: row.get(1)?,
                    form: row.get(2)?,
                    name: row.get(3)?,
                })
            })?;
            rows.collect()
        };
        self.told(read())
    }

    /// Keeps what is being written.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn set_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3, ?4)";
        let values = params![draft.role, draft.question, draft.form, draft.name];
        self.told(self.connection.execute(sql, values).map(|_| ()))
    }

    fn told<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| told(&self.path, &error))
    }
}
