//! Finding: every run of tokens that bears a place's name and is no person, outlet or hashtag.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Cues;
use crate::gazetteer::{Gazetteer, NameMatch, PlaceKind, sound_key, spelling_key};
use crate::text::{Gap, Shape, Tokens};

/// A run of tokens that bears a place's name, not yet resolved.
#[derive(Debug, Clone)]
pub struct Mention<'g> {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The tokens with the type word.
    pub phrase: Range<usize>,
    /// Places that bear the name.
    pub names: &'g [NameMatch],
    /// The name's first key as written.
    pub spelling: String,
    /// The kinds that a type word beside it allows; empty without one.
    pub kinds: &'g [PlaceKind],
    /// The name is also an ordinary word or part of persons' names.
    pub ordinary: bool,
    /// A building follows that the name places: "Kunduz airport".
    pub landmark: bool,
}

/// Finds names by their sound, longest first.
#[derive(Debug)]
pub(super) struct Finder {
    /// First three letters of all sound keys: most capitalised words fail here.
    heads: FxHashSet<[u8; 4]>,
}

impl Finder {
    pub(super) fn of(gazetteer: &Gazetteer) -> Finder {
        Finder { heads: gazetteer.sound_keys().map(head).collect() }
    }

    /// The mentions among `range`, in order, without overlap.
    pub(super) fn find<'g>(
        &self,
        tokens: &Tokens<'_>,
        range: Range<usize>,
        gazetteer: &'g Gazetteer,
        cues: &Cues,
    ) -> Vec<Mention<'g>> {
        let mut out: Vec<Mention<'g>> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let Some(mention) = self.longest_at(tokens, at, range.end, gazetteer) else {
                at += 1;
                continue;
            };
            at = mention.tokens.end;
            out.extend(with_context(mention, tokens, &range, gazetteer, cues));
        }
        out
    }

    fn longest_at<'g>(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        end: usize,
        gazetteer: &'g Gazetteer,
    ) -> Option<Mention<'g>> {
        if !matches!(tokens.shape(at), Shape::Capitalised | Shape::AllCaps | Shape::Caseless) {
            return None;
        }
        let alone = sound_key([tokens.fold(at)]);
        if alone.len() >= 3 && !self.heads.contains(&head(&alone)) {
            return None;
        }
        let most = (1..gazetteer.longest_name()).find(|n| at + n >= end || !continues(tokens, at + n));
        let most = most.unwrap_or(gazetteer.longest_name());
        (1..=most).rev().find_map(|n| {
            let last = at + n - 1;
            if n > 1 && tokens.shape(last) == Shape::Lower && tokens.gap(last) != Gap::Hyphen {
                return None;
            }
            let words = (at..at + n).map(|i| tokens.fold(i));
            let names = gazetteer.sounding(&sound_key(words.clone()));
            (!names.is_empty()).then(|| Mention {
                tokens: at..at + n,
                phrase: at..at + n,
                names,
                spelling: spelling_key(words),
                kinds: &[],
                ordinary: false,
                landmark: false,
            })
        })
    }
}

fn head(key: &str) -> [u8; 4] {
    let mut head = [0; 4];
    for (to, from) in head.iter_mut().zip(key.bytes().take(3)) {
        *to = from;
    }
    head
}

/// Whether token `i` may go on a name: capitals, or a short word ("i", "wa", "us"), or a hyphenated part.
fn continues(tokens: &Tokens<'_>, i: usize) -> bool {
    let gap = tokens.gap(i);
    let joined = matches!(gap, Gap::Hyphen | Gap::Space | Gap::Line);
    let broken = tokens.get(i - 1).is_some_and(|t| t.possessive);
    joined
        && !broken
        && match tokens.shape(i) {
            Shape::Capitalised | Shape::AllCaps | Shape::Caseless => true,
            Shape::Lower => gap == Gap::Hyphen || tokens.fold(i).len() <= 3,
            _ => false,
        }
}

