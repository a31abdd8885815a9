//! Callouts: the day's most important events in words, beside the country, each tied to its marker.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use geo::{Coord, Rect};

use super::canvas::{Canvas, Fill, Setting, Stroke, boxed};
use super::edition::Edition;
use super::flow::Flow;
use super::fonts::Fonts;
use super::marks::Spot;
use super::placer::{Placer, Taken, grown};
use super::plate::Plate;
use super::story;
use super::style::{MapStyle, Role, Type};
use super::wording::Wording;
use crate::event::EventId;

/// Widths of a callout's text, the preferred first, and the frame around it, in CSS pixels.
const TEXT_WIDTHS: [f64; 3] = [252.0, 190.0, 140.0];
const PAD: f64 = 12.0;
const BAR: f64 = 3.0;
/// Steps of the search for a place.
const STEP: f64 = 12.0;
/// What it costs, in pixels of leader, not to stand at the page's margin, to bend, to run over a name or a dot.
const OFF_MARGIN: f64 = 90.0;
const BEND: f64 = 24.0;
const OVER_NAME: f64 = 400.0;
/// What costs more is left out, but for the first where no panel tells of the news: its leader would cut the map in two.
const MOST: f64 = 500.0;
/// The same on a closer map, which its subject fills.
const MOST_CLOSER: f64 = 900.0;
/// To be narrower by one width, and, for each pixel of leader, to run over the country.
const NARROW: f64 = 45.0;
const OVER_HOME: f64 = 1.0;

/// A callout with its place.
#[derive(Debug)]
pub(super) struct Callout {
    /// The event that leads it.
    pub(super) event: EventId,
    rect: Rect,
    leader: Vec<Coord>,
    head: Vec<String>,
    body: Vec<String>,
    source: String,
}

impl Callout {
    pub(super) fn name(&self) -> String {
        self.head.join(" ")
    }

    pub(super) fn rect(&self) -> Rect {
        self.rect
    }
}

/// The types of the three parts.
struct Types {
    head: Type,
    body: Type,
    source: Type,
}

impl Types {
    fn new(style: &MapStyle, plate: &Plate) -> Types {
        let of = |role| style.text(role, &plate.arrangement);
        Types { head: of(Role::CalloutHead), body: of(Role::CalloutBody), source: of(Role::CalloutSource) }
    }
}

