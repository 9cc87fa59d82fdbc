//! `casus test`, `review` and `accept` through the real program: nothing is lost, nothing is agreed to by accident.

use crate::scratch::Scratch;
use std::process::{Command, Output, Stdio};

const PACT: &str = "\
state arcadia
state borland
state cedria
place islets  sovereign cedria
verb attack, attacks, attacked  lasts
verb threaten, threatens, threatened  lasts
verb consult, consults, consulted  takes object, about
verb assist, assists, assisted  takes object, against  lasts

treaty pact
  parties arcadia, borland
  in force from 1950-01-01

area lakes
  territory of a party

article 1
  when a state A attacks a party P in lakes, each other party Q shall assist P against A.

article 2
  when a state A threatens a party P, each other party Q shall consult P about A, within 15 days.
";

const SCENARIOS: &[(&str, &str)] = &[
    ("islets", "cedria attacks arcadia in islets"),
    ("attack", "cedria attacks arcadia in arcadia"),
    ("threat", "cedria threatens borland"),
    ("other-threat", "cedria threatens arcadia"),
    ("peace", "cedria consults arcadia"),
];

/// A project in a folder of its own, under git, with everything agreed to.
pub(crate) struct Place {
    pub(crate) folder: Scratch,
}

pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn empty(name: &str) -> Self {
        let folder = Scratch::new(&format!("change-{name}"));
        Self { folder }
    }

    pub(crate) fn bare(name: &str) -> Self {
        let place = Self::empty(name);
        place.write("rules/pact.treaty", PACT);
        for (name, what) in SCENARIOS {
            place.scenario(name, what, "1960-06-10");
        }
        place
    }

    pub(crate) fn new(name: &str) -> Self {
        let place = Self::bare(name);
        let said = place.casus(&["test", "--accept-new-only"]);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        place.git(&["init", "-q"]);
        place.commit();
        place
    }

    fn scenario(&self, name: &str, what: &str, day: &str) {
        let events = if what.is_empty() {
            "events: []\n".to_owned()
        } else {
            format!("events:\n  - what: {what}\n    from: 1960-06-01\n")
        };
        let text = format!("scenario: {name}\nas-of: {day}\n{events}");
        self.write(&format!("scenarios/{name}.yaml"), &text);
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.folder.write(path, text);
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).unwrap()
    }

    fn edit(&self, from: &str, to: &str) {
        let text = self.read("rules/pact.treaty");
        assert!(text.contains(from), "{from}");
        self.write("rules/pact.treaty", &text.replace(from, to));
    }

    pub(crate) fn git(&self, words: &[&str]) {
        let identity = [
            "-c",
            "user.name=A. Lawyer",
            "-c",
            "user.email=a@example.org",
        ];
        let done = Command::new("git")
            .args(identity)
            .args(words)
            .current_dir(&self.folder)
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }

    pub(crate) fn commit(&self) {
        self.write(".gitignore", ".casus\n");
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "as agreed"]);
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casus"));
        command
            .args(words)
            .current_dir(&self.folder)
            .env_remove("CI")
            .env_remove("GITHUB_STEP_SUMMARY")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn casus(&self, words: &[&str]) -> Said {
        said(self.command(words).output().unwrap())
    }

    /// What waits, as file names and texts.
    fn waiting(&self) -> Vec<(String, String)> {
        let Ok(entries) = std::fs::read_dir(self.folder.join(".casus/pending")) else {
            return Vec::new();
        };
        let mut found: Vec<(String, String)> = entries
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                (
                    path.file_name().unwrap().to_str().unwrap().to_owned(),
                    std::fs::read_to_string(path).unwrap(),
                )
            })
            .collect();
        found.sort();
        found
    }
}

fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// Both edits of the tests: one moves `islets`, the other both threats.
fn two_edits(place: &Place) {
    place.edit(
        "  territory of a party\n",
        "  territory of a party\n  islets\n",
    );
    place.edit("within 15 days", "within 20 days");
}

#[test]
fn what_moves_waits_in_families_by_cause() {
    let place = Place::new("families");
    assert_eq!(place.casus(&["test"]).code, 0);
    two_edits(&place);
    let said = place.casus(&["test"]);
    assert_eq!(said.code, 1);
    let wanted = "\
5 scenarios: 2 as agreed, 3 moved (1 known from before)

Moved: 3 scenarios in 2 families
  because of pact article 2: − within 15 days + within 20 days [rules/pact.treaty:22]
    F1  deadline later  in 2 scenarios
        * shall consult * about cedria (pact article 2)
          scenarios/threat.yaml
            arcadia shall consult borland about cedria
            due: 1960-06-16 → 1960-06-21
            terms: within 15 days → within 20 days
  because of pact area lakes: + islets [rules/pact.treaty:16]
    F2  gained  in 1 scenario
        borland shall assist arcadia against cedria (pact article 1)
          scenarios/islets.yaml
            + borland shall assist arcadia against cedria
";
    assert!(said.out.starts_with(wanted), "{}", said.out);
}

