//! Slots of line patterns: what each takes from the tokens of a line.

use std::cmp::Reverse;

use super::needs::Answers;
use crate::text::{CalendarNames, Gap, Shape, Tokens, WordMap, WrittenDate};

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
    /// What its tokens answer.
    pub(super) answers: &'a Answers<'a, 't>,
    pub(super) names: &'a CalendarNames,
    pub(super) agencies: &'a Agencies,
    /// One past the last token of the line.
    pub(super) end: usize,
}

/// The names of agencies as words, by their first, longest first.
pub(super) type Agencies = WordMap<Vec<Vec<Box<str>>>>;

/// Their names, as blank-separated folded words.
pub(super) fn agencies<'n>(names: impl Iterator<Item = &'n str>) -> Agencies {
    let mut all = Agencies::default();
    for name in names {
        let words: Vec<Box<str>> = name.split(' ').map(Box::from).collect();
        if words.len() <= LONGEST_AGENCY {
            all.or_insert_with(&words[0].clone(), Vec::new).push(words);
        }
    }
    for names in all.values_mut() {
        names.sort_unstable_by_key(|words| Reverse(words.len()));
    }
    all
}

/// The most words of an agency's name.
const LONGEST_AGENCY: usize = 4;
/// The most tokens that `{words}` takes.
const MOST_WORDS: usize = 12;

impl Scene<'_, '_> {
    /// What `then` makes of the first end of slot `slot` that it takes, with what the slot took: the slot begins at token
    /// `i`, and its ends come in order of preference.
    pub(super) fn try_ends<R>(
        &self,
        slot: Slot,
        i: usize,
        found: Found,
        mut then: impl FnMut(usize, Found) -> Option<R>,
    ) -> Option<R> {
        match slot {
            Slot::End => (i == self.end).then(|| then(i, found))?,
            Slot::Words => (i..=self.end.min(i + MOST_WORDS)).find_map(|end| then(end, found)),
            Slot::Number => {
                (i < self.end && self.tokens.shape(i) == Shape::Number).then(|| then(i + 1, found))?
            }
            Slot::Date => {
                let date = self.names.date_at(self.tokens, i, self.end).filter(|_| i < self.end)?;
                then(date.end, Found { date: found.date.or(Some(date)), ..found })
            }
            Slot::Name => self.run(i, 5, false).find_map(|end| then(end, found)),
            Slot::Caps => self.run(i, 4, true).find_map(|end| then(end, found)),
            Slot::Outlet => self
                .run(i, 6, false)
                .find_map(|end| then(end, Found { outlet: found.outlet.or(Some((i, end))), ..found })),
            Slot::Agency => self.agency(i, found).and_then(|(end, found)| then(end, found)),
            Slot::Release => self.release(i, found).and_then(|(end, found)| then(end, found)),
        }
    }

    /// Ends of a run of words with capitals, longest first.
    fn run(&self, i: usize, most: usize, all_capitals: bool) -> impl Iterator<Item = usize> {
        let word = |k: usize| match self.tokens.shape(k) {
            Shape::AllCaps => true,
            Shape::Capitalised => !all_capitals,
            Shape::Lower => k > i && self.tokens.gap(k) == Gap::Hyphen,
            _ => false,
        };
        let hyphened = |k: usize| self.tokens.gap(k) == Gap::Hyphen;
        let joined = |k: usize| k == i || hyphened(k) || self.tokens.gap(k) == Gap::Space;
        let mut words = 0;
        let parts = (i..self.end.min(i + 2 * most)).take_while(|k| {
            words += usize::from(!hyphened(*k));
            word(*k) && joined(*k) && words <= most
        });
        (i + 1..=i + parts.count()).rev()
    }

    fn agency(&self, i: usize, found: Found) -> Option<(usize, Found)> {
        let named = |name: &&Vec<Box<str>>| {
            i + name.len() <= self.end && (i..).zip(*name).all(|(k, word)| self.tokens.fold(k) == &**word)
        };
        let end = i + self.agencies.get(self.tokens.word(i))?.iter().find(named)?.len();
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
