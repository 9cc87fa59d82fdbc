//! What depends on what, and on whose negation: norms, breaches of norms, and the life of treaties.

use super::precedence::{cited, prevails};
use crate::model::condition::{Class, Comparison, Condition, Scope, Threshold};
use crate::model::ids::{PredicateId, TreatyId};
use crate::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Term};
use crate::model::treaty::Entry;
use rustc_hash::{FxHashMap, FxHashSet};

/// Something whose truth is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// A norm: its position holds, or its sentence is true.
    Norm(usize),
    /// A position of a norm is violated.
    Breach(usize),
    /// A treaty is in force, and who is bound by it.
    Treaty(usize),
}

/// A dependency; `negative`: on the absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub(super) to: Node,
    pub(super) negative: bool,
}

/// The dependencies of a rulebook.
pub(super) struct Graph<'a> {
    book: &'a Rulebook,
    /// For each verb or status, it and everything it is a kind of.
    broader: Vec<Vec<PredicateId>>,
    /// The norms that make a sentence with this word true.
    makers: FxHashMap<PredicateId, Vec<usize>>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(book: &'a Rulebook) -> Self {
        let all = 0..book.predicates.len();
        let broader: Vec<_> = all
            .map(|at| closure(book, PredicateId(at as u16)))
            .collect();
        let mut makers: FxHashMap<PredicateId, Vec<usize>> = FxHashMap::default();
        for (at, norm) in book.norms.iter().enumerate() {
            if let Head::Deem(pattern) = &norm.head {
                for wide in &broader[pattern.predicate.index()] {
                    makers.entry(*wide).or_default().push(at);
                }
            }
        }
        Self {
            book,
            broader,
            makers,
        }
    }

    /// All nodes; of breaches, those that something depends on.
    pub(super) fn nodes(&self) -> Vec<Node> {
        let norms = (0..self.book.norms.len()).map(Node::Norm);
        let treaties = (0..self.book.treaties.len()).map(Node::Treaty);
        let all = norms.clone().chain(treaties.clone());
        let asked = all.flat_map(|node| self.edges(node)).map(|edge| edge.to);
        let mut breaches: Vec<usize> = asked
            .filter_map(|node| match node {
                Node::Breach(at) => Some(at),
                _ => None,
            })
            .collect();
        breaches.sort_unstable();
        breaches.dedup();
        let breaches = breaches.into_iter().map(Node::Breach);
        norms.chain(breaches).chain(treaties).collect()
    }

    /// What a node depends on.
    pub(super) fn edges(&self, node: Node) -> Vec<Edge> {
        let mut edges = Edges {
            graph: self,
            treaty: None,
            found: Vec::new(),
            seen: FxHashSet::default(),
        };
        match node {
            Node::Norm(at) => edges.norm(&self.book.norms[at]),
            Node::Breach(at) => edges.breach(at),
            Node::Treaty(at) => edges.life(at),
        }
        edges.found
    }

    fn is_kind(&self, narrow: PredicateId, wide: PredicateId) -> bool {
        self.broader[narrow.index()].contains(&wide)
    }
}

fn closure(book: &Rulebook, start: PredicateId) -> Vec<PredicateId> {
    let mut all = vec![start];
    let mut at = 0;
    while let Some(next) = all.get(at) {
        for broader in &book.predicate(*next).broader {
            if !all.contains(&broader.predicate) {
                all.push(broader.predicate);
            }
        }
        at += 1;
    }
    all
}

struct Edges<'g, 'a> {
    graph: &'g Graph<'a>,
    /// Whose `deem` count.
    treaty: Option<TreatyId>,
    found: Vec<Edge>,
    seen: FxHashSet<Edge>,
}

impl Edges<'_, '_> {
    fn add(&mut self, to: Node, negative: bool) {
        let edge = Edge { to, negative };
        if self.seen.insert(edge) {
            self.found.push(edge);
        }
    }

