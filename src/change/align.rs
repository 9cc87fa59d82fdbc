//! Two lists side by side: what is the same, what was rewritten, what is new and what is gone.

use rustc_hash::{FxHashMap, FxHashSet};

/// The text of something, and by what it is known among its like (its label; empty: by nothing).
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) key: String,
}

/// An entry of the old list, of the new list, or both.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Less alike than this, two texts are not versions of each other.
const LEAST_ALIKE: f64 = 0.4;

/// Only so many words of a text are compared.
const MOST_WORDS: usize = 10_000;

/// Pairs in the order of the new list; what is gone stands behind what it stood behind.
pub(super) fn align(old: &[Entry], new: &[Entry]) -> Vec<Pair> {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    by(old, new, &mut partner, &mut taken, |entry| {
        Some((entry.key.as_str(), entry.text.as_str()))
    });
    by(old, new, &mut partner, &mut taken, |entry| {
        Some((entry.key.as_str(), "")).filter(|(key, _)| !key.is_empty())
    });
    alike(old, new, &mut partner, &mut taken);
    in_order(old.len(), &partner, &taken)
}

/// Pairs what has the same mark, in order.
fn by<'a, K: std::hash::Hash + Eq>(
    old: &'a [Entry],
    new: &'a [Entry],
    partner: &mut [Option<usize>],
    taken: &mut FxHashSet<usize>,
    mark: impl Fn(&'a Entry) -> Option<K>,
) {
    let mut free: FxHashMap<K, Vec<usize>> = FxHashMap::default();
    for (at, entry) in old.iter().enumerate().rev() {
        if let (false, Some(mark)) = (taken.contains(&at), mark(entry)) {
            free.entry(mark).or_default().push(at);
        }
    }
    for (at, entry) in new.iter().enumerate() {
        if partner[at].is_none() {
            let found = mark(entry).and_then(|mark| free.get_mut(&mark)?.pop());
            taken.extend(found);
            partner[at] = found;
        }
    }
}

/// Pairs the most alike of what is left, if neither is known by a label that the other list knows too.
fn alike(
    old: &[Entry],
    new: &[Entry],
    partner: &mut [Option<usize>],
    taken: &mut FxHashSet<usize>,
) {
    let mut found = Vec::new();
    for (to, entry) in new
        .iter()
        .enumerate()
        .filter(|(to, _)| partner[*to].is_none())
    {
        for (from, other) in old
            .iter()
            .enumerate()
            .filter(|(from, _)| !taken.contains(from))
        {
            let likeness = likeness(&other.text, &entry.text);
            if likeness >= LEAST_ALIKE {
                found.push((likeness, from, to));
            }
        }
    }
    found.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    for (_, from, to) in found {
        if partner[to].is_none() && taken.insert(from) {
            partner[to] = Some(from);
        }
    }
}

/// The share of words in common.
fn likeness(one: &str, other: &str) -> f64 {
    let count = |text: &str| {
        text.split_whitespace()
            .take(MOST_WORDS)
            .map(|_| 1)
            .sum::<u32>()
    };
    let mut left: FxHashMap<&str, usize> = FxHashMap::default();
    for word in one.split_whitespace() {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in other.split_whitespace() {
        if let Some(left) = left.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / f64::from((count(one) + count(other)).max(1))
}

fn in_order(old: usize, partner: &[Option<usize>], taken: &FxHashSet<usize>) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    let mut gone = (0..old).filter(|at| !taken.contains(at)).peekable();
    for (to, from) in partner.iter().enumerate() {
        if let Some(from) = from {
            while let Some(at) = gone.next_if(|at| at < from) {
                found.push((Some(at), None));
            }
        }
        found.push((*from, Some(to)));
    }
    found.extend(gone.map(|at| (Some(at), None)));
    found
}

/// The phrases of a sentence that only the one has, and that only the other has: between commas and semicolons outside quotations.
pub(super) fn phrases(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let (old_parts, new_parts) = (parts(old), parts(new));
    let without = |these: &[String], those: &[String]| {
        let mut left = those.to_vec();
        let mut found = Vec::new();
        for part in these {
            match left.iter().position(|other| other == part) {
                Some(at) => drop(left.remove(at)),
                None => found.push(part.clone()),
            }
        }
        found
    };
    (
        without(&old_parts, &new_parts),
        without(&new_parts, &old_parts),
    )
}

fn parts(text: &str) -> Vec<String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quoted = false;
    let ends = |sign: char| {
        quoted ^= sign == '"';
        !quoted && matches!(sign, ',' | ';')
    };
    flat.trim_end_matches('.')
        .split(ends)
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_not_cut() {
        let told = phrases(
            "article 7 not encoded \"sale, lease; loan\", from 1950",
            "article 7 not encoded \"sale, lease\", from 1950",
        );
        let whole = |text: &str| vec![format!("article 7 not encoded \"{text}\"")];
        assert_eq!(told, (whole("sale, lease; loan"), whole("sale, lease")));
    }
}
