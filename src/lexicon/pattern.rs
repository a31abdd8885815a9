//! Patterns over a sentence: words, alternatives, sets, slots and gaps.
//!
//! ```text
//! {actor} .. @seize [the] (town|city) [of] {place}
//! ```
//!
//! `word`, `@set`, `{slot}`, `(a|b c)`, `[optional]`, `..` a gap of at most six items, `...` of at most
//! fourteen, `~` a gap of at most eight without a preposition other than "of", `!` marks the word that names
//! the act. A gap takes as little as it can, never passes a word of the set `boundary`, and never passes the
//! slot that follows it: the nearest one fills it.

use super::outline::{Inventory, Outline};
use super::{SetId, Vocabulary, Walker, WordId};
use crate::error::Error;

/// What may fill a `{slot}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// One place or several in a list.
    Place,
    /// A building, base or post.
    Facility,
    /// A party.
    Actor,
    /// Other people: civilians, prisoners, officials.
    People,
    /// A number.
    Number,
    /// A time expression.
    Date,
    /// A place that is no adverbial: filled by a `Place` without a preposition in front.
    Subject,
    /// The other party: filled by an `Actor`.
    Enemy,
    /// A party that flies: filled by an `Actor` that is said to.
    Aircraft,
}

impl Slot {
    const NAMES: [(&'static str, Slot); 9] = [
        ("place", Slot::Place),
        ("facility", Slot::Facility),
        ("actor", Slot::Actor),
        ("people", Slot::People),
        ("number", Slot::Number),
        ("date", Slot::Date),
        ("subject", Slot::Subject),
        ("enemy", Slot::Enemy),
        ("aircraft", Slot::Aircraft),
    ];

    /// A bit for each.
    pub(super) fn bit(self) -> u16 {
        1 << self as u16
    }

    /// What an item must be to fill this slot.
    pub(super) fn filled_by(self) -> Slot {
        match self {
            Slot::Subject => Slot::Place,
            Slot::Enemy | Slot::Aircraft => Slot::Actor,
            slot => slot,
        }
    }
}

/// A piece of a sentence as patterns see it: a word, or a phrase that may fill a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The word; `OTHER` for a phrase.
    pub word: WordId,
    /// The slot it may fill.
    pub slot: Option<Slot>,
    /// A preposition stands in front of it.
    pub oblique: bool,
    /// It names aircraft or who flies them.
    pub flying: bool,
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
}

/// Which items filled the slots of a match, and what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captures {
    /// First item.
    pub from: usize,
    /// One past the last item.
    pub to: usize,
    /// The item of the word that marks the act (after `!`, else the first set), for modality and order.
    pub trigger: usize,
    /// Filled slots in the order of the pattern, each with its item.
    pub slots: Vec<(Slot, usize)>,
    /// How many words were read one by one, gaps and slots aside.
    pub literals: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Word(WordId),
    Set(SetId),
    Slot(Slot),
    Any(Vec<Vec<Node>>),
    Optional(Vec<Node>),
    Gap(usize),
    /// A gap that no preposition but "of" stands in.
    Tight,
    Trigger,
}

/// Which sets of words (bits of `Vocabulary::sets_of`) gaps may not pass.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// For `..` and `...`.
    pub gap: u128,
    /// For `~`.
    pub tight: u128,
    /// What joins: a party behind it acts anew, and no tight gap passes it on its way to a place.
    pub joint: u128,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    nodes: Vec<Node>,
    outline: Outline,
}

impl Node {
    /// The longest `~`, in items.
    pub(super) const TIGHT: usize = 8;
}

const SHORT_GAP: usize = 6;
const LONG_GAP: usize = 14;

impl Pattern {
    /// Compiles `source`, adding its words to the vocabulary.
    ///
    /// # Errors
    /// `Error::Usage` says which part of the pattern is not understood.
    pub fn compile(source: &str, vocabulary: &mut Vocabulary) -> Result<Pattern, Error> {
        let spaced: String = source
            .chars()
            .flat_map(|c| match c {
                '[' | ']' | '(' | ')' | '|' | '!' => vec![' ', c, ' '],
                c => vec![c],
            })
            .collect();
        let mut words = spaced.split_whitespace().peekable();
        let nodes = sequence(&mut words, vocabulary, source)?;
        match words.next() {
            None => Ok(Pattern::of(nodes)),
            Some(rest) => Err(Error::Usage(format!("pattern {source:?}: {rest:?} closes nothing"))),
        }
    }

