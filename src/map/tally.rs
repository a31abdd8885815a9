//! Tallies: how many districts and capitals have which status on a day, and what share of the area that is.

use std::collections::BTreeMap;

use geo::{LineString, MultiPolygon};
use jiff::civil::Date;
use libm::{log, sin};

use super::Basemap;
use super::edition::{CLASSES, drawn, provinces_of};
use super::projection::eccentricity;
use crate::control::{ControlStatus, Day, Level, Timeline, UnitStatus};
use crate::gazetteer::{Gazetteer, PlaceId};

/// How many units of a level have which status on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The day.
    pub date: Date,
    /// Districts (provinces where no district areas are known), or provincial capitals.
    pub level: Level,
    counts: [usize; 6],
    /// Percent of the area of all; None for capitals.
    shares: Option<[f64; 6]>,
}

impl Tally {
    /// How many units have a status.
    #[must_use]
    pub fn count(&self, status: ControlStatus) -> usize {
        CLASSES.iter().zip(self.counts).find(|(c, _)| **c == status).map_or(0, |(_, n)| n)
    }

    /// Percent of the area of all units that those of a status have, on the ellipsoid; None for capitals.
    #[must_use]
    pub fn share(&self, status: ControlStatus) -> Option<f64> {
        let shares = self.shares?;
        CLASSES.iter().zip(shares).find(|(c, _)| **c == status).map(|(_, share)| share)
    }

    /// How many units there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Two tallies a day: areas, with the status that maps draw them with, then capitals.
pub(super) fn tallies(timeline: &Timeline, gazetteer: &Gazetteer, basemap: &Basemap) -> Vec<Tally> {
    let level = if basemap.districts().next().is_some() { Level::District } else { Level::Province };
    let outlines: Vec<(&PlaceId, &MultiPolygon<f64>)> = match level {
        Level::District => basemap.districts().map(|(id, a)| (id, &a.shape)).collect(),
        _ => basemap.provinces().map(|(id, a)| (id, &a.shape)).collect(),
    };
    let areas: Vec<(&PlaceId, f64)> = outlines.into_iter().map(|(id, shape)| (id, area(shape))).collect();
    let whole: f64 = areas.iter().map(|(_, a)| a).sum();
    let provinces = provinces_of(areas.iter().map(|(id, _)| *id), gazetteer);
    let capitals: Vec<&PlaceId> = gazetteer
        .places()
        .filter(|p| gazetteer.by_id(p.id.as_str()).is_some_and(|r| gazetteer.is_capital(r)) && !p.is_abroad())
        .map(|p| &p.id)
        .collect();
    let of_day = |day: &Day| {
        let statuses: BTreeMap<&PlaceId, &UnitStatus> = day.statuses.iter().map(|s| (&s.unit, s)).collect();
        let (mut counts, mut shares, mut held) = ([0; 6], [0.0; 6], [0; 6]);
        for (id, area) in &areas {
            let shown = drawn(&statuses, &provinces, level == Level::District, id);
            let at = class(shown.map_or(ControlStatus::Unknown, |s| s.status));
            counts[at] += 1;
            shares[at] += 100.0 * area / whole;
        }
        for id in &capitals {
            held[class(statuses.get(id).map_or(ControlStatus::Unknown, |s| s.status))] += 1;
        }
        let date = day.date;
        [
            Tally { date, level, counts, shares: Some(shares) },
            Tally { date, level: Level::Capital, counts: held, shares: None },
        ]
    };
    timeline.days().iter().flat_map(of_day).collect()
}

fn class(status: ControlStatus) -> usize {
    CLASSES.iter().position(|c| *c == status).unwrap_or(CLASSES.len() - 1)
}

/// Area on the WGS 84 ellipsoid, in a unit that only ratios may use: edges are straight on the cylindrical equal-area
/// projection (Snyder 1987, equations 3-12 and 10-15).
fn area(shape: &MultiPolygon<f64>) -> f64 {
    let of = |p: &geo::Polygon<f64>| {
        ring(p.exterior()).abs() - p.interiors().iter().map(|r| ring(r).abs()).sum::<f64>()
    };
    shape.iter().map(of).sum()
}

fn ring(line: &LineString<f64>) -> f64 {
    line.lines().map(|l| (l.end.x - l.start.x) * (authalic(l.start.y) + authalic(l.end.y)) / 2.0).sum()
}

/// The quantity q of Snyder's equation 3-12, of a latitude in degrees.
fn authalic(latitude: f64) -> f64 {
    let e = eccentricity();
    let s = sin(latitude.to_radians());
    let es = e * s;
    (1.0 - e * e) * (s / (1.0 - es * es) - log((1.0 - es) / (1.0 + es)) / (2.0 * e))
}
