//! Treaties on a page.

use super::join;
use super::layout::{Gap, Piece};
use super::page::{Page, date, dates, title};
use crate::syntax::ast::{
    Area, AreaBase, AreaLine, Article, Clause, Content, Dispute, Holder, Name, Part, Protocol,
    Reservation, Treaty,
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

    pub(super) fn part(&mut self, part: &Part, gap: Gap) {
        match part {
            Part::History(facts) => self.history(facts),
            Part::Area(area) => self.area(area, gap),
            Part::Dispute(dispute) => self.dispute(dispute, gap),
            Part::Article(article) => self.article(article, gap),
            Part::Reservation(reservation) => self.reservation(reservation, gap),
            Part::Protocol(protocol) => self.protocol(protocol),
        }
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
        let mut head = format!(
            "reservation of {} to article {}",
            reservation.of.text, reservation.article.text
        );
        if !reservation.conditions.is_empty() {
            head.push_str(", which binds it");
        }
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
        self.closing(end, "end");
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

pub(super) fn area_line(line: &AreaLine) -> String {
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

/// Adds names with commas between; gives where the first stands.
pub(super) fn listed(out: &mut String, before: &str, names: &[Name]) -> u32 {
    out.push_str(before);
    join(out, names, ", ");
    names.first().map_or(0, |name| name.span.start)
}
