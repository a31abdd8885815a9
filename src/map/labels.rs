//! Labels: names of cities, provinces and neighbours, placed by priority so that none covers another.

use std::ops::Range;

use geo::{Coord, Rect};

use super::canvas::{Canvas, Setting, boxed};
use super::dots::{Dot, dots};
use super::edition::Edition;
use super::fonts::Fonts;
use super::marks::Spot;
use super::placer::{Placed, Placer, Taken, around, centred, grown};
use super::plate::{Plate, Unit};
use super::story::Desk;
use super::style::{Colour, MapStyle, Role, Type};
use crate::control::ControlStatus;

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
}

/// What labels are placed with.
pub(super) struct Ground<'a> {
    pub(super) plate: &'a Plate,
    pub(super) edition: &'a Edition<'a>,
    pub(super) style: &'a MapStyle,
    pub(super) fonts: &'a Fonts,
    pub(super) desk: Desk<'a>,
}

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
        self.unit(at).is_some_and(|u| {
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
        let mut labels = Labels { dots: dots(ground, spots, &told), labels: Vec::new() };
        for dot in labels.dots.iter().filter(|d| d.marker.is_none()) {
            let r = dot.radius(ground.style);
            placer.take(boxed(dot.at.x - r, dot.at.y - r, 2.0 * r, 2.0 * r), Taken::Dot);
        }
        for i in 0..labels.dots.len() {
            let dot = &labels.dots[i];
            if dot.role == Role::Kabul || dot.marker.is_some_and(|(i, _)| !told.contains(&i)) {
                labels.dot(i, ground, placer);
            }
        }
        labels
    }

    /// Places all other names by priority; what finds no place is left out.
    pub(super) fn place(&mut self, ground: &Ground<'a>, placer: &mut Placer) {
        for i in 0..self.dots.len() {
            if !self.dots[i].labelled {
                self.dot(i, ground, placer);
            }
        }
        self.dots.retain(|d| d.labelled || d.status.is_some());
        self.provinces(ground, placer);
        self.neighbours(ground, placer);
    }

    fn dot(&mut self, i: usize, ground: &Ground<'a>, placer: &mut Placer) {
        let dot = &self.dots[i];
        let set = ground.set(dot.role);
        let width = ground.fonts.width(&dot.place.name, set);
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
        self.labels.push(Label { text: dot.place.name.clone(), role: dot.role, placed, on_taliban });
        self.dots[i].labelled = true;
    }

    fn provinces(&mut self, ground: &Ground<'a>, placer: &mut Placer) {
        let mut provinces: Vec<&Unit> = ground.plate.provinces.iter().collect();
        provinces.sort_by(|a, b| b.size.total_cmp(&a.size));
        for province in provinces {
            let named = self.dots.iter().any(|d| d.labelled && d.place.name == province.name);
            if named {
                continue;
            }
            let found = [Role::Province, Role::ProvinceSmall]
                .into_iter()
                .find_map(|role| spot_inside(province, role, ground, placer).map(|p| (role, p)));
            let Some((role, placed)) = found else { continue };
            placer.take(placed.rect, Taken::Label);
            let on_taliban = ground.is_taliban(placed.rect.center());
            self.labels.push(Label { text: province.name.clone(), role, placed, on_taliban });
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
            self.text(c, ground, |r| matches!(r, Role::City | Role::Kabul | Role::Town));
        });
        canvas.group("province-names", |c| {
            self.text(c, ground, |r| matches!(r, Role::Province | Role::ProvinceSmall));
        });
    }

    fn text(&self, canvas: &Canvas, ground: &Ground<'_>, which: impl Fn(Role) -> bool) {
        let palette = &ground.style.palette;
        for label in self.labels.iter().filter(|l| which(l.role)) {
            let (colour, halo): (Colour, Option<&str>) = match (label.role, label.on_taliban) {
                (Role::Country, _) => (palette.ink3, None),
                (_, true) => (palette.taliban_text, Some("ht")),
                (Role::Province | Role::ProvinceSmall, false) => (palette.ink2, Some("hl")),
                (_, false) => (palette.ink, Some("hl")),
            };
            let (at, anchor) = (label.placed.at, label.placed.anchor);
            canvas.text(&label.text, Setting { at, set: ground.set(label.role), colour, anchor, halo });
        }
    }

    /// The boxes of all names, for tests.
    pub(super) fn boxes(&self) -> impl Iterator<Item = (&str, Rect)> {
        self.labels.iter().map(|l| (l.text.as_str(), l.placed.rect))
    }
}

fn touch(a: Rect, b: Rect) -> bool {
    a.min().x < b.max().x && b.min().x < a.max().x && a.min().y < b.max().y && b.min().y < a.max().y
}

/// A place for a province's name that lies in the province and on nothing.
fn spot_inside(province: &Unit, role: Role, ground: &Ground<'_>, placer: &Placer) -> Option<Placed> {
    let set = ground.set(role);
    let width = ground.fonts.width(&province.name.to_uppercase(), set);
    OFFSETS
        .iter()
        .map(|[dx, dy]| Coord { x: province.pole.x + dx * width, y: province.pole.y + dy * set.size * 1.2 })
        .map(|at| centred(at, width, set))
        .filter(|p| placer.is_free(p.rect))
        .find(|p| province.share_of(p.rect) >= ground.style.geometry().label_inside)
}
