//! An account: why a unit has the status it has on a day.

use jiff::civil::Date;
use serde::Serialize;

use super::{Basis, ControlStatus, Correction, Counts, Level, Made, Outlook, Pressure, UnitStatus};
use crate::event::{Event, EventId, Side, Voice};
use crate::gazetteer::PlaceId;

/// All that was decided about a unit up to a day, and on what.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The day.
    pub date: Date,
    /// The unit.
    pub unit: PlaceId,
    /// Its English name.
    pub name: String,
    /// What sort of unit it is.
    pub level: Level,
    /// The name of its province.
    pub province: Option<String>,
    /// What is said of it on the day; None where nothing is.
    pub status: Option<UnitStatus>,
    /// The provincial capital whose status this district takes: decisions and evidence are the capital's.
    pub follows: Option<PlaceId>,
    /// Of a province, its capital.
    pub capital: Option<PlaceId>,
    /// Of a province, what is said of its capital and districts, the capital first; those of which nothing is said are
    /// left out.
    pub members: Vec<UnitStatus>,
    /// What was declared of it before the first report.
    pub declared: ControlStatus,
    /// What was decided up to the day, first to last.
    pub decisions: Vec<Decision>,
    /// What is told of the unit, by the day on which it counts; what counts on no day comes last.
    pub evidence: Vec<Piece>,
    /// What is told of the unit and an editor holds to be no evidence.
    pub suppressed: Vec<Event>,
    /// An editor's corrections of the evidence and of the status, in the order of their file.
    pub corrections: Vec<Correction>,
    /// When silence will undo what is contested or claimed, and to what the unit then returns.
    pub returns: Option<(Date, ControlStatus)>,
    /// The day from which it is stale without news.
    pub stale_from: Option<Date>,
    /// What would change the status.
    pub outlook: Vec<Outlook>,
}

/// What a telling means for the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Fighting comes near.
    Near(Pressure),
    /// Attackers are inside; whose, where known.
    Fight(Option<Side>),
    /// A side holds it afterwards.
    Act(Side),
}

/// One decision about the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The day.
    pub date: Date,
    /// The number of the rule, 1 to 10.
    pub rule: u8,
    /// What it made of what was told.
    pub made: Made,
    /// What was told; None where silence decided.
    pub told: Option<Means>,
    /// First and last day of what was told.
    pub when: Option<(Date, Date)>,
    /// How the points add up; None where none are counted.
    pub sum: Option<Sum>,
    /// What the unit's status is from then on.
    pub status: ControlStatus,
    /// Sources contradict each other from then on.
    pub conflict: bool,
    /// The events that were weighed.
    pub events: Vec<EventId>,
}

/// How points add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// What is left.
    pub points: i32,
    /// What it takes for a holder, or for fighting inside to count; None for a province.
    pub points_needed: Option<i32>,
    /// Independent agencies; one more where an agency quotes both sides.
    pub sources: usize,
    /// How many it takes for a holder.
    pub sources_needed: usize,
    /// Lead over the other side that it takes to end a conflict of sources; None where there was none.
    pub margin: Option<i32>,
    /// Added once because both sides say it.
    pub both_sides: i32,
    /// Taken off because of denials.
    pub denials: i32,
    /// Taken off because the place is vague, or follows from "all districts".
    pub vague_place: i32,
    /// Taken off because it is dated to more than a month.
    pub vague_date: i32,
}

/// How an act bears on the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// It speaks of the unit itself, or of its district or centre.
    Direct,
    /// It speaks of all districts of its province.
    Derived,
    /// It speaks of a facility inside the unit.
    Around,
}

/// An event that bears on the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The merged record.
    pub event: Event,
    /// How it bears on the unit.
    pub bearing: Bearing,
    /// The day on which it counts; None where it has no date, or is not known yet, or happens after the day.
    pub counts_on: Option<Date>,
    /// Whether the status of the day rests on it.
    pub behind: bool,
    /// The reports that speak of the unit, oldest first.
    pub tellings: Vec<Telling>,
}

/// What one report says of the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// As the report tells it.
    pub event: Event,
    /// The neutral agency whose word or copy it is.
    pub agency: Option<String>,
    /// None where it says nothing about who holds the unit.
    pub means: Option<Means>,
    /// Whose word it counts as.
    pub voice: Voice,
    /// What that is worth here.
    pub points: i32,
    /// What became of these points; None where none were to be given.
    pub counts: Option<Counts>,
}

impl Account {
    /// The number of the rule by which the unit has its status; None of a province that has that of its units, where
    /// nothing was decided, and where an editor did.
    #[must_use]
    pub fn rule(&self) -> Option<u8> {
        let decided = |s: &&UnitStatus| s.status != ControlStatus::Unknown && s.basis != Basis::Editor;
        let status = self.status.as_ref().filter(decided)?.status;
        let Some(turn) = self.turn() else { return (self.declared == status).then_some(9) };
        (self.level != Level::Province || turn.status == status).then_some(turn.rule)
    }

    /// The decision that gave the unit the status it had last.
    fn turn(&self) -> Option<&Decision> {
        let before = |i: usize| i.checked_sub(1).map_or(self.declared, |b| self.decisions[b].status);
        (0..self.decisions.len())
            .rev()
            .find(|i| before(*i) != self.decisions[*i].status)
            .map(|i| &self.decisions[i])
    }

    /// The evidence that speaks against the status: acts for the other side, fighting inside, and denials of what
    /// it says; of a contested unit, what gives it to one side. Only what the status rests on or what came later; of a
    /// status that an editor pins, what the status in its stead would rest on.
    #[must_use]
    pub fn against(&self) -> Vec<(&Piece, &Telling)> {
        let Some(status) = &self.status else { return Vec::new() };
        let pinned = status.basis == Basis::Editor;
        let since = if pinned { self.turn().map(|t| t.date) } else { status.since };
        let recent = |p: &&Piece| {
            let later = p.counts_on.zip(since).is_some_and(|(on, since)| on >= since);
            p.behind || later
        };
        let pieces = self.evidence.iter().filter(|p| p.counts_on.is_some()).filter(recent);
        let tellings = pieces.flat_map(|p| p.tellings.iter().map(move |t| (p, t)));
        tellings.filter(|(_, t)| t.is_against(status.status)).collect()
    }
}

impl Telling {
    fn is_against(&self, status: ControlStatus) -> bool {
        let denies = self.counts == Some(Counts::Denies);
        let side = match status {
            ControlStatus::Taliban | ControlStatus::ClaimedTaliban => Side::Taliban,
            ControlStatus::Government | ControlStatus::ClaimedGovernment => Side::Government,
            ControlStatus::Contested => {
                return denies || matches!(self.means, Some(Means::Act(_)));
            }
            ControlStatus::Unknown => return denies,
        };
        match self.means {
            Some(Means::Act(gains)) => (gains == side) == denies,
            Some(Means::Fight(attacker)) => !denies && attacker != Some(side),
            _ => false,
        }
    }
}
