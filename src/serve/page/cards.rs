//! Cards to print: for each team a code that opens its place, as letters and for a camera.

use super::frame::{Frame, framed};
use crate::exercise::report::clean;
use crate::exercise::session::Audience;
use crate::serve::desk::Desk;
use crate::serve::qr::dark;
use maud::{Markup, html};

pub(super) fn page(desk: &mut Desk<'_>) -> String {
    let exercise = desk.session().exercise;
    let cards = desk.access.cards.iter().map(|card| {
        let title = match card.audience {
            Audience::Team(role) => clean(&exercise.role(role).title),
            Audience::Evaluator => "Evaluator".to_owned(),
            Audience::Projector => "Projector".to_owned(),
            Audience::Facilitator => "Facilitator".to_owned(),
        };
        html! {
            section class="card" {
                h2 { (title) }
                p { (clean(&exercise.title)) }
                (picture(&format!("{}/enter#{}", desk.link, card.code)))
                p { (desk.link) }
                p class="code" { (card.code) }
            }
        }
    });
    let cards: Vec<Markup> = cards.collect();
    let body = html! {
        p class="hint" { "Print this page, cut it, and hand each team, the evaluators and whoever looks after the screen their card. It opens that place until the room is locked." }
        div class="cards" { @for card in cards { (card) } }
    };
    framed(
        desk,
        Frame {
            audience: Audience::Facilitator,
            here: "cards",
            alert: None,
            body,
        },
    )
}

/// A code for a camera, as a picture.
fn picture(text: &str) -> Markup {
    let Some((size, dark)) = dark(text) else {
        return html! {};
    };
    let mut path = String::new();
    for (x, y) in dark {
        path.push_str(&format!("M{x} {y}h1v1h-1z"));
    }
    let view = format!("-4 -4 {0} {0}", size + 8);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view) class="qr" role="img" aria-label="Code for a camera; the same in letters below" {
            path d=(path) {}
        }
    }
}
