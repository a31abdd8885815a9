//! Marks: the words and marks of a sentence that part a date from an act, or say how long an act lasted.

use std::ops::Range;

use super::grammar::Grammar;
use crate::lexicon::WordId;

/// How far behind a verb of reporting its date may stand whoever speaks, and behind "according", in tokens.
const SAID: usize = 2;
const SOURCE: usize = 8;

/// The days that "days after" spans at most, and those of "weeks after".
pub(super) const WEEK: i32 = 7;
const MONTH: i32 = 31;
const HALF_YEAR: i32 = 183;

/// How far before an act "of" may stand that says how long it lasted, in tokens: "a week of heavy street fighting".
const QUALIFIED: usize = 4;

/// How far from an act the words stand that tell of the present, in tokens.
const CURRENT: usize = 4;

/// An act older than this many days is history, not news.
pub(super) const HISTORY_DAYS: i32 = 330;

/// The marks and words of a sentence that part a date from an act.
pub(super) struct Marks<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) words: &'a [WordId],
    /// The sentence's first token.
    pub(super) start: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// Whether a token is a mark that parts the fields of an entry.
    pub(super) is_rule: &'a dyn Fn(usize) -> bool,
    /// The number that a token is.
    pub(super) number: &'a dyn Fn(usize) -> Option<i32>,
    /// Whether a token has the ending of a possessor.
    pub(super) is_possessive: &'a dyn Fn(usize) -> bool,
    /// The colon that closes a heading.
    pub(super) heading: Option<usize>,
}

