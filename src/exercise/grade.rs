//! Grades: claims matched with the key one to one, so that each gets the credit it deserves and none twice.

use super::claim::{Answer, Claim};
use super::key::KeyItem;
use super::outline::{Field, Obligations, Question, QuestionKind};
use crate::calendar::Day;
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// What each part of a claim is worth: who, what and to whom; the article; the deadline; the standing.
const CORE: f64 = 0.50;
const ARTICLE: f64 = 0.25;
const DUE: f64 = 0.15;
const STANDING: f64 = 0.10;
/// Credits are whole numbers for the matching.
const FINE: f64 = 1e6;

/// A graded answer about obligations.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// Points; `None`: unanswered.
    pub points: Option<f64>,
    /// Points for a perfect answer.
    pub of: u32,
    /// Credit by claim.
    pub precision: f64,
    /// Credit by item of the key.
    pub recall: f64,
    /// Distinct claims in the order in which they were made, with what became of each.
    pub claims: Vec<Judged>,
    /// Items of the key that nobody claimed, by number.
    pub missed: Vec<usize>,
}

impl Grade {
    /// Points for a claim that is wholly right: the harmonic mean is the same for each.
    pub fn worth(&self, question: &Question) -> f64 {
        let beta = match &question.kind {
            QuestionKind::Obligations(asked) => f64::from(asked.beta),
            _ => 1.0,
        };
        let hits = self.claims.iter().filter(|it| it.item.is_some()).count();
        let (claims, key) = (self.claims.len(), hits + self.missed.len());
        let all = beta * beta * f64::from(key as u32) + f64::from(claims as u32);
        (1.0 + beta * beta) / all * f64::from(self.of)
    }
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The claim, by number in the answer.
    pub claim: usize,
    /// The item of the key that it is matched with, by number; `None`: claimed in vain.
    pub item: Option<usize>,
    /// What it earns, from 0 to 1.
    pub credit: f64,
    /// What is wrong with it, if it is matched.
    pub flaws: Vec<Flaw>,
}

/// What is wrong with a claim that is right in the main.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flaw {
    /// A broader kind of act than is owed.
    Broader,
    /// Another article of the same treaty, or none named.
    Article,
    /// Another treaty.
    Treaty,
    /// The wrong deadline.
    Due,
    /// The wrong standing.
    Standing,
}

/// Grades an answer against a key; points for a perfect one are `of`.
pub fn grade(
    rulebook: &Rulebook,
    key: &[KeyItem],
    answer: &Answer,
    asked: &Obligations,
    of: u32,
) -> Grade {
    let claims = match answer {
        Answer::Claims(claims) => claims.as_slice(),
        Answer::None | Answer::NoObligation => &[],
    };
    let distinct = distinct(claims);
    let judge = Judge { rulebook, asked };
    let judged = judge.matched(key, claims, &distinct);
    let credit: f64 = judged.iter().map(|one| one.credit).sum();
    let share = |all: usize| {
        if all == 0 {
            1.0
        } else {
            credit / f64::from(all as u32)
        }
    };
    let (precision, recall) = (share(distinct.len()), share(key.len()));
    let right = if key.is_empty() {
        if distinct.is_empty() { 1.0 } else { 0.0 }
    } else if distinct.is_empty() {
        0.0
    } else {
        f_score(precision, recall, f64::from(asked.beta))
    };
    let taken = |item: usize| judged.iter().any(|one| one.item == Some(item));
    Grade {
        points: (!matches!(answer, Answer::None)).then_some(right * f64::from(of)),
        of,
        precision,
        recall,
        missed: (0..key.len()).filter(|item| !taken(*item)).collect(),
        claims: judged,
    }
}

/// Precision and recall in one, recall `beta` times as heavy.
fn f_score(precision: f64, recall: f64, beta: f64) -> f64 {
    let heavy = beta * beta;
    let below = heavy * precision + recall;
    if below == 0.0 {
        0.0
    } else {
        (1.0 + heavy) * precision * recall / below
    }
}

/// The claims, each once, by number.
fn distinct(claims: &[Claim]) -> Vec<usize> {
    let mut known = rustc_hash::FxHashSet::default();
    let claims = claims.iter().enumerate();
    claims
        .filter(|(_, claim)| known.insert(claim.graded()))
        .map(|(at, _)| at)
        .collect()
}

struct Judge<'a> {
    rulebook: &'a Rulebook,
    asked: &'a Obligations,
}

