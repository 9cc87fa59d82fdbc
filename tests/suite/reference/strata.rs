//! In what order things are worked out within a day: whatever depends on the absence of something comes after it.

use super::conditions;
use super::walk;
use casus::model::condition::{Class, Comparison, Condition, Scope, Threshold};
use casus::model::entity::EntityKind;
use casus::model::geography::{AreaBase, Holder};
use casus::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use casus::model::norm::{Head, Modality, Mode, Norm};
use casus::model::rulebook::Rulebook;
use casus::model::sentence::{Pattern, Spot, Term};
use casus::model::treaty::Entry;

/// Something to work out each day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// The sentences that a norm derives.
    Derive(NormId),
    /// The life of a treaty.
    Life(TreatyId),
    /// Which positions of a norm hold.
    Hold(NormId),
    /// What becomes of them.
    Outcome(NormId),
}

/// What a node depends on, and whether on its absence.
type Needs = Vec<(Node, bool)>;

/// Nodes that lead back to each other; or one alone, which may lead back to itself.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) nodes: Vec<Node>,
    /// They support each other.
    pub(super) circular: bool,
}

/// Groups of nodes, each after all on which it depends; `None` if something depends on its own absence.
pub(super) fn order(rulebook: &Rulebook) -> Option<Vec<Group>> {
    let nodes = nodes(rulebook);
    let finder = Finder { rulebook };
    let mut direct = vec![Set::default(); nodes.len()];
    let mut absent = vec![Set::default(); nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for (need, is_absent) in finder.needs(*node) {
            if let Some(need) = nodes.iter().position(|node| *node == need) {
                direct[index].insert(need);
                if is_absent {
                    absent[index].insert(need);
                }
            }
        }
    }
    let leads = closure(direct);
    let own_absence = |node: &usize| absent[*node].iter().any(|need| leads[need].has(*node));
    if (0..nodes.len()).any(|node| own_absence(&node)) {
        return None;
    }
    let mut groups = Vec::new();
    let mut done = Set::default();
    let ready = |node: usize, done: &Set| {
        let waits = |need: usize| !done.has(need) && !leads[need].has(node);
        !done.has(node) && !leads[node].iter().any(waits)
    };
    while let Some(next) = (0..nodes.len()).find(|node| ready(*node, &done)) {
        let members: Vec<usize> = (0..nodes.len())
            .filter(|other| *other == next || leads[next].has(*other) && leads[*other].has(next))
            .collect();
        for member in &members {
            done.insert(*member);
        }
        groups.push(Group {
            nodes: members.iter().map(|member| nodes[*member]).collect(),
            circular: leads[next].has(next),
        });
    }
    Some(groups)
}

/// A set of small numbers.
#[derive(Clone, Copy, Default)]
struct Set(u128);

impl Set {
    fn insert(&mut self, number: usize) {
        assert!(number < 128, "too many nodes for one case");
        self.0 |= 1 << number;
    }

    fn has(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        (0..128).filter(move |number| self.has(*number))
    }
}

fn nodes(rulebook: &Rulebook) -> Vec<Node> {
    let treaties = 0..rulebook.treaties.len() as u32;
    let mut nodes: Vec<Node> = treaties.map(|index| Node::Life(TreatyId(index))).collect();
    for (index, norm) in rulebook.norms.iter().enumerate() {
        let id = NormId(index as u32);
        match norm.head {
            Head::Deem(_) => nodes.push(Node::Derive(id)),
            Head::Position(_) => nodes.extend([Node::Hold(id), Node::Outcome(id)]),
        }
    }
    nodes
}

/// What leads where, in any number of steps.
fn closure(mut leads: Vec<Set>) -> Vec<Set> {
    for middle in 0..leads.len() {
        let further = leads[middle];
        for from in leads.iter_mut().filter(|from| from.has(middle)) {
            from.0 |= further.0;
        }
    }
    leads
}

struct Finder<'a> {
    rulebook: &'a Rulebook,
}

