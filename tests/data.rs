//! The bundled layers and tables: that they are whole, agree with each other, and are what `SOURCES.csv` says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use geo::line_measures::LengthMeasurable;
use geo::orient::Direction;
use geo::{
    Area, BooleanOps, BoundingRect, Contains, Distance, Euclidean, GeodesicArea, Haversine, Intersects,
    MultiPolygon, Orient, Point, Validation, unary_union,
};
use naqsha::data::DataFiles;
use naqsha::gazetteer::{Gazetteer, Place, PlaceKind};
use serde::Deserialize;
use sha2::{Digest, Sha256};

type Layer = BTreeMap<String, MultiPolygon>;

/// The areas of a layer, by id.
fn areas(name: &str) -> Layer {
    features(name)
        .into_iter()
        .map(|f| {
            let id = id_of(&f);
            let geometry: geo::Geometry = f.geometry.unwrap().try_into().unwrap();
            let area = match geometry {
                geo::Geometry::Polygon(p) => p.into(),
                geo::Geometry::MultiPolygon(m) => m,
                other => panic!("{name}: {id} is {other:?}"),
            };
            (id, area)
        })
        .collect()
}

fn features(name: &str) -> Vec<geojson::Feature> {
    let data = DataFiles::bundled();
    let collection: geojson::FeatureCollection = data.text(name).unwrap().parse().unwrap();
    collection.features
}

fn id_of(feature: &geojson::Feature) -> String {
    match &feature.id {
        Some(geojson::feature::Id::String(id)) => id.clone(),
        other => panic!("a feature's id is {other:?}"),
    }
}

fn gazetteer() -> Gazetteer {
    Gazetteer::from_data(&DataFiles::bundled()).unwrap()
}

fn sum(layer: &Layer) -> f64 {
    layer.values().map(Area::unsigned_area).sum()
}

/// Areas, in square degrees, that are as good as equal.
fn assert_same_area(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-6 * a.max(b), "{what}: {a} and {b}");
}

fn assert_tiles(layer: &Layer, what: &str) {
    let union = unary_union(layer.values());
    assert_same_area(union.unsigned_area(), sum(layer), what);
    let holes = union.iter().map(|p| p.interiors().len()).sum::<usize>();
    assert_eq!(holes, 0, "{what} leave holes");
}

#[test]
fn provinces_tile_the_country() {
    let provinces = areas("basemap/provinces.geojson");
    assert_eq!(provinces.len(), 34);
    assert_tiles(&provinces, "provinces");
    let countries = areas("basemap/countries.geojson");
    let union = unary_union(provinces.values());
    let apart = union.xor(&countries["AF"]).unsigned_area();
    assert!(apart < 1e-9, "provinces and the national border are {apart} square degrees apart");
}

#[test]
fn districts_tile_their_provinces() {
    let (provinces, districts) = (areas("basemap/provinces.geojson"), areas("basemap/districts.geojson"));
    let mut members: BTreeMap<String, Vec<&MultiPolygon>> = BTreeMap::new();
    for feature in features("basemap/districts.geojson") {
        assert_eq!(feature.property("approximate"), Some(&true.into()));
        let province = feature.property("province").unwrap().as_str().unwrap().to_owned();
        members.entry(province).or_default().push(&districts[&id_of(&feature)]);
    }
    assert_eq!(members.len(), 34);
    for (id, cells) in members {
        let apart = unary_union(cells.iter().copied()).xor(&provinces[&id]).unsigned_area();
        let whole = provinces[&id].unsigned_area();
        // Where a district's line meets the province's, it is rounded to 5 decimals: a sliver a metre wide.
        assert!(apart < 1e-5 * whole, "{id} and its districts are {} of it apart", apart / whole);
        let parts = cells.iter().map(|c| c.unsigned_area()).sum::<f64>();
        assert!((parts - whole).abs() < 1e-5 * whole, "districts of {id} overlap: {parts} of {whole}");
    }
}

#[test]
fn districts_are_as_large_as_known() {
    #[derive(Deserialize)]
    struct Known {
        id: String,
        province: String,
        area_km2: f64,
    }
    let districts = areas("basemap/districts.geojson");
    let path = data_folder().join("build/hand/districts.csv");
    let rows: Vec<Known> =
        csv::Reader::from_path(path).unwrap().deserialize().collect::<Result<_, _>>().unwrap();
    let mut totals: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in &rows {
        let total = totals.entry(&row.province).or_default();
        *total = (total.0 + row.area_km2, total.1 + districts[&row.id].geodesic_area_unsigned());
    }
    for row in &rows {
        let (known, drawn) = totals[row.province.as_str()];
        let ratio = districts[&row.id].geodesic_area_unsigned() / drawn / (row.area_km2 / known);
        assert!((ratio - 1.0).abs() < 0.03, "{} has {ratio} times its part of {}", row.id, row.province);
    }
}

