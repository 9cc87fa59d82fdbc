//! Two trees of the language gone through together, difference by difference; on each somebody chooses a side.

use super::align::{Entry, align};
use super::piece::{Piece, Place};
use crate::syntax::ast::{
    Area, Article, Attribute, Content, Fact, File, Item, Part, Protocol, Treaty,
};
use crate::syntax::format;

/// Which version is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// As it was.
    Old,
    /// As it is now.
    New,
}

/// Both versions of a piece; at least one is there.
pub(super) type Both<'a> = (Option<Piece<'a>>, Option<Piece<'a>>);

/// Goes through two versions. Differences come in the same order each time.
pub(super) struct Walk<'c> {
    /// Asked at each difference.
    pub(super) choose: &'c mut dyn for<'a> FnMut(&Place, Both<'a>) -> Side,
    /// Where the walk is.
    pub(super) place: Place,
}

impl Walk<'_> {
    /// The files in the order of the new version, each piece from the side that was chosen.
    pub(super) fn files(&mut self, old: &[File], new: &[File]) -> Vec<File> {
        let items = |files: &[File]| -> Vec<Item> {
            let items = files.iter().flat_map(|file| file.items.iter());
            items
                .filter(|item| !matches!(item, Item::History(_)))
                .cloned()
                .collect()
        };
        let facts = |files: &[File]| -> Vec<Fact> {
            let items = files.iter().flat_map(|file| file.items.iter());
            let facts = items.filter_map(|item| match item {
                Item::History(facts) => Some(facts),
                _ => None,
            });
            facts.flatten().cloned().collect()
        };
        let mut merged = self.items(&items(old), &items(new));
        let facts = self.facts(&facts(old), &facts(new));
        if !facts.is_empty() {
            merged.push(Item::History(facts));
        }
        vec![File { items: merged }]
    }

    fn items(&mut self, old: &[Item], new: &[Item]) -> Vec<Item> {
        let entry = |item: &Item| Entry {
            text: format::item(item),
            key: item_key(item),
        };
        self.list(old, new, entry, Piece::of_item, |walk, old, new| {
            match (old, new) {
                (Item::Treaty(old), Item::Treaty(new)) => {
                    Some(Item::Treaty(Box::new(walk.treaty(old, new))))
                }
                _ => None,
            }
        })
    }

    fn treaty(&mut self, old: &Treaty, new: &Treaty) -> Treaty {
        self.place.treaty = Some(new.name.text.clone());
        let heads = (Piece::Title(old), Piece::Title(new));
        let title = match self.head(heads) {
            Side::Old => old.title.clone(),
            Side::New => new.title.clone(),
        };
        let attribute = |attribute: &Attribute| Entry {
            text: format::attribute(attribute),
            key: attribute_key(attribute),
        };
        let attributes = self.list(
            &old.attributes,
            &new.attributes,
            attribute,
            Piece::Attribute,
            |_, _, _| None,
        );
        let parts = self.parts(&old.parts, &new.parts);
        self.place = Place::default();
        Treaty {
            title,
            attributes,
            parts,
            ..new.clone()
        }
    }

    fn parts(&mut self, old: &[Part], new: &[Part]) -> Vec<Part> {
        let entry = |part: &Part| Entry {
            text: format::part(part),
            key: part_key(part),
        };
        self.list(old, new, entry, Piece::of_part, |walk, old, new| {
            match (old, new) {
                (Part::Article(old), Part::Article(new)) => {
                    walk.article(old, new).map(Part::Article)
                }
                (Part::Area(old), Part::Area(new)) => Some(Part::Area(walk.area(old, new))),
                (Part::History(old), Part::History(new)) => {
                    Some(Part::History(walk.facts(old, new)))
                }
                (Part::Protocol(old), Part::Protocol(new)) => {
                    walk.protocol(old, new).map(Part::Protocol)
                }
                _ => None,
            }
        })
    }

    fn article(&mut self, old: &Article, new: &Article) -> Option<Article> {
        let (Content::Clauses(one), Content::Clauses(other)) = (&old.content, &new.content) else {
            return None;
        };
        self.place.article = Some(new.label.text.clone());
        let head = match self.head((Piece::ArticleHead(old), Piece::ArticleHead(new))) {
            Side::Old => old,
            Side::New => new,
        };
        let mut article = Article {
            title: head.title.clone(),
            dates: head.dates.clone(),
            ..new.clone()
        };
        let entry = |clause: &crate::syntax::ast::Clause| Entry {
            text: format::clause(clause),
            key: clause
                .label
                .as_ref()
                .map_or_else(String::new, |label| label.text.clone()),
        };
        article.content =
            Content::Clauses(self.list(one, other, entry, Piece::Clause, |_, _, _| None));
        self.place.article = None;
        Some(article)
    }

    fn area(&mut self, old: &Area, new: &Area) -> Area {
        self.place.area = Some(new.name.text.clone());
        let entry = |line: &crate::syntax::ast::AreaLine| Entry {
            text: format::area_line(line),
            key: String::new(),
        };
        let lines = self.list(&old.lines, &new.lines, entry, Piece::Line, |_, _, _| None);
        self.place.area = None;
        Area {
            lines,
            ..new.clone()
        }
    }

    fn facts(&mut self, old: &[Fact], new: &[Fact]) -> Vec<Fact> {
        let entry = |fact: &Fact| Entry {
            text: format::fact(fact),
            key: String::new(),
        };
        self.list(old, new, entry, Piece::Fact, |_, _, _| None)
    }

    /// Parts of a layer that is the same on the outside; else the whole protocol is one piece.
    fn protocol(&mut self, old: &Protocol, new: &Protocol) -> Option<Protocol> {
        let bare = |protocol: &Protocol| {
            let parts = Vec::new();
            format::part(&Part::Protocol(Protocol {
                parts,
                ..protocol.clone()
            }))
        };
        (bare(old) == bare(new)).then(|| Protocol {
            parts: self.parts(&old.parts, &new.parts),
            ..new.clone()
        })
    }

    /// The first line of a treaty or an article.
    fn head(&mut self, (old, new): (Piece<'_>, Piece<'_>)) -> Side {
        if old.text() == new.text() {
            return Side::New;
        }
        (self.choose)(&self.place, (Some(old), Some(new)))
    }

    /// Two lists aligned; `deeper` goes into a pair, or gives nothing if it is to be chosen as a whole.
    fn list<'a, T: Clone>(
        &mut self,
        old: &'a [T],
        new: &'a [T],
        entry: impl Fn(&T) -> Entry,
        piece: impl Fn(&'a T) -> Piece<'a>,
        mut deeper: impl FnMut(&mut Self, &'a T, &'a T) -> Option<T>,
    ) -> Vec<T> {
        let entries = |list: &[T]| -> Vec<Entry> { list.iter().map(&entry).collect() };
        let (one, other) = (entries(old), entries(new));
        let mut merged = Vec::new();
        for (from, to) in align(&one, &other) {
            let same = from
                .zip(to)
                .is_some_and(|(from, to)| one[from].text == other[to].text);
            let (before, after) = (from.map(|at| &old[at]), to.map(|at| &new[at]));
            if same {
                merged.extend(after.cloned());
                continue;
            }
            if let Some((before, after)) = before.zip(after)
                && let Some(inside) = deeper(self, before, after)
            {
                merged.push(inside);
                continue;
            }
            self.place.ordinal = to.or(from).filter(|_| old.len().max(new.len()) > 1);
            let side = (self.choose)(&self.place, (before.map(&piece), after.map(&piece)));
            self.place.ordinal = None;
            merged.extend(if side == Side::Old { before } else { after }.cloned());
        }
        merged
    }
}

