//! What the slots of a pattern stand for, and what they caught.

use jiff::civil::Weekday;
use serde::Deserialize;

use super::PartOfDay;
use super::words::{Unit, Words};
use crate::lexicon::WordId;
use crate::text::{CalendarKind, Gap, Shape, Tokens, WrittenDate, number};

/// A part of a pattern that stands for many spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Slot {
    Weekday,
    Weekdays,
    Date,
    Month,
    LoneMonth,
    Day,
    LastDay,
    Year,
    LoneYear,
    Decade,
    Number,
    Unit,
    Unit1,
    Part,
    PartAlone,
    Third,
    Season,
    SureSeason,
    Ordinal,
    Clock,
    Lower,
}

impl Slot {
    /// How many there are.
    pub(super) const COUNT: usize = Slot::Lower as usize + 1;
}

/// Which slots a word may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Openings(u32);

impl Openings {
    pub(super) const NUMERAL: Openings = Openings::of(&[
        Slot::Date,
        Slot::Day,
        Slot::LastDay,
        Slot::Year,
        Slot::LoneYear,
        Slot::Decade,
        Slot::Number,
        Slot::Ordinal,
        Slot::Clock,
    ]);
    /// Of a number in letters.
    pub(super) const SPELLED: Openings =
        Openings::of(&[Slot::Date, Slot::Day, Slot::LastDay, Slot::Number, Slot::Ordinal]);

    /// Of a part of the day.
    pub(super) const PART: Openings = Openings::of(&[Slot::Part, Slot::PartAlone]);
    /// Of a third of a month.
    pub(super) const THIRD: Openings = Openings::of(&[Slot::Third]);

    pub(super) const fn of(slots: &[Slot]) -> Openings {
        let (mut bits, mut i) = (0, 0);
        while i < slots.len() {
            bits |= 1 << slots[i] as u32;
            i += 1;
        }
        Openings(bits)
    }

    pub(super) fn with(self, other: Openings) -> Openings {
        Openings(self.0 | other.0)
    }

    pub(super) fn without(self, other: Openings) -> Openings {
        Openings(self.0 & !other.0)
    }

    pub(super) fn has(self, slot: Slot) -> bool {
        self.0 & 1 << slot as u32 != 0
    }

    pub(super) fn meets(self, other: Openings) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Their numbers.
    pub(super) fn slots(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let slot = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(slot)
        })
    }
}

/// What a token is to the patterns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) word: WordId,
    pub(super) opens: Openings,
    /// A pattern may begin here: what tells it stands as far behind as it must.
    pub(super) begins: bool,
}

/// What the slots of a match caught; of a slot that stands twice, both, or the first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Caught {
    pub(super) weekdays: [Option<Weekday>; 2],
    pub(super) dates: [Option<WrittenDate>; 2],
    pub(super) day: Option<i8>,
    pub(super) year: Option<i16>,
    pub(super) number: Option<i32>,
    pub(super) unit: Option<Unit>,
    pub(super) part: Option<PartOfDay>,
    pub(super) third: Option<usize>,
    pub(super) season: Option<(i8, i8)>,
    pub(super) ordinal: Option<i8>,
}

fn put<T>(pair: &mut [Option<T>; 2], value: T) {
    let free = usize::from(pair[0].is_some());
    pair[free] = Some(value);
}

