//! The sheets of evaluators: for each objective its tasks with boxes, and what a right answer names.

use super::print::{Printer, heading};
use crate::exercise::report::Block;
use crate::exercise::{Exercise, Objective};

impl Printer<'_> {
    /// A sheet for each objective, with boxes to tick.
    pub(super) fn evaluation(&self) -> Vec<Block> {
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
            let title = format!("{}: {}", objective.id, objective.text);
            blocks.extend([Block::Page, heading(2, title), sheet(exercise)]);
            if !objective.articles.is_empty() {
                let articles = objective.articles.join(", ");
                blocks.push(Block::Paragraph(format!("About {articles}.")));
            }
            blocks.push(tasks(objective));
            blocks.push(heading(3, "What a right answer names"));
            blocks.push(Block::List(self.tested_by(at)));
        }
        blocks
    }

    /// The right answers to the questions that test an objective.
    fn tested_by(&self, objective: usize) -> Vec<String> {
        let questions = self.exercise.injects.iter().flat_map(|it| &it.questions);
        let own = questions.filter(|question| question.objective == Some(objective));
        let told = own.flat_map(|question| {
            let answers = self.answers(question).into_iter();
            answers.filter_map(|(answer, roles)| {
                Some(format!("{} · {roles}: {}", question.id, answer?))
            })
        });
        told.collect()
    }
}

/// Who watched whom, to be filled in.
fn sheet(exercise: &Exercise) -> Block {
    let lines = [
        ("Exercise", exercise.title.as_str()),
        ("Team", ""),
        ("Evaluator", ""),
        ("Date", ""),
    ];
    let rows = lines.map(|(what, value)| vec![what.to_owned(), value.to_owned()]);
    Block::Table(vec!["sheet".to_owned(), String::new()], rows.to_vec())
}

/// Each task with its boxes.
fn tasks(objective: &Objective) -> Block {
    let own = objective.tasks.iter().cloned();
    let whole = ["The objective as a whole".to_owned()];
    let rows = own.chain(whole).map(|task| {
        let boxes = ["☐"; 4].map(str::to_owned);
        [vec![task], boxes.to_vec(), vec![String::new()]].concat()
    });
    let head = ["task", "P", "S", "M", "U", "what was seen"];
    Block::Table(head.map(str::to_owned).to_vec(), rows.collect())
}
