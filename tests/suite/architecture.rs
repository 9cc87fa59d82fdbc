//! The house holds: who may know whom, which room is the door to which foreign package, and how files look.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms of `src`, floor by floor. A room imports from lower floors only: not from its own floor, not from above.
/// `ARCHITECTURE.md` draws the same house.
const FLOORS: &[&[&str]] = &[
    &["source", "calendar", "parallel"],
    &["extent", "diagnostic", "model"],
    &["yaml"],
    &["syntax", "scenario", "engine", "wording"],
    &["check", "explain", "needed"],
    &["project", "expect", "report", "builtin"],
    &["case", "catalogue"],
    &["exercise", "change"],
    &["drill", "serve"],
    &["cli"],
];

/// Imports against the order, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// The only files or rooms that may name a foreign package. Packages that are no door to anything, because they are but
/// containers or derive an error type, may be named everywhere.
const DOORS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic/render.rs"]),
    ("anstream", &["main.rs"]),
    ("axum", &["serve/"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("console", &["cli/review.rs"]),
    ("csv", &["exercise/report/table.rs"]),
    ("getrandom", &["serve/secret.rs"]),
    ("jiff", &["calendar.rs"]),
    (
        "maud",
        &[
            "change/coverage/html.rs",
            "exercise/picture/",
            "exercise/report/html.rs",
            "report/sheet.rs",
            "serve/page/",
        ],
    ),
    ("mimalloc", &["main.rs"]),
    ("nom", &["syntax/"]),
    ("pathfinding", &["exercise/grade.rs"]),
    ("qrcodegen", &["serve/qr.rs"]),
    ("rs_fsrs", &["drill/memory.rs"]),
    ("self_cell", &["exercise/ready.rs"]),
    ("saphyr_parser", &["yaml/locate.rs", "yaml/places.rs"]),
    (
        "serde",
        &[
            "drill/card.rs",
            "drill/memory.rs",
            "exercise/session/",
            "yaml/read.rs",
            "yaml/shape.rs",
        ],
    ),
    (
        "rusqlite",
        &["exercise/session/store.rs", "exercise/session/store/"],
    ),
    (
        "serde_json",
        &[
            "change/data.rs",
            "drill/file.rs",
            "exercise/author/schema.rs",
            "exercise/report/data.rs",
            "exercise/report/table.rs",
            "exercise/session/store/",
            "report/json.rs",
            "report/sarif.rs",
        ],
    ),
    ("serde_yaml", &["change/data.rs", "yaml/read.rs"]),
    ("sha2", &["exercise/session/bundle.rs", "serve/secret.rs"]),
    ("strsim", &["diagnostic/phrase.rs"]),
    ("terminal_size", &["main.rs"]),
    ("tokio", &["serve/"]),
    ("tokio_stream", &["serve/stream.rs"]),
];
const EVERYWHERE: &[&str] = &["indexmap", "rustc_hash", "smallvec", "thiserror"];

/// What the core never names, so that it runs wherever there is memory.
const CORE: &[&str] = &["engine", "model", "extent", "explain", "wording"];
const NOT_IN_CORE: &[&str] = &[
    "nom::",
    "serde",
    "clap",
    "crate::syntax",
    "std::fs",
    "std::io",
    "std::env",
    "std::process",
    "std::thread",
    "std::time",
    "std::net",
    "println!",
    "print!",
];

/// Longer than this is long.
const MOST_LINES: usize = 400;

/// Files that are long, each with its reason.
const LONG: &[(&str, &str)] = &[
    (
        "diagnostic/codes/check.rs",
        "a catalogue: one short constructor a mistake",
    ),
    (
        "expect.rs",
        "one question: is what is expected so; an arm a key",
    ),
    (
        "extent/days.rs",
        "one algebra: all that can be done with days",
    ),
];

struct File {
    /// Below `src`, with `/`.
    path: String,
    text: String,
}

impl File {
    /// `engine` of `engine/run.rs`, `case` of `case.rs`.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many modules deep: 1 for `case.rs` and `engine/mod.rs`, 2 for `engine/run.rs`.
    fn depth(&self) -> usize {
        let path = self.path.strip_suffix("/mod.rs").unwrap_or(&self.path);
        path.split('/').count()
    }

    /// Lines of code with the number of inline modules around each; without comments and without tests.
    fn code(&self) -> Vec<(usize, &str, usize)> {
        let mut found = Vec::new();
        let mut modules: Vec<String> = Vec::new();
        let mut test = None;
        let mut next_is_test = false;
        for (index, line) in self.text.lines().enumerate() {
            let indent = &line[..line.len() - line.trim_start().len()];
            if modules
                .last()
                .is_some_and(|open| *line == format!("{open}}}"))
            {
                modules.pop();
                if test == Some(modules.len()) {
                    test = None;
                    continue;
                }
            }
            if test.is_none() && !line.trim_start().starts_with("//") {
                found.push((index + 1, line.split(" // ").next().unwrap(), modules.len()));
            }
            let opens = line
                .trim_start()
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub ");
            if opens.starts_with("mod ") && opens.ends_with('{') {
                if next_is_test && test.is_none() {
                    test = Some(modules.len());
                    found.pop();
                }
                modules.push(indent.to_owned());
            }
            next_is_test =
                line.trim() == "#[cfg(test)]" || next_is_test && line.trim().starts_with("#[");
        }
        found
    }

    /// Rooms that the file names, each with a line: by `crate::room`, or by enough `super::`.
    fn names(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for (line, code, modules) in self.code() {
            for (at, _) in code.match_indices("crate::") {
                found.entry(first_word(&code[at + 7..])).or_insert(line);
            }
            let mut rest = code;
            while let Some(at) = rest.find("super::") {
                rest = &rest[at..];
                let mut up = 0;
                while let Some(after) = rest.strip_prefix("super::") {
                    rest = after;
                    up += 1;
                }
                if up == self.depth() + modules {
                    found.entry(first_word(rest)).or_insert(line);
                }
            }
        }
        found.retain(|room, _| room != self.room());
        found
    }
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

fn files() -> Vec<File> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                into.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let read = |path: PathBuf| File {
        path: path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/"),
        text: std::fs::read_to_string(path).unwrap(),
    };
    paths.into_iter().map(read).collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// `lib.rs` is the table of contents, `main.rs` the front door: they stand outside the floors.
fn is_room(file: &File) -> bool {
    !["lib.rs", "main.rs"].contains(&file.path.as_str())
}

#[track_caller]
fn none(found: Vec<String>, what: &str) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn every_room_has_its_floor() {
    let found: BTreeSet<String> = files()
        .iter()
        .filter(|file| is_room(file))
        .map(|file| file.room().to_owned())
        .collect();
    let known = FLOORS
        .iter()
        .flat_map(|rooms| rooms.iter().map(|room| (*room).to_owned()));
    assert_eq!(found, known.collect());
}

#[test]
fn rooms_import_from_lower_floors_only() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    let mut seen = 0;
    for file in files().iter().filter(|file| is_room(file)) {
        for (other, line) in file.names() {
            seen += 1;
            let lower = floor(&other) < floor(file.room()) && floor(&other).is_some();
            let excused = EXCEPTIONS
                .iter()
                .find(|(from, to, _)| *from == file.path && *to == other);
            if let Some(excuse) = excused {
                used.insert(*excuse);
            } else if !lower {
                wrong.push(format!("{}:{line} names `{other}`", file.path));
            }
        }
    }
    none(wrong, "imports from the same floor or from above");
    assert!(
        seen > 300,
        "only {seen} imports: the reader of imports is blind"
    );
    assert_eq!(
        used,
        EXCEPTIONS.iter().copied().collect(),
        "an exception that nobody needs"
    );
}

#[test]
fn every_foreign_package_has_one_door() {
    let manifest = include_str!("../../Cargo.toml");
    let section = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .unwrap()
        .split("\n[")
        .next()
        .unwrap();
    let packages: BTreeSet<String> = section
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.replace('-', "_"))
        .collect();
    let known = DOORS
        .iter()
        .map(|(package, _)| *package)
        .chain(EVERYWHERE.iter().copied());
    assert_eq!(
        packages,
        known.map(str::to_owned).collect(),
        "packages without a door, or doors without a package"
    );
    let mut wrong = Vec::new();
    for file in &files() {
        for (line, code, _) in file.code() {
            for (package, doors) in DOORS {
                let door = doors.iter().any(|door| file.path.starts_with(door));
                if !door && names_package(code, package) {
                    wrong.push(format!("{}:{line} names `{package}`", file.path));
                }
            }
        }
    }
    none(wrong, "a package named outside its door");
}

