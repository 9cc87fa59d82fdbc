//! Mistakes of spelling and grammar in `.treaty` text.
