//! Tree to text: the canonical layout of a file, and single sentences, conditions, norms and clauses on one line.

mod attribute;
mod clause;
mod comment;
mod condition;
mod declaration;
mod layout;
mod noun;
mod page;
mod predicate;
mod treaty;

use super::ast;
use page::Page;

/// The file in its canonical layout, with the comments of `text`, from which it was read without mistakes.
///
/// The result has the same tree; formatted once more it stays as it is.
pub fn format_file(file: &ast::File, text: &str) -> String {
    let mut page = Page::new(text);
    for item in &file.items {
        page.item(item);
    }
    comment::bind(page.done(), text)
}

/// `ukraine attacks russia in kursk-oblast`
pub fn sentence(sentence: &ast::Sentence) -> String {
    written(|print, out| print.sentence(out, sentence))
}

/// `A attacks P and P has requested assistance`
pub fn condition(condition: &ast::Condition) -> String {
    written(|print, out| print.condition(out, condition))
}

/// `each other party Q shall assist P against A`
pub fn modal(modal: &ast::Modal) -> String {
    written(|print, out| print.modal(out, modal))
}

/// `russia`, `a party P of triple-alliance`
pub fn noun(noun: &ast::Noun) -> String {
    written(|print, out| print.noun(out, noun))
}

/// `un-charter article 51`
pub fn reference(reference: &ast::Reference) -> String {
    written(|print, out| print.reference(out, reference))
}

/// A norm with its qualifiers, without the full stop.
pub fn norm(norm: &ast::Norm) -> String {
    written(|print, out| print.norm(out, norm))
}

/// A whole clause with its label and its full stop.
pub fn clause(clause: &ast::Clause) -> String {
    written(|print, out| print.clause(out, clause))
}

/// One line of the head of a treaty: `ends 1 year after denunciation`
pub fn attribute(attribute: &ast::Attribute) -> String {
    without_breaks(&Page::new("").attribute(attribute).1)
}

/// One line of an area: `territory of turkey from 1952-02-15`
pub fn area_line(line: &ast::AreaLine) -> String {
    treaty::area_line(line)
}

/// One line of a history: `1914-08-04 germany attacks belgium.`
pub fn fact(fact: &ast::Fact) -> String {
    written(|print, out| print.fact(out, fact))
}

/// A declaration, without comments.
pub fn item(item: &ast::Item) -> String {
    let mut page = Page::new("");
    page.item(item);
    comment::bind(page.done(), "").trim().to_owned()
}

/// A part of a treaty, without comments.
pub fn part(part: &ast::Part) -> String {
    let mut page = Page::new("");
    page.part(part, layout::Gap::None);
    comment::bind(page.done(), "").trim().to_owned()
}

/// Writes something from the tree alone.
fn written(write: impl FnOnce(Print<'_>, &mut String)) -> String {
    let mut out = String::new();
    write(Print { text: None }, &mut out);
    without_breaks(&out)
}

/// Where a long condition may be broken off; stands in for a space.
const BREAK: char = '\u{1}';

fn without_breaks(text: &str) -> String {
    text.replace(BREAK, " ")
}

/// Writes pieces of the tree. With the text at hand, words that mean the same (`any`, `a`) stay as they were written.
#[derive(Clone, Copy)]
struct Print<'a> {
    text: Option<&'a str>,
}

impl<'a> Print<'a> {
    /// What was written at a span, if the text is at hand.
    fn source(self, span: crate::source::Span) -> Option<&'a str> {
        self.text?.get(span.start as usize..span.end as usize)
    }

    /// What was written before a byte, if the text is at hand.
    fn before(self, at: u32) -> Option<&'a str> {
        self.text?.get(..at as usize)
    }
}

/// Adds names with a word or sign between.
fn join<'n>(out: &mut String, names: impl IntoIterator<Item = &'n ast::Name>, between: &str) {
    for (at, name) in names.into_iter().enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        out.push_str(&name.text);
    }
}
