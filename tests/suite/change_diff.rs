//! `casus diff`: edits found in revisions and folders, effects told, and each effect traced to the edit that made it.

use super::change_review::Place;
use casus::change::corpus::Source;
use casus::change::diff::{Effect, effect};
use casus::change::moves::Kind;
use casus::change::untouched::Untouched;
use casus::change::{Comparison, beside};
use casus::project::{Project, texts};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Numbers that look random; the seed is printed where a test fails.
struct Random(u64);

impl Random {
    fn fresh(name: &str) -> Self {
        let time = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        let seed = std::env::var("CASUS_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or(time.as_nanos() as u64 | 1);
        println!("{name}: CASUS_SEED={seed}");
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Six verbs with a clause each; a clause fires in the scenario of its verb.
fn pact() -> String {
    let mut text = String::from(
        "state arcadia\nstate borland\nstate cedria\nstatus wary\nverb assist, assists, assisted  takes object, against  lasts\nverb help, helps, helped  takes object, against  lasts\n",
    );
    for number in 0..6 {
        text.push_str(&format!(
            "verb v{0}-act, v{0}-acts, v{0}-acted  lasts\n",
            letter(number)
        ));
    }
    text.push_str("treaty pact\n  parties arcadia, borland\n  in force from 1950-01-01\n");
    for number in 0..6 {
        text.push_str(&format!(
            "article {number}\n  when a state A v{}-acts a party P, each other party Q shall assist P against A, within {} days.\n",
            letter(number),
            10 + number
        ));
    }
    // Held back twice: only without both conditions does anything follow.
    text.push_str("article 9\n  when a state A va-acts a party P, unless A is a state, if P is wary, each other party Q shall help P against A.\n");
    text
}

fn letter(number: usize) -> char {
    (b'a' + number as u8) as char
}

fn scenarios() -> Vec<Source> {
    let of = |number: usize| Source {
        name: format!("{number}.yaml"),
        text: format!(
            "scenario: {number}\nas-of: 1960-06-05\nevents:\n  - what: cedria v{}-acts arcadia\n    from: 1960-06-01\n",
            letter(number)
        ),
    };
    (0..6).map(of).collect()
}

fn effect_of(old: &str, new: &str, scenarios: &[Source]) -> (Vec<String>, Effect) {
    let old = Project::of_texts([("rules/pact.treaty", old)]);
    assert!(!old.has_errors(), "{:?}", old.diagnostics);
    let new = beside(&old, vec![("rules/pact.treaty".to_owned(), new.to_owned())]);
    assert!(!new.has_errors(), "{:?}", new.diagnostics);
    let comparison = Comparison::new(&old, &new);
    let places = comparison
        .edits
        .iter()
        .map(|edit| edit.place.clone())
        .collect();
    (
        places,
        effect(&comparison, scenarios, &Untouched::default()),
    )
}

/// One to five edits in one commit, each with its known effect: every scenario that moves names exactly the edit that moves it.
#[test]
fn planted_edits_are_found_out() {
    let mut random = Random::fresh("planted edits");
    for count in 1..=5 {
        let mut planted = BTreeSet::new();
        while planted.len() < count {
            planted.insert(random.below(6));
        }
        let mut text = pact();
        for number in &planted {
            let from = format!("within {} days", 10 + number);
            let line = format!("a state A v{}-acts a party P, each", letter(*number));
            match random.below(3) {
                0 => text = text.replace(&from, "within 40 days"),
                1 => {
                    text = text.replace(
                        &line,
                        &line.replace("a state A", "a state A other than cedria"),
                    );
                }
                _ => text = text.replace(&format!(", {from}"), ""),
            }
        }
        let (places, effect) = effect_of(&pact(), &text, &scenarios());
        assert_eq!(places.len(), count);
        let moved: BTreeSet<usize> = effect
            .causes
            .iter()
            .map(|(scenario, _)| *scenario)
            .collect();
        assert_eq!(moved, planted);
        for (scenario, edits) in &effect.causes {
            let named: Vec<&str> = edits.iter().map(|edit| places[*edit].as_str()).collect();
            assert_eq!(named, [format!("pact article {scenario}")]);
        }
        assert!(effect.idle.is_empty());
    }
}

/// Neither edit alone moves anything; both together do, and both are named, and no third.
#[test]
fn planted_interactions_are_found_out() {
    let both = pact()
        .replace("unless A is a state, ", "")
        .replace(
            "status wary",
            "status wary\nhistory\n  from 1955-01-01 arcadia is wary.",
        )
        .replace("within 14 days", "within 50 days");
    let (places, effect) = effect_of(&pact(), &both, &scenarios());
    assert_eq!(places.len(), 3);
    let of = |scenario: usize| -> BTreeSet<&str> {
        let found = effect
            .causes
            .iter()
            .find(|(own, _)| *own == scenario)
            .unwrap();
        found.1.iter().map(|edit| places[*edit].as_str()).collect()
    };
    assert_eq!(of(0), BTreeSet::from(["pact article 9", "history"]));
    assert_eq!(of(4), BTreeSet::from(["pact article 4"]));
    // A clause that uses a word which another edit declares: alone it cannot even stand.
    let word = pact()
        .replace("status wary", "status wary\nverb warn, warns, warned")
        .replace("assist P against A, within 12 days", "warn P");
    let (places, effect) = effect_of(&pact(), &word, &scenarios());
    let (scenario, edits) = &effect.causes[0];
    assert_eq!((effect.causes.len(), *scenario), (1, 2));
    let named: BTreeSet<&str> = edits.iter().map(|edit| places[*edit].as_str()).collect();
    assert_eq!(named, BTreeSet::from(["pact article 2", "verb warn"]));
}

#[test]
fn kinds_of_moves_are_told_apart() {
    let kinds = |from: &str, to: &str| -> BTreeSet<&'static str> {
        let text = pact();
        assert!(text.contains(from), "{from}");
        let (_, effect) = effect_of(&text, &text.replacen(from, to, 1), &scenarios());
        effect
            .families
            .iter()
            .map(|family| family.kind.key())
            .collect()
    };
    let one = |kind: Kind| BTreeSet::from([kind.key()]);
    assert_eq!(kinds("within 10 days", "within 8 days"), one(Kind::Earlier));
    assert_eq!(kinds("within 10 days", "within 80 days"), one(Kind::Later));
    assert_eq!(
        kinds(
            "P, each other party Q shall assist P against A, within 10",
            "P, P shall assist a party Q other than P against A, within 10"
        ),
        one(Kind::Bearer)
    );
    assert_eq!(
        kinds(
            "shall assist P against A, within 10 days",
            "shall assist P against borland, within 10 days"
        ),
        one(Kind::Lost)
    );
    assert_eq!(
        kinds(
            "shall assist P against A, within 10 days",
            "may assist P against A"
        ),
        one(Kind::Modality)
    );
    assert_eq!(
        kinds("article 0", "article 0 until 1955-01-01"),
        one(Kind::Lost)
    );
    assert_eq!(kinds("article 0", "article 77"), one(Kind::Reason));
}

/// A comparison with itself finds nothing; turned round, gains are losses; what has nothing to do with it changes nothing.
#[test]
fn comparisons_obey_their_laws() {
    let (old, all) = (pact(), scenarios());
    let (edits, none) = effect_of(&old, &old, &all);
    assert!(edits.is_empty() && none.families.is_empty());
    let new = old
        .replace("article 3\n  when", "article 3 until 1955-01-01\n  when")
        .replace("within 11 days", "within 9 days");
    let kinds = |effect: &Effect, swap: bool| -> Vec<(&'static str, Vec<usize>)> {
        let turned = |kind: Kind| match kind {
            Kind::Gained if swap => Kind::Lost,
            Kind::Lost if swap => Kind::Gained,
            Kind::Earlier if swap => Kind::Later,
            Kind::Later if swap => Kind::Earlier,
            other => other,
        };
        let mut found: Vec<_> = effect
            .families
            .iter()
            .map(|family| (turned(family.kind).key(), family.scenarios()))
            .collect();
        found.sort();
        found
    };
    let (_, forth) = effect_of(&old, &new, &all);
    let (_, back) = effect_of(&new, &old, &all);
    assert_eq!(kinds(&forth, false), kinds(&back, true));
    assert_eq!(forth.families.len(), 2);
    let more = "\ntreaty elsewhere\n  parties borland, cedria\n  in force from 1800-01-01 until 1810-01-01\narticle 1\n  each party P shall assist a state S.\n";
    let (_, with) = effect_of(&(old.clone() + more), &(new + more), &all);
    assert_eq!(kinds(&forth, false), kinds(&with, false));
    let (_, alone) = effect_of(&old, &(old.clone() + more), &all);
    assert!(alone.families.is_empty());
    assert_eq!(alone.idle, [0]);
}

fn real() -> Vec<(String, String)> {
    texts(&[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))]).unwrap()
}

