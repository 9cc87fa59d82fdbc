//! Files as they stand in a revision, asked of `git` without a checkout.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Why a revision could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// `git` is not there, or did not run.
    #[error("cannot run git: {0}")]
    Run(#[from] io::Error),
    /// `git` refused.
    #[error("git: {0}")]
    Refused(String),
    /// There is nothing in the revision.
    #[error("{revision} has no file with the ending .{ending} in {}", folder.display())]
    Nothing {
        /// The revision.
        revision: String,
        /// The folder.
        folder: PathBuf,
        /// The ending.
        ending: String,
    },
}

/// The files below a folder in a revision that end so: name, as it is called from here, and text.
///
/// # Errors
/// A revision that is none, or one without such files.
pub fn texts(
    revision: &str,
    folder: &Path,
    ending: &str,
) -> Result<Vec<(String, String)>, GitError> {
    let at = standing(folder);
    let top = PathBuf::from(asked(&at, &["rev-parse", "--show-toplevel"])?.trim_end());
    // A revision is asked for by its number, so that no word of it can be taken for an option.
    let end_of_options = ["rev-parse", "--verify", "--end-of-options"];
    let commit = asked(
        &at,
        &[&end_of_options[..], &[&format!("{revision}^{{tree}}")]].concat(),
    )?;
    let inside = below(&top, folder);
    let listing = asked(
        &top,
        &[
            "ls-tree",
            "-r",
            "-z",
            "--full-tree",
            commit.trim_end(),
            "--",
            &inside,
        ],
    )?;
    let mut files = Vec::new();
    for entry in listing.split('\0') {
        let Some((about, path)) = entry.split_once('\t') else {
            continue;
        };
        let is_file = about.contains(" blob ") && !about.starts_with("120000");
        if is_file && path.rsplit_once('.').is_some_and(|(_, own)| own == ending) {
            let id = about.rsplit(' ').next().unwrap_or_default();
            let rest = path
                .strip_prefix(&inside)
                .unwrap_or(path)
                .trim_start_matches('/');
            files.push((
                folder.join(rest).to_string_lossy().replace('\\', "/"),
                id.to_owned(),
            ));
        }
    }
    if files.is_empty() {
        return Err(GitError::Nothing {
            revision: revision.to_owned(),
            folder: folder.to_owned(),
            ending: ending.to_owned(),
        });
    }
    let texts = contents(&top, files.iter().map(|(_, id)| id.clone()).collect())?;
    Ok(files.into_iter().map(|(name, _)| name).zip(texts).collect())
}

/// Whether this is the name of a revision here.
pub fn is_revision(revision: &str, folder: &Path) -> bool {
    let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let tree = format!("{revision}^{{tree}}");
    asked(
        &standing(folder),
        &[&arguments[..], &[tree.as_str()]].concat(),
    )
    .is_ok()
}

/// Who works here, if git knows.
pub fn author(folder: &Path) -> Option<String> {
    let name = asked(&standing(folder), &["config", "user.name"]).ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The nearest folder that there is.
fn standing(folder: &Path) -> PathBuf {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = whole.ancestors().find(|folder| folder.is_dir());
    there.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The folder as it is called from the top of the repository.
fn below(top: &Path, folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let whole = whole.canonicalize().unwrap_or(whole);
    let top = top.canonicalize().unwrap_or_else(|_| top.to_owned());
    let inside = whole.strip_prefix(&top).unwrap_or(&whole);
    let inside = inside.to_string_lossy().replace('\\', "/");
    if inside.is_empty() {
        ".".to_owned()
    } else {
        inside
    }
}

fn asked(at: &Path, arguments: &[&str]) -> Result<String, GitError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(at)
        .args(arguments)
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it did not say why");
    Err(GitError::Refused(
        said.trim_start_matches("fatal: ").to_owned(),
    ))
}

/// The texts of these objects, all asked of one process.
fn contents(top: &Path, ids: Vec<String>) -> Result<Vec<String>, GitError> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(top)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let read = read_all(&mut child, ids);
    let status = child.wait()?;
    let texts = read?;
    if status.success() {
        Ok(texts)
    } else {
        Err(GitError::Refused("cat-file failed".to_owned()))
    }
}

fn read_all(child: &mut Child, ids: Vec<String>) -> Result<Vec<String>, GitError> {
    let (Some(mut questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(GitError::Refused("cat-file does not listen".to_owned()));
    };
    let wanted = ids.len();
    // Asked from beside, so that neither waits for the other with a full pipe.
    let asking = std::thread::spawn(move || {
        for id in ids {
            writeln!(questions, "{id}")?;
        }
        Ok::<(), io::Error>(())
    });
    let mut answers = BufReader::new(answers);
    let mut texts = Vec::new();
    for _ in 0..wanted {
        texts.push(read_one(&mut answers)?);
    }
    match asking.join() {
        Ok(asked) => asked?,
        Err(panic) => std::panic::resume_unwind(panic),
    }
    Ok(texts)
}

/// `ID blob SIZE`, the text, and a line end.
fn read_one(answers: &mut impl BufRead) -> Result<String, GitError> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head
        .trim_end()
        .rsplit(' ')
        .next()
        .and_then(|size| size.parse::<usize>().ok());
    let Some(size) = size else {
        return Err(GitError::Refused(format!(
            "an object is missing: {}",
            head.trim_end()
        )));
    };
    let mut bytes = vec![0; size + 1];
    answers.read_exact(&mut bytes)?;
    bytes.truncate(size);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
