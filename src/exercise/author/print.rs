//! Hand-outs on paper: for players, the facilitator, evaluators, and cards for a room without screens. What is expected in them
//! is derived, so it cannot disagree with the rules.

use crate::diagnostic::phrase::join;
use crate::exercise::report::Block;
use crate::exercise::{
    Branch, Change, Exercise, Field, Guard, Inject, Obligations, Pack, Put, Question, QuestionKind,
    RoleId, all_put, expected, offer, sentences, words_of,
};
use crate::yaml::Many;
use indexmap::IndexMap;

/// Where a way on leads that leads to no inject.
const END: &str = "the end";
/// So many wrong answers are told with a question.
const MOST_TOLD: usize = 5;

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// What everybody reads first, and each team alone.
    Players,
    /// The whole course, with timing and expected answers.
    Facilitator,
    /// A sheet for each objective, with boxes to tick.
    Evaluation,
    /// What happens and what is asked, a card each.
    Cards,
}

/// A hand-out.
pub fn print(pack: &Pack, exercise: &Exercise, sheet: Sheet) -> Vec<Block> {
    let printer = Printer {
        pack,
        exercise,
        put: all_put(pack, exercise),
    };
    match sheet {
        Sheet::Players => players(exercise),
        Sheet::Facilitator => printer.facilitator(),
        Sheet::Evaluation => printer.evaluation(),
        Sheet::Cards => printer.cards(),
    }
}

pub(super) fn heading(level: u8, text: impl Into<String>) -> Block {
    Block::Heading(level, text.into())
}

fn prose(text: &str) -> impl Iterator<Item = Block> + '_ {
    let paragraphs = text.split("\n\n").map(str::trim);
    let filled = paragraphs.filter(|paragraph| !paragraph.is_empty());
    filled.map(|paragraph| Block::Paragraph(paragraph.to_owned()))
}

fn players(exercise: &Exercise) -> Vec<Block> {
    let mut blocks = vec![heading(1, format!("{}: for players", exercise.title))];
    blocks.extend(prose(&exercise.brief));
    for role in exercise.roles.iter().filter(|role| role.party.is_some()) {
        blocks.extend([Block::Page, heading(2, role.title.clone())]);
        blocks.extend(prose(&role.brief));
    }
    blocks
}

/// Room for what is asked beside who, what and to whom.
fn room(asked: &Obligations) -> Block {
    let fields = asked.fields.iter().map(|field| match field {
        Field::Article => "article",
        Field::Due => "by when",
        Field::Status => "how it stands",
    });
    let head: Vec<String> = ["answer"]
        .into_iter()
        .chain(fields)
        .map(str::to_owned)
        .collect();
    let empty = vec![vec![String::new(); head.len()]; 3];
    Block::Table(head, empty)
}

/// `I3 · 1962-10-23 · cable from the White House`
fn head(inject: &Inject) -> String {
    let channel = inject.channel.word();
    match &inject.from {
        Some(from) => format!("{} · {} · {channel} from {from}", inject.id, inject.story),
        None => format!("{} · {} · {channel}", inject.id, inject.story),
    }
}

fn names(exercise: &Exercise, roles: &[RoleId]) -> String {
    if roles.len() == exercise.roles.len() {
        return "all".to_owned();
    }
    let names = roles.iter().map(|role| exercise.role(*role).title.clone());
    join(names.collect(), "and")
}

pub(super) struct Printer<'a> {
    pack: &'a Pack,
    pub(super) exercise: &'a Exercise,
    put: Vec<Put<'a>>,
}

