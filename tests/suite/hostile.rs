//! Inputs made to do harm: each ends soon, with a clear message or a right answer.

use crate::scratch::Scratch;
use casus::cli::{exit::Exit, run};

const RULEBOOK: &str = include_str!("../hostile/rulebook.treaty");

/// Runs a command on these files, the first of which is the rulebook; gives the exit code and all that was said.
fn tried(name: &str, command: &[&str], rulebook: &str, scenario: &str) -> (Exit, String) {
    let folder = Scratch::new(&format!("hostile-{name}"));
    folder.write("rules.treaty", rulebook);
    folder.write("scenario.yaml", scenario);
    let (rules, scenario) = (folder.path("rules.treaty"), folder.path("scenario.yaml"));
    let files = [scenario.as_str(), "--rules", &rules];
    let arguments = ["casus"].iter().chain(command).chain(&files);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(arguments.copied().map(str::to_owned), &mut out, &mut err);
    out.extend(err);
    let said = anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string();
    (exit, said)
}

/// A scenario with these events, one a line: the sentence, then its dates.
fn scenario(as_of: &str, events: &[String]) -> String {
    let head = format!("scenario: Hostile\nas-of: {as_of}\nevents:\n");
    head + &events.concat()
}

fn event(what: &str, rest: &str) -> String {
    format!("  - {{what: {what}, {rest}}}\n")
}

#[track_caller]
fn refused(name: &str, rulebook: &str, scenario: &str, message: &str) {
    let (exit, said) = tried(name, &["run"], rulebook, scenario);
    assert!(said.contains(message), "{}", &said[..said.len().min(2_000)]);
    assert_eq!(exit, Exit::CouldNotRun);
}

#[track_caller]
fn answered(name: &str, rulebook: &str, scenario: &str, answer: &str) {
    let (exit, said) = tried(name, &["run", "--assume", "all"], rulebook, scenario);
    assert!(said.contains(answer), "{}", &said[..said.len().min(2_000)]);
    assert_eq!(exit, Exit::Fine);
}

#[test]
fn large_files_are_refused() {
    let large = format!("# {}\n", "x".repeat(20 << 20));
    refused("large-rules", &large, "scenario: x\n", "larger than 16 MiB");
    refused("large-scenario", RULEBOOK, &large, "has 20 MiB");
}

#[test]
fn deep_nesting_is_refused() {
    let (open, close) = ("(".repeat(10_000), ")".repeat(10_000));
    let deep = format!(
        "{RULEBOOK}\ntreaty deep\n  parties arcadia, borland\narticle 1\n  when {open}a state A attacks a party P{close}, \
         each other party Q shall assist P against A.\n"
    );
    refused("deep-rules", &deep, "scenario: x\n", "nested too deeply");
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    let lists = format!("scenario: x\nevents: {open}{close}\n");
    refused("deep-lists", RULEBOOK, &lists, "recursion limit exceeded");
    let (open, close) = ("{a: ".repeat(10_000), "}".repeat(10_000));
    let maps = format!("scenario: x\nevents: {open}1{close}\n");
    refused("deep-maps", RULEBOOK, &maps, "more than 64 levels deep");
}

#[test]
fn aliases_do_not_multiply() {
    let mut bomb = "scenario: x\nk0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("k{level}: &a{level} [{aliases}]\n");
    }
    refused("bomb", RULEBOOK, &bomb, "repeat more than 10000 values");
}

#[test]
fn days_at_the_ends_of_time() {
    let attack = |dates: &str| [event("dorland attacks arcadia in march", dates)];
    let all_time = scenario("1957-01-01", &attack("from: 0001-01-01, to: 9999-12-31"));
    let duty = "dorland shall not attack arcadia";
    answered("all-time", RULEBOOK, &all_time, duty);
    let last = scenario("9999-12-31", &attack("from: 9999-12-31"));
    answered("last-day", RULEBOOK, &last, duty);
    let first = scenario("0001-01-01", &attack("from: 0001-01-01"));
    answered("first-day", RULEBOOK, &first, "as of 0001-01-01");
    let late = scenario("9999-12-31", &attack("from: 10000-01-01"));
    refused("too-late", RULEBOOK, &late, "`10000-01-01` is no date");
}

