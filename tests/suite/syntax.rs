//! Treaty files: read, laid out and read again; and one fixture for each mistake.

use casus::diagnostic::render::render;
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

#[test]
fn each_mistake_is_told_as_its_fixture_says() {
    let mut seen = std::collections::BTreeSet::new();
    insta::glob!("../diagnostics/syntax", "*.treaty", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut sources = Sources::default();
        let source = sources.add(format!("{name}.treaty"), text.clone());
        let (_, found) = parse_file(source, &text);
        let code = text.lines().next().unwrap().trim_start_matches("# ");
        let told = found.iter().any(|diagnostic| diagnostic.code == code);
        assert!(told, "{name} does not show {code}");
        seen.extend(found.iter().map(|diagnostic| diagnostic.code));
        let shown = render(&found, &sources, false);
        insta::with_settings!({ snapshot_path => "../diagnostics/syntax", prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    });
    // S018 and S019 want large files: they have their own tests.
    let known: Vec<String> = (1..=17).map(|number| format!("S{number:03}")).collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn large_files_are_refused_and_many_mistakes_cut_short() {
    let codes = |text: &str| {
        let (_, found) = parse_file(casus::source::SourceId(0), text);
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&" ".repeat((16 << 20) + 1)), ["S018"]);
    let many = codes(&"state \"x\"\n".repeat(10_000));
    assert_eq!((many.len(), many.last()), (201, Some(&"S019")));
}
