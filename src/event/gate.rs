//! The gate: a report that cannot tell an event is left after a first look, as most reports of a newsroom are.

use super::Event;
use super::reader::Reader;
use crate::error::Notice;
use crate::lexicon::WordId;
use crate::report::Report;
use crate::text::Tokens;

impl Reader {
    /// The events that a report tells, in the order of its text, and what should be known about the reading. Several
    /// times faster than [`Reader::read`] where it tells none.
    #[must_use]
    pub fn events(&self, report: &Report) -> (Vec<Event>, Vec<Notice>) {
        let tokens = Tokens::of(&report.text);
        let capital = self.means_capital(&tokens);
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
        (0..tokens.len()).any(|i| self.grammar.triggers.get(self.word(tokens, i)).is_some())
    }

    /// Whether a text speaks of the nation's capital without its name: beside toponyms the one way to a place.
    fn means_capital(&self, tokens: &Tokens<'_>) -> bool {
        if !self.grammar.capital_words.iter().any(|word| tokens.may_hold(word)) {
            return false;
        }
        let words: Vec<WordId> = (0..tokens.len()).map(|i| self.word(tokens, i)).collect();
        (0..words.len()).any(|i| self.grammar.capitals.longest(&words[i..]).is_some())
    }

    fn word(&self, tokens: &Tokens<'_>, i: usize) -> WordId {
        self.grammar.vocabulary.id(tokens.word(i))
    }
}
