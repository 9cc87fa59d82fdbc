//! What an outcome rests on, as one text: ten thousand of them are kept, and hardly ever looked into.

use super::reach::Reach;

/// A [`Reach`] in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(String);

/// Between the parts of a reach, the entries of a part, and the words of an entry.
const MARKS: [char; 3] = ['|', ';', ','];

/// Of what rests on everything.
const EVERYTHING: &str = "*";

impl Packed {
    /// Packs it. A name in which a mark stands is not to be told from two: what rests on it, rests on everything.
    pub fn of(reach: &Reach) -> Self {
        let names = [&reach.treaties, &reach.acts].into_iter().flatten();
        let names = names.chain(reach.listed.iter().flatten());
        let mut names = names.chain(reach.sentences.iter().flatten());
        if reach.everything || names.any(|name| name.contains(MARKS)) {
            return Self(EVERYTHING.to_owned());
        }
        let listed = reach.listed.as_ref();
        let listed = listed.map_or_else(String::new, |listed| format!("={}", listed.join(";")));
        let sentences: Vec<String> = reach.sentences.iter().map(|one| one.join(",")).collect();
        let parts = [
            listed,
            reach.treaties.join(";"),
            sentences.join(";"),
            reach.acts.join(";"),
        ];
        Self(parts.join("|"))
    }

    /// Unpacks it; a text that is none rests on everything.
    pub fn open(&self) -> Reach {
        let parts: Vec<&str> = self.0.split('|').collect();
        let [listed, treaties, sentences, acts] = parts.as_slice() else {
            return Reach {
                everything: true,
                ..Reach::default()
            };
        };
        let words = |text: &str, mark: char| text.split(mark).map(str::to_owned).collect();
        let list = |text: &&str| -> Vec<String> {
            if text.is_empty() {
                Vec::new()
            } else {
                words(text, ';')
            }
        };
        let sentences = list(sentences).into_iter();
        Reach {
            everything: false,
            listed: listed.strip_prefix('=').map(|listed| list(&listed)),
            treaties: list(treaties),
            sentences: sentences.map(|one| words(&one, ',')).collect(),
            acts: list(acts),
        }
    }

    /// As it is written.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// As it was written.
    pub(super) fn of_text(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let full = Reach {
            everything: false,
            listed: Some(words(&["pact"])),
            treaties: words(&["pact", "un-charter"]),
            sentences: vec![words(&["attack", "arcadia", "", "army of borland", ""])],
            acts: words(&["assist", "refuse assist"]),
        };
        let nothing_listed = Reach {
            listed: Some(Vec::new()),
            ..full.clone()
        };
        for reach in [full, nothing_listed, Reach::default()] {
            assert_eq!(Packed::of(&reach).open(), reach);
        }
    }

    #[test]
    fn what_cannot_be_packed_rests_on_everything() {
        let odd = Reach {
            treaties: words(&["one;two"]),
            ..Reach::default()
        };
        assert!(Packed::of(&odd).open().everything);
        assert!(Packed::of_text("of another version").open().everything);
    }
}