/// North Atlantic Treaty, article 6, without and with what the protocol of 1951 says of Turkey: the gain is confined to the
/// territory of Turkey.
#[test]
fn the_protocol_of_1951_gains_turkey_and_nothing_else() {
    let with = real();
    let line = "\n  territory of turkey from 1952-02-15\n";
    let without = |(name, text): (String, String)| (name, text.replace(line, "\n"));
    let old: Vec<(String, String)> = with.iter().cloned().map(without).collect();
    let old = Project::of_texts(old);
    let new = beside(&old, with);
    assert!(!old.has_errors() && !new.has_errors());
    let attack = |victim: &str, place: &str| Source {
        name: format!("{place}.yaml"),
        text: format!(
            "scenario: {place}\nas-of: 1955-06-02\nrules: [north-atlantic-treaty]\nevents:\n  - what: ussr attacks {victim} in {place}\n    from: 1955-06-01\n"
        ),
    };
    let all = [
        attack("turkey", "turkey-asia"),
        attack("france", "france"),
        attack("united-states", "hawaii"),
    ];
    let comparison = Comparison::new(&old, &new);
    assert_eq!(comparison.edits.len(), 1);
    assert_eq!(
        comparison.edits[0].to_string(),
        "north-atlantic-treaty area treaty-area: + territory of turkey from 1952-02-15"
    );
    let effect = effect(&comparison, &all, &Untouched::default());
    assert_eq!(effect.broken, Vec::<String>::new());
    assert_eq!(effect.causes, [(0, vec![0])]);
    let family = &effect.families[0];
    assert_eq!(
        (family.kind, family.pattern.as_str()),
        (Kind::Gained, "* shall assist turkey against ussr")
    );
}

