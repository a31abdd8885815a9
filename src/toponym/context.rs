//! Context: what a whole report says about the places it names.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Cues;
use super::find::Mention;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::text::{Gap, Sentence, Shape, Tokens};

/// What the whole report says about its places.
pub(super) struct Context<'g> {
    pub(super) mentions: Vec<Vec<Mention<'g>>>,
    /// By sentence and mention, the province that the words beside it say it lies in.
    pub(super) containers: Vec<Vec<Option<PlaceRef>>>,
    /// By sentence and mention, the province that it certainly means.
    pub(super) certain: Vec<Vec<Option<PlaceRef>>>,
    /// How often each province is named, or certainly meant.
    pub(super) provinces: BTreeMap<PlaceRef, u32>,
    /// How often any is.
    named: u32,
    /// The same by sentence.
    pub(super) by_sentence: Vec<Vec<PlaceRef>>,
    /// By name, the province it was once said to lie in.
    pub(super) said: FxHashMap<String, PlaceRef>,
    /// By sentence, the codes of other countries of which it names a part, and of those that it names.
    pub(super) countries: Vec<(Vec<&'g str>, Vec<&'g str>)>,
    /// The report goes by provinces, each with its heading: "Ghazni: a mine was cleared."
    pub(super) by_province: bool,
    /// By name, whether it was once called a city (true) or a province (false).
    pub(super) level: FxHashMap<String, bool>,
}

impl<'g> Context<'g> {
    pub(super) fn of(
        mentions: Vec<Vec<Mention<'g>>>,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        gazetteer: &'g Gazetteer,
        cues: &Cues,
    ) -> Context<'g> {
        let containment = Containment { tokens, gazetteer, cues };
        let mut scope = Scope::default();
        let containers: Vec<Vec<Option<PlaceRef>>> = mentions
            .iter()
            .zip(sentences)
            .map(|(list, sentence)| {
                scope.enter(list, sentence, &containment);
                let around = |k: usize| {
                    containment.container(list, k).or_else(|| scope.container(&list[k], gazetteer))
                };
                (0..list.len()).map(around).collect()
            })
            .collect();
        let (mut provinces, mut said, mut level) =
            (BTreeMap::new(), FxHashMap::default(), FxHashMap::default());
        let mut by_sentence = Vec::with_capacity(mentions.len());
        let certain: Vec<Vec<Option<PlaceRef>>> = mentions
            .iter()
            .map(|list| list.iter().map(|mention| certain_province(mention, gazetteer)).collect())
            .collect();
        for ((list, containers), certain) in mentions.iter().zip(&containers).zip(&certain) {
            let named: Vec<PlaceRef> = certain.iter().flatten().copied().collect();
            for province in &named {
                *provinces.entry(*province).or_default() += 1;
            }
            for (mention, container) in list.iter().zip(containers) {
                if let Some(province) = *container {
                    said.entry(mention.spelling.clone()).or_insert(province);
                }
                if let Some(kind) = mention.kinds.first() {
                    level.entry(mention.spelling.clone()).or_insert(*kind == PlaceKind::City);
                }
            }
            by_sentence.push(named);
        }
        let abroad = |m: &Mention<'g>| {
            let place = gazetteer.get(m.names.first()?.place);
            m.is_foreign(gazetteer).then_some((place.kind == PlaceKind::Country, place.country.as_str()))
        };
        let codes = |list: &[Mention<'g>], state: bool| -> Vec<&'g str> {
            list.iter().filter_map(abroad).filter(|(s, _)| *s == state).map(|(_, code)| code).collect()
        };
        let countries = mentions.iter().map(|list| (codes(list, false), codes(list, true))).collect();
        let by_province = goes_by_province(&mentions, tokens, gazetteer);
        let named = provinces.values().sum();
        Context {
            mentions,
            containers,
            certain,
            provinces,
            named,
            by_sentence,
            said,
            countries,
            by_province,
            level,
        }
    }

    /// How much of the report's naming of provinces falls to this one, 0 to 1.
    pub(super) fn share(&self, province: PlaceRef) -> f64 {
        let own = self.provinces.get(&province).copied().unwrap_or(0);
        if self.named == 0 { 0.0 } else { f64::from(own) / f64::from(self.named) }
    }

    /// Whether the sentence before, of the same paragraph or the one above, names the province.
    pub(super) fn named_just_before(&self, i: usize, province: PlaceRef, sentences: &[Sentence]) -> bool {
        let close =
            |p: usize| sentences[i].paragraph - sentences[p].paragraph.min(sentences[i].paragraph) <= 1;
        i.checked_sub(1).is_some_and(|p| close(p) && self.by_sentence[p].contains(&province))
    }
}

