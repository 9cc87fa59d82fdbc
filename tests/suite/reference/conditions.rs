//! Which ways to fill the variables make conditions true on a day (section 5).

use super::facts::{value, visible};
use super::state::{Instance, Key, Origin, Position};
use super::{At, Bindings, Naive, bound, walk};
use casus::calendar::{Day, Period};
use casus::model::condition::{Class, Comparison, Condition, Tense, Threshold};
use casus::model::entity::EntityKind;
use casus::model::fact::View;
use casus::model::ids::{EntityId, LayerId, TreatyId, VariableId};
use casus::model::norm::{Head, Modality, Norm};
use casus::model::question::{Question, Where};
use casus::model::rulebook::Rulebook;
use casus::model::sentence::{Atom, Pattern, PlaceTest, Spot, Term};
use casus::model::vocabulary::SLOTS;

/// A variable that no condition binds, and what it may stand for.
type Free = (VariableId, Vec<EntityId>);

/// Bindings and the depth of what makes them right.
type Found = Vec<(Bindings, u32)>;

/// Whether an open sentence is a question here, or only looked up among facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Ask,
    LookUp,
}

pub(super) fn is_actor(rulebook: &Rulebook, id: EntityId) -> bool {
    id.possessed().is_none()
        && matches!(
            rulebook.entities[id.index()].kind,
            EntityKind::State { .. }
                | EntityKind::Organisation
                | EntityKind::Organ { .. }
                | EntityKind::Group
        )
}

/// The variables of a norm that no condition binds, and that its subject, parties or act mention.
///
/// An open sentence binds no party where something else starts the norm: it is asked of each.
pub(super) fn free(rulebook: &Rulebook, norm: &Norm) -> Vec<VariableId> {
    let bound: Vec<VariableId> = norm.conditions.iter().flat_map(binds).collect();
    let closed: Vec<VariableId> = norm
        .conditions
        .iter()
        .flat_map(|condition| binds_closed(rulebook, condition))
        .collect();
    let started = !norm.triggered || norm.conditions.iter().any(|c| starts(rulebook, c));
    let asked: Vec<VariableId> = norm
        .parties
        .iter()
        .filter_map(|(term, _)| variable(*term))
        .filter(|party| started && !closed.contains(party))
        .collect();
    let mut free: Vec<VariableId> = norm
        .parties
        .iter()
        .filter_map(|(term, _)| variable(*term))
        .chain(match &norm.head {
            Head::Deem(pattern) => pattern_variables(pattern),
            Head::Position(head) => pattern_variables(&head.act),
        })
        .filter(|variable| !bound.contains(variable) || asked.contains(variable))
        .collect();
    free.sort();
    free.dedup();
    free
}

fn variable(term: Term) -> Option<VariableId> {
    match term {
        Term::Variable(variable) | Term::Possession(_, variable) => Some(variable),
        _ => None,
    }
}

fn spot_term(spot: Spot) -> Term {
    match spot {
        Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term) => term,
    }
}

pub(super) fn pattern_variables(pattern: &Pattern) -> Vec<VariableId> {
    let spots = pattern.place.iter().flat_map(|place| &place.spots);
    pattern
        .terms
        .iter()
        .copied()
        .chain(spots.map(|spot| spot_term(*spot)))
        .filter_map(variable)
        .collect()
}

/// The variables that a condition binds.
fn binds(condition: &Condition) -> Vec<VariableId> {
    match condition {
        Condition::Sentence { pattern, .. } => pattern_variables(pattern),
        Condition::Is(term, Class::Party(..)) => variable(*term).into_iter().collect(),
        Condition::Same(one, other) => [*one, *other].into_iter().filter_map(variable).collect(),
        Condition::InForce { treaty, party } => {
            [*treaty, *party].into_iter().filter_map(variable).collect()
        }
        Condition::Position {
            bearer,
            act,
            towards,
            ..
        } => [*bearer, *towards]
            .into_iter()
            .filter_map(variable)
            .chain(act.iter().flat_map(pattern_variables))
            .collect(),
        Condition::Breach {
            bearer, against, ..
        } => [*bearer, *against]
            .into_iter()
            .filter_map(variable)
            .collect(),
        Condition::Considers { what, .. } => binds(what),
        Condition::All(all) => all.iter().flat_map(binds).collect(),
        Condition::Any(any) => {
            let mut every = any.iter().map(binds);
            let first = every.next().unwrap_or_default();
            every.fold(first, |common, other| {
                common
                    .into_iter()
                    .filter(|variable| other.contains(variable))
                    .collect()
            })
        }
        Condition::Is(..)
        | Condition::Count { .. }
        | Condition::Reading(..)
        | Condition::Layer(_)
        | Condition::Not(_) => Vec::new(),
    }
}

