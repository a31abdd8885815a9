//! Buildings: "the airport of Kunduz", "Kunduz's central prison" are the building that the gazetteer knows there.

use super::Cues;
use super::find::Mention;
use crate::gazetteer::{Gazetteer, NameMatch, PlaceKind, PlaceRef};
use crate::text::{Sentence, Shape, Tokens};

/// Makes a mention with a building's word beside it that building, where one of this name lies there.
pub(super) fn beside<'g>(
    mention: &mut Mention<'g>,
    tokens: &Tokens<'_>,
    sentence: &Sentence,
    gazetteer: &'g Gazetteer,
    cues: &Cues,
) {
    let Some(word) = word(mention, tokens, sentence, cues) else { return };
    let found = mention.places().find_map(|place| named(place, word, gazetteer, cues));
    if let Some((names, kinds)) = found {
        (mention.names, mention.kinds) = (names, kinds);
    }
}

/// The building's word before ("the airport of K") or behind ("K airport", "K's main airport").
fn word<'t>(
    mention: &Mention<'_>,
    tokens: &'t Tokens<'_>,
    sentence: &Sentence,
    cues: &Cues,
) -> Option<&'t str> {
    let is_building = |i: &usize| {
        let word = tokens.fold(*i);
        cues.buildings.iter().flatten().any(|b| b == word)
    };
    let (start, end) = (mention.phrase.start, mention.tokens.end);
    let possessive = tokens.get(end - 1).is_some_and(|t| t.possessive);
    let reach = if possessive { 3 } else { 1 };
    let way = |i: usize| cues.way.contains(tokens.word(i + 1));
    let behind = (end..sentence.tokens.end.min(end + reach))
        .take_while(|i| *i == end || tokens.shape(*i - 1) != Shape::Mark)
        .find(is_building)
        .filter(|i| !way(*i));
    let of = start >= sentence.tokens.start + 2 && tokens.fold(start - 1) == "of";
    let typed = || Some(start).filter(|i| *i < mention.tokens.start).filter(is_building);
    let before = || start.checked_sub(2).filter(|_| of).filter(is_building);
    behind.or_else(typed).or_else(before).map(|i| tokens.fold(i))
}

/// The building of a place that bears the place's name, under any of the words for it.
fn named<'g>(
    place: PlaceRef,
    word: &str,
    gazetteer: &'g Gazetteer,
    cues: &Cues,
) -> Option<(&'g [NameMatch], &'g [PlaceKind])> {
    let owner = gazetteer.get(place);
    if owner.is_abroad() || !matches!(owner.kind, PlaceKind::Province | PlaceKind::City | PlaceKind::District)
    {
        return None;
    }
    let alike = cues.buildings.iter().filter(|group| group.iter().any(|b| b == word)).flatten();
    std::iter::once(word).chain(alike.map(String::as_str)).find_map(|word| {
        let names = gazetteer.sounding_after(place, word);
        let there = |n: &NameMatch| {
            gazetteer.get(n.place).kind == PlaceKind::Facility
                && gazetteer.province_of(n.place) == gazetteer.province_of(place)
        };
        let known = !names.is_empty() && names.iter().all(there);
        known.then_some(names).zip(gazetteer.kinds_of_type_word(word))
    })
}
