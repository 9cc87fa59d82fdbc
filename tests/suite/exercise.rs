//! Exercises: the file and its mistakes, the worlds of the seats, keys, near misses and grades.

use crate::scratch::Scratch;
use casus::diagnostic::codes::exercise::CATALOGUE;
use casus::exercise::report::{after_action, html, markdown, table};
use casus::exercise::session::{
    Actor, Bundle, ClaimText, Entry, Happening, Outcome, Response, Session, Store, StoreError,
};
use casus::exercise::{
    Answer, Claim, Field, InjectId, KEYS, KeyItem, MOST_FOR_EVERYTHING, NearMiss, Obligations,
    Pack, QuestionKind, RoleId, Standing, Viewer, World, grade, key, moved, near_misses, pinned,
    read, try_out, warnings,
};
use casus::model::fact::Verdict;
use casus::model::norm::Modality;
use casus::project::Project;
use proptest::prelude::*;
use std::fmt::Write as _;

pub(crate) const LAW: &str = r#"
state arcadia "Republic of Arcadia"
state borland "Kingdom of Borland"
state cedria "Cedria"
state dunmark "Dunmark"
place inner-sea
place outer-sea
verb attack, attacks, attacked  takes object, in  lasts
verb provoke, provokes, provoked  open
verb threaten, threatens, threatened  lasts
verb assist, assists, assisted  takes object, against  lasts  takes sides
verb supply-arms, supplies-arms, supplied-arms  takes to  a kind of assist with to as object
verb consult, consults, consulted  takes object, about
means all-means "all means"

treaty lakes "Treaty of the Lakes"
  parties arcadia, borland, dunmark
  in force from 2030-01-01
article 1 "Assistance"
  when a state A attacks a party P in inner-sea, unless P has provoked A,
  each other party Q shall assist P against A, with all-means.
article 2 "Consultation"
  when a state A threatens a party P, each other party Q shall consult P about A, within 15 days.

treaty whispers "Secret Convention"
  parties arcadia, cedria
  in force from 2030-01-01
  secret known to arcadia, cedria
article 1 "Arms"
  when a state A attacks a party P, each other party Q shall supply-arms to P.
"#;

pub(crate) const EXERCISE: &str = "
exercise: Shots on the lake
minutes: 10
objectives:
  - id: O1
    text: Tell consultation from assistance
roles:
  - id: borland
    party: borland
  - id: dunmark
    party: dunmark
  - id: arcadia
    party: arcadia
  - id: watcher
injects:
  - id: I1
    at: 0 minutes
    story: 2031-05-01
    objective: O1
    text: Cedria threatens Arcadia.
    facts:
      - add: {id: threat, what: cedria threatens arcadia, from: 2031-05-01}
    questions:
      - {id: Q1, ask: obligations, to: [borland, dunmark], fields: [article, due, status]}
  - id: I2
    at: 5 minutes
    story: 2031-05-08
    text: Shots.
    facts:
      - add: {id: attack, what: cedria attacks arcadia in inner-sea, from: 2031-05-08}
      - add: {id: secret, what: arcadia provokes cedria, on: 2031-05-07, asserted-by: [cedria], denied-by: [arcadia]}
        known-to: [dunmark]
    questions:
      - {id: Q2, ask: obligations, of: all, fields: [article, status]}
      - id: Q3
        ask: decide
        options:
          - {id: help, label: Help, facts: [{add: {what: borland assists arcadia against cedria, on: 2031-05-08}}]}
          - {id: wait, label: Wait}
    next:
      - {decision: borland, on: Q3, is: help, go: I3}
      - {owed: borland shall assist arcadia against cedria, go: I3}
  - id: I3
    story: 2031-05-20
    text: The end.
";

pub(crate) fn pack_of(text: &str) -> Pack {
    let project = Project::of_texts([("law.treaty", LAW)]);
    assert!(!project.has_errors(), "{:?}", project.diagnostics);
    let files = |path: &str| Err(format!("no {path} here"));
    Pack::of_text("exercise.yaml", text.to_owned(), project, &files)
}

fn pack() -> Pack {
    let pack = pack_of(EXERCISE);
    assert!(pack.exercise.is_some(), "{}", listed(&pack));
    pack
}

/// Each mistake with its place, a line each.
fn listed(pack: &Pack) -> String {
    let mut text = String::new();
    for diagnostic in &pack.diagnostics {
        let place = pack.project.sources.position(diagnostic.span().unwrap());
        let help = diagnostic.help.as_deref().unwrap_or("");
        let (line, column) = (place.line, place.column);
        let (code, message) = (diagnostic.code, &diagnostic.message);
        let _ = writeln!(text, "{line}:{column} {code} {message} ({help})");
    }
    text
}

/// The world after the first `steps` injects.
fn world(pack: &Pack, steps: usize) -> World {
    let mut world = World::new(pack);
    for at in 0..steps {
        world.release(pack.exercise.as_ref().unwrap(), InjectId(at));
    }
    world
}

