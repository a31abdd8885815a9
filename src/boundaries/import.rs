//! Importing: a file becomes boundaries that can be stored, or is refused with the reason.

use std::collections::BTreeMap;

use geo::orient::Direction;
use geo::{Area, Coord, LineString, MultiPolygon, Orient, Polygon};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::attributes::{Attributes, Unit};
use super::matching::{Matched, matched};
use super::nest::{Nested, neighbours, nested};
use super::stored::Stored;
use super::{geojson_file, shapefile_file, topojson_file, validity};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::map::{Basemap, Origin};

const DISTRICTS: &str = "basemap/districts.geojson";
const PROVINCES: &str = "basemap/provinces.geojson";
const COUNTRIES: &str = "basemap/countries.geojson";

/// The code of the country that is mapped.
const HOME: &str = "AF";

/// Bytes in a megabyte.
const MB: usize = 1024 * 1024;

/// A file of boundaries.
#[derive(Debug, Clone, Copy)]
pub struct Source<'f> {
    /// Its name, without folders.
    pub name: &'f str,
    /// Its bytes.
    pub bytes: &'f [u8],
    /// The bytes of the .dbf beside a Shapefile.
    pub dbf: Option<&'f [u8]>,
    /// Whom to credit; if None, what is known of such files, else the file's name.
    pub credit: Option<&'f str>,
}

/// Checks the areas of a file, matches them to the districts of `data` and makes them nest. The notices name the units
/// that are no district that is known, and the districts that have no area in the file.
///
/// # Errors
/// `Error::Usage` where the file holds no areas, lies elsewhere, has an area that crosses itself (with its name), or
/// where no unit is known. `Error::Data` where a bundled table is malformed.
pub fn import(data: &DataFiles, source: Source<'_>) -> Result<(Stored, Vec<Notice>), Error> {
    let refused = |why: String| Error::Usage(format!("{} {why}", source.name));
    let attributes = Attributes::from_data(data)?;
    let gazetteer = Gazetteer::from_data(data)?;
    let basemap = Basemap::from_data(data)?;
    if source.bytes.len() > attributes.largest_mb * MB {
        return Err(refused(format!("is larger than {} MB; simplify it", attributes.largest_mb)));
    }
    let units = units(source).map_err(refused)?;
    validity::check(&units, &attributes, &basemap).map_err(refused)?;
    let matched = matched(&units, &attributes, &gazetteer, &basemap);
    let found = matched.districts.iter().flatten().count();
    if found == 0 {
        let why = "has no unit that is a district by code or name; its attributes should be named as in data/boundaries.toml";
        return Err(refused(why.to_owned()));
    }
    let shapes: Vec<MultiPolygon<f64>> = units.iter().map(|u| u.shape.clone()).collect();
    let nested =
        nested(&shapes, &matched.provinces, attributes.simplify_degrees, |at| attributes.label(&units[at]))
            .map_err(refused)?;
    let cover = nested.country.unsigned_area()
        / basemap.provinces().map(|(_, a)| a.shape.unsigned_area()).sum::<f64>();
    if cover < attributes.least_cover {
        let why = format!("covers {:.0} % of the country; give a layer of all districts", cover * 100.0);
        return Err(refused(why));
    }
    let layers = layers(&gazetteer, &basemap, &matched, nested);
    let origin = Origin {
        name: source.name.to_owned(),
        sha256: Sha256::digest(source.bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        credit: source.credit.or_else(|| attributes.credit(&units)).unwrap_or(source.name).to_owned(),
        districts: found,
    };
    let notices = notices(source.name, &units, &attributes, &matched, &gazetteer);
    Ok((Stored::new(origin, layers), notices))
}

/// The layers that the areas replace, by path inside the data folder.
fn layers(
    gazetteer: &Gazetteer,
    basemap: &Basemap,
    matched: &Matched,
    nested: Nested,
) -> BTreeMap<String, Value> {
    let name = |place: PlaceRef| gazetteer.get(place);
    let mut districts = Vec::new();
    for (district, shape) in matched.districts.iter().zip(&nested.units) {
        let Some(district) = district.map(name) else { continue };
        let province = district.admin1.as_ref().map(|p| p.as_str());
        let properties = json!({ "name": district.name, "province": province });
        districts.push((district.id.to_string(), properties, shape));
    }
    let mut provinces: BTreeMap<String, (Value, MultiPolygon<f64>)> = basemap
        .provinces()
        .map(|(id, area)| (id.to_string(), (json!({ "name": area.name }), area.shape.clone())))
        .collect();
    for (province, shape) in nested.provinces {
        let province = name(province);
        provinces.insert(province.id.to_string(), (json!({ "name": province.name }), shape));
    }
    let mut others = neighbours(basemap, HOME, &nested.country);
    others.insert(HOME.to_owned(), nested.country);
    let countries = basemap.countries().map(|(code, area)| {
        let shape = others.remove(code).unwrap_or_else(|| area.shape.clone());
        (code.to_owned(), json!({ "name": area.name }), shape)
    });
    let countries: Vec<(String, Value, MultiPolygon<f64>)> = countries.collect();
    BTreeMap::from([
        (DISTRICTS.to_owned(), layer(districts)),
        (
            PROVINCES.to_owned(),
            layer(provinces.iter().map(|(id, (p, s))| (id.clone(), p.clone(), s)).collect()),
        ),
        (
            COUNTRIES.to_owned(),
            layer(countries.iter().map(|(id, p, s)| (id.clone(), p.clone(), s)).collect()),
        ),
    ])
}

/// The units of a file, whose form is told by its content.
fn units(source: Source<'_>) -> Result<Vec<Unit>, String> {
    /// The first bytes of a .shp.
    const SHP: [u8; 4] = [0, 0, 0x27, 0x0a];
    if source.bytes.starts_with(&SHP) {
        let dbf =
            source.dbf.ok_or_else(|| "has no .dbf beside it, which holds the names; give both".to_owned())?;
        return shapefile_file::units(source.bytes, dbf);
    }
    if source.bytes.starts_with(b"PK") {
        return Err("is a zip archive; unpack it and give the .shp, .geojson or .topojson in it".to_owned());
    }
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source.bytes);
    let text = std::str::from_utf8(bytes).map_err(
        |_| "is neither a Shapefile (.shp) nor JSON in UTF-8; give GeoJSON, TopoJSON or a Shapefile",
    )?;
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: String,
    }
    let kind = serde_json::from_str::<Kind>(text)
        .map_err(|e| format!("is not valid JSON: {e}; give GeoJSON, TopoJSON or a .shp"))?
        .kind;
    match kind.as_str() {
        "Topology" => topojson_file::units(text),
        "FeatureCollection" => geojson_file::units(text),
        other => Err(format!("is JSON of type {other}; give a FeatureCollection or a Topology")),
    }
}