#[test]
fn agreeing_to_one_family_leaves_the_other_byte_for_byte() {
    let place = Place::new("accept");
    two_edits(&place);
    place.casus(&["test"]);
    let before = place.waiting();
    assert_eq!(before.len(), 3);
    let said = place.casus(&[
        "accept",
        "F1",
        "--reason",
        "Protocol of 1960",
        "--date",
        "1960-07-01",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    let after = place.waiting();
    assert_eq!(after.len(), 1);
    assert!(before.contains(&after[0]));
    let record = place.read("changes/1960-07-01-protocol-of-1960.yaml");
    for line in [
        "date: 1960-07-01",
        "reason: Protocol of 1960",
        "  - \"pact article 2: − within 15 days + within 20 days\"",
        "  - change: deadline-later",
        "    scenarios: 2",
        "  scenarios/threat.yaml: ",
    ] {
        assert!(record.contains(line), "{line}\n{record}");
    }
    assert!(!record.contains("islets"), "{record}");
    // The rest: agreed to, and then a run finds nothing and writes nothing.
    assert_eq!(place.casus(&["test"]).code, 1);
    assert_eq!(
        place
            .casus(&["accept", "all", "--reason", "and the islets"])
            .code,
        0
    );
    let stand = || -> Vec<String> {
        SCENARIOS
            .iter()
            .map(|(name, _)| place.read(&format!("scenarios/{name}.snap")))
            .collect()
    };
    let agreed = stand();
    let said = place.casus(&["test"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "5 scenarios: 5 as agreed (5 known from before)\n")
    );
    assert_eq!(agreed, stand());
    assert!(place.waiting().is_empty());
}

/// A move of each of two families in one scenario: each can be agreed to without the other.
#[test]
fn two_families_in_one_scenario_are_apart() {
    let place = Place::bare("both");
    place.write(
        "scenarios/islets.yaml",
        "scenario: both\nas-of: 1960-06-10\nevents:\n  - what: cedria attacks arcadia in islets\n    from: 1960-06-01\n  - what: cedria threatens arcadia\n    from: 1960-06-01\n",
    );
    assert_eq!(place.casus(&["test", "--accept-new-only"]).code, 0);
    assert_eq!(place.casus(&["test"]).code, 0);
    two_edits(&place);
    assert_eq!(place.casus(&["test"]).code, 1);
    assert_eq!(
        place
            .casus(&["accept", "F2", "--reason", "the islets"])
            .code,
        0
    );
    let snapshot = place.read("scenarios/islets.snap");
    assert!(
        snapshot.contains("shall: assist arcadia against cedria"),
        "{snapshot}"
    );
    assert!(snapshot.contains("due: 1960-06-16"), "{snapshot}");
    let said = place.casus(&["test"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("F1  deadline later  in 3 scenarios"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("gained"), "{}", said.out);
}

#[test]
fn concurrent_runs_lose_nothing() {
    let place = Place::new("concurrent");
    two_edits(&place);
    let start = |shard: &str| {
        place
            .command(&["test", "--shard", shard])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs: Vec<_> = ["1/3", "2/3", "3/3", "1/1"]
        .into_iter()
        .map(start)
        .collect();
    let codes: Vec<i32> = runs
        .into_iter()
        .map(|run| said(run.wait_with_output().unwrap()).code)
        .collect();
    assert_eq!(codes.last(), Some(&1));
    assert_eq!(place.waiting().len(), 3);
    let alone = place.waiting();
    std::fs::remove_dir_all(place.folder.join(".casus/pending")).unwrap();
    place.casus(&["test"]);
    assert_eq!(place.waiting(), alone);
}

#[test]
fn a_run_that_is_killed_leaves_nothing_half_done() {
    let place = Place::new("killed");
    two_edits(&place);
    for pause in [0, 2, 5, 10, 20, 40] {
        let mut run = place
            .command(&["test"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        let _ = run.kill();
        run.wait().unwrap();
        for (name, text) in place.waiting() {
            // A draft of a killed run may lie about; what counts is whole.
            let whole =
                name.starts_with('.') || serde_json::from_str::<serde_json::Value>(&text).is_ok();
            assert!(whole, "{name}: {text}");
        }
    }
    let said = place.casus(&["test"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("3 scenarios in 2 families"),
        "{}",
        said.out
    );
}

#[test]
fn what_is_overtaken_does_not_wait_any_more() {
    let place = Place::new("stale");
    two_edits(&place);
    place.casus(&["test"]);
    place.edit("within 20 days", "within 15 days");
    assert_eq!(place.casus(&["test"]).code, 1);
    assert_eq!(place.waiting().len(), 1);
    // The scenario is edited after the run: nobody agrees to an outcome of another text.
    place.scenario("islets", "cedria attacks arcadia in islets", "1960-06-11");
    let said = place.casus(&["accept", "all", "--reason", "too late"]);
    assert_eq!(said.code, 2, "{}", said.out);
    assert!(place.waiting().is_empty());
    assert!(!place.folder.join("changes").exists());
}

#[test]
fn left_over_snapshots_are_told_on_full_runs_only() {
    let place = Place::new("left-over");
    std::fs::remove_file(place.folder.join("scenarios/peace.yaml")).unwrap();
    let filtered = place.casus(&["test", "--filter", "threat", "--unreferenced=reject"]);
    assert_eq!(filtered.code, 0, "{}", filtered.out);
    assert!(!filtered.out.contains("left over"), "{}", filtered.out);
    let sharded = place.casus(&["test", "--shard", "1/2"]);
    assert!(!sharded.out.contains("left over"), "{}", sharded.out);
    let warned = place.casus(&["test"]);
    assert_eq!(warned.code, 0);
    assert!(
        warned.out.contains("left over: ./scenarios/peace.snap")
            || warned.out.contains("left over: scenarios/peace.snap"),
        "{}",
        warned.out
    );
    assert_eq!(place.casus(&["test", "--unreferenced=reject"]).code, 1);
    assert_eq!(place.casus(&["test", "--unreferenced=delete"]).code, 0);
    assert!(!place.folder.join("scenarios/peace.snap").exists());
}

#[test]
fn a_snapshot_with_markers_of_a_merge_is_told_as_such() {
    let place = Place::new("merge");
    let text = place.read("scenarios/threat.snap");
    place.write(
        "scenarios/threat.snap",
        &text.replace(
            "positions:",
            "<<<<<<< HEAD\npositions:\n=======\n>>>>>>> other",
        ),
    );
    let said = place.casus(&["test"]);
    assert_eq!(said.code, 2);
    assert!(
        said.out
            .contains("threat.snap:7: a conflict of a merge that nobody has settled"),
        "{}",
        said.out
    );
    // And nothing is written over it.
    place.casus(&["test", "--accept-new-only"]);
    assert!(place.read("scenarios/threat.snap").contains("<<<<<<<"));
}

#[test]
fn a_test_of_nothing_is_no_success() {
    let place = Place::new("nothing");
    assert_eq!(
        place.casus(&["test", "--filter", "no such scenario"]).code,
        2
    );
    std::fs::create_dir_all(place.folder.join("empty")).unwrap();
    assert_eq!(place.casus(&["test", "empty"]).code, 2);
    assert_eq!(place.casus(&["test", "--shard", "3/2"]).code, 2);
}

#[test]
fn ci_writes_nothing_unless_told() {
    let place = Place::new("ci");
    two_edits(&place);
    let run = |words: &[&str]| said(place.command(words).env("CI", "true").output().unwrap());
    let first = run(&["test"]);
    assert_eq!(first.code, 1);
    assert!(
        first.out.contains("3 scenarios in 2 families"),
        "{}",
        first.out
    );
    assert!(place.waiting().is_empty());
    run(&["test", "--no-check"]);
    assert_eq!(place.waiting().len(), 3);
    place.scenario("new", "cedria threatens arcadia", "1960-06-10");
    assert_eq!(
        place
            .casus(&["test", "--check", "--accept-new-only", "--filter", "new"])
            .code,
        1
    );
    assert!(!place.folder.join("scenarios/new.snap").exists());
}

#[test]
fn what_is_not_on_record_fails_if_records_are_required() {
    let place = Place::new("record");
    two_edits(&place);
    let required = ["test", "--base", "HEAD", "--require-record"];
    assert_eq!(place.casus(&required).code, 1);
    place.casus(&["accept", "all", "--reason", "both"]);
    let said = place.casus(&required);
    assert_eq!(said.code, 0, "{}", said.out);
    // Written over by hand, and so agreed to by nobody.
    let text = place.read("scenarios/peace.snap");
    place.write("scenarios/peace.snap", &text.replace("peace", "war"));
    let said = place.casus(&required);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("NOT ON RECORD scenarios/peace.yaml"),
        "{}",
        said.out
    );
}

#[test]
fn expectations_and_large_families_fail() {
    let place = Place::new("expect");
    let text = place.read("scenarios/threat.yaml");
    place.write(
        "scenarios/threat.yaml",
        &format!("{text}expect:\n  - not-owed: arcadia shall consult borland\n"),
    );
    let said = place.casus(&["test"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains(
            "NOT AS EXPECTED scenarios/threat.yaml:7  not-owed: arcadia shall consult borland"
        ),
        "{}",
        said.out
    );
    // A miss is not remembered as fine.
    assert_eq!(place.casus(&["test"]).code, 1);
    two_edits(&place);
    let said = place.casus(&["test", "--fail-on-family-larger-than", "1"]);
    assert!(
        said.out.contains("F1 is larger than allowed: 2 scenarios"),
        "{}",
        said.out
    );
    let said = place.casus(&[
        "accept",
        "F1",
        "--reason",
        "x",
        "--fail-on-family-larger-than",
        "1",
    ]);
    assert_eq!(said.code, 1);
    assert_eq!(place.waiting().len(), 3);
}

#[test]
fn a_review_reads_keys_from_a_pipe() {
    let place = Place::new("review");
    assert_eq!(place.casus(&["review"]).code, 0);
    two_edits(&place);
    place.casus(&["test"]);
    let listed = place.casus(&["review", "--list"]);
    assert_eq!(listed.code, 1);
    assert!(listed.out.contains("[1/2] 2 scenarios"), "{}", listed.out);
    assert_eq!(place.waiting().len(), 3);
    let review = |keys: &str| {
        let mut command = place.command(&["review", "--date", "1960-07-01"]);
        let mut run = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut run.stdin.take().unwrap(), keys.as_bytes()).unwrap();
        said(run.wait_with_output().unwrap())
    };
    // No reason, no agreement.
    assert_eq!(review("a\n\nq\n").code, 1);
    assert_eq!(place.waiting().len(), 3);
    // The first left as it is, the second agreed to.
    assert_eq!(review("n\nr\na\nthe islets\n").code, 1);
    assert_eq!(place.waiting().len(), 2);
    assert_eq!(review("A\nall the rest\n").code, 0);
    assert_eq!(place.casus(&["test"]).code, 0);
    assert_eq!(
        std::fs::read_dir(place.folder.join("changes"))
            .unwrap()
            .count(),
        2
    );
}

#[test]
fn a_review_shows_the_scenario_and_explains_both_versions() {
    let place = Place::new("evidence");
    two_edits(&place);
    place.casus(&["test"]);
    let mut command = place.command(&["review"]);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut run = pipes.spawn().unwrap();
    let keys = b"W\ne\nr\nW\ne\nq\n";
    std::io::Write::write_all(&mut run.stdin.take().unwrap(), keys).unwrap();
    let said = said(run.wait_with_output().unwrap());
    assert_eq!(said.code, 1);
    let file = place.read("scenarios/threat.yaml");
    assert!(said.out.contains(file.trim_end()), "{}", said.out);
    let parts: Vec<&str> = said.out.split("before:\n").skip(1).collect();
    assert_eq!(parts.len(), 2, "two explanations: {}", said.out);
    let (before, now) = parts[1].split_once("now:\n").unwrap();
    assert_ne!(before.trim(), now.split("\n\n[").next().unwrap().trim());
    assert!(!said.out.contains("cannot be asked"), "{}", said.out);
    assert_eq!(place.waiting().len(), 3, "looking changes nothing");
}

/// One way of counting in all commands, also where a smaller rulebook lies inside the project and where only a part is run.
#[test]
fn what_has_moved_is_counted_alike_everywhere() {
    let place = Place::bare("counted");
    let small = PACT.replace("treaty pact", "treaty small-pact");
    place.write("scenarios/small/rules/small.treaty", &small);
    place.scenario("small/threat", "cedria threatens borland", "1960-06-10");
    assert_eq!(place.casus(&["test", "--accept-new-only"]).code, 0);
    place.git(&["init", "-q"]);
    place.commit();
    two_edits(&place);
    let small = small.replace("within 15 days", "within 20 days");
    place.write("scenarios/small/rules/small.treaty", &small);
    let counted = "Moved: 4 scenarios in 3 families\n";
    let said = place.casus(&["test"]);
    assert!(
        said.out.starts_with("6 scenarios: 2 as agreed, 4 moved"),
        "{}",
        said.out
    );
    assert!(said.out.contains(counted), "{}", said.out);
    let listed = place.casus(&["review", "--list"]);
    assert!(listed.out.starts_with(counted), "{}", listed.out);
    let diff = place.casus(&["diff", "HEAD"]);
    let of_project = "Corpus: 5 scenarios; moved: 3 scenarios in 2 families\n";
    assert!(diff.out.contains(of_project), "{}", diff.out);
    let part = place.casus(&["test", "--filter", "islets"]);
    assert!(
        part.out.starts_with("1 scenario: 0 as agreed, 1 moved"),
        "{}",
        part.out
    );
    let whole = "Moved: 4 scenarios in 3 families; 3 found by an earlier run\n";
    assert!(part.out.contains(whole), "{}", part.out);
    let agreed = place.casus(&["accept", "all", "--reason", "all of it"]);
    assert!(agreed.out.contains("4 snapshots written"), "{}", agreed.out);
}

/// Runs again after an edit, and not before.
#[test]
fn a_watched_collection_is_tested_again_after_an_edit() {
    let place = Place::new("watch");
    let mut command = place.command(&["test", "--watch"]);
    let mut run = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(run.stdout.take().unwrap()));
    let mut next = |wanted: &str| {
        let mut all = lines.by_ref().map(Result::unwrap);
        all.find(|line| line.contains(wanted)).unwrap()
    };
    next("5 scenarios: 5 as agreed");
    place.edit("within 15 days", "within 20 days");
    next("5 scenarios: 3 as agreed, 2 moved");
    assert!(next("F1").contains("deadline later"));
    place.edit("within 20 days", "within 15 days");
    next("5 scenarios: 5 as agreed");
    run.kill().unwrap();
    run.wait().unwrap();
}

/// What is known from before is what would be found anew, whatever is edited.
#[test]
fn what_is_known_from_before_is_what_would_be_found_anew() {
    let place = Place::new("cache");
    for (from, to) in [
        ("territory of a party", "territory of cedria"),
        (
            "parties arcadia, borland",
            "parties arcadia, borland, cedria",
        ),
        ("in force from 1950-01-01", "in force from 1960-06-05"),
        ("shall consult P about A", "shall assist P against A"),
        ("sovereign cedria", "sovereign arcadia"),
        (
            "\narticle 1\n",
            "\narticle 3\n  no party shall threaten a state S.\n\narticle 1\n",
        ),
    ] {
        assert_eq!(place.casus(&["test"]).code, 0, "{from}");
        place.edit(from, to);
        let known = place.casus(&["test", "--check", "--json"]);
        let anew = place.casus(&["test", "--check", "--json", "--no-cache"]);
        let without = |text: &str| {
            text.lines()
                .filter(|line| !line.contains("\"known\""))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(without(&known.out), without(&anew.out), "{from}");
        place.write("rules/pact.treaty", PACT);
    }
}

#[test]
fn results_for_machines_say_the_same() {
    let place = Place::new("machines");
    two_edits(&place);
    let summary = place.folder.join("summary.md");
    let words = [
        "test",
        "--json",
        "--junit",
        "report.xml",
        "--sarif",
        "log.sarif",
    ];
    let output = place.command(&words).output().unwrap();
    let whole: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(whole["format"], "casus-test/1");
    assert_eq!(whole["families"][0]["id"], "F1");
    assert_eq!(
        whole["families"][0]["scenarios"].as_array().unwrap().len(),
        2
    );
    assert_eq!(
        whole["families"][1]["because"]["edits"][0]["place"],
        "rules/pact.treaty:16"
    );
    let junit = place.read("report.xml");
    assert!(junit.contains("tests=\"5\" failures=\"3\""), "{junit}");
    let sarif: serde_json::Value = serde_json::from_str(&place.read("log.sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "moved");
    let place_of = &result["locations"][0]["physicalLocation"];
    assert_eq!(place_of["artifactLocation"]["uri"], "rules/pact.treaty");
    assert_eq!(place_of["region"]["startLine"], 22);
    let github = place
        .command(&["test", "--github"])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let told = said(github).out;
    assert!(
        told.contains("::error file=rules/pact.treaty,line=22,title=moved::F1 deadline later"),
        "{told}"
    );
    assert_eq!(place.read("summary.md").matches("- **moved**").count(), 2);
}
