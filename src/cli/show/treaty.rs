//! A treaty: its head, its parties, its articles with their clauses.

use super::{Shown, also, heading, span};
use crate::calendar::Day;
use crate::check::core_text;
use crate::model::ids::TreatyId;
use crate::model::treaty::{
    AfterTerm, Article, ArticleState, Ending, Entry, FirstTerm, Party, Term, Treaty,
};
use crate::wording;
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn treaty(&self, id: TreatyId) -> String {
        let treaty = self.rulebook.treaty(id);
        let mut text = heading(&treaty.name, treaty.title.as_deref()) + "\n";
        if self.article.is_none() {
            text.push_str(&also(&self.rulebook.entities[treaty.entity.index()].also));
            for line in self.head(id, treaty) {
                let _ = writeln!(text, "  {line}");
            }
        }
        for (index, article) in treaty.articles.iter().enumerate() {
            let label = self.article.as_ref();
            if label.is_some_and(|label| *label != article.label) {
                continue;
            }
            text.push('\n');
            text.push_str(&self.article(id, index as u16, article));
        }
        text
    }

    fn head(&self, id: TreatyId, treaty: &Treaty) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(treaty.cite.clone());
        lines.push(format!("binding: {}", treaty.binding));
        lines.extend(treaty.signed.map(|date| format!("signed {date}")));
        lines.push(match self.on {
            Some(day) => self.bound(id, day),
            None => self.parties(treaty),
        });
        lines.push(match &treaty.entry {
            Entry::Stated(days) => format!("in force{}", span(*days)),
            Entry::When(_) => "enters into force by facts: see `casus run`".to_owned(),
            Entry::Never => "never in force by its own words".to_owned(),
        });
        lines.extend(
            treaty
                .provisional
                .map(|day| format!("applied provisionally from {day} until it is in force")),
        );
        lines.extend(treaty.term.map(|term| self.term(treaty, term)));
        lines.extend(treaty.ends_on.map(|day| format!("ends on {day}")));
        lines.extend(treaty.endings.iter().map(|ending| self.ending(ending)));
        let names = |ids: &[TreatyId]| {
            ids.iter()
                .map(|id| self.rulebook.treaty(*id).name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        for (word, ids) in [
            ("replaces", &treaty.replaces),
            ("prevails over", &treaty.prevails_over),
            ("subject to", &treaty.subject_to),
        ] {
            if !ids.is_empty() {
                lines.push(format!("{word} {}", names(ids)));
            }
        }
        if treaty.peremptory {
            lines.push("peremptory".to_owned());
        }
        if treaty.prevails_over_all {
            lines.push("prevails over every treaty".to_owned());
        }
        lines.extend(
            treaty
                .sources
                .iter()
                .map(|source| format!("source: {source}")),
        );
        lines.extend(treaty.notes.iter().map(|note| format!("note: {note}")));
        lines
    }

    /// Who is bound on a day, by the record.
    fn bound(&self, id: TreatyId, day: Day) -> String {
        let bound = self.catalogue.bound(id, day).into_iter();
        let names: Vec<String> = bound.map(|actor| self.rulebook.name(actor)).collect();
        if names.is_empty() {
            return format!("binds nobody on {day}, by the record");
        }
        format!("binds on {day}: {}", names.join(", "))
    }

    fn term(&self, treaty: &Treaty, term: Term) -> String {
        let first = match term.first {
            FirstTerm::For(period) => format!("for {period}"),
            FirstTerm::Until(day) => format!("runs until {day}"),
        };
        let then = match term.then {
            AfterTerm::Ends => String::new(),
            AfterTerm::Renewed { period, .. } => format!(", renewed for {period} unless denounced"),
            AfterTerm::UntilDenounced(period) => {
                format!(", then until {period} after denunciation")
            }
        };
        let prolonged = treaty
            .prolonged
            .as_ref()
            .map_or_else(String::new, |condition| {
                let condition = wording::condition(self.rulebook, condition, &[], &[]);
                format!(", prolonged while {condition}")
            });
        first + &then + &prolonged
    }

    fn ending(&self, ending: &Ending) -> String {
        let condition = wording::condition(self.rulebook, &ending.condition, &[], &[]);
        if ending.after.months == 0 && ending.after.days == 0 {
            format!("ends when {condition}")
        } else {
            format!("ends {} after {condition}", ending.after)
        }
    }

    fn parties(&self, treaty: &Treaty) -> String {
        let party = |party: &Party| {
            let role = party
                .role
                .as_ref()
                .map(|role| format!(" as {role}"))
                .unwrap_or_default();
            format!(
                "{}{role}{}",
                self.rulebook.name(party.actor),
                span(party.dates)
            )
        };
        let mut parties: Vec<String> = treaty.parties.iter().map(party).collect();
        parties.extend(
            treaty
                .parties_of
                .map(|of| format!("whoever is a party to {}", self.rulebook.treaty(of).name)),
        );
        if treaty.open_to_every_state {
            parties.push("every state".to_owned());
        }
        format!("parties: {}", parties.join(", "))
    }

    fn article(&self, treaty: TreatyId, index: u16, article: &Article) -> String {
        let mut text = format!(
            "  article {}\n",
            heading(&article.label, article.title.as_deref())
        );
        match &article.state {
            ArticleState::NoPosition => text.push_str("    creates no position\n"),
            ArticleState::NotEncoded(why) => {
                let why = why
                    .as_ref()
                    .map(|why| format!(": {why}"))
                    .unwrap_or_default();
                let _ = writeln!(text, "    not encoded{why}");
            }
            ArticleState::Encoded => {
                for line in self.clauses(treaty, index) {
                    let _ = writeln!(text, "    {line}");
                }
            }
        }
        text
    }

    /// The clauses of an article, line by line: as written, or as rules.
    fn clauses(&self, treaty: TreatyId, article: u16) -> Vec<String> {
        let norms = self.rulebook.norms.iter();
        let own = norms.filter(|norm| norm.treaty == Some(treaty) && norm.article == article);
        if self.core {
            return own.map(|norm| core_text(norm, self.rulebook)).collect();
        }
        let mut spans: Vec<_> = own.map(|norm| norm.span).collect();
        spans.sort_unstable();
        spans.dedup();
        let lines = spans
            .into_iter()
            .flat_map(|clause| self.sources.text(clause).lines());
        lines.map(|line| line.trim().to_owned()).collect()
    }
}
