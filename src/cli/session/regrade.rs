//! `casus session regrade`: the same answers under other rules.

use super::opened::Opened;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesArgument;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::session::{Bundle, Kind, Session};
use crate::exercise::{moved, pinned};
use crate::source::SourceId;
use std::path::Path;

pub(super) fn regrade(
    path: &Path,
    rules: &RulesArgument,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let opened = Opened::of(path)?;
    let before = opened.session(terminal)?;
    let project = rules.origin(path).open(rules.with())?;
    let texts = (0..project.files.len() as u32).map(|at| {
        let source = project.sources.get(SourceId(at));
        (Kind::Rules, source.name.clone(), source.text.clone())
    });
    let kept = opened.store.bundle()?.texts.into_iter();
    let kept = kept.filter(|(kind, ..)| *kind != Kind::Rules);
    let bundle = Bundle {
        texts: texts.chain(kept).collect(),
    };
    let pack = bundle.pack();
    let (now, wrong) = opened.taken(&pack)?;
    if let Some(why) = wrong {
        writeln!(
            terminal.err,
            "casus: under these rules the log is taken only in part: {why}"
        )?;
    }
    let mut differs = false;
    for (old, new) in before.marks().iter().zip(now.marks()) {
        let (then, now) = (old.counted.unwrap_or(0.0), new.counted.unwrap_or(0.0));
        if (then - now).abs() > 1e-6 {
            differs = true;
            let (role, question) = (&new.ask.role, &new.ask.question);
            writeln!(terminal.out, "{role} {question}: {then:.1} -> {now:.1}")?;
        }
    }
    if differs {
        tell(&before, &now, terminal)?;
        return Ok(Exit::Noticed);
    }
    writeln!(terminal.out, "no points move")?;
    Ok(Exit::Fine)
}

/// What is right now instead of what was, in the order of the exercise.
fn tell(
    before: &Session<'_>,
    now: &Session<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    let keys = |session: &Session<'_>| pinned(session.pack, session.exercise);
    writeln!(terminal.out, "keys that moved:")?;
    for line in moved(&keys(before), &keys(now)) {
        writeln!(terminal.out, "  {line}")?;
    }
    Ok(())
}
