//! Where nouns and conditions stand in the text.

use crate::source::Span;
use crate::syntax::ast;

/// Where a noun stands; `None` for an empty list.
pub(super) fn noun(noun: &ast::Noun) -> Option<Span> {
    match noun {
        ast::Noun::Name(name) | ast::Noun::Variable(name) => Some(name.span),
        ast::Noun::ThisTreaty(span) | ast::Noun::Possession { span, .. } => Some(*span),
        ast::Noun::Class(class) => Some(class.span),
        ast::Noun::Amount(amount) => Some(amount.span),
        ast::Noun::List { nouns, .. } => {
            let mut spans = nouns.iter().filter_map(self::noun);
            let first = spans.next()?;
            Some(spans.next_back().map_or(first, |last| first.to(last)))
        }
    }
}

/// Where a condition stands; `None` for an empty one.
pub(super) fn condition(condition: &ast::Condition) -> Option<Span> {
    match condition {
        ast::Condition::All(parts) | ast::Condition::Any(parts) => {
            let mut spans = parts.iter().filter_map(self::condition);
            let first = spans.next()?;
            Some(spans.next_back().map_or(first, |last| first.to(last)))
        }
        ast::Condition::Sentence(sentence) => Some(sentence.span),
        ast::Condition::Position(modal) => Some(modal.span),
        ast::Condition::Reading(_, span)
        | ast::Condition::Owes { span, .. }
        | ast::Condition::Breach { span, .. }
        | ast::Condition::Considers { span, .. }
        | ast::Condition::Count { span, .. } => Some(*span),
    }
}
