//! The fields of a JSON report, and reports that stand in an object around them: `{"articles": [...]}`.

use serde_json::{Map, Value};

use super::columns::{Column, Row};
use super::paragraphs;

/// How deep reports may stand in objects around them.
const DEEPEST: usize = 4;
/// A list of this name belongs to the report that it stands in.
const COMMENTS: [&str; 2] = ["comments", "replies"];

/// Whether an object has a text of its own: more than the description that a feed has too.
pub(super) fn has_text(fields: &Map<String, Value>) -> bool {
    fields.keys().any(|name| Column::is_text(name) && !Column::is_summary(name))
}

/// Takes the reports out of an object that only wraps them.
pub(super) fn take(fields: &mut Map<String, Value>) -> Vec<Value> {
    let mut found = Vec::new();
    take_from(fields, DEEPEST, &mut found);
    found
}

fn take_from(fields: &mut Map<String, Value>, depth: usize, found: &mut Vec<Value>) {
    for (name, value) in fields.iter_mut() {
        match value {
            Value::Array(items) if !is_said_of_it(name) && items.iter().any(holds_text) => {
                found.append(items);
            }
            Value::Object(inner) if depth > 0 => take_from(inner, depth - 1, found),
            _ => {}
        }
    }
}

fn is_said_of_it(name: &str) -> bool {
    COMMENTS.iter().any(|c| c.eq_ignore_ascii_case(name))
}

/// Whether a value is a report: it has a text, or an object in it has.
fn holds_text(value: &Value) -> bool {
    let text = |fields: &Map<String, Value>| fields.keys().any(|name| Column::is_text(name));
    value.as_object().is_some_and(|f| text(f) || f.values().filter_map(Value::as_object).any(text))
}

/// The cells of a report; None where it has no text.
pub(super) fn row_of(fields: Map<String, Value>) -> Option<Row> {
    let mut row = Row::default();
    let own = fields.keys().any(|name| Column::is_text(name));
    if !own && !fields.values().any(|v| v.as_object().is_some_and(|f| f.keys().any(|n| Column::is_text(n)))) {
        return None;
    }
    for (name, value) in fields {
        match value {
            // A search gives each hit with its fields in an object.
            Value::Object(inner) if !own && Column::named(&name).is_none() => {
                inner.into_iter().for_each(|(name, value)| put(&mut row, &name, value));
            }
            value => put(&mut row, &name, value),
        }
    }
    Some(row)
}

fn put(row: &mut Row, name: &str, value: Value) {
    let Some((column, rank)) = Column::named(name) else { return };
    match value {
        Value::String(text) => row.put((column, rank), text),
        Value::Number(number) => row.put((column, rank), number.to_string()),
        // `{"rendered": HTML}`, and `{"name": OUTLET}`.
        Value::Object(mut inner) => {
            let mut string = |key: &str| match inner.get_mut(key).map(Value::take) {
                Some(Value::String(text)) => Some(text),
                _ => None,
            };
            match (column, string("rendered")) {
                (Column::Text, Some(html)) => row.put((Column::Markup, rank), html),
                (Column::Title, Some(html)) => row.put((column, rank), paragraphs::of_fragment(&html)),
                (_, Some(text)) => row.put((column, rank), text),
                (Column::Source, None) => {
                    if let Some(name) = string("name").or_else(|| string("title")) {
                        row.put((column, rank), name);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}
