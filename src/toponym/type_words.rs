//! Type words: "Nerkh district", "the town of Nerkh", "Nerkh, Chak and Jalrez districts".

use std::ops::Range;

use super::Cues;
use super::find::Mention;
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::text::{Sentence, Shape, Tokens, number};

/// What has police districts.
const CITY: &[PlaceKind] = &[PlaceKind::City];

/// Notes the type word, building or office beside a mention; `previous` is where the mention before it ends, whose type
/// word is not its own ("Nerkh district of Wardak").
pub(super) fn beside<'g>(
    mention: &mut Mention<'g>,
    previous: Option<usize>,
    tokens: &Tokens<'_>,
    sentence: &Sentence,
    gazetteer: &'g Gazetteer,
    cues: &Cues,
) {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let before = |n: usize| {
        start.checked_sub(n).filter(|i| *i >= sentence.tokens.start).map_or("", |i| tokens.fold(i))
    };
    let after = |n: usize| if end + n < sentence.tokens.end { tokens.fold(end + n) } else { "" };
    let possessive = tokens.get(end - 1).is_some_and(|t| t.possessive);
    let ground = tokens.shape(end) == Shape::Lower && cues.landmark.contains(after(1));
    let of_it = before(1) == "of" && cues.landmark.contains(before(2));
    mention.landmark = cues.landmark.contains(after(0)) || ground || of_it;
    let held = before(1) == "of" && !possessive && number(before(2)).is_some_and(|n| n > 1);
    let of_office = matches!(before(1), "of" | "for") && cues.office.contains(before(2));
    mention.office = cues.office.contains(after(0)) || of_office || held;
    let behind = gazetteer.kinds_of_type_word(after(0)).filter(|_| !possessive);
    let owned = previous.is_some_and(|end| end + 2 == start);
    let taken = owned
        || start >= 3
            && matches!(tokens.shape(start - 3), Shape::Capitalised | Shape::AllCaps)
            && start - 3 > sentence.tokens.start;
    let of = || gazetteer.kinds_of_type_word(before(2)).filter(|_| before(1) == "of" && !taken);
    let lower = start > 0 && tokens.shape(start - 1) == Shape::Lower;
    let front = || gazetteer.kinds_of_type_word(before(1)).filter(|_| lower);
    if let Some(kinds) = behind {
        (mention.kinds, mention.phrase.end) = (kinds, end + 1);
    } else if let Some(kinds) = of() {
        (mention.kinds, mention.phrase.start) = (kinds, start - 2);
    } else if let Some(kinds) = front() {
        (mention.kinds, mention.phrase.start) = (kinds, start - 1);
    }
    if mention.phrase.start + 2 == start && before(3) == "police" && fits(mention, CITY, gazetteer) {
        mention.kinds = CITY;
    }
    let units = mention.kinds.iter().any(|k| matches!(k, PlaceKind::District | PlaceKind::Village));
    let many = mention.phrase.start + 2 == start && before(2).ends_with('s');
    let holds = many && units && !is_listed(tokens, end);
    if holds && fits(mention, &[PlaceKind::Province], gazetteer) {
        (mention.kinds, mention.phrase.start) = (&[PlaceKind::Province], start);
    }
    let plural = mention.kinds.contains(&PlaceKind::District) && after(0).ends_with('s') && behind.is_some();
    if !fits(mention, mention.kinds, gazetteer) && !plural {
        (mention.called, mention.kinds) = (mention.kinds, &[]);
        if mention.phrase.start == start {
            mention.phrase.end = end.max(mention.phrase.end);
        }
    }
}

/// A list goes on behind token `end`.
fn is_listed(tokens: &Tokens<'_>, end: usize) -> bool {
    let mark = matches!(tokens.fold(end), "," | "and");
    mark && matches!(tokens.shape(end + 1), Shape::Capitalised | Shape::AllCaps)
}

fn fits(mention: &Mention<'_>, kinds: &[PlaceKind], gazetteer: &Gazetteer) -> bool {
    mention.places().any(|p| kinds.contains(&gazetteer.get(p).kind))
}

/// A type word in the plural is that of every member of its list, where it can be.
pub(super) fn of_lists<'g>(list: &mut [Mention<'g>], tokens: &Tokens<'_>, gazetteer: &'g Gazetteer) {
    for k in 0..list.len() {
        let kinds = list[k].kinds;
        let plural = |i: usize| tokens.fold(i).ends_with('s');
        let behind = list[k].phrase.end > list[k].tokens.end && plural(list[k].tokens.end);
        let front = list[k].phrase.start < list[k].tokens.start && plural(list[k].phrase.start);
        if kinds.is_empty() || !(behind || front) {
            continue;
        }
        let mut at = k;
        while let Some(next) = if front { Some(at + 1) } else { at.checked_sub(1) } {
            let Some(other) = list.get(next) else { break };
            let joined = is_joined(tokens, &list[at.min(next)], &list[at.max(next)]);
            if !joined || !other.kinds.is_empty() {
                break;
            }
            if fits(other, kinds, gazetteer) {
                list[next].kinds = kinds;
            } else {
                list[next].called = kinds;
            }
            at = next;
        }
    }
}

/// Whether two mentions follow each other in a list.
pub(super) fn is_joined(tokens: &Tokens<'_>, first: &Mention<'_>, second: &Mention<'_>) -> bool {
    let between: Range<usize> = first.phrase.end..second.tokens.start;
    !between.is_empty()
        && between.len() <= 3
        && between.clone().all(|i| matches!(tokens.fold(i), "," | "and" | "or" | "&" | "the" | "/"))
}
