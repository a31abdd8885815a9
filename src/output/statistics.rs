//! The statistics of a run: units and area by status, day by day.

use std::borrow::Cow;
use std::io;

use geo::Point;
use jiff::civil::Date;

use super::record::{Record, columns, hundredths};
use super::{RecordFormat, RecordWriter};
use crate::control::{ControlStatus as S, Level};
use crate::map::Tally;

columns! {
    /// How many units of a level have which status on a day, and their percent of the area of all.
    pub struct StatisticsRecord<'s> {
        /// The day.
        pub date: Date,
        /// district (province where no district areas are known) or capital.
        pub level: Cow<'s, str>,
        /// Held by the Taliban.
        pub taliban: usize,
        /// Contested.
        pub contested: usize,
        /// Claimed by the Taliban only.
        pub claimed_taliban: usize,
        /// Claimed by the government only.
        pub claimed_government: usize,
        /// Held by the government.
        pub government: usize,
        /// No report.
        pub unknown: usize,
        /// Percent of the area, two decimals; null for capitals.
        pub area_taliban: Option<f64>,
        /// The same, contested.
        pub area_contested: Option<f64>,
        /// The same, claimed by the Taliban only.
        pub area_claimed_taliban: Option<f64>,
        /// The same, claimed by the government only.
        pub area_claimed_government: Option<f64>,
        /// The same, held by the government.
        pub area_government: Option<f64>,
        /// The same, no report.
        pub area_unknown: Option<f64>,
    }
}

impl<'s> From<&'s Tally> for StatisticsRecord<'s> {
    fn from(t: &'s Tally) -> StatisticsRecord<'s> {
        let area = |status| t.share(status).map(hundredths);
        StatisticsRecord {
            date: t.date,
            level: Cow::Borrowed(match t.level {
                Level::Capital => "capital",
                Level::Province => "province",
                _ => "district",
            }),
            taliban: t.count(S::Taliban),
            contested: t.count(S::Contested),
            claimed_taliban: t.count(S::ClaimedTaliban),
            claimed_government: t.count(S::ClaimedGovernment),
            government: t.count(S::Government),
            unknown: t.count(S::Unknown),
            area_taliban: area(S::Taliban),
            area_contested: area(S::Contested),
            area_claimed_taliban: area(S::ClaimedTaliban),
            area_claimed_government: area(S::ClaimedGovernment),
            area_government: area(S::Government),
            area_unknown: area(S::Unknown),
        }
    }
}

impl Record for StatisticsRecord<'_> {
    const COLUMNS: &'static [&'static str] = StatisticsRecord::FIELDS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{} {}", self.date, self.level))
    }

    fn position(&self) -> Option<Point> {
        None
    }

    fn into_properties(self) -> Self {
        self
    }

    fn into_cells(self) -> Self {
        self
    }
}

/// Statistics as CSV.
///
/// # Errors
/// None in practice: memory is written to.
pub fn statistics_table(statistics: &[Tally]) -> io::Result<Vec<u8>> {
    let mut writer = RecordWriter::new::<StatisticsRecord<'_>>(Vec::new(), RecordFormat::Csv)?;
    statistics.iter().try_for_each(|tally| writer.write(StatisticsRecord::from(tally)))?;
    writer.finish()
}
