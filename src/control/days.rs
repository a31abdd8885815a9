//! Days: what every unit's course says on a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::desk::{Baseline, Pins};
use super::fold::Course;
use super::province::{shares, summary};
use super::state::{Grounds, State, View};
use super::units::Units;
use super::weights::Weights;
use super::{Basis, ControlStatus, Day, Level, Origin, UnitStatus};
use crate::event::{Cluster, Event, EventId, SourceRef};
use crate::gazetteer::{PlaceId, PlaceRef};

/// A day's own events end on it and span at most so many days (contract).
const OWN_DAYS: i32 = 2;

/// A status and the days it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spell {
    from: Date,
    /// None while it lasts.
    to: Option<Date>,
    status: ControlStatus,
}

/// What is said of each unit on a day, and what it rests on.
type Said = BTreeMap<PlaceRef, (UnitStatus, BTreeSet<usize>)>;

/// All courses of a run, ready to be asked for a day.
pub(super) struct Chronicle<'r, 'g, 'a> {
    units: &'r Units<'g>,
    weights: &'r Weights,
    clusters: &'r [&'a Cluster],
    courses: BTreeMap<PlaceRef, Course<'a>>,
    spells: BTreeMap<PlaceRef, Vec<Spell>>,
    provinces: BTreeMap<PlaceRef, Vec<PlaceRef>>,
    of_day: BTreeMap<Date, Vec<&'a Event>>,
    /// First day told.
    first: Date,
    desk: (&'r Baseline, &'r Pins),
}

