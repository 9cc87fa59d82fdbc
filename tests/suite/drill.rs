//! `casus drill`: own mistakes come back as cards, each review with facts invented anew, and a changed law is told.

use crate::scratch::Scratch;
use casus::calendar::{Day, PartialDate};
use casus::cli::exit::Exit;
use casus::drill::{Asked, Card, Deck, Law, Memory, Rating, Right, draw, law};
use casus::exercise::{FILE, Pack, Standing};
use casus::model::fact::Verdict;
use casus::{Case, Engine, Options, Project};
use std::collections::BTreeSet;
use std::path::Path;

/// A folder with a copy of a shipped exercise, gone with the test.
struct Desk(Scratch);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Scratch::new(&format!("drill-{name}"));
        std::fs::create_dir_all(folder.join("first-contact")).unwrap();
        for file in [FILE, "brief.md"] {
            let from = Path::new("exercises/first-contact").join(file);
            std::fs::copy(from, folder.join("first-contact").join(file)).unwrap();
        }
        // The words; the treaties of the world would only be read in vain.
        std::fs::create_dir_all(folder.join("rules")).unwrap();
        std::fs::copy("rules/vocabulary.treaty", folder.join("rules/words.treaty")).unwrap();
        folder.write("rules/places.treaty", "place europe\nplace asia\n");
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path(name)
    }

    /// Plays with mistakes: a wrong deadline, a duty where the attack is too far off, one that is overlooked.
    fn play(&self, more: &[&str]) -> Said {
        let (exercise, session) = (self.path("first-contact"), self.path("game.session"));
        let answers = self.file("answers", "2\n1958-03-12\n1\n1\n2\n3\n2\n2\n2\n");
        let rules = self.path("rules");
        let begin = [
            "play",
            &exercise,
            "--session",
            &session,
            "--answers",
            &answers,
            "--rules",
            &rules,
        ];
        casus(&[&begin[..], more].concat())
    }

    fn file(&self, name: &str, text: &str) -> String {
        self.0.write(name, text);
        self.path(name)
    }

    /// A sitting on a day with these answers.
    fn drill(&self, today: &str, answers: &str, more: &[&str]) -> Said {
        let (deck, answers) = (self.path("my.drill"), self.file("answers", answers));
        let rules = self.path("rules");
        let begin = [
            "drill",
            &deck,
            "--today",
            today,
            "--answers",
            &answers,
            "--rules",
            &rules,
        ];
        casus(&[&begin[..], more].concat())
    }

    fn deck(&self) -> Deck {
        Deck::open(&self.0.join("my.drill")).unwrap()
    }

    fn pack(&self) -> Pack {
        let project = Project::load(&[self.0.join("rules")]).unwrap();
        Pack::load(&self.0.join("first-contact"), project).unwrap()
    }

    fn edit(&self, from: &str, to: &str) {
        let file = self.0.join("first-contact").join(FILE);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(file, text.replace(from, to)).unwrap();
    }
}

struct Said {
    exit: Exit,
    out: String,
    err: String,
}

fn casus(arguments: &[&str]) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = casus::cli::run(["casus"].iter().chain(arguments), &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        exit,
        out: text(out),
        err: text(err),
    }
}

fn fine(said: Said) -> String {
    assert_eq!(said.exit, Exit::Fine, "{}{}", said.out, said.err);
    said.out
}

/// Answers that fit whatever is asked: no deadline, or the first of what is offered.
const ANY: &str = "\n1\n\n1\n\n1\n\n1\n\n1\n\n1\n\n1\n\n1\n";

#[test]
fn the_first_cards_are_the_learners_own_mistakes() {
    let desk = Desk::new("own");
    fine(desk.play(&[]));
    let session = desk.path("game.session");
    let listed = fine(desk.drill("2026-11-25", "", &["--from", &session, "--list"]));
    insta::assert_snapshot!(listed.replace(&session, "game.session"));
    // Taken once, an answer is not taken again.
    let again = fine(desk.drill("2026-11-25", "", &["--from", &session, "--list"]));
    assert!(again.contains("nothing new to learn"), "{again}");
    assert_eq!(desk.deck().cards.len(), 3);
    // At a game's end the same cards come by themselves.
    std::fs::remove_file(desk.0.join("my.drill")).unwrap();
    std::fs::remove_file(&session).unwrap();
    let played = fine(desk.play(&["--drill", &desk.path("my.drill")]));
    assert!(played.contains("my.drill: 3 cards to learn"), "{played}");
}

#[test]
fn a_sitting_is_plain_lines_and_kept_card_by_card() {
    let desk = Desk::new("sitting");
    fine(desk.play(&["--drill", &desk.path("my.drill")]));
    let sat = fine(desk.drill(
        "2030-01-01",
        "?\nt\nsoon\n1958-02-06\n2\n6\n9\n4\n3\n1\nq\n",
        &[],
    ));
    assert!(!sat.contains('\u{1b}'));
    insta::assert_snapshot!(sat);
    let deck = desk.deck();
    let asked = deck.cards.iter().filter(|card| card.memory.is_some());
    assert_eq!(asked.count(), 2);
    // What was left comes first the next time, and what was known is not asked before its day.
    let next = fine(desk.drill("2030-01-01", "", &[]));
    assert!(next.contains("--- 1 of 1"), "{next}");
}

