//! The placer: which boxes of the page are taken, and where text may stand around a point.

use geo::{Coord, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::canvas::{Anchor, boxed};
use super::style::Type;

/// What takes a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// Title, legend, scale, footer, callouts.
    Furniture,
    /// A marker.
    Mark,
    /// A city's dot.
    Dot,
    /// A leader.
    Leader,
    /// Text on the map.
    Label,
}

/// Text with the place it got.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) at: Coord,
    pub(super) anchor: Anchor,
    pub(super) rect: Rect,
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, Taken>;

/// The taken boxes of a page.
#[derive(Debug, Clone)]
pub(super) struct Placer {
    tree: RTree<Entry>,
    page: Rect,
}

impl Placer {
    pub(super) fn new(page: Rect) -> Placer {
        Placer { tree: RTree::new(), page }
    }

    pub(super) fn take(&mut self, rect: Rect, what: Taken) {
        let corners = Rectangle::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
        self.tree.insert(GeomWithData::new(corners, what));
    }

    /// What the box would lie on.
    pub(super) fn under(&self, rect: Rect) -> impl Iterator<Item = Taken> {
        let envelope = AABB::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
        self.tree.locate_in_envelope_intersecting(envelope).map(|e| e.data)
    }

    /// Whether the box lies on the page and on nothing.
    pub(super) fn is_free(&self, rect: Rect) -> bool {
        self.on_page(rect) && self.under(rect).next().is_none()
    }

    pub(super) fn on_page(&self, rect: Rect) -> bool {
        rect.min().x >= self.page.min().x
            && rect.min().y >= self.page.min().y
            && rect.max().x <= self.page.max().x
            && rect.max().y <= self.page.max().y
    }
}

/// Height over the baseline and depth below it, in ems: what capitals, ascenders and descenders reach.
const ASCENT: f64 = 0.76;
const DESCENT: f64 = 0.24;
/// Half the height of capitals.
const HALF_CAPITAL: f64 = 0.33;
/// Free pixels around a label.
const PAD: f64 = 1.5;

/// The box of text `width` wide whose baseline begins at `x`, `base`.
pub(super) fn text_box(x: f64, base: f64, width: f64, set: Type) -> Rect {
    let descent = if set.caps { 0.02 } else { DESCENT };
    let rect = boxed(x, base - ASCENT * set.size, width, (ASCENT + descent) * set.size);
    grown(rect, PAD)
}

/// A box larger by so much on each side.
pub(super) fn grown(rect: Rect, by: f64) -> Rect {
    boxed(rect.min().x - by, rect.min().y - by, rect.width() + 2.0 * by, rect.height() + 2.0 * by)
}

/// Text centred on a point.
pub(super) fn centred(at: Coord, width: f64, set: Type) -> Placed {
    let base = at.y + HALF_CAPITAL * set.size;
    Placed {
        at: Coord { x: at.x, y: base },
        anchor: Anchor::Middle,
        rect: text_box(at.x - width / 2.0, base, width, set),
    }
}

/// How far a name above or below a point may be pushed aside, in widths of it.
const ASIDE: f64 = 0.28;

/// The places around a point, the preferred first.
pub(super) fn around(at: Coord, gap: f64, width: f64, set: Type) -> [Placed; 12] {
    let level = at.y + HALF_CAPITAL * set.size;
    let above = at.y - gap - DESCENT * set.size;
    let below = at.y + gap + (ASCENT + 0.02) * set.size;
    let (near, slant, aside) = (gap + 1.0, gap * 0.7, ASIDE * width);
    let place = |x: f64, base: f64, anchor: Anchor| {
        let start = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Placed { at: Coord { x, y: base }, anchor, rect: text_box(start, base, width, set) }
    };
    [
        place(at.x + near, level, Anchor::Start),
        place(at.x - near, level, Anchor::End),
        place(at.x, below, Anchor::Middle),
        place(at.x, above, Anchor::Middle),
        place(at.x + slant, above + gap * 0.4, Anchor::Start),
        place(at.x + slant, below - gap * 0.4, Anchor::Start),
        place(at.x - slant, above + gap * 0.4, Anchor::End),
        place(at.x - slant, below - gap * 0.4, Anchor::End),
        place(at.x + aside, above, Anchor::Middle),
        place(at.x - aside, above, Anchor::Middle),
        place(at.x + aside, below, Anchor::Middle),
        place(at.x - aside, below, Anchor::Middle),
    ]
}
