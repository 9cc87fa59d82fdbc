//! `casus test`: scenarios held against what was agreed to.

use super::corpus::{self, Corpus, Stop};
use super::exit::Exit;
use super::output::OutputArguments;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::tested::Tested;
use super::trouble::Trouble;
use super::waiting::Open;
use crate::change::cache::Cache;
use crate::change::corpus::Source;
use crate::change::pending::{Pending, Waiting};
use crate::change::snapshot::Snapshot;
use crate::change::trial::{self, Checked, State};
use clap::{ValueEnum, ValueHint};
use rustc_hash::FxHashSet;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  casus test                           the scenarios here, against their snapshots and expectations
  casus test scenarios/history         a folder of them
  casus test --filter 1914             those with this in their path
  casus test --watch                   again whenever a rule or a scenario is edited
  casus test --check --base origin/main --require-record
                                       as CI does: write nothing, and demand a change record
  casus review                         look at what moved and agree to it, or not";

/// Hold scenarios against their expectations, and against the outcome that was agreed to
///
/// Each scenario says what is expected of it; beside it, in `NAME.snap`, stands its whole outcome as somebody agreed to it.
/// What has moved is grouped by the edit of the rules that moved it, and waits for `casus review` or `casus accept`.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools, reason = "each a flag of its own")]
pub(super) struct Arguments {
    /// Scenarios, and folders of them [default: the folder you are in]
    #[arg(value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,
    /// Only scenarios with this in their path
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only every N-th scenario, beginning with the K-th
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Write nothing: no pending results, no snapshots [default where the variable CI is set]
    #[arg(long, overrides_with = "no_check")]
    check: bool,
    /// Write pending results even where the variable CI is set
    #[arg(long, overrides_with = "check")]
    no_check: bool,
    /// Agree to the outcomes of scenarios that have no snapshot yet; what moved still waits
    #[arg(long)]
    accept_new_only: bool,
    /// What to do with snapshots that no scenario belongs to (on a full run)
    #[arg(long, value_enum, default_value_t = Unreferenced::Warn)]
    unreferenced: Unreferenced,
    /// The same outcome for another reason, or by another clause, counts as moved too
    #[arg(long)]
    strict_reasons: bool,
    /// A family of more scenarios than this fails the run, whatever was agreed to
    #[arg(long, value_name = "N")]
    fail_on_family_larger_than: Option<usize>,
    /// The revision from which the rules were edited [default: the rules of the last run in which nothing moved, else HEAD]
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// Every snapshot that differs from the base must be on record in the folder `changes`
    #[arg(long)]
    require_record: bool,
    /// Work everything out, also what is known from an earlier run
    #[arg(long)]
    no_cache: bool,
    /// Run again whenever a rule or a scenario is edited
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Unreferenced {
    /// Name them
    Warn,
    /// Fail
    Reject,
    /// Delete them
    Delete,
}

/// `2/5`: the second of five.
pub(super) fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(one, of)| Some((one.parse().ok()?, of.parse().ok()?)));
    let parts = parts.filter(|(one, of)| 1 <= *one && one <= of);
    parts.ok_or_else(|| "write it as 2/5: the second of five".to_owned())
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    if !arguments.watch {
        return once(arguments, terminal);
    }
    // What is edited while it runs is seen by the next run.
    let mut stamps = corpus::Stamps::now(&arguments.paths, &arguments.rules)?;
    once(arguments, terminal)?;
    loop {
        terminal.out.flush()?;
        stamps.wait_for_edit(&arguments.paths, &arguments.rules);
        writeln!(terminal.out)?;
        // A file may be half written, or gone for a moment.
        if let Err(trouble) = once(arguments, terminal) {
            writeln!(terminal.err, "casus: {trouble}")?;
        }
    }
}

impl Arguments {
    fn writes(&self) -> bool {
        let told = std::env::var("CI").is_ok_and(|ci| !["", "false", "0"].contains(&ci.as_str()));
        self.no_check || !(self.check || told)
    }

    fn is_full(&self) -> bool {
        self.filter.is_none() && self.shard.is_none()
    }

    /// Whether this scenario, one of so many, is asked for.
    fn wants(&self, at: usize, name: &str) -> bool {
        let filtered = self
            .filter
            .as_ref()
            .is_none_or(|filter| name.contains(filter.as_str()));
        let sharded = self.shard.is_none_or(|(one, of)| at % of == one - 1);
        filtered && sharded
    }
}

