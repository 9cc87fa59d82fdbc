//! `casus show`: one thing of a rulebook, or one scenario, told in full.

mod actor;
mod bonds;
mod place;
mod scenario;
mod treaty;
mod word;

use super::asked::day;
use super::exit::Exit;
use super::rules::RulesArgument;
use super::shelf;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::calendar::{Day, Days};
use crate::catalogue::{Catalogue, Found};
use crate::diagnostic::phrase::or_ticked;
use crate::model::entity::EntityKind;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::model::treaty::Treaty;
use crate::report::json;
use crate::source::Sources;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  casus show north-atlantic-treaty     its head, its parties, its articles
  casus show north-atlantic-treaty --core
                                       its clauses as the engine reads them
  casus show un-charter article 51     one article of it
  casus show france                    its treaties
  casus show france --on 1914-08-01    what bound it that day: allies, treaties, articles
  casus show july-1914                 what a scenario tells, and what it expects
  casus show cuban missile crisis      whatever is called so
  casus show attack                    what a word takes, and what it is a kind of";

/// More candidates are not named.
const MOST_NAMED: usize = 10;

/// Show one thing: a treaty, a state, a place, a word, a scenario
///
/// NAME is a name of the rulebook or of a scenario, a title, another name or a code; if nothing is called so, the one thing
/// whose names hold these words. `casus list` finds many.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The name; several words make one name
    #[arg(required = true)]
    name: Vec<String>,
    /// What is so on this day: of an actor everything that binds it, its allies, and against whom
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,
    /// What binds an actor on a day, for programs
    #[arg(long, requires = "on")]
    json: bool,
    /// Show the clauses of a treaty as rules of the small core language that the engine applies
    #[arg(long)]
    core: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

/// A rulebook with its texts, to be shown.
struct Shown<'a> {
    catalogue: &'a Catalogue<'a>,
    rulebook: &'a Rulebook,
    sources: &'a Sources,
    on: Option<Day>,
    core: bool,
    /// The label of the one article that is asked for.
    article: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let origin = arguments.rules.origin(Path::new("."));
    let project = origin.open(arguments.rules.with())?;
    let cards = shelf::cards(&origin)?;
    let catalogue = Catalogue::new(&project, &cards);
    let (name, article) = asked(&arguments.name.join(" "));
    let shown = Shown {
        catalogue: &catalogue,
        rulebook: &project.rulebook,
        sources: &project.sources,
        on: arguments.on,
        core: arguments.core,
        article,
    };
    let found = shown.find(&name)?;
    if arguments.json {
        let document = shown.document(&name, &found)?;
        writeln!(terminal.out, "{}", json::print(vec![document], false))?;
    } else {
        let told: Vec<String> = found.into_iter().map(|one| shown.tell(one)).collect();
        write!(terminal.out, "{}", told.join("\n"))?;
    }
    Ok(Exit::Fine)
}

