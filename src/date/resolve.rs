//! From a matched rule to a meaning: expressions that count from the anchor or from another event.

use jiff::civil::Date;

use super::civil::{latest, monday, month_from, plus, spanning, third_of_month, third_of_year, until, vague};
use super::named;
use super::rule::{Days, Gives, Which};
use super::slots::Caught;
use super::words::Unit;
use super::{EventDate, Meaning};

/// What a match means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) meaning: Meaning,
    /// What it means in a clause about the future.
    pub(super) later: Option<EventDate>,
}

impl Reading {
    pub(super) fn plain(meaning: Meaning) -> Reading {
        Reading { meaning, later: None }
    }

    pub(super) fn on(days: EventDate) -> Reading {
        Reading::plain(Meaning::On(days))
    }

    /// Past or to come, as `day` lies before or after its beginning.
    pub(super) fn seen_from(day: Date, days: EventDate) -> Reading {
        let to_come = days.from > plus(day, 1);
        Reading::plain(if to_come { Meaning::Future(days) } else { Meaning::On(days) })
    }
}

/// What a match means; None where the rule passes over it or its slots make no date.
pub(super) fn reading(gives: Gives, c: &Caught, anchor: Option<Date>) -> Option<Reading> {
    let plain = |meaning| Some(Reading::plain(meaning));
    match gives {
        Gives::Nothing => None,
        Gives::History => plain(Meaning::History),
        Gives::SameDay => plain(Meaning::SameDay),
        Gives::Offset(days) => plain(Meaning::Offset(days)),
        Gives::OffsetBack => plain(offset(c, -1)?),
        Gives::OffsetForward => plain(offset(c, 1)?),
        Gives::Part => plain(Meaning::TimeOfDay(c.part?)),
        _ => {
            let absolute = named::absolute(gives, c, anchor);
            match (absolute, anchor) {
                (Some(found), _) => Some(found),
                (None, None) => plain(Meaning::Unresolved),
                (None, Some(day)) => relative(gives, c, day),
            }
        }
    }
}

fn offset(c: &Caught, sign: i32) -> Option<Meaning> {
    let number = c.number?;
    let days = match c.unit? {
        Unit::Minute => 0,
        Unit::Hour => number / 24,
        unit => number * days_of(unit),
    };
    Some(if days == 0 { Meaning::SameDay } else { Meaning::Offset(sign * days) })
}

fn days_of(unit: Unit) -> i32 {
    match unit {
        Unit::Minute | Unit::Hour => 0,
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 30,
        Unit::Year => 365,
        Unit::Decade => 3652,
    }
}

fn relative(gives: Gives, c: &Caught, day: Date) -> Option<Reading> {
    Some(match gives {
        Gives::Day(n) if n > 0 => Reading::plain(Meaning::Future(EventDate::day(plus(day, n)))),
        Gives::Day(n) => Reading::on(EventDate::day(plus(day, n))),
        Gives::Days(days) => counted_days(days, day),
        Gives::Ago => ago(c, day)?,
        Gives::Past => past(c, day)?,
        Gives::Coming => {
            let last = plus(day, c.number? * days_of(c.unit?).max(1));
            Reading::plain(Meaning::Future(spanning(plus(day, 1).min(last), last)))
        }
        Gives::Weekday(which) => weekday(which, c, day)?,
        Gives::WeekdayNight => {
            let end = latest(c.weekdays[0]?, day);
            Reading::on(spanning(plus(end, -1), end))
        }
        Gives::NthDay => {
            let last = c.weekdays[0].map_or(day, |name| latest(name, day));
            Reading::on(spanning(plus(last, 1 - i32::from(c.ordinal?)), last))
        }
        Gives::WeekdayRange => {
            let to = latest(c.weekdays[1]?, day);
            let from = latest(c.weekdays[0]?, plus(to, -1));
            Reading::on(spanning(from, to))
        }
        Gives::WeekdaysAgo => {
            let last = latest(c.weekdays[0]?, plus(day, -1));
            Reading::on(EventDate::day(plus(last, -7 * (c.number? - 1))))
        }
        Gives::Weekend(n) => weekend(n, day),
        Gives::Week(n) => week(n, c.third, day),
        Gives::Month(n) => {
            let from = month_from(day, n);
            let found = third_of_month(from, from.last_of_month(), c.third);
            ahead_or(until(found, day), day)
        }
        Gives::Rest(unit) => Reading::plain(Meaning::Future(rest(unit, day)?)),
        Gives::Year(n) => ahead_or(until(third_of_year(day.year() + n, c.third)?, day), day),
        _ => named::from_anchor(gives, c, day)?,
    })
}

