//! What the staff and the teams may do beside the story: argue a contested point, set the clock, talk the exercise over; and what
//! nobody learns by the way.

use crate::exercise::{EXERCISE, pack_of};
use crate::scratch::Scratch;
use casus::exercise::author::{draft, import, msel};
use casus::exercise::report::{after_action, markdown};
use casus::exercise::session::{
    Actor, Audience, Bundle, Entry, Happening, Keeper, Now, Session, Store,
};
use casus::exercise::{Pack, Standing, Viewer, read};
use casus::model::norm::Modality;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

fn take(session: &mut Session<'_>, happening: Happening) -> Result<(), String> {
    let entry = Entry {
        sequence: session.log.len() as u64 + 1,
        clock: session.log.len() as u64 + 1,
        wall: 1000,
        actor: Actor::Facilitator,
        happening,
    };
    session.take(&entry).map_err(|refused| refused.to_string())
}

fn released(inject: &str) -> Happening {
    Happening::Released {
        inject: inject.to_owned(),
        text: None,
    }
}

fn argued(role: &str) -> Happening {
    Happening::Argued {
        role: role.to_owned(),
        fact: "secret".to_owned(),
        claim: "Arcadia fired first".to_owned(),
        reasons: "two witnesses".to_owned(),
        against: "both are from Cedria".to_owned(),
    }
}

fn settled(so: Option<bool>) -> Happening {
    Happening::Settled {
        fact: "secret".to_owned(),
        so,
        reason: "the log of the harbour".to_owned(),
    }
}

#[test]
fn a_contested_point_is_argued_and_decided_by_the_staff() {
    let pack = pack_of(EXERCISE);
    let mut session = Session::new(&pack).unwrap();
    take(&mut session, released("I1")).unwrap();
    assert!(
        take(&mut session, argued("dunmark")).is_err(),
        "not known yet"
    );
    take(&mut session, released("I2")).unwrap();
    // Who does not know of the fact cannot argue about it, and hears the same as of one that is not there.
    let refused = take(&mut session, argued("borland")).unwrap_err();
    assert_eq!(
        refused,
        "there is no contested fact `secret` in this exercise"
    );
    take(&mut session, argued("dunmark")).unwrap();
    take(&mut session, settled(None)).unwrap();
    let contested = |session: &Session<'_>| session.world.contested(Viewer::Truth).count();
    assert_eq!(contested(&session), 1, "both accounts stay");
    take(&mut session, settled(Some(true))).unwrap();
    assert_eq!(contested(&session), 0);
    assert!(
        take(&mut session, argued("dunmark")).is_err(),
        "decided is decided"
    );
    // It is told to those who know of it, and the argument to the staff and its team.
    let team = |name: &str| Audience::Team(session.exercise.role_named(name).unwrap());
    let told = |at: usize, audience| session.news(audience, &session.log[at]).is_some();
    assert!(told(2, Audience::Facilitator) && told(2, team("dunmark")));
    assert!(!told(2, team("arcadia")) && !told(2, Audience::Projector));
    assert!(told(4, team("dunmark")) && !told(4, team("borland")));
    let report = markdown::markdown("X", &after_action(&session));
    for text in [
        "Arcadia fired first",
        "two witnesses",
        "both are from Cedria",
        "the log of the harbour",
    ] {
        assert!(report.contains(text), "{report}");
        let left = format!("{:?}", session.redacted());
        assert!(!left.contains(text), "{left}");
    }
}

/// A keeper whose clock the test sets, while the calendar of the machine goes back an hour a second.
fn keeper<'p>(store: Store, pack: &'p Pack, steady: &Arc<AtomicU64>) -> Keeper<'p> {
    let steady = Arc::clone(steady);
    let watch = move || {
        let steady = steady.load(Ordering::SeqCst);
        let wall = 1_000_000 - 3600 * steady;
        Now { wall, steady }
    };
    Keeper::open(store, pack, Box::new(watch)).unwrap()
}

