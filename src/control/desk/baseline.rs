//! The baseline: who is declared to have held each unit before the first report.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::names;
use super::sheet::{self, Entry, Fault};
use crate::control::{ControlStatus, Origin};
use crate::error::Notice;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};

/// The columns of its table.
const COLUMNS: [&str; 4] = ["unit", "status", "since", "source"];

/// What is declared of a unit.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::control) struct Declared {
    pub(in crate::control) status: ControlStatus,
    /// None where it is not said since when.
    pub(in crate::control) since: Option<Date>,
    pub(in crate::control) origin: Origin,
}

/// The state before the first report. It is nobody's report: it has no evidence, and whatever reaches its threshold
/// takes its place.
///
/// ```
/// use naqsha::{control::Baseline, data::DataFiles, gazetteer::Gazetteer};
/// let gazetteer = Gazetteer::from_data(&DataFiles::bundled())?;
/// let table = "unit,status,since,source\nPanjshir province,government,,Assessment of May 2021\nNerkh,contsted,,\n";
/// let (baseline, notices) = Baseline::from_csv("before.csv", table, &gazetteer);
/// assert_eq!(notices.len(), 1);
/// assert!(notices[0].to_string().starts_with("before.csv:3: status \"contsted\" is unknown"));
/// assert!(!baseline.is_empty());
/// # Ok::<(), naqsha::error::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Baseline {
    units: BTreeMap<PlaceRef, Declared>,
    /// By unit, the line that declares it; empty for a baseline that no table declares.
    file: String,
    lines: BTreeMap<PlaceRef, u64>,
}

/// A row of the table that could be read.
struct Row {
    line: u64,
    unit: PlaceRef,
    declared: Declared,
}

impl Baseline {
    /// Every district and every provincial capital has this status.
    #[must_use]
    pub fn everywhere(gazetteer: &Gazetteer, status: ControlStatus) -> Baseline {
        let declared = Declared { status, since: None, origin: Origin::Everywhere(status) };
        let refs = gazetteer.places().filter_map(|p| gazetteer.by_id(p.id.as_str()));
        let units = refs.filter(|p| gazetteer.is_capital(*p) || is_kind(gazetteer, *p, PlaceKind::District));
        Baseline { units: units.map(|unit| (unit, declared.clone())).collect(), ..Baseline::default() }
    }

    /// The rows of a CSV table with the columns `unit,status,since,source` that can be used, and what is wrong with
    /// the others. A unit is an id, or a name that means one place. A province stands for its capital and each of
    /// its districts that has no row of its own. Of rows that contradict each other none is used.
    #[must_use]
    pub fn from_csv(file: &str, text: &str, gazetteer: &Gazetteer) -> (Baseline, Vec<Notice>) {
        let (entries, mut notices) = sheet::csv(file, text, &COLUMNS);
        let mut rows = Vec::new();
        for entry in &entries {
            match row(entry, file, gazetteer) {
                Ok(row) => rows.push(row),
                Err(fault) => notices.push(fault.skipped(file)),
            }
        }
        let rows = agreed(rows, gazetteer, file, &mut notices);
        let mut baseline = Baseline { file: file.to_owned(), ..Baseline::default() };
        let (provinces, units): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|r| is_kind(gazetteer, r.unit, PlaceKind::Province));
        for row in units {
            baseline.lines.insert(row.unit, row.line);
            baseline.units.insert(row.unit, row.declared);
        }
        for row in provinces {
            for unit in names::units_within(gazetteer, row.unit) {
                baseline.lines.entry(unit).or_insert(row.line);
                baseline.units.entry(unit).or_insert_with(|| row.declared.clone());
            }
        }
        baseline.units.retain(|_, d| d.status != ControlStatus::Unknown);
        notices.sort_by_key(|n| n.line);
        (baseline, notices)
    }

    /// Whether it declares nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// What is declared of a unit; a capital's district is its capital.
    pub(in crate::control) fn of(&self, gazetteer: &Gazetteer, unit: PlaceRef) -> Option<&Declared> {
        self.units.get(&names::unit_of(gazetteer, unit))
    }

    /// The units that it declares.
    pub(in crate::control) fn units(&self) -> impl Iterator<Item = PlaceRef> {
        self.units.keys().copied()
    }

    /// Says that a unit's row cannot hold, since reports tell of it on `first`, before the row begins.
    pub(in crate::control) fn overtaken(
        &self,
        gazetteer: &Gazetteer,
        at: PlaceRef,
        first: Date,
    ) -> Option<Notice> {
        let unit = gazetteer.get(at);
        let since = self.units.get(&at)?.since.filter(|since| *since > first)?;
        let message = format!(
            "is not used for {} ({}): it begins on {since}, after the first report of {first}; give it the day \
             from which it held before that, or leave since empty",
            unit.name, unit.id
        );
        Some(Notice::remark(&self.file, message).at_line(self.lines.get(&at).copied().unwrap_or(1)))
    }
}

fn is_kind(gazetteer: &Gazetteer, place: PlaceRef, kind: PlaceKind) -> bool {
    gazetteer.get(place).kind == kind
}

fn row(entry: &Entry, file: &str, gazetteer: &Gazetteer) -> Result<Row, Fault> {
    let unit = names::unit(gazetteer, entry.need("unit", "write the id or the name of a unit")?)?;
    let status = names::status(entry.need("status", "write who held the unit")?)?;
    let since = entry.get("since").map(|cell| cell.day("since")).transpose()?;
    let source = entry.get("source").map_or_else(|| names::file_name(file), |cell| cell.text.clone());
    let declared = Declared { status, since, origin: Origin::Baseline(source) };
    Ok(Row { line: entry.line, unit, declared })
}

/// The rows without those that say something again, and without all that contradict each other.
fn agreed(rows: Vec<Row>, gazetteer: &Gazetteer, file: &str, notices: &mut Vec<Notice>) -> Vec<Row> {
    let mut by_unit: BTreeMap<PlaceRef, Vec<Row>> = BTreeMap::new();
    for row in rows {
        by_unit.entry(row.unit).or_default().push(row);
    }
    let mut kept = Vec::new();
    for (unit, mut rows) in by_unit {
        let place = gazetteer.get(unit);
        let said: BTreeSet<(ControlStatus, Option<Date>)> =
            rows.iter().map(|r| (r.declared.status, r.declared.since)).collect();
        if said.len() > 1 {
            for row in &rows {
                let others: Vec<String> =
                    rows.iter().filter(|r| r.line != row.line).map(|r| r.line.to_string()).collect();
                let message = format!(
                    "{} ({}) is declared otherwise in line {}; none of them is used, keep one",
                    place.name,
                    place.id,
                    others.join(", ")
                );
                notices.push(Notice::skipped(file, message).at_line(row.line));
            }
            continue;
        }
        for row in rows.drain(1..) {
            let message = format!("{} ({}) stands twice; take this line out", place.name, place.id);
            notices.push(Notice::skipped(file, message).at_line(row.line));
        }
        kept.extend(rows);
    }
    kept
}
