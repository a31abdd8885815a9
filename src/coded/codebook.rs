//! Code books: what the columns of a data set hold and what its codes mean, as data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::data::DataFiles;
use crate::date::DatePrecision;
use crate::error::Error;
use crate::event::{EventKind, Side};

const FOLDER: &str = "coded/";
const SHARED: &str = "coded/coding.toml";

/// The cells of a row by the names of their columns.
pub(super) type Cells = BTreeMap<String, String>;

/// What holds for all code books.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shared {
    pub(super) edge_km: f64,
    pub(super) name_km: f64,
    pub(super) print_lag_days: i32,
    pub(super) own: Own,
    pub(super) state: Vec<State>,
    pub(super) actor: Vec<ActorRule>,
}

/// What tells naqsha's own events.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Own {
    pub(super) name: String,
    pub(super) signature: Vec<String>,
}

/// The side that is the state, for a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    pub(super) side: Side,
    from: Option<Date>,
    to: Option<Date>,
}

/// A party by its names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorRule {
    pub(super) name: Option<String>,
    pub(super) side: Side,
    #[serde(default)]
    pub(super) is: Vec<String>,
    #[serde(default)]
    pub(super) starts: Vec<String>,
    #[serde(default)]
    pub(super) holds: Vec<String>,
    from: Option<Date>,
    to: Option<Date>,
}

/// How one data set codes events.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Codebook {
    pub(super) name: String,
    pub(super) signature: Vec<String>,
    pub(super) confidence: f64,
    pub(super) country: Country,
    pub(super) columns: Columns,
    pub(super) date: DateCodes,
    pub(super) grain: GrainCodes,
    pub(super) parts: Option<Parts>,
    pub(super) kinds: Labels,
    #[serde(default)]
    pub(super) leave_out: Vec<LeaveOut>,
    pub(super) kind: Vec<KindRule>,
}

/// Which rows are of the country.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Country {
    pub(super) columns: Vec<String>,
    pub(super) home: Vec<String>,
}

/// The columns of each thing; the first that holds something counts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Columns {
    pub(super) id: Vec<String>,
    pub(super) note: Vec<String>,
    pub(super) actor1: Vec<String>,
    pub(super) actor2: Vec<String>,
    pub(super) province: Vec<String>,
    pub(super) district: Vec<String>,
    pub(super) place: Vec<String>,
    pub(super) longitude: Vec<String>,
    pub(super) latitude: Vec<String>,
    pub(super) killed: Vec<String>,
    pub(super) killed_low: Vec<String>,
    pub(super) killed_high: Vec<String>,
    pub(super) wounded: Vec<String>,
    /// Names of outlets, semicolons between.
    pub(super) outlets: Vec<String>,
    /// Their days, likewise.
    pub(super) outlet_dates: Vec<String>,
    /// Articles as `"outlet,2021-07-07,title";"..."`.
    pub(super) articles: Vec<String>,
    /// Citations as `"Title," Outlet, July 7, 2021.`, one a column.
    pub(super) citations: Vec<String>,
}

/// How days are coded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DateCodes {
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    /// Year, month and day, 0 where unknown.
    pub(super) parts: Vec<String>,
    pub(super) precision: Vec<String>,
    pub(super) meaning: BTreeMap<String, DatePrecision>,
}

/// How precisely a row places its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Grain {
    /// The named place, at its position.
    Exact,
    /// The named place, whose position is that of what is around it.
    Named,
    /// Near the named place.
    Near,
    /// Somewhere in the district.
    District,
    /// Somewhere in the province.
    Province,
    /// A part of the province.
    Part,
    /// Nothing finer than the country.
    Country,
}

/// How grains are coded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrainCodes {
    pub(super) columns: Vec<String>,
    pub(super) meaning: BTreeMap<String, Grain>,
}

/// What notes call a part of a place rather than the place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    pub(super) words: Vec<String>,
    pub(super) whole: Vec<String>,
    pub(super) kind: EventKind,
}

/// The columns that name a kind, for messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    pub(super) columns: Vec<String>,
}

/// What rows hold, by column; all must fit, one value of each.
pub(super) type When = BTreeMap<String, Vec<String>>;

/// Rows that tell of no event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaveOut {
    pub(super) when: When,
    pub(super) because: String,
}

/// Who holds the place afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Gains {
    /// The one party that is not the state.
    NonState,
    /// The party that is the state.
    State,
    /// The first party; the second gives.
    Actor1,
}

/// Rows of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindRule {
    pub(super) when: When,
    pub(super) kind: EventKind,
    pub(super) gains: Option<Gains>,
}

impl Shared {
    pub(super) fn from_data(data: &DataFiles) -> Result<Shared, Error> {
        parsed(data, SHARED)
    }

    /// The side that is the state on a day.
    pub(super) fn state_on(&self, day: Date) -> Option<Side> {
        self.state.iter().find(|s| holds_on(s.from, s.to, day)).map(|s| s.side)
    }
}

impl ActorRule {
    pub(super) fn holds_on(&self, day: Date) -> bool {
        holds_on(self.from, self.to, day)
    }
}

impl Codebook {
    /// All code books, in the order of their files.
    pub(super) fn all(data: &DataFiles) -> Result<Vec<Codebook>, Error> {
        data.under(FOLDER).filter(|path| *path != SHARED).map(|path| parsed(data, path)).collect()
    }

    /// Whether a row is of the country; one that does not say is.
    pub(super) fn is_home(&self, cells: &Cells) -> bool {
        let home = |cell: &str| self.country.home.iter().any(|home| home.eq_ignore_ascii_case(cell));
        let told = self.country.columns.iter().filter_map(|column| cells.get(column));
        let mut told = told.peekable();
        told.peek().is_none() || told.any(|cell| home(cell))
    }

    /// What a row calls its kind.
    pub(super) fn label(&self, cells: &Cells) -> String {
        let told: Vec<&str> =
            self.kinds.columns.iter().filter_map(|column| cells.get(column)).map(String::as_str).collect();
        told.join(" / ")
    }
}

/// What the first of these columns that is not empty holds.
pub(super) fn cell<'c>(cells: &'c Cells, columns: &[String]) -> Option<&'c str> {
    columns.iter().find_map(|column| cells.get(column)).map(String::as_str)
}

/// Whether a row holds one of the values in each column.
pub(super) fn fits(when: &When, cells: &Cells) -> bool {
    when.iter().all(|(column, values)| {
        cells.get(column).is_some_and(|cell| values.iter().any(|value| value.eq_ignore_ascii_case(cell)))
    })
}

fn holds_on(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t)
}

fn parsed<T: DeserializeOwned>(data: &DataFiles, file: &str) -> Result<T, Error> {
    toml::from_str(data.text(file)?).map_err(|e| Error::Data {
        file: file.to_owned(),
        line: None,
        problem: e.to_string(),
    })
}
