//! Tables for spreadsheets and gradebooks; the only door to `csv`. No cell can be taken for a formula.

use crate::exercise::session::{Ask, ClaimText, Detail, Happening, Mark, Response, Session};

/// Points by role and question, shaped for the import of a gradebook.
pub fn scores(session: &Session<'_>) -> String {
    let rows = session.marks().into_iter().map(|mark| {
        let counted = mark
            .counted
            .map(|points| format!("{points:.2}"))
            .unwrap_or_default();
        let engine = mark
            .points
            .map(|points| format!("{points:.2}"))
            .unwrap_or_default();
        let state = match mark.counted {
            Some(_) => "graded",
            None if session.answers.contains_key(&mark.ask) => "not graded",
            None => "unanswered",
        };
        let (hints, of) = (mark.hints.to_string(), mark.of.to_string());
        let Ask { role, question } = mark.ask;
        vec![role, question, counted, engine, of, hints, state.to_owned()]
    });
    table(
        &[
            "role",
            "question",
            "points",
            "points of the engine",
            "of",
            "hints",
            "state",
        ],
        rows,
    )
}

/// Every part of every answer.
pub fn answers(session: &Session<'_>) -> String {
    let mut rows = Vec::new();
    for mark in session.marks() {
        let answered = session.answers.get(&mark.ask);
        let Some(answered) = answered else { continue };
        for (text, credit) in parts(&answered.response, &mark) {
            let (role, question) = (mark.ask.role.clone(), mark.ask.question.clone());
            rows.push(vec![
                role,
                question,
                answered.clock.to_string(),
                text,
                credit,
            ]);
        }
    }
    table(
        &["role", "question", "clock", "answer", "credit"],
        rows.into_iter(),
    )
}

fn parts(response: &Response, mark: &Mark) -> Vec<(String, String)> {
    match (response, &mark.detail) {
        (
            Response::Claims(claims),
            Detail::Claims {
                claims: read,
                grade,
                ..
            },
        ) => {
            let credit = |claim: &ClaimText| {
                let judged = grade.claims.iter();
                let judged = judged.filter(|judged| read.get(judged.claim) == Some(claim));
                judged.map(|judged| judged.credit).next()
            };
            let told = claims.iter().map(|claim| {
                let credit = credit(claim).map(|credit| format!("{credit:.2}"));
                (claim.sentence.clone(), credit.unwrap_or_default())
            });
            told.collect()
        }
        (Response::NoObligation, detail) => {
            let right = matches!(detail, Detail::Claims { key, .. } if key.is_empty());
            vec![("no obligation".to_owned(), whole(Some(right)))]
        }
        (Response::Chosen { options, .. }, detail) => chosen(options, detail),
        (Response::Text(text), _) => vec![(text.clone(), String::new())],
        (Response::Claims(claims), _) => claims
            .iter()
            .map(|claim| (claim.sentence.clone(), String::new()))
            .collect(),
    }
}

/// What was chosen, each with whether it is right; decisions are neither.
fn chosen(options: &[String], detail: &Detail) -> Vec<(String, String)> {
    let offered = match detail {
        Detail::Chosen { offer, .. } => offer.options.as_slice(),
        _ => &[],
    };
    if options.is_empty() {
        let graded = offered.iter().any(|it| it.right.is_some());
        let right = offered.iter().all(|it| it.right != Some(true));
        return vec![("none of these".to_owned(), whole(graded.then_some(right)))];
    }
    let told = options.iter().map(|option| {
        let offered = offered.iter().find(|it| it.id == *option);
        (option.clone(), whole(offered.and_then(|it| it.right)))
    });
    told.collect()
}

fn whole(right: Option<bool>) -> String {
    let credit = right.map(|right| if right { "1.00" } else { "0.00" });
    credit.unwrap_or_default().to_owned()
}

/// The log, an entry a row.
pub fn events(session: &Session<'_>) -> String {
    let rows = session.log.iter().map(|entry| {
        let what = serde_json::to_value(&entry.happening).unwrap_or_default();
        let kind = what.as_object().and_then(|map| map.keys().next().cloned());
        let kind = kind
            .or_else(|| what.as_str().map(str::to_owned))
            .unwrap_or_default();
        let undone = if session.undone.contains(&entry.sequence) {
            "undone"
        } else {
            ""
        };
        let about = about(&entry.happening);
        vec![
            entry.sequence.to_string(),
            entry.clock.to_string(),
            kind,
            about,
            undone.to_owned(),
        ]
    });
    table(&["sequence", "clock", "what", "about", "undone"], rows)
}

fn about(happening: &Happening) -> String {
    match happening {
        Happening::Joined { role, name } => format!("{name} as {role}"),
        Happening::Released { inject, .. } => inject.clone(),
        Happening::Answered { role, question, .. }
        | Happening::Effected { role, question }
        | Happening::Hinted { role, question }
        | Happening::Overridden { role, question, .. }
        | Happening::Dissented { role, question, .. } => format!("{role} {question}"),
        Happening::Granted { role, minutes } => format!("{role} {minutes} min"),
        Happening::Closed { question } | Happening::Revealed { question } => question.clone(),
        Happening::Noted { text, .. }
        | Happening::Bookmarked { text }
        | Happening::Reflected { text, .. } => text.clone(),
        Happening::Argued {
            role, fact, claim, ..
        } => format!("{role} {fact}: {claim}"),
        Happening::Settled { fact, reason, .. } => format!("{fact}: {reason}"),
        Happening::ClockSet { seconds } => format!("{seconds} s"),
        Happening::Undone { entry } => entry.to_string(),
        _ => String::new(),
    }
}

/// A table from its head and rows.
pub(crate) fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; a row that did would be missing from the table and from nothing else.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| neutral(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The rows of a table, its head first; quotation marks that keep a cell from being a formula are taken away.
///
/// # Errors
/// A text that is no table, in words.
pub(crate) fn read(text: &str) -> Result<Vec<Vec<String>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    // Some spreadsheets write semicolons where the comma is for decimals.
    let head = text.lines().next().unwrap_or_default();
    let semicolons = head.matches(';').count() > head.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let own = |cell: &str| {
        let formula = cell.strip_prefix('\'').filter(|rest| neutral(rest) == cell);
        formula.unwrap_or(cell).replace("\r\n", "\n")
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unequal(&error, rows.len() + 1))?;
        rows.push(record.iter().map(own).collect());
    }
    Ok(rows)
}

/// Why a row is none, with the number that a spreadsheet gives it.
fn unequal(error: &csv::Error, row: usize) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("row {row} has {len} cells, and the head has {expected_len}"),
        _ => format!("row {row}: {error}"),
    }
}

/// A cell that no spreadsheet takes for a formula: a quotation mark goes before what could begin one.
fn neutral(cell: &str) -> String {
    let cell: String = cell
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    let starts = cell.trim_start().starts_with(['=', '+', '-', '@']);
    if starts { format!("'{cell}") } else { cell }
}
