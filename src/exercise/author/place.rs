//! Where in the files of an exercise something can be put, so that all that stands there stays as it is.

use crate::exercise::Pack;
use crate::exercise::document::{ExerciseDocument, InjectDocument, PartDocument};
use crate::project::Project;
use crate::source::{SourceId, Span};
use crate::yaml;
use crate::yaml::node::{Kind, Node};

/// The injects of an exercise as they stand in its files.
pub(super) fn injects(pack: &Pack) -> Vec<InjectDocument> {
    let Some(file) = pack.file else {
        return Vec::new();
    };
    let text = |id: SourceId| pack.project.sources.get(id).text.as_str();
    let (document, _) = yaml::read::<ExerciseDocument>(file, text(file), "exercise");
    let Some(document) = document else {
        return Vec::new();
    };
    let mut found = document.injects;
    for path in document.parts.iter().flat_map(|parts| &parts.0) {
        let mut ids = (file.0 + 1..pack.project.sources.len() as u32).map(SourceId);
        let part = ids.find(|id| pack.project.sources.get(*id).name == path.text);
        if let Some(id) = part {
            let (part, _) = yaml::read::<PartDocument>(id, text(id), "part of an exercise");
            found.extend(part.into_iter().flat_map(|part| part.injects));
        }
    }
    found
}

/// The same as bare values, each with the file in which it stands.
pub(super) fn nodes(pack: &Pack) -> Vec<(SourceId, Node)> {
    let sources = &pack.project.sources;
    let mut ids: Vec<SourceId> = injects(pack)
        .iter()
        .map(|inject| inject.span.source)
        .collect();
    ids.dedup();
    let mut found = Vec::new();
    for id in ids {
        let root = yaml::values(id, &sources.get(id).text);
        let injects = root.as_ref().and_then(|root| root.get("injects"));
        if let Some(Kind::List(items)) = injects.map(|injects| &injects.kind) {
            found.extend(items.iter().map(|item| (id, item.clone())));
        }
    }
    found
}

/// The exercise with some of its files written anew, read again.
pub fn with_files(pack: &Pack, files: &[(String, String)]) -> Pack {
    let sources = &pack.project.sources;
    let Some(file) = pack.file else {
        return pack.clone();
    };
    let own = sources.get(file);
    let new = |name: &str| {
        let found = files.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.clone())
    };
    let rules = (0..file.0).map(|at| {
        let source = sources.get(SourceId(at));
        (source.name.clone(), source.text.clone())
    });
    let project = Project::of_texts(rules);
    let text = new(&own.name).unwrap_or_else(|| own.text.clone());
    let beside = |path: &str| {
        let known = pack.beside.iter().find(|(known, _)| known == path);
        let text = new(path).or_else(|| known.map(|(_, text)| text.clone()));
        text.ok_or_else(|| "the exercise did not name it before".to_owned())
    };
    Pack::of_text(&own.name, text, project, &beside)
}

/// A place in a file, and how far in what is put there has to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) source: SourceId,
    /// The byte at which a line begins.
    pub(super) at: usize,
    pub(super) indent: usize,
}

/// The line after an inject, at the column of its keys; `None`: it is written in one line, and nothing can be put there.
pub(super) fn after_inject(pack: &Pack, inject: &InjectDocument) -> Option<Place> {
    after_node(pack, inject.span)
}

/// The same for a bare value.
pub(super) fn after_node(pack: &Pack, span: Span) -> Option<Place> {
    after(pack, span).filter(|_| !is_flow(pack, span))
}

/// The line after the last question of an inject, at the column of its `-`.
pub(super) fn after_questions(pack: &Pack, inject: &InjectDocument) -> Option<Place> {
    let last = inject.questions.last()?;
    let mut place = after(pack, last.span)?;
    let text = &pack.project.sources.get(place.source).text;
    let before = text.get(..last.span.start as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let dash = before.get(line..)?.rfind('-')?;
    // `questions: [...]` has no dash of its own before its questions.
    let alone = before.get(line..line + dash)?.trim().is_empty();
    place.indent = dash;
    place.at = after_remarks(text, place.at, dash + 1);
    alone.then_some(place)
}

/// Whether a block of keys is written between brackets.
fn is_flow(pack: &Pack, span: Span) -> bool {
    let text = &pack.project.sources.get(span.source).text;
    text[span.start as usize..].starts_with('{')
}

/// The line after what ends here, at the column where it began.
fn after(pack: &Pack, span: Span) -> Option<Place> {
    let text = &pack.project.sources.get(span.source).text;
    let (start, end) = (span.start as usize, span.end as usize);
    let mut last = start + text.get(start..end)?.trim_end().len();
    if is_flow(pack, span) {
        last += text.get(last..)?.find('}')? + 1;
    }
    let at = text
        .get(last..)?
        .find('\n')
        .map_or(text.len(), |line| last + line + 1);
    let line = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let indent = start - line;
    Some(Place {
        source: span.source,
        at: after_remarks(text, at, indent),
        indent,
    })
}

/// Behind the remarks that stand here at this column or further in: they belong to what is above.
fn after_remarks(text: &str, at: usize, column: usize) -> usize {
    let mut end = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let inner = line.trim_start();
        if !inner.starts_with('#') || line.len() - inner.len() < column {
            break;
        }
        end += line.len();
    }
    end
}
