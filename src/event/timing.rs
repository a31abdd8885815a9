//! Timing: which of a sentence's time expressions dates an act.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::marks::{HISTORY_DAYS, Marks, WEEK, is_said_at};
use crate::date::{DateMention, DatePrecision, EventDate, Meaning};
use crate::report::Undated;
use crate::text::Span;

/// When an act happened, as far as its sentence tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// A date binds to it.
    Told(EventDate),
    /// Nothing is said: the day of publication and the day before.
    Assumed(EventDate),
    /// Nothing is said and the report has no date.
    Unknown,
    /// Long past, or still to come: no event.
    NotNow,
}

impl Timing {
    /// The date that a record bears.
    pub(super) fn date(self) -> Option<EventDate> {
        match self {
            Timing::Told(date) | Timing::Assumed(date) => Some(date),
            Timing::Unknown | Timing::NotNow => None,
        }
    }
}

/// What binding looks at.
pub(super) struct Clock<'a> {
    /// Time expressions of the sentence.
    pub(super) mentions: &'a [DateMention],
    /// The day the story was printed, or that its post or caption bears.
    pub(super) anchor: Option<Date>,
    /// The day of the story's news, where it was printed the day after.
    pub(super) news: Option<Date>,
    /// When acts happened that are told without a date.
    pub(super) undated: Undated,
    /// The date of the story's event before this one.
    pub(super) previous: Option<EventDate>,
    /// The day named or told last before.
    pub(super) latest: Option<EventDate>,
    /// The day of what the paragraph told last, where it is too long ago for news.
    pub(super) narrated: Option<EventDate>,
    /// The day that the story's beginning gives without an act of its own.
    pub(super) frame: Option<EventDate>,
    /// The days that the story's title names.
    pub(super) period: Option<EventDate>,
    /// The reporting verb, whose own date is that of the statement.
    pub(super) statement: Option<usize>,
    pub(super) marks: Marks<'a>,
}

/// What happened some day within longer than this ("last year", "over the past 18 months") is background, not news.
const YEARLY: i32 = 300;

