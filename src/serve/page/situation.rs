//! What is so, as an audience knows it: facts with who says what, and the pictures, each with its table.

use super::Echo;
use super::frame::{Frame, column, framed, live, ready, table};
use crate::exercise::days;
use crate::exercise::picture::{bonds, chart, timeline};
use crate::exercise::report::{Block, clean};
use crate::exercise::session::{Audience, Session, Told};
use crate::serve::desk::Desk;
use maud::{Markup, html};

pub(super) fn page(desk: &mut Desk<'_>, audience: Audience, echo: Option<&Echo<'_>>) -> String {
    let mut parts = vec![live("facts", "", &facts(desk, audience))];
    for (id, picture) in pictures(desk, audience) {
        parts.push(live(id, "", &picture));
    }
    let alert = echo.map(|echo| echo.why.as_str());
    framed(
        desk,
        Frame {
            audience,
            here: "situation",
            alert,
            body: column("parts", &parts),
        },
    )
}

/// The three pictures.
pub(super) fn pictures(desk: &mut Desk<'_>, audience: Audience) -> [(&'static str, Markup); 3] {
    let version = desk.version();
    let memo = |what: &str| format!("{what} {audience:?} {version}");
    let viewer = audience.viewer();
    let time = desk.fragment(memo("timeline"), |session| {
        let line = timeline(session, viewer);
        let (svg, block) = (line.svg(), line.table());
        let title = "What happened, and what falls due";
        picture(title, svg, &html! {}, &block).into_string()
    });
    let graph = desk.fragment(memo("bonds"), |session| {
        let graph = bonds(session, viewer);
        let (svg, block) = (graph.svg(), graph.table());
        let all = (!graph.common.is_empty()).then(|| {
            let common = clean(&graph.common.join("; "));
            html! { p { "All of them are bound by: " (common) "." } }
        });
        let legend = html! {
            @if !graph.edges.is_empty() {
                ul class="legend" { @for (number, what) in graph.legend() { li { strong { (number) } " " (clean(&what)) } } }
            }
            (all.unwrap_or_default())
        };
        picture(&graph.title, svg, &legend, &block).into_string()
    });
    let map = desk.fragment(memo("chart"), |session| {
        let map = chart(session, viewer);
        let (svg, block) = (map.svg(), map.table());
        let title = "Where it happens (no true scale, no borders)";
        picture(title, svg, &html! {}, &block).into_string()
    });
    [
        ("timeline", ready(time)),
        ("bonds", ready(graph)),
        ("chart", ready(map)),
    ]
}

fn picture(title: &str, svg: String, legend: &Markup, block: &Block) -> Markup {
    let empty = matches!(block, Block::Table(_, rows) if rows.is_empty());
    html! {
        h2 { (title) }
        @if empty { p class="hint" { "Nothing yet." } }
        @else {
            (ready(svg))
            (legend)
            details class="twin" { summary { "The same as a table" } (table(title, block)) }
        }
    }
}

/// The facts, with who says so and who denies it.
fn facts(desk: &mut Desk<'_>, audience: Audience) -> Markup {
    let memo = format!("facts {audience:?} {}", desk.version());
    let made = desk.fragment(memo, |session| fact_file(session, audience).into_string());
    html! { h2 { "Facts" } (ready(made)) }
}

/// The facts in short lines, for a screen that is read from afar.
pub(super) fn facts_in_short(desk: &mut Desk<'_>, audience: Audience) -> Markup {
    let memo = format!("short facts {audience:?} {}", desk.version());
    let made = desk.fragment(memo, |session| {
        let facts = session.seen(audience.viewer());
        let list = html! {
            ul class="facts" { @for fact in facts {
                li { (clean(&fact.sentence)) span class="hint" { " " (days(fact.from, fact.to))
                    @if !fact.asserted_by.is_empty() { ", said by " (fact.asserted_by.join(", ")) }
                    @if !fact.denied_by.is_empty() { ", denied by " (fact.denied_by.join(", ")) } } }
            } }
        };
        list.into_string()
    });
    html! { h2 { "Facts" } (ready(made)) }
}

fn fact_file(session: &Session<'_>, audience: Audience) -> Markup {
    let facts = session.seen(audience.viewer());
    let stands = |told: Told| match (told, audience) {
        (Told::Agreed, _) => "nobody denies it",
        (Told::Claimed, _) => "contested",
        (Told::Secret, Audience::Team(_)) => "not known to all",
        (Told::Secret, _) => "secret",
    };
    let rows = facts.into_iter().map(|fact| {
        let days = days(fact.from, fact.to);
        vec![
            clean(&fact.sentence),
            days,
            stands(fact.told).to_owned(),
            fact.asserted_by.join(", "),
            fact.denied_by.join(", "),
        ]
    });
    let head = ["fact", "when", "how it stands", "said by", "denied by"];
    let head = head.iter().map(|word| (*word).to_owned()).collect();
    table("Facts known here", &Block::Table(head, rows.collect()))
}
