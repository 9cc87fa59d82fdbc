//! Sets of readings: boolean functions over open questions, kept as hash-consed decision diagrams (Bryant 1986).

use rustc_hash::FxHashMap;

/// A set of readings. Equal sets have equal values, so a condition that covers all readings *is* [`Readings::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Readings(u32);

impl Readings {
    /// No reading: false.
    pub const NONE: Self = Self(0);
    /// Every reading: true.
    pub const ALL: Self = Self(1);

    /// A number that stands for the set within its space.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Whether it is `NONE` or `ALL`.
    pub fn is_settled(self) -> bool {
        self.0 < 2
    }
}

/// A question and how it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer {
    /// The question, by number.
    pub question: u32,
    /// Yes or no.
    pub yes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub(super) question: u32,
    pub(super) no: Readings,
    pub(super) yes: Readings,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Operation {
    And,
    Or,
    Not,
}

/// The store of all sets of readings of one run.
#[derive(Clone, Default)]
pub struct Space {
    nodes: Vec<Node>,
    known: FxHashMap<Node, Readings>,
    memo: FxHashMap<(Operation, Readings, Readings), Readings>,
    /// No more sets are kept; 0: as many as there are.
    pub(super) most: usize,
    pub(super) exhausted: bool,
}

impl Space {
    /// The readings on which the question is answered yes.
    pub fn question(&mut self, question: u32) -> Readings {
        self.node(question, Readings::NONE, Readings::ALL)
    }

