//! Makes a case on which engine and naive evaluator differ as small as it gets.

use super::compare::{Compared, compare};
use super::conditions::free;
use super::generate::Case;
use casus::calendar::PartialDate;
use casus::model::condition::Condition;
use casus::model::fact::{Assume, View};
use casus::model::norm::Head;
use casus::model::sentence::Term;
use casus::model::treaty::Entry;

/// Leaves out whatever can be left out while the two still differ.
pub(crate) fn shrink(case: &Case) -> Case {
    let mut least = case.clone();
    let mut all = smaller(&least);
    // Goes on where it stood, and stops when a whole round brought nothing.
    let (mut at, mut since) = (0, 0);
    while since < all.len() {
        at = (at + 1) % all.len();
        since += 1;
        if differs(&all[at]) {
            least = all.swap_remove(at);
            all = smaller(&least);
            since = 0;
        }
    }
    least
}

fn differs(case: &Case) -> bool {
    let compared = std::panic::catch_unwind(|| compare(case));
    matches!(compared, Ok(Compared::Different(_)))
}

/// All cases with one thing less.
fn smaller(case: &Case) -> Vec<Case> {
    let mut made = Made {
        from: case,
        cases: Vec::new(),
    };
    made.without_norms();
    made.without_facts();
    made.without_conditions();
    made.simpler_norms();
    made.simpler_facts();
    made.simpler_treaties();
    made.simpler_world();
    made.cases
}

struct Made<'a> {
    from: &'a Case,
    cases: Vec<Case>,
}

