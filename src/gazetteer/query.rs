//! A name as somebody asks for it: cut at its commas, and read with and without its type words.

use super::{Gazetteer, PlaceKind};
use crate::text::{Shape, Tokens};

/// The folded words between two commas.
pub(super) type Part = Vec<String>;

/// The words of a name, once type words are taken off.
pub(super) struct Reading<'w> {
    /// What is left.
    pub(super) words: Vec<&'w str>,
    /// The kinds that the type words taken off stand for.
    pub(super) kinds: Vec<PlaceKind>,
    /// The type word that was taken off last.
    pub(super) stripped: Option<&'w str>,
}

/// The name of the country, in both scripts, folded: it says nothing of which place is meant.
const HOME: [&str; 2] = ["afghanistan", "افغانستان"];
/// Words that tie a name to the type word before it, or to what holds it.
const TIES: [&str; 8] = ["of", "e", "i", "in", "at", "ye", "د", "the"];

/// "Nerkh district, Wardak province" in two parts.
pub(super) fn parts(name: &str) -> Vec<Part> {
    let tokens = Tokens::of(name);
    let mut parts: Vec<Part> = vec![Vec::new()];
    for i in 0..tokens.len() {
        let word = tokens.fold(i);
        if tokens.shape(i) == Shape::Mark {
            if matches!(word, "," | "(" | ")" | ";" | "/" | "،") {
                parts.push(Vec::new());
            }
        } else if word == "in" && parts.last().is_some_and(|p| !p.is_empty()) {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(word.to_owned());
        }
    }
    parts.retain(|part| match part.as_slice() {
        [] => false,
        [only] => !HOME.contains(&only.as_str()),
        _ => true,
    });
    parts
}

/// The words as they are, without what ties them, then without one type word after the other, from the end or from the front.
pub(super) fn readings<'w>(gazetteer: &Gazetteer, words: &[&'w str]) -> Vec<Reading<'w>> {
    let named = match words {
        [name @ .., home] if !name.is_empty() && HOME.contains(home) => name,
        _ => words,
    };
    let mut left: Vec<&str> = untied(named).to_vec();
    let as_is = |words: &[&'w str]| Reading { words: words.to_vec(), kinds: Vec::new(), stripped: None };
    let mut readings = vec![as_is(words)];
    if left.len() < words.len() {
        readings.push(as_is(&left));
    }
    let mut kinds: Vec<PlaceKind> = Vec::new();
    while left.len() > 1 {
        let (last, first) = (left[left.len() - 1], left[0]);
        let (word, rest) = if let Some(of) = gazetteer.kinds_of_type_word(last) {
            extend(&mut kinds, of);
            (last, &left[..left.len() - 1])
        } else if let Some(of) = gazetteer.kinds_of_type_word(first) {
            extend(&mut kinds, of);
            (first, &left[1..])
        } else {
            break;
        };
        left = untied(rest).to_vec();
        readings.push(Reading { words: left.clone(), kinds: kinds.clone(), stripped: Some(word) });
    }
    readings
}

/// The first type word decides; a further one adds nothing.
fn extend(kinds: &mut Vec<PlaceKind>, of: &[PlaceKind]) {
    if kinds.is_empty() {
        kinds.extend_from_slice(of);
    }
}

fn untied<'s, 'w>(mut words: &'s [&'w str]) -> &'s [&'w str] {
    while let [first, rest @ ..] = words {
        if rest.is_empty() || !TIES.contains(first) {
            break;
        }
        words = rest;
    }
    words
}
