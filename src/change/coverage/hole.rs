//! Whether there can be a scenario that does what none does: one is proposed and replayed, or there is none, or it is not known.

use super::item::{Aim, Item, Kind, Treaty};
use super::outright;
use super::traces::Examiner;
use crate::calendar::Day;
use crate::change::ask::{
    Answer, Bounds, Clinic, Contradiction, Example, Findings, Goal, Stated, Versions, scenario,
};
use crate::change::corpus::Source;
use crate::engine::{Element, Engine, Record, Trace};
use crate::model::condition::Condition;
use crate::model::ids::NormId;
use crate::model::rulebook::Rulebook;
use crate::project::Project;

/// Whether a scenario can do it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Label {
    /// Nobody asked, or there was no time.
    #[default]
    NotAsked,
    /// This one does.
    Reachable(Proposal),
    /// None does; the proof was checked.
    Unreachable,
    /// It was not found out, and why.
    NotDecided(String),
}

/// A scenario that does it; it was replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// As a file, without expectations: those are for somebody who has read the article.
    pub text: String,
    /// How many take part.
    pub parties: usize,
    /// How many facts are stated.
    pub facts: usize,
}

/// Labels the holes of treaties; `go_on` is asked before each whether there is time.
///
/// # Errors
/// A witness that does not replay, or a proof that does not check.
pub fn label(
    project: &Project,
    treaties: &mut [Treaty],
    bounds: Bounds,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), Contradiction> {
    let engine = Engine::new(&project.rulebook);
    let examiner = Examiner::new(project, &engine);
    let clinic = Clinic::new(&project.rulebook).finely();
    let record = engine.record();
    let mut own = project.clone();
    for treaty in treaties {
        if treaty.id.is_none() {
            continue;
        }
        let open = |item: &Item| item.seen.is_none();
        let holes = treaty
            .clauses
            .iter()
            .flat_map(|clause| &clause.items)
            .any(open);
        if !holes || !go_on() {
            continue;
        }
        let mut desk = Desk {
            book: &project.rulebook,
            record: &record,
            examiner: &examiner,
            findings: Findings::default(),
            applying: Vec::new(),
            bounds,
            own: &mut own,
        };
        for clause in &mut treaty.clauses {
            if !go_on() || !clause.items.iter().any(open) {
                continue;
            }
            let norms: Vec<NormId> = clause
                .items
                .iter()
                .flat_map(|item| item.aim.norms())
                .collect();
            if clause.items.iter().any(|item| item.kind == Kind::Clause) {
                desk.look(clinic.examine_norms(&norms, bounds));
            } else if desk.applying.is_empty() {
                // What concerns the whole treaty needs any clause that applies.
                desk.look(clinic.examine_norms(&norms[..norms.len().min(1)], bounds));
            }
            let citation = clause.citation.clone();
            for item in clause.items.iter_mut().filter(|item| item.seen.is_none()) {
                if !go_on() {
                    break;
                }
                let label = desk.label(&citation, item);
                let hole = || format!("a hole in coverage: {citation}: {}", item.words);
                item.label = label.map_err(|contradiction| contradiction.because(&hole()))?;
            }
        }
    }
    Ok(())
}

/// Where the holes of one treaty are looked at.
struct Desk<'d, 'p> {
    book: &'p Rulebook,
    record: &'d Record,
    examiner: &'d Examiner<'p>,
    /// What was found out about the clause that is looked at.
    findings: Findings,
    /// Scenarios in which clauses of the treaty apply.
    applying: Vec<(NormId, Example)>,
    bounds: Bounds,
    own: &'d mut Project,
}

impl Desk<'_, '_> {
    fn label(&mut self, citation: &str, item: &Item) -> Result<Label, Contradiction> {
        for example in self.examples(item) {
            if let Some(proposal) = self.replayed(citation, item, &example) {
                return Ok(Label::Reachable(proposal));
            }
        }
        if self.findings.inconclusive {
            return Ok(Label::NotDecided("there is too much to look at".to_owned()));
        }
        self.without_example(item)
    }

    fn look(&mut self, findings: Findings) {
        let verdicts = findings.verdicts.iter();
        let found = verdicts.filter_map(|one| Some((one.norm, one.applies.clone()?)));
        self.applying.extend(found);
        self.findings = findings;
    }

    /// Scenarios in which one of these norms may apply.
    fn applying(&self, norms: &[NormId]) -> Vec<Example> {
        let own = self
            .applying
            .iter()
            .filter(|(norm, _)| norms.contains(norm));
        let found = own.map(|(_, example)| example.clone());
        let outright = norms.iter().flat_map(|norm| self.outright(*norm, None));
        found.chain(outright).collect()
    }

    fn outright(&self, norm: NormId, missing: Option<Element>) -> Vec<Example> {
        outright::examples(self.book, self.record, norm, missing)
    }

