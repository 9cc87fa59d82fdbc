//! Stored things as plain data: YAML that people read, JSON that only the program does.

use super::told::{Line, Section, Told};
pub(super) use serde_json::{Value as Data, json};

/// Reads YAML; the error says where.
pub(super) fn of_yaml(text: &str) -> Result<Data, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

/// Reads JSON.
pub(super) fn of_json(text: &str) -> Option<Data> {
    serde_json::from_str(text).ok()
}

/// An outcome read back from its snapshot.
pub(super) fn told(text: &str) -> Result<Told, String> {
    let Data::Object(all) = of_yaml(text)? else {
        return Err("this is not an outcome".to_owned());
    };
    let mut lines = Vec::new();
    for (key, value) in all {
        let section = Section::LISTS
            .into_iter()
            .find(|section| section.key() == key);
        let Some(section) = section else {
            let mut line = Line::new(Section::Head);
            line.put(&key, texts(&value));
            lines.push(line);
            continue;
        };
        let Data::Array(items) = value else {
            return Err(format!("`{key}` is not a list"));
        };
        lines.extend(items.iter().flat_map(|item| lines_of(section, item)));
    }
    if !lines.iter().any(|line| line.text("scenario").is_some()) {
        return Err("it does not name its scenario".to_owned());
    }
    Ok(Told::from_lines(lines))
}

/// One line for each bearer, unless they are bound together.
fn lines_of(section: Section, item: &Data) -> Vec<Line> {
    let whole = line(section, item);
    if section != Section::Positions || whole.text("together").is_some() {
        return vec![whole];
    }
    let who = whole.get("who").to_vec();
    let of = |who: String| {
        let mut line = whole.clone();
        if let Some((_, value)) = line.fields.iter_mut().find(|(key, _)| key == "who") {
            *value = vec![who];
        }
        line
    };
    who.into_iter().map(of).collect()
}

/// A line as it stands.
pub(super) fn line(section: Section, item: &Data) -> Line {
    let mut whole = Line::new(section);
    for (key, value) in item.as_object().into_iter().flatten() {
        whole.put(key, texts(value));
    }
    whole
}

/// The other way round.
pub(super) fn of_line(line: &Line) -> Data {
    let fields = line.fields.iter();
    fields
        .map(|(key, value)| (key.clone(), json!(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A text, or a list of them.
pub(super) fn texts(value: &Data) -> Vec<String> {
    match value {
        Data::String(text) => vec![text.clone()],
        Data::Array(all) => all.iter().flat_map(texts).collect(),
        Data::Null => Vec::new(),
        other => vec![other.to_string()],
    }
}
