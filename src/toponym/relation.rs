//! Relation: whether the text speaks of a place, or only uses it to locate or to contain another.

use super::case::Case;
use super::{Relation, type_words};
use crate::text::Gap;

impl Case<'_, '_, '_> {
    pub(super) fn relation(&self) -> Relation {
        if self.is_container() || self.owns_next() || self.is_origin() {
            return Relation::Container;
        }
        if self.is_on_a_way() {
            Relation::Way
        } else if self.is_near() {
            Relation::Near
        } else {
            Relation::At
        }
    }

    /// "The Kandahar-based corps": where somebody comes from.
    pub(super) fn is_origin(&self) -> bool {
        let end = self.mention().tokens.end;
        self.tokens.gap(end) == Gap::Hyphen && self.cues.compound.contains(self.tokens.word(end))
    }

    /// The mention before is said to lie in this one.
    fn is_container(&self) -> bool {
        let (list, mention) = (self.list(), self.mention());
        let Some(previous) = self.k.checked_sub(1) else { return false };
        let container = self.context.containers[self.i][previous];
        container.is_some_and(|c| mention.places().any(|p| p == c))
            && self.containment().is_contained(list[previous].tokens.end..mention.tokens.start)
    }

    /// The mention after is said to lie in this one: "Kandahar's Panjwai district", "the Helmand province district of
    /// Musa Qala".
    fn owns_next(&self) -> bool {
        let (list, mention) = (self.list(), self.mention());
        let Some(next) = list.get(self.k + 1) else { return false };
        let container = self.context.containers[self.i][self.k + 1];
        let called = |c| mention.kinds.is_empty() || mention.kinds.contains(&self.gazetteer.get(c).kind);
        container.is_some_and(|c| called(c) && mention.places().any(|p| p == c))
            && self.containment().is_owner(mention, next)
    }

    /// "Near X", "outside the town of X", "12 km west of X".
    fn is_near(&self) -> bool {
        let start = self.mention().phrase.start;
        let back = |n: usize| {
            start
                .checked_sub(n)
                .filter(|i| *i >= self.sentence().tokens.start)
                .map_or("", |i| self.tokens.fold(i))
        };
        let skip = usize::from(matches!(back(1), "the" | "nearby"));
        let (one, two) = (back(1 + skip), back(2 + skip));
        self.cues.near.contains(one)
            || one == "of" && self.cues.direction_of.contains(two)
            || one == "from" && (two == "away" || self.cues.measure.contains(two))
    }

    /// "The Kabul-Kandahar highway", "the road to Farah", "between Qalat and Shah Joy".
    fn is_on_a_way(&self) -> bool {
        let (list, mention) = (self.list(), self.mention());
        let is_way = |i: usize| self.cues.way.contains(self.tokens.word(i));
        let start = mention.phrase.start;
        let between =
            |k: usize| list[k].phrase.start.checked_sub(1).is_some_and(|i| self.tokens.fold(i) == "between");
        let paired = |k: usize| {
            list.get(k + 1).is_some_and(|next| type_words::is_joined(self.tokens, &list[k], next))
                && between(k)
        };
        let dashed = list.get(self.k + 1).is_some_and(|next| {
            next.tokens.start - mention.tokens.end <= 1
                && is_way(next.tokens.end)
                && self.tokens.fold(mention.tokens.end) != ","
        });
        let behind = is_way(mention.tokens.end) && self.tokens.gap(mention.tokens.end) != Gap::None;
        let leading = start >= 2
            && matches!(
                self.tokens.fold(start - 1),
                "to" | "from" | "linking" | "connecting" | "towards" | "toward"
            )
            && (is_way(start - 2) || matches!(self.tokens.fold(start - 1), "linking" | "connecting"));
        let linked = self.k.checked_sub(1).is_some_and(|p| {
            let from = list[p].phrase.end..start;
            from.len() == 1
                && matches!(self.tokens.fold(from.start), "to" | "with" | "and")
                && list[p].phrase.start >= 2
                && (is_way(list[p].phrase.start - 2)
                    || matches!(self.tokens.fold(list[p].phrase.start - 1), "linking" | "connecting"))
        });
        let tied = |p: usize| list[p].paired && list[p].tokens.start > 0 && is_way(list[p].tokens.start - 1);
        let titled = tied(self.k) || mention.paired && self.k > 0 && tied(self.k - 1);
        titled
            || behind
            || dashed
            || leading
            || linked
            || paired(self.k)
            || self.k.checked_sub(1).is_some_and(paired)
    }
}
