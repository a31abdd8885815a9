//! Changes: what the statuses of two days differ in, and the events behind each difference.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ControlStatus, Day, Level, UnitStatus};
use crate::event::{Effect, Event, EventId, EventKind, Modality};
use crate::gazetteer::{Gazetteer, PlaceId};

/// The sort of a change, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It passed to a side that did not hold it: another is known to have held it, or its capture is told.
    ChangedHands,
    /// It passed back to the side that had lost it, as the reports say.
    Retaken,
    /// Both sides are inside, or sources conflict.
    Contested,
    /// A side alone says that it holds it.
    Claimed,
    /// It stayed with its holder: an attack was beaten back, or a claim was refuted.
    Held,
    /// Its holder is reported for the first time, and not how it came to hold it.
    Reported,
    /// A claim or a fight came to nothing for want of news, or what was reported was withdrawn.
    Lapsed,
    /// There was no news of it for longer than its status' half-life.
    Stale,
}

impl ChangeKind {
    /// All, the weightiest first.
    pub const ALL: [ChangeKind; 8] = [
        ChangeKind::ChangedHands,
        ChangeKind::Retaken,
        ChangeKind::Contested,
        ChangeKind::Claimed,
        ChangeKind::Held,
        ChangeKind::Reported,
        ChangeKind::Lapsed,
        ChangeKind::Stale,
    ];

    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::ChangedHands => "changed_hands",
            ChangeKind::Retaken => "retaken",
            ChangeKind::Contested => "contested",
            ChangeKind::Claimed => "claimed",
            ChangeKind::Held => "held",
            ChangeKind::Reported => "reported",
            ChangeKind::Lapsed => "lapsed",
            ChangeKind::Stale => "stale",
        }
    }
}

/// A unit that one day says something else of than another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The unit.
    pub unit: PlaceId,
    /// Its English name.
    pub name: String,
    /// What sort of unit it is.
    pub level: Level,
    /// Its province, which may be itself.
    pub admin1: Option<PlaceId>,
    /// The province's English name.
    pub admin1_name: Option<String>,
    /// What sort of change it is.
    pub kind: ChangeKind,
    /// Its status on the earlier day.
    pub before: ControlStatus,
    /// Its status on the later day.
    pub after: ControlStatus,
    /// First day of the act that gave it the later status.
    pub since: Option<Date>,
    /// The events behind it, oldest first: those that the earlier day did not rest on, where there are such.
    pub evidence: Vec<EventId>,
}

/// The events of a run by their ids.
pub(super) fn by_id(events: &[Event]) -> BTreeMap<&EventId, &Event> {
    events.iter().map(|e| (&e.id, e)).collect()
}

/// What `after` says of units that `before` did not, by unit id.
pub(super) fn changes(
    gazetteer: &Gazetteer,
    before: &Day,
    after: &Day,
    events: &BTreeMap<&EventId, &Event>,
) -> Vec<Change> {
    let mut pairs: BTreeMap<&PlaceId, [Option<&UnitStatus>; 2]> = BTreeMap::new();
    for (at, day) in [before, after].into_iter().enumerate() {
        for status in &day.statuses {
            pairs.entry(&status.unit).or_default()[at] = Some(status);
        }
    }
    pairs.into_values().filter_map(|[before, after]| change(gazetteer, before, after, events)).collect()
}

fn change(
    gazetteer: &Gazetteer,
    before: Option<&UnitStatus>,
    after: Option<&UnitStatus>,
    events: &BTreeMap<&EventId, &Event>,
) -> Option<Change> {
    let kind = kind(before, after, events)?;
    let unit = after.or(before)?;
    let place = gazetteer.by_id(unit.unit.as_str());
    let province = place.and_then(|p| gazetteer.province_of(p)).map(|p| gazetteer.get(p));
    let known = before.map_or(&[][..], |b| &b.evidence);
    let mut evidence: Vec<EventId> = unit.evidence.iter().filter(|id| !known.contains(id)).cloned().collect();
    if evidence.is_empty() {
        evidence.clone_from(&unit.evidence);
    }
    Some(Change {
        unit: unit.unit.clone(),
        name: unit.name.clone(),
        level: unit.level,
        admin1: province.map(|p| p.id.clone()),
        admin1_name: province.map(|p| p.name.clone()),
        kind,
        before: status(before),
        after: status(after),
        since: after.and_then(|a| a.since),
        evidence,
    })
}

fn status(unit: Option<&UnitStatus>) -> ControlStatus {
    unit.map_or(ControlStatus::Unknown, |u| u.status)
}

fn kind(
    before: Option<&UnitStatus>,
    after: Option<&UnitStatus>,
    events: &BTreeMap<&EventId, &Event>,
) -> Option<ChangeKind> {
    use ControlStatus as S;
    let (was, is) = (status(before), status(after));
    if was == is {
        let aged = is != S::Unknown && after?.stale && !before?.stale;
        return aged.then_some(ChangeKind::Stale);
    }
    let side = match is {
        S::Contested => return Some(ChangeKind::Contested),
        S::ClaimedTaliban | S::ClaimedGovernment => return Some(ChangeKind::Claimed),
        S::Unknown => return Some(ChangeKind::Lapsed),
        S::Taliban => Effect::Taliban,
        S::Government => Effect::Government,
    };
    let after = after?;
    let earlier = before.and_then(holder);
    // What goes back for want of news keeps the act, older than the claim or fight, that gave it its holder.
    let is_old = before.and_then(|b| b.since).is_none_or(|since| after.since.is_none_or(|s| s <= since));
    if earlier == Some(side) && after.stale && is_old {
        return Some(ChangeKind::Lapsed);
    }
    let acts = || {
        let behind = after.evidence.iter().filter_map(|id| events.get(id));
        behind.filter(|e| e.effect == Some(side) && e.modality != Modality::Denied).map(|e| e.kind)
    };
    Some(if acts().any(|k| k == EventKind::Recaptured) {
        ChangeKind::Retaken
    } else if earlier == Some(side) {
        ChangeKind::Held
    } else if earlier.is_some() || acts().any(takes) {
        ChangeKind::ChangedHands
    } else {
        ChangeKind::Reported
    })
}

/// Who holds a unit, or held it before a claim or a fight.
fn holder(unit: &UnitStatus) -> Option<Effect> {
    use crate::event::Side;
    match unit.status {
        ControlStatus::Taliban => Some(Effect::Taliban),
        ControlStatus::Government => Some(Effect::Government),
        _ => unit.before.map(|s| if s == Side::Taliban { Effect::Taliban } else { Effect::Government }),
    }
}

/// Whoever has a place after such an act did not have it before.
fn takes(kind: EventKind) -> bool {
    use EventKind as K;
    matches!(
        kind,
        K::Captured
            | K::Surrendered
            | K::Abandoned
            | K::Transferred
            | K::FacilitySeized
            | K::ForeignWithdrawal
    )
}
