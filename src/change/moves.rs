//! What has moved between two outcomes of one scenario, and what kind of move it is.

use super::page::is_names;
use super::told::{Line, Section, Told};
use std::fmt;

/// What kind of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It is there now.
    Gained,
    /// It is not there any more.
    Lost,
    /// Somebody else bears it.
    Bearer,
    /// It is owed to, or against, somebody else.
    Beneficiary,
    /// A duty became a permission, or the like.
    Modality,
    /// The deadline comes earlier.
    Earlier,
    /// The deadline comes later.
    Later,
    /// Something else has become of it.
    Status,
    /// It depends on other questions, or on none any more.
    Verdict,
    /// Means, amount, manner.
    Terms,
    /// It holds on other days.
    Days,
    /// The same, by another clause or for other reasons.
    Reason,
    /// The scenario itself reads otherwise.
    Scenario,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Gained,
        Self::Lost,
        Self::Bearer,
        Self::Beneficiary,
        Self::Modality,
        Self::Earlier,
        Self::Later,
        Self::Status,
        Self::Verdict,
        Self::Terms,
        Self::Days,
        Self::Reason,
        Self::Scenario,
    ];

    /// In one word, for files and programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Bearer => "bearer",
            Self::Beneficiary => "beneficiary",
            Self::Modality => "modality",
            Self::Earlier => "deadline-earlier",
            Self::Later => "deadline-later",
            Self::Status => "status",
            Self::Verdict => "verdict",
            Self::Terms => "terms",
            Self::Days => "days",
            Self::Reason => "reason-only",
            Self::Scenario => "scenario",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Bearer => "other bearer",
            Self::Beneficiary => "other beneficiary",
            Self::Modality => "other modality",
            Self::Earlier => "deadline earlier",
            Self::Later => "deadline later",
            Self::Status => "other status",
            Self::Verdict => "hinges otherwise",
            Self::Terms => "other terms",
            Self::Days => "other days",
            Self::Reason => "other reason",
            Self::Scenario => "scenario",
        })
    }
}

/// One move; at least one side is there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// What kind.
    pub kind: Kind,
    /// As it was.
    pub old: Option<Line>,
    /// As it is now.
    pub new: Option<Line>,
}

impl Move {
    /// The line that tells what it is about: as it is now, or as it was.
    pub fn line(&self) -> Option<&Line> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// Whether an outcome shows this move: what is new is there, and what is gone is not.
    pub fn is_in(&self, told: &Told) -> bool {
        self.new.as_ref().is_none_or(|new| told.lines.contains(new))
            && self
                .old
                .as_ref()
                .is_none_or(|old| !told.lines.contains(old))
    }

    /// An outcome with this move made.
    #[must_use]
    pub fn made(&self, told: &Told) -> Told {
        let mut lines = told.lines.clone();
        match (&self.old, &self.new) {
            (Some(old), new) => {
                if let Some(at) = lines.iter().position(|line| line == old) {
                    lines.splice(at..=at, new.clone());
                }
            }
            (None, new) => lines.extend(new.clone()),
        }
        Told::from_lines(lines)
    }

    /// `due: 2024-01-01 → 2024-01-15` of what differs between the two sides, in words.
    pub fn differences(&self) -> Vec<String> {
        let (Some(old), Some(new)) = (&self.old, &self.new) else {
            return Vec::new();
        };
        let mut keys: Vec<&String> = old
            .fields
            .iter()
            .chain(&new.fields)
            .map(|(key, _)| key)
            .collect();
        keys.sort();
        keys.dedup();
        // What is left out of a line is what goes without saying.
        let told = |key: &str, value: &[String]| match (key, value) {
            ("verdict", []) => "owed".to_owned(),
            ("status", []) => "in force".to_owned(),
            (_, []) => "none".to_owned(),
            (key, all) if is_names(key) => all.join(", "),
            (_, all) => all.join("; "),
        };
        let differs = keys.into_iter().filter(|key| old.get(key) != new.get(key));
        differs
            .map(|key| {
                let (before, after) = (told(key, old.get(key)), told(key, new.get(key)));
                format!("{}: {before} → {after}", key.replace('-', " "))
            })
            .collect()
    }
}

