//! Needs: what a line must hold for a pattern to fit it, so that few patterns are tried.

use std::ops::Range;

use super::pattern::Node;
use super::slots::{Agencies, Slot};
use crate::text::{CalendarNames, Shape, Tokens, WordMap};

/// A bit for each thing that patterns need.
pub(super) type Needed = u128;

const NUMBER: Needed = 1;
const DATE: Needed = 1 << 1;
const AGENCY: Needed = 1 << 2;
/// The first bit of words.
const FIRST_WORD: Needed = 1 << 3;

/// The words that answer the needs of patterns.
#[derive(Debug)]
pub(super) struct Needs {
    by_word: WordMap<Needed>,
    /// Which words patterns ask for, any of a list, by bit.
    asked: Vec<Vec<Box<str>>>,
}

impl Needs {
    pub(super) fn new(names: &CalendarNames, agencies: &Agencies) -> Needs {
        let mut needs = Needs { by_word: WordMap::default(), asked: Vec::new() };
        for word in names.words() {
            *needs.by_word.or_insert_with(word, || 0) |= DATE;
        }
        for word in agencies.words() {
            *needs.by_word.or_insert_with(word, || 0) |= AGENCY;
        }
        needs
    }

    /// What every match of `nodes` takes.
    pub(super) fn of(&mut self, nodes: &[Node]) -> Needed {
        nodes.iter().fold(0, |all, node| {
            all | match node {
                Node::Word(word) => self.of_words([&**word].into_iter()),
                Node::Set(set) => self.of_words(set.iter()),
                Node::Slot(Slot::Number | Slot::Release) => NUMBER,
                Node::Slot(Slot::Date) => DATE,
                Node::Slot(Slot::Agency) => AGENCY,
                Node::Any(options) => options.iter().map(|o| self.of(o)).reduce(|a, b| a & b).unwrap_or(0),
                Node::Slot(_) | Node::Optional(_) => 0,
            }
        })
    }

    /// The bit that any of these words answers; none once all bits are given away.
    fn of_words<'w>(&mut self, words: impl Iterator<Item = &'w str>) -> Needed {
        let mut words: Vec<Box<str>> = words.map(Box::from).collect();
        words.sort_unstable();
        if let Some(place) = self.asked.iter().position(|asked| *asked == words) {
            return FIRST_WORD << place;
        }
        if self.asked.len() as u32 >= FIRST_WORD.leading_zeros() {
            return 0;
        }
        let bit = FIRST_WORD << self.asked.len();
        for word in &words {
            *self.by_word.or_insert_with(word, || 0) |= bit;
        }
        self.asked.push(words);
        bit
    }

    /// What the tokens of `line` answer.
    pub(super) fn met(&self, tokens: &Tokens<'_>, line: Range<usize>) -> Needed {
        line.fold(0, |all, i| {
            let number = if tokens.shape(i) == Shape::Number { NUMBER | DATE } else { 0 };
            all | number | self.by_word.get(tokens.fold(i)).copied().unwrap_or(0)
        })
    }
}
