//! English for messages: lists, counts and near misses.

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``.
pub fn and_ticked<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    join(
        items.into_iter().map(|item| format!("`{item}`")).collect(),
        "and",
    )
}

/// The same with `or`.
pub fn or_ticked<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    join(
        items.into_iter().map(|item| format!("`{item}`")).collect(),
        "or",
    )
}

/// `a`, `a and b`, `a, b and c` with any joining word.
pub fn join(items: Vec<String>, word: &str) -> String {
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// `1 treaty`, `2 treaties`: pass the plural where it is irregular.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// The known name nearest to `wanted`, if it is near enough to be a slip of the pen.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).max(1);
    let scored = known.into_iter().map(|name| (distance(wanted, name), name));
    scored
        .filter(|(distance, _)| *distance <= limit)
        .min_by(std::cmp::Ord::cmp)
        .map(|(_, name)| name)
}

/// Edit distance; a name that the other begins with counts as near.
fn distance(a: &str, b: &str) -> usize {
    let plain = strsim::damerau_levenshtein(a, b);
    let prefix = a.len().min(b.len()) >= 4 && (b.starts_with(a) || a.starts_with(b));
    if prefix { plain.min(1) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_english() {
        assert_eq!(and_ticked(["a"]), "`a`");
        assert_eq!(or_ticked(["a", "b"]), "`a` or `b`");
        assert_eq!(and_ticked(["a", "b", "c"]), "`a`, `b` and `c`");
    }

    #[test]
    fn offers_only_near_misses() {
        assert_eq!(nearest("rusia", ["russia", "prussia"]), Some("russia"));
        assert_eq!(nearest("xyz", ["russia", "prussia"]), None);
        assert_eq!(nearest("attacks", ["a", "at"]), None);
    }
}
