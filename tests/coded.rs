//! Events that somebody coded: tables of invented rows in each format, by columns, kinds, precisions and parties; what
//! is left out and why; and naqsha's own events, read back. No row is of a real data set.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use naqsha::coded::{Coder, signatures};
use naqsha::data::DataFiles;
use naqsha::error::Notice;
use naqsha::event::{Event, EventKind, Side};
use naqsha::mapper::Mapper;
use naqsha::report::{Entry, Inputs};

fn table(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coded").join(name)
}

/// The events of a file, and what is said of it.
fn code(mapper: &Mapper, path: &Path) -> (Vec<Event>, Vec<Notice>) {
    let data = DataFiles::bundled();
    let mut coder = Coder::new(&data, mapper.gazetteer(), mapper.basemap()).unwrap();
    let (mut events, mut notices) = (Vec::new(), Vec::new());
    for entry in Inputs::open_coded(&[path.to_owned()], None, signatures(&data).unwrap()).unwrap() {
        match entry {
            Entry::Coded(row) => {
                let (found, noticed) = coder.read(&row);
                events.extend(found);
                notices.extend(noticed);
            }
            Entry::Notice(notice) => notices.push(notice),
            Entry::Report(report) => panic!("{} is no report", report.id),
        }
    }
    notices.extend(coder.finish());
    (events, notices)
}

/// An event in one line.
fn line(event: &Event) -> String {
    let effect = event.effect.map_or("-".to_owned(), |e| format!("{e:?}").to_lowercase());
    let when = event.when.unwrap();
    format!(
        "{} {} {} {} {effect} d{} g{} {}",
        event.doc_id,
        event.kind.as_str(),
        event.place.id,
        when.in_words(),
        u8::from(when.precision),
        u8::from(event.place.precision),
        event.source.as_deref().unwrap_or("-"),
    )
}

fn check(mapper: &Mapper, file: &str, events: &[&str], said: &[&str]) {
    let (found, notices) = code(mapper, &table(file));
    let lines: Vec<String> = found.iter().map(line).collect();
    assert_eq!(lines, events, "{file}");
    let notices: Vec<String> = notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices, said, "{file}");
}

#[test]
fn each_format_is_told_by_its_columns_and_translated_by_its_code_book() {
    let mapper = Mapper::bundled().unwrap();
    check(
        &mapper,
        "acled.csv",
        &[
            "TST0001 captured AF1905 2021-06-21 taliban d1 g3 Example Wire",
            "TST0001 captured AF1905 2021-06-21 taliban d1 g3 Darya Post",
            // Check posts are no district.
            "TST0002 clash AF1805 2021-06-22 - d1 g3 Example Wire",
            "TST0003 recaptured AF1905 2021-06-23 government d1 g3 Example Wire",
            "TST0004 clash AF2907 2021-06-24 - d1 g3 Example Wire",
            // Nobody knows whose the gunmen are.
            "TST0005 captured AF1903 2021-06-25 - d1 g3 Example Wire",
            // Somewhere in the province is not its capital.
            "TST0009 captured AF-KAN 2021-06-27 - d1 g4 Example Wire",
            "TST0010 transferred AF1703 2021-06-28 taliban d1 g3 Example Wire",
            // A hamlet is not its district.
            "TST0011 captured AF1903 2021-06-29 - d1 g3 Example Wire",
            "TST0012 airstrike AF3209 2021-06-27 to 2021-07-03 - d3 g3 Example Wire",
        ],
        &[
            "acled.csv:4: row TST0003: no position; that of Imam Sahib is taken",
            "acled.csv:5: row TST0004: its position 35.6900, 64.3000 (longitude, latitude) lies outside the country, not in \
             Faryab, which it names; the two seem to be swapped; the place that it names is taken",
            "acled.csv:9: row TST0008: the date \"July 2021\" is not understood; write it as 2021-07-07",
            "acled.csv:15: row TST0013: its position 67.1100, 36.7000 (longitude, latitude) lies in Balkh, not in Herat, which \
             it names; correct it, or name a place of that province",
            "acled.csv:7: 1 row left out: \"Protests / Peaceful protest\" is no kind of event that naqsha has",
            "acled.csv:14: 1 row left out: given twice, counted once",
            "acled.csv:8: 1 row left out: of other countries",
            "acled.csv:10: 2 rows (the first here) taken: names no place that the gazetteer knows (--gazetteer adds places); \
             no status follows",
            "acled.csv:3: 1 row taken: the note tells of a part of a place, not of the place; it counts as fighting there",
            "acled.csv:6: 1 row taken: the party that gains is not known for certain; no status follows",
        ],
    );
    check(
        &mapper,
        "ucdp.tsv",
        &[
            "900001 clash gn1137168 2021-07-07 - d1 g1 Example Wire",
            "900001 clash gn1137168 2021-07-07 - d1 g1 Darya Post",
            "900002 attack_on_civilians AF-NAN 2021-07-08 to 2021-07-10 - d2 g4 Example Wire",
        ],
        &[
            "ucdp.tsv:4: row 900003: is placed no finer than the country; nothing can be drawn of it",
            "ucdp.tsv:5: 1 row left out: of other countries",
        ],
    );
    check(
        &mapper,
        "gtd.csv",
        &[
            "202107090001 car_bomb gn1141269 2021-07-09 - d1 g1 Example Wire",
            "202107090001 car_bomb gn1141269 2021-07-09 - d1 g1 Darya Post",
            "202107000002 abduction AF-HER 2021-07-01 to 2021-07-31 - d4 g4 GTD",
        ],
        &[
            "gtd.csv:5: row 202107110004: 2021-13-11 is no day; give year, month and day, 0 where one is unknown",
            "gtd.csv:4: 1 row left out: the attack did not take place",
        ],
    );
}

