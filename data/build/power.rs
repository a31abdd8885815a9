//! A power diagram (weighted Voronoi) in an area, its weights fitted so that each cell gets a wanted share of the area.
//!
//! The weights are found by damped Newton steps: the derivative of a cell's size by a neighbour's weight is the length of
//! their common edge over twice the distance of the sites (Aurenhammer, Hoffmann and Aronov
//! 1998; Kitagawa, Mérigot and Thibert 2019).

use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Polygon};

const STEPS: usize = 200;
/// The fit is good when no cell is off by more than this part of the smallest share.
const GOOD: f64 = 1e-6;
/// A step is halved until the error falls and no cell gets smaller than this part of the least it is to have.
const LEAST: f64 = 0.05;
const HALVINGS: i32 = 12;

/// The sites of a diagram in one area without holes, in plane coordinates.
pub(crate) struct Diagram<'a> {
    pub(crate) area: &'a Polygon,
    pub(crate) sites: Vec<Coord>,
}

/// A corner of a cell, and the site on the other side of the edge that begins there.
type Corner = (Coord, Option<usize>);

/// How large the cells are, and how fast they grow with each weight.
struct State {
    sizes: Vec<f64>,
    slopes: Vec<Vec<f64>>,
}

impl Diagram<'_> {
    /// The cells, in the order of the sites, with sizes in proportion to `shares` as near as could be got.
    pub(crate) fn cells(&self, shares: &[f64]) -> Vec<MultiPolygon> {
        let whole = self.area.unsigned_area() / shares.iter().sum::<f64>();
        let wanted: Vec<f64> = shares.iter().map(|s| s * whole).collect();
        let weights = self.fitted(&wanted);
        (0..self.sites.len()).map(|i| self.cell(i, &weights)).collect()
    }

    fn fitted(&self, wanted: &[f64]) -> Vec<f64> {
        let mut weights = vec![0.0; wanted.len()];
        let mut state = self.state(&weights);
        let smallest = wanted.iter().copied().fold(f64::INFINITY, f64::min);
        let least = LEAST * state.sizes.iter().copied().fold(smallest, f64::min);
        for _ in 0..STEPS {
            let off: Vec<f64> = wanted.iter().zip(&state.sizes).map(|(w, s)| w - s).collect();
            if largest(&off) < GOOD * smallest {
                break;
            }
            let direction = solved(state.slopes.clone(), off.clone());
            let next = (0..HALVINGS).map(|h| 0.5_f64.powi(h)).find_map(|length| {
                let tried: Vec<f64> = weights.iter().zip(&direction).map(|(w, d)| w + length * d).collect();
                let reached = self.state(&tried);
                let left: Vec<f64> = wanted.iter().zip(&reached.sizes).map(|(w, s)| w - s).collect();
                let falls = largest(&left) < largest(&off) && reached.sizes.iter().all(|s| *s > least);
                falls.then_some((tried, reached))
            });
            match next {
                Some(better) => (weights, state) = better,
                None => break,
            }
        }
        weights
    }

    fn state(&self, weights: &[f64]) -> State {
        let n = self.sites.len();
        let mut state = State { sizes: vec![0.0; n], slopes: vec![vec![0.0; n]; n] };
        for i in 0..n {
            let ring = self.area.exterior().0.iter().skip(1).map(|c| (*c, None)).collect();
            let ring = self.cut(ring, i, weights);
            let edges = || ring.iter().zip(ring.iter().cycle().skip(1));
            state.sizes[i] = edges().map(|((a, _), (b, _))| a.x * b.y - b.x * a.y).sum::<f64>() / 2.0;
            for ((a, across), (b, _)) in edges() {
                let Some(j) = *across else { continue };
                let apart = self.sites[j] - self.sites[i];
                let distance = apart.x.hypot(apart.y);
                // Signed along the common line: where the area is cut into parts, the bridges between them cancel.
                let edge = ((b.y - a.y) * apart.x - (b.x - a.x) * apart.y) / distance;
                let slope = edge / (2.0 * distance);
                state.slopes[i][j] -= slope;
                state.slopes[i][i] += slope;
            }
        }
        state
    }

    fn cell(&self, i: usize, weights: &[f64]) -> MultiPolygon {
        const FAR: f64 = 100.0;
        let square = [(-FAR, -FAR), (FAR, -FAR), (FAR, FAR), (-FAR, FAR)];
        let square = square.into_iter().map(|(x, y)| (self.sites[i] + Coord { x, y }, None)).collect();
        let convex = self.cut(square, i, weights).into_iter().map(|(c, _)| c).collect::<LineString>();
        self.area.intersection(&Polygon::new(convex, Vec::new()))
    }

    /// What is left of a ring (counter-clockwise, not closed) on the side of site `i`.
    fn cut(&self, mut ring: Vec<Corner>, i: usize, weights: &[f64]) -> Vec<Corner> {
        let own = self.sites[i];
        for (j, &other) in self.sites.iter().enumerate().filter(|(j, _)| *j != i) {
            let normal = (other - own) * 2.0;
            let limit = square(other) - weights[j] - square(own) + weights[i];
            ring = half(&ring, normal, limit, j);
        }
        ring
    }
}

/// The part of a ring where `normal * c <= limit` (Sutherland and Hodgman 1974), new edges marked with `across`.
fn half(ring: &[Corner], normal: Coord, limit: f64, across: usize) -> Vec<Corner> {
    let over = |c: Coord| normal.x * c.x + normal.y * c.y - limit;
    let mut kept = Vec::with_capacity(ring.len() + 2);
    for ((a, edge), (b, _)) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (from, to) = (over(*a), over(*b));
        let crossing = *a + (*b - *a) * (from / (from - to));
        match (from <= 0.0, to <= 0.0) {
            (true, true) => kept.push((*a, *edge)),
            (true, false) => kept.extend([(*a, *edge), (crossing, Some(across))]),
            (false, true) => kept.push((crossing, *edge)),
            (false, false) => {}
        }
    }
    kept
}

fn square(c: Coord) -> f64 {
    c.x * c.x + c.y * c.y
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, v| v.abs().max(most))
}

/// Solves a symmetric system whose solutions differ by a constant; the last unknown is set to 0.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len() - 1;
    for k in 0..n {
        let pivot = (k..n).max_by(|&a, &b| matrix[a][k].abs().total_cmp(&matrix[b][k].abs())).unwrap_or(k);
        matrix.swap(k, pivot);
        right.swap(k, pivot);
        let (above, below) = matrix.split_at_mut(k + 1);
        let (top, known) = (&above[k], right[k]);
        for (row, value) in below.iter_mut().zip(&mut right[k + 1..]).take(n - k - 1) {
            let factor = row[k] / top[k];
            row.iter_mut().zip(top).for_each(|(cell, above)| *cell -= factor * above);
            *value -= factor * known;
        }
    }
    right[n] = 0.0;
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|column| matrix[k][column] * right[column]).sum();
        right[k] = (right[k] - known) / matrix[k][k];
    }
    right
}
