//! Slots of line patterns: what each takes from the tokens of a line.

use crate::text::{CalendarNames, Gap, Shape, Tokens, WordSet, WrittenDate};

/// What a slot of a pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A date with its day: `7 July 2021`, `Wed 07 July`.
    Date,
    /// A number.
    Number,
    /// One to five words with capitals: `Herat`, `Staff Desk`.
    Name,
    /// One to four words all in capitals: `PUL-E-KHUMRI`.
    Caps,
    /// A name that says which outlet printed the story.
    Outlet,
    /// An outlet of the list of agencies; it printed the story.
    Agency,
    /// A release number that holds year and month: `2013-01-S-025`.
    Release,
    /// Up to twelve tokens of any sort, as few as will do.
    Words,
    /// The end of the line.
    End,
}

impl Slot {
    /// As spelled in patterns.
    pub(super) const NAMES: [(&'static str, Slot); 9] = [
        ("date", Slot::Date),
        ("number", Slot::Number),
        ("name", Slot::Name),
        ("caps", Slot::Caps),
        ("outlet", Slot::Outlet),
        ("agency", Slot::Agency),
        ("release", Slot::Release),
        ("words", Slot::Words),
        ("end", Slot::End),
    ];
}

/// What a pattern took from a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) date: Option<WrittenDate>,
    /// The tokens that name the outlet.
    pub(super) outlet: Option<(usize, usize)>,
    /// Year and month of a release number.
    pub(super) release: Option<(i16, i8)>,
}

/// The line that a pattern is tried on, with the words its slots know.
pub(super) struct Scene<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) names: &'a CalendarNames,
    pub(super) agencies: &'a WordSet,
    /// The first words of agencies' names.
    pub(super) heads: &'a WordSet,
    /// One past the last token of the line.
    pub(super) end: usize,
}

/// The most words of an agency's name.
const LONGEST_AGENCY: usize = 4;
/// The most tokens that `{words}` takes.
const MOST_WORDS: usize = 12;

impl Scene<'_, '_> {
    /// Where slot `slot` may end when it begins at token `i`, in order of preference, with what it took.
    pub(super) fn ends(&self, slot: Slot, i: usize, found: Found) -> Vec<(usize, Found)> {
        match slot {
            Slot::End => {
                if i == self.end {
                    vec![(i, found)]
                } else {
                    Vec::new()
                }
            }
            Slot::Words => (i..=self.end.min(i + MOST_WORDS)).map(|end| (end, found)).collect(),
            Slot::Number => self.one(i, |s| s.tokens.shape(i) == Shape::Number, found),
            Slot::Date => {
                let date = self.names.date_at(self.tokens, i, self.end).filter(|_| i < self.end);
                date.map(|d| (d.end, Found { date: found.date.or(Some(d)), ..found })).into_iter().collect()
            }
            Slot::Name => self.run(i, 5, false).into_iter().map(|end| (end, found)).collect(),
            Slot::Caps => self.run(i, 4, true).into_iter().map(|end| (end, found)).collect(),
            Slot::Outlet => self
                .run(i, 6, false)
                .into_iter()
                .map(|end| (end, Found { outlet: found.outlet.or(Some((i, end))), ..found }))
                .collect(),
            Slot::Agency => self.agency(i, found).into_iter().collect(),
            Slot::Release => self.release(i, found).into_iter().collect(),
        }
    }

    fn one(&self, i: usize, holds: impl Fn(&Self) -> bool, found: Found) -> Vec<(usize, Found)> {
        if i < self.end && holds(self) { vec![(i + 1, found)] } else { Vec::new() }
    }

    /// Ends of a run of words with capitals, longest first.
    fn run(&self, i: usize, most: usize, all_capitals: bool) -> Vec<usize> {
        let word = |k: usize| match self.tokens.shape(k) {
            Shape::AllCaps => true,
            Shape::Capitalised => !all_capitals,
            Shape::Lower => k > i && self.tokens.gap(k) == Gap::Hyphen,
            _ => false,
        };
        let joined = |k: usize| k == i || matches!(self.tokens.gap(k), Gap::Space | Gap::Hyphen);
        let parts = (i..self.end.min(i + 2 * most)).take_while(|k| word(*k) && joined(*k));
        let words = |end: &usize| (i..*end).filter(|k| self.tokens.gap(*k) != Gap::Hyphen).count() <= most;
        let mut ends: Vec<usize> = parts.map(|k| k + 1).filter(words).collect();
        ends.reverse();
        ends
    }

    fn agency(&self, i: usize, found: Found) -> Option<(usize, Found)> {
        if !self.heads.contains(self.tokens.fold(i)) {
            return None;
        }
        let end = (1..=LONGEST_AGENCY).rev().map(|n| i + n).filter(|end| *end <= self.end).find(|end| {
            let words: Vec<&str> = (i..*end).map(|k| self.tokens.fold(k)).collect();
            self.agencies.contains(&words.join(" "))
        })?;
        Some((end, Found { outlet: found.outlet.or(Some((i, end))), ..found }))
    }

    fn release(&self, i: usize, found: Found) -> Option<(usize, Found)> {
        let number = |k: usize, digits: usize| -> Option<i16> {
            let word = self.tokens.fold(k);
            word.parse().ok().filter(|_| k < self.end && word.len() == digits)
        };
        let (year, month) = (number(i, 4)?, number(i + 1, 2)?);
        let mut at = i + 2;
        let letters = self.tokens.fold(at);
        let parts = (1990..=2100).contains(&year)
            && (1..=12).contains(&month)
            && self.tokens.gap(i + 1) == Gap::Hyphen
            && self.tokens.gap(at) == Gap::Hyphen
            && letters.len() <= 3
            && letters.bytes().all(|b| b.is_ascii_lowercase());
        at += 1 + usize::from(self.tokens.fold(at + 1) == "-");
        let counted = self.tokens.shape(at) == Shape::Number && at < self.end;
        let month = i8::try_from(month).ok()?;
        (parts && counted).then_some((at + 1, Found { release: Some((year, month)), ..found }))
    }
}
