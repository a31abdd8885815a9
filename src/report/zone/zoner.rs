//! The zoner: cuts a report into zones and finds the day it was printed.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lines::lines;
use super::rules::Rules;
use super::stories::{Line, Sorter};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::report::{Report, Undated, Zone, ZoneKind};
use crate::text::{Tokens, WordSet, WrittenDate};

/// Cuts reports into zones.
///
/// ```
/// use naqsha::{data::DataFiles, report::{Report, ZoneKind, Zoner}, text::Tokens};
/// let zoner = Zoner::from_data(&DataFiles::bundled())?;
/// let report = Report { text: "HERAT, Aug 6 (AFP) - Shops stayed shut on Friday.".into(), ..Report::default() };
/// let zoned = zoner.zones(&report, &Tokens::of(&report.text));
/// assert_eq!(zoned.zones[0].kind, ZoneKind::Dateline);
/// assert_eq!(zoned.zones[1].span.of(&report.text), "Shops stayed shut on Friday.");
/// assert_eq!(zoned.source.as_deref(), Some("AFP"));
/// # Ok::<(), naqsha::error::Error>(())
/// ```
#[derive(Debug)]
pub struct Zoner {
    rules: Rules,
    abbreviations: WordSet,
}

/// A report cut into zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zoned {
    /// Its parts, in order, none overlapping another.
    pub zones: Vec<Zone>,
    /// The day it was printed: its column, else its header, dateline or closing line; None where none says.
    pub published: Option<Date>,
    /// The outlet that the text itself names.
    pub source: Option<String>,
    /// What a user should know: above all that it bears no date.
    pub notices: Vec<Notice>,
}

const ABBREVIATIONS: &str = "lexicon/en/abbreviations.txt";
/// A story may be printed again within so many days: its own date still counts.
const REPRINT_DAYS: i32 = 7;
/// News is at most so many days old.
const FRESH_DAYS: i32 = 31;

impl Zoner {
    /// Loads `lexicon/en/zones.toml` and `lexicon/en/abbreviations.txt`.
    ///
    /// # Errors
    /// `Error::Data` names the rule that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Zoner, Error> {
        let listed = data.text(ABBREVIATIONS)?.lines();
        let abbreviations = listed.filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
        Ok(Zoner { rules: Rules::from_data(data)?, abbreviations })
    }

    /// Whether a point after this folded word belongs to it: "gen", "lt".
    #[must_use]
    pub fn is_abbreviation(&self, folded: &str) -> bool {
        self.abbreviations.contains(folded)
    }

    /// What a user should know of a report that is not read: as [`Zoned::notices`].
    #[must_use]
    pub fn notices(&self, report: &Report, tokens: &Tokens<'_>) -> Vec<Notice> {
        // A report whose column says when it was printed is not undated.
        if report.published.is_some() { Vec::new() } else { self.zones(report, tokens).notices }
    }

    /// The zones of a report. `tokens` are those of its text; all spans count the bytes of its text.
    #[must_use]
    pub fn zones(&self, report: &Report, tokens: &Tokens<'_>) -> Zoned {
        let answers = self.rules.answers(tokens);
        let sorter = Sorter::new(&self.rules, &answers, lines(tokens), report.published);
        let sorted = sorter.sort();
        let days = story_days(&sorted, report.published);
        let published = report.published.or_else(|| days.iter().flatten().next().copied());
        let heads = |l: &Line, undated| l.cuts.iter().any(|c| c.undated == undated);
        let heads_release = |l: &&Line| heads(l, Undated::Release);
        let releases: BTreeSet<usize> = sorted.iter().filter(heads_release).map(|l| l.story).collect();
        let mut zones: Vec<Zone> = Vec::new();
        for line in &sorted {
            let zone = |kind, range: &Range<usize>, anchor| {
                let span = (!range.is_empty()).then(|| tokens.span(range.start, range.end))?;
                let undated = match (line.kind, line.date) {
                    (ZoneKind::Body, Some(_)) => Undated::Entry,
                    (ZoneKind::Body, None) if heads(line, Undated::Entry) => Undated::Entry,
                    _ if releases.contains(&line.story) => Undated::Release,
                    _ => Undated::Unknown,
                };
                Some(Zone { kind, span, anchor, story: line.story, undated })
            };
            let day = days.get(line.story).copied().flatten().or(published);
            let own = line.date.and_then(|d| day_of(d, day.or(published)));
            for cut in &line.cuts {
                push(&mut zones, zone(cut.kind, &cut.tokens, day));
            }
            push(&mut zones, zone(line.kind, &line.rest, own.or(day)));
            if let Some(cut) = &line.signature {
                let kind = if cut.whole { cut.kind } else { ZoneKind::Byline };
                push(&mut zones, zone(kind, &cut.tokens, day));
            }
        }
        let outlet = |range: (usize, usize)| tokens.span(range.0, range.1).of(tokens.text()).to_owned();
        let source = source(&sorted).map(outlet);
        let mut notices = Vec::new();
        if published.is_none() && !tokens.is_empty() {
            notices.push(Notice::remark(report.id.clone(), NO_DATE));
        }
        Zoned { zones, published, source, notices }
    }
}

