//! A run as the page's script reads it: units with their spells, days with their events, each string once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::spells::{Ledger, Spell, day_number};
use super::strings::Strings;
use crate::control::{Level, Timeline, UnitStatus};
use crate::event::{Event, EventId, Modality, SourceRef};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::map::{Abroad, Issue, Named, Screen, ScreenWords, Told};

/// A run. Dates are numbers of days after the first; texts are numbers of `strings`.
#[derive(Serialize)]
pub(super) struct Run<'s> {
    first: Option<Date>,
    view: [i32; 4],
    kilometre: f64,
    words: ScreenWords<'s>,
    days: Vec<DayLine>,
    areas: Vec<Unit>,
    /// None where the areas are provinces.
    provinces: Vec<Unit>,
    spots: Vec<Unit>,
    countries: Vec<Abroad>,
    events: Vec<EventLine>,
    strings: Vec<String>,
}

#[derive(Serialize)]
struct DayLine {
    title: String,
    subtitle: String,
    events: Vec<usize>,
    sources: String,
}

#[derive(Serialize)]
struct Unit {
    #[serde(flatten)]
    named: Named,
    /// The area that a spot lies in.
    #[serde(rename = "a", skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    /// "capital", "settlement", ...
    #[serde(rename = "l", skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(rename = "s", skip_serializing_if = "Vec::is_empty")]
    spells: Vec<Spell>,
}

#[derive(Serialize)]
struct EventLine {
    head: usize,
    line: usize,
    place: usize,
    /// The area that it lies in, as the number of its id.
    area: Option<usize>,
    unit: usize,
    province: Option<usize>,
    group: usize,
    days: Option<[i32; 2]>,
    /// 0 asserted, 1 claimed, 2 admitted by the losing side, 3 denied.
    modality: u8,
    by: Option<usize>,
    quote: usize,
    /// Outlet and day of each report.
    sources: Vec<(usize, Option<i32>)>,
    url: Option<usize>,
    at: Option<[i32; 2]>,
    coarse: bool,
}

impl<'s> Run<'s> {
    pub(super) fn new(timeline: &Timeline, screen: &'s Screen<'s>, gazetteer: &Gazetteer) -> Run<'s> {
        let days = timeline.days();
        let first = days.first().map(|d| d.date);
        let issues: Vec<Issue<'_>> = days.iter().map(|d| screen.issue(d)).collect();
        let behind: BTreeSet<&EventId> =
            days.iter().flat_map(|d| d.statuses.iter().flat_map(|s| &s.evidence)).collect();
        let told: BTreeMap<&EventId, &Told<'_>> =
            issues.iter().flat_map(|i| &i.events).map(|t| (&t.event.id, t)).collect();
        let shown: Vec<&Event> =
            timeline.events.iter().filter(|e| behind.contains(&e.id) || told.contains_key(&e.id)).collect();
        let numbers: BTreeMap<&EventId, usize> = shown.iter().enumerate().map(|(i, e)| (&e.id, i)).collect();
        let mut writer = Writer { screen, first: first.unwrap_or_default(), strings: Strings::default() };
        let events = shown
            .iter()
            .map(|e| match told.get(&e.id) {
                Some(told) => writer.event(told),
                None => writer.event(&screen.aside(e)),
            })
            .collect();
        let ledger = Ledger { first: first.unwrap_or_default(), classes: screen.classes(), events: &numbers };
        let units = Units { timeline, screen, gazetteer, ledger: &ledger };
        Run {
            first,
            view: screen.view(),
            kilometre: screen.kilometre(),
            words: screen.words(),
            areas: units.areas(&issues),
            provinces: units.provinces(),
            spots: units.spots(),
            countries: screen.countries(),
            days: issues
                .iter()
                .map(|issue| DayLine {
                    title: issue.title.clone(),
                    subtitle: issue.subtitle.clone(),
                    events: issue.events.iter().filter_map(|t| numbers.get(&t.event.id).copied()).collect(),
                    sources: issue.sources.clone(),
                })
                .collect(),
            events,
            strings: writer.strings.into_list(),
        }
    }
}

/// Writes events.
struct Writer<'s> {
    screen: &'s Screen<'s>,
    first: Date,
    strings: Strings,
}

