//! Rows of events that somebody coded already: no reports, told by their columns, passed on cell by cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

/// What tells a table of coded events: the columns that all of its kind have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// What the kind is called.
    pub coding: Arc<str>,
    /// Names of columns, in small letters.
    pub columns: Vec<String>,
}

/// A row of coded events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedRow {
    /// The file, as notices name it.
    pub file: String,
    /// Line, counted from 1.
    pub line: u64,
    /// What kind of table it stands in.
    pub coding: Arc<str>,
    /// What its cells hold, by the names of their columns in small letters; empty cells are left out.
    pub cells: BTreeMap<String, String>,
}

/// The name of a column as signatures spell it.
pub(super) fn column_name(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The coding all of whose columns are there, spelled as `column_name` does.
pub(super) fn coding_of(signatures: &[Signature], has: &dyn Fn(&str) -> bool) -> Option<Arc<str>> {
    let told = signatures.iter().find(|s| !s.columns.is_empty() && s.columns.iter().all(|c| has(c)));
    told.map(|s| Arc::clone(&s.coding))
}

/// The fields of a JSON object as cells, nested ones left out; every key is there, also of a null.
pub(super) fn cells_of(fields: Map<String, Value>) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    for (name, value) in fields {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(yes) => yes.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
        };
        cells.insert(column_name(&name), text);
    }
    cells
}

/// The properties of a GeoJSON feature, with its id and position where they do not repeat them; None for other objects.
pub(super) fn properties_of(value: &Value) -> Option<Map<String, Value>> {
    let feature = value.as_object().filter(|f| f.get("type").is_some_and(|t| t == "Feature"))?;
    let mut properties = feature.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut add = |name: &str, value: Value| {
        properties.entry(name).or_insert(value);
    };
    if let Some(id) = feature.get("id") {
        add("event_id", id.clone());
    }
    let is_point = value.pointer("/geometry/type").is_some_and(|t| t == "Point");
    for (at, name) in ["longitude", "latitude"].into_iter().enumerate() {
        let degrees = value.pointer(&format!("/geometry/coordinates/{at}")).filter(|_| is_point);
        if let Some(degrees) = degrees {
            add(name, degrees.clone());
        }
    }
    Some(properties)
}