/// The province that a line's heading ("Badakhshan: ...") or a sentence's opening ("In Badakhshan, ...") puts what follows in.
#[derive(Default)]
struct Scope {
    /// The heading's province, and its paragraph.
    heading: Option<(PlaceRef, usize)>,
    opening: Option<PlaceRef>,
}

impl Scope {
    fn enter(&mut self, list: &[Mention<'_>], sentence: &Sentence, containment: &Containment<'_, '_>) {
        self.heading = self.heading.filter(|(_, paragraph)| *paragraph == sentence.paragraph);
        self.opening = containment.opening(list, sentence);
        let parted = |m: &&Mention<'_>| {
            let mark = containment.tokens.fold(m.phrase.end.max(m.tokens.end));
            let opens = m.phrase.start <= sentence.tokens.start + 1;
            opens && matches!(mark, ":" | "/" | "-")
        };
        let heading = list.first().filter(parted).and_then(|m| m.province(containment.gazetteer));
        self.heading = heading.map(|p| (p, sentence.paragraph)).or(self.heading);
    }

    fn container(&self, mention: &Mention<'_>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let province = self.opening.or(self.heading.map(|(p, _)| p))?;
        let inside = |p: PlaceRef| {
            gazetteer.province_of(p) == Some(province) && gazetteer.get(p).kind != PlaceKind::Province
        };
        let unit = mention.places().any(|p| p == province);
        (!unit && mention.places().any(inside)).then_some(province)
    }
}

/// Whether two headings at least are names of provinces alone, of no city.
fn goes_by_province(mentions: &[Vec<Mention<'_>>], tokens: &Tokens<'_>, gazetteer: &Gazetteer) -> bool {
    let only_province =
        |m: &&Mention<'_>| m.province(gazetteer).is_some() && !m.places().any(|p| gazetteer.is_capital(p));
    let headings = mentions.iter().filter_map(|list| list.first()).filter(|m| is_heading(m, tokens));
    headings.filter(only_province).take(2).count() == 2
}

/// Whether a mention opens a line, a bullet aside, and a colon or dash parts it from the rest.
pub(super) fn is_heading(mention: &Mention<'_>, tokens: &Tokens<'_>) -> bool {
    let mark = |i: usize| tokens.shape(i) == Shape::Mark;
    let start = mention.tokens.start;
    let first = start - usize::from(start > 0 && mark(start - 1) && tokens.gap(start - 1) >= Gap::Line);
    let parted = matches!(tokens.fold(mention.tokens.end), ":" | "-" | "/") && mark(mention.tokens.end);
    parted && tokens.gap(first) >= Gap::Line
}

/// The province of a mention that can only mean one.
fn certain_province(mention: &Mention<'_>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    let shared = mention.has_namesake_abroad(gazetteer) && !mention.places().any(|p| gazetteer.is_capital(p));
    let loose = mention.loose && mention.kinds.is_empty();
    if shared || loose || mention.ordinary || !mention.places().any(|p| is_prominent(p, gazetteer)) {
        return None;
    }
    let at_home = |p: &PlaceRef| !gazetteer.get(*p).is_abroad();
    let mut provinces = mention.places().filter(at_home).map(|p| gazetteer.province_of(p));
    let first = provinces.next()??;
    provinces.all(|p| p == Some(first)).then_some(first)
}

/// Units, towns, crossings, buildings and centres are named without saying where they lie; villages, rivers and
/// plains are not.
pub(super) fn is_prominent(place: PlaceRef, gazetteer: &Gazetteer) -> bool {
    let p = gazetteer.get(place);
    p.seat_of.is_some()
        || matches!(
            p.kind,
            PlaceKind::Province
                | PlaceKind::District
                | PlaceKind::City
                | PlaceKind::Country
                | PlaceKind::Crossing
                | PlaceKind::Facility
                | PlaceKind::Pass
        )
}

/// Reads "A, B province", "A in B", "B's A".
pub(super) struct Containment<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) cues: &'a Cues,
}