impl Writer<'_> {
    fn event(&mut self, told: &Told<'_>) -> EventLine {
        let event = told.event;
        let place = &event.place;
        let mark = self.screen.mark(event);
        let area = if self.screen.is_by_district() { place.admin2.as_ref() } else { place.admin1.as_ref() };
        let day = |date: Date| day_number(self.first, date);
        let link = event.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"));
        let unnamed = self.screen.word("unnamed").unwrap_or_default();
        // The outlet of the quote comes first.
        let quoted = |s: &&SourceRef| {
            (Some(&s.outlet) == event.source.as_ref()).then_some(s.date) == Some(event.published)
        };
        let order = event.sources.iter().filter(quoted).chain(event.sources.iter().filter(|s| !quoted(s)));
        let sources = order.map(|s| {
            let named = event.source.is_some() || s.outlet != event.doc_id;
            (self.strings.number(if named { &s.outlet } else { unnamed }), s.date.map(day))
        });
        EventLine {
            sources: sources.collect(),
            head: self.strings.number(&told.headline),
            line: self.strings.number(&told.line),
            place: self.strings.number(&told.place),
            area: area.map(|id| self.strings.number(id.as_str())),
            unit: self.strings.number(place.id.as_str()),
            province: place.admin1.as_ref().map(|id| self.strings.number(id.as_str())),
            group: self.screen.group(event.kind),
            days: event.when.map(|w| [day(w.from), day(w.to)]),
            modality: match event.modality {
                Modality::Asserted => 0,
                Modality::Claimed => 1,
                Modality::ConfirmedByLoser => 2,
                Modality::Denied => 3,
            },
            by: event.attribution.claimant.as_deref().map(|c| self.strings.number(c)),
            quote: self.strings.number(&event.quote),
            url: link.map(|u| self.strings.number(u)),
            at: mark.map(|m| m.0),
            coarse: mark.is_some_and(|m| m.1),
        }
    }
}

/// Writes units.
struct Units<'r> {
    timeline: &'r Timeline,
    screen: &'r Screen<'r>,
    gazetteer: &'r Gazetteer,
    ledger: &'r Ledger<'r>,
}

impl Units<'_> {
    fn areas(&self, issues: &[Issue<'_>]) -> Vec<Unit> {
        let unit = |(n, named): (usize, Named)| {
            let statuses = issues.iter().map(|i| i.areas.get(n).copied().flatten());
            Unit { spells: self.ledger.spells(&named.id, statuses), level: None, area: None, named }
        };
        self.screen.areas().into_iter().enumerate().map(unit).collect()
    }

    fn provinces(&self) -> Vec<Unit> {
        if !self.screen.is_by_district() {
            return Vec::new();
        }
        let statuses = self.statuses(|s| s.level == Level::Province);
        self.screen.provinces().into_iter().map(|named| self.unit(named, None, &statuses)).collect()
    }

    /// The capitals, and every other place with a status that no area shows.
    fn spots(&self) -> Vec<Unit> {
        let areas: BTreeSet<String> = self.screen.areas().into_iter().map(|a| a.id).collect();
        let statuses = self.statuses(|s| s.level != Level::Province && !areas.contains(s.unit.as_str()));
        let mut spots: BTreeMap<String, (Named, &'static str)> = BTreeMap::new();
        for (id, days) in &statuses {
            let place = self.gazetteer.by_id(id.as_str()).map(|p| self.gazetteer.get(p));
            let level = days.iter().flatten().next().map(|s| s.level.as_str());
            if let (Some(place), Some(level)) = (place, level) {
                spots.insert(id.to_string(), (self.screen.spot(place), level));
            }
        }
        for capital in self.screen.capitals() {
            spots.entry(capital.id.clone()).or_insert((capital, Level::Capital.as_str()));
        }
        spots.into_values().map(|(named, level)| self.unit(named, Some(level), &statuses)).collect()
    }

    fn unit(&self, named: Named, level: Option<&'static str>, statuses: &Statuses<'_>) -> Unit {
        let days = statuses.get(&PlaceId::new(&named.id));
        let spells = days.map(|d| self.ledger.spells(&named.id, d.iter().copied())).unwrap_or_default();
        let area = level.and_then(|_| self.area_of(&named.id));
        Unit { named, area, level, spells }
    }

    /// The area that a place lies in.
    fn area_of(&self, id: &str) -> Option<String> {
        let place = self.gazetteer.get(self.gazetteer.by_id(id)?);
        let area = if self.screen.is_by_district() { &place.admin2 } else { &place.admin1 };
        area.as_ref().map(ToString::to_string)
    }

    /// By unit, what is said of it on each day.
    fn statuses(&self, wanted: impl Fn(&UnitStatus) -> bool) -> Statuses<'_> {
        let days = self.timeline.days();
        let mut found: Statuses<'_> = BTreeMap::new();
        for (n, day) in days.iter().enumerate() {
            for status in day.statuses.iter().filter(|s| wanted(s)) {
                found.entry(&status.unit).or_insert_with(|| vec![None; days.len()])[n] = Some(status);
            }
        }
        found
    }
}

type Statuses<'t> = BTreeMap<&'t PlaceId, Vec<Option<&'t UnitStatus>>>;
