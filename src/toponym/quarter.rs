//! Quarters that have a number: "the fifth police district of Kabul", "PD10", "police district 4".

use std::ops::Range;

use super::Cues;
use super::find::Mention;
use crate::gazetteer::{Gazetteer, NameMatch, PlaceKind, PlaceRef, spelling_key};
use crate::text::{Gap, Sentence, Tokens, number};

const KINDS: &[PlaceKind] = &[PlaceKind::Village];

/// Adds the numbered quarters to the mentions of each sentence: of the city named with them, else of the one named most.
pub(super) fn add<'g>(
    found: &mut [Vec<Mention<'g>>],
    tokens: &Tokens<'_>,
    sentences: &[Sentence],
    gazetteer: &'g Gazetteer,
    cues: &Cues,
) {
    for s in 0..sentences.len() {
        let sentence = &sentences[s].tokens;
        let mut at = sentence.start;
        while let Some(letter) = (at..=sentence.end).find(|i| has_letter(tokens, *i)) {
            // "Police" may stand behind the number.
            at = letter.saturating_sub(1).max(at);
            let Some((range, number)) = numbered(tokens, at, sentence, cues) else {
                at += 1;
                continue;
            };
            at = range.end;
            let k = found[s].partition_point(|m| m.tokens.start < range.start);
            let free = k.checked_sub(1).is_none_or(|p| found[s][p].tokens.end <= range.start)
                && found[s].get(k).is_none_or(|m| m.tokens.start >= range.end);
            let beside = found[s].get(k).into_iter().chain(found[s][..k].iter().rev()).chain(&found[s][k..]);
            let near = |m: &&Mention<'_>| m.tokens.start <= range.end + 2 || m.tokens.end <= range.start;
            let city = beside.filter(near).find_map(|m| city_of(m, gazetteer));
            let names = match city {
                Some(city) => of_city(city, number, gazetteer),
                None => of_main_city(found, number, gazetteer),
            };
            if let Some(names) = names.filter(|_| free) {
                let words = range.clone().map(|i| tokens.fold(i));
                let mention =
                    Mention { kinds: KINDS, ..Mention::new(range, names, spelling_key(words), usize::MAX) };
                found[s].insert(k, mention);
            }
        }
    }
}

/// Whether the words for a quarter stand at token `i`.
pub(super) fn is_at(tokens: &Tokens<'_>, i: usize) -> bool {
    let word = tokens.fold(i);
    word.starts_with("pd") || word == "police" && tokens.fold(i + 1) == "district"
}

/// Whether token `i` has the first letter of "police" and "PD".
fn has_letter(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.fold(i).as_bytes().first() == Some(&b'p')
}

/// The tokens of a numbered quarter that begins at token `at`, and its number.
fn numbered(
    tokens: &Tokens<'_>,
    at: usize,
    sentence: &Range<usize>,
    cues: &Cues,
) -> Option<(Range<usize>, u32)> {
    let word = |i: usize| if sentence.contains(&i) { tokens.fold(i) } else { "" };
    let is_quarter = |i: usize| word(i) == "police" && word(i + 1) == "district";
    let first = word(at);
    if !first.starts_with('p') && word(at + 1) != "police" {
        return None;
    }
    if is_quarter(at) {
        let number = number(word(at + 2)).filter(|n| *n > 0)?;
        return Some((at..at + 3, number));
    }
    if let Some(digits) = first.strip_prefix("pd") {
        let next = || number(word(at + 1)).filter(|_| tokens.gap(at + 1) <= Gap::Space);
        return match digits {
            "" => Some((at..at + 2, next()?)),
            digits => Some((at..at + 1, digits.parse().ok()?)),
        };
    }
    let number = Some(first).filter(|_| is_quarter(at + 1)).and_then(|w| ordinal(w, cues))?;
    Some((at..at + 3, number))
}

fn ordinal(word: &str, cues: &Cues) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let spelled = || cues.ordinals.iter().position(|o| o == word).and_then(|i| u32::try_from(i + 1).ok());
    digits.parse().ok().filter(|_| digits.len() < word.len()).or_else(spelled)
}

/// The quarter of this number in the city named most often, of several the first.
fn of_main_city<'g>(
    found: &[Vec<Mention<'g>>],
    number: u32,
    gazetteer: &'g Gazetteer,
) -> Option<&'g [NameMatch]> {
    let mut cities: Vec<(usize, PlaceRef)> = Vec::new();
    for city in found.iter().flatten().filter_map(|m| city_of(m, gazetteer)) {
        match cities.iter_mut().find(|(_, known)| *known == city) {
            Some((count, _)) => *count += 1,
            None => cities.push((1, city)),
        }
    }
    let (_, city) = cities.into_iter().rev().max_by_key(|(count, _)| *count)?;
    of_city(city, number, gazetteer)
}

/// The provincial capital that a mention names, or lies in.
fn city_of(mention: &Mention<'_>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    let capital = |place: PlaceRef| {
        let province = gazetteer.province_of(place)?;
        let seat = gazetteer.seat_of(&gazetteer.get(province).id)?;
        let within = || {
            let district = gazetteer.district_of(place);
            district.is_some() && district == gazetteer.district_of(seat)
        };
        (place == seat || place == province || within()).then_some(seat)
    };
    mention.places().find_map(capital)
}

/// The quarter of this number in a city.
fn of_city(city: PlaceRef, number: u32, gazetteer: &Gazetteer) -> Option<&[NameMatch]> {
    let names = gazetteer.sounding_after(city, &format!("pd{number}"));
    let inside = |n: &NameMatch| gazetteer.province_of(n.place) == gazetteer.province_of(city);
    (!names.is_empty() && names.iter().all(inside)).then_some(names)
}
