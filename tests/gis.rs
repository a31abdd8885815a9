//! What a run writes for GIS: the GeoPackage as SQLite, GDAL and QGIS read it, the layers of the whole run, the styles.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use tempfile::TempDir;

const FIRST: &str = "2021-08-05";
const LAST: &str = "2021-08-10";
/// A report whose words a spreadsheet, an XML reader or a database might take for its own.
const HOSTILE: &str = "id,date,source,text\n\
    \"=1+1'); DROP TABLE areas;--\",2021-08-07,\"@<b>&\"\"Wire'\",\"The Taliban captured Chimtal district in Balkh province on Saturday <script>alert(1)</script>, officials said.\"\n";

/// A run of the samples with one report more, made once.
static RUN: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("hostile.csv"), HOSTILE).unwrap();
    build(dir.path(), "out", "geojson,qgz");
    dir
});

fn build(dir: &Path, out: &str, format: &str) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let status = Command::new(env!("CARGO_BIN_EXE_naqsha"))
        .arg("build")
        .arg(samples)
        .arg(dir.join("hostile.csv"))
        .args(["--quiet", "--from", FIRST, "--to", LAST, "--format", format, "-o"])
        .arg(dir.join(out))
        .status()
        .unwrap();
    assert!(status.success());
}

fn out(name: &str) -> PathBuf {
    RUN.path().join("out").join(name)
}

fn geojson(name: &str) -> Vec<Value> {
    let layer: Value = serde_json::from_slice(&fs::read(out(name)).unwrap()).unwrap();
    layer["features"].as_array().unwrap().clone()
}

