//! Sentences: runs of tokens, cut at stops and at paragraph ends.

use std::ops::Range;

use super::{Gap, Shape, Tokens};

/// A sentence: its tokens, and whether it opens a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, the closing mark and quotation mark included.
    pub tokens: Range<usize>,
    /// Which paragraph it stands in, counted from 0.
    pub paragraph: usize,
}

/// A run of so many tokens without a stop is no sentence: it is cut at its next mark, after so many at any word. Without
/// that, what reads a sentence as a whole would take for ever over a text without stops.
const LONG: usize = 250;
const LONGEST: usize = 350;

impl Tokens<'_> {
    /// Cuts the tokens of `range` into sentences. `is_abbreviation` says of a folded word whether a point
    /// after it is part of it ("gen", "lt").
    pub fn sentences(&self, range: Range<usize>, is_abbreviation: impl Fn(&str) -> bool) -> Vec<Sentence> {
        let wrapped = self.is_hard_wrapped(range.clone());
        let mut out = Vec::new();
        let (mut start, mut paragraph) = (range.start, 0);
        for i in range.clone() {
            let breaks = i > range.start && self.breaks_line(i, wrapped);
            if breaks && i > start {
                out.push(Sentence { tokens: start..i, paragraph });
                start = i;
            }
            if breaks {
                paragraph += 1;
            }
            let length = i.saturating_sub(start);
            let runs_on = length >= LONG && self.shape(i) == Shape::Mark || length >= LONGEST;
            if runs_on || self.is_stop(i, range.end, &is_abbreviation) {
                let end = self.with_closing_marks(i + 1, range.end);
                out.push(Sentence { tokens: start..end, paragraph });
                start = end;
            }
        }
        if start < range.end {
            out.push(Sentence { tokens: start..range.end, paragraph });
        }
        out.retain(|s| !s.tokens.is_empty());
        out
    }

    fn breaks_line(&self, i: usize, wrapped: bool) -> bool {
        match self.gap(i) {
            Gap::Paragraph => true,
            Gap::Line => !wrapped,
            _ => false,
        }
    }

    /// Whether the lines of `range` were wrapped at a width: they end in mid-sentence, and their ends mean nothing.
    #[must_use]
    pub fn is_hard_wrapped(&self, range: Range<usize>) -> bool {
        let (mut lines, mut mid_sentence) = (0, 0);
        for i in range.skip(1).filter(|i| self.gap(*i) == Gap::Line) {
            lines += 1;
            let open = self.shape(i - 1) != Shape::Mark || self.fold(i - 1) == ",";
            mid_sentence += usize::from(open && self.shape(i) == Shape::Lower);
        }
        lines >= 2 && mid_sentence * 3 >= lines
    }

    fn is_stop(&self, i: usize, end: usize, is_abbreviation: &impl Fn(&str) -> bool) -> bool {
        if self.shape(i) != Shape::Mark {
            return false;
        }
        match self.fold(i) {
            // In an address it stops nothing: "example.org/page?id=7".
            "!" | "?" => {
                let glued = self.gap(i + 1) == Gap::None && i + 1 < end;
                let aside =
                    glued && self.fold(i + 1) == ")" && i + 2 < end && self.shape(i + 2) == Shape::Lower;
                !(aside || glued && matches!(self.shape(i + 1), Shape::Lower | Shape::Number))
            }
            "." => {
                let next = self.with_closing_marks(i + 1, end);
                if next >= end {
                    return true;
                }
                let before = i.checked_sub(1).map_or("", |p| self.fold(p));
                let initial = before.len() == 1 && i > 0 && self.shape(i - 1) == Shape::Capitalised;
                let glued = self.gap(next) == Gap::None && next == i + 1;
                let starts = self.shape(next) != Shape::Lower;
                let ellipsis = self.surface(i).len() > 1 || self.surface(i) == "…";
                if glued {
                    return self.shape(next) == Shape::Capitalised && before.len() > 2;
                }
                starts && !initial && !ellipsis && !is_abbreviation(before)
            }
            _ => false,
        }
    }

    fn with_closing_marks(&self, from: usize, end: usize) -> usize {
        let mut i = from;
        while i < end && self.gap(i) == Gap::None && matches!(self.fold(i), "\"" | "'" | ")" | "]") {
            i += 1;
        }
        i
    }
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let tokens = Tokens::of(text);
        let found = tokens.sentences(0..tokens.len(), |w| matches!(w, "gen" | "mr" | "aug"));
        let got: Vec<&str> =
            found.iter().map(|s| tokens.span(s.tokens.start, s.tokens.end).of(text)).collect();
        assert_eq!(got, wanted);
    }

    #[test]
    fn cuts_at_stops_only() {
        check("Gen. Khan left. The city fell.", &["Gen. Khan left.", "The city fell."]);
        check("It was reported.People fled.", &["It was reported.", "People fled."]);
        check("\"They fled.\" He left", &["\"They fled.\"", "He left"]);
        check("HEADLINE HERE\n\nBody text", &["HEADLINE HERE", "Body text"]);
        check("The U.S. forces left", &["The U.S. forces left"]);
        check(
            "See example.org/a?id=7 here! Why?He left",
            &["See example.org/a?id=7 here!", "Why?", "He left"],
        );
        check("a line that is\nwrapped at a\nwidth.", &["a line that is\nwrapped at a\nwidth."]);
    }
}
