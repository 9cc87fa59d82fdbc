//! The clock of the room: it stops in pauses, so nothing is late because of one.

/// Seconds of play so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Seconds until the last entry.
    pub seconds: u64,
    /// It stands still.
    pub paused: bool,
}

impl Clock {
    /// What it shows so many seconds after the last entry.
    #[must_use]
    pub fn after(self, seconds: u64) -> u64 {
        if self.paused {
            self.seconds
        } else {
            self.seconds.saturating_add(seconds)
        }
    }
}
