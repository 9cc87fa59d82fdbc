//! Two graphs of actors: by which treaties they are bound to one another, and who owes what to whom.

use super::short;
use super::svg::{Canvas, Line};
use crate::engine::{Options, Outcome, Record};
use crate::exercise::report::Block;
use crate::exercise::session::Session;
use crate::exercise::{KeyItem, Standing, Viewer};
use crate::extent::Readings;
use crate::model::entity::EntityKind;
use crate::model::fact::Fact;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// The most actors in a picture; the table has them all.
const MOST: usize = 14;
/// So many need less room.
const FEW: usize = 6;
const WIDTH: f64 = 720.0;

/// Actors and what is between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// What it shows, in a sentence.
    pub title: String,
    /// The actors.
    pub nodes: Vec<String>,
    /// What is between them.
    pub edges: Vec<Edge>,
    /// It goes from the first to the second.
    pub directed: bool,
    /// What is between all of them alike, and therefore not drawn.
    pub common: Vec<String>,
}

/// Something between two actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// From, by number.
    pub from: usize,
    /// To, by number; `None`: to nobody in particular.
    pub to: Option<usize>,
    /// What, a line each.
    pub labels: Vec<String>,
    /// It does not hold fully: suspended, or only on some accounts.
    pub dashed: bool,
}

/// The treaties in force between those who play and those who take part in what happened.
pub fn bonds(session: &Session<'_>, viewer: Viewer) -> Graph {
    let rulebook = &session.pack.project.rulebook;
    let title = format!("Who is bound to whom on {}", session.world.day);
    let Some(scenario) = session.world.scenario(session.pack, viewer) else {
        return Graph::default();
    };
    let engine = session.pack.engine();
    let outcome = engine.evaluate(&scenario, &Options::default());
    let record = engine.record();
    let (treaties, _) = session.treaties(viewer);
    let actors = actors(session, &scenario.facts);
    let bonds: Vec<(String, Vec<(usize, bool)>)> = treaties
        .into_iter()
        .map(|treaty| {
            (
                treaty_label(rulebook, treaty),
                bound(&outcome, &record, treaty, &actors),
            )
        })
        .filter(|(_, bound)| bound.len() > 1)
        .collect();
    let bonded: BTreeSet<usize> = bonds
        .iter()
        .flat_map(|(_, bound)| bound.iter().map(|it| it.0))
        .collect();
    // What binds all alike tells nobody apart: it is named once and not drawn.
    let binds_all = |bound: &[(usize, bool)]| bonded.len() > 2 && bound.len() == bonded.len();
    let (common, drawn): (Vec<_>, Vec<_>) =
        bonds.into_iter().partition(|(_, bound)| binds_all(bound));
    let mut between: BTreeMap<(usize, usize), (Vec<String>, bool)> = BTreeMap::new();
    for (label, bound) in drawn {
        for (at, (first, open)) in bound.iter().enumerate() {
            for (second, other) in &bound[at + 1..] {
                let edge = between
                    .entry((*first, *second))
                    .or_insert((Vec::new(), true));
                edge.0.push(label.clone());
                edge.1 &= *open || *other;
            }
        }
    }
    let edges = between
        .into_iter()
        .map(|((from, to), (labels, dashed))| Edge {
            from,
            to: Some(to),
            labels,
            dashed,
        });
    Graph {
        title,
        edges: edges.collect(),
        nodes: actors.iter().map(|actor| rulebook.name(*actor)).collect(),
        directed: false,
        common: common.into_iter().map(|(label, _)| label).collect(),
    }
}

/// Who plays, and the states and organisations that the facts speak of.
fn actors(session: &Session<'_>, facts: &[Fact]) -> Vec<EntityId> {
    let rulebook = &session.pack.project.rulebook;
    let mut actors: Vec<EntityId> = session
        .exercise
        .roles
        .iter()
        .filter_map(|role| role.party)
        .collect();
    let named = facts.iter().flat_map(|fact| fact.atom.arguments).flatten();
    let is_state = |id: &EntityId| {
        let kind = rulebook.entities.get(id.index()).map(|entity| &entity.kind);
        let counts = matches!(
            kind,
            Some(EntityKind::State { .. } | EntityKind::Organisation)
        );
        id.possessed().is_none() && counts
    };
    actors.extend(named.filter(is_state));
    let mut seen = BTreeSet::new();
    actors.retain(|actor| seen.insert(*actor));
    actors
}

fn treaty_label(rulebook: &Rulebook, treaty: TreatyId) -> String {
    let treaty = rulebook.treaty(treaty);
    treaty.title.clone().unwrap_or_else(|| treaty.name.clone())
}

