//! The plate: what all maps of one frame share, projected and drawn once.

use std::sync::Arc;

use geo::{
    Area as _, BooleanOps, BoundingRect, Contains, Coord, LineString, MapCoords, MultiLineString,
    MultiPolygon, Polygon, Rect,
};
use polylabel::polylabel;
use resvg::tiny_skia::IntRect;

use super::basemap::Area;
use super::canvas::{Canvas, Fill, Stroke, boxed};
use super::cover::Cover;
use super::focus::Focus;
use super::fonts::Fonts;
use super::locator::Locator;
use super::mesh::Mesh;
use super::plane::Plane;
use super::scan::Scan;
use super::sight::{fitted, is_bare, window};
use super::style::{Arrangement, MapStyle, Role};
use super::unit::{Unit, units};
use super::{Basemap, Frame};
use crate::gazetteer::PlaceId;

/// A neighbouring country, with where its name may stand, best first (centres).
#[derive(Debug)]
pub(super) struct Neighbour {
    pub(super) name: String,
    pub(super) spots: Vec<Coord>,
}

/// What all maps of one frame share.
#[derive(Debug)]
pub(super) struct Plate {
    /// The page as given out, CSS pixels.
    pub(super) out: (u32, u32),
    /// The page as arranged; `out` is this, scaled.
    pub(super) page: [f64; 2],
    pub(super) arrangement: Arrangement,
    pub(super) plane: Plane,
    pub(super) provinces: Vec<Unit>,
    pub(super) districts: Vec<Unit>,
    pub(super) province_mesh: Mesh,
    pub(super) district_mesh: Mesh,
    pub(super) outline: Vec<Vec<Coord>>,
    /// The part of the country that is shown; None where all is.
    pub(super) focus: Option<Arc<Focus>>,
    pub(super) locator: Option<Locator>,
    /// The rivers that a closer map shows, with their names.
    pub(super) rivers: Vec<(String, Vec<Vec<Coord>>)>,
    /// The roads that it shows.
    pub(super) roads: Vec<(String, Vec<Vec<Coord>>)>,
    /// District lines are known and drawn.
    pub(super) exact: bool,
    /// What the map is about: the country, or the part of it.
    pub(super) subject: MultiPolygon<f64>,
    /// What lies outside is not told of.
    pub(super) window: Rect,
    pub(super) neighbours: Vec<Neighbour>,
    /// Layers below the status fills, as SVG elements.
    pub(super) under: String,
    /// Layers right above them.
    pub(super) over: String,
    country: MultiPolygon<f64>,
    cover: Cover,
}

/// Areas with their shapes on the page.
type Projected<'b> = (Vec<(&'b PlaceId, &'b Area)>, Vec<MultiPolygon<f64>>);

/// The code of the country that is mapped, as in the gazetteer's own country column.
const HOME: &str = "AF";

impl Plate {
    pub(super) fn new(
        basemap: &Basemap,
        style: &MapStyle,
        fonts: &Fonts,
        frame: Frame,
        focus: Option<Arc<Focus>>,
    ) -> Plate {
        let arrangement = *style.arrangement(frame);
        let (out, page) = sizes(frame, &arrangement);
        Plate::arranged(basemap, style, fonts, arrangement, out, page, focus)
    }

    /// A page of this size with no furniture, all of it a region, which is a box of metres.
    pub(super) fn of_region(
        basemap: &Basemap,
        style: &MapStyle,
        fonts: &Fonts,
        page: [f64; 2],
        metres: Rect,
    ) -> Plate {
        let bare = Arrangement {
            size: page,
            map: [0.0; 4],
            margin: 0.0,
            panel: 0.0,
            footer: 0.0,
            callouts: 0,
            legend: 0.0,
            globe: false,
            ..*style.arrangement(Frame::Article)
        };
        let out = (page[0] as u32, page[1] as u32);
        Plate::arranged(basemap, style, fonts, bare, out, page, Some(Arc::new(Focus::region(metres))))
    }

