//! The log in the file of a session. Each entry is sealed together with all before it, so that none can be changed unnoticed.

use super::{Store, StoreError, told};
use crate::exercise::session::bundle::digest;
use crate::exercise::session::entry::Entry;
use rusqlite::{Connection, params};

/// The seal of an entry, after that of the one before.
fn sealed(before: &str, json: &str) -> String {
    digest([before, json].into_iter())
}

impl Store {
    /// Writes one more entry; when it returns, the entry is on the disk.
    ///
    /// # Errors
    /// A disk that is full or a file that cannot be written: then nothing was written.
    pub fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.append_all(std::slice::from_ref(entry))
    }

    /// Writes more entries, all or none.
    ///
    /// # Errors
    /// A disk that is full or a file that cannot be written: then nothing was written.
    pub fn append_all(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let mut seal = self.seal.clone();
        let mut rows = Vec::new();
        for entry in entries {
            let json = serde_json::to_string(entry).map_err(|error| StoreError::Write {
                path: self.path.clone(),
                why: error.to_string(),
            })?;
            seal = sealed(&seal, &json);
            rows.push((entry.sequence, json, seal.clone()));
        }
        let written = insert(&mut self.connection, &rows);
        written.map_err(|error| told(&self.path, &error))?;
        self.seal = seal;
        Ok(())
    }

    /// The log, as far as it is sound, and what is wrong with the first entry that is not.
    pub fn log(&self) -> (Vec<Entry>, Option<String>) {
        let mut log = Vec::new();
        let wrong = match self.read_into(&mut log) {
            Ok(None) => return (log, None),
            Ok(Some(why)) => why,
            Err(error) => error.to_string(),
        };
        let at = log.len() + 1;
        (log, Some(format!("entry {at}: {wrong}")))
    }

    fn read_into(&self, log: &mut Vec<Entry>) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT json, seal FROM entry ORDER BY sequence";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut before = String::new();
        while let Some(row) = rows.next()? {
            let (json, seal): (String, String) = (row.get(0)?, row.get(1)?);
            if sealed(&before, &json) != seal {
                return Ok(Some("it was changed after it was written".to_owned()));
            }
            match serde_json::from_str(&json) {
                Ok(entry) => log.push(entry),
                Err(error) => return Ok(Some(error.to_string())),
            }
            before = seal;
        }
        Ok(None)
    }

    /// The seal that the next entry goes on from; of a damaged log, any.
    pub(super) fn last_seal(&self) -> String {
        let sql = "SELECT seal FROM entry ORDER BY sequence DESC LIMIT 1";
        let found = self.connection.query_row(sql, [], |row| row.get(0));
        found.unwrap_or_default()
    }
}

fn insert(connection: &mut Connection, rows: &[(u64, String, String)]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for (sequence, json, seal) in rows {
        transaction.execute(
            "INSERT INTO entry (sequence, json, seal) VALUES (?1, ?2, ?3)",
            params![*sequence as i64, json, seal],
        )?;
    }
    transaction.commit()
}
