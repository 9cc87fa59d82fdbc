//! What `casus test` found, told to people and to programs.

use super::exit::Exit;
use super::output::OutputArguments;
use super::terminal::Terminal;
use super::trouble::Trouble;
use super::waiting::Open;
use crate::change::family::Family;
use crate::change::trial::{Checked, State};
use crate::change::{document, screen};
use crate::diagnostic::phrase::count;
use crate::report::finding::{Finding, Level, TestCase};
use crate::report::style::Style;
use rustc_hash::FxHashSet;
use std::path::PathBuf;

/// What to do with snapshots that no scenario belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOver {
    Warn,
    Reject,
    Delete,
}

/// The findings of a run.
pub(super) struct Tested {
    strict: bool,
    largest: Option<usize>,
    checked: Vec<Checked>,
    /// What waits, of this run and of those before it.
    open: Open,
    /// Scenarios whose snapshot has moved and is on no record.
    pub(super) uncovered: Vec<String>,
    left_over: Vec<PathBuf>,
    rejected: bool,
}

/// The most of a line that is shown.
const LONGEST: usize = 200;

/// The most scenarios without snapshot that are named.
const MOST_NAMED: usize = 10;

impl Tested {
    pub(super) fn new(strict: bool, largest: Option<usize>) -> Self {
        Self {
            strict,
            largest,
            checked: Vec::new(),
            open: Open::default(),
            uncovered: Vec::new(),
            left_over: Vec::new(),
            rejected: false,
        }
    }

    pub(super) fn add(&mut self, checked: Vec<Checked>) {
        self.checked.extend(checked);
    }

    pub(super) fn wait_for(&mut self, open: Open) {
        self.open = open;
    }

    pub(super) fn unreferenced(
        &mut self,
        files: Vec<PathBuf>,
        what: LeftOver,
    ) -> Result<(), Trouble> {
        if what == LeftOver::Delete {
            for path in &files {
                let path = path.clone();
                std::fs::remove_file(&path).map_err(|error| Trouble::Write { path, error })?;
            }
        }
        self.rejected |= what == LeftOver::Reject && !files.is_empty();
        if what != LeftOver::Delete {
            self.left_over.extend(files);
        }
        Ok(())
    }

    /// Tells it all, and says how the run ends.
    pub(super) fn show(
        &self,
        output: &OutputArguments,
        terminal: &mut Terminal<'_>,
    ) -> Result<Exit, Trouble> {
        let families = &self.open.families;
        let exit = self.exit(families);
        if output.json {
            let told = document::test(
                &self.checked,
                &self.open.all,
                families,
                &self.uncovered,
                &self.left_over_names(),
            );
            writeln!(terminal.out, "{told}")?;
        } else {
            self.text(families, terminal)?;
        }
        output.write(
            "casus test",
            &self.findings(families),
            &self.cases(),
            terminal,
        )?;
        Ok(exit)
    }

    fn exit(&self, families: &[Family]) -> Exit {
        let broken = |one: &Checked| matches!(one.state, State::Broken(_) | State::Unreadable(_));
        let open = |one: &Checked| {
            matches!(one.state, State::New(_))
                || one.has_moved(self.strict)
                || !one.missed.is_empty()
        };
        if self.checked.iter().any(broken) {
            Exit::CouldNotRun
        } else if self.checked.iter().any(open)
            || self.rejected
            || !self.uncovered.is_empty()
            || !self.too_large(families).is_empty()
        {
            Exit::Noticed
        } else {
            Exit::Fine
        }
    }

