//! The flow of a block: where its lines begin and end, from left to right or, in Arabic script, from right to left.

use geo::Rect;

use super::canvas::{Anchor, boxed};

/// A block's edges, CSS pixels, and the way its lines run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    left: f64,
    right: f64,
    leftward: bool,
}

impl Flow {
    pub(super) fn new(left: f64, right: f64, leftward: bool) -> Flow {
        Flow { left, right, leftward }
    }

    /// The point so far along a line, which may be that of text that starts there.
    pub(super) fn along(&self, way: f64) -> f64 {
        if self.leftward { self.right - way } else { self.left + way }
    }

    /// The point where lines end.
    pub(super) fn end(&self) -> f64 {
        if self.leftward { self.left } else { self.right }
    }

    /// Which end of text stands where it starts.
    pub(super) fn start_anchor(&self) -> Anchor {
        if self.leftward { Anchor::End } else { Anchor::Start }
    }

    /// Which end of text stands where it ends.
    pub(super) fn end_anchor(&self) -> Anchor {
        if self.leftward { Anchor::Start } else { Anchor::End }
    }

    /// The length of a line.
    pub(super) fn length(&self) -> f64 {
        self.right - self.left
    }

    /// A box that begins so far along a line.
    pub(super) fn box_along(&self, way: f64, top: f64, width: f64, height: f64) -> Rect {
        let left = if self.leftward { self.right - way - width } else { self.left + way };
        boxed(left, top, width, height)
    }
}
