//! What a map shows: where it lies on the page, what it is about and what of a day it tells.

use geo::{BooleanOps, Contains, Coord, LineString, MultiLineString, Rect};

use super::canvas::{Canvas, Fill, Stroke, boxed};
use super::focus::Focus;
use super::placer::grown;
use super::plane::Plane;
use super::plate::Plate;
use super::style::{Arrangement, MapStyle};
use super::{Basemap, Lambert};
use crate::event::EventPlace;
use crate::gazetteer::{PlaceId, PlaceKind};
use crate::toponym::GeoPrecision;

/// How far down lines are veiled for the title, CSS pixels.
const VEIL: f64 = 124.0;

/// How high the legend's corner is where it lies on the map, and what is free around furniture there, CSS pixels.
const LEGEND: f64 = 430.0;
const CLEAR: f64 = 18.0;

impl Plate {
    /// Whether a point, in pixels, is shown, and not hidden by the legend or the locator.
    pub(super) fn shows(&self, at: Coord) -> bool {
        let Some(locator) = &self.locator else { return self.focus.is_none() || self.window.contains(&at) };
        let (right, bottom) = (self.page[0], self.page[1]);
        let corner =
            if self.arrangement.panel > 0.0 { [0.0, 0.0] } else { [column(&self.arrangement), LEGEND] };
        let legend = boxed(right - corner[0], bottom - corner[1], corner[0], corner[1]);
        self.window.contains(&at) && !legend.contains(&at) && !grown(locator.rect, CLEAR).contains(&at)
    }

    /// Whether a point, in pixels, lies in what the map is about, which no mist covers.
    pub(super) fn is_clear(&self, at: Coord) -> bool {
        self.focus.is_none() || self.subject.contains(&at)
    }

    /// Whether a province or district is named by the page's title already.
    pub(super) fn is_titled(&self, unit: &PlaceId) -> bool {
        self.focus.as_ref().is_some_and(|f| !f.is_circle() && f.id == *unit)
    }

    /// Whether a province or district is counted.
    pub(super) fn counts(&self, unit: &PlaceId) -> bool {
        self.focus.as_ref().is_none_or(|f| f.counts(unit))
    }

    /// Where something at a place is drawn, in pixels, and whether only its province is known, or its district where
    /// a district is large.
    pub(super) fn spot(&self, place: &EventPlace) -> (Coord, bool) {
        let of_province = place.precision >= GeoPrecision::Province || place.kind == PlaceKind::Province;
        let near = self.focus.is_some() && !is_bare(&self.arrangement);
        let of_district = place.precision >= GeoPrecision::District || place.kind == PlaceKind::District;
        let (units, id) = match of_province {
            true => (&self.provinces, place.admin1.as_ref()),
            false => (&self.districts, place.admin2.as_ref()),
        };
        let coarse = of_province || near && of_district;
        let unit = id.filter(|_| coarse).and_then(|id| units.iter().find(|u| u.id == *id));
        (unit.map_or_else(|| self.plane.point(place.position.0), |u| u.pole), coarse)
    }

    /// Whether something at a place is told of.
    pub(super) fn tells(&self, place: &EventPlace) -> bool {
        self.focus.is_none() || place.precision <= GeoPrecision::Part && self.shows(self.spot(place).0)
    }

    /// Whether a place that is told of lies in what the map is about.
    pub(super) fn is_subject(&self, place: &EventPlace) -> bool {
        let Some(focus) = &self.focus else { return true };
        let in_circle = || self.subject.contains(&self.plane.point(place.position.0));
        focus.holds(place).unwrap_or_else(in_circle)
    }

    /// Where lines are veiled for the title.
    pub(super) fn title_ground(&self) -> Rect {
        let panel = self.arrangement.panel;
        let [w, h] = if panel > 0.0 { [panel * 1.12, self.page[1]] } else { [self.page[0], VEIL] };
        boxed(0.0, 0.0, w, h)
    }

