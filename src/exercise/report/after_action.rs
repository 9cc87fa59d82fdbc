//! The after-action report: what was to be learnt, what happened, what each team saw, missed and claimed in vain, and why.

use super::Block;
use super::calibration;
use super::profile::profile;
use super::timeline::timeline;
use crate::exercise::session::{
    Actor, Bundle, Detail, Feedback, Happening, Mark, Response, Session, take_common,
};
use crate::exercise::{Inject, Question, QuestionKind, Viewer, words_of};
use crate::wording;

/// The whole report.
pub fn after_action(session: &Session<'_>) -> Vec<Block> {
    let marks = session.marks();
    let mut blocks = summary(session, &marks);
    blocks.extend(objectives(session, &marks));
    blocks.extend(timeline(session));
    for released in &session.released {
        blocks.extend(inject(
            session,
            session.exercise.inject(released.inject),
            &marks,
        ));
    }
    blocks.extend(errors(session, &marks));
    blocks.extend(afterwards(session));
    blocks.extend(appendix(session));
    blocks
}

pub(super) fn heading(level: u8, text: &str) -> Block {
    Block::Heading(level, text.to_owned())
}

fn summary(session: &Session<'_>, marks: &[Mark]) -> Vec<Block> {
    let exercise = session.exercise;
    let rows = exercise.roles.iter().filter_map(|role| {
        let own = marks.iter().filter(|mark| mark.ask.role == role.id);
        let asked: Vec<&Mark> = own.filter(|mark| session.counts(mark)).collect();
        if asked.is_empty() {
            return None;
        }
        let points = asked.iter().filter_map(|mark| mark.counted);
        let points = points.fold(0.0, |sum, points| sum + points);
        let of: u32 = asked.iter().map(|mark| mark.of).sum();
        let answered = asked.iter().filter(|mark| mark.counted.is_some()).count();
        Some(vec![
            role.title.clone(),
            format!("{answered} of {}", asked.len()),
            format!("{points:.1}"),
            of.to_string(),
        ])
    });
    vec![
        Block::Heading(1, format!("{}: after-action report", exercise.title)),
        heading(2, "Summary"),
        Block::Table(words(&["team", "answered", "points", "of"]), rows.collect()),
    ]
}

fn objectives(session: &Session<'_>, marks: &[Mark]) -> Vec<Block> {
    let exercise = session.exercise;
    let cited = exercise.objectives.iter().any(|it| !it.articles.is_empty());
    let with = |mut cells: Vec<String>, articles: String| {
        if cited {
            cells.insert(2, articles);
        }
        cells
    };
    let rows = exercise
        .objectives
        .iter()
        .enumerate()
        .map(|(at, objective)| {
            let tests = |question: &str| {
                let found = exercise.question(question);
                found.is_some_and(|(_, question)| question.objective == Some(at))
            };
            let own: Vec<&Mark> = marks
                .iter()
                .filter(|mark| tests(&mark.ask.question) && session.counts(mark))
                .collect();
            let cells = vec![
                objective.id.clone(),
                objective.text.clone(),
                rating(&own),
                rated_by_hand(session, &objective.id),
            ];
            with(cells, objective.articles.join(", "))
        });
    let head = words(&[
        "objective",
        "text",
        "rating by points",
        "rating of evaluators",
    ]);
    vec![
        heading(2, "Objectives"),
        Block::Table(with(head, "articles".to_owned()), rows.collect()),
    ]
}

/// P: performed without challenges, S: with some, M: with major ones, U: unable (the four ratings of exercise evaluation guides).
fn rating(own: &[&Mark]) -> String {
    let of: u32 = own.iter().map(|mark| mark.of).sum();
    if of == 0 {
        return "not tested".to_owned();
    }
    if own.iter().all(|mark| mark.counted.is_none()) {
        return "unanswered".to_owned();
    }
    let points: f64 = own.iter().filter_map(|mark| mark.counted).sum();
    let share = points / f64::from(of);
    let letter = match share {
        share if share >= 0.9 => "P",
        share if share >= 0.7 => "S",
        share if share >= 0.4 => "M",
        _ => "U",
    };
    format!("{letter} ({:.0} %)", share * 100.0)
}

