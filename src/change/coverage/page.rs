//! Coverage told to people and to programs.

use super::Coverage;
use super::hole::Label;
use super::item::{Clause, Item, Kind, Treaty};
use crate::change::data::{Data, json};
use crate::diagnostic::phrase::count;
use crate::report::finding::{Finding, Level, TestCase};
use crate::report::style::Style;
use std::fmt::Write as _;

/// How much is tested of how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What some scenario tests.
    pub covered: usize,
    /// What some scenario could test.
    pub all: usize,
    /// What none could; not counted above.
    pub unreachable: usize,
}

impl Tally {
    fn add(&mut self, clause: &Clause, item: &Item) {
        if item.label == Label::Unreachable {
            self.unreachable += 1;
            return;
        }
        self.all += 1;
        self.covered += usize::from(clause.is_covered(item));
    }

    /// In percent; of nothing, all.
    pub fn percent(self) -> f64 {
        percent(self.covered, self.all)
    }
}

/// So many of all, in percent; of nothing, all.
#[allow(clippy::cast_precision_loss, reason = "there are not so many")]
pub fn percent(some: usize, all: usize) -> f64 {
    match all {
        0 => 100.0,
        all => 100.0 * some as f64 / all as f64,
    }
}

impl Treaty {
    /// How much is tested, of one kind or of all.
    pub fn tally(&self, kind: Option<Kind>) -> Tally {
        let mut tally = Tally::default();
        for clause in &self.clauses {
            let own = clause.items.iter();
            for item in own.filter(|item| kind.is_none_or(|kind| item.kind == kind)) {
                tally.add(clause, item);
            }
        }
        tally
    }

    /// What no scenario does.
    pub fn holes(&self) -> impl Iterator<Item = (&Clause, &Item)> {
        let all = self.clauses.iter();
        all.flat_map(|clause| {
            let open = clause.items.iter().filter(|item| item.seen.is_none());
            open.map(move |item| (clause, item))
        })
    }
}

impl Coverage {
    /// How much is tested of these treaties, of one kind or of all.
    pub fn tally(&self, kind: Option<Kind>) -> Tally {
        let each = self.treaties.iter().map(|treaty| treaty.tally(kind));
        each.fold(Tally::default(), |sum, one| Tally {
            covered: sum.covered + one.covered,
            all: sum.all + one.all,
            unreachable: sum.unreachable + one.unreachable,
        })
    }
}

/// One line: everything in numbers.
pub fn summary(coverage: &Coverage) -> String {
    let part = |kind: Kind| {
        let tally = coverage.tally(Some(kind));
        format!("{} {} of {}", kind.plural(), tally.covered, tally.all)
    };
    let parts: Vec<String> = Kind::ALL.into_iter().map(part).collect();
    let whole = coverage.tally(None);
    let left_out = match whole.unreachable {
        0 => String::new(),
        some => format!(" ({some} unreachable left out)"),
    };
    format!("{}   {:.1} %{left_out}", parts.join("   "), whole.percent())
}

/// A table of treaties, and their holes if they are to be looked at closely.
pub fn text(coverage: &Coverage, style: Style, closely: bool) -> String {
    let mut text = table(coverage, style);
    for treaty in coverage.treaties.iter().filter(|_| closely) {
        if treaty.holes().next().is_some() {
            let _ = writeln!(text, "\n{}", style.heading(&treaty.name));
        }
        let mut last = "";
        for (clause, item) in treaty.holes() {
            if clause.citation != last {
                let (file, line) = &clause.place;
                let place = style.quiet(&format!("{file}:{line}"));
                let _ = writeln!(text, "  {}  {place}", clause.citation);
                last = &clause.citation;
            }
            let _ = writeln!(text, "    no scenario {}", item.words);
            let _ = writeln!(text, "      {}", labelled(&item.label, style));
        }
    }
    text
}

fn labelled(label: &Label, style: Style) -> String {
    match label {
        Label::Reachable(_) => style.open(&label_words(label)),
        Label::Unreachable => style.good(&label_words(label)),
        Label::NotAsked | Label::NotDecided(_) => style.quiet(&label_words(label)),
    }
}

/// A label in words.
pub(super) fn label_words(label: &Label) -> String {
    match label {
        Label::NotAsked => "not asked whether one could".to_owned(),
        Label::Reachable(proposal) => format!(
            "reachable: {}, {}",
            count(proposal.parties, "party", "parties"),
            count(proposal.facts, "fact", "facts")
        ),
        Label::Unreachable => "unreachable: none can (checked)".to_owned(),
        Label::NotDecided(why) => format!("not decided: {why}"),
    }
}

