//! `casus explain`: why a position holds, or why not.

use super::asked::AskedArguments;
use super::exit::Exit;
use super::paths::is_name;
use super::rules::{Origin, RulesArgument};
use super::shelf::{Scenario, by_name};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::case::Case;
use crate::engine::Engine;
use crate::explain::explain;
use crate::project::Project;
use crate::report::explanation::explanation;
use crate::report::style::Style;
use clap::ValueHint;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus explain crisis.yaml \"france shall assist estonia\"
  casus explain crisis.yaml \"france shall assist estonia\" --as-of 2025-03-01
  casus explain crisis.yaml \"dprk may assist russia under un-charter article 51\"";

/// Say why somebody owes something, or why not, and what would change it
///
/// The sentence says who shall, shall not, may or has power to do what; roles that it leaves out match anything; `under` narrows
/// it to a treaty or an article. The answer is the derivation, step by step, with the facts behind each step; or, where nothing
/// is owed, the clauses that came closest and the conditions that fail. Every change of the facts that is named was tried.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The scenario: a file, or a name
    #[arg(value_hint = ValueHint::FilePath)]
    scenario: PathBuf,
    /// A sentence such as "dprk shall assist russia against ukraine"
    sentence: String,
    #[command(flatten)]
    asked: AskedArguments,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let (origin, scenario) = scenario(arguments)?;
    let (with, sentence) = (arguments.rules.with(), &arguments.sentence);
    let understood = |project: &mut Project, case: &Case| case.query(sentence, project).is_ok();
    let (mut project, case) = origin.open_for(with, &scenario, sentence, understood)?;
    let Some(case) = case else {
        terminal.show(&project.diagnostics, &project.sources)?;
        return Ok(Exit::CouldNotRun);
    };
    terminal.show(&case.diagnostics, &project.sources)?;
    let query = match case.query(&arguments.sentence, &mut project) {
        Ok(query) => query,
        Err(mistakes) => {
            terminal.show(&mistakes, &project.sources)?;
            return Ok(Exit::CouldNotRun);
        }
    };
    let Some(scenario) = &case.scenario else {
        return Ok(Exit::CouldNotRun);
    };
    let rulebook = case.rulebook(&project);
    let options = arguments.asked.options(rulebook)?;
    let found = explain(&Engine::new(rulebook), scenario, &options, &query);
    let told = explanation(rulebook, &found, query.modality, Style { color: true });
    write!(terminal.out, "{told}")?;
    Ok(Exit::Fine)
}

/// The scenario and the rulebook that goes with it.
fn scenario(arguments: &Arguments) -> Result<(Origin, Scenario), Trouble> {
    let path = &arguments.scenario;
    if is_name(path) {
        return by_name(&path.to_string_lossy(), &arguments.rules);
    }
    let beside = path.parent().unwrap_or(Path::new("."));
    Ok((arguments.rules.origin(beside), Scenario::File(path.clone())))
}
