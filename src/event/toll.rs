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
        let near = |i: &usize| count(tokens, *i).is_some();
        let before = (sentence.start..verb).rev().take(9).find(near);
        let after = (verb + 1..sentence.end).take(4).find(near);
        let at = if is_active(tokens, verb) { after.or(before) } else { before.or(after) }?;
        let n = count(tokens, at)?;
        Some(Range { low: n, high: n })
    };
    (counted(grammar.sets.killed), counted(grammar.sets.wounded))
}

/// "killed 12" against "12 were killed": a number right after the verb is its object.
fn is_active(tokens: &Tokens<'_>, verb: usize) -> bool {
    count(tokens, verb + 1).is_some()
        || count(tokens, verb + 3).is_some()
            && matches!(tokens.fold(verb + 1), "at" | "more" | "as" | "some" | "about")
}

/// The number at token `i`, unless it is a date, an age, a distance or a time.
fn count(tokens: &Tokens<'_>, i: usize) -> Option<u32> {
    let n = number(tokens.fold(i)).filter(|n| *n > 0 && *n < 5000)?;
    let next = tokens.fold(i + 1);
    let previous = i.checked_sub(1).map_or("", |p| tokens.fold(p));
    let measures = matches!(
        next,
        "km" | "kilometres"
            | "kilometers"
            | "miles"
            | "hours"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "percent"
            | "districts"
            | "provinces"
            | "am"
            | "pm"
            | "people's"
            | "/"
            | ":"
            | "-"
            | "day"
            | "hour"
            | "year"
            | "others"
    ) && !(next == "others");
    let dated = n >= 1900 && n <= 2100
        || matches!(previous, "/" | ":" | "july" | "august" | "june" | "may" | "one's" | "$");
    (!measures && !dated && tokens.fold(i) != "one").then_some(n)
}
