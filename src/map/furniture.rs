//! Page furniture: title, scale bar, globe, footer.

use std::collections::BTreeSet;

use geo::{Coord, Rect};
use libm::{cos, sin};

use super::canvas::{Anchor, Canvas, Fill, Setting, Stroke, boxed};
use super::edition::{Edition, class_name};
use super::flow::Flow;
use super::fonts::Fonts;
use super::palette::Colour;
use super::placer::{Placer, Taken, grown};
use super::plate::Plate;
use super::style::{MapStyle, Role};
use super::wording::{Wording, fill};
use super::{Basemap, story};
use crate::control::{Basis, Origin};

/// Kilometres in a mile.
pub(super) const MILE: f64 = 1.609_344;
/// Height of the coloured bar at the top.
const TOP_BAR: f64 = 6.0;

/// The title block: lines with their baselines.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    lines: Vec<(Role, f64, String)>,
    passed: Option<f64>,
    /// Where it ends, from the top.
    pub(super) bottom: f64,
    pub(super) rects: Vec<Rect>,
}

impl Heading {
    pub(super) fn new(edition: &Edition<'_>, plate: &Plate, style: &MapStyle, fonts: &Fonts) -> Heading {
        let arrangement = &plate.arrangement;
        let mut heading = Heading { bottom: TOP_BAR + 20.0, passed: edition.passed, ..Heading::default() };
        let panel = arrangement.panel > 0.0;
        let globe = match &plate.locator {
            _ if !arrangement.globe => 0.0,
            Some(locator) => locator.rect.width() + 14.0,
            None => 2.0 * style.geometry().globe_radius + 30.0,
        };
        let across = plate.page[0] - 2.0 * arrangement.margin - globe;
        let width = if panel { arrangement.panel - arrangement.margin } else { across };
        heading.add(&edition.title, Role::Title, width, plate, style, fonts);
        heading.bottom += 4.0;
        heading.add(&edition.subtitle, Role::Subtitle, width, plate, style, fonts);
        heading
    }

    /// Tells the leading event under the title, where that leaves the foot of the panel free from `limit` on; says
    /// whether it does.
    pub(super) fn summarise(
        &mut self,
        edition: &Edition<'_>,
        plate: &Plate,
        style: &MapStyle,
        fonts: &Fonts,
        wording: &Wording,
        limit: f64,
    ) -> bool {
        let Some(mark) = edition.marks.first() else { return false };
        let place = story::place_head(&mark.events[0].place, wording);
        let text = format!("{place}: {}", story::lines(&mark.events[..1], |e| edition.standing(e), wording));
        let mut longer = self.clone();
        longer.bottom += 14.0;
        let width = plate.arrangement.panel - plate.arrangement.margin;
        longer.add(&text, Role::Summary, width, plate, style, fonts);
        let fits = longer.bottom < limit;
        if fits {
            *self = longer;
        }
        fits
    }

    fn add(&mut self, text: &str, role: Role, width: f64, plate: &Plate, style: &MapStyle, fonts: &Fonts) {
        let set = style.text(role, &plate.arrangement);
        let flow = heading_flow(plate, style);
        for line in fonts.wrap(text, set, width) {
            let base = self.bottom + set.leading * 0.78;
            self.rects.push(flow.box_along(0.0, self.bottom, fonts.width(&line, set), set.leading));
            self.lines.push((role, base, line));
            self.bottom += set.leading;
        }
    }

    pub(super) fn draw(&self, canvas: &Canvas, plate: &Plate, style: &MapStyle) {
        let palette = &style.palette;
        let bar = Flow::new(0.0, plate.page[0], style.is_leftward());
        if self.passed.is_some() {
            canvas.rect(bar.box_along(0.0, 0.0, bar.length(), TOP_BAR), Fill::Flat(palette.rule, 1.0));
        }
        let passed = bar.length() * self.passed.unwrap_or(1.0);
        canvas.rect(bar.box_along(0.0, 0.0, passed, TOP_BAR), Fill::Flat(palette.accent, 1.0));
        let flow = heading_flow(plate, style);
        for (role, y, text) in &self.lines {
            let colour = if *role == Role::Subtitle { palette.ink2 } else { palette.ink };
            let at = Coord { x: flow.along(0.0), y: *y };
            put(canvas, text, *role, at, colour, flow.start_anchor(), plate, style);
        }
    }
}