fn ahead_or(found: EventDate, day: Date) -> Reading {
    Reading::plain(if found.from > day { Meaning::Future(found) } else { Meaning::On(found) })
}

fn counted_days(days: Days, day: Date) -> Reading {
    let (from, to) = (plus(day, days.from), plus(day, days.to));
    let found = if days.open { vague(from, to) } else { spanning(from, to) };
    ahead_or(found, day)
}

fn ago(c: &Caught, day: Date) -> Option<Reading> {
    let n = c.number?;
    let found = match c.unit? {
        Unit::Minute => EventDate::day(day),
        Unit::Hour if n < 12 => EventDate::day(day),
        Unit::Hour => spanning(plus(day, -(n + 23) / 24), day),
        Unit::Day => EventDate::day(plus(day, -n)),
        Unit::Week => spanning(plus(day, -7 * n - 3), plus(day, -7 * n + 3)),
        Unit::Month => {
            let from = month_from(day, -n);
            third_of_month(from, from.last_of_month(), None)
        }
        Unit::Year | Unit::Decade => return Some(Reading::plain(Meaning::History)),
    };
    Some(Reading::on(found))
}

fn past(c: &Caught, day: Date) -> Option<Reading> {
    let n = c.number?;
    let found = match c.unit? {
        Unit::Minute => EventDate::day(day),
        Unit::Hour => spanning(plus(day, -(n + 23) / 24), day),
        Unit::Year | Unit::Decade if n > 1 => return Some(Reading::plain(Meaning::History)),
        unit => spanning(plus(day, -n * days_of(unit)), day),
    };
    Some(Reading::on(found))
}

fn weekday(which: Which, c: &Caught, day: Date) -> Option<Reading> {
    let name = c.weekdays[0]?;
    let within = |week: i32| latest(name, plus(monday(day), 7 * week + 6));
    let next = latest(name, plus(day, 7));
    let found = match which {
        Which::Latest => {
            let later = Some(EventDate::day(next));
            return Some(Reading { later, ..Reading::on(EventDate::day(latest(name, day))) });
        }
        Which::Last => latest(name, plus(day, -1)),
        Which::Next => next,
        Which::This | Which::ThisWeek => within(0),
        Which::LastWeek => within(-1),
        Which::NextWeek => within(1),
        Which::LastYear | Which::NextYear => return None,
    };
    Some(ahead_or(EventDate::day(found), day))
}

fn weekend(n: i32, day: Date) -> Reading {
    let saturday = plus(latest(jiff::civil::Weekday::Saturday, day), 7 * n);
    ahead_or(until(spanning(saturday, plus(saturday, 1)), day), day)
}

fn week(n: i32, third: Option<usize>, day: Date) -> Reading {
    let from = plus(monday(day), 7 * n);
    let (first, last) = match third {
        Some(0) => (0, 2),
        Some(1) => (2, 3),
        Some(_) => (4, 6),
        None => (0, 6),
    };
    let mut found = spanning(plus(from, first), plus(from, last));
    found = until(found, day);
    ahead_or(found, day)
}

/// What is left of the week, month or year of `day`.
fn rest(unit: Unit, day: Date) -> Option<EventDate> {
    let last = match unit {
        Unit::Week => plus(monday(day), 6),
        Unit::Month => day.last_of_month(),
        Unit::Year => day.last_of_year(),
        _ => return None,
    };
    Some(spanning(plus(day, 1).min(last), last))
}
