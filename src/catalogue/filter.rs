//! What somebody looks for: each word in every sense that it can have.

use super::fold::{fold, speaks_of, wanted};
use crate::calendar::{Day, Days, PartialDate};
use crate::model::entity::{Entity, EntityKind};
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;

/// Everything that was asked for; all of it must fit.
pub(super) struct Filters {
    others: Vec<Filter>,
    /// The days asked for: those of every date.
    pub(super) days: Days,
    /// Whether a date was given.
    pub(super) dated: bool,
}

/// One thing asked for that is no date.
struct Filter {
    words: Vec<String>,
    /// What is called exactly so.
    named: Vec<EntityId>,
}

impl Filters {
    pub(super) fn of(texts: &[String], rulebook: &Rulebook) -> Self {
        let mut filters = Self {
            others: Vec::new(),
            days: Days::ALWAYS,
            dated: false,
        };
        for text in texts {
            match days(text) {
                Some(days) => filters.narrow(days),
                None => filters.others.push(Filter {
                    words: wanted(text),
                    named: called(rulebook, text),
                }),
            }
        }
        filters
    }

    fn narrow(&mut self, days: Days) {
        self.days.first = self.days.first.max(days.first);
        self.days.last = self.days.last.min(days.last);
        self.dated = true;
    }

    /// Whether all that is no date fits: the texts speak of it, or it is the name of something that has to do with it.
    pub(super) fn fit(&self, texts: &str, concerns: impl Fn(EntityId) -> bool) -> bool {
        let folded = fold(texts);
        let fits = |filter: &Filter| {
            speaks_of(&folded, &filter.words) || filter.named.iter().any(|id| concerns(*id))
        };
        self.others.iter().all(fits)
    }
}

/// `1914`, `1914-08`, `1914-08-04`, `1914..1918`, and as people write it `1914-1918`
fn days(text: &str) -> Option<Days> {
    let years = text
        .split_once(['-', '–'])
        .filter(|(from, to)| from.len() == 4 && to.len() == 4);
    let (from, to) = text.split_once("..").or(years).unwrap_or((text, text));
    let end = |text: &str, open: Day, day: fn(PartialDate) -> Day| match text {
        "" => Some(open),
        text => PartialDate::parse(text).map(day),
    };
    let first = end(from, Day::FIRST, PartialDate::first)?;
    let last = end(to, Day::LAST, PartialDate::last)?;
    (!text.is_empty()).then_some(Days { first, last })
}

/// Everything in the rulebook that is called so: by its name, its title, another of its names or its code.
pub fn called(rulebook: &Rulebook, text: &str) -> Vec<EntityId> {
    let folded = fold(text);
    let is = |entity: &Entity| {
        let mut names = std::iter::once(&entity.name)
            .chain(&entity.title)
            .chain(&entity.also)
            .chain(code(entity));
        names.any(|name| fold(name) == folded)
    };
    let ids = rulebook.names.values();
    ids.filter(|id| is(&rulebook.entities[id.index()]))
        .copied()
        .collect()
}

/// `FR`
pub(super) fn code(entity: &Entity) -> Option<&String> {
    match &entity.kind {
        EntityKind::State { code, .. } => code.as_ref(),
        _ => None,
    }
}

/// All that something is called, as one text.
pub(super) fn names(entity: &Entity) -> String {
    let mut text = entity.name.clone();
    for name in entity.title.iter().chain(&entity.also).chain(code(entity)) {
        text.push(' ');
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        days(text).map(|days| format!("{} {}", days.first, days.last))
    }

    #[test]
    fn dates_are_days_months_years_and_ranges() {
        assert_eq!(told("1914").as_deref(), Some("1914-01-01 1914-12-31"));
        assert_eq!(told("1914-08").as_deref(), Some("1914-08-01 1914-08-31"));
        assert_eq!(
            told("1914..1918-11-11").as_deref(),
            Some("1914-01-01 1918-11-11")
        );
        assert_eq!(
            told("1945..").map(|all| all.starts_with("1945-01-01")),
            Some(true)
        );
        assert_eq!(told("1914-1918"), told("1914..1918"));
        assert_eq!(told("nato"), None);
        assert_eq!(told(""), None);
    }
}
