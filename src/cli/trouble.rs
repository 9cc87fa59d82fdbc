//! What keeps a command from running, apart from mistakes inside files.

use std::io;
use std::path::PathBuf;

/// Why it could not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// A file or folder cannot be read.
    #[error(transparent)]
    Read(#[from] crate::project::ProjectError),
    /// A file cannot be written.
    #[error("cannot write `{}`: {error}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is there already.
    #[error("`{}` exists already; choose another name, or take it away first", .0.display())]
    Exists(PathBuf),
    /// The session file cannot be used.
    #[cfg(feature = "exercise")]
    #[error(transparent)]
    Session(#[from] crate::exercise::session::StoreError),
    /// The file of a learner cannot be used.
    #[cfg(feature = "exercise")]
    #[error(transparent)]
    Drill(#[from] crate::drill::DrillError),
    /// A room cannot be opened.
    #[cfg(feature = "serve")]
    #[error(transparent)]
    Serve(#[from] crate::serve::ServeError),
    /// `git` did not give a revision.
    #[error(transparent)]
    Git(#[from] crate::change::git::GitError),
    /// Nothing to work on.
    #[error("{0}")]
    Nothing(String),
    /// The result cannot be written.
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
}
