//! The sample reports: which of them must stay silent, and what is read from the others, one line an event.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use naqsha::control::{ControlStatus, Level};
use naqsha::data::DataFiles;
use naqsha::event::{Event, Reader};
use naqsha::mapper::Mapper;
use naqsha::report::{Report, read_reports};
use serde::Deserialize;

const WORDS: std::ops::RangeInclusive<usize> = 45..=250;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")
}

fn reports(path: &Path) -> Vec<Report> {
    let (reports, notices) = read_reports(path).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    reports
}

/// The events of one report, in the order of its sentences.
fn events(reader: &Reader, report: &Report) -> Vec<Event> {
    reader.events(report).0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Misread {
    id: String,
    quote: String,
    #[serde(rename = "cause")]
    _cause: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Misreadings {
    misread: Vec<Misread>,
}

#[test]
fn a_quiet_report_tells_no_event() {
    let known: Misreadings = toml::from_str(include_str!("corpus/quiet_misread.toml")).unwrap();
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let quiet = reports(&samples().join("quiet"));
    assert!(quiet.len() >= 6, "{} reports", quiet.len());
    let mut faults = String::new();
    for report in &quiet {
        for event in events(&reader, report) {
            let listed = known.misread.iter().any(|m| m.id == report.id && m.quote == event.quote);
            if !listed {
                writeln!(faults, "{}: {}", report.id, line(&event)).unwrap();
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn a_sample_is_short_and_its_file_name_says_when_it_was_printed() {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in [samples(), samples().join("quiet")] {
        files.extend(fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()));
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    assert!(files.len() >= 40, "{} reports", files.len());
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut faults = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let date: Date = name.get(..10).and_then(|d| d.parse().ok()).unwrap_or_else(|| panic!("{name}"));
        for report in reports(&file) {
            let words = report.text.split_whitespace().count();
            if !WORDS.contains(&words) {
                writeln!(faults, "{name}: {words} words").unwrap();
            }
            for event in events(&reader, &report) {
                if event.published != Some(date) {
                    writeln!(faults, "{name}: read as printed on {:?}", event.published).unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// The day on which each capital fell, by its province's id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Capitals {
    fell: BTreeMap<String, toml::value::Datetime>,
}

/// Most capitals must be seen to fall, none before its day, and none that the samples do not tell of.
#[test]
fn capitals_fall_on_their_day() {
    const ENOUGH: usize = 20;
    let capitals: Capitals = toml::from_str(include_str!("corpus/capitals.toml")).unwrap();
    let mapper = Mapper::bundled().unwrap();
    let (events, _) = mapper.events(&reports(&samples()));
    let (from, to) = (jiff::civil::date(2021, 8, 1), jiff::civil::date(2021, 8, 15));
    let timeline = mapper.timeline(events, Some(from), Some(to));
    let mut taken: BTreeMap<String, Date> = BTreeMap::new();
    let mut faults = String::new();
    for day in timeline.days() {
        for unit in day.statuses.iter().filter(|u| u.level == Level::Capital) {
            let place = mapper.gazetteer().places().find(|p| p.id == unit.unit).unwrap();
            let province = place.seat_of.as_ref().unwrap().as_str();
            let fell: Option<Date> = capitals.fell.get(province).map(|d| d.to_string().parse().unwrap());
            if unit.status != ControlStatus::Taliban {
                continue;
            }
            if fell.is_none_or(|fell| day.date < fell) {
                writeln!(faults, "{}: {} is not yet the Taliban's, it fell on {fell:?}", day.date, unit.name)
                    .unwrap();
            }
            taken.entry(province.to_owned()).or_insert(day.date);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
    assert!(taken.len() >= ENOUGH, "{} of {} capitals: {taken:?}", taken.len(), capitals.fell.len());
}

/// What a change in reading must not alter unseen. After a look at the difference: `cargo insta accept`, or
/// `INSTA_UPDATE=always cargo test --test samples`.
#[test]
fn the_events_of_the_samples_are_as_seen_last() {
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut all = String::new();
    for report in reports(&samples()) {
        writeln!(all, "{}", report.id).unwrap();
        for event in events(&reader, &report) {
            writeln!(all, "  {}", line(&event)).unwrap();
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("events_of_samples", all);
    });
}

/// `2021-08-12 captured Ghazni (city, Ghazni) taliban by taliban · asserted, Darya Post · The city of Ghazni was ...`
fn line(event: &Event) -> String {
    let word = |v: serde_json::Value| v.as_str().unwrap_or("-").to_owned();
    let days = event.when.map_or("undated".to_owned(), |w| {
        if w.from == w.to {
            w.from.to_string()
        } else {
            format!("{}..{} ({})", w.from, w.to, u8::from(w.precision))
        }
    });
    let place = &event.place;
    let kind = word(serde_json::to_value(place.kind).unwrap());
    let effect = event.effect.map_or("-".to_owned(), |e| word(serde_json::to_value(e).unwrap()));
    let side = event.actor1.as_ref().map_or("-".to_owned(), |a| word(serde_json::to_value(a.side).unwrap()));
    let modality = word(serde_json::to_value(event.modality).unwrap());
    let claimant = event.attribution.claimant.as_deref().unwrap_or("-");
    let quote: String =
        event.quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    format!(
        "{days} {} {} ({kind}, {}) {effect} by {side} · {modality}, {claimant} · {quote}",
        word(serde_json::to_value(event.kind).unwrap()),
        place.name,
        place.admin1_name.as_deref().unwrap_or("-"),
    )
}
