//! Questions that the program proposes: each was put to the engine, has something right, and enough that is wrong.

use super::difficulty::difficulty;
use super::text::{list, remarks, scalar};
use crate::calendar::Day;
use crate::exercise::key::verdict_of;
use crate::exercise::lower_question::{FIELDS, MODALITIES};
use crate::exercise::{
    Confidence, Element, Exercise, Field, InjectId, KeyItem, Keyed, NearMiss, Obligations, Offer,
    Offered, Pack, Question, QuestionKind, RoleId, Viewer, World, key, near_misses, offer, read,
};
use crate::model::fact::{PositionQuery, Verdict};
use crate::model::ids::TreatyId;
use crate::model::norm::Modality;
use std::collections::BTreeMap;

/// So many questions beside the one on obligations are proposed for an inject.
const MOST_MORE: usize = 2;
/// So many positions are tried before a kind of question is given up.
const MOST_TRIED: usize = 4;
/// The kinds of position that are asked about.
const KINDS: [Modality; 3] = [Modality::Duty, Modality::Prohibition, Modality::Permission];
/// So many wrong options are told beside a proposal.
const MOST_TOLD: usize = 4;

/// A proposed question.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The inject that would ask it.
    pub inject: InjectId,
    /// The question.
    pub question: Question,
    /// The position that it is about, as it is written.
    pub about: Option<String>,
    /// What is right, and what is offered beside it, each with its reason.
    pub remarks: Vec<String>,
    /// The article that it turns on.
    pub article: Option<(TreatyId, u16)>,
    /// The objective that it would test, by its name.
    pub objective: Option<String>,
}

/// A question that somebody has already thought of: an expectation of a scenario.
pub(super) struct Wish {
    pub(super) day: Day,
    pub(super) ask: &'static str,
    pub(super) about: String,
}

/// Questions for each inject that the exercise does not ask yet.
pub(super) fn proposals(pack: &Pack, exercise: &Exercise, wishes: &[Wish]) -> Vec<Proposal> {
    let mut maker = Maker {
        pack,
        exercise,
        world: World::new(pack),
        inject: InjectId(0),
        keys: Keys::default(),
        before: Keys::default(),
        number: first_number(exercise),
        found: Vec::new(),
    };
    for (at, inject) in exercise.injects.iter().enumerate() {
        maker.inject = InjectId(at);
        maker.world.release(exercise, InjectId(at));
        if inject.shelf {
            continue;
        }
        maker.go_on();
        maker.obligations();
        let until = exercise.injects.get(at + 1).map(|next| next.story);
        let due = wishes
            .iter()
            .filter(|wish| wish.day >= inject.story && until.is_none_or(|until| wish.day < until));
        maker.more(due);
    }
    maker.found
}

/// After `Q7` comes `Q8`.
fn first_number(exercise: &Exercise) -> usize {
    let questions = exercise.injects.iter().flat_map(|inject| &inject.questions);
    let numbers = questions.filter_map(|question| question.id.strip_prefix('Q')?.parse().ok());
    numbers.max().unwrap_or(0) + 1
}

type Keys = BTreeMap<RoleId, Vec<KeyItem>>;

struct Maker<'a> {
    pack: &'a Pack,
    exercise: &'a Exercise,
    world: World,
    inject: InjectId,
    /// What each team has, of every kind.
    keys: Keys,
    /// The same before this inject.
    before: Keys,
    number: usize,
    found: Vec<Proposal>,
}

