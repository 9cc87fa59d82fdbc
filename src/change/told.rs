//! An outcome as lines of plain words: what a snapshot holds, what two versions are compared by.

use crate::calendar::Day;
use crate::engine::Outcome;
use crate::model::fact::{Status, Verdict};
use crate::model::norm::Modality;
use crate::report::obstacle::{Pair, pairs, wanting};
use crate::report::row::{Row, rows};
use crate::wording::{modality, status_words};
use std::rc::Rc;

/// A part of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Title and day.
    Head,
    /// Duties, prohibitions, permissions, powers.
    Positions,
    /// What cannot both be honoured.
    Conflicts,
    /// What limits the performance of a duty.
    Limits,
    /// Treaties that matter and are not in force.
    NotInForce,
}

impl Section {
    /// All but the head, in order.
    pub const LISTS: [Self; 4] = [
        Self::Positions,
        Self::Conflicts,
        Self::Limits,
        Self::NotInForce,
    ];

    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Head => "",
            Self::Positions => "positions",
            Self::Conflicts => "conflicts",
            Self::Limits => "limits",
            Self::NotInForce => "not-in-force",
        }
    }
}

/// One line: a position of one bearer (or of several together), a conflict, a limit, a treaty that is not in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// Where it stands.
    pub section: Section,
    /// Keys and values in the order of the page.
    pub fields: Vec<(String, Vec<String>)>,
}

impl Line {
    pub(super) fn new(section: Section) -> Self {
        Self {
            section,
            fields: Vec::new(),
        }
    }

    pub(super) fn put(&mut self, key: &str, value: impl IntoIterator<Item = impl Into<String>>) {
        let value: Vec<String> = value.into_iter().map(Into::into).collect();
        if !value.is_empty() {
            self.fields.push((key.to_owned(), value));
        }
    }

    /// The values of a key.
    pub fn get(&self, key: &str) -> &[String] {
        let found = self.fields.iter().find(|(own, _)| own == key);
        found.map_or(&[], |(_, value)| value)
    }

    /// The value of a key, if it has one.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).first().map(String::as_str)
    }

    /// `shall`, `shall not`, `may`, `has power to`, and what.
    pub fn act(&self) -> Option<(&str, &str)> {
        let modal = |(key, value): &'_ (String, Vec<String>)| {
            MODALS.contains(&key.as_str()) && !value.is_empty()
        };
        let (key, value) = self.fields.iter().find(|field| modal(field))?;
        Some((key, value.first()?))
    }

    /// What it says in one sentence.
    pub fn sentence(&self) -> String {
        match (self.section, self.act()) {
            (Section::Positions, Some((modal, act))) => {
                format!("{} {modal} {act}", self.get("who").join(" and "))
            }
            (Section::Conflicts, _) => {
                let side = |key| self.text(key).unwrap_or("");
                format!("{} conflicts with {}", side("one"), side("other"))
            }
            (Section::Limits, _) => {
                let side = |key| self.text(key).unwrap_or("");
                format!("{} is limited by: {}", side("position"), side("limited-by"))
            }
            (Section::NotInForce, _) => {
                let state = self
                    .text("state")
                    .map_or(String::new(), |state| format!(" for {state}"));
                format!(
                    "{} is not in force{state}",
                    self.text("treaty").unwrap_or("")
                )
            }
            _ => {
                let told =
                    |(key, value): &(String, Vec<String>)| format!("{key}: {}", value.join(", "));
                self.fields.iter().map(told).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// The keys under which the act of a position stands.
const MODALS: [&str; 4] = ["shall", "shall not", "may", "has power to"];

/// A key by which article 5 comes before article 51.
fn natural(text: &str) -> String {
    let mut made = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            if !digits.is_empty() {
                made.extend(std::iter::repeat_n(
                    '0',
                    6_usize.saturating_sub(digits.len()),
                ));
                made.push_str(&digits);
                digits.clear();
            }
            made.push(c);
        }
    }
    made
}

/// An outcome in lines, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The lines.
    pub lines: Vec<Line>,
}

impl Told {
    /// What there is to tell of an outcome on the day of its scenario.
    pub fn of(outcome: &mut Outcome) -> Self {
        let mut lines = vec![
            single("scenario", &outcome.scenario.title),
            single("as-of", &outcome.as_of.to_string()),
        ];
        if outcome.scenario.hypothetical {
            lines.push(single("hypothetical", "yes"));
        }
        if outcome.cut_off {
            lines.push(single("evaluation", "cut off at its limit"));
        }
        lines.extend(rows(outcome, None, false).iter().flat_map(positions));
        let conflicts = pairs(outcome, &outcome.conflicts);
        lines.extend(conflicts.iter().map(|pair| two(pair, Section::Conflicts)));
        let limits = pairs(outcome, &outcome.limits);
        lines.extend(limits.iter().map(|pair| two(pair, Section::Limits)));
        lines.extend(wanting(outcome).into_iter().map(|entry| {
            let mut line = Line::new(Section::NotInForce);
            line.put("treaty", [entry.treaty]);
            line.put("state", entry.state);
            line.put("ended", entry.ended.then_some("yes"));
            line.put("last-day", entry.last_day.map(|day| day.to_string()));
            line.put("missing", entry.missing);
            line
        }));
        Self::from_lines(lines)
    }

