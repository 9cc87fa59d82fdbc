//! `casus run`: who owes what to whom.

use super::exit::Exit;
use super::rules::{Origin, RulesArgument};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::calendar::{Day, PartialDate};
use crate::case::Case;
use crate::diagnostic::phrase::{count, nearest};
use crate::engine::{Engine, Options};
use crate::expect::{Unmet, verify};
use crate::model::entity::EntityKind;
use crate::model::fact::{Assume, View};
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::report::style::Style;
use crate::report::text::Asked;
use crate::report::{json, markdown, text};
use clap::{ValueEnum, ValueHint};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus run crisis.yaml                       who owes what on the day of the scenario
  casus run july-1914.yaml --as-of 1914-08-04 on another day
  casus run crisis.yaml --account ukraine     if what Ukraine says is so
  casus run crisis.yaml --assume all          and if everybody performed, what next?
  casus run crisis.yaml --format json         for programs";

/// Say who owes what to whom, since when, under which article, on whose account
///
/// Applies the rulebook to one or more scenarios and prints what follows: what is owed; what is owed only if something open is
/// so, with what it hinges on and who holds what; what is displaced, in conflict, limited or not in force. Then it holds the
/// expectations of the scenario against it. Ends with exit code 1 if one is not met.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The scenarios
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    asked: AskedArguments,
    /// Leave out secret treaties and protocols until they became public (`public`), or count them (`full`)
    #[arg(long, value_name = "VIEW")]
    view: Option<ViewArgument>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Show standing norms among the actors of the scenario too, even if nothing touches them
    #[arg(long)]
    all: bool,
}

