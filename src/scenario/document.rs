//! What a scenario file holds, as texts with their places.

use crate::yaml::shape::{Flag, Many, Number, Table, Text, record};

record! {
    /// A scenario file.
    Document("a scenario") {
        /// Its title.
        "scenario" title: Text,
        /// What else it is called.
        "also" also: Option<Many>,
        /// The day asked for.
        "as-of" as_of: Option<Text>,
        /// The treaties that count; left out: all.
        "rules" rules: Option<Many>,
        /// `full` or `public`.
        "view" view: Option<Text>,
        /// Invented, not reported.
        "hypothetical" hypothetical: Option<Flag>,
        /// A remark.
        "note" note: Option<Text>,
        /// Where it is reported.
        "source" source: Option<Text>,
        /// Clauses that belong to the scenario alone.
        "treaties" treaties: Option<Text>,
        /// What happened.
        "events" events: Vec<Event>,
        /// Open questions that it closes.
        "assume" assume: Vec<Text>,
        /// What is expected.
        "expect" expect: Vec<Expect>,
    }
}

record! {
    /// Something that happened or held.
    Event("an event") {
        /// The name by which it is quoted.
        "id" id: Option<Text>,
        /// The sentence.
        "what" what: Text,
        /// The only day.
        "on" on: Option<Text>,
        /// The first day.
        "from" from: Option<Text>,
        /// The last day.
        "to" to: Option<Text>,
        /// Who says so.
        "asserted-by" asserted_by: Option<Many>,
        /// Who says it is not so.
        "denied-by" denied_by: Option<Many>,
        /// An open question.
        "contested" contested: Option<Flag>,
        /// Who reported it.
        "source" source: Option<Text>,
        /// A remark.
        "note" note: Option<Text>,
    }
}

record! {
    /// One expectation.
    Expect("an expectation") {
        /// A position that holds on every reading.
        "owed" owed: Option<Text>,
        /// A position that holds on some readings.
        "owed-if" owed_if: Option<Text>,
        /// A position that holds on none.
        "not-owed" not_owed: Option<Text>,
        /// A treaty.
        "in-force" in_force: Option<Text>,
        /// A treaty.
        "not-in-force" not_in_force: Option<Text>,
        /// Two positions reported in conflict.
        "conflict" conflict: Option<Many>,
        /// Two positions in no conflict.
        "no-conflict" no_conflict: Option<Many>,
        /// Two positions, the second of which limits the first.
        "limit" limit: Option<Many>,
        /// Under which treaty, article or clause.
        "under" under: Option<Text>,
        /// The status of the position.
        "status" status: Option<Text>,
        /// On which day.
        "on" on: Option<Text>,
        /// Who performs: `all`, `none` or names.
        "assume" assume: Option<Many>,
        /// The verdict on the account of each.
        "on-account-of" on_account_of: Option<Table>,
        /// The questions that decide it.
        "hinges-on" hinges_on: Option<Many>,
        /// What keeps a treaty from being in force.
        "missing" missing: Option<Many>,
        /// Among the reasons.
        "because" because: Option<Many>,
        /// First day of the position.
        "from" from: Option<Text>,
        /// Last day of the position.
        "until" until: Option<Text>,
        /// Its deadline.
        "due" due: Option<Text>,
        /// What displaces it.
        "displaced-by" displaced_by: Option<Text>,
        /// Its depth in the cascade.
        "depth" depth: Option<Number>,
        /// A remark.
        "note" note: Option<Text>,
    }
}
