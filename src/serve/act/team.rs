//! What a team does: hand in, draft, take a hint, dissent; and an answer that the facilitator types in for a team on paper.

use super::{Act, written};
use crate::exercise::RoleId;
use crate::exercise::offer;
use crate::exercise::session::{Actor, Ask, Draft, Happening, NotKept, Submission};
use crate::serve::access::Seat;
use crate::serve::answer::response;
use crate::serve::desk::Desk;
use crate::serve::form::Fields;
use crate::serve::secret::hashed;

/// The longest draft, in bytes.
const LONGEST_DRAFT: usize = 16 * 1024;

pub(super) fn act(
    desk: &mut Desk<'_>,
    seat: &Seat,
    role: RoleId,
    what: &str,
    fields: &Fields,
) -> Act {
    if let Some(done) = super::team_word::act(desk, role, what, fields) {
        return done;
    }
    let Some(asked) = question(desk, role, fields) else {
        return Act::Missing;
    };
    let Ask {
        role: name,
        question,
    } = asked.clone();
    let actor = Actor::Team(name.clone());
    let back = format!("#q-{question}");
    match what {
        "answer" => {
            let kept = hand_in(desk, &asked, role, fields, &seat.hash, actor);
            kept.unwrap_or_else(|why| Act::refused("", why))
        }
        "draft" => {
            let form = fields.get("form").to_owned();
            if form.len() > LONGEST_DRAFT {
                return Act::refused("", "The draft is too long.");
            }
            let draft = Draft {
                role: name,
                question,
                form,
                name: seat.name.clone(),
            };
            match desk.draft(draft) {
                Ok(()) => Act::Done,
                kept => Act::of(kept, "", ""),
            }
        }
        "hint" => {
            let taken = desk.session().hints.get(&asked).copied().unwrap_or(0);
            // A double click buys one hint.
            if fields.number("taken") != u64::from(taken) {
                return Act::Back(back);
            }
            if desk.session().hint(&asked, taken).is_none() {
                return Act::refused("", "There are no more hints.");
            }
            let happening = Happening::Hinted {
                role: name,
                question,
            };
            Act::of(desk.keeper.record(actor, happening), "", back)
        }
        "dissent" => match written(fields, "reason") {
            Ok(reason) => {
                let happening = Happening::Dissented {
                    role: name,
                    question,
                    reason,
                };
                Act::of(desk.keeper.record(actor, happening), "", back)
            }
            Err(why) => Act::refused("", why),
        },
        _ => Act::Missing,
    }
}

/// The question of a form, if it was put to the role.
fn question(desk: &Desk<'_>, role: RoleId, fields: &Fields) -> Option<Ask> {
    let session = desk.session();
    let (_, question) = session.exercise.question(fields.get("question"))?;
    session.world_of(&question.id)?;
    let asked = question.to.contains(&role);
    asked.then(|| session.ask_of(question, role))
}

/// An answer, by whoever types it.
pub(super) fn hand_in(
    desk: &mut Desk<'_>,
    asked: &Ask,
    role: RoleId,
    fields: &Fields,
    device: &str,
    actor: Actor,
) -> Result<Act, String> {
    let session = desk.session();
    let (Some((_, question)), Some(world)) = (
        session.exercise.question(&asked.question),
        session.world_of(&asked.question),
    ) else {
        return Ok(Act::Missing);
    };
    let offer = offer(session.pack, world, question, role);
    let response = response(session, question, role, &offer, fields)?;
    let base = fields.number("base");
    // Without a script the receipt follows from what was seen and what is sent.
    let own = match fields.get("receipt") {
        "" => format!("{} {base} {response:?}", asked.question),
        receipt => receipt.to_owned(),
    };
    let submission = Submission {
        ask: asked.clone(),
        receipt: hashed(&format!("{device} {} {own}", asked.role))[..32].to_owned(),
        response,
        base,
        actor,
    };
    let kept = desk.keeper.submit(submission);
    let page = if device.is_empty() { "paper" } else { "" };
    if let Err(NotKept::Newer) = &kept {
        return Ok(Act::of(kept, page, ""));
    }
    Ok(match kept {
        Ok(_) => Act::Back(format!("#q-{}", asked.question)),
        kept => Act::of(kept, page, ""),
    })
}
