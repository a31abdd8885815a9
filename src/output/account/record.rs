//! The records of accounts: the fields of statuses and events, and what was decided.

use jiff::civil::Date;
use serde::Serialize;

use super::event_page::{decisions, disagreements};
use crate::control::{
    Account, Bearing, ControlStatus, Correction, Counts, Decision, Level, Made, Means, Outlook, Piece, Sum,
    Telling,
};
use crate::event::{Cluster, EventId, Side, Voice};
use crate::output::{EventRecord, StatusRecord};

/// Why a unit has the status it has on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountRecord<'a> {
    /// The day.
    pub date: Date,
    /// Place id.
    pub unit_id: &'a str,
    /// English name.
    pub name: &'a str,
    /// What sort of unit.
    pub level: Level,
    /// Its province.
    pub admin1: Option<&'a str>,
    /// The status record, null where nothing is known.
    pub status: Option<StatusRecord<'a>>,
    /// Who held it before a claim or a fight.
    pub before: Option<Side>,
    /// The rule by which it got its status.
    pub rule: Option<u8>,
    /// The capital whose status this district takes.
    pub follows: Option<&'a str>,
    /// The day from which it is stale without news.
    pub stale_from: Option<Date>,
    /// The day on which silence ends a claim or a fight.
    pub lapses_on: Option<Date>,
    /// What the status is then.
    pub lapses_to: Option<ControlStatus>,
    /// Of a province, its capital.
    pub capital: Option<&'a str>,
    /// Of a province, its capital and districts of which something is said.
    pub units: Vec<StatusRecord<'a>>,
    /// What was decided, first to last.
    pub course: Vec<DecisionRecord<'a>>,
    /// What it was decided on.
    pub evidence: Vec<PieceRecord<'a>>,
    /// The events of its reports that an editor holds to be no evidence.
    pub suppressed: Vec<EventRecord<'a>>,
    /// An editor's corrections of the evidence and of the status.
    pub corrections: &'a [Correction],
    /// Ids of the reports' events that speak against the status.
    pub against: Vec<&'a str>,
    /// What would change it.
    pub outlook: Vec<OutlookRecord<'a>>,
}

/// A decision about a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionRecord<'a> {
    /// The day.
    pub date: Date,
    /// The number of the rule.
    pub rule: u8,
    /// near, fight or act; null where silence decided.
    pub told: Option<&'static str>,
    /// Who gains by it, or attacks.
    pub side: Option<Side>,
    /// First day of what was told.
    pub event_date: Option<Date>,
    /// Its last day.
    pub end_date: Option<Date>,
    /// How the points add up.
    pub sum: Option<Sum>,
    /// What it made of it.
    pub made: Made,
    /// The status from then on.
    pub status: ControlStatus,
    /// Sources contradict each other from then on.
    pub conflict: bool,
    /// The events that were weighed.
    pub evidence: Vec<&'a str>,
}

/// An event that bears on a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PieceRecord<'a> {
    /// direct, derived or around.
    pub bearing: Bearing,
    /// The day on which it counts.
    pub counts_on: Option<Date>,
    /// Days from then to the day of the account.
    pub age_days: Option<i32>,
    /// Whether the status rests on it.
    pub behind: bool,
    /// The merged event.
    pub event: EventRecord<'a>,
    /// Ids of the corrections that made it so.
    pub corrections: Vec<&'a str>,
    /// What each report says.
    pub tellings: Vec<TellingRecord<'a>>,
}

/// What a report says of a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TellingRecord<'a> {
    /// near, fight or act; null where it says nothing about control.
    pub told: Option<&'static str>,
    /// Who gains by it, or attacks.
    pub side: Option<Side>,
    /// Whose word it counts as.
    pub voice: Voice,
    /// The neutral agency whose word or copy it is.
    pub agency: Option<&'a str>,
    /// What its voice is worth.
    pub points: i32,
    /// counted, doubled, shortens, withdrawn or denies; null where it is not weighed.
    pub counts: Option<Counts>,
    /// The event as the report tells it.
    pub event: EventRecord<'a>,
}

/// A status, and what would bring it about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlookRecord<'a> {
    /// The status.
    pub status: ControlStatus,
    /// Who would have gained.
    pub side: Option<Side>,
    /// Reports that would do together; any of these sets.
    pub if_any: &'a [Vec<crate::control::Further>],
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventAccountRecord<'a> {
    /// The merged event.
    pub event: EventRecord<'a>,
    /// The event as each report tells it.
    pub reports: Vec<EventRecord<'a>>,
    /// What they give differently.
    pub disagreements: Vec<DisagreementRecord>,
    /// The units that it bears on.
    pub units: Vec<TouchedRecord<'a>>,
}

