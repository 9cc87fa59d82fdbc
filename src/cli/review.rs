//! `casus review`: what moved, family by family, agreed to or not.

use super::accept::Choice;
use super::corpus;
use super::evidence;
use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use super::waiting::Open;
use crate::change::family::{Family, Member};
use crate::change::screen;
use crate::diagnostic::phrase::count;
use crate::report::style::Style;
use clap::ValueHint;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Keys, each followed by Enter unless on a terminal:
  a  agree to the family, with a reason     r  leave it as it is
  n  the next example                       d  what differs (shown first)
  o  the old line   w  the new line         s  split the family by scenario
  e  why it was so, and why it is so now    W  the smallest scenario, as its file
  A  agree to all that is left              R  leave all that is left
  S  split all that is left by scenario     q  stop";

/// Look at what moved, and agree to it or not
///
/// Shows the families that `casus test` found, each with its cause and up to three examples. What is agreed to becomes the
/// snapshot of its scenarios and is put on record in the folder `changes`, with your reason. Reads keys from a terminal, or
/// lines from the standard input; with neither it lists the families and ends with exit code 1.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The folder of the project [default: the folder you are in]
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    path: PathBuf,
    /// The day of the record [default: today]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Only list what waits
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let home = corpus::home(&arguments.path, &arguments.rules);
    let open = Open::read(&home)?;
    let families = &open.families;
    if families.is_empty() {
        writeln!(
            terminal.out,
            "nothing waits for review; casus test finds what has moved"
        )?;
        return Ok(Exit::Fine);
    }
    let mut review = Review {
        style: Style { color: true },
        home: &home,
        rules: &arguments.rules,
        open: &open,
        chosen: Vec::new(),
    };
    let heading = format!("Moved: {}", open.counted());
    writeln!(terminal.out, "{}", review.style.heading(&heading))?;
    if arguments.list {
        for (at, family) in families.iter().enumerate() {
            review.show(at, families.len(), family, 3, terminal)?;
        }
        return Ok(Exit::Noticed);
    }
    review.ask(families, terminal)?;
    let mut left = families.len();
    for (reason, families) in std::mem::take(&mut review.chosen) {
        left = left.saturating_sub(families.len());
        let choice = Choice {
            home: &home,
            date: arguments.date.as_deref(),
            reason: &reason,
        };
        choice.agree(&families, &open.all, &[], terminal)?;
    }
    Ok(if left == 0 { Exit::Fine } else { Exit::Noticed })
}

/// A review going on.
struct Review<'a> {
    style: Style,
    home: &'a Path,
    rules: &'a RulesArgument,
    open: &'a Open,
    /// What is agreed to, by reason.
    chosen: Vec<(String, Vec<Family>)>,
}

