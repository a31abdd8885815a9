//! Notes: what a fold decided on the way, kept only for those who ask why.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::points::{Counts, Support};
use super::sense::Stage;
use super::state::{Grounds, State};
use super::weigh::{Act, Fight, Needed};
use super::{Bearing, ControlStatus, Level, Pressure};
use crate::event::EventKind;

/// What a decision made of what it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Made {
    /// Fighting came near; the status stays.
    Pressure,
    /// Only a side to its own credit says that it is inside: pressure, and the status stays.
    Boast,
    /// Nothing is left of its points, because it is denied: the status stays, with the conflict.
    Disputed,
    /// It has no points, and changes nothing.
    Nothing,
    /// The unit is contested from now on.
    Contested,
    /// The same, against what was told before.
    Conflict,
    /// More of the same.
    Again,
    /// Fighting that belongs to the capture before.
    OfCapture,
    /// The holder took a building in its own unit.
    ByHolder,
    /// It gives way to an act of the other side that is dated better.
    Overtaken,
    /// It gives way to a stronger act of the same day.
    Outweighed,
    /// The side holds the unit from now on.
    Held,
    /// The side claims the unit from now on.
    Claimed,
    /// The unit stays contested, and the side claims it.
    ClaimKept,
    /// The claim before stays, with the conflict.
    AgainstClaim,
    /// Nothing was heard for long: the unit goes back to its holder before.
    Lapsed,
}

/// A day's fighting near, fighting inside, or act.
#[derive(Debug, Clone)]
pub(super) enum Told<'a> {
    Near(Pressure, BTreeSet<usize>),
    Fight(Fight<'a>),
    Act(Act<'a>),
}

/// A decision of the fold.
#[derive(Debug, Clone)]
pub(super) struct Note<'a> {
    pub(super) day: Date,
    /// None where silence decided.
    pub(super) told: Option<Told<'a>>,
    pub(super) made: Made,
    /// What the unit's state says from then on.
    pub(super) status: ControlStatus,
    pub(super) conflict: bool,
}

impl<'a> Note<'a> {
    pub(super) fn new(day: Date, told: Option<Told<'a>>, made: Made, state: &State<'a>) -> Note<'a> {
        let disputed = state.dispute.as_ref().is_some_and(|(on, _)| *on == day);
        let conflict = disputed || state.open.as_ref().is_some_and(|o| o.conflict);
        Note { day, told, made, status: state.status(), conflict }
    }

    pub(super) fn support(&self) -> Option<&Support<'a>> {
        match self.told.as_ref()? {
            Told::Near(..) => None,
            Told::Fight(fight) => Some(&fight.support),
            Told::Act(act) => Some(&act.support),
        }
    }

    pub(super) fn clusters(&self) -> Option<&BTreeSet<usize>> {
        Some(match self.told.as_ref()? {
            Told::Near(_, clusters) => clusters,
            Told::Fight(fight) => &fight.grounds.clusters,
            Told::Act(act) => &act.grounds.clusters,
        })
    }

    pub(super) fn grounds(&self) -> Option<&Grounds<'a>> {
        match self.told.as_ref()? {
            Told::Near(..) => None,
            Told::Fight(fight) => Some(&fight.grounds),
            Told::Act(act) => Some(&act.grounds),
        }
    }

    pub(super) fn needed(&self) -> Option<Needed> {
        match self.told.as_ref()? {
            Told::Act(act) => act.needed,
            _ => None,
        }
    }

    fn is_withdrawn(&self) -> bool {
        let heard = self.support().into_iter().flat_map(|s| &s.heard);
        heard.into_iter().any(|h| h.counts == Counts::Withdrawn)
    }

    /// The number of the rule by which it was decided, from 1 to 10.
    pub(super) fn rule(&self, level: Level) -> u8 {
        match (self.made, &self.told) {
            (Made::Lapsed, _) | (_, None) => 8,
            (Made::Disputed | Made::Nothing, _) if self.is_withdrawn() => 10,
            (Made::Disputed, _) => 9,
            (Made::Conflict | Made::OfCapture, _) => 4,
            (_, Some(Told::Near(..))) => 1,
            (_, Some(Told::Fight(fight))) => fight_rule(fight),
            (_, Some(Told::Act(_))) if self.status == ControlStatus::Contested && self.conflict => 4,
            (_, Some(Told::Act(act))) => act_rule(act, level),
        }
    }
}

fn fight_rule(fight: &Fight<'_>) -> u8 {
    let told = || fight.support.heard.iter().map(|h| &h.voice.event);
    if fight.bearing == Bearing::Around {
        6
    } else if told().any(|e| e.telling.reversed) {
        4
    } else if told().any(|e| e.kind == EventKind::Abandoned) {
        5
    } else {
        1
    }
}

fn act_rule(act: &Act<'_>, level: Level) -> u8 {
    let told = || act.support.heard.iter().map(|h| h.voice.event.kind);
    let left = |k| matches!(k, EventKind::Abandoned | EventKind::ForeignWithdrawal);
    if level == Level::Province || act.grounds.derived {
        7
    } else if level == Level::Facility && told().any(|k| k == EventKind::FacilitySeized) {
        6
    } else if act.stage != Stage::Taken {
        3
    } else if told().all(left) {
        5
    } else {
        2
    }
}
