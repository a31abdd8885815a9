//! Review: what of a day an editor should look at before it is published, and why.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::weights::Weights;
use super::{Basis, Control, ControlStatus, Day, Level, UnitStatus};
use crate::date::DatePrecision;
use crate::event::{Cluster, Effect, Event, EventId, Modality, Range};
use crate::gazetteer::{Gazetteer, PlaceId};

/// A reason to look at something, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Sources contradict each other.
    Conflict,
    /// A side holds it, on the word of one source.
    OneSource,
    /// A side alone says that it holds it.
    Claim,
    /// Reports of one event differ: on days, tolls, who holds the place, or whether it happened.
    Disagreement,
    /// The confidence is below the threshold of `control/weights.toml`.
    LowConfidence,
    /// No report gives the event a day: it is taken from the day of printing.
    AssumedDate,
    /// No news for longer than the status' half-life.
    Stale,
}

/// What the reports of one event differ in: each value that some report gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// First and last day.
    Days(Vec<(Date, Date)>),
    /// Who holds the place afterwards.
    Holder(Vec<Effect>),
    /// Killed.
    Killed(Vec<Range>),
    /// Wounded.
    Wounded(Vec<Range>),
    /// Some tell it, some deny it.
    Denied,
}

/// Something to look at: a status of one or several units that rests on the same reports, or an event that bears on
/// no status of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'c> {
    /// The units that it is about, weightiest first; none where it is about an event alone.
    pub units: Vec<UnitStatus>,
    /// Where it is.
    pub name: String,
    /// In which province.
    pub admin1: Option<String>,
    /// Why it is listed.
    pub concerns: Vec<Concern>,
    /// The status is another than on the day before, or the event is of this day.
    pub is_new: bool,
    /// What stands first: levels and concerns are weighed by `control/weights.toml`.
    pub weight: i32,
    /// What it rests on, oldest first.
    pub grounds: Vec<Ground<'c>>,
}

/// An act with its tellings, and what these differ in.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground<'c> {
    /// The act.
    pub act: &'c Cluster,
    /// What its tellings differ in; mostly nothing.
    pub differences: Vec<Difference>,
}

/// All that is to be looked at on a day, the weightiest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Review<'c> {
    /// The day.
    pub date: Date,
    /// Statuses that day, provinces left out: they only sum up.
    pub statuses: usize,
    /// Confidence below which a status is listed.
    pub low_confidence: f64,
    /// What to look at.
    pub findings: Vec<Finding<'c>>,
}

impl Control {
    /// What to look at before a day is published. Evidence of all days is used.
    #[must_use]
    pub fn review<'c>(&self, gazetteer: &Gazetteer, clusters: &'c [Cluster], on: Date) -> Review<'c> {
        let timeline = self.timeline(gazetteer, clusters, on, on);
        let acts = clusters.iter().map(|c| (&c.event.id, c)).collect();
        let mut reviewer = Reviewer { gazetteer, weights: &self.weights, acts, findings: Vec::new() };
        let mut statuses = 0;
        if let Some(day) = timeline.days().first() {
            statuses = day.statuses.iter().filter(|s| s.level != Level::Province).count();
            reviewer.statuses(day);
            reviewer.events(day);
        }
        let mut findings = reviewer.findings;
        findings.sort_by(|a, b| {
            let place = |f: &Finding<'_>| (f.admin1.clone(), f.name.clone());
            b.is_new.cmp(&a.is_new).then(b.weight.cmp(&a.weight)).then_with(|| place(a).cmp(&place(b)))
        });
        Review { date: on, statuses, low_confidence: self.weights.review.low_confidence, findings }
    }
}

/// What units that are looked at once have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Alike<'d> {
    admin1: Option<String>,
    status: ControlStatus,
    since: Option<Date>,
    evidence: &'d [EventId],
    concerns: Vec<Concern>,
    is_new: bool,
}

struct Reviewer<'r, 'c> {
    gazetteer: &'r Gazetteer,
    weights: &'r Weights,
    acts: BTreeMap<&'c EventId, &'c Cluster>,
    findings: Vec<Finding<'c>>,
}