#[test]
fn revisions_and_folders_are_read_without_a_checkout() {
    let place = Place::new("diff");
    let text = place.read("rules/pact.treaty");
    place.write(
        "rules/pact.treaty",
        &text.replace("within 15 days", "within 20 days"),
    );
    let wanted = "\
1 edit
  ~ pact article 2  rules/pact.treaty:21
      − within 15 days
      + within 20 days

Corpus: 5 scenarios; moved: 2 scenarios in 1 family
";
    let said = place.casus(&["diff", "HEAD"]);
    assert_eq!(said.code, 1);
    assert!(said.out.starts_with(wanted), "{}", said.out);
    place.write("before/pact.treaty", &text);
    let folders = place.casus(&["diff", "before", "rules"]);
    assert_eq!(said.out, folders.out);
    let turned = place.casus(&["diff", "rules", "before"]);
    assert!(
        turned.out.contains("deadline earlier  in 2 scenarios"),
        "{}",
        turned.out
    );
    assert_eq!(
        place.casus(&["diff", "HEAD", "--summary"]).out,
        "pact: 1 edit, 2 scenarios moved; beyond: consult on other terms\n"
    );
    assert_eq!(
        place.casus(&["diff", "HEAD..HEAD"]).out,
        "0 edits\n\nCorpus: 5 scenarios, none moved\n"
    );
    assert_eq!(place.casus(&["diff", "no-such-thing"]).code, 2);
    let json: serde_json::Value =
        serde_json::from_str(&place.casus(&["diff", "HEAD", "--json"]).out).unwrap();
    assert_eq!(json["format"], "casus-diff/1");
    let old = json["edits"][0]["old"].as_str().unwrap();
    assert!(old.contains("15 days"), "{old}");
    assert_eq!(json["corpus"]["families"][0]["change"], "deadline-later");
    let beyond = &json["beyond"]["answers"][0];
    assert_eq!(
        (&beyond["answer"], &beyond["act"]),
        (&"differs".into(), &"consult".into())
    );
    assert_eq!(beyond["witnesses"][0]["now"], "within 20 days");
}