/// `nom::`, but not `syn_nom::` nor `super::nom::`.
fn names_package(code: &str, package: &str) -> bool {
    let path = format!("{package}::");
    code.match_indices(&path)
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn the_core_touches_nothing_outside() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| CORE.contains(&file.room())) {
        for (line, code, _) in file.code() {
            for word in NOT_IN_CORE.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("{}:{line} names `{word}`", file.path));
            }
        }
    }
    none(wrong, "the core knows memory only");
}

#[test]
fn nothing_panics_on_purpose() {
    let words = [
        ".unwrap()",
        ".expect(\"",
        "panic!(",
        "unreachable!(",
        "unimplemented!(",
        "todo!(",
        "dbg!(",
    ];
    let mut wrong = Vec::new();
    for file in files()
        .iter()
        .filter(|file| !file.path.ends_with("/tests.rs"))
    {
        for (line, code, _) in file.code() {
            for word in words.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("{}:{line} has `{word}`", file.path));
            }
        }
    }
    none(wrong, "a panic is a defect");
}

#[test]
fn every_file_opens_with_one_sentence() {
    let mut wrong = Vec::new();
    for file in &files() {
        let doc: Vec<&str> = file
            .text
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .collect();
        let first = doc
            .split(|line| line.is_empty())
            .next()
            .unwrap_or_default()
            .join("");
        if !(first.starts_with(' ') && first.ends_with('.')) {
            wrong.push(file.path.clone());
        }
    }
    none(wrong, "files that do not say what lives there");
}

