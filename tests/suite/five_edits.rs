//! One session on the shipped rulebook, through the real program: five edits of the kinds that amendments are made of, each with its families, its
//! smallest scenario and its cause; and treaties that only read otherwise.

use super::change_review::Place;
use casus::Project;
use casus::syntax::ast::{Clause, ClauseBody, Content, Item, Part, Preface};
use casus::syntax::format;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Four edits: file, words, other words.
const EDITS: [[&str; 3]; 4] = [
    // Article 6 is widened.
    [
        "modern/north-atlantic-treaty.treaty",
        "  territory of turkey from 1952-02-15\n",
        "  territory of turkey from 1952-02-15\n  hawaii\n",
    ],
    // An attack that was provoked is one too.
    [
        "1914/triple-alliance-1912.treaty",
        ", unless italy has provoked france,",
        ",",
    ],
    // The one who is attacked has to assist.
    [
        "modern/russia-dprk-2024.treaty",
        "each other party Q shall assist P against A, with all-means",
        "P shall assist another party Q against A, with all-means",
    ],
    // A denunciation takes longer.
    [
        "modern/us-taiwan-1954.treaty",
        "ends 1 year after denunciation",
        "ends 2 years after denunciation",
    ],
];

/// Scenarios of these edits, and one with which none has to do.
const SCENARIOS: [&str; 5] = [
    "modern/hawaii",
    "seed/kursk-2024-12-10",
    "seed/korea-cascade",
    "modern/taiwan-1979",
    "history/fashoda-1898",
];

/// The rulebook twice, `before` and `rules`, and some scenarios with what is agreed of them.
fn place(name: &str) -> Place {
    let place = Place::empty(name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, text) in casus::builtin::RULEBOOK {
        let file = file.trim_start_matches("rules/");
        for folder in ["before", "rules"] {
            place.write(&format!("{folder}/{file}"), text);
        }
    }
    for name in SCENARIOS {
        for ending in ["yaml", "snap"] {
            let file = format!("scenarios/{name}.{ending}");
            let text = std::fs::read_to_string(root.join(&file)).unwrap();
            place.write(&file, &text);
        }
    }
    place
}

fn edit(place: &Place, [file, from, to]: [&str; 3]) {
    let file = format!("rules/{file}");
    let text = place.read(&file);
    assert!(text.contains(from), "{file} does not say {from}");
    place.write(&file, &text.replacen(from, to, 1));
}

