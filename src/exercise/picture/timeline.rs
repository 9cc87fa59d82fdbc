//! A timeline in two lanes: what happened, and what falls due.

use super::short;
use super::svg::Canvas;
use crate::calendar::Day;
use crate::exercise::report::Block;
use crate::exercise::session::Session;
use crate::exercise::{Obligations, Viewer, key};
use crate::model::norm::Modality;

const WIDTH: f64 = 720.0;
const ROW: f64 = 22.0;
const LEFT: f64 = 110.0;

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

    /// As a picture: time runs down, events to the left of the middle, deadlines to the right.
    pub fn svg(&self) -> String {
        let rows = self.lanes();
        let height = ROW * (f64::from(rows.len() as u32) + 3.0);
        let mut canvas = Canvas::new("What happened, and what falls due", WIDTH, height);
        let middle = LEFT + 300.0;
        canvas.words((LEFT, 18.0), "lane", "What happened", "Events");
        canvas.words((middle + 16.0, 18.0), "lane", "What falls due", "Deadlines");
        canvas.rule((middle, 28.0), (middle, height - 6.0), "axis");
        let mut y = 48.0;
        let mut today = self.today;
        let mut before = None;
        for (day, text, deadline) in rows {
            if let Some(now) = today.filter(|now| *now < day) {
                canvas.rule((0.0, y - 8.0), (WIDTH, y - 8.0), "today");
                canvas.words(
                    (WIDTH - 120.0, y - 11.0),
                    "now",
                    &format!("now: {now}"),
                    "Today",
                );
                y += 10.0;
                today = None;
            }
            if before != Some(day) {
                canvas.words((0.0, y + 4.0), "day", &day.to_string(), "Day");
            }
            before = Some(day);
            let x = if deadline { middle + 16.0 } else { LEFT };
            let class = if deadline { "deadline" } else { "event" };
            canvas.dot((middle, y), class, text);
            canvas.words((x, y + 4.0), class, &short(text), text);
            y += ROW;
        }
        canvas.finish()
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
