//! One pass over a text: words, numbers and marks, each with its span and folded spelling.

use std::ops::Range;

use super::fold::fold_into;
use super::spelling::{acronym, is_word_char, shape_of, without_possessive, word_length};
use super::{Span, Word};

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `fell`
    Lower,
    /// `Kabul`, `McChrystal`
    Capitalised,
    /// `KABUL`, `NDS`
    AllCaps,
    /// `14`, `1,200`, `7th`
    Number,
    /// A word of a script without case.
    Caseless,
    /// A mark, alone or repeated (`--`).
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// A hyphen within a compound: `Qala-e-Naw` is three tokens.
    Hyphen,
    /// Blanks.
    Space,
    /// A line end.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// A word, number or mark of a text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    start: u32,
    end: u32,
    pub(super) fold_start: u32,
    pub(super) fold_end: u32,
    pub(super) hash: u32,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
    /// It carried a possessive ending, which its span leaves out.
    pub possessive: bool,
}

/// A text cut into tokens.
///
/// ```
/// use naqsha::text::Tokens;
/// let tokens = Tokens::of("Qala-e-Naw’s prison (U.S. built)");
/// let folded: Vec<&str> = (0..tokens.len()).map(|i| tokens.fold(i)).collect();
/// assert_eq!(folded, ["qala", "e", "naw", "prison", "(", "us", "built", ")"]);
/// ```
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    /// The text in small letters, where plain words stand as they do in the text; then what others fold to.
    pub(super) folded: String,
    tokens: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Cuts `text`, which is at most 4 GiB long (a report is at most 16 MB).
    #[must_use]
    pub fn of(text: &'t str) -> Tokens<'t> {
        let mut folded = String::with_capacity(text.len() + text.len() / 8 + 16);
        folded.push_str(text);
        folded.make_ascii_lowercase();
        let tokens = Vec::with_capacity(text.len() / 4);
        let mut cut = Cutter { out: Tokens { text, folded, tokens }, at: 0, gap: Gap::Paragraph };
        while cut.at < text.len() && cut.at < u32::MAX as usize {
            cut.next();
        }
        cut.out
    }

    /// The text that was cut.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many tokens there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Token `i`, where there is one.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// Folded spelling of token `i`; empty past the end. Quotation marks fold to `"`, dashes to `-`.
    #[must_use]
    pub fn fold(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.folded[t.fold_start as usize..t.fold_end as usize])
    }

    /// Token `i` as written, without a possessive ending; empty past the end.
    #[must_use]
    pub fn surface(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    /// The span of tokens `from` up to, not including, `to`. An empty range gives an empty span.
    #[must_use]
    pub fn span(&self, from: usize, to: usize) -> Span {
        let start = self.tokens.get(from).map_or(self.text.len(), |t| t.start as usize);
        let end = to.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(start, |t| t.end as usize);
        Span::new(self.text, start, end.max(start)).unwrap_or(Span::EMPTY)
    }

    /// How token `i` is written; a mark past the end.
    #[must_use]
    pub fn shape(&self, i: usize) -> Shape {
        self.tokens.get(i).map_or(Shape::Mark, |t| t.shape)
    }

    /// What stands before token `i`; a paragraph break past the end.
    #[must_use]
    pub fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Paragraph, |t| t.gap)
    }

    /// Whether these letters stand anywhere in what tokens fold to: a quick look before a close one.
    #[must_use]
    pub fn may_hold(&self, letters: &str) -> bool {
        self.folded.contains(letters)
    }

    /// The first token that starts at or after byte `offset`.
    #[must_use]
    pub fn at_byte(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| (t.start as usize) < offset)
    }
}

struct Cutter<'t> {
    out: Tokens<'t>,
    at: usize,
    gap: Gap,
}

