//! Mistakes of names, kinds and structure in treaties, and warnings.
