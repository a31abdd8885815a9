//! A sentence as the rules see it: places, parties, buildings and people as single items, the rest as words.

use std::ops::Range;

use jiff::civil::Date;

use super::effect::opponent;
use super::grammar::{Bridge, Grammar, Valid};
use super::{Actor, Side};
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::lexicon::{Item, SetId, Slot, WordId};
use crate::text::{Gap, Shape, Tokens, number};
use crate::toponym::{Relation, Toponym};

/// What a place item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A toponym of the sentence, by its number.
    Named(usize),
    /// The capital of a province that the sentence names.
    SeatOf(usize),
    /// All, or all other, districts of a province that the sentence names.
    DistrictsOf(usize, Bridge),
    /// "The city" and the like.
    Bridge(Bridge),
}

/// What the items of a sentence stand for, beside the items themselves.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    pub(super) items: Vec<Item>,
    /// By item, its places.
    pub(super) targets: Vec<Vec<Target>>,
    /// By item, its party.
    pub(super) actors: Vec<Option<Actor>>,
}

/// What chunking looks at.
pub(super) struct Chunker<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) tokens: &'a Tokens<'a>,
    /// Word numbers of the whole report, by token.
    pub(super) words: &'a [WordId],
    pub(super) toponyms: &'a [Toponym],
    /// The day by which sides are told.
    pub(super) day: Option<Date>,
    /// Whom "we" and "our" mean: the speaker's side.
    pub(super) we: Option<Actor>,
    /// Whom "they" means: the party last spoken of.
    pub(super) they: Option<Actor>,
}

