//! One change of a text at a time: a walk that counts the places where something can be changed, and changes one of them.

use crate::syntax::ast::{Name, Preface};
use rustc_hash::FxHashMap;

/// What surrounds a clause, as far as changes draw on it.
pub(super) struct Around<'a> {
    /// For each place and area those in which it lies, and some that lie in it.
    pub(super) places: &'a FxHashMap<String, Vec<String>>,
    /// Conditions of other clauses of the treaty.
    pub(super) spare: &'a [Preface],
}

/// A walk that makes one change.
pub(super) struct Mutator<'a> {
    pub(super) around: &'a Around<'a>,
    left: usize,
    made: Option<String>,
}

impl Mutator<'_> {
    /// Whether this is the place to change; the words say what is done there.
    pub(super) fn turn(&mut self, words: impl FnOnce() -> String) -> bool {
        if self.made.is_some() {
            return false;
        }
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.made = Some(words());
        true
    }

    /// Puts each of these in the place of a word, one change each.
    pub(super) fn replace(&mut self, name: &mut Name, by: &[&str]) {
        for other in by {
            if self.turn(|| format!("put `{other}` for `{}`", name.text)) {
                (*other).clone_into(&mut name.text);
                return;
            }
        }
    }

    /// Puts the places around a place and some inside it in its place.
    pub(super) fn replace_place(&mut self, name: &mut Name) {
        if let Some(others) = self.around.places.get(&name.text) {
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            self.replace(name, &others);
        }
    }

    /// Takes out each part of a list, one change each.
    pub(super) fn drop_each<T>(&mut self, list: &mut Vec<T>, words: impl Fn(&T) -> String) {
        for at in 0..list.len() {
            if self.turn(|| words(&list[at])) {
                list.remove(at);
                return;
            }
        }
    }

    /// Takes out what need not be there.
    pub(super) fn drop_one<T>(&mut self, one: &mut Option<T>, words: impl Fn(&T) -> String) {
        if let Some(there) = one
            && self.turn(|| words(there))
        {
            *one = None;
        }
    }
}

/// Everything that differs from this by one change, with words for the change.
pub(super) fn changes<T: Clone + PartialEq>(
    of: &T,
    around: &Around<'_>,
    walk: fn(&mut Mutator<'_>, &mut T),
) -> Vec<(String, T)> {
    let mut found = Vec::new();
    for number in 0.. {
        let mut mutator = Mutator {
            around,
            left: number,
            made: None,
        };
        let mut changed = of.clone();
        walk(&mut mutator, &mut changed);
        let Some(words) = mutator.made else {
            break;
        };
        if changed != *of {
            found.push((words, changed));
        }
    }
    found
}
