//! What an outcome rests on, so that it need not be worked out again when something else is edited.

use crate::engine::{Origin, Outcome, walk};
use crate::model::condition::Condition;
use crate::model::entity::EntityKind;
use crate::model::fact::{Assume, Claim, Scenario, Verdict};
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Term};
use crate::model::treaty::Entry;
use crate::model::vocabulary::PredicateKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// What one outcome rests on, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Any edit may matter: the scenario has clauses of its own, or asks more than what follows today.
    pub everything: bool,
    /// The only treaties whose clauses count, if the scenario names them.
    pub listed: Option<Vec<String>>,
    /// Treaties that were looked at.
    pub treaties: Vec<String>,
    /// What was done or was asked about: a word, and who fills its roles (nobody: empty).
    pub sentences: Vec<Vec<String>>,
    /// What shall or may be done: the words.
    pub acts: Vec<String>,
}

impl Reach {
    /// Of an outcome and of what is expected of it.
    pub fn of(outcome: &Outcome) -> Self {
        Self {
            everything: asks_more(outcome.scenario),
            ..Self::of_outcome(outcome)
        }
    }

    /// Of an outcome alone.
    pub fn of_outcome(outcome: &Outcome) -> Self {
        let book = outcome.rulebook;
        let name = |id: TreatyId| book.treaty(id).name.clone();
        let looked_at = (0..book.treaties.len() as u32).map(TreatyId);
        let treaties = looked_at
            .filter(|id| outcome.in_force(*id).is_some())
            .map(name);
        let sentence = |(predicate, arguments): Act| -> Vec<String> {
            let who = arguments
                .iter()
                .map(|who| who.map_or_else(String::new, |id| book.name(id)));
            [word(book, predicate)].into_iter().chain(who).collect()
        };
        let said: FxHashSet<Act> = said(outcome).collect();
        let mut sentences: Vec<Vec<String>> = said.into_iter().map(sentence).collect();
        sentences.sort();
        let mut acts: Vec<String> = granted(outcome).map(|id| word(book, id)).collect();
        acts.sort();
        Self {
            everything: false,
            listed: outcome
                .scenario
                .treaties
                .as_ref()
                .map(|list| list.iter().map(|id| name(*id)).collect()),
            treaties: treaties.collect(),
            sentences,
            acts,
        }
    }
}

/// A word and who fills its roles.
type Act = (
    PredicateId,
    [Option<EntityId>; crate::model::vocabulary::SLOTS],
);

/// Facts, and acts that expectations speak of.
fn said(outcome: &Outcome) -> impl Iterator<Item = Act> {
    let cast: FxHashSet<EntityId> = outcome
        .scenario
        .facts
        .iter()
        .flat_map(|fact| fact.atom.arguments.iter().flatten().copied())
        .collect();
    let facts = outcome.facts.iter().filter(move |fact| {
        let record = matches!(fact.origin, Origin::Record(_));
        !record
            || fact
                .atom
                .arguments
                .iter()
                .flatten()
                .any(|who| cast.contains(who))
    });
    let facts = facts.map(|fact| (fact.atom.predicate, fact.atom.arguments));
    let asked = outcome
        .scenario
        .expectations
        .iter()
        .flat_map(|one| match &one.claim {
            Claim::Position(_, query) => vec![(query.act.predicate, query.act.arguments)],
            Claim::Conflict(one, other)
            | Claim::NoConflict(one, other)
            | Claim::Limit(one, other) => vec![
                (one.act.predicate, one.act.arguments),
                (other.act.predicate, other.act.arguments),
            ],
            Claim::InForce(_) | Claim::NotInForce(..) => Vec::new(),
        });
    // The engine need not keep a fact that starts nothing under the rules as they are.
    let stated = outcome.scenario.facts.iter().flat_map(|fact| {
        let atom = &fact.atom;
        outcome.rulebook.implied(atom.predicate, atom.arguments)
    });
    facts.chain(stated).chain(asked)
}

/// The words of the acts of positions.
fn granted(outcome: &Outcome) -> impl Iterator<Item = PredicateId> {
    let norms: FxHashSet<NormId> = outcome
        .positions
        .iter()
        .map(|position| position.norm)
        .collect();
    let acts = norms
        .into_iter()
        .filter_map(|id| match &outcome.rulebook.norm(id).head {
            Head::Position(head) => Some(head.act.predicate),
            Head::Deem(_) => None,
        });
    acts.collect::<FxHashSet<PredicateId>>().into_iter()
}

/// Expectations that look further than the outcome: what others perform, and why something is not so.
fn asks_more(scenario: &Scenario) -> bool {
    scenario.expectations.iter().any(|one| {
        let performed = one
            .assume
            .as_ref()
            .is_some_and(|assume| *assume != Assume::None);
        let denied = !matches!(
            one.claim,
            Claim::Position(Verdict::Owed | Verdict::OwedIf, _)
        );
        performed || denied && !one.because.is_empty()
    })
}