#[test]
fn long_files_have_their_reason() {
    let lines: BTreeMap<String, usize> = files()
        .into_iter()
        .map(|file| (file.path, file.text.lines().count()))
        .collect();
    let excused: BTreeSet<&str> = LONG.iter().map(|(path, _)| *path).collect();
    let long = lines
        .iter()
        .filter(|(path, lines)| **lines > MOST_LINES && !excused.contains(path.as_str()))
        .map(|(path, lines)| format!("{path}: {lines} lines"));
    none(long.collect(), "long files without a reason");
    // With some room to breathe, so that a few lines less are no mistake.
    let short = excused
        .iter()
        .filter(|path| {
            lines
                .get(**path)
                .is_none_or(|lines| *lines < MOST_LINES * 3 / 4)
        })
        .map(|path| (*path).to_owned());
    none(short.collect(), "reasons for files that are short");
}

#[test]
fn the_page_on_architecture_names_every_room_and_door() {
    let page = include_str!("../../ARCHITECTURE.md");
    let rooms = FLOORS
        .iter()
        .flat_map(|rooms| rooms.iter())
        .map(|room| format!("`{room}`"));
    let packages = DOORS
        .iter()
        .map(|(package, _)| format!("`{}`", package.replace('_', "-")));
    let missing = rooms
        .chain(packages)
        .filter(|name| !page.contains(name.as_str()) && !page.contains(&name.replace('-', "_")));
    none(missing.collect(), "not in ARCHITECTURE.md");
    for (at, rooms) in FLOORS.iter().enumerate() {
        let floor = page
            .lines()
            .find(|line| line.starts_with(&format!("| {} |", at + 1)));
        let floor = floor.unwrap_or_else(|| panic!("no floor {}", at + 1));
        for room in *rooms {
            assert!(
                floor.contains(&format!("`{room}`")),
                "`{room}` is not on floor {} of the page",
                at + 1
            );
        }
    }
}