impl Judge<'_> {
    /// The best matching, one item for each claim at most.
    fn matched(&self, key: &[KeyItem], claims: &[Claim], distinct: &[usize]) -> Vec<Judged> {
        let judged: Vec<Vec<(f64, Vec<Flaw>)>> = distinct
            .iter()
            .map(|claim| {
                key.iter()
                    .map(|item| self.credit(&claims[*claim], item))
                    .collect()
            })
            .collect();
        let choice = best(&judged, key.len());
        let judge = |(row, claim): (usize, &usize)| {
            let item = choice[row].filter(|item| judged[row][*item].0 > 0.0);
            let (credit, flaws) = item
                .map(|item| judged[row][item].clone())
                .unwrap_or_default();
            Judged {
                claim: *claim,
                item,
                credit,
                flaws,
            }
        };
        distinct.iter().enumerate().map(judge).collect()
    }

    /// What a claim earns if this item is meant, and what is wrong with it.
    fn credit(&self, claim: &Claim, item: &KeyItem) -> (f64, Vec<Flaw>) {
        let core = self.core(claim, item);
        if core == 0.0 {
            return (0.0, Vec::new());
        }
        let mut flaws = Vec::new();
        if core < 1.0 {
            flaws.push(Flaw::Broader);
        }
        let mut earned = CORE * core;
        let mut most = CORE;
        for field in &self.asked.fields {
            let (weight, (right, flaw)) = match field {
                Field::Article => (ARTICLE, self.article(claim, item)),
                Field::Due => (DUE, self.due(claim.due, item.due)),
                Field::Status => (STANDING, standing(claim, item)),
            };
            earned += weight * right;
            most += weight;
            flaws.extend(Some(flaw).filter(|_| right < 1.0));
        }
        (earned / most, flaws)
    }

    /// Who, what and to whom: 1 if right, a half if the act claimed is a broader kind of the one owed.
    fn core(&self, claim: &Claim, item: &KeyItem) -> f64 {
        let claimed = &claim.position;
        if claimed.modality != item.modality || claimed.bearer != item.arguments[0] {
            return 0.0;
        }
        let implied = self.rulebook.implied(item.predicate, item.arguments);
        let meant = implied
            .iter()
            .filter(|(predicate, _)| *predicate == claimed.act.predicate)
            .any(|(predicate, arguments)| {
                let mut wanted = claimed.act.arguments;
                wanted[0] = claimed.bearer;
                self.speaks_of(*predicate, &wanted, arguments)
            });
        match (meant, claimed.act.predicate == item.predicate) {
            (false, _) => 0.0,
            (true, true) => 1.0,
            (true, false) => 0.5,
        }
    }

    /// Nobody is named wrongly, and the one to whom it is owed is named.
    fn speaks_of(
        &self,
        predicate: crate::model::ids::PredicateId,
        claimed: &[Option<crate::model::ids::EntityId>; SLOTS],
        owed: &[Option<crate::model::ids::EntityId>; SLOTS],
    ) -> bool {
        let roles = &self.rulebook.predicate(predicate).roles;
        (0..SLOTS).all(|slot| match (claimed[slot], owed[slot]) {
            (Some(claimed), Some(owed)) => claimed == owed,
            (None, Some(_)) => slot > 0 && !to_whom(roles.get(slot - 1)),
            (_, None) => true,
        })
    }

    fn article(&self, claim: &Claim, item: &KeyItem) -> (f64, Flaw) {
        let norm = self.rulebook.norm(item.norm);
        match &claim.position.under {
            Some(scope) if self.rulebook.in_scope(norm, scope) && scope.article.is_some() => {
                (1.0, Flaw::Article)
            }
            Some(scope) if scope.treaty == norm.treaty => (0.5, Flaw::Article),
            Some(_) => (0.0, Flaw::Treaty),
            None => (0.0, Flaw::Article),
        }
    }

    /// A deadline missed by one day was counted from the wrong end: half.
    fn due(&self, claimed: Option<Day>, owed: Option<Day>) -> (f64, Flaw) {
        let right = match (claimed, owed) {
            (None, None) => 1.0,
            (Some(claimed), Some(owed)) => {
                let off = claimed.0.abs_diff(owed.0);
                if off <= self.asked.due_tolerance {
                    1.0
                } else if off == self.asked.due_tolerance + 1 {
                    0.5
                } else {
                    0.0
                }
            }
            _ => 0.0,
        };
        (right, Flaw::Due)
    }
}

fn to_whom(role: Option<&String>) -> bool {
    role.is_some_and(|role| role == "object" || role == "to")
}

fn standing(claim: &Claim, item: &KeyItem) -> (f64, Flaw) {
    let right = claim.standing == Some(item.standing);
    (if right { 1.0 } else { 0.0 }, Flaw::Standing)
}

/// For each row the column that makes the sum of credits greatest; each column once.
fn best(judged: &[Vec<(f64, Vec<Flaw>)>], columns: usize) -> Vec<Option<usize>> {
    let mut found = vec![None; judged.len()];
    // Only claims that could earn anything take part: the matching takes cubic time.
    let rows: Vec<usize> = (0..judged.len())
        .filter(|row| judged[*row].iter().any(|(credit, _)| *credit > 0.0))
        .collect();
    // The library wants as many columns as rows at least: the rest stand for "in vain".
    let width = columns.max(rows.len());
    let weight = |row: usize, column: usize| {
        let credit = judged[row].get(column);
        credit.map_or(0, |(credit, _)| (credit * FINE).round() as i64)
    };
    let weights = rows.iter().map(|row| {
        (0..width)
            .map(|column| weight(*row, column))
            .collect::<Vec<i64>>()
    });
    if let Ok(matrix) = Matrix::from_rows(weights)
        && !rows.is_empty()
    {
        let (_, chosen) = kuhn_munkres(&matrix);
        for (row, column) in rows.into_iter().zip(chosen) {
            found[row] = Some(column).filter(|column| *column < columns);
        }
    }
    found
}
