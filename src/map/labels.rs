//! Labels: names of cities, provinces and neighbours, placed by priority so that none covers another.

use std::collections::BTreeSet;
use std::ops::Range;

use geo::{Coord, Rect};

use super::backend::fraction;
use super::canvas::{Canvas, Setting, boxed};
use super::detail::{self, LineName, along};
use super::dots::{Dot, dots};
use super::edition::Edition;
use super::fonts::Fonts;
use super::marks::Spot;
use super::palette::Colour;
use super::placer::{Placed, Placer, Taken, around, centred, grown};
use super::plate::Plate;
use super::story::Desk;
use super::style::{MapStyle, Role, Type};
use super::unit::Unit;
use crate::control::ControlStatus;
use crate::gazetteer::PlaceId;

/// A name where it will stand.
#[derive(Debug)]
pub(super) struct Label {
    text: String,
    role: Role,
    placed: Placed,
    on_taliban: bool,
}

/// All names of a map.
#[derive(Debug, Default)]
pub(super) struct Labels<'a> {
    dots: Vec<Dot<'a>>,
    labels: Vec<Label>,
    /// Rivers and roads, with the colours of their names.
    lines: Vec<(String, LineName, Colour)>,
    /// The areas that are named.
    named: BTreeSet<PlaceId>,
}

/// What labels are placed with.
pub(super) struct Ground<'a> {
    pub(super) plate: &'a Plate,
    pub(super) edition: &'a Edition<'a>,
    pub(super) style: &'a MapStyle,
    pub(super) fonts: &'a Fonts,
    pub(super) desk: Desk<'a>,
}

/// Pixels free around what only a closer map names.
const APART: f64 = 5.0;
/// Pixels between a dot and its name.
const GAP: f64 = 2.4;
/// Offsets of a province's name from the pole, in widths and heights of the name.
const OFFSETS: [[f64; 2]; 15] = [
    [0.0, 0.0],
    [0.0, -0.8],
    [0.0, 0.8],
    [-0.25, 0.0],
    [0.25, 0.0],
    [-0.25, -0.9],
    [0.25, -0.9],
    [-0.25, 0.9],
    [0.25, 0.9],
    [0.0, -1.7],
    [0.0, 1.7],
    [-0.5, 0.0],
    [0.5, 0.0],
    [0.0, -2.8],
    [0.0, 2.8],
];

impl<'a> Ground<'a> {
    fn set(&self, role: Role) -> Type {
        self.style.text(role, &self.plate.arrangement)
    }

    /// The unit that is drawn at a point.
    fn unit(&self, at: Coord) -> Option<&'a Unit> {
        let in_district =
            self.edition.districts.then(|| self.plate.districts.iter().find(|u| u.contains(at)));
        let reported = |u: &&Unit| self.edition.status(&u.id) != ControlStatus::Unknown;
        in_district
            .flatten()
            .filter(reported)
            .or_else(|| self.plate.provinces.iter().find(|u| u.contains(at)))
    }

    fn is_taliban(&self, at: Coord) -> bool {
        self.plate.is_clear(at)
            && self.unit(at).is_some_and(|u| {
                self.edition.status(&u.id) == ControlStatus::Taliban && !self.edition.is_stale(&u.id)
            })
    }

    /// How badly text would stand there: over a border of classes or of the country.
    fn unease(&self, rect: Rect) -> i32 {
        let y = rect.center().y;
        let at = |u: f64| Coord { x: rect.min().x + u * rect.width(), y };
        let samples = [0.04, 0.28, 0.5, 0.72, 0.96].map(at);
        let class = |p: &Coord| self.unit(*p).map(|u| self.edition.status(&u.id));
        let mixed = samples.iter().any(|p| class(p) != class(&samples[0]));
        let dark = samples.iter().filter(|p| self.is_taliban(**p)).count();
        let home = samples.iter().filter(|p| self.plate.at_home(**p)).count();
        2 * i32::from(mixed)
            + i32::from(dark != 0 && dark != samples.len())
            + i32::from(home != 0 && home != samples.len())
    }
}

impl<'a> Labels<'a> {
    /// Takes the room of all dots, and names the largest city and the markers that will have no callout (those
    /// outside `told`) before callouts take the room.
    pub(super) fn reserve(
        ground: &Ground<'a>,
        spots: &[Spot<'_>],
        told: Range<usize>,
        placer: &mut Placer,
    ) -> Labels<'a> {
        let mut labels = Labels { dots: dots(ground, spots), ..Labels::default() };
        for dot in labels.dots.iter().filter(|d| d.marker.is_none() && !d.is_detail) {
            placer.take(dot.rect(ground.style), Taken::Dot);
        }
        for i in 0..labels.dots.len() {
            let dot = &labels.dots[i];
            if dot.role == Role::Kabul || dot.marker.is_some_and(|(i, _)| !told.contains(&i)) {
                labels.dot(i, ground, placer);
            }
        }
        labels
    }

