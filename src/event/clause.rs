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
    let is_boundary = |i: &usize| grammar.vocabulary.is_in(words[*i], grammar.sets.boundary);
    let start = (sentence.start..at).rev().find(is_boundary).unwrap_or(sentence.start);
    let end = (at + 1..sentence.end).find(is_boundary).unwrap_or(sentence.end);
    start..end
}

/// What the cues of its clause make of the act at token `at`; None where it is told as done.
pub(super) fn modality(
    grammar: &Grammar,
    tokens: &Tokens<'_>,
    words: &[WordId],
    sentence: &Range<usize>,
    at: usize,
) -> Option<Makes> {
    if ends_in_question(tokens, sentence) {
        return Some(Makes::Hypothetical);
    }
    let clause = clause(grammar, words, sentence, at);
    let mut found = None;
    for i in clause.clone() {
        let Some((length, (makes, scope))) = grammar.cues.longest(&words[i..clause.end]) else { continue };
        let reaches = match scope {
            CueScope::Before => i + length <= at || i < at && at < i + length,
            CueScope::Clause => true,
        };
        let cut = (i..at).any(|k| tokens.fold(k) == "," && tokens.fold(k + 1) == "and");
        if reaches && !(cut && *scope == CueScope::Before) {
            found = Some(found.map_or(*makes, |f| if f == Makes::Denied { f } else { *makes }));
        }
    }
    found
}

fn ends_in_question(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().rev().take(2).any(|i| tokens.fold(i) == "?")
}
