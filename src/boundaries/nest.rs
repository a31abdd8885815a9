//! Nesting: districts simplified along shared borders, provinces and the country dissolved from them, and neighbours
//! that meet the country's new outline.

use std::collections::BTreeMap;

use geo::{
    Area, BooleanOps, BoundingRect, Centroid, Distance, Euclidean, Intersects, LineString, MapCoords,
    MultiPolygon, Polygon,
};

use super::rings::{assembled, on_grid, untangled};
use super::validity::problem;
use crate::gazetteer::PlaceRef;
use crate::map::{Basemap, Mesh};

/// What the tolerance is multiplied by, one after the other, for borders of areas that would cross themselves: finer ones
/// keep what a coarse line cuts off, coarser ones undo a crossing of the file's own; at last they are left as they are.
const FACTORS: [f64; 8] = [1.0, 0.5, 0.25, 0.1, 2.0, 3.0, 0.03, 0.0];

/// Square degrees, a hectare, below which a piece or hole is what is left over from cutting.
const CRUMB: f64 = 1e-6;

/// The share of its districts' area by which a province may differ from them.
const GAP: f64 = 0.005;

/// Areas that nest.
pub(super) struct Nested {
    /// By unit.
    pub(super) units: Vec<MultiPolygon<f64>>,
    pub(super) provinces: BTreeMap<PlaceRef, MultiPolygon<f64>>,
    pub(super) country: MultiPolygon<f64>,
}

/// Simplifies areas to within a tolerance, less where they would cross themselves, and dissolves them.
pub(super) fn nested(
    shapes: &[MultiPolygon<f64>],
    provinces: &[Option<PlaceRef>],
    tolerance: f64,
    label: impl Fn(usize) -> String,
) -> Result<Nested, String> {
    let crossed = |unit| {
        format!("{} has borders that cross; mend it (in QGIS: Fix geometries) and import again", label(unit))
    };
    let mesh = simplified(shapes, tolerance).map_err(crossed)?;
    let units: Vec<MultiPolygon<f64>> = (0..shapes.len()).map(|i| assembled(mesh.rings(i))).collect();
    let mut dissolved = BTreeMap::new();
    for province in provinces.iter().flatten() {
        if !dissolved.contains_key(province) {
            dissolved.insert(*province, outline(&mesh, &units, |i| provinces[i] == Some(*province))?);
        }
    }
    Ok(Nested { provinces: dissolved, country: outline(&mesh, &units, |_| true)?, units })
}

/// The mesh of the areas, or the one that crosses itself however its borders are drawn.
fn simplified(shapes: &[MultiPolygon<f64>], tolerance: f64) -> Result<Mesh, usize> {
    let exact = Mesh::new(shapes, 0.0);
    let mut tried = vec![0; exact.arc_count()];
    loop {
        let mesh = exact.simplified(|arc| tolerance * FACTORS[tried[arc]]);
        let is_wrong = |i: &usize| problem(&assembled(mesh.rings(*i))).is_some();
        let wrong: Vec<usize> = (0..shapes.len()).filter(is_wrong).collect();
        let open = |arc: &usize| tried[*arc] + 1 < FACTORS.len();
        let mut arcs: Vec<usize> = wrong.iter().flat_map(|i| exact.arcs_of(*i)).filter(open).collect();
        arcs.sort_unstable();
        arcs.dedup();
        match (wrong.first(), arcs.is_empty()) {
            (None, _) => return Ok(mesh),
            (Some(unit), true) => return Err(*unit),
            (Some(_), false) => arcs.into_iter().for_each(|arc| tried[arc] += 1),
        }
    }
}

/// The union of some areas, by the borders that only one of them has.
fn outline(
    mesh: &Mesh,
    units: &[MultiPolygon<f64>],
    within: impl Fn(usize) -> bool,
) -> Result<MultiPolygon<f64>, String> {
    let rings = mesh.outline(&within).iter().flat_map(|line| untangled(line)).collect();
    let mut union = without_crumbs(assembled(rings));
    if problem(&union).is_some() {
        // Corners that only one side has leave slivers between; cutting them out costs the shared corners there.
        union = without_crumbs(union.union(&MultiPolygon::new(Vec::new())).map_coords(on_grid));
    }
    let parts: f64 = (0..units.len()).filter(|i| within(*i)).map(|i| units[i].unsigned_area()).sum();
    if (union.unsigned_area() - parts).abs() > parts * GAP {
        return Err(
            "has areas whose borders do not meet: neighbours must share every corner of their border; \
                    take the file as it was published, or clean it (mapshaper -clean)"
                .to_owned(),
        );
    }
    Ok(union)
}

/// The same without holes and pieces too small to be meant.
fn without_crumbs(shape: MultiPolygon<f64>) -> MultiPolygon<f64> {
    let is_meant = |ring: &LineString<f64>| Polygon::new(ring.clone(), Vec::new()).unsigned_area() > CRUMB;
    let kept = shape.into_iter().filter(|p| is_meant(p.exterior())).map(|p| {
        let (exterior, interiors) = p.into_inner();
        Polygon::new(exterior, interiors.into_iter().filter(is_meant).collect())
    });
    MultiPolygon::new(kept.collect())
}

/// The other countries, by code, changed so that they meet the new outline: each takes what lay in the old one beside it
/// and gives what lies in the new one.
pub(super) fn neighbours(
    basemap: &Basemap,
    home: &str,
    country: &MultiPolygon<f64>,
) -> BTreeMap<String, MultiPolygon<f64>> {
    let near = |shape: &MultiPolygon<f64>| {
        let boxes = shape.bounding_rect().zip(country.bounding_rect());
        boxes.is_some_and(|(a, b)| a.intersects(&b))
    };
    let mut others: BTreeMap<String, MultiPolygon<f64>> = basemap
        .countries()
        .filter(|(code, area)| *code != home && near(&area.shape))
        .map(|(code, area)| (code.to_owned(), area.shape.clone()))
        .collect();
    let old = basemap.countries().find(|(code, _)| *code == home).map(|(_, area)| area.shape.clone());
    let left = old.map(|old| old.difference(country)).unwrap_or_else(|| MultiPolygon::new(Vec::new()));
    let mut given: BTreeMap<String, Vec<Polygon<f64>>> = BTreeMap::new();
    for piece in left.into_iter().filter(|p| p.unsigned_area() > CRUMB) {
        let Some(centre) = piece.centroid() else { continue };
        let far = |shape: &MultiPolygon<f64>| Euclidean.distance(&centre, shape);
        let owner = others.iter().min_by(|a, b| far(a.1).total_cmp(&far(b.1)));
        if let Some((code, _)) = owner {
            given.entry(code.clone()).or_default().push(piece);
        }
    }
    for (code, shape) in &mut others {
        if let Some(pieces) = given.remove(code) {
            *shape = shape.union(&MultiPolygon::new(pieces));
        }
        let cut = shape.difference(country).map_coords(on_grid);
        *shape = MultiPolygon::new(cut.into_iter().filter(|p| p.unsigned_area() > CRUMB).collect());
    }
    others
}
