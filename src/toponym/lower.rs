//! Names in small letters, as translating machines leave them: read only with a type word beside them.

use std::ops::Range;

use super::find::Mention;
use crate::gazetteer::{Gazetteer, PlaceKind, sound_key, spelling_key};
use crate::text::{Gap, Shape, Tokens};

/// Names of more words than this are not written in small letters.
const LONGEST: usize = 3;

/// Type words of units have so many letters at least.
const SHORTEST: usize = 6;

/// Kinds that a unit's type word may go with.
const UNITS: &[PlaceKind] = &[PlaceKind::Province, PlaceKind::District];

/// The name in small letters that the type word at token `at` follows, "kunduz province", or that follows the "of" at
/// `at`, "the district of imam sahib": a unit spelled just so.
#[inline]
pub(super) fn at_type_word<'g>(
    tokens: &Tokens<'_>,
    at: usize,
    sentence: &Range<usize>,
    gazetteer: &'g Gazetteer,
) -> Option<Mention<'g>> {
    if tokens.shape(at) != Shape::Lower {
        return None;
    }
    match tokens.fold(at) {
        "of" => behind_of(tokens, at, sentence, gazetteer),
        word if word.len() >= SHORTEST => before_type_word(tokens, at, sentence, gazetteer),
        _ => None,
    }
}

fn behind_of<'g>(
    tokens: &Tokens<'_>,
    of: usize,
    sentence: &Range<usize>,
    gazetteer: &'g Gazetteer,
) -> Option<Mention<'g>> {
    let before = of.checked_sub(1).filter(|i| sentence.contains(i))?;
    unit(tokens, before, gazetteer)?;
    let most = LONGEST.min(sentence.end - of - 1);
    (1..=most).rev().find_map(|n| named(tokens, of + 1..of + 1 + n, UNITS, gazetteer))
}

fn before_type_word<'g>(
    tokens: &Tokens<'_>,
    word: usize,
    sentence: &Range<usize>,
    gazetteer: &'g Gazetteer,
) -> Option<Mention<'g>> {
    let kinds = unit(tokens, word, gazetteer)?;
    let most = LONGEST.min(word - sentence.start);
    (1..=most).rev().find_map(|n| named(tokens, word - n..word, kinds, gazetteer))
}

/// The kinds of the type word of a unit at token `i`.
fn unit<'g>(tokens: &Tokens<'_>, i: usize, gazetteer: &'g Gazetteer) -> Option<&'g [PlaceKind]> {
    let kinds = gazetteer.kinds_of_type_word(tokens.word(i)).filter(|_| tokens.fold(i).len() >= SHORTEST)?;
    kinds.iter().any(|k| UNITS.contains(k)).then_some(kinds)
}

fn named<'g>(
    tokens: &Tokens<'_>,
    range: Range<usize>,
    kinds: &[PlaceKind],
    gazetteer: &'g Gazetteer,
) -> Option<Mention<'g>> {
    let lower = range.clone().all(|i| tokens.shape(i) == Shape::Lower);
    let joined = range.clone().skip(1).all(|i| matches!(tokens.gap(i), Gap::Space | Gap::Hyphen));
    if !lower || !joined {
        return None;
    }
    let words = range.clone().map(|i| tokens.fold(i));
    let sounds = sound_key(words.clone());
    let names = gazetteer.sounding(&sounds);
    if names.is_empty() {
        return None;
    }
    let mention = Mention::new(range, names, spelling_key(words), sounds.len());
    let unit = |n: &crate::gazetteer::NameMatch| {
        *n.spelling == mention.spelling && kinds.contains(&gazetteer.get(n.place).kind)
    };
    names.iter().any(unit).then_some(mention)
}
