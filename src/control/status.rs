//! The status of a unit on a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::{CorrectionId, EventId, Side};
use crate::gazetteer::PlaceId;

/// Who holds a unit, as reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlStatus {
    /// The Taliban.
    Taliban,
    /// The Republic and those who fight in its name.
    Government,
    /// Both are inside, or sources conflict.
    Contested,
    /// Only the Taliban say that they hold it.
    ClaimedTaliban,
    /// Only the government says that it holds it.
    ClaimedGovernment,
    /// No report.
    Unknown,
}

impl ControlStatus {
    /// Every status.
    pub const ALL: [ControlStatus; 6] = [
        ControlStatus::Taliban,
        ControlStatus::Government,
        ControlStatus::Contested,
        ControlStatus::ClaimedTaliban,
        ControlStatus::ClaimedGovernment,
        ControlStatus::Unknown,
    ];

    /// The status that is spelled so in tables.
    #[must_use]
    pub fn named(name: &str) -> Option<ControlStatus> {
        ControlStatus::ALL.into_iter().find(|s| s.as_str() == name)
    }

    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ControlStatus::Taliban => "taliban",
            ControlStatus::Government => "government",
            ControlStatus::Contested => "contested",
            ControlStatus::ClaimedTaliban => "claimed_taliban",
            ControlStatus::ClaimedGovernment => "claimed_government",
            ControlStatus::Unknown => "unknown",
        }
    }
}

/// What sort of unit a status is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A province, which summarises.
    Province,
    /// A district with its centre.
    District,
    /// A provincial capital.
    Capital,
    /// Another settlement.
    Settlement,
    /// A base, crossing, dam or building.
    Facility,
}

impl Level {
    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Province => "province",
            Level::District => "district",
            Level::Capital => "capital",
            Level::Settlement => "settlement",
            Level::Facility => "facility",
        }
    }
}

/// What a status rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Reports about the unit itself.
    Reported,
    /// A report about all districts of its province.
    Derived,
    /// The declared state before the first report.
    Baseline,
    /// An editor's correction.
    Editor,
}

/// Who says what no report says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A baseline that gives every unit this status.
    Everywhere(ControlStatus),
    /// A baseline that goes by this source.
    Baseline(String),
    /// A correction of an editor's.
    Correction {
        /// Its id.
        id: CorrectionId,
        /// Why.
        reason: String,
        /// Who says so.
        by: Option<String>,
        /// What it goes by.
        source: Option<String>,
    },
}

/// Fighting that comes near a unit without changing its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressure {
    /// Fighting near it.
    Approach,
    /// Forces move towards it.
    Advance,
    /// It is surrounded.
    Siege,
}

/// How many units of a province have which status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Shares {
    /// Held by the Taliban.
    pub taliban: u32,
    /// Held by the Republic.
    pub government: u32,
    /// Contested.
    pub contested: u32,
    /// Claimed by either.
    pub claimed: u32,
    /// No report.
    pub unknown: u32,
}

/// The status of a unit on a day, with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitStatus {
    /// The unit.
    pub unit: PlaceId,
    /// Its English name.
    pub name: String,
    /// What sort of unit it is.
    pub level: Level,
    /// Who holds it.
    pub status: ControlStatus,
    /// Who held it before a claim or a fight; what a claim is drawn over.
    pub before: Option<Side>,
    /// First day of the act that gave it this status.
    pub since: Option<Date>,
    /// First day of the status in this timeline.
    pub valid_from: Date,
    /// Last day of the status in this timeline, None while it lasts.
    pub valid_to: Option<Date>,
    /// First day on which the reports printed by then told this status; None where that is not within this run.
    pub known_since: Option<Date>,
    /// 0 to 1, halved with age.
    pub confidence: f64,
    /// What it rests on.
    pub basis: Basis,
    /// Of a status that no report gives, who says so.
    pub origin: Option<Origin>,
    /// No news for longer than the status' half-life.
    pub stale: bool,
    /// Fighting near it.
    pub pressure: Option<Pressure>,
    /// Sources contradict each other.
    pub conflict: bool,
    /// Independent sources behind it.
    pub n_independent: u32,
    /// The events behind it, oldest first.
    pub evidence: Vec<EventId>,
    /// Of a province, the statuses of its districts and capital.
    pub shares: Option<Shares>,
}