    fn node(&mut self, question: u32, no: Readings, yes: Readings) -> Readings {
        if no == yes {
            return no;
        }
        let node = Node { question, no, yes };
        if self.most > 0 && self.nodes.len() >= self.most {
            self.exhausted = true;
            return Readings::NONE;
        }
        let next = Readings(self.nodes.len() as u32 + 2);
        *self.known.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            next
        })
    }

    pub(super) fn get(&self, set: Readings) -> Option<Node> {
        set.0.checked_sub(2).map(|index| self.nodes[index as usize])
    }

    /// The two halves of a set by a question that is not below its top one.
    pub(super) fn split(&self, set: Readings, question: u32) -> (Readings, Readings) {
        match self.get(set) {
            Some(node) if node.question == question => (node.no, node.yes),
            _ => (set, set),
        }
    }

    /// The question that comes first in either: the latest, so that what is gathered question by question grows at its top.
    fn top(&self, a: Readings, b: Readings) -> u32 {
        let question = |set| self.get(set).map(|node| node.question);
        question(a).max(question(b)).unwrap_or(0)
    }

    /// The readings in both.
    pub fn and(&mut self, a: Readings, b: Readings) -> Readings {
        match (a, b) {
            (Readings::NONE, _) | (_, Readings::NONE) => Readings::NONE,
            (Readings::ALL, other) | (other, Readings::ALL) => other,
            _ if a == b => a,
            _ => self.apply(Operation::And, a.min(b), a.max(b)),
        }
    }

    /// The readings in either.
    pub fn or(&mut self, a: Readings, b: Readings) -> Readings {
        match (a, b) {
            (Readings::ALL, _) | (_, Readings::ALL) => Readings::ALL,
            (Readings::NONE, other) | (other, Readings::NONE) => other,
            _ if a == b => a,
            _ => self.apply(Operation::Or, a.min(b), a.max(b)),
        }
    }

    /// The readings not in it.
    pub fn not(&mut self, a: Readings) -> Readings {
        match a {
            Readings::NONE => Readings::ALL,
            Readings::ALL => Readings::NONE,
            _ => self.apply(Operation::Not, a, a),
        }
    }

    /// The readings in the first and not in the second.
    pub fn without(&mut self, a: Readings, b: Readings) -> Readings {
        let not = self.not(b);
        self.and(a, not)
    }

    fn apply(&mut self, operation: Operation, a: Readings, b: Readings) -> Readings {
        if let Some(known) = self.memo.get(&(operation, a, b)) {
            return *known;
        }
        if self.exhausted {
            return Readings::NONE;
        }
        let question = self.top(a, b);
        let ((a_no, a_yes), (b_no, b_yes)) = (self.split(a, question), self.split(b, question));
        let (no, yes) = match operation {
            Operation::And => (self.and(a_no, b_no), self.and(a_yes, b_yes)),
            Operation::Or => (self.or(a_no, b_no), self.or(a_yes, b_yes)),
            Operation::Not => (self.not(a_no), self.not(a_yes)),
        };
        let made = self.node(question, no, yes);
        self.memo.insert((operation, a, b), made);
        made
    }

    /// The set with some questions settled: `answer` gives yes, no or nothing for each.
    pub fn settle(&mut self, set: Readings, answer: &dyn Fn(u32) -> Option<bool>) -> Readings {
        self.settle_known(set, answer, &mut FxHashMap::default())
    }

    /// Each set below is settled once, however many ways lead to it.
    fn settle_known(
        &mut self,
        set: Readings,
        answer: &dyn Fn(u32) -> Option<bool>,
        known: &mut FxHashMap<Readings, Readings>,
    ) -> Readings {
        let Some(node) = self.get(set) else {
            return set;
        };
        if let Some(&settled) = known.get(&set) {
            return settled;
        }
        let settled = match answer(node.question) {
            Some(true) => self.settle_known(node.yes, answer, known),
            Some(false) => self.settle_known(node.no, answer, known),
            None => {
                let no = self.settle_known(node.no, answer, known);
                let yes = self.settle_known(node.yes, answer, known);
                self.node(node.question, no, yes)
            }
        };
        known.insert(set, settled);
        settled
    }

    /// Whether the set holds a reading given by its answers.
    pub fn holds(&self, set: Readings, answer: &dyn Fn(u32) -> bool) -> bool {
        let mut at = set;
        while let Some(node) = self.get(at) {
            at = if answer(node.question) {
                node.yes
            } else {
                node.no
            };
        }
        at == Readings::ALL
    }

    /// The questions on which the set depends, in order.
    pub fn questions(&self, set: Readings) -> Vec<u32> {
        let mut found = std::collections::BTreeSet::new();
        let mut seen = rustc_hash::FxHashSet::default();
        let mut open = vec![set];
        while let Some(set) = open.pop() {
            if let Some(node) = self.get(set)
                && seen.insert(set)
            {
                found.insert(node.question);
                open.extend([node.no, node.yes]);
            }
        }
        found.into_iter().collect()
    }

    /// The set as alternatives of answers, none of which can be shortened or left out (Minato 1993, Morreale 1970); at most
    /// `most` of them, the shortest first.
    pub fn alternatives(&mut self, set: Readings, most: usize) -> Alternatives {
        let mut found = self.cover((set, set), most, &mut FxHashMap::default()).1;
        for cube in &mut found.listed {
            cube.sort();
        }
        found.listed.sort_by_key(|cube| (cube.len(), cube.clone()));
        found
    }

    /// An irredundant cover of everything in the first set by alternatives within the second, and what it covers. Each pair is
    /// covered once, however many ways lead to it.
    fn cover(
        &mut self,
        (lower, upper): (Readings, Readings),
        most: usize,
        known: &mut FxHashMap<(Readings, Readings), (Readings, Alternatives)>,
    ) -> (Readings, Alternatives) {
        if lower == Readings::NONE {
            return (Readings::NONE, Alternatives::default());
        }
        if upper == Readings::ALL {
            return (Readings::ALL, Alternatives::always());
        }
        if let Some(found) = known.get(&(lower, upper)) {
            return found.clone();
        }
        let question = self.top(lower, upper);
        let ((lower_no, lower_yes), (upper_no, upper_yes)) =
            (self.split(lower, question), self.split(upper, question));
        let only_no = self.without(lower_no, upper_yes);
        let only_yes = self.without(lower_yes, upper_no);
        let (covered_no, if_no) = self.cover((only_no, upper_no), most, known);
        let (covered_yes, if_yes) = self.cover((only_yes, upper_yes), most, known);
        let rest_no = self.without(lower_no, covered_no);
        let rest_yes = self.without(lower_yes, covered_yes);
        let (rest, both) = (self.or(rest_no, rest_yes), self.and(upper_no, upper_yes));
        let (covered_both, mut all) = self.cover((rest, both), most, known);
        for (yes, part) in [(false, if_no), (true, if_yes)] {
            all.add(part, Answer { question, yes });
        }
        all.keep(most);
        let (no, yes) = (
            self.or(covered_no, covered_both),
            self.or(covered_yes, covered_both),
        );
        let found = (self.node(question, no, yes), all);
        known.insert((lower, upper), found.clone());
        found
    }
}

