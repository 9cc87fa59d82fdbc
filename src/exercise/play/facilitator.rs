//! The facilitator's console in a terminal: for a room without a network, on the same session file as the room of browsers.

mod show;

use super::told::prose;
use super::{Game, PlayError, Prompter, Turn};
use crate::diagnostic::phrase::join;
use crate::exercise::session::{
    Actor, Ask, Entry, Happening, Keeper, NotKept, Response, StoreError,
};
use crate::exercise::{RoleId, Viewer};

const HELP: &str = "\
v  see the next inject, with the answers that will be right
n  release it                     h  hold it, or hold it no longer
i  send a message of your own     u  take the last message back
p  pause, or run the clock        b  where each team is
a TEAM QUESTION  type in the answer of a team
r QUESTION       show the right answers
d TEAM QUESTION  let a decision take effect
o TEAM QUESTION  give other points
x TEAM MINUTES   give a team more time
c MINUTES        set the clock
g                decide a contested point, or keep both accounts
k  bookmark for the hot wash      e  a note of an evaluator
z  hot wash                       end  end the exercise for good
?  this help                      q  leave; everything is kept";

/// A console.
pub struct Console<'c, 'p> {
    /// The session.
    pub keeper: Keeper<'p>,
    /// Where it is shown and typed.
    pub prompter: &'c mut dyn Prompter,
}

impl Console<'_, '_> {
    /// Works until the facilitator leaves.
    ///
    /// # Errors
    /// A terminal or disk that fails; everything acknowledged before is kept.
    pub fn run(&mut self) -> Result<(), PlayError> {
        let exercise = self.keeper.session.exercise;
        self.say(&format!("{}\n{}", exercise.marking, exercise.title))?;
        if let Some(note) = &exercise.note {
            self.say(&prose(note, self.prompter.width()))?;
        }
        self.say("Type `?` for help. The clock stands: `p` runs it.")?;
        self.next()?;
        loop {
            let prompt = self.prompt();
            let Some(line) = self.prompter.ask(&prompt)? else {
                break;
            };
            for sequence in self.tick()? {
                self.told(sequence)?;
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [] => {}
                ["q"] => break,
                words => self.obey(words)?,
            }
        }
        if !self.keeper.session.clock.paused && !self.keeper.session.ended {
            self.record(Happening::Paused)?;
        }
        self.say("Left. Everything is kept.")
    }

