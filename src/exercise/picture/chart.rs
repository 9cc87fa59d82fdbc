//! A map without borders: a field for each region, with the places that matter and what happened there.

use super::svg::Canvas;
use super::{high, lines, short};
use crate::exercise::Viewer;
use crate::exercise::report::Block;
use crate::exercise::session::Session;
use crate::model::entity::EntityKind;
use crate::model::geography::Place;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;

const COLUMN: f64 = 472.0;
const ROW: f64 = 24.0;
const GAP: f64 = 16.0;
/// Between two labels.
const BETWEEN: f64 = 7.0;

/// Regions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// In the order in which they come up.
    pub regions: Vec<Region>,
}

/// A region with its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Its name.
    pub title: String,
    /// Its places.
    pub places: Vec<Spot>,
}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its name.
    pub title: String,
    /// Whose it is, on the day.
    pub whose: Option<String>,
    /// What happened there.
    pub marks: Vec<String>,
}

/// The places of those who play, and those where something happened, as somebody knows it.
pub fn chart(session: &Session<'_>, viewer: Viewer) -> Chart {
    let rulebook = &session.pack.project.rulebook;
    let playing: Vec<EntityId> = session
        .exercise
        .roles
        .iter()
        .filter_map(|it| it.party)
        .collect();
    let facts = session.seen(viewer);
    let own = session.pack.file;
    let mut places: Vec<EntityId> = facts.iter().filter_map(|fact| fact.place).collect();
    // An exercise with places of its own shows them from the beginning.
    let ids = (0..rulebook.entities.len()).map(EntityId::new);
    places.extend(ids.filter(|id| {
        let entity = &rulebook.entities[id.index()];
        let declared_here = own == Some(entity.span.source);
        let held = |place: &Place| place.sovereign.iter().any(|(who, _)| playing.contains(who));
        declared_here && place(rulebook, *id).is_some_and(held)
    }));
    let mut chart = Chart::default();
    let mut seen = std::collections::BTreeSet::new();
    places.retain(|place| seen.insert(*place));
    for id in places {
        let marks = facts.iter().filter(|fact| fact.place == Some(id));
        let spot = Spot {
            title: title(rulebook, id),
            whose: whose(session, id),
            marks: marks
                .map(|fact| format!("{}: {}", fact.from, fact.sentence))
                .collect(),
        };
        chart.region(&region(session, id)).places.push(spot);
    }
    chart
}

fn place(rulebook: &Rulebook, id: EntityId) -> Option<&Place> {
    match rulebook.entities.get(id.index())?.kind {
        EntityKind::Place(at) => rulebook.places.get(at),
        _ => None,
    }
}

fn title(rulebook: &Rulebook, id: EntityId) -> String {
    let entity = rulebook.entities.get(id.index());
    let title = entity.and_then(|entity| entity.title.clone());
    title.unwrap_or_else(|| rulebook.name(id))
}

fn whose(session: &Session<'_>, id: EntityId) -> Option<String> {
    let rulebook = &session.pack.project.rulebook;
    let place = place(rulebook, id)?;
    let day = session.world.day;
    let holder = place
        .sovereign
        .iter()
        .find(|(_, days)| days.contains(day))?;
    Some(title(rulebook, holder.0))
}

/// Where a place lies.
fn region(session: &Session<'_>, id: EntityId) -> String {
    let rulebook = &session.pack.project.rulebook;
    let day = session.world.day;
    let within = |id: EntityId| {
        let place = place(rulebook, id)?;
        let found = place.within.iter().find(|(_, days)| days.contains(day));
        found.map(|(outer, _)| *outer)
    };
    within(id).map_or_else(|| "elsewhere".to_owned(), |outer| title(rulebook, outer))
}

impl Spot {
    fn name(&self) -> String {
        let whose = self.whose.as_ref().map(|whose| format!(" ({whose})"));
        format!("{}{}", self.title, whose.unwrap_or_default())
    }

    /// What is written at it: its name, then what happened there.
    fn labels(&self) -> impl Iterator<Item = (f64, String, Vec<String>)> {
        let name = std::iter::once((34.0, self.name()));
        let marks = self.marks.iter().map(|mark| (46.0, mark.clone()));
        name.chain(marks).map(|(left, text)| {
            let lines = lines(&text, COLUMN - left - GAP);
            (left, text, lines)
        })
    }
}

impl Region {
    fn high(&self) -> f64 {
        let labels = self.places.iter().flat_map(Spot::labels);
        let all: f64 = labels.map(|(_, _, lines)| high(&lines) + BETWEEN).sum();
        all + ROW + GAP
    }

    fn draw(&self, canvas: &mut Canvas, (x, top): (f64, f64)) {
        canvas.field((x, top), (COLUMN, self.high()), "region", &self.title);
        canvas.words(
            (x + 12.0, top + 22.0),
            "lane",
            &short(&self.title),
            &self.title,
        );
        let mut y = top + 22.0 + ROW;
        for spot in &self.places {
            let class = if spot.marks.is_empty() {
                "place"
            } else {
                "place struck"
            };
            canvas.dot((x + 20.0, y - 5.0), class, &spot.name());
            for (at, (left, text, lines)) in spot.labels().enumerate() {
                let class = if at == 0 { "spot" } else { "event" };
                canvas.label((x + left, y), class, &lines, &text);
                y += high(&lines) + BETWEEN;
            }
        }
    }
}

impl Chart {
    fn region(&mut self, title: &str) -> &mut Region {
        let known = self.regions.iter().position(|region| region.title == title);
        let at = known.unwrap_or_else(|| {
            self.regions.push(Region {
                title: title.to_owned(),
                places: Vec::new(),
            });
            self.regions.len() - 1
        });
        &mut self.regions[at]
    }

    /// As a picture.
    pub fn svg(&self) -> String {
        let mut tops = [0.0, 0.0];
        let mut placed = Vec::new();
        for region in &self.regions {
            let column = usize::from(tops[1] < tops[0]);
            let x = f64::from(column as u32) * (COLUMN + GAP);
            placed.push((region, (x, tops[column])));
            tops[column] += region.high() + GAP;
        }
        let height = (tops[0].max(tops[1]) - GAP).max(ROW);
        let columns = if tops[1] > 0.0 { 2.0 } else { 1.0 };
        let width = columns * (COLUMN + GAP) - GAP;
        let title = "Where it happens (no true scale, no borders)";
        let mut canvas = Canvas::new(title, width, height);
        for (region, at) in placed {
            region.draw(&mut canvas, at);
        }
        canvas.finish()
    }

    /// As a table.
    pub fn table(&self) -> Block {
        let rows = self.regions.iter().flat_map(|region| {
            region.places.iter().map(|spot| {
                vec![
                    region.title.clone(),
                    spot.title.clone(),
                    spot.whose.clone().unwrap_or_default(),
                    spot.marks.join("; "),
                ]
            })
        });
        let head = ["region", "place", "whose", "what happened there"];
        Block::Table(
            head.iter().map(|word| (*word).to_owned()).collect(),
            rows.collect(),
        )
    }
}
