//! The command line, called as a function.

use crate::scratch::Scratch;
use casus::cli::{exit::Exit, run};
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

pub(crate) struct Result {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn casus<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(["casus"].into_iter().chain(arguments), &mut out, &mut err);
    let plain = |bytes: Vec<u8>| {
        anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string()
    };
    Result {
        exit,
        out: plain(out),
        err: plain(err),
    }
}

/// A folder of its own for one test, with these files.
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> Scratch {
    let folder = Scratch::new(&format!("cli-{name}"));
    for (file, text) in files {
        folder.write(file, text);
    }
    folder
}

pub(crate) const RULES: &str = include_str!("../diagnostics/scenario/rulebook.treaty");

#[test]
fn help_goes_to_the_reader_and_usage_to_the_error_stream() {
    let help = casus(["--help"]);
    assert_eq!((help.exit, help.err.as_str()), (Exit::Fine, ""));
    assert!(help.out.contains("First steps"));
    let usage = casus(["chekc"]);
    assert_eq!((usage.exit, usage.out.as_str()), (Exit::CouldNotRun, ""));
    assert!(usage.err.contains("check"), "{}", usage.err);
}

#[test]
fn every_command_teaches_by_examples() {
    for command in ["run", "explain", "check", "fmt", "list", "show", "new"] {
        let help = casus([command, "--help"]).out;
        assert!(help.contains("Examples:"), "{command}");
        for line in help.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}

#[test]
fn manual_pages_and_completions_are_printed() {
    assert!(casus(["man"]).out.contains(".TH casus"));
    assert!(casus(["man", "check"]).out.contains("rulebook"));
    assert_eq!(casus(["man", "chekc"]).exit, Exit::CouldNotRun);
    assert!(casus(["completions", "bash"]).out.contains("_casus"));
}

#[test]
fn check_finds_the_rulebook_above_the_scenario() {
    let sound =
        "scenario: Attack\nevents:\n  - what: ukraine attacks russia\n    from: 2024-08-06\n";
    let folder = folder(
        "above",
        &[("rules/all.treaty", RULES), ("cases/deep/a.yaml", sound)],
    );
    let path = folder.join("cases/deep/a.yaml");
    let result = casus(["check", path.to_str().unwrap()]);
    assert_eq!((result.exit, result.err.as_str()), (Exit::Fine, ""));
    assert_eq!(result.out, "checked 1 scenario: nothing to report\n");
    let all = casus(["check", folder.to_str().unwrap()]);
    assert_eq!(all.exit, Exit::Fine);
    assert_eq!(
        all.out,
        "checked 1 treaty file and 1 scenario: nothing to report\n"
    );
}

/// A folder of scenarios may hold a rulebook of its own, which goes with them and with nothing else.
#[test]
fn each_scenario_goes_with_the_rulebook_nearest_to_it() {
    let scenario = |who: &str| {
        format!(
            "scenario: Attack\nevents:\n  - what: {who} attacks {who}land\n    from: 2024-08-06\n"
        )
    };
    let own = "state b\nstate bland\nverb attack, attacks, attacked lasts\n";
    let (near, far) = (
        scenario("b"),
        scenario("ukraine").replace("ukraineland", "russia"),
    );
    let folder = folder(
        "nearest",
        &[
            ("rules/all.treaty", RULES),
            ("scenarios/far.yaml", &far),
            ("scenarios/small/near.yaml", &near),
            ("scenarios/small/rules/own.treaty", own),
        ],
    );
    for asked in ["", "scenarios"] {
        let result = casus([
            "run",
            folder.join(asked).to_str().unwrap(),
            "--expectations",
        ]);
        assert_eq!((result.exit, result.err.as_str()), (Exit::Fine, ""));
        assert_eq!(result.out, "2 scenarios: 0 expectations met, 0 not met\n");
    }
    let small = folder.join("scenarios/small");
    let result = casus(["check", small.to_str().unwrap()]);
    assert_eq!(
        result.out,
        "checked 1 treaty file and 1 scenario: nothing to report\n"
    );
    // Named rules are for those that have none of their own.
    let rules = folder.join("rules");
    let scenarios = folder.join("scenarios");
    let arguments = ["--rules", rules.to_str().unwrap(), "--expectations"];
    let result = casus([["run", scenarios.to_str().unwrap()].as_slice(), &arguments].concat());
    assert_eq!((result.exit, result.err.as_str()), (Exit::Fine, ""));
    assert_eq!(result.out, "2 scenarios: 0 expectations met, 0 not met\n");
    // Asked for itself, the folder goes with the rules that were named.
    let result = casus([["run", small.to_str().unwrap()].as_slice(), &arguments].concat());
    assert_eq!(result.exit, Exit::CouldNotRun);
}

#[test]
fn check_reports_all_files_at_once() {
    let wrong =
        "scenario: Attack\nevents:\n  - what: ukrane attacks russia\n    from: 2024-08-32\n";
    let files = [
        ("rules/all.treaty", RULES),
        ("scenarios/a.yaml", wrong),
        ("scenarios/b.yaml", "events: 3\n"),
    ];
    let folder = folder("all", &files);
    let result = casus(["check", folder.to_str().unwrap()]);
    assert_eq!(result.exit, Exit::CouldNotRun);
    assert_eq!(
        result.out,
        "checked 1 treaty file and 2 scenarios: 4 mistakes\n"
    );
    assert!(result.err.contains("a.yaml:3:"), "{}", result.err);
    assert!(result.err.contains("b.yaml:1:"), "{}", result.err);
}

#[test]
fn check_says_which_file_cannot_be_read() {
    let result = casus(["check", "nowhere/nothing.yaml"]);
    assert_eq!(result.exit, Exit::CouldNotRun);
    assert!(
        result.err.contains("cannot read nowhere/nothing.yaml"),
        "{}",
        result.err
    );
}

#[test]
fn fmt_lays_out_once_and_leaves_mistakes_alone() {
    let crooked = "state   alpha \"A\"\n state beta \"B\"\n";
    let folder = folder(
        "fmt",
        &[("a.treaty", crooked), ("b.treaty", "state \"no name\"\n")],
    );
    let (a, b) = (folder.join("a.treaty"), folder.join("b.treaty"));
    let (a, b) = (a.to_str().unwrap(), b.to_str().unwrap());
    assert_eq!(casus(["fmt", "--check", a]).exit, Exit::Noticed);
    assert_eq!(std::fs::read_to_string(a).unwrap(), crooked);
    assert_eq!(casus(["fmt", a]).exit, Exit::Fine);
    assert_ne!(std::fs::read_to_string(a).unwrap(), crooked);
    assert_eq!(casus(["fmt", "--check", a]).exit, Exit::Fine);
    assert_eq!(casus(["fmt", b]).exit, Exit::CouldNotRun);
    assert_eq!(std::fs::read_to_string(b).unwrap(), "state \"no name\"\n");
}

const KURSK: &str = "\
scenario: Kursk
as-of: 2024-12-10
events:
  - what: ukraine attacks russia in kursk-oblast
    from: 2024-08-06
  - what: russia is at-war with ukraine
    from: 2024-08-06
    asserted-by: dprk
    denied-by: russia
expect:
  - owed-if: dprk shall assist russia against ukraine
    hinges-on: [russia is at-war with ukraine]
";

#[test]
fn run_tells_what_is_owed_and_whether_it_was_expected() {
    let folder = folder("run", &[("rules/all.treaty", RULES), ("kursk.yaml", KURSK)]);
    let path = folder.join("kursk.yaml");
    let path = path.to_str().unwrap();
    let result = casus(["run", path]);
    assert_eq!((result.exit, result.err.as_str()), (Exit::Fine, ""));
    assert!(
        result
            .out
            .contains("Owed if\n  dprk shall assist russia against ukraine"),
        "{}",
        result.out
    );
    let earlier = casus(["run", path, "--as-of", "2024-12-03"]).out;
    assert!(!earlier.contains("dprk shall assist"), "{earlier}");
    let account = casus(["run", path, "--account", "dprk"]).out;
    assert!(
        account.contains("Owed\n  dprk shall assist russia"),
        "{account}"
    );
    let json = casus(["run", path, "--format", "json"]).out;
    assert!(
        json.starts_with("{\n  \"format\": \"casus-outcome/1\""),
        "{json}"
    );
    let only = casus(["run", path, "--expectations"]).out;
    assert_eq!(only, "1 scenario: 1 expectation met, 0 not met\n");
}

#[test]
fn run_notices_what_was_not_expected() {
    let wrong = KURSK
        .replace(
            "owed-if: dprk shall assist russia",
            "owed: russia shall assist dprk",
        )
        .replace("    hinges-on: [russia is at-war with ukraine]\n", "");
    let folder = folder(
        "unmet",
        &[("rules/all.treaty", RULES), ("kursk.yaml", &wrong)],
    );
    let path = folder.join("kursk.yaml");
    let result = casus(["run", path.to_str().unwrap()]);
    assert_eq!(result.exit, Exit::Noticed);
    assert!(
        result.err.contains("1 expectation not met"),
        "{}",
        result.err
    );
    assert!(result.err.contains("kursk.yaml:11:11"), "{}", result.err);
}

#[test]
fn run_wants_names_and_days_that_there_are() {
    let folder = folder(
        "names",
        &[("rules/all.treaty", RULES), ("kursk.yaml", KURSK)],
    );
    let path = folder.join("kursk.yaml");
    let path = path.to_str().unwrap();
    let account = casus(["run", path, "--account", "rusia"]);
    assert_eq!(account.exit, Exit::CouldNotRun);
    assert!(
        account.err.contains("did you mean `russia`?"),
        "{}",
        account.err
    );
    let day = casus(["run", path, "--as-of", "4.8.1914"]);
    assert_eq!(day.exit, Exit::CouldNotRun);
    assert!(day.err.contains("YYYY-MM-DD"), "{}", day.err);
}

#[test]
fn explain_says_why_and_refuses_what_is_no_position() {
    let folder = folder(
        "explain",
        &[("rules/all.treaty", RULES), ("kursk.yaml", KURSK)],
    );
    let path = folder.join("kursk.yaml");
    let path = path.to_str().unwrap();
    let why = casus(["explain", path, "dprk shall assist russia against ukraine"]);
    assert_eq!((why.exit, why.err.as_str()), (Exit::Fine, ""));
    assert!(
        why.out.contains("russia is at-war with ukraine"),
        "{}",
        why.out
    );
    let wrong = casus(["explain", path, "dprk assists rusia"]);
    assert_eq!((wrong.exit, wrong.out.as_str()), (Exit::CouldNotRun, ""));
    assert!(wrong.err.contains("the sentence:1:6"), "{}", wrong.err);
}

/// Silence about a duty is not told as if somebody had refused it.
#[test]
fn a_deadline_that_passed_in_silence_is_told_as_such() {
    let rules = "state aland\nstate borland\nstate cedria\nverb attack, attacks, attacked\n  takes object\n  lasts\n\
                 verb assist, assists, assisted\n  takes object\n\n\
                 treaty pact\n  parties aland, borland\n  in force from 1950-01-01\n\n\
                 article 1\n  when cedria attacks a party P, each other party Q shall assist P, within 10 days.\n";
    let attack = "scenario: Attack\nas-of: 1951-03-01\nevents:\n  - what: cedria attacks aland\n    from: 1951-01-01\n";
    let refused =
        format!("{attack}  - what: borland refuses to assist aland\n    on: 1951-01-03\n");
    let folder = folder(
        "silence",
        &[
            ("rules/all.treaty", rules),
            ("silent.yaml", attack),
            ("refused.yaml", &refused),
        ],
    );
    let run = |file: &str| casus(["run", folder.join(file).to_str().unwrap()]).out;
    let silent = "\n      violated: nothing stated here shows that it was done in time\n";
    assert!(run("silent.yaml").contains(silent));
    assert!(run("refused.yaml").contains("\n      violated\n"));
}

/// Neither what happens after all days that count nor a treaty that never bound those concerned is a near miss.
#[test]
fn what_comes_later_and_pacts_of_others_are_no_near_miss() {
    let rules = "state aland\nstate borland\nstate cedria\nstate dorland\nverb attack, attacks, attacked\n  takes object\n  lasts\n\
                 verb assist, assists, assisted\n  takes object\n\
                 verb threaten, threatens, threatened\n  takes object\n\n\
                 history\n  1900-01-01 dorland attacks aland.\n\n\
                 treaty pact\n  parties aland, borland\n  in force from 1880-01-01\n\n\
                 article 1\n  when a state A attacks a party P, each other party Q shall assist P.\n\n\
                 treaty league\n  parties borland, cedria\n  in force from 1880-01-01\n\n\
                 article 1\n  when a state A attacks a party P, each other party Q shall assist P.\n";
    let threat = "scenario: Threat\nas-of: 1888-01-20\nevents:\n  - what: dorland threatens aland\n    on: 1888-01-10\n";
    let folder = folder(
        "near",
        &[("rules/all.treaty", rules), ("threat.yaml", threat)],
    );
    let path = folder.join("threat.yaml");
    let why = casus([
        "explain",
        path.to_str().unwrap(),
        "borland shall assist aland",
    ]);
    assert!(why.out.contains("pact article 1"), "{}", why.out);
    assert!(!why.out.contains("league"), "{}", why.out);
    assert!(!why.out.contains("1900"), "{}", why.out);
}

/// Where a reservation decides, it is named.
#[test]
fn explain_names_the_reservation_that_bites() {
    let rules = "state aland\nstate borland\nstate cedria\nverb attack, attacks, attacked\n  takes object\n  lasts\n\
                 verb assist, assists, assisted\n  takes object\n\
                 verb provoke, provokes, provoked\n  takes object\n\n\
                 treaty pact\n  parties aland, borland\n  in force from 1950-01-01\n\n\
                 article 1\n  when cedria attacks a party P, each other party Q shall assist P.\n\n\
                 reservation of borland to article 1, which binds it\n  unless P has provoked cedria.\n";
    let scenario = |provoked: &str| {
        format!(
            "scenario: Attack\nevents:\n  - what: cedria attacks aland\n    from: 1951-01-01\n{provoked}"
        )
    };
    let provoked = scenario("  - what: aland provokes cedria\n    on: 1950-12-01\n");
    let folder = folder(
        "reservation",
        &[
            ("rules/all.treaty", rules),
            ("plain.yaml", &scenario("")),
            ("provoked.yaml", &provoked),
        ],
    );
    let explain = |file: &str| {
        let path = folder.join(file);
        let result = casus([
            "explain",
            path.to_str().unwrap(),
            "borland shall assist aland",
        ]);
        assert_eq!(result.exit, Exit::Fine, "{}", result.err);
        result.out
    };
    let bound = "yes the reservation of borland to pact article 1 lets it bind: aland has not provoked cedria\n";
    assert!(explain("plain.yaml").contains(bound));
    let free = "no  the reservation of borland to pact article 1 keeps it from binding: aland has provoked cedria\n";
    assert!(explain("provoked.yaml").contains(free));
}

#[test]
fn new_files_are_sound_in_layout_and_as_expected() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let rules = ["--rules", rules.to_str().unwrap()];
    let treaty = include_str!("../../src/cli/new/treaty.treaty").replace("NAME", "pact");
    let scenario = include_str!("../../src/cli/new/scenario.yaml").replace("NAME", "crisis");
    let folder = folder(
        "new",
        &[("pact.treaty", &treaty), ("crisis.yaml", &scenario)],
    );
    let (pact, crisis) = (folder.join("pact.treaty"), folder.join("crisis.yaml"));
    let (pact, crisis) = (pact.to_str().unwrap(), crisis.to_str().unwrap());
    for command in [&["check", "--strict", pact, crisis][..], &["run", crisis]] {
        let result = casus(command.iter().copied().chain(rules));
        assert_eq!(
            (result.exit, result.err.as_str()),
            (Exit::Fine, ""),
            "{}",
            result.out
        );
    }
    assert_eq!(casus(["fmt", "--check", pact]).exit, Exit::Fine);
}