/// No scenario shows the edit; a smallest one is found, written, and does tell the versions apart as a file like any other.
#[test]
fn a_scenario_beyond_the_corpus_is_written_and_replays() {
    let place = Place::new("beyond");
    let text = place.read("rules/pact.treaty");
    let edited = text.replace("P in lakes,", "P in lakes, if A is wary,");
    assert_ne!(edited, text);
    let edited = edited.replacen("treaty pact", "status wary\n\ntreaty pact", 1);
    place.write("rules/pact.treaty", &edited);
    place.write("calm/s.yaml", CALM);
    let arguments = [
        "diff",
        "HEAD",
        "--scenarios",
        "calm",
        "--write-witnesses",
        "found",
    ];
    let said = place.casus(&arguments);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("none moved"), "{}", said.out);
    assert!(said.out.contains("replayed on both"), "{}", said.out);
    let file = "found/pact-assist-lost.yaml";
    assert!(
        said.out.contains(&format!("written: {file}")),
        "{}",
        said.out
    );
    let scenario = place.read(file);
    assert!(scenario.contains("  - not-owed: "), "{scenario}");
    assert_eq!(place.casus(&["run", file, "--expectations"]).code, 0);
    place.write("rules/pact.treaty", &text);
    assert_eq!(place.casus(&["run", file, "--expectations"]).code, 1);
}

const CALM: &str = "scenario: Calm\nas-of: 1960-01-01\nevents:\n  - what: arcadia consults borland about cedria\n    on: 1960-01-01\n";

