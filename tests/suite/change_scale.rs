//! How `casus test` and `casus diff` fare with 1,000 treaties of 20 clauses and 10,000 scenarios. Run by hand:
//! `cargo test --release --test suite change_scale -- --ignored --nocapture`; `CASUS_BINARY` names another program to measure.
//!
//! The world is made to be like the casebook that is shipped: there, half of the treaties have two parties and one in thirty has more
//! than twenty; a scenario has five events and seven expectations, and 12 positions in the middle and 44 on average. `DENSE=1` makes
//! the world of earlier measurements, with thousands of positions a scenario: every treaty in force, three verbs for all clauses.

use crate::scratch::Scratch;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

const STATES: usize = 200;
/// The first three are in more clauses and events than the others.
const VERBS: [&str; 20] = [
    "attack", "threaten", "blockade", "raid", "invade", "sanction", "censure", "boycott",
    "embargo", "expel", "annex", "detain", "subvert", "besiege", "shell", "bomb", "mine", "board",
    "arrest", "evict",
];

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn is_dense() -> bool {
    number("DENSE", 0) > 0
}

fn verb(random: &mut Random) -> &'static str {
    let common = is_dense() || random.below(6) == 0;
    VERBS[random.below(if common { 3 } else { VERBS.len() })]
}

fn words() -> String {
    let mut text = String::new();
    for state in 0..STATES {
        let _ = writeln!(text, "state s{state}");
    }
    for verb in VERBS {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let _ = writeln!(text, "verb {verb}, {verb}s, {stem}ed  lasts");
    }
    text.push_str("verb provoke, provokes, provoked  open\nverb warn, warns, warned  lasts\n");
    text.push_str("verb assist, assists, assisted  takes object, against  lasts\nverb consult, consults, consulted  takes object, about\n");
    text
}

/// How many parties a treaty has.
fn parties(random: &mut Random) -> usize {
    if is_dense() {
        return 2 + random.below(8);
    }
    match random.below(100) {
        0..60 => 2,
        60..85 => 3 + random.below(3),
        85..97 => 6 + random.below(5),
        _ => 20 + random.below(10),
    }
}

fn treaty(at: usize, random: &mut Random) -> String {
    let first = random.below(STATES);
    let parties: Vec<String> = (0..parties(random))
        .map(|next| format!("s{}", (first + next * 7) % STATES))
        .collect();
    let mut life = format!("{}-01-01", 1900 + random.below(60));
    if !is_dense() {
        let year = 1880 + random.below(100);
        life = format!("{year}-01-01 until {}-12-31", year + 5 + random.below(40));
    }
    let mut text = format!(
        "treaty t{at}\n  parties {}\n  in force from {life}\n  ends 1 year after denunciation\n",
        parties.join(", ")
    );
    for article in 1..=20 {
        let verb = verb(random);
        let clause = match article % 4 {
            0 => format!(
                "when a state A {verb}s a party P, each other party Q shall consult P about A, within {} days.",
                5 + random.below(40)
            ),
            1 => format!(
                "when a state A {verb}s a party P, unless P has provoked A, each other party Q shall assist P against A."
            ),
            2 => format!(
                "when s{} {verb}s a party P, each other party Q may assist P.",
                random.below(STATES)
            ),
            _ => format!(
                "when a state A other than a party {verb}s a party P, if A has warned P, each other party Q shall assist P."
            ),
        };
        let _ = writeln!(text, "article {article}\n  {clause}");
    }
    text
}

fn scenario(at: usize, random: &mut Random) -> String {
    let year = if is_dense() {
        1965
    } else {
        1900 + random.below(80)
    };
    let mut text = format!(
        "scenario: Case {at}\nas-of: {year}-06-30\nnote: An invented case, one of ten thousand, as long as one that somebody wrote.\nevents:\n"
    );
    for event in 0..if is_dense() { 8 } else { 5 } {
        let (one, other) = (random.below(STATES), random.below(STATES));
        let other = if one == other {
            (other + 1) % STATES
        } else {
            other
        };
        let verb = verb(random);
        let _ = writeln!(
            text,
            "  - id: event-{event}\n    what: s{one} {verb}s s{other}\n    from: {year}-0{}-0{}\n    to: {year}-08-01\n    source: an invented newspaper of that very day",
            1 + random.below(5),
            1 + random.below(9)
        );
    }
    text
}

/// The positions of a snapshot as expectations: `owed: s1 shall assist s2`.
fn positions(snapshot: &str) -> Vec<String> {
    let mut found = Vec::new();
    for item in snapshot.split("\n  - ").skip(1) {
        let lines: Vec<&str> = item.lines().map(str::trim_start).collect();
        let text = item
            .split("\n    under:")
            .next()
            .unwrap()
            .replace("\n      ", " ");
        let Some((who, act)) = text
            .strip_prefix("who: ")
            .and_then(|text| text.split_once("\n    "))
        else {
            continue;
        };
        let act = act.lines().next().unwrap().replacen(": ", " ", 1);
        let open = lines.contains(&"verdict: owed if");
        let verdict = if open { "owed-if" } else { "owed" };
        let names = who.trim_matches(['[', ']']).split(", ");
        found.extend(names.map(|who| format!("{verdict}: {who} {act}")));
    }
    found
}

