//! What a page says of events: which leads, its headline, the lines of a callout.

use super::wording::{Wording, fill, first};
use crate::event::{Actor, Event, EventId, EventPlace, Modality, Range, Side};
use crate::gazetteer::{Gazetteer, Place, PlaceId, PlaceKind, PlaceRef};
use crate::toponym::GeoPrecision;

/// The longest headline, in characters: one line of the article frame.
const LONGEST_TITLE: usize = 60;
/// The longest callout, in words.
const LONGEST_CALLOUT: usize = 30;

/// What ranks events: the places, the words with their weights, the largest capital.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) wording: &'a Wording,
    metropolis: Option<PlaceRef>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(gazetteer: &'a Gazetteer, wording: &'a Wording) -> Desk<'a> {
        let capitals = gazetteer
            .places()
            .filter(|p| !p.is_abroad())
            .filter_map(|p| Some((p.population, gazetteer.by_id(p.id.as_str())?)))
            .filter(|(_, r)| gazetteer.is_capital(*r));
        let metropolis = capitals.max_by_key(|(population, r)| (*population, std::cmp::Reverse(*r)));
        Desk { gazetteer, wording, metropolis: metropolis.map(|(_, r)| r) }
    }

    /// What a place is called in the language of the words.
    pub(super) fn name<'p>(&self, place: &'p Place) -> &'p str {
        self.wording.language.name(place)
    }

    /// What an area is called in it.
    pub(super) fn area_name<'n>(&'n self, id: &PlaceId, english: &'n str) -> &'n str {
        let place = self.gazetteer.by_id(id.as_str());
        place.map_or(english, |p| self.name(self.gazetteer.get(p)))
    }

    /// What a river or road is called in it. The gazetteer may say what sort of thing a name stands for ("NAME River").
    pub(super) fn line_name<'n>(&'n self, english: &'n str) -> &'n str {
        let line = |p: &&Place| matches!(p.kind, PlaceKind::River | PlaceKind::Road);
        let is = |p: &&Place| {
            let rest = p.name.strip_prefix(english);
            rest.is_some_and(|r| r.is_empty() || r.starts_with(' ') && r.split_whitespace().count() == 1)
        };
        let found = self.gazetteer.places().filter(line).find(is);
        found.map(|p| (p, self.name(p))).filter(|(p, name)| *name != p.name).map_or(english, |(_, name)| name)
    }

    /// Whether a place is the largest provincial capital.
    pub(super) fn is_metropolis(&self, place: PlaceRef) -> bool {
        self.metropolis == Some(place)
    }

    /// How many live where it happened, as far as known.
    pub(super) fn inhabitants(&self, event: &Event) -> Option<u32> {
        let place = self.gazetteer.by_id(event.place.id.as_str())?;
        Some(self.gazetteer.get(place).population)
    }

    /// How much an event leads the day. Weights are in `style/news.toml`.
    pub(super) fn importance(&self, event: &Event) -> i32 {
        let table = &self.wording.importance;
        let mut sum = self.wording.weight(event.kind);
        let place = self.gazetteer.by_id(event.place.id.as_str());
        if let Some(place) = place.filter(|p| self.gazetteer.is_capital(*p)) {
            sum += table.capital + if self.is_metropolis(place) { table.kabul } else { 0 };
        } else if event.place.kind == PlaceKind::City {
            sum += table.city;
        }
        sum += match event.modality {
            Modality::Asserted => table.asserted,
            Modality::ConfirmedByLoser => table.confirmed,
            Modality::Claimed | Modality::Denied => table.claimed,
        };
        if event.telling.inside {
            sum += table.inside;
        }
        if event.place.precision >= GeoPrecision::Province {
            sum += table.coarse;
        }
        let killed = event.killed.map_or(0, |k| k.low.min(100));
        sum += table.hundred_killed * i32::try_from(killed).unwrap_or(0) / 100;
        sum + table.independent * i32::try_from(event.n_independent.min(5)).unwrap_or(0)
    }

    /// The order in which events lead.
    pub(super) fn rank(&self, event: &Event) -> (i32, EventId) {
        (-self.importance(event), event.id.clone())
    }
}

