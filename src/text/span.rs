//! A span: which bytes of a report something was read from.

use serde::Serialize;

/// A range of bytes in a report's text, both ends on character boundaries.
///
/// ```
/// use naqsha::text::Span;
/// let text = "Zaranj fell.";
/// let span = Span::new(text, 0, 6).unwrap();
/// assert_eq!(span.of(text), "Zaranj");
/// assert!(Span::new("é", 1, 2).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// No bytes, at the start.
    pub const EMPTY: Span = Span { start: 0, end: 0 };

    /// The span from byte `start` up to byte `end` of `text`; None where that is no part of the text.
    #[must_use]
    pub fn new(text: &str, start: usize, end: usize) -> Option<Span> {
        text.get(start..end)?;
        Some(Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The text it covers; empty where the span belongs to another text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly within this one.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}
