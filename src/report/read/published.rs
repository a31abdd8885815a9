//! The day of a date cell, in the forms that feeds and spreadsheets write.

use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;

/// What a date cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Day(Date),
    /// Day and month could be read the other way round; the day was taken to stand first.
    DayFirst(Date),
    Unclear,
}

impl Reading {
    pub(super) fn date(self) -> Option<Date> {
        match self {
            Reading::Day(date) | Reading::DayFirst(date) => Some(date),
            Reading::Unclear => None,
        }
    }

    pub(super) fn problem(&self) -> Option<String> {
        match self {
            Reading::Day(_) => None,
            Reading::DayFirst(date) => Some(format!("is read as {date}, the day first; write {date}")),
            Reading::Unclear => Some("is not understood; write it as 2021-07-07".to_owned()),
        }
    }
}

/// Forms with one meaning; what follows them (a time, a zone) does not move the day as it was printed.
const FORMS: [&str; 10] = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%b %d %Y", "%B %d %Y",
    "%Y %b %d", "%Y%m%d",
];

/// Years that a report may be of; `7/7/21` and "July 2021" would else be read as days of the year 21.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

/// Reads a cell such as `2021-07-07T09:30:00Z`, `Wed, 07 Jul 2021 09:30:00 +0430` or `July 7, 2021`.
pub(super) fn read(cell: &str) -> Reading {
    let plain: String = cell.chars().map(|c| if c == ',' { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let weekday = words.first().is_some_and(|w| is_weekday(w));
    let words = if weekday { &words[1..] } else { &words[..] };
    let plain = words.join(" ");
    if let Some(date) = FORMS.iter().find_map(|form| day(form, &plain)) {
        return Reading::Day(date);
    }
    for separator in ['/', '.', '-'] {
        let form = |a, b| format!("%{a}{separator}%{b}{separator}%Y");
        match (day(&form('d', 'm'), &plain), day(&form('m', 'd'), &plain)) {
            (Some(first), Some(second)) if first != second => return Reading::DayFirst(first),
            (Some(date), _) | (None, Some(date)) => return Reading::Day(date),
            (None, None) => {}
        }
    }
    Reading::Unclear
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    ["%a", "%A"].iter().any(|form| BrokenDownTime::parse(form, word).is_ok())
}

fn day(form: &str, text: &str) -> Option<Date> {
    let (parsed, used) = BrokenDownTime::parse_prefix(form, text).ok()?;
    let rest = &text[used..];
    // `202107071200` goes on with a time; `2021-07-071` is no date.
    let glued = rest.starts_with(|c: char| c.is_ascii_digit()) && (form != "%Y%m%d" || rest.len() < 4);
    parsed.to_date().ok().filter(|date| !glued && YEARS.contains(&date.year()))
}
