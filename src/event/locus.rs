//! Loci: the places of a sentence as items, alone, in lists, with what contains them, or referred back to.

use super::chunk::{Chunker, Target};
use super::grammar::Bridge;
use crate::gazetteer::{Place, PlaceKind, PlaceRef};
use crate::text::{Gap, Shape, number};
use crate::toponym::{Relation, Toponym};

/// "Seven in Ajristan, six in Chaparhar": a number below this counts people in a list of places.
const YEARS: u32 = 1000;

/// Newsrooms and the table may count a province's districts apart by one in so many.
const UNCERTAIN: usize = 4;

/// How long an aside in brackets between two places of a list may be, in tokens.
const BRACKETS: usize = 8;

impl Chunker<'_> {
    /// A place, or several in a list, with what contains them.
    pub(super) fn places(&self, at: usize, end: usize) -> Option<(usize, Vec<Target>)> {
        let (mut to, first) = self.place(at, end)?;
        let mut targets = vec![first];
        while let Some((next_to, target)) = self.next_in_list(to, end) {
            if targets.len() == 1 && self.is_scene_of(first, target, to) {
                break;
            }
            if self.is(to, self.grammar.sets.strong_mark) && !self.ends_item(next_to, end) {
                break;
            }
            targets.push(match (first, target) {
                (Target::SeatOf(_), Target::Named(n)) => Target::SeatOf(n),
                (_, target) => target,
            });
            to = next_to;
        }
        Some((to, targets))
    }

    /// "In Kunar, Ghaziabad district": the first place sets the scene of the second.
    fn is_scene_of(&self, first: Target, second: Target, to: usize) -> bool {
        let place = |t| match t {
            Target::Named(n) => self.toponyms[n].place,
            _ => None,
        };
        let (Some(outer), Some(inner)) = (place(first), place(second)) else { return false };
        self.is(to, self.grammar.sets.comma) && outer != inner && self.gazetteer.contains(outer, inner)
    }

    /// "A and B in Takhar; C in Balkh; and D": the place behind a semicolon stands alone between marks.
    fn ends_item(&self, at: usize, end: usize) -> bool {
        at >= end || self.is(at, self.grammar.sets.list_mark) || self.tokens.shape(at) == Shape::Mark
    }

    fn next_in_list(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        let at = self.past_brackets(at, end);
        let mut next = at;
        while next < end && next < at + 2 && self.is(next, self.grammar.sets.list_mark) {
            next += 1;
        }
        if next == at {
            return None;
        }
        next = self.past_owner(self.past_unknown(next, end));
        let fills = |i: usize| {
            self.is(i, self.grammar.sets.list_filler)
                || number(self.tokens.fold(i)).is_some_and(|n| n < YEARS)
        };
        while next < end && next < at + 5 && fills(next) {
            if let Some(found) = self.place(next, end).filter(|(_, t)| matches!(t, Target::Named(_))) {
                return Some(found);
            }
            next += 1;
        }
        self.place(next, end).filter(|(_, t)| !matches!(t, Target::Bridge(_)))
    }

    /// "A (the mines!) and B": the token behind brackets that name no place.
    fn past_brackets(&self, at: usize, end: usize) -> usize {
        let close = (at..end.min(at + BRACKETS)).find(|i| self.tokens.fold(*i) == ")");
        let named = |to: usize| (at..to).any(|i| self.toponym_starting(i).is_some());
        match close.filter(|to| self.tokens.fold(at) == "(" && !named(*to)) {
            Some(to) => to + 1,
            None => at,
        }
    }

    /// A name that is in no table does not end the list it stands in.
    fn past_unknown(&self, at: usize, end: usize) -> usize {
        let capital =
            |i: &usize| self.tokens.shape(*i) == Shape::Capitalised && self.toponym_at(*i).is_none();
        let last = (at..end.min(at + 2)).take_while(capital).last().map_or(at, |i| i + 1);
        let last = if last > at { self.past_district_of(last, end) } else { last };
        let mark = last > at && last + 1 < end && self.is(last, self.grammar.sets.list_mark);
        if mark && self.toponym_at(last + 1).is_some() { last + 1 } else { at }
    }

    /// "Kapisa's Tagab and Wardak's Jalrez": the province that owns the next place of a list.
    fn past_owner(&self, at: usize) -> usize {
        let owner = self.toponym_starting(at).map(|n| &self.toponyms[n]);
        let owns = |t: &&Toponym| self.tokens.get(t.tokens.end - 1).is_some_and(|w| w.possessive);
        let end = owner.filter(owns).map(|t| t.tokens.end);
        end.filter(|end| self.toponym_at(*end).is_some()).unwrap_or(at)
    }

    /// Skips "district of Herat" after a name that is in no table.
    fn past_district_of(&self, at: usize, end: usize) -> usize {
        let sets = &self.grammar.sets;
        let typed = self.is(at, sets.district_word) || self.is(at, sets.units);
        let within = typed && self.is(at + 1, sets.containing) && at + 2 < end;
        let province = self.toponyms.iter().position(|t| t.tokens.start == at + 2);
        province.filter(|_| within).map_or(at, |n| self.past(n))
    }

    /// One place at token `at`, and the end of its containment phrase.
    pub(super) fn place(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        if let Some(n) = self.toponym_at(at) {
            if self.is_speaker_part(n, end) {
                return None;
            }
            let to = self.past(n);
            if self.is(to, self.grammar.sets.seat_word) && self.is_province(n) {
                return Some((to + 1, Target::SeatOf(n)));
            }
            return Some((self.past_container(to, end), Target::Named(n)));
        }
        if self.is(at, self.grammar.sets.det) && self.is_typed_in_front(at + 1) {
            return self.place(at + 1, end);
        }
        if let Some(seat) = self.seat_of(at, end) {
            return Some(seat);
        }
        if let Some(districts) = self.counted_districts(at, end).or_else(|| self.some_district(at, end)) {
            return Some(districts);
        }
        let (length, bridge) = self.grammar.bridges.longest(&self.words[at..end])?;
        if (at.saturating_sub(3)..at).any(|i| self.is(i, self.grammar.sets.distance)) {
            return None;
        }
        let counted =
            |i: usize| self.is(i, self.grammar.sets.quantity) || number(self.tokens.fold(i)).is_some();
        if (at.saturating_sub(2)..at).any(counted) {
            return None;
        }
        let to = at + length;
        self.bridged(to, end, *bridge)
    }

    /// "The district Zari": a type word in front of its name, no district spoken of before.
    fn is_typed_in_front(&self, at: usize) -> bool {
        self.toponym_at(at).is_some_and(|n| self.toponyms[n].tokens.start > at)
    }

    /// "All six districts of Panjshir": all of them where the number is about that of the province's own.
    fn counted_districts(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        let sets = &self.grammar.sets;
        let from = if self.is(at + 1, sets.det) { at + 2 } else { at + 1 };
        let told = (from + 3 < end && self.is(at, sets.every)).then(|| number(self.tokens.fold(from)))??;
        let of = self.is(from + 1, sets.district_word) && self.is(from + 2, sets.containing);
        let next = (from + 3..end.min(from + 6)).find(|i| !self.is(*i, sets.apposition)).filter(|_| of)?;
        let n = self.toponyms.iter().position(|t| t.tokens.start == next).filter(|n| self.is_province(*n))?;
        let province = self.toponyms[n].place?;
        let inside = |p: &&Place| {
            p.kind == PlaceKind::District && p.admin1.as_ref() == Some(&self.gazetteer.get(province).id)
        };
        let own = self.gazetteer.places().filter(inside).count();
        let past = self.past(n);
        (own.abs_diff(told as usize) * UNCERTAIN <= own)
            .then_some((past, Target::DistrictsOf(n, Bridge::AllDistricts)))
    }

    /// "A remote district of Badakhshan": the only one there that the story names.
    fn some_district(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        let sets = &self.grammar.sets;
        let word = self.is(at, sets.some).then(|| {
            let unnamed = |i: &usize| self.toponyms.iter().all(|t| t.tokens.start != *i);
            (at + 1..end.min(at + 4)).take_while(unnamed).find(|i| self.is(*i, sets.one_district))
        })??;
        let mut to = word + 1;
        while to < end && self.is(to, sets.partitive) {
            to += 1;
        }
        let dated = (to..end.min(to + 4)).find(|i| self.is(*i, sets.containing));
        let province = dated.and_then(|to| {
            let ahead = |t: &Toponym| (to + 1..to + 7).contains(&t.tokens.start) && t.place.is_some();
            self.toponyms.iter().position(ahead).filter(|n| self.is_province(*n))
        });
        let holds = |n: usize, d| self.toponyms[n].place.is_some_and(|p| self.gazetteer.contains(p, d));
        let within = |d: &&PlaceRef| province.is_none_or(|n| holds(n, **d));
        let mut districts = self.districts.iter().filter(within);
        let only = districts.next().filter(|_| districts.next().is_none())?;
        Some((province.map_or(to, |n| self.past(n)), Target::Only(*only)))
    }

    /// The token after toponym `n` and its type word.
    fn past(&self, n: usize) -> usize {
        self.toponyms[n].phrase.end.max(self.toponyms[n].tokens.end)
    }

    fn is_province(&self, n: usize) -> bool {
        self.toponyms[n].place.is_some_and(|p| self.gazetteer.get(p).kind == PlaceKind::Province)
    }

    /// "The capital of Baghlan": "the capital" alone may be the nation's.
    fn seat_of(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        let sets = &self.grammar.sets;
        let opens = self.is(at, sets.det) && self.is(at + 1, sets.seat_word) && self.is(at + 2, sets.of);
        let from = (at + 3..end.min(at + 6)).find(|i| !self.is(*i, sets.apposition)).filter(|_| opens)?;
        let n = self.toponyms.iter().position(|t| t.tokens.start == from).filter(|n| self.is_province(*n))?;
        Some((self.past(n), Target::SeatOf(n)))
    }

    /// The toponym whose phrase, article and all, starts at token `at`, unless it only locates or is abroad.
    pub(super) fn toponym_at(&self, at: usize) -> Option<usize> {
        let n = self.toponym_starting(at)?;
        let t = &self.toponyms[n];
        let abroad = t.place.is_some_and(|p| self.gazetteer.get(p).is_abroad());
        let locates = t.relation == Relation::Near && (self.follows_place(n) || self.is_measured_from(n));
        let aside = matches!(t.relation, Relation::Container | Relation::Way);
        let placed = t.place.is_some() && !aside && !self.is_owner(n);
        (!abroad && !locates && placed && !self.is_road_end(n)).then_some(n)
    }

    /// "Camp Shaheen's post at Chimtal": the owner of a building that stands elsewhere.
    fn is_owner(&self, n: usize) -> bool {
        let end = self.toponyms[n].tokens.end;
        let owns = self.tokens.get(end - 1).is_some_and(|t| t.possessive);
        let building = |from: usize| {
            self.words
                .get(from..)
                .and_then(|w| self.grammar.facilities.longest(w))
                .map(|(length, ())| from + length)
        };
        let Some(at) = (end..end + 4).find_map(building).filter(|_| owns) else { return false };
        self.is(at, self.grammar.sets.preposition) && self.toponyms.iter().any(|t| t.phrase.start == at + 1)
    }

    /// "The road linking Delaram with Zaranj": neither is where it happened.
    fn is_road_end(&self, n: usize) -> bool {
        let start = self.toponyms[n].phrase.start;
        let sets = &self.grammar.sets;
        let back = start.saturating_sub(8)..start;
        let road = back.clone().find(|i| self.is(*i, sets.road));
        road.is_some_and(|r| (r + 1..start).any(|i| self.is(i, sets.linking)))
    }

    /// "Bagram Air Base near Kabul": Kabul only says where Bagram is.
    fn follows_place(&self, n: usize) -> bool {
        let start = self.toponyms[n].phrase.start;
        n.checked_sub(1).map(|p| self.toponyms[p].phrase.end).is_some_and(|end| {
            let listed = (end..start).any(|i| self.is(i, self.grammar.sets.list_mark));
            start.saturating_sub(end) <= 6 && !listed
        })
    }

    /// "The district, 30 km west of Kabul,", "at a distance of four kilometres from Andkhoy": only says where something
    /// else lies.
    fn is_measured_from(&self, n: usize) -> bool {
        let sets = &self.grammar.sets;
        let start = self.toponyms[n].phrase.start;
        let unit = (start.saturating_sub(4)..start).rev().find(|i| self.is(*i, sets.distance));
        let Some(count) = unit.and_then(|u| u.checked_sub(1)) else { return false };
        let ahead = (count.saturating_sub(2)..count).rev().find(|i| !self.is(*i, sets.estimate));
        ahead.is_some_and(|i| {
            self.is(i, sets.comma) || self.is(i, sets.of) || self.tokens.gap(i + 1) == Gap::Paragraph
        })
    }

    /// "Badghis governor Hessamuddin Shams": the place tells who speaks.
    fn is_speaker_part(&self, n: usize, end: usize) -> bool {
        let mut to = self.past(n);
        if self.tokens.fold(to) == "'" {
            to += 1;
        }
        let start = self.toponyms[n].phrase.start.min(self.toponyms[n].tokens.start);
        let told_there = |before: usize| {
            self.speaker_ends_at(before)
                || before > 1
                    && self.is(before - 1, self.grammar.sets.audience)
                    && self.is_said_near(before - 1, before)
        };
        if start > 1
            && self.is(start - 1, self.grammar.sets.into_place)
            && told_there(start - 1)
            && self.is_said_near(start, to)
        {
            return true;
        }
        let typed = to > self.toponyms[n].tokens.end;
        let Some((length, _)) =
            (to < end).then(|| self.grammar.speakers.longest(&self.words[to..end])).flatten()
        else {
            return false;
        };
        let building =
            self.grammar.facilities.longest(&self.words[to..end]).is_some_and(|(f, ())| f > length);
        !(building || typed && self.tokens.gap(to) == Gap::Paragraph)
    }

    /// A verb of saying or denying stands close by.
    fn is_said_near(&self, start: usize, to: usize) -> bool {
        let sets = &self.grammar.sets;
        (start.saturating_sub(6)..start)
            .chain(to..to + 2)
            .any(|i| self.is(i, sets.say) || self.is(i, sets.respond))
    }

    /// "The interior ministry in Kabul": a title ends right before token `at`.
    fn speaker_ends_at(&self, at: usize) -> bool {
        (1..=4.min(at))
            .any(|n| self.grammar.speakers.longest(&self.words[at - n..at]).is_some_and(|(m, _)| m == n))
    }

    /// Skips ", in Kunduz province" and the like after a place.
    fn past_container(&self, to: usize, end: usize) -> usize {
        let behind = &self.toponyms[self.toponyms.partition_point(|t| t.tokens.start < to)..];
        let near = behind.iter().take_while(|t| t.tokens.start < end.min(to + 10));
        let container = near.clone().find(|t| t.relation == Relation::Container);
        match container.filter(|c| !near.clone().any(|t| t.tokens.end <= c.tokens.start)) {
            Some(c) => self.past_side(c.phrase.end.max(c.tokens.end), end).min(end),
            None => to,
        }
    }

    /// Skips "in the north" after a province.
    fn past_side(&self, at: usize, end: usize) -> usize {
        let sets = &self.grammar.sets;
        let side = if self.is(at + 1, sets.det) { at + 2 } else { at + 1 };
        if self.is(at, sets.into_place) && side < end && self.is(side, sets.side_of_sky) {
            side + 1
        } else {
            at
        }
    }

    /// "The provincial capital, Qala-e-Naw" is Qala-e-Naw; "the capital of Badghis" its seat; else the focus.
    fn bridged(&self, to: usize, end: usize, bridge: Bridge) -> Option<(usize, Target)> {
        let mut next = to;
        let sets = &self.grammar.sets;
        while next < end && next < to + 4 && self.is(next, sets.apposition) {
            next += 1;
        }
        let named = self
            .toponyms
            .iter()
            .position(|t| (t.phrase.start == next || t.tokens.start == next) && t.place.is_some());
        let Some(n) = named else {
            let unknown = self.is(to, sets.of) && self.tokens.shape(next) == Shape::Capitalised;
            return (!unknown).then_some((to, Target::Bridge(bridge)));
        };
        let kind = self.toponyms[n].place.map(|p| self.gazetteer.get(p).kind);
        let past = self.past_container(self.past(n), end);
        let of = self.is(to - 1, sets.province_word) || self.is(to, sets.containing);
        Some(match (bridge, kind) {
            (Bridge::AllDistricts | Bridge::OtherDistricts, Some(PlaceKind::Province)) if of => {
                (past, Target::DistrictsOf(n, bridge))
            }
            (Bridge::Capital, Some(PlaceKind::Province)) if of => (past, Target::SeatOf(n)),
            (Bridge::City | Bridge::Capital, Some(PlaceKind::City)) if !of || self.is(to, sets.of) => {
                (past, Target::Named(n))
            }
            (Bridge::Crossing | Bridge::Facility, Some(kind))
                if kind != PlaceKind::Province && self.is(to, sets.apposition) =>
            {
                (past, Target::Named(n))
            }
            (Bridge::District, Some(PlaceKind::District)) if self.is(to, sets.containing) => {
                (past, Target::Named(n))
            }
            _ => (to, Target::Bridge(bridge)),
        })
    }
}
