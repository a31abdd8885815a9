//! The notation of patterns: words, `(a|b)`, `[optional]`, `@set`, `{slot}`, `-`, `^`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::slots::Slot;
use crate::text::Tokens;

/// Sets of words by name.
pub(super) type Sets = BTreeMap<String, BTreeSet<String>>;

/// A step of a pattern.
#[derive(Debug)]
pub(super) enum Item {
    /// One of these words, in their order.
    Words(Vec<String>),
    /// What a slot reads.
    Slot(Slot),
    /// Alternatives; with an empty one where the group may be absent.
    Group(Vec<Vec<Item>>),
    /// A dash, or the hyphen of a compound.
    Dash,
    /// The expression begins here.
    Begin,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    items: Vec<Item>,
}

impl Pattern {
    /// Reads the notation.
    pub(super) fn parse(notation: &str, sets: &Sets) -> Result<Pattern, String> {
        let spaced = notation.chars().fold(String::new(), |mut out, c| {
            if "()[]|".contains(c) {
                out.extend([' ', c, ' ']);
            } else {
                out.push(c);
            }
            out
        });
        let mut words = spaced.split_whitespace().peekable();
        let (alternatives, closed) = group(&mut words, sets)?;
        match (closed, <[Vec<Item>; 1]>::try_from(alternatives)) {
            (None, Ok([items])) => Ok(Pattern { items }),
            (Some(mark), _) => Err(format!("{mark} closes nothing")),
            _ => Err("a | must stand within brackets".to_owned()),
        }
    }

    /// Every way to read it, as steps that are no groups; what the notation names first comes first.
    pub(super) fn readings(&self) -> Vec<Vec<&Item>> {
        readings(&self.items)
    }
}

type Parsed = (Vec<Vec<Item>>, Option<char>);

fn group<'a>(words: &mut impl Iterator<Item = &'a str>, sets: &Sets) -> Result<Parsed, String> {
    let mut alternatives = vec![Vec::new()];
    while let Some(word) = words.next() {
        let item = match word {
            ")" => return Ok((alternatives, Some(')'))),
            "]" => return Ok((alternatives, Some(']'))),
            "|" => {
                alternatives.push(Vec::new());
                continue;
            }
            "(" | "[" => {
                let (inner, closed) = group(words, sets)?;
                let wanted = if word == "(" { ')' } else { ']' };
                if closed != Some(wanted) {
                    return Err(format!("{word} is not closed"));
                }
                let mut inner = merged(inner);
                if word == "[" {
                    inner.push(Vec::new());
                }
                Item::Group(inner)
            }
            "-" => Item::Dash,
            "^" => Item::Begin,
            _ => item(word, sets)?,
        };
        if let Some(last) = alternatives.last_mut() {
            last.push(item);
        }
    }
    Ok((alternatives, None))
}

/// Alternatives of one word each, as one that reads any of these words.
fn merged(alternatives: Vec<Vec<Item>>) -> Vec<Vec<Item>> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let of_words = |items: &Vec<Item>| matches!(items[..], [Item::Words(_)]);
    if alternatives.len() < 2 || !alternatives.iter().all(of_words) {
        return alternatives;
    }
    for item in alternatives.into_iter().flatten() {
        if let Item::Words(list) = item {
            words.extend(list);
        }
    }
    vec![vec![Item::Words(words.into_iter().collect())]]
}

fn item(word: &str, sets: &Sets) -> Result<Item, String> {
    if let Some(name) = word.strip_prefix('@') {
        return sets
            .get(name)
            .map(|s| Item::Words(s.iter().cloned().collect()))
            .ok_or(format!("no set {name}"));
    }
    if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        let read = name.into_deserializer();
        return Slot::deserialize(read).map(Item::Slot).map_err(|e: serde::de::value::Error| e.to_string());
    }
    let tokens = Tokens::of(word);
    let mut words: Vec<Item> =
        (0..tokens.len()).map(|i| Item::Words(vec![tokens.fold(i).to_owned()])).collect();
    match words.len() {
        1 => Ok(words.remove(0)),
        _ => Ok(Item::Group(vec![words])),
    }
}

fn readings(items: &[Item]) -> Vec<Vec<&Item>> {
    let Some((first, rest)) = items.split_first() else { return vec![Vec::new()] };
    let heads: Vec<Vec<&Item>> = match first {
        Item::Group(alternatives) => alternatives.iter().flat_map(|inner| readings(inner)).collect(),
        item => vec![vec![item]],
    };
    let tails = readings(rest);
    let mut out = Vec::with_capacity(heads.len() * tails.len());
    for head in &heads {
        out.extend(tails.iter().map(|tail| [&head[..], tail].concat()));
    }
    out
}