fn all_duties() -> Obligations {
    Obligations {
        own: false,
        kinds: vec![Modality::Duty],
        fields: vec![Field::Article, Field::Due, Field::Status],
        beta: 1,
        due_tolerance: 0,
    }
}

fn sentences(items: &[KeyItem]) -> Vec<String> {
    items
        .iter()
        .map(|item| {
            format!(
                "{} | {} | {}",
                item.sentence,
                item.citation,
                item.standing.word()
            )
        })
        .collect()
}

#[test]
fn a_seat_knows_what_it_was_told_and_the_secrets_of_its_state() {
    let pack = pack();
    let world = world(&pack, 2);
    let shown = |viewer| sentences(&key(&pack, &world, viewer, &all_duties(), None));
    // Provocation is an open word: nobody told Borland of it, so it stays open there; Dunmark heard both versions.
    let public = [
        "borland shall consult arcadia about cedria | lakes article 2 | owed",
        "dunmark shall consult arcadia about cedria | lakes article 2 | owed",
        "borland shall assist arcadia against cedria | lakes article 1 | owed-if",
        "dunmark shall assist arcadia against cedria | lakes article 1 | owed-if",
    ];
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    let public = sorted(public.map(str::to_owned).to_vec());
    assert_eq!(sorted(shown(Viewer::Seat(RoleId(0)))), public);
    assert_eq!(sorted(shown(Viewer::Seat(RoleId(1)))), public);
    assert_eq!(sorted(shown(Viewer::Seat(RoleId(3)))), public);
    // Arcadia knows its secret convention.
    let arcadian = shown(Viewer::Seat(RoleId(2)));
    assert!(
        arcadian.contains(
            &"cedria shall supply-arms to arcadia | whispers article 1 | owed".to_owned()
        ),
        "{arcadian:?}"
    );
    let hinges = |role| {
        let key = key(
            &pack,
            &world,
            Viewer::Seat(RoleId(role)),
            &all_duties(),
            None,
        );
        key.into_iter()
            .flat_map(|item| item.accounts)
            .collect::<Vec<_>>()
    };
    assert!(hinges(0).is_empty());
    assert!(hinges(1).contains(&("cedria".to_owned(), Verdict::NotOwed)));
}

#[test]
fn near_misses_hold_on_no_account() {
    let pack = pack();
    let world = world(&pack, 1);
    let rulebook = &pack.project.rulebook;
    let everybody: Vec<_> = ["arcadia", "borland", "cedria", "dunmark"]
        .into_iter()
        .filter_map(|name| rulebook.entity(name))
        .collect();
    let truth = key(&pack, &world, Viewer::Truth, &all_duties(), None);
    let found = near_misses(&pack, &world, Viewer::Truth, &all_duties(), &everybody);
    assert!(!found.is_empty());
    let told: Vec<&NearMiss> = found.iter().collect();
    for miss in told {
        assert!(
            truth.iter().all(|item| item.sentence != miss.sentence),
            "{miss:?}"
        );
        assert!(!miss.failing.is_empty(), "{miss:?}");
    }
}

/// A story of a few facts by chance: who did what to whom, who says so and who denies it.
fn by_chance(dice: &mut impl FnMut(usize) -> usize) -> String {
    let states = ["arcadia", "borland", "cedria", "dunmark"];
    let mut facts = String::new();
    for _ in 0..=dice(5) {
        let (one, two) = (dice(4), dice(4));
        let two = if one == two { (one + 1) % 4 } else { two };
        let (one, two) = (states[one], states[two]);
        let acts = ["attacks", "threatens", "provokes", "assists", "consults"];
        let what = match dice(7) {
            5 => format!("{one} attacks {two} in inner-sea"),
            6 => format!("{one} does not provoke {two}"),
            act => format!("{one} {} {two}", acts[act]),
        };
        let said = match dice(3) {
            0 => String::new(),
            _ => format!(
                ", asserted-by: [{}], denied-by: [{}]",
                states[dice(2)],
                states[2 + dice(2)]
            ),
        };
        let _ = writeln!(
            facts,
            "      - add: {{what: {what}, from: 2031-05-{:02}{said}}}",
            1 + dice(9)
        );
    }
    let roles = states.map(|state| format!("  - {{id: {state}, party: {state}}}\n"));
    format!(
        "exercise: By chance\nroles:\n{}injects:\n  - id: I1\n    story: 2031-05-10\n    text: What.\n    facts:\n{facts}",
        roles.concat()
    )
}

/// Makes near misses in worlds by chance, and asks the engine of each whether it holds on any account.
fn distractors_are_true_nowhere(wanted: usize) {
    let mut state = 0x1982_0402_u64;
    let mut dice = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % end as u64) as usize
    };
    let mut seen = 0;
    while seen < wanted {
        let pack = pack_of(&by_chance(&mut dice));
        assert!(pack.exercise.is_some(), "{}", listed(&pack));
        let world = world(&pack, 1);
        for role in 0..4 {
            let viewer = Viewer::Seat(RoleId(role));
            let scenario = world.scenario(&pack, viewer).unwrap();
            let bearer = pack.exercise.as_ref().unwrap().roles[role].party.unwrap();
            for miss in near_misses(&pack, &world, viewer, &all_duties(), &[bearer]) {
                let options = casus::Options {
                    asked: vec![miss.query.clone()],
                    ..casus::Options::default()
                };
                let outcome = pack.engine().evaluate(&scenario, &options);
                for id in outcome.matching(&miss.query) {
                    let holds = outcome.position(id).holds.at(outcome.as_of);
                    assert_eq!(casus::Outcome::verdict(holds), Verdict::NotOwed, "{miss:?}");
                }
                seen += 1;
            }
        }
    }
}