    fn too_large<'f>(&self, families: &'f [Family]) -> Vec<(usize, &'f Family)> {
        let largest = self.largest.unwrap_or(usize::MAX);
        let all = families.iter().enumerate();
        all.filter(|(_, family)| family.scenarios().len() > largest)
            .collect()
    }

    fn summary(&self, style: Style) -> String {
        let number =
            |of: &dyn Fn(&Checked) -> bool| self.checked.iter().filter(|one| of(one)).count();
        let cached = number(&|one| one.cached);
        let parts = [
            (
                number(&|one| matches!(one.state, State::Same) && one.missed.is_empty()),
                "as agreed",
            ),
            (number(&|one| one.has_moved(true)), "moved"),
            (number(&|one| !one.missed.is_empty()), "not as expected"),
            (
                number(&|one| matches!(one.state, State::New(_))),
                "without snapshot",
            ),
            (
                number(&|one| matches!(one.state, State::Broken(_))),
                "with mistakes",
            ),
            (
                number(&|one| matches!(one.state, State::Unreadable(_))),
                "with a snapshot that cannot be read",
            ),
        ];
        let first = parts.iter().take(1);
        let rest = parts.iter().skip(1).filter(|(number, _)| *number > 0);
        let told: Vec<String> = first
            .chain(rest)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        let known = if cached > 0 {
            style.quiet(&format!(" ({cached} known from before)"))
        } else {
            String::new()
        };
        let scenarios = count(self.checked.len(), "scenario", "scenarios");
        format!("{scenarios}: {}{known}", told.join(", "))
    }

    fn text(&self, families: &[Family], terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let style = Style { color: true };
        writeln!(terminal.out, "{}", self.summary(style))?;
        for one in &self.checked {
            write!(terminal.out, "{}", troubles(one, style))?;
        }
        self.without_snapshot(style, terminal)?;
        if !families.is_empty() {
            writeln!(terminal.out, "\n{}", style.heading(&self.moved()))?;
        }
        let told = screen::families(
            families,
            style,
            1,
            |at| self.open.size(at),
            |at| self.open.name(at),
        );
        write!(terminal.out, "{told}")?;
        for (at, family) in self.too_large(families) {
            let scenarios = family.scenarios().len();
            let line = format!("F{} is larger than allowed: {scenarios} scenarios", at + 1);
            writeln!(terminal.out, "{}", style.bad(&line))?;
        }
        for name in &self.uncovered {
            writeln!(
                terminal.out,
                "{} {name}: its snapshot differs from the base, and no change record agrees to that",
                style.bad("NOT ON RECORD")
            )?;
        }
        for path in &self.left_over {
            writeln!(
                terminal.out,
                "left over: {} belongs to no scenario (--unreferenced=delete takes it away)",
                path.display()
            )?;
        }
        if !families.is_empty() {
            writeln!(
                terminal.out,
                "\nlook at them: casus review      agree to one: casus accept F1 --reason \"why\""
            )?;
        }
        Ok(())
    }

    /// What waits, and how much of it this run did not look at.
    fn moved(&self) -> String {
        let looked_at: FxHashSet<&str> = self.checked.iter().map(|one| &*one.source.name).collect();
        let earlier = self.open.moved().filter(|name| !looked_at.contains(name));
        let counted = self.open.counted();
        match earlier.count() {
            0 => format!("Moved: {counted}"),
            some => format!("Moved: {counted}; {some} found by an earlier run"),
        }
    }

    fn without_snapshot(&self, style: Style, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let new: Vec<&Checked> = self
            .checked
            .iter()
            .filter(|one| matches!(one.state, State::New(_)))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        writeln!(terminal.out, "\n{}", style.heading("Without snapshot"))?;
        for one in new.iter().take(MOST_NAMED) {
            writeln!(terminal.out, "  {}", one.source.name)?;
        }
        if new.len() > MOST_NAMED {
            writeln!(terminal.out, "  and {} more", new.len() - MOST_NAMED)?;
        }
        writeln!(
            terminal.out,
            "agree to their outcomes as they are: casus accept new --reason \"why\""
        )?;
        Ok(())
    }

    fn left_over_names(&self) -> Vec<String> {
        self.left_over
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }

    fn cases(&self) -> Vec<TestCase> {
        self.checked
            .iter()
            .map(|one| TestCase {
                name: one.source.name.clone(),
                failures: failures(one),
            })
            .collect()
    }

    /// Families first: each stands where the edit stands that caused it.
    fn findings(&self, families: &[Family]) -> Vec<Finding> {
        let mut found = screen::findings(families, |at| self.open.name(at), Level::Error);
        for one in &self.checked {
            found.extend(one.missed.iter().map(|missed| {
                Finding {
                    kind: "expectation",
                    level: Level::Error,
                    message: format!("expected {}", missed.expected),
                    details: missed
                        .found
                        .iter()
                        .map(|line| format!("but {line}"))
                        .collect(),
                    steps: Vec::new(),
                    file: one.source.name.clone(),
                    line: missed.line,
                }
            }));
            let whole = |kind, message: String, details: Vec<String>| Finding {
                kind,
                level: Level::Error,
                message,
                details,
                steps: Vec::new(),
                file: one.source.name.clone(),
                line: 1,
            };
            match &one.state {
                State::New(_) => found.push(whole(
                    "without-snapshot",
                    "it has no snapshot yet".to_owned(),
                    Vec::new(),
                )),
                State::Broken(mistakes) => found.push(whole(
                    "mistake",
                    "it has mistakes".to_owned(),
                    mistakes.clone(),
                )),
                State::Unreadable(why) => found.push(whole("snapshot", why.clone(), Vec::new())),
                State::Same | State::Moved { .. } => {}
            }
        }
        found.extend(
            self.uncovered.iter().map(|name| Finding {
                kind: "not-on-record",
                level: Level::Error,
                message: "its snapshot differs from the base, and no change record agrees to that"
                    .to_owned(),
                details: Vec::new(),
                steps: Vec::new(),
                file: name.clone(),
                line: 1,
            }),
        );
        found
    }
}

/// What is wrong with a scenario, apart from what moved.
fn troubles(one: &Checked, style: Style) -> String {
    let mut out = String::new();
    let name = &one.source.name;
    for missed in &one.missed {
        out.push_str(&format!(
            "{} {name}:{}  {}\n",
            style.bad("NOT AS EXPECTED"),
            missed.line,
            missed.expected
        ));
        for line in &missed.found {
            out.push_str(&format!("    but {}\n", screen::shortened(line, LONGEST)));
        }
    }
    match &one.state {
        State::Broken(mistakes) => {
            for mistake in mistakes {
                out.push_str(&format!("{} {name}:{mistake}\n", style.bad("MISTAKE")));
            }
        }
        State::Unreadable(why) => out.push_str(&format!("{} {why}\n", style.bad("SNAPSHOT"))),
        State::Same | State::New(_) | State::Moved { .. } => {}
    }
    out
}

fn failures(one: &Checked) -> Vec<(String, String)> {
    let missed = one.missed.iter().map(|missed| {
        let found: Vec<String> = missed
            .found
            .iter()
            .map(|line| format!("but {line}"))
            .collect();
        (
            format!("line {}: {}", missed.line, missed.expected),
            found.join("\n"),
        )
    });
    let mut found: Vec<(String, String)> = missed.collect();
    match &one.state {
        State::Same => {}
        State::New(_) => found.push(("it has no snapshot yet".to_owned(), String::new())),
        State::Moved { moves, .. } => {
            let lines: Vec<String> = moves.iter().flat_map(screen::one_move).collect();
            found.push((count(moves.len(), "move", "moves"), lines.join("\n")));
        }
        State::Broken(mistakes) => found.push(("mistakes".to_owned(), mistakes.join("\n"))),
        State::Unreadable(why) => found.push(("its snapshot".to_owned(), why.clone())),
    }
    found
}
