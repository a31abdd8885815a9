//! What a run writes: the rules of GeoJSON and of the tables, the same bytes whatever the threads and the order of the
//! inputs, and files that are old or new but never half written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use geo::algorithm::{BoundingRect, Validation, Winding};
use geojson::GeoJson;
use jiff::civil::date;
use naqsha::control::{Basis, ControlStatus, Day, Level, Shares, UnitStatus};
use naqsha::data::DataFiles;
use naqsha::event::{EventId, Reader};
use naqsha::gazetteer::{Gazetteer, PlaceId};
use naqsha::map::Basemap;
use naqsha::output::{
    self, EventRecord, Folder, Manifest, PlaceRecord, RecordFormat, RecordWriter, StatusRecord,
};
use naqsha::report::Report;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

const CONTRACT: &str = "event_id doc_id published source url event_date end_date date_precision kind event_type \
    sub_event_type actor1 actor1_side actor2 actor2_side place place_id place_kind scope admin1 admin1_code admin2 \
    admin2_code longitude latitude geo_precision control_effect modality claimed_by interest killed_low killed_high \
    wounded_low wounded_high confidence n_reports n_independent lineage sources quote quote_start quote_end";

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")
}

fn naqsha() -> Command {
    Command::new(env!("CARGO_BIN_EXE_naqsha"))
}

/// Builds from inputs into a folder, and gives what --json says.
fn build(inputs: &[PathBuf], out: &Path, options: &[&str]) -> Value {
    let run = naqsha()
        .arg("build")
        .args(inputs)
        .arg("-o")
        .arg(out)
        .args(["--quiet", "--json", "--to", "2021-08-09"])
        .args(if options.contains(&"--from") { &[][..] } else { &["--from", "2021-08-06"] })
        .args(options)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

/// Every file of a folder by its path inside it, hidden ones included.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(dir) = waiting.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    // What a run only remembers by.
    found.remove(".read");
    found.remove(".drawn");
    found
}

/// An object with its keys in the order of the file.
struct Ordered(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ordered, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Ordered;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut found = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    found.push(entry);
                }
                Ok(Ordered(found))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

fn keys(object: &Ordered) -> Vec<&str> {
    object.0.iter().map(|(k, _)| k.as_str()).collect()
}

#[derive(serde::Deserialize)]
struct Raw {
    features: Vec<RawFeature>,
}

#[derive(serde::Deserialize)]
struct RawFeature {
    id: String,
    properties: Ordered,
}

/// No number of the text has more than five decimals.
fn assert_short(name: &str, coordinates: &Value) {
    match coordinates {
        Value::Array(parts) => parts.iter().for_each(|p| assert_short(name, p)),
        Value::Number(n) => {
            let text = n.to_string();
            let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
            assert!(decimals <= 5, "{name}: {text}");
        }
        _ => {}
    }
}

/// What contract and RFC 7946 ask of a layer.
fn assert_layer(name: &str, bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.ends_with('\n') && !text.contains('\r'), "{name}: lines end in LF");
    let whole: Value = serde_json::from_str(text).unwrap();
    assert!(whole.get("crs").is_none(), "{name}: no crs");
    let raw: Raw = serde_json::from_str(text).unwrap();
    let mut ids = BTreeSet::new();
    for feature in &raw.features {
        assert!(ids.insert(feature.id.clone()), "{name}: {} twice", feature.id);
        let names = keys(&feature.properties);
        assert_eq!(names, keys(&raw.features[0].properties), "{name}: the same keys in the same order");
        for (key, value) in &feature.properties.0 {
            assert_ne!(*value, feature.id, "{name}: the id is repeated");
            assert_ne!(value, "", "{name}: {key} is empty, not null");
            let is_date =
                key.ends_with("_date") || ["published", "since", "valid_from", "valid_to"].contains(&&**key);
            let whole = value.as_str().is_none_or(|d| d.parse::<jiff::civil::Date>().is_ok());
            assert!(!is_date || (whole && (value.is_string() || value.is_null())), "{name}: {key} {value}");
        }
    }
    let GeoJson::FeatureCollection(collection) = text.parse::<GeoJson>().unwrap() else { panic!("{name}") };
    let kinds: BTreeSet<&str> =
        collection.features.iter().filter_map(|f| f.geometry.as_ref()).map(|g| g.value.type_name()).collect();
    assert!(kinds.len() <= 1, "{name}: {kinds:?}");
    assert_eq!(collection.bbox.is_some(), !collection.features.is_empty(), "{name}: bbox");
    let mut extent = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for feature in &collection.features {
        let geometry = feature.geometry.clone().unwrap();
        assert_short(name, &serde_json::to_value(&geometry).unwrap()["coordinates"]);
        let shape: geo::Geometry = geometry.try_into().unwrap();
        let b = shape.bounding_rect().unwrap();
        extent = [
            extent[0].min(b.min().x),
            extent[1].min(b.min().y),
            extent[2].max(b.max().x),
            extent[3].max(b.max().y),
        ];
        assert!(shape.is_valid(), "{name}: {:?}", shape.validation_errors());
        if let geo::Geometry::MultiPolygon(areas) = &shape {
            for area in areas {
                assert!(area.exterior().is_ccw(), "{name}: outer rings are counter-clockwise");
                assert!(area.interiors().iter().all(Winding::is_cw), "{name}: holes are clockwise");
            }
        }
    }
    if let Some(bbox) = &collection.bbox {
        assert_eq!(bbox.as_slice(), extent, "{name}: bbox");
    }
    collection.features.len()
}