/// Between the margins, or in the panel.
fn heading_flow(plate: &Plate, style: &MapStyle) -> Flow {
    let arrangement = &plate.arrangement;
    let across = plate.page[0] - arrangement.margin;
    let right = if arrangement.panel > 0.0 { arrangement.panel } else { across };
    Flow::new(arrangement.margin, right, style.is_leftward())
}

#[allow(clippy::too_many_arguments, reason = "one short way to set furniture text")]
fn put(
    canvas: &Canvas,
    text: &str,
    role: Role,
    at: Coord,
    colour: Colour,
    anchor: Anchor,
    plate: &Plate,
    style: &MapStyle,
) {
    let set = style.text(role, &plate.arrangement);
    canvas.text(text, Setting { at, set, colour, anchor, halo: None });
}

/// The scale bar: kilometres above, miles below.
#[derive(Debug)]
pub(super) struct ScaleBar {
    at: Coord,
    width: f64,
    km: f64,
    miles: f64,
    /// On a card, where it may lie on areas.
    card: bool,
}

impl ScaleBar {
    /// Finds room near `left_of` (the legend), else along the bottom, and takes it.
    pub(super) fn place(
        plate: &Plate,
        style: &MapStyle,
        left_of: f64,
        placer: &mut Placer,
    ) -> Option<ScaleBar> {
        let (km, miles) = lengths(plate, style);
        let width = km * plate.plane.kilometre();
        let bar = |at| ScaleBar { at, width, km, miles, card: plate.focus.is_some() };
        let bottom = plate.page[1] - plate.arrangement.footer - 36.0;
        let first = left_of - 60.0 - width;
        let columns = (0..60).flat_map(|i| [first - f64::from(i) * 20.0, first + f64::from(i) * 20.0]);
        let found = columns.map(|x| Coord { x, y: bottom }).find(|at| {
            let rect = bar(*at).rect();
            placer.is_free(grown(rect, 6.0)) && !plate.touches_subject(grown(rect, 6.0))
        })?;
        let bar = bar(found);
        placer.take(bar.rect(), Taken::Furniture);
        Some(bar)
    }

    pub(super) fn rect(&self) -> Rect {
        boxed(self.at.x - 6.0, self.at.y - 20.0, self.width + 44.0, 42.0)
    }

    pub(super) fn draw(&self, canvas: &Canvas, plate: &Plate, style: &MapStyle, wording: &Wording) {
        let palette = &style.palette;
        if self.card {
            canvas.rect(self.rect(), Fill::Flat(palette.paper, style.opacity().card));
        }
        let stroke = Stroke { colour: palette.ink2, width: 1.1, opacity: 1.0 };
        let Coord { x, y } = self.at;
        let km = plate.plane.kilometre();
        let tick = |at: f64, dy: f64| vec![Coord { x: x + at, y }, Coord { x: x + at, y: y + dy }];
        let miles = self.miles * MILE * km;
        let bar = vec![Coord { x, y }, Coord { x: x + self.width, y }];
        canvas.lines(
            &[
                bar,
                tick(0.0, -5.0),
                tick(self.width / 2.0, -5.0),
                tick(self.width, -5.0),
                tick(0.0, 5.0),
                tick(miles, 5.0),
            ],
            stroke,
        );
        let number = |n: f64| super::backend::fraction(n);
        let unit =
            |template: &str, n: f64| fill(template, |s| (s == "n").then(|| number(n))).unwrap_or_default();
        let text = |text: &str, dx: f64, dy: f64| {
            let at = Coord { x: x + dx, y: y + dy };
            put(canvas, text, Role::Scale, at, palette.ink2, Anchor::Middle, plate, style);
        };
        text("0", 0.0, -9.0);
        text(&number(self.km / 2.0), self.width / 2.0, -9.0);
        text(&unit(&wording.scale.km, self.km), self.width, -9.0);
        text(&unit(&wording.scale.miles, self.miles), miles, 17.0);
    }
}

