//! Treaties on a page.

use super::join;
use super::layout::{Gap, Piece};
use super::page::{Page, date, dates, title};
use crate::syntax::ast::{
    Area, AreaBase, AreaLine, Article, Attribute, Clause, Content, Dispute, Holder, Name, Part,
    Protocol, Reservation, Treaty,
};

impl Page<'_> {
    pub(super) fn treaty(&mut self, treaty: &Treaty) {
        let mut line = format!("treaty {}", treaty.name.text);
        title(&mut line, treaty.title.as_ref());
        self.line(0, treaty.span.start, Gap::Force, &line);
        self.read_text(treaty.title.as_ref());
        let mut rest = treaty.attributes.as_slice();
        while let Some(first) = rest.first() {
            let count = self.attributes(first, rest);
            rest = rest.get(count..).unwrap_or(&[]);
        }
        self.parts(&treaty.parts, Gap::Force);
        self.read_to(treaty.span.end);
    }

    /// Parts; `gap` between them, except between articles of one line each.
    fn parts(&mut self, parts: &[Part], gap: Gap) {
        let mut before = false;
        for part in parts {
            let short = matches!(part, Part::Article(article) if is_short(article));
            self.part(part, if before && short { Gap::Keep } else { gap });
            before = matches!(part, Part::Article(_));
        }
    }

    fn part(&mut self, part: &Part, gap: Gap) {
        match part {
            Part::History(facts) => self.history(facts),
            Part::Area(area) => self.area(area, gap),
            Part::Dispute(dispute) => self.dispute(dispute, gap),
            Part::Article(article) => self.article(article, gap),
            Part::Reservation(reservation) => self.reservation(reservation, gap),
            Part::Protocol(protocol) => self.protocol(protocol),
        }
    }

    /// Writes the first of these lines of the head and those that go with it; gives their number.
    fn attributes(&mut self, first: &Attribute, all: &[Attribute]) -> usize {
        if !matches!(first, Attribute::Parties { .. }) {
            let (anchor, text) = self.attribute(first);
            self.line(2, anchor, Gap::None, &super::without_breaks(&text));
            if let Attribute::Cite(text) | Attribute::Source(text) | Attribute::Note(text) = first {
                self.read_text(Some(text));
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

    fn attribute(&self, attribute: &Attribute) -> (u32, String) {
        let print = self.print;
        let mut out = String::new();
        let anchor = match attribute {
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
            Attribute::Term {
                period,
                renewal,
                notice,
            } => {
                out.push_str("for ");
                print.period(&mut out, period);
                if let Some(renewal) = renewal {
                    out.push_str(", renewed for ");
                    print.period(&mut out, renewal);
                }
                if let Some(notice) = notice {
                    out.push_str(" unless denounced ");
                    print.period(&mut out, notice);
                    out.push_str(" before");
                }
                period.span.start
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

    fn area(&mut self, area: &Area, gap: Gap) {
        let text = format!("area {}", area.name.text);
        self.line(0, area.name.span.start, gap, &text);
        for line in &area.lines {
            self.line(2, line.span.start, Gap::None, &area_line(line));
            self.read_to(line.span.end);
        }
    }

    fn dispute(&mut self, dispute: &Dispute, gap: Gap) {
        let mut text = format!("dispute {}", dispute.name.text);
        title(&mut text, dispute.title.as_ref());
        self.line(0, dispute.name.span.start, gap, &text);
        self.read_text(dispute.title.as_ref());
        for reading in &dispute.readings {
            let mut text = format!("reading {}", reading.name.text);
            title(&mut text, reading.title.as_ref());
            if !reading.held_by.is_empty() {
                listed(&mut text, " held by ", &reading.held_by);
            }
            self.line(2, reading.name.span.start, Gap::None, &text);
            self.read_text(reading.title.as_ref());
        }
    }

    fn reservation(&mut self, reservation: &Reservation, gap: Gap) {
        let head = format!(
            "reservation of {} to article {}",
            reservation.of.text, reservation.article.text
        );
        let mut pieces = vec![Piece::new(reservation.span.start, head)];
        pieces.extend(self.conditions(&reservation.conditions));
        if let Some(piece) = pieces.last_mut() {
            piece.text.push('.');
        }
        let span = (reservation.span.start, reservation.span.end);
        self.sentence(0, 2, span, gap, &pieces, "");
    }

    fn protocol(&mut self, protocol: &Protocol) {
        let mut text = String::from("secret protocol");
        title(&mut text, protocol.title.as_ref());
        if !protocol.known_to.is_empty() {
            listed(&mut text, " known to ", &protocol.known_to);
        }
        date(&mut text, " until ", protocol.until.as_ref());
        self.line(0, protocol.span.start, Gap::Force, &text);
        self.read_text(protocol.title.as_ref());
        self.indent += 2;
        self.parts(&protocol.parts, Gap::Keep);
        self.indent -= 2;
        let end = protocol.span.end.saturating_sub("end".len() as u32);
        self.line(0, end, Gap::None, "end");
    }

    fn article(&mut self, article: &Article, gap: Gap) {
        let mut text = format!("article {}", article.label.text);
        title(&mut text, article.title.as_ref());
        dates(&mut text, &article.dates);
        let start = article.span.start;
        match &article.content {
            Content::NoPosition => {
                text.push_str(" creates no position.");
                self.line(0, start, gap, &text);
            }
            Content::NotEncoded(why) => {
                text.push_str(" not encoded");
                title(&mut text, why.as_ref());
                text.push('.');
                self.line(0, start, gap, &text);
            }
            Content::Clauses(clauses) => {
                self.line(0, start, gap, &text);
                for clause in clauses {
                    self.clause(clause);
                }
            }
        }
        self.read_to(article.span.end);
    }

    fn clause(&mut self, clause: &Clause) {
        let pieces = self.print.clause_pieces(clause);
        let label = clause.label.as_ref();
        let lead = label.map_or_else(String::new, |label| format!("({}) ", label.text));
        let span = (clause.span.start, clause.span.end);
        self.clause_lines(span, &pieces, &lead);
    }
}

/// Whether the article stands on one line.
fn is_short(article: &Article) -> bool {
    !matches!(article.content, Content::Clauses(_))
}

fn area_line(line: &AreaLine) -> String {
    let mut text = String::from(if line.except { "except " } else { "" });
    match &line.base {
        AreaBase::Territory(holder) => held(&mut text, "territory of ", holder),
        AreaBase::Islands(holder) => held(&mut text, "islands of ", holder),
        AreaBase::Administered(holder) => held(&mut text, "territory administered by ", holder),
        AreaBase::Named(name) => text.push_str(&name.text),
        AreaBase::Polygon(corners) => {
            text.push_str("polygon");
            for (latitude, longitude) in corners {
                text.push_str(&format!(" ({latitude} {longitude})"));
            }
        }
    }
    for names in &line.within {
        text.push_str(" in ");
        join(&mut text, names, " or ");
    }
    for (before, limit) in [(" north of ", line.north_of), (" south of ", line.south_of)] {
        if let Some(degrees) = limit {
            text.push_str(&format!("{before}{degrees}"));
        }
    }
    dates(&mut text, &line.dates);
    text
}

fn held(text: &mut String, before: &str, holder: &Holder) {
    text.push_str(before);
    match holder {
        Holder::Class(class) => {
            text.push_str("a ");
            text.push_str(&class.text);
        }
        Holder::Named(name) => text.push_str(&name.text),
    }
}

/// Adds a text in quotation marks; gives where it stands.
fn quoted(out: &mut String, word: &str, text: &Name) -> u32 {
    out.push_str(word);
    title(out, Some(text));
    text.span.start
}

/// Adds names with commas between; gives where the first stands.
fn listed(out: &mut String, before: &str, names: &[Name]) -> u32 {
    out.push_str(before);
    join(out, names, ", ");
    names.first().map_or(0, |name| name.span.start)
}

fn role_of(out: &mut String, role: Option<&Name>) {
    if let Some(role) = role {
        out.push_str(" as ");
        out.push_str(&role.text);
    }
}