impl Maker<'_> {
    /// Who plays and gets the inject.
    fn teams(&self) -> Vec<RoleId> {
        let to = self.exercise.inject(self.inject).to.iter().copied();
        to.filter(|role| self.exercise.role(*role).party.is_some())
            .collect()
    }

    fn asks(&self, kind: impl Fn(&QuestionKind) -> bool) -> bool {
        let questions = &self.exercise.inject(self.inject).questions;
        questions.iter().any(|question| kind(&question.kind))
    }

    /// Works out what each team has now; most of the time goes there.
    fn go_on(&mut self) {
        let asked = all_of(&KINDS);
        let of = |role: RoleId| {
            let party = self.exercise.role(role).party;
            let key = key(self.pack, &self.world, Viewer::Seat(role), &asked, party);
            (role, key)
        };
        let keys = self.teams().into_iter().map(of).collect();
        self.before = std::mem::replace(&mut self.keys, keys);
    }

    /// What each owes, of those to whom something new has come.
    fn obligations(&mut self) {
        if self.asks(|kind| matches!(kind, QuestionKind::Obligations(_))) {
            return;
        }
        for kind in [Modality::Duty, Modality::Permission] {
            let of = |keys: &Keys, role: &RoleId| -> Vec<(String, &'static str)> {
                let items = keys.get(role).into_iter().flatten();
                let items = items.filter(|item| item.modality == kind);
                items
                    .map(|item| (item.sentence.clone(), item.standing.word_of(kind)))
                    .collect()
            };
            let new = |role: &&RoleId| {
                let now = of(&self.keys, role);
                !now.is_empty() && now != of(&self.before, role)
            };
            let to: Vec<RoleId> = self.keys.keys().filter(new).copied().collect();
            let items = to.iter().flat_map(|role| &self.keys[role]);
            let items: Vec<&KeyItem> = items.filter(|item| item.modality == kind).collect();
            let Some(first) = items.first() else {
                continue;
            };
            let mut asked = all_of(&[kind]);
            if items.iter().any(|item| item.due.is_some()) {
                asked.fields.insert(1, Field::Due);
            }
            let article = self.article_of(first);
            self.propose(QuestionKind::Obligations(asked), to, None, article);
            return;
        }
    }

    /// Further questions: those wished for, else those that the situation suggests.
    fn more<'w>(&mut self, wishes: impl Iterator<Item = &'w Wish>) {
        let mut kinds: Vec<&'static str> = Vec::new();
        let wished = wishes.map(|wish| (wish.ask, wish.about.clone()));
        for (ask, about) in wished {
            self.try_more(ask, &about, &mut kinds);
        }
        for ask in ["whose-account", "why-not", "what-if", "why"] {
            // Making suggestions takes time: only if one can be taken.
            if kinds.len() < MOST_MORE && !kinds.contains(&ask) {
                for about in self.suggested(ask).into_iter().take(MOST_TRIED) {
                    self.try_more(ask, &about, &mut kinds);
                }
            }
        }
    }

    /// Proposes it if there is room, and nothing of its kind yet.
    fn try_more(&mut self, ask: &'static str, about: &str, kinds: &mut Vec<&'static str>) {
        let known = kinds.contains(&ask) || self.asks(|kind| kind.word() == ask);
        if kinds.len() < MOST_MORE && !known && self.about(ask, about) {
            kinds.push(ask);
        }
    }

    /// The positions that a question of a kind may be about, best first.
    fn suggested(&self, ask: &str) -> Vec<String> {
        let items = || self.keys.values().flatten();
        match ask {
            "whose-account" => {
                let contested = items().filter(|item| !item.accounts.is_empty());
                contested.map(about_item).collect()
            }
            "why-not" => {
                let teams = self.teams().into_iter();
                let misses = teams.flat_map(|role| self.misses(role));
                misses
                    .map(|miss| about(&miss.sentence, &miss.citation))
                    .collect()
            }
            _ => items().map(about_item).collect(),
        }
    }

    /// Near misses of a role that no account makes true, asked once more of the engine.
    fn misses(&self, role: RoleId) -> Vec<NearMiss> {
        let bearers: Vec<_> = self.exercise.role(role).party.into_iter().collect();
        let viewer = Viewer::Seat(role);
        let asked = all_of(&[Modality::Duty]);
        let mut found = near_misses(self.pack, &self.world, viewer, &asked, &bearers);
        // That somebody is no party teaches nothing.
        found.retain(|miss| miss.element != Element::Actor);
        found.retain(|miss| self.holds_nowhere(viewer, &miss.query));
        found
    }

    fn holds_nowhere(&self, viewer: Viewer, query: &PositionQuery) -> bool {
        let scenario = self.world.scenario(self.pack, viewer);
        let verdict = scenario.map(|scenario| verdict_of(self.pack.engine(), &scenario, query));
        verdict == Some(Verdict::NotOwed)
    }

    /// Proposes a question about a position, if it is sound for somebody.
    fn about(&mut self, ask: &str, about: &str) -> bool {
        let Some(query) = self.query(about) else {
            return false;
        };
        let article = query.under.as_ref();
        let article = article.and_then(|under| Some((under.treaty?, under.article?)));
        let kind = match ask {
            "whose-account" => QuestionKind::WhoseAccount(query),
            "why-not" => QuestionKind::WhyNot(Some(query)),
            "what-if" => QuestionKind::WhatIf(query),
            _ => QuestionKind::Why(query),
        };
        self.propose(kind, self.teams(), Some(about.to_owned()), article)
    }

    fn query(&self, about: &str) -> Option<PositionQuery> {
        let scenario = self.world.scenario(self.pack, Viewer::Truth)?;
        let claims = read(about, self.pack, &scenario).ok()?;
        claims.into_iter().next().map(|claim| claim.position)
    }

    /// Takes a question in for those roles for which it is sound; `false`: for none.
    fn propose(
        &mut self,
        kind: QuestionKind,
        to: Vec<RoleId>,
        about: Option<String>,
        article: Option<(TreatyId, u16)>,
    ) -> bool {
        let inject = self.exercise.inject(self.inject);
        let mut question = Question {
            id: format!("Q{}", self.number),
            kind,
            to,
            text: None,
            view: Keyed::Seat,
            confidence: Confidence::None,
            points: 10,
            minutes: None,
            objective: inject.objective,
            pending: true,
            span: inject.span,
        };
        let offers: Vec<(RoleId, Offer)> = question
            .to
            .iter()
            .map(|role| (*role, offer(self.pack, &self.world, &question, *role)))
            .filter(|(_, offer)| is_sound(&question.kind, offer))
            .collect();
        question.to = offers.iter().map(|(role, _)| *role).collect();
        if question.to.is_empty() {
            return false;
        }
        let mut remarks: Vec<String> = vec![difficulty(self.pack, &self.world, &question, &offers)];
        remarks.extend(told(self.exercise, &offers));
        self.number += 1;
        let objective = inject
            .objective
            .map(|at| self.exercise.objectives[at].id.clone());
        self.found.push(Proposal {
            inject: self.inject,
            question,
            about,
            remarks,
            article,
            objective,
        });
        true
    }

    fn article_of(&self, item: &KeyItem) -> Option<(TreatyId, u16)> {
        let norm = self.pack.project.rulebook.norm(item.norm);
        Some((norm.treaty?, norm.article))
    }
}

