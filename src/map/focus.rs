//! The focus: the part of the country that maps show closer than the whole.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect, Coord, Intersects, LineString, MapCoords, MultiPolygon, Polygon, Rect};
use libm::{cos, sin};
use serde::Deserialize;

use super::Language;
use super::wording::{Wording, fill};
use super::{Basemap, Lambert};
use crate::error::Error;
use crate::event::EventPlace;
use crate::gazetteer::{Gazetteer, PlaceId, PlaceKind, PlaceRef};

/// Metres in a kilometre.
const KILOMETRE: f64 = 1000.0;
/// Corners of a circle.
const CORNERS: u32 = 180;

/// How a part of the country is shown.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FocusStyle {
    /// Kilometres around a place, by its kind, where none are asked for.
    pub(super) radius: BTreeMap<PlaceKind, f64>,
    /// The fewest and the most kilometres around a place.
    pub(super) limits: [f64; 2],
    /// Free around the part that is shown, as a share of it.
    pub(super) margin: f64,
    /// How far what lies around that part fades into the ground.
    pub(super) mist: f64,
    /// Factor on markers.
    pub(super) marks: f64,
    pub(super) district_line: f64,
    /// Widths of a road and of the light line under it.
    pub(super) road: [f64; 2],
    /// The widest scale bar.
    pub(super) scale_bar: f64,
    /// Places whose position is known less well, in km, have no dot unless something is reported of them.
    pub(super) accuracy_km: f64,
    /// Pixels a kilometre from which district centres, towns and villages are named.
    pub(super) centres: f64,
    pub(super) towns: f64,
    pub(super) villages: f64,
}

/// What the page says of the part of the country that it shows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FocusWords {
    pub(super) district: String,
    pub(super) around: String,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) subtitle_districts: String,
    pub(super) description: String,
    pub(super) coarse_event: String,
    pub(super) roads: String,
}

/// A province, a district, or a place with what lies around it.
#[derive(Debug, Clone)]
pub(super) struct Focus {
    pub(super) id: PlaceId,
    kind: PlaceKind,
    name: String,
    province: Option<String>,
    /// Kilometres around the place; None where an area is shown.
    radius: Option<f64>,
    /// What is shown, in metres of the projection.
    shape: MultiPolygon<f64>,
    /// The provinces and districts that are counted.
    units: BTreeSet<PlaceId>,
}

impl Focus {
    /// The focus on a province or a district by its area, or on any place by a radius in kilometres.
    ///
    /// # Errors
    /// `Error::Usage` where the place lies abroad or the radius is outside the limits.
    pub(super) fn new(
        gazetteer: &Gazetteer,
        basemap: &Basemap,
        lambert: &Lambert,
        (style, language): (&FocusStyle, Language),
        place: PlaceRef,
        radius: Option<f64>,
    ) -> Result<Focus, Error> {
        let of = gazetteer.get(place);
        let [least, most] = style.limits;
        if of.is_abroad() {
            return Err(Error::Usage(format!(
                "{} lies abroad; a map can show places in Afghanistan only",
                of.name
            )));
        }
        if let Some(km) = radius.filter(|km| !(least..=most).contains(km)) {
            return Err(Error::Usage(format!(
                "the radius of a map must be within {least} to {most} km, not {km}"
            )));
        }
        let area = basemap.province(&of.id).or_else(|| basemap.district(&of.id));
        let area = area.filter(|_| radius.is_none());
        let usual = || style.radius.get(&of.kind).copied().unwrap_or(least).max(of.accuracy_km);
        let radius =
            if area.is_some() { None } else { Some(radius.unwrap_or_else(usual).clamp(least, most)) };
        let shape = match (area, radius) {
            (Some(area), _) => area.map_coords(|c| lambert.project(c)),
            (None, km) => circle(lambert.project(of.position.0), km.unwrap_or(least) * KILOMETRE),
        };
        let province = gazetteer.province_of(place);
        let units = if area.is_some() {
            let of_province = |id: &&PlaceId| {
                of.kind == PlaceKind::Province
                    && gazetteer.by_id(id.as_str()).and_then(|p| gazetteer.province_of(p)) == Some(place)
            };
            let districts = basemap.districts().map(|(id, _)| id).filter(of_province).cloned();
            let own = province.map(|p| gazetteer.get(p).id.clone());
            districts.chain(own).chain([of.id.clone()]).collect()
        } else {
            let met = |a: &MultiPolygon<f64>| shape.intersects(&a.map_coords(|c| lambert.project(c)));
            let areas = basemap.provinces().chain(basemap.districts());
            areas.filter(|(_, a)| met(&a.shape)).map(|(id, _)| id.clone()).collect()
        };
        Ok(Focus {
            id: of.id.clone(),
            kind: of.kind,
            name: language.name(of).to_owned(),
            province: province.map(|p| language.name(gazetteer.get(p)).to_owned()),
            radius,
            shape,
            units,
        })
    }

