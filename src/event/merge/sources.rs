//! Sources: which tellings are one source, because one copies the other or both quote the same speaker.

use std::collections::BTreeSet;

use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use super::Witness;
use super::group::side;
use crate::event::identity::digest;
use crate::event::outlets::{Outlet, OutletKind, Outlets};
use crate::event::speech::camp;
use crate::event::{Event, Interest, Modality, Side, Voice};
use crate::text::{Shape, Tokens};

/// Words in a run that two sentences are compared by.
const RUN_WORDS: usize = 5;

/// Two sentences are copies where so many of the shorter one's runs are shared, in percent.
const COPIED_PERCENT: usize = 50;

/// Shorter words than this name no title that two speakers could share.
const TITLE_LETTERS: usize = 4;

/// A telling on its way to a witness.
struct Heard {
    event: Event,
    /// None for a partisan outlet, but where it admits a loss, and for one that nobody listed.
    agency: Option<String>,
    is_wire: bool,
}

/// The tellings of one act with the sources they count as, in the order given.
pub(super) fn witnesses(members: Vec<Event>, outlets: &Outlets) -> Vec<Witness> {
    let mut heard: Vec<Heard> = members.into_iter().map(|e| hear(e, outlets)).collect();
    if heard.len() > 1 {
        find_copies(&mut heard);
    }
    let speakers = speakers(&heard);
    heard
        .into_iter()
        .zip(speakers)
        .map(|(h, speaker)| {
            let source = speaker.unwrap_or_else(|| own_voice(&h));
            Witness { event: Event { lineage: digest(&[&source]), ..h.event }, agency: h.agency }
        })
        .collect()
}

/// Whose copy a telling is, and what a partisan outlet's word counts as.
fn hear(mut event: Event, outlets: &Outlets) -> Heard {
    let credit = event.source.as_deref().or_else(|| event.url.as_deref().and_then(host));
    let outlet = credit.and_then(|s| outlets.find(s, event.published.or(event.when.map(|w| w.to))));
    let partisan = outlet.and_then(|o| o.standing.side().map(|side| (o, side)));
    if let Some((outlet, side)) = partisan {
        take_for_party(&mut event, outlet, side);
        let own_loss = outlet.kind == OutletKind::Party && event.attribution.voice == Voice::Admission;
        let agency = outlet.agency.clone().filter(|_| own_loss);
        return Heard { event, agency, is_wire: false };
    }
    let cited = outlets.cited_in(&event.quote).filter(|o| o.standing.side().is_none());
    let origin = cited.or(outlet);
    Heard {
        agency: origin.and_then(|o| o.agency.clone()),
        is_wire: origin.is_some_and(|o| o.kind == OutletKind::Agency),
        event,
    }
}

/// The domain of an address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', ':', '?']).next()
}

/// A partisan source counts only against the side that it prefers: its own side's gain is a claim, its own loss
/// in a statement of that side an admission.
fn take_for_party(event: &mut Event, outlet: &Outlet, party: Side) {
    let gains = side(event);
    let denied = event.modality == Modality::Denied;
    let own = camp(gains) == camp(party);
    let voice = &mut event.attribution;
    if own || denied {
        voice.interest = Interest::SelfServing;
        voice.voice = Voice::Party;
        if !denied {
            event.modality = Modality::Claimed;
        }
    } else if outlet.kind == OutletKind::Party && gains != Side::Unknown && voice.voice == Voice::Outlet {
        voice.interest = Interest::Against;
        voice.voice = Voice::Admission;
        event.modality = Modality::ConfirmedByLoser;
    } else {
        return;
    }
    voice.side = voice.side.filter(|_| !own).or(Some(party));
    voice.claimant.get_or_insert_with(|| outlet.name.clone());
}