    fn arranged<'b>(
        basemap: &'b Basemap,
        style: &MapStyle,
        fonts: &Fonts,
        arrangement: Arrangement,
        out: (u32, u32),
        page: [f64; 2],
        focus: Option<Arc<Focus>>,
    ) -> Plate {
        let plane = fitted(basemap, style, &arrangement, page, focus.as_deref());
        let window =
            if focus.is_some() { window(&arrangement, page) } else { boxed(0.0, 0.0, page[0], page[1]) };
        let tolerance = style.geometry().tolerance;
        let near = |shape: &MultiPolygon<f64>| focus.is_none() || plane.reaches(shape);
        let on_page = |areas: &mut dyn Iterator<Item = (&'b PlaceId, &'b Area)>| -> Projected<'b> {
            areas.map(|a| (a, plane.areas(&a.1.shape))).filter(|(_, shape)| near(shape)).unzip()
        };
        let (provinces, shapes) = on_page(&mut basemap.provinces());
        let (districts, cells) = on_page(&mut basemap.districts());
        let (province_mesh, district_mesh) = (Mesh::new(&shapes, tolerance), Mesh::new(&cells, tolerance));
        let outline = province_mesh.outline(|_| true);
        let country = evenodd(&outline);
        let subject = match &focus {
            Some(focus) => focus.shape().map_coords(|c| plane.pixel(c)),
            None => country.clone(),
        };
        let seen = focus.is_some().then_some(window);
        let mut plate = Plate {
            out,
            page,
            arrangement,
            plane,
            provinces: units(&provinces, shapes, &province_mesh, seen),
            districts: units(&districts, cells, &district_mesh, seen),
            cover: Cover::new(&subject, page),
            exact: basemap.origin().is_some(),
            locator: None,
            rivers: Vec::new(),
            roads: Vec::new(),
            focus,
            subject,
            window,
            country,
            province_mesh,
            district_mesh,
            outline,
            neighbours: Vec::new(),
            under: String::new(),
            over: String::new(),
        };
        let shows_part = plate.focus.is_some() && !is_bare(&arrangement);
        plate.locator = shows_part.then(|| Locator::new(&plate, basemap, style));
        plate.rivers = plate.seen_lines(basemap.rivers(), style);
        if shows_part {
            plate.roads = plate.seen_lines(basemap.roads(), style);
        }
        plate.neighbours = plate.name_neighbours(basemap, style, fonts);
        plate.under = plate.draw_under(basemap, style);
        plate.over = plate.draw_over(basemap, style);
        plate
    }

    /// The pixels of a picture at this scale that the country and its border reach; None where that is all.
    pub(super) fn extent(&self, scale: f32) -> Option<IntRect> {
        const BORDER: f64 = 8.0;
        if self.focus.is_some() {
            return None;
        }
        let bounds = self.country.bounding_rect()?;
        let out = f64::from(scale) * f64::from(self.out.0) / self.page[0];
        let low = |v: f64| ((v - BORDER) * out).floor().max(0.0);
        let high = |v: f64, side: f64| ((v + BORDER) * out).ceil().min((side * out).round());
        let (x0, y0) = (low(bounds.min().x), low(bounds.min().y));
        let (x1, y1) = (high(bounds.max().x, self.page[0]), high(bounds.max().y, self.page[1]));
        IntRect::from_xywh(x0 as i32, y0 as i32, (x1 - x0) as u32, (y1 - y0) as u32)
    }

    /// Whether a box lies on some of what the map is about.
    pub(super) fn touches_subject(&self, rect: Rect) -> bool {
        self.cover.touches(rect)
    }

    /// Whether a point lies in the country.
    pub(super) fn at_home(&self, at: Coord) -> bool {
        self.country.contains(&at)
    }

    /// The borders of the other countries, also where they leave the page.
    pub(super) fn borders_abroad(&self, basemap: &Basemap, style: &MapStyle) -> Vec<Vec<Coord>> {
        lines(&self.abroad(basemap, style), style)
    }

    fn abroad(&self, basemap: &Basemap, style: &MapStyle) -> MultiLineString<f64> {
        let abroad: Vec<MultiPolygon<f64>> = basemap
            .countries()
            .filter(|(code, _)| *code != HOME)
            .map(|(_, a)| self.plane.areas(&a.shape))
            .collect();
        let borders = Mesh::new(&abroad, style.geometry().tolerance).lines(|_| false);
        MultiLineString::new(borders.into_iter().map(LineString::new).collect())
    }

    /// The rivers as far as they run in the country.
    pub(super) fn rivers_at_home(&self, basemap: &Basemap, style: &MapStyle) -> Vec<Vec<Coord>> {
        let clipped = |r| lines(&self.country.clip(&self.plane.lines(r), false), style);
        basemap.rivers().iter().flat_map(|(_, r)| clipped(r)).collect()
    }

    /// The named lines that a closer map shows, as far as they are seen.
    fn seen_lines(
        &self,
        all: &[(String, MultiLineString<f64>)],
        style: &MapStyle,
    ) -> Vec<(String, Vec<Vec<Coord>>)> {
        let window = self.window.to_polygon();
        let seen = |r| lines(&window.clip(&self.plane.lines(r), false), style);
        let all = all.iter().filter(|_| self.focus.is_some());
        all.map(|(name, r)| (name.clone(), seen(r))).filter(|(_, seen)| !seen.is_empty()).collect()
    }

    /// The box around the country.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.country.bounding_rect()
    }

    fn name_neighbours(&self, basemap: &Basemap, style: &MapStyle, fonts: &Fonts) -> Vec<Neighbour> {
        let set = style.text(Role::Country, &self.arrangement);
        let page = match self.focus {
            Some(_) => self.window.to_polygon(),
            None => boxed(0.0, 0.0, self.page[0], self.page[1] - self.arrangement.footer).to_polygon(),
        };
        let mut found = Vec::new();
        for (_, area) in basemap.countries().filter(|(code, _)| *code != HOME) {
            let seen = MultiPolygon::new(vec![page.clone()]).intersection(&self.plane.areas(&area.shape));
            let seen = seen.difference(&self.country);
            let Some(largest) = seen.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
            else {
                continue;
            };
            let Ok(pole) = polylabel(largest, &1.0) else { continue };
            let (w, h) = (fonts.width(&area.name.to_uppercase(), set) + 18.0, set.size + 16.0);
            let scan = Scan::new(&seen);
            let mut spots: Vec<Coord> =
                grid(largest, 12.0, pole.0).filter(|c| covers(&scan, *c, w, h)).collect();
            let far = |c: &Coord| (c.x - pole.x()).hypot(c.y - pole.y());
            spots.sort_by(|a, b| far(a).total_cmp(&far(b)));
            found.push(Neighbour { name: area.name.clone(), spots });
        }
        found
    }

    fn draw_under(&self, basemap: &Basemap, style: &MapStyle) -> String {
        let (palette, line, opacity) = (&style.palette, style.line(), style.opacity());
        let canvas = Canvas::new(self.page);
        canvas.group("land", |c| {
            c.rect(boxed(0.0, 0.0, self.page[0], self.page[1]), Fill::Flat(palette.land, 1.0));
        });
        let stroke = |colour, width, opacity| Stroke { colour, width, opacity };
        let graticule = lines(&self.plane.graticule(style.geometry().graticule_degrees), style);
        canvas.group("graticule", |c| {
            c.lines(&graticule, stroke(palette.graticule, line.graticule, opacity.graticule));
        });
        let borders = lines(&self.plane.clip(&self.abroad(basemap, style)), style);
        canvas
            .group("neighbours", |c| c.lines(&borders, stroke(palette.neighbour_line, line.neighbour, 1.0)));
        let rivers: Vec<Vec<Coord>> =
            basemap.rivers().iter().flat_map(|(_, r)| lines(&self.plane.lines(r), style)).collect();
        canvas.group("rivers-abroad", |c| {
            c.lines(&rivers, stroke(palette.river, line.river, opacity.river_abroad));
        });
        if self.focus.is_none() {
            canvas.group("veil", |c| c.rect(self.title_ground(), Fill::Server("fade")));
        }
        canvas.group("glow", |c| {
            for width in line.glow {
                c.outline(&self.outline, stroke(palette.glow, width, opacity.glow));
            }
        });
        canvas.group("casing", |c| c.outline(&self.outline, stroke(palette.casing, line.casing, 1.0)));
        canvas.finish()
    }

    fn draw_over(&self, basemap: &Basemap, style: &MapStyle) -> String {
        let (palette, line, opacity) = (&style.palette, style.line(), style.opacity());
        let canvas = Canvas::new(self.page);
        let stroke = |colour, width, opacity| Stroke { colour, width, opacity };
        canvas.group("province-lines", |c| {
            c.lines(&self.province_mesh.lines(|_| false), stroke(palette.province_line, line.province, 1.0));
        });
        if self.focus.is_some() {
            self.draw_around(&canvas, style);
        }
        let rivers = self.rivers_at_home(basemap, style);
        canvas.group("rivers", |c| c.lines(&rivers, stroke(palette.river, line.river, opacity.river)));
        if !self.roads.is_empty() {
            let roads: Vec<Vec<Coord>> = self.roads.iter().flat_map(|(_, r)| r.clone()).collect();
            let [width, casing] = style.focus().road;
            canvas.group("roads", |c| {
                c.lines(&roads, stroke(palette.casing, casing, opacity.road));
                c.with(" stroke-dasharray=\"7 3\"");
                c.lines(&roads, stroke(palette.ink2, width, opacity.road));
            });
        }
        canvas.group("border", |c| c.outline(&self.outline, stroke(palette.border, line.border, 1.0)));
        if let Some(focus) = self.focus.as_ref().filter(|_| !is_bare(&self.arrangement)) {
            let width = if focus.is_circle() { line.border * 0.8 } else { line.border };
            canvas.group("subject", |c| {
                if focus.is_circle() {
                    c.with(" stroke-dasharray=\"5 3.5\"");
                }
                c.outline(&self.edge(), stroke(palette.border, width, 1.0));
            });
        }
        canvas.finish()
    }
}

