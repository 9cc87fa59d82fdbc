//! The command line: arguments in, text out, an exit code; it computes nothing itself.

pub mod exit;

mod accept;
mod asked;
mod beyond;
mod check;
mod completions;
mod corpus;
mod coverage;
mod diff;
#[cfg(feature = "exercise")]
mod drill;
mod driver;
mod evidence;
#[cfg(feature = "exercise")]
mod exercise;
#[cfg(feature = "exercise")]
mod exercises;
mod explain;
mod fmt;
mod groups;
#[cfg(feature = "exercise")]
mod lines;
mod lint;
mod list;
mod man;
mod mutate;
mod new;
mod output;
mod paths;
#[cfg(feature = "exercise")]
mod play;
mod review;
mod rules;
mod run;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "exercise")]
mod session;
mod shelf;
mod show;
mod sieve;
#[cfg(feature = "exercise")]
mod sitting;
mod terminal;
mod test;
mod tested;
mod trouble;
mod versions;
mod waiting;

use clap::{CommandFactory, Parser, Subcommand};
use exit::Exit;
use sieve::Sieve;
use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use terminal::Terminal;
use trouble::Trouble;

/// Who owes what to whom under which treaty, since when, on whose account, and why.
///
/// Casus reads treaties as rules and situations as facts, and derives the duties, prohibitions, permissions and powers that
/// follow: each with its article, its first and last day, what became of it, and the facts it rests on. Where parties dispute
/// the facts or the law, it says what depends on which question.
#[derive(Parser)]
#[command(name = "casus", version, disable_help_subcommand = true, after_help = FIRST_STEPS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const FIRST_STEPS: &str = "\
First steps:
  casus new scenario crisis      write a scenario to begin with: crisis.yaml
  casus run crisis.yaml          who owes what to whom
  casus explain crisis.yaml \"france shall assist estonia\"
                                 why, or why not
  casus check crisis.yaml        look for mistakes
  casus list treaties            what the rulebook holds
  casus list scenarios           crises to begin with: casus run july-1914
  casus show france --on 1914-08-01
                                 what bound France that day
  casus test                     has any outcome moved that was agreed to?
  casus diff main                which outcomes move because of my edits, and which edit moves them?
  casus coverage                 what do the scenarios test of the rules?

Exit codes:
  0   nothing to report
  1   something to notice: an expectation failed, a file is not in its layout
  2   could not run: wrong arguments, a mistake in a treaty or scenario
  3   inconclusive, where a proof was required
  4   the baseline fails: outcomes that nobody has agreed to
  70  Casus contradicts itself: a defect of the program";

#[derive(Subcommand)]
enum Command {
    Run(run::Arguments),
    Explain(explain::Arguments),
    Check(check::Arguments),
    Fmt(fmt::Arguments),
    Lint(lint::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    New(new::Arguments),
    #[cfg(feature = "exercise")]
    Play(play::Arguments),
    #[cfg(feature = "exercise")]
    Drill(drill::Arguments),
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    #[cfg(feature = "exercise")]
    Exercise(exercise::Arguments),
    #[cfg(feature = "exercise")]
    Session(session::Arguments),
    Test(test::Arguments),
    Review(review::Arguments),
    Accept(accept::Arguments),
    Diff(diff::Arguments),
    Coverage(coverage::Arguments),
    Mutate(mutate::Arguments),
    #[command(hide = true)]
    Completions(completions::Arguments),
    #[command(hide = true)]
    Man(man::Arguments),
}

/// Runs the program with these arguments (the first is its name), results to `out`, messages to `err`.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    run_wide(arguments, out, err, None)
}

/// The same on a terminal with so many columns; `None`: on no terminal.
pub fn run_wide(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    width: Option<usize>,
) -> Exit {
    let (mut out_sieve, mut err_sieve);
    // Messages are for people wherever they go; results that go to a file or to another program stay as they are.
    let out = if width.is_some() {
        out_sieve = Sieve::new(out);
        &mut out_sieve as &mut dyn Write
    } else {
        out
    };
    err_sieve = Sieve::new(err);
    let err = &mut err_sieve;
    let mut terminal = Terminal { out, err, width };
    let result = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => guarded(arguments.command, &mut terminal),
        Err(usage) => usage_or_help(&usage, &mut terminal),
    };
    let result = result.and_then(|exit| terminal.out.flush().map(|()| exit).map_err(Trouble::from));
    result.unwrap_or_else(|trouble| report(&trouble, &mut terminal))
}

/// A defect of the program ends it in words and with an exit code of its own.
fn guarded(command: Command, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let result = catch_unwind(AssertUnwindSafe(|| dispatch(command, terminal)));
    result.unwrap_or_else(|_| {
        let defect = "casus: this is a defect of the program; please report it with the files that led to it";
        writeln!(terminal.err, "{defect}")?;
        Ok(Exit::Contradiction)
    })
}

fn dispatch(command: Command, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match command {
        Command::Run(arguments) => run::run(&arguments, terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Fmt(arguments) => fmt::run(&arguments, terminal),
        Command::Lint(arguments) => lint::run(&arguments, terminal),
        Command::List(arguments) => list::run(&arguments, terminal),
        Command::Show(arguments) => show::run(&arguments, terminal),
        Command::New(arguments) => new::run(&arguments, terminal),
        #[cfg(feature = "exercise")]
        Command::Play(arguments) => play::run(&arguments, terminal),
        #[cfg(feature = "exercise")]
        Command::Drill(arguments) => drill::run(&arguments, terminal),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments, terminal),
        #[cfg(feature = "exercise")]
        Command::Exercise(arguments) => exercise::run(&arguments, terminal),
        #[cfg(feature = "exercise")]
        Command::Session(arguments) => session::run(&arguments, terminal),
        Command::Test(arguments) => test::run(&arguments, terminal),
        Command::Review(arguments) => review::run(&arguments, terminal),
        Command::Accept(arguments) => accept::run(&arguments, terminal),
        Command::Diff(arguments) => diff::run(&arguments, terminal),
        Command::Coverage(arguments) => coverage::run(&arguments, terminal),
        Command::Mutate(arguments) => mutate::run(&arguments, terminal),
        Command::Completions(arguments) => completions::run(&arguments, terminal),
        Command::Man(arguments) => man::run(&arguments, terminal),
    }
}

/// The command as `clap` sees it, for completions and manual pages.
fn description() -> clap::Command {
    Arguments::command()
}

fn usage_or_help(usage: &clap::Error, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let text = usage.render();
    if usage.use_stderr() {
        write!(terminal.err, "{}", text.ansi())?;
        Ok(Exit::CouldNotRun)
    } else {
        write!(terminal.out, "{}", text.ansi())?;
        Ok(Exit::Fine)
    }
}

/// Says why it could not run; a reader that went away (`casus list treaties | head`) is no trouble at all.
fn report(trouble: &Trouble, terminal: &mut Terminal<'_>) -> Exit {
    if matches!(trouble, Trouble::Output(error) if error.kind() == ErrorKind::BrokenPipe) {
        return Exit::Fine;
    }
    // If not even that can be written, the exit code has to say it all.
    let _ = writeln!(terminal.err, "casus: {trouble}");
    Exit::CouldNotRun
}
