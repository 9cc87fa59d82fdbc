//! A timeline in two lanes: what happened, and what falls due.

use super::svg::Canvas;
use super::{high, lines};
use crate::calendar::Day;
use crate::exercise::report::Block;
use crate::exercise::session::Session;
use crate::exercise::{Obligations, Viewer, key};
use crate::model::norm::Modality;

const WIDTH: f64 = 960.0;
/// Where the words of the two lanes begin, the first of them down the page, and what is kept free beside them.
const EVENTS: f64 = 120.0;
const DEADLINES: f64 = 560.0;
const TOP: f64 = 52.0;
const GAP: f64 = 16.0;

/// Something on a day.
struct Row<'t> {
    day: Day,
    text: &'t str,
    deadline: bool,
    lines: Vec<String>,
}

impl Row<'_> {
    fn high(&self) -> f64 {
        high(&self.lines) + 9.0
    }
}

/// What happened and what falls due, in the order of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Events.
    pub events: Vec<(Day, String)>,
    /// Deadlines.
    pub deadlines: Vec<(Day, String)>,
    /// The day of the story.
    pub today: Option<Day>,
}

/// What somebody knows of both.
pub fn timeline(session: &Session<'_>, viewer: Viewer) -> Timeline {
    let facts = session.seen(viewer).into_iter();
    let mut events: Vec<(Day, String)> = facts
        .map(|fact| (fact.from.first(), fact.sentence))
        .collect();
    let asked = Obligations {
        own: false,
        kinds: vec![Modality::Duty],
        fields: Vec::new(),
        beta: 1,
        due_tolerance: 0,
    };
    // What falls due is an answer: it is shown of what was asked and revealed only.
    let revealed = session.released.iter().rev().find(|released| {
        let inject = session.exercise.inject(released.inject);
        let shown = |id: &String| session.revealed.contains(id);
        !inject.questions.is_empty() && inject.questions.iter().all(|asked| shown(&asked.id))
    });
    let known = revealed.map(|released| key(session.pack, &released.world, viewer, &asked, None));
    let due = known.into_iter().flatten().filter_map(|item| {
        let due = item.due?;
        Some((due, format!("{} ({})", item.sentence, item.citation)))
    });
    let mut deadlines: Vec<(Day, String)> = due.collect();
    events.sort();
    deadlines.sort();
    deadlines.dedup();
    Timeline {
        events,
        deadlines,
        today: (!session.released.is_empty()).then_some(session.world.day),
    }
}

impl Timeline {
    fn lanes(&self) -> Vec<(Day, &str, bool)> {
        let events = self
            .events
            .iter()
            .map(|(day, text)| (*day, text.as_str(), false));
        let deadlines = self
            .deadlines
            .iter()
            .map(|(day, text)| (*day, text.as_str(), true));
        let mut rows: Vec<_> = events.chain(deadlines).collect();
        rows.sort_by_key(|row| row.0);
        rows
    }

    /// As a picture: time runs down, in one lane what happened, in the other what falls due.
    pub fn svg(&self) -> String {
        // Where nothing falls due the other lane may have the room.
        let room = if self.deadlines.is_empty() {
            WIDTH - EVENTS - GAP
        } else {
            DEADLINES - EVENTS - 2.0 * GAP
        };
        let rows: Vec<Row<'_>> = self.rows(room).collect();
        let height: f64 = rows.iter().map(Row::high).sum::<f64>() + TOP + GAP;
        let mut canvas = Canvas::new("What happened, and what falls due", WIDTH, height);
        self.lane(&mut canvas, EVENTS, "What happened", height);
        if !self.deadlines.is_empty() {
            self.lane(&mut canvas, DEADLINES, "What falls due", height);
        }
        let mut y = TOP;
        let mut today = self.today;
        let mut before = None;
        for row in &rows {
            if let Some(now) = today.filter(|now| *now < row.day) {
                let said = format!("now: {now}");
                canvas.rule((0.0, y - 16.0), (WIDTH, y - 16.0), "today");
                canvas.words((WIDTH - 120.0, y - 19.0), "now", &said, "Today");
                today = None;
            }
            if before.replace(row.day) != Some(row.day) {
                canvas.words((0.0, y), "day", &row.day.to_string(), "Day");
            }
            let (x, class) = if row.deadline {
                (DEADLINES, "deadline")
            } else {
                (EVENTS, "event")
            };
            canvas.dot((x - GAP, y - 5.0), class, row.text);
            canvas.label((x, y), class, &row.lines, row.text);
            y += row.high();
        }
        canvas.finish()
    }

    fn rows(&self, room: f64) -> impl Iterator<Item = Row<'_>> {
        let rows = self.lanes().into_iter();
        rows.map(move |(day, text, deadline)| {
            let room = if deadline { WIDTH - DEADLINES } else { room };
            Row {
                day,
                text,
                deadline,
                lines: lines(text, room),
            }
        })
    }

    fn lane(&self, canvas: &mut Canvas, x: f64, title: &str, height: f64) {
        canvas.words((x, 18.0), "lane", title, title);
        let axis = x - GAP;
        canvas.rule((axis, 28.0), (axis, height - 6.0), "axis");
    }

    /// As a table.
    pub fn table(&self) -> Block {
        let rows = self.lanes().into_iter().map(|(day, text, deadline)| {
            let lane = if deadline { "falls due" } else { "happened" };
            vec![day.to_string(), lane.to_owned(), text.to_owned()]
        });
        let head = ["day", "lane", "what"];
        Block::Table(
            head.iter().map(|word| (*word).to_owned()).collect(),
            rows.collect(),
        )
    }
}
