//! Where else a result goes: files and forms for build servers.

use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::report::finding::{Finding, TestCase};
use crate::report::{github, junit, sarif};
use clap::ValueHint;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Forms of the result for programs.
#[derive(clap::Args, Clone, Debug, Default)]
pub(super) struct OutputArguments {
    /// Print one JSON object instead of a text
    #[arg(long)]
    pub(super) json: bool,
    /// Write a test report in the form of `JUnit`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    junit: Option<PathBuf>,
    /// Write the findings as SARIF
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    sarif: Option<PathBuf>,
    /// Print the findings as remarks of a GitHub workflow, and add all of them to the summary of the step
    #[arg(long)]
    github: bool,
}

impl OutputArguments {
    /// Writes what was asked for.
    pub(super) fn write(
        &self,
        title: &str,
        findings: &[Finding],
        cases: &[TestCase],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        if let Some(path) = &self.junit {
            write(path, &junit::report(title, cases))?;
        }
        if let Some(path) = &self.sarif {
            write(path, &sarif::log(findings))?;
        }
        if self.github {
            write!(terminal.out, "{}", github::remarks(findings))?;
            if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY") {
                append(Path::new(&path), &github::summary(title, findings))?;
            }
        }
        Ok(())
    }
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let path = path.to_path_buf();
    std::fs::write(&path, text).map_err(|error| Trouble::Write { path, error })
}

fn append(path: &Path, text: &str) -> Result<(), Trouble> {
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path);
    let path = path.to_path_buf();
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Trouble::Write { path, error })
}