/// Gives each scenario up to seven expectations that its outcome meets, and tells how many positions scenarios have.
fn expect(scenarios: &[PathBuf]) {
    let mut counts = Vec::new();
    for path in scenarios {
        let snapshot = std::fs::read_to_string(path.with_extension("snap")).unwrap();
        let positions = positions(&snapshot);
        counts.push(positions.len());
        let mut text = std::fs::read_to_string(path).unwrap();
        text.push_str("expect:\n  - not-owed: s0 shall warn s1\n");
        for position in positions.iter().take(6) {
            let _ = writeln!(text, "  - {position}");
        }
        std::fs::write(path, text).unwrap();
    }
    counts.sort_unstable();
    let sum: usize = counts.iter().sum();
    println!(
        "positions a scenario: {} in the middle, {} on average, {} in 95 of 100 at most, {} at most",
        counts[counts.len() / 2],
        sum / counts.len(),
        counts[counts.len() * 95 / 100],
        counts[counts.len() - 1]
    );
}

/// Seconds, of them the processor's, megabytes at the highest, and the first line that was said.
fn timed(folder: &Path, words: &[&str]) -> (f64, f64, f64, String) {
    let program = std::env::var("CASUS_BINARY");
    let program = program.unwrap_or_else(|_| env!("CARGO_BIN_EXE_casus").to_owned());
    let begin = Instant::now();
    let done = Command::new("/usr/bin/time")
        .args(["-f", "%M %U %S", &program])
        .args(words)
        .current_dir(folder)
        .env_remove("CI")
        .output()
        .expect("GNU time is installed");
    let seconds = begin.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{errors}");
    let numbers = errors.lines().last().unwrap_or("").split(' ');
    let numbers: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
    let first = said.lines().next().unwrap_or("");
    let processor = numbers[1] + numbers[2];
    (seconds, processor, numbers[0] / 1000.0, first.to_owned())
}

/// Writes the collection; gives the paths of its scenarios.
fn write(folder: &Path, treaties: usize, scenarios: usize) -> Vec<PathBuf> {
    let mut random = Random(0x9e37_79b9);
    std::fs::create_dir_all(folder.join("rules")).unwrap();
    std::fs::write(folder.join("rules/words.treaty"), words()).unwrap();
    for at in 0..treaties {
        let path = folder.join(format!("rules/t{at}.treaty"));
        std::fs::write(path, treaty(at, &mut random)).unwrap();
    }
    let mut paths = Vec::new();
    for at in 0..scenarios {
        let inside = folder.join(format!("scenarios/{}", at / 500));
        std::fs::create_dir_all(&inside).unwrap();
        let path = inside.join(format!("c{at}.yaml"));
        std::fs::write(&path, scenario(at, &mut random)).unwrap();
        paths.push(path);
    }
    paths
}

/// How many scenarios of a run were known from before, and how many there are.
fn known(folder: &Path) -> [u64; 2] {
    let done = Command::new(env!("CARGO_BIN_EXE_casus"))
        .args(["test", "--json"])
        .current_dir(folder)
        .env_remove("CI")
        .output()
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    ["known", "scenarios"].map(|key| said[key].as_u64().unwrap())
}

/// What makes a large collection fast is what is left undone; that can be counted on a small one.
#[test]
fn only_what_an_edit_reaches_is_worked_out_again() {
    let folder = Scratch::new("change-scale-small");
    let paths = write(&folder, 40, 120);
    run(&folder, &["test", "--accept-new-only"]);
    assert_eq!(known(&folder), [120, 120], "nothing was edited");
    let path = folder.join("rules/t7.treaty");
    let text = std::fs::read_to_string(&path).unwrap();
    let edited = text.replacen("shall assist P against A", "shall assist P", 1);
    assert_ne!(text, edited);
    std::fs::write(&path, edited).unwrap();
    let parties = text
        .split("parties ")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap();
    let parties: Vec<&str> = parties.split(", ").collect();
    let names_one = |path: &&PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut words = text.split_whitespace();
        words.any(|word| parties.contains(&word))
    };
    let near = paths.iter().filter(names_one).count() as u64;
    assert!(
        near < 60,
        "most scenarios have nothing to do with the treaty"
    );
    let [before, all] = known(&folder);
    assert!(all - before <= near, "{before} known of {all}, {near} near");
}

fn run(folder: &Path, words: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_casus"))
        .args(words)
        .current_dir(folder)
        .env_remove("CI")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{errors}");
}

#[test]
#[ignore = "minutes of work; docs/performance.md says how to run it"]
fn a_large_collection_is_tested_in_seconds() {
    let folder = Scratch::new("change-scale");
    let scenarios = write(
        &folder,
        number("TREATIES", 1000),
        number("SCENARIOS", 10_000),
    );
    let tell = |what: &str, words: &[&str]| {
        let (seconds, processor, megabytes, said) = timed(&folder, words);
        println!(
            "{what}: {seconds:.2} s, {processor:.2} s of processor, {megabytes:.0} MB   {said}"
        );
    };
    let write = "first run, snapshots written";
    tell(write, &["test", "--accept-new-only", "--no-cache"]);
    expect(&scenarios);
    tell("cold", &["test", "--no-cache"]);
    tell("cold, and kept for the next run", &["test"]);
    tell("warm", &["test"]);
    let path = folder.join("rules/t7.treaty");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::create_dir_all(folder.join("before")).unwrap();
    std::fs::write(folder.join("before/t7.treaty"), &text).unwrap();
    let edited = text.replacen("shall assist P against A", "shall assist P", 1);
    std::fs::write(&path, edited).unwrap();
    let versions = ["diff", "before/t7.treaty", "rules/t7.treaty"];
    tell("diff of one clause, warm", &versions);
    let corpus_only = [versions.as_slice(), &["--corpus-only"]].concat();
    tell("diff of one clause, warm, the scenarios only", &corpus_only);
    tell("after an edit of one clause", &["test"]);
    tell("the same once more", &["test"]);
    std::fs::remove_dir_all(folder.join(".casus")).unwrap();
    tell("diff of one clause, cold", &versions);
    tell("diff of one clause, cold, the scenarios only", &corpus_only);
}