/// The tokens of a text and the words that are known.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a, 't> {
    pub(super) words: &'a Words,
    pub(super) tokens: &'a Tokens<'t>,
    /// What the tokens from `start` to `end` are.
    pub(super) known: &'a [Known],
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Scene<'_, '_> {
    /// The token after slot `slot` read at token `i`, with what it caught.
    pub(super) fn read(&self, slot: Slot, i: usize, mut caught: Caught) -> Option<(usize, Caught)> {
        if i >= self.end {
            return None;
        }
        let c = &mut caught;
        let next = match slot {
            Slot::Weekday => self.weekday(i, c)?,
            Slot::Weekdays => {
                put(&mut c.weekdays, self.words.names.weekdays(self.tokens, i)?);
                i + 1
            }
            Slot::Date => {
                let found = self.words.names.date_at(self.tokens, i, self.end)?;
                put(&mut c.dates, found);
                found.end
            }
            Slot::Month | Slot::LoneMonth => self.month(slot, i, c)?,
            Slot::Day | Slot::LastDay => {
                let (day, next) = self.words.names.day(self.tokens, i)?;
                c.day = c.day.or(Some(day));
                let counted = self.near(next) && self.tokens.shape(next) != Shape::Mark;
                if slot == Slot::LastDay && counted {
                    return None;
                }
                next
            }
            Slot::Year | Slot::LoneYear | Slot::Decade => self.year(slot, i, c)?,
            Slot::Number => {
                let (value, next) = self.number(i)?;
                c.number = Some(value);
                next
            }
            Slot::Unit | Slot::Unit1 => self.unit(slot, i, c)?,
            Slot::Part | Slot::PartAlone => {
                let (part, next) = self.words.part(self.tokens, i, self.end)?;
                c.part = c.part.or(Some(part));
                next
            }
            Slot::Third => {
                let (third, next) = self.words.third(self.tokens, i, self.end)?;
                c.third = Some(third);
                next
            }
            Slot::Season | Slot::SureSeason => self.season(slot, i, c)?,
            Slot::Ordinal => {
                let (day, next) = self.words.names.day(self.tokens, i)?;
                c.ordinal = Some(day).filter(|_| self.words.names.is_ordinal(self.tokens, i));
                c.ordinal?;
                next
            }
            Slot::Clock => {
                let (hour, next) = self.words.clock(self.tokens, i, self.end)?;
                c.part = Some(PartOfDay::of_hour(hour));
                next
            }
            Slot::Lower => (self.tokens.shape(i) == Shape::Lower).then_some(i + 1)?,
        };
        Some((next, caught))
    }

    /// What token `i` is, one of the sentence.
    pub(super) fn known(&self, i: usize) -> Known {
        self.known[i - self.start]
    }

    /// Whether token `i` stands in the same paragraph as the one before it.
    pub(super) fn near(&self, i: usize) -> bool {
        i < self.end && self.tokens.gap(i) < Gap::Paragraph
    }

    /// The folded token before token `i`; empty at the start.
    pub(super) fn before(&self, i: usize) -> &str {
        i.checked_sub(1).filter(|b| *b >= self.start).map_or("", |b| self.tokens.fold(b))
    }

    /// A full name anywhere; a short one ("Sun") only behind a preposition.
    fn weekday(&self, i: usize, c: &mut Caught) -> Option<usize> {
        let names = &self.words.names;
        let day = names.weekday(self.tokens, i)?;
        if names.is_cautious(self.tokens, i) {
            let follows = self.near(i + 1) && self.tokens.shape(i + 1) == Shape::Capitalised;
            if follows || !self.words.is_leading(self.before(i)) {
                return None;
            }
        }
        put(&mut c.weekdays, day);
        Some(i + 1)
    }

    /// A month alone: a plain name unless it looks like a person's, a doubtful one ("May") behind a word that
    /// the pattern asks for.
    fn month(&self, slot: Slot, i: usize, c: &mut Caught) -> Option<usize> {
        let names = &self.words.names;
        let found = names.month_at(self.tokens, i, self.end)?;
        let next_is_name = self.near(found.end)
            && self.tokens.shape(found.end) == Shape::Capitalised
            && self.tokens.gap(found.end) != Gap::None;
        let after_name = i > self.start
            && self.near(i)
            && self.tokens.shape(i - 1) == Shape::Capitalised
            && !self.words.is_leading(self.before(i));
        if found.year.is_none() && found.month.calendar == CalendarKind::SolarHijri {
            return None;
        }
        if found.year.is_none() && slot == Slot::LoneMonth {
            let doubtful = names.is_cautious(self.tokens, i) || next_is_name || after_name;
            let verb = self.tokens.shape(i) == Shape::Lower;
            if doubtful || verb {
                return None;
            }
        }
        put(&mut c.dates, found);
        Some(found.end)
    }

    fn year(&self, slot: Slot, i: usize, c: &mut Caught) -> Option<usize> {
        let surface = self.tokens.surface(i);
        if slot == Slot::Decade {
            let digits = surface.strip_suffix("s").or_else(|| surface.strip_suffix("'s"))?;
            let fits =
                digits.len() == 4 && digits.ends_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
            return fits.then_some(i + 1);
        }
        let plain = surface.len() == 4 && surface.bytes().all(|b| b.is_ascii_digit());
        let year: i16 = surface.parse().ok().filter(|y| plain && (1700..=2100).contains(y))?;
        let counts = self.near(i + 1) && self.words.is_counted(self.tokens.fold(i + 1));
        let in_brackets = self.before(i) == "(" && matches!(self.tokens.fold(i + 1), ")" | "-" | ",");
        if counts || (slot == Slot::LoneYear && !in_brackets) {
            return None;
        }
        c.year = Some(year);
        Some(i + 1)
    }

    /// A count in digits or words, "a" and "an" included.
    fn number(&self, i: usize) -> Option<(i32, usize)> {
        let word = self.tokens.fold(i);
        if self.words.is_one(word) {
            return Some((1, i + 1));
        }
        if self.words.is_pair(word) {
            let of = usize::from(self.words.names.is_of(self.tokens.fold(i + 1)));
            return Some((2, i + 1 + of));
        }
        let value = number(word).filter(|n| (1..=2000).contains(n))?;
        let ones = number(self.tokens.fold(i + 1)).filter(|n| {
            matches!(value, 20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)
                && (1..10).contains(n)
                && self.tokens.gap(i + 1) == Gap::Hyphen
                && self.tokens.shape(i) != Shape::Number
        });
        let value = i32::try_from(value + ones.unwrap_or(0)).ok()?;
        Some((value, i + 1 + usize::from(ones.is_some())))
    }

    /// A season; where it must be sure, none that means something else as well, and none "of" something.
    fn season(&self, slot: Slot, i: usize, c: &mut Caught) -> Option<usize> {
        let season = self.words.season(self.tokens.fold(i))?;
        let of = self.words.names.is_of(self.tokens.fold(i + 1));
        let sure = !of && !self.words.is_doubtful_season(self.tokens.fold(i));
        c.season = Some(season).filter(|_| sure || slot == Slot::Season);
        c.season.map(|_| i + 1)
    }

    fn unit(&self, slot: Slot, i: usize, c: &mut Caught) -> Option<usize> {
        let (unit, plural) = self.words.unit(self.tokens.fold(i))?;
        if slot == Slot::Unit1 {
            if plural {
                return None;
            }
            c.number = Some(1);
        }
        c.unit = Some(unit);
        Some(i + 1)
    }
}
