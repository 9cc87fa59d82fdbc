//! Which cards are due, and what has become of their law.

use super::card::Card;
use super::law::{Law, law};
use super::review::{Drill, Stopped};
use crate::wording;

impl Drill<'_> {
    /// The cards that are due, by number: the day first, then those never asked.
    pub(super) fn due(&self) -> Vec<usize> {
        let cards = self.deck.cards.iter().enumerate();
        let mut due: Vec<usize> = cards
            .filter(|(_, card)| card.due() <= self.today && self.law_of(card) != Law::Gone)
            .map(|(at, _)| at)
            .collect();
        due.sort_by_key(|at| {
            let card = &self.deck.cards[*at];
            (card.due(), card.memory.is_some())
        });
        due.truncate(self.most);
        due
    }

    /// Cards whose clause means something else begin anew today; of those that are gone it is said.
    pub(super) fn look_for_new_law(&mut self) -> Result<(), Stopped> {
        let mut any = false;
        for at in 0..self.deck.cards.len() {
            let found = self.law_of(&self.deck.cards[at]);
            let card = &mut self.deck.cards[at];
            let pack = self.packs[card.situations[0].exercise].as_ref();
            match found {
                Law::Changed(norm) => {
                    if let Some(pack) = pack {
                        card.begin_anew(&pack.project.rulebook, norm);
                        card.due = self.today.to_string();
                        any = true;
                    }
                }
                Law::Gone => {
                    let rule = &card.rule;
                    let said =
                        format!("{rule} is not in the rules any more: its card is laid aside.");
                    self.say(&said)?;
                }
                // The article may have got another number.
                Law::Same(norm) => {
                    if let Some(pack) = pack {
                        let book = &pack.project.rulebook;
                        card.rule = wording::citation(book, book.norm(norm));
                    }
                }
            }
        }
        if any {
            (self.keep)(self.deck)?;
        }
        Ok(())
    }

    pub(super) fn law_of(&self, card: &Card) -> Law {
        let pack = &self.packs[card.situations[0].exercise];
        pack.as_ref()
            .map_or(Law::Gone, |pack| law(&pack.project.rulebook, card))
    }
}
