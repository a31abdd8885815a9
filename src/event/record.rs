//! An event record: one act at one place, with the sentence it was read from.

use std::collections::BTreeSet;

use geo::Point;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Actor, EventKind, Side};
use crate::date::EventDate;
use crate::gazetteer::{PlaceId, PlaceKind};
use crate::toponym::GeoPrecision;

/// 16 hex digits, the same for the same evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId(pub String);

/// 16 hex digits, the same for the same correction of an editor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CorrectionId(pub String);

/// What an act says about who holds the place afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The Taliban hold it.
    Taliban,
    /// The Republic, or those who fight in its name, hold it.
    Government,
    /// Both are inside.
    Contested,
}

/// How the report vouches for the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// The outlet says so in its own voice, or through somebody without a stake.
    Asserted,
    /// A party says so to its own credit.
    Claimed,
    /// The losing side says so.
    ConfirmedByLoser,
    /// A party says that it did not happen; the record carries what is denied.
    Denied,
}

/// What the speaker has at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// Tells the own side's gain.
    SelfServing,
    /// Tells the own side's loss.
    Against,
    /// No stake.
    Neutral,
}

/// Whose word it is, as far as points are concerned (data/control/weights.toml).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The outlet's own.
    Outlet,
    /// An official or commander of the side that lost.
    Admission,
    /// Somebody of neither side: UN, member of parliament, councillor, resident.
    ThirdParty,
    /// A party, to its own credit.
    Party,
    /// Nobody is named, or the place was inferred.
    Unattributed,
    /// Stands in a headline only.
    Headline,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker, as named ("Badghis governor"); None in the outlet's own voice.
    pub claimant: Option<String>,
    /// The speaker's side, where there is one.
    pub side: Option<Side>,
    /// What the speaker has at stake.
    pub interest: Interest,
    /// Whose word it counts as.
    pub voice: Voice,
}

/// Which units a statement about a province covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The place itself.
    Place,
    /// Every district of the province.
    AllDistricts,
    /// Every district but that of the capital.
    DistrictsOutsideCapital,
}

/// Where it happened, with all that records and control need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// The place.
    pub id: PlaceId,
    /// Its English name.
    pub name: String,
    /// Its kind.
    pub kind: PlaceKind,
    /// Which units the statement covers.
    pub scope: Scope,
    /// Province id, which is also its ISO 3166-2 code.
    pub admin1: Option<PlaceId>,
    /// Province name.
    pub admin1_name: Option<String>,
    /// District id, which is also its P-code.
    pub admin2: Option<PlaceId>,
    /// District name.
    pub admin2_name: Option<String>,
    /// WGS 84 degrees; x is the longitude.
    pub position: Point,
    /// How precisely the place is known.
    pub precision: GeoPrecision,
}

/// The least and the most that is said, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Range {
    /// At least so many.
    pub low: u32,
    /// At most so many, where said.
    pub high: u32,
}

/// How the act is told: what the order of control needs beyond the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Telling {
    /// Place in the order of the report's telling: later acts of one day have higher numbers. Times of day
    /// and words such as before, after and then move it.
    pub order: u32,
    /// Its reversal is told with it ("briefly", "before retreating", "but were pushed back").
    pub reversed: bool,
    /// The attackers are inside the place.
    pub inside: bool,
}

/// An outlet and the day it printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceRef {
    /// The outlet, or the report's id where no outlet is known.
    pub outlet: String,
    /// The day it printed.
    pub date: Option<Date>,
}

/// One act at one place, as one report tells it, or as several do once merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable id.
    pub id: EventId,
    /// The report; of a merged event, the first.
    pub doc_id: String,
    /// When the report was printed.
    pub published: Option<Date>,
    /// Its outlet.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it happened; None in a report without a date.
    pub when: Option<EventDate>,
    /// What happened.
    pub kind: EventKind,
    /// Who acts: the taker, the one who leaves or gives, the holder.
    pub actor1: Option<Actor>,
    /// Whom it is done to.
    pub actor2: Option<Actor>,
    /// Where.
    pub place: EventPlace,
    /// Who holds it afterwards.
    pub effect: Option<Effect>,
    /// How the report vouches for it.
    pub modality: Modality,
    /// Who says so.
    pub attribution: Attribution,
    /// Killed.
    pub killed: Option<Range>,
    /// Wounded.
    pub wounded: Option<Range>,
    /// How far the reading can be trusted, 0 to 1.
    pub confidence: f64,
    /// How it is told.
    pub telling: Telling,
    /// Reports merged into it, at least 1.
    pub n_reports: u32,
    /// Sources left when copies of one story count once.
    pub n_independent: u32,
    /// 16 hex digits shared by the copies of one story.
    pub lineage: String,
    /// Outlets and dates.
    pub sources: Vec<SourceRef>,
    /// The sentence.
    pub quote: String,
    /// First byte of the sentence in the report's text.
    pub quote_start: usize,
    /// One past its last byte.
    pub quote_end: usize,
    /// The corrections that an editor made to it.
    pub corrections: BTreeSet<CorrectionId>,
}
