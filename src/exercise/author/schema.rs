//! The JSON Schema of an exercise file, made from the same list of keys that reads it.

use crate::exercise::document::ExerciseDocument;
use crate::exercise::lower::CHANNELS;
use crate::exercise::lower_question as words;
use crate::yaml::outline::{Entry, Outline};
use crate::yaml::shape::Shape;
use serde_json::{Map, Value, json};

/// The schema, laid out.
pub fn schema() -> String {
    let mut blocks = Map::new();
    let mut whole = value(&ExerciseDocument::outline(), &mut blocks);
    if let Value::Object(whole) = &mut whole {
        let head = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A Casus exercise",
        });
        if let Value::Object(head) = head {
            whole.extend(head);
        }
        whole.insert("$defs".to_owned(), Value::Object(blocks));
    }
    format!("{whole:#}\n")
}

fn value(outline: &Outline, blocks: &mut Map<String, Value>) -> Value {
    match outline {
        Outline::Text => text(),
        Outline::Number => json!({"type": "integer", "minimum": 0}),
        Outline::Flag => json!({"type": "boolean"}),
        Outline::Many => json!({"anyOf": [text(), {"type": "array", "items": text()}]}),
        Outline::Table => json!({"type": "object", "additionalProperties": text()}),
        Outline::List(item) => json!({"type": "array", "items": value(item, blocks)}),
        Outline::Block { what, keys } => {
            let name = what.rsplit_once(' ').map_or(*what, |(_, name)| name);
            if !blocks.contains_key(name) {
                let made = block(what, keys, blocks);
                blocks.insert(name.to_owned(), made);
            }
            json!({"$ref": format!("#/$defs/{name}")})
        }
    }
}

/// A text; what looks like a number or a truth value is one too.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn block(what: &str, keys: &[Entry], blocks: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for entry in keys {
        let mut own = match known(what, entry.key) {
            Some(words) if entry.outline == Outline::Many => json!({"anyOf": [
                {"enum": words}, {"type": "array", "items": {"enum": words}},
            ]}),
            Some(words) => json!({ "enum": words }),
            None => value(&entry.outline, blocks),
        };
        if let Value::Object(own) = &mut own {
            own.insert("description".to_owned(), json!(entry.about));
        }
        properties.insert(entry.key.to_owned(), own);
    }
    let required = keys.iter().filter(|entry| !entry.optional);
    let required: Vec<&str> = required.map(|entry| entry.key).collect();
    json!({
        "description": what,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The words that may stand there, where not every text may.
fn known(what: &str, key: &str) -> Option<Vec<&'static str>> {
    Some(match (what, key) {
        ("an inject", "channel") => first(&CHANNELS),
        ("a question", "ask") => words::KINDS.to_vec(),
        ("a question", "kinds") => first(&words::MODALITIES),
        ("a question", "fields") => first(&words::FIELDS),
        ("a question", "view") => first(&words::VIEWS),
        ("a question", "confidence") => first(&words::CONFIDENCES),
        ("a question", "of") => vec!["own", "all"],
        ("a question" | "an inject", "review") => vec!["pending", "done"],
        ("a change of facts", "says") => vec!["so", "not-so"],
        _ => return None,
    })
}

fn first<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}
