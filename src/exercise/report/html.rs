//! A report as one HTML page that needs nothing else, made for paper too; the only door to `maud`, which escapes all text.

use super::{Block, clean};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Print styles: A4 and Letter, tables that break between rows only.
const STYLE: &str = "\
body { font: 16px/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
.marking { text-align: center; font-weight: bold; border: 2px solid #111; padding: .25rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #999; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
h1, h2, h3 { break-after: avoid; }
figure { margin: 1rem 0; break-inside: avoid; }
.picture { font: 12px Georgia, serif; } .picture .field { fill: none; stroke: #999; } .picture .ideal { stroke: #999; stroke-dasharray: 4; }
.picture .link { stroke: #111; } .picture .point { fill: #111; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } }
@page { margin: 18mm; }";

/// The whole page, with the marking above and below.
pub fn page(title: &str, marking: &str, blocks: &[Block]) -> String {
    let body = html! {
        p class="marking" { (clean(marking)) }
        @for block in blocks { (shown(block)) }
        p class="marking" { (clean(marking)) }
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (clean(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    page.into_string()
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
