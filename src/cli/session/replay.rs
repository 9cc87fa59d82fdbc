//! `casus session replay`: a session told again.

use super::opened::Opened;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::phrase::or_ticked;
use crate::exercise::play::scene;
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session};
use clap::ValueHint;
use std::path::PathBuf;
use std::time::Duration;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The session file
    #[arg(value_hint = ValueHint::FilePath)]
    session: PathBuf,
    /// Through whose eyes: `facilitator`, `evaluator`, `projector` or a role
    #[arg(long = "as", value_name = "WHO", default_value = "facilitator")]
    who: String,
    /// So many times as fast as it was [default: all at once]
    #[arg(long, value_name = "TIMES", value_parser = speed)]
    speed: Option<f64>,
}

fn speed(text: &str) -> Result<f64, String> {
    let speed: f64 = text.parse().map_err(|_| "a number, as in 10".to_owned())?;
    if (0.01..=100_000.0).contains(&speed) {
        return Ok(speed);
    }
    Err("between 0.01 and 100000".to_owned())
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let opened = Opened::of(&arguments.session)?;
    let session = opened.session(terminal)?;
    let audience = audience(&session, &arguments.who)?;
    let exercise = session.exercise;
    let heading = format!("{}\n{}", exercise.marking, exercise.title);
    writeln!(terminal.out, "{}", clean(&heading))?;
    let mut last = 0;
    let width = terminal.columns();
    for seen in session.replay(audience, |then, entry| scene(then, audience, entry, width)) {
        if let Some(speed) = arguments.speed {
            terminal.out.flush()?;
            let passed = Duration::from_secs(seen.clock.saturating_sub(last));
            std::thread::sleep(passed.div_f64(speed));
        }
        last = seen.clock.max(last);
        let (hours, minutes, seconds) = (seen.clock / 3600, seen.clock / 60 % 60, seen.clock % 60);
        let news = clean(&seen.news);
        writeln!(
            terminal.out,
            "[{hours}:{minutes:02}:{seconds:02}] {} {news}",
            seen.sequence
        )?;
        if let Some(scene) = seen.scene {
            writeln!(terminal.out, "{}", clean(&scene))?;
        }
    }
    Ok(Exit::Fine)
}

fn audience(session: &Session<'_>, who: &str) -> Result<Audience, Trouble> {
    match who {
        "facilitator" => return Ok(Audience::Facilitator),
        "evaluator" => return Ok(Audience::Evaluator),
        "projector" => return Ok(Audience::Projector),
        _ => {}
    }
    let exercise = session.exercise;
    let found = exercise.role_named(who).map(Audience::Team);
    found.ok_or_else(|| {
        let roles = exercise
            .playing()
            .map(|role| exercise.role(role).id.as_str());
        let staff = ["facilitator", "evaluator", "projector"];
        let known = or_ticked(staff.into_iter().chain(roles));
        Trouble::Nothing(format!("nobody is called `{who}` here; it is {known}"))
    })
}