/// What identifies a text: its runs of words, and its quoted speech.
#[derive(Default)]
struct Print {
    runs: FxHashSet<u64>,
    speech: FxHashSet<u64>,
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

fn print(quote: &str) -> Print {
    let tokens = Tokens::of(quote);
    let mut words: Vec<&str> = Vec::with_capacity(tokens.len());
    let mut print = Print::default();
    let mut opened: Option<usize> = None;
    for i in 0..tokens.len() {
        let word = tokens.fold(i);
        if word == "\"" {
            if let Some(from) = opened.take() {
                speech(&words[from..], &mut print);
            } else {
                opened = Some(words.len());
            }
        } else if tokens.shape(i) != Shape::Mark {
            words.push(word);
        }
    }
    if let Some(from) = opened {
        speech(&words[from..], &mut print);
    }
    print.runs.extend(words.windows(RUN_WORDS).map(hash));
    print
}

/// Short speech ("the city fell") is anybody's.
fn speech(words: &[&str], print: &mut Print) {
    if words.len() >= RUN_WORDS {
        print.speech.insert(hash(words));
    }
}

impl Print {
    fn copies(&self, other: &Print, by_speech: bool) -> bool {
        let shorter = self.runs.len().min(other.runs.len());
        let (small, large) = if self.runs.len() <= other.runs.len() { (self, other) } else { (other, self) };
        let shared = small.runs.iter().filter(|r| large.runs.contains(r)).count();
        shorter > 0 && shared * 100 >= shorter * COPIED_PERCENT
            || by_speech && self.speech.iter().any(|s| other.speech.contains(s))
    }
}

/// Gives the copies of a wire the wire's name. A shared quotation makes an unlisted outlet a copy; two listed ones
/// may both have heard the speaker, so that they must share the sentence. The outlets that one coded row lists have its
/// note in common and are no copies for that.
fn find_copies(heard: &mut [Heard]) {
    let mut order: Vec<usize> = (0..heard.len()).collect();
    order.sort_by_key(|i| {
        let h = &heard[*i];
        (h.agency.is_none(), !h.is_wire, h.agency.clone(), *i)
    });
    let mut leaders: Vec<(Print, Option<String>, Vec<usize>)> = Vec::new();
    for i in order {
        if is_party(&heard[i]) {
            continue;
        }
        let print = print(&heard[i].event.quote);
        let unlisted = heard[i].agency.is_none();
        let listed = |other: &usize| {
            let (one, other) = (&heard[i].event, &heard[*other].event);
            one.doc_id == other.doc_id && one.source != other.source
        };
        let leader = leaders.iter_mut().find(|(p, agency, followers)| {
            agency.is_some() && *agency == heard[i].agency
                || !followers.iter().any(listed) && print.copies(p, unlisted)
        });
        match leader {
            Some((p, agency, followers)) => {
                followers.push(i);
                heard[i].agency = agency.clone();
                p.runs.extend(print.runs);
                p.speech.extend(print.speech);
            }
            None => leaders.push((print, heard[i].agency.clone(), vec![i])),
        }
    }
}

fn is_party(heard: &Heard) -> bool {
    heard.agency.is_none() && heard.event.attribution.voice == Voice::Party
}

/// The source that an outlet's own voice is. Reports without an outlet cannot be told apart and are one.
fn own_voice(heard: &Heard) -> String {
    let outlet = heard.event.source.as_deref().unwrap_or("");
    heard.agency.as_ref().map_or_else(|| format!("outlet {outlet}"), |agency| format!("agency {agency}"))
}

/// By telling, the speaker it counts as; None in an outlet's own voice. A side that speaks to its own credit is one
/// source whoever speaks for it; others are one where they share a word of their title.
fn speakers(heard: &[Heard]) -> Vec<Option<String>> {
    let mut titles: Vec<(String, BTreeSet<String>)> = Vec::new();
    let role = |h: &Heard| {
        let side = h.event.attribution.side.map_or("none", |s| camp(s).as_str());
        match h.event.attribution.voice {
            _ if h.event.modality == Modality::Denied => Some((format!("denial {side}"), false)),
            Voice::Party => Some((format!("party {side}"), false)),
            Voice::Admission => Some((format!("admission {side}"), true)),
            Voice::ThirdParty => Some((format!("third {side}"), true)),
            Voice::Outlet | Voice::Unattributed | Voice::Headline => None,
        }
    };
    for (role, words) in heard.iter().filter_map(|h| Some((role(h)?.0, title(&h.event)))) {
        let mut merged = words;
        titles.retain(|(other, known)| {
            let same = *other == role && !known.is_disjoint(&merged);
            if same {
                merged.extend(known.iter().cloned());
            }
            !same
        });
        titles.push((role, merged));
    }
    let named = |role: &str, event: &Event| {
        let words = title(event);
        let group = titles.iter().find(|(r, known)| r == role && !known.is_disjoint(&words));
        group.and_then(|(_, known)| known.first().cloned()).unwrap_or_default()
    };
    heard
        .iter()
        .map(|h| {
            let (role, by_title) = role(h)?;
            Some(if by_title { format!("{role} {}", named(&role, &h.event)) } else { role })
        })
        .collect()
}

/// The words of a speaker's title, without the names of places.
fn title(event: &Event) -> BTreeSet<String> {
    let Some(claimant) = event.attribution.claimant.as_deref() else { return BTreeSet::new() };
    let place = &event.place;
    let names = [Some(&place.name), place.admin1_name.as_ref(), place.admin2_name.as_ref()];
    let places: BTreeSet<String> = names.into_iter().flatten().flat_map(|n| words(n)).collect();
    words(claimant).filter(|w| w.len() >= TITLE_LETTERS && !places.contains(w)).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let tokens = Tokens::of(text);
    let words: Vec<String> =
        (0..tokens.len()).map(|i| tokens.fold(i).trim_end_matches('s').to_owned()).collect();
    words.into_iter()
}
