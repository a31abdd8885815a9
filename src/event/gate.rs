//! The gate: a report that cannot tell an event is left after a first look, as most reports of a newsroom are.

use std::collections::BTreeSet;

use super::Event;
use super::reader::Reader;
use crate::error::Notice;
use crate::lexicon::{Phrases, Vocabulary, WordId};
use crate::report::Report;
use crate::text::Tokens;

/// Phrases that mean the nation's capital in any report: "the Afghan capital". Beside toponyms they are the one way to a place.
#[derive(Debug, Default)]
pub(super) struct Capitals {
    phrases: Phrases<()>,
    /// The longest word of each.
    words: BTreeSet<String>,
}

impl Capitals {
    pub(super) fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str) {
        self.phrases.add(vocabulary, phrase, ());
        self.words.extend(phrase.split_whitespace().max_by_key(|word| word.len()).map(str::to_owned));
    }

    /// Whether a text holds any.
    fn stand_in(&self, tokens: &Tokens<'_>, vocabulary: &Vocabulary) -> bool {
        if !self.words.iter().any(|word| tokens.may_hold(word)) {
            return false;
        }
        let words: Vec<WordId> = (0..tokens.len()).map(|i| vocabulary.id(tokens.word(i))).collect();
        (0..words.len()).any(|i| self.phrases.longest(&words[i..]).is_some())
    }
}

impl Reader {
    /// The events that a report tells, in the order of its text, and what should be known about the reading. Several
    /// times faster than [`Reader::read`] where it tells none.
    #[must_use]
    pub fn events(&self, report: &Report) -> (Vec<Event>, Vec<Notice>) {
        let tokens = Tokens::of(&report.text);
        let capital = self.grammar.capitals.stand_in(&tokens, &self.grammar.vocabulary);
        if !self.names_act(&tokens) || !capital && !self.resolver.may_find(&tokens, &self.gazetteer) {
            return (Vec::new(), self.zoner.notices(report, &tokens));
        }
        let zoned = self.zoner.zones(report, &tokens);
        let (cut, notices) = self.cut(tokens, zoned, report);
        let placed = capital || cut.toponyms.iter().any(|found| !found.is_empty());
        (if placed { self.tell(report, &cut).events } else { Vec::new() }, notices)
    }

    /// Whether any word names an act.
    fn names_act(&self, tokens: &Tokens<'_>) -> bool {
        let vocabulary = &self.grammar.vocabulary;
        (0..tokens.len()).any(|i| self.grammar.triggers.get(vocabulary.id(tokens.word(i))).is_some())
    }
}
