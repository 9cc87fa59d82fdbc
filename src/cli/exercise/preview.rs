//! `casus exercise preview`: what teams of the program would get.

use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::{Exercise, MOST_FOR_EVERYTHING, Pack, QuestionKind, try_out};
use crate::report::style::wrap;

pub(super) fn preview(
    pack: &Pack,
    exercise: &Exercise,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let tried = try_out(pack, exercise);
    writeln!(
        terminal.out,
        "question  role            owed  perfect  everything  all offered  nothing  of"
    )?;
    let (mut everything, mut ticks_all, mut of) = (0.0, 0.0, 0);
    for row in &tried {
        writeln!(
            terminal.out,
            "{:<8}  {:<14}  {:>4}  {:>7.1}  {:>10.1}  {:>11.1}  {:>7.1}  {:>2}",
            row.question,
            row.role,
            row.key,
            row.perfect,
            row.everything,
            row.ticks_all,
            row.nothing,
            row.of
        )?;
        ticks_all += row.ticks_all;
        everything += row.everything;
        of += row.of;
    }
    let share = |points: f64| points / f64::from(of.max(1));
    let (share, ticked) = (share(everything), share(ticks_all));
    writeln!(
        terminal.out,
        "who claims everything gets {:.0} %, who ticks all that is offered {:.0} %; who hands in nothing gets nothing",
        share * 100.0,
        ticked * 100.0
    )?;
    let others = exercise.injects.iter().flat_map(|inject| &inject.questions);
    let others = others.filter(|it| !matches!(it.kind, QuestionKind::Obligations(_)));
    let others: Vec<&str> = others.map(|question| question.id.as_str()).collect();
    if !others.is_empty() {
        let text = format!(
            "not tried, because they are not about who owes what: {}",
            others.join(", ")
        );
        writeln!(terminal.out, "{}", wrap(&text, 0, 2))?;
    }
    if share >= MOST_FOR_EVERYTHING {
        let most = MOST_FOR_EVERYTHING * 100.0;
        writeln!(
            terminal.err,
            "warning: claiming everything should pay less than {most:.0} %: ask for more fields, or of fewer"
        )?;
    }
    Ok(Exit::Fine)
}
