//! The cover: a coarse raster of where the country lies on a page.

use geo::{Coord, MultiPolygon, Rect};

use super::scan::Scan;

/// The edge of a cell of the raster of the country, CSS pixels.
const CELL: f64 = 6.0;

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
        let scan = Scan::new(country);
        for row in 0..rows {
            let y = (row as f64 + 0.5) * CELL;
            for column in 0..columns {
                let at = Coord { x: (column as f64 + 0.5) * CELL, y };
                let here = u32::from(scan.contains(at));
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
