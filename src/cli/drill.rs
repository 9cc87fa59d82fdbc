//! `casus drill`: a learner's own mistakes, asked again with fresh facts.

use super::exercises::Exercise;
use super::exit::Exit;
use super::lines::{self, Lines};
use super::rules::RulesArgument;
use super::session::opened::Opened;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::calendar::{Day, PartialDate};
use crate::diagnostic::any_error;
use crate::diagnostic::phrase::or_ticked;
use crate::drill::{Deck, Drill, Learnt, Reviewed, Stopped, feed, today};
use crate::exercise::session::{Session, Store};
use crate::exercise::{Pack, RoleId};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus drill --from first-contact.session            take what was overlooked there, and begin
  casus drill                                         what is due today
  casus drill --list                                  which cards there are, and when each comes again
  casus play first-contact --drill my.drill           take what is overlooked in a game at its end";

/// The file of the learner where none is named.
pub(super) const FILE: &str = "my.drill";

/// Ask again what you overlooked in exercises, with fresh facts
///
/// Each thing that you overlooked in an exercise becomes a card: a clause and the part of it that you did not see. When a card
/// is due, Casus invents a case for it, asks, and says what is right and why. How right you were and how sure decides when the card comes
/// again. All of it is kept in one file, on this machine.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file with the cards
    #[arg(default_value = FILE)]
    file: PathBuf,
    /// Take what was overlooked in this session first (may be repeated)
    #[arg(long, value_name = "SESSION")]
    from: Vec<PathBuf>,
    /// Only what this role overlooked there [default: whoever played at the keyboard]
    #[arg(long, requires = "from")]
    role: Option<String>,
    /// Say which cards there are, and ask nothing
    #[arg(long)]
    list: bool,
    /// Ask no more cards than this
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    most: usize,
    /// Another day than today, as 2026-11-25
    #[arg(long, value_name = "DAY", value_parser = day)]
    today: Option<Day>,
    /// Invent other cases
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Take the answers from this file, a line each, instead of the keyboard
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
}

