//! Moves that belong together: the same kind of move of the same kind of position, for the same reason.

use super::moves::{Kind, Move};
use super::told::{Line, Section};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;

/// An edit by its name, with the place of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// `pact article 1 (2): − within 15 days + within 10 days`
    pub name: String,
    /// `rules/pact.treaty:12`
    pub place: String,
}

/// Why an outcome moved, in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// These edits together.
    Edits(Vec<Named>),
    /// Each of these alone.
    AnyOf(Vec<Named>),
    /// The scenario was edited, not the rules.
    Scenario,
    /// Nobody knows.
    Unknown,
}

/// A move of a scenario.
#[derive(Clone, Debug)]
pub struct Member {
    /// The scenario, by its number.
    pub scenario: usize,
    /// Its move.
    pub one: Move,
}

/// Moves that are looked at, and agreed to, together.
#[derive(Clone, Debug)]
pub struct Family {
    /// Why they moved.
    pub because: Because,
    /// What kind.
    pub kind: Kind,
    /// Of what.
    pub section: Section,
    /// What they have in common, `*` for what they have not: `* shall assist turkey against *`.
    pub pattern: String,
    /// The clause, if it is one.
    pub under: Option<String>,
    /// The moves.
    pub members: Vec<Member>,
}

/// What makes moves one family.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    because: Because,
    kind: Kind,
    section: Section,
    /// The clause; of what follows from another position only the treaty.
    under: Option<String>,
    /// The modality and the verb; of what follows from another position only the modality.
    verb: String,
}

impl Family {
    /// How many scenarios it is about.
    pub fn scenarios(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.members.iter().map(|member| member.scenario).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Three of them: the smallest scenario, one of middling size, and the one that differs most from the smallest.
    pub fn exemplars(&self, size: impl Fn(usize) -> usize) -> Vec<&Member> {
        let mut seen = std::collections::BTreeSet::new();
        let firsts = self
            .members
            .iter()
            .filter(|member| seen.insert(member.scenario));
        let mut order: Vec<&Member> = firsts.collect();
        order.sort_by_key(|member| (size(member.scenario), member.scenario));
        let Some(smallest) = order.first().copied() else {
            return Vec::new();
        };
        let middle = order[order.len() / 2];
        let distance = |member: &&&Member| {
            let words = |member: &Member| told(&member.one);
            let (one, other) = (words(smallest), words(member));
            one.split(' ')
                .zip(other.split(' '))
                .filter(|(one, other)| one != other)
                .count()
        };
        let farthest = order
            .iter()
            .max_by_key(|member| (distance(member), size(member.scenario)));
        let mut found = vec![smallest];
        for one in [middle, farthest.copied().unwrap_or(smallest)] {
            if !found.iter().any(|known| known.scenario == one.scenario) {
                found.push(one);
            }
        }
        found
    }
}

/// Groups moves: by cause, those with the largest effect first.
pub fn families(moves: Vec<(Member, Because)>) -> Vec<Family> {
    let mut groups: IndexMap<Key, Vec<Member>> = IndexMap::new();
    for (member, because) in moves {
        groups
            .entry(key(&member.one, because))
            .or_default()
            .push(member);
    }
    let family = |(key, members): (Key, Vec<Member>)| Family {
        because: key.because,
        kind: key.kind,
        section: key.section,
        under: key.under,
        pattern: pattern(&members),
        members,
    };
    let mut found: Vec<Family> = groups.into_iter().map(family).collect();
    let mut effects: FxHashMap<Because, usize> = FxHashMap::default();
    for family in &found {
        *effects.entry(family.because.clone()).or_default() += family.members.len();
    }
    // What somebody shall or may do comes before what follows from it.
    found.sort_by_cached_key(|family| {
        let effect = effects.get(&family.because).copied().unwrap_or_default();
        (
            usize::MAX - effect,
            family.because.clone(),
            (family.section, follows(&family.members)),
            usize::MAX - family.scenarios().len(),
            (family.kind, family.pattern.clone()),
        )
    });
    found
}

fn follows(members: &[Member]) -> bool {
    members
        .iter()
        .any(|member| member.one.line().is_some_and(is_standing))
}

/// A norm that holds all along and is told because another position has to do with it.
fn is_standing(line: &Line) -> bool {
    line.section == Section::Positions
        && line.text("from").is_none()
        && line.text("until").is_none()
}

fn key(one: &Move, because: Because) -> Key {
    let line = one.line();
    let (modal, act) = line.and_then(Line::act).unwrap_or(("", ""));
    let under = line.and_then(|line| line.text("under"));
    let section = line.map_or(Section::Head, |line| line.section);
    let (under, verb) = if line.is_some_and(is_standing) {
        let treaty = under.and_then(|under| under.split(" article ").next());
        (treaty, modal.to_owned())
    } else {
        let verb = act.split(' ').next().unwrap_or("");
        (under, format!("{modal} {verb}"))
    };
    Key {
        because,
        kind: one.kind,
        section,
        under: under.map(str::to_owned),
        verb,
    }
}

fn told(one: &Move) -> String {
    one.line().map_or_else(String::new, Line::sentence)
}

/// What all have in common: word by word if they are alike, else at both ends.
fn pattern(members: &[Member]) -> String {
    let sentences: Vec<String> = members.iter().map(|member| told(&member.one)).collect();
    let all: Vec<Vec<&str>> = sentences
        .iter()
        .map(|one| one.split(' ').collect())
        .collect();
    let Some(first) = all.first() else {
        return String::new();
    };
    let common = |at: usize| all.iter().all(|words| words.get(at) == first.get(at));
    if all.iter().all(|words| words.len() == first.len()) {
        let word = |(at, word): (usize, &&str)| {
            if common(at) {
                (*word).to_owned()
            } else {
                "*".to_owned()
            }
        };
        return first
            .iter()
            .enumerate()
            .map(word)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let shortest = all.iter().map(Vec::len).min().unwrap_or(0);
    let head = (0..shortest).take_while(|at| common(*at)).count();
    let from_end = |at: &usize| {
        let last = |words: &Vec<&str>| words[words.len() - 1 - at].to_owned();
        all.iter().all(|words| last(words) == last(first))
    };
    let tail = (0..shortest - head).take_while(from_end).count();
    let ends = [&first[..head], &["..."], &first[first.len() - tail..]];
    ends.concat().join(" ")
}
