//! `casus check`: all mistakes of treaties and scenarios at once.

use super::exit::Exit;
use super::groups::{Group, groups};
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::diagnostic::phrase::{count, join};
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::Project;
use clap::ValueHint;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  casus check                     the folders `rules` and `scenarios` here
  casus check crisis.yaml         one scenario, against the rulebook above it
  casus check crisis.yaml --with pact.treaty
                                  the same, and one more treaty
  casus check rules/              a rulebook";

/// Look for mistakes in treaties and scenarios
///
/// Reports all mistakes of all files at once, each with its place and what to do about it, and warnings: what can be used, but
/// probably does not say what was meant. Ends with exit code 2 if there is a mistake, with 0 if there are only warnings.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Rulebook folders, treaty files, scenarios, folders of scenarios [default: the folder you are in]
    #[arg(value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
    /// Treat warnings as mistakes: exit code 1 if there are only warnings
    #[arg(long)]
    strict: bool,
}

/// What was looked at, and what was found.
#[derive(Default)]
struct Tally {
    treaty_files: usize,
    scenarios: usize,
    errors: usize,
    warnings: usize,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let paths = arguments.paths.as_slice();
    let mut tally = Tally::default();
    for group in groups(paths, &arguments.rules)? {
        tally.check(&group, terminal)?;
    }
    if tally.treaty_files + tally.scenarios == 0 {
        let nothing = "there is nothing to check here; name a treaty, a scenario or a folder, or write one: casus new scenario NAME";
        return Err(Trouble::Nothing(nothing.to_owned()));
    }
    writeln!(terminal.out, "{}", tally.summary())?;
    Ok(match (tally.errors, tally.warnings) {
        (0, 0) => Exit::Fine,
        (0, _) if arguments.strict => Exit::Noticed,
        (0, _) => Exit::Fine,
        _ => Exit::CouldNotRun,
    })
}

impl Tally {
    fn check(&mut self, group: &Group, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let mut project = group.origin.open(&group.with)?;
        if group.asked {
            self.treaty_files += project.sources.len();
        }
        // Mistakes of a rulebook count even where only a scenario was asked for: it cannot be relied on.
        let (diagnostics, asked) = (std::mem::take(&mut project.diagnostics), group.asked);
        let shown = diagnostics
            .into_iter()
            .filter(|found| asked || found.severity == Severity::Error);
        self.show(&shown.collect::<Vec<_>>(), &project, terminal)?;
        for scenario in &group.scenarios {
            let case = scenario.load(&mut project)?;
            self.scenarios += 1;
            self.show(&case.diagnostics, &project, terminal)?;
        }
        Ok(())
    }

    fn show(
        &mut self,
        diagnostics: &[Diagnostic],
        project: &Project,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        let errors = diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .count();
        self.errors += errors;
        self.warnings += diagnostics.len() - errors;
        Ok(terminal.show(diagnostics, &project.sources)?)
    }

    fn summary(&self) -> String {
        let looked_at = [
            (
                self.treaty_files,
                count(self.treaty_files, "treaty file", "treaty files"),
            ),
            (
                self.scenarios,
                count(self.scenarios, "scenario", "scenarios"),
            ),
        ];
        let looked_at = looked_at
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(_, text)| text);
        let found = [
            (self.errors, count(self.errors, "mistake", "mistakes")),
            (self.warnings, count(self.warnings, "warning", "warnings")),
        ];
        let found: Vec<String> = found
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(_, text)| text)
            .collect();
        let found = if found.is_empty() {
            "nothing to report".to_owned()
        } else {
            join(found, "and")
        };
        format!("checked {}: {found}", join(looked_at.collect(), "and"))
    }
}
