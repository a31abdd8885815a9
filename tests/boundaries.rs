//! District boundaries of a user's own: forms, matching, refusals, nesting, and maps that draw them. The files are made
//! here from the bundled areas; real ones are tried where NAQSHA_EVAL names a folder that has them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};

use geo::{Area, MultiPolygon, Validation};
use naqsha::boundaries::{Source, Stored, import};
use naqsha::data::DataFiles;
use naqsha::error::Notice;
use naqsha::gazetteer::PlaceId;
use naqsha::map::Basemap;
use serde_json::{Value, json};
use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing};

/// The bundled cells as a collection of units with this attribute for the name.
fn cells(attribute: &str, coded: bool) -> Value {
    let bundled = DataFiles::bundled();
    let layer: Value = serde_json::from_str(bundled.text("basemap/districts.geojson").unwrap()).unwrap();
    let units = layer["features"].as_array().unwrap().iter().map(|cell| {
        let mut properties = json!({ attribute: cell["properties"]["name"] });
        if coded {
            properties["ADM2_PCODE"] = cell["id"].clone();
        }
        json!({ "type": "Feature", "properties": properties, "geometry": cell["geometry"] })
    });
    json!({ "type": "FeatureCollection", "features": units.collect::<Vec<_>>() })
}

fn brought_in(name: &str, bytes: &[u8], dbf: Option<&[u8]>) -> Result<(Stored, Vec<Notice>), String> {
    let source = Source { name, bytes, dbf, credit: None };
    import(&DataFiles::bundled(), source).map_err(|e| e.to_string())
}

fn refusal(file: &Value) -> String {
    brought_in("units.geojson", file.to_string().as_bytes(), None).unwrap_err()
}

/// A unit of a collection by its name.
fn unit<'c>(collection: &'c mut Value, attribute: &str, name: &str) -> &'c mut Value {
    let units = collection["features"].as_array_mut().unwrap();
    units.iter_mut().find(|u| u["properties"][attribute] == name).unwrap()
}

#[test]
fn every_district_is_known_by_its_code_or_its_name() {
    for (attribute, coded) in [("shapeName", false), ("ADM2_EN", true), ("whatever", true)] {
        let file = cells(attribute, coded).to_string();
        let (stored, notices) = brought_in("units.geojson", file.as_bytes(), None).unwrap();
        assert_eq!((stored.origin.districts, notices.len()), (398, 0), "{attribute}: {notices:?}");
        // The same file gives the same bytes.
        assert_eq!(
            stored.to_bytes(),
            brought_in("units.geojson", file.as_bytes(), None).unwrap().0.to_bytes()
        );
    }
}

#[test]
fn districts_provinces_and_country_nest() {
    let file = cells("shapeName", false).to_string();
    let (stored, _) = brought_in("units.geojson", file.as_bytes(), None).unwrap();
    // The same file gives the same bytes, which give the same areas back.
    let again = brought_in("units.geojson", file.as_bytes(), None).unwrap().0;
    assert_eq!(stored.to_bytes(), again.to_bytes());
    let back = Stored::from_bytes("boundaries.json", &stored.to_bytes()).unwrap();
    // Some corners of the bundled cells lie on a neighbour's border without being a corner of it.
    check_nesting(&back.lay_over(DataFiles::bundled()), 1e-5);
}

/// Areas are valid, and those within one come to it.
fn check_nesting(data: &DataFiles, gap: f64) {
    let basemap = Basemap::from_data(data).unwrap();
    let layer: Value = serde_json::from_str(data.text("basemap/districts.geojson").unwrap()).unwrap();
    let mut within: BTreeMap<PlaceId, f64> = BTreeMap::new();
    for (id, area) in basemap.districts() {
        let found = layer["features"].as_array().unwrap().iter().find(|f| f["id"] == id.as_str());
        let province = PlaceId::new(found.unwrap()["properties"]["province"].as_str().unwrap());
        *within.entry(province).or_default() += area.shape.unsigned_area();
    }
    for (_, area) in basemap.districts().chain(basemap.provinces()) {
        assert!(area.shape.is_valid(), "{}: {:?}", area.name, area.shape.check_validation());
    }
    assert_eq!(within.len(), 34);
    for (id, sum) in &within {
        let area = basemap.province(id).unwrap().unsigned_area();
        assert!((sum / area - 1.0).abs() < gap, "{id}: {sum} in {area}");
    }
    let country = basemap.countries().find(|(code, _)| *code == "AF").unwrap().1.shape.unsigned_area();
    assert!((within.values().sum::<f64>() / country - 1.0).abs() < gap);
}

/// The rings of a feature.
fn rings(unit: &Value) -> Vec<Vec<[f64; 2]>> {
    let shape: MultiPolygon<f64> = match geo::Geometry::try_from(
        serde_json::from_value::<geojson::Geometry>(unit["geometry"].clone()).unwrap(),
    ) {
        Ok(geo::Geometry::Polygon(p)) => MultiPolygon::new(vec![p]),
        Ok(geo::Geometry::MultiPolygon(m)) => m,
        other => panic!("{other:?}"),
    };
    let all = shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    all.map(|r| r.0.iter().map(|c| [c.x, c.y]).collect()).collect()
}

