//! The first walk over all files: every name gets its number; nothing is resolved yet.

use super::context::area_key;
use super::dates::{days, existence};
use super::draft::{Draft, TreatyPart};
use super::vocabulary;
use crate::calendar::Days;
use crate::model::entity::{Entity, EntityKind, Existence};
use crate::model::geography::{Area, Place};
use crate::model::ids::{DisputeId, EntityId, LayerId, TreatyId};
use crate::model::treaty::{Article, ArticleState, Dispute, Entry, Layer, Reading, Treaty};
use crate::model::vocabulary::Word;
use crate::source::Span;
use crate::syntax::ast;

type Title<'a> = Option<&'a ast::Text>;

/// Numbers everything that the files declare.
pub(super) fn declare<'a>(files: impl IntoIterator<Item = &'a ast::File>) -> Draft<'a> {
    let mut draft = Draft::default();
    for item in files.into_iter().flat_map(|file| &file.items) {
        draft.item(item);
    }
    draft
}

impl<'a> Draft<'a> {
    fn item(&mut self, item: &'a ast::Item) {
        match item {
            ast::Item::State(state) => self.state(state),
            ast::Item::Organisation(tree) => {
                let id = self.entity(&tree.name, tree.title.as_ref(), EntityKind::Organisation);
                self.known_as(id, &tree.also);
                self.existed(id, &tree.exists);
            }
            ast::Item::Organ { name, title, of } => {
                let kind = EntityKind::Organ {
                    of: EntityId::new(0),
                };
                let id = self.entity(name, title.as_ref(), kind);
                self.organs.push((id, of));
            }
            ast::Item::Group { name, title } => {
                self.entity(name, title.as_ref(), EntityKind::Group);
            }
            ast::Item::Place(place) => self.place(place),
            ast::Item::Thing { name, title } => {
                self.entity(name, title.as_ref(), EntityKind::Thing);
            }
            ast::Item::Verb(verb) => vocabulary::verb(self, verb),
            ast::Item::Status(status) => vocabulary::status(self, status),
            ast::Item::Means {
                name,
                title,
                kind_of,
            } => {
                let known = self.book.means.iter().find(|word| word.name == name.text);
                if let Some(first) = known.map(|word| word.span) {
                    self.twice("means", name, first);
                }
                if let Some(kind_of) = kind_of {
                    self.means.push((self.book.means.len(), kind_of));
                }
                self.book.means.push(word(name, title.as_ref()));
            }
            ast::Item::Manner { name, title } => {
                let known = self.book.manners.iter().find(|word| word.name == name.text);
                if let Some(first) = known.map(|word| word.span) {
                    self.twice("manner", name, first);
                }
                self.book.manners.push(word(name, title.as_ref()));
            }
            ast::Item::Possession { name, title } => self.possession(name, title.as_ref()),
            ast::Item::Define(define) => self.defines.push(define),
            ast::Item::History(facts) => self.histories.push((None, facts)),
            ast::Item::Treaty(treaty) => self.treaty(treaty),
        }
    }

    fn entity(&mut self, name: &ast::Name, title: Title<'_>, kind: EntityKind) -> EntityId {
        self.keyed(name.text.clone(), name, title, kind)
    }

    /// What else it is called.
    fn known_as(&mut self, id: EntityId, names: &[ast::Text]) {
        let names = names.iter().map(|name| name.text.clone());
        self.book.entities[id.index()].also.extend(names);
    }

    fn existed(&mut self, id: EntityId, spells: &[ast::Dates]) {
        self.book.entities[id.index()].exists = existence(spells, &mut self.diagnostics);
    }

    fn keyed(
        &mut self,
        key: String,
        name: &ast::Name,
        title: Title<'_>,
        kind: EntityKind,
    ) -> EntityId {
        let id = EntityId::new(self.book.entities.len());
        let first = self.book.names.get(&key).copied();
        if let Some(first) = first {
            let span = self.book.entities[first.index()].span;
            self.twice("the name", name, span);
        } else {
            self.book.names.insert(key, id);
        }
        self.book.entities.push(Entity {
            name: name.text.clone(),
            title: text(title),
            also: Vec::new(),
            kind,
            exists: Existence::always(),
            span: name.span,
        });
        id
    }

    fn state(&mut self, state: &'a ast::State) {
        let kind = EntityKind::State {
            code: state.code.as_ref().map(|code| code.text.clone()),
            cow: state.cow,
            continues: Vec::new(),
            within: Vec::new(),
        };
        let id = self.entity(&state.name, state.title.as_ref(), kind);
        self.known_as(id, &state.also);
        self.existed(id, &state.exists);
        self.states.push((id, state));
    }

