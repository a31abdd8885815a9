//! Detail: what only closer maps name: district centres, towns, villages, districts, rivers and roads.

use geo::{Coord, Rect};

use super::canvas::Anchor;
use super::labels::Ground;
use super::placer::{Placed, Placer};
use super::plate::Plate;
use super::style::{MapStyle, Role};
use super::unit::Unit;
use crate::gazetteer::{Place, PlaceKind};

/// Whether a place has a dot though nothing is reported of it.
pub(super) fn names(place: &Place, capital: bool, plate: &Plate, style: &MapStyle) -> bool {
    let focus = style.focus();
    if plate.focus.is_none() || place.accuracy_km > focus.accuracy_km {
        return false;
    }
    let from = match place.kind {
        _ if capital => 0.0,
        _ if place.seat_of.is_some() => focus.centres,
        PlaceKind::City | PlaceKind::Crossing => focus.towns,
        PlaceKind::Village => focus.villages,
        _ => return false,
    };
    plate.plane.kilometre() >= from
}

/// Whether a province or district is named; not where the title does, nor a small district that is not counted.
pub(super) fn names_area(unit: &Unit, plate: &Plate, style: &MapStyle) -> bool {
    let near = || plate.plane.kilometre() >= style.focus().towns;
    let is_district = || plate.districts.iter().any(|d| d.id == unit.id);
    !plate.is_titled(&unit.id) && (plate.counts(&unit.id) || near() || !is_district())
}

/// How far from a straight line a river may run under its name, and how steep a name may stand (rise by run).
const BENT: f64 = 5.0;
const STEEP: f64 = 0.9;
/// From a river to the foot of its name, CSS pixels.
const ABOVE: f64 = 3.5;

/// The name of a river or road where it stands, with its turn in degrees.
#[derive(Debug)]
pub(super) struct LineName {
    pub(super) placed: Placed,
    pub(super) turn: f64,
}

/// A place for the name of a river or road along its straightest free stretch.
pub(super) fn along(line: &[Coord], width: f64, ground: &Ground<'_>, placer: &Placer) -> Option<LineName> {
    let set = ground.style.text(Role::River, &ground.plate.arrangement);
    let mut best: Option<(f64, LineName)> = None;
    for (i, from) in line.iter().enumerate() {
        let reach = |c: &Coord| (c.x - from.x).hypot(c.y - from.y);
        let Some(n) = line[i..].iter().position(|c| reach(c) >= width + 8.0) else { break };
        let stretch = &line[i..=i + n];
        let to = stretch[n];
        let (a, b) = if from.x <= to.x { (*from, to) } else { (to, *from) };
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let long = dx.hypot(dy);
        if dx.abs() < 1.0 || (dy / dx).abs() > STEEP {
            continue;
        }
        let off = |c: &Coord| ((c.x - a.x) * dy - (c.y - a.y) * dx) / long;
        let (high, low) =
            stretch.iter().map(off).fold((f64::MIN, f64::MAX), |(h, l), o| (h.max(o), l.min(o)));
        let bent = high - low;
        // Long steps between corners, as at a closer scale, make the stretch longer than the name.
        if bent > BENT || best.as_ref().is_some_and(|(least, _)| *least <= bent) {
            continue;
        }
        // Upwards is (dy, -dx): clear of the river's highest point.
        let lift = high.max(0.0) + ABOVE;
        let foot = Coord { x: (a.x + b.x) / 2.0 + dy / long * lift, y: (a.y + b.y) / 2.0 - dx / long * lift };
        let half = Coord { x: dx / long * width / 2.0, y: dy / long * width / 2.0 };
        let up = Coord { x: dy / long * set.size, y: -dx / long * set.size };
        let corners = [foot - half, foot + half, foot - half + up, foot + half + up];
        let low = corners.iter().fold(corners[0], |l, c| Coord { x: l.x.min(c.x), y: l.y.min(c.y) });
        let high = corners.iter().fold(corners[0], |h, c| Coord { x: h.x.max(c.x), y: h.y.max(c.y) });
        let rect = Rect::new(low, high);
        if placer.is_free(rect) {
            let placed = Placed { at: foot, anchor: Anchor::Middle, rect };
            best = Some((bent, LineName { placed, turn: (dy / dx).atan().to_degrees() }));
        }
    }
    best.map(|(_, name)| name)
}
