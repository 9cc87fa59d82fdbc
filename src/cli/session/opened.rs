//! A session file with its exercise, read as far as it is sound.

use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::Pack;
use crate::exercise::session::{Session, Store, StoreError, taken_up};
use std::path::Path;

/// A session that is looked at.
pub(in crate::cli) struct Opened {
    pub(in crate::cli) store: Store,
    pub(in crate::cli) pack: Pack,
}

impl Opened {
    pub(in crate::cli) fn of(path: &Path) -> Result<Self, Trouble> {
        let store = Store::read(path)?;
        let pack = store.bundle()?.pack();
        Ok(Self { store, pack })
    }

    /// The state after the log, as far as the log is sound; if it is not, that is said.
    pub(in crate::cli) fn session(
        &self,
        terminal: &mut Terminal<'_>,
    ) -> Result<Session<'_>, Trouble> {
        let (session, wrong) = self.taken(&self.pack)?;
        if let Some(why) = wrong {
            writeln!(
                terminal.err,
                "casus: the session is damaged, and read up to there: {why}"
            )?;
        }
        Ok(session)
    }

    /// The state after the whole log.
    pub(in crate::cli) fn sound(&self) -> Result<Session<'_>, Trouble> {
        match self.taken(&self.pack)? {
            (session, None) => Ok(session),
            (_, Some(why)) => {
                let path = self.store.path().to_owned();
                Err(Trouble::Session(StoreError::Damaged { path, why }))
            }
        }
    }

    /// The state after the log under the rules of a pack, and what is wrong with the first entry that is not sound.
    pub(in crate::cli) fn taken<'p>(
        &self,
        pack: &'p Pack,
    ) -> Result<(Session<'p>, Option<String>), Trouble> {
        let (log, damaged) = self.store.log();
        let taken = taken_up(pack, &log);
        let (session, wrong) = taken.ok_or_else(|| {
            Trouble::Nothing("the exercise in this session has mistakes".to_owned())
        })?;
        Ok((session, wrong.or(damaged)))
    }
}