#[test]
fn new_refuses_names_that_the_language_refuses() {
    let result = casus(["new", "treaty", "Pact"]);
    assert_eq!(result.exit, Exit::CouldNotRun);
    assert!(result.err.contains("small letters"), "{}", result.err);
}

#[test]
fn show_tells_treaties_actors_and_words() {
    let folder = folder("show", &[("all.treaty", RULES)]);
    let rules = ["--rules", folder.to_str().unwrap()];
    let told = |arguments: &[&str]| {
        let shown = casus(arguments.iter().chain(&rules).copied()).out;
        let shown = shown.replace(folder.to_str().unwrap(), "RULES");
        format!("$ casus {}\n{shown}", arguments.join(" "))
    };
    let texts = [
        told(&["list", "treaties"]),
        told(&["show", "russia-dprk-2024"]),
        told(&["show", "russia-dprk-2024", "article", "4"]),
        told(&["show", "ussr"]),
        told(&["show", "dprk", "--on", "2024-12-10"]),
        told(&["show", "kursk-oblast"]),
        told(&["show", "attack"]),
        told(&["show", "at-war"]),
        told(&["list", "states"]),
        told(&["list", "verbs"]),
        told(&["list", "treaties", "russia", "2024", "assist", "--json"]),
        told(&["show", "dprk", "--on", "2024-12-10", "--json"]),
    ];
    insta::assert_snapshot!(texts.join("\n"));
    let unknown = casus(["show", "rusia"].into_iter().chain(rules));
    let hint = "perhaps `russia` is meant";
    assert!(unknown.err.contains(hint), "{}", unknown.err);
    for (words, hint) in [
        (
            "show russia-dprk-2024 article 44",
            "no article `44` in the rulebook; it has",
        ),
        ("show russia article 4", "`russia` is no treaty"),
    ] {
        let refused = casus(words.split(' ').chain(rules));
        assert!(refused.err.contains(hint), "{}", refused.err);
        assert_eq!(refused.exit, Exit::CouldNotRun);
    }
}

/// A reader that has gone away, as after `| head`.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(Error::from(ErrorKind::BrokenPipe))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut err = Vec::new();
    let exit = run(["casus", "list", "states"], &mut Gone, &mut err);
    assert_eq!((exit, err.as_slice()), (Exit::Fine, &b""[..]));
}

#[test]
fn a_position_of_all_but_a_few_names_the_few() {
    let text = casus(["run", "kursk-2024-12-10"]).out;
    let all = "  195 states (all except dprk and ukraine) shall not assist dprk against ukraine\n";
    assert!(text.contains(all), "{text}");
    let own = text.find("  dprk shall not assist russia").unwrap();
    assert!(own < text.find(all).unwrap(), "{text}");
}