/// Writes and places callouts for the first spots, as many as the frame allows; what finds no place is left out.
pub(super) fn place(
    spots: &[Spot<'_>],
    edition: &Edition<'_>,
    ground: (&Plate, &MapStyle, &Fonts, &Wording),
    placer: &mut Placer,
) -> Vec<Callout> {
    let wanted = ground.0.arrangement.callouts.min(spots.len());
    let mut best: Option<(Try, Placer)> = None;
    // Each of the foremost seeks first once, until all find a place.
    for first in 0..wanted {
        let order = std::iter::once(first).chain((0..spots.len()).filter(|i| *i != first));
        let mut room = placer.clone();
        let tried = attempt(order, spots, edition, ground, &mut room);
        let complete = (0..wanted).all(|rank| tried.has(rank));
        if best.as_ref().is_none_or(|(b, _)| tried.beats(b, wanted)) {
            best = Some((tried, room));
        }
        if complete {
            break;
        }
    }
    let Some((tried, room)) = best else { return Vec::new() };
    *placer = room;
    tried.0.into_iter().map(|(_, _, callout)| callout).collect()
}

/// Callouts with the ranks of their spots and their costs.
struct Try(Vec<(usize, f64, Callout)>);

impl Try {
    fn has(&self, rank: usize) -> bool {
        self.0.iter().any(|(i, ..)| *i == rank)
    }

    /// Whether it tells of more that is important or, of the same, nearer.
    fn beats(&self, other: &Try, wanted: usize) -> bool {
        let score = |t: &Try| {
            let foremost = t.0.iter().filter(|(i, ..)| *i < wanted).count();
            let ranks: usize = t.0.iter().map(|(i, ..)| i).sum();
            let cost: f64 = t.0.iter().map(|(_, cost, _)| cost).sum();
            (t.has(0), foremost, t.0.len(), Reverse(ranks), -cost)
        };
        score(self) > score(other)
    }
}

/// Callouts in one order of seeking a place.
fn attempt(
    order: impl Iterator<Item = usize>,
    spots: &[Spot<'_>],
    edition: &Edition<'_>,
    (plate, style, fonts, wording): (&Plate, &MapStyle, &Fonts, &Wording),
    placer: &mut Placer,
) -> Try {
    let types = Types::new(style, plate);
    let mut placed: Vec<(usize, f64, Callout)> = Vec::new();
    for (rank, spot) in order.filter_map(|i| Some((i, spots.get(i)?))) {
        if placed.len() == plate.arrangement.callouts {
            break;
        }
        let mut best: Option<(f64, Callout)> = None;
        for (i, width) in TEXT_WIDTHS.into_iter().enumerate() {
            let (mut callout, size) = write(spot, edition, width, &types, fonts, wording);
            let handicap = NARROW * i as f64;
            let limit = match (rank, placed.is_empty(), &plate.focus) {
                (0, true, _) if plate.arrangement.panel <= 0.0 => f64::MAX,
                (_, _, Some(_)) => MOST_CLOSER,
                _ => MOST,
            };
            let most = best.as_ref().map_or(limit, |b| b.0) - handicap;
            if let Some((cost, rect, leader)) = search(spot, size, plate, placer, most) {
                callout.rect = rect;
                callout.leader = leader;
                best = Some((cost + handicap, callout));
            }
        }
        let Some((cost, callout)) = best else { continue };
        placer.take(grown(callout.rect, 6.0), Taken::Furniture);
        for pair in callout.leader.windows(2) {
            placer.take(grown(span(pair[0], pair[1]), 2.0), Taken::Leader);
        }
        placed.push((rank, cost, callout));
    }
    Try(placed)
}

/// A callout's text set to a width, not yet placed, with its size.
fn write(
    spot: &Spot<'_>,
    edition: &Edition<'_>,
    width: f64,
    types: &Types,
    fonts: &Fonts,
    wording: &Wording,
) -> (Callout, [f64; 2]) {
    let events = &spot.mark.events;
    let head = fonts.wrap(&story::place_head(&events[0].place, wording), types.head, width);
    let body = fonts.wrap(&story::lines(events, |e| edition.standing(e), wording), types.body, width);
    let outlets: BTreeSet<&str> =
        story::at_lead(events).flat_map(|e| &e.sources).map(|s| edition.outlet(s, wording)).collect();
    let outlets: Vec<&str> = outlets.into_iter().collect();
    let source = fonts.cut(&outlets.join(" · "), types.source, width);
    let widest = |lines: &[String], set| lines.iter().map(|l| fonts.width(l, set)).fold(0.0, f64::max);
    let text =
        widest(&body, types.body).max(widest(&head, types.head)).max(fonts.width(&source, types.source));
    let height = 14.0
        + types.head.leading * head.len() as f64
        + types.body.leading * body.len() as f64
        + if source.is_empty() { 0.0 } else { types.source.leading };
    let event = events[0].id.clone();
    let callout = Callout { event, rect: boxed(0.0, 0.0, 0.0, 0.0), leader: Vec::new(), head, body, source };
    (callout, [text.max(90.0) + 2.0 * PAD + BAR, height])
}

/// The cheapest free place for a box of this size, with its leader, where it costs less than `most`.
fn search(
    spot: &Spot<'_>,
    size: [f64; 2],
    plate: &Plate,
    placer: &Placer,
    most: f64,
) -> Option<(f64, Rect, Vec<Coord>)> {
    let margin = plate.arrangement.margin;
    let (left, right) = (margin + plate.arrangement.panel, plate.page[0] - margin);
    let (top, bottom) = (20.0, plate.page[1] - plate.arrangement.footer - 12.0);
    let columns = ((right - size[0] - left) / STEP).floor().max(0.0) as i32;
    let rows = ((bottom - size[1] - top) / STEP).floor().max(0.0) as i32;
    let mut best: Option<(f64, Rect, Vec<Coord>)> = None;
    let mut least = most;
    let columns = (0..=columns).map(|i| left + f64::from(i) * STEP).chain([right - size[0]]);
    for x in columns {
        let at_margin = x <= left || x + size[0] >= right - 0.5;
        let base = if at_margin { 0.0 } else { OFF_MARGIN };
        for y in (0..=rows).map(|i| top + f64::from(i) * STEP) {
            let rect = boxed(x, y, size[0], size[1]);
            let clear = grown(rect, 10.0);
            if base + gap(rect, spot.at) >= least || plate.touches_subject(clear) || !placer.is_free(clear) {
                continue;
            }
            for leader in leaders(rect, spot) {
                let cost = base + length(&leader, plate, placer, spot);
                if cost < least {
                    least = cost;
                    best = Some((cost, rect, leader));
                }
            }
        }
    }
    best
}

/// How far a point lies from a box, along the axes.
fn gap(rect: Rect, at: Coord) -> f64 {
    let dx = (rect.min().x - at.x).max(at.x - rect.max().x).max(0.0);
    let dy = (rect.min().y - at.y).max(at.y - rect.max().y).max(0.0);
    dx + dy
}

/// Straight leaders, and those with one right angle, from a box to a marker's edge.
fn leaders(rect: Rect, spot: &Spot<'_>) -> Vec<Vec<Coord>> {
    let (at, reach) = (spot.at, spot.radius + 2.0);
    let (low, high) = (rect.min(), rect.max());
    let mut found = Vec::new();
    let edge_y = if at.y > high.y { high.y } else { low.y };
    let outside_y = at.y > high.y + reach || at.y < low.y - reach;
    let outside_x = at.x > high.x + reach || at.x < low.x - reach;
    let stop_y = |from: f64| if from < at.y { at.y - reach } else { at.y + reach };
    let stop_x = |from: f64| if from < at.x { at.x - reach } else { at.x + reach };
    if outside_y && at.x > low.x + 8.0 && at.x < high.x - 8.0 {
        found.push(vec![Coord { x: at.x, y: edge_y }, Coord { x: at.x, y: stop_y(edge_y) }]);
    }
    let edge_x = if at.x > high.x { high.x } else { low.x };
    if outside_x && at.y > low.y + 8.0 && at.y < high.y - 8.0 {
        found.push(vec![Coord { x: edge_x, y: at.y }, Coord { x: stop_x(edge_x), y: at.y }]);
    }
    if outside_x && outside_y {
        let column = low.x + rect.width() * 0.5;
        found.push(vec![
            Coord { x: column, y: edge_y },
            Coord { x: column, y: at.y },
            Coord { x: stop_x(column), y: at.y },
        ]);
        let row = low.y + 16.0;
        found.push(vec![
            Coord { x: edge_x, y: row },
            Coord { x: at.x, y: row },
            Coord { x: at.x, y: stop_y(row) },
        ]);
    }
    found
}

/// A leader's cost; infinite where it would cross furniture or another leader.
fn length(leader: &[Coord], plate: &Plate, placer: &Placer, spot: &Spot<'_>) -> f64 {
    let mut cost = if leader.len() > 2 { BEND } else { 0.0 };
    for (i, pair) in leader.windows(2).enumerate() {
        let run = (pair[0].x - pair[1].x).abs() + (pair[0].y - pair[1].y).abs();
        cost += run + OVER_HOME * over_home(pair[0], pair[1], plate);
        let mut run = span(pair[0], pair[1]);
        if i + 2 == leader.len() {
            run = short_of(run, spot);
        }
        for taken in placer.under(grown(run, 4.0)) {
            match taken {
                Taken::Furniture | Taken::Leader | Taken::Mark => return f64::MAX,
                Taken::Dot | Taken::Label => cost += OVER_NAME,
            }
        }
    }
    cost
}

/// How many pixels of a run lie over the country.
fn over_home(a: Coord, b: Coord, plate: &Plate) -> f64 {
    let length = (a.x - b.x).abs() + (a.y - b.y).abs();
    let steps = (length / STEP).ceil().max(1.0);
    let inside = (0..steps as u32).filter(|i| {
        let u = (f64::from(*i) + 0.5) / steps;
        let at = Coord { x: a.x + (b.x - a.x) * u, y: a.y + (b.y - a.y) * u };
        plate.touches_subject(Rect::new(at, at))
    });
    length * inside.count() as f64 / steps
}

/// The box of a run without the part at its own marker.
fn short_of(run: Rect, spot: &Spot<'_>) -> Rect {
    let own = spot.bounds();
    let (mut low, mut high) = (run.min(), run.max());
    let clear = 6.0;
    if run.height() < 1.0 {
        if high.x <= own.min().x + 1.0 { high.x -= clear } else { low.x += clear }
    } else if high.y <= own.min().y + 1.0 {
        high.y -= clear;
    } else {
        low.y += clear;
    }
    Rect::new(low, high)
}

fn span(a: Coord, b: Coord) -> Rect {
    Rect::new(a, b)
}

/// The leaders, then the boxes with their text.
pub(super) fn draw(canvas: &Canvas, callouts: &[Callout], style: &MapStyle, plate: &Plate) {
    let (palette, types) = (&style.palette, Types::new(style, plate));
    canvas.group("leaders", |c| {
        for callout in callouts {
            let stroke = Stroke { colour: palette.ink, width: style.line().leader, opacity: 1.0 };
            c.lines(std::slice::from_ref(&callout.leader), stroke);
        }
    });
    canvas.group("callouts", |c| {
        for callout in callouts {
            let low = callout.rect.min();
            c.rect(callout.rect, Fill::Flat(palette.paper, style.opacity().card));
            let flow = Flow::new(low.x, callout.rect.max().x, style.is_leftward());
            c.rect(flow.box_along(0.0, low.y, BAR, callout.rect.height()), Fill::Flat(palette.ink, 1.0));
            let (x, anchor) = (flow.along(BAR + PAD - 2.0), flow.start_anchor());
            let mut y = low.y + 8.0 - 0.26 * types.head.leading;
            let put = |text: &str, set: Type, colour, y: f64| {
                let setting = Setting { at: Coord { x, y }, set, colour, anchor, halo: None };
                c.text(text, setting);
            };
            for line in &callout.head {
                y += types.head.leading;
                put(line, types.head, palette.ink, y);
            }
            for line in &callout.body {
                y += types.body.leading;
                put(line, types.body, palette.ink, y + 1.0);
            }
            if !callout.source.is_empty() {
                put(&callout.source, types.source, palette.ink2, y + types.source.leading + 2.0);
            }
        }
    });
}