    fn place(&mut self, place: &'a ast::Place) {
        let kind = EntityKind::Place(self.book.places.len());
        let id = self.entity(&place.name, place.title.as_ref(), kind);
        self.book.places.push(Place::default());
        self.places.push((id, place));
    }

    fn possession(&mut self, name: &ast::Name, title: Title<'_>) {
        let known = &self.book.possessions;
        if let Some(first) = known
            .iter()
            .find(|word| word.name == name.text)
            .map(|w| w.span)
        {
            self.twice("possession", name, first);
        }
        if self.book.possessions.len() >= usize::from(u8::MAX) {
            let limit = usize::from(u8::MAX);
            let too_many =
                crate::diagnostic::codes::check::too_many(name.span, "possessions", limit);
            self.diagnostics.push(too_many);
            return;
        }
        self.book.possessions.push(word(name, title));
    }

    fn treaty(&mut self, treaty: &'a ast::Treaty) {
        let id = TreatyId(self.book.treaties.len() as u32);
        let kind = EntityKind::Treaty(id);
        let entity = self.entity(&treaty.name, treaty.title.as_ref(), kind);
        for attribute in &treaty.attributes {
            if let ast::Attribute::Also(names) = attribute {
                self.known_as(entity, names);
            }
        }
        self.book.treaties.push(blank(treaty, entity));
        self.treaties.push(treaty);
        self.parts(id, None, &treaty.parts);
    }

    /// Flattens protocols and numbers what the parts declare.
    fn parts(&mut self, treaty: TreatyId, layer: Option<LayerId>, parts: &'a [ast::Part]) {
        for part in parts {
            if let ast::Part::Protocol(protocol) = part {
                let until = protocol.until.as_ref();
                let inner = self.layer(until, &protocol.known_to);
                self.parts(treaty, Some(inner), &protocol.parts);
                continue;
            }
            self.parts.push(TreatyPart {
                treaty,
                layer,
                part,
            });
            match part {
                ast::Part::History(facts) => self.histories.push((Some(treaty), facts)),
                ast::Part::Area(area) => self.area(treaty, area),
                ast::Part::Dispute(dispute) => self.dispute(treaty, dispute),
                ast::Part::Article(article) => self.article(treaty, article),
                ast::Part::Reservation(_) | ast::Part::Protocol(_) => {}
            }
        }
    }

    /// A new layer, public from that day on.
    pub(super) fn layer(
        &mut self,
        until: Option<&ast::Date>,
        known_to: &'a [ast::Name],
    ) -> LayerId {
        let id = LayerId(self.book.layers.len() as u32);
        self.book.layers.push(Layer {
            until: until.map(|date| date.value.last()),
            known_to: Vec::new(),
        });
        self.layers.push((id, known_to));
        id
    }

    fn area(&mut self, treaty: TreatyId, area: &'a ast::Area) {
        let key = area_key(&self.book.treaty(treaty).name, &area.name.text);
        let kind = EntityKind::Area(self.book.areas.len());
        let id = self.keyed(key, &area.name, None, kind);
        self.book.areas.push(Area { lines: Vec::new() });
        self.areas.push((treaty, id, area));
    }

    fn dispute(&mut self, treaty: TreatyId, dispute: &'a ast::Dispute) {
        let id = DisputeId(self.book.disputes.len() as u32);
        if dispute.readings.len() < 2 {
            let name = &dispute.name;
            let diagnostic = crate::diagnostic::codes::check::no_choice(name.span, &name.text);
            self.diagnostics.push(diagnostic);
        }
        self.reading_names(treaty, dispute);
        self.book.disputes.push(Dispute {
            treaty,
            name: dispute.name.text.clone(),
            title: text(dispute.title.as_ref()),
            readings: dispute.readings.iter().map(reading).collect(),
            span: dispute.name.span,
        });
        self.book.treaties[treaty.index()].disputes.push(id);
        self.readings.push((id, &dispute.readings));
    }