/// Kilometres and miles of the scale bar: those of the style or, on a closer map, round ones that fit.
fn lengths(plate: &Plate, style: &MapStyle) -> (f64, f64) {
    let geometry = style.geometry();
    if plate.focus.is_none() {
        return (geometry.scale_km, geometry.scale_miles);
    }
    let most = style.focus().scale_bar / plate.plane.kilometre();
    let round = |most: f64| {
        let steps = (0..4).flat_map(|power| [1.0, 2.0, 5.0].map(|n| n * f64::from(10_u32.pow(power))));
        steps.take_while(|n| *n <= most).last().unwrap_or(1.0)
    };
    let km = round(most);
    (km, round(km / MILE))
}

/// The globe: an orthographic view with the country on it (Snyder 1987, p. 149).
pub(super) fn globe(canvas: &Canvas, basemap: &Basemap, plate: &Plate, style: &MapStyle) {
    let (geometry, palette) = (style.geometry(), &style.palette);
    let r = geometry.globe_radius;
    let centre = globe_centre(plate, style);
    canvas.disc(centre, r + 1.5, palette.paper);
    canvas.disc(centre, r, palette.sea);
    let ring = |line: &geo::LineString<f64>| horizon(line, geometry.globe_centre, centre, r);
    let land: Vec<Vec<Coord>> = basemap.globe().iter().flatten().filter_map(|p| ring(p.exterior())).collect();
    canvas.shape(&land, Fill::Flat(palette.globe_land, 1.0));
    let home: Vec<Vec<Coord>> =
        basemap.provinces().flat_map(|(_, a)| &a.shape).filter_map(|p| ring(p.exterior())).collect();
    for province in &home {
        canvas.shape(std::slice::from_ref(province), Fill::Flat(palette.accent, 1.0));
    }
    canvas.ring(centre, r, Stroke { colour: palette.ink3, width: 0.9, opacity: 0.7 });
}

pub(super) fn globe_centre(plate: &Plate, style: &MapStyle) -> Coord {
    let r = style.geometry().globe_radius;
    let flow = Flow::new(
        plate.arrangement.margin + r,
        plate.page[0] - plate.arrangement.margin - r,
        style.is_leftward(),
    );
    Coord { x: flow.end(), y: TOP_BAR + 20.0 + r }
}

/// A ring on the globe; what lies behind is drawn to the rim. None where it all lies behind.
fn horizon(line: &geo::LineString<f64>, middle: [f64; 2], centre: Coord, r: f64) -> Option<Vec<Coord>> {
    let [lon0, lat0] = middle.map(f64::to_radians);
    let mut seen = false;
    let mut ring: Vec<Coord> = Vec::new();
    for c in &line.0 {
        let (lon, lat) = (c.x.to_radians() - lon0, c.y.to_radians());
        let depth = sin(lat0) * sin(lat) + cos(lat0) * cos(lat) * cos(lon);
        let (mut x, mut y) = (cos(lat) * sin(lon), cos(lat0) * sin(lat) - sin(lat0) * cos(lat) * cos(lon));
        if depth < 0.0 {
            let far = x.hypot(y).max(1e-9);
            (x, y) = (x / far, y / far);
        } else {
            seen = true;
        }
        let at = Coord { x: centre.x + r * x, y: centre.y - r * y };
        if ring.last().is_none_or(|l| (l.x - at.x).abs() + (l.y - at.y).abs() > 0.25) {
            ring.push(at);
        }
    }
    (seen && ring.len() > 2).then_some(ring)
}

/// The footer: sources, caveat, credits, the date at the right.
pub(super) fn footer(
    canvas: &Canvas,
    edition: &Edition<'_>,
    plate: &Plate,
    style: &MapStyle,
    fonts: &Fonts,
    wording: &Wording,
) {
    let (page, arrangement, palette) = (plate.page, &plate.arrangement, &style.palette);
    let top = page[1] - arrangement.footer;
    canvas.rect(boxed(0.0, top, page[0], arrangement.footer), Fill::Flat(palette.paper, 1.0));
    let set = style.text(Role::Footer, arrangement);
    let date = wording.date(edition.day.date, &wording.page.date);
    let date_set = style.text(Role::FooterDate, arrangement);
    let date_width = fonts.width(&date, date_set);
    let room = page[0] - 2.0 * arrangement.margin - date_width - 24.0;
    let flow = Flow::new(arrangement.margin, page[0] - arrangement.margin, style.is_leftward());
    let first = top + (arrangement.footer - 2.0 * set.leading) / 2.0 + set.leading * 0.75;
    let caveat = &wording.page.caveat;
    let left = room - fonts.width(&format!(" {caveat}"), set);
    let sources = sources(edition, wording, |text| fonts.width(text, set) <= left);
    let put_line = |text: &str, y: f64, colour| {
        let at = Coord { x: flow.along(0.0), y };
        put(canvas, text, Role::Footer, at, colour, flow.start_anchor(), plate, style);
    };
    put_line(&fonts.cut(&format!("{sources} {caveat}"), set, room), first, palette.ink2);
    let mut credits = credits(edition, plate, style, wording);
    if let Some(baseline) = baseline(edition, wording, |text| fonts.cut(text, set, room / 2.0)) {
        credits = format!("{baseline} {credits}");
    }
    put_line(&fonts.cut(&credits, set, room), first + set.leading, palette.ink3);
    let at = Coord { x: flow.end(), y: top + arrangement.footer / 2.0 + date_set.size * 0.35 };
    put(canvas, &date, Role::FooterDate, at, palette.ink, flow.end_anchor(), plate, style);
}