/// Of the first row of a table, some cells replaced: the event's kind, side and effect.
fn changed(mapper: &Mapper, cells: &[(&str, &str)]) -> (EventKind, Option<Side>, String) {
    let mut reader = csv::Reader::from_path(table("acled.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let object: serde_json::Map<String, serde_json::Value> = header
        .iter()
        .zip(&row)
        .map(|(name, cell)| {
            let given = cells.iter().find(|(n, _)| *n == name).map_or(cell, |(_, c)| *c);
            (name.to_owned(), given.into())
        })
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("one.jsonl");
    fs::write(&path, serde_json::to_string(&object).unwrap()).unwrap();
    let (events, notices) = code(mapper, &path);
    let event = events.first().unwrap_or_else(|| panic!("{notices:?}"));
    let side = event.actor1.as_ref().map(|a| a.side);
    (event.kind, side, event.effect.map_or("-".to_owned(), |e| format!("{e:?}").to_lowercase()))
}

/// Sub-event, two parties, day; kind, the side of who acts, who holds the place afterwards. The order of the two parties
/// says nothing but in a transfer; after the fall of Kabul the state is the other side; neither the Taliban of Pakistan
/// nor a name of two parties holds anything.
const GAINS: &str = "\
Non-state actor overtakes territory|Military Forces of Afghanistan (2014-2021)|Taliban|2021-07-01|captured|taliban|taliban
Government regains territory|Taliban|Police Forces of Afghanistan (2014-2021)|2021-07-01|recaptured|government|government
Non-violent transfer of territory|Taliban|Military Forces of Afghanistan (2014-2021)|2021-07-01|transferred|government|taliban
Non-state actor overtakes territory|NRF: National Resistance Front|Military Forces of Afghanistan (2021-)|2021-09-01|captured|militia|government
Government regains territory|Military Forces of Afghanistan (2021-)|NRF: National Resistance Front|2021-09-06|recaptured|taliban|taliban
Non-state actor overtakes territory|TTP: Tehreek-i-Taliban Pakistan|Military Forces of Afghanistan (2014-2021)|2021-07-01|captured|foreign|-
Non-state actor overtakes territory|Taliban and/or Islamic State|Military Forces of Afghanistan (2014-2021)|2021-07-01|captured|unknown|-
Non-state actor overtakes territory|Islamic State Khorasan Province (ISKP)|Taliban|2021-07-01|captured|iskp|-
Non-state actor overtakes territory|Unidentified Armed Group (Afghanistan)|Taliban|2021-07-01|captured|unknown|-
Armed clash|Taliban|Pro-Government Militia|2021-07-01|clash|taliban|-";

#[test]
fn who_gains_is_told_by_kind_party_and_day() {
    let mapper = Mapper::bundled().unwrap();
    for case in GAINS.lines() {
        let [what, actor1, actor2, day, kind, side, effect] = case.split('|').collect::<Vec<_>>()[..] else {
            panic!("{case}")
        };
        let cells = [("sub_event_type", what), ("actor1", actor1), ("actor2", actor2), ("event_date", day)];
        let found = changed(&mapper, &cells);
        let found = (found.0.as_str(), found.1.map(Side::as_str), found.2.as_str());
        assert_eq!(found, (kind, Some(side), effect), "{case}");
    }
}

#[test]
fn answers_of_web_services_are_read() {
    let mapper = Mapper::bundled().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut reader = csv::Reader::from_path(table("acled.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = reader
        .records()
        .map(|row| header.iter().zip(&row.unwrap()).map(|(n, c)| (n.to_owned(), c.into())).collect())
        .collect();
    let answer = serde_json::json!({ "status": 200, "count": rows.len(), "data": rows, "filename": "]{" });
    for (name, text) in [
        ("answer.json", answer.to_string()),
        ("pretty.json", serde_json::to_string_pretty(&answer).unwrap()),
        ("array.json", serde_json::to_string(&answer["data"]).unwrap()),
    ] {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        let expected: Vec<String> = code(&mapper, &table("acled.csv")).0.iter().map(line).collect();
        assert_eq!(code(&mapper, &path).0.iter().map(line).collect::<Vec<_>>(), expected, "{name}");
    }
}

fn naqsha(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_naqsha")).args(arguments).current_dir(home).output().unwrap()
}

fn done(home: &Path, arguments: &[&str]) -> String {
    let run = naqsha(home, arguments);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{arguments:?}: {said}");
    said
}

/// Status by day and unit, without what rests on the number of sources.
fn statuses(output: &Path) -> Vec<[String; 3]> {
    let mut reader = csv::Reader::from_path(output.join("timeline.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    let columns = ["date", "unit_id", "status"].map(at);
    reader.records().map(|r| columns.map(|c| r.as_ref().unwrap()[c].to_owned())).collect()
}

#[test]
fn own_events_come_back_with_the_statuses_that_they_had() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let samples = samples.to_str().unwrap();
    let run = ["--format", "csv,geojson", "-q", "--from", "2021-08-01"];
    done(home, &[&["build", samples, "-o", "built"], &run[..]].concat());
    let tellings = naqsha(home, &["extract", samples, "--what", "tellings", "-q"]);
    let mut packed = GzEncoder::new(fs::File::create(home.join("t.jsonl.gz")).unwrap(), Compression::fast());
    packed.write_all(&tellings.stdout).unwrap();
    packed.finish().unwrap();
    done(home, &[&["map", "t.jsonl.gz", "-o", "again"], &run[..]].concat());
    for file in ["timeline.csv", "events.csv", "changes.csv", "events.geojson"] {
        let same = fs::read(home.join("built").join(file)).unwrap()
            == fs::read(home.join("again").join(file)).unwrap();
        assert!(same, "{file}");
    }
    // Merged events are told apart by no voice: most statuses stay.
    let built = statuses(&home.join("built"));
    for file in ["events.csv", "events.geojson"] {
        fs::copy(home.join("built").join(file), home.join(file)).unwrap();
        done(home, &[&["map", file, "-o", "merged"], &run[..]].concat());
        let merged = statuses(&home.join("merged"));
        let same = built.iter().filter(|s| merged.contains(s)).count();
        assert!(same * 100 >= built.len() * 90, "{file}: {same} of {} statuses are the same", built.len());
    }
}

#[test]
fn coded_events_and_reports_make_one_series() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path();
    fs::create_dir(home.join("in")).unwrap();
    fs::copy(table("acled.csv"), home.join("in/export.csv")).unwrap();
    let report = "{\"id\": \"r1\", \"date\": \"2021-06-22\", \"source\": \"Darya Post\", \
                  \"text\": \"The Taliban captured Imam Sahib district in Kunduz on Monday.\"}\n";
    fs::write(home.join("in/report.jsonl"), report).unwrap();
    let run = ["--format", "csv", "-v", "-o", "out"];
    let said = done(home, &[&["build", "in"], &run[..]].concat());
    assert!(said.contains("1 report and 14 coded rows"), "{said}");
    let mut events = csv::Reader::from_path(home.join("out/events.csv")).unwrap();
    let header = events.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    let fall = events.records().map(Result::unwrap).find(|r| &r[at("kind")] == "captured").unwrap();
    // The report and the row that names the same outlet are one source; the row's other outlet is a second one.
    assert_eq!((&fall[at("n_reports")], &fall[at("n_independent")]), ("2", "2"), "{fall:?}");
    // A report is not coded.
    let said = done(home, &[&["map", "in"], &run[..]].concat());
    assert!(said.contains("r1: is a report"), "{said}");
    let strict = naqsha(home, &[&["map", "in", "--strict"], &run[..]].concat());
    assert_eq!(strict.status.code(), Some(1));
}
