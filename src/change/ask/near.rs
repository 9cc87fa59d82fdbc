//! A scenario near to one that there is, in which the versions differ.

use super::variant::variant;
use super::witness::{Stated, Witness};
use crate::diagnostic::phrase::count;
use crate::report::style::wrap;
use std::fmt::Write as _;
use std::ops::Range;

/// The scenario that is nearest to one that there is: with the fewest events left out or added, the versions differ in it.
#[derive(Clone, Debug)]
pub struct Near {
    /// What differs, replayed on both versions.
    pub witness: Witness,
    /// The scenario that there is.
    pub after: String,
    /// Events of it that are left out.
    pub left_out: Vec<Stated>,
    /// Events that are added.
    pub added: Vec<Stated>,
    /// Its text, and where the events stand in it that are kept.
    pub(super) text: String,
    pub(super) kept: Vec<Range<usize>>,
}

impl Near {
    /// How many events are left out or added.
    pub fn edits(&self) -> usize {
        self.left_out.len() + self.added.len()
    }

    /// A name for its file: `north-atlantic-treaty-assist-gained-near`.
    pub fn file_stem(&self) -> String {
        format!("{}-near", self.witness.file_stem())
    }

    /// As a scenario file that expects what the new version says.
    pub fn scenario_of_new(&self) -> String {
        let witness = &self.witness;
        let title = format!("{}: {}", witness.what_differs(), witness.sentence);
        let day = witness.day;
        let made = variant(&self.text, &title, day, &self.kept, &self.added);
        let after = format!("# After {}.\n", self.after);
        after + &made + &self.witness.expectation()
    }

    /// For people.
    pub fn tell(&self, text: &mut String) {
        let witness = &self.witness;
        let mut line = |line: &str, first, next| {
            let _ = writeln!(text, "{}", wrap(line, first, next));
        };
        let treaty = &witness.obligation.kind.treaty;
        let what = witness.what_differs();
        line(&format!("{what}: {} ({treaty})", witness.sentence), 2, 6);
        let edits = match self.edits() {
            0 => "as it stands".to_owned(),
            some => format!("with {}", count(some, "event changed", "events changed")),
        };
        line(
            &format!("nearest: {} {edits}, replayed on both", self.after),
            6,
            8,
        );
        for (mark, facts) in [("−", &self.left_out), ("+", &self.added)] {
            for fact in facts {
                line(&format!("{mark} {}, {}", fact.what, fact.days()), 8, 10);
            }
        }
        line(
            &format!("before, on {}: {}", witness.day, witness.verdicts[0]),
            6,
            8,
        );
        line(&format!("now: {}", witness.verdicts[1]), 6, 8);
    }
}
