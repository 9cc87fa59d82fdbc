//! `casus mutate`: rules changed on purpose, one place at a time, to see whether any scenario notices.

use super::corpus::{self, Corpus, Stop};
use super::coverage::{unknown, write_file};
use super::exit::Exit;
use super::output::OutputArguments;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::test::shard;
use super::trouble::Trouble;
use super::versions;
use crate::change::ask::Bounds;
use crate::change::mutate::{
    self, Allowed, Baseline, Judged, Killed, Mutant, Score, Survivors, killers, mutants,
};
use crate::change::{Comparison, Edit};
use crate::diagnostic::phrase::count;
use crate::project::Project;
use crate::report::style::Style;
use crate::source::Span;
use clap::ValueHint;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  casus mutate --treaty russia-dprk-2024    every change of one treaty
  casus mutate --in-diff main               of the clauses edited since then
  casus mutate --shard 1/8                  a part of all
  casus mutate --drop-only                  an overview: which clauses does no scenario ask about?
  casus mutate --treaty russia-dprk-2024 --write-killers proposed/
                                            scenarios that notice what none notices yet
  casus mutate --in-diff main --min-asserted 70
                                            as a build server does";

/// Change the rules on purpose, one place at a time, and see whether any scenario notices
///
/// Each change drops, turns round, widens or narrows something in a clause. If no scenario notices, it is asked whether any
/// scenario could: either the two mean the same, or a scenario is shown that is missing. What an expectation notices and what only a
/// snapshot notices is counted apart, because nobody ever judged the latter.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools, reason = "a flag each")]
pub(super) struct Arguments {
    /// Scenarios, and folders of them [default: the folder you are in]
    #[arg(value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,
    /// Only clauses of this treaty (may be repeated)
    #[arg(long = "treaty", value_name = "NAME")]
    treaties: Vec<String>,
    /// Only clauses edited since this revision, or different in this folder
    #[arg(long, value_name = "REVISION")]
    in_diff: Option<String>,
    /// Only drop whole clauses, lines and reservations: about which of them does no scenario ask?
    #[arg(long)]
    drop_only: bool,
    /// Also list each survivor of a clause that could be dropped whole
    #[arg(long)]
    all_survivors: bool,
    /// Only every N-th clause or line, beginning with the K-th
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Leave out what an earlier run killed
    #[arg(long)]
    iterate: bool,
    /// Write as few scenarios as kill all survivors that one can kill
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    write_killers: Option<PathBuf>,
    /// Fail if expectations notice less than so much
    #[arg(long, value_name = "PERCENT")]
    min_asserted: Option<f64>,
    /// End with exit code 3 if of a survivor it is not known whether a scenario could notice
    #[arg(long)]
    require_proof: bool,
    /// How many parties take part in a scenario that is looked for at most
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    parties: usize,
    /// Stop asking about survivors after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    budget: u64,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    output: OutputArguments,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let paths = arguments.paths.as_slice();
    let corpora = corpus::read(paths, &arguments.rules)?;
    // A smaller rulebook nearer to a scenario is not what is changed here.
    let Some(corpus) = corpora.into_iter().find(|corpus| corpus.part.is_none()) else {
        let nothing = "there is no scenario here; of nothing nothing is noticed";
        return Err(Trouble::Nothing(nothing.to_owned()));
    };
    match one(arguments, &corpus, terminal) {
        Ok(exit) => Ok(exit),
        Err(Stop::Trouble(trouble)) => Err(trouble),
        Err(Stop::Mistakes(project)) => {
            terminal.show(&project.diagnostics, &project.sources)?;
            Ok(Exit::CouldNotRun)
        }
    }
}

fn one(arguments: &Arguments, corpus: &Corpus, terminal: &mut Terminal<'_>) -> Result<Exit, Stop> {
    let started = Instant::now();
    let project = corpus.project()?;
    let known = project.rulebook.treaties.iter();
    let known: Vec<String> = known.map(|treaty| treaty.name.clone()).collect();
    unknown(&arguments.treaties, &known)?;
    let allowed = Allowed::load(&corpus.home).map_err(Trouble::Nothing)?;
    let baseline = Baseline::new(project, &corpus.scenarios);
    if !baseline.failing.is_empty() {
        for line in &baseline.failing {
            writeln!(terminal.err, "{line}").map_err(Trouble::from)?;
        }
        let words = "the scenarios are not all as agreed; changes prove nothing before they are";
        writeln!(terminal.err, "casus: {words}").map_err(Trouble::from)?;
        return Ok(Exit::BaselineFails);
    }
    let mut earlier = Killed::load(&corpus.home);
    let (mutants, skipped) = chosen(arguments, corpus, project, &earlier)?;
    let bounds = Bounds {
        parties: arguments.parties,
        ..Bounds::quick()
    };
    let budget = Duration::from_secs(arguments.budget);
    let go_on = || started.elapsed() < budget;
    let mut judged = match mutate::judge(&baseline, mutants, bounds, &go_on) {
        Ok(judged) => judged,
        Err(contradiction) => {
            let exit = super::beyond::contradicted(&contradiction, &corpus.home, terminal);
            return exit.map_err(Stop::Trouble);
        }
    };
    let idle = allowed.mark(&mut judged);
    earlier.learn(&judged);
    earlier
        .save()
        .map_err(|error| corpus::unwritten(&corpus.home, error))?;
    if skipped > 0 {
        let skipped = count(skipped, "mutant", "mutants");
        writeln!(
            terminal.err,
            "{skipped} left out: an earlier run killed them"
        )
        .map_err(Trouble::from)?;
    }
    for entry in idle {
        writeln!(
            terminal.err,
            "mutants.yaml: {}: {}: the clause has changed, or it survives no more",
            entry.clause, entry.operator
        )
        .map_err(Trouble::from)?;
    }
    if let Some(folder) = &arguments.write_killers {
        write_killers(folder, &baseline, &judged, terminal)?;
    }
    Ok(show(arguments, project, &judged, terminal)?)
}

