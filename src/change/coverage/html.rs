//! Coverage as one HTML page that needs nothing else.

use super::item::{Clause, Item, Kind, Treaty};
use super::page::{label_words, summary};
use super::{Coverage, Label};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "\
body { font: 16px/1.5 Georgia, serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: .2rem .5rem; text-align: left; vertical-align: top; }
td.number { text-align: right; }
tr.hole { background: #fff3d6; }
tr.none { background: #eee; color: #555; }
pre { background: #f6f6f6; padding: .5rem; overflow-x: auto; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } }";

/// The whole page.
pub fn page(coverage: &Coverage) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "What the scenarios test" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "What the scenarios test" }
                p { (coverage.scenarios) " scenarios: " (summary(coverage)) }
                (table(coverage))
                @for treaty in &coverage.treaties { (close(treaty)) }
            }
        }
    };
    page.into_string()
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
