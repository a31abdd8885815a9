//! Blending: the one record that many tellings of an act give, as precise as all of them agree on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Witness;
use crate::date::{DatePrecision, EventDate};
use crate::event::identity::digest;
use crate::event::{Actor, Event, EventId, Modality, Range, Side, SourceRef, Voice};

/// The merged record. `voices` holds at least one, oldest first.
pub(super) fn blend(voices: &[Witness]) -> Event {
    let told: Vec<&Event> =
        voices.iter().map(|w| &w.event).filter(|e| e.modality != Modality::Denied).collect();
    let all: Vec<&Event> = voices.iter().map(|w| &w.event).collect();
    let told = if told.is_empty() { all.clone() } else { told };
    let mut merged = told[0].clone();
    if let [_] = voices {
        merged.id = id(&all);
        return merged;
    }
    if let Some(place) = told.iter().map(|e| &e.place).min_by_key(|p| p.precision) {
        merged.place = place.clone();
    }
    merged.when = when(&told);
    merged.kind = commonest(told.iter().map(|e| e.kind)).unwrap_or(merged.kind);
    merged.effect = commonest(told.iter().filter_map(|e| e.effect));
    merged.actor1 = actor(told.iter().map(|e| e.actor1.as_ref()));
    let side = merged.actor1.as_ref().map(|a| a.side);
    let others = told.iter().map(|e| e.actor2.as_ref());
    merged.actor2 = actor(others.map(|a| a.filter(|a| Some(a.side) != side)));
    if let Some(best) = told.iter().min_by_key(|e| credit(e)) {
        merged.modality = best.modality;
        merged.attribution = best.attribution.clone();
    }
    merged.killed = range(told.iter().filter_map(|e| e.killed));
    merged.wounded = range(told.iter().filter_map(|e| e.wounded));
    merged.confidence = told.iter().map(|e| e.confidence).fold(0.0, f64::max);
    merged.telling.inside = told.iter().any(|e| e.telling.inside);
    merged.telling.reversed = told.iter().any(|e| e.telling.reversed);
    let reports: BTreeSet<&str> = all.iter().map(|e| e.doc_id.as_str()).collect();
    let lineages: BTreeSet<&str> = all.iter().map(|e| e.lineage.as_str()).collect();
    merged.n_reports = count(reports.len());
    merged.n_independent = count(lineages.len().min(reports.len()));
    merged.sources = sources(&all);
    merged.corrections = all.iter().flat_map(|e| e.corrections.iter().cloned()).collect();
    merged.id = id(&all);
    merged
}

/// The same for the same evidence: made of the ids of what was merged.
fn id(all: &[&Event]) -> EventId {
    let mut ids: Vec<&str> = all.iter().map(|e| e.id.0.as_str()).collect();
    ids.sort_unstable();
    EventId(digest(&ids))
}

/// The days that all agree on. A date that is only assumed gives way to one that is told; days that lie a day apart
/// give both.
fn when(told: &[&Event]) -> Option<EventDate> {
    let dates: Vec<EventDate> = told.iter().filter_map(|e| e.when).collect();
    let said: Vec<EventDate> =
        dates.iter().copied().filter(|d| d.precision != DatePrecision::Assumed).collect();
    let dates = if said.is_empty() { dates } else { said };
    let latest: Date = dates.iter().map(|d| d.from).max()?;
    let earliest: Date = dates.iter().map(|d| d.to).min()?;
    let (from, to) = (latest.min(earliest), latest.max(earliest));
    let alike = dates.iter().filter(|d| d.from == from && d.to == to).map(|d| d.precision).min();
    let date = EventDate::range(from, to);
    Some(EventDate { precision: alike.unwrap_or(date.precision), ..date })
}

/// What most say; of equals the first in its own order.
fn commonest<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(item, _)| item)
}

/// The party that most name, one of a known side before any other.
fn actor<'a>(named: impl Iterator<Item = Option<&'a Actor>>) -> Option<Actor> {
    let mut counts: BTreeMap<&Actor, usize> = BTreeMap::new();
    for actor in named.flatten() {
        *counts.entry(actor).or_default() += 1;
    }
    let known = |a: &Actor| a.side != Side::Unknown;
    counts.into_iter().rev().max_by_key(|(a, n)| (known(a), *n)).map(|(a, _)| a.clone())
}

/// Whose word the record stands on: the loser's, then a neutral one, then a claim.
fn credit(event: &Event) -> u8 {
    match event.attribution.voice {
        Voice::Admission => 0,
        Voice::Outlet => 1,
        Voice::ThirdParty => 2,
        Voice::Unattributed => 3,
        Voice::Headline => 4,
        Voice::Party => 5,
    }
}

/// From the least to the most that anybody says.
fn range(ranges: impl Iterator<Item = Range>) -> Option<Range> {
    ranges.reduce(|a, b| Range { low: a.low.min(b.low), high: a.high.max(b.high) })
}

fn sources(all: &[&Event]) -> Vec<SourceRef> {
    let mut sources: Vec<SourceRef> = all.iter().flat_map(|e| e.sources.iter().cloned()).collect();
    sources.sort_by(|a, b| (a.date, &a.outlet).cmp(&(b.date, &b.outlet)));
    sources.dedup();
    sources
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
