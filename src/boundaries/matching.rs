//! Which district each unit of a file is: by its code, else by its name within the province that it lies in.

use std::collections::BTreeMap;

use geo::{Area, Contains, Distance, Euclidean, InteriorPoint, MultiPolygon, Point};

use super::attributes::{Attributes, Unit};
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::map::Basemap;

/// Kilometres in a degree of latitude, on a sphere of the WGS 84 mean radius; a degree of longitude has fewer.
const KM_PER_DEGREE: f64 = 111.195;

/// A unit with where it lies and which districts it may be, the likeliest first.
struct Matching {
    province: Option<PlaceRef>,
    /// Districts by how well they fit, the best first: lower is better.
    may_be: Vec<(u32, PlaceRef)>,
}

/// What came of matching.
pub(super) struct Matched {
    /// By unit, its district.
    pub(super) districts: Vec<Option<PlaceRef>>,
    /// By unit, the province that it lies in.
    pub(super) provinces: Vec<Option<PlaceRef>>,
}

/// A code fits better than any name.
const BY_CODE: u32 = 0;

/// Matches each unit to one district, and none to two.
pub(super) fn matched(
    units: &[Unit],
    attributes: &Attributes,
    gazetteer: &Gazetteer,
    basemap: &Basemap,
) -> Matched {
    let matchings: Vec<Matching> =
        units.iter().map(|unit| matching(unit, attributes, gazetteer, basemap)).collect();
    let mut districts: Vec<Option<PlaceRef>> = vec![None; units.len()];
    loop {
        let mut wanted: BTreeMap<PlaceRef, Vec<(u32, usize)>> = BTreeMap::new();
        for (at, matching) in matchings.iter().enumerate().filter(|(at, _)| districts[*at].is_none()) {
            let free = matching.may_be.iter().find(|(_, d)| !districts.contains(&Some(*d)));
            if let Some((fit, district)) = free {
                wanted.entry(*district).or_default().push((*fit, at));
            }
        }
        let mut any = false;
        for (district, mut units_of) in wanted {
            units_of.sort_unstable();
            let best = units_of[0].0;
            let equal: Vec<usize> =
                units_of.iter().filter(|(fit, _)| *fit == best).map(|(_, at)| *at).collect();
            let position = gazetteer.get(district).position;
            let holding: Vec<usize> =
                equal.iter().copied().filter(|at| units[*at].shape.contains(&position)).collect();
            // Two units of one name: the district's known position tells which is meant, or nobody does.
            let chosen = match (equal.as_slice(), holding.as_slice()) {
                ([only], _) | (_, [only]) => Some(*only),
                _ => None,
            };
            if let Some(at) = chosen {
                districts[at] = Some(district);
                any = true;
            }
        }
        if !any {
            let provinces = matchings.iter().zip(&districts);
            let provinces = provinces
                .map(|(m, district)| district.and_then(|d| gazetteer.province_of(d)).or(m.province))
                .collect();
            return Matched { districts, provinces };
        }
    }
}

fn matching(unit: &Unit, attributes: &Attributes, gazetteer: &Gazetteer, basemap: &Basemap) -> Matching {
    let at = inside(&unit.shape);
    let mut near: Vec<(f64, PlaceRef)> = basemap
        .provinces()
        .filter_map(|(id, area)| Some((kilometres(at, &area.shape), gazetteer.by_id(id.as_str())?)))
        .filter(|(km, _)| *km <= attributes.near_km)
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let province = near.first().map(|(_, p)| *p);
    let is_near = |d: PlaceRef| near.iter().any(|(_, p)| gazetteer.province_of(d) == Some(*p));
    let code = attributes.code(unit).and_then(|code| gazetteer.by_id(&code.to_uppercase()));
    let by_code = code.filter(|d| gazetteer.get(*d).kind == PlaceKind::District && is_near(*d));
    let mut may_be: Vec<(u32, PlaceRef)> = by_code.map(|d| (BY_CODE, d)).into_iter().collect();
    let names = attributes.name(unit).into_iter().flat_map(spellings);
    for (turn, name) in names.enumerate() {
        for (rank, (_, province)) in near.iter().enumerate() {
            let found = gazetteer.locate(name, Some(&gazetteer.get(*province).name)).candidates;
            for candidate in found.into_iter().filter(|c| c.kind == PlaceKind::District) {
                // The province that the unit lies in comes before its neighbours, the whole name before a part of
                // it, then the nearer spelling.
                let turns = 1000 * u32::from(rank > 0) + 200 * u32::from(turn > 0);
                let fit = 1 + turns + (100.0 - candidate.score * 100.0).max(0.0) as u32;
                may_be.extend(gazetteer.by_id(&candidate.place_id).map(|district| (fit, district)));
            }
        }
    }
    may_be.sort_unstable();
    let mut seen: Vec<PlaceRef> = Vec::new();
    may_be.retain(|(_, d)| {
        !seen.contains(d) && {
            seen.push(*d);
            true
        }
    });
    Matching { province, may_be }
}

/// A name, and the two of "Ali Khail (Jaji)".
fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(['(', ')', '/']).map(str::trim).filter(move |part| *part != name);
    std::iter::once(name).chain(parts.filter(|part| !part.is_empty()))
}

/// A point within the largest part of an area.
fn inside(shape: &MultiPolygon<f64>) -> Point {
    let largest = shape.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    largest.and_then(InteriorPoint::interior_point).unwrap_or_default()
}

/// How far a point lies outside an area: at most so many kilometres, 0 inside.
fn kilometres(at: Point, area: &MultiPolygon<f64>) -> f64 {
    if area.contains(&at) { 0.0 } else { Euclidean.distance(&at, area) * KM_PER_DEGREE }
}
