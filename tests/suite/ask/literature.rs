//! Changes with known answers: from the literature on change-impact analysis, and from history.

use super::{answers, witnesses};
use casus::change::ask::{Answer, Aspect};

/// Grades are received by students and assigned by the faculty; the question is whether somebody can do both.
const GRADES: &str = "
state ada
state bea
status student
status faculty
status enrolled
verb receive-grades, receives-grades, received-grades
verb assign-grades, assigns-grades, assigned-grades
define X is enrolled when X is student and X is not faculty.
treaty gradebook
  parties ada, bea
  in force from 2000-01-01
";

fn gradebook(receive: &str, assign: &str) -> String {
    format!(
        "{GRADES}article 1\n  a party P may receive-grades, if {receive}.\narticle 2\n  a party P may assign-grades, if {assign}.\n"
    )
}

#[test]
fn whoever_holds_both_roles_tells_the_policies_apart() {
    let old = gradebook("P is student", "P is faculty");
    let new = gradebook("P is student", "P is faculty and P is not student");
    let found = witnesses(&old, &new);
    let [lost] = found.as_slice() else {
        panic!("{found:#?}");
    };
    let mut facts: Vec<String> = lost.facts.iter().map(|fact| fact.what.clone()).collect();
    facts.sort();
    let who = facts[0].split(' ').next().unwrap_or_default().to_owned();
    assert_eq!(lost.aspect, Aspect::Lost);
    assert_eq!(
        facts,
        [format!("{who} is faculty"), format!("{who} is student")]
    );
    // Roles that exclude each other turn the witness into a proof.
    let old = gradebook("P is student and P is not faculty", "P is faculty");
    let new = gradebook(
        "P is student and P is not faculty",
        "P is faculty, unless P is student and P is not faculty",
    );
    for answer in answers(&old, &new, 4).values() {
        assert!(
            matches!(answer, Answer::Agrees(agreement) if agreement.is_complete()),
            "{answer:?}"
        );
    }
}

/// The ABM Treaty allowed each party two sites; since its protocol of 1974, one.
#[test]
fn a_party_with_exactly_two_sites_tells_the_protocol() {
    let text = |second: &str| {
        format!(
            "state united-states\nstate ussr\n\
             place grand-forks sovereign united-states\nplace moscow-ring sovereign ussr\nplace malmstrom sovereign united-states\n\
             verb shelter, shelters, sheltered  takes object  lasts\n\
             verb dismantle-sites, dismantles-sites, dismantled-sites\n\
             treaty abm-1972\n  parties united-states, ussr\n  signed 1972-05-26\n  in force from 1972-10-03 until 2002-06-12\n\
             article III until 1976-05-23\n  if at least 3 place X shelter a party P, P shall dismantle-sites.\n\
             {second}\n"
        )
    };
    let before = text(
        "article III-after from 1976-05-24\n  if at least 3 place X shelter a party P, P shall dismantle-sites.",
    );
    let after = text(
        "article protocol-1 from 1976-05-24\n  if at least 2 place X shelter a party P, P shall dismantle-sites.",
    );
    let found = witnesses(&before, &after);
    let gained = found.iter().find(|one| one.aspect == Aspect::Gained);
    let gained = gained.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(gained.facts.len(), 2, "{gained:#?}");
    assert!(
        gained
            .facts
            .iter()
            .all(|fact| fact.what.contains("shelters"))
    );
    assert_eq!(gained.day.to_string(), "1976-05-24");
    assert!(
        !found.iter().any(|one| one.aspect == Aspect::Lost),
        "{found:#?}"
    );
}
