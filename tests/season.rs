//! A season in own words, May to 15 August 2021: the known days, the recaptures, and what was known when.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use naqsha::control::{Clock, ControlStatus, Timeline};
use naqsha::gazetteer::PlaceRef;
use naqsha::mapper::Mapper;
use naqsha::output::{event_table, timeline_table};
use naqsha::report::{Report, read_reports};
use serde::Deserialize;

/// Days by which a status may lag behind what happened.
const LAG: i64 = 1;

const ENOUGH: usize = 60;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/season")
}

/// Reports of a file or folder.
fn read(path: &Path) -> Vec<Report> {
    let (reports, notices) = read_reports(path).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    reports
}

fn season() -> Vec<Report> {
    let reports = read(&folder().join("reports.jsonl"));
    assert!(reports.len() >= ENOUGH, "{} reports", reports.len());
    reports
}

fn mapper(clock: Clock) -> Mapper {
    Mapper::bundled().unwrap().with_clock(clock)
}

fn timeline(mapper: &Mapper, reports: &[Report]) -> Timeline {
    mapper.timeline(mapper.events(reports).0, None, None)
}

static HAPPENED: LazyLock<(Mapper, Timeline)> = LazyLock::new(|| {
    let mapper = mapper(Clock::AsHappened);
    let timeline = timeline(&mapper, &season());
    (mapper, timeline)
});

static KNOWN: LazyLock<Timeline> = LazyLock::new(|| timeline(&mapper(Clock::AsKnown), &season()));

fn status(timeline: &Timeline, unit: &str, date: Date) -> ControlStatus {
    let day = timeline.days().iter().find(|d| d.date == date).unwrap_or_else(|| panic!("no day {date}"));
    let said = day.statuses.iter().find(|s| s.unit.as_str() == unit);
    said.map_or(ControlStatus::Unknown, |s| s.status)
}

/// The day on which each capital fell, by its province's id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Capitals {
    fell: BTreeMap<String, toml::value::Datetime>,
}

#[test]
fn each_capital_turns_within_a_day_of_its_fall_and_none_early() {
    let capitals: Capitals = toml::from_str(include_str!("corpus/capitals.toml")).unwrap();
    let (mapper, happened) = &*HAPPENED;
    let gazetteer = mapper.gazetteer();
    let fell: BTreeMap<PlaceRef, Date> = capitals
        .fell
        .iter()
        .map(|(province, day)| {
            let seat = gazetteer.by_id(province).and_then(|p| gazetteer.seat_of(&gazetteer.get(p).id));
            (seat.unwrap(), day.to_string().parse().unwrap())
        })
        .collect();
    let mut faults = String::new();
    for (name, timeline) in [("as happened", happened), ("as known", &*KNOWN)] {
        for day in timeline.days() {
            for unit in day.statuses.iter().filter(|s| s.status == ControlStatus::Taliban) {
                let place = gazetteer.by_id(unit.unit.as_str()).unwrap();
                let early = fell.get(&place).is_none_or(|fell| day.date < *fell);
                if gazetteer.is_capital(place) && early {
                    writeln!(faults, "{name}: {} is early on {}", unit.name, day.date).unwrap();
                }
            }
        }
    }
    let last = happened.days().last().unwrap().date;
    for (place, fell) in &fell {
        let capital = gazetteer.get(*place);
        let day = fell.saturating_add(LAG.days()).min(last);
        let got = status(happened, capital.id.as_str(), day);
        if got != ControlStatus::Taliban {
            writeln!(faults, "{} fell on {fell}, and on {day} it is {}", capital.name, got.as_str()).unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// What a unit must be on a day, by both clocks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    day: Date,
    unit: String,
    place: String,
    as_happened: ControlStatus,
    as_known: ControlStatus,
    why: String,
}

#[test]
fn recaptures_errors_and_late_reports_move_the_map_when_they_must() {
    let rows: Result<Vec<Expected>, _> =
        csv::Reader::from_path(folder().join("expected.csv")).unwrap().deserialize().collect();
    let mut faults = String::new();
    let gazetteer = HAPPENED.0.gazetteer();
    for row in rows.unwrap() {
        assert_eq!(
            gazetteer.by_id(&row.unit).map(|p| gazetteer.get(p).name.as_str()),
            Some(row.place.as_str())
        );
        let clocks = [("as happened", row.as_happened, &HAPPENED.1), ("as known", row.as_known, &*KNOWN)];
        for (name, wanted, timeline) in clocks {
            let got = status(timeline, &row.unit, row.day);
            if got != wanted {
                let (wanted, got) = (wanted.as_str(), got.as_str());
                writeln!(faults, "{} {}: {got} {name}, not {wanted}: {}", row.day, row.place, row.why)
                    .unwrap();
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// The tables of a run, by both clocks.
fn tables(reports: &[Report]) -> Vec<Vec<u8>> {
    let table = |clock| {
        let timeline = timeline(&mapper(clock), reports);
        [event_table(&timeline.events).unwrap(), timeline_table(&timeline).unwrap()]
    };
    [Clock::AsHappened, Clock::AsKnown].into_iter().flat_map(table).collect()
}

#[test]
fn shuffling_duplicating_and_splitting_the_reports_changes_no_byte() {
    let reports = season();
    let once = tables(&reports);
    let mut shuffled = reports.clone();
    // The same each time, and near to no order: the ids by their ends.
    shuffled.sort_by_key(|r| r.id.bytes().rev().map(|b| b.wrapping_mul(31)).collect::<Vec<u8>>());
    assert_ne!(shuffled, reports);
    assert!(once == tables(&shuffled), "shuffled");
    let twice: Vec<Report> = shuffled.iter().chain(reports.iter().step_by(3)).cloned().collect();
    assert!(once == tables(&twice), "duplicated");

    let parts = tempfile::tempdir().unwrap();
    let lines = fs::read_to_string(folder().join("reports.jsonl")).unwrap();
    let lines: Vec<&str> = lines.lines().rev().collect();
    for (n, part) in lines.chunks(17).enumerate() {
        let sub = parts.path().join(format!("{}", n % 3));
        fs::create_dir_all(&sub).unwrap();
        fs::write(sub.join(format!("part-{n}.jsonl")), part.join("\n")).unwrap();
    }
    assert!(once == tables(&read(parts.path())), "split");
}

#[test]
fn ids_are_one_each_and_every_sort_of_outlet_speaks() {
    let reports = season();
    let ids: BTreeSet<&str> = reports.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), reports.len());
    let outlets: BTreeSet<&str> = reports.iter().filter_map(|r| r.source.as_deref()).collect();
    assert!(outlets.len() >= 10, "{outlets:?}");
}