#[test]
fn a_clock_that_is_set_sends_what_is_due_then_and_stays_set() {
    let pack = pack_of(EXERCISE);
    let folder = Scratch::new("clock-set");
    let file = folder.join("clock-set.session");
    let store = Store::create(&file, &Bundle::of(&pack)).unwrap();
    let steady = Arc::new(AtomicU64::new(50));
    let mut keeper = keeper(store, &pack, &steady);
    let set = |keeper: &mut Keeper<'_>, seconds| {
        keeper
            .record(Actor::Facilitator, Happening::ClockSet { seconds })
            .unwrap();
    };
    let gone = |keeper: &Keeper<'_>| keeper.session.released.len();
    // The clock stands at the beginning; it may be set then.
    keeper
        .record(Actor::Facilitator, Happening::Paused)
        .unwrap();
    set(&mut keeper, 290);
    assert_eq!((keeper.seconds(), gone(&keeper)), (290, 0));
    keeper
        .record(Actor::Facilitator, Happening::Resumed)
        .unwrap();
    keeper.tick().unwrap();
    assert_eq!(gone(&keeper), 1, "I1 was due at once, I2 is in ten seconds");
    steady.fetch_add(10, Ordering::SeqCst);
    keeper.tick().unwrap();
    assert_eq!((keeper.seconds(), gone(&keeper)), (300, 2));
    // Back: nothing goes out twice, and after a stop it is still so.
    set(&mut keeper, 60);
    steady.fetch_add(5, Ordering::SeqCst);
    keeper.tick().unwrap();
    assert_eq!((keeper.seconds(), gone(&keeper)), (65, 2));
    let most = Happening::ClockSet { seconds: u64::MAX };
    assert!(keeper.record(Actor::Facilitator, most).is_err());
    keeper
        .record(Actor::Facilitator, Happening::Paused)
        .unwrap();
    drop(keeper);
    let store = Store::open(&file).unwrap();
    assert_eq!(self::keeper(store, &pack, &steady).seconds(), 65);
}

#[test]
fn the_story_may_end_by_a_way_on() {
    let pack = pack_of(&EXERCISE.replacen("is: help, go: I3", "is: help, go: end", 1));
    assert!(pack.exercise.is_some(), "{:?}", pack.diagnostics);
    let exercise = pack.exercise.as_ref().unwrap();
    assert_eq!(exercise.injects[1].next[0].go, None);
    // An inject that is called so comes first.
    let named = EXERCISE
        .replace("go: I3", "go: end")
        .replacen("- id: I3", "- id: end", 1);
    let pack = pack_of(&named);
    let exercise = pack.exercise.as_ref().unwrap();
    assert_eq!(exercise.injects[1].next[0].go, exercise.inject_named("end"));
}

#[test]
fn an_exercise_says_how_it_is_talked_over_and_what_its_objectives_are_about() {
    let asked = "minutes: 10\nhotwash: {minutes: 20, prompts: [maps, law], anonymous: false}";
    let text = EXERCISE.replacen("minutes: 10", asked, 1).replacen(
        "    text: Tell consultation from assistance",
        "    text: Tell consultation from assistance\n    articles: [lakes article 1, lakes article 2]",
        1,
    );
    let pack = pack_of(&text);
    let exercise = pack.exercise.as_ref().expect("sound");
    assert_eq!(exercise.hotwash.prompts, ["maps", "law"]);
    assert_eq!(
        exercise.objectives[0].articles,
        ["lakes article 1", "lakes article 2"]
    );
    let mut session = Session::new(&pack).unwrap();
    let said = |prompt: &str| Happening::Reflected {
        prompt: prompt.to_owned(),
        text: "More maps".to_owned(),
    };
    take(&mut session, said("maps")).unwrap();
    let report = markdown::markdown("X", &after_action(&session));
    assert!(
        report.contains("Planned: 20 minutes (maps, law)."),
        "{report}"
    );
    assert!(
        report.contains("lakes article 1, lakes article 2"),
        "{report}"
    );
    // A prompt of the exercise is nobody's own word.
    let left = format!("{:?}", session.redacted());
    assert!(
        left.contains("\"maps\"") && !left.contains("More maps"),
        "{left}"
    );
    let usual = pack_of(EXERCISE).exercise.unwrap().hotwash;
    assert!(usual.anonymous && usual.prompts == ["keep", "change", "surprise"]);
    let wrong = pack_of(&text.replacen("lakes article 2", "lakes article 3", 1));
    assert!(wrong.exercise.is_none());
    let told: Vec<&str> = wrong
        .diagnostics
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(told, ["no article here is called `lakes article 3`"]);
}