impl Made<'_> {
    /// The case changed; the change tells whether it did anything.
    fn try_to(&mut self, change: impl FnOnce(&mut Case) -> bool) {
        let mut case = self.from.clone();
        if change(&mut case) && sound(&case) {
            self.cases.push(case);
        }
    }

    fn without_norms(&mut self) {
        for index in 0..self.from.rulebook.norms.len() {
            self.try_to(|case| {
                case.rulebook.norms.remove(index);
                true
            });
        }
    }

    fn without_facts(&mut self) {
        for index in 0..self.from.scenario.facts.len() {
            self.try_to(|case| {
                case.scenario.facts.remove(index);
                true
            });
        }
        for index in 0..self.from.rulebook.history.len() {
            self.try_to(|case| {
                case.rulebook.history.remove(index);
                true
            });
        }
        for index in 0..self.from.scenario.assumptions.len() {
            self.try_to(|case| {
                case.scenario.assumptions.remove(index);
                true
            });
        }
    }

    fn without_conditions(&mut self) {
        for (index, norm) in self.from.rulebook.norms.iter().enumerate() {
            for number in 0..norm.conditions.len() {
                for less in less(&norm.conditions[number]) {
                    self.try_to(|case| {
                        let before = free(&case.rulebook, &case.rulebook.norms[index]);
                        let norm = &mut case.rulebook.norms[index];
                        match less {
                            Some(less) => norm.conditions[number] = less,
                            None => {
                                norm.conditions.remove(number);
                                norm.when -= usize::from(number < norm.when);
                            }
                        }
                        before == free(&case.rulebook, &case.rulebook.norms[index])
                    });
                }
            }
            for number in 0..norm.parties.len() {
                self.try_to(|case| {
                    let before = free(&case.rulebook, &case.rulebook.norms[index]);
                    let norm = &mut case.rulebook.norms[index];
                    let (gone, _) = norm.parties.remove(number);
                    let bears = match &norm.head {
                        Head::Position(head) => head.act.terms[0] == gone,
                        Head::Deem(_) => false,
                    };
                    let ranges = matches!(gone, Term::Variable(gone) if before.contains(&gone));
                    !bears && !ranges && before == free(&case.rulebook, &case.rulebook.norms[index])
                });
                self.try_to(|case| {
                    case.rulebook.norms[index].parties[number]
                        .1
                        .take()
                        .is_some()
                });
            }
        }
    }

    fn simpler_norms(&mut self) {
        for (index, norm) in self.from.rulebook.norms.iter().enumerate() {
            self.try_to(|case| case.rulebook.norms[index].layer.take().is_some());
            self.try_to(|case| case.rulebook.norms[index].clause.take().is_some());
            self.try_to(|case| {
                let dates = &mut case.rulebook.norms[index].dates;
                let always = casus::calendar::Days::ALWAYS;
                std::mem::replace(dates, always) != always
            });
            let Head::Position(head) = &norm.head else {
                continue;
            };
            for number in 0..head.prevails_over.len() {
                self.head(index, |head| {
                    head.prevails_over.remove(number);
                    true
                });
            }
            for number in 0..head.subject_to.len() {
                self.head(index, |head| {
                    head.subject_to.remove(number);
                    true
                });
            }
            self.head(index, |head| head.until.take().is_some());
            self.head(index, |head| head.before.take().is_some());
            self.head(index, |head| std::mem::take(&mut head.outlives));
            self.head(index, |head| head.deadline.take().is_some());
            self.head(index, |head| head.amount.take().is_some());
            self.head(index, |head| head.act.place.take().is_some());
            self.head(index, |head| std::mem::take(&mut head.own_choice));
            self.head(index, |head| std::mem::take(&mut head.lapses_on_breach));
            if let Some(until) = &head.until {
                for less in less(until).into_iter().flatten() {
                    self.head(index, |head| {
                        head.until = Some(less);
                        true
                    });
                }
            }
        }
    }

    fn head(
        &mut self,
        index: usize,
        change: impl FnOnce(&mut casus::model::norm::PositionHead) -> bool,
    ) {
        self.try_to(|case| match &mut case.rulebook.norms[index].head {
            Head::Position(head) => change(head),
            Head::Deem(_) => false,
        });
    }

    fn simpler_facts(&mut self) {
        for index in 0..self.from.scenario.facts.len() {
            let mut fact = |change: &dyn Fn(&mut casus::model::fact::Fact) -> bool| {
                self.try_to(|case| change(&mut case.scenario.facts[index]));
            };
            fact(&|fact| fact.atom.place.take().is_some());
            fact(&|fact| fact.atom.amount.take().is_some());
            fact(&|fact| {
                fact.asserted_by.clear();
                fact.denied_by.clear();
                std::mem::take(&mut fact.contested)
            });
            fact(&|fact| std::mem::take(&mut fact.negated));
            fact(&|fact| fact.to.take().is_some());
            fact(&|fact| {
                let first = PartialDate::Day(fact.from.first());
                std::mem::replace(&mut fact.from, first) != first
            });
            fact(&|fact| {
                let last = fact.to.map(|to| PartialDate::Day(to.first()));
                std::mem::replace(&mut fact.to, last) != last
            });
            fact(&|fact| !std::mem::take(&mut fact.asserted_by).is_empty());
        }
        self.try_to(|case| std::mem::replace(&mut case.assume, Assume::None) != Assume::None);
        self.try_to(|case| std::mem::replace(&mut case.scenario.view, View::Full) != View::Full);
        self.try_to(|case| case.scenario.treaties.take().is_some());
    }

    fn simpler_treaties(&mut self) {
        let always = casus::calendar::Days {
            first: super::generate::START,
            last: casus::calendar::Day::LAST,
        };
        for (index, treaty) in self.from.rulebook.treaties.iter().enumerate() {
            for number in 0..treaty.parties.len() {
                self.try_to(|case| {
                    case.rulebook.treaties[index].parties.remove(number);
                    true
                });
                self.try_to(|case| {
                    let party = &mut case.rulebook.treaties[index].parties[number];
                    let days = casus::calendar::Days::ALWAYS;
                    std::mem::replace(&mut party.dates, days) != days
                });
                self.try_to(|case| {
                    let party = &mut case.rulebook.treaties[index].parties[number];
                    party.role.take().is_some()
                });
            }
            let mut head = |change: &dyn Fn(&mut casus::model::treaty::Treaty) -> bool| {
                self.try_to(|case| change(&mut case.rulebook.treaties[index]));
            };
            head(&|treaty| {
                std::mem::replace(&mut treaty.entry, Entry::Stated(always)) != Entry::Stated(always)
            });
            head(&|treaty| treaty.signed.take().is_some());
            head(&|treaty| treaty.parties_of.take().is_some());
            head(&|treaty| treaty.provisional.take().is_some());
            head(&|treaty| treaty.term.take().is_some());
            head(&|treaty| treaty.ends_on.take().is_some());
            head(&|treaty| treaty.endings.pop().is_some());
            head(&|treaty| treaty.prolonged.take().is_some());
            head(&|treaty| treaty.ends_after_denunciation.take().is_some());
            head(&|treaty| treaty.leaves_after_withdrawal.take().is_some());
            head(&|treaty| treaty.while_in_force.take().is_some());
            head(&|treaty| treaty.layer.take().is_some());
            head(&|treaty| !std::mem::take(&mut treaty.replaces).is_empty());
            head(&|treaty| !std::mem::take(&mut treaty.prevails_over).is_empty());
            head(&|treaty| !std::mem::take(&mut treaty.subject_to).is_empty());
            head(&|treaty| std::mem::take(&mut treaty.prevails_over_all));
            head(&|treaty| std::mem::take(&mut treaty.open_to_every_state));
            head(&|treaty| std::mem::take(&mut treaty.peremptory));
            head(&|treaty| std::mem::take(&mut treaty.retroactive));
        }
    }

    fn simpler_world(&mut self) {
        for index in 0..self.from.rulebook.predicates.len() {
            self.try_to(|case| {
                let predicate = &mut case.rulebook.predicates[index];
                !std::mem::take(&mut predicate.broader).is_empty()
            });
            self.try_to(|case| std::mem::take(&mut case.rulebook.predicates[index].open));
            self.try_to(|case| std::mem::take(&mut case.rulebook.predicates[index].symmetric));
        }
        for index in 0..self.from.rulebook.places.len() {
            let mut place = |change: &dyn Fn(&mut casus::model::geography::Place) -> bool| {
                self.try_to(|case| change(&mut case.rulebook.places[index]));
            };
            place(&|place| place.within.pop().is_some());
            place(&|place| place.sovereign.pop().is_some());
            place(&|place| place.administered.pop().is_some());
            place(&|place| place.claimed.pop().is_some());
        }
        for index in 0..self.from.rulebook.areas.len() {
            for line in 0..self.from.rulebook.areas[index].lines.len() {
                self.try_to(|case| {
                    case.rulebook.areas[index].lines.remove(line);
                    true
                });
            }
        }
        for index in 0..self.from.rulebook.entities.len() {
            self.try_to(|case| {
                let always = casus::model::entity::Existence::always();
                let exists = &mut case.rulebook.entities[index].exists;
                std::mem::replace(exists, always.clone()) != always
            });
            self.try_to(|case| match &mut case.rulebook.entities[index].kind {
                casus::model::entity::EntityKind::State {
                    continues, within, ..
                } => {
                    let some = !continues.is_empty() || !within.is_empty();
                    continues.clear();
                    within.clear();
                    some
                }
                _ => false,
            });
        }
    }
}

