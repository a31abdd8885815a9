//! Names of months, weekdays and days of the month in one language, read from a table.

use jiff::civil::Weekday;
use serde::Deserialize;

use super::{Gap, Shape, Tokens, WordMap, WordSet, number};
use crate::error::Error;

/// Which calendar a month belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarKind {
    /// January to December.
    Gregorian,
    /// Hamal to Hut, the official calendar of Afghanistan.
    SolarHijri,
}

/// A month, by its place in its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthName {
    /// From 1 to 12.
    pub number: i8,
    /// The calendar it belongs to.
    pub calendar: CalendarKind,
}

/// What a day of the month of two words may begin with: "twenty-first".
const TENS: [&str; 2] = ["twenty", "thirty"];

/// The names by which a language calls months, weekdays and days of the month.
#[derive(Debug, Clone)]
pub struct CalendarNames {
    months: WordMap<MonthName>,
    weekdays: WordMap<Weekday>,
    ordinals: WordMap<i8>,
    cautious: WordSet,
    capital: WordSet,
    pub(super) counts_after: WordSet,
    pub(super) of: WordSet,
    pub(super) the: WordSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    months: Vec<Vec<String>>,
    solar_months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    ordinals: Vec<String>,
    thirtieth: String,
    cautious: WordSet,
    capital: WordSet,
    counts_after: WordSet,
    of: WordSet,
    the: WordSet,
}

impl CalendarNames {
    /// Reads the table `names` of a TOML text; `file` names it in errors.
    ///
    /// # Errors
    /// `Error::Data` where the text is no TOML, has no such table, or the table is malformed.
    pub fn from_toml(file: &str, text: &str) -> Result<CalendarNames, Error> {
        let bad = |problem: String| Error::Data { file: file.to_owned(), line: None, problem };
        let mut whole: toml::Table = toml::from_str(text).map_err(|e| bad(e.to_string()))?;
        let names = whole.remove("names").ok_or_else(|| bad("has no table [names]".to_owned()))?;
        let table: Table = names.try_into().map_err(|e: toml::de::Error| bad(e.to_string()))?;
        if table.months.len() != 12 || table.solar_months.len() != 12 || table.weekdays.len() != 7 {
            return Err(bad("[names] needs 12 months, 12 solar_months and 7 weekdays".to_owned()));
        }
        Ok(CalendarNames::from_table(table))
    }

    fn from_table(table: Table) -> CalendarNames {
        let mut months = WordMap::default();
        for (list, calendar) in
            [(table.months, CalendarKind::Gregorian), (table.solar_months, CalendarKind::SolarHijri)]
        {
            for (number, spellings) in (1..).zip(list) {
                months.extend(spellings.into_iter().map(|s| (s, MonthName { number, calendar })));
            }
        }
        let mut weekdays = WordMap::default();
        let mut day = Weekday::Monday;
        for spellings in table.weekdays {
            weekdays.extend(spellings.into_iter().map(|s| (s, day)));
            day = day.next();
        }
        let mut ordinals: WordMap<i8> = table.ordinals.into_iter().zip(1..).collect();
        ordinals.extend([(table.thirtieth, 30)]);
        CalendarNames {
            months,
            weekdays,
            ordinals,
            cautious: table.cautious,
            capital: table.capital,
            counts_after: table.counts_after,
            of: table.of,
            the: table.the,
        }
    }

    /// The month that token `i` names.
    #[must_use]
    pub fn month(&self, tokens: &Tokens<'_>, i: usize) -> Option<MonthName> {
        let found = self.months.get(tokens.word(i)).copied()?;
        self.written_as_name(tokens, i).then_some(found)
    }

    /// Whether a folded word is the name of a weekday.
    #[must_use]
    pub fn is_weekday(&self, folded: &str) -> bool {
        self.weekdays.contains_key(folded)
    }

    /// Every name of a month, weekday or ordinal, folded; of a plural ("mondays") the singular.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.months.words().chain(self.weekdays.words()).chain(self.ordinals.words())
    }

    /// Every folded word that a date may begin with, figures aside.
    pub fn opening_words(&self) -> impl Iterator<Item = &str> {
        self.words().chain(TENS)
    }

    /// Whether a folded word joins day and month: "the first of May".
    #[must_use]
    pub fn is_of(&self, folded: &str) -> bool {
        self.of.contains(folded)
    }

    /// The month of a folded name.
    pub(super) fn month_of(&self, folded: &str) -> Option<MonthName> {
        self.months.get(folded).copied()
    }

    /// The weekday that token `i` names.
    #[must_use]
    pub fn weekday(&self, tokens: &Tokens<'_>, i: usize) -> Option<Weekday> {
        let found = self.weekdays.get(tokens.word(i)).copied()?;
        self.written_as_name(tokens, i).then_some(found)
    }

    /// The weekday whose plural token `i` is.
    #[must_use]
    pub fn weekdays(&self, tokens: &Tokens<'_>, i: usize) -> Option<Weekday> {
        let word = tokens.fold(i);
        self.weekdays.get(word).or_else(|| self.weekdays.get(word.strip_suffix('s')?)).copied()
    }

    /// Whether token `i` is a name only beside a number or after a preposition: `May`, `Sun`.
    #[must_use]
    pub fn is_cautious(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        self.cautious.contains(tokens.word(i))
    }

    fn written_as_name(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        let word = tokens.fold(i);
        let capital = matches!(tokens.shape(i), Shape::Capitalised | Shape::AllCaps);
        capital || !self.capital.contains(word)
    }

    /// A day of the month at token `i` and the token after it: `14`, `7th`, `first`, `twenty-first`.
    #[must_use]
    pub fn day(&self, tokens: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
        let word = tokens.fold(i);
        if tokens.shape(i) == Shape::Number {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let known = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
            let short = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
            let day: i8 = digits.parse().ok().filter(|_| known && short)?;
            return (1..=31).contains(&day).then_some((day, i + 1));
        }
        if let Some(day) = self.ordinals.get(word) {
            return Some((*day, i + 1));
        }
        let tens = number(word).filter(|n| matches!(n, 20 | 30))?;
        let ones = self.ordinals.get(tokens.word(i + 1)).filter(|n| **n < 10)?;
        let close = matches!(tokens.gap(i + 1), Gap::Hyphen | Gap::Space);
        let day = i8::try_from(tens).ok()? + ones;
        (close && day <= 31).then_some((day, i + 2))
    }

    /// Whether the day at token `i` is spelled as a place in a row: `7th`, `seventh`.
    #[must_use]
    pub fn is_ordinal(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        tokens.shape(i) != Shape::Number || tokens.fold(i).ends_with(|c: char| c.is_ascii_alphabetic())
    }
}
