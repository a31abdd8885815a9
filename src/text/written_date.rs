//! Dates as they stand on the page: a day, a month, perhaps a year; not yet counted from any day.

use jiff::civil::{Date, Weekday};

use super::solar_hijri::{days_in, solar_hijri};
use super::{CalendarKind, CalendarNames, Gap, MonthName, Shape, Tokens};

/// A date as it stands on the page.
///
/// ```
/// use naqsha::{data::DataFiles, text::{CalendarNames, Tokens}};
/// let files = DataFiles::bundled();
/// let names = CalendarNames::from_toml("dates", files.text("lexicon/en/dates.toml")?)?;
/// let found = names.date_at(&Tokens::of("7th Jul, 2021"), 0, 4).unwrap();
/// assert_eq!(found.date(), Some(jiff::civil::date(2021, 7, 7)));
/// # Ok::<(), naqsha::error::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDate {
    /// The token after it.
    pub end: usize,
    /// The weekday beside it.
    pub weekday: Option<Weekday>,
    /// The year, where it is written.
    pub year: Option<i16>,
    /// The month.
    pub month: MonthName,
    /// The day; None for a month alone.
    pub day: Option<i8>,
    /// Day and month could be read the other way round.
    pub ambiguous: bool,
}

impl WrittenDate {
    /// The day it means, where day and year are written.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.day_in(self.year?)
    }

    /// The day it means in a year of its calendar.
    #[must_use]
    pub fn day_in(&self, year: i16) -> Option<Date> {
        match self.month.calendar {
            CalendarKind::Gregorian => Date::new(year, self.month.number, self.day?).ok(),
            CalendarKind::SolarHijri => solar_hijri(year, self.month.number, self.day?),
        }
    }

    /// Day and month the other way round, where they could be.
    #[must_use]
    pub fn swapped(&self) -> Option<WrittenDate> {
        let number = self.day.filter(|_| self.ambiguous)?;
        let month = MonthName { number, ..self.month };
        Some(WrittenDate { month, day: Some(self.month.number), ..*self })
    }

    /// Another day of the same month.
    #[must_use]
    pub fn with_day(&self, day: i8) -> WrittenDate {
        WrittenDate { day: Some(day), weekday: None, ..*self }
    }

    /// The first and last day of its month in a year of its calendar.
    #[must_use]
    pub fn month_in(&self, year: i16) -> Option<(Date, Date)> {
        let last = match self.month.calendar {
            CalendarKind::Gregorian => Date::new(year, self.month.number, 1).ok()?.days_in_month(),
            CalendarKind::SolarHijri => days_in(year, self.month.number),
        };
        let day = |d| WrittenDate { day: Some(d), ..*self }.day_in(year);
        Some((day(1)?, day(last)?))
    }

    /// The years of its calendar that share days with a Gregorian year, latest first.
    #[must_use]
    pub fn years_about(&self, gregorian: i16) -> [i16; 3] {
        let year = match self.month.calendar {
            CalendarKind::Gregorian => gregorian,
            CalendarKind::SolarHijri => gregorian - 621,
        };
        [year + 1, year, year - 1]
    }
}

impl CalendarNames {
    /// The date with a day that begins at token `i`, the longest reading.
    #[must_use]
    pub fn date_at(&self, tokens: &Tokens<'_>, i: usize, end: usize) -> Option<WrittenDate> {
        let at = Cursor { names: self, tokens, end };
        let weekday = self.weekday(tokens, i);
        let from = if weekday.is_some() { at.past_marks(i + 1, &[".", ","]) } else { i };
        let found = if tokens.fold(from).starts_with(|c: char| c.is_ascii_digit()) {
            [at.iso(from), at.numeric(from), at.day_month(from), at.military(from)]
        } else {
            [at.day_month(from), at.month_day(from), None, None]
        };
        let best = found.into_iter().flatten().max_by_key(|d| d.end)?;
        Some(WrittenDate { weekday, ..best })
    }

    /// The month without a day that begins at token `i`, with its year where one follows.
    #[must_use]
    pub fn month_at(&self, tokens: &Tokens<'_>, i: usize, end: usize) -> Option<WrittenDate> {
        let at = Cursor { names: self, tokens, end };
        let month = self.month(tokens, i).filter(|_| i < end)?;
        let point = if self.is_cautious(tokens, i) { at.past_marks(i + 1, &["."]) } else { i + 1 };
        let found = WrittenDate { end: i + 1, weekday: None, year: None, month, day: None, ambiguous: false };
        Some(match at.year_after(point, month) {
            Some((year, end)) => WrittenDate { year: Some(year), end, ..found },
            None => found,
        })
    }
}