fn database() -> Connection {
    Connection::open_with_flags(out("naqsha.gpkg"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn column<T: rusqlite::types::FromSql>(file: &Connection, sql: &str) -> Vec<T> {
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn the_geopackage_is_one_and_holds_every_layer_with_its_index_and_style() {
    let file = database();
    assert_eq!(column::<String>(&file, "PRAGMA integrity_check"), ["ok"]);
    assert!(column::<String>(&file, "PRAGMA foreign_key_check").is_empty());
    assert_eq!(column::<i64>(&file, "PRAGMA application_id"), [0x4750_4B47]);
    let layers = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' AND srs_id = 4326 \
        AND min_x BETWEEN 60 AND 75 AND max_y BETWEEN 29 AND 39 ORDER BY 1";
    let layers = column::<String>(&file, layers);
    assert_eq!(layers, ["areas", "events", "places", "provinces"]);
    let styled = "SELECT f_table_name FROM layer_styles WHERE useAsDefault = 1 AND styleQML LIKE '%<renderer-v2%' ORDER BY 1";
    assert_eq!(column::<String>(&file, styled), layers);
    for layer in layers {
        let count = |table: &str| column::<i64>(&file, &format!("SELECT count(*) FROM {table}"))[0];
        assert!(count(&layer) > 0, "{layer} is empty");
        assert_eq!(count(&format!("rtree_{layer}_geom")), count(&layer), "the index of {layer}");
        let types = column::<String>(
            &file,
            &format!("SELECT name || ' ' || type FROM pragma_table_info('{layer}') ORDER BY cid"),
        );
        assert_eq!(
            types[..2].iter().map(|t| t.split(' ').next().unwrap()).collect::<Vec<_>>(),
            ["fid", "geom"]
        );
        let dates: Vec<&str> = types.iter().filter_map(|t| t.strip_suffix(" DATE")).collect();
        let wanted: &[&str] = match &*layer {
            "events" => &["published", "event_date", "end_date"],
            "provinces" => &[],
            _ => &["since", "valid_from", "valid_to", "known_since"],
        };
        assert_eq!(dates, wanted, "{layer}");
        for date in dates {
            let odd =
                format!("SELECT {date} FROM {layer} WHERE {date} IS NOT NULL AND {date} IS NOT date({date})");
            assert!(column::<String>(&file, &odd).is_empty(), "{layer}: {date}");
        }
    }
}

#[test]
fn a_unit_has_one_spell_at_a_time_and_the_spells_tell_what_the_days_tell() {
    for (base, file) in [("areas", database()), ("places", database())] {
        let twice = format!(
            "SELECT a.unit_id FROM {base} a JOIN {base} b ON a.unit_id = b.unit_id AND a.fid < b.fid \
             AND a.valid_from <= coalesce(b.valid_to, '9999') AND b.valid_from <= coalesce(a.valid_to, '9999')"
        );
        assert!(column::<String>(&file, &twice).is_empty(), "{base}");
        for day in ["2021-08-05", "2021-08-07", "2021-08-10"] {
            let then = format!(
                "SELECT unit_id || ' ' || status || ' ' || stale FROM {base} \
                 WHERE valid_from <= '{day}' AND coalesce(valid_to, '9999') >= '{day}'"
            );
            let then: BTreeSet<String> = column(&file, &then).into_iter().collect();
            let told = |f: &Value| {
                let p = &f["properties"];
                let stale = i32::from(p["stale"].as_bool().unwrap());
                format!("{} {} {stale}", f["id"].as_str().unwrap(), p["status"].as_str().unwrap())
            };
            let day: BTreeSet<String> =
                geojson(&format!("{day}/{day}-{base}.geojson")).iter().map(told).collect();
            assert_eq!(then, day, "{base}");
        }
    }
}

#[test]
fn layers_of_the_run_hold_the_same_as_the_geopackage() {
    let file = database();
    for base in ["events", "places", "areas"] {
        let features = geojson(&format!("{base}.geojson"));
        let ids: BTreeSet<&str> = features.iter().map(|f| f["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), features.len(), "{base}: an id stands twice");
        let count = column::<i64>(&file, &format!("SELECT count(*) FROM {base}"))[0];
        assert_eq!(usize::try_from(count).unwrap(), features.len(), "{base}");
    }
    for feature in geojson("areas.geojson") {
        let properties = feature["properties"].as_object().unwrap();
        assert!(properties["unit_id"].is_string() && properties["valid_from"].is_string());
        assert!(properties.contains_key("valid_to") && !properties.contains_key("date"));
    }
}

#[test]
fn text_of_reports_is_a_value_and_nothing_else() {
    let file = database();
    let ids = column::<String>(&file, "SELECT doc_id FROM events WHERE doc_id LIKE '%DROP TABLE%'");
    assert_eq!(ids, ["=1+1'); DROP TABLE areas;--"]);
    let quotes = column::<String>(&file, "SELECT quote FROM events WHERE doc_id LIKE '%DROP TABLE%'");
    assert!(quotes[0].contains("<script>alert(1)</script>"), "{quotes:?}");
    let styles = ["events.qml", "places.qml", "areas.qml"].map(|name| fs::read_to_string(out(name)).unwrap());
    assert!(styles.iter().all(|s| !s.contains("script") && !s.contains("DROP")));
}

#[test]
fn the_project_reads_the_geopackage_beside_it_and_names_no_other_path() {
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(out("timeline.qgz")).unwrap())).unwrap();
    let mut project = String::new();
    zip.by_name("timeline.qgs").unwrap().read_to_string(&mut project).unwrap();
    let sources = project.matches("<datasource>").count();
    assert_eq!((sources, project.matches("<datasource>./naqsha.gpkg|layername=").count()), (5, 5));
    assert_eq!(project.matches("<temporal enabled=\"1\"").count(), 3);
    assert!(project.contains(&format!("<start>{FIRST}T00:00:00Z</start>")), "no first day");
    assert!(project.contains(&format!("<end>{LAST}T23:59:59Z</end>")), "no last day");
    let colours =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/style/light.toml")).unwrap();
    let taliban = colours.lines().find_map(|l| l.strip_prefix("taliban = \"#")).unwrap();
    let part = |at: usize| u8::from_str_radix(&taliban[at..at + 2], 16).unwrap();
    assert!(
        project.contains(&format!("value=\"{},{},{},255\"", part(0), part(2), part(4))),
        "not the map's red"
    );
}

#[test]
fn the_same_reports_give_the_same_bytes_and_what_is_not_asked_for_goes() {
    let dir = RUN.path();
    build(dir, "again", "qgz");
    for name in ["naqsha.gpkg", "timeline.qgz"] {
        assert!(fs::read(dir.join("again").join(name)).unwrap() == fs::read(out(name)).unwrap(), "{name}");
    }
    let manifest = fs::read_to_string(dir.join("again/manifest.json")).unwrap();
    assert!(manifest.contains("\"naqsha.gpkg\"") && manifest.contains("\"timeline.qgz\""));
    build(dir, "again", "gpkg");
    assert!(dir.join("again/naqsha.gpkg").exists() && !dir.join("again/timeline.qgz").exists());
}

#[test]
fn every_geojson_has_a_style_of_its_name() {
    let root = RUN.path().join("out");
    let mut found: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for dir in
        fs::read_dir(&root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).chain([root.clone()])
    {
        for path in fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()) {
            let kind = path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
            found.entry(path.with_extension("")).or_default().insert(kind);
        }
    }
    let layers: Vec<_> = found.values().filter(|kinds| kinds.contains("geojson")).collect();
    assert!(layers.len() > 10 && layers.iter().all(|kinds| kinds.contains("qml")), "{found:?}");
}

/// Whether a program answers.
fn is_there(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|s| s.success())
}

fn ogrinfo(arguments: &[&str]) -> String {
    let read = Command::new("ogrinfo").args(arguments).arg(out("naqsha.gpkg")).output().unwrap();
    let said = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(
        read.status.success() && !said.contains("FAILURE"),
        "{said}{}",
        String::from_utf8_lossy(&read.stderr)
    );
    said
}

#[test]
fn gdal_reads_dates_as_dates_and_every_geometry_as_valid() {
    if !is_there("ogrinfo", &["--version"]) {
        println!("skipped: ogrinfo (gdal-bin) is not installed");
        return;
    }
    let said = ogrinfo(&["-ro", "-so", "-al"]);
    for field in ["event_date: Date", "valid_from: Date", "valid_to: Date", "stale: Integer(Boolean)"] {
        assert!(said.contains(field), "no {field} in {said}");
    }
    assert!(said.contains("Geometry: Multi Polygon") && said.contains("Geometry: Point"), "{said}");
    for layer in ["areas", "provinces"] {
        let sql =
            format!("SELECT count(*) AS invalid FROM {layer} WHERE NOT ST_IsValid(geom) OR geom IS NULL");
        let said = ogrinfo(&["-ro", "-q", "-dialect", "sqlite", "-sql", &sql]);
        assert!(said.contains("invalid (Integer) = 0"), "{layer}: {said}");
    }
    let near =
        ogrinfo(&["-ro", "-so", "-spat", "61.5", "30.8", "62.0", "31.1", "-sql", "SELECT * FROM events"]);
    assert!(near.contains("Feature Count: ") && !near.contains("Feature Count: 0"), "{near}");
}

#[test]
fn qgis_loads_layers_and_project_styled_and_plays_them() {
    let python = "/usr/bin/python3";
    if !is_there(python, &["-c", "import qgis.core"]) {
        println!("skipped: QGIS (python3-qgis) is not installed");
        return;
    }
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/qgis/check.py");
    let run = Command::new("timeout")
        .args(["120", python])
        .arg(check)
        .arg(RUN.path().join("out"))
        .args([FIRST, LAST])
        .current_dir(RUN.path())
        .env("HOME", RUN.path())
        .env("XDG_RUNTIME_DIR", RUN.path())
        .output()
        .unwrap();
    let (said, complained) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && said.trim_end().ends_with("ok"), "{said}{complained}");
}