#[test]
fn districts_are_those_of_the_gazetteer() {
    let mapped: BTreeSet<String> = areas("basemap/districts.geojson").into_keys().collect();
    let gazetteer = gazetteer();
    let districts = gazetteer.places().filter(|p| p.kind == PlaceKind::District && !p.is_abroad());
    let listed: BTreeSet<String> = districts.map(|p| p.id.to_string()).collect();
    assert_eq!(mapped.len(), 398);
    assert_eq!(mapped, listed);
}

#[test]
fn neighbours_meet_the_national_border() {
    let countries = areas("basemap/countries.geojson");
    assert_same_area(unary_union(countries.values()).unsigned_area(), sum(&countries), "countries");
    let union = unary_union(countries.values());
    let home = countries["AF"].bounding_rect().unwrap();
    let gaps = union.iter().flat_map(|p| p.interiors()).filter(|ring| {
        let gap = geo::Polygon::new((*ring).clone(), Vec::new());
        gap.intersects(&home) && gap.unsigned_area() > 1e-9
    });
    assert_eq!(gaps.count(), 0, "gaps along the national border");
}

#[test]
fn rings_are_valid_and_wound_as_rfc_7946_asks() {
    for name in ["countries", "districts", "globe", "provinces"] {
        for (id, area) in areas(&format!("basemap/{name}.geojson")) {
            assert!(area.is_valid(), "{name}: {id}: {:?}", area.validation_errors());
            assert_eq!(area.orient(Direction::Default), area, "{name}: {id} is wound the wrong way");
        }
    }
}

#[test]
fn coordinates_have_at_most_five_decimals_and_lines_end_in_lf() {
    let data = DataFiles::bundled();
    for name in data.under("basemap/") {
        let text = data.text(name).unwrap();
        assert!(!text.contains('\r') && text.ends_with("\n]}\n"), "{name}");
        let long = text
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .find(|number| number.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 5));
        assert_eq!(long, None, "{name}");
    }
}

#[test]
fn provinces_are_those_of_the_gazetteer() {
    let mapped: BTreeMap<String, String> = features("basemap/provinces.geojson")
        .into_iter()
        .map(|f| (id_of(&f), f.property("name").unwrap().as_str().unwrap().to_owned()))
        .collect();
    let listed: BTreeMap<String, String> = gazetteer()
        .places()
        .filter(|p| p.kind == PlaceKind::Province)
        .map(|p| (p.id.to_string(), p.name.clone()))
        .collect();
    assert_eq!(mapped, listed);
}

/// What the source of the provinces has wrong stays right: two labels on two areas each, and a code taken for another.
#[test]
fn twins_are_told_apart() {
    let provinces = areas("basemap/provinces.geojson");
    let inside = [
        ("AF-PAN", 69.515, 35.313),
        ("AF-PAR", 69.171, 35.014),
        ("AF-DAY", 66.130, 33.722),
        ("AF-URU", 65.878, 32.630),
        ("AF-PIA", 69.226, 33.597),
        ("AF-PKA", 68.792, 33.146),
    ];
    for (id, longitude, latitude) in inside {
        assert!(provinces[id].contains(&Point::new(longitude, latitude)), "{id}");
    }
}

/// A place lies in its province, as far as its position and the province's line are known.
#[test]
fn places_lie_in_their_province() {
    /// The layer's lines are generalised: so far from the true line, in km.
    const LINE_KM: f64 = 3.0;
    let provinces = areas("basemap/provinces.geojson");
    let gazetteer = gazetteer();
    let astray: Vec<String> = gazetteer
        .places()
        .filter(|p| !p.is_abroad())
        .filter_map(|p| {
            let province = p.admin1.as_ref()?.as_str();
            let away = km_outside(p, &provinces[province]);
            (away > p.accuracy_km + LINE_KM)
                .then(|| format!("{} {}: {away:.1} km outside {province}", p.id, p.name))
        })
        .collect();
    assert!(astray.is_empty(), "{} places lie outside their province:\n{}", astray.len(), astray.join("\n"));
}

