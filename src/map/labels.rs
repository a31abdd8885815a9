//! Labels: names of cities, provinces and neighbours, placed by priority so that none covers another.

use geo::{Coord, Rect};

use super::canvas::{Anchor, Canvas, Setting, Stroke, boxed};
use super::edition::Edition;
use super::fonts::Fonts;
use super::marks::Spot;
use super::placer::{Placed, Placer, Taken, around, centred, grown};
use super::plate::{Plate, Unit};
use super::style::{Colour, MapStyle, Role, Type};
use crate::control::{ControlStatus, Level};
use crate::gazetteer::{Gazetteer, Place, PlaceId};

/// A town, base or capital with its dot.
#[derive(Debug)]
pub(super) struct Dot<'a> {
    at: Coord,
    place: &'a Place,
    status: Option<ControlStatus>,
    role: Role,
    /// A marker stands on it.
    marked: Option<f64>,
    labelled: bool,
    rank: i64,
}

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
    pub(super) gazetteer: &'a Gazetteer,
}

/// Pixels between a dot and its name.
const GAP: f64 = 4.5;
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

    /// How badly text would stand there: over a border of colours or of the country.
    fn unease(&self, rect: Rect) -> i32 {
        let y = rect.center().y;
        let at = |u: f64| Coord { x: rect.min().x + u * rect.width(), y };
        let samples = [0.04, 0.28, 0.5, 0.72, 0.96].map(at);
        let dark = samples.iter().filter(|p| self.is_taliban(**p)).count();
        let home = samples.iter().filter(|p| self.plate.at_home(**p)).count();
        3 * i32::from(dark != 0 && dark != samples.len()) + 3 * i32::from(home != 0 && home != samples.len())
    }
}

impl<'a> Labels<'a> {
    /// Places names by priority; what finds no place is left out.
    pub(super) fn place(
        ground: &Ground<'a>,
        spots: &[Spot<'_>],
        told: &[usize],
        placer: &mut Placer,
    ) -> Labels<'a> {
        let mut labels = Labels { dots: dots(ground, spots, told), labels: Vec::new() };
        for dot in labels.dots.iter().filter(|d| d.marked.is_none()) {
            let r = if dot.role == Role::Town { ground.style.mark().unit } else { ground.style.mark().city };
            placer.take(boxed(dot.at.x - r, dot.at.y - r, 2.0 * r, 2.0 * r), Taken::Mark);
        }
        for i in 0..labels.dots.len() {
            labels.dot(i, ground, placer);
        }
        labels.dots.retain(|d| d.labelled || d.status.is_some());
        labels.provinces(ground, placer);
        labels.neighbours(ground, placer);
        labels
    }

    fn dot(&mut self, i: usize, ground: &Ground<'a>, placer: &mut Placer) {
        let dot = &self.dots[i];
        let set = ground.set(dot.role);
        let width = ground.fonts.width(&dot.place.name, set);
        let gap = dot.marked.map_or(GAP, |r| r + 4.0) + if dot.role == Role::Kabul { 2.0 } else { 0.0 };
        let own = boxed(dot.at.x - 1.0, dot.at.y - 1.0, 2.0, 2.0);
        let free = |p: &Placed| {
            placer.on_page(p.rect) && placer.under(p.rect).next().is_none() && !touch(p.rect, own)
        };
        let best = around(dot.at, gap, width, set)
            .into_iter()
            .enumerate()
            .filter(|(_, p)| free(p))
            .min_by_key(|(order, p)| ground.unease(p.rect) * 2 + *order as i32);
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
            for dot in self.dots.iter().filter(|d| d.marked.is_none()) {
                draw_dot(c, dot, ground.style);
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

/// Capitals, and towns and bases with a status or an untold event, the most important first.
fn dots<'a>(ground: &Ground<'a>, spots: &[Spot<'_>], told: &[usize]) -> Vec<Dot<'a>> {
    let gazetteer = ground.gazetteer;
    let spot_of = |id: &PlaceId| {
        spots
            .iter()
            .enumerate()
            .find(|(_, s)| !s.mark.coarse && s.mark.events.iter().any(|e| e.place.id == *id))
    };
    let largest = gazetteer.places().filter(|p| !p.is_abroad()).map(|p| p.population).max().unwrap_or(0);
    let mut dots = Vec::new();
    for place in gazetteer.places().filter(|p| !p.is_abroad()) {
        let capital = gazetteer.by_id(place.id.as_str()).is_some_and(|r| gazetteer.is_capital(r));
        let spot = spot_of(&place.id);
        let status = ground.edition.statuses.get(&place.id).filter(|s| {
            matches!(s.level, Level::Capital | Level::Settlement | Level::Facility)
                || (s.level == Level::District && ground.plate.districts.is_empty())
        });
        let status = status.map(|s| s.status).filter(|s| *s != ControlStatus::Unknown);
        if !capital && spot.is_none() && status.is_none() {
            continue;
        }
        let area = matches!(place.kind, crate::gazetteer::PlaceKind::Province);
        if area || spot.is_some_and(|(i, _)| told.contains(&i)) && !capital {
            continue;
        }
        let kabul = capital && place.population == largest;
        let role = match (kabul, capital) {
            (true, _) => Role::Kabul,
            (false, true) => Role::City,
            (false, false) => Role::Town,
        };
        if capital
            && !kabul
            && spot.is_none()
            && status.is_none()
            && i64::from(place.population) < LEAST_CAPITAL
        {
            continue;
        }
        let rank = [kabul, spot.is_some(), capital && status.is_some(), capital, status.is_some()];
        let rank = rank.iter().position(|r| *r).map_or(5, |r| r as i64);
        dots.push(Dot {
            at: spot.map_or_else(|| ground.plate.plane.point(place.position.0), |(_, s)| s.at),
            place,
            status,
            role,
            marked: spot.map(|(_, s)| s.radius),
            labelled: spot.is_some_and(|(i, _)| told.contains(&i)) && false,
            rank,
        });
    }
    dots.sort_by_key(|d| (d.rank, std::cmp::Reverse(d.place.population), d.place.id.clone()));
    dots
}

/// Capitals with fewer inhabitants are named only when something is reported of them.
const LEAST_CAPITAL: i64 = 50_000;

fn draw_dot(canvas: &Canvas, dot: &Dot<'_>, style: &MapStyle) {
    let (palette, mark) = (&style.palette, style.mark());
    let stroke = |colour, width| Stroke { colour, width, opacity: 1.0 };
    let colour = match dot.status {
        Some(ControlStatus::Taliban) => palette.taliban,
        Some(ControlStatus::Government) => palette.government,
        Some(ControlStatus::Contested) => palette.contested,
        _ => palette.paper,
    };
    match (dot.role, dot.status) {
        (Role::Kabul, _) | (Role::City, Some(_)) => {
            canvas.disc(dot.at, mark.capital_ring + mark.city_ring, palette.halo);
            canvas.disc(dot.at, mark.capital_ring, colour);
            canvas.ring(dot.at, mark.capital_ring - 0.7, stroke(palette.ink, 1.4));
            canvas.disc(dot.at, mark.capital_dot, palette.ink);
        }
        (Role::City, None) => {
            canvas.disc(dot.at, mark.city + mark.city_ring, palette.halo);
            canvas.disc(dot.at, mark.city, palette.ink);
        }
        _ => {
            canvas.disc(dot.at, mark.unit + mark.city_ring, palette.halo);
            canvas.disc(dot.at, mark.unit, colour);
            canvas.ring(dot.at, mark.unit - 0.5, stroke(palette.ink, 1.1));
        }
    }
    let _ = Anchor::Start;
}