/// The actors bound by a treaty on the day, by number, and whether that is open or suspended.
fn bound(
    outcome: &Outcome<'_>,
    record: &Record,
    treaty: TreatyId,
    actors: &[EntityId],
) -> Vec<(usize, bool)> {
    let day = outcome.as_of;
    // A treaty that nothing in the situation touches is as the record has it.
    let members: Vec<(EntityId, bool)> = if outcome.in_force(treaty).is_some() {
        let members = outcome.members(treaty).into_iter();
        let now = members.map(|(actor, extent)| (actor, extent.at(day)));
        now.filter(|(_, now)| *now != Readings::NONE)
            .map(|(actor, now)| (actor, now != Readings::ALL))
            .collect()
    } else {
        let members = record
            .members(treaty)
            .filter(|member| member.days.contains(day));
        members
            .map(|member| (member.actor, !member.certain))
            .collect()
    };
    let bound = actors.iter().enumerate().filter_map(|(at, actor)| {
        let (_, open) = members.iter().find(|(member, _)| member == actor)?;
        Some((at, *open))
    });
    bound.collect()
}

/// Who owes what to whom, by a key.
pub fn owed(session: &Session<'_>, title: &str, key: &[KeyItem]) -> Graph {
    let rulebook = &session.pack.project.rulebook;
    let mut graph = Graph {
        title: title.to_owned(),
        directed: true,
        ..Graph::default()
    };
    for item in key {
        let Some(bearer) = item.arguments[0] else {
            continue;
        };
        let other = item.arguments[1].filter(|other| *other != bearer);
        let from = graph.node(&rulebook.name(bearer));
        let to = other.map(|other| graph.node(&rulebook.name(other)));
        let label = format!("{} ({})", item.sentence, item.citation);
        let dashed = item.standing != Standing::Owed;
        let known = graph
            .edges
            .iter_mut()
            .find(|edge| (edge.from, edge.to) == (from, to));
        match known {
            Some(edge) => {
                edge.labels.push(label);
                edge.dashed &= dashed;
            }
            None => graph.edges.push(Edge {
                from,
                to,
                labels: vec![label],
                dashed,
            }),
        }
    }
    graph
}

impl Graph {
    fn node(&mut self, name: &str) -> usize {
        let known = self.nodes.iter().position(|node| node == name);
        known.unwrap_or_else(|| {
            self.nodes.push(name.to_owned());
            self.nodes.len() - 1
        })
    }

    /// As a picture: actors on an ellipse, lines with numbers, which the legend explains.
    pub fn svg(&self) -> String {
        let shown = self.nodes.len().min(MOST);
        let mut canvas = Canvas::new(&self.title, WIDTH, height(shown));
        for (at, edge) in self.edges.iter().enumerate() {
            let to = edge.to.unwrap_or(edge.from);
            if edge.from >= shown || to >= shown {
                continue;
            }
            let line = Line {
                from: place(edge.from, shown),
                to: place(to, shown),
                dashed: edge.dashed,
                arrow: self.directed,
            };
            canvas.line(&line, &format!("{}", at + 1), &edge.labels.join("\n"));
        }
        for (at, node) in self.nodes.iter().take(shown).enumerate() {
            canvas.node(place(at, shown), &short(node), node);
        }
        canvas.finish()
    }

    /// What the numbers stand for.
    pub fn legend(&self) -> Vec<(usize, String)> {
        let edges = self.edges.iter().enumerate();
        edges
            .map(|(at, edge)| (at + 1, edge.labels.join("; ")))
            .collect()
    }

    /// As a table.
    pub fn table(&self) -> Block {
        let head = if self.directed {
            ["", "who", "to whom", "what"]
        } else {
            ["", "between", "and", "bound by"]
        };
        let rows = self.edges.iter().enumerate().flat_map(|(at, edge)| {
            edge.labels.iter().map(move |label| {
                let mark = if edge.dashed {
                    " (open or suspended)"
                } else {
                    ""
                };
                vec![
                    (at + 1).to_string(),
                    self.nodes[edge.from].clone(),
                    edge.to.map(|to| self.nodes[to].clone()).unwrap_or_default(),
                    format!("{label}{mark}"),
                ]
            })
        });
        let all = self.common.iter().map(|label| {
            let words = ["", "all of them", "", label];
            words.iter().map(|word| (*word).to_owned()).collect()
        });
        let head = head.iter().map(|word| (*word).to_owned());
        Block::Table(head.collect(), rows.chain(all).collect())
    }
}

/// How high a picture of so many actors is.
fn height(of: usize) -> f64 {
    if of <= FEW { 320.0 } else { 440.0 }
}

/// Where the actor of this number stands.
fn place(at: usize, of: usize) -> (f64, f64) {
    let turn = std::f64::consts::TAU * f64::from(at as u32) / f64::from(of.max(1) as u32)
        - std::f64::consts::FRAC_PI_2;
    let (x, y) = (
        WIDTH / 2.0 + 255.0 * turn.cos(),
        height(of) / 2.0 + (height(of) / 2.0 - 55.0) * turn.sin(),
    );
    (x.round(), y.round())
}