impl<'r, 'g, 'a> Chronicle<'r, 'g, 'a> {
    pub(super) fn new(
        units: &'r Units<'g>,
        weights: &'r Weights,
        clusters: &'r [&'a Cluster],
        mut courses: BTreeMap<PlaceRef, Course<'a>>,
        first: Date,
        desk: (&'r Baseline, &'r Pins),
    ) -> Chronicle<'r, 'g, 'a> {
        let mut provinces = BTreeMap::new();
        for (province, districts) in &units.outer {
            let capital = units.capital(*province);
            if let Some(capital) = capital {
                follow_capital(units, capital, &mut courses);
            }
            let own = capital.map(|c| units.gazetteer.district_of(c).unwrap_or(c));
            let members: Vec<PlaceRef> = own.into_iter().chain(districts.iter().copied()).collect();
            provinces.insert(*province, members);
        }
        let spells = courses.iter().map(|(unit, course)| (*unit, spells(&course.segments))).collect();
        let mut of_day: BTreeMap<Date, Vec<&Event>> = BTreeMap::new();
        for event in clusters.iter().map(|c| &c.event) {
            if let Some(when) = event.when.filter(|w| w.days() <= OWN_DAYS) {
                of_day.entry(when.to).or_default().push(event);
            }
        }
        let mut chronicle =
            Chronicle { units, weights, clusters, courses, spells, provinces, of_day, first, desk };
        for province in chronicle.provinces.keys().copied().collect::<Vec<_>>() {
            let spells = chronicle.province_spells(province);
            chronicle.spells.insert(province, spells);
        }
        chronicle
    }

    /// The capital whose course a district takes.
    pub(super) fn leader(&self, district: PlaceRef) -> Option<PlaceRef> {
        let province = self.units.gazetteer.province_of(district)?;
        let capital = self.units.capital(province)?;
        let of_capital = self.units.gazetteer.district_of(capital) == Some(district);
        let known = self.courses.get(&capital).is_some_and(has_status);
        (of_capital && known).then_some(capital)
    }

    fn state(&self, unit: PlaceRef, day: Date) -> Option<&State<'a>> {
        self.courses.get(&unit).and_then(|c| c.on(day))
    }

    fn status(&self, unit: PlaceRef, day: Date) -> ControlStatus {
        self.state(unit, day).map_or(ControlStatus::Unknown, State::status)
    }

    fn province_status(&self, province: PlaceRef, day: Date) -> ControlStatus {
        let members = self.provinces.get(&province).into_iter().flatten();
        let statuses: Vec<ControlStatus> = members.map(|m| self.status(*m, day)).collect();
        summary(&statuses, self.status(province, day), self.weights)
    }

    fn province_spells(&self, province: PlaceRef) -> Vec<Spell> {
        let members = self.provinces.get(&province).into_iter().flatten().copied();
        let turns: BTreeSet<Date> = members
            .chain([province])
            .filter_map(|u| self.courses.get(&u))
            .flat_map(|c| c.segments.iter().map(|(d, _)| *d))
            .collect();
        run_lengths(turns.into_iter().map(|day| (day, self.province_status(province, day))))
    }

    fn spell(&self, unit: PlaceRef, day: Date) -> Option<&Spell> {
        let spells = self.spells.get(&unit)?;
        spells.partition_point(|s| s.from <= day).checked_sub(1).map(|i| &spells[i])
    }

    /// Everything that is said of a day, but for what changed since the day before.
    pub(super) fn day(&self, date: Date) -> Day {
        let mut clusters: BTreeSet<usize> = BTreeSet::new();
        let mut statuses: Vec<UnitStatus> = Vec::new();
        let mut said: Said = self.courses.keys().filter_map(|u| Some((*u, self.unit(*u, date)?))).collect();
        for (province, members) in &self.provinces {
            let whole = self.province(*province, members, date, &said);
            said.remove(province);
            let Some((status, evidence)) = whole else { continue };
            clusters.extend(evidence);
            statuses.push(status);
        }
        for (status, evidence) in said.into_values() {
            clusters.extend(evidence);
            statuses.push(status);
        }
        statuses.sort_by(|a, b| a.unit.cmp(&b.unit));
        let of_day = self.of_day.get(&date).map_or(&[][..], Vec::as_slice);
        let behind = clusters.iter().map(|i| &self.clusters[*i].event);
        let sources: BTreeSet<&SourceRef> =
            behind.chain(of_day.iter().copied()).flat_map(|e| &e.sources).collect();
        Day {
            date,
            statuses,
            events: of_day.iter().copied().cloned().collect(),
            changes: Vec::new(),
            sources: sources.into_iter().cloned().collect(),
        }
    }

    fn id(&self, unit: PlaceRef) -> PlaceId {
        self.units.gazetteer.get(unit).id.clone()
    }

    fn unit(&self, unit: PlaceRef, date: Date) -> Option<(UnitStatus, BTreeSet<usize>)> {
        let view = self.state(unit, date)?.on(date, self.weights);
        if view.is_empty() {
            return None;
        }
        let spell = self.spell(unit, date)?;
        let grounds = view.grounds;
        let status = UnitStatus {
            unit: self.id(unit),
            name: self.units.gazetteer.get(unit).name.clone(),
            level: self.units.level(unit),
            status: view.status,
            before: view.before,
            since: grounds.map(|g| g.since).filter(|d| *d != Date::MIN),
            valid_from: self.valid_from(spell),
            valid_to: spell.to,
            known_since: None,
            confidence: hundredths(view.confidence),
            basis: view.basis(),
            origin: self.origin(unit, &view),
            stale: view.stale,
            pressure: view.pressure,
            conflict: view.conflict,
            n_independent: grounds.map_or(0, Grounds::n_independent),
            evidence: self.ids(&view.clusters),
            shares: None,
        };
        Some((status, view.clusters))
    }

    /// Adds to each status the first day on which the reports printed by then told it: from its first day on, and
    /// before the unit has the same status anew.
    pub(super) fn date_knowledge(&self, known: &Chronicle<'_, '_, '_>, days: &mut [Day]) {
        for day in days {
            let date = day.date;
            for status in day.statuses.iter_mut().filter(|s| s.status != ControlStatus::Unknown) {
                let unit = self.units.gazetteer.by_id(status.unit.as_str());
                status.known_since = unit.and_then(|unit| {
                    let spell = self.spell(unit, date)?;
                    let told = |s: &&Spell| s.status == spell.status;
                    let again = self.spells.get(&unit)?.iter().find(|s| told(s) && s.from > spell.from);
                    let mut spells = known.spells.get(&unit)?.iter().filter(told);
                    let heard = spells.find(|s| s.to.is_none_or(|to| to >= spell.from))?;
                    let since = heard.from.max(self.valid_from(spell));
                    again.is_none_or(|a| since < a.from).then_some(since)
                });
            }
        }
    }

    /// What is declared since nobody knows when is told from the first day.
    fn valid_from(&self, spell: &Spell) -> Date {
        if spell.from == Date::MIN { self.first } else { spell.from }
    }

    fn origin(&self, unit: PlaceRef, view: &View<'_, '_>) -> Option<Origin> {
        let (baseline, pins) = self.desk;
        match view.basis() {
            Basis::Editor => view.pin.and_then(|pin| pins.origin(pin)),
            Basis::Baseline => self.units.declared(unit, baseline).map(|d| d.origin.clone()),
            Basis::Reported | Basis::Derived => None,
        }
    }

    fn ids(&self, clusters: &BTreeSet<usize>) -> Vec<EventId> {
        clusters.iter().map(|i| self.clusters[*i].event.id.clone()).collect()
    }

    /// A province with what its units, or the claims about it as a whole, say.
    fn province(
        &self,
        province: PlaceRef,
        members: &[PlaceRef],
        date: Date,
        said: &Said,
    ) -> Option<(UnitStatus, BTreeSet<usize>)> {
        let statuses: Vec<ControlStatus> = members.iter().map(|m| self.status(*m, date)).collect();
        let claim = said.get(&province);
        let reported = statuses.iter().any(|s| *s != ControlStatus::Unknown);
        let spell = self.spell(province, date).filter(|_| reported || claim.is_some())?;
        let by_claim = claim.filter(|(c, _)| !reported || c.status == spell.status);
        let units: Vec<&(UnitStatus, BTreeSet<usize>)> = match by_claim {
            Some(claim) => vec![claim],
            None => {
                let known = members.iter().filter_map(|m| said.get(m));
                known.filter(|(u, _)| u.status != ControlStatus::Unknown).collect()
            }
        };
        let evidence: BTreeSet<usize> =
            units.iter().flat_map(|(_, clusters)| clusters.iter().copied()).collect();
        let of = || units.iter().map(|(u, _)| u);
        let n = units.len().max(1) as f64;
        let known = spell.status != ControlStatus::Unknown;
        let status = UnitStatus {
            unit: self.id(province),
            name: self.units.gazetteer.get(province).name.clone(),
            level: Level::Province,
            status: spell.status,
            before: None,
            since: of().filter_map(|u| u.since).max().filter(|_| known),
            valid_from: self.valid_from(spell),
            valid_to: spell.to,
            known_since: None,
            confidence: if known { hundredths(of().map(|u| u.confidence).sum::<f64>() / n) } else { 0.0 },
            basis: common_basis(of().map(|u| u.basis)),
            origin: None,
            stale: known && of().all(|u| u.stale),
            pressure: None,
            conflict: of().any(|u| u.conflict),
            n_independent: of().map(|u| u.n_independent).max().unwrap_or(0),
            evidence: self.ids(&evidence),
            shares: Some(shares(&statuses)),
        };
        Some((status, evidence))
    }
}

