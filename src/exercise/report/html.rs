//! A report as one HTML page that needs nothing else, made for paper too.

use super::{Block, clean};
use crate::report::sheet;
use maud::{Markup, PreEscaped, html};

/// What stands above and below: who may see it.
const STYLE: &str = "\
.marking { text-align: center; font-weight: bold; border: 2px solid #111; padding: .25rem; }
figure { margin: 1rem 0; break-inside: avoid; }
.picture { font: 12px Georgia, serif; } .picture .field { fill: none; stroke: #999; } .picture .ideal { stroke: #999; stroke-dasharray: 4; }
.picture .link { stroke: #111; } .picture .point { fill: #111; }";

/// The whole page, with the marking above and below.
pub fn page(title: &str, marking: &str, blocks: &[Block]) -> String {
    let body = html! {
        p class="marking" { (clean(marking)) }
        @for block in blocks { (shown(block)) }
        p class="marking" { (clean(marking)) }
    };
    sheet::page(&clean(title), STYLE, &body)
}

fn shown(block: &Block) -> Markup {
    match block {
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
                tbody { @for row in rows { tr { @for cell in row { td { (clean(cell)) } } } } }
            }
        },
    }
}
