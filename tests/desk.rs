//! The desk: what a baseline and corrections do to statuses, and what is said of files that are wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

#[path = "desk/bad_files.rs"]
mod bad_files;
#[path = "desk/baseline.rs"]
mod baseline;
#[path = "desk/corrections.rs"]
mod corrections;

use std::sync::LazyLock;

use jiff::civil::Date;
use naqsha::control::{Control, Corrections, Timeline, UnitStatus};
use naqsha::data::DataFiles;
use naqsha::error::Notice;
use naqsha::event::{Event, Outlets};
use naqsha::gazetteer::Gazetteer;
use naqsha::mapper::Mapper;
use naqsha::report::Report;

static DATA: LazyLock<DataFiles> = LazyLock::new(DataFiles::bundled);
static READER: LazyLock<Mapper> = LazyLock::new(mapper);
static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::from_data(&DATA).unwrap());

static OUTLETS: LazyLock<Outlets> = LazyLock::new(|| Outlets::from_data(&DATA).unwrap());

fn mapper() -> Mapper {
    Mapper::from_data(&DATA).unwrap()
}

/// The events of reports given as `ID OUTLET | DAY | TEXT`, a line each.
fn events(reports: &str) -> Vec<Event> {
    let report = |line: &str| {
        let [head, day, text] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (id, outlet) = head.trim().split_once(' ').unwrap();
        Report {
            id: id.to_owned(),
            source: Some(outlet.to_owned()),
            published: Some(day.parse().unwrap()),
            text: text.to_owned(),
            ..Report::default()
        }
    };
    let reports: Vec<Report> = reports.lines().filter(|l| !l.trim().is_empty()).map(report).collect();
    READER.events(&reports).0
}

fn date(day: &str) -> Date {
    day.parse().unwrap()
}

/// The status of a unit on a day of a timeline.
fn on<'t>(timeline: &'t Timeline, day: &str, unit: &str) -> Option<&'t UnitStatus> {
    let day = timeline.days().iter().find(|d| d.date == date(day)).unwrap();
    day.statuses.iter().find(|s| s.unit.as_str() == unit)
}

/// `STATUS BASIS` of a unit on a day.
fn said(timeline: &Timeline, day: &str, unit: &str) -> String {
    on(timeline, day, unit).map_or_else(
        || "none".to_owned(),
        |s| format!("{} {}", s.status.as_str(), serde_json::to_value(s.basis).unwrap().as_str().unwrap()),
    )
}

fn told(notices: &[Notice]) -> Vec<String> {
    notices.iter().map(Notice::to_string).collect()
}

/// A timeline of July and August 2021 with these corrections, and what is said of the file and of what it does.
fn corrected(events: Vec<Event>, file: &str, text: &str) -> (Timeline, Vec<String>) {
    let read = if file.ends_with(".csv") { Corrections::from_csv } else { Corrections::from_toml };
    let (corrections, mut notices) = read(file, text, &PLACES);
    let corrected = corrections.apply(events, &OUTLETS, &PLACES);
    notices.extend(corrected.notices);
    let control = Control::from_data(&DATA).unwrap().with_pins(corrections.clone(), &PLACES);
    let (from, to) = (date("2021-07-08"), date("2021-08-12"));
    let mut timeline = control.timeline(&PLACES, &corrected.clusters, from, to);
    notices.append(&mut timeline.notices);
    timeline.applied.extend(corrected.applied);
    (timeline, told(&notices))
}