impl Containment<'_, '_> {
    /// The province that the words after (or before) a mention say it lies in.
    pub(super) fn container(&self, list: &[Mention<'_>], k: usize) -> Option<PlaceRef> {
        let mention = &list[k];
        let inside = |other: &Mention<'_>| {
            let bare = mention.kinds.is_empty() && other.kinds.is_empty();
            if bare && mention.spelling == other.spelling || self.repeats(mention, other) {
                return None;
            }
            let is_province = |p: &PlaceRef| self.gazetteer.get(*p).kind == PlaceKind::Province;
            let mut provinces = other.places().filter(is_province);
            provinces.find(|p| {
                let mut inner = mention.places().filter(|m| !is_province(m));
                inner.any(|m| self.gazetteer.province_of(m) == Some(*p))
            })
        };
        let next = (k + 1..list.len())
            .take_while(|n| {
                *n == k + 1 || super::type_words::is_joined(self.tokens, &list[n - 2], &list[n - 1])
            })
            .map(|n| &list[n])
            .filter(|next| {
                self.is_contained(list[k].tokens.end..next.tokens.start)
                    || next.tokens.start > mention.tokens.end
            })
            .find_map(|next| {
                let last = list.iter().rev().find(|m| m.tokens.end <= next.tokens.start)?;
                self.is_contained(last.tokens.end..next.tokens.start).then(|| inside(next)).flatten()
            });
        let previous = k.checked_sub(1).map(|p| &list[p]).filter(|p| self.is_owner(p, mention));
        next.or_else(|| previous.and_then(inside)).or_else(|| self.container_by_district(list, k))
    }

