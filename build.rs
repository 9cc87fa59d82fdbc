//! Embeds the rulebook, the scenarios and the exercises: every `rules/**/*.treaty` becomes a (name, text) pair of
//! `OUT_DIR/rulebook.rs`, every `scenarios/**/*.yaml` one of `OUT_DIR/scenarios.rs`, and every file of `exercises/` that an
//! exercise is made of one of `OUT_DIR/exercises.rs`.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    embed("rules", &["treaty"], "rulebook.rs")?;
    embed("scenarios", &["yaml"], "scenarios.rs")?;
    embed("exercises", &["yaml", "md", "txt"], "exercises.rs")
}

/// Writes the names and texts of all files below a folder that end in one of these ways, as an expression.
fn embed(folder: &str, endings: &[&str], into: &str) -> io::Result<()> {
    println!("cargo::rerun-if-changed={folder}");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root.join(folder), endings, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(&root)
            .unwrap_or(file)
            .display()
            .to_string()
            .replace('\\', "/");
        let _ = writeln!(
            code,
            "    ({name:?}, include_str!({:?})),",
            file.display().to_string()
        );
    }
    code.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    std::fs::write(out.join(into), code)
}

fn collect(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // Scenarios with a small rulebook of their own stay with it.
        if path.join("rules").is_dir() {
            continue;
        }
        if path.is_dir() {
            collect(&path, endings, files)?;
        } else if endings
            .iter()
            .any(|ending| path.extension().is_some_and(|found| found == *ending))
        {
            files.push(path);
        }
    }
    Ok(())
}
