//! A little fuzzing with a fixed seed: mutations of the shipped files, and inputs that once did harm.

#[path = "properties.rs"]
mod properties;

use std::path::{Path, PathBuf};

/// A small generator of numbers (xorshift), so that each run tries the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Pieces of a text: words, signs and white space.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_alphanumeric() || c == '-', c.is_whitespace());
        let word = kind(first) != (false, false);
        let end = rest.find(|c| !word || kind(c) != kind(first));
        let end =
            end.filter(|end| *end > 0)
                .unwrap_or(if word { rest.len() } else { first.len_utf8() });
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

/// A text changed in one of several ways; `other` gives pieces to splice in.
fn mutated(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut pieces = tokens(text);
    // A text that an earlier change has emptied.
    if pieces.is_empty() {
        return other.to_owned();
    }
    let (one, two) = (dice.below(pieces.len()), dice.below(pieces.len()));
    let (first, last) = (one.min(two), one.max(two).min(one.min(two) + 40));
    match dice.below(7) {
        0 => {
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        1 => {
            bytes.truncate(dice.below(bytes.len()));
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        2 => pieces.swap(one, two),
        3 => {
            let copied = pieces[first..last].to_vec();
            pieces.splice(first..first, copied);
        }
        4 => {
            pieces.drain(first..last);
        }
        5 => {
            let others = tokens(other);
            let from = dice.below(others.len());
            let length = dice.below(20).min(others.len() - from);
            pieces.splice(one..one, others[from..from + length].iter().copied());
        }
        _ => {
            let odd = [
                "0001-01-01",
                "9999-12-31",
                "2024-02-30",
                "99999999999",
                "-0",
                "\u{feff}",
                "é",
                "\0",
                "(",
                ")",
                "\"",
                ".",
                ";",
                "#",
                "not",
                "either",
                "other than",
                "end",
                "1/0",
                "&a",
                "*a",
                "~",
                "[]",
                "{}",
                "\r\n",
            ];
            pieces[one] = *dice.of(&odd);
        }
    }
    pieces.concat()
}

/// The texts of all files under a folder that end so, in the order of their paths.
fn texts(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).unwrap();
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|known| known == ending) {
            let text = std::fs::read(&path).unwrap();
            found.push((path, String::from_utf8_lossy(&text).into_owned()));
        }
    }
    found.sort();
    found
}

/// Mutates `count` texts by turns; some are mutated more than once.
fn try_mutations(texts: &[(PathBuf, String)], count: usize, property: impl Fn(&str)) {
    let mut dice = Dice(0x1914_0804);
    for turn in 0..count {
        let (_, text) = &texts[turn % texts.len()];
        let (_, other) = dice.of(texts);
        let mut text = mutated(text, other, &mut dice);
        for _ in 0..dice.below(3) {
            text = mutated(&text, other, &mut dice);
        }
        property(&text);
    }
}

#[test]
fn mutated_treaties_are_read_and_laid_out() {
    let mut treaties = texts("rules", "treaty");
    treaties.retain(|(_, text)| text.len() < 8_000);
    treaties.extend(texts("tests/hostile", "treaty"));
    try_mutations(&treaties, 400, |text| {
        properties::parses(text);
        properties::goes_round(text);
    });
}

#[test]
fn mutated_scenarios_are_evaluated() {
    let project = properties::project();
    try_mutations(&texts("tests/hostile", "yaml"), 120, |text| {
        properties::evaluates(&project, text);
    });
    try_mutations(&texts("scenarios", "yaml"), 120, |text| {
        properties::evaluates(&project, text);
    });
}

#[cfg(feature = "exercise")]
#[test]
fn mutated_exercises_are_read_drafted_and_printed() {
    let project = properties::project();
    let seeds = texts("fuzz/seeds", "yaml");
    for (_, text) in &seeds {
        properties::exercises(&project, text);
    }
    try_mutations(&seeds, 200, |text| properties::exercises(&project, text));
}

#[test]
fn what_once_did_harm_does_none() {
    for (_, text) in texts("tests/hostile", "treaty") {
        properties::parses(&text);
        properties::goes_round(&text);
    }
    let project = properties::project();
    for (_, text) in texts("tests/hostile", "yaml") {
        properties::evaluates(&project, &text);
    }
}

#[test]
fn the_dictionary_of_the_fuzzer_holds_every_word() {
    let dictionary = include_str!("../../fuzz/treaty.dict");
    let holds = |word: &&&str| dictionary.lines().any(|line| line == format!("\"{word}\""));
    let missing: Vec<&&str> = casus::syntax::words::KEYWORDS
        .iter()
        .filter(|word| !holds(word))
        .collect();
    assert!(missing.is_empty(), "not in fuzz/treaty.dict: {missing:?}");
}
