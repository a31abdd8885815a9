//! Needs: what a line must hold for a pattern to fit it, so that few patterns are tried.

use std::ops::Range;

use super::pattern::Node;
use super::slots::Slot;
use crate::text::{CalendarNames, Shape, Tokens, WordMap, WordSet};

/// A bit for each thing that patterns need.
pub(super) type Needed = u64;

const NUMBER: Needed = 1;
const DATE: Needed = 1 << 1;
const AGENCY: Needed = 1 << 2;
/// The first bit of a word; words beyond the last bit are not asked for.
const FIRST_WORD: u32 = 3;

/// The words that answer the needs of patterns.
#[derive(Debug)]
pub(super) struct Needs {
    by_word: WordMap<Needed>,
    words: u32,
}

impl Needs {
    pub(super) fn new(names: &CalendarNames, heads: &WordSet) -> Needs {
        let mut needs = Needs { by_word: WordMap::default(), words: FIRST_WORD };
        for word in names.words() {
            *needs.by_word.or_insert_with(word, || 0) |= DATE;
        }
        for word in heads.iter() {
            *needs.by_word.or_insert_with(word, || 0) |= AGENCY;
        }
        needs
    }

    /// What every match of `nodes` takes.
    pub(super) fn of(&mut self, nodes: &[Node]) -> Needed {
        nodes.iter().fold(0, |all, node| {
            all | match node {
                Node::Word(word) => self.of_word(word),
                Node::Slot(Slot::Number | Slot::Release) => NUMBER,
                Node::Slot(Slot::Date) => DATE,
                Node::Slot(Slot::Agency) => AGENCY,
                Node::Any(options) => options.iter().map(|o| self.of(o)).reduce(|a, b| a & b).unwrap_or(0),
                Node::Set(_) | Node::Slot(_) | Node::Optional(_) => 0,
            }
        })
    }

    fn of_word(&mut self, word: &str) -> Needed {
        let known = self.by_word.or_insert_with(word, || 0);
        let own = *known >> FIRST_WORD << FIRST_WORD;
        if own == 0 && self.words < Needed::BITS {
            *known |= 1 << self.words;
            self.words += 1;
            return 1 << (self.words - 1);
        }
        own
    }

    /// What the tokens of `line` answer.
    pub(super) fn met(&self, tokens: &Tokens<'_>, line: Range<usize>) -> Needed {
        line.fold(0, |all, i| {
            let number = if tokens.shape(i) == Shape::Number { NUMBER | DATE } else { 0 };
            all | number | self.by_word.get(tokens.fold(i)).copied().unwrap_or(0)
        })
    }
}