/// A district's own point lies in its province, however large the district is.
#[test]
fn districts_lie_in_their_province() {
    /// So far outside, in km, lie the points of those near a generalised line.
    const NEAR_THE_LINE: [(&str, f64); 2] = [("AF1405", 3.0), ("AF2108", 3.5)];
    let provinces = areas("basemap/provinces.geojson");
    for district in gazetteer().places().filter(|p| p.kind == PlaceKind::District && !p.is_abroad()) {
        let away = km_outside(district, &provinces[district.admin1.as_ref().unwrap().as_str()]);
        let allowed = NEAR_THE_LINE.iter().find(|(id, _)| *id == district.id.as_str()).map_or(0.0, |n| n.1);
        assert!(away <= allowed, "{} {}: {away:.1} km outside", district.id, district.name);
    }
}

/// What lies in a district lies near that district's point: no seat of Badakhshan in Kandahar.
#[test]
fn places_lie_near_the_point_of_their_district() {
    /// Half the side of a square of the district's size stands beside its point; a corner of a long one is farther off.
    const REACH: f64 = 3.0;
    let gazetteer = gazetteer();
    for place in gazetteer.places() {
        let Some(district) = gazetteer.by_id(place.id.as_str()).and_then(|p| gazetteer.district_of(p)) else {
            continue;
        };
        let district = gazetteer.get(district);
        let km = Haversine.distance(place.position, district.position) / 1000.0;
        let reach = REACH * district.accuracy_km + place.accuracy_km;
        assert!(
            km <= reach,
            "{} {}: {km:.0} km from {} {}",
            place.id,
            place.name,
            district.id,
            district.name
        );
    }
}

/// How far a place lies outside an area, in km, 0 inside; good to a percent over some tens of km.
fn km_outside(place: &Place, area: &MultiPolygon) -> f64 {
    const KM_PER_DEGREE: f64 = 111.2;
    if area.contains(&place.position) {
        return 0.0;
    }
    let (origin, squeeze) = (place.position, place.position.y().to_radians().cos());
    let km = |p: geo::Coord| geo::Coord {
        x: (p.x - origin.x()) * squeeze * KM_PER_DEGREE,
        y: (p.y - origin.y()) * KM_PER_DEGREE,
    };
    let here = Point::new(0.0, 0.0);
    area.iter()
        .flat_map(|p| p.exterior().lines())
        .map(|line| geo::Line::new(km(line.start), km(line.end)))
        .map(|line| distance(here, line))
        .fold(f64::INFINITY, f64::min)
}

fn distance(point: Point, line: geo::Line) -> f64 {
    match line.length(&Euclidean) {
        0.0 => Euclidean.distance(point, line.start_point()),
        _ => Euclidean.distance(&point, &line),
    }
}

#[derive(Deserialize)]
struct SourceRow {
    file: String,
    sha256: String,
    licence: String,
    origin: String,
}

fn data_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn sources() -> Vec<SourceRow> {
    let mut reader = csv::Reader::from_path(data_folder().join("SOURCES.csv")).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

#[test]
fn sources_name_what_is_there() {
    for row in sources() {
        let path = data_folder().join(&row.file);
        assert!(path.exists(), "{} is listed in SOURCES.csv but is not there", row.file);
        assert!(!row.licence.is_empty() && !row.origin.is_empty(), "{}", row.file);
        if !row.sha256.is_empty() {
            let hash: String =
                Sha256::digest(fs::read(path).unwrap()).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(
                hash, row.sha256,
                "{} is not the file that SOURCES.csv speaks of: run build_data again",
                row.file
            );
        }
    }
}

#[test]
fn every_data_file_has_a_source() {
    let listed: BTreeSet<String> = sources().into_iter().map(|r| r.file).collect();
    let mut missing = Vec::new();
    visit(&data_folder(), &mut |path| {
        let name = path.strip_prefix(data_folder()).unwrap().to_string_lossy().replace('\\', "/");
        let known = listed.contains(&name) || listed.iter().any(|l| l.ends_with('/') && name.starts_with(l));
        if !known {
            missing.push(name);
        }
    });
    assert!(missing.is_empty(), "add to data/build/sources.csv and SOURCES.csv: {missing:?}");
}

fn visit(folder: &Path, found: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { visit(&path, found) } else { found(&path) }
    }
}
