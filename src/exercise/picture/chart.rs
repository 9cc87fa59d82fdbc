//! A map without borders: a field for each region, with the places that matter and what happened there.

use super::short;
use super::svg::Canvas;
use crate::exercise::Viewer;
use crate::exercise::report::Block;
use crate::exercise::session::Session;
use crate::model::entity::EntityKind;
use crate::model::geography::Place;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;

const COLUMN: f64 = 352.0;
const ROW: f64 = 24.0;

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
        let high = |region: &Region| {
            let lines: usize = region.places.iter().map(|spot| 1 + spot.marks.len()).sum();
            ROW * (f64::from(lines as u32) + 2.0)
        };
        let mut tops = [0.0, 0.0];
        let mut placed = Vec::new();
        for region in &self.regions {
            let column = usize::from(tops[1] < tops[0]);
            placed.push((
                region,
                f64::from(column as u32) * (COLUMN + 16.0),
                tops[column],
            ));
            tops[column] += high(region) + 16.0;
        }
        let height = tops[0].max(tops[1]).max(ROW);
        let columns = if tops[1] > 0.0 { 2.0 } else { 1.0 };
        let width = columns * (COLUMN + 16.0) - 16.0;
        let mut canvas = Canvas::new(
            "Where it happens (no true scale, no borders)",
            width,
            height,
        );
        for (region, x, top) in placed {
            canvas.field((x, top), (COLUMN, high(region)), "region", &region.title);
            canvas.words(
                (x + 12.0, top + 22.0),
                "lane",
                &short(&region.title),
                &region.title,
            );
            let mut y = top + 22.0 + ROW;
            for spot in &region.places {
                let class = if spot.marks.is_empty() {
                    "place"
                } else {
                    "place struck"
                };
                let whose = spot.whose.as_ref().map(|whose| format!(" ({whose})"));
                let name = format!("{}{}", spot.title, whose.unwrap_or_default());
                canvas.dot((x + 20.0, y - 5.0), class, &name);
                canvas.words((x + 34.0, y), "spot", &short(&name), &name);
                y += ROW;
                for mark in &spot.marks {
                    canvas.words((x + 46.0, y), "event", &short(mark), mark);
                    y += ROW;
                }
            }
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