/// Positions of these kinds, of one's own, with article and standing.
fn all_of(kinds: &[Modality]) -> Obligations {
    Obligations {
        own: true,
        kinds: kinds.to_vec(),
        fields: vec![Field::Article, Field::Status],
        beta: 1,
        due_tolerance: 0,
    }
}

/// Something is right, and two others are not; of duties there need be no near miss.
fn is_sound(kind: &QuestionKind, offer: &Offer) -> bool {
    let rights = offer.options.iter();
    let rights = rights.filter(|it| it.right == Some(true)).count();
    let others = offer.options.len() - rights;
    let least = match kind {
        QuestionKind::Obligations(_) => 0,
        _ => 2,
    };
    // Why not, because it is no party: nobody need be asked that.
    let member = |it: &Offered| it.right == Some(true) && it.text.contains(" is a party to ");
    if matches!(kind, QuestionKind::WhyNot(_)) && offer.options.iter().any(member) {
        return false;
    }
    rights > 0 && others >= least && (offer.several || rights < offer.options.len())
}

/// What is right for whom, and some of what is wrong and why; what is the same for several is said once.
fn told(exercise: &Exercise, offers: &[(RoleId, Offer)]) -> Vec<String> {
    let mut rights: indexmap::IndexMap<String, Vec<&str>> = indexmap::IndexMap::new();
    let mut wrongs: Vec<String> = Vec::new();
    for (role, offer) in offers {
        for option in &offer.options {
            if option.right == Some(true) {
                let name = exercise.role(*role).id.as_str();
                rights.entry(option.text.clone()).or_default().push(name);
            } else {
                let said = format!("wrong: {} ({})", option.text, option.why);
                if wrongs.len() < MOST_TOLD && !wrongs.contains(&said) {
                    wrongs.push(said);
                }
            }
        }
    }
    let rights = rights.into_iter().map(|(text, roles)| {
        let whose = if roles.len() == offers.len() {
            "right".to_owned()
        } else {
            format!("right for {}", roles.join(", "))
        };
        format!("{whose}: {text}")
    });
    rights.chain(wrongs).collect()
}

fn about(sentence: &str, citation: &str) -> String {
    let act = sentence.split(',').next().unwrap_or(sentence);
    format!("{act} under {citation}")
}

fn about_item(item: &KeyItem) -> String {
    about(&item.sentence, &item.citation)
}

impl Proposal {
    /// As an entry of `questions:`.
    pub(super) fn yaml(&self, exercise: &Exercise, indent: usize) -> String {
        let inner = indent + 2;
        let question = &self.question;
        let mut text = format!("{:indent$}- id: {}\n", "", question.id);
        let mut put = |key: &str, value: String| {
            text.push_str(&format!("{:inner$}{key}: {value}\n", ""));
        };
        put("ask", question.kind.word().to_owned());
        if let Some(about) = &self.about {
            put("about", scalar(about));
        }
        let to = question.to.iter().map(|role| &exercise.role(*role).id);
        put("to", list(to));
        if let QuestionKind::Obligations(asked) = &question.kind {
            if asked.kinds != [Modality::Duty] {
                put("kinds", list(words_in(&MODALITIES, &asked.kinds)));
            }
            put("fields", list(words_in(&FIELDS, &asked.fields)));
        }
        if let Some(objective) = &self.objective {
            put("objective", scalar(objective));
        }
        put("review", "pending".to_owned());
        text + &remarks(inner, &self.remarks)
    }
}

fn words_in<T: PartialEq>(words: &[(&'static str, T)], values: &[T]) -> Vec<&'static str> {
    let known = words.iter().filter(|(_, value)| values.contains(value));
    known.map(|(word, _)| *word).collect()
}