/// A field that reports give differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisagreementRecord {
    /// The field.
    pub field: &'static str,
    /// What they give.
    pub values: Vec<String>,
}

/// A unit that an event bears on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TouchedRecord<'a> {
    /// Place id.
    pub unit_id: &'a str,
    /// English name.
    pub name: &'a str,
    /// What sort of unit.
    pub level: Level,
    /// The decisions in which it was weighed.
    pub course: Vec<DecisionRecord<'a>>,
}

impl<'a> From<&'a Account> for AccountRecord<'a> {
    fn from(account: &'a Account) -> AccountRecord<'a> {
        let status = account.status.as_ref();
        AccountRecord {
            date: account.date,
            unit_id: account.unit.as_str(),
            name: &account.name,
            level: account.level,
            admin1: account.province.as_deref(),
            status: status.map(StatusRecord::from),
            before: status.and_then(|s| s.before),
            rule: account.rule(),
            follows: account.follows.as_ref().map(|id| id.as_str()),
            stale_from: account.stale_from,
            lapses_on: account.returns.map(|r| r.0),
            lapses_to: account.returns.map(|r| r.1),
            capital: account.capital.as_ref().map(|id| id.as_str()),
            units: account.members.iter().map(StatusRecord::from).collect(),
            course: account.decisions.iter().map(DecisionRecord::from).collect(),
            evidence: account.evidence.iter().map(|p| piece(p, account.date)).collect(),
            suppressed: account.suppressed.iter().map(EventRecord::from).collect(),
            corrections: &account.corrections,
            against: account.against().iter().map(|(_, t)| t.event.id.0.as_str()).collect(),
            outlook: account.outlook.iter().map(OutlookRecord::from).collect(),
        }
    }
}

impl<'a> EventAccountRecord<'a> {
    /// The record of an event with the accounts of the units it bears on.
    #[must_use]
    pub fn new(cluster: &'a Cluster, accounts: &'a [Account]) -> EventAccountRecord<'a> {
        EventAccountRecord {
            event: EventRecord::from(&cluster.event),
            reports: cluster.voices.iter().map(|v| EventRecord::from(&v.event)).collect(),
            disagreements: disagreements(cluster)
                .into_iter()
                .map(|(field, values)| DisagreementRecord { field, values: values.into_iter().collect() })
                .collect(),
            units: accounts.iter().map(|a| touched(a, &cluster.event.id)).collect(),
        }
    }
}

fn touched<'a>(account: &'a Account, event: &EventId) -> TouchedRecord<'a> {
    TouchedRecord {
        unit_id: account.unit.as_str(),
        name: &account.name,
        level: account.level,
        course: decisions(account, event).map(DecisionRecord::from).collect(),
    }
}

fn means(means: Option<Means>) -> (Option<&'static str>, Option<Side>) {
    match means {
        None => (None, None),
        Some(Means::Near(_)) => (Some("near"), None),
        Some(Means::Fight(side)) => (Some("fight"), side),
        Some(Means::Act(side)) => (Some("act"), Some(side)),
    }
}

impl<'a> From<&'a Decision> for DecisionRecord<'a> {
    fn from(decision: &'a Decision) -> DecisionRecord<'a> {
        let (told, side) = means(decision.told);
        DecisionRecord {
            date: decision.date,
            rule: decision.rule,
            told,
            side,
            event_date: decision.when.map(|w| w.0),
            end_date: decision.when.map(|w| w.1),
            sum: decision.sum,
            made: decision.made,
            status: decision.status,
            conflict: decision.conflict,
            evidence: decision.events.iter().map(|id| id.0.as_str()).collect(),
        }
    }
}

fn piece(piece: &Piece, date: Date) -> PieceRecord<'_> {
    PieceRecord {
        bearing: piece.bearing,
        counts_on: piece.counts_on,
        age_days: piece.counts_on.map(|day| (date - day).get_days()),
        behind: piece.behind,
        event: EventRecord::from(&piece.event),
        corrections: piece.event.corrections.iter().map(|id| id.0.as_str()).collect(),
        tellings: piece.tellings.iter().map(TellingRecord::from).collect(),
    }
}

impl<'a> From<&'a Telling> for TellingRecord<'a> {
    fn from(telling: &'a Telling) -> TellingRecord<'a> {
        let (told, side) = means(telling.means);
        TellingRecord {
            told,
            side,
            voice: telling.voice,
            agency: telling.agency.as_deref(),
            points: telling.points,
            counts: telling.counts,
            event: EventRecord::from(&telling.event),
        }
    }
}

impl<'a> From<&'a Outlook> for OutlookRecord<'a> {
    fn from(outlook: &'a Outlook) -> OutlookRecord<'a> {
        OutlookRecord { status: outlook.status, side: outlook.side, if_any: &outlook.any_of }
    }
}