#[test]
fn no_distractor_is_true_on_any_account() {
    distractors_are_true_nowhere(300);
}

/// `cargo test --test suite -- --ignored ten_thousand`
#[test]
#[ignore = "minutes"]
fn ten_thousand_distractors_are_true_on_no_account() {
    distractors_are_true_nowhere(10_000);
}

/// A share in whole numbers.
fn thousandths(share: f64) -> i64 {
    (share * 1000.0).round() as i64
}

fn claims_of(key: &[KeyItem], pack: &Pack, world: &World) -> Vec<Claim> {
    let scenario = world.scenario(pack, Viewer::Truth).unwrap();
    key.iter()
        .flat_map(|item| {
            // The act without its means and deadline, under its article.
            let act = item.sentence.split(',').next().unwrap();
            let text = format!("{act} under {}", item.citation);
            let mut claims = read(&text, pack, &scenario).unwrap();
            for claim in &mut claims {
                claim.due = item.due;
                claim.standing = Some(item.standing);
            }
            claims
        })
        .collect()
}

#[test]
fn the_key_against_itself_is_perfect() {
    let pack = pack();
    let world = world(&pack, 2);
    let key = key(&pack, &world, Viewer::Truth, &all_duties(), None);
    let answer = Answer::Claims(claims_of(&key, &pack, &world));
    let grade = grade(&pack.project.rulebook, &key, &answer, &all_duties(), 10);
    assert_eq!(grade.points, Some(10.0), "{grade:?}");
    assert!(grade.missed.is_empty());
}

#[test]
fn each_flaw_loses_its_share() {
    let pack = pack();
    let world = world(&pack, 1);
    let asked = all_duties();
    let key = key(&pack, &world, Viewer::Truth, &asked, None);
    let key: Vec<KeyItem> = key.into_iter().take(1).collect();
    let right = claims_of(&key, &pack, &world).remove(0);
    let credit = |claim: Claim| {
        let answer = Answer::Claims(vec![claim]);
        let grade = grade(&pack.project.rulebook, &key, &answer, &asked, 1);
        thousandths(grade.claims[0].credit)
    };
    let changed = |change: &dyn Fn(&mut Claim)| {
        let mut claim = right.clone();
        change(&mut claim);
        credit(claim)
    };
    assert_eq!(credit(right.clone()), 1000);
    let day = right.due.unwrap();
    assert_eq!(changed(&|claim| claim.due = Some(day.plus_days(5))), 850);
    assert_eq!(changed(&|claim| claim.due = Some(day.plus_days(1))), 925);
    assert_eq!(
        changed(&|claim| claim.standing = Some(Standing::Violated)),
        900
    );
    assert_eq!(changed(&|claim| claim.position.under = None), 750);
    assert_eq!(changed(&|claim| claim.position.bearer = None), 0);
    let other = read(
        "arcadia shall consult borland about cedria",
        &pack,
        &world.scenario(&pack, Viewer::Truth).unwrap(),
    );
    assert_eq!(credit(other.unwrap().remove(0)), 0);
}

#[test]
fn a_broader_act_earns_half_the_core() {
    let pack = pack();
    let world = world(&pack, 2);
    let asked = Obligations {
        fields: Vec::new(),
        ..all_duties()
    };
    let key: Vec<KeyItem> = key(&pack, &world, Viewer::Truth, &asked, None)
        .into_iter()
        .filter(|item| item.sentence.contains("supply-arms"))
        .collect();
    let scenario = world.scenario(&pack, Viewer::Truth).unwrap();
    let broader = read("cedria shall assist arcadia", &pack, &scenario).unwrap();
    let grade = grade(
        &pack.project.rulebook,
        &key,
        &Answer::Claims(broader),
        &asked,
        10,
    );
    assert_eq!(thousandths(grade.claims[0].credit), 500);
}

#[test]
fn no_obligation_is_an_answer_and_silence_is_none() {
    let pack = pack();
    let rulebook = &pack.project.rulebook;
    let grade =
        |answer: &Answer, key: &[KeyItem]| grade(rulebook, key, answer, &all_duties(), 10).points;
    assert_eq!(grade(&Answer::NoObligation, &[]), Some(10.0));
    assert_eq!(grade(&Answer::None, &[]), None);
    let key = key(&pack, &world(&pack, 1), Viewer::Truth, &all_duties(), None);
    assert_eq!(grade(&Answer::NoObligation, &key), Some(0.0));
}

