//! What stands behind a move: its scenario as a file, and why it is so under the rules as they were and as they are.

use super::corpus;
use super::paths::read_text;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::case::Case;
use crate::change::told::{Line, Section};
use crate::engine::{Engine, Options};
use crate::explain::explain;
use crate::project::Project;
use crate::report::explanation::explanation;
use crate::report::style::Style;
use std::path::Path;

/// Shows a scenario as it stands in its file.
pub(super) fn scenario(path: &Path, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
    writeln!(terminal.out, "# {}", path.display())?;
    writeln!(terminal.out, "{}", read_text(path)?.trim_end())?;
    Ok(())
}

/// Explains what a line says, under the rules before they were edited and under those of now.
pub(super) fn both(
    path: &Path,
    line: &Line,
    rules: &RulesArgument,
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    if line.section != Section::Positions {
        writeln!(terminal.out, "only positions are explained")?;
        return Ok(());
    }
    let mut sentence = line.sentence();
    if let Some(under) = line.text("under") {
        sentence = format!("{sentence} under {}", without_clause(under));
    }
    for corpus in corpus::read(&[path.to_owned()], rules)? {
        let before = corpus.earlier(None)?;
        for (title, texts) in [("before", before), ("now", Some(corpus.texts.clone()))] {
            let told = match texts {
                Some(texts) => told(texts, path, &sentence)?,
                None => "no earlier version of the rules is at hand\n".to_owned(),
            };
            writeln!(terminal.out, "{title}:\n{}", told.trim_end())?;
        }
    }
    Ok(())
}

/// `pact article 2 (1)`: the sentence names the article only.
fn without_clause(under: &str) -> &str {
    under.split(" (").next().unwrap_or(under)
}

fn told(texts: Vec<(String, String)>, path: &Path, sentence: &str) -> Result<String, Trouble> {
    let mut project = Project::of_texts(texts);
    let case = Case::load(path, &mut project)?;
    let query = case.query(sentence, &mut project);
    let (Some(scenario), Ok(query)) = (&case.scenario, query) else {
        return Ok(format!("`{sentence}` cannot be asked under these rules\n"));
    };
    let rulebook = case.rulebook(&project);
    let found = explain(
        &Engine::new(rulebook),
        scenario,
        &Options::default(),
        &query,
    );
    let style = Style { color: true };
    Ok(explanation(rulebook, &found, query.modality, style))
}