fn once(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let mut exit = Exit::Fine;
    let (mut any, mut waiting) = (false, Vec::new());
    let mut tested = Tested::new(
        arguments.strict_reasons,
        arguments.fail_on_family_larger_than,
    );
    for corpus in corpus::read(&arguments.paths, &arguments.rules)? {
        let mut corpus = corpus;
        let all = std::mem::take(&mut corpus.scenarios)
            .into_iter()
            .enumerate();
        let scenarios: Vec<_> = all
            .filter(|(at, (_, source))| arguments.wants(*at, &source.name))
            .map(|(_, scenario)| scenario)
            .collect();
        any |= !scenarios.is_empty();
        match one_corpus(arguments, &corpus, scenarios, &mut tested) {
            Ok(pendings) => waiting.extend(pendings),
            Err(Stop::Trouble(trouble)) => return Err(trouble),
            Err(Stop::Mistakes(project)) => {
                terminal.show(&project.diagnostics, &project.sources)?;
                exit = Exit::CouldNotRun;
            }
        }
    }
    if exit == Exit::CouldNotRun {
        return Ok(exit);
    }
    if !any {
        let nothing =
            "there is no scenario here that was asked for; a test of nothing proves nothing";
        return Err(Trouble::Nothing(nothing.to_owned()));
    }
    let home = corpus::home(&arguments.paths[0], &arguments.rules);
    tested.wait_for(if arguments.writes() {
        Open::read(&home)?
    } else {
        Open::of(&home, waiting)
    });
    tested.show(&arguments.output, terminal)
}

fn one_corpus(
    arguments: &Arguments,
    corpus: &Corpus,
    scenarios: Vec<(PathBuf, Source)>,
    tested: &mut Tested,
) -> Result<Vec<Pending>, Stop> {
    let mut cache = if arguments.no_cache {
        Cache::default()
    } else {
        Cache::load(&corpus.home, corpus.part.as_deref())
    };
    let mut checked = trial::check(scenarios, &mut cache, || corpus.project(), corpus.rules)?;
    if arguments.writes() && !arguments.no_cache {
        cache
            .save()
            .map_err(|error| corpus::unwritten(&corpus.home, error))?;
    }
    if arguments.accept_new_only && arguments.writes() {
        accept_new(&mut checked)?;
    }
    let pendings = corpus.pendings(&checked, arguments.base.as_deref())?;
    if arguments.writes() {
        settle(&Waiting::new(&corpus.home), &checked, &pendings)
            .map_err(|error| corpus::unwritten(&corpus.home, error))?;
    }
    let quiet = pendings.is_empty() && checked.iter().all(|one| matches!(one.state, State::Same));
    if quiet && arguments.is_full() && arguments.writes() && corpus.is_whole {
        corpus
            .remember_rules()
            .map_err(|error| corpus::unwritten(&corpus.home, error))?;
    }
    if arguments.require_record {
        tested
            .uncovered
            .extend(corpus.uncovered(&checked, arguments.base.as_deref())?);
    }
    let clean = !checked
        .iter()
        .any(|one| matches!(one.state, State::Broken(_)));
    if arguments.is_full() && clean {
        tested.unreferenced(corpus.left_over(), arguments.unreferenced.into())?;
    }
    tested.add(checked);
    Ok(pendings)
}

impl From<Unreferenced> for super::tested::LeftOver {
    fn from(of: Unreferenced) -> Self {
        match of {
            Unreferenced::Warn => Self::Warn,
            Unreferenced::Reject => Self::Reject,
            Unreferenced::Delete => Self::Delete,
        }
    }
}

/// Gives scenarios without snapshot theirs.
fn accept_new(checked: &mut [Checked]) -> Result<(), Trouble> {
    for one in checked {
        if let State::New(text) = &mut one.state {
            let path = one.path.clone();
            let snapshot = Snapshot::of_body(&one.path, std::mem::take(text));
            let saved = snapshot.save(&one.path);
            saved.map_err(|error| Trouble::Write { path, error })?;
            one.state = State::Same;
        }
    }
    Ok(())
}

/// Lets what is open wait, and what is settled no longer.
fn settle(waiting: &Waiting, checked: &[Checked], pendings: &[Pending]) -> std::io::Result<()> {
    for pending in pendings {
        waiting.put(pending)?;
    }
    let waits: FxHashSet<&str> = pendings.iter().map(|one| one.scenario.as_str()).collect();
    for one in checked {
        if !waits.contains(one.source.name.as_str()) {
            waiting.drop(&one.source.name)?;
        }
    }
    Ok(())
}
