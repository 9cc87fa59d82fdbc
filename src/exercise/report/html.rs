//! A report as one HTML page that needs nothing else, made for paper too.

use super::{Block, clean};
use crate::report::sheet;
use maud::{Markup, PreEscaped, html};

/// What stands above and below: who may see it.
const STYLE: &str = "\
.marking { text-align: center; font-weight: bold; border: 2px solid #111; padding: .25rem; }
figure { margin: 1rem 0; break-inside: avoid; }
.picture { font: 12px Georgia, serif; } .picture .field { fill: none; stroke: #999; } .picture .ideal { stroke: #999; stroke-dasharray: 4; }
.picture .link { stroke: #111; } .picture .point { fill: #111; }
table.sheet { margin: 0; } table.sheet > * > tr > td { border: 0; padding: 0; } table.sheet > tbody > tr { break-inside: auto; }
.page { break-before: page; } th, .day { white-space: nowrap; }";

/// The whole page, with the marking above and below.
pub fn page(title: &str, marking: &str, blocks: &[Block]) -> String {
    let body = html! {
        // Head and foot of a table come again on every sheet of paper.
        table class="sheet" role="presentation" {
            thead { tr { td { p class="marking" { (clean(marking)) } } } }
            tfoot { tr { td { p class="marking" { (clean(marking)) } } } }
            tbody { tr { td { @for block in blocks { (shown(block)) } } } }
        }
    };
    sheet::page(&clean(title), STYLE, &body)
}

fn shown(block: &Block) -> Markup {
    match block {
        Block::Page => html! { div class="page" {} },
        Block::Heading(1, words) => html! { h1 { (clean(words)) } },
        Block::Heading(2, words) => html! { h2 { (clean(words)) } },
        Block::Heading(_, words) => html! { h3 { (clean(words)) } },
        Block::Paragraph(words) => html! { p { (clean(words)) } },
        Block::List(lines) if lines.is_empty() => html! { p { "none" } },
        Block::List(lines) => html! { ul { @for line in lines { li { (clean(line)) } } } },
        Block::Picture(svg) => html! { figure { (PreEscaped(svg)) } },
        Block::Table(_, rows) if rows.is_empty() => html! { p { "none" } },
        Block::Table(head, rows) => html! {
            table {
                thead { tr { @for cell in head { th scope="col" { (clean(cell)) } } } }
                tbody { @for row in rows { tr { @for cell in row { (data(cell)) } } } }
            }
        },
    }
}

/// A cell; what is short and begins with a digit is a number, a time or a day, and stays on one line.
fn data(cell: &str) -> Markup {
    let short = cell.len() <= "1990-08-06".len() && cell.starts_with(|c: char| c.is_ascii_digit());
    html! { td class=[short.then_some("day")] { (clean(cell)) } }
}
