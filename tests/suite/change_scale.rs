//! How `casus test` and `casus diff` fare with 1,000 treaties of 20 clauses and 10,000 scenarios. Run by hand:
//! `cargo test --release --test suite change_scale -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::path::Path;
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
const VERBS: [&str; 5] = ["attack", "threaten", "blockade", "provoke", "warn"];

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn words() -> String {
    let mut text = String::new();
    for state in 0..STATES {
        let _ = writeln!(text, "state s{state}");
    }
    for verb in VERBS {
        let open = if verb == "provoke" { "open" } else { "lasts" };
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let _ = writeln!(text, "verb {verb}, {verb}s, {stem}ed  {open}");
    }
    text.push_str("verb assist, assists, assisted  takes object, against  lasts\nverb consult, consults, consulted  takes object, about\n");
    text
}

fn treaty(at: usize, random: &mut Random) -> String {
    let first = random.below(STATES);
    let parties: Vec<String> = (0..2 + random.below(8))
        .map(|next| format!("s{}", (first + next * 7) % STATES))
        .collect();
    let year = 1900 + random.below(60);
    let mut text = format!(
        "treaty t{at}\n  parties {}\n  in force from {year}-01-01\n  ends 1 year after denunciation\n",
        parties.join(", ")
    );
    for article in 1..=20 {
        let verb = VERBS[random.below(3)];
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
    let mut text = format!(
        "scenario: Case {at}\nas-of: 1965-06-30\nnote: An invented case, one of ten thousand, as long as one that somebody wrote.\nevents:\n"
    );
    for event in 0..8 {
        let (one, other) = (random.below(STATES), random.below(STATES));
        let other = if one == other {
            (other + 1) % STATES
        } else {
            other
        };
        let verb = VERBS[random.below(3)];
        let _ = writeln!(
            text,
            "  - id: event-{event}\n    what: s{one} {verb}s s{other}\n    from: 1965-0{}-0{}\n    to: 1965-08-01\n    source: an invented newspaper of that very day",
            1 + random.below(5),
            1 + random.below(9)
        );
    }
    text
}

fn timed(folder: &Path, words: &[&str]) -> (f64, String) {
    let begin = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_casus"))
        .args(words)
        .current_dir(folder)
        .env_remove("CI")
        .output()
        .unwrap();
    let seconds = begin.elapsed().as_secs_f64();
    assert!(
        matches!(done.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let out = String::from_utf8_lossy(&done.stdout)
        .lines()
        .next()
        .unwrap_or("")
        .to_owned();
    (
        seconds,
        format!(
            "{out} {}",
            String::from_utf8_lossy(&done.stderr)
                .lines()
                .next()
                .unwrap_or("")
        ),
    )
}

#[test]
#[ignore = "minutes of work; docs/performance.md says how to run it"]
fn a_large_collection_is_tested_in_seconds() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("change-scale");
    let _ = std::fs::remove_dir_all(&folder);
    let mut random = Random(0x9e37_79b9);
    std::fs::create_dir_all(folder.join("rules")).unwrap();
    std::fs::write(folder.join("rules/words.treaty"), words()).unwrap();
    for at in 0..number("TREATIES", 1000) {
        std::fs::write(
            folder.join(format!("rules/t{at}.treaty")),
            treaty(at, &mut random),
        )
        .unwrap();
    }
    for at in 0..number("SCENARIOS", 10_000) {
        let inside = folder.join(format!("scenarios/{}", at / 500));
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::write(
            inside.join(format!("c{at}.yaml")),
            scenario(at, &mut random),
        )
        .unwrap();
    }
    let tell = |what: &str, words: &[&str]| {
        let (seconds, said) = timed(&folder, words);
        println!("{what}: {seconds:.2} s   {said}");
    };
    tell(
        "first run, snapshots written",
        &["test", "--accept-new-only"],
    );
    tell("cold", &["test", "--no-cache"]);
    tell("warm", &["test"]);
    let path = folder.join("rules/t7.treaty");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::create_dir_all(folder.join("before")).unwrap();
    std::fs::write(folder.join("before/t7.treaty"), &text).unwrap();
    std::fs::write(
        &path,
        text.replacen("shall assist P against A", "shall assist P", 1),
    )
    .unwrap();
    tell("after an edit of one clause", &["test"]);
    tell("the same once more", &["test"]);
    tell(
        "diff of one clause",
        &["diff", "before/t7.treaty", "rules/t7.treaty"],
    );
}
