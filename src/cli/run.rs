//! `casus run`: who owes what to whom in a scenario, and whether that is what is expected of it.

use super::asked::{AskedArguments, actor};
use super::exit::Exit;
use super::groups::{Group, groups};
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::phrase::count;
use crate::engine::{Engine, Options};
use crate::expect::{Unmet, verify};
use crate::model::fact::Scenario;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::report::style::Style;
use crate::report::text::Asked;
use crate::report::{json, markdown, text};
use clap::{ValueEnum, ValueHint};
use std::fmt::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  casus run crisis.yaml                         who owes what on the day of the scenario
  casus run july-1914 --as-of 1914-08-04        a scenario of the program, on another day
  casus run crisis.yaml --account ukraine       if what Ukraine says is so
  casus run crisis.yaml --assume all            and if everybody performed, what next?
  casus run crisis.yaml --format json           for programs
  casus run scenarios/ --expectations           do all scenarios turn out as expected?";

/// Say who owes what to whom, since when, under which article, on whose account
///
/// Applies the rulebook to one or more scenarios and prints what follows: what is owed; what is owed only if something open is
/// so, with what it hinges on and who holds what; what is displaced, in conflict, limited or not in force. Then it holds the
/// expectations of each scenario, as it stands, against what follows. Ends with exit code 1 if one is not met.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Scenarios by file or name, and folders of scenarios
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    asked: AskedArguments,
    /// Take the version of this state: what it asserts is so, what it denies is not
    #[arg(long, value_name = "STATE")]
    account: Option<String>,
    /// Show standing norms among the actors of the scenario too, even if nothing touches them
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print only how many expectations are met, and those that are not
    #[arg(long)]
    expectations: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: one object, or a list of them if there are several scenarios
    Json,
    /// For documents
    Markdown,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let groups = groups(&arguments.scenarios, &arguments.rules)?;
    let several = groups
        .iter()
        .map(|group| group.scenarios.len())
        .sum::<usize>()
        > 1;
    let mut runner = Runner {
        arguments,
        exit: Exit::Fine,
        tally: Tally::default(),
        documents: Vec::new(),
    };
    for group in &groups {
        runner.group(group, terminal)?;
    }
    if arguments.expectations && (runner.tally.scenarios > 0 || runner.exit == Exit::Fine) {
        writeln!(terminal.out, "{}", runner.tally.summary())?;
    } else if arguments.format == Format::Json {
        writeln!(terminal.out, "{}", json::print(runner.documents, several))?;
    }
    if groups.iter().all(|group| group.scenarios.is_empty()) {
        return Err(Trouble::Nothing("there is no scenario here".to_owned()));
    }
    Ok(runner.exit)
}

/// The rulebook of a group and its scenarios, unless the rulebook has errors.
fn open(group: &Group) -> Result<(Project, Vec<Case>), Trouble> {
    if let [scenario] = group.scenarios.as_slice() {
        let opened = group
            .origin
            .open_for(&group.with, scenario, "", |_, _| true);
        return opened.map(|(project, case)| (project, case.into_iter().collect()));
    }
    let mut project = group.origin.open(&group.with)?;
    let mut cases = Vec::new();
    if !project.has_errors() {
        for scenario in &group.scenarios {
            cases.push(scenario.load(&mut project)?);
        }
    }
    Ok((project, cases))
}

#[derive(Default)]
struct Tally {
    scenarios: usize,
    met: usize,
    unmet: usize,
}

impl Tally {
    fn summary(&self) -> String {
        let scenarios = count(self.scenarios, "scenario", "scenarios");
        let met = count(self.met, "expectation", "expectations");
        format!("{scenarios}: {met} met, {} not met", self.unmet)
    }
}

struct Runner<'a> {
    arguments: &'a Arguments,
    exit: Exit,
    tally: Tally,
    /// What is printed as JSON at the end.
    documents: Vec<json::Document>,
}

/// A scenario with what it is run against.
struct Ready<'a> {
    engine: &'a Engine<'a>,
    rulebook: &'a Rulebook,
    scenario: &'a Scenario,
    project: &'a Project,
    /// What was found in it.
    found: &'a [Diagnostic],
}

impl Runner<'_> {
    /// All scenarios of one rulebook, which is made ready once.
    fn group(&mut self, group: &Group, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let (project, cases) = open(group)?;
        if project.has_errors() {
            terminal.show(&project.diagnostics, &project.sources)?;
            self.exit = Exit::CouldNotRun;
            return Ok(());
        }
        let shared = Engine::new(&project.rulebook);
        for case in &cases {
            terminal.show(&case.diagnostics, &project.sources)?;
            let Some(scenario) = &case.scenario else {
                self.exit = Exit::CouldNotRun;
                continue;
            };
            let rulebook = case.rulebook(&project);
            let own = case.own_rulebook.as_ref().map(Engine::new);
            let engine = own.as_ref().unwrap_or(&shared);
            let ready = Ready {
                engine,
                rulebook,
                scenario,
                project: &project,
                found: &case.diagnostics,
            };
            self.scenario(&ready, terminal)?;
        }
        Ok(())
    }

    fn scenario(&mut self, ready: &Ready<'_>, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        if !self.arguments.expectations {
            let result = self.result(ready)?;
            let apart = if self.tally.scenarios > 0 { "\n" } else { "" };
            if !result.is_empty() {
                write!(terminal.out, "{apart}{result}")?;
            }
        }
        // Expectations speak of the scenario as it stands, not of what was asked here.
        let unmet = verify(ready.engine, ready.scenario, &Options::default());
        self.tally.scenarios += 1;
        self.tally.unmet += unmet.len();
        self.tally.met += ready.scenario.expectations.len() - unmet.len();
        if !unmet.is_empty() {
            self.exit = self.exit.max(Exit::Noticed);
            write!(terminal.err, "{}", told(ready, &unmet))?;
        }
        Ok(())
    }

    /// The result as text; JSON is kept for the end.
    fn result(&mut self, ready: &Ready<'_>) -> Result<String, Trouble> {
        let all = self.arguments.all;
        let options = Options {
            all,
            ..self.arguments.asked.options(ready.rulebook)?
        };
        let account = self.arguments.account.as_deref();
        let account = account
            .map(|name| actor(ready.rulebook, name))
            .transpose()?;
        let asked = Asked {
            account,
            assume: options.assume.clone(),
            all,
        };
        let mut outcome = ready.engine.evaluate(ready.scenario, &options);
        Ok(match self.arguments.format {
            Format::Text => text::outcome(&mut outcome, &asked, Style { color: true }),
            Format::Markdown => markdown::outcome(&mut outcome, &asked),
            Format::Json => {
                let document =
                    json::outcome(&mut outcome, &asked, &ready.project.sources, ready.found);
                self.documents.push(document);
                String::new()
            }
        })
    }
}

/// What was expected and is not so.
fn told(ready: &Ready<'_>, unmet: &[Unmet]) -> String {
    let heading = format!(
        "{} not met:",
        count(unmet.len(), "expectation", "expectations")
    );
    let mut text = Style { color: true }.bad(&heading) + "\n";
    for one in unmet {
        let place = ready.project.sources.position(one.span);
        let file = &ready.project.sources.get(one.span.source).name;
        let (line, column) = (place.line, place.column);
        let _ = writeln!(text, "  {file}:{line}:{column}  {}", one.expected);
        for found in &one.found {
            let _ = writeln!(text, "      but {found}");
        }
    }
    text
}