fn rated_by_hand(session: &Session<'_>, id: &str) -> String {
    let ratings = session
        .log
        .iter()
        .filter_map(|entry| match &entry.happening {
            Happening::Noted {
                objective: Some(objective),
                rating: Some(rating),
                ..
            } if objective == id => Some(rating.to_string()),
            _ => None,
        });
    ratings.collect::<Vec<_>>().join(", ")
}

fn inject(session: &Session<'_>, inject: &Inject, marks: &[Mark]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before: Option<Vec<String>> = None;
    for question in &inject.questions {
        blocks.push(Block::Heading(
            2,
            format!("{} · {}", inject.id, question.id),
        ));
        blocks.push(Block::Paragraph(words_of(question)));
        let facts = known(session, question);
        blocks.push(if before.as_ref() == Some(&facts) {
            Block::Paragraph("The facts are those of the question before.".to_owned())
        } else {
            Block::List(facts.clone())
        });
        before = Some(facts);
        let own = marks.iter().filter(|mark| mark.ask.question == question.id);
        for mark in own {
            blocks.extend(answer(session, question, mark));
        }
    }
    blocks
}

/// The facts on which a question was graded, as the staff knew them.
fn known(session: &Session<'_>, question: &Question) -> Vec<String> {
    let world = session.world_of(&question.id);
    let scenario = world.and_then(|world| world.scenario(session.pack, Viewer::Truth));
    let rulebook = &session.pack.project.rulebook;
    let facts = scenario.map(|scenario| scenario.facts).unwrap_or_default();
    let told = facts.iter().map(|fact| {
        let contested = if fact.contested { " (contested)" } else { "" };
        format!(
            "{}, {}{contested}",
            wording::fact(rulebook, fact),
            fact.from
        )
    });
    told.collect()
}

fn answer(session: &Session<'_>, question: &Question, mark: &Mark) -> Vec<Block> {
    let role = session.exercise.role_named(&mark.ask.role);
    let title = role.map_or_else(String::new, |role| {
        session.exercise.role(role).title.clone()
    });
    let hints = mark.hints_told();
    let answered = session.answers.get(&mark.ask);
    let points = match mark.counted {
        Some(points) => format!("{points:.1} of {} points{hints}", mark.of),
        None if answered.is_none() => "unanswered".to_owned(),
        None => "not graded".to_owned(),
    };
    let mut blocks = vec![Block::Heading(3, format!("{title}: {points}"))];
    // Decisions and texts are told in other words below.
    if let Some(answered) = answered.filter(|_| question.is_graded()) {
        blocks.push(Block::Paragraph(format!(
            "Handed in: {}",
            said(question, &answered.response)
        )));
    }
    let mut feedback = session.feedback(mark);
    let common = take_common(&mut feedback);
    let mut lines: Vec<String> = feedback.iter().map(line).collect();
    if !common.is_empty() {
        lines.push(format!("all of this because {}", common.join("; ")));
    }
    if !lines.is_empty() {
        blocks.push(Block::List(lines));
    }
    if let (QuestionKind::Decide(choices), Some(chosen)) =
        (&question.kind, session.chosen(&mark.ask))
    {
        let label = choices.iter().find(|choice| choice.id == chosen);
        let label = label.map_or(chosen.as_str(), |choice| choice.label.as_str());
        blocks.push(Block::Paragraph(format!("Decided: {label}")));
    }
    if let Detail::Text(text) = &mark.detail {
        blocks.push(Block::Paragraph(text.clone()));
    }
    if let Some((share, reason)) = session.overrides.get(&mark.ask) {
        let text = format!("The staff gave {:.0} %: {reason}", share * 100.0);
        blocks.push(Block::Paragraph(text));
    }
    if let Some(reason) = session.dissents.get(&mark.ask) {
        blocks.push(Block::Paragraph(format!(
            "The team holds otherwise: {reason}"
        )));
    }
    blocks
}

