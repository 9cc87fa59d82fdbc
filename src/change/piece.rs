//! The pieces into which two versions of a rulebook differ, and where they stand.

use crate::source::Span;
use crate::syntax::ast::{
    AreaLine, Article, Attribute, Clause, Content, Fact, Item, Name, Part, Treaty,
};
use crate::syntax::format;

/// Where a piece stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) treaty: Option<String>,
    pub(super) article: Option<String>,
    pub(super) area: Option<String>,
    /// Its number among its like, if there are several.
    pub(super) ordinal: Option<usize>,
}

/// A piece of a version.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// A declaration outside treaties, or a whole treaty.
    Item(&'a Item),
    /// The first line of a treaty.
    Title(&'a Treaty),
    /// A line of a head.
    Attribute(&'a Attribute),
    /// A fact of record.
    Fact(&'a Fact),
    /// A part of a treaty as a whole.
    Part(&'a Part),
    /// The first line of an article.
    ArticleHead(&'a Article),
    /// A clause.
    Clause(&'a Clause),
    /// A line of an area.
    Line(&'a AreaLine),
}

impl<'a> Piece<'a> {
    pub(super) fn of_item(item: &'a Item) -> Self {
        Self::Item(item)
    }

    pub(super) fn of_part(part: &'a Part) -> Self {
        Self::Part(part)
    }

    /// In the canonical layout, without comments.
    pub(super) fn text(self) -> String {
        match self {
            Self::Item(item) => format::item(item),
            Self::Title(treaty) => titled("treaty", &treaty.name, treaty.title.as_ref()),
            Self::Attribute(attribute) => format::attribute(attribute),
            Self::Fact(fact) => format::fact(fact),
            Self::Part(part) => format::part(part),
            Self::ArticleHead(article) => {
                let content = Content::Clauses(Vec::new());
                format::part(&Part::Article(Article {
                    content,
                    ..article.clone()
                }))
            }
            Self::Clause(clause) => format::clause(clause),
            Self::Line(line) => format::area_line(line),
        }
    }

    /// Where it is written.
    pub(super) fn span(self) -> Span {
        match self {
            Self::Item(item) => item_span(item),
            Self::Title(treaty) => treaty.name.span,
            Self::Attribute(attribute) => attribute_span(attribute),
            Self::Fact(fact) => fact.span,
            Self::Part(part) => part_span(part),
            Self::ArticleHead(article) => article.label.span,
            Self::Clause(clause) => clause.span,
            Self::Line(line) => line.span,
        }
    }

    /// What it is called, within its place: `article 5 (1)`, `parties`, `place crimea`.
    pub(super) fn name(self, place: &Place) -> String {
        let treaty = place.treaty.as_deref().unwrap_or("");
        let article = place.article.as_deref().unwrap_or("");
        let number = place
            .ordinal
            .map_or_else(String::new, |at| format!(" clause {}", at + 1));
        let within = |what: &str| format!("{treaty} {what}").trim().to_owned();
        match self {
            Self::Item(item) => first_words(&format::item(item), item),
            Self::Title(_) => within("title"),
            Self::Attribute(attribute) => within(head_word(attribute)),
            Self::Fact(_) => within("history"),
            Self::Part(part) => within(&part_name(part)),
            Self::ArticleHead(_) => within(&format!("article {article}")),
            Self::Clause(clause) => match &clause.label {
                Some(label) => within(&format!("article {article} ({})", label.text)),
                None => within(&format!("article {article}{number}")),
            },
            Self::Line(_) => within(&format!("area {}", place.area.as_deref().unwrap_or(""))),
        }
    }
}

fn titled(word: &str, name: &Name, title: Option<&Name>) -> String {
    let title = title.map_or_else(String::new, |title| format!(" \"{}\"", title.text));
    format!("{word} {}{title}", name.text)
}

/// `state russia` of a declaration; a definition by its whole head.
fn first_words(text: &str, item: &Item) -> String {
    if let Item::Define(define) = item {
        return format!("define {}", format::sentence(&define.head));
    }
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    words.join(" ").trim_end_matches(',').to_owned()
}

fn part_name(part: &Part) -> String {
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
            let title = protocol.title.as_ref();
            format!("secret protocol {}", title.map_or("", |title| &title.text))
        }
    }
}

/// What a line of a head is about.
fn head_word(attribute: &Attribute) -> &'static str {
    match attribute {
        Attribute::Also(_) | Attribute::Cite(_) | Attribute::Source(_) | Attribute::Note(_) => {
            "remarks"
        }
        Attribute::Binding(_) => "binding",
        Attribute::Parties { .. }
        | Attribute::PartiesOf(_)
        | Attribute::Party { .. }
        | Attribute::OpenToEveryState(_) => "parties",
        Attribute::Signed(_) => "signature",
        Attribute::Provisional(_)
        | Attribute::InForce(..)
        | Attribute::EntersOn(_)
        | Attribute::EntersWhen(_) => "entry into force",
        Attribute::Term(_) => "term",
        Attribute::EndsOn(_) | Attribute::EndsWhen(..) | Attribute::While(_) => "end",
        Attribute::EndsAfterDenunciation(..) => "denunciation",
        Attribute::LeavesAfterWithdrawal(..) => "withdrawal",
        Attribute::Replaces(_) => "replaces",
        Attribute::PrevailsOver(_)
        | Attribute::PrevailsOverAll(_)
        | Attribute::SubjectTo(_)
        | Attribute::Peremptory(_) => "precedence",
        Attribute::Retroactive(_) => "retroactivity",
        Attribute::Rounds(..) => "rounding",
        Attribute::Secret { .. } => "secrecy",
    }
}

fn item_span(item: &Item) -> Span {
    match item {
        Item::State(state) => state.name.span,
        Item::Place(place) => place.name.span,
        Item::Verb(verb) => verb.base.span,
        Item::Status(status) => status.name.span,
        Item::Define(define) => define.span,
        Item::Treaty(treaty) => treaty.span,
        Item::Organisation(organisation) => organisation.name.span,
        Item::Organ { name, .. }
        | Item::Group { name, .. }
        | Item::Thing { name, .. }
        | Item::Means { name, .. }
        | Item::Manner { name, .. }
        | Item::Possession { name, .. } => name.span,
        Item::History(facts) => facts.first().map_or(NOWHERE, |fact| fact.span),
    }
}

fn part_span(part: &Part) -> Span {
    match part {
        Part::History(facts) => facts.first().map_or(NOWHERE, |fact| fact.span),
        Part::Area(area) => area.name.span,
        Part::Dispute(dispute) => dispute.name.span,
        Part::Article(article) => article.span,
        Part::Reservation(reservation) => reservation.span,
        Part::Protocol(protocol) => protocol.span,
    }
}

fn attribute_span(attribute: &Attribute) -> Span {
    let first = |names: &[Name]| names.first().map_or(NOWHERE, |name| name.span);
    match attribute {
        Attribute::Cite(name)
        | Attribute::Source(name)
        | Attribute::Note(name)
        | Attribute::Binding(name)
        | Attribute::PartiesOf(name)
        | Attribute::While(name)
        | Attribute::Party { name, .. } => name.span,
        Attribute::Parties { names, .. }
        | Attribute::Also(names)
        | Attribute::Replaces(names)
        | Attribute::PrevailsOver(names)
        | Attribute::SubjectTo(names) => first(names),
        Attribute::OpenToEveryState(span)
        | Attribute::InForce(_, span)
        | Attribute::EndsAfterDenunciation(_, span)
        | Attribute::LeavesAfterWithdrawal(_, span)
        | Attribute::PrevailsOverAll(span)
        | Attribute::Peremptory(span)
        | Attribute::Retroactive(span)
        | Attribute::Rounds(_, span)
        | Attribute::Secret { span, .. } => *span,
        Attribute::Signed(date)
        | Attribute::Provisional(date)
        | Attribute::EntersOn(date)
        | Attribute::EndsOn(date) => date.span,
        Attribute::EntersWhen(condition) | Attribute::EndsWhen(_, condition) => {
            condition_span(condition)
        }
        Attribute::Term(term) => term.span,
    }
}

/// Where a condition begins.
fn condition_span(condition: &crate::syntax::ast::Condition) -> Span {
    use crate::syntax::ast::Condition;
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.first().map_or(NOWHERE, condition_span)
        }
        Condition::Sentence(sentence) => sentence.span,
        Condition::Position(modal) => modal.span,
        Condition::Reading(_, span)
        | Condition::Owes { span, .. }
        | Condition::Breach { span, .. }
        | Condition::Considers { span, .. }
        | Condition::Count { span, .. } => *span,
    }
}

/// The place of what has none, such as an empty list.
const NOWHERE: Span = Span {
    source: crate::source::SourceId(0),
    start: 0,
    end: 0,
};