/// How far the day's statuses bear out what an event says of control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// They do, or the event says nothing of control.
    Settled,
    /// They do not, or not yet.
    Reported,
    /// Both sides are inside.
    Contested,
}

/// The headline of an event that the statuses bear out, with one of these for its place, the first that fits; None
/// where it would be too long.
pub(super) fn headline_at(event: &Event, places: &[String], wording: &Wording) -> Option<String> {
    let slot = |slot: &str, place: &String| match slot {
        "place" => Some(place.clone()),
        _ => party(event, slot, wording),
    };
    let templates = &wording.of(event.kind).headline;
    let mut all = templates.iter().flat_map(|t| places.iter().filter_map(move |p| fill(t, |s| slot(s, p))));
    all.find(|t| fits(t)).map(capital)
}

/// A party to an event as a headline names it.
fn party(event: &Event, slot: &str, wording: &Wording) -> Option<String> {
    let actor = match slot {
        "actor1" => event.actor1.as_ref(),
        "actor2" => event.actor2.as_ref(),
        _ => None,
    };
    named(actor).map(|n| in_headline(n, wording))
}

/// The first of these that can be filled and is no longer than a headline.
fn short(templates: &[String], slot: impl Fn(&str) -> Option<String> + Copy) -> Option<String> {
    templates.iter().filter_map(|t| fill(t, slot)).find(|t| fits(t))
}

fn fits(title: &str) -> bool {
    title.chars().count() <= LONGEST_TITLE
}

/// The headline an event gives, None where it would be too long. It never says more than the statuses do.
pub(super) fn headline(event: &Event, standing: Standing, wording: &Wording) -> Option<String> {
    let words = wording.of(event.kind);
    let slot = |slot: &str| match slot {
        "place" => Some(place_name(&event.place, wording)),
        "passive" => words.passive.clone(),
        _ => party(event, slot, wording),
    };
    if event.modality == Modality::Claimed {
        let noun = fill(&words.noun, slot)?;
        let templates = match event.attribution.side {
            Some(Side::Taliban) => &wording.claim.taliban,
            Some(Side::Government) => &wording.claim.government,
            Some(Side::Militia) => &wording.claim.militia,
            _ => &wording.claim.other,
        };
        let claim = first(templates, |s| (s == "noun").then(|| noun.clone()));
        return claim.map(capital).filter(|t| fits(t));
    }
    let unsettled = match standing {
        Standing::Settled => None,
        Standing::Reported => Some(&wording.claim.reported),
        Standing::Contested => Some(&wording.claim.contested),
    };
    if let Some(templates) = unsettled {
        return short(templates, slot).map(capital);
    }
    let inside = event.telling.inside.then(|| short(&words.inside, slot)).flatten();
    inside.or_else(|| short(&words.headline, slot)).map(capital)
}

/// What happened, in a sentence or two.
fn act(event: &Event, standing: Standing, wording: &Wording) -> Vec<String> {
    let words = wording.of(event.kind);
    let slot = |slot: &str| match slot {
        "actor1" => named(event.actor1.as_ref()).map(|n| in_sentence(n, wording)),
        "actor2" => named(event.actor2.as_ref()).map(|n| in_sentence(n, wording)),
        "place" => Some(place_name(&event.place, wording)),
        "passive" => words.passive.clone(),
        _ => None,
    };
    let unsettled = (standing != Standing::Settled).then(|| fill(&wording.line.reported, slot)).flatten();
    let mut parts: Vec<String> = Vec::new();
    parts.extend(unsettled.or_else(|| first(&words.line, slot)).map(capital));
    if event.telling.inside && !words.inside.is_empty() {
        parts.push(wording.line.inside.clone());
    }
    if event.telling.reversed {
        parts.push(wording.line.reversed.clone());
    }
    parts.extend(toll(event, wording));
    parts
}

