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

/// A drive that users share, after the file-share samples of Cedar's analysis (`cedar-lean-cli`), which tell for each kind of request
/// whether one set of policies permits more than another. One paper stands for all: no policy looks at two. What a user is to the paper,
/// and how levels of two users compare, are facts here.
const SHARE: &str = "
state ada
state bea
status owner
status reader
status editor
status admin
status security
status engineer
status senior
status vice-president
status senior-vice-president
verb match-level, matches-level, matched-level  takes object  lasts
verb create-document, creates-document, created-document
verb edit-file, edits-file, edited-file
verb add-reader, adds-reader, added-reader
verb add-editor, adds-editor, added-editor
verb view-file, views-file, viewed-file
verb download-file, downloads-file, downloaded-file
verb create-group, creates-group, created-group
verb create-user, creates-user, created-user
verb delete-user, deletes-user, deleted-user  takes object
define X is vice-president when X is senior-vice-president.
treaty share
  parties ada, bea
  in force from 2000-01-01

article 1 \"Anyone\"
  a party P may create-document.

article 2 \"Owners\"
  a party P may edit-file, if P is owner.
  a party P may add-reader, if P is owner.
  a party P may add-editor, if P is owner.
  a party P may view-file, if P is owner.
  a party P may download-file, if P is owner.

article 5 \"Administrators create\"
  a party P may create-group, if P is admin.
  a party P may create-user, if P is admin.

article 7 \"Security\"
  a party P may view-file, if P is security and P is engineer.
  a party P may download-file, if P is security and P is engineer.
";

/// One of the sets: who downloads, who edits, whom an administrator deletes.
fn share(download: &str, edit: &str, delete: &str) -> String {
    format!(
        "{SHARE}
article 3
  a party P may download-file, if {download}.
article 4
  a party P may edit-file, if {edit}.
  a party P may add-reader, if {edit}.
article 6
  a party P may delete-user a party U, if P is admin, {delete}.
"
    )
}

/// The requests that the new set permits and the old one does not; none is refused that was permitted, and all others agree,
/// case by case, among any number of users.
fn widened(old: &str, new: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (kind, answer) in answers(old, new, 4) {
        match answer {
            Answer::Differs(witnesses) => {
                let gained = witnesses.iter().all(|one| one.aspect == Aspect::Gained);
                assert!(gained, "{witnesses:#?}");
                found.push(kind.act);
            }
            Answer::Agrees(agreement) => {
                // Who is asked first and who later is no question of a policy that knows no time.
                let beyond: Vec<&String> = agreement.beyond.iter().collect();
                let all = beyond.iter().all(|gap| *gap == "other orders of events");
                assert!(
                    all && agreement.checked.left == 0,
                    "{kind:?}: {agreement:?}"
                );
            }
            Answer::Inconclusive(why) => panic!("{kind:?}: {why}"),
        }
    }
    found
}

#[test]
fn a_shared_drive_permits_as_much_more_as_its_authors_say() {
    // Nobody can be deleted: a senior vice president is a vice president, and no level is both high and low.
    let nobody = "if U is senior-vice-president, if U is not senior-vice-president or P is senior, \
                  if U is not vice-president or P is not senior";
    let below = "if P matches-level U";
    let all = "P is reader or P is editor or P is owner";
    let first = share(all, "P is editor and P is owner", nobody);
    let second = share(all, "P is editor and P is owner", below);
    let third = share(all, "P is editor", below);
    let fourth = share("P is reader or P is editor", "P is editor", below);
    let none: [&str; 0] = [];
    assert_eq!(widened(&first, &second), ["delete-user"]);
    assert_eq!(widened(&second, &third), ["add-reader", "edit-file"]);
    assert_eq!(widened(&third, &fourth), none);
    assert_eq!(widened(&fourth, &third), none);
}