/// What was handed in, in one line.
fn said(question: &Question, response: &Response) -> String {
    match response {
        Response::NoObligation => "no obligation arises".to_owned(),
        Response::Text(text) => text.clone(),
        Response::Chosen { options, .. } if options.is_empty() => "none of these".to_owned(),
        Response::Chosen { options, .. } => options.join("; "),
        Response::Claims(claims) => {
            let claims = claims.iter().map(|claim| {
                let due = claim.due.as_ref().map(|due| format!(", due {due}"));
                let stands = claim.standing.as_ref();
                let stands = stands.map(|word| format!(", {}", question.stands(word)));
                [
                    claim.sentence.clone(),
                    due.unwrap_or_default(),
                    stands.unwrap_or_default(),
                ]
                .concat()
            });
            claims.collect::<Vec<_>>().join("; ")
        }
    }
}

/// Feedback in one line.
fn line(feedback: &Feedback) -> String {
    let mut text = format!("{}: {}", feedback.word(), feedback.subject);
    if let Some(citation) = &feedback.citation
        && !feedback.subject.ends_with(citation.as_str())
    {
        text += &format!(" ({citation})");
    }
    let said = feedback.remarks.iter().chain(&feedback.reasons);
    let said: Vec<&str> = said.map(String::as_str).collect();
    if !said.is_empty() {
        text += &format!(": {}", said.join("; "));
    }
    text
}

fn errors(session: &Session<'_>, marks: &[Mark]) -> Vec<Block> {
    let rows = profile(session, marks)
        .into_iter()
        .map(|(element, count, teams)| {
            let teams = crate::diagnostic::phrase::count(teams, "team", "teams");
            vec![element.word().to_owned(), count.to_string(), teams]
        });
    let mut blocks = vec![
        heading(2, "What was overlooked"),
        Block::Table(words(&["legal element", "times", "by"]), rows.collect()),
    ];
    blocks.extend(calibration::told(marks));
    blocks
}

fn afterwards(session: &Session<'_>) -> Vec<Block> {
    let hotwash = &session.exercise.hotwash;
    let said = session
        .log
        .iter()
        .filter_map(|entry| match &entry.happening {
            Happening::Reflected { prompt, text } => {
                let by = match &entry.actor {
                    Actor::Team(role) if !hotwash.anonymous => format!(" ({role})"),
                    _ => String::new(),
                };
                Some(format!("{prompt}{by}: {text}"))
            }
            Happening::Bookmarked { text } => Some(format!("to come back to: {text}")),
            Happening::Noted { role, text, .. } => {
                let role = role
                    .as_ref()
                    .map(|role| format!(" on {role}"))
                    .unwrap_or_default();
                Some(format!("note{role}: {text}"))
            }
            _ => None,
        });
    let planned = hotwash.minutes.map(|minutes| {
        let prompts = hotwash.prompts.join(", ");
        Block::Paragraph(format!("Planned: {minutes} minutes ({prompts})."))
    });
    let mut blocks = vec![heading(2, "Hot wash")];
    blocks.extend(planned);
    blocks.extend([
        Block::List(said.collect()),
        heading(2, "Improvement plan"),
        Block::Table(
            words(&["action", "owner", "due"]),
            vec![words(&["", "", ""])],
        ),
    ]);
    blocks
}

fn appendix(session: &Session<'_>) -> Vec<Block> {
    let bundle = Bundle::of(session.pack);
    let lines = vec![
        format!("exercise {}", bundle.exercise_hash()),
        format!("rules {}", bundle.rules_hash()),
        format!("program casus {}", env!("CARGO_PKG_VERSION")),
        "made by: casus session report SESSION".to_owned(),
    ];
    vec![heading(2, "Appendix"), Block::List(lines)]
}

pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