    /// A box of metres of the projection.
    pub(super) fn region(metres: Rect) -> Focus {
        Focus {
            id: PlaceId::new(""),
            kind: PlaceKind::Region,
            name: String::new(),
            province: None,
            radius: None,
            shape: MultiPolygon::new(vec![metres.to_polygon()]),
            units: BTreeSet::new(),
        }
    }

    /// The box around what is shown, in metres of the projection.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.shape.bounding_rect()
    }

    /// What is shown, in metres of the projection.
    pub(super) fn shape(&self) -> &MultiPolygon<f64> {
        &self.shape
    }

    /// Whether a circle is shown, and not an area.
    pub(super) fn is_circle(&self) -> bool {
        self.radius.is_some()
    }

    /// Whether a province or district is counted.
    pub(super) fn counts(&self, unit: &PlaceId) -> bool {
        self.units.contains(unit)
    }

    /// Whether a place lies in the area that is shown; None where a circle is shown.
    pub(super) fn holds(&self, place: &EventPlace) -> Option<bool> {
        let ids = [Some(&place.id), place.admin2.as_ref(), place.admin1.as_ref()];
        self.radius.is_none().then(|| ids.into_iter().flatten().any(|id| *id == self.id))
    }

    /// "Kunduz province", "Imam Sahib district, Kunduz", "Kabul".
    pub(super) fn place(&self, wording: &Wording) -> String {
        let other = self.province.as_ref().filter(|p| **p != self.name);
        let template = match (self.kind, other) {
            (PlaceKind::Province, _) => &wording.page.province,
            (PlaceKind::District, Some(_)) => &wording.focus.district,
            (_, Some(_)) => &wording.page.in_province,
            (_, None) => "{name}",
        };
        fill(template, |s| match s {
            "name" => Some(self.name.clone()),
            "province" => other.cloned(),
            _ => None,
        })
        .unwrap_or_else(|| self.name.clone())
    }

    /// The same, "30 km around Kabul" where a circle is shown.
    pub(super) fn extent(&self, wording: &Wording) -> String {
        let place = self.place(wording);
        let Some(km) = self.radius else { return place };
        fill(&wording.focus.around, |s| match s {
            "n" => Some(format!("{km:.0}")),
            "place" => Some(place.clone()),
            _ => None,
        })
        .unwrap_or(place)
    }
}

fn circle(centre: Coord, radius: f64) -> MultiPolygon<f64> {
    let corner = |i: u32| {
        let turn = std::f64::consts::TAU * f64::from(i) / f64::from(CORNERS);
        Coord { x: centre.x + radius * cos(turn), y: centre.y + radius * sin(turn) }
    };
    let ring: LineString<f64> = (0..CORNERS).map(corner).collect();
    MultiPolygon::new(vec![Polygon::new(ring, Vec::new())])
}
