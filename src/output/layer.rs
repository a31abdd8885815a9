//! GeoJSON layers, one feature a line (RFC 7946).

use std::io::{self, Write};

use geo::{BoundingRect, Geometry, Rect};
use serde::Serialize;

use super::record::degrees;

/// Writes a feature collection as its features come; `finish` closes it.
pub(super) struct LayerWriter<W> {
    out: W,
    features: usize,
    bounds: Option<Rect>,
}

#[derive(Serialize)]
struct Feature<'f, P> {
    r#type: &'static str,
    id: &'f str,
    geometry: Option<geojson::Geometry>,
    properties: P,
}

impl<W: Write> LayerWriter<W> {
    pub(super) fn new(out: W) -> LayerWriter<W> {
        LayerWriter { out, features: 0, bounds: None }
    }

    /// Writes one feature, whose geometry is already as RFC 7946 asks (see `ring_order`).
    pub(super) fn feature(
        &mut self,
        id: &str,
        geometry: Option<&Geometry>,
        properties: &impl Serialize,
    ) -> io::Result<()> {
        let opening =
            if self.features == 0 { "{\"type\":\"FeatureCollection\",\"features\":[\n" } else { ",\n" };
        self.out.write_all(opening.as_bytes())?;
        self.features += 1;
        if let Some(found) = geometry.and_then(Geometry::bounding_rect) {
            let grown = self.bounds.map_or(found, |b| union(b, found));
            self.bounds = Some(grown);
        }
        let feature =
            Feature { r#type: "Feature", id, geometry: geometry.map(geojson::Geometry::from), properties };
        serde_json::to_writer(&mut self.out, &feature).map_err(io::Error::from)
    }

    /// Closes the collection. The box stands last, since a stream knows it only then; without features there is none.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.features == 0 {
            self.out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        }
        match self.bounds {
            Some(b) => {
                let (low, high) = (b.min(), b.max());
                let corners = [low.x, low.y, high.x, high.y].map(degrees);
                let corners = serde_json::to_string(&corners).map_err(io::Error::from)?;
                writeln!(self.out, "\n],\"bbox\":{corners}}}")?;
            }
            None => self.out.write_all(b"]}\n")?,
        }
        Ok(self.out)
    }
}

fn union(a: Rect, b: Rect) -> Rect {
    let low = geo::coord! { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
    let high = geo::coord! { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) };
    Rect::new(low, high)
}
