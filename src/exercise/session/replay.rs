//! A session told again: entry by entry, as it was seen when it happened.

use super::audience::Audience;
use super::entry::{Entry, Happening};
use super::state::Session;
use crate::exercise::Pack;

/// Something that somebody saw happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The entry.
    pub sequence: u64,
    /// Seconds on the clock of the room.
    pub clock: u64,
    /// What was announced.
    pub news: String,
    /// What was shown, if more than that.
    pub scene: Option<String>,
}

impl Session<'_> {
    /// What an audience saw of the log, in order; what the state was later makes no difference.
    pub fn replay(
        &self,
        audience: Audience,
        scene: impl Fn(&Session<'_>, &Entry) -> Option<String>,
    ) -> Vec<Seen> {
        let mut seen = Vec::new();
        let Some(mut then) = Session::new(self.pack) else {
            return seen;
        };
        for entry in &self.log {
            if then.take(entry).is_err() {
                break;
            }
            if let Some(news) = then.news(audience, entry) {
                seen.push(Seen {
                    sequence: entry.sequence,
                    clock: entry.clock,
                    news,
                    scene: scene(&then, entry),
                });
            }
        }
        seen
    }

    /// How many entries there were before an inject went out for the last time; `None`: it never did.
    pub fn before(&self, inject: &str) -> Option<usize> {
        let mut log = self.log.iter();
        let is_it = |entry: &Entry| {
            let released =
                matches!(&entry.happening, Happening::Released { inject: id, .. } if id == inject);
            released && !self.undone.contains(&entry.sequence)
        };
        log.rposition(is_it)
    }
}

/// The state after a log as far as it fits its exercise, and what is wrong with the first entry that does not; `None`: the
/// exercise has mistakes.
pub fn taken_up<'p>(pack: &'p Pack, log: &[Entry]) -> Option<(Session<'p>, Option<String>)> {
    let mut session = Session::new(pack)?;
    for (at, entry) in log.iter().enumerate() {
        if let Err(refused) = session.take(entry) {
            return Some((session, Some(format!("entry {}: {refused}", at + 1))));
        }
    }
    Some((session, None))
}
