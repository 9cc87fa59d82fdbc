//! `casus mutate`: fates known by hand, gates that are not vacuous, and random rulebooks on which no answer contradicts another.

use super::change_review::Place;
use super::coverage::PACT;
use crate::reference::Random;
use crate::scratch::Scratch;
use casus::change::ask::Bounds;
use casus::change::corpus::{Bench, Source};
use casus::change::mutate::{Baseline, Fate, Mutant, cross_examine, mutants};
use casus::change::snapshot::Snapshot;
use casus::project::Project;
use std::path::PathBuf;

/// A project with scenarios that say what they expect.
fn judged(name: &str) -> Place {
    let place = Place::bare(name);
    place.write("rules/pact.treaty", PACT);
    for (name, events, expect) in [
        (
            "attack",
            "cedria attacks arcadia in arcadia",
            "owed: borland shall assist arcadia against cedria",
        ),
        (
            "islets",
            "cedria attacks arcadia in islets",
            "not-owed: borland shall assist arcadia against cedria",
        ),
        (
            "threat",
            "cedria threatens borland",
            "not-owed: arcadia shall consult borland about cedria",
        ),
        (
            "other-threat",
            "cedria threatens arcadia",
            "not-owed: borland shall consult arcadia about cedria",
        ),
    ] {
        let text = format!(
            "scenario: {name}\nas-of: 1960-06-10\nevents:\n  - what: {events}\n    from: 1960-06-01\nexpect:\n  - {expect}\n"
        );
        place.write(&format!("scenarios/{name}.yaml"), &text);
    }
    let said = place.casus(&["test", "--accept-new-only"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    place
}

/// The fate of a mutant in the JSON of a run, by words of its operator.
fn fate(json: &str, clause: &str, operator: &str) -> String {
    let mut at = None;
    let mut lines = json.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if line.starts_with("\"clause\"") {
            at = Some(line.contains(clause));
        }
        let fits = line.starts_with("\"operator\"") && line.contains(operator);
        if at == Some(true) && fits {
            let fate = lines.find(|line| line.starts_with("\"fate\"")).unwrap();
            return fate.split('"').nth(3).unwrap().to_owned();
        }
    }
    panic!("no mutant `{operator}` of {clause} in\n{json}")
}

fn number(text: &str, after: &str) -> f64 {
    let rest = text.split(after).nth(1).unwrap_or_else(|| panic!("{text}"));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    rest[..end.unwrap_or(rest.len())].parse().unwrap()
}

#[test]
fn fates_are_those_known_by_hand() {
    let place = judged("mutate-fates");
    let said = place.casus(&["mutate", "--json"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for (clause, operator, expected) in [
        ("article 1", "drop the clause", "killed-by-expect"),
        ("article 1", "drop the place", "killed-by-expect"),
        ("article 1", "exchange in and outside", "killed-by-expect"),
        (
            "article 1",
            "put `shall not` for `shall`",
            "killed-by-expect",
        ),
        // Nobody provokes anybody in the scenarios.
        ("article 1", "drop the exception", "survived"),
        // Without the trigger nobody knows who A is.
        ("article 1", "drop the condition: when", "invalid"),
        // The bearer of a duty under a treaty is bound by it, whatever he is called.
        ("article 1", "put `actor` for `state`", "equal"),
        (
            "article 2",
            "drop the condition: if A is wary",
            "killed-by-expect",
        ),
        ("article 2", "drop the clause", "survived"),
        ("article 2", "double the period", "survived"),
    ] {
        assert_eq!(
            fate(&said.out, clause, operator),
            expected,
            "{clause}: {operator}"
        );
    }
}

/// A clause that nobody would miss is told once and first, its other survivors only if they are wanted.
#[test]
fn what_nobody_asks_about_is_told_once() {
    let place = judged("mutate-unasked");
    let files = ["--junit", "cases.xml", "--sarif", "log.sarif"];
    let said = place.casus(&[&["mutate"], &files[..]].concat());
    let heading = "Nobody asks about 1 provision: no scenario would notice if it were dropped\n\npact article 2";
    assert!(said.out.starts_with(heading), "{}", said.out);
    let whole: serde_json::Value =
        serde_json::from_str(&place.casus(&["mutate", "--json"]).out).unwrap();
    let [unasked] = whole["unasked"].as_array().unwrap().as_slice() else {
        panic!("{}", whole["unasked"]);
    };
    assert_eq!(unasked["clause"], "pact article 2");
    assert_eq!(unasked["kind"], "clause");
    assert_eq!(unasked["fate"], "survived");
    let scenario = unasked["scenario"].as_str().unwrap();
    assert!(scenario.contains("threatens"), "{scenario}");
    let mutants = whole["mutants"].as_array().unwrap();
    let folded = mutants.iter().filter(|one| one["unasked"] == true);
    let number = folded.count();
    assert!(number > 1);
    assert_eq!(unasked["survivors"], number);
    let words = format!("nobody asks about this clause: {number} mutants of it survive");
    let form = |name: &str| place.read(name).matches(&words).count();
    assert_eq!(said.out.matches(&words).count(), 1, "{}", said.out);
    assert_eq!((form("cases.xml"), form("log.sarif")), (1, 1));
    assert!(
        !place
            .read("log.sarif")
            .contains("article 2: no scenario notices")
    );
    let every = place.casus(&[&["mutate", "--all-survivors"], &files[..]].concat());
    let single = every.out.matches("pact article 2  ").count() - 1;
    assert_eq!(single, number - 1, "{}", every.out);
    assert_eq!(
        place
            .read("log.sarif")
            .matches("article 2: no scenario notices")
            .count(),
        single
    );
}

/// The overview gives what the whole run gives.
#[test]
fn the_overview_finds_what_nobody_asks_about() {
    let place = judged("mutate-drop-only");
    let unasked = |words: &[&str]| -> Vec<(String, String)> {
        let said = place.casus(&[&["mutate", "--json"], words].concat()).out;
        let whole: serde_json::Value = serde_json::from_str(&said).unwrap();
        let all = whole["unasked"].as_array().unwrap().iter();
        all.map(|one| (one["clause"].to_string(), one["scenario"].to_string()))
            .collect()
    };
    let overview = unasked(&["--drop-only"]);
    assert!(!overview.is_empty());
    assert_eq!(overview, unasked(&[]));
    let said = place.casus(&["mutate", "--drop-only"]).out;
    assert!(!said.contains("shall not` for `shall"), "{said}");
    assert!(
        said.contains("nobody asks about this clause; killed by"),
        "{said}"
    );
}

#[test]
fn what_only_a_snapshot_notices_is_not_asserted() {
    let place = judged("mutate-asserted");
    let before = place.casus(&["mutate", "--json"]).out;
    assert!(number(&before, "\"asserted_percent\": ") > 20.0);
    for name in ["attack", "islets", "threat", "other-threat"] {
        let text = place.read(&format!("scenarios/{name}.yaml"));
        let (text, _) = text.split_once("expect:").unwrap();
        place.write(&format!("scenarios/{name}.yaml"), text);
    }
    let after = place.casus(&["mutate", "--json"]).out;
    let score = "\"asserted_percent\": ";
    assert!(number(&after, score).abs() < f64::EPSILON, "{after}");
    let score = "\"snapshot_percent\": ";
    assert!((number(&after, score) - number(&before, score)).abs() < f64::EPSILON);
}

#[test]
fn gates_are_not_vacuous() {
    let place = judged("mutate-gates");
    let code = |words: &[&str]| place.casus(words).code;
    assert_eq!(code(&["mutate", "--min-asserted", "10"]), 0);
    assert_eq!(code(&["mutate", "--min-asserted", "99"]), 1);
    assert_eq!(code(&["mutate", "--treaty", "atlantis"]), 2);
    assert_eq!(code(&["mutate", "--budget", "0", "--require-proof"]), 3);
    place.write("mutants.yaml", "- clause: pact article 1\n");
    assert_eq!(code(&["mutate"]), 2);
    std::fs::remove_file(place.folder.join("mutants.yaml")).unwrap();
    let text = place.read("scenarios/attack.yaml");
    place.write(
        "scenarios/attack.yaml",
        &text.replace("- owed", "- not-owed"),
    );
    let said = place.casus(&["mutate"]);
    assert_eq!(said.code, 4, "{}", said.out);
    assert!(said.err.contains("scenarios/attack.yaml"), "{}", said.err);
    place.write(
        "scenarios/attack.yaml",
        &text
            .replace("in arcadia", "in islets")
            .replace("- owed", "- not-owed"),
    );
    assert_eq!(code(&["mutate"]), 4, "the snapshot is another one");
    std::fs::remove_dir_all(place.folder.join("scenarios")).unwrap();
    assert_eq!(code(&["mutate"]), 2);
}

#[test]
fn killers_kill() {
    let place = judged("mutate-killers");
    let first = place.casus(&["mutate", "--write-killers", "scenarios/killers"]);
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    let survivors = number(&first.out, "SURVIVED ");
    assert!(survivors > 3.0, "{}", first.out);
    let said = place.casus(&["test", "--accept-new-only"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let second = place.casus(&["mutate"]);
    assert!(
        number(&second.out, "SURVIVED ").abs() < f64::EPSILON,
        "{}",
        second.out
    );
    let asserted = "asserted score ";
    assert!(number(&second.out, asserted) > number(&first.out, asserted));
}

/// A scenario notices what it is about, and no clause of another treaty: facts of record keep their place beside those of the scenario.
#[test]
fn killers_of_two_treaties_are_two() {
    let place = Place::empty("mutate-killers-of-two");
    place.write("rules/pact.treaty", PACT);
    for (name, history) in [
        ("league", "history\n  from 1950-01-01 cedria is wary.\n"),
        ("union", ""),
    ] {
        let text = format!(
            "treaty {name}\n  parties arcadia, borland\n  in force from 1950-01-01\narticle 1\n  when a state A threatens a party P, if A is wary, each other party Q shall assist P against A.\n{history}"
        );
        place.write(&format!("rules/{name}.treaty"), &text);
    }
    place.write(
        "scenarios/attack.yaml",
        "scenario: attack\nas-of: 1960-06-10\nevents:\n  - what: cedria attacks arcadia in arcadia\n    from: 1960-06-01\nexpect:\n  - owed: borland shall assist arcadia against cedria\n",
    );
    let said = place.casus(&["test", "--accept-new-only"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let survivors = |words: &[&str]| {
        let narrowed = [
            "mutate",
            "--drop-only",
            "--treaty",
            "league",
            "--treaty",
            "union",
        ];
        let said = place.casus(&[&narrowed[..], words].concat());
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        number(&said.out, "SURVIVED ")
    };
    let first = survivors(&["--write-killers", "scenarios/killers"]);
    assert!(first > 1.0, "{first}");
    let said = place.casus(&["test", "--accept-new-only"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(survivors(&[]).abs() < f64::EPSILON);
}

#[test]
fn what_is_allowed_says_why_and_expires() {
    let place = judged("mutate-allowed");
    let json = place.casus(&["mutate", "--json"]).out;
    let entry = json
        .split("\"clause\": ")
        .find(|part| part.contains("drop the exception"))
        .unwrap();
    let wording = entry.split("\"wording\": \"").nth(1).unwrap();
    let wording = &wording[..16];
    let allow = format!(
        "- clause: pact article 1\n  operator: 'drop the exception: unless P has provoked A'\n  wording: '{wording}'\n  reason: nobody has ever provoked anybody\n"
    );
    let before = number(&place.casus(&["mutate"]).out, "SURVIVED ");
    place.write("mutants.yaml", &allow);
    let said = place.casus(&["mutate"]);
    assert!(
        (number(&said.out, "SURVIVED ") - before + 1.0).abs() < f64::EPSILON,
        "{}",
        said.out
    );
    assert!(said.out.contains("1 allowed"), "{}", said.out);
    let text = place.read("rules/pact.treaty");
    place.write(
        "rules/pact.treaty",
        &text.replace("shall assist P", "shall assist P ").replace(
            "A,\n  each other party Q shall assist P  against A",
            "A,\n  each other party Q shall assist P against A, immediately",
        ),
    );
    let said = place.casus(&["test", "--accept-new-only"]);
    assert_eq!(said.code, 1, "the outcome reads otherwise: {}", said.out);
    place.casus(&[
        "accept",
        "F1",
        "--reason",
        "at once",
        "--date",
        "1960-01-01",
    ]);
    let said = place.casus(&["mutate"]);
    assert!(
        said.err.contains("the clause has changed"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(said.out.contains("0 allowed"), "{}", said.out);
}

#[test]
fn a_part_of_all_is_a_part_of_all() {
    let place = judged("mutate-parts");
    let count = |words: &[&str]| {
        let said = place.casus(&[&["mutate", "--json", "--budget", "0"], words].concat());
        (said.out.matches("\"operator\"").count(), said.err)
    };
    let (all, _) = count(&[]);
    let shards: usize = ["1/3", "2/3", "3/3"]
        .iter()
        .map(|shard| count(&["--shard", shard]).0)
        .sum();
    assert_eq!(shards, all);
    let (left, said) = count(&["--iterate"]);
    assert!(
        left < all && said.contains("an earlier run killed them"),
        "{said}"
    );
}

#[test]
fn only_what_was_edited_is_changed() {
    let place = Place::new("mutate-in-diff");
    let text = place.read("rules/pact.treaty");
    place.write(
        "rules/pact.treaty",
        &text.replace("within 15 days", "within 14 days"),
    );
    let said = place.casus(&["test"]);
    assert_eq!(said.code, 1);
    let words = [
        "accept",
        "F1",
        "F2",
        "--reason",
        "shorter",
        "--date",
        "1960-01-01",
    ];
    for family in 1..=2 {
        let family = format!("F{family}");
        place.casus(&[&["accept", family.as_str()], &words[3..]].concat());
    }
    let said = place.casus(&["mutate", "--in-diff", "HEAD", "--json", "--budget", "0"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("pact article 2"), "{}", said.out);
    assert!(!said.out.contains("pact article 1"), "{}", said.out);
}

const TRIGGERS: [&str; 4] = [
    "a state A attacks a party P",
    "a state A threatens a party P in lakes",
    "a state A has attacked a party P",
    "a state A attacks a party P in lakes",
];

const TESTS: [&str; 6] = [
    "A is wary",
    "P is wary",
    "A threatens P",
    "P threatens A",
    "A has attacked P",
    "P has provoked A",
];

const NORMS: [&str; 3] = [
    "each other party Q shall assist P against A",
    "each other party Q shall consult P about A, within 3 days",
    "each other party Q may assist P against A",
];

fn random_rules(random: &mut Random) -> String {
    let (head, _) = PACT.split_once("article 1").unwrap();
    let mut text = head.to_owned();
    for article in 1..=2 {
        text += &format!("article {article}\n  when {}", TRIGGERS[random.below(4)]);
        for word in ["if", "unless"] {
            for _ in 0..random.below(3) {
                text += &format!(", {word} {}", TESTS[random.below(6)]);
            }
        }
        text += &format!(", {}.\n", NORMS[random.below(3)]);
    }
    text
}

fn random_scenario(random: &mut Random, number: usize) -> Source {
    let states = ["arcadia", "borland", "cedria"];
    let mut text = format!(
        "scenario: {number}\nas-of: 1960-06-1{}\nevents:\n",
        random.below(9)
    );
    for _ in 0..=random.below(4) {
        let one = random.below(3);
        let other = (one + 1 + random.below(2)) % 3;
        let (one, other) = (states[one], states[other]);
        let what = match random.below(5) {
            0 => format!("{one} is wary"),
            1 => format!(
                "{one} threatens {other} in {}",
                ["islets", "arcadia"][random.below(2)]
            ),
            2 => format!("{one} provokes {other}"),
            _ => format!(
                "{one} attacks {other} in {}",
                ["islets", "arcadia"][random.below(2)]
            ),
        };
        text += &format!(
            "  - what: {what}\n    from: 1960-06-0{}\n",
            1 + random.below(9)
        );
    }
    Source {
        name: format!("{number}.yaml"),
        text,
    }
}

/// A fresh seed, which is printed, or the one given.
fn seed() -> u64 {
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let given = std::env::var("CASUS_SEED").ok();
    let seed = given.and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(time.unwrap().as_nanos() as u64);
    println!("mutants: CASUS_SEED={seed}");
    seed
}

/// How a mutant was noticed, without the name of the scenario.
fn how(fate: Option<&Fate>) -> &'static str {
    match fate {
        Some(Fate::Asserted(_)) => "asserted",
        Some(Fate::Snapshot(_)) => "snapshot",
        _ => "nothing",
    }
}

/// Fresh seeds each run: what the scenarios kill is never called equal, and leaving scenarios out loses no kill.
#[test]
fn no_mutant_is_both_killed_and_equal() {
    let mut random = Random::new(seed());
    let mut seen = [0_usize; 3];
    for _ in 0..6 {
        let rules = random_rules(&mut random);
        let project = Project::of_texts([("pact.treaty", rules.clone())]);
        if project.has_errors() {
            continue;
        }
        let folder = Scratch::new("mutate-random");
        let sources: Vec<Source> = (0..5).map(|at| random_scenario(&mut random, at)).collect();
        let told = Bench::new(&project).outcomes(&sources.iter().collect::<Vec<_>>());
        let mut scenarios: Vec<(PathBuf, Source)> = Vec::new();
        for (source, told) in sources.into_iter().zip(told) {
            let path = folder.join(&source.name);
            if let Some(told) = told {
                Snapshot::new(&path, &told).save(&path).unwrap();
                scenarios.push((path, source));
            }
        }
        let baseline = Baseline::new(&project, &scenarios);
        assert_eq!(baseline.failing, Vec::<String>::new(), "{rules}");
        let all = mutants(&project, &|_, _| true);
        let some: Vec<&Mutant> = all.iter().filter(|_| random.below(4) == 0).collect();
        for mutant in some {
            let bounds = Bounds {
                parties: 3,
                ..Bounds::default()
            };
            let found = cross_examine(&baseline, mutant, bounds).expect("no contradiction");
            let Some([few, every, asked]) = found else {
                seen[0] += 1;
                continue;
            };
            let context = format!(
                "{}\n{}\n{rules}\n{scenarios:?}",
                mutant.operator, mutant.new
            );
            assert_eq!(how(few.as_ref()), how(every.as_ref()), "{context}");
            let equal = matches!(asked, Some(Fate::Equal));
            assert!(!(equal && every.is_some()), "{every:?} {context}");
            seen[1] += usize::from(every.is_some());
            seen[2] += usize::from(equal);
        }
    }
    assert!(seen[1] > 0, "nothing was killed: {seen:?}");
}

/// One article read anew gives the rulebook that a whole check gives, in rules with reservations, narrowings and secrets.
#[test]
fn an_article_read_anew_is_as_if_all_were_checked() {
    let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let project = Project::load(&[rules]).unwrap();
    let anew = casus::check::Anew::new(&project.files);
    let all = mutants(&project, &|_, _| true);
    let mut random = Random::new(seed());
    let (mut sound, mut unsound) = (0, 0);
    for _ in 0..40 {
        let mutant = &all[random.below(all.len())];
        let few = mutant.rulebook(&project, &anew);
        let whole = mutant.rulebook_with(&project, None);
        let context = format!("{}: {}\n{}", mutant.clause, mutant.operator, mutant.new);
        assert_eq!(format!("{few:?}"), format!("{whole:?}"), "{context}");
        sound += usize::from(few.is_some());
        unsound += usize::from(few.is_none());
    }
    assert!(sound > 0, "{unsound} of {}", all.len());
}

/// A pact with a term, a reservation and an area: `expect` for each day on which something happens.
#[test]
fn heads_areas_and_reservations_are_changed_too() {
    let place = Place::bare("mutate-heads");
    let rules = PACT.replace(
        "in force from 1950-01-01",
        "enters into force on 1950-01-01\n  for 10 years, renewed for 5 years unless denounced 1 year before\n  a party leaves 6 months after withdrawal",
    );
    let rules = rules
        .replace(
            "  territory of a party\n",
            "  territory of a party\n  islets\n  except borland\n",
        )
        .replace(
            "state arcadia\n",
            "state arcadia\nverb withdraw, withdraws, withdrew  takes from\nverb denounce, denounces, denounced  takes object\n",
        )
        + "\nreservation of borland to article 1, which binds it unless A is wary.\n";
    place.write("rules/pact.treaty", &rules);
    std::fs::remove_dir_all(place.folder.join("scenarios")).unwrap();
    place.write(
        "scenarios/denounced.yaml",
        "scenario: denounced in time\nas-of: 1960-06-10\nevents:\n  - what: borland denounces pact\n    on: 1958-12-01\n  - what: cedria attacks arcadia in islets\n    from: 1960-06-01\n  - what: cedria is wary\n    from: 1960-06-01\nexpect:\n  - not-in-force: pact\n  - not-owed: borland shall assist arcadia against cedria\n",
    );
    place.write(
        "scenarios/reserved.yaml",
        "scenario: reserved\nas-of: 1955-06-10\nevents:\n  - what: cedria attacks arcadia in islets\n    from: 1955-06-01\nexpect:\n  - owed: borland shall assist arcadia against cedria\n",
    );
    let said = place.casus(&["test", "--accept-new-only"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let said = place.casus(&["mutate", "--json", "--budget", "0"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for (what, operator, expected) in [
        (
            "pact term",
            "double the period: 10 years",
            "killed-by-expect",
        ),
        ("pact term", "drop: for 10 years", "killed-by-expect"),
        ("area lakes", "drop: islets", "killed-by-expect"),
        ("area lakes", "except: islets", "killed-by-expect"),
        ("reservation of borland", "turn round", "killed-by-expect"),
        // Nobody withdraws.
        (
            "pact withdrawal",
            "at once, not after 6 months",
            "not-decided",
        ),
    ] {
        assert_eq!(
            fate(&said.out, what, operator),
            expected,
            "{what}: {operator}\n{}",
            said.out
        );
    }
}
