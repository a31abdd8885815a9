//! Inspection: a reading with all that it went by, for a reader who wants to see why.

use super::Reading;
use super::reader::Reader;
use crate::date::DateMention;
use crate::report::Report;
use crate::text::{Span, Tokens};
use crate::toponym::Refusal;

/// What a report tells, with everything that was looked at on the way.
#[derive(Debug, Clone, Default)]
pub struct Inspection {
    /// What it tells.
    pub reading: Reading,
    /// The outlet that printed it, as far as known.
    pub source: Option<String>,
    /// The sentences that were read, in their order. Headers, datelines and furniture have none.
    pub sentences: Vec<Passage>,
    /// The time expressions of these sentences.
    pub dates: Vec<DateMention>,
    /// Names in these sentences that sound like places and are not taken for one.
    pub refused: Vec<RefusedName>,
}

/// A sentence that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// It opens a paragraph.
    pub opens_paragraph: bool,
}

/// A name that sounds like a place and is not taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedName {
    /// Where it stands.
    pub span: Span,
    /// Why it is none.
    pub why: Refusal,
}

impl Reader {
    /// Reads a report and keeps what it went by. Takes about twice as long as [`Reader::read`].
    ///
    /// ```
    /// use naqsha::{data::DataFiles, event::Reader, report::Report, toponym::Refusal};
    /// let reader = Reader::from_data(&DataFiles::bundled())?;
    /// let text = "date 2021-08-06\n\nGen. Farah Ghani said on Friday that the Taliban had captured Zaranj.";
    /// let seen = reader.inspect(&Report { text: text.into(), ..Report::default() });
    /// assert_eq!(seen.dates[0].span.of(text), "Friday");
    /// assert_eq!(seen.refused[0].span.of(text), "Farah");
    /// assert_eq!(seen.refused[0].why, Refusal::Person);
    /// # Ok::<(), naqsha::error::Error>(())
    /// ```
    #[must_use]
    pub fn inspect(&self, report: &Report) -> Inspection {
        let tokens = Tokens::of(&report.text);
        let zoned = self.zoner.zones(report, &tokens);
        let (cut, _) = self.cut(tokens, zoned, report);
        let tokens = &cut.tokens;
        let paragraph = |i: usize| (cut.sentences[i].paragraph, cut.zones[i].span);
        let passages = cut.sentences.iter().enumerate().map(|(i, sentence)| Passage {
            span: tokens.span(sentence.tokens.start, sentence.tokens.end),
            opens_paragraph: i == 0 || paragraph(i) != paragraph(i - 1),
        });
        let dates = (0..cut.sentences.len()).flat_map(|i| self.dates(&cut, i).to_vec());
        let refused = self.resolver.refused(tokens, &cut.sentences, &self.gazetteer).into_iter();
        Inspection {
            reading: self.read(report),
            sentences: passages.collect(),
            dates: dates.collect(),
            refused: refused
                .map(|r| RefusedName { span: tokens.span(r.tokens.start, r.tokens.end), why: r.why })
                .collect(),
            source: cut.source,
        }
    }
}