    fn norm(&mut self, norm: &Norm) {
        self.treaty = norm.treaty;
        for condition in &norm.conditions {
            self.condition(condition, false);
        }
        let Head::Position(head) = &norm.head else {
            return;
        };
        if let Some(treaty) = norm.treaty {
            self.add(Node::Treaty(treaty.index()), false);
        }
        if let Some(until) = &head.until {
            self.condition(until, true);
        }
        if head.mode == Mode::AnyOne {
            self.word(head.act.predicate, true, None);
        }
        if let Some(release) = self.graph.book.core.release {
            self.word(release, true, None);
        }
    }

    fn breach(&mut self, at: usize) {
        let norm = &self.graph.book.norms[at];
        self.add(Node::Norm(at), false);
        self.treaty = norm.treaty;
        let Head::Position(head) = &norm.head else {
            return;
        };
        match (head.modality, &head.deadline) {
            (Modality::Prohibition, _) => self.word(head.act.predicate, false, Some(&head.act)),
            (Modality::Duty, Some(Deadline::Within(_) | Deadline::By(_))) => {
                self.word(head.act.predicate, true, Some(&head.act));
            }
            _ => {}
        }
        if let Some(before) = &head.before {
            self.word(head.act.predicate, true, Some(&head.act));
            self.condition(before, false);
        }
        if let Some(suspend) = self.graph.book.core.suspend {
            self.word(suspend, true, None);
        }
        for (other, above) in self.graph.book.norms.iter().enumerate() {
            if other != at
                && let Head::Position(above_head) = &above.head
                && (self.conflict(head, above_head)
                    && prevails(self.graph.book, (above, above_head), (norm, head))
                    || replaces(self.graph.book, (above, above_head), (norm, head)))
            {
                self.add(Node::Norm(other), true);
            }
        }
    }

    /// Whether two positions can conflict, by what their acts are.
    fn conflict(&self, one: &PositionHead, two: &PositionHead) -> bool {
        let (duty, ban) = match (one.modality, two.modality) {
            (Modality::Duty | Modality::Permission, Modality::Prohibition) => (one, two),
            (Modality::Prohibition, Modality::Duty | Modality::Permission) => (two, one),
            (Modality::Duty, Modality::Duty) => {
                let sides =
                    |head: &PositionHead| self.graph.book.predicate(head.act.predicate).takes_sides;
                return sides(one) && sides(two);
            }
            _ => return false,
        };
        self.graph.is_kind(duty.act.predicate, ban.act.predicate)
    }

    fn life(&mut self, at: usize) {
        let book = self.graph.book;
        let treaty = &book.treaties[at];
        let id = TreatyId(at as u32);
        self.treaty = Some(id);
        if let Entry::When(condition) = &treaty.entry {
            self.own_condition(condition, false, id);
        }
        for ending in &treaty.endings {
            self.own_condition(&ending.condition, true, id);
        }
        if let Some(condition) = &treaty.prolonged {
            self.own_condition(condition, false, id);
        }
        for (other, head) in book.treaties.iter().enumerate() {
            if head.replaces.contains(&id) {
                self.add(Node::Treaty(other), true);
            }
        }
        for other in treaty.while_in_force.into_iter().chain(treaty.parties_of) {
            self.add(Node::Treaty(other.index()), false);
        }
        let core = book.core;
        let ends = [core.denounce, core.withdraw, core.terminate];
        for end in ends.into_iter().flatten() {
            self.word(end, true, None);
        }
        if let Some(accede) = core.accede {
            self.word(accede, false, None);
        }
    }

    /// In a condition of entry into force or of the end `party` means whoever is listed, which depends on nothing.
    fn own_condition(&mut self, condition: &Condition, negative: bool, treaty: TreatyId) {
        let own = Edge {
            to: Node::Treaty(treaty.index()),
            negative: false,
        };
        let known = self.found.contains(&own);
        self.condition(condition, negative);
        if !known {
            self.found
                .retain(|edge| edge.to != Node::Treaty(treaty.index()));
        }
    }