/// Whose word an event is, where it is not the outlet's own.
fn word_of(event: &Event, wording: &Wording) -> Option<String> {
    let line = &wording.line;
    match (event.modality, event.attribution.side) {
        (Modality::Claimed, Some(Side::Taliban)) => Some(line.claimed_taliban.clone()),
        (Modality::Claimed, Some(Side::Government | Side::Militia)) => Some(line.claimed_government.clone()),
        (Modality::Claimed, _) => Some(line.claimed.clone()),
        (Modality::ConfirmedByLoser, _) => Some(line.confirmed.clone()),
        (Modality::Asserted | Modality::Denied, _) => None,
    }
}

/// The text for the two most important events at the first one's place, without saying anything twice, within the
/// limit of words.
pub(super) fn lines(
    events: &[&Event],
    standing: impl Fn(&Event) -> Standing + Copy,
    wording: &Wording,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut words = 0;
    let mut kinds = Vec::new();
    for event in at_lead(events) {
        if kinds.len() == 2 || kinds.contains(&event.kind) {
            continue;
        }
        kinds.push(event.kind);
        for part in act(event, standing(event), wording).into_iter().chain(word_of(event, wording)) {
            let longer = words + part.split_whitespace().count();
            if longer <= LONGEST_CALLOUT && !parts.contains(&part) {
                words = longer;
                parts.push(part);
            }
        }
    }
    parts.join(" ")
}

/// The events at the place of the first: a marker may stand for several places.
pub(super) fn at_lead<'a>(events: &'a [&'a Event]) -> impl Iterator<Item = &'a Event> {
    events.iter().copied().filter(|e| e.place.id == events[0].place.id)
}

fn toll(event: &Event, wording: &Wording) -> Option<String> {
    let count = |range: Range| {
        let number = |s: &str| match s {
            "n" | "low" => Some(range.low.to_string()),
            "high" => Some(range.high.to_string()),
            _ => None,
        };
        let template = match range.high {
            high if high == range.low => return range.low.to_string(),
            u32::MAX => &wording.line.at_least,
            _ => &wording.line.between,
        };
        fill(template, number).unwrap_or_default()
    };
    let part = |range: Option<Range>, template: &str| {
        let number = count(range.filter(|r| r.high > 0)?);
        fill(template, |s| (s == "n").then(|| number.clone()))
    };
    let killed = part(event.killed, &wording.line.killed);
    let wounded = part(event.wounded, &wording.line.wounded);
    let parts: Vec<String> = killed.into_iter().chain(wounded).collect();
    (!parts.is_empty()).then(|| capital(format!("{}.", parts.join(&wording.several.separator))))
}

/// A place in a headline: provinces say that they are provinces.
pub(super) fn place_name(place: &EventPlace, wording: &Wording) -> String {
    if place.kind != PlaceKind::Province {
        return place.name.clone();
    }
    fill(&wording.page.province, |s| (s == "name").then(|| place.name.clone())).unwrap_or_default()
}

/// A place over a callout: with its province where the two have different names.
pub(super) fn place_head(place: &EventPlace, wording: &Wording) -> String {
    match &place.admin1_name {
        Some(province) if place.kind != PlaceKind::Province && *province != place.name => {
            let slot = |s: &str| match s {
                "name" => Some(place.name.clone()),
                "province" => Some(province.clone()),
                _ => None,
            };
            fill(&wording.page.in_province, slot).unwrap_or_default()
        }
        _ => place_name(place, wording),
    }
}

fn named(actor: Option<&Actor>) -> Option<&str> {
    actor.filter(|a| a.side != Side::Unknown && !a.name.is_empty()).map(|a| &*a.name)
}

/// As in a sentence, without the article.
fn in_headline(name: &str, wording: &Wording) -> String {
    let name = in_sentence(name, wording);
    wording.articles_dropped(&name).to_owned()
}

fn in_sentence(name: &str, wording: &Wording) -> String {
    wording.articles.get(name).cloned().unwrap_or_else(|| name.to_owned())
}

/// The text with a capital at its start.
pub(super) fn capital(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