    /// The province of the district that a mention is said to lie in: "Talukan in Panjwai".
    fn container_by_district(&self, list: &[Mention<'_>], k: usize) -> Option<PlaceRef> {
        let (mention, next) = (&list[k], list.get(k + 1)?);
        let between = list[k].tokens.end..next.tokens.start;
        let said = between.clone().any(|i| matches!(self.tokens.fold(i), "in" | "of"));
        let province =
            certain_province(next, self.gazetteer).filter(|_| said && self.is_contained(between))?;
        let inside = |p: PlaceRef| {
            self.gazetteer.get(p).kind != PlaceKind::Province
                && self.gazetteer.province_of(p) == Some(province)
        };
        mention.places().any(inside).then_some(province)
    }

    /// Whether the second mention is the first again, in brackets: "Kabul (کابل)".
    pub(super) fn repeats(&self, first: &Mention<'_>, second: &Mention<'_>) -> bool {
        let untyped = first.kinds.is_empty() && second.kinds.is_empty();
        let bracket =
            second.tokens.start == first.tokens.end + 1 && self.tokens.fold(first.tokens.end) == "(";
        untyped && bracket && first.places().any(|p| second.places().any(|q| p == q))
    }

    /// The province that a sentence opens with: "In nearby Paktika, ...".
    fn opening(&self, list: &[Mention<'_>], sentence: &Sentence) -> Option<PlaceRef> {
        let first = list.first()?;
        let from = sentence.tokens.start;
        let opens = matches!(self.tokens.fold(from), "in" | "across" | "throughout")
            && (from + 1..first.phrase.start).all(|i| self.cues.containment.contains(self.tokens.word(i)));
        first.province(self.gazetteer).filter(|_| opens)
    }

    /// Whether the second mention is said to lie in the first, which stands before it: "B's A", "B province's A", "the B
    /// province district of A".
    pub(super) fn is_owner(&self, owner: &Mention<'_>, owned: &Mention<'_>) -> bool {
        let has_ending = |end: usize| self.tokens.get(end - 1).is_some_and(|t| t.possessive);
        let possessive = has_ending(owner.tokens.end) || has_ending(owner.phrase.end);
        let from = owner.phrase.end.max(owner.tokens.end).min(owned.tokens.start);
        let between = from..owned.tokens.start;
        let typed = |i: usize| {
            let word = self.tokens.fold(i);
            word == "of" || self.gazetteer.kinds_of_type_word(word).is_some()
        };
        possessive && between.len() <= 3
            || !owner.kinds.is_empty() && (between.len() <= 1 || between.clone().all(typed))
    }

    /// Whether the words between two mentions say that the first lies in the second.
    pub(super) fn is_contained(&self, between: Range<usize>) -> bool {
        let says_so =
            |i: usize| matches!(self.tokens.fold(i), "," | "in" | "of" | "(" | "capital" | "'" | "-" | "/");
        between.len() <= 9
            && between.clone().any(says_so)
            && between.clone().all(|i| self.cues.containment.contains(self.tokens.word(i)))
    }

    /// Whether the words around a mention say that it lies in another country: "Khost in Pakistan", "Jalalabad, India",
    /// "Pakistan's Kohistan", "the Iranian town of Zabol".
    pub(super) fn is_said_abroad(&self, list: &[Mention<'_>], k: usize) -> bool {
        let mention = &list[k];
        let start = mention.phrase.start;
        let foreign = |i: usize| self.cues.foreign.contains_key(self.tokens.word(i));
        let adjective = start.checked_sub(1).is_some_and(foreign);
        // "India's consulate in Herat" lies in Herat.
        let owned = k > 0 && self.is_foreign_land(&list[k - 1]) && self.is_owner(&list[k - 1], mention) && {
            let between = list[k - 1].tokens.end..mention.tokens.start;
            !between.into_iter().any(|i| self.cues.within.contains(self.tokens.word(i)))
        };
        adjective || owned || list.get(k + 1).is_some_and(|next| self.is_contained_abroad(mention, next))
    }

    /// Whether the words behind a mention put it where none of its places lies: "the Mazar area of Kunduz province".
    pub(super) fn is_said_elsewhere(&self, list: &[Mention<'_>], k: usize) -> bool {
        let (mention, Some(next)) = (&list[k], list.get(k + 1)) else { return false };
        let between = mention.tokens.end..next.phrase.start.max(mention.tokens.end).min(next.tokens.start);
        let words = || between.clone().map(|i| self.tokens.fold(i));
        let part =
            words().any(|w| self.cues.part.contains(w) || self.gazetteer.kinds_of_type_word(w).is_some());
        let contained = words().any(|w| matches!(w, "of" | "in")) && words().all(|w| w != "," && w != "and");
        let Some(province) = next.province(self.gazetteer) else { return false };
        let only = |p: PlaceRef| self.gazetteer.province_of(p) == Some(province);
        let unit = next.kinds.contains(&PlaceKind::Province) || next.places().all(only);
        part && contained
            && unit
            && self.is_contained(between.clone())
            && !mention.places().any(|p| self.gazetteer.province_of(p) == Some(province))
    }

    fn is_foreign_land(&self, mention: &Mention<'_>) -> bool {
        let land = |p: PlaceRef| {
            let place = self.gazetteer.get(p);
            matches!(place.kind, PlaceKind::Country | PlaceKind::Region) && place.is_abroad()
        };
        mention.places().all(land)
    }

    fn is_contained_abroad(&self, mention: &Mention<'_>, next: &Mention<'_>) -> bool {
        let between = mention.phrase.end..next.tokens.start;
        let comma = between.len() == 1 && self.tokens.fold(between.start) == ",";
        let crossing = !comma && mention.places().any(|p| self.gazetteer.get(p).kind == PlaceKind::Crossing);
        let possessive = self.tokens.get(next.tokens.end - 1).is_some_and(|t| t.possessive);
        let ends = matches!(self.tokens.fold(next.tokens.end), "," | "." | ")" | "(" | "-" | ":" | ";" | "")
            && !possessive;
        let town = !between.is_empty() && next.is_foreign(self.gazetteer) && {
            let mut words = between.clone().map(|i| self.tokens.fold(i));
            words.any(|w| matches!(w, "of" | "in")) && self.tokens.fold(between.start) != ","
        };
        (town || self.is_foreign_land(next)) && !crossing && self.is_contained(between) && (!comma || ends)
    }
}
