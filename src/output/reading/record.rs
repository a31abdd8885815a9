//! The record of a reading: one object a report, its fields spelled as in the other records.

use jiff::civil::Date;
use serde::Serialize;

use crate::date::{DateMention, Meaning, PartOfDay};
use crate::event::{Act, EventKind, Fate, Inspection, Reading};
use crate::gazetteer::Gazetteer;
use crate::output::{EventRecord, PlaceRecord};
use crate::report::{Report, Zone, ZoneKind};
use crate::text::Span;
use crate::toponym::Refusal;

/// A report with all that was found in it. Offsets are bytes of `text`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingRecord<'r> {
    /// The report.
    pub doc_id: &'r str,
    /// The day it was printed.
    pub published: Option<Date>,
    /// The outlet.
    pub source: Option<&'r str>,
    /// Its address.
    pub url: Option<&'r str>,
    /// Its headline, where a column gave one.
    pub title: Option<&'r str>,
    /// The text that all offsets count.
    pub text: &'r str,
    /// What should be known about the reading.
    pub notices: Vec<&'r str>,
    /// Its parts, in their order.
    pub zones: Vec<ZoneRecord>,
    /// The sentences that were read.
    pub sentences: Vec<Extent>,
    /// Place mentions, as `extract --what places` gives them.
    pub places: Vec<PlaceRecord<'r>>,
    /// Names that sound like places and are not taken for one.
    pub vetoes: Vec<VetoRecord<'r>>,
    /// Time expressions.
    pub dates: Vec<DateRecord<'r>>,
    /// What looked like an act, and what became of it.
    pub acts: Vec<ActRecord<'r>>,
    /// Events, as `extract` gives them.
    pub events: Vec<EventRecord<'r>>,
}

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Extent {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ZoneRecord {
    /// What it is for.
    pub kind: ZoneKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The day its relative dates count from.
    pub anchor: Option<Date>,
    /// Which of several stories it belongs to, counted from 0.
    pub story: usize,
}

/// A name that sounds like a place and is not taken for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VetoRecord<'r> {
    /// As printed.
    pub surface: &'r str,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Why it is none.
    pub reason: Refusal,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateRecord<'r> {
    /// As printed.
    pub surface: &'r str,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// on, future, history, same_day, offset, unresolved or time_of_day.
    pub meaning: &'static str,
    /// First day.
    pub event_date: Option<Date>,
    /// Last day, included.
    pub end_date: Option<Date>,
    /// As in an event.
    pub date_precision: Option<u8>,
    /// Days from the act told beside it.
    pub offset_days: Option<i32>,
    /// Part of the day.
    pub part_of_day: Option<PartOfDay>,
    /// Day and month could be read the other way round.
    pub ambiguous: bool,
}

/// What looked like an act.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActRecord<'r> {
    /// The word that names it, as printed.
    pub surface: &'r str,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The rule that found it.
    pub rule: &'r str,
    /// What the rule reads.
    pub kind: EventKind,
    /// What became of it: told; negated, planned, attempted, hypothetical, historical, generic, accident, figurative or
    /// aggregate; not_now, no_place, no_party, toll or title.
    pub fate: Fate,
    /// The time expression by which it was dated.
    pub dated_by: Option<Extent>,
    /// The ids of its events; none where it tells again what the sentence has told.
    pub events: Vec<&'r str>,
}

impl<'r> ReadingRecord<'r> {
    /// The record of a report.
    #[must_use]
    pub fn new(report: &'r Report, seen: &'r Inspection, places: &'r Gazetteer) -> ReadingRecord<'r> {
        let reading = &seen.reading;
        let text = report.text.as_str();
        ReadingRecord {
            doc_id: &report.id,
            published: reading.published,
            source: seen.source.as_deref(),
            url: report.url.as_deref(),
            title: report.title.as_deref(),
            text,
            notices: reading.notices.iter().map(|n| n.message.as_str()).collect(),
            zones: reading.zones.iter().map(ZoneRecord::from).collect(),
            sentences: seen.sentences.iter().map(|s| extent(s.span)).collect(),
            places: PlaceRecord::all(report, reading, places),
            vetoes: seen
                .refused
                .iter()
                .map(|r| {
                    let Extent { start, end } = extent(r.span);
                    VetoRecord { surface: r.span.of(text), start, end, reason: r.why }
                })
                .collect(),
            dates: seen.dates.iter().map(|d| date(d, text)).collect(),
            acts: reading.acts.iter().map(|a| act(a, reading, text)).collect(),
            events: reading.events.iter().map(EventRecord::from).collect(),
        }
    }
}

fn extent(span: Span) -> Extent {
    Extent { start: span.start(), end: span.end() }
}

impl From<&Zone> for ZoneRecord {
    fn from(zone: &Zone) -> ZoneRecord {
        let Extent { start, end } = extent(zone.span);
        ZoneRecord { kind: zone.kind, start, end, anchor: zone.anchor, story: zone.story }
    }
}

fn date<'r>(mention: &DateMention, text: &'r str) -> DateRecord<'r> {
    let (meaning, days, offset) = match mention.meaning {
        Meaning::On(days) => ("on", Some(days), None),
        Meaning::Future(days) => ("future", Some(days), None),
        Meaning::History => ("history", None, None),
        Meaning::SameDay => ("same_day", None, Some(0)),
        Meaning::Offset(days) => ("offset", None, Some(days)),
        Meaning::Unresolved => ("unresolved", None, None),
        Meaning::TimeOfDay(_) => ("time_of_day", None, None),
    };
    let told = match mention.meaning {
        Meaning::TimeOfDay(part) => Some(part),
        _ => None,
    };
    let Extent { start, end } = extent(mention.span);
    DateRecord {
        surface: mention.span.of(text),
        start,
        end,
        meaning,
        event_date: days.map(|d| d.from),
        end_date: days.map(|d| d.to),
        date_precision: days.map(|d| d.precision.into()),
        offset_days: offset,
        part_of_day: mention.part.or(told),
        ambiguous: mention.ambiguous,
    }
}

fn act<'r>(act: &'r Act, reading: &'r Reading, text: &'r str) -> ActRecord<'r> {
    let Extent { start, end } = extent(act.trigger);
    ActRecord {
        surface: act.trigger.of(text),
        start,
        end,
        rule: &act.rule,
        kind: act.kind,
        fate: act.fate,
        dated_by: act.dated_by.map(extent),
        events: reading.events_of(act).map(|e| e.id.0.as_str()).collect(),
    }
}