#[test]
fn all_members_are_each_of_them() {
    let pack = pack();
    let world = world(&pack, 1);
    let scenario = world.scenario(&pack, Viewer::Truth).unwrap();
    let claims = read(
        "all members of lakes shall consult arcadia about cedria",
        &pack,
        &scenario,
    )
    .unwrap();
    let told: Vec<&str> = claims
        .iter()
        .map(|claim| claim.position.text.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "borland shall consult arcadia about cedria",
            "dunmark shall consult arcadia about cedria"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Order does not matter; what is wrong never helps, what is right never harms, the same twice changes nothing.
    #[test]
    fn grading_is_fair(order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(), taken in 0_usize..=4, wrong in 0_usize..3) {
        let pack = pack();
        let world = world(&pack, 2);
        let asked = all_duties();
        let key = key(&pack, &world, Viewer::Seat(RoleId(0)), &asked, None);
        let right = claims_of(&key, &pack, &world);
        prop_assert_eq!(right.len(), 4);
        let scenario = world.scenario(&pack, Viewer::Truth).unwrap();
        let vain = ["arcadia shall consult borland about cedria", "cedria shall assist arcadia against borland",
            "borland shall assist dunmark against cedria"];
        let vain: Vec<Claim> = vain.iter().map(|text| read(text, &pack, &scenario).unwrap().remove(0)).collect();
        let points = |claims: &[Claim]| {
            let answer = if claims.is_empty() { Answer::NoObligation } else { Answer::Claims(claims.to_vec()) };
            grade(&pack.project.rulebook, &key, &answer, &asked, 100).points.unwrap()
        };
        let mut claims: Vec<Claim> = order.iter().take(taken).map(|at| right[*at].clone()).collect();
        claims.extend(vain[..wrong].iter().cloned());
        let base = points(&claims);
        let mut turned = claims.clone();
        turned.reverse();
        prop_assert!((points(&turned) - base).abs() < 1e-6);
        let mut twice = claims.clone();
        twice.extend(claims.iter().cloned());
        prop_assert!((points(&twice) - base).abs() < 1e-6);
        let mut more = claims.clone();
        more.push(vain[2].clone());
        prop_assert!(points(&more) <= base + 1e-6);
        if taken < 4 {
            let mut better = claims.clone();
            better.push(right[order[taken]].clone());
            prop_assert!(points(&better) >= base - 1e-6);
        }
        // Naming one duty under two articles is worse than the right one alone.
        if taken > 0 {
            let mut hedged = claims.clone();
            let mut other = right[order[0]].clone();
            other.position.under = None;
            hedged.push(other);
            prop_assert!(points(&hedged) < base);
        }
    }
}

#[test]
fn ways_on_and_decisions_are_resolved() {
    let pack = pack();
    let exercise = pack.exercise.as_ref().unwrap();
    let branches = &exercise.inject(InjectId(1)).next;
    assert_eq!(branches.len(), 2);
    assert!(branches.iter().all(|branch| branch.go == Some(InjectId(2))));
    let (_, question) = exercise.question("Q3").unwrap();
    assert!(matches!(&question.kind, QuestionKind::Decide(choices) if choices.len() == 2));
}

/// Exercises with one mistake each, and what is said of them.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "X001",
        "  - id: dunmark\n    party: dunmark",
        "  - id: borland\n    party: dunmark",
    ),
    ("X002", "to: [borland, dunmark]", "to: [borland, dunmork]"),
    (
        "X003",
        "- add: {id: threat,",
        "- retract: attack\n        add: {id: threat,",
    ),
    (
        "X004",
        "{decision: borland, on: Q3, is: help, go: I3}",
        "{decision: borland, on: Q3, go: I3}",
    ),
    ("X005", "text: The end.", "text: ../end.md"),
    ("X006", "at: 5 minutes", "at: soon"),
    ("X007", "story: 2031-05-20", "story: 2031-05-02"),
    ("X008", "minutes: 10", "minutes: 0"),
    (
        "X009",
        "injects:\n  - id: I1",
        "note: nothing\nother:\n  - id: I1",
    ),
    (
        "X010",
        "to: [borland, dunmark], fields",
        "to: [watcher], fields",
    ),
    (
        "X011",
        "text: The end.",
        "text: The end.\n    next: [{go: I3}]",
    ),
    ("X012", "- id: I3", "- id: I3\n    at: 1 minute"),
    ("X013", "minutes: 10", "format: treaty-exercise/9"),
    ("X015", "minutes: 10", "world: per_team"),
    ("F002", "minutes: 10", "minuets: 10"),
    ("F025", "party: dunmark", "party: denmark"),
    (
        "N002",
        "cedria threatens arcadia, from",
        "cedria menaces arcadia, from",
    ),
];

