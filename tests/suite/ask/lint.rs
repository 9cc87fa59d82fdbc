//! What `casus lint` finds, a small treaty a finding, and how it is allowed.

use super::{pact, project};
use casus::change::ask::Bounds;
use casus::change::lint::{between, lint};
use casus::diagnostic::codes::finding::CATALOGUE;

/// The codes found in a text.
fn found(text: &str) -> Vec<String> {
    let project = project(text);
    let bounds = Bounds {
        parties: 4,
        ..Bounds::default()
    };
    let report = lint(&project, bounds, &|_| true, &mut || true);
    assert!(report.inconclusive.is_empty());
    report
        .findings
        .iter()
        .map(|finding| finding.code.to_owned())
        .collect()
}

const PLAIN: &str =
    "when a state A attacks a party P, each other party Q shall assist P against A.";

/// Clauses with a finding, and what it is.
const FINDINGS: &[(&str, &[&str])] = &[
    (PLAIN, &[]),
    (
        "when a state A attacks a party P, unless A has attacked P, each other party Q shall assist P against A.",
        &["T101"],
    ),
    (
        "when a state A attacks a party P, each other party Q shall assist P against A.
         when a state A attacks a party P, if A is great-power, each other party Q shall assist P against A.",
        &["T102"],
    ),
    (
        "when a state A attacks a party P, if A is great-power, unless A is not great-power, each other party Q shall assist P against A.",
        &["T103", "T104"],
    ),
    (
        "when a state A attacks a party P, if A has attacked P, each other party Q shall assist P against A.",
        &["T104"],
    ),
    (
        "when a state A attacks a party P, each other party Q shall assist P against A.
         no party Q shall assist a party P against a state A.",
        &["T201"],
    ),
    // Two exceptions of equal rank stand in place of one rule.
    (
        "(1) when a state A threatens a party P, each other party Q shall consult P about A, within 30 days.
         (2) when a state A threatens a party P, if A is great-power, each other party Q shall consult P about A, within 10 days, notwithstanding (1).
         (3) when a state A threatens a party P, if A attacks P, each other party Q shall consult P about A, within 2 days, notwithstanding (1).",
        &["T202"],
    ),
    // One of them goes before the other.
    (
        "(1) when a state A threatens a party P, each other party Q shall consult P about A, within 30 days.
         (2) when a state A threatens a party P, if A is great-power, each other party Q shall consult P about A, within 10 days, notwithstanding (1).
         (3) when a state A threatens a party P, if A attacks P, each other party Q shall consult P about A, within 2 days, notwithstanding (1), notwithstanding (2).",
        &[],
    ),
    // A duty of all is not found wanting because not all take part.
    ("when a state A threatens a party P, the parties together shall consult P.", &[]),
];

/// Clauses that only a larger or a longer world does justice to.
#[test]
fn nothing_is_found_where_the_small_world_lacks_somebody_or_a_day() {
    let others = "state elbonia\nstate freedonia\nstate genovia\n";
    let league =
        "treaty league\n  parties elbonia, freedonia, genovia\n  in force from 1950-01-01\n";
    let clause = "when a party M of league other than elbonia attacks a party P, if freedonia is great-power, unless genovia threatens freedonia, each other party Q shall assist P against M.";
    assert_eq!(found(&format!("{others}{}{league}", pact(clause))), [""; 0]);
    // The treaty has been in force for long before the article applies, and what is done once is done on one day.
    let late = pact(PLAIN)
        + "article 2 from 1960-01-01\n  when a state A threatens a party P, each other party Q shall consult P about A, immediately.\n";
    assert_eq!(found(&late), [""; 0]);
}

#[test]
fn a_clash_between_treaties_is_found_with_its_smallest_scenario() {
    let other = "treaty entente\n  parties borland, cedria\n  in force from 1950-01-01\narticle 1\n  no party shall assist arcadia.\n";
    let project = project(&format!("{}{other}", pact(PLAIN)));
    let bounds = Bounds {
        parties: 4,
        ..Bounds::default()
    };
    let report = between(&project, bounds, &|name| name == "entente", &mut || true);
    let codes: Vec<&str> = report.findings.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["T201"]);
    let when = &report.findings[0].labels[0].text;
    assert_eq!(when.matches("attacks arcadia").count(), 1, "{when}");
    let none = between(&project, bounds, &|name| name == "nobody", &mut || true);
    assert!(none.findings.is_empty());
}

#[test]
fn each_finding_is_found_where_it_is_and_nowhere_else() {
    for (clauses, codes) in FINDINGS {
        assert_eq!(found(&pact(clauses)), *codes, "{clauses}");
    }
}

#[test]
fn a_finding_is_allowed_with_a_reason_and_only_so() {
    let (clauses, _) = FINDINGS[4];
    let with = |remark: &str| found(&pact(&format!("  {remark}\n  {clauses}")));
    assert_eq!(
        with("# casus: allow T104 because the treaty says it twice"),
        [""; 0]
    );
    assert_eq!(with("# casus: allow T104"), ["T001", "T104"]);
    assert_eq!(
        with("# casus: allow T102 because of nothing"),
        ["T002", "T104"]
    );
}

#[test]
fn an_allowance_is_not_idle_where_not_everything_was_looked_at() {
    let (clauses, _) = FINDINGS[4];
    let remark = "# casus: allow T102 because of nothing";
    let project = project(&pact(&format!("  {remark}\n  {clauses}")));
    let bounds = Bounds {
        facts: 1,
        ..Bounds::default()
    };
    let report = lint(&project, bounds, &|_| true, &mut || true);
    assert_eq!(report.inconclusive.len(), 1);
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[test]
fn each_finding_has_a_page() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lint");
    for (code, about) in CATALOGUE {
        let page = std::fs::read_to_string(folder.join(format!("{code}.md"))).expect("a page");
        assert!(page.starts_with(&format!("# {code}: {about}\n")), "{code}");
    }
}
