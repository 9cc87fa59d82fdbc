//! `casus show`: what is in a rulebook.

mod actor;
mod list;
mod place;
mod treaty;
mod word;

use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::calendar::{Day, Days};
use crate::diagnostic::phrase::nearest;
use crate::model::entity::EntityKind;
use crate::model::rulebook::Rulebook;
use crate::source::Sources;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  casus show                         every treaty
  casus show north-atlantic-treaty   its head, its parties, its articles
  casus show north-atlantic-treaty --core
                                     its clauses as the engine reads them
  casus show france                  its treaties
  casus show attack                  what the word takes, and what it is a kind of
  casus show verbs                   the words that events can be told with";

/// Show what is in the rulebook
///
/// Without THING, lists the treaties. THING is the name of a treaty, state, organisation, place, verb or status, or one of the
/// words `treaties`, `states`, `organisations`, `groups`, `places`, `verbs`, `statuses`.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A name, or a plural such as `states`
    thing: Option<String>,
    /// Show the clauses of a treaty as rules of the small core language that the engine applies
    #[arg(long)]
    core: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

/// A rulebook with its texts, to be shown.
struct Shown<'a> {
    rulebook: &'a Rulebook,
    sources: &'a Sources,
    core: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let origin = arguments.rules.origin(Path::new("."));
    let project = origin.open(arguments.rules.with())?;
    let shown = Shown {
        rulebook: &project.rulebook,
        sources: &project.sources,
        core: arguments.core,
    };
    let thing = arguments.thing.as_deref().unwrap_or("treaties");
    let text = shown.list(thing).or_else(|| shown.thing(thing));
    let Some(text) = text else {
        return Err(Trouble::Nothing(shown.unknown(thing)));
    };
    write!(terminal.out, "{text}")?;
    Ok(Exit::Fine)
}

impl Shown<'_> {
    /// The named thing; a name may be that of an entity and of a word.
    fn thing(&self, name: &str) -> Option<String> {
        let entity = self.rulebook.entity(name).and_then(|id| {
            let entity = self.rulebook.entities.get(id.index())?;
            Some(match entity.kind {
                EntityKind::Treaty(treaty) => self.treaty(treaty),
                EntityKind::Place(_) | EntityKind::Area(_) | EntityKind::Thing => {
                    self.place(id, entity)
                }
                _ => self.actor(id, entity),
            })
        });
        let word = self
            .rulebook
            .predicate_names
            .get(name)
            .map(|&id| self.word(id));
        match (entity, word) {
            (Some(entity), Some(word)) => Some(format!("{entity}\n{word}")),
            (entity, word) => entity.or(word),
        }
    }

    fn unknown(&self, name: &str) -> String {
        let names = self
            .rulebook
            .names
            .keys()
            .chain(self.rulebook.predicate_names.keys());
        match nearest(name, names.map(String::as_str)) {
            Some(near) => {
                format!("the rulebook has nothing called `{name}`; perhaps `{near}` is meant")
            }
            None => format!(
                "the rulebook has nothing called `{name}`; `casus show states` and the like list what there is"
            ),
        }
    }
}

/// `name  "title"`
fn heading(name: &str, title: Option<&str>) -> String {
    title.map_or_else(|| name.to_owned(), |title| format!("{name}  \"{title}\""))
}

/// ` from D until D`, as far as the ends are known.
fn span(days: Days) -> String {
    let from = (days.first > Day::FIRST).then(|| format!(" from {}", days.first));
    let until = (days.last < Day::LAST).then(|| format!(" until {}", days.last));
    from.unwrap_or_default() + &until.unwrap_or_default()
}
