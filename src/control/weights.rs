//! Weights: the numbers that decide a status, from `control/weights.toml`, where each has its unit and reason.

use serde::Deserialize;

use crate::data::DataFiles;
use crate::error::Error;

const TABLE: &str = "control/weights.toml";

/// All of the table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) points: Points,
    pub(super) deductions: Deductions,
    pub(super) thresholds: Thresholds,
    pub(super) days: Days,
    pub(super) confidence: Confidence,
    pub(super) province: Province,
    pub(super) facility: Facility,
    pub(super) review: Review,
}

/// What a voice is worth.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Points {
    pub(super) admission: i32,
    pub(super) outlet: i32,
    pub(super) unlisted_outlet: i32,
    pub(super) unlisted_outlet_capital: i32,
    pub(super) third_party: i32,
    pub(super) party: i32,
    pub(super) unattributed: i32,
    pub(super) headline: i32,
    pub(super) both_sides: i32,
}

/// What is taken off.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deductions {
    pub(super) imprecise_or_derived: i32,
    pub(super) wide_range: i32,
    pub(super) wide_range_days: i32,
    pub(super) denial: i32,
}

/// How many points it takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thresholds {
    pub(super) held: i32,
    pub(super) capital: i32,
    pub(super) capital_sources: usize,
    pub(super) contested: i32,
    pub(super) margin: i32,
}

/// How long things last, in days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    pub(super) holder_half_life: i32,
    pub(super) open_half_life: i32,
    pub(super) open_returns: i32,
    pub(super) capture_settles: i32,
    pub(super) approach_lasts: i32,
    pub(super) advance_lasts: i32,
    pub(super) siege_lasts: i32,
}

/// What confidence is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Confidence {
    pub(super) half_points: f64,
    pub(super) day: f64,
    pub(super) days: f64,
    pub(super) week: f64,
    pub(super) month: f64,
    pub(super) longer: f64,
    pub(super) assumed: f64,
    pub(super) baseline: f64,
    pub(super) editor: f64,
}

/// How a province is summed up.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Province {
    pub(super) reported_share: f64,
}

/// Where a building stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Facility {
    pub(super) city_radius_km: f64,
}

/// What an editor is shown, and what first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Review {
    pub(super) low_confidence: f64,
    pub(super) capital: i32,
    pub(super) district: i32,
    pub(super) other: i32,
    pub(super) conflict: i32,
    pub(super) one_source: i32,
    pub(super) claim: i32,
    pub(super) disagreement: i32,
    pub(super) unsure: i32,
    pub(super) assumed_date: i32,
    pub(super) stale: i32,
}

impl Weights {
    pub(super) fn from_data(data: &DataFiles) -> Result<Weights, Error> {
        toml::from_str(data.text(TABLE)?).map_err(|e| Error::Data {
            file: TABLE.to_owned(),
            line: None,
            problem: e.to_string(),
        })
    }
}
