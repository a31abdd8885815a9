//! An edition: everything the page of one day says, before it is placed.

use std::collections::BTreeMap;

use geo::Coord;

use super::plate::Plate;
use super::story::{self, Desk, Standing};
use super::wording::{Wording, fill};
use super::{Basemap, title};
use crate::control::{Basis, ControlStatus, Day, Level, UnitStatus};
use crate::event::{Effect, Event, EventKind as K, Modality, SourceRef};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::toponym::GeoPrecision;

/// The classes of the legend, in its order.
pub(super) const CLASSES: [ControlStatus; 6] = [
    ControlStatus::Taliban,
    ControlStatus::Contested,
    ControlStatus::ClaimedTaliban,
    ControlStatus::ClaimedGovernment,
    ControlStatus::Government,
    ControlStatus::Unknown,
];

/// Events at one spot, drawn as one marker.
#[derive(Debug, Clone)]
pub(super) struct Mark<'a> {
    /// CSS pixels.
    pub(super) at: Coord,
    /// The most important first.
    pub(super) events: Vec<&'a Event>,
    /// Nobody but one side says so.
    pub(super) claimed: bool,
    /// Known by its province only, or by its district on a closer map.
    pub(super) coarse: bool,
}

/// Everything the page of one day says.
#[derive(Debug)]
pub(super) struct Edition<'a> {
    pub(super) day: &'a Day,
    plate: &'a Plate,
    pub(super) statuses: BTreeMap<&'a PlaceId, &'a UnitStatus>,
    /// The province of each area.
    provinces: BTreeMap<&'a PlaceId, &'a PlaceId>,
    /// Areas are districts; else provinces.
    pub(super) districts: bool,
    /// How many areas of each class, in the order of `CLASSES`.
    pub(super) counts: [usize; 6],
    pub(super) stale: usize,
    /// Towns or bases have a status.
    pub(super) dots: bool,
    pub(super) changed: Vec<&'a PlaceId>,
    pub(super) title: String,
    pub(super) subtitle: String,
    /// How much of a run has passed, 0 to 1; None on a map that stands alone.
    pub(super) passed: Option<f64>,
    pub(super) description: String,
    /// The most important first.
    pub(super) marks: Vec<Mark<'a>>,
    /// Kinds of glyph that are drawn, by name, with how many events.
    pub(super) glyphs: BTreeMap<&'a str, usize>,
}

impl<'a> Edition<'a> {
    /// What the page says, by district or by province.
    pub(super) fn of(day: &'a Day, plate: &'a Plate, desk: Desk<'a>, districts: bool) -> Edition<'a> {
        let wording = desk.wording;
        let statuses: BTreeMap<&PlaceId, &UnitStatus> = day.statuses.iter().map(|s| (&s.unit, s)).collect();
        let units = if districts { &plate.districts } else { &plate.provinces };
        let provinces = provinces_of(units.iter().map(|u| &u.id), desk.gazetteer);
        let areas: Vec<&PlaceId> = units.iter().map(|u| &u.id).filter(|id| plate.counts(id)).collect();
        let shown = |id: &PlaceId| drawn(&statuses, &provinces, districts, id);
        let status = |id: &PlaceId| shown(id).map_or(ControlStatus::Unknown, |s| s.status);
        let counts = CLASSES.map(|class| areas.iter().filter(|id| status(id) == class).count());
        let stale = areas.iter().filter(|id| shown(id).is_some_and(|s| s.stale)).count();
        let changed = areas.iter().copied().filter(|id| day.has_changed(id)).collect();
        let marks = marks(day, plate, desk);
        let mut glyphs = BTreeMap::new();
        for event in marks.iter().flat_map(|m| &m.events) {
            *glyphs.entry(wording.glyph(event.kind)).or_insert(0) += 1;
        }
        let mut edition = Edition {
            day,
            plate,
            statuses,
            provinces,
            districts,
            counts,
            stale,
            dots: day.statuses.iter().any(|s| is_shown_dot(s, plate, desk.gazetteer)),
            changed,
            title: String::new(),
            subtitle: String::new(),
            passed: None,
            description: String::new(),
            marks,
            glyphs,
        };
        edition.write(desk);
        edition
    }

    /// Makes it one of a run that plays: the date leads, where it stays in its place, and the news stands below.
    pub(super) fn play(&mut self, wording: &Wording, passed: f64) {
        let date = wording.date(self.day.date, &wording.page.long_date);
        self.subtitle = std::mem::replace(&mut self.title, date);
        self.passed = Some(passed);
    }

    fn write(&mut self, desk: Desk<'_>) {
        let wording = desk.wording;
        let date = wording.date(self.day.date, &wording.page.long_date);
        let focus = self.plate.focus.as_ref();
        let slot = |s: &str| match s {
            "date" => Some(date.clone()),
            "where" => focus.map(|f| f.extent(wording)),
            "place" => focus.map(|f| f.place(wording)),
            _ => None,
        };
        let (title, subtitle, description) = self.templates(wording);
        let given = &wording.heading;
        self.title = given
            .title
            .clone()
            .or_else(|| title::title(self, desk))
            .or_else(|| fill(title, slot))
            .unwrap_or_default();
        self.subtitle =
            given.subtitle.clone().or_else(|| fill(subtitle, slot).map(story::capital)).unwrap_or_default();
        let unit = if self.districts { &wording.legend.districts } else { &wording.legend.provinces };
        let counts: Vec<String> = CLASSES
            .iter()
            .zip(self.counts)
            .filter(|(_, n)| *n > 0)
            .map(|(class, n)| format!("{} {n}", class_name(*class, wording)))
            .collect();
        let events: Vec<String> = self
            .leading(desk)
            .filter_map(|e| story::headline(e, self.standing(e), wording))
            .take(12)
            .collect();
        let events = if events.is_empty() {
            wording.page.description_quiet.clone()
        } else {
            let list = events.join("; ");
            fill(&wording.page.description_events, |s| (s == "events").then(|| list.clone()))
                .unwrap_or_default()
        };
        self.description = fill(description, |s| match s {
            "counts" => Some(counts.join("; ")),
            "unit" => Some(story::capital(unit.clone())),
            "events" => Some(events.clone()),
            _ => slot(s),
        })
        .unwrap_or_default();
    }

    /// Title where no event gives one, subtitle and description, of the country or of the part that is shown.
    fn templates<'w>(&self, wording: &'w Wording) -> (&'w str, &'w str, &'w str) {
        let (page, focus) = (&wording.page, &wording.focus);
        let several = self.districts && self.counts.iter().sum::<usize>() > 1;
        match (&self.plate.focus, several) {
            (None, false) => (&page.fallback_title, &page.subtitle, &page.description),
            (None, true) => (&page.fallback_title, &page.subtitle_districts, &page.description),
            (Some(_), false) => (&focus.title, &focus.subtitle, &focus.description),
            (Some(_), true) => (&focus.title, &focus.subtitle_districts, &focus.description),
        }
    }