impl Cutter<'_> {
    fn next(&mut self) {
        if self.blank() || self.plain_word() {
            return;
        }
        let rest = &self.out.text[self.at..];
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() {
            self.blanks(rest);
        } else if is_word_char(first) {
            self.word(rest);
        } else {
            self.mark(rest, first);
        }
    }

    /// One blank between two words, as nearly all are.
    fn blank(&mut self) -> bool {
        let bytes = self.out.text.as_bytes();
        let single = bytes[self.at] == b' ' && bytes.get(self.at + 1).is_some_and(u8::is_ascii_graphic);
        if single {
            self.gap = self.gap.max(Gap::Space);
            self.at += 1;
        }
        single
    }

    /// A word of plain letters, and what stands behind it no part of it, as most words are.
    fn plain_word(&mut self) -> bool {
        let bytes = &self.out.text.as_bytes()[self.at..];
        let len = bytes.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(bytes.len());
        let closed = match bytes.get(len) {
            None => true,
            // It may be an acronym's.
            Some(b'.') => len > 1,
            Some(b'\'' | b'`') => false,
            Some(next) => next.is_ascii() && !next.is_ascii_digit(),
        };
        if len == 0 || !closed {
            return false;
        }
        let shape = match (bytes[0].is_ascii_uppercase(), &bytes[1..len]) {
            (false, _) => Shape::Lower,
            (true, rest) if len > 1 && rest.iter().all(u8::is_ascii_uppercase) => Shape::AllCaps,
            _ => Shape::Capitalised,
        };
        self.push(self.at..self.at + len, len, shape, false);
        self.at += len;
        if self.out.text.as_bytes().get(self.at) == Some(&b'-') {
            self.hyphen();
        }
        true
    }

    fn blanks(&mut self, rest: &str) {
        let end = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let lines = rest[..end].chars().filter(|c| matches!(c, '\n' | '\u{2028}')).count();
        let gap = match lines + 2 * usize::from(rest[..end].contains('\u{2029}')) {
            0 => Gap::Space,
            1 => Gap::Line,
            _ => Gap::Paragraph,
        };
        self.gap = self.gap.max(gap);
        self.at += end;
    }

    fn word(&mut self, rest: &str) {
        let len = acronym(rest).unwrap_or_else(|| word_length(rest));
        let (kept, possessive) = without_possessive(&rest[..len]);
        let written = &rest[..kept];
        let start = self.out.folded.len();
        let numeric = written.starts_with(|c: char| c.is_ascii_digit());
        let mut fold = None;
        if numeric && written.bytes().all(|b| b.is_ascii_alphanumeric()) {
            fold = Some(self.at..self.at + kept);
        } else if numeric || acronym(rest).is_some() {
            self.out.folded.extend(
                written
                    .chars()
                    .filter(|c| *c != '.' || numeric)
                    .filter(|c| *c != ',')
                    .flat_map(char::to_lowercase),
            );
        } else {
            fold_into(written, &mut self.out.folded);
        }
        let fold = fold.unwrap_or(start..self.out.folded.len());
        self.push(fold, kept, shape_of(written), possessive);
        self.at += len;
        self.hyphen();
    }

    /// A hyphen between the word just cut and the next.
    fn hyphen(&mut self) {
        let mut after = self.out.text[self.at..].chars();
        if let Some(hyphen @ ('-' | '\u{2010}' | '\u{2011}')) = after.next()
            && after.next().is_some_and(is_word_char)
        {
            self.at += hyphen.len_utf8();
            self.gap = Gap::Hyphen;
        }
    }

    fn mark(&mut self, rest: &str, first: char) {
        let len = rest.find(|c| c != first).unwrap_or(rest.len());
        let start = self.out.folded.len();
        let plain = match first {
            '“' | '”' | '„' | '«' | '»' => Some('"'),
            '‘' | '’' | '`' => Some('\''),
            '–' | '—' | '―' | '−' => Some('-'),
            '…' => Some('.'),
            _ => None,
        };
        self.out.folded.extend(plain);
        let stands = self.at..self.at + first.len_utf8();
        self.push(plain.map_or(stands, |_| start..start + 1), len, Shape::Mark, false);
        self.at += len;
    }

    /// Adds the token of the next `len` bytes, which folds to `fold` of what is folded.
    fn push(&mut self, fold: Range<usize>, len: usize, shape: Shape, possessive: bool) {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.out.tokens.push(Token {
            start: narrow(self.at),
            end: narrow(self.at + len),
            fold_start: narrow(fold.start),
            fold_end: narrow(fold.end),
            hash: Word::hash_of(&self.out.folded.as_bytes()[fold]),
            shape,
            gap: self.gap,
            possessive,
        });
        self.gap = Gap::None;
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, Tokens};
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let tokens = Tokens::of(text);
        let got: Vec<&str> = (0..tokens.len()).map(|i| tokens.fold(i)).collect();
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn cuts_as_reporters_write() {
        check("Imam Sahib's centre", &["imam", "sahib", "centre"]);
        check("1,200 men on 12/03/2013", &["1200", "men", "on", "12", "/", "03", "/", "2013"]);
        check("at 5:42 p.m. on July 7,2021", &["at", "5", ":", "42", "pm", "on", "july", "7", ",", "2021"]);
        check("reported.People fled--fast", &["reported", ".", "people", "fled", "-", "fast"]);
        check("the U.S. and U.N left", &["the", "us", "and", "un", "left"]);
        check("Shir'in Tagab", &["shirin", "tagab"]);
        check("3.5 km", &["3.5", "km"]);
    }

    #[test]
    fn gaps_say_what_stood_between() {
        let tokens = Tokens::of("Ali-Shing fell.\n\nThen\nquiet");
        let gaps: Vec<Gap> = (0..tokens.len()).map(|i| tokens.gap(i)).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Hyphen, Gap::Space, Gap::None, Gap::Paragraph, Gap::Line]);
    }

    proptest! {
        #[test]
        fn any_text_cuts_on_character_boundaries(text in "\\PC{0,80}|[a-zA-Z.'’, \n-]{0,60}") {
            let tokens = Tokens::of(&text);
            for i in 0..tokens.len() {
                prop_assert!(!tokens.surface(i).is_empty());
                prop_assert_eq!(tokens.span(i, i + 1).of(&text), tokens.surface(i));
            }
        }
    }
}