/// By what a declaration is known: its name, within its name space.
fn item_key(item: &Item) -> String {
    match item {
        Item::Verb(verb) => format!("verb {}", verb.base.text),
        Item::Status(status) => format!("status {}", status.name.text),
        Item::Means { name, .. } => format!("means {}", name.text),
        Item::Manner { name, .. } => format!("manner {}", name.text),
        Item::Possession { name, .. } => format!("possession {}", name.text),
        Item::Define(_) | Item::History(_) => String::new(),
        Item::Treaty(treaty) => treaty.name.text.clone(),
        Item::State(state) => state.name.text.clone(),
        Item::Place(place) => place.name.text.clone(),
        Item::Organisation(organisation) => organisation.name.text.clone(),
        Item::Organ { name, .. } | Item::Group { name, .. } | Item::Thing { name, .. } => {
            name.text.clone()
        }
    }
}

/// Lines of a head that come once are known by their first words, the list of parties by its role, a party by its name.
fn attribute_key(attribute: &Attribute) -> String {
    match attribute {
        Attribute::Parties { role, .. } => {
            format!("parties {}", role.as_ref().map_or("", |role| &role.text))
        }
        Attribute::Party { name, .. } => format!("party {}", name.text),
        Attribute::Source(_) | Attribute::Note(_) => String::new(),
        Attribute::InForce(..) | Attribute::EntersOn(_) | Attribute::EntersWhen(_) => {
            "in force".to_owned()
        }
        other => {
            let text = format::attribute(other);
            let words: Vec<&str> = text.split(' ').take(2).collect();
            match words.as_slice() {
                ["ends", "on"] if matches!(other, Attribute::EndsOn(_)) => "ends on".to_owned(),
                ["ends", _] => "ends".to_owned(),
                ["a" | "subject" | "prevails" | "open", _] => words.join(" "),
                [first, ..] => (*first).to_owned(),
                [] => String::new(),
            }
        }
    }
}

fn part_key(part: &Part) -> String {
    match part {
        Part::History(_) => "history".to_owned(),
        Part::Area(area) => format!("area {}", area.name.text),
        Part::Dispute(dispute) => format!("dispute {}", dispute.name.text),
        Part::Article(article) => format!("article {}", article.label.text),
        Part::Reservation(reservation) => format!(
            "reservation of {} to article {}",
            reservation.of.text, reservation.article.text
        ),
        Part::Protocol(protocol) => {
            format!(
                "protocol {}",
                protocol.title.as_ref().map_or("", |title| &title.text)
            )
        }
    }
}
