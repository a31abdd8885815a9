//! Districts whose names are spelled as in no table: "Kaldara district of Balkh", "Karukh, Kohsan and Adraskam districts".

use std::ops::Range;

use super::find::Mention;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef, spelling_key};
use crate::text::{Gap, Sentence, Shape, Tokens};

const KINDS: &[PlaceKind] = &[PlaceKind::District];

/// No district's name has more words, the izafat among them.
const LONGEST: usize = 4;

/// How far behind the last member of a list its type word may stand, in tokens: "A, B, C and D districts".
const LIST: usize = 24;

/// Adds to the mentions of each sentence the districts that only their province tells: names in front of "district", or
/// in a list of districts, that are in no table and sound like one district of the province named with them.
pub(super) fn add<'g>(
    found: &mut [Vec<Mention<'g>>],
    tokens: &Tokens<'_>,
    sentences: &[Sentence],
    gazetteer: &'g Gazetteer,
) {
    let mut last = None;
    for (list, sentence) in found.iter_mut().zip(sentences) {
        let own: Vec<PlaceRef> = list.iter().filter_map(|m| m.province(gazetteer)).collect();
        let scene = own.first().copied().or(last);
        last = own.last().copied().or(last);
        let Some(scene) = scene else { continue };
        for range in unknown(list, tokens, &sentence.tokens, gazetteer) {
            let behind = list.iter().filter(|m| m.tokens.start >= range.end);
            let near = behind.take(2).find_map(|m| m.province(gazetteer));
            let words: Vec<&str> = range.clone().map(|i| tokens.fold(i)).collect();
            let Some(names) = gazetteer.district_alike(&words, near.unwrap_or(scene)) else { continue };
            let at = list.partition_point(|m| m.tokens.start < range.start);
            list.insert(
                at,
                Mention { kinds: KINDS, ..Mention::new(range, names, spelling_key(words), usize::MAX) },
            );
        }
    }
}

/// Names that no table holds, where a district's name would stand.
fn unknown(
    list: &[Mention<'_>],
    tokens: &Tokens<'_>,
    sentence: &Range<usize>,
    gazetteer: &Gazetteer,
) -> Vec<Range<usize>> {
    let typed = |i: usize| {
        let kinds = gazetteer.kinds_of_type_word(tokens.word(i)).filter(|_| i < sentence.end);
        kinds.is_some_and(|kinds| kinds.contains(&PlaceKind::District))
    };
    let types: Vec<usize> = sentence.clone().filter(|i| typed(*i)).collect();
    let taken =
        |range: &Range<usize>| list.iter().any(|m| m.tokens.start < range.end && range.start < m.tokens.end);
    let several = list.iter().filter(|m| is_district(m, gazetteer)).count() > 1;
    let listed = |range: &Range<usize>| {
        let plural = |i: usize| tokens.fold(i).ends_with('s');
        is_mark(tokens, range.end)
            && types.iter().any(|t| *t > range.end && *t <= range.end + LIST && plural(*t))
            || several && (is_mark(tokens, range.end) || is_mark(tokens, range.start.saturating_sub(1)))
    };
    let mut out = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end && !types.is_empty() {
        let end = name_end(tokens, at, sentence.end);
        let range = at..end;
        if end > at && !taken(&range) && (types.contains(&end) || listed(&range)) {
            out.push(range);
        }
        at = end.max(at + 1);
    }
    out
}

/// Where a name ends that begins at token `at`; `at` itself where none does.
fn name_end(tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let capital = |i: usize| matches!(tokens.shape(i), Shape::Capitalised | Shape::AllCaps);
    let goes_on = |i: usize| {
        let short = tokens.gap(i) == Gap::Hyphen && tokens.shape(i) == Shape::Lower;
        short || capital(i) && matches!(tokens.gap(i), Gap::Hyphen | Gap::Space)
    };
    if !capital(at) {
        return at;
    }
    let to = (at + 1..end).find(|i| !goes_on(*i)).unwrap_or(end);
    if to - at <= LONGEST { to } else { at }
}

fn is_mark(tokens: &Tokens<'_>, i: usize) -> bool {
    matches!(tokens.fold(i), "," | "and")
}

fn is_district(mention: &Mention<'_>, gazetteer: &Gazetteer) -> bool {
    mention.places().any(|p| gazetteer.get(p).kind == PlaceKind::District)
}