#[test]
fn nobody_learns_of_a_secret_treaty_by_naming_it() {
    let pack = pack_of(EXERCISE);
    let mut session = Session::new(&pack).unwrap();
    take(&mut session, released("I1")).unwrap();
    let seen = |role: &str, text: &str| {
        let role = session.exercise.role_named(role).unwrap();
        let scenario = session.world.scenario(&pack, Viewer::Seat(role)).unwrap();
        let wrong = read(text, &pack, &scenario).err();
        wrong.map(|found| found[0].message.clone())
    };
    for text in [
        "arcadia shall supply-arms to borland under NAME article 1",
        "all members of NAME shall supply-arms to borland",
        "arcadia shall supply-arms to borland under NAME",
    ] {
        let of = |name: &str| text.replace("NAME", name);
        let (secret, none) = (
            seen("borland", &of("whispers")),
            seen("borland", &of("murmurs")),
        );
        assert_eq!(
            secret,
            none.map(|it| it.replace("murmurs", "whispers")),
            "{text}"
        );
        assert!(secret.is_some(), "{text}");
    }
    let own = "arcadia shall supply-arms to borland under whispers article 1";
    assert_eq!(seen("arcadia", own), None, "its own party knows of it");
}

#[test]
fn what_is_permitted_is_not_owed() {
    for (standing, kind, word) in [
        (Standing::Owed, Modality::Duty, "owed"),
        (Standing::Owed, Modality::Permission, "permitted"),
        (Standing::OwedIf, Modality::Power, "permitted-if"),
        (Standing::Violated, Modality::Permission, "violated"),
    ] {
        assert_eq!(standing.word_of(kind), word);
    }
    assert_eq!(
        Standing::Owed.told(Modality::Power),
        "permitted on every account"
    );
}

#[test]
fn remarks_inside_a_cell_that_was_edited_stay() {
    let text = EXERCISE.replacen(
        "    questions:\n      - {id: Q1,",
        "    questions:\n      # Fifteen days.\n      - {id: Q1,",
        1,
    );
    let text = text.replacen(
        "from: 2031-05-01}\n",
        "from: 2031-05-01}  # From the papers.\n",
        1,
    );
    let pack = pack_of(&text);
    let table = msel(&pack, pack.exercise.as_ref().unwrap());
    let edited = table
        .replacen("article, due, status]", "article, due]", 1)
        .replacen(
            "what: cedria threatens arcadia, from: 2031-05-01",
            "what: cedria threatens arcadia, from: 2031-04-30",
            1,
        );
    assert_ne!(edited, table);
    let imported = import(&pack, &edited).unwrap();
    let (_, after) = &imported.files[0];
    assert!(
        after.contains("    # Fifteen days.\n    questions:\n"),
        "{after}"
    );
    assert!(
        after.contains("    # From the papers.\n    facts:\n"),
        "{after}"
    );
    assert!(pack_of(after).exercise.is_some(), "{after}");
}

#[test]
fn proposals_without_a_place_are_not_counted_as_written() {
    let text = format!(
        "{EXERCISE}  - {{id: I4, story: 2031-05-21, text: More., facts: [{{add: {{id: more, what: cedria threatens dunmark, from: 2031-05-21}}}}]}}\n"
    );
    let pack = pack_of(&text);
    let made = draft(&pack, pack.exercise.as_ref().expect("sound"));
    assert!(made.placed_questions < made.questions, "{made:?}");
    let (_, after) = &made.files[0];
    let placed = after.matches("review: pending").count();
    assert_eq!(
        placed,
        made.placed_questions + made.placed_contingencies,
        "{after}"
    );
}