impl Clock<'_> {
    /// The date of the act at token `trigger`, whose clause is `clause`, and the words that were gone by.
    pub(super) fn bind(&self, trigger: usize, clause: &Range<usize>) -> (Timing, Option<Span>) {
        let own = |m: &&DateMention| {
            !self.dates_statement(trigger, m) && !self.is_measure(m) && !self.is_aside(trigger, m)
        };
        let inside = |m: &&DateMention| clause.contains(&m.tokens.start);
        let distance = |m: &&DateMention| self.distance(trigger, m);
        let dating = || self.mentions.iter().filter(|m| !matches!(m.meaning, Meaning::TimeOfDay(_)));
        let past = |m: &&DateMention| {
            matches!(m.meaning, Meaning::History) && !self.marks.qualifies_noun(trigger, &m.tokens)
        };
        if let Some(long_ago) = dating().filter(inside).find(past) {
            return (Timing::NotNow, Some(long_ago.span));
        }
        let when = |m: &&DateMention| {
            self.marks.past_comma(m.tokens.end) == clause.start && matches!(m.meaning, Meaning::History)
        };
        if let Some(long_ago) = dating().find(when) {
            return (Timing::NotNow, Some(long_ago.span)); // "1992, when Khost had fallen"
        }
        if let Some((timing, link)) = self.counted_from(trigger) {
            return (timing, Some(link));
        }
        if let Some(days) = self.marks.days_before(clause.start) {
            let timing = if days > WEEK { Timing::NotNow } else { self.some_days_before(days) };
            return (timing, None);
        }
        let apart = |m: &&DateMention| {
            m.tokens.start > trigger || self.is_fresh(m) || !self.marks.goes_on(trigger, m.tokens.end)
        };
        let same_time = |m: &&DateMention| !(trigger..m.tokens.start).any(|i| self.marks.restricts(i));
        let near = dating().filter(own).filter(inside).filter(apart).filter(same_time).min_by_key(distance);
        let near = near.map(|m| dating().filter(inside).find(|other| self.is_length(m, other)).unwrap_or(m));
        let chosen = near.or_else(|| {
            let shared = |m: &&DateMention| {
                let past = matches!(m.meaning, Meaning::History)
                    || self.marks.parts(trigger, m.tokens.start) && self.is_past(m);
                !past && !self.is_another_time(trigger, m.tokens.start)
            };
            let other = dating().filter(own).filter(shared).filter(apart).min_by_key(distance);
            other.map(|m| dating().find(|other| self.is_length(m, other)).unwrap_or(m))
        });
        if chosen.is_none() {
            let opens = |m: &&DateMention| m.tokens.start <= self.marks.start + 1 && self.is_history(m);
            if let Some(long_ago) = dating().find(opens) {
                return (Timing::NotNow, Some(long_ago.span));
            }
        }
        let timing = match chosen.map(|m| &m.meaning) {
            Some(Meaning::On(date)) => self.told(chosen.map_or(*date, |m| self.as_stated(trigger, m, *date))),
            Some(Meaning::Future(_)) => Timing::NotNow,
            Some(Meaning::SameDay) => self.offset(trigger, 0),
            Some(Meaning::Offset(days)) => self.offset(trigger, *days),
            Some(_) => self.assumed(trigger),
            None => self.not_before(trigger).unwrap_or_else(|| self.assumed(trigger)),
        };
        let timing = self.lasting(trigger, timing);
        (timing, chosen.map(|m| m.span))
    }

    /// "Two weeks of fighting", "fighting of two weeks": an act that lasted so long ends on the day it is told for.
    fn lasting(&self, trigger: usize, end: Timing) -> Timing {
        let (Some(days), Some(date)) = (self.marks.duration(trigger), end.date()) else { return end };
        Timing::Told(EventDate::lasting(date.to, days))
    }

    /// "X, which fell on Thursday, was retaken": what a relative clause between commas is dated by.
    fn is_aside(&self, trigger: usize, mention: &DateMention) -> bool {
        let (marks, at) = (&self.marks, mention.tokens.start);
        let opening = (marks.start..at).rev().find(|i| marks.is_comma(*i));
        let relative = opening.is_some_and(|i| marks.is_relative(i + 1) && !marks.is_joint(i + 1));
        relative && at < trigger && (at..trigger).any(|i| marks.is_comma(i))
    }

    /// "Captured X after a truce on Thursday": the date lies beyond a word that tells another time.
    fn is_another_time(&self, trigger: usize, at: usize) -> bool {
        let (from, to) = (at.min(trigger), at.max(trigger));
        let closed = |i: usize| {
            let aside = i > from && self.marks.is_comma(i - 1) && self.marks.is_relative(i);
            aside && (i + 1..to).any(|c| self.marks.is_comma(c))
        };
        let part = || self.mentions.iter().any(|m| m.tokens.start == at && m.part.is_some());
        let leads = |i: usize| i + 1 == at && (self.marks.opens_period(i) || part());
        let turns = |i: usize| self.marks.turns(i) && !closed(i) && !leads(i);
        at > trigger && (from..to).any(turns)
    }

    /// "Fell after twenty hours of fighting today": the act came no earlier than what it came after.
    fn not_before(&self, trigger: usize) -> Option<Timing> {
        let anchor = self.anchor?;
        let last = self.stated_on(trigger).or(self.news).unwrap_or(anchor);
        let follows = |m: &&DateMention| {
            let at = m.tokens.start;
            let mut turns = (trigger..at).filter(|i| self.marks.turns(*i));
            at > trigger && turns.next().is_some_and(|i| self.marks.is_after(i)) && turns.next().is_none()
        };
        let first = self.mentions.iter().filter(follows).find_map(|m| match m.meaning {
            Meaning::On(date) if !self.dates_statement(trigger, m) => Some(date.from),
            _ => None,
        })?;
        let near = first <= last && (last - first).get_days() < WEEK;
        near.then(|| Timing::Told(EventDate::range(first, last)))
    }

    /// The day of printing or the one before.
    fn is_fresh(&self, mention: &DateMention) -> bool {
        let back = |date: EventDate| self.anchor.map(|a| (a - date.from).get_days());
        matches!(mention.meaning, Meaning::On(date) if back(date).is_some_and(|b| (0..=1).contains(&b)))
    }

    /// "Retook X on Friday, a day after Y was lost": the act without a day counts from the other.
    fn counted_from(&self, trigger: usize) -> Option<(Timing, Span)> {
        let marks = &self.marks;
        let days_of = |m: &DateMention| match m.meaning {
            Meaning::Offset(days) => Some(days),
            Meaning::SameDay => Some(0),
            _ => None,
        };
        let opens = |m: &&DateMention| {
            let end = m.tokens.end;
            end < marks.end && marks.turns(end - 1) && !marks.is_comma(end)
        };
        let link = self.mentions.iter().filter(opens).find(|m| days_of(m).is_some())?;
        let from = link.tokens.end;
        let to = if link.tokens.start == marks.start {
            (from..marks.end).find(|i| marks.is_comma(*i))?
        } else {
            marks.end
        };
        let (within, days) = ((from..to).contains(&trigger), days_of(link)?);
        let dated =
            self.mentions.iter().filter(|m| !self.dates_statement(trigger, m)).filter_map(|m| {
                match m.meaning {
                    Meaning::On(date) if date.precision == DatePrecision::Day => {
                        Some((m.tokens.start, date.from))
                    }
                    _ => None,
                }
            });
        let (own, other): (Vec<_>, Vec<_>) = dated.partition(|(at, _)| (from..to).contains(at) == within);
        let Some((_, day)) = other.first().filter(|_| own.is_empty()) else {
            let before = own.is_empty() && within && days > 0;
            return before.then(|| self.earlier(trigger, days)).flatten().map(|timing| (timing, link.span));
        };
        let days = i64::from(if within { -days } else { days }).days();
        Some((self.told(EventDate::day(day.saturating_add(days))), link.span))
    }

    /// "The attack came a day after X fell", told without a day: so many days before what is news.
    fn earlier(&self, trigger: usize, days: i32) -> Option<Timing> {
        let date = self.assumed(trigger).date()?;
        let shift = |day: Date, days: i32| day.saturating_sub(i64::from(days).days());
        // Newsrooms count the first day or do not.
        let last = shift(date.to, if days > 1 { days - 1 } else { days });
        Some(Timing::Told(EventDate::range(shift(date.from, days), last)))
    }

    /// "The deadliest attack since August": what it is measured by, not when it was.
    fn is_measure(&self, mention: &DateMention) -> bool {
        let (marks, start) = (&self.marks, mention.tokens.start);
        let since = (start.saturating_sub(1).max(marks.start)..=start).find(|i| marks.opens_period(*i));
        let is_most = |i: usize| marks.grammar.is(marks.words[i], marks.grammar.sets.superlative);
        since.is_some_and(|i| (marks.start..i).any(is_most))
    }

    /// "Said on Friday that ten were killed in the past 24 hours": counted from the day of the statement.
    fn as_stated(&self, trigger: usize, mention: &DateMention, date: EventDate) -> EventDate {
        let start = mention.tokens.start;
        let since = self.marks.opens_period(start) || start > 0 && self.marks.opens_period(start - 1);
        let lasts = date.from < date.to && Some(date.to) == self.anchor && !since;
        let back = self.anchor.zip(self.stated_on(trigger)).map_or(0, |(a, s)| (a - s).get_days());
        if !lasts || back <= 0 {
            return self.by_then(mention, date);
        }
        let shift = |day: Date| day.saturating_sub(i64::from(back).days());
        EventDate { from: shift(date.from), to: shift(date.to), ..date }
    }

    /// "Had cleared X by Wednesday": on that day or the one before.
    fn by_then(&self, mention: &DateMention, date: EventDate) -> EventDate {
        let start = mention.tokens.start;
        let is_by = |i: usize| self.marks.grammar.is(self.marks.words[i], self.marks.grammar.sets.by);
        let by = is_by(start) || start > self.marks.start && is_by(start - 1);
        if !by || date.precision != DatePrecision::Day {
            return date;
        }
        EventDate { from: date.from.saturating_sub(1.day()), to: date.to, precision: DatePrecision::Days }
    }

    /// "Days after the troops had left": what the clause tells lies so far back at most.
    fn some_days_before(&self, days: i32) -> Timing {
        let Some(anchor) = self.anchor else { return Timing::Unknown };
        let from = anchor.saturating_sub(i64::from(days).days());
        Timing::Told(EventDate { from, to: anchor, precision: DatePrecision::Longer })
    }

    fn told(&self, date: EventDate) -> Timing {
        let Some(anchor) = self.anchor else { return Timing::Told(date) };
        if let Some(news) = self.news.filter(|_| date.to == anchor && date.precision == DatePrecision::Days) {
            let (from, to) = (date.from.min(news.saturating_sub(1.day())), news);
            return Timing::Told(EventDate { from, to, ..date });
        }
        let age = (anchor - date.to).get_days();
        let length = (date.to - date.from).get_days();
        if age > HISTORY_DAYS || length > YEARLY || date.from > anchor.saturating_add(1.day()) {
            Timing::NotNow
        } else {
            Timing::Told(date)
        }
    }

    /// "Since last year": what goes on for so long is another act's.
    fn is_past(&self, mention: &DateMention) -> bool {
        matches!(mention.meaning, Meaning::On(date) if self.told(date) == Timing::NotNow)
    }

    fn is_history(&self, mention: &DateMention) -> bool {
        match (&mention.meaning, self.anchor) {
            (Meaning::History, _) => true,
            (Meaning::On(date), Some(anchor)) => (anchor - date.to).get_days() > HISTORY_DAYS,
            _ => false,
        }
    }

    fn offset(&self, trigger: usize, days: i32) -> Timing {
        match self.latest.or(self.previous).filter(|p| p.precision == DatePrecision::Day) {
            Some(p) => {
                let day = p.from.saturating_add(i64::from(days).days());
                if self.anchor.is_some_and(|a| day > a) {
                    self.assumed(trigger)
                } else {
                    Timing::Told(EventDate::day(day))
                }
            }
            None => match self.assumed(trigger) {
                Timing::Assumed(date) if days < -1 => {
                    let shift = |day: Date| day.saturating_add(i64::from(days).days());
                    let (from, to) = (shift(date.from), shift(date.to));
                    Timing::Told(EventDate { from, to, precision: DatePrecision::Days })
                }
                timing => timing,
            },
        }
    }

    /// "Said yesterday" bounds the act: it happened by then. An entry of a list tells of its own day, a release
    /// of its day and the one before.
    fn assumed(&self, trigger: usize) -> Timing {
        let statement = self.stated_on(trigger);
        let news = self.news.filter(|_| self.undated == Undated::Unknown);
        let Some(to) = statement.or(news).or(self.anchor) else { return Timing::Unknown };
        let from = to.saturating_sub(1.day());
        if let Some(day) = self.narrated.filter(|_| statement.is_none() && !self.marks.is_current(trigger)) {
            return self.told(EventDate::range(day.from, day.to.saturating_add(1.day())));
        }
        let carried = self.frame.filter(|day| Some(day.to) == self.anchor);
        if let Some(day) =
            carried.filter(|_| self.undated == Undated::Unknown && statement.or(news).is_none())
        {
            return Timing::Told(day);
        }
        if let Some(period) =
            self.period.filter(|_| self.undated == Undated::Unknown && statement.or(news).is_none())
        {
            return Timing::Told(period);
        }
        match self.undated {
            Undated::Entry if statement.is_none() => Timing::Told(EventDate::day(to)),
            Undated::Release if statement.is_none() => {
                Timing::Told(EventDate { from, to, precision: DatePrecision::Days })
            }
            _ => Timing::Assumed(EventDate { from, to, precision: DatePrecision::Assumed }),
        }
    }

    /// The day of the statement.
    fn stated_on(&self, trigger: usize) -> Option<Date> {
        let mut said = self.mentions.iter().filter(|m| self.dates_statement(trigger, m));
        said.find_map(|m| match m.meaning {
            Meaning::On(date) if date.precision == DatePrecision::Day => Some(date.to),
            _ => None,
        })
    }

    /// "Said on Tuesday", "according to the mayor on Friday": the day of the statement, not of the act at `trigger`.
    fn dates_statement(&self, trigger: usize, mention: &DateMention) -> bool {
        let at = mention.tokens.start;
        let spoken = self.statement.is_some_and(|verb| {
            let told = verb < trigger && trigger < at;
            at > verb && at - verb <= 4 && !told
                || mention.tokens.end <= verb && verb - mention.tokens.end < 1
        });
        spoken || is_said_at(self.marks.grammar, self.marks.words, self.marks.start, at)
    }
}