#[test]
fn topojson_and_shapefiles_give_what_geojson_gives() {
    let file = cells("shapeName", false);
    let (expected, _) = brought_in("units", file.to_string().as_bytes(), None).unwrap();
    let units = file["features"].as_array().unwrap();

    let mut arcs: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut geometries = Vec::new();
    for unit in units {
        let own: Vec<Value> = rings(unit)
            .into_iter()
            .map(|mut ring| {
                // Half of the arcs run backwards.
                let backwards = arcs.len() % 2 == 1;
                if backwards {
                    ring.reverse();
                }
                arcs.push(ring);
                let index = arcs.len() as i64 - 1;
                json!([[if backwards { !index } else { index }]])
            })
            .collect();
        geometries.push(json!({ "type": "MultiPolygon", "arcs": own, "properties": unit["properties"] }));
    }
    let objects = json!({ "points": { "type": "Point", "coordinates": [0, 0] },
        "units": { "type": "GeometryCollection", "geometries": geometries } });
    let topology = json!({ "type": "Topology", "objects": objects, "arcs": arcs });
    let (from_topology, _) = brought_in("units", topology.to_string().as_bytes(), None).unwrap();
    assert!(same_layers(&from_topology, &expected));

    let (shp, dbf) = shapefile_of(units);
    let (from_shapes, notices) = brought_in("units", &shp, Some(&dbf)).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    assert!(same_layers(&from_shapes, &expected));
    // A record that says it is longer than the file takes no memory.
    let mut broken = shp.clone();
    broken[148..152].copy_from_slice(&i32::MAX.to_le_bytes());
    assert!(brought_in("units", &broken, Some(&dbf)).unwrap_err().contains("breaks off"));
    assert!(brought_in("units", &shp[..shp.len() / 2], Some(&dbf)).unwrap_err().contains("breaks off"));
    assert!(brought_in("units", &shp, None).unwrap_err().contains(".dbf"));
}

fn same_layers(a: &Stored, b: &Stored) -> bool {
    let districts =
        |s: &Stored| s.lay_over(DataFiles::bundled()).text("basemap/districts.geojson").unwrap().to_owned();
    districts(a) == districts(b)
}

fn shapefile_of(units: &[Value]) -> (Vec<u8>, Vec<u8>) {
    let (mut shp, mut shx, mut dbf) =
        (Cursor::new(Vec::new()), Cursor::new(Vec::new()), Cursor::new(Vec::new()));
    {
        let name = FieldName::try_from("shapeName").unwrap();
        let table = TableWriterBuilder::new().add_character_field(name, 60).build_with_dest(&mut dbf);
        let mut writer = shapefile::Writer::new(shapefile::ShapeWriter::with_shx(&mut shp, &mut shx), table);
        for unit in units {
            let rings: Vec<PolygonRing<Point>> = rings(unit)
                .into_iter()
                .map(|r| PolygonRing::Outer(r.into_iter().map(|[x, y]| Point::new(x, y)).collect()))
                .collect();
            let mut row = Record::default();
            let name = unit["properties"]["shapeName"].as_str().unwrap();
            row.insert("shapeName".to_owned(), FieldValue::Character(Some(name.to_owned())));
            writer.write_shape_and_record(&Polygon::with_rings(rings), &row).unwrap();
        }
    }
    (shp.into_inner(), dbf.into_inner())
}

#[test]
fn what_cannot_be_drawn_is_refused_by_name() {
    let mut crossed = cells("shapeName", false);
    let ring = &mut unit(&mut crossed, "shapeName", "Paghman")["geometry"]["coordinates"][0];
    let corners = ring.as_array_mut().unwrap();
    let far = corners.len() / 2;
    corners.swap(far - 1, far + 4);
    let said = refusal(&crossed);
    assert!(said.contains("Paghman") && said.contains("not valid"), "{said}");

    let mut swapped = cells("shapeName", false);
    for unit in swapped["features"].as_array_mut().unwrap() {
        let turned = |ring: &Value| -> Value {
            ring.as_array().unwrap().iter().map(|c| json!([c[1], c[0]])).collect()
        };
        if unit["geometry"]["type"] == "Polygon" {
            let rings =
                unit["geometry"]["coordinates"].as_array().unwrap().iter().map(turned).collect::<Value>();
            unit["geometry"]["coordinates"] = rings;
        }
    }
    swapped["features"].as_array_mut().unwrap().retain(|u| u["geometry"]["type"] == "Polygon");
    assert!(refusal(&swapped).contains("latitude before longitude"), "{}", refusal(&swapped));

    let mut few = cells("shapeName", false);
    few["features"].as_array_mut().unwrap().truncate(20);
    assert!(refusal(&few).contains("of the country"), "{}", refusal(&few));

    let nameless = cells("whatever", false);
    assert!(refusal(&nameless).contains("no unit"), "{}", refusal(&nameless));
    assert!(refusal(&json!({ "type": "FeatureCollection", "features": [] })).contains("no area"));
    assert!(refusal(&json!({ "type": "Point", "coordinates": [69, 34] })).contains("Point"));
    let topology =
        json!({ "type": "Topology", "arcs": [], "objects": { "u": { "type": "Polygon", "arcs": [[7]] } } });
    assert!(refusal(&topology).contains("arc"));
    for (bytes, why) in
        [(&b"PK\x03\x04"[..], "zip"), (b"\xff\xfe\x00\x01", "neither"), (b"{\"type\":", "JSON")]
    {
        let said = brought_in("units", bytes, None).unwrap_err();
        assert!(said.contains(why), "{said}");
    }
    let huge = vec![0; 257 * 1024 * 1024];
    assert!(brought_in("units", &huge, None).unwrap_err().contains("256 MB"));
}

