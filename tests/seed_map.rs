//! The map of 7 July 2021 from the five reports kept outside the project: only the statuses stand here.

use std::path::Path;

use jiff::civil::{Date, date};
use naqsha::control::{Basis, Clock, Control, ControlStatus, Day, UnitStatus, span};
use naqsha::data::DataFiles;
use naqsha::event::{Event, Outlets, Reader, clusters};
use naqsha::gazetteer::Gazetteer;
use naqsha::report::Report;

const DAY: Date = date(2021, 7, 7);

fn events(reader: &Reader, folder: &Path) -> Vec<Event> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let report = |file: &std::path::PathBuf| Report {
        id: file.file_name().unwrap().to_string_lossy().into_owned(),
        text: std::fs::read_to_string(file).unwrap(),
        ..Report::default()
    };
    files.iter().flat_map(|f| reader.events(&report(f)).0).collect()
}

fn status<'d>(gazetteer: &Gazetteer, day: &'d Day, name: &str, province: &str) -> Option<&'d UnitStatus> {
    let mut named = day.statuses.iter().filter(|s| s.name == name);
    named.find(|s| {
        let place = gazetteer.by_id(s.unit.as_str()).map(|p| gazetteer.get(p));
        place.and_then(|p| p.admin1.as_ref()).is_some_and(|a| a.as_str() == province)
    })
}

#[test]
fn the_map_of_7_july() {
    let Some(eval) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL names no folder with the reports");
        return;
    };
    let data = DataFiles::bundled();
    let reader = Reader::from_data(&data).unwrap();
    let outlets = Outlets::from_data(&data).unwrap();
    let gazetteer = reader.gazetteer();
    let events = events(&reader, &Path::new(&eval).join("seeds"));
    let (from, to) = span(&events).unwrap();
    assert_eq!((from, to), (date(2021, 6, 29), date(2021, 7, 8)));
    let clusters = clusters(events, &outlets);
    for clock in [Clock::AsHappened, Clock::AsKnown] {
        let control = Control::from_data(&data).unwrap().with_clock(clock);
        let timeline = control.timeline(gazetteer, &clusters, from, to);
        let day = timeline.days().iter().find(|d| d.date == DAY).unwrap();
        for s in &day.statuses {
            println!(
                "{} {} {:?} {} since {:?} before {:?} {:?} conflict {} pressure {:?} {:.2} n {}",
                s.unit,
                s.name,
                s.level,
                s.status.as_str(),
                s.since.map(|d| d.to_string()),
                s.before,
                s.basis,
                s.conflict,
                s.pressure,
                s.confidence,
                s.n_independent
            );
        }
        check(gazetteer, day);
    }
}

fn check(gazetteer: &Gazetteer, day: &Day) {
    let is = |name: &str, province: &str| status(gazetteer, day, name, province);
    let held = |name: &str, province: &str| is(name, province).map(|s| s.status);
    let qala = is("Qala-e-Naw", "AF-BDG").unwrap();
    assert_eq!((qala.status, qala.conflict), (ControlStatus::Contested, true), "{qala:?}");
    let derived =
        day.statuses.iter().filter(|s| s.basis == Basis::Derived && s.status == ControlStatus::Taliban);
    let badghis = |s: &&UnitStatus| {
        let place = gazetteer.by_id(s.unit.as_str()).map(|p| gazetteer.get(p));
        place.and_then(|p| p.admin1.as_ref()).is_some_and(|a| a.as_str() == "AF-BDG")
    };
    assert_eq!(derived.filter(badghis).count(), 6);
    assert_eq!(held("Imam Sahib", "AF-KDZ"), Some(ControlStatus::Taliban));
    assert_eq!(held("Badakhshan", "AF-BDS"), Some(ControlStatus::ClaimedTaliban));
    assert_eq!(held("Bagram Air Base", "AF-PAR"), Some(ControlStatus::Government));
    for (province, claimed) in [("AF-HER", false), ("AF-KAB", false), ("AF-KAN", true), ("AF-BDS", true)] {
        for s in &day.statuses {
            let place = gazetteer.by_id(s.unit.as_str()).map(|p| gazetteer.get(p));
            if place.and_then(|p| p.admin1.as_ref()).is_some_and(|a| a.as_str() == province) {
                assert!(claimed && s.status == ControlStatus::ClaimedTaliban, "{s:?}");
            }
        }
    }
}
