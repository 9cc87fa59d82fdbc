//! Coverage as one HTML page that needs nothing else.

use super::item::{Clause, Item, Kind, Treaty};
use super::page::{label_words, summary};
use super::{Coverage, Label};
use crate::report::sheet;
use maud::{Markup, html};

const STYLE: &str = "\
td.number { text-align: right; }
tr.hole { background: #fff3d6; }
tr.none { background: #eee; color: #555; }
pre { background: #f6f6f6; padding: .5rem; overflow-x: auto; }";

/// The whole page.
pub fn page(coverage: &Coverage) -> String {
    let title = "What the scenarios test";
    let body = html! {
        h1 { (title) }
        p { (coverage.scenarios) " scenarios: " (summary(coverage)) }
        (table(coverage))
        @for treaty in &coverage.treaties { (close(treaty)) }
    };
    sheet::page(title, STYLE, &body)
}

fn table(coverage: &Coverage) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { "treaty" }
                @for kind in Kind::ALL { th scope="col" { (kind.plural()) } }
                th scope="col" { "in all" }
            } }
            tbody { @for treaty in &coverage.treaties { tr {
                td { a href={ "#" (treaty.name) } { (treaty.name) } }
                @for kind in Kind::ALL {
                    @let tally = treaty.tally(Some(kind));
                    td class="number" { (tally.covered) "/" (tally.all) }
                }
                td class="number" { (format!("{:.1} %", treaty.tally(None).percent())) }
            } } }
        }
    }
}

fn close(treaty: &Treaty) -> Markup {
    html! {
        h2 id=(treaty.name) { (treaty.name) }
        table { tbody {
            @for clause in &treaty.clauses {
                tr { th colspan="2" { (clause.citation) " " small { (clause.place.0) ":" (clause.place.1) } } }
                @for item in &clause.items { (row(clause, item)) }
            }
        } }
    }
}

fn row(clause: &Clause, item: &Item) -> Markup {
    let class = match (&item.label, clause.is_covered(item)) {
        (_, true) => "",
        (Label::Unreachable, _) => "none",
        _ => "hole",
    };
    html! {
        tr class=(class) {
            td { @if item.seen.is_none() { "no scenario " } @else { "a scenario " } (item.words) }
            td {
                @match &item.seen {
                    Some(scenario) => (scenario),
                    None => (label_words(&item.label)),
                }
                @if let Label::Reachable(proposal) = &item.label { pre { (proposal.text) } }
            }
        }
    }
}