/// "Sources: A, B and 3 more, 6-8 July 2021." with as many outlets as fit.
pub(super) fn sources(edition: &Edition<'_>, wording: &Wording, fits: impl Fn(&str) -> bool) -> String {
    let sources = &edition.day.sources;
    let mut outlets: Vec<&str> = sources.iter().map(|s| edition.outlet(s, wording)).collect();
    outlets.sort_by_key(|o| (*o == wording.page.unnamed, *o));
    outlets.dedup();
    if outlets.is_empty() {
        return wording.page.no_sources.clone();
    }
    let dates = || sources.iter().filter_map(|s| s.date);
    let span = match (dates().min(), dates().max()) {
        (Some(a), Some(b)) => format!("{}{}", wording.several.separator, wording.days(a, b)),
        _ => String::new(),
    };
    let line = |shown: usize| {
        let more = outlets.len() - shown;
        let mut list = outlets[..shown].join(&wording.several.separator);
        if more > 0 {
            let rest = fill(&wording.page.and_others, |s| (s == "n").then(|| more.to_string()));
            list = format!("{list} {}", rest.unwrap_or_default());
        }
        fill(&wording.page.sources, |s| match s {
            "outlets" => Some(list.clone()),
            "span" => Some(span.clone()),
            _ => None,
        })
        .unwrap_or_default()
    };
    (1..=outlets.len()).rev().map(line).find(|l| fits(l)).unwrap_or_else(|| line(1))
}

/// "Before the first report: SOURCE." where the map shows what no report gives. The sources are cut to fit.
pub(super) fn baseline(
    edition: &Edition<'_>,
    wording: &Wording,
    cut: impl Fn(&str) -> String,
) -> Option<String> {
    let of = |origin: &Origin| match origin {
        Origin::Everywhere(status) => fill(&wording.page.baseline_everywhere, |s| {
            (s == "status").then(|| class_name(*status, wording).to_owned())
        }),
        Origin::Baseline(source) => Some(source.clone()),
        Origin::Correction { .. } => None,
    };
    let statuses = edition.statuses.values().filter(|s| s.basis == Basis::Baseline);
    let sources: BTreeSet<String> = statuses.filter_map(|s| s.origin.as_ref()).filter_map(of).collect();
    let sources: Vec<String> = sources.into_iter().collect();
    let listed = cut(&sources.join("; "));
    let listed = listed.trim_end_matches('.');
    let told = fill(&wording.page.baseline, |s| (s == "source").then(|| listed.to_owned()));
    told.filter(|_| !sources.is_empty())
}

fn credits(edition: &Edition<'_>, plate: &Plate, style: &MapStyle, wording: &Wording) -> String {
    let conic = style.conic();
    let projection = fill(&wording.page.projection, |s| match s {
        "south" => Some(conic.parallels[0].to_string()),
        "north" => Some(conic.parallels[1].to_string()),
        "east" => Some(conic.origin[0].to_string()),
        _ => None,
    });
    let mut parts = vec![wording.page.boundaries.clone()];
    if edition.districts && !wording.page.approximate.is_empty() {
        parts.push(wording.page.approximate.clone());
    }
    if !plate.roads.is_empty() {
        parts.push(wording.focus.roads.clone());
    }
    parts.extend(projection);
    parts.join(" ")
}
