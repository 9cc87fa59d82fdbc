//! What may stand in a YAML file, as data: for a schema.

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outline {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A text or a list of texts.
    Many,
    /// Names with texts.
    Table,
    /// A list.
    List(Box<Self>),
    /// A block of keys.
    Block {
        /// What it is, in words.
        what: &'static str,
        /// Its keys, in order.
        keys: Vec<Entry>,
    },
}

/// A key of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: &'static str,
    /// What it says.
    pub(crate) about: &'static str,
    /// It may be left out.
    pub(crate) optional: bool,
    /// What may stand there.
    pub(crate) outline: Outline,
}
