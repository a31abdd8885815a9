//! The words of the table that slots look up: units, parts of the day, thirds of a month, seasons.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::PartOfDay;
use super::slots::{Openings, Slot};
use crate::text::{CalendarNames, Gap, Tokens, WordMap, WordSet, number_words};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
}

/// The word tables as they stand in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordTable {
    /// Singular, then plurals.
    units: BTreeMap<Unit, Vec<String>>,
    parts: BTreeMap<PartOfDay, Vec<String>>,
    thirds: Thirds,
    seasons: BTreeMap<String, SeasonRow>,
    clock: Clock,
    /// Words before which a short name of a month or weekday is one.
    leading: WordSet,
    /// Nouns that make four digits before them a number.
    counted: WordSet,
    /// Seasons whose name means something else as well.
    doubtful_seasons: WordSet,
    one: WordSet,
    pair: WordSet,
    /// A period that still runs begins with what follows.
    open: WordSet,
    /// What follows is a latest day.
    deadline: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thirds {
    early: Vec<String>,
    middle: Vec<String>,
    late: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonRow {
    words: Vec<String>,
    from: i8,
    to: i8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    before_noon: WordSet,
    after_noon: WordSet,
    oclock: WordSet,
}

/// Phrases by their first word, longest first.
type Phrases<T> = WordMap<Vec<(Vec<String>, T)>>;

/// Everything the slots look up.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) names: CalendarNames,
    units: WordMap<(Unit, bool)>,
    parts: Phrases<PartOfDay>,
    thirds: Phrases<usize>,
    seasons: WordMap<(i8, i8)>,
    table: WordTable,
}

impl Words {
    pub(super) fn new(names: CalendarNames, table: WordTable) -> Words {
        let mut units = WordMap::default();
        for (unit, spellings) in &table.units {
            units.extend(spellings.iter().enumerate().map(|(n, s)| (s.clone(), (*unit, n > 0))));
        }
        let mut seasons = WordMap::default();
        for row in table.seasons.values() {
            seasons.extend(row.words.iter().map(|w| (w.clone(), (row.from, row.to))));
        }
        let parts = phrases(table.parts.iter().map(|(part, list)| (list, *part)));
        let thirds = &table.thirds;
        let thirds = phrases([(&thirds.early, 0), (&thirds.middle, 1), (&thirds.late, 2)].into_iter());
        Words { names, units, parts, thirds, seasons, table }
    }

    pub(super) fn part(&self, tokens: &Tokens<'_>, i: usize, end: usize) -> Option<(PartOfDay, usize)> {
        longest(&self.parts, tokens, i, end)
    }

    pub(super) fn third(&self, tokens: &Tokens<'_>, i: usize, end: usize) -> Option<(usize, usize)> {
        longest(&self.thirds, tokens, i, end)
    }

    /// Of the slots that token `i` may open, those of several words of which it opens none.
    pub(super) fn phrases_missing(
        &self,
        opens: Openings,
        tokens: &Tokens<'_>,
        i: usize,
        end: usize,
    ) -> Openings {
        let missing = |slots: Openings, is_there: &dyn Fn() -> bool| {
            if opens.meets(slots) && !is_there() { slots } else { Openings::default() }
        };
        missing(Openings::PART, &|| self.part(tokens, i, end).is_some())
            .with(missing(Openings::THIRD, &|| self.third(tokens, i, end).is_some()))
    }

    /// First and last month of a season.
    pub(super) fn season(&self, word: &str) -> Option<(i8, i8)> {
        self.seasons.get(word).copied()
    }

    /// A unit, and whether it is a plural.
    pub(super) fn unit(&self, word: &str) -> Option<(Unit, bool)> {
        self.units.get(word).copied()
    }

    pub(super) fn is_leading(&self, word: &str) -> bool {
        self.table.leading.contains(word)
    }

    pub(super) fn is_counted(&self, word: &str) -> bool {
        self.table.counted.contains(word)
    }

    pub(super) fn is_doubtful_season(&self, word: &str) -> bool {
        self.table.doubtful_seasons.contains(word)
    }

