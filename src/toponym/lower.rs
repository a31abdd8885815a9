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
pub(super) fn at_type_word<'g>(
    tokens: &Tokens<'_>,
    at: usize,
    sentence: &Range<usize>,
    gazetteer: &'g Gazetteer,
) -> Option<Mention<'g>> {
    let unit = |i: usize| {
        let kinds = gazetteer.kinds_of_type_word(tokens.word(i))?;
        kinds.iter().any(|k| UNITS.contains(k)).then_some(kinds).filter(|_| tokens.fold(i).len() >= SHORTEST)
    };
    let word = tokens.fold(at);
    if tokens.shape(at) != Shape::Lower || word.len() < SHORTEST && word != "of" {
        return None;
    }
    if word == "of" {
        at.checked_sub(1).filter(|i| sentence.contains(i)).and_then(unit)?;
        let most = LONGEST.min(sentence.end - at - 1);
        return (1..=most).rev().find_map(|n| named(tokens, at + 1..at + 1 + n, UNITS, gazetteer));
    }
    let kinds = unit(at)?;
    let most = LONGEST.min(at - sentence.start);
    (1..=most).rev().find_map(|n| named(tokens, at - n..at, kinds, gazetteer))
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