/// The page as given out and as arranged: another size keeps the arrangement's measures, scaled, and more room.
fn sizes(frame: Frame, arrangement: &Arrangement) -> ((u32, u32), [f64; 2]) {
    let [w, h] = arrangement.size;
    match frame {
        Frame::Size { width, height } => {
            let scale = (f64::from(width) / w).min(f64::from(height) / h);
            ((width, height), [f64::from(width) / scale, f64::from(height) / scale])
        }
        _ => ((w as u32, h as u32), [w, h]),
    }
}

fn lines(shape: &MultiLineString<f64>, style: &MapStyle) -> Vec<Vec<Coord>> {
    use geo::Simplify as _;
    shape.simplify(style.geometry().tolerance).into_iter().map(|l| l.0).collect()
}

fn evenodd(rings: &[Vec<Coord>]) -> MultiPolygon<f64> {
    MultiPolygon::new(rings.iter().map(|r| Polygon::new(LineString::new(r.clone()), Vec::new())).collect())
}

/// Points of a grid through `pole` within the bounds of a shape.
fn grid(shape: &Polygon<f64>, step: f64, pole: Coord) -> impl Iterator<Item = Coord> {
    let bounds = shape.bounding_rect().unwrap_or_else(|| Rect::new(pole, pole));
    let range = move |low: f64, high: f64, through: f64| {
        (((low - through) / step).ceil() as i32..=((high - through) / step).floor() as i32)
            .map(move |i| through + f64::from(i) * step)
    };
    range(bounds.min().x, bounds.max().x, pole.x)
        .flat_map(move |x| range(bounds.min().y, bounds.max().y, pole.y).map(move |y| Coord { x, y }))
}

/// Whether a box of this size around a centre lies in a shape.
fn covers(shape: &Scan<'_>, centre: Coord, width: f64, height: f64) -> bool {
    let steps = |n: i32| (0..=n).map(move |i| f64::from(i) / f64::from(n) - 0.5);
    steps(6).all(|u| {
        steps(2).all(|v| shape.contains(Coord { x: centre.x + u * width, y: centre.y + v * height }))
    })
}