/// Alternatives of answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternatives {
    /// The shortest of them.
    pub listed: Vec<Vec<Answer>>,
    /// How many more there are.
    pub further: u64,
}

impl Alternatives {
    fn always() -> Self {
        Self {
            listed: vec![Vec::new()],
            further: 0,
        }
    }

    fn add(&mut self, others: Self, answer: Answer) {
        self.further = self.further.saturating_add(others.further);
        self.listed
            .extend(others.listed.into_iter().map(|mut cube| {
                cube.push(answer);
                cube
            }));
    }

    fn keep(&mut self, most: usize) {
        if let Some(more @ 1..) = self.listed.len().checked_sub(most) {
            self.listed.sort_by_key(Vec::len);
            self.listed.truncate(most);
            self.further = self.further.saturating_add(more as u64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sets_are_equal_values() {
        let mut space = Space::default();
        let (p, q) = (space.question(0), space.question(1));
        let both = space.and(p, q);
        let not_p = space.not(p);
        assert_eq!(space.or(p, not_p), Readings::ALL);
        assert_eq!(space.and(p, not_p), Readings::NONE);
        assert_eq!(space.or(p, both), p);
        assert_eq!(space.questions(both), [0, 1]);
    }

    #[test]
    fn alternatives_are_short_and_none_is_idle() {
        let mut space = Space::default();
        let (p, q) = (space.question(0), space.question(1));
        let both = space.and(p, q);
        let (not_p, not_q) = (space.not(p), space.not(q));
        let neither = space.and(not_p, not_q);
        let same = space.or(both, neither);
        let yes = |question| Answer {
            question,
            yes: true,
        };
        let no = |question| Answer {
            question,
            yes: false,
        };
        assert_eq!(
            space.alternatives(same, 9).listed,
            [vec![no(0), no(1)], vec![yes(0), yes(1)]]
        );
        let either = space.or(p, q);
        assert_eq!(space.alternatives(either, 9).listed.len(), 2);
        assert_eq!(space.alternatives(Readings::ALL, 9), Alternatives::always());
    }

    #[test]
    fn alternatives_beyond_number_are_counted() {
        let mut space = Space::default();
        // At least 20 of 40: for each count so far, the readings on which it is reached.
        let mut counts = vec![Readings::ALL];
        for question in 0..40 {
            let yes = space.question(question);
            counts.push(Readings::NONE);
            for count in (1..counts.len()).rev() {
                let more = space.and(counts[count - 1], yes);
                counts[count] = space.or(counts[count], more);
            }
        }
        let found = space.alternatives(counts[20], 9);
        assert_eq!(found.listed.len(), 9);
        assert_eq!(found.further, 137_846_528_820 - 9);
        assert!(space.nodes.len() < 40 * 40 * 40, "{}", space.nodes.len());
    }

    #[test]
    fn one_more_question_costs_one_more_set() {
        let mut space = Space::default();
        let any = (0..50_000).fold(Readings::NONE, |any, question| {
            let asked = space.question(question);
            space.or(any, asked)
        });
        assert!(space.nodes.len() <= 100_000, "{}", space.nodes.len());
        assert!(space.memo.len() <= 50_000, "{}", space.memo.len());
        assert!(space.holds(any, &|question| question == 7));
    }

    #[test]
    fn settling_takes_time_by_sets_not_by_ways() {
        let mut space = Space::default();
        // Whether the number of questions answered yes is odd: 2^64 ways through 128 sets.
        let odd = (0..64).fold(Readings::NONE, |odd, question| {
            let (asked, even) = (space.question(question), space.not(odd));
            let (one, other) = (space.without(odd, asked), space.and(asked, even));
            space.or(one, other)
        });
        assert_eq!(space.settle(odd, &|_| None), odd);
        let rest = space.settle(odd, &|question| (question > 0).then_some(false));
        assert_eq!(rest, space.question(0));
    }

    #[test]
    fn settling_a_question_takes_it_out() {
        let mut space = Space::default();
        let (p, q) = (space.question(0), space.question(1));
        let both = space.and(p, q);
        assert_eq!(
            space.settle(both, &|question| (question == 0).then_some(true)),
            q
        );
        assert!(space.holds(both, &|_| true));
    }
}