/// A scenario of the lines that a learner sees.
fn scenario(asked: &Asked) -> String {
    let mut events = String::new();
    for line in &asked.facts {
        let mut parts = line.split("; ");
        let (what, days) = parts.next().unwrap().rsplit_once(", ").unwrap();
        let days = days.trim_start_matches("since ");
        let (from, to) = days.split_once(" to ").unwrap_or((days, ""));
        events += &format!("  - what: {what}\n    from: {from}\n");
        if !to.is_empty() {
            events += &format!("    to: {to}\n");
        }
        for part in parts {
            for (begins, key) in [("says ", "asserted-by"), ("denied by ", "denied-by")] {
                if let Some(names) = part.strip_prefix(begins) {
                    events += &format!("    {key}: [{}]\n", names.replace(" and ", ", "));
                }
            }
        }
    }
    let day = asked.day;
    format!("scenario: Seen\nas-of: {day}\nrules: [northern-pact]\nevents:\n{events}")
}

/// What an analyst gets who types the facts in by hand.
fn verdict(pack: &Pack, asked: &Asked, rule: &str) -> Verdict {
    let mut project = pack.project.clone();
    let text = scenario(asked);
    let case = Case::of_text("seen.yaml", text.clone(), &mut project);
    assert!(
        case.diagnostics.is_empty(),
        "{text}\n{:?}",
        case.diagnostics
    );
    let query = format!("{} under {rule}", asked.sentence);
    let query = case.query(&query, &mut project).unwrap();
    let engine = Engine::new(case.rulebook(&project));
    let options = Options {
        asked: vec![query.clone()],
        ..Options::default()
    };
    let mut outcome = engine.evaluate(case.scenario.as_ref().unwrap(), &options);
    let held = outcome.held(&query, outcome.as_of);
    casus::Outcome::verdict(held)
}

fn after(card: &Card, reviews: u32) -> Card {
    let mut card = card.clone();
    let (mut memory, _) = Memory::after(None, Day(20_000), Rating::Good);
    memory.reviews = reviews;
    card.memory = Some(memory);
    card
}

#[test]
fn each_review_has_facts_of_its_own_of_which_the_answer_is_true() {
    let desk = Desk::new("fresh");
    fine(desk.play(&["--drill", &desk.path("my.drill")]));
    let mut pack = desk.pack();
    let (mut yes, mut no, mut names) = (0, 0, BTreeSet::new());
    for card in desk.deck().cards {
        let mut seen = BTreeSet::new();
        for reviews in 1..12 {
            let mut card = after(&card, reviews);
            card.shown = seen.iter().cloned().collect();
            let Law::Same(norm) = law(&pack.project.rulebook, &card) else {
                panic!("the law did not change");
            };
            let asked = draw(&mut pack, &card, norm, 1).unwrap();
            assert!(seen.insert(asked.hash()), "twice: {asked:?}");
            names.insert(asked.sentence.split(' ').next().unwrap().to_owned());
            let verdict = verdict(&pack, &asked, &card.rule);
            match &asked.right {
                Right::Stands(None) => {
                    no += 1;
                    assert_eq!(verdict, Verdict::NotOwed, "{asked:?}");
                    assert!(asked.conditions.iter().any(|(_, is_met)| !is_met));
                }
                Right::Stands(Some(stands)) => {
                    yes += 1;
                    let open = *stands == Standing::OwedIf;
                    assert_eq!(verdict == Verdict::OwedIf, open, "{asked:?}");
                    assert_ne!(verdict, Verdict::NotOwed, "{asked:?}");
                }
                Right::Due(day) => {
                    assert_eq!(verdict, Verdict::Owed);
                    // Ten days, of which the last counts.
                    let began = asked.facts[0].split(", ").nth(1).unwrap();
                    let began = began.split(' ').next().unwrap();
                    let began = PartialDate::parse(began).unwrap().first();
                    assert_eq!(*day, Some(began.plus_days(10)));
                }
                Right::Article(..) => panic!("nobody got an article wrong"),
            }
        }
    }
    assert!(yes > 3 && no > 3, "{yes} {no}");
    assert_eq!(
        names.len(),
        3,
        "all three parties play each part: {names:?}"
    );
}