/// On which day, on whose account, and who performs.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct AskedArguments {
    /// The day asked for [default: that of the scenario]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<Day>,
    /// Take the version of this state: what it asserts is so, what it denies is not
    #[arg(long, value_name = "STATE")]
    account: Option<String>,
    /// Who performs their duties: `none`, `all`, or states with commas between
    ///
    /// Duties do not perform themselves. With `all`, or for the states named, each duty that arose is performed on the next
    /// day, which may bring other treaties into play; what follows is marked with its step in the cascade.
    #[arg(long, value_name = "WHO", default_value = "none")]
    assume: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ViewArgument {
    Full,
    Public,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

fn parse_day(text: &str) -> Result<Day, String> {
    match PartialDate::parse(text) {
        Some(PartialDate::Day(day)) => Ok(day),
        _ => Err("a day is written 2024-12-10".to_owned()),
    }
}

impl AskedArguments {
    /// What was asked, with the names found in the rulebook.
    pub(super) fn resolve(&self, rulebook: &Rulebook) -> Result<(Option<Day>, Asked), Trouble> {
        let account = self
            .account
            .as_deref()
            .map(|name| actor(rulebook, name))
            .transpose()?;
        let assume = match self.assume.as_str() {
            "none" => Assume::None,
            "all" => Assume::All,
            names => Assume::Only(
                names
                    .split(',')
                    .map(|name| actor(rulebook, name.trim()))
                    .collect::<Result<_, _>>()?,
            ),
        };
        Ok((
            self.as_of,
            Asked {
                account,
                assume,
                all: false,
            },
        ))
    }
}

fn actor(rulebook: &Rulebook, name: &str) -> Result<EntityId, Trouble> {
    let is_actor = |kind: &EntityKind| {
        matches!(
            kind,
            EntityKind::State { .. }
                | EntityKind::Organisation
                | EntityKind::Organ { .. }
                | EntityKind::Group
        )
    };
    let found = rulebook
        .entity(name)
        .filter(|id| is_actor(&rulebook.entities[id.index()].kind));
    found.ok_or_else(|| {
        let known = rulebook
            .entities
            .iter()
            .filter(|entity| is_actor(&entity.kind))
            .map(|entity| entity.name.as_str());
        let near = nearest(name, known)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Trouble::Nothing(format!(
            "there is no state or organisation `{name}` in the rulebook{near}"
        ))
    })
}

/// A scenario ready to be asked; `None` if it has mistakes, which have been shown.
pub(super) struct Opened {
    pub(super) project: Project,
    pub(super) case: Case,
}

/// Reads a rulebook and a scenario, and shows what is wrong with them.
pub(super) fn open(
    scenario: &Path,
    rules: &RulesArgument,
    terminal: &mut Terminal<'_>,
) -> Result<Option<Opened>, Trouble> {
    let origin: Origin = rules.origin(scenario.parent().unwrap_or(Path::new(".")));
    let mut project = origin.open(rules.with())?;
    if project.has_errors() {
        terminal.show(&std::mem::take(&mut project.diagnostics), &project.sources)?;
        return Ok(None);
    }
    let case = Case::load(scenario, &mut project)?;
    terminal.show(&case.diagnostics, &project.sources)?;
    Ok(case.scenario.is_some().then_some(Opened { project, case }))
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let mut worst = Exit::Fine;
    let mut values = Vec::new();
    for (index, path) in arguments.scenarios.iter().enumerate() {
        let Some(opened) = open(path, &arguments.rules, terminal)? else {
            worst = Exit::CouldNotRun;
            continue;
        };
        let Some(scenario) = &opened.case.scenario else {
            continue;
        };
        let rulebook = opened.case.rulebook(&opened.project);
        let (as_of, mut asked) = arguments.asked.resolve(rulebook)?;
        asked.all = arguments.all;
        let view = arguments.view.map(|view| match view {
            ViewArgument::Full => View::Full,
            ViewArgument::Public => View::Public,
        });
        let options = Options {
            as_of,
            assume: asked.assume.clone(),
            view,
            all: arguments.all,
            asked: Vec::new(),
        };
        let engine = Engine::new(rulebook);
        let mut outcome = engine.evaluate(scenario, &options);
        match arguments.format {
            Format::Text => {
                if index > 0 {
                    writeln!(terminal.out)?;
                }
                let style = Style { color: true };
                write!(
                    terminal.out,
                    "{}",
                    text::outcome(&mut outcome, &asked, style)
                )?;
            }
            Format::Markdown => {
                write!(terminal.out, "{}", markdown::outcome(&mut outcome, &asked))?;
            }
            Format::Json => values.push(json::outcome(
                &mut outcome,
                &asked,
                &opened.project.sources,
                &[],
            )),
        }
        // Expectations are about the scenario as it stands, in its own view.
        let unmet = if arguments.asked.is_plain() {
            verify(&engine, scenario, &Options::default())
        } else {
            Vec::new()
        };
        if !unmet.is_empty() {
            show_unmet(&unmet, &opened, terminal)?;
            worst = if worst == Exit::Fine {
                Exit::Noticed
            } else {
                worst
            };
        }
    }
    if arguments.format == Format::Json {
        let whole = if arguments.scenarios.len() == 1 {
            values.pop().unwrap_or_default()
        } else {
            values.into()
        };
        let printed = serde_json::to_string_pretty(&whole).unwrap_or_default();
        writeln!(terminal.out, "{printed}")?;
    }
    Ok(worst)
}

impl AskedArguments {
    /// Nothing was asked but what the scenario itself asks.
    fn is_plain(&self) -> bool {
        self.assume == "none" && self.account.is_none()
    }
}

fn show_unmet(
    unmet: &[Unmet],
    opened: &Opened,
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    writeln!(
        terminal.err,
        "{} not met:",
        count(unmet.len(), "expectation", "expectations")
    )?;
    for one in unmet {
        let place = opened.project.sources.position(one.span);
        let file = &opened.project.sources.get(one.span.source).name;
        writeln!(
            terminal.err,
            "  {file}:{}:{}  {}",
            place.line, place.column, one.expected
        )?;
        for found in &one.found {
            writeln!(terminal.err, "      but {found}")?;
        }
    }
    Ok(())
}
