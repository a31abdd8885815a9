//! The event record of the contract: flat, the same keys in the same order.

use std::borrow::Cow;

use geo::Point;
use jiff::civil::Date;

use super::record::{Record, cell, columns, degrees, hundredths, text};
use crate::event::{Actor, Effect, Event, Interest, Modality, Scope, SourceRef};
use crate::gazetteer::PlaceKind;

columns! {
    /// An event as users, scripts and QGIS get it. Every key is always there; null is unknown.
    ///
    /// Serialises in the order of its fields, which is the contract's.
    pub struct EventRecord<'e> {
        /// 16 hex digits. None in GeoJSON, where it is the feature's id.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub event_id: Option<&'e str>,
        /// File name or `id` column of the report; in merged records the first.
        pub doc_id: Cow<'e, str>,
        /// Of the report; in merged records the earliest.
        pub published: Option<Date>,
        /// The outlet.
        pub source: Option<Cow<'e, str>>,
        /// The report's address.
        pub url: Option<Cow<'e, str>>,
        /// First day.
        pub event_date: Option<Date>,
        /// Last day, included.
        pub end_date: Option<Date>,
        /// 1 day, 2 days, 3 week, 4 month, 5 longer, 6 assumed.
        pub date_precision: Option<u8>,
        /// What happened.
        pub kind: &'static str,
        /// ACLED's event type.
        pub event_type: &'static str,
        /// ACLED's sub-event type.
        pub sub_event_type: &'static str,
        /// Who acts.
        pub actor1: Option<Cow<'e, str>>,
        /// Its side.
        pub actor1_side: &'static str,
        /// Whom it is done to.
        pub actor2: Option<Cow<'e, str>>,
        /// Its side.
        pub actor2_side: &'static str,
        /// English name.
        pub place: Cow<'e, str>,
        /// Place id.
        pub place_id: &'e str,
        /// Kind of place.
        pub place_kind: PlaceKind,
        /// Which units a statement about a province covers.
        pub scope: Scope,
        /// Province.
        pub admin1: Option<Cow<'e, str>>,
        /// ISO 3166-2.
        pub admin1_code: Option<&'e str>,
        /// District.
        pub admin2: Option<Cow<'e, str>>,
        /// P-code.
        pub admin2_code: Option<&'e str>,
        /// WGS 84 degrees, 5 decimals.
        pub longitude: f64,
        /// WGS 84 degrees, 5 decimals.
        pub latitude: f64,
        /// 1 exact to 7 country.
        pub geo_precision: u8,
        /// Who holds the place afterwards.
        pub control_effect: Option<Effect>,
        /// How the report vouches for it.
        pub modality: Modality,
        /// Who says so.
        pub claimed_by: Option<Cow<'e, str>>,
        /// What the speaker has at stake.
        pub interest: Interest,
        /// At least so many.
        pub killed_low: Option<u32>,
        /// At most so many.
        pub killed_high: Option<u32>,
        /// At least so many.
        pub wounded_low: Option<u32>,
        /// At most so many.
        pub wounded_high: Option<u32>,
        /// 0 to 1, two decimals.
        pub confidence: f64,
        /// Reports merged.
        pub n_reports: u32,
        /// Sources left when copies count once.
        pub n_independent: u32,
        /// Shared by the copies of one story.
        pub lineage: &'e str,
        /// Outlets and dates, "; " between.
        pub sources: Option<Cow<'e, str>>,
        /// The sentence.
        pub quote: Option<Cow<'e, str>>,
        /// First byte of the sentence in the report's text.
        pub quote_start: usize,
        /// One past its last byte.
        pub quote_end: usize,
    }
}

impl<'e> From<&'e Event> for EventRecord<'e> {
    fn from(e: &'e Event) -> EventRecord<'e> {
        let place = &e.place;
        EventRecord {
            event_id: Some(&e.id.0),
            doc_id: Cow::Borrowed(&e.doc_id),
            published: e.published,
            source: text(e.source.as_deref()),
            url: text(e.url.as_deref()),
            event_date: e.when.map(|w| w.from),
            end_date: e.when.map(|w| w.to),
            date_precision: e.when.map(|w| w.precision.into()),
            kind: e.kind.as_str(),
            event_type: e.kind.acled().0,
            sub_event_type: e.kind.acled().1,
            actor1: name(e.actor1.as_ref()),
            actor1_side: side(e.actor1.as_ref()),
            actor2: name(e.actor2.as_ref()),
            actor2_side: side(e.actor2.as_ref()),
            place: Cow::Borrowed(&place.name),
            place_id: place.id.as_str(),
            place_kind: place.kind,
            scope: place.scope,
            admin1: text(place.admin1_name.as_deref()),
            admin1_code: place.admin1.as_ref().map(|id| id.as_str()),
            admin2: text(place.admin2_name.as_deref()),
            admin2_code: place.admin2.as_ref().map(|id| id.as_str()),
            longitude: degrees(place.position.x()),
            latitude: degrees(place.position.y()),
            geo_precision: place.precision.into(),
            control_effect: e.effect,
            modality: e.modality,
            claimed_by: text(e.attribution.claimant.as_deref()),
            interest: e.attribution.interest,
            killed_low: e.killed.map(|r| r.low),
            killed_high: e.killed.map(|r| r.high),
            wounded_low: e.wounded.map(|r| r.low),
            wounded_high: e.wounded.map(|r| r.high),
            confidence: hundredths(e.confidence),
            n_reports: e.n_reports,
            n_independent: e.n_independent,
            lineage: &e.lineage,
            sources: listed(&e.sources).map(Cow::Owned),
            quote: text(Some(&e.quote)),
            quote_start: e.quote_start,
            quote_end: e.quote_end,
        }
    }
}

impl Record for EventRecord<'_> {
    const COLUMNS: &'static [&'static str] = EventRecord::FIELDS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.event_id.unwrap_or_default())
    }

    fn position(&self) -> Option<Point> {
        Some(Point::new(self.longitude, self.latitude))
    }

    fn into_properties(self) -> Self {
        EventRecord { event_id: None, ..self }
    }

    fn into_cells(mut self) -> Self {
        let optional = [
            &mut self.source,
            &mut self.url,
            &mut self.actor1,
            &mut self.actor2,
            &mut self.admin1,
            &mut self.admin2,
            &mut self.claimed_by,
            &mut self.sources,
            &mut self.quote,
        ];
        for text in optional.into_iter().flatten().chain([&mut self.doc_id, &mut self.place]) {
            cell(text);
        }
        self
    }
}

fn name(actor: Option<&Actor>) -> Option<Cow<'_, str>> {
    text(actor.map(|a| &*a.name))
}

fn side(actor: Option<&Actor>) -> &'static str {
    actor.map_or("unknown", |a| a.side.as_str())
}

fn listed(sources: &[SourceRef]) -> Option<String> {
    let each: Vec<String> = sources
        .iter()
        .map(|s| match s.date {
            Some(date) => format!("{} {date}", s.outlet),
            None => s.outlet.clone(),
        })
        .collect();
    if each.is_empty() { None } else { Some(each.join("; ")) }
}