/// The mutants asked for, and how many an earlier run killed.
fn chosen(
    arguments: &Arguments,
    corpus: &Corpus,
    project: &Project,
    earlier: &Killed,
) -> Result<(Vec<Mutant>, usize), Stop> {
    let edited = match &arguments.in_diff {
        Some(revision) => Some(edited(revision, corpus)?),
        None => None,
    };
    let position = |span: Span| {
        let line = project.sources.position(span).line;
        (project.sources.get(span.source).name.clone(), line)
    };
    let wanted = |treaty: &str, span: Span| {
        let named =
            arguments.treaties.is_empty() || arguments.treaties.iter().any(|name| name == treaty);
        let touched = edited
            .as_ref()
            .is_none_or(|edited| edited.contains(&position(span)));
        named && touched
    };
    let mut found = mutants(project, &wanted);
    if let Some(part) = arguments.shard {
        keep_part(&mut found, part);
    }
    found.retain(|mutant| !arguments.drop_only || mutant.drops_all());
    let all = found.len();
    if arguments.iterate {
        found.retain(|mutant| !earlier.has(mutant));
    }
    let skipped = all - found.len();
    Ok((found, skipped))
}

/// Keeps every N-th provision with all its mutants: what becomes of one is told by what becomes of the whole.
fn keep_part(found: &mut Vec<Mutant>, (one, of): (usize, usize)) {
    let (mut number, mut last) = (0, None);
    found.retain(|mutant| {
        if last.replace(mutant.span) != Some(mutant.span) {
            number += 1;
        }
        number % of == one % of
    });
}

/// Where the edited clauses stand.
fn edited(revision: &str, corpus: &Corpus) -> Result<Vec<(String, u32)>, Stop> {
    let asked = versions::Asked {
        old: Some(revision),
        new: None,
        toggle: None,
    };
    let versions = match versions::read(&asked, corpus.folder.as_deref())? {
        Ok(versions) => versions,
        Err(broken) => return Err(Stop::Mistakes(broken)),
    };
    let comparison = Comparison::new(&versions.old, &versions.new);
    let sources = &versions.new.sources;
    let place = |edit: &Edit| {
        let span = edit.new.as_ref()?.span;
        let name = sources.get(span.source).name.clone();
        Some((name, sources.position(span).line))
    };
    Ok(comparison.edits.iter().filter_map(place).collect())
}

fn write_killers(
    folder: &Path,
    baseline: &Baseline<'_>,
    judged: &[Judged],
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    let found = killers(baseline, judged);
    for (at, killer) in found.iter().enumerate() {
        let path = folder.join(format!("kill-{:03}.yaml", at + 1));
        write_file(&path, &killer.text)?;
    }
    let killed: usize = found.iter().map(|killer| killer.kills.len()).sum();
    let scenarios = count(found.len(), "scenario", "scenarios");
    let survivors = count(killed, "survivor", "survivors");
    writeln!(
        terminal.err,
        "wrote {scenarios} to {}, which kill {survivors}",
        folder.display()
    )?;
    Ok(())
}

fn show(
    arguments: &Arguments,
    project: &Project,
    judged: &[Judged],
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let sources = &project.sources;
    let all = arguments.all_survivors;
    let survivors = Survivors::of(judged, all);
    if arguments.output.json {
        writeln!(terminal.out, "{:#}", mutate::data(judged, sources))?;
    } else {
        let style = Style { color: true };
        write!(
            terminal.out,
            "{}",
            mutate::text(judged, all, sources, style)
        )?;
    }
    arguments.output.write(
        "casus mutate",
        &mutate::findings(&survivors, sources),
        &mutate::cases(judged, &survivors),
        terminal,
    )?;
    let score = Score::of(judged);
    let too_low = arguments
        .min_asserted
        .is_some_and(|least| score.asserted_percent() < least);
    Ok(
        match (too_low, arguments.require_proof && score.undecided > 0) {
            (true, _) => Exit::Noticed,
            (false, true) => Exit::Inconclusive,
            (false, false) => Exit::Fine,
        },
    )
}