    /// Whether an event lies in what the map is about, and not only on it.
    pub(super) fn is_subject(&self, event: &Event) -> bool {
        self.plate.is_subject(&event.place)
    }

    /// Events that are drawn or told, the most important first.
    pub(super) fn leading(&self, desk: Desk<'_>) -> impl Iterator<Item = &'a Event> {
        let mut events: Vec<&Event> = told(self.day, self.plate).collect();
        events.sort_by_cached_key(|e| desk.rank(e));
        events.into_iter()
    }

    /// The status that an area is drawn with, unknown where there is none.
    pub(super) fn status(&self, id: &PlaceId) -> ControlStatus {
        self.drawn(id).map_or(ControlStatus::Unknown, |s| s.status)
    }

    pub(super) fn is_stale(&self, id: &PlaceId) -> bool {
        self.drawn(id).is_some_and(|s| s.stale)
    }

    /// What an area is drawn by: its own status, or what is said of its whole province.
    pub(super) fn drawn(&self, id: &PlaceId) -> Option<&'a UnitStatus> {
        drawn(&self.statuses, &self.provinces, self.districts, id)
    }

    /// An outlet's name; a report without one goes by its file, which no reader knows.
    pub(super) fn outlet<'b>(&self, source: &'b SourceRef, wording: &'b Wording) -> &'b str {
        let unnamed = |e: &Event| e.source.is_none() && e.doc_id == source.outlet;
        if self.day.events.iter().any(unnamed) { &wording.page.unnamed } else { &source.outlet }
    }

    /// How far the statuses bear out what an event says of control.
    pub(super) fn standing(&self, event: &Event) -> Standing {
        let wanted = match event.effect {
            Some(Effect::Taliban) => ControlStatus::Taliban,
            Some(Effect::Government) => ControlStatus::Government,
            Some(Effect::Contested) | None => return Standing::Settled,
        };
        if !matches!(
            event.kind,
            K::Captured | K::Recaptured | K::Surrendered | K::Transferred | K::Abandoned | K::Holds
        ) {
            return Standing::Settled;
        }
        let ids = [Some(&event.place.id), event.place.admin2.as_ref()];
        let known = ids.into_iter().flatten().find_map(|id| self.statuses.get(id)).map(|s| s.status);
        match known {
            _ if event.telling.reversed => Standing::Contested,
            Some(status) if status == wanted => Standing::Settled,
            Some(ControlStatus::Contested) => Standing::Contested,
            _ => Standing::Reported,
        }
    }

