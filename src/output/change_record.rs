//! The record of a change: which unit, from what to what, and the events behind it.

use std::borrow::Cow;
use std::io;

use geo::Point;
use jiff::civil::Date;

use super::record::{Record, cell, columns, text};
use super::{RecordFormat, RecordWriter};
use crate::control::{Change, ChangeKind, ControlStatus, Level, Timeline};

columns! {
    /// What is said of a unit otherwise than on an earlier day.
    pub struct ChangeRecord<'c> {
        /// The later day; in the table of a whole run only, where the earlier is the day before.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date: Option<Date>,
        /// Place id.
        pub unit_id: &'c str,
        /// English name.
        pub name: Cow<'c, str>,
        /// What sort of unit.
        pub level: Level,
        /// Province.
        pub admin1: Option<Cow<'c, str>>,
        /// ISO 3166-2.
        pub admin1_code: Option<&'c str>,
        /// The sort of change.
        pub change: ChangeKind,
        /// Its status on the earlier day.
        pub before: ControlStatus,
        /// Its status on the later day.
        pub after: ControlStatus,
        /// First day of the act that gave it the later status.
        pub since: Option<Date>,
        /// Event ids, "; " between.
        pub evidence: Option<String>,
    }
}

impl<'c> From<&'c Change> for ChangeRecord<'c> {
    fn from(c: &'c Change) -> ChangeRecord<'c> {
        let evidence: Vec<&str> = c.evidence.iter().map(|id| id.0.as_str()).collect();
        ChangeRecord {
            date: None,
            unit_id: c.unit.as_str(),
            name: Cow::Borrowed(&c.name),
            level: c.level,
            admin1: text(c.admin1_name.as_deref()),
            admin1_code: c.admin1.as_ref().map(|id| id.as_str()),
            change: c.kind,
            before: c.before,
            after: c.after,
            since: c.since,
            evidence: if evidence.is_empty() { None } else { Some(evidence.join("; ")) },
        }
    }
}

impl Record for ChangeRecord<'_> {
    const COLUMNS: &'static [&'static str] = ChangeRecord::FIELDS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.unit_id)
    }

    fn position(&self) -> Option<Point> {
        None
    }

    fn into_properties(self) -> Self {
        self
    }

    fn into_cells(mut self) -> Self {
        cell(&mut self.name);
        if let Some(admin1) = &mut self.admin1 {
            cell(admin1);
        }
        self
    }
}

/// What changed on each day of a run, as CSV.
///
/// # Errors
/// None in practice: memory is written to.
pub fn change_table(timeline: &Timeline) -> io::Result<Vec<u8>> {
    let mut writer = RecordWriter::new::<ChangeRecord<'_>>(Vec::new(), RecordFormat::Csv)?;
    for day in timeline.days() {
        for change in &day.changes {
            writer.write(ChangeRecord { date: Some(day.date), ..ChangeRecord::from(change) })?;
        }
    }
    writer.finish()
}
