//! What `casus lint` finds, a small treaty a finding, and how it is allowed.

use super::{pact, project};
use casus::change::ask::Bounds;
use casus::change::lint::lint;
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
];

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
fn each_finding_has_a_page() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lint");
    for (code, about) in CATALOGUE {
        let page = std::fs::read_to_string(folder.join(format!("{code}.md"))).expect("a page");
        assert!(page.starts_with(&format!("# {code}: {about}\n")), "{code}");
    }
}