    fn condition(&mut self, condition: &Condition, negative: bool) {
        match condition {
            Condition::Sentence { pattern, .. } => {
                self.word(pattern.predicate, negative, Some(pattern));
                for class in pattern.classes.iter().flatten() {
                    self.class(class, negative);
                }
            }
            Condition::Is(_, class) => self.class(class, negative),
            Condition::InForce { treaty, .. } => self.in_force(*treaty, negative),
            Condition::Position {
                modality,
                under,
                act,
                ..
            } => self.positions(*modality, under, act.as_ref(), negative),
            Condition::Breach { under, .. } => {
                let book = self.graph.book;
                for (at, norm) in book.norms.iter().enumerate() {
                    if book.in_scope(norm, under) && matches!(norm.head, Head::Position(_)) {
                        self.add(Node::Breach(at), negative);
                    }
                }
            }
            Condition::Considers { what, .. } => self.condition(what, negative),
            Condition::Count {
                comparison,
                threshold,
                class,
                except,
                body,
                ..
            } => {
                let falls = matches!(comparison, Comparison::AtMost | Comparison::FewerThan);
                self.condition(body, negative != falls);
                self.class(class, negative != falls);
                if matches!(threshold, Threshold::Fraction(..)) {
                    self.class(class, negative == falls);
                }
                for except in except {
                    self.condition(except, negative == falls);
                }
            }
            Condition::Not(inner) => self.condition(inner, !negative),
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part, negative);
                }
            }
            Condition::Same(..) | Condition::Reading(..) | Condition::Layer(_) => {}
        }
    }

    fn class(&mut self, class: &Class, negative: bool) {
        match class {
            Class::Party(treaty, _) => self.add(Node::Treaty(treaty.index()), negative),
            Class::Status(status) => self.word(*status, negative, None),
            _ => {}
        }
    }

    fn in_force(&mut self, treaty: Term, negative: bool) {
        let book = self.graph.book;
        match treaty {
            Term::Entity(id) => {
                if let Some(treaty) = book.treaty_of(id) {
                    self.add(Node::Treaty(treaty.index()), negative);
                }
            }
            _ => {
                for at in 0..book.treaties.len() {
                    self.add(Node::Treaty(at), negative);
                }
            }
        }
    }

    fn positions(
        &mut self,
        modality: Modality,
        under: &Scope,
        act: Option<&Pattern>,
        negative: bool,
    ) {
        let book = self.graph.book;
        for (at, norm) in book.norms.iter().enumerate() {
            if let Head::Position(head) = &norm.head
                && head.may_be_meant(modality, act)
                && book.in_scope(norm, under)
            {
                self.add(Node::Norm(at), negative);
            }
        }
    }

    /// The definitions, general or of the same treaty, that make a sentence with this word true.
    fn word(&mut self, word: PredicateId, negative: bool, asked: Option<&Pattern>) {
        let graph = self.graph;
        for maker in graph.makers.get(&word).into_iter().flatten() {
            let norm = &graph.book.norms[*maker];
            let seen = norm.treaty.is_none() || norm.treaty == self.treaty;
            let Head::Deem(made) = &norm.head else {
                continue;
            };
            let agrees = match asked {
                Some(asked) if asked.predicate == made.predicate => {
                    graph.book.predicate(word).symmetric || asked.agrees_with(made)
                }
                _ => true,
            };
            if seen && agrees {
                self.add(Node::Norm(*maker), negative);
            }
        }
    }
}

/// Whether the first may be a duty of the same act that stands in place of the second.
fn replaces(
    book: &Rulebook,
    (above, above_head): (&Norm, &PositionHead),
    (below, below_head): (&Norm, &PositionHead),
) -> bool {
    let duties = [above_head, below_head].map(|head| head.modality) == [Modality::Duty; 2];
    duties
        && above_head.act.agrees_with(&below_head.act)
        && above_head.act.predicate == below_head.act.predicate
        && cited(book, (above, above_head), (below, below_head))
}
