//! Pins: an editor's word on who holds a unit, laid over what the evidence says.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::clash::{Term, terms};
use super::correction::Correction;
use super::corrections::Corrections;
use super::names;
use crate::control::{ControlStatus, Origin};
use crate::error::Notice;
use crate::event::CorrectionId;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};

/// The pins of a file of corrections.
#[derive(Debug, Clone, Default)]
pub(in crate::control) struct Pins {
    corrections: Corrections,
    /// By unit, the pins of its province, then its own.
    terms: BTreeMap<PlaceRef, Vec<Term>>,
}

/// What the evidence says of a unit: each status with its first day.
pub(in crate::control) type Said = Vec<(Date, ControlStatus)>;

/// A status on days of a unit, the last of which may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::control) struct Pin {
    pub(in crate::control) status: ControlStatus,
    pub(in crate::control) from: Date,
    pub(in crate::control) to: Option<Date>,
    pub(in crate::control) correction: usize,
}

impl Pins {
    pub(in crate::control) fn new(corrections: Corrections, gazetteer: &Gazetteer) -> Pins {
        let mut of_provinces: BTreeMap<PlaceRef, Vec<Term>> = BTreeMap::new();
        let mut own: BTreeMap<PlaceRef, Vec<Term>> = BTreeMap::new();
        for (id, terms) in terms(&corrections.all) {
            let Some(unit) = gazetteer.by_id(id.as_str()) else { continue };
            if gazetteer.get(unit).kind == PlaceKind::Province {
                for member in names::units_within(gazetteer, unit) {
                    of_provinces.insert(member, terms.clone());
                }
            } else {
                own.insert(unit, terms);
            }
        }
        for (unit, terms) in own {
            of_provinces.entry(unit).or_default().extend(terms);
        }
        Pins { corrections, terms: of_provinces }
    }

    /// All corrections of the file.
    pub(in crate::control) fn corrections(&self) -> &[Correction] {
        self.corrections.all()
    }

    /// The units that are pinned.
    pub(in crate::control) fn units(&self) -> impl Iterator<Item = PlaceRef> {
        self.terms.keys().copied()
    }

    /// The pins of a unit; a later one goes over an earlier one.
    pub(in crate::control) fn of(&self, unit: PlaceRef) -> impl Iterator<Item = Pin> {
        let terms = self.terms.get(&unit).into_iter().flatten();
        terms.map(|t| Pin { status: t.status, from: t.from, to: t.to, correction: t.correction })
    }

    /// Who says so.
    pub(in crate::control) fn origin(&self, correction: usize) -> Option<Origin> {
        self.corrections.all.get(correction).map(|c| Origin::Correction {
            id: c.id.clone(),
            reason: c.reason.clone(),
            by: c.by.clone(),
            source: c.source.clone(),
        })
    }

    /// Pins that say what the evidence says, that begin after the last day, or that later evidence speaks against; and
    /// by pin, how many units it applies to.
    pub(in crate::control) fn review(
        &self,
        said: &BTreeMap<PlaceRef, Said>,
        end: Date,
    ) -> (Vec<Notice>, BTreeMap<CorrectionId, usize>) {
        let mut applied: BTreeMap<usize, usize> = BTreeMap::new();
        let mut against: BTreeMap<usize, (Date, ControlStatus)> = BTreeMap::new();
        let mut late = BTreeSet::new();
        let nothing = Said::new();
        for (unit, terms) in &self.terms {
            for term in terms {
                let units = applied.entry(term.correction).or_default();
                if term.from > end {
                    late.insert(term.correction);
                    continue;
                }
                let said = said.get(unit).unwrap_or(&nothing);
                let to = term.to.map_or(end, |to| to.min(end));
                let on = |day: Date| on(said, day);
                let turns = said.iter().filter(|(day, _)| *day > term.from && *day <= to);
                let statuses = [on(term.from)].into_iter().chain(turns.clone().map(|(_, s)| *s));
                *units += usize::from(statuses.into_iter().any(|s| s != term.status));
                let holder =
                    |s: ControlStatus| matches!(s, ControlStatus::Taliban | ControlStatus::Government);
                let later = turns.clone().find(|(day, s)| {
                    let before = day.saturating_sub(1.day());
                    *s != term.status && holder(*s) && on(before) != *s && *s != on(term.from)
                });
                if let Some(turn) = later.filter(|_| term.open) {
                    against.entry(term.correction).or_insert(*turn);
                }
            }
        }
        let mut notices = Vec::new();
        for (at, units) in &applied {
            let Some(correction) = self.corrections.all.get(*at) else { continue };
            let message = if late.contains(at) {
                "it begins after the last day of these inputs".to_owned()
            } else if *units == 0 {
                "the evidence says the same; take it out".to_owned()
            } else if let Some((day, status)) = against.get(at) {
                format!(
                    "the evidence says {} from {day} on; give it an until before that, or see that it still holds",
                    status.as_str()
                )
            } else {
                continue;
            };
            notices.push(self.corrections.remark(correction, &message));
        }
        let id = |at: &usize| self.corrections.all.get(*at).map(|c| c.id.clone());
        (notices, applied.iter().filter_map(|(at, n)| Some((id(at)?, *n))).collect())
    }
}

fn on(said: &Said, day: Date) -> ControlStatus {
    let after = said.partition_point(|(from, _)| *from <= day);
    after.checked_sub(1).map_or(ControlStatus::Unknown, |i| said[i].1)
}
