//! `casus coverage`: what the scenarios test of the rules, and what none of them does.

use super::beyond;
use super::corpus::{self, Corpus, Stop};
use super::exit::Exit;
use super::output::OutputArguments;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::change::ask::{Bounds, Contradiction};
use crate::change::corpus::Source;
use crate::change::coverage::{self, Coverage, Label};
use crate::diagnostic::phrase::{count, nearest};
use crate::report::style::Style;
use clap::ValueHint;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  casus coverage                            every treaty, in numbers
  casus coverage --treaty triple-alliance-1882
                                            one treaty closely: what no scenario tests, and whether one could
  casus coverage --treaty triple-alliance-1882 --write-proposed proposed/
                                            the scenarios that would, as files
  casus coverage --min 80 --html coverage.html
                                            as a build server does";

/// Show what the scenarios test of the rules, and what none of them does
///
/// A clause is tested if it applies in some scenario; an exception, if in some scenario nothing else keeps the clause from
/// applying; a condition, if in one scenario the clause applies and in one nothing else is missing; a date, on both of its
/// sides; a deadline, if it is met and if it passes. Ends with exit code 1 if less is tested than `--min` demands.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Scenarios, and folders of them [default: the folder you are in]
    #[arg(value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,
    /// Only this treaty, and closely (may be repeated)
    #[arg(long = "treaty", value_name = "NAME")]
    treaties: Vec<String>,
    /// Show what no scenario tests of all treaties, not only of those named
    #[arg(long)]
    holes: bool,
    /// Fail if less than so much is tested
    #[arg(long, value_name = "PERCENT")]
    min: Option<f64>,
    /// Write a scenario for each hole that one can fill
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    write_proposed: Option<PathBuf>,
    /// How many parties take part in a proposed scenario at most
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    parties: usize,
    /// Stop asking whether holes can be filled after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    budget: u64,
    /// Write all of it as one HTML page
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    html: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    output: OutputArguments,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let paths = arguments.paths.as_slice();
    let started = Instant::now();
    let mut whole = Coverage::default();
    let mut known = Vec::new();
    for corpus in corpus::read(paths, &arguments.rules)? {
        let project = match corpus.project() {
            Ok(project) => project,
            Err(Stop::Trouble(trouble)) => return Err(trouble),
            Err(Stop::Mistakes(project)) => {
                terminal.show(&project.diagnostics, &project.sources)?;
                return Ok(Exit::CouldNotRun);
            }
        };
        let all = &project.rulebook.treaties;
        known.extend(all.iter().map(|treaty| treaty.name.clone()));
        match one(arguments, &corpus, started) {
            Ok(Ok(found)) => {
                whole.scenarios += found.scenarios;
                whole.broken.extend(found.broken);
                whole.treaties.extend(found.treaties);
            }
            Ok(Err(contradiction)) => {
                return beyond::contradicted(&contradiction, &corpus.home, terminal);
            }
            Err(Stop::Trouble(trouble)) => return Err(trouble),
            Err(Stop::Mistakes(_)) => return Ok(Exit::CouldNotRun),
        }
    }
    if whole.scenarios == 0 {
        let nothing = "there is no scenario here; of nothing nothing is tested";
        return Err(Trouble::Nothing(nothing.to_owned()));
    }
    unknown(&arguments.treaties, &known)?;
    show(arguments, &whole, terminal)
}

/// Names that are no treaty's.
pub(super) fn unknown(asked: &[String], known: &[String]) -> Result<(), Trouble> {
    let Some(name) = asked.iter().find(|name| !known.contains(name)) else {
        return Ok(());
    };
    let near = nearest(name, known.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Trouble::Nothing(format!(
        "the rulebook has no treaty `{name}`{near}"
    )))
}

fn one(
    arguments: &Arguments,
    corpus: &Corpus,
    started: Instant,
) -> Result<Result<Coverage, Contradiction>, Stop> {
    let project = corpus.project()?;
    let sources: Vec<&Source> = corpus.scenarios.iter().map(|(_, source)| source).collect();
    let mut found = coverage::coverage(project, &sources);
    let chosen = &arguments.treaties;
    if !chosen.is_empty() {
        found
            .treaties
            .retain(|treaty| chosen.contains(&treaty.name));
    }
    if arguments.closely() {
        let bounds = Bounds {
            parties: arguments.parties,
            ..Bounds::quick()
        };
        let budget = Duration::from_secs(arguments.budget);
        let mut go_on = || started.elapsed() < budget;
        if let Err(contradiction) =
            coverage::label(project, &mut found.treaties, bounds, &mut go_on)
        {
            return Ok(Err(contradiction));
        }
    }
    Ok(Ok(found))
}

impl Arguments {
    /// Whether holes are looked at one by one.
    fn closely(&self) -> bool {
        !self.treaties.is_empty() || self.holes || self.write_proposed.is_some()
    }
}

fn show(
    arguments: &Arguments,
    found: &Coverage,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let style = Style { color: true };
    if arguments.output.json {
        writeln!(terminal.out, "{:#}", coverage::data(found))?;
    } else {
        write!(
            terminal.out,
            "{}",
            coverage::text(found, style, arguments.closely())
        )?;
        writeln!(
            terminal.out,
            "\n{}: {}",
            count(found.scenarios, "scenario", "scenarios"),
            coverage::summary(found)
        )?;
        for name in &found.broken {
            writeln!(terminal.out, "not applied, it has mistakes: {name}")?;
        }
        if !arguments.closely() {
            writeln!(
                terminal.out,
                "what no scenario tests: casus coverage --treaty NAME"
            )?;
        }
    }
    if let Some(path) = &arguments.html {
        write_file(path, &coverage::html(found))?;
    }
    if let Some(folder) = &arguments.write_proposed {
        let written = propose(folder, found)?;
        let written = count(written, "scenario", "scenarios");
        writeln!(terminal.err, "wrote {written} to {}", folder.display())?;
    }
    arguments.output.write(
        "casus coverage",
        &coverage::findings(found),
        &coverage::cases(found),
        terminal,
    )?;
    Ok(exit(arguments, found))
}

fn exit(arguments: &Arguments, found: &Coverage) -> Exit {
    let percent = found.tally(None).percent();
    if !found.broken.is_empty() {
        Exit::CouldNotRun
    } else if arguments.min.is_some_and(|least| percent < least) {
        Exit::Noticed
    } else {
        Exit::Fine
    }
}

/// Writes the proposed scenarios, one file a hole.
fn propose(folder: &Path, found: &Coverage) -> Result<usize, Trouble> {
    let mut written = 0;
    for treaty in &found.treaties {
        for (_, item) in treaty.holes() {
            if let Label::Reachable(proposal) = &item.label {
                written += 1;
                let name = format!("{}-{written:03}.yaml", treaty.name);
                write_file(&folder.join(name), &proposal.text)?;
            }
        }
    }
    Ok(written)
}

/// Writes a file, and the folders around it.
pub(super) fn write_file(path: &Path, text: &str) -> Result<(), Trouble> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let made = std::fs::create_dir_all(folder);
    let written = made.and_then(|()| std::fs::write(path, text));
    written.map_err(|error| Trouble::Write {
        path: path.to_owned(),
        error,
    })
}