    /// Places all other names by priority; what finds no place is left out. A place whose marker has a callout (those
    /// in `called`) needs no name unless it is a capital.
    pub(super) fn place(&mut self, ground: &Ground<'a>, called: &BTreeSet<usize>, placer: &mut Placer) {
        for i in 0..self.dots.len() {
            let dot = &self.dots[i];
            if dot.role == Role::Town && dot.marker.is_some_and(|(i, _)| called.contains(&i)) {
                continue;
            }
            if dot.labelled || dot.is_detail && !placer.is_free(grown(dot.rect(ground.style), APART)) {
                continue;
            }
            let rect = dot.rect(ground.style);
            self.dot(i, ground, placer);
            if self.dots[i].labelled && self.dots[i].is_detail {
                placer.take(rect, Taken::Dot);
            }
        }
        self.dots.retain(|d| d.labelled || d.status.is_some());
        if ground.plate.focus.is_some() {
            let palette = &ground.style.palette;
            self.lines(&ground.plate.roads, palette.ink2, ground, placer);
            self.lines(&ground.plate.rivers, palette.river_name, ground, placer);
            self.areas(&ground.plate.provinces, &[Role::ProvinceWide], ground, placer);
            self.areas(&ground.plate.districts, &[Role::District], ground, placer);
        }
        self.areas(&ground.plate.provinces, &[Role::Province, Role::ProvinceSmall], ground, placer);
        self.neighbours(ground, placer);
    }

    fn dot(&mut self, i: usize, ground: &Ground<'a>, placer: &mut Placer) {
        let dot = &self.dots[i];
        let set = ground.set(dot.role);
        let width = ground.fonts.width(ground.desk.name(dot.place), set);
        let gap = dot.marker.map_or(dot.radius(ground.style), |(_, r)| r + 1.5) + GAP;
        let own = boxed(dot.at.x - 1.0, dot.at.y - 1.0, 2.0, 2.0);
        let free = |p: &Placed| {
            placer.on_page(p.rect) && placer.under(p.rect).next().is_none() && !touch(p.rect, own)
        };
        let best = around(dot.at, gap, width, set)
            .into_iter()
            .enumerate()
            .filter(|(_, p)| free(p))
            .min_by_key(|(order, p)| ground.unease(p.rect) * 4 + *order as i32);
        let Some((_, placed)) = best else { return };
        placer.take(placed.rect, Taken::Label);
        let on_taliban = ground.is_taliban(placed.rect.center());
        let text = ground.desk.name(dot.place).to_owned();
        self.labels.push(Label { text, role: dot.role, placed, on_taliban });
        self.dots[i].labelled = true;
    }

    /// Names provinces or districts, the largest first, in the first of the roles that fits.
    fn areas(&mut self, units: &[Unit], roles: &[Role], ground: &Ground<'a>, placer: &mut Placer) {
        let mut units: Vec<&Unit> = units.iter().collect();
        units.sort_by(|a, b| b.size.total_cmp(&a.size));
        for unit in units {
            let of_dot = || self.dots.iter().any(|d| d.labelled && d.place.name == unit.name);
            let is_named = self.named.contains(&unit.id) || of_dot();
            if is_named || !detail::names_area(unit, ground.plate, ground.style) {
                continue;
            }
            let found =
                roles.iter().find_map(|role| spot_inside(unit, *role, ground, placer).map(|p| (*role, p)));
            let Some((role, placed)) = found else { continue };
            placer.take(placed.rect, Taken::Label);
            let on_taliban = ground.is_taliban(placed.rect.center());
            self.named.insert(unit.id.clone());
            let text = ground.desk.area_name(&unit.id, &unit.name).to_owned();
            self.labels.push(Label { text, role, placed, on_taliban });
        }
    }

    fn lines(
        &mut self,
        named: &[(String, Vec<Vec<Coord>>)],
        colour: Colour,
        ground: &Ground<'a>,
        placer: &mut Placer,
    ) {
        let set = ground.set(Role::River);
        for (name, lines) in named {
            let name = ground.desk.line_name(name);
            let width = ground.fonts.width(name, set);
            let Some(found) = lines.iter().find_map(|l| along(l, width, ground, placer)) else { continue };
            placer.take(found.placed.rect, Taken::Label);
            self.lines.push((name.to_owned(), found, colour));
        }
    }