#[test]
fn layers_follow_the_rules_of_geojson() {
    let out = tempfile::tempdir().unwrap();
    build(&[samples()], out.path(), &["--format", "geojson,csv"]);
    let written = files(out.path());
    let mut features = 0;
    for (name, bytes) in written.iter().filter(|(name, _)| name.ends_with(".geojson")) {
        features += assert_layer(name, bytes);
    }
    assert!(features > 50, "{features} features");
    let table = std::str::from_utf8(&written["events.csv"]).unwrap();
    assert_eq!(table.lines().next().unwrap(), CONTRACT.split_whitespace().collect::<Vec<_>>().join(","));
    let manifest: Value = serde_json::from_slice(&written["manifest.json"]).unwrap();
    let listed: BTreeSet<&str> =
        manifest["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    let found: BTreeSet<&str> =
        written.keys().map(String::as_str).filter(|n| *n != "manifest.json").collect();
    assert_eq!(listed, found);
    for day in ["2021-08-06", "2021-08-07", "2021-08-08", "2021-08-09"] {
        for layer in ["events", "places", "areas"] {
            assert!(found.contains(format!("{day}/{day}-{layer}.geojson").as_str()), "{day} {layer}");
        }
    }
}

fn unit(id: &str, name: &str, level: Level) -> UnitStatus {
    UnitStatus {
        unit: PlaceId::new(id),
        name: name.to_owned(),
        level,
        status: ControlStatus::Contested,
        before: None,
        since: Some(date(2021, 7, 7)),
        valid_from: date(2021, 7, 7),
        valid_to: None,
        known_since: None,
        confidence: 0.666,
        basis: Basis::Reported,
        origin: None,
        stale: false,
        pressure: None,
        conflict: true,
        n_independent: 2,
        evidence: vec![EventId("00aa".to_owned()), EventId("00bb".to_owned())],
        shares: (level == Level::Province).then_some(Shares { taliban: 3, ..Shares::default() }),
    }
}

#[test]
fn areas_and_places_of_a_day_share_its_statuses() {
    let data = DataFiles::bundled();
    let (gazetteer, basemap) = (Gazetteer::from_data(&data).unwrap(), Basemap::from_data(&data).unwrap());
    let city = gazetteer.locate("Qala-e-Naw", None).candidates[0].clone();
    let mut statuses: Vec<UnitStatus> =
        basemap.provinces().map(|(id, area)| unit(id.as_str(), &area.name, Level::Province)).collect();
    statuses.push(unit(&city.place_id, &city.name, Level::Capital));
    let (events, changes, sources) = (Vec::new(), Vec::new(), Vec::new());
    let day = Day { date: date(2021, 7, 7), statuses, events, changes, sources };
    let areas = output::areas(&day, &basemap).unwrap();
    assert_eq!(assert_layer("areas", &areas), 34);
    let places = output::places(&day, &gazetteer, &basemap).unwrap();
    assert_eq!(assert_layer("places", &places), 1);
    let raw: Raw = serde_json::from_slice(&areas).unwrap();
    let expected = "name level status since valid_from valid_to confidence basis stale pressure conflict \
        n_independent evidence units_taliban units_government units_contested units_claimed units_unknown \
        known_since";
    assert_eq!(keys(&raw.features[0].properties), expected.split_whitespace().collect::<Vec<_>>());
    let value = |key: &str| &raw.features[0].properties.0.iter().find(|(k, _)| k == key).unwrap().1;
    assert_eq!(value("confidence"), 0.67);
    assert_eq!(value("evidence"), "00aa; 00bb");
    assert_eq!(value("units_taliban"), 3);
    assert_eq!(StatusRecord::FIELDS[..2], ["date", "unit_id"]);
}

#[test]
fn records_have_the_fields_of_the_contract_and_safe_cells() {
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let report = Report {
        id: "=cmd|' /C calc'!A0".to_owned(),
        source: Some("@agency".to_owned()),
        published: Some(date(2021, 8, 6)),
        text: "The Taliban captured Zaranj on Friday, the governor said.".to_owned(),
        ..Report::default()
    };
    let reading = reader.read(&report);
    let record = || EventRecord::from(&reading.events[0]);
    let write = |format| {
        let mut writer = RecordWriter::new::<EventRecord<'_>>(Vec::new(), format).unwrap();
        writer.write(record()).unwrap();
        String::from_utf8(writer.finish().unwrap()).unwrap()
    };
    let line: Ordered = serde_json::from_str(&write(RecordFormat::JsonLines)).unwrap();
    assert_eq!(keys(&line), CONTRACT.split_whitespace().collect::<Vec<_>>());
    let value = |key: &str| line.0.iter().find(|(k, _)| k == key).unwrap().1.clone();
    assert_eq!(value("doc_id"), "=cmd|' /C calc'!A0");
    assert_eq!(value("event_date"), "2021-08-06");
    assert_eq!(value("url"), Value::Null);
    let table = write(RecordFormat::Csv);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let row = rows.records().next().unwrap().unwrap();
    assert_eq!(&row[1], "'=cmd|' /C calc'!A0");
    assert_eq!(&row[3], "'@agency");
    assert_eq!(&row[4], "");
    assert!(!table.contains('\r'));
    let places = PlaceRecord::all(&report, &reading, reader.gazetteer());
    let expected = "doc_id surface start end place_id name kind admin1 admin1_code admin2 admin2_code longitude \
        latitude geo_precision role score reasons";
    let line: Ordered = serde_json::from_str(&serde_json::to_string(&places[0]).unwrap()).unwrap();
    assert_eq!(keys(&line), expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!((&*places[0].surface, places[0].role), ("Zaranj", "event"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let mut inputs: Vec<PathBuf> = fs::read_dir(samples()).unwrap().map(|e| e.unwrap().path()).collect();
    inputs.sort();
    let formats = ["--format", "geojson,svg,csv"];
    let at = |name: &str| dir.path().join(name);
    build(&inputs, &at("one"), &[&formats[..], &["--jobs", "1"]].concat());
    let one = files(&at("one"));
    build(&inputs, &at("two"), &[&formats[..], &["--jobs", "2"]].concat());
    inputs.reverse();
    build(&inputs, &at("reversed"), &formats);
    for other in ["two", "reversed"] {
        for (name, bytes) in files(&at(other)) {
            assert!(one[&name] == bytes, "{other}/{name} differs");
        }
    }
    let dates = |root: &Path| -> Vec<_> {
        one.keys().map(|name| fs::metadata(root.join(name)).unwrap().modified().unwrap()).collect()
    };
    let before = dates(&at("one"));
    let summary = build(&inputs, &at("one"), &formats);
    assert_eq!(summary["changed"], 0);
    assert_eq!(before, dates(&at("one")), "nothing that is right already is touched");
}

#[test]
fn the_same_input_gives_the_same_pictures() {
    let dir = tempfile::tempdir().unwrap();
    let one_day = ["--format", "png", "--scale", "1", "--from", "2021-08-09"];
    build(&[samples()], &dir.path().join("one"), &[&one_day[..], &["--jobs", "1"]].concat());
    build(&[samples()], &dir.path().join("two"), &[&one_day[..], &["--jobs", "2"]].concat());
    let (one, two) = (files(&dir.path().join("one")), files(&dir.path().join("two")));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        ["2021-08-09/2021-08-09-map.png", "manifest.json", "statistics.png"]
    );
    assert!(one == two);
}

#[test]
fn a_report_given_twice_counts_once() {
    let dir = tempfile::tempdir().unwrap();
    let formats = ["--format", "geojson,csv"];
    build(&[samples()], &dir.path().join("once"), &formats);
    let twice = build(&[samples(), samples()], &dir.path().join("twice"), &formats);
    let (once, again) = (files(&dir.path().join("once")), files(&dir.path().join("twice")));
    assert!(twice["reports"].as_u64().unwrap() > 40);
    for (name, bytes) in once.iter().filter(|(name, _)| *name != "manifest.json") {
        assert!(again[name] == *bytes, "{name} differs");
    }
}

#[test]
fn what_an_earlier_run_wrote_goes_unless_it_was_changed() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let manifest = || Manifest::of(&DataFiles::bundled()).unwrap();
    let first = Folder::open(&out).unwrap();
    for name in ["2021-07-07/a.geojson", "2021-07-07/b.geojson", "2021-07-08/a.geojson", "all.csv"] {
        first.put(name, Ok(b"old".to_vec())).unwrap();
    }
    first.put("2021-07-09/a.geojson", Ok(b"old".to_vec())).unwrap();
    first.close(manifest(), |_| true).unwrap();
    fs::write(out.join("2021-07-07/b.geojson"), "edited by hand").unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    fs::write(dir.path().join("outside.txt"), "old").unwrap();
    let listed = fs::read_to_string(out.join("manifest.json")).unwrap();
    fs::write(out.join("manifest.json"), listed.replace("2021-07-08/a.geojson", "../outside.txt")).unwrap();
    let second = Folder::open(&out).unwrap();
    second.put("all.csv", Ok(b"new".to_vec())).unwrap();
    let tally = second.close(manifest(), |path| !path.starts_with("2021-07-09")).unwrap();
    assert_eq!((tally.files, tally.changed, tally.removed), (2, 2, 1));
    let left: Vec<String> = files(&out).into_keys().collect();
    assert_eq!(
        left,
        [
            "2021-07-07/b.geojson",
            "2021-07-08/a.geojson",
            "2021-07-09/a.geojson",
            "all.csv",
            "manifest.json",
            "notes.txt",
        ]
    );
    let listed = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(listed.contains("2021-07-09/a.geojson"), "what another run wrote stays listed");
    assert!(dir.path().join("outside.txt").exists(), "nothing outside the folder is removed");
}

#[test]
fn a_run_that_dies_leaves_each_file_old_or_new() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new, out) = (dir.path().join("old"), dir.path().join("new"), dir.path().join("out"));
    let formats = ["--format", "geojson,svg,csv"];
    let few: Vec<PathBuf> = fs::read_dir(samples())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.to_string_lossy().contains("2021-08-0"))
        .collect();
    build(&few, &old, &formats);
    build(&[samples()], &new, &formats);
    let (old, new) = (files(&old), files(&new));
    for delay in [5, 30, 90, 200] {
        let _ = fs::remove_dir_all(&out);
        build(&few, &out, &formats);
        let mut run = naqsha()
            .arg("build")
            .arg(samples())
            .arg("-o")
            .arg(&out)
            .args(["--from", "2021-08-06", "--to", "2021-08-09", "--quiet"])
            .args(formats)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(delay));
        let _ = run.kill();
        run.wait().unwrap();
        for (name, bytes) in files(&out) {
            let temporary = name.starts_with('.');
            let whole = old.get(&name) == Some(&bytes) || new.get(&name) == Some(&bytes);
            assert!(temporary || whole, "{name} is neither old nor new after {delay} ms");
        }
    }
}