impl<'a> Shown<'a> {
    /// What the name means: everything that is called so, or the one thing that it may mean.
    fn find(&self, name: &str) -> Result<Vec<Found<'a>>, Trouble> {
        let mut found = self.catalogue.called(name);
        if found.is_empty() {
            found = self.catalogue.like(name);
            match found.as_slice() {
                [] => return Err(Trouble::Nothing(self.unknown(name))),
                [_] => {}
                several => return Err(Trouble::Nothing(self.which(name, several))),
            }
        }
        if let Some(label) = &self.article {
            let treaty = found.iter().find_map(|one| self.treaty_of(*one));
            let without = no_article(name, label, treaty);
            found.retain(|one| self.has_article(*one, label));
            if found.is_empty() {
                return Err(Trouble::Nothing(without));
            }
        }
        Ok(found)
    }

    fn has_article(&self, found: Found<'_>, label: &str) -> bool {
        let articles = self.treaty_of(found).map(|treaty| &treaty.articles);
        articles.is_some_and(|articles| articles.iter().any(|article| article.label == label))
    }

    fn treaty_of(&self, found: Found<'_>) -> Option<&'a Treaty> {
        let Found::Thing(id) = found else { return None };
        match self.rulebook.entities[id.index()].kind {
            EntityKind::Treaty(treaty) => Some(self.rulebook.treaty(treaty)),
            _ => None,
        }
    }

    fn tell(&self, found: Found<'_>) -> String {
        match found {
            Found::Thing(id) => self.thing(id),
            Found::Word(id) => self.word(id),
            Found::Scenario(card) => scenario::told(card),
        }
    }

    fn thing(&self, id: EntityId) -> String {
        let entity = &self.rulebook.entities[id.index()];
        match entity.kind {
            EntityKind::Treaty(treaty) => self.treaty(treaty),
            EntityKind::Place(_) | EntityKind::Area(_) | EntityKind::Thing => {
                self.place(id, entity)
            }
            _ => match self.on {
                Some(day) => self.bonds(&self.catalogue.bonds(id, day)),
                None => self.actor(id, entity),
            },
        }
    }

    /// What binds the first actor among what was found.
    fn document(&self, name: &str, found: &[Found<'_>]) -> Result<json::Document, Trouble> {
        let actor = found.iter().find_map(|one| match one {
            Found::Thing(id) if self.rulebook.entities[id.index()].is_actor() => Some(*id),
            _ => None,
        });
        let (Some(actor), Some(on)) = (actor, self.on) else {
            let why = format!("`{name}` is no actor; only what binds an actor is told as JSON");
            return Err(Trouble::Nothing(why));
        };
        let bonds = self.catalogue.bonds(actor, on);
        let tables = [self.alliance_table(&bonds), self.treaty_table(&bonds)];
        Ok(json::bonds(&self.rulebook.name(actor), on, &tables))
    }

    fn which(&self, name: &str, several: &[Found<'_>]) -> String {
        let first = several.iter().take(MOST_NAMED);
        let named = or_ticked(first.map(|one| self.catalogue.name(*one)));
        let more = match several.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" or {more} others (`casus list {name}`)"),
        };
        format!("nothing is called `{name}`; perhaps {named}{more} is meant")
    }

    fn unknown(&self, name: &str) -> String {
        match self.catalogue.nearest(name) {
            Some(near) => {
                format!("nothing is called `{name}`; perhaps `{near}` is meant")
            }
            None => format!(
                "nothing is called `{name}`; `casus list {name}` looks in titles, articles and remarks too"
            ),
        }
    }
}

/// `un-charter article 51`: the name, and the label of an article if one is asked for.
fn asked(words: &str) -> (String, Option<String>) {
    match words.rsplit_once(" article ") {
        Some((name, label)) => (name.to_owned(), Some(label.trim().to_owned())),
        None => (words.to_owned(), None),
    }
}

/// That a treaty has no such article, or that what was found is no treaty.
fn no_article(name: &str, label: &str, treaty: Option<&Treaty>) -> String {
    let Some(treaty) = treaty else {
        return format!("`{name}` is no treaty, and has no articles");
    };
    let known = or_ticked(treaty.articles.iter().map(|article| &article.label));
    format!(
        "`{}` has no article `{label}` in the rulebook; it has {known}",
        treaty.name
    )
}

/// `name  "title"`
fn heading(name: &str, title: Option<&str>) -> String {
    title.map_or_else(|| name.to_owned(), |title| format!("{name}  \"{title}\""))
}

/// `  also X, Y`, if there is another name.
fn also(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("  also {}\n", names.join(", "))
}

/// ` from D until D`, as far as the ends are known.
fn span(days: Days) -> String {
    let from = (days.first > Day::FIRST).then(|| format!(" from {}", days.first));
    let until = (days.last < Day::LAST).then(|| format!(" until {}", days.last));
    from.unwrap_or_default() + &until.unwrap_or_default()
}
