//! `casus lint`: clauses that never apply, exceptions that never decide, conflicts within a treaty.

use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::change::ask::{Bounds, Versions};
use crate::change::lint::{idle_edits, lint};
use crate::diagnostic::phrase::count;
use crate::diagnostic::{Diagnostic, sort};
use crate::project::Project;
use clap::ValueHint;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  casus lint                                every treaty of the rulebook
  casus lint triple-alliance-1912           one treaty
  casus lint --rules pacts/ --off T203      a rulebook of your own; one kind of finding is not wanted
  casus lint --since old/                   also edits since an older rulebook that change nothing

A finding is allowed where it stands by a remark above the clause, which must say why:
  # casus: allow T103 because the treaty says it to be on the safe side";

/// Look for clauses that do nothing and clauses that clash
///
/// Each finding rests on a question that is asked of every scenario with a few parties: does the clause ever apply, does its
/// exception ever decide, can both clauses be honoured? Ends with exit code 1 if anything is found.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Treaties by name [default: all]
    treaties: Vec<String>,
    #[command(flatten)]
    rules: RulesArgument,
    /// Leave out findings of this code (may be repeated)
    #[arg(long, value_name = "CODE")]
    off: Vec<String>,
    /// How many parties take part at most
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    parties: usize,
    /// Stop looking at further treaties after so many seconds
    #[arg(long, value_name = "SECONDS")]
    budget: Option<u64>,
    /// End with exit code 3 if something could not be found out
    #[arg(long)]
    require_proof: bool,
    /// Also report edits since this older rulebook that change nothing (T301)
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    since: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let origin = arguments.rules.origin(Path::new("."));
    let project = origin.open(arguments.rules.with())?;
    if project.has_errors() {
        terminal.show(&project.diagnostics, &project.sources)?;
        return Ok(Exit::CouldNotRun);
    }
    if let Some(unknown) = arguments
        .treaties
        .iter()
        .find(|name| !is_treaty(&project, name))
    {
        return Err(Trouble::Nothing(format!(
            "the rulebook has no treaty `{unknown}`"
        )));
    }
    let bounds = Bounds {
        parties: arguments.parties,
        ..Bounds::default()
    };
    let started = Instant::now();
    let budget = arguments.budget.map(Duration::from_secs);
    let mut go_on = || budget.is_none_or(|budget| started.elapsed() < budget);
    let wanted = |name: &str| {
        arguments.treaties.is_empty() || arguments.treaties.iter().any(|own| own == name)
    };
    let report = lint(&project, bounds, &wanted, &mut go_on);
    let mut findings = report.findings;
    if let Some(since) = &arguments.since {
        match edits_since(since, &project, bounds, terminal)? {
            Ok(idle) => findings.extend(idle),
            Err(exit) => return Ok(exit),
        }
    }
    findings.retain(|finding| !arguments.off.iter().any(|code| code == finding.code));
    sort(&mut findings);
    terminal.show(&findings, &project.sources)?;
    for name in &report.inconclusive {
        writeln!(
            terminal.out,
            "{name}: inconclusive, there is too much to look at"
        )?;
    }
    let examined = count(report.treaties, "treaty", "treaties");
    let found = count(findings.len(), "finding", "findings");
    writeln!(
        terminal.out,
        "examined {examined} with up to {} parties: {found}",
        arguments.parties
    )?;
    Ok(exit(
        &findings,
        arguments.require_proof && !report.inconclusive.is_empty(),
    ))
}

fn is_treaty(project: &Project, name: &str) -> bool {
    project
        .rulebook
        .treaties
        .iter()
        .any(|treaty| treaty.name == name)
}

fn exit(findings: &[Diagnostic], unproved: bool) -> Exit {
    match (findings.is_empty(), unproved) {
        (false, _) => Exit::Noticed,
        (true, true) => Exit::Inconclusive,
        (true, false) => Exit::Fine,
    }
}

fn edits_since(
    since: &Path,
    project: &Project,
    bounds: Bounds,
    terminal: &mut Terminal<'_>,
) -> Result<Result<Vec<Diagnostic>, Exit>, Trouble> {
    let old = Project::load(&[since.to_path_buf()])?;
    if old.has_errors() {
        terminal.show(&old.diagnostics, &old.sources)?;
        return Ok(Err(Exit::CouldNotRun));
    }
    let versions = Versions::new(&old.rulebook, &project.rulebook);
    match idle_edits(&versions, &project.rulebook, bounds) {
        Ok(idle) => Ok(Ok(idle)),
        Err(contradiction) => {
            writeln!(terminal.err, "casus: {contradiction}")?;
            Ok(Err(Exit::Contradiction))
        }
    }
}
