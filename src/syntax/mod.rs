//! Text to tree and back; the only door to `nom`.

pub mod ast;
