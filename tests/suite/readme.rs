//! The README and the pages of `docs/` tell the truth: their files are sound, their commands run, their output is real.
//!
//! Read by the word after the three backquotes:
//!
//! - `console`: lines with `$ ` are commands, the lines below what they print; a line `...` stands for any number of lines;
//! - `sh`: commands that have to succeed;
//! - `treaty file=NAME`, `yaml file=NAME`: a file, there for the commands of its page that follow;
//! - `diff`: an edit; `--- rules/FILE` and `+++ FOLDER/FILE` on top make a copy of the rules, in which it is made;
//! - `treaty from=PATH`: a part of a file of this repository, with `...` for what is left out.
//!
//! With `BLESS=1` in the environment a page with other output is written anew.

use crate::scratch::Scratch;
use std::path::Path;
use std::process::Command;

/// Commands that are not run here: what they do is what is happening already.
const NOT_RUN: &[&str] = &["cargo test", "cargo install --path ."];

const GAP: &str = "...";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fenced sample: the line of its fence, what the fence says, and its lines.
struct Sample<'a> {
    line: usize,
    info: Vec<&'a str>,
    body: Vec<&'a str>,
}

impl Sample<'_> {
    fn option(&self, key: &str) -> Option<&str> {
        let of = |word: &&str| word.split_once('=').is_some_and(|(found, _)| found == key);
        Some(self.info.iter().copied().find(of)?.split_once('=')?.1)
    }
}

fn samples(page: &str) -> Vec<Sample<'_>> {
    let mut found: Vec<Sample<'_>> = Vec::new();
    let mut inside = false;
    for (index, line) in page.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            if !inside {
                found.push(Sample {
                    line: index + 1,
                    info: info.split_whitespace().collect(),
                    body: Vec::new(),
                });
            }
            inside = !inside;
        } else if inside {
            found.last_mut().unwrap().body.push(line);
        }
    }
    assert!(!inside, "a sample without an end");
    found
}

/// A folder with the rulebook and the scenarios, and whatever a page puts there.
struct Place {
    folder: Scratch,
    status: Option<i32>,
}

impl Place {
    fn new(page: &str) -> Self {
        let folder = Scratch::new(&format!("page-{}", page.replace('/', "-")));
        for part in ["rules", "scenarios"] {
            copy(&root().join(part), &folder.join(part));
        }
        Self {
            folder,
            status: None,
        }
    }

    /// What a command prints, on both streams, without the spaces at the end.
    fn run(&mut self, command: &str) -> String {
        if command == "echo $?" {
            return self.status.unwrap().to_string();
        }
        let words = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (["cargo", "run", "--release", "--", arguments @ ..] | ["casus", arguments @ ..]) =
            words.as_slice()
        else {
            panic!("a command that is not run here: {command}");
        };
        let result = Command::new(env!("CARGO_BIN_EXE_casus"))
            .args(arguments)
            // As at somebody's desk: there `casus test` writes what waits.
            .env_remove("CI")
            .current_dir(&self.folder)
            .output()
            .unwrap();
        self.status = result.status.code();
        let text = [result.stdout, result.stderr]
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .concat();
        text.lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
            .trim_end()
            .to_owned()
    }
}

/// Makes the edit of a `diff` sample: each line of it that begins with `-` or with a space must stand there.
fn edit(folder: &Path, body: &[&str]) {
    let [old, new, hunks @ ..] = body else {
        panic!("an edit begins with two names of files");
    };
    let old = folder.join(old.strip_prefix("--- ").unwrap());
    let new = folder.join(new.strip_prefix("+++ ").unwrap());
    let top = |path: &Path| {
        let inside = path.strip_prefix(folder).unwrap();
        folder.join(inside.components().next().unwrap())
    };
    copy(&top(&old), &top(&new));
    let side = |other: char| -> String {
        let lines = hunks.iter().filter(|line| !line.starts_with(other));
        lines.map(|line| format!("{}\n", &line[1..])).collect()
    };
    let text = std::fs::read_to_string(&old).unwrap();
    assert!(
        text.contains(&side('+')),
        "this is not in {}:\n{}",
        old.display(),
        side('+')
    );
    std::fs::write(new, text.replacen(&side('+'), &side('-'), 1)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(path, to).unwrap();
        }
    }
}

/// The words of a command; double quotes hold words together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Whether the shown lines are the real ones, gaps apart.
fn is_shown(shown: &[&str], real: &[&str]) -> bool {
    match shown.iter().position(|line| *line == GAP) {
        None => shown == real,
        Some(at) => {
            let rest = &shown[at + 1..];
            real.starts_with(&shown[..at])
                && (at..=real.len()).any(|from| is_shown(rest, &real[from..]))
        }
    }
}

/// What to show instead: as many lines before and behind a gap as were shown so far.
fn anew<'a>(shown: &[&str], real: &[&'a str]) -> Vec<&'a str> {
    let head = shown
        .iter()
        .position(|line| *line == GAP)
        .unwrap_or(real.len());
    let tail = shown
        .iter()
        .rev()
        .position(|line| *line == GAP)
        .unwrap_or(0);
    if real.len() <= head + tail {
        return real.to_vec();
    }
    [&real[..head], &[GAP], &real[real.len() - tail..]].concat()
}

