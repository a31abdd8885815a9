//! The map of 7 July 2021 from the five reports kept outside the project: only the statuses stand here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is amiss, and says where it was skipped"
)]

use std::path::Path;

use jiff::civil::{Date, date};
use naqsha::control::{Basis, Clock, Control, ControlStatus, Day, Level, UnitStatus, span};
use naqsha::data::DataFiles;
use naqsha::event::{Event, Outlets, Reader, clusters};
use naqsha::gazetteer::Gazetteer;
use naqsha::map::{Atlas, Frame};
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
        let map = Atlas::from_data(&data).unwrap().draw(gazetteer, day, Frame::Article);
        let (_, title) = map.to_svg().split_once("<title id=\"map-title\">").unwrap();
        assert!(title.starts_with("Fight for Qala-e-Naw"), "{}", &title[..60]);
    }
    assert_eq!((from, to), (date(2021, 6, 29), date(2021, 7, 8)));
}

fn check(gazetteer: &Gazetteer, day: &Day) {
    let province = |s: &UnitStatus| gazetteer.by_id(s.unit.as_str()).and_then(|p| gazetteer.province_of(p));
    let of = |s: &UnitStatus, id: &str| province(s).is_some() && province(s) == gazetteer.by_id(id);
    let unit = |id: &str| day.statuses.iter().find(|s| s.unit.as_str() == id);
    let held = |id: &str| unit(id).map(|s| s.status);

    let capital = gazetteer.by_id("AF-BDG").and_then(|p| gazetteer.seat_of(&gazetteer.get(p).id));
    let qala = unit(gazetteer.get(capital.unwrap()).id.as_str()).unwrap();
    assert_eq!((qala.status, qala.conflict), (ControlStatus::Contested, true), "{qala:?}");
    let rural = day.statuses.iter().filter(|s| s.level == Level::District && s.basis == Basis::Derived);
    let rural: Vec<_> = rural.filter(|s| of(s, "AF-BDG")).map(|s| s.status).collect();
    assert_eq!(rural, [ControlStatus::Taliban; 6]);
    assert_eq!(held("AF1905"), Some(ControlStatus::Taliban));
    assert_eq!(held("AF-BDS"), Some(ControlStatus::ClaimedTaliban));
    let kandahar = held("AF-KAN");
    assert!(matches!(kandahar, None | Some(ControlStatus::ClaimedTaliban)), "{kandahar:?}");
    if kandahar.is_none() {
        println!("missed: the claim on the province of Kandahar is not read");
    }
    assert_eq!(held("nq-bagram-air-base"), Some(ControlStatus::Government));
    for quiet in ["AF-HER", "AF-KAB"] {
        assert!(day.statuses.iter().all(|s| !of(s, quiet)), "{quiet}");
    }
    for claimed in ["AF-KAN", "AF-BDS"] {
        let units = day.statuses.iter().filter(|s| of(s, claimed) && s.level != Level::Province);
        assert!(units.clone().all(|s| s.status == ControlStatus::Unknown), "{claimed}");
    }
}
