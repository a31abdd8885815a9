//! Lines: the pieces that the rules look at, paragraphs where a text was wrapped at a width.

use std::ops::Range;

use crate::text::{Gap, Shape, Tokens};

/// The lines of a text, in order; none is empty.
pub(super) fn lines(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let wrapped = tokens.is_hard_wrapped(0..tokens.len());
    let mut lines = Vec::new();
    let mut start = 0;
    for i in 1..tokens.len() {
        let breaks = match tokens.gap(i) {
            Gap::Paragraph => true,
            Gap::Line => !wrapped,
            _ => false,
        };
        if breaks {
            lines.push(start..i);
            start = i;
        }
    }
    if start < tokens.len() {
        lines.push(start..tokens.len());
    }
    lines
}

/// Whether a line has at least so many words.
pub(super) fn has_words(tokens: &Tokens<'_>, line: &Range<usize>, least: usize) -> bool {
    let is_word = |i: &usize| tokens.shape(*i) != Shape::Mark && tokens.gap(*i) != Gap::Hyphen;
    line.clone().filter(is_word).take(least).count() == least
}

/// Whether a line closes as a sentence does.
pub(super) fn is_closed(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let last = line.clone().rev().find(|i| !matches!(tokens.fold(*i), "\"" | "'" | ")" | "]"));
    last.is_some_and(|i| matches!(tokens.fold(i), "." | "!" | "?" | ":" | ";" | ","))
}

/// Whether nearly every word of a line is in capitals.
pub(super) fn is_shouted(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let (mut capitals, mut others) = (0, 0);
    for i in line.clone() {
        match tokens.shape(i) {
            Shape::AllCaps => capitals += 1,
            Shape::Lower | Shape::Capitalised => others += 1,
            _ => {}
        }
    }
    capitals >= 2 && others * 5 <= capitals
}
