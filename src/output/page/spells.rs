//! Spells: the days for which a unit's status and all that is said of it stay the same.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::control::{Basis, ControlStatus, Pressure, UnitStatus};
use crate::event::{EventId, Side};

/// Bits of `Said::flags`, which the page's script knows too.
const STALE: u8 = 1;
const CONFLICT: u8 = 2;
const DERIVED: u8 = 4;
const BASELINE: u8 = 8;
const EDITOR: u8 = 16;
/// It is said of the whole province.
const WHOLE: u8 = 32;

/// What the page tells of a unit on a day.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    class: usize,
    since: Option<i32>,
    flags: u8,
    pressure: u8,
    before: u8,
    independent: u32,
    evidence: Vec<usize>,
    shares: Option<[u32; 5]>,
}

/// A run of days, by their numbers, both included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spell {
    from: usize,
    to: usize,
    said: Said,
}

impl Serialize for Spell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let s = &self.said;
        let head = (self.from, self.to, s.class, s.since, s.flags, s.pressure, s.before);
        (head, s.independent, &s.evidence, s.shares).serialize(serializer)
    }
}

/// What spells are written by.
pub(super) struct Ledger<'r> {
    pub(super) first: Date,
    pub(super) classes: [ControlStatus; 6],
    pub(super) events: &'r BTreeMap<&'r EventId, usize>,
}

impl Ledger<'_> {
    /// The spells of a unit from its status on each day, if any.
    pub(super) fn spells<'t>(
        &self,
        unit: &str,
        days: impl Iterator<Item = Option<&'t UnitStatus>>,
    ) -> Vec<Spell> {
        let mut spells: Vec<Spell> = Vec::new();
        for (day, status) in days.enumerate() {
            let Some(said) = status.map(|s| self.said(unit, s)) else { continue };
            match spells.last_mut() {
                Some(last) if last.to + 1 == day && last.said == said => last.to = day,
                _ => spells.push(Spell { from: day, to: day, said }),
            }
        }
        spells
    }

    fn said(&self, unit: &str, status: &UnitStatus) -> Said {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let flags = flag(status.stale, STALE)
            | flag(status.conflict, CONFLICT)
            | flag(status.basis == Basis::Derived, DERIVED)
            | flag(status.basis == Basis::Baseline, BASELINE)
            | flag(status.basis == Basis::Editor, EDITOR)
            | flag(status.unit.as_str() != unit, WHOLE);
        Said {
            class: self.classes.iter().position(|c| *c == status.status).unwrap_or(self.classes.len() - 1),
            since: status.since.map(|date| day_number(self.first, date)),
            flags,
            pressure: match status.pressure {
                None => 0,
                Some(Pressure::Approach) => 1,
                Some(Pressure::Advance) => 2,
                Some(Pressure::Siege) => 3,
            },
            before: match status.before {
                Some(Side::Taliban) => 1,
                Some(Side::Government) => 2,
                _ => 0,
            },
            independent: status.n_independent,
            evidence: status.evidence.iter().filter_map(|id| self.events.get(id).copied()).collect(),
            shares: status.shares.map(|s| [s.taliban, s.contested, s.claimed, s.government, s.unknown]),
        }
    }
}

/// Days from the first of the run to a date; negative before it.
pub(super) fn day_number(first: Date, date: Date) -> i32 {
    (date - first).get_days()
}
