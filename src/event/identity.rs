//! Identity: one record for one act of a report, with a stable id.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Event, EventId, EventKind};
use crate::date::{DatePrecision, EventDate};
use crate::gazetteer::PlaceId;

/// "Bomb" is also said of what its sentence calls by a nearer name.
fn is_bomb_by_another_name(event: &Event, sentence: &[Event]) -> bool {
    use EventKind as K;
    let nearer =
        [K::SuicideBomb, K::CarBomb, K::Landmine, K::Airstrike, K::Rocket, K::Shelling, K::Operation];
    event.kind == K::Ied && sentence.iter().any(|o| o.place.id == event.place.id && nearer.contains(&o.kind))
}

/// What a story tells without a day here and with one there, of one place: that day, if it is the only one.
pub(super) fn date_alike(story: &mut [Event]) {
    let act = |e: &Event| (e.kind, e.place.id.clone());
    let mut told: BTreeMap<(EventKind, PlaceId), Option<EventDate>> = BTreeMap::new();
    for event in story.iter() {
        let Some(day) = event.when.filter(|w| w.precision == DatePrecision::Day) else { continue };
        let only = told.entry(act(event)).or_insert(Some(day));
        *only = only.filter(|d| *d == day);
    }
    for event in story.iter_mut() {
        let Some(assumed) = event.when.filter(|w| w.precision == DatePrecision::Assumed) else { continue };
        let Some(day) = told.get(&act(event)).copied().flatten() else { continue };
        if assumed.from <= day.from && day.to <= assumed.to {
            event.when = Some(day);
        }
    }
}

/// Drops what a report tells twice in one sentence, and numbers the rest. Events of one sentence stand together.
pub(super) fn settle(events: &mut Vec<Event>) {
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    for event in events.drain(..) {
        let mut sentence = kept.iter().rev().take_while(|k| k.quote_start == event.quote_start);
        let twice = sentence
            .any(|k| k.kind == event.kind && k.place.id == event.place.id && k.modality == event.modality);
        if !twice {
            kept.push(event);
        }
    }
    let sentences = kept.chunk_by(|a, b| a.quote_start == b.quote_start);
    let doubtful: Vec<bool> =
        sentences.flat_map(|s| s.iter().map(|e| is_bomb_by_another_name(e, s))).collect();
    let mut doubtful = doubtful.into_iter();
    kept.retain(|_| doubtful.next() != Some(true));
    for event in &mut kept {
        event.id = EventId(digest(&[
            &event.doc_id,
            &event.quote_start.to_string(),
            event.kind.as_str(),
            event.place.id.as_str(),
            &format!("{:?}", event.modality),
        ]));
        event.lineage = digest(&[
            event.source.as_deref().unwrap_or(&event.doc_id),
            event.attribution.claimant.as_deref().unwrap_or(""),
        ]);
    }
    *events = kept;
}

/// 16 hex digits of the SHA-256 of the parts.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
