//! Definitions must be stratified: nothing may depend on its own negation.

use super::dependency::{Edge, Graph, Node};
use super::precedence::norm_text;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::check as codes;
use crate::engine::components;
use crate::model::rulebook::Rulebook;
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// One diagnostic for each knot of norms that depend on their own negation.
pub(super) fn cycles(book: &Rulebook) -> Vec<Diagnostic> {
    let graph = Graph::new(book);
    let nodes = graph.nodes();
    let number: FxHashMap<Node, usize> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| (*node, at))
        .collect();
    let numbered = |Edge { to, negative }: Edge| Some((*number.get(&to)?, negative));
    let edges: Vec<Vec<(usize, bool)>> = nodes
        .iter()
        .map(|node| {
            graph
                .edges(*node)
                .into_iter()
                .filter_map(numbered)
                .collect()
        })
        .collect();
    let ends = |edges: &Vec<(usize, bool)>| edges.iter().map(|(to, _)| *to).collect();
    let knot = components(&edges.iter().map(ends).collect::<Vec<_>>());
    let mut reported: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for from in 0..nodes.len() {
        let negative = edges[from]
            .iter()
            .find(|(to, negative)| *negative && knot[*to] == knot[from]);
        let Some((to, _)) = negative else { continue };
        if reported.contains(&knot[from]) {
            continue;
        }
        reported.push(knot[from]);
        let path = way(&edges, &knot, *to, from);
        found.push(report(book, &nodes, &edges, from, &path));
    }
    found
}

/// The shortest way from one node to another inside their knot, both ends included.
fn way(edges: &[Vec<(usize, bool)>], knot: &[usize], from: usize, to: usize) -> Vec<usize> {
    let mut before: FxHashMap<usize, usize> = FxHashMap::default();
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        if node == to {
            break;
        }
        for (next, _) in &edges[node] {
            if knot[*next] == knot[from] && *next != from && !before.contains_key(next) {
                before.insert(*next, node);
                queue.push_back(*next);
            }
        }
    }
    let mut path = vec![to];
    let mut at = to;
    while at != from {
        let Some(previous) = before.get(&at) else {
            break;
        };
        at = *previous;
        path.push(at);
    }
    path.reverse();
    path
}

fn report(
    book: &Rulebook,
    nodes: &[Node],
    edges: &[Vec<(usize, bool)>],
    from: usize,
    path: &[usize],
) -> Diagnostic {
    let mut text = name(book, nodes[from]);
    let mut last = from;
    for at in path {
        let negative = edges[last].iter().any(|(to, no)| to == at && *no);
        let word = if negative { "on the absence of" } else { "on" };
        let _ = write!(text, " depends {word} {}", name(book, nodes[*at]));
        if at != path.last().unwrap_or(at) {
            text.push_str(", which");
        }
        last = *at;
    }
    let mut spans: Vec<Span> = Vec::new();
    for at in path {
        let span = span(book, nodes[*at]);
        if span != self::span(book, nodes[from]) && !spans.contains(&span) {
            spans.push(span);
        }
    }
    codes::negative_cycle(span(book, nodes[from]), &text, &spans)
}

fn name(book: &Rulebook, node: Node) -> String {
    match node {
        Node::Norm(at) => format!("`{}`", norm_text(book, &book.norms[at])),
        Node::Breach(at) => format!("the breach of `{}`", norm_text(book, &book.norms[at])),
        Node::Treaty(at) => format!("the validity of `{}`", book.treaties[at].name),
    }
}

fn span(book: &Rulebook, node: Node) -> Span {
    match node {
        Node::Norm(at) | Node::Breach(at) => book.norms[at].span,
        Node::Treaty(at) => book.treaties[at].span,
    }
}