/// A capital's district takes the capital's status; only where that has none does its own count.
fn follow_capital<'a>(units: &Units<'_>, capital: PlaceRef, courses: &mut BTreeMap<PlaceRef, Course<'a>>) {
    let course = courses.get(&capital).filter(|c| has_status(c)).cloned();
    if let (Some(district), Some(course)) = (units.gazetteer.district_of(capital), course) {
        courses.insert(district, course);
    }
}

fn has_status(course: &Course<'_>) -> bool {
    course.segments.iter().any(|(_, s)| s.status() != ControlStatus::Unknown)
}

fn spells(segments: &[(Date, State<'_>)]) -> Vec<Spell> {
    run_lengths(segments.iter().map(|(day, state)| (*day, state.status())))
}

fn run_lengths(turns: impl Iterator<Item = (Date, ControlStatus)>) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for (from, status) in turns {
        match spells.last_mut() {
            Some(last) if last.status == status => continue,
            Some(last) => last.to = from.yesterday().ok(),
            None => {}
        }
        spells.push(Spell { from, to: None, status });
    }
    spells
}

/// A province rests on what all its units rest on, on the baseline where most do, else on reports.
fn common_basis(units: impl Iterator<Item = Basis>) -> Basis {
    let units: Vec<Basis> = units.collect();
    let declared = units.iter().filter(|b| **b == Basis::Baseline).count();
    match units.first() {
        Some(first) if units.iter().all(|b| b == first) => *first,
        _ if declared * 2 > units.len() => Basis::Baseline,
        _ => Basis::Reported,
    }
}

fn hundredths(confidence: f64) -> f64 {
    (confidence * 100.0).round() / 100.0
}