fn day(text: &str) -> Result<Day, String> {
    match PartialDate::parse(text) {
        Some(PartialDate::Day(day)) => Ok(day),
        _ => Err("write the day as 2026-11-25".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let today = arguments.today.unwrap_or_else(today);
    let mut deck = Deck::open(&arguments.file)?;
    if deck.cards.is_empty() && arguments.from.is_empty() {
        return Err(Trouble::Nothing(format!(
            "`{}` holds no cards yet; play an exercise, then: casus drill --from NAME.session",
            arguments.file.display()
        )));
    }
    for path in &arguments.from {
        let opened = Opened::of(path)?;
        let session = opened.session(terminal)?;
        let roles = roles(arguments.role.as_deref(), &session, &opened.store)?;
        let told = take(&mut deck, &session, &roles, today);
        writeln!(terminal.out, "{}: {told}", path.display())?;
    }
    if !arguments.from.is_empty() {
        deck.save(&arguments.file)?;
    }
    if arguments.list {
        return list(&deck, terminal);
    }
    sit(arguments, &mut deck, today, terminal)
}

/// Takes what these roles overlooked, and says how much it was.
pub(super) fn take(deck: &mut Deck, session: &Session<'_>, roles: &[RoleId], today: Day) -> String {
    let path = session.pack.path().unwrap_or_default().to_owned();
    let (new, again) = feed(deck, session, &path, roles, today);
    let cards = |count: usize| match count {
        1 => "1 card".to_owned(),
        count => format!("{count} cards"),
    };
    match (new, again) {
        (0, 0) => "nothing new to learn".to_owned(),
        (new, 0) => format!("{} to learn", cards(new)),
        (0, again) => format!("{} again", cards(again)),
        (new, again) => format!("{} to learn, {} again", cards(new), cards(again)),
    }
}

/// The role named; else those at the keyboard; else all that play.
fn roles(
    named: Option<&str>,
    session: &Session<'_>,
    store: &Store,
) -> Result<Vec<RoleId>, Trouble> {
    let exercise = session.exercise;
    if let Some(name) = named {
        let known = or_ticked(exercise.roles.iter().map(|role| role.id.as_str()));
        let found = exercise.role_named(name);
        let unknown = || Trouble::Nothing(format!("no role is called `{name}`; it is {known}"));
        return Ok(vec![found.ok_or_else(unknown)?]);
    }
    let before = store.setting("roles").unwrap_or_default();
    let before = before.split(' ').filter_map(|it| exercise.role_named(it));
    let before: Vec<RoleId> = before.collect();
    if before.is_empty() {
        return Ok(exercise.playing().collect());
    }
    Ok(before)
}

fn list(deck: &Deck, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let mut cards: Vec<_> = deck.cards.iter().collect();
    cards.sort_by_key(|card| card.due());
    for card in cards {
        let asked = match card.memory.as_ref().map_or(0, |memory| memory.reviews) {
            0 => "never asked".to_owned(),
            1 => "asked once".to_owned(),
            times => format!("asked {times} times"),
        };
        writeln!(
            terminal.out,
            "{}  {}: {} ({asked})",
            card.due, card.rule, card.about
        )?;
    }
    Ok(Exit::Fine)
}

fn sit(
    arguments: &Arguments,
    deck: &mut Deck,
    today: Day,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let mut packs = Vec::new();
    for learnt in &deck.exercises {
        packs.push(pack(learnt, &arguments.rules, terminal)?);
    }
    let mut input = lines::input(arguments.answers.as_deref())?;
    let mut prompter = Lines::new(input.as_mut(), arguments.answers.is_some(), terminal);
    let path = arguments.file.as_path();
    let mut drill = Drill {
        deck,
        packs: &mut packs,
        prompter: &mut prompter,
        keep: &mut |deck| deck.save(path),
        today,
        seed: arguments.seed,
        most: arguments.most,
    };
    let reviewed = drill.sit().map_err(|stopped| match stopped {
        Stopped::Terminal(error) => Trouble::Output(error),
        Stopped::File(error) => Trouble::Drill(error),
    })?;
    let said = told(reviewed, deck, today);
    writeln!(terminal.out, "{said}")?;
    Ok(Exit::Fine)
}

fn told(reviewed: Reviewed, deck: &Deck, today: Day) -> String {
    let next = deck.cards.iter().map(crate::drill::Card::due).min();
    let next = match next {
        Some(day) if day > today => format!("The next card is due on {day}."),
        _ => "There is more to ask today: casus drill.".to_owned(),
    };
    match reviewed.asked {
        0 => next,
        asked => format!("\n{} of {asked} known. {next}", reviewed.known),
    }
}

/// The exercise of a card under the rules of today: from where it was, else by its name, else as it was kept.
fn pack(
    learnt: &Learnt,
    rules: &RulesArgument,
    terminal: &mut Terminal<'_>,
) -> Result<Option<Pack>, Trouble> {
    let file = Path::new(&learnt.path);
    let name = file.parent().and_then(Path::file_name).map(Path::new);
    let found = if file.is_file() {
        Some(Exercise::Folder(file.to_owned()))
    } else {
        name.and_then(|name| Exercise::find(name, rules).ok())
    };
    let pack = if let Some(exercise) = found {
        exercise.open(rules)?
    } else {
        let project = rules.origin(Path::new(".")).open(rules.with())?;
        learnt.bundle.pack_under(project)
    };
    if any_error(&pack.diagnostics) || pack.project.has_errors() {
        let path = &learnt.path;
        terminal.show(&pack.diagnostics, &pack.project.sources)?;
        writeln!(
            terminal.err,
            "casus: {path} has mistakes: its cards wait until they are mended"
        )?;
        return Ok(None);
    }
    Ok(Some(pack))
}