/// The mention with its type word, or None where the words around it make it no place.
fn with_context<'g>(
    mut mention: Mention<'g>,
    tokens: &Tokens<'_>,
    range: &Range<usize>,
    gazetteer: &'g Gazetteer,
    cues: &Cues,
) -> Option<Mention<'g>> {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let before = |n: usize| start.checked_sub(n).filter(|i| *i >= range.start).map_or("", |i| tokens.fold(i));
    let after = |n: usize| if end + n < range.end { tokens.fold(end + n) } else { "" };
    let possessive = tokens.get(end - 1).is_some_and(|t| t.possessive);
    if matches!(before(1), "#" | "@") || before(1) == "/" && before(2) == "/" {
        return None;
    }
    if let Some(kinds) = gazetteer.kinds_of_type_word(after(0)).filter(|_| !possessive) {
        mention.kinds = kinds;
        mention.phrase.end = end + 1;
    } else if let Some(kinds) = gazetteer.kinds_of_type_word(before(2)).filter(|_| before(1) == "of") {
        mention.kinds = kinds;
        mention.phrase.start = start - 2;
    } else if let Some(kinds) =
        gazetteer.kinds_of_type_word(before(1)).filter(|_| tokens.shape(start - 1) == Shape::Lower)
    {
        mention.kinds = kinds;
        mention.phrase.start = start - 1;
    }
    if !mention.names.iter().any(|n| mention.kinds.contains(&gazetteer.get(n.place).kind)) {
        let plural = mention.kinds.contains(&PlaceKind::District) && after(0) == "districts";
        if !plural {
            mention.kinds = &[];
        }
    }
    mention.landmark = cues.landmark.contains(after(0));
    mention.ordinary = mention.tokens.len() == 1 && cues.ordinary.contains(tokens.fold(start));
    let typed = !mention.kinds.is_empty();
    let spoken = cues.speaks.contains(after(0))
        || (cues.metonym.contains(after(0)) && !possessive && is_capital_city(&mention, gazetteer));
    if spoken || is_person(&mention, tokens, before(1), cues) && !typed || is_aged(tokens, end) {
        return None;
    }
    (typed || !is_part_of_name(&mention, tokens, range, cues)).then_some(mention)
}

/// "Farah, 34," is a woman.
fn is_aged(tokens: &Tokens<'_>, end: usize) -> bool {
    tokens.fold(end) == ","
        && tokens.shape(end + 1) == Shape::Number
        && tokens.surface(end + 1).len() == 2
        && matches!(tokens.fold(end + 2), "," | ".")
}

fn is_capital_city(mention: &Mention<'_>, gazetteer: &Gazetteer) -> bool {
    mention.names.iter().any(|n| gazetteer.is_capital(n.place) || gazetteer.get(n.place).is_abroad())
}

fn is_person(mention: &Mention<'_>, tokens: &Tokens<'_>, before: &str, cues: &Cues) -> bool {
    let title = cues.person_title.contains(before);
    title && mention.tokens.start > 0 && tokens.gap(mention.tokens.start) == Gap::Space
}

/// A capitalised neighbour that says nothing of places makes a longer name: "Kabul Serena Hotel", "Aziz Bek".
fn is_part_of_name(mention: &Mention<'_>, tokens: &Tokens<'_>, range: &Range<usize>, cues: &Cues) -> bool {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    if is_title_case(tokens, range, &mention.tokens) {
        return false;
    }
    let capital = |i: usize| matches!(tokens.shape(i), Shape::Capitalised | Shape::AllCaps);
    let possessive = tokens.get(end - 1).is_some_and(|t| t.possessive);
    let next = end < range.end
        && capital(end)
        && !possessive
        && matches!(tokens.gap(end), Gap::Space | Gap::Hyphen)
        && !cues.transparent_after.contains(tokens.fold(end));
    let opens = start == range.start || tokens.shape(start - 1) == Shape::Mark;
    let previous = !opens
        && capital(start - 1)
        && !tokens.get(start - 1).is_some_and(|t| t.possessive)
        && matches!(tokens.gap(start), Gap::Space | Gap::Hyphen)
        && !cues.transparent_before.contains(tokens.fold(start - 1))
        && !cues.transparent_after.contains(tokens.fold(start - 1));
    next || previous
}

/// In a headline every word has a capital: there, capitals say nothing.
fn is_title_case(tokens: &Tokens<'_>, range: &Range<usize>, name: &Range<usize>) -> bool {
    let (mut capitals, mut words) = (0, 0);
    for i in range.clone().filter(|i| !name.contains(i)) {
        match tokens.shape(i) {
            Shape::Capitalised | Shape::AllCaps => (capitals, words) = (capitals + 1, words + 1),
            Shape::Lower if tokens.surface(i).len() > 3 => words += 1,
            _ => {}
        }
    }
    words >= 3 && capitals * 10 >= words * 7
}
