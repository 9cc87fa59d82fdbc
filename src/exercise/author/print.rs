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

fn heading(level: u8, text: impl Into<String>) -> Block {
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

struct Printer<'a> {
    pack: &'a Pack,
    exercise: &'a Exercise,
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
        // What is the same for several teams is said once.
        let mut answers: IndexMap<String, Vec<String>> = IndexMap::new();
        let mut wrong: Vec<String> = Vec::new();
        for put in self.put.iter().filter(|put| put.question.id == question.id) {
            let role = self.exercise.role(put.role).title.clone();
            let answer = expected(self.pack, self.exercise, put);
            let answer = answer.map_or_else(
                || "for the team to decide, and for you to discuss".to_owned(),
                |answers| join_or_none(&answers),
            );
            answers.entry(answer).or_default().push(role);
            let offer = offer(self.pack, &put.world, question, put.role);
            let others = offer.options.iter().filter(|it| it.right == Some(false));
            let told = others.map(|it| format!("if somebody says that {}: {}", it.text, it.why));
            wrong.extend(told.take(MOST_TOLD));
        }
        let right = answers.into_iter();
        let right = right.map(|(answer, roles)| format!("{}: {answer}", join(roles, "and")));
        let mut lines: Vec<String> = right.collect();
        wrong.sort();
        wrong.dedup();
        lines.extend(wrong.into_iter().take(MOST_TOLD));
        blocks.push(Block::List(lines));
        blocks
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

    fn evaluation(&self) -> Vec<Block> {
        let exercise = self.exercise;
        let mut blocks = vec![
            heading(1, format!("{}: for evaluators", exercise.title)),
            Block::Paragraph(
                "P: performed without challenges. S: performed with some challenges. M: performed with major challenges. U: unable to be \
                 performed. Tick one box for each task, and write what you saw."
                    .to_owned(),
            ),
        ];
        for (at, objective) in exercise.objectives.iter().enumerate() {
            blocks.extend([
                Block::Page,
                heading(2, format!("{}: {}", objective.id, objective.text)),
            ]);
            let lines = [
                ("Exercise", exercise.title.as_str()),
                ("Team", ""),
                ("Evaluator", ""),
                ("Date", ""),
            ];
            let rows = lines.map(|(what, value)| vec![what.to_owned(), value.to_owned()]);
            blocks.push(Block::Table(
                vec!["sheet".to_owned(), String::new()],
                rows.to_vec(),
            ));
            if !objective.articles.is_empty() {
                let articles = objective.articles.join(", ");
                blocks.push(Block::Paragraph(format!("About {articles}.")));
            }
            let own = objective.tasks.iter().cloned();
            let tasks = own
                .chain(["The objective as a whole".to_owned()])
                .map(|task| {
                    let boxes = ["☐"; 4].map(str::to_owned);
                    [vec![task], boxes.to_vec(), vec![String::new()]].concat()
                });
            let head = ["task", "P", "S", "M", "U", "what was seen"];
            blocks.push(Block::Table(
                head.map(str::to_owned).to_vec(),
                tasks.collect(),
            ));
            blocks.push(heading(3, "What a right answer names"));
            let tests = self
                .put
                .iter()
                .filter(|put| put.question.objective == Some(at));
            let told = tests.filter_map(|put| {
                let answers = expected(self.pack, exercise, put)?;
                let role = &exercise.role(put.role).title;
                Some(format!(
                    "{} · {role}: {}",
                    put.question.id,
                    join_or_none(&answers)
                ))
            });
            blocks.push(Block::List(told.collect()));
        }
        blocks
    }
}

fn join_or_none(answers: &[String]) -> String {
    if answers.is_empty() {
        "no obligation arises".to_owned()
    } else {
        answers.join("; ")
    }
}
