//! What a team says beside its answers: an argument about a contested fact, a word in the hot wash.

use super::{Act, written};
use crate::exercise::RoleId;
use crate::exercise::session::{Actor, Happening};
use crate::serve::desk::Desk;
use crate::serve::form::Fields;

/// Does it; `None`: it is something else.
pub(super) fn act(desk: &mut Desk<'_>, role: RoleId, what: &str, fields: &Fields) -> Option<Act> {
    let exercise = desk.session().exercise;
    let name = exercise.role(role).id.clone();
    let (actor, happening) = match what {
        "argue" => (Actor::Team(name.clone()), argument(name, fields)),
        // Before the end the evaluators' pages are the place for remarks.
        "reflect" if desk.session().ended => {
            let prompts = &exercise.hotwash.prompts;
            let prompt = prompts.iter().find(|it| *it == fields.get("prompt"));
            let Some(prompt) = prompt.cloned() else {
                return Some(Act::Missing);
            };
            // Who said it is not even written down.
            let actor = if exercise.hotwash.anonymous {
                Actor::Program
            } else {
                Actor::Team(name)
            };
            let text = written(fields, "text");
            (
                actor,
                text.map(|text| Happening::Reflected { prompt, text }),
            )
        }
        _ => return None,
    };
    let receipt = fields.get("receipt");
    if desk.is_repeated(receipt) {
        return Some(Act::Back(String::new()));
    }
    Some(match happening {
        Ok(happening) => {
            let kept = desk.keeper.record(actor, happening);
            if kept.is_ok() {
                desk.remember(receipt);
            }
            Act::of(kept, "", "")
        }
        Err(why) => Act::refused("", why),
    })
}

fn argument(role: String, fields: &Fields) -> Result<Happening, &'static str> {
    Ok(Happening::Argued {
        role,
        fact: fields.get("fact").to_owned(),
        claim: written(fields, "claim").map_err(|_| "Say what you claim.")?,
        reasons: written(fields, "reasons").map_err(|_| "Say what speaks for it.")?,
        against: written(fields, "against").map_err(|_| "Say what speaks against it, too.")?,
    })
}
