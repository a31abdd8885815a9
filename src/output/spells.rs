//! Spells: the days for which what is told of a unit, its evidence and its age aside, stays the same.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::StatusRecord;
use crate::control::{Day, UnitStatus};
use crate::gazetteer::PlaceId;

/// Days of a run, one after the other, on which the same is told of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell<'d> {
    /// As on the last of the days, by when all evidence is in.
    pub(super) status: &'d UnitStatus,
    from: Date,
    /// None where it lasts to the end of the run.
    to: Option<Date>,
}

impl<'d> Spell<'d> {
    /// Its id among the spells of a run.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.status.unit, self.from)
    }

    /// The record of its unit, valid for its days.
    pub(super) fn record(&self) -> StatusRecord<'d> {
        StatusRecord { valid_from: self.from, valid_to: self.to, ..StatusRecord::from(self.status) }
    }
}

/// The spells of a run, by unit and first day.
pub(super) fn spells(days: &[Day]) -> Vec<Spell<'_>> {
    let mut by_unit: BTreeMap<&PlaceId, Vec<Spell<'_>>> = BTreeMap::new();
    let end = days.last().map(|d| d.date);
    for day in days {
        for status in &day.statuses {
            let spells = by_unit.entry(&status.unit).or_default();
            let yesterday = day.date.yesterday().ok();
            match spells.last_mut() {
                Some(last) if last.to == yesterday && is_same(last.status, status) => {
                    (last.status, last.to) = (status, Some(day.date));
                }
                _ => spells.push(Spell { status, from: day.date, to: Some(day.date) }),
            }
        }
    }
    let lasting = |s: Spell<'_>| if s.to == end { None } else { s.to };
    let all = by_unit.into_values().flatten();
    all.map(|s| Spell { to: lasting(s), ..s }).collect()
}

fn is_same(a: &UnitStatus, b: &UnitStatus) -> bool {
    let told = |s: &UnitStatus| (s.status, s.since, s.basis, s.stale, s.pressure, s.conflict, s.shares);
    told(a) == told(b)
}
