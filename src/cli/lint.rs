//! `casus lint`: clauses that never apply, exceptions that never decide, conflicts within a treaty.

use super::beyond;
use super::exit::Exit;
use super::output::OutputArguments;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use super::versions;
use crate::change::ask::{Bounds, Versions};
use crate::change::document;
use crate::change::lint::{Report, between, idle_edits, lint};
use crate::diagnostic::codes::finding::CATALOGUE;
use crate::diagnostic::phrase::count;
use crate::diagnostic::{Diagnostic, sort};
use crate::project::Project;
use crate::report::finding::{Finding, TestCase};
use clap::ValueHint;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  casus lint                                every treaty of the rulebook
  casus lint triple-alliance-1912           one treaty
  casus lint --rules pacts/ --off T203      a rulebook of your own; one kind of finding is not wanted
  casus lint nato-2030 --between            also where it clashes with other treaties
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
    /// Also look for clashes with clauses of other treaties
    #[arg(long)]
    between: bool,
    #[command(flatten)]
    output: OutputArguments,
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
    known(&arguments.off)?;
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
    let mut report = lint(&project, bounds, &wanted, &mut go_on);
    let mut findings = std::mem::take(&mut report.findings);
    if arguments.between {
        let others = between(&project, bounds, &wanted, &mut go_on);
        findings.extend(others.findings);
        report.inconclusive.extend(others.inconclusive);
    }
    if let Some(since) = &arguments.since {
        let folder = versions::folder(&arguments.rules);
        let home = folder.as_deref().and_then(Path::parent);
        let home = home.unwrap_or(Path::new(""));
        match edits_since(since, &project, bounds, home, terminal)? {
            Ok(idle) => findings.extend(idle),
            Err(exit) => return Ok(exit),
        }
    }
    findings.retain(|finding| !arguments.off.iter().any(|code| code == finding.code));
    sort(&mut findings);
    report.findings = findings;
    arguments.tell(&report, &project, terminal)?;
    let unproved = arguments.require_proof && !report.inconclusive.is_empty();
    Ok(exit(&report.findings, unproved))
}

impl Arguments {
    fn tell(
        &self,
        report: &Report,
        project: &Project,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        let found: Vec<Finding> = report
            .findings
            .iter()
            .map(|one| Finding::of(one, &project.sources))
            .collect();
        if self.output.json {
            let whole = document::lint(report, &found, self.parties);
            writeln!(terminal.out, "{whole:#}")?;
        } else {
            self.text(report, project, terminal)?;
        }
        let cases = cases(report, &found);
        self.output.write("casus lint", &found, &cases, terminal)
    }

    fn text(
        &self,
        report: &Report,
        project: &Project,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        terminal.show(&report.findings, &project.sources)?;
        for name in &report.inconclusive {
            let line = format!("{name}: inconclusive, there is too much to look at");
            writeln!(terminal.out, "{line}")?;
        }
        for name in &report.apart {
            let line =
                format!("{name}: examined in parts; clashes between them were not looked for");
            writeln!(terminal.out, "{line}")?;
        }
        let examined = count(report.treaties.len(), "treaty", "treaties");
        let found = count(report.findings.len(), "finding", "findings");
        let parties = self.parties;
        writeln!(
            terminal.out,
            "examined {examined} with up to {parties} parties, and more where clauses name more: {found}"
        )?;
        Ok(())
    }
}

/// A case for each treaty, with what was found in its file.
fn cases(report: &Report, found: &[Finding]) -> Vec<TestCase> {
    let treaties = report.treaties.iter();
    let case = |(name, file): &(String, String)| {
        let own = found.iter().filter(|one| one.file == *file);
        let failure = |one: &Finding| {
            let place = format!("{}:{}", one.file, one.line);
            let details = one.details.join("\n");
            (
                format!("{} {}", one.kind, one.message),
                format!("{place}\n{details}"),
            )
        };
        TestCase {
            name: name.clone(),
            failures: own.map(failure).collect(),
        }
    };
    treaties.map(case).collect()
}

/// A code that there is not leaves nothing out, and somebody thinks that it does.
fn known(codes: &[String]) -> Result<(), Trouble> {
    let all = || CATALOGUE.iter().map(|(code, _)| *code);
    let unknown = codes.iter().find(|code| !all().any(|known| known == *code));
    match unknown {
        Some(code) => {
            let list: Vec<&str> = all().collect();
            let why = format!(
                "no finding has the code `{code}`; there are {}",
                list.join(", ")
            );
            Err(Trouble::Nothing(why))
        }
        None => Ok(()),
    }
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
        (_, true) => Exit::Inconclusive,
        (false, false) => Exit::Noticed,
        (true, false) => Exit::Fine,
    }
}

fn edits_since(
    since: &Path,
    project: &Project,
    bounds: Bounds,
    home: &Path,
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
        Err(contradiction) => beyond::contradicted(&contradiction, home, terminal).map(Err),
    }
}