impl Printer<'_> {
    fn facilitator(&self) -> Vec<Block> {
        let exercise = self.exercise;
        let mut blocks = vec![heading(
            1,
            format!("{}: for the facilitator", exercise.title),
        )];
        let length = format!(
            "{} minutes, level {} of 5.",
            exercise.minutes, exercise.level
        );
        blocks.push(Block::Paragraph(length));
        blocks.extend(exercise.note.iter().flat_map(|note| prose(note)));
        blocks.extend([heading(2, "Timing"), self.timing()]);
        blocks.push(Block::Paragraph(
            "Expected answers are those of the rules for what each team could know, in the order of the file; after a decision ask the program."
                .to_owned(),
        ));
        for inject in &exercise.injects {
            blocks.extend([Block::Page, heading(2, head(inject))]);
            blocks.push(Block::Paragraph(format!(
                "To {}.",
                names(exercise, &inject.to)
            )));
            blocks.extend(prose(&inject.text));
            if !inject.changes.is_empty() {
                blocks.push(heading(3, "What becomes so, or known"));
                let changes = inject.changes.iter();
                let told = changes.map(|change| self.change(change));
                blocks.push(Block::List(told.collect()));
            }
            for question in &inject.questions {
                blocks.extend(self.question(question));
            }
            blocks.extend(self.ways(inject));
        }
        blocks
    }

    fn cards(&self) -> Vec<Block> {
        let exercise = self.exercise;
        let mut blocks = vec![heading(1, format!("{}: cards", exercise.title))];
        for inject in &exercise.injects {
            blocks.extend([Block::Page, heading(2, head(inject))]);
            let to = names(exercise, &inject.to);
            blocks.push(Block::Paragraph(format!("For {to}")));
            blocks.extend(prose(&inject.text));
            for question in &inject.questions {
                blocks.extend(self.card(question));
            }
        }
        blocks
    }

    /// A question with what it offers, a box each; teams to which other things are offered have a page each.
    fn card(&self, question: &Question) -> Vec<Block> {
        let asked = match &question.kind {
            QuestionKind::Obligations(asked) => Some(asked),
            _ => None,
        };
        let bare = asked.is_some_and(|asked| asked.fields.contains(&Field::Article));
        let mut offered: IndexMap<Vec<String>, Vec<RoleId>> = IndexMap::new();
        for put in self.put.iter().filter(|put| put.question.id == question.id) {
            let offer = offer(self.pack, &put.world, question, put.role);
            let roles = offered.entry(sentences(&offer, bare)).or_default();
            roles.extend((!roles.contains(&put.role)).then_some(put.role));
        }
        let several = offered.len() > 1;
        let card = |(options, roles): (Vec<String>, Vec<RoleId>)| {
            let to = names(self.exercise, &roles);
            let mut blocks: Vec<Block> = several.then_some(Block::Page).into_iter().collect();
            blocks.push(heading(3, format!("{} · for {to}", question.id)));
            blocks.extend(prose(&words_of(question)));
            let boxes: Vec<String> = options.iter().map(|it| format!("☐ {it}")).collect();
            blocks.extend((!boxes.is_empty()).then_some(Block::List(boxes)));
            blocks.extend(asked.map(room));
            blocks
        };
        offered.into_iter().flat_map(card).collect()
    }

    fn timing(&self) -> Block {
        let rows = self.exercise.injects.iter().map(|inject| {
            let at = inject.at.map(|at| format!("{at} min"));
            let by_hand = if inject.shelf {
                "on the shelf"
            } else {
                "by hand"
            };
            let questions = inject.questions.iter();
            let ids: Vec<&str> = questions
                .clone()
                .map(|question| question.id.as_str())
                .collect();
            let minutes: u32 = questions.filter_map(|question| question.minutes).sum();
            vec![
                inject.id.clone(),
                at.unwrap_or_else(|| by_hand.to_owned()),
                inject.story.to_string(),
                names(self.exercise, &inject.to),
                ids.join(", "),
                if minutes == 0 {
                    String::new()
                } else {
                    minutes.to_string()
                },
            ]
        });
        let head = ["inject", "clock", "story", "to", "questions", "minutes"];
        Block::Table(head.map(str::to_owned).to_vec(), rows.collect())
    }

    fn change(&self, change: &Change) -> String {
        let sides = |many: &Option<Many>, word: &str| {
            let names = many
                .as_ref()
                .map(|many| many.0.iter().map(|name| name.text.clone()).collect());
            let names = names.map(|names: Vec<String>| join(names, "and"));
            names
                .map(|names| format!("; {word} {names}"))
                .unwrap_or_default()
        };
        match change {
            Change::Add(event, roles) => {
                let said =
                    sides(&event.asserted_by, "said by") + &sides(&event.denied_by, "denied by");
                let known = names(self.exercise, roles);
                format!("{}{said}; known to {known}", event.what.text)
            }
            Change::Amend(event) => format!("now: {}", event.what.text),
            Change::Retract(id) => format!("taken back: {id}"),
            Change::Establish(id, true) => format!("established as so: {id}"),
            Change::Establish(id, false) => format!("established as not so: {id}"),
            Change::Account(id, party, true) => format!("{} says that it is so: {id}", party.text),
            Change::Account(id, party, false) => {
                format!("{} says that it is not so: {id}", party.text)
            }
            Change::Reveal(id, roles) => {
                format!("{id} becomes known to {}", names(self.exercise, roles))
            }
        }
    }

    fn question(&self, question: &Question) -> Vec<Block> {
        let to = names(self.exercise, &question.to);
        let mut blocks = vec![heading(3, format!("{} · for {to}", question.id))];
        blocks.extend(prose(&words_of(question)));
        let open = "for the team to decide, and for you to discuss".to_owned();
        let right = self.answers(question).into_iter();
        let right = right.map(|(answer, roles)| {
            let answer = answer.unwrap_or_else(|| open.clone());
            format!("{roles}: {answer}")
        });
        blocks.push(Block::List(right.chain(self.wrong(question)).collect()));
        blocks
    }

    /// The right answers, each with the teams whose it is; `None`: there is no right one.
    pub(super) fn answers(&self, question: &Question) -> Vec<(Option<String>, String)> {
        let mut found: IndexMap<Option<String>, Vec<String>> = IndexMap::new();
        for put in self.put.iter().filter(|put| put.question.id == question.id) {
            let role = self.exercise.role(put.role).title.clone();
            let answer = expected(self.pack, self.exercise, put);
            let answer = answer.map(|lines| in_words(question, &lines));
            found.entry(answer).or_default().push(role);
        }
        let found = found.into_iter();
        found
            .map(|(answer, roles)| (answer, join(roles, "and")))
            .collect()
    }

    /// What somebody might say instead, and why it is wrong.
    fn wrong(&self, question: &Question) -> Vec<String> {
        let put = self.put.iter().filter(|put| put.question.id == question.id);
        let mut found: Vec<String> = put
            .flat_map(|put| offer(self.pack, &put.world, question, put.role).options)
            .filter(|it| it.right == Some(false))
            .map(|it| format!("if somebody says that {}: {}", it.text, it.why))
            .collect();
        found.sort();
        found.dedup();
        found.truncate(MOST_TOLD);
        found
    }

    fn ways(&self, inject: &Inject) -> Vec<Block> {
        let next = inject.next.iter().map(|branch| self.way(branch));
        let mut lines: Vec<String> = next.collect();
        if let Some(contingency) = &inject.contingency {
            let send = &self.exercise.inject(contingency.send).id;
            let (question, after) = (&contingency.unanswered, contingency.after);
            lines.push(format!(
                "if nobody answers {question} for {after} minutes, send {send}"
            ));
        }
        if lines.is_empty() {
            return Vec::new();
        }
        vec![heading(3, "How it goes on"), Block::List(lines)]
    }

    fn way(&self, branch: &Branch) -> String {
        let go = branch
            .go
            .map_or(END, |go| self.exercise.inject(go).id.as_str());
        let guards = branch.guards.iter().map(|guard| match guard {
            Guard::Decided {
                role,
                question,
                option,
            } => {
                let role = &self.exercise.role(*role).title;
                format!("{role} chose {option} on {question}")
            }
            Guard::Owed(query, true) => format!("it follows that {}", query.text),
            Guard::Owed(query, false) => format!("it does not follow that {}", query.text),
            Guard::Unanswered(question) => format!("nobody answered {question}"),
        });
        let guards: Vec<String> = guards.collect();
        if guards.is_empty() {
            return format!("then {go}");
        }
        format!("if {}, then {go}", join(guards, "and"))
    }
}

fn in_words(question: &Question, answers: &[String]) -> String {
    match (answers, &question.kind) {
        ([], QuestionKind::Obligations(_)) => "no obligation arises".to_owned(),
        ([], _) => "none of these".to_owned(),
        _ => answers.join("; "),
    }
}
