//! Points: what the voices behind an act are worth together.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Level;
use super::weights::Weights;
use crate::event::{Effect, Event, Modality, Side, Voice, Witness};

/// What became of a voice in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// It gives its points.
    Counted,
    /// Another voice of its source gives as many or more.
    Doubled,
    /// Its agency took it back.
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
    /// Independent sources: agencies, or one more where an agency quotes both sides.
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
    let mut heard: Vec<Heard<'a>> = Vec::with_capacity(voices.len());
    // By source, its best voice in `heard` and whether the source claims.
    let mut best: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    let mut deniers = BTreeSet::new();
    let mut agencies: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for voice in voices.iter().copied() {
        let kind = heard_as(&voice.event);
        let mut own = Heard { voice, kind, worth: 0, counts: Counts::Counted };
        if voice.event.modality == Modality::Denied {
            deniers.insert(voice.event.attribution.side.and_then(party));
            heard.push(Heard { counts: Counts::Denies, ..own });
            continue;
        }
        own.worth = worth(weights, level, voice, kind);
        if is_withdrawn(voice, voices) {
            heard.push(Heard { counts: Counts::Withdrawn, ..own });
            continue;
        }
        match best.entry(&voice.event.lineage) {
            Entry::Vacant(first) => {
                first.insert((heard.len(), kind == Voice::Party));
            }
            Entry::Occupied(mut known) if heard[known.get().0].worth < own.worth => {
                heard[known.get().0].counts = Counts::Doubled;
                known.get_mut().0 = heard.len();
            }
            Entry::Occupied(_) => own.counts = Counts::Doubled,
        }
        heard.push(own);
        if let Some(agency) = &voice.agency {
            let quotes = agencies.entry(agency).or_default();
            quotes.0 |= kind == Voice::Party;
            quotes.1 |= kind == Voice::Admission;
        }
    }
    let told = || heard.iter().filter(|h| matches!(h.counts, Counts::Counted | Counts::Doubled));
    let says = |kind: Voice| told().any(|h| h.kind == kind);
    let total: i32 = best.values().map(|(i, _)| heard[*i].worth).sum();
    let from_claims: i32 = best.values().filter(|(_, claim)| *claim).map(|(i, _)| heard[*i].worth).sum();
    let denials = i32::try_from(deniers.len()).unwrap_or(i32::MAX).saturating_mul(weights.deductions.denial);
    let denials = from_claims.min(denials);
    let both = if says(Voice::Party) && says(Voice::Admission) { weights.points.both_sides } else { 0 };
    let points = (total + both - denials - vague.total()).max(0);
    let sources = agencies.len() + usize::from(agencies.values().any(|(c, a)| *c && *a));
    let only_claimed = best.values().all(|(_, claim)| *claim);
    let lineages = told().map(|h| h.voice.event.lineage.as_str()).collect();
    Support {
        points,
        only_claimed,
        sources,
        denied: !deniers.is_empty(),
        lineages,
        heard,
        both,
        denials,
        vague,
    }
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

/// An agency's own denial withdraws what it printed in its own voice by then.
fn is_withdrawn(voice: &Witness, voices: &[&Witness]) -> bool {
    voice.event.attribution.voice == Voice::Outlet
        && voices.iter().any(|v| {
            v.event.modality == Modality::Denied
                && v.event.attribution.voice == Voice::Outlet
                && v.agency.is_some()
                && v.agency == voice.agency
                && v.event.published >= voice.event.published
        })
}