/// Facts of record start positions only of those whom the scenario names (M2), and the naive evaluator does not look.
fn sound(case: &Case) -> bool {
    case.rulebook.history.iter().all(|record| {
        let mut facts = case.scenario.facts.iter();
        facts.any(|fact| fact.atom.arguments[0] == record.atom.arguments[0])
    })
}

/// What may stand in place of a condition: nothing, or a part of it.
fn less(condition: &Condition) -> Vec<Option<Condition>> {
    let mut found = vec![None];
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            found.extend(parts.iter().cloned().map(Some));
        }
        Condition::Not(inner) => {
            for less in less(inner).into_iter().flatten() {
                found.push(Some(Condition::Not(Box::new(less))));
            }
        }
        Condition::Considers { who, what } => {
            for less in less(what).into_iter().flatten() {
                found.push(Some(Condition::Considers {
                    who: *who,
                    what: Box::new(less),
                }));
            }
        }
        Condition::Sentence { pattern, tense } => {
            let mut simpler = pattern.clone();
            if simpler.place.take().is_some() {
                found.push(Some(Condition::Sentence {
                    pattern: simpler.clone(),
                    tense: *tense,
                }));
            }
            if let Some(place) = &pattern.place
                && place.spots.len() > 1
            {
                for spot in &place.spots {
                    let mut one = pattern.clone();
                    if let Some(place) = &mut one.place {
                        place.spots = vec![*spot];
                    }
                    found.push(Some(Condition::Sentence {
                        pattern: one,
                        tense: *tense,
                    }));
                }
            }
            simpler = pattern.clone();
            if simpler.amount.take().is_some() {
                found.push(Some(Condition::Sentence {
                    pattern: simpler,
                    tense: *tense,
                }));
            }
        }
        Condition::Count {
            comparison,
            threshold,
            counted,
            class,
            except,
            body,
        } if !except.is_empty() => {
            found.push(Some(Condition::Count {
                comparison: *comparison,
                threshold: *threshold,
                counted: *counted,
                class: class.clone(),
                except: Vec::new(),
                body: body.clone(),
            }));
        }
        _ => {}
    }
    found
}
