//! The status record of the contract.

use std::borrow::Cow;

use geo::Point;
use jiff::civil::Date;

use super::record::{Record, cell, columns, hundredths};
use crate::control::{Basis, ControlStatus, Level, Pressure, Shares, UnitStatus};

columns! {
    /// The status of a unit, with what it rests on.
    pub struct StatusRecord<'s> {
        /// The day; in the table of the whole run only.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date: Option<Date>,
        /// Place id. None in GeoJSON, where it is the feature's id.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub unit_id: Option<&'s str>,
        /// English name.
        pub name: Cow<'s, str>,
        /// What sort of unit.
        pub level: Level,
        /// Who holds it.
        pub status: ControlStatus,
        /// First day of the act that gave it the status.
        pub since: Option<Date>,
        /// First day of the status in this run.
        pub valid_from: Date,
        /// Last day of the status in this run, null while it lasts.
        pub valid_to: Option<Date>,
        /// 0 to 1, two decimals.
        pub confidence: f64,
        /// What it rests on.
        pub basis: Basis,
        /// No news for longer than the status' half-life.
        pub stale: bool,
        /// Fighting near it.
        pub pressure: Option<Pressure>,
        /// Sources contradict each other.
        pub conflict: bool,
        /// Independent sources behind it.
        pub n_independent: u32,
        /// Event ids, "; " between.
        pub evidence: Option<String>,
        /// Of a province, how many of its districts (its capital counts as one) the Taliban hold.
        pub units_taliban: Option<u32>,
        /// Of a province, how many the Republic holds.
        pub units_government: Option<u32>,
        /// Of a province, how many are contested.
        pub units_contested: Option<u32>,
        /// Of a province, how many are only claimed.
        pub units_claimed: Option<u32>,
        /// Of a province, how many have no report.
        pub units_unknown: Option<u32>,
        /// First day on which the reports printed by then told this status.
        pub known_since: Option<Date>,
    }
}

impl<'s> From<&'s UnitStatus> for StatusRecord<'s> {
    fn from(s: &'s UnitStatus) -> StatusRecord<'s> {
        let share = |of: fn(&Shares) -> u32| s.shares.as_ref().map(of);
        let evidence: Vec<&str> = s.evidence.iter().map(|id| id.0.as_str()).collect();
        StatusRecord {
            date: None,
            unit_id: Some(s.unit.as_str()),
            name: Cow::Borrowed(&s.name),
            level: s.level,
            status: s.status,
            since: s.since,
            valid_from: s.valid_from,
            valid_to: s.valid_to,
            confidence: hundredths(s.confidence),
            basis: s.basis,
            stale: s.stale,
            pressure: s.pressure,
            conflict: s.conflict,
            n_independent: s.n_independent,
            evidence: if evidence.is_empty() { None } else { Some(evidence.join("; ")) },
            units_taliban: share(|s| s.taliban),
            units_government: share(|s| s.government),
            units_contested: share(|s| s.contested),
            units_claimed: share(|s| s.claimed),
            units_unknown: share(|s| s.unknown),
            known_since: s.known_since,
        }
    }
}

impl Record for StatusRecord<'_> {
    const COLUMNS: &'static [&'static str] = StatusRecord::FIELDS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.unit_id.unwrap_or_default())
    }

    /// A unit lies where the gazetteer or the basemap says; see [`places`](super::places).
    fn position(&self) -> Option<Point> {
        None
    }

    fn into_properties(self) -> Self {
        StatusRecord { unit_id: None, date: None, ..self }
    }

    fn into_cells(mut self) -> Self {
        cell(&mut self.name);
        self
    }
}