#[test]
fn every_mistake_is_told_with_its_place() {
    let mut told = String::new();
    for (code, right, wrong) in MISTAKES {
        assert!(EXERCISE.contains(right), "{right}");
        let text = if *code == "X009" {
            EXERCISE.split("injects:").next().unwrap().to_owned()
        } else {
            EXERCISE.replacen(right, wrong, 1)
        };
        let pack = pack_of(&text);
        assert!(pack.exercise.is_none(), "{code} is let through");
        let shown = listed(&pack);
        assert!(shown.contains(code), "{code}: {shown}");
        let _ = writeln!(told, "{wrong}\n{shown}");
    }
    // What is no text at all has to come from a file.
    let folder = Scratch::new("exercise-not-text");
    let file = folder.join("not-text.yaml");
    std::fs::write(&file, b"exercise: \xff\n").unwrap();
    let pack = Pack::load(&file, Project::of_texts([("law.treaty", LAW)])).unwrap();
    let _ = writeln!(told, "not text\n{}", listed(&pack));
    for (code, about) in CATALOGUE.iter().filter(|(code, _)| code.starts_with("X0")) {
        assert!(
            told.contains(&format!(" {code} ")),
            "no fixture for {code}: {about}"
        );
    }
    insta::assert_snapshot!(told);
}

/// Entries in order, a second apart.
fn log(happenings: Vec<Happening>) -> Vec<Entry> {
    let entry = |(at, happening)| Entry {
        sequence: at as u64 + 1,
        clock: at as u64,
        wall: 0,
        actor: Actor::Facilitator,
        happening,
    };
    happenings.into_iter().enumerate().map(entry).collect()
}

fn released(inject: &str) -> Happening {
    let inject = inject.to_owned();
    Happening::Released { inject, text: None }
}

fn chosen(option: &str, receipt: &str) -> Happening {
    Happening::Answered {
        role: "borland".into(),
        question: "Q3".into(),
        response: Response::Chosen {
            options: vec![option.into()],
            confidence: None,
        },
        receipt: receipt.into(),
    }
}

fn effected() -> Happening {
    Happening::Effected {
        role: "borland".into(),
        question: "Q3".into(),
    }
}

#[test]
fn a_session_follows_from_its_log_alone() {
    let pack = pack();
    let log = log(vec![
        released("I1"),
        released("I2"),
        chosen("wait", "a"),
        chosen("help", "b"),
        chosen("wait", "b"),
        effected(),
    ]);
    let session = Session::of_log(&pack, &log).unwrap().unwrap();
    // The same receipt counts once; a later answer replaces an earlier one.
    let ask = session.answers.keys().next().unwrap().clone();
    assert_eq!(session.chosen(&ask).as_deref(), Some("help"));
    assert_eq!(session.decisions.len(), 1);
    assert_eq!(session.next(), Some(InjectId(2)));
    // What was decided is so, and the duty is performed.
    let key = key(&pack, &session.world, Viewer::Truth, &all_duties(), None);
    let told = sentences(&key);
    let wanted = "borland shall assist arcadia against cedria | lakes article 1 | fulfilled";
    assert!(told.contains(&wanted.to_owned()), "{told:?}");
    // The question is graded by what was so when it was asked.
    assert_ne!(
        session.world_of("Q3").unwrap().known(Viewer::Truth).count(),
        session.world.known(Viewer::Truth).count()
    );
}

#[test]
fn an_undone_inject_takes_with_it_what_followed() {
    let pack = pack();
    let mut entries = vec![
        released("I1"),
        released("I2"),
        chosen("help", "a"),
        effected(),
    ];
    entries.push(Happening::Undone { entry: 2 });
    let session = Session::of_log(&pack, &log(entries.clone()))
        .unwrap()
        .unwrap();
    assert_eq!(session.released.len(), 1);
    assert!(session.answers.is_empty() && session.decisions.is_empty());
    assert_eq!(session.log.len(), 5);
    let before = key(&pack, &world(&pack, 1), Viewer::Truth, &all_duties(), None);
    assert_eq!(
        key(&pack, &session.world, Viewer::Truth, &all_duties(), None),
        before
    );
    // Only the last one can be undone, and only once.
    entries.push(Happening::Undone { entry: 2 });
    assert!(Session::of_log(&pack, &log(entries)).unwrap().is_err());
}

#[test]
fn answers_are_taken_only_when_asked_open_and_running() {
    let pack = pack();
    let refused = |happenings: Vec<Happening>| {
        let found = Session::of_log(&pack, &log(happenings)).unwrap();
        found.err().map(|(_, refused)| refused.to_string())
    };
    assert_eq!(refused(vec![released("I2"), chosen("help", "a")]), None);
    for (entries, why) in [
        (
            vec![released("I1"), chosen("help", "a")],
            "`Q3` is not put to `borland` now",
        ),
        (
            vec![released("I9")],
            "there is no inject `I9` in this exercise",
        ),
        (
            vec![released("I2"), Happening::Paused, chosen("help", "a")],
            "the exercise is paused",
        ),
        (
            vec![released("I2"), Happening::Ended, chosen("help", "a")],
            "the exercise is over",
        ),
        (
            vec![
                released("I2"),
                Happening::Closed {
                    question: "Q3".into(),
                },
                chosen("help", "a"),
            ],
            "`Q3` is closed: no more answers are taken",
        ),
    ] {
        assert_eq!(refused(entries).as_deref(), Some(why));
    }
}