struct Cursor<'a, 't> {
    names: &'a CalendarNames,
    tokens: &'a Tokens<'t>,
    end: usize,
}

impl Cursor<'_, '_> {
    fn near(&self, i: usize) -> bool {
        i < self.end && self.tokens.gap(i) < Gap::Paragraph
    }

    fn past_marks(&self, mut i: usize, marks: &[&str]) -> usize {
        while self.near(i) && marks.contains(&self.tokens.fold(i)) && self.tokens.surface(i).len() == 1 {
            i += 1;
        }
        i
    }

    fn digits(&self, i: usize, lengths: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let word = self.tokens.fold(i);
        let plain = i < self.end && word.bytes().all(|b| b.is_ascii_digit()) && lengths.contains(&word.len());
        plain.then(|| word.parse().ok()).flatten()
    }

    fn gregorian(end: usize, year: i16, month: i16, day: i16, ambiguous: bool) -> Option<WrittenDate> {
        let number = i8::try_from(month).ok()?;
        let found = WrittenDate {
            end,
            weekday: None,
            year: Some(year),
            month: MonthName { number, calendar: CalendarKind::Gregorian },
            day: i8::try_from(day).ok(),
            ambiguous,
        };
        found.date().map(|_| found)
    }

    /// `2021-07-07`, with or without a time behind a `T`; `2021/07/07`.
    fn iso(&self, i: usize) -> Option<WrittenDate> {
        let year = self.digits(i, 4..=4).filter(|y| (1700..=2150).contains(y))?;
        let (month, last) = match (self.tokens.gap(i + 1), self.tokens.fold(i + 1)) {
            (Gap::Hyphen, _) if self.tokens.gap(i + 2) == Gap::Hyphen => (i + 1, i + 2),
            (Gap::None, "/") if self.tokens.fold(i + 3) == "/" => (i + 2, i + 4),
            _ => return None,
        };
        let month = self.digits(month, 1..=2)?;
        let word = self.tokens.fold(last);
        let day = word.split_once('t').map_or(word, |(day, _)| day);
        let day: i16 = day.parse().ok().filter(|_| last < self.end && day.len() <= 2)?;
        Cursor::gregorian(last + 1, year, month, day, false)
    }

    /// `12/03/2013`, `12.03.2013`, `12-03-2013`: the day first, unless it cannot be.
    fn numeric(&self, i: usize) -> Option<WrittenDate> {
        let (first, second, year, end) = self.three_numbers(i)?;
        let year = if year < 100 { year + 2000 } else { year };
        if !(1700..=2150).contains(&year) {
            return None;
        }
        let ambiguous = first <= 12 && second <= 12 && first != second;
        Cursor::gregorian(end, year, second, first, ambiguous)
            .or_else(|| Cursor::gregorian(end, year, first, second, false))
    }

    fn three_numbers(&self, i: usize) -> Option<(i16, i16, i16, usize)> {
        if let Some((a, b)) = self.tokens.fold(i).split_once('.') {
            let glued = self.tokens.fold(i + 1) == "." && self.tokens.gap(i + 1) == Gap::None;
            let year = self.digits(i + 2, 4..=4).filter(|_| glued && self.tokens.gap(i + 2) == Gap::None)?;
            return Some((a.parse().ok()?, b.parse().ok()?, year, i + 3));
        }
        let first = self.digits(i, 1..=2)?;
        if self.tokens.gap(i + 1) == Gap::Hyphen && self.tokens.gap(i + 2) == Gap::Hyphen {
            return Some((first, self.digits(i + 1, 1..=2)?, self.digits(i + 2, 4..=4)?, i + 3));
        }
        let mark = self.tokens.fold(i + 1);
        let pair = matches!(mark, "/" | ".") && self.tokens.fold(i + 3) == mark;
        let years = if mark == "/" { 2..=4 } else { 4..=4 };
        let year = self.digits(i + 4, years).filter(|_| pair && self.tokens.fold(i + 4).len() != 3)?;
        Some((first, self.digits(i + 2, 1..=2)?, year, i + 5))
    }