/// A collection in the order of the ids, outer rings counter-clockwise.
fn layer(mut areas: Vec<(String, Value, &MultiPolygon<f64>)>) -> Value {
    areas.sort_by(|a, b| a.0.cmp(&b.0));
    let feature = |(id, properties, shape): (String, Value, &MultiPolygon<f64>)| {
        let rings = from_lowest(shape.orient(Direction::Default));
        let geometry = geojson::Geometry::new(geojson::GeometryValue::from(&rings));
        json!({ "type": "Feature", "id": id, "properties": properties, "geometry": geometry })
    };
    json!({ "type": "FeatureCollection", "features": areas.into_iter().map(feature).collect::<Vec<_>>() })
}

/// The same rings, each from its lowest corner on and in one order, wherever the file began them.
fn from_lowest(shape: MultiPolygon<f64>) -> MultiPolygon<f64> {
    let turned = |ring: LineString<f64>| {
        let mut corners = ring.0;
        corners.pop();
        let at = (0..corners.len()).min_by(|a, b| order(&corners[*a], &corners[*b])).unwrap_or(0);
        corners.rotate_left(at);
        let mut ring = LineString::new(corners);
        ring.close();
        ring
    };
    let mut polygons: Vec<Polygon<f64>> = shape
        .into_iter()
        .map(|polygon| {
            let (exterior, interiors) = polygon.into_inner();
            let mut interiors: Vec<LineString<f64>> = interiors.into_iter().map(turned).collect();
            interiors.sort_by(|a, b| order(&a.0[0], &b.0[0]));
            Polygon::new(turned(exterior), interiors)
        })
        .collect();
    polygons.sort_by(|a, b| order(&a.exterior().0[0], &b.exterior().0[0]));
    MultiPolygon::new(polygons)
}

fn order(a: &Coord, b: &Coord) -> std::cmp::Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

fn notices(
    file: &str,
    units: &[Unit],
    attributes: &Attributes,
    matched: &Matched,
    gazetteer: &Gazetteer,
) -> Vec<Notice> {
    let strays = units.iter().zip(&matched.districts).filter(|(_, district)| district.is_none());
    let strays = strays.map(|(unit, _)| {
        let message = format!(
            "{} is no district that is known, by code or by name in its province; it counts for its province only",
            attributes.label(unit)
        );
        Notice::skipped(file, message)
    });
    let districts = gazetteer.places().filter(|p| p.kind == PlaceKind::District && !p.is_abroad());
    let missing = districts
        .filter(|p| gazetteer.by_id(p.id.as_str()).is_some_and(|d| !matched.districts.contains(&Some(d))));
    let missing = missing.map(|p| {
        let message = format!("has no area for {} ({}); it is drawn as a point", p.name, p.id);
        Notice::remark(file, message)
    });
    strays.chain(missing).collect()
}
