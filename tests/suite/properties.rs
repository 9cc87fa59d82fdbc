//! What must hold of every text whatever: shared by the smoke test and the targets in `fuzz/`.

use casus::diagnostic::render::render;
use casus::diagnostic::{Diagnostic, any_error};
use casus::engine::{Engine, Options};
use casus::model::fact::Assume;
use casus::report::explanation::explanation;
use casus::report::style::Style;
use casus::report::{json, markdown, text::Asked};
use casus::source::{SourceId, Sources};
use casus::syntax::ast::File;
use casus::syntax::format::format_file;
use casus::syntax::parse_file;
use casus::{Case, Project, check, explain, report};

/// The rulebook against which scenarios are read.
pub(super) const RULEBOOK: &str = include_str!("../hostile/rulebook.treaty");

/// Reading, checking and showing all mistakes ends without a panic, and every place lies in the text.
pub(super) fn parses(text: &str) {
    let mut sources = Sources::default();
    let source = sources.add("text.treaty", text);
    let (file, mut found) = parse_file(source, text);
    let (_, more) = check::rulebook(&[file]);
    found.extend(more);
    shows(&found, &sources);
}

/// What was read without a mistake is read the same after it was laid out, and is laid out only once.
pub(super) fn goes_round(text: &str) {
    let Some(file) = sound(text) else {
        return;
    };
    let laid_out = format_file(&file, text);
    let again = sound(&laid_out);
    let again = again.unwrap_or_else(|| panic!("no longer readable:\n{laid_out}"));
    assert_eq!(tree(&file), tree(&again), "another tree:\n{laid_out}");
    assert_eq!(laid_out, format_file(&again, &laid_out), "laid out anew");
}

/// A scenario is read, evaluated, told and explained to an end without a panic.
pub(super) fn evaluates(project: &Project, text: &str) {
    let mut project = project.clone();
    let case = Case::of_text("text.yaml", text.to_owned(), &mut project);
    shows(&case.diagnostics, &project.sources);
    let query = case.query("borland shall assist arcadia", &mut project);
    let Some(scenario) = &case.scenario else {
        return;
    };
    let rulebook = case.rulebook(&project);
    let engine = Engine::new(rulebook);
    for assume in [Assume::None, Assume::All] {
        let options = Options {
            assume: assume.clone(),
            ..Options::default()
        };
        let asked = Asked {
            account: None,
            assume,
            all: false,
        };
        let mut outcome = engine.evaluate(scenario, &options);
        report::text::outcome(&mut outcome, &asked, Style::default());
        markdown::outcome(&mut outcome, &asked);
        let document = json::outcome(&mut outcome, &asked, &project.sources, &[]);
        json::print(vec![document], false);
    }
    if let Ok(query) = query {
        let told = explain(&engine, scenario, &Options::default(), &query);
        explanation(rulebook, &told, query.modality, Style::default());
    }
}

/// An exercise is read, and if it is sound its warnings, keys, tables and hand-outs are made to an end without a panic.
#[cfg(feature = "exercise")]
pub(super) fn exercises(project: &Project, text: &str) {
    use casus::exercise::author::{Sheet, draft, gift, import, msel, print, with_files};
    use casus::exercise::{Pack, pinned, warnings};
    let files = |path: &str| Err(format!("there is no {path}"));
    let pack = Pack::of_text("exercise.yaml", text.to_owned(), project.clone(), &files);
    shows(&pack.diagnostics, &pack.project.sources);
    let Some(exercise) = &pack.exercise else {
        return;
    };
    // Long stories are like short ones, only longer.
    if exercise.injects.len() > 8 || exercise.roles.len() > 6 {
        return;
    }
    shows(&warnings(&pack, exercise), &pack.project.sources);
    pinned(&pack, exercise);
    gift(&pack, exercise);
    for sheet in [
        Sheet::Players,
        Sheet::Facilitator,
        Sheet::Evaluation,
        Sheet::Cards,
    ] {
        print(&pack, exercise, sheet);
    }
    let table = msel(&pack, exercise);
    let again = import(&pack, &table);
    assert!(again.is_ok_and(|again| again.changes.is_empty()), "{table}");
    // What is proposed can be put into the file.
    let again = with_files(&pack, &draft(&pack, exercise).files);
    assert!(again.exercise.is_some(), "{:?}", again.diagnostics);
}

/// The rulebook for [`evaluates`], read once.
pub(super) fn project() -> Project {
    let project = Project::of_texts([("rulebook.treaty", RULEBOOK)]);
    let shown = render(&project.diagnostics, &project.sources, false);
    assert!(!project.has_errors(), "{shown}");
    project
}

/// All diagnostics can be shown, and none points outside its text or into a character.
fn shows(found: &[Diagnostic], sources: &Sources) {
    for label in found.iter().flat_map(|diagnostic| &diagnostic.labels) {
        let text = &sources.get(label.span.source).text;
        let range = label.span.start as usize..label.span.end as usize;
        assert!(text.get(range).is_some(), "{:?} in {found:#?}", label.span);
    }
    render(found, sources, false);
}

/// The tree of a text without mistakes.
fn sound(text: &str) -> Option<File> {
    let (file, found) = parse_file(SourceId(0), text);
    (!any_error(&found)).then_some(file)
}

/// The tree without its spans, as text.
fn tree(file: &File) -> String {
    let shown = format!("{file:?}");
    let mut parts = shown.split("Span { source: SourceId(0), start: ");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        out.push_str(part.split_once(" }").map_or(part, |(_, rest)| rest));
    }
    out
}