    /// Readings are named in clauses without their dispute, so no two of a treaty may share a name.
    fn reading_names(&mut self, treaty: TreatyId, dispute: &ast::Dispute) {
        let first_of = |parts: &[TreatyPart<'a>], name: &str| -> Option<Span> {
            let disputes = parts.iter().filter(|part| part.treaty == treaty);
            disputes
                .filter_map(|part| match part.part {
                    ast::Part::Dispute(dispute) => Some(dispute),
                    _ => None,
                })
                .flat_map(|dispute| &dispute.readings)
                .find(|reading| reading.name.text == name)
                .map(|reading| reading.name.span)
        };
        for reading in &dispute.readings {
            if let Some(first) = first_of(&self.parts, &reading.name.text)
                && first != reading.name.span
            {
                self.twice("reading", &reading.name, first);
            }
        }
    }

    fn article(&mut self, treaty: TreatyId, article: &'a ast::Article) {
        let dates = days(&article.dates, &mut self.diagnostics);
        let known = &self.book.treaties[treaty.index()].articles;
        let count = known.len();
        let found = known
            .iter()
            .position(|known| known.label == article.label.text);
        if found.is_some() {
            self.article_again(treaty, article, dates);
        }
        let at = found.unwrap_or(count);
        let Ok(index) = u16::try_from(at) else {
            return;
        };
        if found.is_none() {
            self.book.treaties[treaty.index()].articles.push(Article {
                label: article.label.text.clone(),
                title: text(article.title.as_ref()),
                state: article_state(&article.content),
                span: article.span,
            });
        }
        if let ast::Content::Clauses(clauses) = &article.content {
            self.book.treaties[treaty.index()].articles[at].state = ArticleState::Encoded;
            self.clauses.note(treaty, index, clauses);
            self.labels_again(clauses);
        }
    }

    /// Two clauses of one label would leave open which of them a reference means.
    fn labels_again(&mut self, clauses: &[ast::Clause]) {
        let labels: Vec<&ast::Name> = clauses.iter().filter_map(|c| c.label.as_ref()).collect();
        for (at, label) in labels.iter().enumerate() {
            let first = labels[..at].iter().find(|other| other.text == label.text);
            if let Some(first) = first {
                self.twice("clause", label, first.span);
            }
        }
    }

    /// An article may stand twice if its two texts hold at different times.
    fn article_again(&mut self, treaty: TreatyId, article: &ast::Article, dates: Days) {
        let others = self
            .parts
            .iter()
            .filter(|part| part.treaty == treaty)
            .filter_map(|part| match part.part {
                ast::Part::Article(other) => Some(other),
                _ => None,
            });
        let same = others.filter(|other| {
            other.label.text == article.label.text && other.label.span != article.label.span
        });
        let clash = same
            .map(|other| (days(&other.dates, &mut Vec::new()), other.label.span))
            .find(|(days, _)| days.first <= dates.last && dates.first <= days.last);
        if let Some((_, first)) = clash {
            self.twice("article", &article.label, first);
        }
    }
}

pub(super) fn article_state(content: &ast::Content) -> ArticleState {
    match content {
        ast::Content::NoPosition => ArticleState::NoPosition,
        ast::Content::NotEncoded(why) => ArticleState::NotEncoded(text(why.as_ref())),
        ast::Content::Clauses(_) => ArticleState::Encoded,
    }
}

fn reading(reading: &ast::Reading) -> Reading {
    Reading {
        name: reading.name.text.clone(),
        title: text(reading.title.as_ref()),
        held_by: Vec::new(),
    }
}

/// A title as a string.
pub(super) fn text(title: Option<&ast::Text>) -> Option<String> {
    title.map(|title| title.text.clone())
}

fn word(name: &ast::Name, title: Title<'_>) -> Word {
    Word {
        name: name.text.clone(),
        title: text(title),
        kind_of: None,
        span: name.span,
    }
}

fn blank(treaty: &ast::Treaty, entity: EntityId) -> Treaty {
    Treaty {
        entity,
        name: treaty.name.text.clone(),
        title: text(treaty.title.as_ref()),
        cite: None,
        sources: Vec::new(),
        notes: Vec::new(),
        binding: "treaty".to_owned(),
        signed: None,
        parties: Vec::new(),
        parties_of: None,
        open_to_every_state: false,
        entry: Entry::Never,
        provisional: None,
        term: None,
        ends_on: None,
        endings: Vec::new(),
        prolonged: None,
        ends_after_denunciation: None,
        leaves_after_withdrawal: None,
        replaces: Vec::new(),
        while_in_force: None,
        prevails_over: Vec::new(),
        prevails_over_all: false,
        peremptory: false,
        subject_to: Vec::new(),
        retroactive: false,
        rounding: None,
        layer: None,
        articles: Vec::new(),
        disputes: Vec::new(),
        span: treaty.name.span,
    }
}
