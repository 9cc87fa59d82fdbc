//! A report as Markdown; what people wrote is text there and never markup.

use super::{Block, clean};
use std::fmt::Write as _;

/// The blocks as Markdown, with the marking above and below.
pub fn markdown(marking: &str, blocks: &[Block]) -> String {
    let marking = escaped(marking);
    let mut text = format!("**{marking}**\n");
    for block in blocks {
        text.push('\n');
        match block {
            Block::Page => {
                let _ = writeln!(text, "---\n\n**{marking}**");
            }
            block => write_block(&mut text, block),
        }
    }
    let _ = write!(text, "\n**{marking}**\n");
    text
}

fn write_block(text: &mut String, block: &Block) {
    match block {
        Block::Heading(level, words) => {
            let hashes = "#".repeat(usize::from(*level));
            let _ = writeln!(text, "{hashes} {}", escaped(words));
        }
        Block::Paragraph(words) => {
            let _ = writeln!(text, "{}", escaped(words));
        }
        Block::Page => {}
        Block::List(lines) if lines.is_empty() => text.push_str("none\n"),
        Block::List(lines) => {
            for line in lines {
                let _ = writeln!(text, "- {}", escaped(line));
            }
        }
        // The table that goes with it says the same.
        Block::Picture(_) => text.push_str("(The picture is in the HTML report.)\n"),
        Block::Table(_, rows) if rows.is_empty() => text.push_str("none\n"),
        Block::Table(head, rows) => {
            write_row(text, head);
            let _ = writeln!(text, "|{}", " --- |".repeat(head.len()));
            for row in rows {
                write_row(text, row);
            }
        }
    }
}

fn write_row(text: &mut String, cells: &[String]) {
    let cells = cells.iter().map(|cell| escaped(cell));
    let _ = writeln!(text, "| {} |", cells.collect::<Vec<_>>().join(" | "));
}

/// Without signs that Markdown or HTML would take for markup, and on one line.
fn escaped(text: &str) -> String {
    let mut found = String::new();
    for c in clean(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        match c {
            '<' => found.push_str("&lt;"),
            '>' => found.push_str("&gt;"),
            '&' => found.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '|' | '#' | '[' | ']' | '!' | '~' => {
                found.push('\\');
                found.push(c);
            }
            c => found.push(c),
        }
    }
    found
}
