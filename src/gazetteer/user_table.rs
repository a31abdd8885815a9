//! A user's own table of places, read row by row: what can be read is, the rest is named with its line.

use std::collections::BTreeMap;

use csv::{ByteRecord, Position, StringRecord};

use super::PlaceKind;
use crate::error::Notice;

/// The columns it may have. All but `id` may be left out, where the place is known already.
const COLUMNS: [&str; 14] = [
    "id",
    "name",
    "kind",
    "admin1",
    "admin2",
    "country",
    "longitude",
    "latitude",
    "accuracy_km",
    "population",
    "seat_of",
    "name_fa",
    "name_ps",
    "aliases",
];
/// Between the aliases in their cell.
const BETWEEN: char = ';';
/// No name or id is longer, in characters.
const LONGEST: usize = 100;

/// A row of the table; None where its cell is empty.
#[derive(Debug)]
pub(super) struct UserRow {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) kind: Option<PlaceKind>,
    pub(super) admin1: Option<String>,
    pub(super) admin2: Option<String>,
    pub(super) country: Option<String>,
    pub(super) longitude: Option<f64>,
    pub(super) latitude: Option<f64>,
    pub(super) accuracy_km: Option<f64>,
    pub(super) population: Option<u32>,
    pub(super) seat_of: Option<String>,
    pub(super) name_fa: Option<String>,
    pub(super) name_ps: Option<String>,
    pub(super) aliases: Vec<String>,
}

/// The rows that can be read, and what is wrong with the others.
pub(super) fn read(file: &str, bytes: &[u8]) -> (Vec<UserRow>, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = match header(&mut reader, file, &mut notices) {
        Ok(header) => header,
        Err(problem) => {
            notices.push(Notice::skipped(file, problem).at_line(1));
            return (Vec::new(), notices);
        }
    };
    let (mut rows, mut seen, mut record) = (Vec::new(), BTreeMap::new(), ByteRecord::new());
    let mut read = 0;
    while matches!(reader.read_byte_record(&mut record), Ok(true)) {
        read += 1;
        let line = record.position().map_or(0, Position::line);
        match row(&record, line, &header, &mut seen) {
            Ok(row) => rows.push(row),
            Err(problem) => notices.push(Notice::skipped(file, problem).at_line(line)),
        }
    }
    if read == 0 {
        notices.push(Notice::skipped(file, "holds no row below its header; give each place a row"));
    }
    (rows, notices)
}

/// For each column of the file, which it is; None for one that is not read.
fn header(
    reader: &mut csv::Reader<&[u8]>,
    file: &str,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Option<&'static str>>, String> {
    let cells = reader.byte_headers().map_err(|e| format!("has no readable header: {e}"))?;
    if cells.is_empty() {
        return Err("is empty; give it a header with the columns of data/gazetteer/places.csv".to_owned());
    }
    let names: Vec<String> = cells.iter().map(|c| String::from_utf8_lossy(c).trim().to_lowercase()).collect();
    let known: Vec<Option<&str>> = names.iter().map(|n| COLUMNS.iter().find(|c| *c == n).copied()).collect();
    if !known.contains(&Some("id")) {
        let short = |n: &String| n.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>();
        let has: Vec<String> = names.iter().take(COLUMNS.len()).map(short).collect();
        return Err(format!(
            "has no column id; separate the columns by commas and name them as in data/gazetteer/places.csv \
             (it has {})",
            has.join(", ")
        ));
    }
    for (i, name) in names.iter().enumerate() {
        let problem = match known[i] {
            None if name.is_empty() => continue,
            None => format!("the column {:?} is not read; the columns are {}", cut(name), COLUMNS.join(", ")),
            Some(_) if names[..i].contains(name) => {
                format!("the column {name} stands twice; the first is read, take the other out")
            }
            Some(_) => continue,
        };
        notices.push(Notice::remark(file, problem).at_line(1));
    }
    Ok(known)
}