    /// Every word that a slot could begin with, figures aside, with those slots.
    pub(super) fn openers(&self) -> impl Iterator<Item = (String, Openings)> {
        use Slot as S;
        const NAME: Openings = Openings::of(&[
            S::Weekday,
            S::Weekdays,
            S::Month,
            S::LoneMonth,
            S::Date,
            S::Day,
            S::LastDay,
            S::Ordinal,
        ]);
        const UNIT: Openings = Openings::of(&[S::Unit, S::Unit1]);
        const SEASON: Openings = Openings::of(&[S::Season, S::SureSeason]);
        let weekdays = self.names.words().filter(|w| self.names.is_weekday(w)).map(|w| format!("{w}s"));
        let counts = self.table.one.iter().chain(self.table.pair.iter());
        let listed = (self.names.words().map(|w| (w, NAME)))
            .chain(self.units.words().map(|w| (w, UNIT)))
            .chain(self.seasons.words().map(|w| (w, SEASON)))
            .chain(self.parts.words().map(|w| (w, Openings::PART)))
            .chain(self.thirds.words().map(|w| (w, Openings::THIRD)))
            .chain(counts.map(|w| (w, Openings::of(&[S::Number]))));
        let numbers = number_words().map(|w| (w, Openings::SPELLED));
        listed
            .chain(numbers)
            .map(|(w, slots)| (w.to_owned(), slots))
            .chain(weekdays.map(|w| (w, Openings::of(&[S::Weekdays]))))
    }

    pub(super) fn is_one(&self, word: &str) -> bool {
        self.table.one.contains(word)
    }

    pub(super) fn is_pair(&self, word: &str) -> bool {
        self.table.pair.contains(word)
    }

    pub(super) fn is_open(&self, word: &str) -> bool {
        self.table.open.contains(word)
    }

    pub(super) fn is_deadline(&self, word: &str) -> bool {
        self.table.deadline.contains(word)
    }

    /// An hour of the day at token `i`: `8pm`, `2.08 am`, `5:42 p.m.`, `14:36`, `5 o'clock`.
    pub(super) fn clock(&self, tokens: &Tokens<'_>, i: usize, end: usize) -> Option<(u32, usize)> {
        let word = tokens.fold(i);
        let digits = word.split(|c: char| !c.is_ascii_digit()).next().filter(|d| !d.is_empty())?;
        let hour: u32 = digits.parse().ok().filter(|h| *h < 24 && digits.len() <= 2)?;
        let (mut suffix, mut next) = (&word[digits.len()..], i + 1);
        let minutes = tokens.fold(next) == ":" && tokens.gap(next) == Gap::None;
        if minutes {
            let tail = tokens.fold(next + 1);
            let after = tail.trim_start_matches(|c: char| c.is_ascii_digit());
            if tail.len() - after.len() != 2 || !suffix.is_empty() {
                return None;
            }
            (suffix, next) = (after, next + 2);
        } else if let Some(tail) = suffix.strip_prefix('.') {
            suffix = tail.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        if suffix.is_empty() && next < end {
            let word = tokens.fold(next);
            if let Some(hour) = self.half_of_day(word, hour) {
                return Some((hour, next + 1));
            }
            return (minutes && (digits.len() == 2 || hour < 10)).then_some((hour, next));
        }
        let found = self.half_of_day(suffix, hour).map(|h| (h, next));
        found.or_else(|| (minutes && suffix.is_empty()).then_some((hour, next)))
    }

    fn half_of_day(&self, word: &str, hour: u32) -> Option<u32> {
        let clock = &self.table.clock;
        if clock.before_noon.contains(word) {
            (hour <= 12).then_some(hour % 12)
        } else if clock.after_noon.contains(word) {
            (hour <= 12).then_some(hour % 12 + 12)
        } else {
            clock.oclock.contains(word).then_some(hour)
        }
    }
}

fn phrases<'a, T: Copy + 'a>(rows: impl Iterator<Item = (&'a Vec<String>, T)>) -> Phrases<T> {
    let mut out: Phrases<T> = WordMap::default();
    for (list, value) in rows {
        for phrase in list {
            let tokens = Tokens::of(phrase);
            let words: Vec<String> = (0..tokens.len()).map(|i| tokens.fold(i).to_owned()).collect();
            if let Some(first) = words.first() {
                out.or_insert_with(first, Vec::new).push((words, value));
            }
        }
    }
    for list in out.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    out
}

fn longest<T: Copy>(table: &Phrases<T>, tokens: &Tokens<'_>, i: usize, end: usize) -> Option<(T, usize)> {
    let fits = |words: &[String]| {
        i + words.len() <= end
            && words
                .iter()
                .enumerate()
                .skip(1)
                .all(|(n, w)| tokens.fold(i + n) == w && tokens.gap(i + n) < Gap::Paragraph)
    };
    let (words, value) = table.get(tokens.word(i))?.iter().find(|(words, _)| fits(words))?;
    Some((*value, i + words.len()))
}
