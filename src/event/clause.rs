//! Clauses: how far a cue reaches, and what it makes of an act.

use std::ops::Range;

use super::grammar::{CueScope, Grammar, Makes};
use crate::lexicon::WordId;
use crate::text::Tokens;

/// The clause around token `at` within a sentence: from the boundary word before it to the one after it.
pub(super) fn clause(
    grammar: &Grammar,
    words: &[WordId],
    sentence: &Range<usize>,
    at: usize,
) -> Range<usize> {
    let sets = &grammar.sets;
    let is_boundary = |i: &usize| {
        grammar.is(words[*i], sets.boundary)
            || *i > sentence.start
                && grammar.is(words[*i - 1], sets.comma)
                && grammar.is(words[*i], sets.clause_start)
    };
    let start = (sentence.start..at).rev().find(is_boundary).unwrap_or(sentence.start);
    let end = (at + 1..sentence.end).find(is_boundary).unwrap_or(sentence.end);
    start..end
}

/// What the cues of its clause make of the act whose own words are the tokens `own`; None where it is told as done. Words such as "will" and
/// "could" count up to token `reach`: "reinforcements will be sent". What the act cannot be is in
/// `deaf`.
pub(super) fn modality(
    grammar: &Grammar,
    tokens: &Tokens<'_>,
    words: &[WordId],
    sentence: &Range<usize>,
    own: &Range<usize>,
    reach: usize,
    deaf: &[Makes],
) -> Option<Makes> {
    let at = own.start;
    if ends_in_question(tokens, sentence) {
        return Some(Makes::Hypothetical);
    }
    let clause = clause(grammar, words, sentence, at);
    if is_still_open(grammar, words, &clause, at) {
        return Some(Makes::Hypothetical);
    }
    let mut found = is_infinitive(grammar, words, sentence, at).then_some(Makes::Planned);
    let mut past = sentence.start;
    for i in sentence.clone() {
        let Some((length, (makes, scope))) = grammar.cues.longest(&words[i..sentence.end]) else { continue };
        if i < past {
            continue; // part of words that are no cue
        }
        if *makes == Makes::Done {
            past = i + length;
            continue;
        }
        if own.contains(&i) {
            continue; // the act's own words
        }
        if in_brackets(tokens, sentence, i) && !in_brackets(tokens, sentence, at) {
            continue; // an aside: "Jaghatu (not the one in Ghazni)"
        }
        let outside = !clause.contains(&i) || i + length > clause.end;
        if outside && *scope != CueScope::Sentence {
            continue;
        }
        if deaf.contains(makes) {
            continue;
        }
        let reaches = match scope {
            CueScope::Before if i < at => i + length <= at || at < i + length,
            CueScope::Before => i < reach && matches!(makes, Makes::Planned | Makes::Hypothetical),
            CueScope::Clause | CueScope::Sentence => true,
        };
        if reaches {
            found = Some(found.map_or(*makes, |f| if f == Makes::Denied { f } else { *makes }));
        }
    }
    found
}

/// Whether token `at` stands between brackets that the sentence opens and closes.
pub(super) fn in_brackets(tokens: &Tokens<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let open = (sentence.start..at).rev().find(|i| matches!(tokens.fold(*i), "(" | ")"));
    let closed = || (at..sentence.end).any(|i| tokens.fold(i) == ")");
    open.is_some_and(|i| tokens.fold(i) == "(") && closed()
}

/// How far ahead of "to" the verb that makes it done may stand, in tokens: "forced residents of X to flee".
const GOVERNED: usize = 7;

/// "Expected to attack": an act in the infinitive is not done, unless the verb before it says so
/// ("managed to", "forced them to").
fn is_infinitive(grammar: &Grammar, words: &[WordId], sentence: &Range<usize>, at: usize) -> bool {
    let sets = &grammar.sets;
    let is = |i: usize, set| grammar.is(words[i], set);
    let Some(to) = at.checked_sub(1).filter(|i| *i >= sentence.start && is(*i, sets.infinitive)) else {
        return false;
    };
    let governed =
        (to.saturating_sub(GOVERNED).max(sentence.start)..to).rev().any(|i| is(i, sets.implicative));
    !governed
}

/// "Before the city falls", "if they attack": a verb in the present after such a word tells what is not yet so.
fn is_still_open(grammar: &Grammar, words: &[WordId], clause: &Range<usize>, at: usize) -> bool {
    let sets = &grammar.sets;
    grammar.is(words[at], sets.present)
        && (clause.start..at).any(|i| grammar.is(words[i], sets.open_end))
        && !(clause.start..at).any(|i| grammar.is(words[i], sets.be))
}

fn ends_in_question(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().rev().take(2).any(|i| tokens.fold(i) == "?")
}
