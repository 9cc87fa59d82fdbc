//! Teams that are played by the program to try an exercise out: one that knows all, one that claims all, one that ticks
//! all that is offered, one that says that nothing is owed, and one that says nothing.

use super::claim::{Answer, Claim, read};
use super::grade::grade;
use super::key::{KeyItem, key};
use super::load::Pack;
use super::offer::{offer, viewer};
use super::outline::{Exercise, Obligations, QuestionKind};
use super::pinned::{Put, all_put};
use crate::model::condition::Scope;
use crate::model::fact::PositionQuery;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Head, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::model::vocabulary::SLOTS;

/// Whoever claims everything must stay below this share of the points.
pub const MOST_FOR_EVERYTHING: f64 = 0.4;
/// Nobody writes more claims than this.
const MOST_CLAIMS: usize = 200;

/// What each bot gets for a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The question.
    pub question: String,
    /// The role.
    pub role: String,
    /// How many positions the key has.
    pub key: usize,
    /// Points for a perfect answer.
    pub of: u32,
    /// Points of the one that knows all.
    pub perfect: f64,
    /// Points of the one that claims all.
    pub everything: f64,
    /// Points of the one that ticks all that is offered.
    pub ticks_all: f64,
    /// Points of the one that says that nothing is owed.
    pub nothing: f64,
}

/// Tries all questions about obligations, in the order of the file.
pub fn try_out(pack: &Pack, exercise: &Exercise) -> Vec<Tried> {
    let put = all_put(pack, exercise);
    let tried = put.iter().filter_map(|put| match &put.question.kind {
        QuestionKind::Obligations(asked) => Some(tried(pack, exercise, put, asked)),
        _ => None,
    });
    tried.collect()
}

fn tried(pack: &Pack, exercise: &Exercise, put: &Put<'_>, asked: &Obligations) -> Tried {
    let viewer = viewer(put.question, put.role);
    let party = exercise.role(put.role).party;
    let key = key(pack, &put.world, viewer, asked, party);
    let of = put.question.points;
    let points = |answer: &Answer| {
        let graded = grade(&pack.project.rulebook, &key, answer, asked, of);
        graded.points.unwrap_or(0.0)
    };
    let right: Vec<Claim> = key.iter().map(|item| claim_of(pack, item)).collect();
    let perfect = if right.is_empty() {
        Answer::NoObligation
    } else {
        Answer::Claims(right)
    };
    let everything = everything(pack, put, asked);
    let ticked = ticked(pack, put);
    Tried {
        question: put.question.id.clone(),
        role: exercise.role(put.role).id.clone(),
        key: key.len(),
        of,
        perfect: points(&perfect),
        everything: points(&Answer::Claims(everything)),
        ticks_all: points(&Answer::Claims(ticked)),
        nothing: points(&Answer::NoObligation),
    }
}

/// The claim that an item of a key deserves.
pub fn claim_of(pack: &Pack, item: &KeyItem) -> Claim {
    let norm = pack.project.rulebook.norm(item.norm);
    let mut claim = Claim::of(PositionQuery {
        modality: item.modality,
        bearer: item.arguments[0],
        act: act(item.predicate, item.arguments),
        under: Some(under(norm)),
        text: item.sentence.clone(),
    });
    claim.due = item.due;
    claim.standing = Some(item.standing);
    claim
}

/// All that is offered, with the articles where those are shown.
fn ticked(pack: &Pack, put: &Put<'_>) -> Vec<Claim> {
    let Some(scenario) = put.world.scenario(pack, viewer(put.question, put.role)) else {
        return Vec::new();
    };
    let offer = offer(pack, &put.world, put.question, put.role);
    let options = offer.options.iter();
    let claims = options.filter_map(|option| read(&option.text, pack, &scenario).ok());
    claims.flatten().collect()
}

/// Every kind of act that the treaties in play know, by every party and to every other, each under its article: what somebody
/// hands in who wants to be sure to name what is owed.
fn everything(pack: &Pack, put: &Put<'_>, asked: &Obligations) -> Vec<Claim> {
    let rulebook = &pack.project.rulebook;
    let scenario = put.world.scenario(pack, viewer(put.question, put.role));
    let counted = scenario.and_then(|scenario| scenario.treaties);
    let in_play = |norm: &&Norm| match (&counted, norm.treaty) {
        (Some(counted), Some(treaty)) => counted.contains(&treaty),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    let mut claims: Vec<Claim> = Vec::new();
    for norm in rulebook.norms.iter().filter(in_play) {
        let Head::Position(head) = &norm.head else {
            continue;
        };
        if !norm.triggered || !asked.kinds.contains(&head.modality) || claims.len() > MOST_CLAIMS {
            continue;
        }
        let parties = parties(rulebook, norm);
        for bearer in &parties {
            for other in parties.iter().filter(|other| *other != bearer) {
                claims.push(claim(norm, head, *bearer, *other));
            }
        }
    }
    claims
}

/// The parties listed by the treaty of a norm.
fn parties(rulebook: &Rulebook, norm: &Norm) -> Vec<EntityId> {
    let treaty = norm.treaty.map(|treaty| rulebook.treaty(treaty));
    let listed = treaty.into_iter().flat_map(|treaty| &treaty.parties);
    let mut found: Vec<EntityId> = listed.map(|party| party.actor).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn claim(norm: &Norm, head: &PositionHead, bearer: EntityId, other: EntityId) -> Claim {
    let mut arguments = [None; SLOTS];
    arguments[0] = Some(bearer);
    arguments[1] = Some(other);
    Claim::of(PositionQuery {
        modality: head.modality,
        bearer: Some(bearer),
        act: act(head.act.predicate, arguments),
        under: Some(under(norm)),
        text: String::new(),
    })
}

fn act(predicate: PredicateId, arguments: [Option<EntityId>; SLOTS]) -> Atom {
    Atom {
        predicate,
        arguments,
        place: None,
        amount: None,
    }
}

fn under(norm: &Norm) -> Scope {
    Scope {
        treaty: norm.treaty,
        article: Some(norm.article),
        clause: norm.clause.clone(),
    }
}
