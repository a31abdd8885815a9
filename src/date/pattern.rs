//! The notation of patterns: words, `(a|b)`, `[optional]`, `@set`, `{slot}`, `-`, `^`; how one is matched.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::slots::{Caught, Scene, Slot};
use crate::text::{Gap, Tokens};

/// Sets of words by name.
pub(super) type Sets = BTreeMap<String, BTreeSet<String>>;

#[derive(Debug)]
enum Item {
    Words(BTreeSet<String>),
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

/// One way a pattern fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// First token of the expression itself.
    pub(super) begin: Option<usize>,
    /// The token after it.
    pub(super) end: usize,
    pub(super) caught: Caught,
}

/// What a pattern may begin with.
#[derive(Debug, Default)]
pub(super) struct Firsts {
    pub(super) words: BTreeSet<String>,
    pub(super) slots: Vec<Slot>,
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

    /// What it may begin with.
    pub(super) fn firsts(&self) -> Firsts {
        let mut out = Firsts::default();
        firsts(&self.items, &mut out);
        out
    }

    /// The longest way it fits at token `i`; of equally long ones the first the notation names.
    pub(super) fn fit(&self, scene: Scene<'_, '_>, i: usize) -> Option<Fit> {
        let start = Fit { begin: None, end: i, caught: Caught::default() };
        let mut all = Vec::new();
        fits(&self.items, scene, start, i, &mut all);
        all.into_iter().rev().filter(|f| f.end > i).max_by_key(|f| f.end)
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
                let (mut inner, closed) = group(words, sets)?;
                let wanted = if word == "(" { ')' } else { ']' };
                if closed != Some(wanted) {
                    return Err(format!("{word} is not closed"));
                }
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

fn item(word: &str, sets: &Sets) -> Result<Item, String> {
    if let Some(name) = word.strip_prefix('@') {
        return sets.get(name).map(|s| Item::Words(s.clone())).ok_or(format!("no set {name}"));
    }
    if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        let read = name.into_deserializer();
        return Slot::deserialize(read).map(Item::Slot).map_err(|e: serde::de::value::Error| e.to_string());
    }
    let tokens = Tokens::of(word);
    let folded = (0..tokens.len()).map(|i| vec![Item::Words(BTreeSet::from([tokens.fold(i).to_owned()]))]);
    match tokens.len() {
        1 => Ok(Item::Words(BTreeSet::from([tokens.fold(0).to_owned()]))),
        _ => Ok(Item::Group(vec![folded.flatten().collect()])),
    }
}

/// Whether the items may all be absent.
fn firsts(items: &[Item], out: &mut Firsts) -> bool {
    for item in items {
        let absent = match item {
            Item::Words(words) => {
                out.words.extend(words.iter().cloned());
                false
            }
            Item::Slot(slot) => {
                if !out.slots.contains(slot) {
                    out.slots.push(*slot);
                }
                false
            }
            Item::Group(alternatives) => {
                let mut absent = false;
                for inner in alternatives {
                    absent |= firsts(inner, out);
                }
                absent
            }
            Item::Dash | Item::Begin => true,
        };
        if !absent {
            return false;
        }
    }
    true
}

/// All ways the items fit behind `so_far`; `start` is the first token of the match.
fn fits(items: &[Item], scene: Scene<'_, '_>, so_far: Fit, start: usize, out: &mut Vec<Fit>) {
    let Some((item, rest)) = items.split_first() else {
        out.push(so_far);
        return;
    };
    let i = so_far.end;
    let reachable = i < scene.end && (i == start || scene.near(i));
    match item {
        Item::Words(words) => {
            if reachable && words.contains(scene.tokens.fold(i)) {
                fits(rest, scene, Fit { end: i + 1, ..so_far }, start, out);
            }
        }
        Item::Slot(slot) => {
            if let Some((end, caught)) = scene.read(*slot, i, so_far.caught).filter(|_| reachable) {
                fits(rest, scene, Fit { end, caught, ..so_far }, start, out);
            }
        }
        Item::Group(alternatives) => {
            for inner in alternatives {
                let mut ways = Vec::new();
                fits(inner, scene, so_far, start, &mut ways);
                for way in ways {
                    fits(rest, scene, way, start, out);
                }
            }
        }
        Item::Dash => {
            if reachable && scene.tokens.fold(i) == "-" {
                fits(rest, scene, Fit { end: i + 1, ..so_far }, start, out);
            } else if reachable && scene.tokens.gap(i) == Gap::Hyphen {
                fits(rest, scene, so_far, start, out);
            }
        }
        Item::Begin => fits(rest, scene, Fit { begin: Some(i), ..so_far }, start, out),
    }
}
