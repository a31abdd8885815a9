//! The lines every map shares: provinces, districts, countries, rivers, roads and the globe, in degrees.

use std::collections::BTreeMap;

use geo::{LineString, MultiLineString, MultiPolygon};
use geojson::feature::Id;
use geojson::{FeatureCollection, GeoJson};
use serde::{Deserialize, Serialize};

use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::PlaceId;

const PROVINCES: &str = "basemap/provinces.geojson";
const DISTRICTS: &str = "basemap/districts.geojson";
const COUNTRIES: &str = "basemap/countries.geojson";
const RIVERS: &str = "basemap/rivers.geojson";
const ROADS: &str = "basemap/roads.geojson";
const ORIGIN: &str = "basemap/origin.json";
const GLOBE: &str = "basemap/globe.geojson";

/// Where district boundaries come from that a user imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the file.
    pub name: String,
    /// SHA-256 of its bytes, 64 hex digits.
    pub sha256: String,
    /// Whom maps credit.
    pub credit: String,
    /// Districts that have an area in it.
    pub districts: usize,
}

impl Origin {
    /// The origin of the areas of `data`; None where they are the bundled ones.
    ///
    /// # Errors
    /// `Error::Data` where it is malformed.
    pub fn of(data: &DataFiles) -> Result<Option<Origin>, Error> {
        let Ok(bytes) = data.bytes(ORIGIN) else { return Ok(None) };
        let wrong = |e: serde_json::Error| Error::Data {
            file: ORIGIN.to_owned(),
            line: None,
            problem: e.to_string(),
        };
        serde_json::from_slice(bytes).map(Some).map_err(wrong)
    }
}

/// An area with its code and English name.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// English name.
    pub name: String,
    /// WGS 84 degrees; x is the longitude.
    pub shape: MultiPolygon<f64>,
}

/// Provinces, districts, countries, rivers, roads and the globe's land. All coordinates are WGS 84 degrees, x = longitude.
#[derive(Debug, Clone, Default)]
pub struct Basemap {
    provinces: BTreeMap<PlaceId, Area>,
    districts: BTreeMap<PlaceId, Area>,
    countries: BTreeMap<String, Area>,
    rivers: Vec<(String, MultiLineString<f64>)>,
    roads: Vec<(String, MultiLineString<f64>)>,
    globe: Vec<MultiPolygon<f64>>,
    origin: Option<Origin>,
}

impl Basemap {
    /// Loads the layers under `basemap/`; all but the provinces may be missing.
    ///
    /// # Errors
    /// `Error::Data` names the layer that is malformed or, for the provinces, missing.
    pub fn from_data(data: &DataFiles) -> Result<Basemap, Error> {
        let areas = |file: &str| -> Result<BTreeMap<PlaceId, Area>, Error> {
            Ok(features(data, file)?
                .into_iter()
                .filter_map(area)
                .map(|(id, a)| (PlaceId::new(&id), a))
                .collect())
        };
        data.bytes(PROVINCES)?;
        Ok(Basemap {
            provinces: areas(PROVINCES)?,
            districts: areas(DISTRICTS)?,
            countries: features(data, COUNTRIES)?.into_iter().filter_map(area).collect(),
            rivers: features(data, RIVERS)?.into_iter().filter_map(lines).collect(),
            roads: features(data, ROADS)?.into_iter().filter_map(lines).collect(),
            origin: Origin::of(data)?,
            globe: features(data, GLOBE)?.into_iter().filter_map(area).map(|(_, a)| a.shape).collect(),
        })
    }

    /// The same, with other names for countries by their ISO 3166-1 codes.
    pub(super) fn naming(mut self, names: &BTreeMap<String, String>) -> Basemap {
        for (code, area) in &mut self.countries {
            if let Some(name) = names.get(code) {
                area.name.clone_from(name);
            }
        }
        self
    }

    /// Where the district boundaries come from, if a user imported them; the bundled ones are approximate.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The outline of a province.
    #[must_use]
    pub fn province(&self, id: &PlaceId) -> Option<&MultiPolygon<f64>> {
        self.provinces.get(id).map(|a| &a.shape)
    }

    /// The outline of a district, where district areas exist.
    #[must_use]
    pub fn district(&self, id: &PlaceId) -> Option<&MultiPolygon<f64>> {
        self.districts.get(id).map(|a| &a.shape)
    }

    /// All provinces, by id.
    pub fn provinces(&self) -> impl Iterator<Item = (&PlaceId, &Area)> {
        self.provinces.iter()
    }

    /// All districts, by id; none where district areas are not installed.
    pub fn districts(&self) -> impl Iterator<Item = (&PlaceId, &Area)> {
        self.districts.iter()
    }

    /// All countries, by ISO 3166-1 code.
    pub fn countries(&self) -> impl Iterator<Item = (&str, &Area)> {
        self.countries.iter().map(|(code, a)| (code.as_str(), a))
    }

    /// The rivers, with their English names.
    #[must_use]
    pub fn rivers(&self) -> &[(String, MultiLineString<f64>)] {
        &self.rivers
    }

    /// Roads, drawn from town to town, with their English names.
    #[must_use]
    pub fn roads(&self) -> &[(String, MultiLineString<f64>)] {
        &self.roads
    }

    /// The land of the whole earth, coarse.
    #[must_use]
    pub fn globe(&self) -> &[MultiPolygon<f64>] {
        &self.globe
    }
}

fn features(data: &DataFiles, file: &str) -> Result<Vec<geojson::Feature>, Error> {
    if data.bytes(file).is_err() {
        return Ok(Vec::new());
    }
    let wrong = |problem: String| Error::Data { file: file.to_owned(), line: None, problem };
    let json: GeoJson = data.text(file)?.parse().map_err(|e| wrong(format!("is not GeoJSON: {e}")))?;
    let FeatureCollection { features, .. } =
        FeatureCollection::try_from(json).map_err(|e| wrong(format!("must be a FeatureCollection: {e}")))?;
    Ok(features)
}

fn area(feature: geojson::Feature) -> Option<(String, Area)> {
    let id = match feature.id {
        Some(Id::String(id)) => id,
        Some(Id::Number(n)) => n.to_string(),
        None => String::new(),
    };
    let name =
        feature.properties.as_ref().and_then(|p| p.get("name")).and_then(|n| n.as_str()).unwrap_or(&id);
    let name = name.to_owned();
    let shape = match geo::Geometry::try_from(feature.geometry?).ok()? {
        geo::Geometry::Polygon(p) => MultiPolygon::new(vec![p]),
        geo::Geometry::MultiPolygon(m) => m,
        _ => return None,
    };
    Some((id, Area { name, shape }))
}

fn lines(feature: geojson::Feature) -> Option<(String, MultiLineString<f64>)> {
    let name = feature.properties.as_ref().and_then(|p| p.get("name")).and_then(|n| n.as_str());
    let name = name.unwrap_or_default().to_owned();
    let lines = match geo::Geometry::try_from(feature.geometry?).ok()? {
        geo::Geometry::LineString(l) => Some(MultiLineString::new(vec![l])),
        geo::Geometry::MultiLineString(m) => Some(m),
        geo::Geometry::Polygon(p) => Some(MultiLineString::new(rings(p))),
        _ => None,
    }?;
    Some((name, lines))
}

fn rings(p: geo::Polygon<f64>) -> Vec<LineString<f64>> {
    let (exterior, mut interiors) = p.into_inner();
    interiors.insert(0, exterior);
    interiors
}