impl Finder<'_> {
    fn norms(&self) -> impl Iterator<Item = (NormId, &Norm)> {
        self.rulebook
            .norms
            .iter()
            .enumerate()
            .map(|(index, norm)| (NormId(index as u32), norm))
    }

    fn broader(&self, predicate: PredicateId) -> Vec<PredicateId> {
        let mut found = vec![predicate];
        let mut next = 0;
        while next < found.len() {
            for broader in &self.rulebook.predicate(found[next]).broader {
                if !found.contains(&broader.predicate) {
                    found.push(broader.predicate);
                }
            }
            next += 1;
        }
        found
    }

    /// The norms that derive sentences with this predicate.
    fn derivers(&self, predicate: PredicateId, absent: bool) -> Needs {
        self.norms()
            .filter(|(_, norm)| match &norm.head {
                Head::Deem(head) => self.broader(head.predicate).contains(&predicate),
                Head::Position(_) => false,
            })
            .map(|(id, _)| (Node::Derive(id), absent))
            .collect()
    }

    fn class(&self, class: &Class, absent: bool) -> Needs {
        match class {
            Class::Party(treaty, _) => vec![(Node::Life(*treaty), absent)],
            Class::Status(predicate) => self.derivers(*predicate, absent),
            _ => Vec::new(),
        }
    }

    fn pattern(&self, pattern: &Pattern, absent: bool) -> Needs {
        let mut needs = self.derivers(pattern.predicate, absent);
        for class in pattern.classes.iter().flatten() {
            needs.extend(self.class(class, absent));
        }
        for spot in pattern.place.iter().flat_map(|place| &place.spots) {
            if let Spot::In(Term::Entity(place)) = spot {
                needs.extend(self.place(*place));
            } else if !self.rulebook.areas.is_empty() {
                let variable = !matches!(spot, Spot::TerritoryOf(_) | Spot::AdministeredBy(_));
                if variable {
                    needs.extend(self.areas());
                }
            }
        }
        needs
    }

    fn place(&self, place: EntityId) -> Needs {
        match self.rulebook.entities[place.index()].kind {
            EntityKind::Area(_) => self.areas(),
            _ => Vec::new(),
        }
    }

    fn areas(&self) -> Needs {
        self.rulebook
            .areas
            .iter()
            .flat_map(|area| &area.lines)
            .filter_map(|line| match &line.base {
                AreaBase::Territory(Holder::Class(class))
                | AreaBase::Islands(Holder::Class(class))
                | AreaBase::Administered(Holder::Class(class)) => Some(class),
                _ => None,
            })
            .flat_map(|class| self.class(class, true))
            .collect()
    }

    fn in_scope(&self, scope: &Scope) -> Vec<(NormId, &Norm)> {
        self.norms()
            .filter(|(_, norm)| {
                matches!(norm.head, Head::Position(_)) && self.rulebook.in_scope(norm, scope)
            })
            .collect()
    }

    fn condition(&self, condition: &Condition, absent: bool) -> Needs {
        match condition {
            Condition::Sentence { pattern, .. } => self.pattern(pattern, absent),
            Condition::Is(_, class) => self.class(class, absent),
            Condition::InForce { .. } => (0..self.rulebook.treaties.len() as u32)
                .map(|index| (Node::Life(TreatyId(index)), absent))
                .collect(),
            Condition::Position {
                under, modality, ..
            } => self
                .in_scope(under)
                .into_iter()
                .filter(|(_, norm)| conditions::modality_of(norm) == Some(*modality))
                .map(|(id, _)| (Node::Hold(id), absent))
                .collect(),
            Condition::Breach { under, .. } => self
                .in_scope(under)
                .into_iter()
                .map(|(id, _)| (Node::Outcome(id), absent))
                .collect(),
            Condition::Considers { what, .. } => self.condition(what, true),
            Condition::Count {
                comparison,
                threshold,
                class,
                except,
                body,
                ..
            } => {
                let grows = matches!(comparison, Comparison::AtLeast | Comparison::MoreThan)
                    && matches!(threshold, Threshold::Number(_));
                let mut needs = self.class(class, absent || !grows);
                for except in except {
                    needs.extend(self.condition(except, true));
                }
                needs.extend(self.condition(body, absent || !grows));
                needs
            }
            Condition::Not(inner) => self.condition(inner, true),
            Condition::All(all) | Condition::Any(all) => all
                .iter()
                .flat_map(|inner| self.condition(inner, absent))
                .collect(),
            Condition::Same(..) | Condition::Reading(..) | Condition::Layer(_) => Vec::new(),
        }
    }

    fn needs(&self, node: Node) -> Needs {
        match node {
            Node::Derive(id) => self.conditions(&self.rulebook.norms[id.index()]),
            Node::Life(id) => self.life(id),
            Node::Hold(id) => self.hold(&self.rulebook.norms[id.index()]),
            Node::Outcome(id) => self.outcome(id),
        }
    }

    fn conditions(&self, norm: &Norm) -> Needs {
        norm.conditions
            .iter()
            .flat_map(|condition| self.condition(condition, false))
            .collect()
    }

    fn life(&self, id: TreatyId) -> Needs {
        let treaty = self.rulebook.treaty(id);
        let mut needs = Needs::new();
        let entry = match &treaty.entry {
            Entry::When(condition) => Some((condition, false)),
            _ => None,
        };
        let endings = treaty
            .endings
            .iter()
            .map(|ending| (&ending.condition, true));
        let prolonged = treaty.prolonged.iter().map(|condition| (condition, false));
        for (condition, negative) in entry.into_iter().chain(endings).chain(prolonged) {
            let mut own = self.condition(condition, negative);
            let asks_in_force = {
                let mut found = false;
                walk(condition, &mut |inner| {
                    found |= matches!(inner, Condition::InForce { .. });
                });
                found
            };
            // Who is a party to the treaty itself is known before.
            own.retain(|(node, _)| *node != Node::Life(id) || asks_in_force);
            needs.extend(own);
        }
        let core = self.rulebook.core;
        for verb in [core.accede, core.denounce, core.withdraw, core.terminate] {
            if let Some(verb) = verb {
                needs.extend(self.derivers(verb, true));
            }
        }
        for (index, other) in self.rulebook.treaties.iter().enumerate() {
            if other.replaces.contains(&id) {
                needs.push((Node::Life(TreatyId(index as u32)), true));
            }
        }
        for other in [treaty.while_in_force, treaty.parties_of]
            .into_iter()
            .flatten()
        {
            needs.push((Node::Life(other), false));
        }
        needs
    }

    fn hold(&self, norm: &Norm) -> Needs {
        let Head::Position(head) = &norm.head else {
            return Needs::new();
        };
        let mut needs = self.conditions(norm);
        needs.extend(norm.treaty.map(|treaty| (Node::Life(treaty), false)));
        for until in &head.until {
            needs.extend(self.condition(until, true));
        }
        if let Some(release) = self.rulebook.core.release {
            needs.extend(self.derivers(release, true));
        }
        if let Some(group) = &head.group {
            needs.extend(self.class(group, true));
        }
        if head.mode == Mode::AnyOne {
            needs.extend(self.performance(&head.act, head.own_choice));
        }
        needs
    }

    fn performance(&self, act: &Pattern, own_choice: bool) -> Needs {
        let mut needs = self.pattern(act, true);
        if own_choice {
            for broader in self.broader(act.predicate) {
                needs.extend(self.derivers(broader, true));
            }
        }
        needs.into_iter().map(|(node, _)| (node, true)).collect()
    }

    fn outcome(&self, id: NormId) -> Needs {
        let norm = &self.rulebook.norms[id.index()];
        let Head::Position(head) = &norm.head else {
            return Needs::new();
        };
        let mut needs = vec![(Node::Hold(id), true)];
        needs.extend(self.performance(&head.act, head.own_choice));
        for before in &head.before {
            needs.extend(self.condition(before, true));
            needs.extend(
                self.conditions(norm)
                    .into_iter()
                    .map(|(node, _)| (node, true)),
            );
        }
        if let Some(refusal) = self.rulebook.refusal(head.act.predicate) {
            needs.extend(self.derivers(refusal, true));
        }
        if let Some(suspend) = self.rulebook.core.suspend {
            needs.extend(self.derivers(suspend, true));
        }
        for (other, theirs) in self.norms() {
            if self.may_displace((other, theirs), (id, norm)) {
                needs.push((Node::Hold(other), true));
                if let Head::Position(head) = &theirs.head {
                    for class in head.act.classes.iter().flatten() {
                        needs.extend(self.class(class, true));
                    }
                }
                for treaty in [norm.treaty, theirs.treaty].into_iter().flatten() {
                    needs.push((Node::Life(treaty), true));
                }
            }
        }
        needs
    }

    /// Whether positions of the first norm may displace those of the second.
    fn may_displace(&self, (other, theirs): (NormId, &Norm), (id, own): (NormId, &Norm)) -> bool {
        let (Head::Position(mine), Head::Position(head)) = (&own.head, &theirs.head) else {
            return false;
        };
        let conflict = match (mine.modality, head.modality) {
            (Modality::Duty, Modality::Prohibition)
            | (Modality::Prohibition, Modality::Duty | Modality::Permission)
            | (Modality::Permission, Modality::Prohibition) => {
                self.broader(mine.act.predicate)
                    .contains(&head.act.predicate)
                    || self
                        .broader(head.act.predicate)
                        .contains(&mine.act.predicate)
            }
            (Modality::Duty, Modality::Duty) => {
                let takes_sides = |act: &Pattern| {
                    self.broader(act.predicate)
                        .iter()
                        .any(|predicate| self.rulebook.predicate(*predicate).takes_sides)
                };
                takes_sides(&mine.act) && takes_sides(&head.act)
            }
            _ => false,
        };
        let same = mine.modality == Modality::Duty
            && head.modality == Modality::Duty
            && mine.act.predicate == head.act.predicate;
        let clause = head
            .prevails_over
            .iter()
            .any(|scope| self.rulebook.in_scope(own, scope))
            || mine
                .subject_to
                .iter()
                .any(|scope| self.rulebook.in_scope(theirs, scope));
        other != id && (conflict && (clause || own.treaty != theirs.treaty) || same && clause)
    }
}
