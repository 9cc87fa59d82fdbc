//! A page of HTML that needs nothing else: its head, and the style that all such pages share.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// For a screen and for paper: tables that break between rows only.
const STYLE: &str = "\
body { font: 16px/1.5 Georgia, serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #999; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
h1, h2, h3 { break-after: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } }
@page { margin: 18mm; }
";

/// The whole page; `style` is added to what all pages share.
pub fn page(title: &str, style: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}
