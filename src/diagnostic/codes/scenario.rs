//! Mistakes in scenario files.
