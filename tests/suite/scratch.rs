//! A folder for one test: empty when the test begins, and gone when it ends.

use std::ops::Deref;
use std::path::{Path, PathBuf};

/// Outside the project, so that nothing is found above it. If the test fails it stays, to be looked into.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let name = format!("casus-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The path of a file in it, as one types it.
    pub(crate) fn path(&self, file: &str) -> String {
        self.join(file).to_str().unwrap().to_owned()
    }

    /// Writes a file, and the folders on the way to it.
    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

impl Deref for Scratch {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl AsRef<Path> for Scratch {
    fn as_ref(&self) -> &Path {
        self
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
