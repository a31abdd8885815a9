//! The rows of the gazetteer's tables, read by position once the header is seen to be the expected one.

use csv::StringRecord;
use geo::Point;
use serde::Deserialize;

use super::{Place, PlaceId, PlaceKind};
use crate::data::DataFiles;
use crate::error::Error;

/// A table: its path and its columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) file: &'static str,
    columns: &'static str,
}

pub(super) const PLACES: Table = Table {
    file: "gazetteer/places.csv",
    columns: "id,name,kind,admin1,admin2,country,longitude,latitude,accuracy_km,population,seat_of,name_fa,name_ps",
};
pub(super) const NAMES: Table = Table { file: "gazetteer/names.csv", columns: "place_id,name,lang,kind" };
pub(super) const TYPES: Table = Table { file: "gazetteer/types.csv", columns: "word,kinds" };

#[derive(Deserialize)]
pub(super) struct PlaceRow<'r> {
    id: &'r str,
    name: &'r str,
    kind: PlaceKind,
    admin1: Option<&'r str>,
    admin2: Option<&'r str>,
    country: &'r str,
    longitude: f64,
    latitude: f64,
    accuracy_km: Option<f64>,
    population: Option<u32>,
    seat_of: Option<&'r str>,
    name_fa: Option<&'r str>,
    name_ps: Option<&'r str>,
}

#[derive(Deserialize)]
pub(super) struct NameRow<'r> {
    pub(super) place_id: &'r str,
    pub(super) name: &'r str,
    #[allow(dead_code, reason = "it stands between columns that are read")]
    lang: &'r str,
    pub(super) kind: &'r str,
}

#[derive(Deserialize)]
pub(super) struct TypeRow<'r> {
    pub(super) word: &'r str,
    pub(super) kinds: &'r str,
}

impl From<PlaceRow<'_>> for Place {
    fn from(row: PlaceRow<'_>) -> Place {
        let id = |text: Option<&str>| text.map(PlaceId::new);
        Place {
            id: PlaceId::new(row.id),
            name: row.name.to_owned(),
            kind: row.kind,
            admin1: id(row.admin1),
            admin2: id(row.admin2),
            country: row.country.to_owned(),
            position: Point::new(row.longitude, row.latitude),
            accuracy_km: row.accuracy_km.unwrap_or(0.0),
            population: row.population.unwrap_or(0),
            seat_of: id(row.seat_of),
            name_fa: row.name_fa.map(str::to_owned),
            name_ps: row.name_ps.map(str::to_owned),
        }
    }
}

impl Table {
    /// Gives every row to `take`, which says what is wrong with it.
    pub(super) fn each(
        self,
        data: &DataFiles,
        mut take: impl FnMut(&StringRecord) -> Result<(), String>,
    ) -> Result<(), Error> {
        let malformed =
            |line: Option<u64>, problem: String| Error::Data { file: self.file.to_owned(), line, problem };
        let broken = |e: csv::Error| malformed(e.position().map(csv::Position::line), e.to_string());
        let mut reader = csv::Reader::from_reader(data.bytes(self.file)?);
        if !reader.headers().map_err(broken)?.iter().eq(self.columns.split(',')) {
            return Err(malformed(Some(1), format!("has other columns than {}", self.columns)));
        }
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(broken)? {
            let line = record.position().map(csv::Position::line);
            take(&record).map_err(|problem| malformed(line, problem))?;
        }
        Ok(())
    }
}

/// The fields of a row, by position.
pub(super) fn fields<'r, T: Deserialize<'r>>(record: &'r StringRecord) -> Result<T, String> {
    record.deserialize(None).map_err(|e| e.to_string())
}
