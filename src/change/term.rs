//! A small tree of words, variables and unordered lists, and its one canonical text.

use rustc_hash::FxHashMap;

/// Something that is said, with what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A word or name.
    Word(String),
    /// A variable, by its number in the norm.
    Variable(u16),
    /// Parts whose order matters.
    List(String, Vec<Node>),
    /// Parts whose order does not matter, and where saying a thing twice says it once.
    Set(String, Vec<Node>),
    /// A negation.
    Not(Box<Node>),
}

/// Twins among variables are told apart by trying; no more often than this.
const MOST_TRIES: usize = 1000;

impl Node {
    /// A word.
    pub(super) fn word(text: impl Into<String>) -> Self {
        Self::Word(text.into())
    }

    /// The one text of all trees that differ in names of variables, order and doubled negations only.
    pub(super) fn canonical(self) -> String {
        let mut all = FxHashMap::default();
        self.count(&mut all);
        let node = self.simplified(&all);
        let mut colours: FxHashMap<u16, u64> = all.keys().map(|variable| (*variable, 1)).collect();
        let mut tries = MOST_TRIES;
        node.least(&mut colours, &mut tries)
    }

    fn parts(&self) -> &[Self] {
        match self {
            Self::List(_, parts) | Self::Set(_, parts) => parts,
            Self::Not(inner) => std::slice::from_ref(inner),
            Self::Word(_) | Self::Variable(_) => &[],
        }
    }

    fn count(&self, into: &mut FxHashMap<u16, usize>) {
        if let Self::Variable(variable) = self {
            *into.entry(*variable).or_default() += 1;
        }
        for part in self.parts() {
            part.count(into);
        }
    }

    /// Flat lists of conditions, and no negation of a negation. A variable that stands only inside two negations must stay
    /// there: outside, it would range over everyone.
    fn simplified(self, all: &FxHashMap<u16, usize>) -> Self {
        match self {
            Self::Not(inner) => match inner.simplified(all) {
                Self::Not(twice) if twice.is_bound_outside(all) => *twice,
                Self::Set(label, parts) if label == ANY => {
                    let denied = |part| Self::Not(Box::new(part)).simplified(all);
                    flat(ALL.to_owned(), parts.into_iter().map(denied).collect())
                }
                other => Self::Not(Box::new(other)),
            },
            Self::Set(label, parts) => {
                let parts = parts.into_iter().map(|part| part.simplified(all)).collect();
                flat(label, parts)
            }
            Self::List(label, parts) => {
                let parts = parts.into_iter().map(|part| part.simplified(all)).collect();
                Self::List(label, parts)
            }
            other => other,
        }
    }

    fn is_bound_outside(&self, all: &FxHashMap<u16, usize>) -> bool {
        let mut own = FxHashMap::default();
        self.count(&mut own);
        own.iter().all(|(variable, count)| all[variable] > *count)
    }

    /// The least text over all ways to tell twins apart.
    fn least(&self, colours: &mut FxHashMap<u16, u64>, tries: &mut usize) -> String {
        self.refine(colours);
        let mut classes: FxHashMap<u64, Vec<u16>> = FxHashMap::default();
        for (variable, colour) in colours.iter() {
            classes.entry(*colour).or_default().push(*variable);
        }
        let twins = classes.iter().filter(|(_, class)| class.len() > 1);
        let Some((_, class)) = twins.min_by_key(|(colour, _)| **colour) else {
            return self.text(&ranks(colours));
        };
        let mut class = class.clone();
        class.sort_unstable();
        let mut best: Option<String> = None;
        for variable in class {
            if *tries == 0 && best.is_some() {
                break;
            }
            *tries = tries.saturating_sub(1);
            let mut told = colours.clone();
            if let Some(colour) = told.get_mut(&variable) {
                *colour = mixed(&[*colour, 7]);
            }
            let text = self.least(&mut told, tries);
            best = Some(best.map_or(text.clone(), |best| best.min(text)));
        }
        best.unwrap_or_default()
    }

    /// Colours variables by where they stand, until nothing more can be told apart.
    fn refine(&self, colours: &mut FxHashMap<u16, u64>) {
        let kinds = |colours: &FxHashMap<u16, u64>| {
            let mut kinds: Vec<u64> = colours.values().copied().collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds.len()
        };
        let mut before = kinds(colours);
        loop {
            let next = colours
                .iter()
                .map(|(variable, colour)| {
                    let seen = self.digest(colours, *variable);
                    (*variable, mixed(&[*colour, seen]))
                })
                .collect();
            *colours = next;
            let after = kinds(colours);
            if after == before {
                return;
            }
            before = after;
        }
    }

    fn digest(&self, colours: &FxHashMap<u16, u64>, focus: u16) -> u64 {
        let parts = || -> Vec<u64> {
            let parts = self.parts().iter();
            parts.map(|part| part.digest(colours, focus)).collect()
        };
        match self {
            Self::Word(word) => hash(word),
            Self::Variable(variable) if *variable == focus => 3,
            Self::Variable(variable) => colours[variable],
            Self::List(label, _) => mixed(&[&[hash(label)], parts().as_slice()].concat()),
            Self::Set(label, _) => {
                let mut parts = parts();
                parts.sort_unstable();
                parts.dedup();
                mixed(&[&[hash(label), 5], parts.as_slice()].concat())
            }
            Self::Not(_) => mixed(&[&[11], parts().as_slice()].concat()),
        }
    }

    fn text(&self, names: &FxHashMap<u16, usize>) -> String {
        let parts = || self.parts().iter().map(|part| part.text(names));
        match self {
            Self::Word(word) => word.clone(),
            Self::Variable(variable) => format!("?{}", names[variable]),
            Self::List(label, _) => format!("{label}({})", parts().collect::<Vec<_>>().join(", ")),
            Self::Set(label, _) => {
                let mut parts: Vec<String> = parts().collect();
                parts.sort();
                parts.dedup();
                format!("{label}{{{}}}", parts.join(", "))
            }
            Self::Not(_) => format!("not({})", parts().collect::<String>()),
        }
    }
}

/// The label of a conjunction.
pub(super) const ALL: &str = "all";

/// The label of a disjunction.
pub(super) const ANY: &str = "any";

/// `all` within `all` and `any` within `any` say no more than one of them; one part alone needs no list.
fn flat(label: String, parts: Vec<Node>) -> Node {
    if label != ALL && label != ANY {
        return Node::Set(label, parts);
    }
    let mut found = Vec::new();
    for part in parts {
        match part {
            Node::Set(inner, parts) if inner == label => found.extend(parts),
            other => found.push(other),
        }
    }
    match found.pop() {
        Some(only) if found.is_empty() => only,
        Some(last) => {
            found.push(last);
            Node::Set(label, found)
        }
        None => Node::Set(label, found),
    }
}

fn ranks(colours: &FxHashMap<u16, u64>) -> FxHashMap<u16, usize> {
    let mut order: Vec<(u64, u16)> = colours.iter().map(|(v, colour)| (*colour, *v)).collect();
    order.sort_unstable();
    let ranked = order.into_iter().enumerate();
    ranked
        .map(|(rank, (_, variable))| (variable, rank))
        .collect()
}

/// A number for a text, the same on every machine and in every version (FNV-1a).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn mixed(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |sum, part| {
        let sum = (sum ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd);
        sum ^ (sum >> 29)
    })
}
