//! Callouts: the day's most important events in words, beside the country, each tied to its marker.

use std::collections::BTreeSet;

use geo::{Coord, Rect};

use super::canvas::{Anchor, Canvas, Fill, Setting, Stroke, boxed};
use super::fonts::Fonts;
use super::marks::Spot;
use super::placer::{Placer, Taken, grown};
use super::plate::Plate;
use super::story;
use super::style::{MapStyle, Role, Type};
use super::wording::Wording;

/// Widest text of a callout, and the frame around it, in CSS pixels.
const TEXT_WIDTH: f64 = 252.0;
const PAD: f64 = 12.0;
const BAR: f64 = 3.0;
/// Steps of the search for a place.
const STEP: f64 = 12.0;
/// What it costs, in pixels of leader, not to stand at the page's margin, to bend, to run over a marker.
const OFF_MARGIN: f64 = 90.0;
const BEND: f64 = 24.0;
const OVER_MARK: f64 = 400.0;

/// A callout with its place.
#[derive(Debug)]
pub(super) struct Callout {
    rect: Rect,
    leader: Vec<Coord>,
    head: String,
    body: Vec<String>,
    source: String,
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
/// Gives, for each, the spot's index.
pub(super) fn place(
    spots: &[Spot<'_>],
    plate: &Plate,
    style: &MapStyle,
    fonts: &Fonts,
    wording: &Wording,
    placer: &mut Placer,
) -> Vec<(usize, Callout)> {
    let types = Types::new(style, plate);
    let mut placed = Vec::new();
    for (i, spot) in spots.iter().enumerate() {
        if placed.len() == plate.arrangement.callouts {
            break;
        }
        let head = story::place_head(&spot.mark.events[0].place, wording);
        let body = fonts.wrap(&story::lines(&spot.mark.events, wording), types.body, TEXT_WIDTH);
        let outlets: BTreeSet<&str> =
            spot.mark.events.iter().flat_map(|e| &e.sources).map(|s| s.outlet.as_str()).collect();
        let outlets: Vec<&str> = outlets.into_iter().collect();
        let source = fonts.cut(&outlets.join(" · "), types.source, TEXT_WIDTH);
        let widest = body.iter().map(|l| fonts.width(l, types.body)).fold(0.0, f64::max);
        let text = widest.max(fonts.width(&head, types.head)).max(fonts.width(&source, types.source));
        let height = 8.0
            + types.head.leading
            + types.body.leading * body.len() as f64
            + if source.is_empty() { 0.0 } else { types.source.leading }
            + 6.0;
        let size = [text.max(90.0) + 2.0 * PAD + BAR, height];
        let Some((rect, leader)) = search(spot, size, plate, placer) else { continue };
        placer.take(grown(rect, 6.0), Taken::Furniture);
        for pair in leader.windows(2) {
            placer.take(grown(span(pair[0], pair[1]), 2.0), Taken::Leader);
        }
        placed.push((i, Callout { rect, leader, head, body, source }));
    }
    placed
}

/// The cheapest free place for a box of this size, with its leader.
fn search(spot: &Spot<'_>, size: [f64; 2], plate: &Plate, placer: &Placer) -> Option<(Rect, Vec<Coord>)> {
    let margin = plate.arrangement.margin;
    let (left, right) = (margin + plate.arrangement.panel, plate.page[0] - margin);
    let (top, bottom) = (20.0, plate.page[1] - plate.arrangement.footer - 12.0);
    let columns = ((right - size[0] - left) / STEP).floor().max(0.0) as i32;
    let rows = ((bottom - size[1] - top) / STEP).floor().max(0.0) as i32;
    let mut best: Option<(f64, Rect, Vec<Coord>)> = None;
    let xs: Vec<f64> = (0..=columns).map(|i| left + f64::from(i) * STEP).chain([right - size[0]]).collect();
    for x in xs {
        let at_margin = x <= left || x + size[0] >= right - 0.5;
        for y in (0..=rows).map(|i| top + f64::from(i) * STEP) {
            let rect = boxed(x, y, size[0], size[1]);
            let base = if at_margin { 0.0 } else { OFF_MARGIN };
            let least = base + gap(rect, spot.at);
            if best.as_ref().is_some_and(|b| b.0 <= least) || plate.touches_home(grown(rect, 10.0)) {
                continue;
            }
            if !placer.is_free(grown(rect, 10.0)) {
                continue;
            }
            for leader in leaders(rect, spot) {
                let cost = base + length(&leader, placer, spot);
                if best.as_ref().is_none_or(|b| cost < b.0) && cost < f64::MAX {
                    best = Some((cost, rect, leader));
                }
            }
        }
    }
    best.map(|(_, rect, leader)| (rect, leader))
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
fn length(leader: &[Coord], placer: &Placer, spot: &Spot<'_>) -> f64 {
    let mut cost = if leader.len() > 2 { BEND } else { 0.0 };
    for (i, pair) in leader.windows(2).enumerate() {
        cost += (pair[0].x - pair[1].x).abs() + (pair[0].y - pair[1].y).abs();
        let mut run = span(pair[0], pair[1]);
        if i + 2 == leader.len() {
            run = short_of(run, spot);
        }
        for taken in placer.under(grown(run, 4.0)) {
            match taken {
                Taken::Furniture | Taken::Leader => return f64::MAX,
                Taken::Mark | Taken::Label => cost += OVER_MARK,
            }
        }
    }
    cost
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
pub(super) fn draw(canvas: &Canvas, callouts: &[(usize, Callout)], style: &MapStyle, plate: &Plate) {
    let (palette, types) = (&style.palette, Types::new(style, plate));
    canvas.group("leaders", |c| {
        for (_, callout) in callouts {
            let stroke = Stroke { colour: palette.ink, width: style.line().leader, opacity: 1.0 };
            c.lines(std::slice::from_ref(&callout.leader), stroke);
        }
    });
    canvas.group("callouts", |c| {
        for (_, callout) in callouts {
            let low = callout.rect.min();
            c.rect(callout.rect, Fill::Flat(palette.paper, style.opacity().card));
            c.rect(boxed(low.x, low.y, BAR, callout.rect.height()), Fill::Flat(palette.ink, 1.0));
            let x = low.x + BAR + PAD - 2.0;
            let mut y = low.y + 8.0 + types.head.leading * 0.72;
            let mut put = |text: &str, set: Type, colour, y: f64| {
                let setting = Setting { at: Coord { x, y }, set, colour, anchor: Anchor::Start, halo: None };
                c.text(text, setting);
            };
            put(&callout.head, types.head, palette.ink, y);
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