impl Review<'_> {
    fn ask(&mut self, families: &[Family], terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let mut open: Vec<Family> = families.iter().rev().cloned().collect();
        let mut at = 0;
        let mut shown = 1;
        while let Some(family) = open.pop() {
            let total = at + 1 + open.len();
            self.show(at, total, &family, shown, terminal)?;
            shown = 1;
            match key(terminal)? {
                Some('a') => self.agree(vec![family], terminal)?,
                Some('A') => {
                    open.push(family);
                    open.reverse();
                    return self.agree(open, terminal);
                }
                Some('n') => {
                    shown = 3;
                    open.push(family);
                    continue;
                }
                Some('s') if family.members.len() > 1 => {
                    open.extend(split(&family));
                    continue;
                }
                Some(side @ ('o' | 'w' | 'd')) => {
                    self.side(side, &family, terminal)?;
                    open.push(family);
                    continue;
                }
                Some(key @ ('e' | 'W')) => {
                    self.evidence(key, &family, terminal)?;
                    open.push(family);
                    continue;
                }
                Some('S') => {
                    open.push(family);
                    open = open.iter().flat_map(split).collect();
                    continue;
                }
                Some('q' | 'R') | None => return Ok(()),
                Some('r') => {}
                Some(other) => {
                    // A slip of the finger decides nothing.
                    writeln!(
                        terminal.out,
                        "`{}` does nothing here",
                        other.escape_default()
                    )?;
                    open.push(family);
                    continue;
                }
            }
            at += 1;
        }
        Ok(())
    }

    fn agree(&mut self, families: Vec<Family>, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        write!(terminal.out, "reason: ")?;
        terminal.out.flush()?;
        let reason = line()?.unwrap_or_default();
        if reason.trim().is_empty() {
            writeln!(
                terminal.out,
                "not agreed to: a change record gives a reason"
            )?;
        } else {
            self.chosen.push((reason.trim().to_owned(), families));
        }
        Ok(())
    }

    fn show(
        &self,
        at: usize,
        total: usize,
        family: &Family,
        shown: usize,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        let scenarios = count(family.scenarios().len(), "scenario", "scenarios");
        writeln!(terminal.out, "\n[{}/{total}] {scenarios}", at + 1)?;
        write!(
            terminal.out,
            "{}",
            screen::family(at + 1, family, self.style)
        )?;
        for line in screen::why(&family.because) {
            writeln!(terminal.out, "        {line}")?;
        }
        let exemplars = self.exemplars(family);
        let some = exemplars.get(..shown.min(exemplars.len())).unwrap_or(&[]);
        write!(
            terminal.out,
            "{}",
            screen::exemplars(some, |at| self.open.name(at))
        )?;
        Ok(())
    }

    /// One side of the first example, whole.
    fn side(
        &self,
        side: char,
        family: &Family,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        let Some(member) = self.exemplars(family).first().copied() else {
            return Ok(());
        };
        let line = match side {
            'o' => &member.one.old,
            'w' => &member.one.new,
            _ => &None,
        };
        let fields = line.iter().flat_map(|line| &line.fields);
        for (key, value) in fields {
            writeln!(terminal.out, "        {key}: {}", value.join("; "))?;
        }
        Ok(())
    }

    /// The scenario of the first example, or why it is as it says.
    fn evidence(
        &self,
        key: char,
        family: &Family,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        let exemplars = self.exemplars(family);
        let first = exemplars.first().copied();
        let Some((member, line)) = first.and_then(|member| Some((member, member.one.line()?)))
        else {
            return Ok(());
        };
        let path = self.home.join(self.open.name(member.scenario));
        match key {
            'W' => evidence::scenario(&path, terminal),
            _ => evidence::both(&path, line, self.rules, terminal),
        }
    }

    fn exemplars<'f>(&self, family: &'f Family) -> Vec<&'f Member> {
        family.exemplars(|at| self.open.size(at))
    }
}

/// A family for each scenario.
fn split(family: &Family) -> Vec<Family> {
    let of = |scenario: usize| Family {
        members: family
            .members
            .iter()
            .filter(|member| member.scenario == scenario)
            .cloned()
            .collect(),
        ..family.clone()
    };
    family.scenarios().into_iter().rev().map(of).collect()
}

/// The next key; nothing at the end of the input.
fn key(terminal: &mut Terminal<'_>) -> Result<Option<char>, Trouble> {
    write!(
        terminal.out,
        "a agree  r leave  n examples  o old  w new  e explain  W scenario  s split  A agree to all  R leave all  S split all  q stop > "
    )?;
    terminal.out.flush()?;
    if std::io::stdin().is_terminal() {
        let key = console::Term::stdout().read_char().ok();
        writeln!(terminal.out)?;
        return Ok(key);
    }
    loop {
        match line()? {
            None => return Ok(None),
            Some(line) => {
                if let Some(key) = line.trim().chars().next() {
                    return Ok(Some(key));
                }
            }
        }
    }
}

fn line() -> Result<Option<String>, Trouble> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then_some(line))
}
