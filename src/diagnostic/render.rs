//! Diagnostics as text for people; the only door to `annotate-snippets`.