#[test]
fn units_of_one_name_are_told_apart_by_their_place_or_left() {
    let mut twins = cells("shapeName", false);
    unit(&mut twins, "shapeName", "Paghman")["properties"]["shapeName"] = "Chahar Asyab".into();
    let (stored, notices) = brought_in("units", twins.to_string().as_bytes(), None).unwrap();
    let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
    assert_eq!(stored.origin.districts, 397, "{said:?}");
    assert!(said[0].contains("Chahar Asyab") && said[1].contains("no area for Paghman"), "{said:?}");
}

fn naqsha(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_naqsha"))
        .args(arguments)
        .env("XDG_DATA_HOME", home.join("share"))
        .env_remove("NAQSHA_BOUNDARIES")
        .current_dir(home)
        .output()
        .unwrap()
}

fn done(home: &Path, arguments: &[&str]) -> String {
    let run = naqsha(home, arguments);
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn maps_draw_what_is_stored_and_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path();
    fs::write(home.join("units.geojson"), cells("shapeName", false).to_string()).unwrap();
    let report = "{\"id\": \"r1\", \"date\": \"2021-06-22\", \"source\": \"Darya Post\", \
                  \"text\": \"The Taliban captured Imam Sahib district in Kunduz on Monday.\"}\n";
    fs::write(home.join("r.jsonl"), report).unwrap();
    let build = |output: &str, options: &[&str]| {
        let run = ["build", "r.jsonl", "-o", output, "-q", "--format", "geojson,svg,html"];
        done(home, &[&run[..], options].concat());
        let day = home.join(output).join("2021-06-22");
        let text = |path: &Path| fs::read_to_string(path).unwrap();
        let manifest: Value = serde_json::from_str(&text(&home.join(output).join("manifest.json"))).unwrap();
        (text(&day.join("2021-06-22-map.svg")), manifest, text(&home.join(output).join("index.html")))
    };
    let (before, manifest, page) = build("before", &[]);
    assert!(
        before.contains("approximate") && page.contains("approximate") && manifest["boundaries"].is_null()
    );
    assert_eq!(naqsha(home, &["boundaries", "list"]).status.code(), Some(1));
    done(home, &["boundaries", "import", "units.geojson", "--credit", "Own cells"]);
    let list = done(home, &["boundaries", "list"]);
    assert!(list.contains("units.geojson\t398 districts\tOwn cells"), "{list}");
    let (after, manifest, page) = build("after", &[]);
    assert!(after.contains("Own cells") && !after.contains("District areas approximate"));
    assert!(page.contains("Own cells") && !page.contains("District areas approximate"));
    assert!(after.contains("district-lines") && !before.contains("district-lines"));
    assert_eq!(manifest["boundaries"]["districts"], 398);
    assert_eq!(manifest["boundaries"]["sha256"].as_str().unwrap().len(), 64);
    // They can be left out, or be others.
    assert_eq!(build("none", &["--boundaries", "none"]).0, before);
    done(home, &["boundaries", "import", "units.geojson", "--credit", "Own cells", "--to", "kept"]);
    assert_eq!(build("kept-maps", &["--boundaries", "kept"]).0, after);
    done(home, &["boundaries", "remove"]);
    assert_eq!(naqsha(home, &["boundaries", "remove"]).status.code(), Some(1));
    assert_eq!(build("again", &[]).0, before);
    // What is no such file is refused, and a refused import leaves what is stored.
    fs::write(home.join("kept/boundaries.json"), "{\"format\": 9}").unwrap();
    let run = naqsha(home, &["build", "r.jsonl", "--boundaries", "kept"]);
    assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_published_set_is_matched_to_the_last_district() {
    let Some(eval) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL names no folder with boundaries");
        return;
    };
    let path = Path::new(&eval).join("boundaries/geoBoundaries-AFG-ADM2.topojson");
    let bytes = fs::read(&path).unwrap();
    let (stored, notices) = brought_in("geoBoundaries-AFG-ADM2.topojson", &bytes, None).unwrap();
    assert_eq!((stored.origin.districts, notices.len()), (398, 0), "{notices:?}");
    assert_eq!(stored.origin.credit, "geoBoundaries (CC BY 4.0)");
    check_nesting(&stored.lay_over(DataFiles::bundled()), 1e-9);
}
