//! What a run is asked: the day, on whose account, who performs, which layers count.

use super::trouble::Trouble;
use crate::calendar::{Day, PartialDate};
use crate::catalogue::called;
use crate::diagnostic::phrase::nearest;
use crate::engine::Options;
use crate::model::entity::Entity;
use crate::model::fact::{Assume, View};
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;

/// The arguments that ask.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct AskedArguments {
    /// The day asked for, `YYYY-MM-DD` [default: that of the scenario]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// Who performs their duties: `none`, `all`, or states with commas between
    ///
    /// Duties do not perform themselves. With `all`, or for the states named, each duty that arose is performed on the next
    /// day, which may bring other treaties into play; what follows is marked with its step in the cascade.
    #[arg(
        long,
        value_name = "WHO",
        value_delimiter = ',',
        default_value = "none"
    )]
    assume: Vec<String>,
    /// Which secret treaties and protocols count before they became public: all (`full`), none (`public`), or those known to a
    /// state
    #[arg(long, value_name = "full|public|STATE")]
    view: Option<String>,
}

impl AskedArguments {
    /// As the engine wants it, with the names found in the rulebook.
    pub(super) fn options(&self, rulebook: &Rulebook) -> Result<Options, Trouble> {
        Ok(Options {
            as_of: self.as_of,
            assume: self.performers(rulebook)?,
            view: self.view(rulebook)?,
            ..Options::default()
        })
    }

    fn view(&self, rulebook: &Rulebook) -> Result<Option<View>, Trouble> {
        Ok(match self.view.as_deref() {
            None => None,
            Some("full") => Some(View::Full),
            Some("public") => Some(View::Public),
            Some(name) => Some(View::Of(actor(rulebook, name)?)),
        })
    }

    fn performers(&self, rulebook: &Rulebook) -> Result<Assume, Trouble> {
        let names: Vec<&str> = self.assume.iter().map(|name| name.trim()).collect();
        match names.as_slice() {
            [] | ["none"] => Ok(Assume::None),
            ["all"] => Ok(Assume::All),
            names => {
                let actors = names.iter().map(|name| actor(rulebook, name));
                actors.collect::<Result<_, _>>().map(Assume::Only)
            }
        }
    }
}

/// The state, organisation, organ or group of this name, or the only one that is called so.
pub(super) fn actor(rulebook: &Rulebook, name: &str) -> Result<EntityId, Trouble> {
    let is_actor = |id: EntityId| {
        let entity = rulebook.entities.get(id.index());
        entity.is_some_and(Entity::is_actor)
    };
    if let Some(id) = rulebook.entity(name).filter(|id| is_actor(*id)) {
        return Ok(id);
    }
    let mut called = called(rulebook, name);
    called.retain(|id| is_actor(*id));
    if let [only] = called.as_slice() {
        return Ok(*only);
    }
    let actors = rulebook
        .names
        .iter()
        .filter(|(_, id)| is_actor(**id))
        .map(|(name, _)| name.as_str());
    let hint = match nearest(name, actors) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => "; `casus list states` lists who there is".to_owned(),
    };
    Err(Trouble::Nothing(format!(
        "nobody in the rulebook is called `{name}`{hint}"
    )))
}

/// A day on the command line.
pub(super) fn day(text: &str) -> Result<Day, String> {
    match PartialDate::parse(text) {
        Some(PartialDate::Day(day)) => Ok(day),
        _ => Err("write the day as YYYY-MM-DD, as in 1914-08-04".to_owned()),
    }
}