fn word(book: &Rulebook, id: PredicateId) -> String {
    match &book.predicate(id).kind {
        PredicateKind::Verb { base, .. } => base.clone(),
        PredicateKind::Refusal { of } => format!("refuse {}", word(book, *of)),
        PredicateKind::Status { name } => format!("is {name}"),
    }
}

/// The norms of edited treaties, ready to be asked which outcomes they may touch.
pub struct Edited<'r> {
    book: &'r Rulebook,
    treaties: FxHashSet<String>,
    /// Treaties that an edited one names in its head.
    named: FxHashSet<String>,
    /// Parties to edited treaties that enter into force when something happens: what is missing for that is told.
    pending: FxHashSet<String>,
    norms: Vec<(&'r Norm, String)>,
    /// Edited treaties of whose positions a clause somewhere asks.
    asked: FxHashSet<TreatyId>,
    members: FxHashMap<TreatyId, FxHashSet<String>>,
    words: FxHashMap<String, PredicateId>,
    /// Nothing but these norms was edited.
    norms_only: bool,
}

impl<'r> Edited<'r> {
    /// The treaties of these names, as the rulebook has them now.
    pub fn new(book: &'r Rulebook, treaties: FxHashSet<String>) -> Self {
        let ids = treaties
            .iter()
            .filter_map(|name| book.treaty_of(book.entity(name)?));
        let ids: FxHashSet<TreatyId> = ids.collect();
        let norms = book.norms.iter().filter_map(|norm| {
            let treaty = norm.treaty.filter(|id| ids.contains(id))?;
            Some((norm, book.treaty(treaty).name.clone()))
        });
        let named = ids.iter().flat_map(|id| {
            let treaty = book.treaty(*id);
            let others = treaty
                .replaces
                .iter()
                .chain(&treaty.parties_of)
                .chain(&treaty.while_in_force);
            others
                .map(|id| book.treaty(*id).name.clone())
                .collect::<Vec<_>>()
        });
        let words = (0..book.predicates.len() as u16).map(PredicateId);
        Self {
            pending: pending(book, &ids),
            asked: asked(book, &ids),
            norms: norms.collect(),
            named: named.collect(),
            members: ids.iter().map(|id| (*id, members(book, *id))).collect(),
            words: words.map(|id| (word(book, id), id)).collect(),
            book,
            treaties,
            norms_only: false,
        }
    }

    /// The norms.
    pub fn norms(&self) -> impl Iterator<Item = &'r Norm> {
        self.norms.iter().map(|(norm, _)| *norm)
    }

    /// Where nothing but the norms chosen was edited.
    #[must_use]
    pub fn only(mut self, chosen: &dyn Fn(&Norm) -> bool) -> Self {
        self.norms.retain(|(norm, _)| chosen(norm));
        self.norms_only = true;
        self
    }

    /// Whether an outcome may be another one now. Errs on the side of yes.
    pub fn may_touch(&self, reach: &Reach) -> bool {
        if self.norms_only {
            return self.may_start(reach, &|_| true);
        }
        let looked_at =
            |names: &FxHashSet<String>| reach.treaties.iter().any(|name| names.contains(name));
        let concerned = || {
            let who = reach.sentences.iter().flat_map(|sentence| &sentence[1..]);
            let mut owners = who.map(|who| who.split_once(" of ").map_or(&**who, |(_, of)| of));
            owners.any(|who| self.pending.contains(who) || self.treaties.contains(who))
        };
        if reach.everything || looked_at(&self.treaties) || looked_at(&self.named) || concerned() {
            return true;
        }
        let counts = |treaty: &String| {
            reach
                .listed
                .as_ref()
                .is_none_or(|list| list.contains(treaty))
        };
        self.norms
            .iter()
            .any(|(norm, treaty)| counts(treaty) && self.may_hold(norm, reach))
    }

    /// Whether one of the norms chosen may have to do with an outcome, if nothing but these norms was edited. Errs on the side
    /// of yes.
    pub fn may_start(&self, reach: &Reach, chosen: &dyn Fn(&Norm) -> bool) -> bool {
        let listed = |treaty: &String| {
            let list = reach.listed.as_ref();
            list.is_none_or(|list| list.contains(treaty))
        };
        let mut norms = self.norms.iter().filter(|(norm, _)| chosen(norm));
        reach.everything || norms.any(|(norm, treaty)| listed(treaty) && self.may_hold(norm, reach))
    }

    fn may_hold(&self, norm: &Norm, reach: &Reach) -> bool {
        if !norm.triggered {
            return match &norm.head {
                Head::Position(head) => {
                    let asked = norm.treaty.is_some_and(|id| self.asked.contains(&id));
                    asked || self.is_near(head.act.predicate, reach)
                }
                Head::Deem(_) => true,
            };
        }
        let wanted = norm
            .conditions
            .iter()
            .filter_map(|condition| match condition {
                Condition::Sentence { pattern, .. } => Some(pattern),
                _ => None,
            });
        let mut wanted = wanted.filter(|pattern| !self.book.predicate(pattern.predicate).open);
        // A norm that no sentence starts is asked for other reasons.
        wanted.clone().next().is_none() || wanted.all(|pattern| self.is_said(norm, pattern, reach))
    }

    fn is_said(&self, norm: &Norm, pattern: &Pattern, reach: &Reach) -> bool {
        let word = word(self.book, pattern.predicate);
        let symmetric = self.book.predicate(pattern.predicate).symmetric;
        reach.sentences.iter().any(|sentence| {
            sentence.first() == Some(&word)
                && (symmetric || self.fills(norm, pattern, &sentence[1..]))
        })
    }

    fn fills(&self, norm: &Norm, pattern: &Pattern, who: &[String]) -> bool {
        pattern.terms.iter().zip(who).all(|(term, who)| match term {
            Term::Entity(id) => *who == self.book.name(*id),
            Term::Variable(_) if norm.parties.iter().any(|(party, _)| party == term) => {
                let members = norm.treaty.and_then(|treaty| self.members.get(&treaty));
                members.is_none_or(|members| members.is_empty() || members.contains(who))
            }
            _ => true,
        })
    }

    /// Whether the act, a kind of it or what it is a kind of is among the sentences.
    fn is_near(&self, act: PredicateId, reach: &Reach) -> bool {
        let said = reach.sentences.iter().filter_map(|words| words.first());
        said.chain(&reach.acts).any(|word| {
            let other = self.words.get(word);
            other.is_none_or(|other| {
                is_kind(self.book, act, *other) || is_kind(self.book, *other, act)
            })
        })
    }
}

