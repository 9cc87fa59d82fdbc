//! What binds an actor on a day: its allies, its treaties, their articles.

use super::{Shown, heading, span};
use crate::calendar::{Day, Days};
use crate::catalogue::{Alliance, Bond, Bonds, Way};
use crate::report::style::wrap;
use crate::report::table::{Cell, Column, Table};
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn bonds(&self, bonds: &Bonds) -> String {
        let entity = &self.rulebook.entities[bonds.actor.index()];
        let mut text = heading(&entity.name, entity.title.as_deref());
        let _ = writeln!(text, "\non {}", bonds.on);
        if !entity.exists.contains(bonds.on) {
            let _ = writeln!(text, "  does not exist: it existed {}", entity.exists);
            return text;
        }
        if !bonds.alliances.is_empty() {
            text.push_str("\nAllies\n");
        }
        for alliance in &bonds.alliances {
            text.push_str(&alliance_lines(&entity.name, alliance));
        }
        text.push_str(if bonds.bonds.is_empty() {
            "\nBound by nothing in the rulebook\n"
        } else {
            "\nBound by\n"
        });
        for bond in &bonds.bonds {
            text.push_str(&self.bond(bond));
        }
        text
    }

    fn bond(&self, bond: &Bond) -> String {
        let treaty = self.rulebook.treaty(bond.treaty);
        let role = bond.role.as_ref().map(|role| format!(" as {role}"));
        let remarks = remarks(bond, &treaty.binding);
        let line = format!(
            "{}{}{}{}",
            heading(&treaty.name, treaty.title.as_deref()),
            role.unwrap_or_default(),
            span(bond.days),
            remarks,
        );
        let mut text = wrap(&line, 2, 6) + "\n";
        for (index, asked) in &bond.articles {
            let article = &treaty.articles[*index];
            let label = heading(&article.label, article.title.as_deref());
            let line = format!("article {label}: {}", asked.join("; "));
            let _ = writeln!(text, "{}", wrap(&line, 4, 8));
        }
        text
    }

    pub(super) fn alliance_table(&self, bonds: &Bonds) -> Table {
        let row = |alliance: &Alliance| -> Vec<Cell> {
            let owed = match alliance.way {
                Way::Owes => "to them",
                Way::IsOwed => "by them",
                Way::Both => "both ways",
            };
            vec![
                alliance.with.clone().into(),
                owed.into(),
                alliance.duty.clone().into(),
                alliance.against.clone().into(),
                Cell::List(alliance.when.clone(), "conditions"),
                alliance.under.clone().into(),
            ]
        };
        let keys = ["with", "owed", "duty", "against", "when", "under"];
        Table {
            of: "allies",
            columns: keys.map(Column::told).to_vec(),
            rows: bonds.alliances.iter().map(row).collect(),
        }
    }

    pub(super) fn treaty_table(&self, bonds: &Bonds) -> Table {
        let row = |bond: &Bond| -> Vec<Cell> {
            let treaty = self.rulebook.treaty(bond.treaty);
            let articles = bond.articles.iter().map(|(index, asked)| {
                format!("{}: {}", treaty.articles[*index].label, asked.join("; "))
            });
            let Days { first, last } = bond.days;
            vec![
                treaty.name.clone().into(),
                treaty.title.clone().into(),
                treaty.binding.clone().into(),
                bond.role.clone().into(),
                Some(first).filter(|first| *first > Day::FIRST).into(),
                Some(last).filter(|last| *last < Day::LAST).into(),
                Cell::List(articles.collect(), "articles"),
            ]
        };
        let keys = [
            "treaty", "title", "binding", "as", "from", "until", "articles",
        ];
        Table {
            of: "bound_by",
            columns: keys.map(Column::told).to_vec(),
            rows: bonds.bonds.iter().map(row).collect(),
        }
    }
}

/// Who owes whom what, against whom, when and where it stands.
fn alliance_lines(actor: &str, alliance: &Alliance) -> String {
    let owed = match alliance.way {
        Way::Owes => format!("owed by {actor}"),
        Way::IsOwed => format!("owed to {actor}"),
        Way::Both => "owed both ways".to_owned(),
    };
    let what = format!("{owed}: {}, against {}", alliance.duty, alliance.against);
    let mut lines = vec![wrap(&alliance.with, 2, 4), wrap(&what, 6, 8)];
    if !alliance.when.is_empty() {
        let when = format!("when {}", alliance.when.join(" and "));
        lines.push(wrap(&when, 6, 8));
    }
    lines.push(format!("      {}\n", alliance.under));
    lines.join("\n")
}

/// ` (political, secret then)`
fn remarks(bond: &Bond, binding: &str) -> String {
    let mut remarks: Vec<&str> = Vec::new();
    if binding != "treaty" {
        remarks.push(binding);
    }
    if bond.secret {
        remarks.push("secret then");
    }
    if bond.disputed {
        remarks.push("on some readings");
    }
    if remarks.is_empty() {
        String::new()
    } else {
        format!(" ({})", remarks.join(", "))
    }
}