fn row(
    record: &ByteRecord,
    line: u64,
    header: &[Option<&'static str>],
    seen: &mut BTreeMap<String, u64>,
) -> Result<UserRow, String> {
    let record = StringRecord::from_byte_record(record.clone())
        .map_err(|_| "the row is not UTF-8; save the file as UTF-8".to_owned())?;
    if record.len() != header.len() {
        let (cells, columns) = (record.len(), header.len());
        return Err(format!(
            "the row has {cells} cells and the header {columns}; check its quotes and commas"
        ));
    }
    let cells = Cells { header, record: &record };
    let id = cells.short("id")?.ok_or("the row has no id; give the place one, such as my-checkpoint")?;
    if !id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        return Err(format!("the id {id:?} holds more than letters a to z, digits and - _ . ; write it so"));
    }
    if let Some(first) = seen.get(&id) {
        return Err(format!(
            "the id {id} stands in line {first} already; join the rows or give it another id"
        ));
    }
    seen.insert(id.clone(), line);
    let kind = cells.text("kind").map(kind_named).transpose()?;
    let aliases = cells.text("aliases").unwrap_or_default();
    Ok(UserRow {
        line,
        name: cells.name("name")?,
        kind,
        admin1: cells.short("admin1")?,
        admin2: cells.short("admin2")?,
        country: cells.short("country")?,
        longitude: cells.degrees("longitude", 180.0)?,
        latitude: cells.degrees("latitude", 90.0)?,
        accuracy_km: cells.accuracy()?,
        population: cells.population()?,
        seat_of: cells.short("seat_of")?,
        name_fa: cells.name("name_fa")?,
        name_ps: cells.name("name_ps")?,
        aliases: aliases.split(BETWEEN).map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()).collect(),
        id,
    })
}

fn kind_named(name: &str) -> Result<PlaceKind, String> {
    PlaceKind::named(&name.to_lowercase()).ok_or_else(|| {
        let kinds: Vec<&str> = PlaceKind::ALL.iter().map(|k| k.as_str()).collect();
        format!("{:?} is no kind of place; write one of {}", cut(name), kinds.join(", "))
    })
}

/// Why a name cannot be looked for in texts.
pub(super) fn unfit(name: &str) -> Option<String> {
    if name.chars().count() > LONGEST {
        Some(format!("the name {:?}... is longer than {LONGEST} characters; shorten it", cut(name)))
    } else if !name.chars().any(char::is_alphabetic) || name.chars().any(char::is_control) {
        Some(format!("{name:?} is no name: it needs letters, and no line breaks or tabs"))
    } else {
        None
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST / 2).collect()
}

/// The cells of a row, by the name of their column.
struct Cells<'r> {
    header: &'r [Option<&'static str>],
    record: &'r StringRecord,
}

impl<'r> Cells<'r> {
    fn text(&self, column: &str) -> Option<&'r str> {
        let at = self.header.iter().position(|c| *c == Some(column))?;
        self.record.get(at).map(str::trim).filter(|text| !text.is_empty())
    }

    fn short(&self, column: &str) -> Result<Option<String>, String> {
        match self.text(column) {
            Some(text) if text.chars().count() > LONGEST => {
                Err(format!("{column} is longer than {LONGEST} characters; check the quotes of the row"))
            }
            text => Ok(text.map(str::to_owned)),
        }
    }

    fn name(&self, column: &str) -> Result<Option<String>, String> {
        match self.text(column).and_then(unfit) {
            Some(problem) => Err(problem),
            None => Ok(self.text(column).map(str::to_owned)),
        }
    }

    fn number(&self, column: &str, example: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        number.map(Some).ok_or_else(|| {
            format!("{column} {:?} is no number; write it with a decimal point, such as {example}", cut(text))
        })
    }

    fn degrees(&self, column: &str, most: f64) -> Result<Option<f64>, String> {
        match self.number(column, if most > 90.0 { "68.857" } else { "36.729" })? {
            Some(degrees) if degrees.abs() > most => {
                Err(format!("{column} {degrees} is beyond {most} degrees; write decimal degrees, WGS 84"))
            }
            degrees => Ok(degrees),
        }
    }

    fn accuracy(&self) -> Result<Option<f64>, String> {
        match self.number("accuracy_km", "2")? {
            Some(km) if km <= 0.0 => {
                Err(format!("accuracy_km {km} is not above 0; say how far off the position may be, in km"))
            }
            km => Ok(km),
        }
    }

    fn population(&self) -> Result<Option<u32>, String> {
        let Some(text) = self.text("population") else { return Ok(None) };
        text.parse().map(Some).map_err(|_| {
            format!("population {:?} is no whole number; write it in digits, without separators", cut(text))
        })
    }
}