/// The variables that a condition binds by what is not open.
fn binds_closed(rulebook: &Rulebook, condition: &Condition) -> Vec<VariableId> {
    match condition {
        Condition::Sentence { pattern, .. } if rulebook.predicate(pattern.predicate).open => {
            Vec::new()
        }
        // Who a party is no fact tells by where it happened.
        Condition::Sentence { pattern, .. } => {
            pattern.terms.iter().copied().filter_map(variable).collect()
        }
        Condition::Considers { what, .. } => binds_closed(rulebook, what),
        Condition::All(all) => all
            .iter()
            .flat_map(|part| binds_closed(rulebook, part))
            .collect(),
        Condition::Any(any) => {
            let all: Vec<_> = any
                .iter()
                .map(|part| binds_closed(rulebook, part))
                .collect();
            let first = all.first().cloned().unwrap_or_default();
            first
                .into_iter()
                .filter(|variable| all.iter().all(|part| part.contains(variable)))
                .collect()
        }
        other => binds(other),
    }
}

/// The variables that a condition binds otherwise than by saying where.
fn binds_by_name(condition: &Condition) -> Vec<VariableId> {
    match condition {
        Condition::Sentence { pattern, .. } => {
            pattern.terms.iter().copied().filter_map(variable).collect()
        }
        Condition::Considers { what, .. } => binds_by_name(what),
        Condition::All(all) => all.iter().flat_map(binds_by_name).collect(),
        Condition::Any(any) => {
            let all: Vec<_> = any.iter().map(binds_by_name).collect();
            let first = all.first().cloned().unwrap_or_default();
            let common = |variable: &VariableId| all.iter().all(|part| part.contains(variable));
            first.into_iter().filter(common).collect()
        }
        other => binds(other),
    }
}

/// Whether a condition needs something to have happened, whatever is open.
fn starts(rulebook: &Rulebook, condition: &Condition) -> bool {
    match condition {
        Condition::Sentence { pattern, .. } => !rulebook.predicate(pattern.predicate).open,
        Condition::Considers { what, .. } => {
            matches!(
                **what,
                Condition::Sentence { .. } | Condition::Considers { .. }
            ) && starts(rulebook, what)
        }
        Condition::Position { .. } | Condition::Breach { .. } => true,
        Condition::Any(parts) => parts.iter().all(|part| starts(rulebook, part)),
        Condition::All(parts) => parts.iter().any(|part| starts(rulebook, part)),
        _ => false,
    }
}

/// The sentence, or that which somebody considers to be so.
fn said(condition: &Condition) -> Option<&Pattern> {
    match condition {
        Condition::Sentence { pattern, .. } => Some(pattern),
        Condition::Considers { what, .. } => said(what),
        _ => None,
    }
}

/// Whether a condition cannot hold without a fact or a position that it names.
pub(super) fn prompts(rulebook: &Rulebook, condition: &Condition) -> bool {
    match condition {
        Condition::Sentence { pattern, .. } => {
            !rulebook.predicate(pattern.predicate).open || !pattern_variables(pattern).is_empty()
        }
        Condition::Considers { what, .. } => {
            matches!(
                **what,
                Condition::Sentence { .. } | Condition::Considers { .. }
            ) && prompts(rulebook, what)
        }
        Condition::Position { .. } | Condition::Breach { .. } => true,
        Condition::Any(parts) => parts.iter().all(|part| starts(rulebook, part)),
        Condition::All(parts) => parts.iter().any(|part| prompts(rulebook, part)),
        _ => false,
    }
}

/// All variables that a condition mentions.
fn mentions(condition: &Condition) -> Vec<VariableId> {
    let mut found = Vec::new();
    walk(condition, &mut |inner| {
        found.extend(binds(inner));
        if let Condition::Is(term, _) | Condition::Considers { who: term, .. } = inner {
            found.extend(variable(*term));
        }
    });
    found
}

