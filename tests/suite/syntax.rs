//! Treaty files: read, laid out and read again; and one fixture for each mistake.

use casus::source::Sources;
use casus::syntax::ast::File;
use casus::syntax::format::format_file;
use casus::syntax::parse_file;

/// The tree without its spans, as text.
fn tree(file: &File) -> String {
    let shown = format!("{file:?}");
    let mut out = String::new();
    let mut rest = shown.as_str();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[rest.find("end:").unwrap()..];
        rest = &rest[rest.find('}').unwrap() + 1..];
    }
    out + rest
}

fn read(name: &str, text: &str) -> File {
    let mut sources = Sources::default();
    let source = sources.add(name, text);
    let (file, found) = parse_file(source, text);
    assert!(found.is_empty(), "{name}: {found:#?}");
    file
}

/// The comments of a text, sorted.
fn comments(text: &str) -> Vec<&str> {
    let mut all: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            let quotes = |part: &str| part.matches('"').count();
            let mut hashes = line.match_indices('#');
            let at = hashes.find(|(at, _)| quotes(&line[..*at]) % 2 == 0)?.0;
            Some(line[at..].trim_end())
        })
        .collect();
    all.sort_unstable();
    all
}

#[track_caller]
fn check_layout(name: &str, text: &str) -> String {
    let file = read(name, text);
    let laid_out = format_file(&file, text);
    let again = read(name, &laid_out);
    assert_eq!(
        tree(&file),
        tree(&again),
        "{name}: another tree after\n{laid_out}"
    );
    assert_eq!(
        laid_out,
        format_file(&again, &laid_out),
        "{name}: laid out anew"
    );
    assert_eq!(comments(text), comments(&laid_out), "{name}: comments lost");
    laid_out
}

#[test]
fn shipped_treaties_keep_their_meaning_in_layout() {
    let mut count = 0;
    insta::glob!("../../rules", "**/*.treaty", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        check_layout(&path.display().to_string(), &text);
        count += 1;
    });
    assert!(count > 0);
}
