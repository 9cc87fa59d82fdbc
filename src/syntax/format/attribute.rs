//! The head of a treaty on a page.

use super::declaration::also;
use super::join;
use super::layout::Gap;
use super::page::{Page, date, dates, title};
use super::treaty::listed;
use crate::syntax::ast::{Attribute, FirstTerm, Name, Term};

impl Page<'_> {
    /// Writes the first of these lines of the head and those that go with it; gives their number.
    pub(super) fn attributes(&mut self, first: &Attribute, all: &[Attribute]) -> usize {
        if !matches!(first, Attribute::Parties { .. }) {
            let (anchor, text) = self.attribute(first);
            self.line(2, anchor, Gap::None, &super::without_breaks(&text));
            match first {
                Attribute::Cite(text) | Attribute::Source(text) | Attribute::Note(text) => {
                    self.read_text(Some(text));
                }
                Attribute::Also(texts) => self.read_text(texts.last()),
                _ => {}
            }
            return 1;
        }
        let mut text = String::from("parties ");
        let mut anchor = None;
        let mut count = 0;
        for one in all {
            let Attribute::Parties { names, role } = one else {
                break;
            };
            text.push_str(if count == 0 { "" } else { "; " });
            join(&mut text, names, ", ");
            role_of(&mut text, role.as_ref());
            anchor = anchor.or(names.first().map(|name| name.span.start));
            count += 1;
        }
        self.line(2, anchor.unwrap_or(0), Gap::None, &text);
        count
    }

    pub(super) fn attribute(&self, attribute: &Attribute) -> (u32, String) {
        let print = self.print;
        let mut out = String::new();
        let anchor = match attribute {
            Attribute::Also(texts) => {
                let (anchor, text) = also(texts).unwrap_or_default();
                out.push_str(&text);
                anchor
            }
            Attribute::Cite(text) => quoted(&mut out, "cite", text),
            Attribute::Source(text) => quoted(&mut out, "source", text),
            Attribute::Note(text) => quoted(&mut out, "note", text),
            Attribute::Binding(name) => listed(&mut out, "binding ", std::slice::from_ref(name)),
            Attribute::Parties { names, role } => {
                let anchor = listed(&mut out, "parties ", names);
                role_of(&mut out, role.as_ref());
                anchor
            }
            Attribute::PartiesOf(name) => {
                listed(&mut out, "parties of ", std::slice::from_ref(name))
            }
            Attribute::Party {
                name,
                role,
                dates: when,
            } => {
                let anchor = listed(&mut out, "party ", std::slice::from_ref(name));
                role_of(&mut out, role.as_ref());
                dates(&mut out, when);
                anchor
            }
            Attribute::OpenToEveryState(span) => {
                out.push_str("open to every state");
                span.start
            }
            Attribute::Signed(day) => {
                date(&mut out, "signed ", Some(day));
                day.span.start
            }
            Attribute::Provisional(day) => {
                date(&mut out, "provisionally applied from ", Some(day));
                day.span.start
            }
            Attribute::InForce(when, span) => {
                out.push_str("in force");
                dates(&mut out, when);
                span.start
            }
            Attribute::EntersOn(day) => {
                date(&mut out, "enters into force on ", Some(day));
                day.span.start
            }
            Attribute::EntersWhen(condition) => {
                out.push_str("enters into force when ");
                print.condition(&mut out, condition);
                super::condition::start(condition)
            }
            Attribute::Term(term) => self.term(&mut out, term),
            Attribute::EndsWhen(period, condition) => {
                out.push_str("ends ");
                match period {
                    Some(period) => {
                        print.period(&mut out, period);
                        out.push_str(" after ");
                    }
                    None => out.push_str("when "),
                }
                print.condition(&mut out, condition);
                super::condition::start(condition)
            }
            Attribute::EndsOn(day) => {
                date(&mut out, "ends on ", Some(day));
                day.span.start
            }
            Attribute::EndsAfterDenunciation(period, span) => {
                out.push_str("ends ");
                match period {
                    Some(period) => {
                        print.period(&mut out, period);
                        out.push_str(" after denunciation");
                    }
                    None => out.push_str("on denunciation"),
                }
                span.start
            }
            Attribute::LeavesAfterWithdrawal(period, span) => {
                out.push_str("a party leaves ");
                match period {
                    Some(period) => {
                        print.period(&mut out, period);
                        out.push_str(" after withdrawal");
                    }
                    None => out.push_str("on withdrawal"),
                }
                span.start
            }
            Attribute::Replaces(names) => listed(&mut out, "replaces ", names),
            Attribute::While(name) => {
                let anchor = listed(&mut out, "while ", std::slice::from_ref(name));
                out.push_str(" in force");
                anchor
            }
            Attribute::PrevailsOver(names) => listed(&mut out, "prevails over ", names),
            Attribute::PrevailsOverAll(span) => {
                out.push_str("prevails over every treaty");
                span.start
            }
            Attribute::SubjectTo(names) => listed(&mut out, "subject to ", names),
            Attribute::Peremptory(span) => {
                out.push_str("peremptory");
                span.start
            }
            Attribute::Retroactive(span) => {
                out.push_str("retroactive");
                span.start
            }
            Attribute::Rounds(up, span) => {
                out.push_str(if *up { "rounds up" } else { "rounds down" });
                span.start
            }
            Attribute::Secret {
                until,
                known_to,
                span,
            } => {
                out.push_str("secret");
                date(&mut out, " until ", until.as_ref());
                if !known_to.is_empty() {
                    listed(&mut out, " known to ", known_to);
                }
                span.start
            }
        };
        (anchor, out)
    }

    fn term(&self, out: &mut String, term: &Term) -> u32 {
        let print = self.print;
        match &term.first {
            FirstTerm::For(period) => {
                out.push_str("for ");
                print.period(out, period);
            }
            FirstTerm::Until(day) => date(out, "runs until ", Some(day)),
        }
        if let Some(renewal) = &term.renewal {
            out.push_str(", renewed for ");
            print.period(out, renewal);
        }
        if let Some(notice) = &term.notice {
            out.push_str(" unless denounced ");
            print.period(out, notice);
            out.push_str(" before");
        }
        if let Some(period) = &term.then {
            out.push_str(", then until ");
            print.period(out, period);
            out.push_str(" after denunciation");
        }
        if let Some(condition) = &term.prolonged {
            out.push_str(", prolonged while ");
            print.condition(out, condition);
        }
        term.span.start
    }
}

/// Adds a text in quotation marks; gives where it stands.
fn quoted(out: &mut String, word: &str, text: &Name) -> u32 {
    out.push_str(word);
    title(out, Some(text));
    text.span.start
}

fn role_of(out: &mut String, role: Option<&Name>) {
    if let Some(role) = role {
        out.push_str(" as ");
        out.push_str(&role.text);
    }
}