    /// Scenarios that may do it, the likeliest first.
    fn examples(&mut self, item: &Item) -> Vec<Example> {
        match &item.aim {
            Aim::Applies(norms) => self.applying(norms),
            Aim::OnlyMissing(parts) => {
                let found = parts.iter().filter_map(|part| self.only_missing(part));
                let outright = parts
                    .iter()
                    .flat_map(|(norm, element)| self.outright(*norm, Some(*element)));
                found.chain(outright).collect()
            }
            Aim::Before(norms, day) => moved(self.applying(norms), day.previous()),
            Aim::From(norms, day) => moved(self.applying(norms), *day),
            Aim::Met(norms) => self.performing(norms),
            Aim::Passed(norms) => {
                let late = |example: Example| Example {
                    day: example.day.plus_days(LONG),
                    ..example
                };
                self.applying(norms).into_iter().map(late).collect()
            }
        }
    }

    /// Scenarios in which somebody does what one of these norms demands, on the day on which it does.
    fn performing(&mut self, norms: &[NormId]) -> Vec<Example> {
        let mut found = Vec::new();
        for example in self.applying(norms) {
            let source = Source {
                name: "proposed".to_owned(),
                text: scenario("", example.day, &example.treaties, &example.facts),
            };
            for (what, day) in self.examiner.demands(&source, norms, self.own) {
                let mut own = example.clone();
                own.facts.push(Stated {
                    what,
                    from: day,
                    to: Some(day),
                    asserted_by: None,
                });
                found.push(own);
            }
        }
        found
    }

    fn only_missing(&self, part: &(NormId, Element)) -> Option<Example> {
        let verdicts = self.findings.verdicts.iter();
        let own = verdicts.filter(|verdict| verdict.norm == part.0);
        let elements = own.flat_map(|verdict| &verdict.elements);
        let mut own = elements.filter(|(element, _)| *element == part.1);
        own.find_map(|(_, example)| example.clone())
    }

    /// The example as a scenario, if it does what it is to do.
    fn replayed(&mut self, citation: &str, item: &Item, example: &Example) -> Option<Proposal> {
        let title = format!("{citation}: {}", item.words);
        let text = scenario(&title, example.day, &example.treaties, &example.facts);
        let source = Source {
            name: "proposed".to_owned(),
            text,
        };
        let traces = self.examiner.one(&source, self.own)?;
        let does = |(norm, trace): &(NormId, Trace)| {
            item.aim.norms().contains(norm) && item.aim.is_met(*norm, trace)
        };
        traces.iter().any(does).then_some(Proposal {
            text: source.text,
            parties: example.parties,
            facts: example.facts.len(),
        })
    }

    /// With nothing found: if the clause says the same without it in every scenario, there is nothing to find.
    fn without_example(&self, item: &Item) -> Result<Label, Contradiction> {
        let parts: Vec<(NormId, Option<Element>)> = match &item.aim {
            Aim::Applies(norms) => norms.iter().map(|norm| (*norm, None)).collect(),
            Aim::OnlyMissing(parts) => {
                let part = |(norm, element): &(NormId, Element)| (*norm, Some(*element));
                parts.iter().map(part).collect()
            }
            _ => return Ok(Label::NotDecided("no scenario was found".to_owned())),
        };
        let mut without = self.book.clone();
        for (norm, element) in parts {
            let own = &mut without.norms[norm.index()];
            match element {
                Some(element) => {
                    own.conditions[element.condition] = element.left(self.book.norm(norm));
                }
                None => own.conditions.push(Condition::Any(Vec::new())),
            }
        }
        let versions = Versions::new(self.book, &without);
        let answers = versions.ask_all(self.bounds, Goal::AnyDifference, &mut || true)?;
        let is_equal = |answer: &Answer| matches!(answer, Answer::Agrees(agreement) if agreement.is_complete() && agreement.checked.left == 0);
        let said = !answers.is_empty() || versions.mean_the_same();
        let complete = said && answers.values().all(is_equal);
        Ok(if complete {
            Label::Unreachable
        } else {
            let parties = self.findings.parties;
            Label::NotDecided(format!("no scenario was found with {parties} parties"))
        })
    }
}

/// How long after a position arose a deadline is surely over.
const LONG: i32 = 3_660;

/// Scenarios moved in time, so that what happened on their day happens on that one.
fn moved(examples: Vec<Example>, to: Day) -> Vec<Example> {
    let move_one = |example: Example| {
        let by = to.0.saturating_sub(example.day.0);
        let facts = example.facts.iter().map(|fact| Stated {
            from: fact.from.plus_days(by),
            to: fact.to.map(|day| day.plus_days(by)),
            ..fact.clone()
        });
        Example {
            day: to,
            facts: facts.collect(),
            ..example
        }
    };
    examples.into_iter().map(move_one).collect()
}
