//! Units: the places that have a status, and which of them an act speaks of.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::desk::{Baseline, Declared};
use super::{Bearing, Level};
use crate::event::{Cluster, Effect, Event, EventKind, Scope, Witness};
use crate::gazetteer::{Gazetteer, PlaceId, PlaceKind, PlaceRef, sound_key};
use crate::text::fold;

/// An act that bears on a unit.
#[derive(Debug, Clone)]
pub(super) struct Evidence<'a> {
    pub(super) cluster: &'a Cluster,
    /// Its place in the order of all clusters.
    pub(super) index: usize,
    pub(super) bearing: Bearing,
    /// The tellings that speak of the unit: others may place the act more widely, or elsewhere in its district.
    pub(super) voices: Vec<&'a Witness>,
}

/// The units of a gazetteer.
pub(super) struct Units<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    city_radius_km: f64,
    /// By province, its districts without that of the capital.
    pub(super) outer: BTreeMap<PlaceRef, Vec<PlaceRef>>,
    /// By district, its centre, provincial capitals left out; and the reverse.
    partners: BTreeMap<PlaceRef, PlaceRef>,
}

/// A report's word about a district or its centre on one day.
type Told<'a> = BTreeMap<(PlaceRef, &'a str, Option<Date>), BTreeSet<(bool, Effect)>>;

impl<'g> Units<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, city_radius_km: f64) -> Units<'g> {
        let mut units =
            Units { gazetteer, city_radius_km, outer: BTreeMap::new(), partners: partners(gazetteer) };
        for place in gazetteer.places().filter(|p| p.kind == PlaceKind::District) {
            let district = gazetteer.by_id(place.id.as_str());
            let province = place.admin1.as_ref().and_then(|p| gazetteer.by_id(p.as_str()));
            if let (Some(district), Some(province)) = (district, province) {
                let of_capital = units.capital(province).and_then(|c| gazetteer.district_of(c));
                let districts = units.outer.entry(province).or_default();
                if of_capital != Some(district) {
                    districts.push(district);
                }
            }
        }
        units
    }

    /// The capital of a province.
    pub(super) fn capital(&self, province: PlaceRef) -> Option<PlaceRef> {
        self.gazetteer.seat_of(&self.gazetteer.get(province).id)
    }

    pub(super) fn level(&self, unit: PlaceRef) -> Level {
        match self.gazetteer.get(unit).kind {
            PlaceKind::Province => Level::Province,
            PlaceKind::District => Level::District,
            PlaceKind::Facility | PlaceKind::Crossing => Level::Facility,
            _ if self.gazetteer.is_capital(unit) => Level::Capital,
            _ => Level::Settlement,
        }
    }

    /// By unit, the acts that bear on it, in the order of `clusters`. A centre that nobody names has none.
    pub(super) fn evidence<'a>(&self, clusters: &[&'a Cluster]) -> BTreeMap<PlaceRef, Vec<Evidence<'a>>> {
        let told = self.told(clusters);
        let voices = || clusters.iter().flat_map(|c| &c.voices);
        let named: BTreeSet<PlaceRef> = voices().filter_map(|v| self.find(&v.event.place.id)).collect();
        let mut evidence: BTreeMap<PlaceRef, Vec<Evidence<'a>>> = BTreeMap::new();
        for (index, cluster) in clusters.iter().copied().enumerate() {
            let mut heard: BTreeMap<(PlaceRef, Bearing), Vec<&'a Witness>> = BTreeMap::new();
            for voice in &cluster.voices {
                for unit in self.of(voice, cluster, &told) {
                    heard.entry(unit).or_default().push(voice);
                }
            }
            for ((unit, bearing), voices) in heard {
                evidence.entry(unit).or_default().push(Evidence { cluster, index, bearing, voices });
            }
        }
        evidence.retain(|unit, _| self.level(*unit) != Level::Settlement || named.contains(unit));
        evidence
    }

    fn of(&self, voice: &Witness, cluster: &Cluster, told: &Told<'_>) -> Vec<(PlaceRef, Bearing)> {
        let event = &voice.event;
        let Some(place) = self.find(&event.place.id) else { return Vec::new() };
        match event.place.kind {
            PlaceKind::Province if event.place.scope == Scope::Place => vec![(place, Bearing::Direct)],
            PlaceKind::Province => {
                let districts = self.outer.get(&place).into_iter().flatten();
                districts.map(|d| (*d, Bearing::Derived)).collect()
            }
            PlaceKind::District | PlaceKind::City | PlaceKind::Village => {
                let partner = self.partner(place).filter(|_| !self.is_told_apart(cluster, place, told));
                let units = partner.into_iter().chain([place]);
                units.map(|unit| (unit, Bearing::Direct)).collect()
            }
            PlaceKind::Facility | PlaceKind::Crossing => {
                let around = self.around(place).filter(|_| is_taken(event)).map(|a| (a, Bearing::Around));
                around.into_iter().chain([(place, Bearing::Direct)]).collect()
            }
            _ => Vec::new(),
        }
    }

    fn find(&self, id: &PlaceId) -> Option<PlaceRef> {
        self.gazetteer.by_id(id.as_str())
    }

    /// A district's centre, or the district of a centre. Provincial capitals stand for themselves.
    pub(super) fn partner(&self, place: PlaceRef) -> Option<PlaceRef> {
        self.partners.get(&place).copied()
    }

    /// What is declared of a unit, or of the district whose centre it is.
    pub(super) fn declared<'b>(&self, unit: PlaceRef, baseline: &'b Baseline) -> Option<&'b Declared> {
        let of = |unit| baseline.of(self.gazetteer, unit);
        of(unit).or_else(|| of(self.partner(unit)?))
    }

    /// The capital that a facility stands in, as far as its position is known, else its district.
    fn around(&self, facility: PlaceRef) -> Option<PlaceRef> {
        let capital = self.gazetteer.province_of(facility).and_then(|p| self.capital(p));
        let city = capital.filter(|c| {
            let (city, building) = (self.gazetteer.get(*c), self.gazetteer.get(facility));
            let apart = kilometres(city.position, building.position);
            apart - building.accuracy_km <= self.city_radius_km
        });
        city.or_else(|| self.gazetteer.district_of(facility))
    }

    /// What each report says of districts and of their centres, to find those that tell the two apart.
    fn told<'a>(&self, clusters: &[&'a Cluster]) -> Told<'a> {
        let mut told = Told::new();
        for cluster in clusters {
            let day = cluster.event.when.map(|w| w.to);
            for event in cluster.voices.iter().map(|v| &v.event) {
                let place = self.find(&event.place.id).filter(|p| self.partner(*p).is_some());
                let district = place.and_then(|p| self.gazetteer.district_of(p));
                if let (Some(district), Some(effect)) = (district, event.effect) {
                    let key = (district, event.doc_id.as_str(), day);
                    told.entry(key).or_default().insert((place == Some(district), effect));
                }
            }
        }
        told
    }

    /// Some report tells one thing of the district and another of its centre on the same day.
    fn is_told_apart(&self, cluster: &Cluster, place: PlaceRef, told: &Told<'_>) -> bool {
        let Some(district) = self.gazetteer.district_of(place) else { return false };
        let day = cluster.event.when.map(|w| w.to);
        cluster.voices.iter().any(|v| {
            let said = told.get(&(district, v.event.doc_id.as_str(), day));
            let of =
                |whole: bool| said.into_iter().flatten().filter(move |(w, _)| *w == whole).map(|(_, e)| e);
            of(true).next().is_some() && of(false).next().is_some() && !of(true).eq(of(false))
        })
    }
}