#[cfg(unix)]
#[test]
fn files_may_be_read_by_whom_the_mask_allows() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    folder.put("a.csv", Ok(b"a".to_vec())).unwrap();
    fs::write(dir.path().join("plain"), "a").unwrap();
    let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("a.csv"), mode("plain"));
}

/// GDAL reads the layers, and dates as dates: one partial date would turn the whole column into text in QGIS.
#[test]
fn ogrinfo_reads_dates_as_dates() {
    if Command::new("ogrinfo").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: ogrinfo (gdal-bin) is not installed");
        return;
    }
    let out = tempfile::tempdir().unwrap();
    build(&[samples()], out.path(), &["--format", "geojson"]);
    let mut seen = 0;
    for (name, bytes) in files(out.path()).iter().filter(|(name, _)| name.ends_with("events.geojson")) {
        if !String::from_utf8_lossy(bytes).contains("\"Feature\"") {
            continue;
        }
        let read = Command::new("ogrinfo").args(["-so", "-al"]).arg(out.path().join(name)).output().unwrap();
        let said = String::from_utf8_lossy(&read.stdout);
        assert!(read.status.success(), "{name}: {said}");
        for field in ["event_date: Date", "end_date: Date", "published: Date", "longitude: Real"] {
            assert!(said.contains(field), "{name}: no {field} in {said}");
        }
        seen += 1;
    }
    assert!(seen >= 4, "{seen} layers with events");
}