    /// Lines put in order.
    pub(super) fn from_lines(mut lines: Vec<Line>) -> Self {
        // The head keeps its own order.
        let key = |line: &Line| line.section == Section::Head;
        let (head, rest): (Vec<Line>, Vec<Line>) = lines.drain(..).partition(key);
        lines.extend(head.into_iter().chain(sorted(rest)));
        Self { lines }
    }

    /// The title of the scenario.
    pub fn title(&self) -> &str {
        let title = self.lines.iter().find_map(|line| line.text("scenario"));
        title.unwrap_or("")
    }
}

/// By section, treaty and article, then by what they say.
fn sorted(lines: Vec<Line>) -> impl Iterator<Item = Line> {
    let mut last: Option<(String, Rc<str>)> = None;
    let mut under = |line: &Line| -> Option<Rc<str>> {
        let under = line.text("under")?;
        let known = last.as_ref().filter(|(text, _)| text == under);
        let key = known.map_or_else(|| Rc::from(natural(under)), |(_, key)| Rc::clone(key));
        last = Some((under.to_owned(), Rc::clone(&key)));
        Some(key)
    };
    let keyed = lines.into_iter().map(|line| (under(&line), line));
    let mut keyed: Vec<(Option<Rc<str>>, Line)> = keyed.collect();
    keyed.sort_by(|(one_under, one), (other_under, other)| {
        let sections = one.section.cmp(&other.section);
        let unders = || one_under.cmp(other_under);
        let fields = || one.fields.cmp(&other.fields);
        sections.then_with(unders).then_with(fields)
    });
    // What is so in several ways is told once.
    keyed.dedup_by(|(_, one), (_, other)| one == other);
    keyed.into_iter().map(|(_, line)| line)
}

fn single(key: &str, value: &str) -> Line {
    let mut line = Line::new(Section::Head);
    line.put(key, [value]);
    line
}

/// One line for each bearer; a joint position is one line.
fn positions(row: &Row) -> Vec<Line> {
    let whos: Vec<Vec<String>> = if row.joint {
        vec![row.bearers.clone()]
    } else {
        row.bearers
            .iter()
            .map(|bearer| vec![bearer.clone()])
            .collect()
    };
    whos.into_iter().map(|who| position(row, who)).collect()
}

fn position(row: &Row, who: Vec<String>) -> Line {
    let mut line = Line::new(Section::Positions);
    line.put("who", who);
    line.put("together", row.joint.then_some("yes"));
    line.put(modal(row.modality), [row.act.as_str()]);
    line.put("terms", row.qualifiers.iter().cloned());
    line.put("under", [row.citation()]);
    line.put("verdict", word(row.verdict));
    line.put(
        "status",
        (row.status != Status::InForce).then(|| status_words(row.status)),
    );
    let day = |day: Option<Day>| day.filter(|_| !row.standing).map(|day| day.to_string());
    line.put("from", day(row.from));
    line.put("until", day(row.until));
    line.put("due", row.due.map(|day| day.to_string()));
    line.put("step", (row.depth > 0).then(|| row.depth.to_string()));
    line.put("if", row.alternatives.iter().map(|all| all.join(" and ")));
    accounts(&mut line, &row.accounts, OWED);
    line.put(
        "violated-if",
        row.violated_if.iter().map(|all| all.join(" and ")),
    );
    accounts(&mut line, &row.violated_accounts, VIOLATED);
    line.put("displaced-by", row.displaced_by.iter().cloned());
    line
}

fn modal(of: Modality) -> &'static str {
    modality(of)
}

/// Whether it is owed, by the account of each.
const OWED: [&str; 3] = [
    "owed-on-account-of",
    "open-on-account-of",
    "not-owed-on-account-of",
];

/// Whether it is violated, by the account of each.
const VIOLATED: [&str; 3] = [
    "violated-on-account-of",
    "violation-open-on-account-of",
    "not-violated-on-account-of",
];

fn accounts(line: &mut Line, accounts: &[(String, Verdict)], keys: [&str; 3]) {
    for (key, wanted) in keys
        .into_iter()
        .zip([Verdict::Owed, Verdict::OwedIf, Verdict::NotOwed])
    {
        let names = accounts.iter().filter(|(_, verdict)| *verdict == wanted);
        line.put(key, names.map(|(name, _)| name.clone()));
    }
}

/// The verdict, where it is not plainly that it holds.
fn word(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Owed => None,
        Verdict::OwedIf => Some("owed if"),
        Verdict::NotOwed => Some("not owed"),
    }
}

fn two(pair: &Pair, section: Section) -> Line {
    let side = |(sentence, citation): &(String, String)| format!("{sentence} ({citation})");
    let (first, second) = match section {
        Section::Limits => ("position", "limited-by"),
        _ => ("one", "other"),
    };
    let mut line = Line::new(section);
    line.put(first, [side(&pair.one)]);
    line.put(second, [side(&pair.other)]);
    line.put("verdict", word(pair.verdict));
    line
}