    fn of(nodes: Vec<Node>) -> Pattern {
        Pattern { outline: Outline::of(&nodes), nodes }
    }

    /// The words that may name the act: what follows `!`, else the first set.
    #[must_use]
    pub fn trigger_words(&self, vocabulary: &Vocabulary) -> Vec<WordId> {
        let mut out = Vec::new();
        let marked = collect_triggers(&self.nodes, &[], vocabulary, &mut out);
        if !marked {
            first_words(&self.nodes, vocabulary, &mut out);
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What a sentence must hold for a match.
    #[must_use]
    pub fn needs(&self) -> Inventory {
        self.outline.needs()
    }

    /// How far ahead of item `trigger`, which marks the act, a match may begin: a bit for each distance below 32.
    #[must_use]
    #[inline]
    pub fn leads(&self, sentence: &Walker<'_>, trigger: usize) -> u32 {
        self.outline.leads(sentence.up_to(trigger))
    }

    /// The match that starts at item `at`, if any; the first in order of preference.
    #[must_use]
    #[inline]
    pub fn match_at(&self, sentence: &mut Walker<'_>, at: usize) -> Option<Captures> {
        if !self.outline.begins_with(sentence.view(at)?) {
            return None;
        }
        sentence.match_at(&self.nodes, at)
    }
}

type Words<'w> = std::iter::Peekable<std::str::SplitWhitespace<'w>>;

fn sequence(words: &mut Words<'_>, vocabulary: &mut Vocabulary, source: &str) -> Result<Vec<Node>, Error> {
    let mut nodes = Vec::new();
    while let Some(word) = words.next_if(|w| !matches!(*w, "]" | ")" | "|")) {
        nodes.push(match word {
            "[" => Node::Optional(one_or_choice(group(words, vocabulary, source, "]")?)),
            "(" => Node::Any(group(words, vocabulary, source, ")")?),
            "!" => Node::Trigger,
            ".." => Node::Gap(SHORT_GAP),
            "..." => Node::Gap(LONG_GAP),
            "~" => Node::Tight,
            word => plain(word, vocabulary, source)?,
        });
    }
    Ok(nodes)
}

/// `[a|b]` is an optional choice, `[a b]` an optional sequence.
fn one_or_choice(mut options: Vec<Vec<Node>>) -> Vec<Node> {
    if options.len() == 1 { options.swap_remove(0) } else { vec![Node::Any(options)] }
}

fn group(
    words: &mut Words<'_>,
    vocabulary: &mut Vocabulary,
    source: &str,
    close: &str,
) -> Result<Vec<Vec<Node>>, Error> {
    let mut options = vec![sequence(words, vocabulary, source)?];
    loop {
        match words.next() {
            Some("|") => options.push(sequence(words, vocabulary, source)?),
            Some(w) if w == close => return Ok(options),
            _ => return Err(Error::Usage(format!("pattern {source:?}: {close:?} is missing"))),
        }
    }
}

fn plain(word: &str, vocabulary: &mut Vocabulary, source: &str) -> Result<Node, Error> {
    if let Some(name) = word.strip_prefix('@') {
        let set = vocabulary.set(name);
        return set
            .map(Node::Set)
            .ok_or_else(|| Error::Usage(format!("pattern {source:?}: there is no set {name:?}")));
    }
    if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        let slot = Slot::NAMES.iter().find(|(n, _)| *n == name).map(|(_, s)| Node::Slot(*s));
        return slot.ok_or_else(|| Error::Usage(format!("pattern {source:?}: there is no slot {name:?}")));
    }
    Ok(Node::Word(vocabulary.intern(word)))
}

/// Collects what may follow each `!`; whether there is one.
fn collect_triggers(nodes: &[Node], after: &[Node], vocabulary: &Vocabulary, out: &mut Vec<WordId>) -> bool {
    let mut found = false;
    for (i, node) in nodes.iter().enumerate() {
        match node {
            Node::Trigger => {
                let rest: Vec<Node> = nodes[i + 1..].iter().chain(after).cloned().collect();
                first_words(&rest, vocabulary, out);
                found = true;
            }
            Node::Optional(inner) => found |= collect_triggers(inner, &nodes[i + 1..], vocabulary, out),
            Node::Any(options) => {
                for option in options {
                    found |= collect_triggers(option, &nodes[i + 1..], vocabulary, out);
                }
            }
            _ => {}
        }
    }
    found
}

/// Collects the words that may stand first among `nodes`; whether one of them must.
fn first_words(nodes: &[Node], vocabulary: &Vocabulary, out: &mut Vec<WordId>) -> bool {
    nodes.iter().any(|node| match node {
        Node::Word(word) => {
            out.push(*word);
            true
        }
        Node::Set(set) => {
            out.extend(vocabulary.words_of(*set));
            true
        }
        Node::Any(options) => {
            let mut all = true;
            for option in options {
                all &= first_words(option, vocabulary, out);
            }
            all
        }
        Node::Optional(inner) => {
            first_words(inner, vocabulary, out);
            false
        }
        Node::Slot(_) | Node::Gap(_) | Node::Tight | Node::Trigger => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Item, Pattern, Slot, Vocabulary, Walker, WordId};

    const SETS: &str =
        "[sets]\nboundary = [\"but\", \";\"]\nseize = [\"seized\", \"took\"]\nbe = [\"was\", \"were\"]\n";

    /// Words become word items; PLACE and ACTOR fill slots.
    #[track_caller]
    fn check(pattern: &str, sentence: &str, wanted: Option<&[(Slot, usize)]>) {
        let mut vocabulary = Vocabulary::from_toml("sets", SETS).unwrap();
        let pattern = Pattern::compile(pattern, &mut vocabulary).unwrap();
        let items: Vec<Item> = sentence
            .split(' ')
            .enumerate()
            .map(|(i, w)| {
                let slot = match w {
                    "PLACE" => Some(Slot::Place),
                    "ACTOR" => Some(Slot::Actor),
                    _ => None,
                };
                let word = if slot.is_some() { WordId::OTHER } else { vocabulary.id(w) };
                Item { word, slot, oblique: false, flying: false, from: i, to: i + 1 }
            })
            .collect();
        let gap = Vocabulary::bit(vocabulary.set("boundary").unwrap());
        let boundary = super::Bounds { gap, tight: gap, joint: 0 };
        let mut walker = Walker::new(&items, &vocabulary, boundary);
        let found = (0..items.len()).find_map(|at| pattern.match_at(&mut walker, at));
        assert_eq!(found.as_ref().map(|c| c.slots.as_slice()), wanted, "{sentence}");
    }

    #[test]
    fn slots_gaps_and_choices() {
        use Slot::{Actor, Place};
        check(
            "{actor} .. @seize .. {place}",
            "ACTOR have quickly seized the old PLACE",
            Some(&[(Actor, 0), (Place, 6)]),
        );
        check("{actor} .. @seize .. {place}", "ACTOR left but seized PLACE", None);
        check(
            "{place} @be @seize [by {actor}]",
            "PLACE was seized by ACTOR",
            Some(&[(Place, 0), (Actor, 4)]),
        );
        check("{place} @be @seize [by {actor}]", "PLACE was seized", Some(&[(Place, 0)]));
        check("(lost|gave up) {place}", "they gave up PLACE", Some(&[(Place, 3)]));
        check("[the|a] {place}", "PLACE", Some(&[(Place, 0)]));
    }

    #[test]
    fn a_pattern_that_makes_no_sense_is_refused() {
        for source in ["@nothing", "{nobody}", "(a|b", "[a", "a ]"] {
            let mut vocabulary = Vocabulary::from_toml("sets", SETS).unwrap();
            assert!(Pattern::compile(source, &mut vocabulary).is_err(), "{source}");
        }
    }
}
