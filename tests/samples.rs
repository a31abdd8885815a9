//! The sample reports: their form, and which of them must stay silent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use naqsha::data::DataFiles;
use naqsha::event::{Event, Reader};
use naqsha::report::{Report, read_reports};

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

#[test]
fn a_quiet_report_tells_no_event() {
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let quiet = reports(&samples().join("quiet"));
    assert!(quiet.len() >= 6, "{} reports", quiet.len());
    let mut faults = String::new();
    for report in &quiet {
        for event in events(&reader, report) {
            writeln!(faults, "{}", line(&event)).unwrap();
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