impl Chunker<'_> {
    fn is(&self, token: usize, set: SetId) -> bool {
        self.words.get(token).is_some_and(|w| self.grammar.is(*w, set))
    }

    pub(super) fn chunk(&self, range: Range<usize>) -> Chunks {
        let mut out = Chunks::default();
        let mut at = range.start;
        let mut they = self.they.clone();
        while at < range.end {
            let (end, slot, targets, actor) = self.piece(at, range.end, they.as_ref());
            they = actor.clone().or(they);
            let word = if slot.is_some() { WordId::OTHER } else { self.words[at] };
            let owns = self.tokens.get(end - 1).is_some_and(|t| t.possessive);
            let oblique = slot.is_some() && (owns || self.is_oblique(&out.items));
            out.items.push(Item { word, slot, oblique, from: at, to: end });
            out.targets.push(targets);
            out.actors.push(actor);
            at = end;
        }
        out
    }

    /// The longest piece at token `at`: its end, the slot it may fill, and what it stands for.
    fn piece(
        &self,
        at: usize,
        end: usize,
        they: Option<&Actor>,
    ) -> (usize, Option<Slot>, Vec<Target>, Option<Actor>) {
        if let Some((to, targets)) = self.places(at, end) {
            return (to, Some(Slot::Place), targets, None);
        }
        if let Some(toponym) = self.toponyms.iter().find(|t| t.tokens.start == at) {
            return (toponym.tokens.end.max(at + 1), None, Vec::new(), None);
        }
        if let Some((to, actor)) = self.relative_party(at, end, they) {
            return (to, Some(Slot::Actor), Vec::new(), Some(actor));
        }
        if self.is(at, self.grammar.sets.det) && at + 1 < end && self.place(at, end).is_none() {
            let inner = self.piece(at + 1, end, they);
            if inner.1 == Some(Slot::Actor) {
                return inner;
            }
        }
        let words = &self.words[at..end];
        let facility = self.grammar.facilities.longest(words).map_or(0, |(n, ())| n);
        let speaker = self.grammar.speakers.longest(words).map_or(0, |(n, _)| n);
        let actor = self.grammar.actors.longest(words);
        let actor_length = actor.map_or(0, |(n, _)| n);
        if facility > 0 && facility >= actor_length {
            return (at + facility, Some(Slot::Facility), Vec::new(), None);
        }
        if let Some((n, senses)) = actor.filter(|(n, _)| speaker <= *n && !self.is_excluded_actor(at)) {
            if let Some(sense) = senses.iter().find(|s| s.holds_on(self.day)) {
                return (self.with_fighters(at + n, end), Some(Slot::Actor), Vec::new(), Some(sense.actor()));
            }
        }
        let sets = &self.grammar.sets;
        let pronoun = match self.words[at] {
            w if self.grammar.is(w, sets.we) => self.we.clone(),
            w if self.grammar.is(w, sets.they) => they.cloned(),
            _ => None,
        };
        if pronoun.is_some() {
            return (self.with_fighters(at + 1, end), Some(Slot::Actor), Vec::new(), pronoun);
        }
        if self.is(at, sets.people) {
            return (at + 1, Some(Slot::People), Vec::new(), None);
        }
        (at + 1, None, Vec::new(), None)
    }

    /// A party named from where the speaker stands: "the enemy", "his men".
    fn relative_party(&self, at: usize, end: usize, they: Option<&Actor>) -> Option<(usize, Actor)> {
        let sets = &self.grammar.sets;
        if self.is(at, sets.foe) {
            return Some((self.with_fighters(at + 1, end), self.foe()?));
        }
        let owned = at + 1 < end && self.is(at, sets.own) && self.is(at + 1, sets.own_men);
        let actor = self.we.clone().or_else(|| they.cloned()).filter(|_| owned)?;
        Some((self.with_fighters(at + 2, end), actor))
    }

    /// Whoever the speaker fights; the insurgents where nobody of a side speaks.
    fn foe(&self) -> Option<Actor> {
        let side = self.we.as_ref().and_then(|a| opponent(a.side)).unwrap_or(Side::Taliban);
        self.grammar.party(side)
    }

    /// "Taliban fighters" is one party.
    fn with_fighters(&self, mut at: usize, end: usize) -> usize {
        let is_fighter = |i: usize| self.is(i, self.grammar.sets.fighters);
        while at < end
            && is_fighter(at)
            && self.tokens.gap(at) == Gap::Space
            && !self.tokens.get(at - 1).is_some_and(|t| t.possessive)
        {
            at += 1;
        }
        at
    }

    /// "US" needs its capitals, and the "anti-Taliban" are not the Taliban.
    fn is_excluded_actor(&self, at: usize) -> bool {
        let pronoun = self.tokens.fold(at) == "us"
            && self.tokens.shape(at) != Shape::AllCaps
            && !self.tokens.surface(at).contains('.');
        let anti = at > 0 && self.is(at - 1, self.grammar.sets.opposed);
        pronoun || anti
    }

    /// A place, or several in a list, with what contains them.
    fn places(&self, at: usize, end: usize) -> Option<(usize, Vec<Target>)> {
        let (mut to, first) = self.place(at, end)?;
        let mut targets = vec![first];
        while let Some((next_to, target)) = self.next_in_list(to, end) {
            if targets.len() == 1 && self.is_scene_of(first, target, to) {
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

    fn next_in_list(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        let mut next = at;
        while next < end && next < at + 2 && self.is(next, self.grammar.sets.list_mark) {
            next += 1;
        }
        if next == at {
            return None;
        }
        next = self.past_unknown(next, end);
        while next < end && next < at + 5 && self.is(next, self.grammar.sets.list_filler) {
            if let Some(found) = self.place(next, end).filter(|(_, t)| matches!(t, Target::Named(_))) {
                return Some(found);
            }
            next += 1;
        }
        self.place(next, end).filter(|(_, t)| !matches!(t, Target::Bridge(_)))
    }

    /// A name that is in no table does not end the list it stands in.
    fn past_unknown(&self, at: usize, end: usize) -> usize {
        let capital =
            |i: &usize| self.tokens.shape(*i) == Shape::Capitalised && self.toponym_at(*i).is_none();
        let last = (at..end.min(at + 2)).take_while(capital).last().map_or(at, |i| i + 1);
        let mark = last > at && last + 1 < end && self.is(last, self.grammar.sets.list_mark);
        if mark && self.toponym_at(last + 1).is_some() { last + 1 } else { at }
    }

    /// One place at token `at`, and the end of its containment phrase.
    fn place(&self, at: usize, end: usize) -> Option<(usize, Target)> {
        if let Some(n) = self.toponym_at(at) {
            if self.is_speaker_part(n, end) {
                return None;
            }
            let to = self.toponyms[n].phrase.end.max(self.toponyms[n].tokens.end);
            return Some((self.past_container(to, end), Target::Named(n)));
        }
        let (length, bridge) = self.grammar.bridges.longest(&self.words[at..end])?;
        if at > 0
            && (self.is(at - 1, self.grammar.sets.quantity) || number(self.tokens.fold(at - 1)).is_some())
        {
            return None;
        }
        let to = at + length;
        self.bridged(to, end, *bridge)
    }

    /// The toponym whose phrase, article and all, starts at token `at`, unless it only locates or is abroad.
    fn toponym_at(&self, at: usize) -> Option<usize> {
        let starts = |t: &&Toponym| t.phrase.start == at || t.tokens.start == at;
        let n = self.toponyms.iter().position(|t| starts(&t))?;
        let t = &self.toponyms[n];
        let abroad = t.place.is_some_and(|p| self.gazetteer.get(p).is_abroad());
        let locates = t.relation == Relation::Near && self.follows_place(n);
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
        self.is(at, self.grammar.sets.into_place) && self.toponyms.iter().any(|t| t.phrase.start == at + 1)
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

    /// "Badghis governor Hessamuddin Shams": the place tells who speaks.
    fn is_speaker_part(&self, n: usize, end: usize) -> bool {
        let mut to = self.toponyms[n].phrase.end.max(self.toponyms[n].tokens.end);
        if self.tokens.fold(to) == "'" {
            to += 1;
        }
        let start = self.toponyms[n].phrase.start.min(self.toponyms[n].tokens.start);
        if start > 1
            && self.is(start - 1, self.grammar.sets.into_place)
            && self.speaker_ends_at(start - 1)
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
        !building && !(typed && self.tokens.gap(to) == Gap::Paragraph)
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
        let container = self
            .toponyms
            .iter()
            .find(|t| t.relation == Relation::Container && t.tokens.start >= to && t.tokens.start < to + 10);
        match container.filter(|c| {
            c.tokens.start < end
                && !self.toponyms.iter().any(|t| t.tokens.start >= to && t.tokens.end <= c.tokens.start)
        }) {
            Some(c) => c.phrase.end.max(c.tokens.end).min(end),
            None => to,
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
        let Some(n) = named else { return Some((to, Target::Bridge(bridge))) };
        let kind = self.toponyms[n].place.map(|p| self.gazetteer.get(p).kind);
        let past = self.past_container(self.toponyms[n].phrase.end.max(self.toponyms[n].tokens.end), end);
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
            (Bridge::District, Some(PlaceKind::District)) if self.is(to, sets.of) => (past, Target::Named(n)),
            _ => (to, Target::Bridge(bridge)),
        })
    }

    /// Whether a preposition governs what comes next, articles and adjectives aside.
    fn is_oblique(&self, before: &[Item]) -> bool {
        let sets = &self.grammar.sets;
        let vocabulary = &self.grammar.vocabulary;
        for (n, item) in before.iter().rev().take(6).enumerate() {
            let fold = self.tokens.fold(item.from);
            let partitive = before
                .len()
                .checked_sub(n + 2)
                .is_some_and(|i| vocabulary.is_in(before[i].word, sets.partitive));
            if item.slot.is_some() || self.tokens.shape(item.from) == Shape::Mark {
                return false;
            }
            if fold == "of" && partitive {
                continue;
            }
            if vocabulary.is_in(item.word, sets.preposition) || fold == "of" {
                return true;
            }
            let passes = vocabulary.is_in(item.word, sets.det)
                || vocabulary.is_in(item.word, sets.partitive)
                || fold.ends_with("ern")
                || item.word == WordId::OTHER;
            if !passes {
                return false;
            }
        }
        false
    }
}
