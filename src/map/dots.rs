//! Dots: capitals, and towns and bases with a status or an event.

use geo::{Coord, Rect};

use super::canvas::{Canvas, Stroke, boxed};
use super::detail;
use super::labels::Ground;
use super::marks::Spot;
use super::style::{MapStyle, Role};
use crate::control::{ControlStatus, Level, UnitStatus};
use crate::gazetteer::{Place, PlaceId, PlaceKind};

/// A town, base or capital with its dot.
#[derive(Debug)]
pub(super) struct Dot<'a> {
    /// CSS pixels.
    pub(super) at: Coord,
    pub(super) place: &'a Place,
    pub(super) status: Option<ControlStatus>,
    pub(super) role: Role,
    /// The marker that stands on it: which, and its radius.
    pub(super) marker: Option<(usize, f64)>,
    pub(super) labelled: bool,
    /// Nothing is reported of it.
    pub(super) is_detail: bool,
    rank: usize,
}

impl Dot<'_> {
    /// How far it reaches when no marker covers it.
    pub(super) fn radius(&self, style: &MapStyle) -> f64 {
        let mark = style.mark();
        let r = match (self.role, self.status) {
            (Role::Kabul, _) | (Role::City, Some(_)) => mark.capital_ring,
            (Role::City, None) => mark.city,
            (Role::Town, None) if self.marker.is_none() => mark.town,
            (Role::Village, _) => mark.village,
            _ => mark.unit,
        };
        r + mark.city_ring
    }

    /// The box it covers when no marker covers it.
    pub(super) fn rect(&self, style: &MapStyle) -> Rect {
        let r = self.radius(style);
        boxed(self.at.x - r, self.at.y - r, 2.0 * r, 2.0 * r)
    }

    pub(super) fn draw(&self, canvas: &Canvas, style: &MapStyle) {
        let (palette, mark) = (&style.palette, style.mark());
        let stroke = |colour, width| Stroke { colour, width, opacity: 1.0 };
        let colour = match self.status {
            Some(ControlStatus::Taliban) => palette.taliban,
            Some(ControlStatus::Government) => palette.government,
            Some(ControlStatus::Contested) => palette.contested,
            _ => palette.paper,
        };
        canvas.disc(self.at, self.radius(style), palette.halo);
        match (self.role, self.status) {
            (Role::Kabul, _) | (Role::City, Some(_)) => {
                canvas.disc(self.at, mark.capital_ring, colour);
                canvas.ring(self.at, mark.capital_ring - 0.7, stroke(palette.ink, 1.4));
                canvas.disc(self.at, mark.capital_dot, palette.ink);
            }
            (Role::City, None) => canvas.disc(self.at, mark.city, palette.ink),
            (Role::Town, None) => canvas.disc(self.at, mark.town, palette.ink),
            (Role::Village, _) => canvas.disc(self.at, mark.village, palette.ink2),
            _ => {
                canvas.disc(self.at, mark.unit, colour);
                canvas.ring(self.at, mark.unit - 0.5, stroke(palette.ink, 1.1));
            }
        }
    }
}

/// The dots of a map, the most important first.
pub(super) fn dots<'a>(ground: &Ground<'a>, spots: &[Spot<'_>]) -> Vec<Dot<'a>> {
    let places = ground.desk.gazetteer.places().filter(|p| !p.is_abroad() && p.kind != PlaceKind::Province);
    let mut dots: Vec<Dot<'a>> = places.filter_map(|p| dot(p, ground, spots)).collect();
    dots.sort_by_key(|d| (d.rank, std::cmp::Reverse(d.place.population), d.place.id.clone()));
    dots
}

fn dot<'a>(place: &'a Place, ground: &Ground<'a>, spots: &[Spot<'_>]) -> Option<Dot<'a>> {
    let gazetteer = ground.desk.gazetteer;
    let reference = gazetteer.by_id(place.id.as_str())?;
    let capital = gazetteer.is_capital(reference);
    let marker = marker_of(&place.id, spots);
    let status = ground.edition.statuses.get(&place.id).filter(|s| is_dot(s, ground)).map(|s| s.status);
    let status = status.filter(|s| *s != ControlStatus::Unknown);
    let metropolis = ground.desk.is_metropolis(reference);
    let large = capital && place.population >= ground.style.geometry().named_capital;
    let detailed = detail::names(place, capital, ground.plate, ground.style);
    if !(metropolis || marker.is_some() || status.is_some() || large || detailed) {
        return None;
    }
    let at = ground.plate.plane.point(place.position.0);
    if !ground.plate.shows(at) {
        return None;
    }
    let covered = |s: &Spot<'_>| (s.at.x - at.x).hypot(s.at.y - at.y) < s.radius + COVERED;
    if marker.is_none() && spots.iter().any(covered) {
        return None;
    }
    let role = match (metropolis, capital) {
        (true, _) => Role::Kabul,
        (false, true) => Role::City,
        (false, false) if place.kind == PlaceKind::Village && status.is_none() && marker.is_none() => {
            Role::Village
        }
        (false, false) => Role::Town,
    };
    let told = marker.is_some() || status.is_some();
    let order =
        [metropolis, marker.is_some(), capital && status.is_some(), capital, told, place.seat_of.is_some()];
    Some(Dot {
        at: marker.map_or(at, |(i, _)| spots[i].at),
        place,
        status,
        role,
        marker,
        labelled: false,
        is_detail: detailed && !told && !metropolis,
        rank: order.iter().position(|o| *o).unwrap_or(order.len()),
    })
}

/// A dot nearer than so many pixels to a marker's disc would be half hidden.
const COVERED: f64 = 7.0;

fn marker_of(id: &PlaceId, spots: &[Spot<'_>]) -> Option<(usize, f64)> {
    let leads = |s: &Spot<'_>| !s.mark.coarse && s.mark.events[0].place.id == *id;
    spots.iter().position(leads).map(|i| (i, spots[i].radius))
}

/// Whether a status is shown by a dot: those of districts are only where districts have no area.
fn is_dot(status: &UnitStatus, ground: &Ground<'_>) -> bool {
    match status.level {
        Level::Capital | Level::Settlement | Level::Facility => true,
        Level::District => ground.plate.districts.is_empty(),
        Level::Province => false,
    }
}