#[test]
fn a_session_file_holds_the_exercise_and_every_entry() {
    let pack = pack();
    let folder = Scratch::new("exercise-whole");
    let path = folder.join("whole.session");
    let entries = log(vec![
        released("I1"),
        released("I2"),
        chosen("help", "a"),
        effected(),
    ]);
    let bundle = Bundle::of(&pack);
    let mut store = Store::create(&path, &bundle).unwrap();
    for entry in &entries {
        store.append(entry).unwrap();
    }
    // Held by one at a time; free once that one has gone, in whatever way.
    assert!(matches!(Store::open(&path), Err(StoreError::Busy(_))));
    drop(store);
    let store = Store::open(&path).unwrap();
    store.verify().unwrap();
    assert_eq!(store.log(), (entries.clone(), None));
    assert_eq!(store.bundle().unwrap(), bundle);
    let copy = store.bundle().unwrap().pack();
    assert!(copy.exercise.is_some(), "{}", listed(&copy));
    let (own, other) = (
        Session::of_log(&pack, &entries),
        Session::of_log(&copy, &entries),
    );
    let told = |session: &Session| {
        sentences(&key(
            session.pack,
            &session.world,
            Viewer::Truth,
            &all_duties(),
            None,
        ))
    };
    assert_eq!(told(&own.unwrap().unwrap()), told(&other.unwrap().unwrap()));
    assert_ne!(bundle.rules_hash(), bundle.exercise_hash());
    assert!(matches!(
        Store::create(&path, &bundle),
        Err(StoreError::Exists(_))
    ));
}

#[test]
fn damaged_session_files_are_told_and_left_alone() {
    let pack = pack();
    let folder = Scratch::new("exercise-damaged");
    let path = folder.join("damaged.session");
    let mut store = Store::create(&path, &Bundle::of(&pack)).unwrap();
    for entry in log(vec![released("I1"), released("I2")]) {
        store.append(&entry).unwrap();
    }
    drop(store);
    let sound = std::fs::read(&path).unwrap();
    for broken in [
        sound[..sound.len() / 2].to_vec(),
        b"not a session".to_vec(),
        Vec::new(),
        flipped(&sound),
    ] {
        std::fs::write(&path, &broken).unwrap();
        let wrong = match Store::open(&path) {
            Err(error) => error.to_string(),
            // The damage may be where only a look through the whole finds it.
            Ok(store) => match store.verify() {
                Err(error) => error.to_string(),
                Ok(()) => continue,
            },
        };
        assert!(wrong.contains("is no sound session file"), "{wrong}");
    }
    assert!(matches!(
        Store::open(&folder.join("none.session")),
        Err(StoreError::Missing(_))
    ));
}

/// With one byte of each page changed.
fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut found = bytes.to_vec();
    for at in (100..found.len()).step_by(4096) {
        found[at] ^= 0x55;
    }
    found
}

/// A question about accounts where nobody takes a side, so that nothing offered is right.
fn on_nobodys_account() -> String {
    let sides = "asserted-by: [cedria], denied-by: [arcadia]";
    let asks = "      - {id: Q4, ask: whose-account, to: [dunmark], about: borland shall assist arcadia against cedria}\n";
    let text = EXERCISE.replace(sides, "contested: true");
    let text = text.split("      - id: Q3").next().unwrap().to_owned();
    text + asks
}

/// A question about powers, of which there are none.
fn on_no_powers() -> String {
    let text = EXERCISE.split("      - id: Q3").next().unwrap();
    format!("{text}      - {{id: Q4, ask: obligations, to: [dunmark], kinds: [power]}}\n")
}

/// The last part of the feedback on an answer to Q4, which nothing that is named can be right about.
fn told_of_q4(text: &str, response: Response) -> (Outcome, String) {
    let pack = pack_of(text);
    let answer = Happening::Answered {
        role: "dunmark".into(),
        question: "Q4".into(),
        response,
        receipt: "a".into(),
    };
    let log = log(vec![released("I1"), released("I2"), answer]);
    let session = Session::of_log(&pack, &log).unwrap().unwrap();
    let ask = session.answers.keys().next().unwrap();
    let last = session.feedback(&session.mark(ask).unwrap()).pop().unwrap();
    (last.outcome, last.subject)
}

#[test]
fn that_nothing_is_right_is_told_and_is_an_answer() {
    let chosen = |options: &[&str]| Response::Chosen {
        options: options.iter().map(|it| (*it).to_owned()).collect(),
        confidence: None,
    };
    let claim = Response::Claims(vec![ClaimText {
        sentence: "dunmark shall assist arcadia against cedria".into(),
        due: None,
        standing: None,
        confidence: None,
    }]);
    let (accounts, powers) = (on_nobodys_account(), on_no_powers());
    for (text, response, outcome, subject) in [
        (&accounts, chosen(&[]), Outcome::Hit, "none of these"),
        (
            &accounts,
            chosen(&["on no account"]),
            Outcome::Missed,
            "none of these",
        ),
        (
            &powers,
            Response::NoObligation,
            Outcome::Hit,
            "no obligation arises",
        ),
        (&powers, claim, Outcome::Missed, "no obligation arises"),
    ] {
        assert_eq!(told_of_q4(text, response), (outcome, subject.to_owned()));
    }
}