/// A `console` sample as it should be.
fn replay(sample: &Sample<'_>, place: &mut Place) -> Vec<String> {
    let mut made = Vec::new();
    let mut rest = sample.body.as_slice();
    while let Some((command, after)) = rest.split_first() {
        let command_text = command
            .strip_prefix("$ ")
            .expect("a sample begins with a command");
        let end = after
            .iter()
            .position(|line| line.starts_with("$ "))
            .unwrap_or(after.len());
        let shown = &after[..end];
        rest = &after[end..];
        let printed = place.run(command_text);
        let real: Vec<&str> = printed.lines().collect();
        made.push((*command).to_owned());
        let right = if is_shown(shown, &real) {
            shown.to_vec()
        } else {
            anew(shown, &real)
        };
        made.extend(right.into_iter().map(str::to_owned));
    }
    made
}

fn check_excerpt(body: &[&str], path: &str) {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    let real: Vec<&str> = text.lines().collect();
    let shown = [&[GAP], body, &[GAP]].concat();
    assert!(
        is_shown(&shown, &real),
        "this is not in {path}:\n{}",
        body.join("\n")
    );
}

/// A sample that shows what is not so: its lines, and what they should be.
struct Wrong {
    lines: std::ops::Range<usize>,
    right: Vec<String>,
}

/// Goes through a page, sample by sample.
fn go_through(name: &str, page: &str) -> Vec<Wrong> {
    let mut place = Place::new(name);
    let mut wrong = Vec::new();
    for sample in samples(page) {
        let kind = sample.info.first().copied().unwrap_or_default();
        if let Some(file) = sample.option("file") {
            let path = place.folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, sample.body.join("\n") + "\n").unwrap();
        } else if let Some(path) = sample.option("from") {
            check_excerpt(&sample.body, path);
        } else if kind == "diff" {
            edit(&place.folder, &sample.body);
        } else if kind == "console" {
            let right = replay(&sample, &mut place);
            if right != sample.body {
                let lines = sample.line..sample.line + sample.body.len();
                wrong.push(Wrong { lines, right });
            }
        } else if kind == "sh" {
            let commands = sample
                .body
                .iter()
                .filter(|command| !NOT_RUN.contains(command));
            for command in commands {
                let said = place.run(command);
                assert_eq!(
                    place.status,
                    Some(0),
                    "{name}:{}: {command}\n{said}",
                    sample.line
                );
            }
        }
    }
    wrong
}

#[track_caller]
fn holds(name: &str) {
    let path = root().join(name);
    let page = std::fs::read_to_string(&path).unwrap();
    let wrong = go_through(name, &page);
    if std::env::var_os("BLESS").is_some() {
        let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
        for one in wrong.into_iter().rev() {
            lines.splice(one.lines, one.right);
        }
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
        return;
    }
    let told: Vec<String> = wrong
        .iter()
        .map(|one| {
            format!(
                "{name}:{} should show\n{}\n",
                one.lines.start + 1,
                one.right.join("\n")
            )
        })
        .collect();
    assert!(
        told.is_empty(),
        "{}(`BLESS=1 cargo test readme` writes it so)",
        told.join("\n")
    );
}

#[test]
fn the_readme_shows_what_happens() {
    holds("README.md");
}

#[test]
fn the_pages_of_docs_show_what_happens() {
    for entry in std::fs::read_dir(root().join("docs")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let name = path.strip_prefix(root()).unwrap();
            holds(name.to_str().unwrap());
        }
    }
}

/// What a newcomer sees first: one sentence, the first command with its output, the second.
#[test]
fn the_readme_begins_with_the_two_commands() {
    let page = include_str!("../../README.md");
    let commands: Vec<&str> = samples(page)
        .iter()
        .flat_map(|sample| sample.body.clone())
        .filter(|line| line.contains("cargo "))
        .collect();
    assert_eq!(
        commands[..2],
        [
            "$ cargo run --release -- run scenarios/seed/kursk-2024-12-10.yaml",
            "cargo test"
        ]
    );
    let first = page
        .lines()
        .position(|line| line.contains("cargo run"))
        .unwrap();
    assert!(first < 12, "the first command stands on line {first}");
}

/// Links into the repository lead somewhere.
#[test]
fn links_lead_somewhere() {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/README.md",
        "docs/encoding.md",
        "docs/list-json.md",
        "docs/rulebook.md",
        "docs/casebook.md",
        "docs/warnings.md",
        "docs/outcome-json.md",
        "docs/exit-codes.md",
    ] {
        let path = root().join(page);
        let text = std::fs::read_to_string(&path).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let target = link.split('#').next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                assert!(
                    path.parent().unwrap().join(target).exists(),
                    "{page} links to {link}"
                );
            }
        }
    }
}
