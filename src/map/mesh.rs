//! Shared borders: areas cut into arcs, so that neighbours stay joined when lines are simplified.

use geo::{Coord, LineString, MultiPolygon, Simplify};
use rustc_hash::FxHashMap;

type Key = (u64, u64);

/// Areas as rings of shared arcs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mesh {
    arcs: Vec<Vec<Coord>>,
    /// For each area, its rings, each a chain of arcs with whether it runs backwards.
    areas: Vec<Vec<Vec<(usize, bool)>>>,
}

impl Mesh {
    /// Cuts areas at the points where more than two borders meet and simplifies each arc once, to within
    /// `tolerance`.
    pub(crate) fn new(shapes: &[MultiPolygon<f64>], tolerance: f64) -> Mesh {
        let around = neighbours(shapes);
        let mut mesh = Mesh::default();
        let mut known: FxHashMap<(Key, Key), usize> = FxHashMap::default();
        for shape in shapes {
            let rings = shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
            let area = rings.map(|ring| mesh.ring(ring, &around, &mut known, tolerance)).collect();
            mesh.areas.push(area);
        }
        mesh
    }

    fn ring(
        &mut self,
        ring: &LineString<f64>,
        around: &FxHashMap<Key, Vec<Key>>,
        known: &mut FxHashMap<(Key, Key), usize>,
        tolerance: f64,
    ) -> Vec<(usize, bool)> {
        let open = &ring.0[..ring.0.len().saturating_sub(1)];
        let joint = |c: &Coord| around.get(&key(*c)).is_some_and(|n| n.len() != 2);
        let lowest = (0..open.len()).min_by_key(|i| key(open[*i]));
        let Some(start) = open.iter().position(joint).or(lowest) else { return Vec::new() };
        let mut turned: Vec<Coord> = open[start..].iter().chain(&open[..start]).copied().collect();
        turned.push(open[start]);
        let mut chain = Vec::new();
        let mut arc = vec![turned[0]];
        for (i, corner) in turned.iter().enumerate().skip(1) {
            arc.push(*corner);
            if joint(corner) || i + 1 == turned.len() {
                chain.push(self.arc(std::mem::replace(&mut arc, vec![*corner]), known, tolerance));
            }
        }
        chain
    }

    fn arc(
        &mut self,
        mut arc: Vec<Coord>,
        known: &mut FxHashMap<(Key, Key), usize>,
        tolerance: f64,
    ) -> (usize, bool) {
        let last = arc.len() - 1;
        let forth = (key(arc[0]), key(arc[1]));
        let back = (key(arc[last]), key(arc[last - 1]));
        let backwards = back < forth;
        if backwards {
            arc.reverse();
        }
        let index = *known.entry(forth.min(back)).or_insert_with(|| {
            self.arcs.push(LineString::new(arc).simplify(tolerance).0);
            self.arcs.len() - 1
        });
        (index, backwards)
    }

    fn directed(&self, (arc, backwards): (usize, bool)) -> impl Iterator<Item = Coord> {
        let line = &self.arcs[arc];
        let n = line.len();
        (0..n).map(move |i| if backwards { line[n - 1 - i] } else { line[i] })
    }

    /// The same, each arc simplified once more, to within the tolerance given for it.
    pub(crate) fn simplified(&self, tolerance: impl Fn(usize) -> f64) -> Mesh {
        let arcs = self.arcs.iter().enumerate();
        let arcs = arcs.map(|(i, arc)| LineString::new(arc.clone()).simplify(tolerance(i)).0).collect();
        Mesh { arcs, areas: self.areas.clone() }
    }

    /// How many arcs there are.
    pub(crate) fn arc_count(&self) -> usize {
        self.arcs.len()
    }

    /// The arcs around an area.
    pub(crate) fn arcs_of(&self, area: usize) -> impl Iterator<Item = usize> {
        self.areas.get(area).into_iter().flatten().flatten().map(|(arc, _)| *arc)
    }

    /// The rings of an area, closed.
    pub(crate) fn rings(&self, area: usize) -> Vec<Vec<Coord>> {
        self.areas.get(area).map_or_else(Vec::new, |rings| rings.iter().map(|r| self.joined(r)).collect())
    }

    fn joined(&self, chain: &[(usize, bool)]) -> Vec<Coord> {
        let mut ring: Vec<Coord> = Vec::new();
        for used in chain {
            ring.extend(self.directed(*used).skip(usize::from(!ring.is_empty())));
        }
        ring
    }

    /// The outline of the union of the areas `within`: the arcs that bound only one of them, joined.
    pub(crate) fn outline(&self, within: impl Fn(usize) -> bool) -> Vec<Vec<Coord>> {
        let mut uses = vec![0_u32; self.arcs.len()];
        let chosen =
            || self.areas.iter().enumerate().filter(|(i, _)| within(*i)).flat_map(|(_, a)| a).flatten();
        for (arc, _) in chosen() {
            uses[*arc] += 1;
        }
        let mut free: Vec<Option<(usize, bool)>> =
            chosen().filter(|u| uses[u.0] == 1).map(|u| Some(*u)).collect();
        let mut starts: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for (i, used) in free.iter().enumerate() {
            if let Some(first) = used.and_then(|u| self.directed(u).next()) {
                starts.entry(key(first)).or_default().push(i);
            }
        }
        let mut rings = Vec::new();
        for i in 0..free.len() {
            let Some(first) = free[i].take() else { continue };
            let mut chain = vec![first];
            let mut ring = self.joined(&chain);
            while let Some(end) = ring.last().copied() {
                let next = starts.get(&key(end)).into_iter().flatten().find_map(|j| free[*j].take());
                let Some(next) = next else { break };
                chain.push(next);
                ring.extend(self.directed(next).skip(1));
            }
            rings.push(ring);
        }
        rings
    }

    /// Every arc that no area of `but` touches.
    pub(crate) fn lines(&self, but: impl Fn(usize) -> bool) -> Vec<Vec<Coord>> {
        let mut kept = vec![true; self.arcs.len()];
        for (_, area) in self.areas.iter().enumerate().filter(|(i, _)| but(*i)) {
            for (arc, _) in area.iter().flatten() {
                kept[*arc] = false;
            }
        }
        self.arcs.iter().zip(kept).filter(|(_, k)| *k).map(|(a, _)| a.clone()).collect()
    }
}

fn key(c: Coord) -> Key {
    (c.x.to_bits(), c.y.to_bits())
}

/// For each corner, the different corners that a border leads to from it.
fn neighbours(shapes: &[MultiPolygon<f64>]) -> FxHashMap<Key, Vec<Key>> {
    let mut around: FxHashMap<Key, Vec<Key>> = FxHashMap::default();
    let mut add = |a: Key, b: Key| {
        let known = around.entry(a).or_default();
        if !known.contains(&b) {
            known.push(b);
        }
    };
    for ring in shapes.iter().flatten().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
        for line in ring.lines() {
            add(key(line.start), key(line.end));
            add(key(line.end), key(line.start));
        }
    }
    around
}