impl Marks<'_> {
    pub(super) fn is_comma(&self, i: usize) -> bool {
        self.grammar.is(self.words[i], self.grammar.sets.comma)
    }

    /// The token behind a comma at token `i`, or that token.
    pub(super) fn past_comma(&self, i: usize) -> usize {
        if i < self.end && self.is_comma(i) { i + 1 } else { i }
    }

    /// "The man behind the 2014 massacre, ...": a year ahead of its noun dates that noun alone.
    pub(super) fn qualifies_noun(&self, trigger: usize, mention: &Range<usize>) -> bool {
        let noun = mention.len() > 1 && (self.number)(mention.end - 1).is_none();
        noun && (mention.end..trigger).any(|i| self.is_comma(i))
    }

    /// "..., and that X has been held since spring": a new clause lies between the act and the words from token `to` on.
    pub(super) fn parts(&self, trigger: usize, to: usize) -> bool {
        (trigger..to.saturating_sub(1)).any(|i| self.is_comma(i) && self.is_relative(i + 1))
    }

    /// How far back a clause may lie that "days after" or "weeks after" opens.
    pub(super) fn days_before(&self, clause: usize) -> Option<i32> {
        let sets = &self.grammar.sets;
        let unit = clause.checked_sub(1).filter(|i| *i > self.start).map(|i| self.words[i])?;
        let known = |i: usize| self.grammar.is(self.words[i], sets.list_mark) || (self.number)(i).is_some();
        let counted = clause > 1 && known(clause - 2);
        let after = self.grammar.is(self.words[clause], sets.other_time) && !counted;
        let several = self.grammar.is(unit, sets.lasting_several);
        let spans = [(sets.lasting_day, WEEK), (sets.lasting_week, MONTH)];
        let (_, days) = spans.into_iter().find(|(set, _)| self.grammar.is(unit, *set))?;
        (several && after).then_some(days)
    }

    /// How many days an act lasted: "two weeks of heavy fighting", "a night of clashes", "fighting of two weeks".
    pub(super) fn duration(&self, trigger: usize) -> Option<i32> {
        let is = |i: usize, set| self.words.get(i).is_some_and(|w| self.grammar.is(*w, set));
        let sets = &self.grammar.sets;
        let before = (trigger.saturating_sub(QUALIFIED).max(self.start + 1)..trigger).rev();
        let unit =
            before.into_iter().take_while(|i| !self.is_comma(*i)).find(|i| is(*i, sets.of)).map(|of| of - 1);
        let unit = unit.or_else(|| (trigger + 1..trigger + 3).find(|i| is(*i, sets.of)).map(|of| of + 2))?;
        let lengths = [
            (sets.lasting_day, 1, WEEK),
            (sets.lasting_week, WEEK, MONTH),
            (sets.lasting_month, MONTH, HALF_YEAR),
        ];
        let (_, one, several) = lengths.into_iter().find(|(set, ..)| is(unit, *set))?;
        let count = unit.checked_sub(1).filter(|i| *i >= self.start);
        let single = count.is_some_and(|i| is(i, sets.single));
        let number = count.and_then(|i| (self.number)(i)).or(single.then_some(1));
        let days = match number {
            Some(n) => n.saturating_mul(one),
            None => is(unit, sets.lasting_several).then_some(several)?,
        };
        Some(days.min(HISTORY_DAYS))
    }

    pub(super) fn opens_period(&self, i: usize) -> bool {
        self.grammar.is(self.words[i], self.grammar.sets.since)
    }

    /// "Fell two weeks ago and clashes are still underway": the act at `trigger` goes on, whatever day was named in the
    /// clause before.
    pub(super) fn goes_on(&self, trigger: usize, from: usize) -> bool {
        let is = |i: usize, set| self.words.get(i).is_some_and(|w| self.grammar.is(*w, set));
        let joined = (from..trigger).any(|i| is(i, self.grammar.sets.list_mark));
        joined && (trigger..trigger + 5).any(|i| is(i, self.grammar.sets.ongoing))
    }

    pub(super) fn is_joint(&self, i: usize) -> bool {
        self.grammar.is(self.words[i], self.grammar.sets.list_mark)
    }

    pub(super) fn is_after(&self, i: usize) -> bool {
        self.grammar.is(self.words[i], self.grammar.sets.after)
    }

    /// "Has taken", "is fighting", "are now": what is told of the day of printing, whatever was told before it.
    pub(super) fn is_current(&self, trigger: usize) -> bool {
        let sets = &self.grammar.sets;
        let near = trigger.saturating_sub(CURRENT).max(self.start)..self.end.min(trigger + CURRENT);
        let is = |i: usize, set| self.grammar.is(self.words[i], set);
        near.into_iter().any(|i| is(i, sets.current) || is(i, sets.ongoing) || is(i, sets.present))
    }

    pub(super) fn is_relative(&self, i: usize) -> bool {
        self.grammar.is(self.words[i], self.grammar.sets.clause_start)
    }

    /// "A district that was seized", "districts seized": the clause is of something else.
    pub(super) fn restricts(&self, i: usize) -> bool {
        let sets = &self.grammar.sets;
        let is = |i: usize, set| self.words.get(i).is_some_and(|w| self.grammar.is(*w, set));
        let reduced = is(i, sets.units) && is(i + 1, sets.seize);
        reduced || is(i, sets.pronoun_it) && !is(i, sets.pronoun) && is(i + 1, sets.be)
    }

    pub(super) fn turns(&self, i: usize) -> bool {
        let sets = &self.grammar.sets;
        let is = |i: usize, set| self.words.get(i).is_some_and(|w| self.grammar.is(*w, set));
        let relates = is(i, sets.pronoun_it) && is(i + 1, sets.be);
        is(i, sets.other_time) || relates
    }
}

/// A verb of reporting stands right before token `at` of the sentence from `start` on, or "according to" somebody.
pub(super) fn is_said_at(grammar: &Grammar, words: &[WordId], start: usize, at: usize) -> bool {
    let is = |i: usize, set| grammar.is(words[i], set);
    let back = (start..at).rev().take_while(|i| !is(*i, grammar.sets.comma));
    back.take(SOURCE).any(|i| at - i <= SAID && is(i, grammar.sets.say) || is(i, grammar.sets.source))
}
