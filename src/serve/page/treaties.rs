//! The text of the treaties that count, with a search.

use super::frame::{Frame, framed, live};
use crate::exercise::play::indented;
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session};
use crate::model::ids::TreatyId;
use crate::serve::desk::Desk;
use crate::serve::form::Fields;
use crate::serve::route::path;
use maud::{Markup, html};

/// More articles than this at a time nobody reads.
const MOST_SHOWN: usize = 60;

pub(super) fn page(desk: &mut Desk<'_>, audience: Audience, query: &Fields) -> String {
    let wanted: String = query.get("q").chars().take(100).collect();
    let (treaties, named) = desk.session().treaties(audience.viewer());
    let found = desk.session().articles(&treaties, &wanted, MOST_SHOWN);
    let whole = named || !wanted.is_empty();
    let content = html! {
        h2 { "Treaties" }
        form method="get" action=(format!("{}/treaties", path(audience))) role="search" class="search" {
            label { "Words in treaties and articles" input type="search" name="q" value=(wanted) maxlength="100"; }
            button { "Search" }
        }
        @if !wanted.is_empty() {
            p role="status" { (found.iter().map(|(_, articles)| articles.len()).sum::<usize>()) " articles with these words" }
        }
        @if whole {
            @for (treaty, articles) in &found { (text(desk.session(), *treaty, articles)) }
        } @else {
            p class="hint" { "All treaties of the rulebook count. Search for words to read articles." }
        }
    };
    let body = live("treaties", "", &content);
    framed(
        desk,
        Frame {
            audience,
            here: "treaties",
            alert: None,
            body,
        },
    )
}

fn text(session: &Session<'_>, treaty: TreatyId, articles: &[usize]) -> Markup {
    let project = &session.pack.project;
    let treaty = project.rulebook.treaty(treaty);
    html! {
        details open {
            summary { strong { (clean(treaty.title.as_deref().unwrap_or(&treaty.name))) } " (" code { (treaty.name) } ")"
                @if let Some(cite) = &treaty.cite { span class="hint" { " " (clean(cite)) } } }
            @for at in articles {
                pre class="article" { (clean(&indented(project.sources.text(treaty.articles[*at].span)))) }
            }
        }
    }
}
