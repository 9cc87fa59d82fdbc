//! Plurals of classes and roles: the only words whose inflection is worked out and not spelled out.

/// `parties` to `party`, `guarantors` to `guarantor`; a word that is no plural stays.
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies")
        && !stem.is_empty()
    {
        return format!("{stem}y");
    }
    let kept = ["ss", "us", "is"];
    match word.strip_suffix('s') {
        Some(stem) if !stem.is_empty() && !kept.iter().any(|end| word.ends_with(end)) => {
            stem.to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn cuts_plurals_only() {
        let pairs = [
            ("parties", "party"),
            ("guarantors", "guarantor"),
            ("great-powers", "great-power"),
            ("state", "state"),
            ("guaranteed", "guaranteed"),
            ("axis", "axis"),
            ("s", "s"),
        ];
        for (plural, single) in pairs {
            assert_eq!(singular(plural), single);
        }
    }
}
