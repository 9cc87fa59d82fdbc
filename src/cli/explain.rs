//! `casus explain`: why, why not, and what would.

use super::exit::Exit;
use super::rules::RulesArgument;
use super::run::{AskedArguments, open};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Options};
use crate::explain;
use crate::model::fact::PositionQuery;
use crate::model::rulebook::Rulebook;
use crate::report::explanation;
use crate::report::style::Style;
use crate::source::SourceId;
use crate::syntax::parse_position;
use clap::ValueHint;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  casus explain kursk.yaml \"dprk shall assist russia against ukraine\"
  casus explain kursk.yaml \"dprk shall assist russia under russia-dprk-2024 article 4\" --as-of 2024-11-01
  casus explain kursk.yaml \"ukraine may use-force against russia\" --account russia";

/// Say why somebody owes something, or why not, and what would change it
///
/// The sentence says who shall, shall not, may or has power to do what; roles that it leaves out match anything; `under` narrows
/// it to a treaty or an article. The answer is the derivation, step by step, with the facts behind each step; or, where nothing
/// is owed, the clauses that came closest and the conditions that fail. Every change of the facts that is named was tried.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The scenario
    #[arg(value_hint = ValueHint::FilePath)]
    scenario: PathBuf,
    /// Who shall, may, ... do what
    sentence: String,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    asked: AskedArguments,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let Some(mut opened) = open(&arguments.scenario, &arguments.rules, terminal)? else {
        return Ok(Exit::CouldNotRun);
    };
    let source = opened
        .project
        .sources
        .add("the sentence", arguments.sentence.clone());
    let rulebook = opened.case.rulebook(&opened.project);
    let query = match query(source, &arguments.sentence, rulebook) {
        Ok(query) => query,
        Err(mistakes) => {
            terminal.show(&mistakes, &opened.project.sources)?;
            return Ok(Exit::CouldNotRun);
        }
    };
    let Some(scenario) = &opened.case.scenario else {
        return Ok(Exit::CouldNotRun);
    };
    let (as_of, asked) = arguments.asked.resolve(rulebook)?;
    let options = Options {
        as_of,
        assume: asked.assume.clone(),
        ..Options::default()
    };
    let engine = Engine::new(rulebook);
    let told = explain::explain(&engine, scenario, &options, &query);
    let style = Style { color: true };
    write!(
        terminal.out,
        "{}",
        explanation::explanation(rulebook, &told, query.modality, style)
    )?;
    Ok(Exit::Fine)
}

fn query(
    source: SourceId,
    sentence: &str,
    rulebook: &Rulebook,
) -> Result<PositionQuery, Vec<Diagnostic>> {
    let modal = parse_position(source, sentence)?;
    let mut query = check::sentence::query(&modal, rulebook)?;
    sentence.trim().clone_into(&mut query.text);
    Ok(query)
}