#[test]
fn what_is_sound_and_hardly_meant_is_told() {
    let end = "    text: The end.";
    let then = |next: &str| EXERCISE.replace(end, &format!("{end}\n    next: [{next}]"));
    let more = |id: &str| format!("  - id: {id}\n    story: 2031-06-01\n    text: Later.\n");
    let lost = then("{go: I5}") + &more("I4") + &more("I5");
    let stuck = then("{unanswered: Q3, go: I4}") + &more("I4") + "    shelf: true\n";
    let quoted = EXERCISE.replace("text: Shots.", "text: Now Arcadia provokes Cedria!");
    let long = EXERCISE.replace("text: Shots.", &format!("text: {}", "Shots. ".repeat(200)));
    let blind = EXERCISE.replace("text: Shots.", "text: See ![](map.png) here.");
    let untested = EXERCISE.replace("    objective: O1\n", "");
    let gap = EXERCISE.replacen(
        "    party: borland",
        "    party: borland\n    brief: You fear ...",
        1,
    );
    let empty = EXERCISE.replace(
        "      - id: Q3\n        ask: decide",
        "      - {id: Q4, ask: obligations, to: [arcadia], kinds: [power]}\n      - id: Q3\n        ask: decide",
    );
    let empty = empty.split("    next:").next().unwrap().to_owned();
    let hollow = on_nobodys_account();
    for (text, code) in [
        (lost, "X101"),
        (untested, "X102"),
        (empty, "X103"),
        (hollow, "X103"),
        (stuck, "X104"),
        (quoted, "X105"),
        (long, "X106"),
        (blind, "X107"),
        (gap, "X108"),
    ] {
        let pack = pack_of(&text);
        let exercise = pack
            .exercise
            .as_ref()
            .unwrap_or_else(|| panic!("{}", listed(&pack)));
        let found = warnings(&pack, exercise);
        let codes: Vec<&str> = found.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, [code], "{found:?}");
    }
}

const THREAT: &str = "from: 2031-05-01}";
const THREAT_THAT_ENDS: &str = "from: 2031-05-01, to: 2031-05-15}";

#[test]
fn the_end_of_a_fact_is_told_when_the_story_is_there() {
    let pack = pack_of(&EXERCISE.replace(THREAT, THREAT_THAT_ENDS));
    let mut happened = Vec::new();
    for (inject, end) in [("I1", None), ("I2", None), ("I3", Some("2031-05-15"))] {
        happened.push(released(inject));
        let session = Session::of_log(&pack, &log(happened.clone()))
            .unwrap()
            .unwrap();
        for viewer in [Viewer::Seat(RoleId(0)), Viewer::Public, Viewer::Truth] {
            let seen = session.seen(viewer).into_iter();
            let mut threat = seen.filter(|fact| fact.sentence == "cedria threatens arcadia");
            let to = threat.next().unwrap().to.map(|day| day.to_string());
            assert_eq!(to.as_deref(), end, "{inject} {viewer:?}");
        }
    }
}

#[test]
fn a_decision_that_took_effect_stands() {
    let pack = pack();
    let mut happened = vec![
        released("I1"),
        released("I2"),
        Happening::Resumed,
        chosen("help", "a"),
    ];
    let then = |happened: &[Happening]| {
        let log = log(happened.to_vec());
        Session::of_log(&pack, &log).unwrap().unwrap()
    };
    assert_eq!(then(&happened).allowed(&chosen("wait", "b")), Ok(()));
    happened.push(effected());
    let session = then(&happened);
    for late in [chosen("wait", "b"), effected()] {
        let why = session.allowed(&late).unwrap_err().to_string();
        assert!(why.contains("`Q3` has taken effect"), "{why}");
    }
    // A log that holds such an entry can still be read.
    happened.extend([chosen("wait", "b"), effected()]);
    assert_eq!(then(&happened).decisions, session.decisions);
}

#[test]
fn what_nobody_answered_counts_against_the_team() {
    let pack = pack();
    let log = log(vec![
        released("I1"),
        Happening::Resumed,
        Happening::Answered {
            role: "borland".into(),
            question: "Q1".into(),
            response: Response::NoObligation,
            receipt: "a".into(),
        },
        released("I2"),
    ]);
    let session = Session::of_log(&pack, &log).unwrap().unwrap();
    let report = markdown::markdown("", &after_action(&session));
    assert!(
        report.contains("| Kingdom of Borland | 1 of 2 | 0.0 | 20 |"),
        "{report}"
    );
    assert!(
        report.contains("| Dunmark | 0 of 2 | 0.0 | 20 |"),
        "{report}"
    );
    assert!(report.contains("Dunmark: unanswered"), "{report}");
    let scores = table::scores(&session);
    assert!(scores.contains("dunmark,Q1,,,10,0,unanswered"), "{scores}");
}