fn texts(value: &Value) -> BTreeSet<String> {
    let all = value.as_array().unwrap().iter();
    all.map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// What moved: kind, what, and in which scenarios; each because of one edit of this treaty alone.
fn families(said: &Value, treaty: &str) -> BTreeSet<(String, String, Vec<String>)> {
    let all = said["corpus"]["families"].as_array().unwrap().iter();
    let own = all.filter(|family| {
        let because = &family["because"];
        let edits = because["edits"].as_array().unwrap();
        assert_eq!((&because["how"], edits.len()), (&"edits".into(), 1));
        edits[0]["edit"].as_str().unwrap().starts_with(treaty)
    });
    own.map(|family| {
        let text = |key: &str| family[key].as_str().unwrap().to_owned();
        let scenarios = texts(&family["scenarios"]);
        (
            text("change"),
            text("what"),
            scenarios.into_iter().collect(),
        )
    })
    .collect()
}

fn family(change: &str, what: &str, scenarios: &[&str]) -> (String, String, Vec<String>) {
    let scenarios = scenarios
        .iter()
        .map(|name| format!("scenarios/{name}.yaml"));
    (change.to_owned(), what.to_owned(), scenarios.collect())
}

/// The witnesses on duties of a treaty to do an act: aspect, what has to happen, before, now.
fn witnesses(said: &Value, treaty: &str, act: &str) -> Vec<[String; 4]> {
    let all = said["beyond"]["answers"].as_array().unwrap().iter();
    let own = all.filter(|one| one["treaty"] == treaty && one["act"] == act);
    let each = own.filter_map(|one| one["witnesses"].as_array()).flatten();
    each.map(|one| {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        let facts = one["facts"].as_array().unwrap().iter();
        let facts: Vec<&str> = facts.map(|fact| fact["what"].as_str().unwrap()).collect();
        [
            text("aspect"),
            facts.join("; "),
            text("before"),
            text("now"),
        ]
    })
    .collect()
}

#[test]
fn four_edits_are_told_apart_and_each_has_its_scenario() {
    let place = place("four-edits");
    for one in EDITS {
        edit(&place, one);
    }
    let words = [
        "diff",
        "before",
        "--json",
        "--nearest",
        "--budget",
        "3600",
        "--write-witnesses",
        "found",
    ];
    let done = place.casus(&words);
    assert_eq!(done.code, 1, "{}", done.err);
    let said: Value = serde_json::from_str(&done.out).unwrap();
    let edited: BTreeSet<&str> = said["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| edit["treaty"].as_str().unwrap())
        .collect();
    assert_eq!(edited.len(), 4);

    // Hawaii: of all six treaties of the scenario this one alone, and only an attack there.
    let gained = "* shall assist united-states against dprk";
    assert_eq!(
        families(&said, "north-atlantic-treaty"),
        [family("gained", gained, &["modern/hawaii"])].into()
    );
    let found = witnesses(&said, "north-atlantic-treaty", "assist");
    assert_eq!(found[0][0], "gained");
    assert!(found[0][1].ends_with(" in hawaii"), "{found:?}");
    // A duty that arises earlier can be discharged earlier: by measures of the Council that otherwise came before it.
    assert_eq!(found[1][0], "lost");
    assert!(
        found[1][1].contains("security-council takes-measures"),
        "{found:?}"
    );
    assert!(
        found[1][3].starts_with("not owed: discharged on "),
        "{found:?}"
    );

    // Provocation: no scenario has it, so one is missing; the smallest is the attack alone.
    assert_eq!(families(&said, "triple-alliance-1912"), [].into());
    let words = [
        "gained",
        "france assails italy",
        "owed if italy has not provoked france",
        "owed",
    ];
    let words = words.map(str::to_owned);
    assert_eq!(witnesses(&said, "triple-alliance-1912", "assist"), [words]);

    // Bearer and victim: the duties change sides, and with them what they clash with.
    let turned = families(&said, "russia-dprk-2024");
    let both = ["seed/korea-cascade", "seed/kursk-2024-12-10"];
    let sides = family("bearer", "* shall assist * against *", &both);
    assert!(turned.contains(&sides), "{turned:#?}");
    let clash = |(change, what, _): &(String, String, Vec<String>)| {
        change == "gained" && what.contains("conflicts with russia shall not assist dprk")
    };
    assert!(turned.iter().any(clash), "{turned:#?}");
    let found = witnesses(&said, "russia-dprk-2024", "assist");
    let aspects: Vec<&str> = found.iter().map(|one| one[0].as_str()).collect();
    assert_eq!(aspects, ["gained", "lost"]);
    assert!(
        found.iter().all(|one| one[1].contains("attacks")),
        "{found:?}"
    );

    // Denunciation: for another year the treaty is in force, and an attack in its area on the first of January 1980 falls under it.
    let longer = families(&said, "us-taiwan-1954");
    let gone = family(
        "lost",
        "us-taiwan-1954 is not in force",
        &["modern/taiwan-1979"],
    );
    assert!(longer.contains(&gone), "{longer:#?}");
    let found = witnesses(&said, "us-taiwan-1954", "act");
    assert!(found[0][1].contains("attacks taiwan"), "{found:?}");
    assert_eq!(found[0][2], "not owed");
    assert!(found[0][3].starts_with("owed"), "{found:?}");

    // Each edit but that of the Triple Alliance shows in a scenario as it stands: none is nearer.
    let near = said["beyond"]["nearest"].as_array().unwrap().iter();
    let as_it_stands = |one: &&Value| {
        let changed = ["added", "left_out"].map(|key| one[key].as_array().unwrap().len());
        changed == [0, 0]
    };
    let near = near.filter(as_it_stands);
    let near: BTreeSet<&str> = near.map(|one| one["after"].as_str().unwrap()).collect();
    for name in ["modern/hawaii", "seed/korea-cascade", "modern/taiwan-1979"] {
        assert!(
            near.contains(format!("scenarios/{name}.yaml").as_str()),
            "{near:?}"
        );
    }

    // Each scenario that was found is a file like any other: it tells the versions apart on its own.
    let now = place.casus(&["run", "found", "--expectations", "--rules", "rules"]);
    assert_eq!(now.code, 0, "{}", now.out);
    let before = place.casus(&["run", "found", "--expectations", "--rules", "before"]);
    assert_eq!(before.code, 1, "{}", before.out);
}

#[test]
fn ten_treaties_that_only_read_otherwise_mean_the_same() {
    let place = place("reworded");
    let mut treaties = 0;
    for (file, text) in casus::builtin::RULEBOOK {
        let Some(other) = other_words(file, text).filter(|_| treaties < 10) else {
            continue;
        };
        place.write(
            &format!("rules/{}", file.trim_start_matches("rules/")),
            &other,
        );
        treaties += 1;
    }
    assert_eq!(treaties, 10);
    let said = place.casus(&["diff", "before", "--require-proof", "--budget", "3600"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let head = said.out.lines().next().unwrap();
    let reworded = head
        .strip_prefix("0 edits, ")
        .and_then(|head| head.split_once(' '));
    let (number, words) = reworded.unwrap_or_else(|| panic!("{head}"));
    assert!(number.parse::<usize>().unwrap() >= 10, "{head}");
    assert_eq!(words, "reworded only (the same meaning)");
    assert!(
        said.out.ends_with("5 scenarios, none moved\n"),
        "{}",
        said.out
    );
}

/// A file with its conditions in another order and other names for its variables, if it has a clause of which the order can be changed.
fn other_words(file: &str, text: &str) -> Option<String> {
    let project = Project::of_texts([(file, text)]);
    let clauses = project.files[0].items.iter().flat_map(|item| match item {
        Item::Treaty(treaty) => treaty.parts.iter().flat_map(clauses).collect(),
        _ => Vec::new(),
    });
    let mut turned: Vec<(Clause, String)> = Vec::new();
    for clause in clauses {
        let other = in_another_order(clause);
        turned.extend(other.map(|other| (clause.clone(), other)));
    }
    let mut made = text.to_owned();
    for (clause, other) in turned.iter().rev() {
        made.replace_range(clause.span.start as usize..clause.span.end as usize, other);
    }
    let made = renamed(&made);
    let read = Project::of_texts([(file, made.as_str())]);
    let is_read = read
        .diagnostics
        .iter()
        .all(|found| !found.code.starts_with('S'));
    (is_read && !turned.is_empty()).then_some(made)
}

fn clauses(part: &Part) -> Vec<&Clause> {
    match part {
        Part::Article(article) => match &article.content {
            Content::Clauses(clauses) => clauses.iter().collect(),
            _ => Vec::new(),
        },
        Part::Protocol(protocol) => protocol.parts.iter().flat_map(clauses).collect(),
        _ => Vec::new(),
    }
}

/// A clause with the conditions behind the first turned round; nothing if there are none, or if they bring in variables of their own.
fn in_another_order(clause: &Clause) -> Option<String> {
    let mut clause = clause.clone();
    let ClauseBody::Norms { prefaces, .. } = &mut clause.body else {
        return None;
    };
    let words = |preface: &Preface| match preface {
        Preface::Condition(_, condition) => Some(format::condition(condition)),
        Preface::Reading(_) => None,
    };
    let all: Option<Vec<String>> = prefaces.iter().map(words).collect();
    let all = all.filter(|all| all.len() > 2)?;
    let known = variables(&all[0]);
    if !all.iter().all(|words| variables(words).is_subset(&known)) {
        return None;
    }
    prefaces[1..].reverse();
    Some(format::clause(&clause))
}

fn variables(words: &str) -> BTreeSet<&str> {
    let is_capital = |word: &&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(is_capital)
        .collect()
}

/// Other names for variables, throughout a file.
fn renamed(text: &str) -> String {
    let is_variable = |word: &str| {
        word.len() == 1
            && word
                .chars()
                .all(|c| ('B'..='Z').contains(&c) && c != 'I' && c != 'V' && c != 'X')
    };
    let quoted: Vec<&str> = text.split('"').collect();
    let parts = quoted.iter().enumerate().map(|(at, part)| {
        if at % 2 == 1 {
            return (*part).to_owned();
        }
        let lines = part.split('\n').map(|line| {
            if line.trim_start().starts_with('#') || line.starts_with("article") {
                return line.to_owned();
            }
            let words = line.split_inclusive(|c: char| !c.is_alphanumeric());
            words
                .map(|word| {
                    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                    if is_variable(bare) {
                        word.replacen(bare, &format!("{bare}{bare}"), 1)
                    } else {
                        word.to_owned()
                    }
                })
                .collect::<String>()
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    parts.collect::<Vec<_>>().join("\"")
}