    /// The ground of the title on a closer map, which areas reach.
    pub(super) fn veil(&self, canvas: &Canvas, style: &MapStyle) {
        let (panel, palette) = (self.arrangement.panel, &style.palette);
        if panel > 0.0 {
            let width = panel + CLEAR / 2.0;
            canvas.rect(boxed(0.0, 0.0, width, self.page[1]), Fill::Flat(palette.land, 1.0));
            canvas.rect(boxed(width, 0.0, 1.0, self.page[1]), Fill::Flat(palette.rule, 1.0));
        } else {
            canvas.rect(self.title_ground(), Fill::Server("fade"));
        }
    }

    /// Whether lines end where the circle ends that is shown.
    pub(super) fn is_cut(&self) -> bool {
        self.focus.as_ref().is_some_and(|f| f.is_circle())
    }

    /// As much of rings as a closer map shows clearly.
    pub(super) fn seen(&self, rings: Vec<Vec<Coord>>) -> Vec<Vec<Coord>> {
        if !self.is_cut() {
            return rings;
        }
        let lines = MultiLineString::new(rings.into_iter().map(LineString::new).collect());
        self.subject.clip(&lines, false).into_iter().map(|l| l.0).collect()
    }

    /// The lines of districts, and a mist over what the map is not about.
    pub(super) fn draw_around(&self, canvas: &Canvas, style: &MapStyle) {
        let (palette, focus) = (&style.palette, style.focus());
        self.draw_district_lines(canvas, style);
        let around = [self.outline.clone(), self.edge()].concat();
        canvas.group("mist", |c| c.shape(&around, Fill::Flat(palette.land, focus.mist)));
    }

    pub(super) fn draw_district_lines(&self, canvas: &Canvas, style: &MapStyle) {
        let colour = style.palette.province_line;
        let line = Stroke { colour, width: style.focus().district_line, opacity: 1.0 };
        canvas.group("district-lines", |c| c.lines(&self.district_mesh.lines(|_| false), line));
    }

    /// The rings of what the map is about.
    pub(super) fn edge(&self) -> Vec<Vec<Coord>> {
        let rings = self.subject.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        rings.map(|r| r.0.clone()).collect()
    }
}

/// Where the country lies on the page, or the part of it.
pub(super) fn fitted(
    basemap: &Basemap,
    style: &MapStyle,
    arrangement: &Arrangement,
    page: [f64; 2],
    focus: Option<&Focus>,
) -> Plane {
    let lambert = Lambert::new(style.conic());
    let [left, top, right, bottom] = arrangement.map;
    let room = boxed(left, top, page[0] - left - right, page[1] - top - bottom);
    let whole = boxed(-8.0, -8.0, page[0] + 16.0, page[1] + 16.0);
    if let Some(metres) = focus.and_then(Focus::bounds) {
        if is_bare(arrangement) {
            return Plane::close(lambert, metres, boxed(0.0, 0.0, page[0], page[1]), whole);
        }
        let free = window(arrangement, page);
        let right = right.max(column(arrangement) * f64::from(u8::from(arrangement.panel <= 0.0)));
        let (x, y) = (left.max(free.min().x), top.max(free.min().y));
        let (width, height) = (free.max().x.min(page[0] - right) - x, free.max().y - bottom / 4.0 - y);
        let margin = style.focus().margin * width.min(height);
        let room = boxed(x + margin, y + margin, width - 2.0 * margin, height - 2.0 * margin);
        return Plane::close(lambert, metres, room, whole);
    }
    Plane::fit(lambert, basemap.provinces().map(|(_, a)| &a.shape), room, whole)
}

/// What a closer map leaves free of its title, its text panel and its footer.
pub(super) fn window(arrangement: &Arrangement, page: [f64; 2]) -> Rect {
    if is_bare(arrangement) {
        return boxed(0.0, 0.0, page[0], page[1]);
    }
    let (left, top) = if arrangement.panel > 0.0 { (arrangement.panel + CLEAR, 8.0) } else { (0.0, VEIL) };
    boxed(left, top, page[0] - left, page[1] - arrangement.footer - top)
}

/// Whether a page has no furniture, as an inset.
pub(super) fn is_bare(arrangement: &Arrangement) -> bool {
    arrangement.legend <= 0.0
}

/// The width of the column of the legend.
fn column(arrangement: &Arrangement) -> f64 {
    arrangement.legend + arrangement.margin + CLEAR
}