/// Pairs each district with the settlement that is its centre: the one that the table names, else the largest that
/// bears the district's name.
fn partners(gazetteer: &Gazetteer) -> BTreeMap<PlaceRef, PlaceRef> {
    let mut partners = BTreeMap::new();
    for unit in gazetteer.places().filter(|p| p.kind == PlaceKind::District) {
        let Some(district) = gazetteer.by_id(unit.id.as_str()) else { continue };
        let key = sound(&unit.name);
        let alike = gazetteer.sounding(&key).iter().map(|n| n.place).filter(|t| {
            let place = gazetteer.get(*t);
            matches!(place.kind, PlaceKind::City | PlaceKind::Village)
                && gazetteer.district_of(*t) == Some(district)
        });
        let alike = || alike.clone().max_by_key(|t| (gazetteer.get(*t).population, Reverse(*t)));
        let centre = gazetteer.seat_of(&unit.id).or_else(alike).filter(|t| !gazetteer.is_capital(*t));
        if let Some(town) = centre {
            partners.extend([(district, town), (town, district)]);
        }
    }
    partners
}

fn sound(name: &str) -> String {
    let folded = fold(name);
    sound_key(folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()))
}

fn is_taken(event: &Event) -> bool {
    matches!(event.kind, EventKind::FacilitySeized | EventKind::Captured | EventKind::Recaptured)
}

/// Kilometres in a degree of latitude, on a sphere of the WGS 84 mean radius.
const KM_PER_DEGREE: f64 = 111.195;

/// Distance in km on the equirectangular projection, good to a fraction of a percent over some tens of km.
fn kilometres(a: geo::Point, b: geo::Point) -> f64 {
    let north = b.y() - a.y();
    let east = (b.x() - a.x()) * libm::cos(f64::midpoint(a.y(), b.y()).to_radians());
    KM_PER_DEGREE * libm::sqrt(north * north + east * east)
}
