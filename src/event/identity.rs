//! Identity: one record for one act of a report, with a stable id.

use sha2::{Digest, Sha256};

use super::effect;
use super::speech::camp;
use super::{Actor, Effect, Event, EventId, EventKind, Modality, Scope, Side, Voice};
use crate::date::{DatePrecision, EventDate};
use crate::gazetteer::{Gazetteer, PlaceKind};

/// "Bomb" is also said of what its sentence calls by a nearer name.
fn is_bomb_by_another_name(event: &Event, sentence: &[Event]) -> bool {
    use EventKind as K;
    let nearer =
        [K::SuicideBomb, K::CarBomb, K::Landmine, K::Airstrike, K::Rocket, K::Shelling, K::Operation];
    event.kind == K::Ied && sentence.iter().any(|o| o.place.id == event.place.id && nearer.contains(&o.kind))
}

/// Whether one telling may lend its date to another.
type Alike = fn(&Event, &Event) -> bool;

/// What a story tells without a day here and with one there: that day, if it is the only one that fits. The same act
/// at the same place counts first, then the same change of hands, then, for a headline, the same act within the
/// place it names. A denial is of what was told, and a lead may be of an older day that its story gives.
pub(super) fn date_alike(story: &mut [Event]) {
    let act: Alike = |a, b| a.kind == b.kind && a.place.id == b.place.id;
    let gain: Alike = |a, b| a.place.id == b.place.id && gainer(a).is_some() && gainer(a) == gainer(b);
    let headed: Alike = |a, b| a.attribution.voice == Voice::Headline && a.kind == b.kind && lies_in(b, a);
    for alike in [act, gain, headed] {
        let days: Vec<Option<EventDate>> = story.iter().map(|e| only_day(e, story, alike)).collect();
        for (event, day) in story.iter_mut().zip(days) {
            event.when = day.or(event.when);
        }
    }
    let days: Vec<Option<EventDate>> =
        story.iter().map(|e| denied_day(e, story).or_else(|| lead_day(e, story))).collect();
    for (event, day) in story.iter_mut().zip(days) {
        event.when = day.or(event.when);
    }
}

/// Of an act that a story tells twice, once without the one who did it: that party, if it is the only one that fits.
pub(super) fn party_alike(story: &mut [Event]) {
    let known = |e: &Event| e.actor1.clone().filter(|a| a.side != Side::Unknown);
    let parties: Vec<Option<Actor>> = story
        .iter()
        .map(|e| {
            let same = |o: &&Event| o.kind == e.kind && o.place.id == e.place.id && o.when == e.when;
            let open = known(e).is_none() && effect::has_toll(e.kind) && !effect::is_gain(e.kind);
            let mut others = story.iter().filter(|_| open).filter(same).filter_map(known);
            let first = others.next()?;
            others.all(|a| a.side == first.side).then_some(first)
        })
        .collect();
    for (event, party) in story.iter_mut().zip(parties) {
        event.actor1 = party.or(event.actor1.take());
    }
}

/// Whether the days of two events meet.
fn meet(a: &Event, b: &Event) -> bool {
    match (a.when, b.when) {
        (Some(x), Some(y)) => x.from <= y.to && y.from <= x.to,
        (x, y) => x.is_none() && y.is_none(),
    }
}

/// Who gains a place that changes hands.
fn gainer(event: &Event) -> Option<Side> {
    use EventKind as K;
    let changes = matches!(event.kind, K::Captured | K::Recaptured | K::Surrendered | K::Abandoned);
    let actor = || event.actor1.as_ref().map(|a| camp(a.side));
    match (event.effect.filter(|_| changes)?, event.kind, actor()) {
        (Effect::Taliban, ..) | (_, K::Abandoned, Some(Side::Government)) => Some(Side::Taliban),
        (Effect::Government, ..) | (_, K::Abandoned, Some(Side::Taliban)) => Some(Side::Government),
        _ => None,
    }
}

/// The one day within the range assumed of an event that the events like it bear.
fn only_day(event: &Event, story: &[Event], alike: Alike) -> Option<EventDate> {
    let assumed = event.when.filter(|w| w.precision == DatePrecision::Assumed)?;
    let fits =
        |d: &EventDate| d.precision == DatePrecision::Day && assumed.from <= d.from && d.to <= assumed.to;
    only(story.iter().filter(|e| alike(event, e)).filter_map(|e| e.when).filter(fits))
}

