//! Which treaties a scenario needs whole: those that it names, those that these name, and so on.

use crate::syntax::words;
use rustc_hash::{FxHashMap, FxHashSet};

/// For each file, whether its articles have to be read: it has no treaty, it has a legal fiction, or one of these or what is wanted
/// leads to it. A scenario with a list of `rules` asks nothing else of other treaties than their heads and histories
/// (`docs/language.md`, C15); a fiction may decide on the life of its treaty (C10), and on the order in which things are worked out.
pub(crate) fn whole(texts: &[(String, String)], wanted: &str) -> Vec<bool> {
    let mut declaring: FxHashMap<&[u8], usize> = FxHashMap::default();
    for (at, (_, text)) in texts.iter().enumerate() {
        declaring.extend(treaties(text).map(|treaty| (treaty.as_bytes(), at)));
    }
    let in_treaty: FxHashSet<usize> = declaring.values().copied().collect();
    let mut whole = Vec::with_capacity(texts.len());
    let mut agenda = vec![wanted];
    for (at, (_, text)) in texts.iter().enumerate() {
        let has_fiction = text.contains(words::DEEM);
        whole.push(has_fiction || !in_treaty.contains(&at));
        if has_fiction {
            agenda.push(text);
        }
    }
    while let Some(text) = agenda.pop() {
        for word in names(text) {
            if let Some(at) = declaring.get(word).copied()
                && !std::mem::replace(&mut whole[at], true)
            {
                agenda.push(&texts[at].1);
            }
        }
    }
    whole
}

/// The names of the treaties that a text declares.
fn treaties(text: &str) -> impl Iterator<Item = &str> {
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix(words::TREATY));
    lines.filter_map(|line| line.split_whitespace().next())
}

/// Whatever may be a name in a text.
fn names(text: &str) -> impl Iterator<Item = &[u8]> {
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    text.as_bytes()
        .split(move |byte| !goes_on(byte))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole_of(texts: &[&str], wanted: &str) -> Vec<bool> {
        let texts: Vec<_> = texts
            .iter()
            .map(|text| (String::new(), (*text).to_owned()))
            .collect();
        whole(&texts, wanted)
    }

    #[test]
    fn treaties_are_read_whole_if_named_near_or_far() {
        let texts = [
            "state arcadia\n",
            "treaty pact\n  parties arcadia\narticle 1\n  subject to charter article 2.\n",
            "treaty charter \"The Charter\"\n",
            "treaty elsewhere\n",
        ];
        assert_eq!(whole_of(&texts, "rules: [pact]"), [true, true, true, false]);
        assert_eq!(
            whole_of(&texts, "rules: [charter]"),
            [true, false, true, false]
        );
    }

    #[test]
    fn treaties_with_fictions_are_read_whole() {
        let fiction = "treaty pact\narticle 1\n  deem arcadia is excused, if charter article 2.\n";
        let texts = [fiction, "treaty charter\n", "treaty elsewhere\n"];
        assert_eq!(whole_of(&texts, ""), [true, true, false]);
    }
}