fn with(bindings: &Bindings, variable: VariableId, who: EntityId) -> Bindings {
    let mut bindings = *bindings;
    bindings[variable.index()] = Some(who);
    bindings
}

/// The bindings under which the term stands for this.
fn take(bindings: &Bindings, term: Term, who: EntityId) -> Option<Bindings> {
    match (term, value(term, bindings)) {
        (Term::Any, _) => Some(*bindings),
        (_, Some(known)) => (known == who).then(|| *bindings),
        (Term::Variable(variable), None) => Some(with(bindings, variable, who)),
        (Term::Possession(word, variable), None) => {
            let (own, owner) = who.possessed()?;
            (own == word).then(|| with(bindings, variable, owner))
        }
        (Term::Entity(_), None) => None,
    }
}

/// Each of these for a variable not yet bound.
fn range(found: Found, variable: VariableId, all: &[EntityId]) -> Found {
    found
        .into_iter()
        .flat_map(|(bindings, depth)| {
            if bound(&bindings, variable).is_some() {
                return vec![(bindings, depth)];
            }
            all.iter()
                .map(|who| (with(&bindings, variable, *who), depth))
                .collect()
        })
        .collect()
}

impl Naive<'_> {
    /// All ways to fill the variables of a norm that make its conditions true today.
    pub(super) fn solve(&self, at: At, norm: &Norm) -> Found {
        let start = Bindings::default();
        // Nobody but an actor is ever a party, so nothing else is worth trying.
        let actors: Vec<EntityId> = self
            .domain
            .iter()
            .copied()
            .filter(|who| is_actor(self.rulebook, *who))
            .collect();
        let is_party = |variable: &VariableId| {
            norm.parties
                .iter()
                .any(|(term, _)| *term == Term::Variable(*variable))
        };
        let free: Vec<Free> = free(self.rulebook, norm)
            .into_iter()
            .map(|variable| {
                let all = if is_party(&variable) {
                    actors.clone()
                } else {
                    self.domain.clone()
                };
                (variable, all)
            })
            .collect();
        self.all_of(at, &norm.conditions, start, &free, self.starter(norm))
    }

    /// Where only open sentences could start a norm, the first of them that names a variable is looked up among facts (C9).
    fn starter<'n>(&self, norm: &'n Norm) -> Option<&'n Condition> {
        if matches!(norm.head, Head::Position(_)) && !norm.triggered {
            return None;
        }
        let is_open = |condition: &Condition| {
            said(condition).is_some_and(|said| self.rulebook.predicate(said.predicate).open)
        };
        let mut conditions = norm.conditions.iter();
        if conditions.any(|condition| starts(self.rulebook, condition)) {
            return None;
        }
        let mut conditions = norm.conditions.iter();
        conditions.find(|condition| is_open(condition) && prompts(self.rulebook, condition))
    }

    /// Whether the condition holds; variables that it is the first to mention stay inside.
    pub(super) fn holds(&self, at: At, condition: &Condition, bindings: &Bindings) -> bool {
        !self.satisfy(at, condition, bindings).is_empty()
    }

    /// Conditions in order. Free variables are bound before the first condition that mentions them, or at the end, which is
    /// the same as in the beginning; what binds nothing waits for the variables that other conditions bind.
    fn all_of(
        &self,
        at: At,
        conditions: &[Condition],
        start: Bindings,
        free: &[Free],
        starter: Option<&Condition>,
    ) -> Found {
        let binders: Vec<VariableId> = conditions.iter().flat_map(binds).collect();
        let mut found = vec![(start, 0)];
        let mut waiting: Vec<&Condition> = conditions.iter().collect();
        while !waiting.is_empty() && !found.is_empty() {
            let ready = |condition: &&Condition| {
                let bindings = &found[0].0;
                let own = binds(condition);
                let missing: Vec<VariableId> = mentions(condition)
                    .into_iter()
                    .filter(|variable| {
                        bound(bindings, *variable).is_none()
                            && binders.contains(variable)
                            && !free.iter().any(|(free, _)| free == variable)
                    })
                    .collect();
                // Who considers it, others may tell, even if it is named to say where.
                let told_by_others = |who: VariableId| {
                    !binds_by_name(condition).contains(&who)
                        && waiting
                            .iter()
                            .any(|other| binds_by_name(other).contains(&who))
                };
                match condition {
                    Condition::Same(..) => missing.len() < 2,
                    Condition::Considers { who, .. }
                        if variable(*who)
                            .is_some_and(|who| missing.contains(&who) && told_by_others(who)) =>
                    {
                        false
                    }
                    _ => missing.iter().all(|variable| own.contains(variable)),
                }
            };
            let whole = |condition: &&Condition| {
                ready(condition) && !self.leans_on_open(condition, &found[0].0)
            };
            // Whom it names only to say where, others may tell.
            let told = |condition: &&Condition| {
                let by_name = binds_by_name(condition);
                let mut named = binds(condition).into_iter();
                whole(condition)
                    && named.all(|variable| {
                        bound(&found[0].0, variable).is_some()
                            || free.iter().any(|(free, _)| *free == variable)
                            || by_name.contains(&variable)
                    })
            };
            let first = |condition: &&Condition| {
                starter.is_some_and(|starter| std::ptr::eq(starter, *condition))
            };
            let next = waiting
                .iter()
                .position(first)
                .or_else(|| waiting.iter().position(told))
                .or_else(|| waiting.iter().position(whole))
                .or_else(|| waiting.iter().position(ready))
                .unwrap_or(0);
            let condition = waiting.remove(next);
            for variable in mentions(condition) {
                if let Some((_, all)) = free.iter().find(|(free, _)| *free == variable) {
                    found = range(found, variable, all);
                }
            }
            let looked_up = starter.is_some_and(|starter| std::ptr::eq(starter, condition));
            let quiet = said(condition).filter(|_| looked_up).map(pattern_variables);
            let quiet = quiet
                .and_then(|variables| variables.first().copied())
                .or(at.quiet);
            found = self.step(At { quiet, ..at }, found, condition);
        }
        for (variable, all) in free {
            found = range(found, *variable, all);
        }
        found
    }

    /// Whether it would look up among facts who fills an open sentence.
    fn leans_on_open(&self, condition: &Condition, bindings: &Bindings) -> bool {
        let unbound = binds(condition)
            .into_iter()
            .any(|variable| bound(bindings, variable).is_none());
        let mut open = false;
        walk(condition, &mut |inner| {
            if let Condition::Sentence { pattern, .. } = inner {
                open |= self.rulebook.predicate(pattern.predicate).open;
            }
        });
        unbound && open
    }

    fn step(&self, at: At, found: Found, condition: &Condition) -> Found {
        let mut next: Found = Vec::new();
        for (bindings, depth) in found {
            for (bindings, more) in self.satisfy(at, condition, &bindings) {
                let depth = depth.max(more);
                match next.iter_mut().find(|(other, _)| *other == bindings) {
                    Some((_, least)) => *least = depth.min(*least),
                    None => next.push((bindings, depth)),
                }
            }
        }
        next
    }

    /// The ways to fill its variables that make the condition true today.
    fn satisfy(&self, at: At, condition: &Condition, bindings: &Bindings) -> Found {
        let truth = |so: bool| {
            if so { vec![(*bindings, 0)] } else { Vec::new() }
        };
        match condition {
            Condition::Sentence { pattern, tense } => self.sentence(at, pattern, *tense, bindings),
            Condition::Is(term, class) => match value(*term, bindings) {
                Some(who) => truth(self.is_of(at, who, class, Look::Ask)),
                None => self.each(&self.members(at, class), *term, bindings),
            },
            Condition::Same(one, other) => match (value(*one, bindings), value(*other, bindings)) {
                (Some(one), Some(other)) => truth(one == other),
                (Some(one), None) => self.each(&[one], *other, bindings),
                (None, Some(other)) => self.each(&[other], *one, bindings),
                (None, None) => panic!("two variables that nothing binds"),
            },
            Condition::InForce { treaty, party } => self.in_force(at, *treaty, *party, bindings),
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => self.positions(
                at,
                |key, state| {
                    let norm = self.norm(key.norm);
                    state.holds
                        && (norm.triggered || act.is_some() || self.unbound(norm).is_empty())
                        && self.rulebook.in_scope(norm, under)
                        && modality_of(norm) == Some(*modality)
                },
                act.as_ref(),
                (*bearer, *towards),
                bindings,
            ),
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => {
                let days = if *perfect {
                    0..=at.day
                } else {
                    at.day..=at.day
                };
                days.flat_map(|day| {
                    self.positions(
                        At { day, ..at },
                        |key, state| {
                            state.violated() && self.rulebook.in_scope(self.norm(key.norm), under)
                        },
                        None,
                        (*bearer, *against),
                        bindings,
                    )
                })
                .collect()
            }
            Condition::Considers { who, what } => self.considers(at, *who, what, bindings),
            Condition::Count {
                comparison,
                threshold,
                counted,
                class,
                except,
                body,
            } => self.count(
                at,
                (*comparison, *threshold),
                *counted,
                class,
                except,
                body,
                bindings,
            ),
            Condition::Reading(dispute, number) => {
                let readings = self.rulebook.disputes[dispute.index()].readings.len();
                let earlier =
                    (0..*number).all(|earlier| !self.ask(at, Question::Reading(*dispute, earlier)));
                truth(
                    earlier
                        && (*number as usize + 1 == readings
                            || self.ask(at, Question::Reading(*dispute, *number))),
                )
            }
            Condition::Layer(layer) => truth(self.in_view(at, *layer)),
            Condition::Not(inner) => truth(!self.holds(at, inner, bindings)),
            Condition::All(all) => self.all_of(at, all, *bindings, &[], None),
            Condition::Any(any) => any
                .iter()
                .flat_map(|inner| self.satisfy(at, inner, bindings))
                .collect(),
        }
    }

    /// The term may stand for each of these.
    fn each(&self, who: &[EntityId], term: Term, bindings: &Bindings) -> Found {
        who.iter()
            .filter_map(|who| take(bindings, term, *who))
            .map(|bindings| (bindings, 0))
            .collect()
    }

    pub(super) fn in_view(&self, at: At, layer: LayerId) -> bool {
        let known = match self.scenario.view {
            View::Full => true,
            View::Public => false,
            View::Of(actor) => self.rulebook.layers[layer.index()]
                .known_to
                .contains(&actor),
        };
        known
            || self.rulebook.layers[layer.index()]
                .until
                .is_some_and(|public| public <= self.day(at.day))
    }

    fn in_force(&self, at: At, treaty: Term, party: Term, bindings: &Bindings) -> Found {
        let mut found = Vec::new();
        for (index, each) in self.rulebook.treaties.iter().enumerate() {
            let life = &self.today(at).lives[index];
            let Some(bindings) = take(bindings, treaty, each.entity) else {
                continue;
            };
            if !life.in_force {
                continue;
            }
            if party == Term::Any {
                found.push((bindings, 0));
            } else {
                for (who, _) in &life.members {
                    found.extend(self.each(&[*who], party, &bindings));
                }
            }
        }
        found
    }

    /// Positions that fit.
    fn positions(
        &self,
        at: At,
        fits: impl Fn(&Key, &Position) -> bool,
        act: Option<&Pattern>,
        (bearer, named): (Term, Term),
        bindings: &Bindings,
    ) -> Found {
        let mut found = Vec::new();
        for (key, state) in &self.today(at).positions {
            if !fits(key, state) {
                continue;
            }
            for who in &state.bearers {
                let Some(bindings) = take(bindings, bearer, *who) else {
                    continue;
                };
                let Some(bindings) = self.same_act(at, act, key, *who, &bindings) else {
                    continue;
                };
                if named == Term::Any {
                    found.push((bindings, state.depth));
                } else {
                    for other in self.named(key) {
                        found.extend(
                            take(&bindings, named, other).map(|bindings| (bindings, state.depth)),
                        );
                    }
                }
            }
        }
        found
    }

    /// The position's act, as a position literal describes it.
    fn same_act(
        &self,
        at: At,
        act: Option<&Pattern>,
        key: &Key,
        bearer: EntityId,
        bindings: &Bindings,
    ) -> Option<Bindings> {
        let Some(act) = act else {
            return Some(*bindings);
        };
        if act.predicate != key.act(&self.rulebook.norms).predicate {
            return None;
        }
        let mut arguments = key.arguments;
        arguments[0] = Some(bearer);
        self.fill(at, act, &arguments, bindings)
    }

    /// Whom the act names besides the bearer; of a possession also the owner.
    pub(super) fn named(&self, key: &Key) -> Vec<EntityId> {
        key.arguments[1..]
            .iter()
            .flatten()
            .flat_map(|who| std::iter::once(*who).chain(who.possessed().map(|(_, owner)| owner)))
            .collect()
    }

    fn considers(&self, at: At, who: Term, what: &Condition, bindings: &Bindings) -> Found {
        let mut people = match value(who, bindings) {
            Some(who) => vec![who],
            None => self.domain.clone(),
        };
        // Nobody but an actor considers anything.
        people.retain(|person| is_actor(self.rulebook, *person));
        let mut found = Found::new();
        for person in people {
            let Some(bindings) = take(bindings, who, person) else {
                continue;
            };
            found.extend(self.satisfy(at, what, &bindings));
            if let Some(&world) = self.shifts.get(&(at.world, person)) {
                found.extend(self.satisfy(At { world, ..at }, what, &bindings));
            }
        }
        found
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "as literal as the page on the language"
    )]
    fn count(
        &self,
        at: At,
        (comparison, threshold): (Comparison, Threshold),
        counted: VariableId,
        class: &Class,
        except: &[Condition],
        body: &Condition,
        bindings: &Bindings,
    ) -> Found {
        // Of parties, and where those matter who do not do it, each is asked about; else who does it is looked up.
        let looked_up = matches!(threshold, Threshold::Number(_))
            && !matches!(class, Class::Party(..))
            && binds(body).contains(&counted);
        let (quiet, look) = if looked_up {
            (Some(counted), Look::Ask)
        } else {
            (at.quiet, Look::LookUp)
        };
        let mut members: Vec<Bindings> = self
            .domain
            .iter()
            .map(|who| with(bindings, counted, *who))
            .collect();
        if looked_up {
            let at = At { quiet, ..at };
            members.retain(|bindings| self.holds(at, body, bindings));
        }
        members.retain(|bindings| {
            bound(bindings, counted).is_some_and(|who| self.is_of(at, who, class, look))
                && !except.iter().any(|except| self.holds(at, except, bindings))
        });
        let at = At { quiet, ..at };
        let mut depths: Vec<u32> = members
            .iter()
            .filter_map(|bindings| {
                let ways = self.satisfy(at, body, bindings);
                ways.iter().map(|(_, depth)| *depth).min()
            })
            .collect();
        depths.sort_unstable();
        let (number, needed) = match threshold {
            Threshold::Number(needed) => (depths.len(), needed as usize),
            Threshold::Fraction(..) if members.is_empty() => return Vec::new(),
            Threshold::Fraction(upper, lower) => (
                depths.len() * lower as usize,
                members.len() * upper as usize,
            ),
        };
        let so = match comparison {
            Comparison::AtLeast => number >= needed,
            Comparison::AtMost => number <= needed,
            Comparison::FewerThan => number < needed,
            Comparison::MoreThan => number > needed,
        };
        // As few as suffice.
        let share = match threshold {
            Threshold::Number(_) => 1,
            Threshold::Fraction(_, lower) => lower as usize,
        };
        let enough = match comparison {
            Comparison::AtLeast => needed.div_ceil(share),
            Comparison::MoreThan => needed / share + 1,
            Comparison::AtMost | Comparison::FewerThan => 0,
        };
        let depth = enough
            .checked_sub(1)
            .and_then(|last| depths.get(last).copied())
            .unwrap_or(0);
        if so {
            vec![(*bindings, depth)]
        } else {
            Vec::new()
        }
    }

    /// All of a class.
    pub(super) fn members(&self, at: At, class: &Class) -> Vec<EntityId> {
        self.domain
            .iter()
            .copied()
            .filter(|who| self.is_of(at, *who, class, Look::LookUp))
            .collect()
    }

    pub(super) fn is_of(&self, at: At, who: EntityId, class: &Class, look: Look) -> bool {
        let kind = &self.rulebook.entities[who.index()].kind;
        let own = who.possessed().is_none();
        match class {
            Class::Actor => is_actor(self.rulebook, who),
            Class::State => own && matches!(kind, EntityKind::State { .. }),
            Class::Organisation => own && matches!(kind, EntityKind::Organisation),
            Class::Organ => own && matches!(kind, EntityKind::Organ { .. }),
            Class::Group => own && matches!(kind, EntityKind::Group),
            Class::Place => own && matches!(kind, EntityKind::Place(_) | EntityKind::Area(_)),
            Class::Thing => own && matches!(kind, EntityKind::Thing),
            Class::Treaty => own && matches!(kind, EntityKind::Treaty(_)),
            Class::Party(treaty, role) => self.is_bound(at, who, *treaty, role.as_ref()),
            Class::Status(predicate) => {
                let mut arguments = [None; SLOTS];
                arguments[0] = Some(who);
                let atom = Atom {
                    predicate: *predicate,
                    arguments,
                    place: None,
                    amount: None,
                };
                let stated = self.today(at).instances().any(|instance| {
                    visible(instance, at.scope)
                        && instance.atom.predicate == *predicate
                        && instance.atom.arguments[0] == Some(who)
                });
                stated || look == Look::Ask && self.open(at, &atom)
            }
        }
    }

    /// Bound by the treaty today; in a condition of entry into force, a party to it.
    pub(super) fn is_bound(
        &self,
        at: At,
        who: EntityId,
        treaty: TreatyId,
        role: Option<&String>,
    ) -> bool {
        let life = &self.today(at).lives[treaty.index()];
        let entering = at.entry && at.scope == Some(treaty);
        (life.in_force || entering) && life.is_member(who, role)
    }

    /// A ground open sentence that no fact makes true today: what the reading says.
    fn open(&self, at: At, atom: &Atom) -> bool {
        let predicate = self.rulebook.predicate(atom.predicate);
        let ground = atom.arguments[..=predicate.roles.len()]
            .iter()
            .all(Option::is_some);
        let bare = self.bare(atom);
        predicate.open
            && ground
            && !self.stated.contains(&bare)
            && self.ask(at, Question::Open(bare))
    }

    fn sentence(&self, at: At, pattern: &Pattern, tense: Tense, bindings: &Bindings) -> Found {
        // C9: a possession has none itself.
        let nobody = |term: &Term| match term {
            Term::Possession(_, owner) => {
                bound(bindings, *owner).is_some_and(|owner| owner.possessed().is_some())
            }
            _ => false,
        };
        if pattern.terms.iter().any(nobody) {
            return Vec::new();
        }
        let mut found = match tense {
            Tense::Present => self.said_on(at, pattern, bindings),
            Tense::Perfect(window) => self.perfect(at, pattern, window, bindings),
        };
        if found.is_empty() {
            let arguments = pattern.terms.map(|term| value(term, bindings));
            let atom = Atom {
                predicate: pattern.predicate,
                arguments,
                place: None,
                amount: None,
            };
            let quiet = at
                .quiet
                .is_some_and(|quiet| pattern_variables(pattern).contains(&quiet));
            if !quiet && self.open(at, &atom) {
                found.push((*bindings, 0));
            }
        }
        found
    }

    /// The facts that say it on the day.
    fn said_on(&self, at: At, pattern: &Pattern, bindings: &Bindings) -> Found {
        self.today(at)
            .instances()
            .filter(|instance| visible(instance, at.scope))
            .flat_map(|instance| {
                self.matches(at, pattern, instance, bindings)
                    .into_iter()
                    .map(|bindings| (bindings, instance.depth))
            })
            .collect()
    }

    /// From each day on which a fact begins to say it, place and classes included, for so long.
    fn perfect(
        &self,
        at: At,
        pattern: &Pattern,
        window: Option<Period>,
        bindings: &Bindings,
    ) -> Found {
        let mut found = Found::new();
        for day in 0..=at.day {
            let then = At { day, ..at };
            for instance in self.today(then).instances() {
                if !visible(instance, at.scope) {
                    continue;
                }
                for way in self.matches(then, pattern, instance, bindings) {
                    let first = match day {
                        0 => Day::FIRST,
                        _ => self.day(day),
                    };
                    let recent = window.is_none_or(|window| {
                        instance.origin == Origin::Assumed
                            || self.day(at.day) <= self.later(at, first, window)
                    });
                    if recent && !self.said_before(then, pattern, instance, bindings, &way) {
                        found.push((way, instance.depth));
                    }
                }
            }
        }
        found
    }

    /// Whether the same fact said the same the day before.
    fn said_before(
        &self,
        at: At,
        pattern: &Pattern,
        instance: &Instance,
        bindings: &Bindings,
        way: &Bindings,
    ) -> bool {
        let Some(day) = at.day.checked_sub(1) else {
            return false;
        };
        let before = At { day, ..at };
        self.today(before).instances().any(|other| {
            other.origin == instance.origin
                && other.since == instance.since
                && other.said == instance.said
                && other.atom == instance.atom
                && other.scope == instance.scope
                && self.matches(before, pattern, other, bindings).contains(way)
        })
    }

    /// A day so much later; the earlier of two where there is no answer.
    pub(super) fn later(&self, at: At, day: Day, period: Period) -> Day {
        let rounding = at
            .scope
            .and_then(|treaty| self.rulebook.treaty(treaty).rounding);
        day.plus(period, rounding)
            .unwrap_or_else(|either| either.down)
    }

    /// The ways to see the pattern in a true sentence.
    pub(super) fn matches(
        &self,
        at: At,
        pattern: &Pattern,
        instance: &Instance,
        bindings: &Bindings,
    ) -> Vec<Bindings> {
        if instance.atom.predicate != pattern.predicate
            || !self.amount_suffices(instance, pattern.amount.as_ref())
        {
            return Vec::new();
        }
        let Some(bindings) = self.fill(at, pattern, &instance.atom.arguments, bindings) else {
            return Vec::new();
        };
        let Some(place) = &pattern.place else {
            return vec![bindings];
        };
        let mut ways = vec![(bindings, 0)];
        // Where it happened tells of a place or its owner, if the fact names a place.
        let named = |_: &&EntityId| instance.atom.place.is_some();
        let own = self.domain.iter().filter(|who| who.possessed().is_none());
        let all: Vec<EntityId> = own.filter(named).copied().collect();
        for spot in &place.spots {
            if let Some(variable) = variable(spot_term(*spot)) {
                ways = range(ways, variable, &all);
            }
        }
        ways.into_iter()
            .map(|(bindings, _)| bindings)
            .filter(|bindings| self.in_place(at, place, instance, bindings))
            .collect()
    }

    pub(super) fn amount_suffices(
        &self,
        instance: &Instance,
        wanted: Option<&casus::model::sentence::Amount>,
    ) -> bool {
        wanted.is_none_or(|wanted| {
            instance.atom.amount.as_ref().is_some_and(|own| {
                let enough = own.number >= wanted.number;
                own.unit == wanted.unit && enough && (!wanted.exact || own.number == wanted.number)
            })
        })
    }

    /// The pattern's terms stand for these arguments.
    fn fill(
        &self,
        at: At,
        pattern: &Pattern,
        arguments: &[Option<EntityId>; SLOTS],
        bindings: &Bindings,
    ) -> Option<Bindings> {
        let mut bindings = *bindings;
        for slot in 0..SLOTS {
            match (pattern.terms[slot], &pattern.classes[slot]) {
                (Term::Any, None) => {}
                (Term::Any, Some(class)) => {
                    if !self.is_of(at, arguments[slot]?, class, Look::Ask) {
                        return None;
                    }
                }
                (term, _) => bindings = take(&bindings, term, arguments[slot]?)?,
            }
        }
        Some(bindings)
    }

    /// Whether what happened, happened where it is wanted.
    pub(super) fn in_place(
        &self,
        at: At,
        wanted: &PlaceTest,
        instance: &Instance,
        bindings: &Bindings,
    ) -> bool {
        let inside = wanted.spots.iter().any(|spot| {
            let Some(entity) = value(spot_term(*spot), bindings) else {
                return false;
            };
            let wanted = Where::of(*spot, entity);
            match (instance.atom.place, instance.origin) {
                (Some(place), _) => self.located(at, place, wanted),
                (None, Origin::Stated(fact)) => self.ask(at, Question::Place(fact, wanted)),
                (None, _) => false,
            }
        });
        inside != wanted.outside
    }
}

pub(super) fn modality_of(norm: &Norm) -> Option<Modality> {
    match &norm.head {
        Head::Position(head) => Some(head.modality),
        Head::Deem(_) => None,
    }
}
