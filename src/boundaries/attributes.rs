//! What the attributes of boundary files mean, as data, and a unit as a file gives it.

use std::collections::{BTreeMap, BTreeSet};

use geo::MultiPolygon;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::data::DataFiles;
use crate::error::Error;

const TABLE: &str = "boundaries.toml";

/// The names of attributes, and the numbers of an import.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attributes {
    code: Vec<String>,
    name: Vec<String>,
    pub(super) simplify_degrees: f64,
    pub(super) near_km: f64,
    pub(super) largest_mb: usize,
    pub(super) least_cover: f64,
    known: Vec<Known>,
}

/// A file known by its attributes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    attributes: Vec<String>,
    credit: String,
}

/// An area of a file with its attributes, in small letters.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Its place in the file, from 1.
    pub(super) number: usize,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) shape: MultiPolygon<f64>,
}

impl Attributes {
    pub(super) fn from_data(data: &DataFiles) -> Result<Attributes, Error> {
        toml::from_str(data.text(TABLE)?).map_err(|e| Error::Data {
            file: TABLE.to_owned(),
            line: None,
            problem: e.to_string(),
        })
    }

    pub(super) fn code<'u>(&self, unit: &'u Unit) -> Option<&'u str> {
        first(unit, &self.code)
    }

    pub(super) fn name<'u>(&self, unit: &'u Unit) -> Option<&'u str> {
        first(unit, &self.name)
    }

    /// What a unit is called in messages.
    pub(super) fn label(&self, unit: &Unit) -> String {
        match self.name(unit).or_else(|| self.code(unit)) {
            Some(name) => format!("{name} (unit {})", unit.number),
            None => format!("unit {}", unit.number),
        }
    }

    /// Whom to credit for these units, if the file is one that is known.
    pub(super) fn credit(&self, units: &[Unit]) -> Option<&str> {
        let names: BTreeSet<&str> =
            units.iter().flat_map(|u| u.attributes.keys()).map(String::as_str).collect();
        let known = self.known.iter().find(|k| k.attributes.iter().all(|a| names.contains(a.as_str())));
        known.map(|k| k.credit.as_str())
    }
}

fn first<'u>(unit: &'u Unit, names: &[String]) -> Option<&'u str> {
    names.iter().find_map(|name| unit.attributes.get(name)).map(String::as_str)
}

/// The texts and numbers of a JSON object as attributes, empty ones left out.
pub(super) fn attributes(properties: Option<&Map<String, Value>>) -> BTreeMap<String, String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let each = properties.into_iter().flatten();
    each.filter_map(|(name, value)| Some((name.to_lowercase(), text(value).filter(|t| !t.is_empty())?)))
        .collect()
}