    /// `7 July 2021`, `7th of Jul, 2021`, `the first of May`, `16 Saratan 1400`.
    fn day_month(&self, i: usize) -> Option<WrittenDate> {
        let (day, mut at) = self.names.day(self.tokens, i).filter(|_| i < self.end)?;
        if self.near(at) && self.names.of.contains(self.tokens.word(at)) {
            at += 1;
        }
        let month = self.names.month(self.tokens, at).filter(|_| self.near(at))?;
        let short = self.names.is_cautious(self.tokens, at);
        self.with_year(at + 1, short, month, day)
    }

    /// `July 7, 2021`, `Aug. 14`, `July the seventh`.
    fn month_day(&self, i: usize) -> Option<WrittenDate> {
        let month = self.names.month(self.tokens, i).filter(|_| i < self.end)?;
        let mut at = self.past_marks(i + 1, &["."]);
        if self.names.the.contains(self.tokens.word(at)) {
            at += 1;
        }
        let (day, next) = self.names.day(self.tokens, at).filter(|_| self.near(at))?;
        let found = self.with_year(next, false, month, day)?;
        let counted = found.year.is_none() && (self.clock_follows(next) || self.noun_counted(i, at, next));
        (!counted).then_some(found)
    }

    /// "July 7:30" gives a time, not a day.
    fn clock_follows(&self, next: usize) -> bool {
        self.tokens.fold(next) == ":"
            && self.tokens.gap(next) == Gap::None
            && self.tokens.gap(next + 1) == Gap::None
            && self.tokens.shape(next + 1) == Shape::Number
    }

    /// "in July 14 policemen died": the number counts the noun.
    fn noun_counted(&self, month: usize, day: usize, next: usize) -> bool {
        let before = month.checked_sub(1).map_or("", |b| self.tokens.fold(b));
        self.names.counts_after.contains(before)
            && !self.names.is_ordinal(self.tokens, day)
            && self.near(next)
            && self.tokens.shape(next) == Shape::Lower
    }

    fn with_year(&self, at: usize, short: bool, month: MonthName, day: i8) -> Option<WrittenDate> {
        let after = if short { self.past_marks(at, &["."]) } else { at };
        let year = self.year_after(after, month);
        let found = WrittenDate {
            end: year.map_or(at, |(_, end)| end),
            weekday: None,
            year: year.map(|(y, _)| y),
            month,
            day: Some(day),
            ambiguous: false,
        };
        let real = match found.year {
            Some(year) => found.day_in(year),
            None => found.years_about(2024).into_iter().find_map(|y| found.day_in(y)),
        };
        real.map(|_| found)
    }

    /// A year at token `at`, behind a comma or "of".
    fn year_after(&self, at: usize, month: MonthName) -> Option<(i16, usize)> {
        let mut i = self.past_marks(at, &[","]);
        if i == at && self.near(i) && self.names.of.contains(self.tokens.word(i)) {
            i += 1;
        }
        let years = match month.calendar {
            CalendarKind::Gregorian => 1700..=2150,
            CalendarKind::SolarHijri => 1200..=1450,
        };
        let year = self.digits(i, 4..=4).filter(|y| self.near(i) && years.contains(y))?;
        Some((year, i + 1))
    }

    /// A military date-time group: `071200ZJUL21`, `071200Z JUL 21`.
    fn military(&self, i: usize) -> Option<WrittenDate> {
        let word = self.tokens.fold(i);
        let time = word.get(..6).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        let zone = word.get(6..7).filter(|z| z.bytes().all(|b| b.is_ascii_lowercase()))?;
        let rest = word.get(6 + zone.len()..)?;
        let pair = |at: usize| time.get(at..at + 2)?.parse::<i16>().ok();
        let (day, hour, minute) = (pair(0)?, pair(2)?, pair(4)?);
        let clock = hour < 24 && minute < 60;
        let (month, year, end) = if rest.is_empty() {
            let month = self.names.month(self.tokens, i + 1).filter(|_| self.near(i + 1))?;
            let Some(year) = self.digits(i + 2, 2..=4) else {
                let day = i8::try_from(day).ok().filter(|d| clock && (1..=31).contains(d));
                let open =
                    WrittenDate { end: i + 2, weekday: None, year: None, month, day, ambiguous: false };
                return day.map(|_| open);
            };
            (month, year, i + 3)
        } else {
            let letters = rest.trim_end_matches(|c: char| c.is_ascii_digit());
            (self.names.month_of(letters)?, rest.get(letters.len()..)?.parse().ok()?, i + 1)
        };
        let year = if year < 100 { year + 2000 } else { year };
        Cursor::gregorian(end, year, i16::from(month.number), day, false).filter(|_| clock)
    }
}
