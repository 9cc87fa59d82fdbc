//! `casus accept`: agreeing to a family of moves, with a reason that goes on record.

use super::corpus;
use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use super::waiting::{Open, current};
use crate::calendar::{Day, PartialDate};
use crate::change::family::{Because, Family};
use crate::change::git;
use crate::change::moves::Move;
use crate::change::pending::{Pending, Waiting};
use crate::change::record::Record;
use crate::change::snapshot::Snapshot;
use crate::diagnostic::phrase::count;
use clap::ValueHint;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus accept F1 --reason \"Protocol of 1951\"     one family, by its number in casus test
  casus accept new --reason \"first encoding\"      the outcomes of scenarios without snapshot
  casus accept all --reason \"new reading of it\"   everything that waits";

/// Agree to what moved: a family, or all
///
/// The new outcome becomes the snapshot of each scenario of the family; other moves in the same scenarios stay open. What was
/// agreed to, by whom and why is written to a new file in the folder `changes`.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Families by their numbers (F1), `new` or `all`
    #[arg(required = true)]
    families: Vec<String>,
    /// Why
    #[arg(long, required = true)]
    reason: String,
    /// The day of the record [default: today]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Refuse a family of more scenarios than this
    #[arg(long, value_name = "N")]
    fail_on_family_larger_than: Option<usize>,
    /// The folder of the project [default: the folder you are in]
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    project: PathBuf,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    if arguments.reason.trim().is_empty() {
        return Err(Trouble::Nothing(
            "a reason says why; this one is empty".to_owned(),
        ));
    }
    let home = corpus::home(&arguments.project, &arguments.rules);
    let Open { all, families, .. } = Open::read(&home)?;
    let mut chosen = Vec::new();
    let mut new = Vec::new();
    for word in &arguments.families {
        match word.as_str() {
            "all" => chosen.extend(families.iter().cloned()),
            "new" => {}
            name => chosen.push(named(name, &families)?),
        }
        if matches!(word.as_str(), "all" | "new") {
            new.extend(all.iter().filter(|pending| pending.body.is_some()).cloned());
        }
    }
    if chosen.is_empty() && new.is_empty() {
        return Err(Trouble::Nothing(
            "nothing of that kind waits; casus test finds what has moved".to_owned(),
        ));
    }
    let largest = arguments.fail_on_family_larger_than.unwrap_or(usize::MAX);
    if let Some(large) = chosen
        .iter()
        .find(|family| family.scenarios().len() > largest)
    {
        let scenarios = large.scenarios().len();
        writeln!(
            terminal.err,
            "casus: not agreed to: `{}` is a family of {scenarios} scenarios, more than {largest}",
            large.pattern
        )?;
        return Ok(Exit::Noticed);
    }
    let choice = Choice {
        home: &home,
        date: arguments.date.as_deref(),
        reason: arguments.reason.trim(),
    };
    choice.agree(&chosen, &all, &new, terminal)?;
    Ok(Exit::Fine)
}

fn named(name: &str, families: &[Family]) -> Result<Family, Trouble> {
    let number = name
        .strip_prefix(['F', 'f'])
        .and_then(|number| number.parse::<usize>().ok());
    let found = number.and_then(|number| families.get(number.checked_sub(1)?));
    let known = count(families.len(), "family waits", "families wait");
    found
        .cloned()
        .ok_or_else(|| Trouble::Nothing(format!("there is no family `{name}`; {known}")))
}

/// An agreement.
pub(super) struct Choice<'a> {
    pub(super) home: &'a Path,
    pub(super) date: Option<&'a str>,
    pub(super) reason: &'a str,
}

impl Choice<'_> {
    /// Makes the moves of these families, and the outcomes of these new scenarios, what was agreed to. `all` is the list that
    /// the families speak of; what has been overtaken meanwhile stays as it is.
    pub(super) fn agree(
        &self,
        families: &[Family],
        all: &[Pending],
        new: &[Pending],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Trouble> {
        let date = self.day()?;
        let waiting = Waiting::new(self.home);
        let members = families.iter().flat_map(|family| &family.members);
        let chosen: FxHashSet<(&str, &Move)> = members
            .filter_map(|member| Some((all.get(member.scenario)?.scenario.as_str(), &member.one)))
            .collect();
        let mut saved = BTreeMap::new();
        for pending in current(&waiting, self.home)? {
            let path = self.home.join(&pending.scenario);
            if let Some(body) = pending.body.as_ref().filter(|_| new.contains(&pending)) {
                let snapshot = Snapshot::of_body(&path, body.clone());
                self.save(&waiting, &pending, &snapshot, Vec::new(), &mut saved)?;
                continue;
            }
            let (agreed, open): (Vec<_>, Vec<_>) = pending
                .moves
                .iter()
                .cloned()
                .partition(|(one, _)| chosen.contains(&(pending.scenario.as_str(), one)));
            let snapshot =
                Snapshot::load(&path).map_err(|why| Trouble::Nothing(why.to_string()))?;
            let Some(snapshot) = snapshot.filter(|_| !agreed.is_empty()) else {
                continue;
            };
            let told = snapshot
                .told(&path)
                .map_err(|why| Trouble::Nothing(why.to_string()))?;
            let told = agreed.iter().fold(told, |told, (one, _)| one.made(&told));
            self.save(&waiting, &pending, &snapshot.with(&told), open, &mut saved)?;
        }
        let families: Vec<&Family> = families.iter().collect();
        let snapshots: Vec<(String, u64)> = saved.into_iter().collect();
        let by = git::author(self.home);
        let record = Record {
            date: &date,
            by: by.as_deref(),
            reason: self.reason,
            families: &families,
            snapshots: &snapshots,
        };
        let folder = self.home.join("changes");
        let path = record.save(&folder).map_err(|error| Trouble::Write {
            path: folder,
            error,
        })?;
        let number = count(snapshots.len(), "snapshot", "snapshots");
        let name = path.strip_prefix(".").unwrap_or(&path).display();
        writeln!(
            terminal.out,
            "agreed to: {number} written, on record in {name}"
        )?;
        Ok(())
    }

    fn save(
        &self,
        waiting: &Waiting,
        pending: &Pending,
        snapshot: &Snapshot,
        open: Vec<(Move, Because)>,
        saved: &mut BTreeMap<String, u64>,
    ) -> Result<(), Trouble> {
        let path = self.home.join(&pending.scenario);
        let unwritten = |error| Trouble::Write {
            path: path.clone(),
            error,
        };
        snapshot.save(&path).map_err(unwritten)?;
        saved.insert(pending.scenario.clone(), snapshot.hash());
        if open.is_empty() {
            return waiting.drop(&pending.scenario).map_err(unwritten);
        }
        let left = Pending {
            old: Some(snapshot.hash()),
            moves: open,
            ..pending.clone()
        };
        waiting.put(&left).map_err(unwritten)
    }

    fn day(&self) -> Result<String, Trouble> {
        let Some(date) = self.date else {
            return Ok(today().to_string());
        };
        let known = PartialDate::parse(date).filter(|date| date.first() == date.last());
        known.map(|_| date.to_owned()).ok_or_else(|| {
            Trouble::Nothing(format!("`{date}` is not a day; write it as 2026-03-04"))
        })
    }
}

/// Today, by the clock of the world.
fn today() -> Day {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Day(since.map_or(0, |since| (since.as_secs() / 86_400) as i32))
}
