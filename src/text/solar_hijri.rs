//! The solar Hijri calendar, which Afghanistan used, as Gregorian days.

use jiff::civil::{Date, date};

/// The Gregorian day of a solar Hijri one, by the 33-year rule that holds from 1178 to 1633.
///
/// ```
/// use naqsha::text::solar_hijri;
/// assert_eq!(solar_hijri(1400, 4, 16), Some(jiff::civil::date(2021, 7, 7)));
/// assert_eq!(solar_hijri(1400, 13, 1), None);
/// ```
#[must_use]
pub fn solar_hijri(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1178..=1633).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    if day < 1 || day > days_in(year, month) {
        return None;
    }
    let within = if month <= 7 { (month - 1) as i32 * 31 } else { 186 + (month - 7) as i32 * 30 };
    let days = new_year(year) - new_year(1400) + within + i32::from(day) - 1;
    date(2021, 3, 21).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The solar Hijri year, month and day of a Gregorian day, by the same rule; None outside its years.
///
/// ```
/// use naqsha::text::to_solar_hijri;
/// assert_eq!(to_solar_hijri(jiff::civil::date(2021, 8, 15)), Some((1400, 5, 24)));
/// ```
#[must_use]
pub fn to_solar_hijri(day: Date) -> Option<(i16, i8, i8)> {
    let near = day.year() - 621;
    let year = [near, near - 1].into_iter().find(|y| solar_hijri(*y, 1, 1).is_some_and(|d| d <= day))?;
    let month = (1..=12).rev().find(|m| solar_hijri(year, *m, 1).is_some_and(|d| d <= day))?;
    let within = (day - solar_hijri(year, month, 1)?).get_days();
    Some((year, month, i8::try_from(within + 1).ok()?))
}

/// How many days a solar Hijri month has.
#[must_use]
pub(super) fn days_in(year: i16, month: i8) -> i8 {
    match month {
        1..=6 => 31,
        7..=11 => 30,
        _ if new_year(year + 1) - new_year(year) == 366 => 30,
        _ => 29,
    }
}

/// Days from a fixed origin to the first of Hamal.
fn new_year(year: i16) -> i32 {
    let year = i32::from(year) + 1595;
    365 * year + year / 33 * 8 + (year % 33 + 3) / 4
}

#[cfg(test)]
mod tests {
    use super::{solar_hijri, to_solar_hijri};
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn both_ways() {
        let mut day = date(2019, 1, 1);
        while day < date(2025, 1, 1) {
            assert_eq!(to_solar_hijri(day).and_then(|(y, m, d)| solar_hijri(y, m, d)), Some(day));
            day = day.saturating_add(1.day());
        }
    }

    #[test]
    fn known_days() {
        for ((y, m, d), wanted) in [
            ((1400, 1, 1), date(2021, 3, 21)),
            ((1399, 12, 30), date(2021, 3, 20)),
            ((1400, 5, 24), date(2021, 8, 15)),
            ((1357, 2, 7), date(1978, 4, 27)),
            ((1398, 1, 1), date(2019, 3, 21)),
            ((1403, 1, 1), date(2024, 3, 20)),
            ((1400, 7, 1), date(2021, 9, 23)),
            ((1400, 12, 29), date(2022, 3, 20)),
        ] {
            assert_eq!(solar_hijri(y, m, d), Some(wanted), "{y}-{m}-{d}");
        }
        assert_eq!(solar_hijri(1400, 12, 30), None);
    }
}
