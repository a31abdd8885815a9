//! Names in small letters, as translating machines leave them: read only with a type word beside them.

use std::ops::Range;

use super::find::Mention;
use crate::gazetteer::{Gazetteer, PlaceKind, sound_key, spelling_key};
use crate::text::{Gap, Shape, Tokens};

/// Names of more words than this are not written in small letters.
const LONGEST: usize = 3;

/// The name in small letters that the type word at token `at` follows, "kunduz province", or that follows it, "the
/// district of imam sahib": a unit spelled just so.
pub(super) fn at_type_word<'g>(
    tokens: &Tokens<'_>,
    at: usize,
    sentence: &Range<usize>,
    gazetteer: &'g Gazetteer,
) -> Option<Mention<'g>> {
    if tokens.shape(at) != Shape::Lower {
        return None;
    }
    let kinds = gazetteer.kinds_of_type_word(tokens.fold(at))?;
    if !kinds.iter().any(|k| matches!(k, PlaceKind::Province | PlaceKind::District)) {
        return None;
    }
    let most = LONGEST.min(at - sentence.start);
    let before = (1..=most).rev().find_map(|n| named(tokens, at - n..at, kinds, gazetteer));
    let after = || {
        let of = usize::from(tokens.fold(at + 1) == "of");
        let from = at + 1 + of;
        let most = LONGEST.min(sentence.end.saturating_sub(from));
        (1..=most).rev().filter(|_| of == 1).find_map(|n| named(tokens, from..from + n, kinds, gazetteer))
    };
    before.or_else(after)
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
    let names = gazetteer.sounding(&sound_key(words.clone()));
    let mention = Mention {
        tokens: range.clone(),
        phrase: range.clone(),
        names,
        spelling: spelling_key(words),
        kinds: &[],
        ordinary: false,
        landmark: false,
        office: false,
        paired: false,
    };
    let unit = |n: &crate::gazetteer::NameMatch| {
        *n.spelling == mention.spelling && kinds.contains(&gazetteer.get(n.place).kind)
    };
    names.iter().any(unit).then_some(mention)
}