fn table(coverage: &Coverage, style: Style) -> String {
    let names = coverage.treaties.iter().map(|treaty| treaty.name.len());
    let wide = names.max().unwrap_or(0).max(6);
    let mut text = format!("{:wide$}", "treaty");
    for kind in Kind::ALL {
        let _ = write!(text, "  {:>11}", kind.plural());
    }
    let mut text = style.heading(&format!("{text}   in all")) + "\n";
    for treaty in &coverage.treaties {
        let _ = write!(text, "{:wide$}", treaty.name);
        for kind in Kind::ALL {
            let tally = treaty.tally(Some(kind));
            let cell = match tally.all {
                0 => "-".to_owned(),
                all => format!("{}/{all}", tally.covered),
            };
            let _ = write!(text, "  {cell:>11}");
        }
        let _ = writeln!(text, "  {:5.1} %", treaty.tally(None).percent());
    }
    text
}

/// As data: `casus-coverage/1`.
pub fn data(coverage: &Coverage) -> Data {
    let tallies = |tally: &dyn Fn(Option<Kind>) -> Tally| -> Data {
        let one = |tally: Tally| json!({"covered": tally.covered, "all": tally.all, "unreachable": tally.unreachable});
        let mut whole = serde_map(Kind::ALL.map(|kind| (kind.plural(), one(tally(Some(kind))))));
        whole["in_all"] = one(tally(None));
        whole
    };
    let treaty = |treaty: &Treaty| {
        json!({
            "treaty": treaty.name,
            "tally": tallies(&|kind| treaty.tally(kind)),
            "items": treaty.clauses.iter().flat_map(|clause| {
                clause.items.iter().map(move |item| item_data(clause, item))
            }).collect::<Vec<_>>(),
        })
    };
    json!({
        "format": "casus-coverage/1",
        "scenarios": coverage.scenarios,
        "with_mistakes": coverage.broken,
        "percent": coverage.tally(None).percent(),
        "tally": tallies(&|kind| coverage.tally(kind)),
        "treaties": coverage.treaties.iter().map(treaty).collect::<Vec<_>>(),
    })
}

fn serde_map<const N: usize>(fields: [(&str, Data); N]) -> Data {
    let mut whole = json!({});
    for (key, value) in fields {
        whole[key] = value;
    }
    whole
}

fn item_data(clause: &Clause, item: &Item) -> Data {
    let (label, proposal) = match &item.label {
        _ if item.seen.is_some() => (Data::Null, None),
        Label::NotAsked => (json!("not-asked"), None),
        Label::Reachable(proposal) => (json!("reachable"), Some(&proposal.text)),
        Label::Unreachable => (json!("unreachable"), None),
        Label::NotDecided(_) => (json!("not-decided"), None),
    };
    let (file, line) = &clause.place;
    json!({
        "clause": clause.citation,
        "file": file,
        "line": line,
        "kind": item.kind.plural(),
        "aim": item.words,
        "covered": clause.is_covered(item),
        "seen": item.seen,
        "hole": label,
        "proposed": proposal,
    })
}

/// Each hole as a finding.
pub fn findings(coverage: &Coverage) -> Vec<Finding> {
    let holes = coverage.treaties.iter().flat_map(Treaty::holes);
    let finding = |(clause, item): (&Clause, &Item)| Finding {
        kind: "coverage",
        level: Level::Warning,
        message: format!("{}: no scenario {}", clause.citation, item.words),
        steps: Vec::new(),
        details: vec![label_words(&item.label)],
        file: clause.place.0.clone(),
        line: clause.place.1,
    };
    let open = holes.filter(|(_, item)| item.label != Label::Unreachable);
    open.map(finding).collect()
}

/// Each clause as a case that fails on its holes.
pub fn cases(coverage: &Coverage) -> Vec<TestCase> {
    let clauses = coverage.treaties.iter().flat_map(|treaty| &treaty.clauses);
    let case = |clause: &Clause| {
        let open = |item: &&Item| item.seen.is_none() && item.label != Label::Unreachable;
        let failure = |item: &Item| {
            (
                format!("no scenario {}", item.words),
                label_words(&item.label),
            )
        };
        TestCase {
            name: clause.citation.clone(),
            failures: clause.items.iter().filter(open).map(failure).collect(),
        }
    };
    clauses.map(case).collect()
}
