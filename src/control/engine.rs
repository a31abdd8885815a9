//! The engine: from clusters of reports to the statuses of each day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::changes::{by_id, changes};
use super::days::Chronicle;
use super::desk::{Baseline, Correction, Corrections, Pins};
use super::fold::{Course, Fold};
use super::state::State;
use super::units::{Evidence, Units};
use super::weigh::Item;
use super::weights::Weights;
use super::{Day, Level, Timeline};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::event::{Cluster, CorrectionId, Event, EventId};
use crate::gazetteer::{Gazetteer, PlaceId, PlaceRef};

/// Which of the two histories is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// What happened by each day, as all reports together tell it.
    #[default]
    AsHappened,
    /// What the reports printed by each day told.
    AsKnown,
}

/// Folds events into statuses.
#[derive(Debug)]
pub struct Control {
    pub(super) weights: Weights,
    pub(super) clock: Clock,
    baseline: Baseline,
    pins: Pins,
}

impl Control {
    /// Loads `control/weights.toml`.
    ///
    /// # Errors
    /// `Error::Data` where it is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Control, Error> {
        Ok(Control {
            weights: Weights::from_data(data)?,
            clock: Clock::default(),
            baseline: Baseline::default(),
            pins: Pins::default(),
        })
    }

    /// The same, by another clock.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Control {
        Control { clock, ..self }
    }

    /// The same, with this state before the first report.
    #[must_use]
    pub fn with_baseline(self, baseline: Baseline) -> Control {
        Control { baseline, ..self }
    }

    /// The same, with the statuses that these corrections pin.
    #[must_use]
    pub fn with_pins(self, corrections: Corrections, gazetteer: &Gazetteer) -> Control {
        Control { pins: Pins::new(corrections, gazetteer), ..self }
    }

    /// The corrections that it was given, in the order of their file.
    pub(super) fn corrections(&self) -> &[Correction] {
        self.pins.corrections()
    }

    /// The days from `from` to `to`, both included, whatever the order of the clusters. Evidence of all days is used:
    /// the days chosen say what is told, not what is known.
    #[must_use]
    pub fn timeline(&self, gazetteer: &Gazetteer, clusters: &[Cluster], from: Date, to: Date) -> Timeline {
        let sorted = in_order(clusters);
        let units = Units::new(gazetteer, self.weights.facility.city_radius_km);
        let evidence = units.evidence(&sorted);
        let told = |clock| self.chronicle(&units, &sorted, &evidence, (from, to), clock);
        let (chronicle, notices, applied) = told(self.clock);
        let events: Vec<Event> = sorted.iter().map(|c| c.event.clone()).collect();
        let known = by_id(&events);
        let with_the_day_before = from.saturating_sub(1.day()).series(1.day()).take_while(|d| *d <= to);
        let mut days: Vec<Day> = with_the_day_before.map(|d| chronicle.day(d)).collect();
        for at in 1..days.len() {
            days[at].changes = changes(gazetteer, &days[at - 1], &days[at], &known);
        }
        days.retain(|d| d.date >= from);
        match self.clock {
            Clock::AsKnown => chronicle.date_knowledge(&chronicle, &mut days),
            Clock::AsHappened => chronicle.date_knowledge(&told(Clock::AsKnown).0, &mut days),
        }
        let mut timeline = Timeline::new(events, days);
        timeline.notices = notices;
        timeline.applied = applied;
        timeline
    }

    /// The courses of all units, told for some days, what cannot be as declared or corrected, and to how many units
    /// each pin applies.
    pub(super) fn chronicle<'r, 'g, 'a>(
        &'r self,
        units: &'r Units<'g>,
        sorted: &'r [&'a Cluster],
        evidence: &BTreeMap<PlaceRef, Vec<Evidence<'a>>>,
        (from, to): (Date, Date),
        clock: Clock,
    ) -> (Chronicle<'r, 'g, 'a>, Vec<Notice>, BTreeMap<CorrectionId, usize>) {
        let end = sorted.iter().filter_map(|c| last_day(c)).fold(to, Date::max);
        let (mut courses, mut notices) = self.courses(units, evidence, end, clock);
        let (idle, applied) = self.lay_pins(units, &mut courses, end);
        notices.extend(idle);
        let desk = (&self.baseline, &self.pins);
        (Chronicle::new(units, &self.weights, sorted, courses, from, desk), notices, applied)
    }

    /// The declared state of a unit before the first report, and the day it begins.
    pub(super) fn declared<'a>(&self, units: &Units<'_>, unit: PlaceRef) -> Option<(Date, State<'a>)> {
        let declared = units.declared(unit, &self.baseline)?;
        let since = declared.since.unwrap_or(Date::MIN);
        Some((since, State::declared(declared.status, since)))
    }

    /// Lays the pins over the courses; says what of them is idle, and to how many units each applies.
    fn lay_pins(
        &self,
        units: &Units<'_>,
        courses: &mut BTreeMap<PlaceRef, Course<'_>>,
        end: Date,
    ) -> (Vec<Notice>, BTreeMap<CorrectionId, usize>) {
        let mut said = BTreeMap::new();
        for unit in self.pins.units() {
            let course = courses.entry(unit).or_default();
            said.insert(unit, course.segments.iter().map(|(day, s)| (*day, s.status())).collect());
            let own: Vec<_> = self.pins.of(unit).collect();
            own.iter().for_each(|pin| course.pin(*pin));
            let centre = units.partner(unit).filter(|c| units.level(*c) == Level::Settlement);
            let centre = centre.filter(|c| self.pins.of(*c).next().is_none());
            if let Some(course) = centre.and_then(|c| courses.get_mut(&c)) {
                own.iter().for_each(|pin| course.pin(*pin));
            }
        }
        self.pins.review(&said, end)
    }

    /// The course of each unit that reports tell of or that is declared, and what cannot be as declared.
    fn courses<'a>(
        &self,
        units: &Units<'_>,
        evidence: &BTreeMap<PlaceRef, Vec<Evidence<'a>>>,
        end: Date,
        clock: Clock,
    ) -> (BTreeMap<PlaceRef, Course<'a>>, Vec<Notice>) {
        let spoken_of: BTreeSet<PlaceRef> = evidence.keys().copied().chain(self.baseline.units()).collect();
        let (mut courses, mut notices) = (BTreeMap::new(), Vec::new());
        for unit in spoken_of {
            let evidence = evidence.get(&unit).map_or(&[][..], Vec::as_slice);
            let before = self.declared(units, unit);
            if before.is_some() {
                let first = evidence.iter().filter_map(|e| Item::of(e, None)).map(|i| i.day).min();
                notices.extend(first.and_then(|day| self.baseline.overtaken(units.gazetteer, unit, day)));
            }
            let fold = Fold::new(units.level(unit), end, before, &self.weights);
            courses.insert(unit, course(evidence, fold, clock));
        }
        notices.sort();
        (courses, notices)
    }
}