    /// What a pointer over an area is told.
    pub(super) fn area_title(&self, id: &PlaceId, name: &str, desk: Desk<'_>) -> String {
        let (status, wording) = (self.drawn(id), desk.wording);
        let class = class_name(self.status(id), wording);
        let since = status.and_then(|s| s.since).map(|d| wording.date(d, &wording.page.date));
        let template = if since.is_some() { &wording.page.area_since } else { &wording.page.area_title };
        fill(template, |s| match s {
            "name" => Some(desk.area_name(id, name).to_owned()),
            "status" => Some(class.to_owned()),
            "date" => since.clone(),
            _ => None,
        })
        .unwrap_or_default()
    }
}

/// Whether a day is drawn by district: some district has a status, and districts have areas.
pub(super) fn by_district(day: &Day, basemap: &Basemap) -> bool {
    let reported = |s: &UnitStatus| s.level == Level::District && s.status != ControlStatus::Unknown;
    basemap.districts().next().is_some() && day.statuses.iter().any(reported)
}

/// The status that an area is drawn with. Where districts are drawn, one without a status of its own shows what is
/// said of its whole province: a claim, an editor's word or a declared baseline, but never the sum of its neighbours.
pub(super) fn drawn<'a>(
    statuses: &BTreeMap<&'a PlaceId, &'a UnitStatus>,
    provinces: &BTreeMap<&'a PlaceId, &'a PlaceId>,
    districts: bool,
    id: &PlaceId,
) -> Option<&'a UnitStatus> {
    let of_whole = |s: &UnitStatus| {
        matches!(s.status, ControlStatus::ClaimedTaliban | ControlStatus::ClaimedGovernment)
            || matches!(s.basis, Basis::Editor | Basis::Baseline)
    };
    let own = statuses.get(id).copied().filter(|s| s.status != ControlStatus::Unknown);
    if !districts {
        return own;
    }
    let own = own.filter(|s| s.level != Level::Province || of_whole(s));
    let province = || provinces.get(id).and_then(|p| statuses.get(p)).copied().filter(|s| of_whole(s));
    own.or_else(province)
}

/// The province of each area.
pub(super) fn provinces_of<'a>(
    areas: impl Iterator<Item = &'a PlaceId>,
    gazetteer: &'a Gazetteer,
) -> BTreeMap<&'a PlaceId, &'a PlaceId> {
    let province = |id: &'a PlaceId| {
        let place = gazetteer.by_id(id.as_str())?;
        Some((id, &gazetteer.get(gazetteer.province_of(place)?).id))
    };
    areas.filter_map(province).collect()
}

/// Whether a status is that of a town or base which is shown.
fn is_shown_dot(status: &UnitStatus, plate: &Plate, gazetteer: &Gazetteer) -> bool {
    let is_place = matches!(status.level, Level::Settlement | Level::Facility | Level::Capital);
    let place = || gazetteer.by_id(status.unit.as_str()).map(|p| gazetteer.get(p).position.0);
    let is_shown = || plate.focus.is_none() || place().is_some_and(|at| plate.shows(plate.plane.point(at)));
    is_place && status.status != ControlStatus::Unknown && is_shown()
}

/// A class as the legend calls it.
pub(super) fn class_name(class: ControlStatus, wording: &Wording) -> &str {
    match class {
        ControlStatus::Taliban => &wording.legend.taliban,
        ControlStatus::Government => &wording.legend.government,
        ControlStatus::Contested => &wording.legend.contested,
        ControlStatus::ClaimedTaliban => &wording.legend.claimed_taliban,
        ControlStatus::ClaimedGovernment => &wording.legend.claimed_government,
        ControlStatus::Unknown => &wording.legend.unknown,
    }
}

/// Events that may be drawn: a denied one never is.
fn told<'a>(day: &'a Day, plate: &'a Plate) -> impl Iterator<Item = &'a Event> {
    day.events.iter().filter(|e| e.modality != Modality::Denied && plate.tells(&e.place))
}

fn marks<'a>(day: &'a Day, plate: &'a Plate, desk: Desk<'_>) -> Vec<Mark<'a>> {
    let mut by_place: BTreeMap<&PlaceId, Vec<&Event>> = BTreeMap::new();
    for event in told(day, plate).filter(|e| e.place.precision <= GeoPrecision::Part) {
        by_place.entry(&event.place.id).or_default().push(event);
    }
    let mut marks: Vec<Mark<'_>> = by_place
        .into_values()
        .filter_map(|mut events| {
            events.sort_by_cached_key(|e| desk.rank(e));
            let first = *events.first()?;
            let (at, coarse) = plate.spot(&first.place);
            Some(Mark { at, claimed: events.iter().all(|e| e.modality == Modality::Claimed), coarse, events })
        })
        .collect();
    marks.sort_by_cached_key(|m| (!plate.is_subject(&m.events[0].place), desk.rank(m.events[0])));
    marks
}
