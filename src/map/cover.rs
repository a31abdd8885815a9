//! The cover: a coarse raster of where the country lies on a page.

use geo::{Contains, Coord, Line, LineString, MultiPolygon, Polygon, Rect};

/// The edge of a cell of the raster of the country, CSS pixels.
const CELL: f64 = 6.0;

/// A point this close to a border is looked at for itself, CSS pixels.
const CLOSE: f64 = 1e-3;

/// Which cells of the page the country covers, summed from the upper left, so that any box is looked up at once.
#[derive(Debug, Default)]
pub(super) struct Cover {
    columns: usize,
    sums: Vec<u32>,
}

impl Cover {
    pub(super) fn new(country: &MultiPolygon<f64>, page: [f64; 2]) -> Cover {
        let columns = (page[0] / CELL).ceil() as usize;
        let rows = (page[1] / CELL).ceil() as usize;
        let mut sums = vec![0_u32; (columns + 1) * (rows + 1)];
        for row in 0..rows {
            let y = (row as f64 + 0.5) * CELL;
            let parts: Vec<(&Polygon<f64>, Vec<f64>)> =
                country.iter().map(|p| (p, crossings(p, y))).collect();
            for column in 0..columns {
                let at = Coord { x: (column as f64 + 0.5) * CELL, y };
                let here = u32::from(parts.iter().any(|(part, borders)| contains(part, borders, at)));
                let w = columns + 1;
                sums[(row + 1) * w + column + 1] =
                    here + sums[row * w + column + 1] + sums[(row + 1) * w + column] - sums[row * w + column];
            }
        }
        Cover { columns, sums }
    }

    /// Whether a box lies on some of the country.
    pub(super) fn touches(&self, rect: Rect) -> bool {
        let w = self.columns + 1;
        let rows = self.sums.len() / w - 1;
        let cell = |v: f64, most: usize| ((v / CELL).max(0.0) as usize).min(most);
        let (x0, y0) = (cell(rect.min().x, self.columns), cell(rect.min().y, rows));
        let (x1, y1) = (cell(rect.max().x + CELL, self.columns), cell(rect.max().y + CELL, rows));
        self.sums[y1 * w + x1] + self.sums[y0 * w + x0] > self.sums[y0 * w + x1] + self.sums[y1 * w + x0]
    }
}

/// Where the borders of a shape cross the line at `y`, from left to right.
fn crossings(shape: &Polygon<f64>, y: f64) -> Vec<f64> {
    let rings = std::iter::once(shape.exterior()).chain(shape.interiors());
    let crossing = |line: Line<f64>| {
        let (a, b) = (line.start, line.end);
        ((a.y <= y) != (b.y <= y)).then(|| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
    };
    let mut found: Vec<f64> = rings.flat_map(LineString::lines).filter_map(crossing).collect();
    found.sort_by(f64::total_cmp);
    found
}

/// Whether a shape contains a point on a line that its borders cross there.
fn contains(shape: &Polygon<f64>, borders: &[f64], at: Coord) -> bool {
    let before = borders.partition_point(|x| *x < at.x);
    let near = [before.checked_sub(1), Some(before)].into_iter().flatten();
    let is_close = near.filter_map(|i| borders.get(i)).any(|x| (x - at.x).abs() < CLOSE);
    if is_close { shape.contains(&at) } else { before % 2 == 1 }
}