#[test]
fn a_reworded_clause_keeps_what_is_known_and_a_changed_one_begins_anew() {
    let desk = Desk::new("law");
    fine(desk.play(&["--drill", &desk.path("my.drill")]));
    fine(desk.drill("2030-01-01", ANY, &[]));
    assert!(desk.deck().cards.iter().all(|card| card.memory.is_some()));

    // Other letters, another layout, another order of the articles: the same law.
    desk.edit(
        "when a state A attacks a party P in europe, unless P has provoked A,\n    each other party Q shall assist P against A,",
        "when a state B attacks a party V in europe,\n    unless V has provoked B, each other party W shall assist V against B,",
    );
    desk.edit("article 2 \"Assistance\"", "article 4 \"Help\"");
    desk.edit("northern-pact article 2", "northern-pact article 4");
    let sat = fine(desk.drill("2040-01-01", ANY, &[]));
    assert!(!sat.contains("law changed"), "{sat}");
    assert!(sat.contains("northern-pact article 4"), "{sat}");
    let reviews = |deck: &Deck| {
        let cards = deck.cards.iter();
        let all = cards.map(|card| (card.rule.clone(), card.memory.as_ref().map(|it| it.reviews)));
        all.collect::<Vec<_>>()
    };
    assert!(
        reviews(&desk.deck())
            .iter()
            .all(|(_, asked)| *asked == Some(2))
    );

    // Fifteen days instead of ten: the law changed, for both cards of that article and for no other.
    desk.edit("within 10 days", "within 15 days");
    let told = fine(desk.drill("2040-01-02", ANY, &[]));
    assert_eq!(
        told.matches("The law changed: northern-pact article 1")
            .count(),
        2,
        "{told}"
    );
    assert!(told.contains("within 15 days"), "{told}");
    for (rule, asked) in reviews(&desk.deck()) {
        let anew = rule.ends_with("article 1");
        assert_eq!(asked, Some(if anew { 1 } else { 2 }), "{rule}");
    }
    // Once told is told.
    let later = fine(desk.drill("2050-01-01", ANY, &[]));
    assert!(!later.contains("law changed"), "{later}");
}

#[test]
fn what_left_the_rules_is_laid_aside_and_a_lost_exercise_is_read_from_the_copy() {
    let desk = Desk::new("gone");
    fine(desk.play(&["--drill", &desk.path("my.drill")]));
    // A copy of the exercise lies in the file: another folder, the same questions.
    let moved = desk.0.join("elsewhere");
    std::fs::rename(desk.0.join("first-contact"), &moved).unwrap();
    let sat = fine(desk.drill("2030-01-01", "q\n", &[]));
    assert!(sat.contains("--- 1 of 3"), "{sat}");
    std::fs::rename(&moved, desk.0.join("first-contact")).unwrap();
    let start = "\n  article 1 \"Consultation\"\n    when a state A threatens a party P, each other party Q shall consult P about A, within 10 days.\n";
    desk.edit(start, "");
    let sat = fine(desk.drill("2030-01-01", "q\n", &[]));
    let aside = "northern-pact article 1 is not in the rules any more: its card is laid aside.";
    assert_eq!(sat.matches(aside).count(), 2, "{sat}");
    assert!(sat.contains("--- 1 of 1"), "{sat}");
}

#[test]
fn files_that_are_no_drill_are_told_and_left_alone() {
    let desk = Desk::new("damage");
    let damaged = [
        ("", "no sound file of a drill"),
        (
            "{\"format\": \"casus-drill/9\"}",
            "has the format `casus-drill/9`",
        ),
        (
            "{\"format\": \"casus-drill/1\", \"exercises\": [], \"cards\": [{}]}",
            "missing field",
        ),
        ("[[[[[[", "no sound file of a drill"),
    ];
    for (text, why) in damaged {
        let file = desk.file("my.drill", text);
        let said = casus(&["drill", &file, "--list"]);
        assert_eq!(said.exit, Exit::CouldNotRun);
        assert!(said.err.contains(why), "{}", said.err);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
    let none = casus(&["drill", &desk.path("none.drill")]);
    assert_eq!(none.exit, Exit::CouldNotRun);
    assert!(
        none.err.contains("casus drill --from NAME.session"),
        "{}",
        none.err
    );
    let day = casus(&["drill", "--today", "2026-02-30"]);
    assert!(
        day.err.contains("write the day as 2026-11-25"),
        "{}",
        day.err
    );
}

#[test]
fn who_knew_it_better_and_was_surer_waits_longer() {
    let ratings = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];
    let mut before = None;
    let mut today = Day(20_000);
    for _ in 0..6 {
        let days = ratings.map(|rating| Memory::after(before.as_ref(), today, rating).1);
        assert!(days.is_sorted() && days[0] > today, "{days:?}");
        let (memory, due) = Memory::after(before.as_ref(), today, Rating::Good);
        (before, today) = (Some(memory), due);
    }
    // A file that was edited by hand leads to no nonsense.
    let broken = Memory {
        stability: f64::NAN,
        difficulty: -1e300,
        last: "never".to_owned(),
        reviews: 7,
        lapses: 0,
    };
    let (memory, due) = Memory::after(Some(&broken), today, Rating::Good);
    assert!(memory.stability.is_finite() && due > today);
    assert_eq!(Rating::of(1.0, 90), Rating::Easy);
    assert_eq!(Rating::of(1.0, 50), Rating::Hard);
    assert_eq!(Rating::of(0.5, 90), Rating::Hard);
    assert_eq!(Rating::of(0.0, 90), Rating::Again);
}