#[test]
fn what_was_not_found_out_is_said() {
    let place = Place::new("unproved");
    let text = place.read("rules/pact.treaty");
    place.write(
        "rules/pact.treaty",
        &text.replace("within 15 days", "within 20 days"),
    );
    let late = place.casus(&["diff", "HEAD", "--budget", "0", "--require-proof"]);
    assert_eq!(late.code, 3);
    assert!(
        late.out
            .contains("inconclusive: pact duty to consult: there was no time left"),
        "{}",
        late.out
    );
    assert_eq!(place.casus(&["diff", "HEAD", "--budget", "0"]).code, 1);
    let corpus = place.casus(&["diff", "HEAD", "--corpus-only", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&corpus.out).unwrap();
    assert!(json["beyond"].is_null());
    let told = place.casus(&["diff", "HEAD", "--describe", "--sarif", "found.sarif"]);
    assert!(told.out.contains("differs exactly when"), "{}", told.out);
    let sarif: serde_json::Value = serde_json::from_str(&place.read("found.sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let witness = results
        .iter()
        .find(|one| one["ruleId"] == "witness")
        .unwrap();
    let steps = &witness["codeFlows"][0]["threadFlows"][0]["locations"];
    assert!(steps.as_array().unwrap().len() >= 2, "{sarif}");
    let place = &witness["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "rules/pact.treaty");
    assert_eq!(place["region"]["startLine"], 21);
}

#[test]
fn what_only_reads_otherwise_is_listed_apart() {
    let place = Place::new("reworded");
    let text = place.read("rules/pact.treaty");
    let other = text.replace(
        "a state A threatens a party P, each other party Q shall consult P about A",
        "a state X threatens a party Y, each other party Z shall consult Y about X",
    );
    place.write("rules/pact.treaty", &other);
    let said = place.casus(&["diff", "HEAD"]);
    assert_eq!(said.code, 0);
    assert_eq!(
        said.out,
        "0 edits, 1 reworded only (the same meaning)\n  = pact article 2  rules/pact.treaty:21\n\nCorpus: 5 scenarios, none moved\n"
    );
}

#[test]
fn a_treaty_or_an_article_can_be_taken_out() {
    let place = Place::new("toggle");
    let said = place.casus(&["diff", "--toggle", "pact article 2"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("+ pact article 2") && said.out.contains("gained  in 2 scenarios"),
        "{}",
        said.out
    );
    let said = place.casus(&["diff", "--toggle", "pact"]);
    assert!(
        said.out.contains("+ treaty pact") && said.out.contains("5 scenarios; moved: 3 scenarios"),
        "{}",
        said.out
    );
    let said = place.casus(&["diff", "--toggle", "pakt"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("did you mean `pact`?"), "{}", said.err);
}

#[test]
fn git_shows_edits_by_clause() {
    let place = Place::new("driver");
    let text = place.read("rules/pact.treaty");
    place.write("old.treaty", &text);
    place.write(
        "new.treaty",
        &text.replace("within 15 days", "within 20 days"),
    );
    let said = place.casus(&[
        "diff",
        "--driver",
        "rules/pact.treaty",
        "old.treaty",
        "0",
        "100644",
        "new.treaty",
        "0",
        "100644",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(
        said.out,
        "casus diff rules/pact.treaty\n  ~ pact article 2  rules/pact.treaty:21\n      − within 15 days\n      + within 20 days\n"
    );
    let said = place.casus(&[
        "diff",
        "--driver",
        "rules/pact.treaty",
        "/dev/null",
        "0",
        "0",
        "new.treaty",
        "0",
        "100644",
    ]);
    assert!(said.out.contains("+ treaty pact"), "{}", said.out);
}

#[test]
fn what_is_on_record_is_agreed_to_and_what_nobody_saw_is_no_baseline() {
    let place = Place::new("baseline");
    let text = place.read("rules/pact.treaty");
    place.write(
        "rules/pact.treaty",
        &text.replace("within 15 days", "within 20 days"),
    );
    assert_eq!(place.casus(&["diff", "HEAD"]).code, 1);
    place.casus(&["test"]);
    place.casus(&["accept", "all", "--reason", "longer"]);
    let said = place.casus(&["diff", "HEAD"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(
        said.out.contains("5 scenarios; moved: 2 scenarios"),
        "{}",
        said.out
    );
    // A scenario with which the edit has nothing to do is a matter of `casus test`.
    let snapshot = place.read("scenarios/attack.snap");
    place.write(
        "scenarios/attack.snap",
        &snapshot.replace("shall: assist", "shall: applaud"),
    );
    assert_eq!(place.casus(&["diff", "HEAD"]).code, 0);
    let snapshot = place.read("scenarios/threat.snap");
    place.write(
        "scenarios/threat.snap",
        &snapshot.replace("shall: consult", "shall: applaud"),
    );
    let said = place.casus(&["diff", "HEAD"]);
    assert_eq!(said.code, 4, "{}", said.out);
    assert!(
        said.out
            .contains("the snapshot of scenarios/threat.yaml is the outcome of neither version"),
        "{}",
        said.out
    );
}
