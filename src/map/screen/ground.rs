//! The ground: the lines of the map as SVG elements, without colours, which the page's own style sheet gives.

use std::fmt::Write as _;

use geo::Coord;

use super::{Screen, tenths};
use crate::map::backend::{escaped, fraction};
use crate::map::marks;
use crate::map::unit::Unit;

/// How far the ground reaches beyond the country, in tenths of a pixel.
const AROUND: i32 = 160;

impl Screen<'_> {
    /// The box around the country with a margin: left, top, width, height.
    #[must_use]
    pub fn view(&self) -> [i32; 4] {
        let Some(bounds) = self.plate.bounds() else { return [0; 4] };
        let (low, high) = (tenths(bounds.min()), tenths(bounds.max()));
        [low[0] - AROUND, low[1] - AROUND, high[0] - low[0] + 2 * AROUND, high[1] - low[1] + 2 * AROUND]
    }

    /// Tenths of a pixel a kilometre.
    #[must_use]
    pub fn kilometre(&self) -> f64 {
        (self.plate.plane.kilometre() * 1e5).round() / 1e4
    }

    /// The hatches and the pictures of markers, to be used by name.
    #[must_use]
    pub fn definitions(&self) -> String {
        let hatch = self.atlas.style.hatch();
        let t = hatch.tile;
        let n = fraction;
        let one = |name: &str| {
            format!(
                "<pattern id=\"hatch-{name}\" class=\"hatch\" width=\"{t}\" height=\"{t}\" patternUnits=\"userSpaceOnUse\"><rect width=\"{t}\" height=\"{t}\" class=\"under-{name}\"/><path d=\"M-{q} {q}L{q} -{q}M0 {t}L{t} 0M{a} {b}L{b} {a}\" class=\"over-{name}\" stroke-width=\"{w}\"/></pattern>\n",
                q = n(t / 4.0),
                a = n(t * 0.75),
                b = n(t * 1.25),
                w = n(hatch.width),
            )
        };
        let hatches: String = ["contested", "claimed_taliban", "claimed_government"].map(one).concat();
        hatches + &marks::definitions(&self.atlas.glyphs)
    }

    /// The layers of the map from the bottom to the top.
    #[must_use]
    pub fn ground(&self) -> String {
        let (plate, basemap, style) = (&self.plate, &self.atlas.basemap, &self.atlas.style);
        let mut svg = String::new();
        let mut line = |class: &str, lines: &[Vec<Coord>], closed: bool| {
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"{}\"/>", path(lines, closed));
        };
        line("abroad", &plate.borders_abroad(basemap, style), false);
        line("glow", &plate.outline, true);
        line("casing", &plate.outline, true);
        line("base", &plate.outline, true);
        svg.push_str("<g id=\"areas\">\n");
        for unit in self.units() {
            svg.push_str(&area("a-", "area", unit));
        }
        svg.push_str("</g>\n<g id=\"changed\"></g>\n<g id=\"whole\">\n");
        for unit in plate.provinces.iter().filter(|_| self.districts) {
            svg.push_str(&area("p-", "province", unit));
        }
        svg.push_str("</g>\n");
        let mut line = |class: &str, lines: &[Vec<Coord>], closed: bool| {
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"{}\"/>", path(lines, closed));
        };
        if self.districts {
            line("district-line", &plate.district_mesh.lines(|_| false), false);
        }
        line("province-line", &plate.province_mesh.lines(|_| false), false);
        line("river", &plate.rivers_at_home(basemap, style), false);
        line("border", &plate.outline, true);
        svg
    }
}

fn area(prefix: &str, class: &str, unit: &Unit) -> String {
    let id = escaped(unit.id.as_str());
    format!("<path id=\"{prefix}{id}\" class=\"{class}\" d=\"{}\"/>\n", path(&unit.rings, true))
}

/// Path data in whole tenths, each step from the point before.
fn path(lines: &[Vec<Coord>], closed: bool) -> String {
    let mut data = String::new();
    for line in lines {
        let mut corners: Vec<[i32; 2]> = line.iter().map(|c| tenths(*c)).collect();
        corners.dedup();
        if corners.len() < 2 {
            continue;
        }
        let _ = write!(data, "M{} {}l", corners[0][0], corners[0][1]);
        for pair in corners.windows(2) {
            let step = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
            let space = if step[0] < 0 || data.ends_with('l') { "" } else { " " };
            let comma = if step[1] < 0 { "" } else { " " };
            let _ = write!(data, "{space}{}{comma}{}", step[0], step[1]);
        }
        if closed {
            data.push('z');
        }
    }
    data
}
