//! How treaties end: terms, denunciations, conditions, readings.

use casus::engine::{Engine, Options};
use casus::expect::verify;
use casus::{Case, Project};

const VOCABULARY: &str = include_str!("../../rules/vocabulary.treaty");

/// Arcadia and Borland are parties to all of them, from the first day of 2000.
const TREATIES: &str = r#"
state arcadia "Arcadia"
state borland "Borland"

treaty short "A term and no more"
  parties arcadia, borland  in force from 2000-01-01  for 2 years

treaty dated "A term that ends on a day, renewed"
  parties arcadia, borland  in force from 2000-01-01
  runs until 2001-06-30, renewed for 1 year unless denounced 6 months before

treaty open "A term, and then until after a denunciation"
  parties arcadia, borland  in force from 2000-01-01  for 2 years, then until 6 months after denunciation

treaty wartime "A term that waits for peace"
  parties arcadia, borland  in force from 2000-01-01  for 2 years, prolonged while a party P is at-war

treaty condition "An end at once"
  parties arcadia, borland  in force from 2000-01-01  ends when arcadia has attacked borland

treaty later "An end a year after"
  parties arcadia, borland  in force from 2000-01-01  ends 1 year after arcadia attacks borland

treaty disputed "An end on one reading"
  parties arcadia, borland  in force from 2000-01-01
  ends when the reading broken is right and arcadia has attacked borland
  dispute effect "Does war end it?"
    reading broken "yes" held by arcadia
    reading stands "no" held by borland
  article 1  arcadia shall not annex borland.
  article 2  when arcadia declares-war on borland, borland shall consult arcadia, while this treaty is in-force for borland.
"#;

const SCENARIO: &str = "
scenario: Treaties end
as-of: 2001-01-01
events:
  - what: arcadia declares-war on borland
    on: 2001-03-01
  - what: arcadia attacks borland
    from: 2001-03-01
  - what: arcadia denounces open
    on: 2000-05-01
  - what: arcadia denounces dated
    on: 2001-02-01
  - what: arcadia makes-peace with borland
    on: 2003-04-01
  - what: arcadia annexes borland
    on: 2003-05-01
expect:
  - in-force: short
    on: 2001-12-31
  - not-in-force: short
    on: 2002-01-01
  # Five months before the end is too late: renewed once.
  - in-force: dated
    on: 2002-06-30
  - not-in-force: dated
    on: 2002-07-01
  # A denunciation in the first year does not cut the first term short.
  - in-force: open
    on: 2001-12-31
  - not-in-force: open
    on: 2002-01-01
  - in-force: wartime
    on: 2003-04-01
  - not-in-force: wartime
    on: 2003-04-02
  - in-force: condition
    on: 2001-02-28
  - not-in-force: condition
    on: 2001-03-01
  - in-force: later
    on: 2002-02-28
  - not-in-force: later
    on: 2002-03-01
  - owed-if: arcadia shall not annex borland
    under: disputed article 1
    on: 2001-03-01
    hinges-on: [effect]
    on-account-of: {arcadia: not-owed, borland: owed}
  - owed-if: borland shall consult arcadia
    under: disputed article 2
    on: 2001-03-01
    hinges-on: [effect]
";

#[test]
fn treaties_end_as_their_heads_say() {
    let mut project = Project::of_texts([
        ("vocabulary.treaty", VOCABULARY),
        ("treaties.treaty", TREATIES),
    ]);
    let case = Case::of_text("ends.yaml", SCENARIO.to_owned(), &mut project);
    let wrong: Vec<_> = project
        .diagnostics
        .iter()
        .chain(&case.diagnostics)
        .map(|found| (found.code, &found.message))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let engine = Engine::new(case.rulebook(&project));
    let scenario = case.scenario.as_ref().unwrap();
    let unmet: Vec<_> = verify(&engine, scenario, &Options::default())
        .into_iter()
        .map(|unmet| (unmet.expected, unmet.found))
        .collect();
    assert!(unmet.is_empty(), "{unmet:#?}");
}

/// The check refuses it: the first treaty ends while the second is in force, which is so while the first is.
const UNSETTLED: &str = r#"
state arcadia "Arcadia"
state borland "Borland"
treaty first
  parties arcadia, borland
  in force from 2001-01-01
  ends when second is in-force
article 1
  no party shall attack another party.
treaty second
  parties arcadia, borland
  in force from 2001-01-01
  while first in force
"#;

#[test]
fn lives_that_never_settle_are_cut_off_aloud() {
    let mut project = Project::of_texts([
        ("vocabulary.treaty", VOCABULARY),
        ("treaties.treaty", UNSETTLED),
    ]);
    let mut refused = project.diagnostics.iter();
    assert!(refused.any(|found| found.code == "N024"));
    let text = "
scenario: An attack
as-of: 2001-02-01
events:
  - what: arcadia attacks borland
    from: 2001-01-10
"
    .to_owned();
    let case = Case::of_text("two.yaml", text, &mut project);
    let scenario = case.scenario.as_ref().unwrap();
    let engine = Engine::new(case.rulebook(&project));
    let options = Options::default();
    assert!(engine.evaluate(scenario, &options).cut_off);
}
