//! Sets of readings carried from one space to another, taken apart, and searched for the reading that costs least.

use super::reading::{Answer, Readings, Space};
use rustc_hash::FxHashMap;

impl Space {
    /// A space that keeps no more than so many sets. One more, and it is exhausted: what it says from then on is void.
    pub fn limited(most: usize) -> Self {
        let mut space = Self::default();
        space.most = most;
        space
    }

    /// Whether it was to keep more sets than it may.
    pub fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// A set of another space, its questions renumbered; `known` keeps what was imported before. It takes time by sets if the
    /// renumbering keeps their order.
    pub fn import(
        &mut self,
        from: &Self,
        set: Readings,
        number: &dyn Fn(u32) -> u32,
        known: &mut FxHashMap<Readings, Readings>,
    ) -> Readings {
        let Some(node) = from.get(set) else {
            return set;
        };
        if let Some(&imported) = known.get(&set) {
            return imported;
        }
        let no = self.import(from, node.no, number, known);
        let yes = self.import(from, node.yes, number, known);
        let question = self.question(number(node.question));
        let (one, other) = (self.and(question, yes), self.without(no, question));
        let imported = self.or(one, other);
        known.insert(set, imported);
        imported
    }

    /// The answers by which the set holds a reading at the least cost, and that cost: `cost` says what an answer to a question
    /// costs, `None` that it must not be given. Of each question one answer must cost nothing.
    pub fn cheapest(
        &self,
        set: Readings,
        cost: &dyn Fn(u32, bool) -> Option<u64>,
    ) -> Option<(u64, Vec<Answer>)> {
        let mut known: FxHashMap<Readings, Option<(u64, bool)>> = FxHashMap::default();
        let (least, _) = self.cheapest_known(set, cost, &mut known)?;
        let (mut answers, mut at) = (Vec::new(), set);
        while let Some(node) = self.get(at) {
            let yes = known
                .get(&at)
                .copied()
                .flatten()
                .is_some_and(|(_, yes)| yes);
            answers.push(Answer {
                question: node.question,
                yes,
            });
            at = if yes { node.yes } else { node.no };
        }
        Some((least, answers))
    }

    fn cheapest_known(
        &self,
        set: Readings,
        cost: &dyn Fn(u32, bool) -> Option<u64>,
        known: &mut FxHashMap<Readings, Option<(u64, bool)>>,
    ) -> Option<(u64, bool)> {
        let Some(node) = self.get(set) else {
            return (set == Readings::ALL).then_some((0, false));
        };
        if let Some(found) = known.get(&set) {
            return *found;
        }
        let [no, yes] = [(node.no, false), (node.yes, true)].map(|(half, answer)| {
            let own = cost(node.question, answer)?;
            let (rest, _) = self.cheapest_known(half, cost, known)?;
            Some((rest + own, answer))
        });
        let best = match (no, yes) {
            (Some(no), Some(yes)) => Some(if yes.0 < no.0 { yes } else { no }),
            (no, yes) => no.or(yes),
        };
        known.insert(set, best);
        best
    }

    /// The first question on which a set depends.
    pub fn first_question(&self, set: Readings) -> Option<u32> {
        self.get(set).map(|node| node.question)
    }

    /// The set with its first question answered; the set itself if that is another question.
    #[must_use]
    pub fn half(&self, set: Readings, question: u32, yes: bool) -> Readings {
        let (without, with) = self.split(set, question);
        if yes { with } else { without }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_reading_answers_yes_where_it_must() {
        let mut space = Space::default();
        let (p, q, r) = (space.question(0), space.question(1), space.question(2));
        let both = space.and(p, q);
        let set = space.or(both, r);
        let yes = |found: Option<(u64, Vec<Answer>)>| -> Vec<u32> {
            let answers = found.map(|(_, answers)| answers).unwrap_or_default();
            let yes = answers.into_iter().filter(|answer| answer.yes);
            let mut yes: Vec<u32> = yes.map(|answer| answer.question).collect();
            yes.sort_unstable();
            yes
        };
        let one = |_: u32, yes: bool| Some(u64::from(yes));
        assert_eq!(yes(space.cheapest(set, &one)), [2]);
        let not_r = |question: u32, yes: bool| (question < 2 || !yes).then_some(u64::from(yes));
        assert_eq!(yes(space.cheapest(set, &not_r)), [0, 1]);
        assert_eq!(space.cheapest(Readings::NONE, &one), None);
        // What is so already costs nothing; to take it back does.
        let stated = |question: u32, yes: bool| Some(u64::from(yes == (question > 1)));
        let none = space.not(set);
        assert_eq!(space.cheapest(none, &stated).map(|(cost, _)| cost), Some(1));
        assert_eq!(space.cheapest(set, &stated).map(|(cost, _)| cost), Some(0));
    }

    #[test]
    fn an_imported_set_is_the_same_set() {
        let (mut one, mut other) = (Space::default(), Space::default());
        let (p, q) = (one.question(0), one.question(1));
        let set = one.without(p, q);
        let imported = other.import(
            &one,
            set,
            &|question| 7 - question,
            &mut FxHashMap::default(),
        );
        let (p, q) = (other.question(7), other.question(6));
        assert_eq!(imported, other.without(p, q));
    }

    #[test]
    fn an_exhausted_space_says_so() {
        let mut space = Space::limited(2);
        let (p, q) = (space.question(0), space.question(1));
        assert!(!space.is_exhausted());
        let _ = space.and(p, q);
        assert!(space.is_exhausted());
    }
}