    fn neighbours(&mut self, ground: &Ground<'a>, placer: &mut Placer) {
        for neighbour in &ground.plate.neighbours {
            let set = ground.set(Role::Country);
            let width = ground.fonts.width(&neighbour.name, set);
            let free = neighbour
                .spots
                .iter()
                .map(|at| centred(*at, width, set))
                .find(|p| placer.is_free(grown(p.rect, 8.0)));
            let Some(placed) = free else { continue };
            placer.take(placed.rect, Taken::Label);
            let text = neighbour.name.clone();
            self.labels.push(Label { text, role: Role::Country, placed, on_taliban: false });
        }
    }

    /// Dots with their names, then names of areas.
    pub(super) fn draw(&self, canvas: &Canvas, ground: &Ground<'_>) {
        canvas.group("neighbour-names", |c| self.text(c, ground, |r| r == Role::Country));
        canvas.group("cities", |c| {
            for dot in self.dots.iter().filter(|d| d.marker.is_none()) {
                dot.draw(c, ground.style);
            }
            self.text(c, ground, |r| matches!(r, Role::City | Role::Kabul | Role::Town | Role::Village));
        });
        if ground.plate.focus.is_some() {
            canvas.group("line-names", |c| self.line_names(c, ground));
            canvas.group("district-names", |c| self.text(c, ground, |r| r == Role::District));
        }
        canvas.group("province-names", |c| {
            self.text(c, ground, |r| matches!(r, Role::ProvinceWide | Role::Province | Role::ProvinceSmall));
        });
    }

    fn text(&self, canvas: &Canvas, ground: &Ground<'_>, which: impl Fn(Role) -> bool) {
        let palette = &ground.style.palette;
        for label in self.labels.iter().filter(|l| which(l.role)) {
            let (colour, halo): (Colour, Option<&str>) = match (label.role, label.on_taliban) {
                (Role::Country, _) => (palette.ink3, None),
                (_, true) => (palette.taliban_text, Some("ht")),
                (
                    Role::ProvinceWide
                    | Role::Province
                    | Role::ProvinceSmall
                    | Role::District
                    | Role::Village,
                    false,
                ) => (palette.ink2, Some("hl")),
                (_, false) => (palette.ink, Some("hl")),
            };
            let (at, anchor) = (label.placed.at, label.placed.anchor);
            canvas.text(&label.text, Setting { at, set: ground.set(label.role), colour, anchor, halo });
        }
    }

    fn line_names(&self, canvas: &Canvas, ground: &Ground<'_>) {
        let set = ground.set(Role::River);
        for (name, line, colour) in &self.lines {
            let (at, anchor) = (line.placed.at, line.placed.anchor);
            let [x, y, turn] = [at.x, at.y, line.turn].map(fraction);
            canvas.with(&format!(" transform=\"rotate({turn} {x} {y})\""));
            canvas.text(name, Setting { at, set, colour: *colour, anchor, halo: Some("hl") });
        }
    }

    /// The boxes of all names, for tests.
    pub(super) fn boxes(&self) -> impl Iterator<Item = (&str, Rect)> {
        let lines = self.lines.iter().map(|(name, l, _)| (name.as_str(), l.placed.rect));
        self.labels.iter().map(|l| (l.text.as_str(), l.placed.rect)).chain(lines)
    }
}

fn touch(a: Rect, b: Rect) -> bool {
    a.min().x < b.max().x && b.min().x < a.max().x && a.min().y < b.max().y && b.min().y < a.max().y
}

/// A place for a province's name that lies in the province and on nothing.
fn spot_inside(province: &Unit, role: Role, ground: &Ground<'_>, placer: &Placer) -> Option<Placed> {
    let set = ground.set(role);
    let width = ground.fonts.width(ground.desk.area_name(&province.id, &province.name), set);
    let apart = if ground.plate.focus.is_some() { APART } else { 0.0 };
    OFFSETS
        .iter()
        .map(|[dx, dy]| Coord { x: province.pole.x + dx * width, y: province.pole.y + dy * set.size * 1.2 })
        .map(|at| centred(at, width, set))
        .filter(|p| placer.is_free(grown(p.rect, apart)))
        .find(|p| province.share_of(p.rect) >= ground.style.geometry().label_inside)
}
