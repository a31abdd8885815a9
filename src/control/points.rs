//! Points: what the voices behind an act are worth together.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Level;
use super::weights::Weights;
use crate::event::{Effect, Event, Modality, Side, Voice, Witness};

/// What became of a voice in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// It gives its points.
    Counted,
    /// Another voice of its source gives as many or more.
    Doubled,
    /// A headline whose own story tells the act: it counts as the story.
    Shortens,
    /// Its outlet took it back.
    Withdrawn,
    /// It denies the act.
    Denies,
}

/// A voice with what it is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) voice: &'a Witness,
    /// Whose word it counts as.
    pub(super) kind: Voice,
    pub(super) worth: i32,
    pub(super) counts: Counts,
}

/// What a vague place and wide dates take off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Vague {
    pub(super) place: i32,
    pub(super) days: i32,
}

impl Vague {
    pub(super) fn total(self) -> i32 {
        self.place + self.days
    }
}

/// What voices are worth for the side that gains.
#[derive(Debug, Clone, Default)]
pub(super) struct Support<'a> {
    pub(super) points: i32,
    /// Only a side to its own credit says so.
    pub(super) only_claimed: bool,
    /// Independent sources: agencies that do more than pass on a claim, and one more where both sides are quoted.
    pub(super) sources: usize,
    /// Somebody denies it.
    pub(super) denied: bool,
    pub(super) lineages: BTreeSet<&'a str>,
    /// Every voice, in the order given.
    pub(super) heard: Vec<Heard<'a>>,
    /// Added once because both sides say it.
    pub(super) both: i32,
    /// Taken off by denials.
    pub(super) denials: i32,
    pub(super) vague: Vague,
}

/// Allies count as the side they fight for.
pub(super) fn party(side: Side) -> Option<Side> {
    match side {
        Side::Taliban => Some(Side::Taliban),
        Side::Government | Side::Militia | Side::UsNato => Some(Side::Government),
        _ => None,
    }
}

/// The side that holds a place after the act, else the one that acts.
pub(super) fn gains(event: &Event) -> Option<Side> {
    match event.effect {
        Some(Effect::Taliban) => Some(Side::Taliban),
        Some(Effect::Government) => Some(Side::Government),
        _ => event.actor1.as_ref().and_then(|a| party(a.side)),
    }
}

/// Adds up the best voice of each source. `vague` is what place and date take off.
pub(super) fn support<'a>(
    weights: &Weights,
    level: Level,
    voices: &[&'a Witness],
    vague: Vague,
) -> Support<'a> {
    let heard = hear(weights, level, voices);
    let told = || heard.iter().filter(|h| matches!(h.counts, Counts::Counted | Counts::Doubled));
    let says = |kind: Voice| told().any(|h| h.kind == kind);
    let counted = || heard.iter().filter(|h| h.counts == Counts::Counted);
    let claims = || counted().filter(|h| h.kind == Voice::Party);
    let denials = heard.iter().filter(|h| h.counts == Counts::Denies);
    let deniers: BTreeSet<Option<Side>> =
        denials.map(|h| h.voice.event.attribution.side.and_then(party)).collect();
    let denied = i32::try_from(deniers.len()).unwrap_or(i32::MAX).saturating_mul(weights.deductions.denial);
    let denials = claims().map(|h| h.worth).sum::<i32>().min(denied);
    let both = if says(Voice::Party) && says(Voice::Admission) { weights.points.both_sides } else { 0 };
    let total: i32 = counted().map(|h| h.worth).sum();
    let agencies: BTreeSet<&str> =
        told().filter(|h| h.kind != Voice::Party).filter_map(|h| h.voice.agency.as_deref()).collect();
    let quoted = |kind: Voice| told().any(|h| h.kind == kind && h.voice.agency.is_some());
    Support {
        points: (total + both - denials - vague.total()).max(0),
        only_claimed: claims().count() == counted().count(),
        sources: agencies.len() + usize::from(quoted(Voice::Party) && quoted(Voice::Admission)),
        denied: !deniers.is_empty(),
        lineages: told().map(|h| lineage(h.voice, h.kind, level)).collect(),
        both,
        denials,
        vague,
        heard,
    }
}

