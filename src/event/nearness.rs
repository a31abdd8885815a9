//! Nearness: how close a date stands to an act.

use super::timing::Clock;
use crate::date::{DateMention, Meaning};
use crate::report::Undated;

/// What a comma between a date and its verb counts for, in tokens.
const COMMA: usize = 4;

/// What it counts for that a date stands in the heading of the sentence.
const HEADING: usize = 100;

/// What it counts for that a date belongs to a noun ("Tuesday's attack") and the act does not follow within so many tokens.
const OWNED: usize = 50;
const OWNED_WITHIN: usize = 5;

impl Clock<'_> {
    /// How far a date stands from the act: a date follows its verb more often than it leads, commas part them, and
    /// the date of a heading ("14 July 2021: ...") yields to any other.
    pub(super) fn distance(&self, trigger: usize, mention: &DateMention) -> usize {
        let at = mention.tokens.start;
        let (from, to) = (at.min(trigger), at.max(trigger));
        let commas = (from..to).filter(|i| self.marks.is_comma(*i)).count();
        let leads = at < trigger;
        let heading = leads && self.marks.heading.is_some_and(|h| at < h);
        if self.is_entry(mention) {
            return 0;
        }
        let owned = self.owns_another(trigger, mention);
        let weight = |holds: bool, weight: usize| if holds { weight } else { 0 };
        (to - from) * (1 + usize::from(leads))
            + COMMA * commas
            + weight(heading, HEADING)
            + weight(owned, OWNED)
    }

    /// "For several days in September": days up to now yield to others that were over before them.
    pub(super) fn is_length(&self, mention: &DateMention, other: &DateMention) -> bool {
        let (Meaning::On(own), Meaning::On(other)) = (mention.meaning, other.meaning) else { return false };
        own.from < own.to && Some(own.to) == self.anchor && other.to < own.from
    }

    /// "Over Tuesday's attack": the day of that attack, not of what is told of it.
    pub(super) fn owns_another(&self, trigger: usize, mention: &DateMention) -> bool {
        let end = mention.tokens.end;
        (self.marks.is_possessive)(end - 1) && !(end..end + OWNED_WITHIN).contains(&trigger)
    }

    /// "2019-10-05 | Kunar | ...": a day that opens the sentence before a mark is that of the entry, unless it is
    /// the day of printing, or a heading before a colon.
    pub(super) fn is_entry(&self, mention: &DateMention) -> bool {
        let end = mention.tokens.end;
        let opens = mention.tokens.start == self.marks.start && (self.marks.is_rule)(end);
        let listed = self.undated == Undated::Entry && self.marks.heading != Some(end);
        opens && (listed || !matches!(mention.meaning, Meaning::On(d) if Some(d.from) == self.anchor))
    }
}
