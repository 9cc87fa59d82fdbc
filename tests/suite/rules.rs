//! The rulebook that is shipped: without mistakes or warnings, in its layout, and the same inside the program.

use crate::scenarios::{below, rulebook};
use casus::builtin;
use casus::source::SourceId;
use casus::syntax::{format::format_file, parse_file};
use std::path::Path;

#[test]
fn the_rulebook_is_sound() {
    let project = rulebook();
    let found: Vec<String> = project
        .diagnostics
        .iter()
        .map(|found| casus::diagnostic::render::plain(found, &project.sources))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

#[test]
fn every_file_is_in_its_layout() {
    let wrong: Vec<String> = below("rules", "treaty")
        .into_iter()
        .filter(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            format_file(&parse_file(SourceId(0), &text).0, &text) != text
        })
        .map(|path| path.display().to_string())
        .collect();
    assert!(
        wrong.is_empty(),
        "`casus fmt rules` would change\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_rulebook_inside_the_program_is_that_of_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder: Vec<(String, String)> = below("rules", "treaty")
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    let mut inside: Vec<(String, String)> = builtin::RULEBOOK
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    inside.sort();
    let names =
        |all: &[(String, String)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let mut folder = folder;
    folder.sort();
    assert_eq!(names(&inside), names(&folder));
    assert!(inside == folder, "a text differs");
}

/// Each treaty in a file of its own, named like it, so that it is found.
#[test]
fn every_treaty_has_its_file() {
    let project = rulebook();
    for treaty in &project.rulebook.treaties {
        let entity = &project.rulebook.entities[treaty.entity.index()];
        let file = &project.sources.get(entity.span.source).name;
        assert!(
            file.ends_with(&format!("/{}.treaty", treaty.name)),
            "{} stands in {file}",
            treaty.name
        );
    }
}