fn asked(book: &Rulebook, ids: &FxHashSet<TreatyId>) -> FxHashSet<TreatyId> {
    let conditions = book.norms.iter().flat_map(|norm| &norm.conditions);
    let mut found = FxHashSet::default();
    for condition in conditions {
        walk(condition, &mut |part| {
            if let Condition::Position { under, .. } | Condition::Breach { under, .. } = part {
                match under.treaty {
                    Some(id) => found.extend(ids.contains(&id).then_some(id)),
                    None => found.extend(ids),
                }
            }
        });
    }
    found
}

fn pending(book: &Rulebook, ids: &FxHashSet<TreatyId>) -> FxHashSet<String> {
    let treaties = ids.iter().map(|id| book.treaty(*id));
    let waiting = treaties.filter(|treaty| matches!(treaty.entry, Entry::When(_)));
    let parties = waiting.flat_map(|treaty| &treaty.parties);
    parties.map(|party| book.name(party.actor)).collect()
}

fn is_kind(book: &Rulebook, narrow: PredicateId, wide: PredicateId) -> bool {
    let of = |id| book.refusal(id).is_some_and(|refusal| refusal == narrow);
    of(wide)
        || book
            .implied(narrow, Default::default())
            .iter()
            .any(|(predicate, _)| *predicate == wide)
}

/// Whoever may be a party; empty: anybody.
fn members(book: &Rulebook, id: TreatyId) -> FxHashSet<String> {
    let treaty = book.treaty(id);
    let joins = |norm: &Norm| matches!(&norm.head, Head::Deem(_));
    let open = treaty.open_to_every_state
        || treaty.parties_of.is_some()
        || book
            .norms
            .iter()
            .any(|norm| norm.treaty == Some(id) && joins(norm))
        || treaty.parties.is_empty();
    if open {
        return FxHashSet::default();
    }
    let mut found: Vec<EntityId> = treaty.parties.iter().map(|party| party.actor).collect();
    let acceded = book.history.iter().filter(|fact| {
        Some(fact.atom.predicate) == book.core.accede
            && fact.atom.arguments[1] == Some(treaty.entity)
    });
    found.extend(acceded.filter_map(|fact| fact.atom.arguments[0]));
    let mut next = 0;
    while let Some(actor) = found.get(next).copied() {
        next += 1;
        for (at, entity) in book.entities.iter().enumerate() {
            let heir = EntityId::new(at);
            if let EntityKind::State { continues, .. } = &entity.kind
                && continues
                    .iter()
                    .any(|(predecessor, _)| *predecessor == actor)
                && !found.contains(&heir)
            {
                found.push(heir);
            }
        }
    }
    found.into_iter().map(|id| book.name(id)).collect()
}