impl<'c> Reviewer<'_, 'c> {
    /// Units that rest on the same reports, in the same way, are looked at once.
    fn statuses(&mut self, day: &Day) {
        let mut alike: BTreeMap<Alike<'_>, Vec<&UnitStatus>> = BTreeMap::new();
        for status in day.statuses.iter().filter(|s| s.level != Level::Province) {
            let concerns = self.concerns(status, &self.grounds(&status.evidence));
            if concerns.is_empty() {
                continue;
            }
            let key = Alike {
                admin1: self.province(&status.unit),
                status: status.status,
                since: status.since,
                evidence: &status.evidence,
                concerns,
                is_new: day.has_changed(&status.unit),
            };
            alike.entry(key).or_default().push(status);
        }
        let found: Vec<Finding<'c>> =
            alike.into_iter().map(|(key, units)| self.finding(key, units)).collect();
        self.findings.extend(found);
    }

    fn finding(&self, of: Alike<'_>, mut units: Vec<&UnitStatus>) -> Finding<'c> {
        units.sort_by_key(|u| (Reverse(self.level(u.level)), &u.name, &u.unit));
        let mut names: Vec<&str> = units.iter().map(|u| u.name.as_str()).collect();
        names.dedup();
        let level = units.first().map_or(0, |u| self.level(u.level));
        Finding {
            name: names.join(", "),
            admin1: of.admin1,
            weight: level + of.concerns.iter().map(|c| self.weight(*c)).sum::<i32>(),
            grounds: self.grounds(of.evidence),
            units: units.into_iter().cloned().collect(),
            concerns: of.concerns,
            is_new: of.is_new,
        }
    }

    /// Events of the day that no finding so far rests on.
    fn events(&mut self, day: &Day) {
        let shown: BTreeSet<&EventId> =
            self.findings.iter().flat_map(|f| &f.grounds).map(|g| &g.act.event.id).collect();
        let others: Vec<&Event> = day.events.iter().filter(|e| !shown.contains(&e.id)).collect();
        for event in others {
            let grounds = self.grounds(std::slice::from_ref(&event.id));
            let concerns = of_events(&grounds);
            if concerns.is_empty() {
                continue;
            }
            self.findings.push(Finding {
                units: Vec::new(),
                name: event.place.name.clone(),
                admin1: event.place.admin1_name.clone(),
                weight: concerns.iter().map(|c| self.weight(*c)).sum(),
                concerns,
                is_new: true,
                grounds,
            });
        }
    }

    fn grounds(&self, evidence: &[EventId]) -> Vec<Ground<'c>> {
        let acts = evidence.iter().filter_map(|id| self.acts.get(id).copied());
        acts.map(|act| Ground { act, differences: differences(act) }).collect()
    }

    fn province(&self, unit: &PlaceId) -> Option<String> {
        let province = self.gazetteer.by_id(unit.as_str()).and_then(|p| self.gazetteer.province_of(p))?;
        Some(self.gazetteer.get(province).name.clone())
    }

    fn concerns(&self, status: &UnitStatus, grounds: &[Ground<'_>]) -> Vec<Concern> {
        use ControlStatus as S;
        let known = status.status != S::Unknown;
        let held = matches!(status.status, S::Taliban | S::Government);
        let claimed = matches!(status.status, S::ClaimedTaliban | S::ClaimedGovernment);
        let by_reports = matches!(status.basis, Basis::Reported | Basis::Derived);
        let unsure = status.confidence < self.weights.review.low_confidence;
        let of_status = [
            (status.conflict, Concern::Conflict),
            (held && by_reports && status.n_independent <= 1, Concern::OneSource),
            (claimed, Concern::Claim),
            (known && by_reports && unsure, Concern::LowConfidence),
            (known && status.stale, Concern::Stale),
        ];
        let mut concerns: Vec<Concern> =
            of_status.into_iter().filter(|(is_so, _)| *is_so).map(|(_, c)| c).collect();
        concerns.extend(of_events(grounds));
        concerns.sort_unstable();
        concerns
    }

    fn level(&self, level: Level) -> i32 {
        let weights = &self.weights.review;
        match level {
            Level::Capital => weights.capital,
            Level::District => weights.district,
            Level::Settlement | Level::Facility => weights.other,
            Level::Province => 0,
        }
    }

    fn weight(&self, concern: Concern) -> i32 {
        let weights = &self.weights.review;
        match concern {
            Concern::Conflict => weights.conflict,
            Concern::OneSource => weights.one_source,
            Concern::Claim => weights.claim,
            Concern::Disagreement => weights.disagreement,
            Concern::LowConfidence => weights.unsure,
            Concern::AssumedDate => weights.assumed_date,
            Concern::Stale => weights.stale,
        }
    }
}

fn of_events(grounds: &[Ground<'_>]) -> Vec<Concern> {
    let is_assumed = |e: &Event| e.when.is_some_and(|w| w.precision == DatePrecision::Assumed);
    let differ = grounds.iter().any(|g| !g.differences.is_empty()).then_some(Concern::Disagreement);
    let assumed = grounds.iter().any(|g| is_assumed(&g.act.event)).then_some(Concern::AssumedDate);
    differ.into_iter().chain(assumed).collect()
}

/// What the tellings of an act differ in. Days that overlap agree, and so do tolls: "at least five" and "seven".
fn differences(act: &Cluster) -> Vec<Difference> {
    let told = || act.voices.iter().map(|v| &v.event).filter(|e| e.modality != Modality::Denied);
    let mut found = Vec::new();
    let days: BTreeSet<(Date, Date)> = told()
        .filter_map(|e| e.when)
        .filter(|w| w.precision != DatePrecision::Assumed)
        .map(|w| (w.from, w.to))
        .collect();
    if days.iter().any(|a| days.iter().any(|b| a.1 < b.0)) {
        found.push(Difference::Days(days.into_iter().collect()));
    }
    let holders: BTreeSet<Effect> = told().filter_map(|e| e.effect).collect();
    if holders.len() > 1 {
        found.push(Difference::Holder(holders.into_iter().collect()));
    }
    let toll = |of: fn(&Event) -> Option<Range>| -> Option<Vec<Range>> {
        let tolls: BTreeSet<Range> = told().filter_map(of).collect();
        let differ = tolls.iter().any(|a| tolls.iter().any(|b| a.high < b.low));
        differ.then(|| tolls.into_iter().collect())
    };
    found.extend(toll(|e| e.killed).map(Difference::Killed));
    found.extend(toll(|e| e.wounded).map(Difference::Wounded));
    if told().next().is_some() && act.voices.iter().any(|v| v.event.modality == Modality::Denied) {
        found.push(Difference::Denied);
    }
    found
}
