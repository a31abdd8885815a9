//! People: words that a report uses as names of persons, so that a surname alone is not taken for a town.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Cues;
use crate::text::{Gap, Sentence, Shape, Tokens};

/// Folded words that are names of persons in a report.
#[derive(Debug, Default)]
pub(super) struct People<'t> {
    names: FxHashSet<&'t str>,
}

impl<'t> People<'t> {
    /// Collects them: titled, speaking or described persons.
    pub(super) fn of(tokens: &'t Tokens<'_>, sentences: &[Sentence], cues: &Cues) -> People<'t> {
        let mut people = People::default();
        for sentence in sentences {
            let mut at = sentence.tokens.start;
            while let Some(start) = (at..sentence.tokens.end).find(|i| is_capital(tokens, *i)) {
                at = run_end(tokens, start, sentence.tokens.end);
                people.note(tokens, start..at, &sentence.tokens, cues);
            }
        }
        people
    }

    pub(super) fn has(&self, folded: &str) -> bool {
        self.names.contains(folded)
    }

    fn note(&mut self, tokens: &'t Tokens<'_>, run: Range<usize>, sentence: &Range<usize>, cues: &Cues) {
        let is_title = |i: usize| cues.person_title.contains(tokens.word(i));
        let cut = |i: &usize| is_title(*i) || cues.transparent_after.contains(tokens.word(*i));
        let from = run.clone().rev().find(cut).map_or(run.start, |i| i + 1);
        if from >= run.end {
            return;
        }
        let before = |i: usize| {
            let point = usize::from(i > sentence.start + 1 && tokens.fold(i - 1) == ".");
            i > sentence.start + point && is_title(i - 1 - point)
        };
        let next = if run.end < sentence.end { tokens.fold(run.end) } else { "" };
        let titled = before(from);
        let full = run.end - from >= 2;
        let speaks = cues.speaks.contains(next)
            || from > sentence.start && cues.speaks.contains(tokens.word(from - 1));
        let described = next == ","
            && (run.end + 1..sentence.end.min(run.end + 6))
                .any(|i| cues.person_role.contains(tokens.word(i)));
        if titled || full && (speaks || described) {
            let part =
                |i: &usize| tokens.fold(*i).len() > 2 && !cues.transparent_before.contains(tokens.word(*i));
            self.names.extend((from..run.end).filter(part).map(|i| tokens.fold(i)));
        }
    }
}

fn is_capital(tokens: &Tokens<'_>, i: usize) -> bool {
    matches!(tokens.shape(i), Shape::Capitalised | Shape::AllCaps)
}

/// The end of the run of capitalised words that begins at token `at`.
fn run_end(tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let joined = |i: usize| {
        matches!(tokens.gap(i), Gap::Space | Gap::Hyphen) && !tokens.get(i - 1).is_some_and(|t| t.possessive)
    };
    let mut to = at + 1;
    while to < end && is_capital(tokens, to) && joined(to) {
        to += 1;
    }
    to
}
