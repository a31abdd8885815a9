//! A layer of a GeoPackage: a table of typed columns with its geometries, its index and its style.

use geo::{Rect, coord};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value as Json;

use super::blob::Shape;
use super::schema::{BOX, CONTENT, GEOMETRY, INDEX, INDEXED, STYLE, TRIGGERS, WGS84};
use crate::output::record::Kind;

/// What a layer is called, holds and looks like.
pub(super) struct Layer<'l> {
    /// A name of this program's own.
    pub(super) table: &'static str,
    pub(super) about: &'l str,
    /// Point or MULTIPOLYGON.
    pub(super) geometry: &'static str,
    /// The fields of its records, those that are `left_out` too.
    pub(super) fields: &'static [&'static str],
    pub(super) kinds: &'static [Kind],
    pub(super) left_out: &'static str,
    /// QML.
    pub(super) style: &'l str,
}

impl Layer<'_> {
    /// Writes the layer with its rows, whose records are JSON objects.
    pub(super) fn write(
        &self,
        file: &Connection,
        rows: impl Iterator<Item = (Shape, Json)>,
        changed: &str,
    ) -> rusqlite::Result<()> {
        let named = |sql: &str| sql.replace("{t}", self.table);
        let columns: Vec<(&str, Kind)> = self.columns().collect();
        let types: Vec<String> = columns.iter().map(|(n, k)| format!(", \"{n}\" {}", type_of(*k))).collect();
        let create = "CREATE TABLE \"{t}\" (\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \"geom\" ";
        file.execute_batch(&format!("{}{}{})", named(create), self.geometry, types.concat()))?;
        file.execute_batch(&named(INDEX))?;
        let slots = ", ?".repeat(columns.len());
        let mut insert = file.prepare(&named(&format!("INSERT INTO \"{{t}}\" VALUES (NULL, ?{slots})")))?;
        let mut index = file.prepare(&named(BOX))?;
        let mut extent: Option<Rect> = None;
        for (shape, record) in rows {
            let cells = columns.iter().map(|(name, _)| value(record.get(name)));
            insert.execute(params_from_iter(std::iter::once(Value::Blob(shape.to_blob())).chain(cells)))?;
            if let Some(b) = shape.bounds() {
                let (low, high) = (b.min(), b.max());
                index.execute(params![file.last_insert_rowid(), low.x, high.x, low.y, high.y])?;
                extent = Some(extent.map_or(b, |e| around(e, b)));
            }
        }
        file.execute_batch(&named(TRIGGERS))?;
        let [x0, y0, x1, y1] = corners(extent);
        file.execute(CONTENT, params![self.table, "features", self.about, changed, x0, y0, x1, y1, WGS84])?;
        file.execute(GEOMETRY, params![self.table, self.geometry, WGS84])?;
        file.execute(INDEXED, [self.table])?;
        file.execute(STYLE, params![self.table, self.table, self.style, self.about, changed])?;
        Ok(())
    }

    fn columns(&self) -> impl Iterator<Item = (&'static str, Kind)> {
        let all = self.fields.iter().copied().zip(self.kinds.iter().copied());
        all.filter(|(name, _)| *name != self.left_out)
    }
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Date => "DATE",
        Kind::Flag => "BOOLEAN",
        Kind::Whole => "INTEGER",
        Kind::Real => "DOUBLE",
    }
}

fn value(cell: Option<&Json>) -> Value {
    match cell {
        None | Some(Json::Null) => Value::Null,
        Some(Json::Bool(flag)) => Value::Integer(i64::from(*flag)),
        Some(Json::Number(n)) => match n.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => n.as_f64().map_or(Value::Null, Value::Real),
        },
        Some(Json::String(text)) => Value::Text(text.clone()),
        Some(other) => Value::Text(other.to_string()),
    }
}

fn around(a: Rect, b: Rect) -> Rect {
    let low = coord! { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
    let high = coord! { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) };
    Rect::new(low, high)
}

fn corners(extent: Option<Rect>) -> [Option<f64>; 4] {
    [
        extent.map(|e| e.min().x),
        extent.map(|e| e.min().y),
        extent.map(|e| e.max().x),
        extent.map(|e| e.max().y),
    ]
}
