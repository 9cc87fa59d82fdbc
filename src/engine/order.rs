//! Levels: a norm is evaluated after all that it depends on.

use super::bearing::{self, Makers};
use super::gathered::walk;
use super::kinds::Implied;
use super::left_open::left_open;
use crate::model::condition::{Class, Condition};
use crate::model::ids::{NormId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;

pub(crate) struct Order {
    pub(crate) levels: Vec<u16>,
    pub(crate) cyclic: Vec<bool>,
    pub(crate) needs_breach: Vec<bool>,
    pub(crate) lapsing: Vec<Vec<NormId>>,
}

impl Order {
    pub(crate) fn new(
        rulebook: &Rulebook,
        broader: &[Vec<Implied>],
        in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
        makers: &Makers,
    ) -> Self {
        let graph = graph(rulebook, broader, in_scope, makers);
        let (levels, mut cyclic) = levels(&graph);
        let count = levels.iter().max().map_or(1, |level| *level as usize + 1);
        cyclic.resize(count, false);
        let mut needs_breach = vec![false; count];
        let mut lapsing = vec![Vec::new(); count];
        for (norm, level) in rulebook.norms.iter().zip(&levels) {
            conditions(norm, &mut |part| {
                let lapses = |id: &NormId| match &rulebook.norm(*id).head {
                    Head::Position(head) => head.lapses_on_breach,
                    Head::Deem(_) => false,
                };
                needs_breach[*level as usize] |= match part {
                    Condition::Breach { .. } => true,
                    Condition::Position { .. } => in_scope(part).iter().any(lapses),
                    _ => false,
                };
            });
            let lives = lives(norm, rulebook, makers).into_iter();
            for treaty in lives.filter(|treaty| makers.needs_breach(*treaty)) {
                needs_breach[*level as usize] = true;
                let all = makers.of(treaty).iter().map(|id| NormId(*id as u32));
                lapsing[*level as usize].extend(all);
            }
            conditions(norm, &mut |part| {
                lapsing[*level as usize].extend(in_scope(part));
            });
        }
        for norms in &mut lapsing {
            norms.retain(|id| time_may_break(rulebook.norm(*id)));
            norms.sort_unstable();
            norms.dedup();
        }
        Self {
            levels,
            cyclic,
            needs_breach,
            lapsing,
        }
    }
}

/// Whether a standing norm may be broken, or end, without anything that engages it.
fn time_may_break(norm: &Norm) -> bool {
    let Head::Position(head) = &norm.head else {
        return false;
    };
    let may = head.deadline.is_some() || head.before.is_some() || head.lapses_on_breach;
    !norm.triggered && may && left_open(norm).is_empty()
}

fn conditions<'c>(norm: &'c Norm, visit: &mut impl FnMut(&'c Condition)) {
    for condition in &norm.conditions {
        walk(condition, visit);
    }
    if let Head::Position(head) = &norm.head {
        for part in head.until.iter().chain(&head.before) {
            walk(part, visit);
        }
    }
}

/// The treaties on whose life a norm depends. What is deemed so is so whether or not the treaty is in force.
fn lives(norm: &Norm, rulebook: &Rulebook, makers: &Makers) -> Vec<TreatyId> {
    let mut found = Vec::new();
    conditions(norm, &mut |part| {
        found.extend(bearing::asked(part, rulebook));
        if bearing::asks_any(part) {
            found.extend(makers.made());
        }
    });
    if let Head::Position(head) = &norm.head {
        found.extend(norm.treaty);
        found.extend(bearing::parties_named(&head.act, rulebook));
    }
    found
}

/// For each norm, those it depends on.
pub(crate) fn graph(
    rulebook: &Rulebook,
    broader: &[Vec<Implied>],
    in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
    life: &Makers,
) -> Vec<Vec<usize>> {
    let makers = bearing::deems(rulebook, broader);
    let sees = |norm: &Norm, maker: &usize| {
        let scope = rulebook.norms[*maker].treaty;
        scope.is_none() || scope == norm.treaty
    };
    rulebook
        .norms
        .iter()
        .map(|norm| {
            let mut found = Vec::new();
            conditions(norm, &mut |part| match part {
                Condition::Sentence { pattern, .. } => {
                    let words = bearing::words(pattern, rulebook).into_iter();
                    let all = words.filter_map(|word| makers.get(&word)).flatten();
                    found.extend(all.filter(|maker| sees(norm, maker)));
                }
                Condition::Is(_, Class::Status(status))
                | Condition::Count {
                    class: Class::Status(status),
                    ..
                } => {
                    let all = makers.get(status).into_iter().flatten();
                    found.extend(all.filter(|maker| sees(norm, maker)));
                }
                Condition::Position { .. } => {
                    found.extend(in_scope(part).into_iter().map(NormId::index));
                }
                Condition::Breach { .. } => {
                    // What is displaced is not broken.
                    for id in in_scope(part) {
                        found.push(id.index());
                        found.extend(bearing::rivals(id, rulebook, broader));
                    }
                }
                _ => {}
            });
            if let Head::Position(head) = &norm.head {
                let words = bearing::words(&head.act, rulebook).into_iter();
                let all = words.filter_map(|word| makers.get(&word)).flatten();
                found.extend(all.filter(|maker| sees(norm, maker)));
            }
            for treaty in lives(norm, rulebook, life) {
                found.extend(life.of(treaty));
            }
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect()
}

/// Levels by relaxation; norms on a cycle share a level, which is marked.
fn levels(graph: &[Vec<usize>]) -> (Vec<u16>, Vec<bool>) {
    let component = components(graph);
    let count = component.iter().max().map_or(0, |last| last + 1);
    let mut level = vec![0_u16; count];
    let mut members = vec![0_usize; count];
    let mut own_loop = vec![false; count];
    // Components come out in an order in which dependencies precede dependants.
    let mut by_component: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (node, at) in component.iter().enumerate() {
        by_component[*at].push(node);
        members[*at] += 1;
    }
    for at in 0..count {
        for node in &by_component[at] {
            for on in &graph[*node] {
                if component[*on] == at {
                    own_loop[at] = true;
                } else {
                    level[at] = level[at].max(level[component[*on]] + 1);
                }
            }
        }
    }
    let mut cyclic = vec![false; level.iter().max().map_or(1, |last| *last as usize + 1)];
    for at in 0..count {
        if own_loop[at] {
            cyclic[level[at] as usize] = true;
        }
    }
    (component.iter().map(|at| level[*at]).collect(), cyclic)
}

/// For each node the number of its strongly connected component (Tarjan 1972, without recursion), dependencies first.
pub(crate) fn components(graph: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut index = vec![UNSEEN; graph.len()];
    let mut low = vec![0; graph.len()];
    let mut component = vec![UNSEEN; graph.len()];
    let (mut stack, mut next, mut made) = (Vec::new(), 0, 0);
    for root in 0..graph.len() {
        if index[root] != UNSEEN {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
            }
            if let Some(on) = graph[node].get(edge) {
                calls.push((node, edge + 1));
                if index[*on] == UNSEEN {
                    calls.push((*on, 0));
                } else if component[*on] == UNSEEN {
                    low[node] = low[node].min(index[*on]);
                }
                continue;
            }
            if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    component[member] = made;
                    if member == node {
                        break;
                    }
                }
                made += 1;
            }
            if let Some((caller, _)) = calls.last() {
                low[*caller] = low[*caller].min(low[node]);
            }
        }
    }
    component
}