/// What each voice is worth, and whether it counts.
fn hear<'a>(weights: &Weights, level: Level, voices: &[&'a Witness]) -> Vec<Heard<'a>> {
    let corrections: Vec<&Witness> = voices.iter().copied().filter(|v| is_correction(v)).collect();
    let stories: BTreeSet<&str> = voices.iter().filter_map(|v| story(v)).collect();
    let mut heard: Vec<Heard<'a>> = Vec::with_capacity(voices.len());
    // By source, its best voice in `heard`.
    let mut best: BTreeMap<&str, usize> = BTreeMap::new();
    for voice in voices.iter().copied() {
        let kind = heard_as(&voice.event);
        let mut own =
            Heard { voice, kind, worth: worth(weights, level, voice, kind), counts: Counts::Counted };
        if voice.event.modality == Modality::Denied {
            own = Heard { worth: 0, counts: Counts::Denies, ..own };
        } else if kind == Voice::Headline && stories.contains(voice.event.doc_id.as_str()) {
            own.counts = Counts::Shortens;
        } else if is_withdrawn(voice, &corrections) {
            own.counts = Counts::Withdrawn;
        } else {
            match best.entry(lineage(voice, kind, level)) {
                Entry::Vacant(first) => {
                    first.insert(heard.len());
                }
                Entry::Occupied(mut known) if heard[*known.get()].worth < own.worth => {
                    heard[*known.get()].counts = Counts::Doubled;
                    known.insert(heard.len());
                }
                Entry::Occupied(_) => own.counts = Counts::Doubled,
            }
        }
        heard.push(own);
    }
    heard
}

/// Nothing shows that two outlets that nobody listed are two: for a capital they are one source.
fn lineage(voice: &Witness, kind: Voice, level: Level) -> &str {
    let unnamed = matches!(kind, Voice::Outlet | Voice::Unattributed | Voice::Headline);
    if level == Level::Capital && unnamed && voice.agency.is_none() { "" } else { &voice.event.lineage }
}

/// A side's man who tells of his own side's attack makes a claim, also where the act itself gives no gain.
fn heard_as(event: &Event) -> Voice {
    let voice = event.attribution.voice;
    let speaker = event.attribution.side.and_then(party);
    if voice == Voice::ThirdParty && speaker.is_some() && speaker == gains(event) {
        Voice::Party
    } else {
        voice
    }
}

fn worth(weights: &Weights, level: Level, witness: &Witness, kind: Voice) -> i32 {
    let points = &weights.points;
    match kind {
        Voice::Outlet if witness.agency.is_some() => points.outlet,
        Voice::Outlet if level == Level::Capital => points.unlisted_outlet_capital,
        Voice::Outlet => points.unlisted_outlet,
        Voice::Admission => points.admission,
        Voice::ThirdParty => points.third_party,
        Voice::Party => points.party,
        Voice::Unattributed => points.unattributed,
        Voice::Headline => points.headline,
    }
}

/// The report that tells the act in its text.
fn story(voice: &Witness) -> Option<&str> {
    let told = voice.event.attribution.voice != Voice::Headline && voice.event.modality != Modality::Denied;
    told.then_some(voice.event.doc_id.as_str())
}

/// An outlet denies it in its own voice.
fn is_correction(voice: &Witness) -> bool {
    voice.event.modality == Modality::Denied && voice.event.attribution.voice == Voice::Outlet
}

/// An outlet's own denial withdraws what it printed by then.
fn is_withdrawn(voice: &Witness, corrections: &[&Witness]) -> bool {
    corrections.iter().any(|c| {
        let same = match (&c.agency, &voice.agency) {
            (None, None) => c.event.source.is_some() && c.event.source == voice.event.source,
            (a, b) => a == b,
        };
        same && c.event.published >= voice.event.published
    })
}