#[test]
fn a_term_of_a_day_renewed_for_centuries() {
    let daily = "state arcadia\nstate borland\nverb denounce, denounces, denounced\n\
        treaty daily\n  parties arcadia, borland\n  in force from 1800-01-01\n  \
        for 1 day, renewed for 1 day unless denounced 1 day before\narticle 1 each party shall denounce.\n";
    let notice = event("borland denounces daily", "on: 1956-01-01");
    let expected = "expect:\n  - in-force: daily\n    on: 1956-01-02\n  - not-in-force: daily\n    on: 1956-01-03\n";
    let crisis = scenario("1957-01-01", &[notice]) + expected;
    answered("daily", daily, &crisis, "as of 1957-01-01");
}

/// `s-aa`, `s-ab`, ...
fn state(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    format!("s-{}{}", letter(number / 26), letter(number))
}

#[test]
fn a_cascade_over_sixty_mutual_friends() {
    let mut rulebook = "state enemy\nverb attack, attacks, attacked lasts\n".to_owned();
    for number in 0..60 {
        rulebook += &format!("state {}\n", state(number));
    }
    let members: Vec<String> = (0..60).map(state).collect();
    rulebook += &format!(
        "treaty clique\n  parties {}\n  in force from 1950-01-01\narticle 1\n  \
         when a state A attacks a party P, each other party Q shall attack A.\n",
        members.join(", ")
    );
    let attack = event("enemy attacks s-aa", "from: 1956-01-01");
    let crisis = scenario("1957-01-01", &[attack]);
    answered(
        "clique",
        &rulebook,
        &crisis,
        "59 parties (all except s-aa) shall each",
    );
}

#[test]
fn many_open_questions_about_one_condition() {
    let rulebook = "state arcadia\nstate borland\nstate dorland\nverb attack, attacks, attacked lasts\n\
        verb assist, assists, assisted takes object, against\n\
        treaty pact\n  parties arcadia, borland\n  in force from 1900-01-01\narticle 1\n  \
        when a state A attacks a party P, each other party Q shall assist P against A.\n";
    let contested = "from: 1950-01-01, contested: true";
    let one = event("dorland attacks arcadia", contested);
    let crisis = scenario("1957-01-01", &vec![one; 1_000]);
    let further = "one of 968 further combinations";
    answered("questions", rulebook, &crisis, further);
}

#[test]
fn a_duty_that_hinges_on_very_many_questions() {
    let (rulebook, crisis) = contested_votes(100, 2);
    let json = ["run", "--format", "json"];
    let (_, said) = tried("hinges", &json, &rulebook, &crisis);
    assert!(said.contains("36 further open questions"), "{said}");
}

#[test]
fn a_majority_of_many_contested_votes() {
    let (rulebook, crisis) = contested_votes(30, 15);
    let further = "one of 155117488 further combinations";
    answered("majority", &rulebook, &crisis, further);
}

/// A rulebook with a duty if so many states attack, and a scenario in which as many as `states` are said to.
fn contested_votes(states: usize, least: usize) -> (String, String) {
    let states: Vec<String> = (0..states).map(state).collect();
    let declared: String = states
        .iter()
        .map(|name| format!("state {name}\n"))
        .collect();
    let rulebook = declared
        + "state arcadia\nstate borland\nverb attack, attacks, attacked lasts\n\
        verb assist, assists, assisted takes object, against\n\
        treaty pact\n  parties arcadia, borland\n  in force from 1900-01-01\narticle 1\n"
        + &format!(
            "  when at least {least} states A attack arcadia, borland shall assist arcadia.\n"
        );
    let attack = |name: &String| {
        event(
            &format!("{name} attacks arcadia"),
            "from: 1950-01-01, contested: true",
        )
    };
    let crisis = scenario("1957-01-01", &states.iter().map(attack).collect::<Vec<_>>());
    (rulebook, crisis)
}

#[test]
fn a_treaty_that_nothing_touches_is_in_force_all_the_same() {
    let rulebook = "state arcadia\nstate borland\nverb attack, attacks, attacked\n\
        treaty quiet\n  parties arcadia, borland\n  in force from 1900-01-01\narticle 1 creates no position.\n";
    let attack = event("borland attacks arcadia", "on: 1956-01-01");
    let crisis = scenario("1957-01-01", &[attack]);
    let expected = crisis.clone() + "expect:\n  - in-force: quiet\n";
    answered("quiet", rulebook, &expected, "as of 1957-01-01");
    let wrong = crisis + "expect:\n  - not-in-force: quiet\n";
    let (exit, said) = tried("not-quiet", &["run"], rulebook, &wrong);
    assert_eq!(exit, Exit::Noticed, "{said}");
}