fn course<'a>(evidence: &[Evidence<'a>], mut fold: Fold<'_, 'a>, clock: Clock) -> Course<'a> {
    if clock == Clock::AsHappened {
        fold.tell(evidence.iter().filter_map(|e| Item::of(e, None)).collect());
        return fold.course;
    }
    let mut news: BTreeMap<Date, BTreeSet<usize>> = BTreeMap::new();
    for (i, evidence) in evidence.iter().enumerate() {
        let own = evidence.cluster.event.when.map(|w| w.to);
        let days = evidence.voices.iter().filter_map(|w| w.event.published.or(own));
        days.for_each(|day| {
            news.entry(day).or_default().insert(i);
        });
    }
    let mut known = fold.course.clone();
    let mut turns = news.iter().peekable();
    while let Some((day, told)) = turns.next() {
        fold.tell(told.iter().filter_map(|i| Item::of(&evidence[*i], Some(*day))).collect());
        let next = turns.peek().map(|(day, _)| **day);
        known.segments.retain(|(from, _)| from < day);
        known.segments.extend(fold.course.between(*day, next));
    }
    known
}

/// By date, place and kind, whatever the order given.
pub(super) fn in_order(clusters: &[Cluster]) -> Vec<&Cluster> {
    let mut sorted: Vec<&Cluster> = clusters.iter().collect();
    sorted.sort_by(|a, b| by_date_place_kind(&a.event).cmp(&by_date_place_kind(&b.event)));
    sorted
}

fn by_date_place_kind(event: &Event) -> (Option<(Date, Date)>, &PlaceId, &str, &EventId) {
    (event.when.map(|w| (w.to, w.from)), &event.place.id, event.kind.as_str(), &event.id)
}

/// The last day that a cluster has anything to do with.
fn last_day(cluster: &Cluster) -> Option<Date> {
    let printed = cluster.voices.iter().filter_map(|w| w.event.published).max();
    printed.max(cluster.event.when.map(|w| w.to))
}
