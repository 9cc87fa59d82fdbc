//! A scenario in which the versions differ, in the words of a scenario file.

use super::beyond::aspect_words;
use super::candidate::Candidate;
use super::compare::{Aspect, Obligation};
use super::expected::Expected;
use crate::calendar::Day;
use crate::model::rulebook::Rulebook;
use crate::wording;
use std::fmt::Write as _;

/// A scenario that shows a difference; it was replayed on both versions.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What differs.
    pub obligation: Obligation,
    /// In what.
    pub aspect: Aspect,
    /// The obligation as a sentence.
    pub sentence: String,
    /// Of one of those who bear it together, if so; a scenario file speaks of each.
    pub of_one: Option<String>,
    /// The first day on which it differs.
    pub day: Day,
    /// How many take part.
    pub parties: usize,
    /// What is stated.
    pub facts: Vec<Stated>,
    /// The answers to open questions on which it differs.
    pub if_so: Vec<String>,
    /// The treaties that count.
    pub treaties: Vec<String>,
    /// What the old version says, and what the new one does.
    pub verdicts: [String; 2],
    /// What may be expected of the new version.
    pub expected: Expected,
    /// When it differs, on the day and among those who take part, if that was asked.
    pub differs_when: Option<Description>,
}

/// Alternatives, none of which can be shortened or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Each a list of sentences.
    pub cases: Vec<Vec<String>>,
    /// So many are left out.
    pub more: u64,
}

/// A fact of a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// What is said.
    pub what: String,
    /// First day.
    pub from: Day,
    /// Last day; `None`: it goes on.
    pub to: Option<Day>,
    /// It is contested, and this one says so.
    pub asserted_by: Option<String>,
}

impl Stated {
    /// A candidate in the words of a version that knows it.
    pub(super) fn of(books: &[&Rulebook], candidate: &Candidate) -> Self {
        let mut told = books
            .iter()
            .filter_map(|book| Some((book, candidate.fact(book)?)));
        let what = told.next().map(|(book, fact)| wording::fact(book, &fact));
        Self {
            what: what.unwrap_or_default(),
            from: candidate.from,
            to: candidate.to,
            asserted_by: candidate.asserted_by.clone(),
        }
    }

    /// `from 1949-08-24`, `on 1949-08-24`
    pub fn days(&self) -> String {
        match self.to {
            None => format!("from {}", self.from),
            Some(to) if to == self.from => format!("on {}", self.from),
            Some(to) => format!("from {} to {to}", self.from),
        }
    }
}

impl Witness {
    /// A name for its file: `north-atlantic-treaty-assist-gained`.
    pub fn file_stem(&self) -> String {
        let kind = &self.obligation.kind;
        let aspect = aspect_words(self.aspect)
            .split(' ')
            .next()
            .unwrap_or_default();
        let aspect = if self.aspect == Aspect::Terms {
            "terms"
        } else {
            aspect
        };
        format!("{}-{}-{aspect}", kind.treaty, kind.act.replace(' ', "-"))
    }

    /// Whether the scenario of another witness is the same.
    pub(super) fn is_told_by(&self, other: &Self) -> bool {
        (&self.facts, &self.treaties) == (&other.facts, &other.treaties)
    }

    /// In what the versions differ; `gained` and `lost` where one of them says nothing of the kind.
    pub(super) fn what_differs(&self) -> &'static str {
        let [old, new] = self
            .verdicts
            .each_ref()
            .map(|said| !said.starts_with("not "));
        match self.aspect {
            Aspect::Gained if old => "in more cases",
            Aspect::Lost if new => "in fewer cases",
            aspect => aspect_words(aspect),
        }
    }

    /// As a scenario file that expects what the new version says.
    pub fn scenario_of_new(&self) -> String {
        let title = format!("{}: {}", self.what_differs(), self.sentence);
        self.scenario(&title)
    }

    /// The same under another title.
    pub fn scenario(&self, title: &str) -> String {
        let text = scenario(title, self.day, &self.treaties, &self.facts);
        text + &self.expectation()
    }

    /// What is expected of the obligation.
    pub(super) fn expectation(&self) -> String {
        let sentence = self.of_one.as_ref().unwrap_or(&self.sentence);
        let treaty = &self.obligation.kind.treaty;
        format!("expect:\n{}", self.expected.lines(sentence, treaty))
    }
}

/// A hypothetical scenario file, without expectations.
pub fn scenario(title: &str, day: Day, treaties: &[String], facts: &[Stated]) -> String {
    let mut text = format!(
        "scenario: {}\nas-of: {day}\nrules: [{}]\nhypothetical: true\n",
        format_args!("{title:?}"),
        treaties.join(", ")
    );
    text.push_str(if facts.is_empty() {
        "events: []\n"
    } else {
        "events:\n"
    });
    for fact in facts {
        for line in event(fact).lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// A fact as an event of a file.
pub(super) fn event(fact: &Stated) -> String {
    let mut text = format!("- what: {}\n", fact.what);
    let _ = match fact.to {
        Some(to) if to == fact.from => writeln!(text, "  on: {}", fact.from),
        Some(to) => writeln!(text, "  from: {}\n  to: {to}", fact.from),
        None => writeln!(text, "  from: {}", fact.from),
    };
    if let Some(by) = &fact.asserted_by {
        let _ = writeln!(text, "  asserted-by: [{by}]\n  contested: true");
    }
    text
}
