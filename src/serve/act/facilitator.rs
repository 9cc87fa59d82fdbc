//! What the facilitator does.

use super::team::hand_in;
use super::{Act, written};
use crate::exercise::RoleId;
use crate::exercise::session::{Actor, Ask, Audience, Happening, NotKept};
use crate::serve::access::{Entered, of_word};
use crate::serve::desk::Desk;
use crate::serve::form::Fields;

/// The pages of the facilitator, as parts of their addresses.
const CONTROL: &str = "";
const ROOM: &str = "room";
const QUESTIONS: &str = "questions";
/// The longest prompt of a hot wash, in letters.
const LONGEST_PROMPT: usize = 100;

pub(super) fn act(desk: &mut Desk<'_>, what: &str, fields: &Fields) -> Act {
    match what {
        "clock" | "set" | "settle" | "release" | "grant" | "hold" | "undo" | "insert"
        | "bookmark" | "reflect" | "end" => story(desk, what, fields),
        "close" | "reveal" | "effect" | "override" | "paper" => question(desk, what, fields),
        "admit" | "dismiss" | "rename" | "lock" | "issue" | "open" => room(desk, what, fields),
        _ => Act::Missing,
    }
}

fn story(desk: &mut Desk<'_>, what: &str, fields: &Fields) -> Act {
    let inject = fields.get("inject").to_owned();
    let happening = match what {
        "clock" if fields.get("go") == "yes" => Happening::Resumed,
        "clock" => Happening::Paused,
        "set" => {
            let (hours, minutes) = (fields.number("hours"), fields.number("minutes"));
            let minutes = hours.saturating_mul(60).saturating_add(minutes);
            let seconds = minutes.saturating_mul(60);
            Happening::ClockSet { seconds }
        }
        "settle" => {
            let so = match fields.get("so") {
                "yes" => Some(true),
                "no" => Some(false),
                "both" => None,
                _ => return Act::Missing,
            };
            let fact = fields.get("fact").to_owned();
            match written(fields, "reason") {
                Ok(reason) => Happening::Settled { fact, so, reason },
                Err(_) => {
                    return Act::refused(CONTROL, "Say why: the reason goes into the report.");
                }
            }
        }
        "release" => {
            // A double click releases once.
            let gone = desk.session().released.iter();
            let mut gone = gone.map(|it| &desk.session().exercise.inject(it.inject).id);
            if gone.any(|id| *id == inject) {
                return Act::Back(String::new());
            }
            let text = written(fields, "text").ok();
            let same = |text: &String| {
                let exercise = desk.session().exercise;
                let id = exercise.inject_named(&inject);
                id.is_some_and(|id| flat(&exercise.inject(id).text) == flat(text))
            };
            let text = text.filter(|text| !same(text));
            Happening::Released { inject, text }
        }
        "hold" => {
            let held = fields.get("held") == "yes";
            Happening::Held { inject, held }
        }
        "grant" => Happening::Granted {
            role: fields.get("role").to_owned(),
            minutes: fields.number("minutes").min(u64::from(u32::MAX)) as u32,
        },
        "undo" => Happening::Undone {
            entry: fields.number("entry"),
        },
        "insert" => match inserted(fields) {
            Ok(happening) => happening,
            Err(why) => return Act::refused(CONTROL, why),
        },
        "bookmark" | "reflect" => match written(fields, "text") {
            Ok(text) if what == "bookmark" => Happening::Bookmarked { text },
            Ok(text) => Happening::Reflected {
                prompt: fields.get("prompt").chars().take(LONGEST_PROMPT).collect(),
                text,
            },
            Err(why) => return Act::refused(CONTROL, why),
        },
        _ => Happening::Ended,
    };
    Act::of(desk.record(happening), CONTROL, "")
}

/// Line ends and space do not make another text.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inserted(fields: &Fields) -> Result<Happening, &'static str> {
    let to: Vec<String> = fields.all("to").map(str::to_owned).collect();
    if to.is_empty() {
        return Err("Say who gets the message.");
    }
    let optional = |name: &str| written(fields, name).ok();
    Ok(Happening::Inserted {
        to,
        from: optional("from"),
        text: written(fields, "text")?,
        fact: optional("fact"),
    })
}

fn question(desk: &mut Desk<'_>, what: &str, fields: &Fields) -> Act {
    let asked = Ask {
        role: fields.get("role").to_owned(),
        question: fields.get("question").to_owned(),
    };
    let exercise = desk.session().exercise;
    if exercise.question(&asked.question).is_none() {
        return Act::Missing;
    }
    let back = format!("/{QUESTIONS}#q-{}", asked.question);
    let Ask { role, question } = asked.clone();
    let happening = match what {
        "close" => Happening::Closed { question },
        "reveal" => Happening::Revealed { question },
        // A double click lets it take effect once.
        "effect" if desk.session().has_taken_effect(&asked) => return Act::Back(String::new()),
        "effect" => {
            let kept = desk.record(Happening::Effected { role, question });
            return Act::of(kept, CONTROL, "");
        }
        "paper" => {
            let Some(id) = exercise.role_named(&role) else {
                return Act::Missing;
            };
            let done = hand_in(desk, &asked, id, fields, "", Actor::Facilitator);
            return match done {
                Ok(Act::Back(_)) => Act::Back(back),
                Ok(done) => done,
                Err(why) => Act::refused("paper", why),
            };
        }
        _ => match given(fields, role, question) {
            Ok(happening) => happening,
            Err(why) => return Act::refused(QUESTIONS, why),
        },
    };
    Act::of(desk.record(happening), QUESTIONS, back)
}

fn given(fields: &Fields, role: String, question: String) -> Result<Happening, &'static str> {
    let percent: f64 = fields
        .get("share")
        .parse()
        .map_err(|_| "Say how many percent of the points.")?;
    if !(0.0..=100.0).contains(&percent) {
        return Err("Give between 0 and 100 percent of the points.");
    }
    Ok(Happening::Overridden {
        role,
        question,
        share: percent / 100.0,
        reason: written(fields, "reason")
            .map_err(|_| "Say why: the reason goes into the report.")?,
    })
}

fn room(desk: &mut Desk<'_>, what: &str, fields: &Fields) -> Act {
    let exercise = desk.session().exercise;
    let device = fields.get("device");
    let audience = of_word(exercise, fields.get("audience"));
    let store = &desk.keeper.store;
    let kept = match (what, audience) {
        ("admit", Some(audience)) => {
            desk.access.admit(device, audience);
            Ok(())
        }
        ("dismiss", _) => {
            let done = desk.access.dismiss(store, device);
            desk.cut(device);
            done
        }
        ("rename", _) => desk
            .access
            .rename(store, exercise, device, fields.get("name")),
        ("lock", _) => desk.access.lock(store, fields.get("locked") == "yes"),
        ("issue", Some(audience)) => desk.access.issue(store, exercise, audience),
        ("open", Some(audience)) if !matches!(audience, Audience::Team(RoleId(_))) => {
            let seated =
                desk.access
                    .seat(store, exercise, audience, "facilitator's screen".to_owned());
            match seated {
                Ok(Entered::In(audience, cookie)) => return Act::Seated(audience, cookie),
                Ok(_) => return Act::Missing,
                Err(error) => Err(error),
            }
        }
        _ => return Act::Missing,
    };
    Act::of(kept.map_err(NotKept::from), ROOM, format!("/{ROOM}"))
}
