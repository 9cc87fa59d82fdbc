//! What was found beyond the corpus as data, for `casus diff --json`.

use super::answer::Answer;
use super::beyond::{Beyond, aspect_words};
use super::kind::Kind;
use super::near::Near;
use super::witness::{Stated, Witness};
use crate::change::data::{Data, json};
use crate::wording;

/// All of it.
pub(in crate::change) fn beyond(found: &Beyond) -> Data {
    let answers = found.answers.iter();
    json!({
        "answers": answers.map(|(kind, answer)| one(kind, answer)).collect::<Vec<_>>(),
        "only_one_version_knows": found.one_sided,
        "nearest": found.nearest.iter().map(near).collect::<Vec<_>>(),
    })
}

fn near(near: &Near) -> Data {
    let facts = |facts: &[Stated]| facts.iter().map(fact).collect::<Vec<_>>();
    let mut told = witness(&near.witness);
    let own = json!({
        "after": near.after,
        "left_out": facts(&near.left_out),
        "added": facts(&near.added),
    });
    if let (Some(told), Data::Object(own)) = (told.as_object_mut(), own) {
        told.extend(own);
    }
    told
}

fn one(kind: &Kind, answer: &Answer) -> Data {
    let (word, mut rest) = match answer {
        Answer::Differs(witnesses) => {
            let all: Vec<Data> = witnesses.iter().map(witness).collect();
            ("differs", json!({"witnesses": all}))
        }
        Answer::Agrees(agreement) => (
            if agreement.is_complete() {
                "equal"
            } else {
                "agrees"
            },
            json!({
                "parties": agreement.parties,
                "not_tried": agreement.beyond,
                "cases_checked": agreement.checked.cases,
                "left_unchecked": agreement.checked.left,
            }),
        ),
        Answer::Inconclusive(why) => ("inconclusive", json!({"why": why})),
    };
    let head = json!({
        "treaty": kind.treaty,
        "modality": wording::modality_noun(kind.modality),
        "act": kind.act,
        "place": kind.place,
        "answer": word,
    });
    if let (Some(own), Data::Object(head)) = (rest.as_object_mut(), head) {
        own.extend(head);
    }
    rest
}

fn witness(witness: &Witness) -> Data {
    let facts: Vec<Data> = witness.facts.iter().map(fact).collect();
    let cases = witness.differs_when.as_ref();
    json!({
        "aspect": aspect_words(witness.aspect),
        "position": witness.sentence,
        "day": witness.day.to_string(),
        "parties": witness.parties,
        "facts": facts,
        "if": witness.if_so,
        "treaties": witness.treaties,
        "before": witness.verdicts[0],
        "now": witness.verdicts[1],
        "differs_when": cases.map(|when| json!({"cases": when.cases, "more": when.more})),
    })
}

fn fact(fact: &Stated) -> Data {
    json!({
        "what": fact.what,
        "from": fact.from.to_string(),
        "to": fact.to.map(|day| day.to_string()),
        "asserted_by": fact.asserted_by,
    })
}