/// All moves from one outcome to another; made one after the other they lead from the old to the new.
pub fn moves(old: &Told, new: &Told) -> Vec<Move> {
    let mut gone = without(&old.lines, &new.lines);
    let mut come = without(&new.lines, &old.lines);
    let mut found = Vec::new();
    for same in SAME {
        pair(&mut gone, &mut come, *same, &mut found);
    }
    found.extend(gone.into_iter().map(|old| Move {
        kind: if old.section == Section::Head {
            Kind::Scenario
        } else {
            Kind::Lost
        },
        old: Some(old),
        new: None,
    }));
    found.extend(come.into_iter().map(|new| Move {
        kind: if new.section == Section::Head {
            Kind::Scenario
        } else {
            Kind::Gained
        },
        old: None,
        new: Some(new),
    }));
    found
}

fn without(these: &[Line], those: &[Line]) -> Vec<Line> {
    let mut left: Vec<&Line> = those.iter().collect();
    let mut found = Vec::new();
    for line in these {
        match left.iter().position(|other| *other == line) {
            Some(at) => drop(left.swap_remove(at)),
            None => found.push(line.clone()),
        }
    }
    found
}

/// The keys under which a line names whom and what it is about.
const NAMES: &[&str] = &[
    "who",
    "under",
    "one",
    "other",
    "position",
    "limited-by",
    "treaty",
    "state",
];

/// What two lines have in common that makes them versions of one thing, the nearest first.
const SAME: &[fn(&Line, &Line) -> bool] = &[
    |one, other| keys(one, NAMES) == keys(other, NAMES) && one.act() == other.act(),
    |one, other| is_position(one) && one.get("who") == other.get("who") && one.act() == other.act(),
    |one, other| {
        is_position(one)
            && keys(one, &["who", "under"]) == keys(other, &["who", "under"])
            && act(one) == act(other)
    },
    |one, other| {
        is_position(one)
            && keys(one, &["who", "under"]) == keys(other, &["who", "under"])
            && verb(one) == verb(other)
    },
    |one, other| {
        is_position(one) && one.get("under") == other.get("under") && verb(one) == verb(other)
    },
];

fn is_position(line: &Line) -> bool {
    line.section == Section::Positions
}

fn keys<'a>(line: &'a Line, keys: &[&str]) -> Vec<&'a [String]> {
    keys.iter().map(|key| line.get(key)).collect()
}

fn act(line: &Line) -> Option<&str> {
    line.act().map(|(_, act)| act)
}

/// The modality and the verb.
fn verb(line: &Line) -> Option<(&str, &str)> {
    let (modal, act) = line.act()?;
    Some((modal, act.split(' ').next()?))
}

fn pair(
    gone: &mut Vec<Line>,
    come: &mut Vec<Line>,
    same: fn(&Line, &Line) -> bool,
    found: &mut Vec<Move>,
) {
    gone.retain(|old| {
        let fits = |new: &Line| new.section == old.section && same(old, new);
        let Some(at) = come.iter().position(fits) else {
            return true;
        };
        let new = come.remove(at);
        found.push(Move {
            kind: kind(old, &new),
            old: Some(old.clone()),
            new: Some(new),
        });
        false
    });
}

fn kind(old: &Line, new: &Line) -> Kind {
    let differ = |keys: &[&str]| keys.iter().any(|key| old.get(key) != new.get(key));
    let modal = |line: &Line| line.act().map(|(modal, _)| modal.to_owned());
    if old.section == Section::Head {
        Kind::Scenario
    } else if differ(&["who"]) {
        Kind::Bearer
    } else if modal(old) != modal(new) {
        Kind::Modality
    } else if act(old) != act(new) {
        Kind::Beneficiary
    } else if differ(&["status"]) {
        Kind::Status
    } else if differ(OPEN) {
        Kind::Verdict
    } else if differ(&["due"]) {
        deadline(old.text("due"), new.text("due"))
    } else if differ(&["terms"]) {
        Kind::Terms
    } else if differ(&["from", "until", "last-day"]) {
        Kind::Days
    } else {
        Kind::Reason
    }
}

/// What says on what a position depends.
const OPEN: &[&str] = &[
    "verdict",
    "if",
    "owed-on-account-of",
    "open-on-account-of",
    "not-owed-on-account-of",
    "violated-if",
    "violated-on-account-of",
    "violation-open-on-account-of",
    "not-violated-on-account-of",
];

/// No deadline is later than any.
fn deadline(old: Option<&str>, new: Option<&str>) -> Kind {
    match (old, new) {
        (Some(old), Some(new)) if new < old => Kind::Earlier,
        (None, Some(_)) => Kind::Earlier,
        _ => Kind::Later,
    }
}
