//! Tolls: how many were killed and wounded.

use std::ops::Range as TokenRange;

use super::Range;
use super::grammar::Grammar;
use crate::lexicon::{SetId, WordId};
use crate::text::{Tokens, number};

/// Killed and wounded in a sentence, each where it is said.
pub(super) fn toll(
    grammar: &Grammar,
    tokens: &Tokens<'_>,
    words: &[WordId],
    sentence: &TokenRange<usize>,
) -> (Option<Range>, Option<Range>) {
    let counted = |set: SetId| {
        let verb = sentence.clone().find(|i| grammar.vocabulary.is_in(words[*i], set))?;
        let near = |i: &usize| count(grammar, tokens, words, *i).is_some();
        let before = (sentence.start..verb).rev().take(9).find(near);
        let after = (verb + 1..sentence.end).take(4).find(near);
        let at = if is_active(grammar, tokens, words, verb) { after.or(before) } else { before.or(after) }?;
        let n = count(grammar, tokens, words, at)?;
        Some(Range { low: n, high: n })
    };
    (counted(grammar.sets.killed), counted(grammar.sets.wounded))
}

/// "killed 12" against "12 were killed": a number right after the verb is its object.
fn is_active(grammar: &Grammar, tokens: &Tokens<'_>, words: &[WordId], verb: usize) -> bool {
    count(grammar, tokens, words, verb + 1).is_some()
        || count(grammar, tokens, words, verb + 3).is_some()
            && words.get(verb + 1).is_some_and(|w| grammar.is(*w, grammar.sets.estimate))
}

/// The number at token `i`, unless it is a date, an age, a distance or a time.
fn count(grammar: &Grammar, tokens: &Tokens<'_>, words: &[WordId], i: usize) -> Option<u32> {
    let n = number(tokens.fold(i)).filter(|n| *n > 0 && *n < 5000)?;
    let sets = &grammar.sets;
    let is = |i: Option<usize>, set| i.and_then(|i| words.get(i)).is_some_and(|w| grammar.is(*w, set));
    let measures = is(Some(i + 1), sets.measure);
    let dated = (1900..=2100).contains(&n) || is(i.checked_sub(1), sets.before_number);
    (!measures && !dated && !grammar.is(words[i], sets.pronoun_one)).then_some(n)
}
