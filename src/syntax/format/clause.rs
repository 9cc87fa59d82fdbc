//! Clauses and norms as text, whole or in the pieces that a line may hold.

use super::condition::start;
use super::layout::Piece;
use super::{BREAK, Print, join};
use crate::syntax::ast::{
    Clause, ClauseBody, Condition, Connective, Norm, NormHead, Preface, Qualifier,
};
use crate::syntax::words;

impl Print<'_> {
    pub(super) fn clause(self, out: &mut String, clause: &Clause) {
        if let Some(label) = &clause.label {
            out.push('(');
            out.push_str(&label.text);
            out.push_str(") ");
        }
        let pieces = self.clause_pieces(clause);
        let texts: Vec<String> = pieces.into_iter().map(|piece| piece.text).collect();
        out.push_str(&texts.join(" "));
    }

    pub(super) fn norm(self, out: &mut String, norm: &Norm) {
        let pieces = self.norm_pieces(norm);
        let texts: Vec<String> = pieces.into_iter().map(|piece| piece.text).collect();
        out.push_str(&texts.join(" "));
    }

    /// What a clause says, without its label: each preface, norm and qualifier with the sign behind it.
    pub(super) fn clause_pieces(self, clause: &Clause) -> Vec<Piece> {
        match &clause.body {
            ClauseBody::Narrowing {
                article,
                variable,
                means,
            } => {
                let mut text = format!("in article {}, {} means ", article.text, variable.text);
                join(&mut text, means, " or ");
                text.push('.');
                vec![Piece::new(article.span.start, text)]
            }
            ClauseBody::Norms { prefaces, norms } => {
                let mut pieces: Vec<Piece> = prefaces.iter().map(|one| self.preface(one)).collect();
                sign(&mut pieces, ',');
                for (at, norm) in norms.iter().enumerate() {
                    let mut of_norm = self.norm_pieces(norm);
                    let last = at + 1 == norms.len();
                    if let Some(piece) = of_norm.last_mut() {
                        piece.text.push(if last { '.' } else { ';' });
                    }
                    pieces.append(&mut of_norm);
                }
                pieces
            }
        }
    }

    /// The norm and its qualifiers, with commas between.
    fn norm_pieces(self, norm: &Norm) -> Vec<Piece> {
        let mut head = String::new();
        match &norm.head {
            NormHead::Deem(sentence) => {
                head.push_str("deem ");
                self.sentence(&mut head, sentence);
            }
            NormHead::Modal(modal) => self.modal(&mut head, modal),
        }
        let mut pieces = vec![Piece::on_new_line(norm.span.start, head)];
        pieces.extend(norm.qualifiers.iter().map(|one| self.qualifier(one)));
        let all_but_last = pieces.len() - 1;
        sign(pieces.get_mut(..all_but_last).unwrap_or(&mut []), ',');
        pieces
    }

    pub(super) fn preface(self, preface: &Preface) -> Piece {
        match preface {
            Preface::Reading(name) => {
                Piece::new(name.span.start, format!("on the reading {}", name.text))
            }
            Preface::Condition(connective, condition) => self.connected(*connective, condition),
        }
    }

    fn connected(self, connective: Connective, condition: &Condition) -> Piece {
        let mut text = String::from(match connective {
            Connective::When => words::WHEN,
            Connective::If => words::IF,
            Connective::While => words::WHILE,
            Connective::Unless => words::UNLESS,
        });
        text.push(' ');
        self.condition(&mut text, condition);
        Piece::new(start(condition), text)
    }

    fn qualifier(self, qualifier: &Qualifier) -> Piece {
        let mut text = String::new();
        let anchor = match qualifier {
            Qualifier::With(name) => {
                text.push_str("with ");
                text.push_str(&name.text);
                name.span.start
            }
            Qualifier::WithAmount(amount) => {
                text.push_str("with ");
                self.amount(&mut text, amount);
                amount.span.start
            }
            Qualifier::OwnChoice(span) => {
                text.push_str("by means of its own choice");
                span.start
            }
            Qualifier::Immediately(span) => {
                text.push_str(words::IMMEDIATELY);
                span.start
            }
            Qualifier::Manner(name) => {
                text.push_str(&name.text);
                name.span.start
            }
            Qualifier::Within(period) => {
                text.push_str("within ");
                self.period(&mut text, period);
                period.span.start
            }
            Qualifier::By(date) => {
                text.push_str("by ");
                text.push_str(&date.value.to_string());
                date.span.start
            }
            Qualifier::Until(condition) => {
                text.push_str("until ");
                self.condition(&mut text, condition);
                start(condition)
            }
            Qualifier::Before(condition) => {
                text.push_str("before ");
                self.condition(&mut text, condition);
                start(condition)
            }
            Qualifier::InAccordance(name) => {
                text.push_str("in accordance with its ");
                text.push_str(&name.text);
                name.span.start
            }
            Qualifier::LapsesOnBreach(span) => {
                text.push_str("lapses on breach");
                span.start
            }
            Qualifier::Outlives(span) => {
                text.push_str("also after this treaty has ended");
                span.start
            }
            Qualifier::SubjectTo(reference) => {
                text.push_str("subject to ");
                self.reference(&mut text, reference);
                reference.span.start
            }
            Qualifier::Notwithstanding(reference) => {
                text.push_str("notwithstanding ");
                self.reference(&mut text, reference);
                reference.span.start
            }
            Qualifier::Condition(connective, condition) => {
                return self.connected(*connective, condition);
            }
        };
        Piece::new(anchor, text)
    }
}

/// Puts a sign behind each piece.
fn sign(pieces: &mut [Piece], sign: char) {
    for piece in pieces {
        debug_assert!(!piece.text.ends_with(BREAK));
        piece.text.push(sign);
    }
}