/// A player sees no clause, and so nothing of its letters.
#[test]
fn nobody_is_named_by_the_letter_of_a_clause() {
    let pack = pack();
    let cedria = pack.project.rulebook.entity("cedria").unwrap();
    let world = world(&pack, 1);
    let found = near_misses(&pack, &world, Viewer::Truth, &all_duties(), &[cedria]);
    let arms = |near: &&NearMiss| near.sentence == "cedria shall supply-arms to arcadia";
    let near = found.iter().find(arms).unwrap();
    assert_eq!(near.failing, ["no state attacks arcadia"]);
}

#[test]
fn who_must_is_not_asked_whether_it_may() {
    let law = LAW.to_owned()
        + "article 3 \"Leave\"\n  when a state A attacks a party P, each other party Q may consult P about A.\n";
    let project = Project::of_texts([("law.treaty", law.as_str())]);
    let files = |path: &str| Err(format!("no {path} here"));
    let pack = Pack::of_text("exercise.yaml", EXERCISE.to_owned(), project, &files);
    let world = world(&pack, 1);
    let asked = Obligations {
        kinds: vec![Modality::Permission],
        ..all_duties()
    };
    let bearer = pack.project.rulebook.entity("borland").unwrap();
    let found = near_misses(&pack, &world, Viewer::Truth, &asked, &[bearer]);
    let told: Vec<&str> = found.iter().map(|near| near.sentence.as_str()).collect();
    assert!(
        !told.contains(&"borland may consult arcadia about cedria"),
        "{told:?}"
    );
}

/// The shipped exercises: sound, with the keys that were kept, and not to be won by claiming everything.
#[test]
fn the_shipped_exercises_are_sound() {
    let mut seen = 0;
    for entry in std::fs::read_dir("exercises").unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        seen += 1;
        let project = Project::load(&["rules".into()]).unwrap();
        let pack = Pack::load(&folder, project).unwrap();
        let exercise = pack
            .exercise
            .as_ref()
            .unwrap_or_else(|| panic!("{}", listed(&pack)));
        assert!(
            warnings(&pack, exercise).is_empty(),
            "{:?}",
            warnings(&pack, exercise)
        );
        let kept = std::fs::read_to_string(folder.join(KEYS)).unwrap();
        let moved = moved(&kept, &pinned(&pack, exercise));
        let hint = format!("casus exercise check {} --pin", folder.display());
        assert!(
            moved.is_empty(),
            "{}\nif this is right: {hint}",
            moved.join("\n")
        );
        let tried = try_out(&pack, exercise);
        let of: f64 = tried.iter().map(|row| f64::from(row.of)).sum();
        let all =
            |points: fn(&casus::exercise::Tried) -> f64| tried.iter().map(points).sum::<f64>();
        assert!((all(|row| row.perfect) - of).abs() < 1e-6, "{tried:?}");
        assert!(
            all(|row| row.everything) < MOST_FOR_EVERYTHING * of,
            "{tried:?}"
        );
        for row in &tried {
            let right = if row.key == 0 { f64::from(row.of) } else { 0.0 };
            assert!((row.nothing - right).abs() < 1e-6, "{row:?}");
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_moved_key_is_named_with_its_question() {
    let moved = moved(
        "I1 Q1 a\n  x | owed\n  y\nI2 Q2 a\n  z\n",
        "I1 Q1 a\n  x | owed-if\n  y\nI2 Q2 a\n  z\n",
    );
    assert_eq!(moved, ["I1 Q1 a", "  - x | owed", "  + x | owed-if"]);
}

#[test]
fn reports_hold_what_people_wrote_as_text() {
    let pack = pack();
    let evil = "<script>alert(1)</script> =1+1 | \u{202e}abc `x` javascript:alert(1)";
    let mut entries = vec![released("I1"), released("I2")];
    entries.push(Happening::Dissented {
        role: "borland".into(),
        question: "Q1".into(),
        reason: evil.into(),
    });
    entries.push(Happening::Bookmarked {
        text: format!("=2+2 {evil}"),
    });
    let claim = |sentence: &str| ClaimText {
        sentence: sentence.into(),
        due: None,
        standing: None,
        confidence: Some(80),
    };
    entries.push(Happening::Answered {
        role: "dunmark".into(),
        question: "Q2".into(),
        response: Response::Claims(vec![
            claim("dunmark shall assist arcadia against cedria"),
            claim("=cmd|' /C calc'!A0"),
        ]),
        receipt: "r".into(),
    });
    let session = Session::of_log(&pack, &log(entries)).unwrap().unwrap();
    let blocks = after_action(&session);
    let page = html::page("Shots", "EXERCISE", &blocks);
    assert!(!page.contains("<script>") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;"));
    let text = markdown::markdown("EXERCISE", &blocks);
    assert!(!text.contains("<script>") && text.matches("EXERCISE").count() >= 2);
    let rows = table::events(&session) + &table::answers(&session);
    for line in rows.lines().skip(1) {
        for cell in line.split(',') {
            let cell = cell.trim_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
        }
    }
    // One right judgement at 80 %: (0.8 - 1)² is the score.
    assert!(text.contains("1 judgements, Brier score 0.040"), "{text}");
    // The same log gives the same report, to the letter.
    assert_eq!(blocks, after_action(&session));
}