/// "Officials denied that it had fallen": the days of what they deny.
fn denied_day(event: &Event, story: &[Event]) -> Option<EventDate> {
    let undated = |e: &Event| e.when.is_none_or(|w| w.precision == DatePrecision::Assumed);
    let same = |e: &&Event| e.place.id == event.place.id && e.effect.is_some() && e.effect == event.effect;
    let denied = event.modality == Modality::Denied && undated(event);
    let told = story.iter().filter(|e| denied && e.modality != Modality::Denied && !undated(e));
    only(told.filter(same).filter_map(|e| e.when))
}

/// How many days before printing the news of a lead may lie.
const OLD_NEWS: i32 = 14;

/// "Troops have retaken X ... said that they retook X on June 26": the only day that the story gives for what it
/// opens with, unless the place has changed hands again.
fn lead_day(event: &Event, story: &[Event]) -> Option<EventDate> {
    let assumed = event.when.filter(|w| w.precision == DatePrecision::Assumed)?;
    let opens = story.iter().all(|e| event.quote_start <= e.quote_start);
    let here = || story.iter().filter(|e| e.place.id == event.place.id);
    let dated = |e: &Event| e.when.filter(|w| w.precision == DatePrecision::Day);
    let day = only(here().filter(|e| e.kind == event.kind).filter_map(dated))?;
    let later = |e: &Event| dated(e).is_some_and(|d| d.from > day.from);
    let turned = here().any(|e| e.effect.is_some() && e.effect != event.effect && later(e));
    let near = day.to < assumed.from && (assumed.to - day.to).get_days() <= OLD_NEWS;
    (opens && near && !turned).then_some(day)
}

/// The one date that all of them are.
fn only(mut dates: impl Iterator<Item = EventDate>) -> Option<EventDate> {
    let first = dates.next()?;
    dates.all(|d| d == first).then_some(first)
}

fn lies_in(inner: &Event, outer: &Event) -> bool {
    [&inner.place.admin1, &inner.place.admin2].into_iter().flatten().any(|p| *p == outer.place.id)
}

/// How many sentences of telling a lead may run ahead of what gives its place.
const LEAD: usize = 4;

/// A lead that puts an act in a province tells it again where the story goes on to name the place within it: the first
/// such telling of the same kind, on a day that may be the same, takes its toll.
pub(super) fn place_alike(story: &mut Vec<Event>, gazetteer: &Gazetteer) {
    let mut told = Vec::with_capacity(story.len());
    for (i, event) in story.iter().enumerate() {
        let again = story[i + 1..].iter().filter(|e| e.quote_start > event.quote_start);
        let mut near = again.take(LEAD).filter(|e| is_within(e, event, gazetteer));
        told.push(near.next().map(|e| e.quote_start));
    }
    let mut at = 0;
    let tolls: Vec<_> =
        story.iter().zip(&told).map(|(e, again)| (*again, e.kind, e.when, e.killed, e.wounded)).collect();
    for (again, kind, when, killed, wounded) in tolls {
        let Some(start) = again else { continue };
        if let Some(event) = story.iter_mut().find(|e| e.quote_start == start && e.kind == kind) {
            event.killed = event.killed.or(killed);
            event.wounded = event.wounded.or(wounded);
            let exact = when.filter(|w| w.precision == DatePrecision::Day);
            let open = event.when.is_some_and(|w| w.precision == DatePrecision::Assumed);
            event.when = exact.filter(|_| open).or(event.when);
        }
    }
    story.retain(|_| {
        at += 1;
        told[at - 1].is_none()
    });
}

/// Whether one telling gives the place within the province of the other, of the same act as far as can be seen.
fn is_within(inner: &Event, outer: &Event, gazetteer: &Gazetteer) -> bool {
    let place = |e: &Event| gazetteer.by_id(e.place.id.as_str());
    let (Some(a), Some(b)) = (place(outer), place(inner)) else { return false };
    let side = |e: &Event| e.actor1.as_ref().map(|a| camp(a.side)).filter(|s| *s != Side::Unknown);
    let agree = |x: Option<Side>, y: Option<Side>| x.is_none() || y.is_none() || x == y;
    outer.kind == inner.kind
        && outer.effect.is_none()
        && outer.modality != Modality::Denied
        && inner.modality != Modality::Denied
        && outer.place.kind == PlaceKind::Province
        && outer.place.scope == Scope::Place
        && a != b
        && gazetteer.contains(a, b)
        && meet(inner, outer)
        && agree(side(inner), side(outer))
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

impl EventId {
    /// The id that these parts make, the same for the same parts in the same order.
    #[must_use]
    pub fn of(parts: &[&str]) -> EventId {
        EventId(digest(parts))
    }
}

/// 16 hex digits of the SHA-256 of the parts.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digits = hash.finalize().into_iter().take(8).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}
