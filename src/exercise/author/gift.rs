//! The questions in the GIFT format, for a question bank: each option with its weight and with why it is right or wrong.

use crate::exercise::report::clean;
use crate::exercise::{Exercise, Offer, Pack, Put, QuestionKind, all_put, offer, words_of};

/// The shares of a mark that a question bank accepts, in hundredths of a percent and less, by how many options are right.
const SHARES: [&str; 11] = [
    "100", "100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10",
];

/// All questions that can be asked without the program; in the order of the file.
pub fn gift(pack: &Pack, exercise: &Exercise) -> String {
    let marking = plain(&exercise.marking);
    let mut text = format!(
        "// {marking}\n$CATEGORY: {}\n\n",
        plain(&exercise.title).replace('/', "-")
    );
    for put in all_put(pack, exercise) {
        let offer = offer(pack, &put.world, put.question, put.role);
        if let Some(answers) = answers(&put, &offer) {
            let (question, role) = (&put.question.id, exercise.role(put.role));
            let said = format!(
                "{}. {} You speak for {}. {}",
                exercise.marking,
                story(exercise, &put),
                role.title,
                words_of(put.question)
            );
            let title = format!("{question} {}", role.id);
            text += &format!(
                "::{}::{} {{{answers}}}\n\n",
                escaped(&title),
                escaped(&said)
            );
        }
    }
    text + &format!("// {marking}\n")
}

/// What the role was told up to the question: in a bank each question stands for itself.
fn story(exercise: &Exercise, put: &Put<'_>) -> String {
    let injects = exercise.injects.iter().take(put.inject.0 + 1).enumerate();
    let told = injects.filter(|(at, inject)| {
        let own = *at == put.inject.0;
        inject.to.contains(&put.role) && (own || !inject.shelf)
    });
    let told = told.map(|(_, inject)| format!("{}: {}", inject.story, inject.text));
    told.collect::<Vec<_>>().join(" ")
}

/// The answers between the braces; `None`: it cannot be asked there.
fn answers(put: &Put<'_>, offer: &Offer) -> Option<String> {
    if matches!(
        put.question.kind,
        QuestionKind::Text | QuestionKind::Decide(_)
    ) {
        return Some(String::new());
    }
    let rights = offer
        .options
        .iter()
        .filter(|it| it.right == Some(true))
        .count();
    if rights == 0 || rights == offer.options.len() {
        return None;
    }
    let share = SHARES.get(rights).unwrap_or(&"5");
    let options = offer.options.iter().map(|option| {
        let weight = match (option.right == Some(true), offer.several) {
            (true, false) => "=".to_owned(),
            (false, false) => "~".to_owned(),
            (true, true) => format!("~%{share}%"),
            (false, true) => format!("~%-{share}%"),
        };
        format!(
            "\n\t{weight}{}#{}",
            escaped(&option.text),
            escaped(&option.why)
        )
    });
    Some(options.collect::<String>() + "\n")
}

/// On one line, with what GIFT would take for its own signs escaped.
fn escaped(text: &str) -> String {
    let mut found = String::new();
    for c in plain(text).chars() {
        if "~=#{}:\\".contains(c) {
            found.push('\\');
        }
        found.push(c);
    }
    found
}

fn plain(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
