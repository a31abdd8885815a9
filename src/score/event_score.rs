//! The score of events: every event that a reading tells, against those that people read in the same text.

use std::collections::{BTreeMap, BTreeSet};

use super::calibration::Band;
use super::event_fault::{EventFault, EventFaultKind, Field, brief};
use super::wanted::Wanted;
use super::{EventGold, Share};
use crate::event::{Event, EventKind, Side};
use crate::gazetteer::Gazetteer;

/// How much was found, and how much of what was told is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Of the events told: those that somebody marked.
    pub precision: Share,
    /// Of the events that must be found: those that were told.
    pub recall: Share,
}

/// What is counted over all texts.
///
/// An event told is one marked if their places are the same, their days meet and their kinds agree: strictly, if the kind
/// is the one marked or one accepted with it; else if the two are of one family (a clash and a siege).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventScore {
    /// Texts that were compared.
    pub texts: usize,
    /// With kinds as marked.
    pub strict: Found,
    /// With kinds of the same family.
    pub family: Found,
    /// Strictly, by kind: of the events told, by the kind told; of those marked, by the kind marked.
    pub kinds: BTreeMap<EventKind, Found>,
    /// Of the events found (with kinds of the same family): whose field is right.
    pub fields: BTreeMap<Field, Share>,
    /// Events told at places that must have none.
    pub forbidden: usize,
    /// Sentences that must give no event: those that gave none but marked ones.
    pub traps: Share,
    /// Strictly, the events told by the confidence given to them.
    pub bands: BTreeMap<Band, Share>,
    /// What went wrong, text by text.
    pub faults: Vec<EventFault>,
}

impl EventScore {
    /// Compares the events read in the text `id` with those marked there.
    pub fn take(&mut self, gold: &EventGold, id: &str, events: &[Event], gazetteer: &Gazetteer) {
        self.texts += 1;
        let looked_up = |g| Wanted::of(g, gazetteer);
        let (due, mut spare): (Vec<_>, Vec<_>) = gold.events.iter().map(looked_up).partition(Wanted::is_due);
        spare.extend(gold.optional.iter().map(looked_up));
        for wanted in &due {
            self.take_wanted(wanted, id, events);
            self.take_fields(wanted, id, events);
        }
        let banned = gold.must_not.iter().flat_map(|name| gazetteer.locate(name, None).candidates);
        let banned: BTreeSet<String> = banned.map(|c| c.place_id).collect();
        let mut wrong: Vec<&Event> = Vec::new();
        for event in events {
            let same = |w: &&Wanted<'_>| w.meets(event) && w.is_at(event);
            let met: Vec<&Wanted<'_>> = due.iter().chain(&spare).filter(same).collect();
            let strict = met.iter().any(|w| w.is_of_kind(event));
            self.strict.precision.count(strict);
            self.kinds.entry(event.kind).or_default().precision.count(strict);
            self.bands.entry(Band::of(event.confidence)).or_default().count(strict);
            self.family.precision.count(met.iter().any(|w| w.is_akin(event)));
            if !strict {
                self.take_wrong(event, id, banned.contains(event.place.id.as_str()));
                wrong.push(event);
            }
        }
        for trap in &gold.traps {
            self.traps.count(!wrong.iter().any(|event| shares_words(&event.quote, trap)));
        }
    }

    fn take_wanted(&mut self, wanted: &Wanted<'_>, id: &str, events: &[Event]) {
        let here = |e: &&Event| wanted.meets(e) && wanted.is_at(e);
        let strict = events.iter().filter(here).any(|e| wanted.is_of_kind(e));
        self.strict.recall.count(strict);
        self.kinds.entry(wanted.gold.kind).or_default().recall.count(strict);
        self.family.recall.count(events.iter().filter(here).any(|e| wanted.is_akin(e)));
        if !strict {
            self.faults.push(EventFault {
                fault: EventFaultKind::Missed,
                field: None,
                id: id.to_owned(),
                event: called(wanted),
                wanted: None,
                got: None,
                quote: None,
            });
        }
    }

    fn take_wrong(&mut self, event: &Event, id: &str, is_forbidden: bool) {
        self.forbidden += usize::from(is_forbidden);
        self.faults.push(EventFault {
            fault: if is_forbidden { EventFaultKind::Forbidden } else { EventFaultKind::Wrong },
            field: None,
            id: id.to_owned(),
            event: brief(event),
            wanted: None,
            got: None,
            quote: Some(event.quote.clone()),
        });
    }

    /// The fields of the event that comes nearest: at the place before elsewhere in its province, of the kind before
    /// one akin.
    fn take_fields(&mut self, wanted: &Wanted<'_>, id: &str, events: &[Event]) {
        let near = |e: &&Event| wanted.meets(e) && wanted.is_akin(e) && wanted.is_in_province(e);
        let at = |e: &Event| wanted.is_at(e);
        let rank = |e: &Event| (at(e), wanted.is_of_kind(e));
        let there = events.iter().filter(|e| near(e) || wanted.meets(e) && wanted.is_akin(e) && at(e));
        let best = there.fold(None, |best: Option<&Event>, e| match best {
            Some(b) if rank(b) >= rank(e) => best,
            _ => Some(e),
        });
        let Some(event) = best else { return };
        self.take_field(Field::Place, at(event), wanted, id, event);
        if !at(event) {
            return;
        }
        let gold = wanted.gold;
        let side = event.actor1.as_ref().map_or(Side::Unknown, |a| a.side);
        if gold.date_from.is_some() {
            self.take_field(Field::Date, event.when.map(|w| w.from) == gold.date_from, wanted, id, event);
        }
        self.take_field(Field::Kind, wanted.is_of_kind(event), wanted, id, event);
        self.take_field(Field::Side, side == gold.side, wanted, id, event);
        self.take_field(Field::Effect, event.effect == gold.effect, wanted, id, event);
        self.take_field(Field::Modality, event.modality == gold.modality, wanted, id, event);
    }

    fn take_field(&mut self, field: Field, holds: bool, wanted: &Wanted<'_>, id: &str, event: &Event) {
        self.fields.entry(field).or_default().count(holds);
        if holds {
            return;
        }
        let gold = wanted.gold;
        let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let (want, got) = match field {
            Field::Place => (gold.place.clone(), event.place.name.clone()),
            Field::Date => (day(gold.date_from), day(event.when.map(|w| w.from))),
            Field::Kind => (gold.kind.as_str().to_owned(), event.kind.as_str().to_owned()),
            Field::Side => {
                let side = event.actor1.as_ref().map_or(Side::Unknown, |a| a.side);
                (gold.side.as_str().to_owned(), side.as_str().to_owned())
            }
            Field::Effect => (spelled(gold.effect), spelled(event.effect)),
            Field::Modality => (spelled(gold.modality), spelled(event.modality)),
        };
        self.faults.push(EventFault {
            fault: EventFaultKind::Field,
            field: Some(field),
            id: id.to_owned(),
            event: called(wanted),
            wanted: Some(want),
            got: Some(got),
            quote: Some(event.quote.clone()),
        });
    }
}

/// Whether one of the two passages holds the other, however their lines are broken.
fn shares_words(one: &str, other: &str) -> bool {
    let unbroken = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (one, other) = (unbroken(one), unbroken(other));
    one.contains(&other) || other.contains(&one)
}

fn called(wanted: &Wanted<'_>) -> String {
    let gold = wanted.gold;
    let day = gold.date_from.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    format!("{} {} {day}", gold.kind.as_str(), gold.place)
}

/// A value as records spell it.
fn spelled(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => "nothing".to_owned(),
    }
}