const NO_DATE: &str = "bears no date, so that its \"yesterday\" and \"on Friday\" stay unresolved; \
                       give a column `date` or a first line `date YYYY-MM-DD`";

/// Adds a zone, joined to the one before where both are of one sort.
fn push(zones: &mut Vec<Zone>, zone: Option<Zone>) {
    let Some(zone) = zone else { return };
    match zones.last_mut() {
        Some(last) if last.kind == zone.kind && last.anchor == zone.anchor && last.story == zone.story => {
            last.span = last.span.join(zone.span);
        }
        _ => zones.push(zone),
    }
}

/// The day of each story: its own, else that of the whole file.
fn story_days(lines: &[Line], column: Option<Date>) -> Vec<Option<Date>> {
    let stories = lines.last().map_or(0, |l| l.story + 1);
    let mut days: Vec<Option<Date>> = vec![None; stories];
    for own in lines.chunk_by(|a, b| a.story == b.story) {
        let release = own.iter().flat_map(|l| &l.cuts).find_map(|c| c.found.release);
        let dated = own.iter().flat_map(|l| l.cuts.iter().map(|c| (c.found.date, !l.rest.is_empty())));
        days[own[0].story] = dated
            .filter_map(|(date, leads)| Some((date?, leads)))
            .filter_map(|(date, leads)| {
                Some((day_of(date, column).or_else(|| day_in_release(date, release?))?, leads))
            })
            .find(|(day, leads)| stories > 1 || is_near(*day, column) || *leads && column > Some(*day))
            .map(|(day, _)| day)
            .or_else(|| posted(own));
    }
    let mut told: Vec<Date> = days.iter().flatten().copied().collect();
    told.dedup();
    let common = column.or(told.first().copied().filter(|_| told.len() == 1));
    for day in &mut days {
        *day = day.or(common);
    }
    days
}

/// A post that stands alone is as old as its signature says.
fn posted(story: &[Line]) -> Option<Date> {
    let mut told = story.iter().filter(|l| !l.rest.is_empty());
    told.clone().all(|l| l.kind == ZoneKind::Post).then(|| told.find_map(|l| l.date?.date())).flatten()
}

fn is_near(day: Date, column: Option<Date>) -> bool {
    column.is_none_or(|c| (c - day).get_days().abs() <= REPRINT_DAYS)
}

/// The day a written date means; one without a year is the latest that is not after `near`. Of the two readings of
/// 03/04/2015 the one that is fresh news.
fn day_of(date: WrittenDate, near: Option<Date>) -> Option<Date> {
    if let Some(day) = date.date() {
        let fresh = |d: &Date| near.is_some_and(|n| (0..=FRESH_DAYS).contains(&(n - *d).get_days()));
        let other = date.swapped().and_then(|w| w.date()).filter(|other| fresh(other) && !fresh(&day));
        return Some(other.unwrap_or(day));
    }
    let limit = near?.saturating_add(2.days());
    date.years_about(limit.year()).into_iter().filter_map(|y| date.day_in(y)).find(|d| *d <= limit)
}

/// A release number tells the year of a date that has none.
fn day_in_release(date: WrittenDate, (year, month): (i16, i8)) -> Option<Date> {
    let late = month == 1 && date.month.number == 12;
    date.day_in(if late { year - 1 } else { year })
}

/// The outlet named in a header or dateline, else below the story.
fn source(lines: &[Line]) -> Option<(usize, usize)> {
    let above = lines.iter().flat_map(|l| l.cuts.iter()).find_map(|c| c.found.outlet);
    let below = || {
        let signed = lines.iter().filter(|l| l.kind == ZoneKind::Furniture);
        signed.filter_map(|l| l.signature.as_ref()).find_map(|c| c.found.outlet)
    };
    above.or_else(below)
}