    fn prompt(&mut self) -> String {
        let seconds = self.keeper.seconds();
        let session = &self.keeper.session;
        let state = match (session.ended, session.clock.paused) {
            (true, _) => "over",
            (_, true) => "paused",
            _ => "running",
        };
        format!(
            "[{}:{:02}:{:02} {state}] > ",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }

    fn tick(&mut self) -> Result<Vec<u64>, PlayError> {
        Ok(self.keeper.tick()?)
    }

    fn obey(&mut self, words: &[&str]) -> Result<(), PlayError> {
        match words {
            ["?"] => self.say(HELP),
            ["v"] => self.view(),
            ["n"] => self.release(),
            ["h"] => self.hold(),
            ["i"] => self.insert(),
            ["u"] => match self.keeper.session.last_sent() {
                Some(entry) => self.record(Happening::Undone { entry }).map(|_| ()),
                None => self.say("Nothing was sent yet."),
            },
            ["p"] if self.keeper.session.clock.paused => {
                self.record(Happening::Resumed).map(|_| ())
            }
            ["p"] => self.record(Happening::Paused).map(|_| ()),
            ["b"] => self.board(),
            ["a", team, question] => self.answer(team, question),
            ["r", question] => self.reveal(question),
            ["d", team, question] => {
                let (role, question) = ((*team).to_owned(), (*question).to_owned());
                self.record(Happening::Effected { role, question })
                    .map(|_| ())
            }
            ["o", team, question] => self.other_points(team, question),
            ["x", team, minutes] => {
                let (role, minutes) = ((*team).to_owned(), minutes.parse().unwrap_or(0));
                self.record(Happening::Granted { role, minutes })
                    .map(|_| ())
            }
            ["c", minutes] => match minutes.parse::<u64>() {
                Ok(minutes) => self
                    .record(Happening::ClockSet {
                        seconds: minutes.saturating_mul(60),
                    })
                    .map(|_| ()),
                Err(_) => self.say("Give the minutes as a number."),
            },
            ["g"] => self.settle(),
            ["k"] => self.written("Come back to: ", |text| Happening::Bookmarked { text }),
            ["e"] => self.note(),
            ["z"] => self.hot_wash(),
            ["end"] => self.record(Happening::Ended).map(|_| ()),
            _ => self.say("That is no command here. Type `?` for help."),
        }
    }

    fn release(&mut self) -> Result<(), PlayError> {
        let Some(id) = self.keeper.session.next() else {
            return self.say("Nothing comes next by the exercise.");
        };
        let inject = self.keeper.session.exercise.inject(id).id.clone();
        let text = None;
        let Some(sequence) = self.record(Happening::Released { inject, text })? else {
            return Ok(());
        };
        self.told(sequence)?;
        self.next()
    }

    fn hold(&mut self) -> Result<(), PlayError> {
        let session = &self.keeper.session;
        let Some(id) = session.next() else {
            return self.say("Nothing comes next by the exercise.");
        };
        let inject = session.exercise.inject(id).id.clone();
        let held = !session.held.contains(&inject);
        let said = format!("{inject} is held{}.", if held { "" } else { " no longer" });
        self.record(Happening::Held { inject, held })?;
        self.say(&said)
    }

    fn insert(&mut self) -> Result<(), PlayError> {
        let exercise = self.keeper.session.exercise;
        let playing: Vec<RoleId> = exercise.playing().collect();
        let all = join(
            playing
                .iter()
                .map(|role| exercise.role(*role).id.clone())
                .collect(),
            "and",
        );
        let Some(to) = self.asked(&format!("To whom? {all} (Enter: all): "))? else {
            return Ok(());
        };
        let names: Vec<String> = to
            .split([',', ' '])
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        let to = if names.is_empty() {
            playing
                .iter()
                .map(|role| exercise.role(*role).id.clone())
                .collect()
        } else {
            names
        };
        let Some(text) = self.asked("Text: ")?.filter(|text| !text.is_empty()) else {
            return Ok(());
        };
        let fact = self.asked("A fact that becomes so, as a sentence (Enter: none): ")?;
        let fact = fact.filter(|fact| !fact.is_empty());
        let from = None;
        self.record(Happening::Inserted {
            to,
            from,
            text,
            fact,
        })
        .map(|_| ())
    }

    /// The question as it is put at a keyboard, for a team that writes on paper.
    fn answer(&mut self, team: &str, question: &str) -> Result<(), PlayError> {
        let exercise = self.keeper.session.exercise;
        let (Some(role), Some((_, question))) =
            (exercise.role_named(team), exercise.question(question))
        else {
            return self.say("There is no such team or question.");
        };
        if !question.to.contains(&role) || self.keeper.session.world_of(&question.id).is_none() {
            return self.say("This was not asked of that team, or not yet.");
        }
        let Ask {
            role: name,
            question: id,
        } = self.keeper.session.ask_of(question, role);
        let receipt = format!("{name}-{id}-{}", self.keeper.session.log.len());
        let answered = |response| Happening::Answered {
            role: name.clone(),
            question: id.clone(),
            response,
            receipt: receipt.clone(),
        };
        // Nobody types in what would not be taken.
        if let Err(refused) = self
            .keeper
            .session
            .allowed(&answered(Response::NoObligation))
        {
            return self.say(&format!("Not done: {refused}."));
        }
        let mut made: Vec<Entry> = Vec::new();
        let mut keep = |entry: &Entry| -> Result<(), StoreError> {
            made.push(entry.clone());
            Ok(())
        };
        let mut game = Game {
            session: self.keeper.session.clone(),
            roles: vec![role],
            prompter: &mut *self.prompter,
            keep: &mut keep,
            now: &|| 0,
            turn: Turn::default(),
        };
        let response = game.response(question, role)?;
        drop(game);
        // Hints that were taken on the way cost what they cost.
        for entry in made {
            self.record(entry.happening)?;
        }
        let Some(response) = response else {
            return self.say("Left: nothing was handed in.");
        };
        match self.record(answered(response))? {
            Some(_) => self.say("Handed in."),
            None => Ok(()),
        }
    }

    fn other_points(&mut self, team: &str, question: &str) -> Result<(), PlayError> {
        let Some(percent) = self.asked("Percent of the points: ")? else {
            return Ok(());
        };
        let Some(percent) = percent
            .parse::<f64>()
            .ok()
            .filter(|it| (0.0..=100.0).contains(it))
        else {
            return self.say("Give a number from 0 to 100.");
        };
        let Some(reason) = self.asked("Why? ")?.filter(|reason| !reason.is_empty()) else {
            return self.say("Say why: the reason goes into the report.");
        };
        let happening = Happening::Overridden {
            role: team.to_owned(),
            question: question.to_owned(),
            share: percent / 100.0,
            reason,
        };
        self.record(happening).map(|_| ())
    }

    fn note(&mut self) -> Result<(), PlayError> {
        let exercise = self.keeper.session.exercise;
        let objectives = exercise.objectives.iter().map(|it| it.id.as_str());
        let prompt = format!(
            "On which objective? {} (Enter: none): ",
            objectives.collect::<Vec<_>>().join(", ")
        );
        let Some(objective) = self.asked(&prompt)? else {
            return Ok(());
        };
        let Some(rating) = self.asked("Rating P, S, M or U (Enter: none): ")? else {
            return Ok(());
        };
        let rating = rating
            .to_uppercase()
            .chars()
            .next()
            .filter(|c| "PSMU".contains(*c));
        self.written("What you saw: ", |text| Happening::Noted {
            role: None,
            objective: Some(objective.clone()).filter(|objective| !objective.is_empty()),
            rating,
            text,
        })
    }

    /// Shows the contested points with what was argued, and decides one.
    fn settle(&mut self) -> Result<(), PlayError> {
        let session = &self.keeper.session;
        let contested: Vec<(String, String)> = session
            .world
            .contested(Viewer::Truth)
            .map(|(id, event)| (id.to_owned(), event.what.text.clone()))
            .collect();
        if contested.is_empty() {
            return self.say("No point is contested.");
        }
        for (id, what) in &contested {
            self.say(&format!("{id}: {what}"))?;
        }
        let Some(fact) = self.asked("Which one? ")?.filter(|fact| !fact.is_empty()) else {
            return Ok(());
        };
        let so = match self.asked("Is it so? yes, no, or both accounts stay: ")? {
            Some(said) if said == "yes" => Some(true),
            Some(said) if said == "no" => Some(false),
            Some(said) if said == "both" => None,
            _ => return self.say("Type `yes`, `no` or `both`."),
        };
        self.written("Why? ", |reason| Happening::Settled { fact, so, reason })
    }

    fn hot_wash(&mut self) -> Result<(), PlayError> {
        let exercise = self.keeper.session.exercise;
        for prompt in &exercise.hotwash.prompts {
            self.written(&format!("{prompt}: "), |text| Happening::Reflected {
                prompt: prompt.clone(),
                text,
            })?;
        }
        Ok(())
    }

    /// Asks for a text and records what it makes; an empty one makes nothing.
    fn written(
        &mut self,
        prompt: &str,
        make: impl FnOnce(String) -> Happening,
    ) -> Result<(), PlayError> {
        match self.asked(prompt)?.filter(|text| !text.is_empty()) {
            Some(text) => self.record(make(text)).map(|_| ()),
            None => Ok(()),
        }
    }

    fn asked(&mut self, prompt: &str) -> Result<Option<String>, PlayError> {
        let line = self.prompter.ask(prompt)?;
        Ok(line.map(|line| line.trim().to_owned()))
    }

    /// Records something, or says why it does not fit.
    fn record(&mut self, happening: Happening) -> Result<Option<u64>, PlayError> {
        match self.keeper.record(Actor::Facilitator, happening) {
            Ok(sequence) => Ok(Some(sequence)),
            Err(NotKept::Refused(refused)) => {
                self.say(&format!("Not done: {refused}."))?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn say(&mut self, text: &str) -> Result<(), PlayError> {
        Ok(self.prompter.say(text)?)
    }

    fn tell(&mut self, text: &str, first: usize, rest: usize) -> Result<(), PlayError> {
        Ok(self.prompter.tell(text, first, rest)?)
    }
}
