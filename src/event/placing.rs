//! Placing: where an act happened, from the rule's slot to the story's last place.

use std::ops::Range;

use super::EventKind;
use super::Scope;
use super::chunk::Target;
use super::clause;
use super::effect;
use super::here::Here;
use super::matching::Firing;
use super::reader::Reader;
use super::scene::{self, Spot, at_capital, building_at_capital};
use super::thread::Thread;
use crate::gazetteer::PlaceKind;
use crate::lexicon::Slot;
use crate::text::Shape;
use crate::toponym::{Relation, Toponym};

/// Where an act is placed.
pub(super) struct Placed {
    pub(super) spots: Vec<Spot>,
    /// How far the binding can be trusted.
    pub(super) factor: f64,
    /// "in" or "inside" stands in front of the place.
    pub(super) inside: bool,
}

/// How far behind a province the list of its districts may stand that were meant, in items.
const ENUMERATED: usize = 10;

impl Reader {
    pub(super) fn place(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        clause: &Range<usize>,
        thread: &Thread,
    ) -> Option<Placed> {
        let items = &here.chunks.items;
        let exact = effect::changes_hands(firing.rule.kind);
        let spots_of = |item: usize| self.spots(here, item, exact, thread);
        let factors = &self.grammar.factors;
        if exact && firing.filler(&[Slot::Place]).is_some_and(|item| self.only_owns(here, item)) {
            return None;
        }
        if let Some(item) = firing.filler(&[Slot::Place, Slot::Subject]) {
            if exact && self.only_contains(here, item, &spots_of(item)) {
                return None;
            }
            return self.placed(spots_of(item), factors.sentence, self.is_within(here, item), firing);
        }
        let trigger = here.trigger(firing);
        if let Some(item) = here.antecedent(firing).filter(|_| exact) {
            return self.placed(spots_of(item), factors.same_sentence, false, firing);
        }
        let places = || {
            (0..items.len())
                .filter(|i| items[*i].slot == Some(Slot::Place) && self.may_locate(here, *i, firing))
        };
        let in_clause = |i: &usize| clause.contains(&items[*i].from);
        let paragraph = here.cut.sentences[here.i].paragraph;
        let placed_before = thread.spot.is_some_and(|(p, _)| p == paragraph);
        let walled = |i: usize| firing.rule.toll && placed_before && is_walled(here, items[i].from, trigger);
        let aside = |t: usize| is_aside(here, t);
        let distance = |i: &usize| {
            let from = items[*i].from;
            let away = here.is_directional(from);
            let outside = !in_clause(i);
            let away = away || aside(from) && !aside(trigger);
            (away, outside, u8::from(!items[*i].oblique), u8::from(from < trigger), from.abs_diff(trigger))
        };
        let known = |i: &usize| !spots_of(*i).is_empty() && !walled(*i);
        if let Some(item) = places().filter(known).min_by_key(distance) {
            let factor = if in_clause(&item) { factors.sentence } else { factors.same_sentence };
            let inner = || places().filter(|i| *i != item).flat_map(&spots_of);
            let spots = self.within(spots_of(item), inner);
            let vague = |s: &Spot| self.gazetteer.get(s.place).kind == PlaceKind::Province && !s.open_level;
            if exact && firing.rule.kind != EventKind::Repelled && spots.iter().all(vague) {
                return None;
            }
            return self.placed(spots, factor, self.is_within(here, item), firing);
        }
        if names_scene(here) || here.is_elsewhere() {
            return None;
        }
        if let Some(spot) = thread.scene.speakers_spot(&self.gazetteer) {
            return self.placed(vec![spot], factors.earlier_sentence, false, firing);
        }
        let (_, spot) =
            thread.spot.filter(|(p, _)| *p == paragraph && !here.names_abroad(&self.gazetteer))?;
        let spot = Spot { bridged: true, ..spot };
        self.placed(vec![spot], factors.earlier_sentence, false, firing)
    }

    /// "Seized the city's entrance": the place only says whose the thing was.
    fn only_owns(&self, here: &Here<'_>, item: usize) -> bool {
        let items = &here.chunks.items;
        let owns = here.cut.tokens.get(items[item].to - 1).is_some_and(|t| t.possessive);
        let next = items.get(item + 1);
        owns && next.is_some_and(|n| n.slot.is_none() && !here.is(n.from, self.grammar.sets.partitive))
    }

    /// "Captured Nowhere district of Herat": the province only says where a district lies that is in no table.
    fn only_contains(&self, here: &Here<'_>, item: usize, spots: &[Spot]) -> bool {
        let sets = &self.grammar.sets;
        let from = here.chunks.items[item].from;
        let joint = |i: usize| here.is(i, sets.apposition) && !here.is(i, sets.containing);
        let within = (from.saturating_sub(3)..from).rev().find(|i| !joint(*i));
        let owner = within.filter(|i| here.is(*i, sets.containing)).and_then(|i| i.checked_sub(1));
        let unit = |i: usize| {
            let kinds = self.gazetteer.kinds_of_type_word(here.cut.tokens.word(i)).unwrap_or_default();
            kinds.iter().any(|k| matches!(k, PlaceKind::District | PlaceKind::Village))
        };
        let province =
            |s: &Spot| s.scope == Scope::Place && self.gazetteer.get(s.place).kind == PlaceKind::Province;
        owner.is_some_and(unit) && spots.iter().all(province)
    }

    /// The spots of a place item. "A district" may mean the only one of the story where an act is `exact` about its place.
    fn spots(&self, here: &Here<'_>, item: usize, exact: bool, thread: &Thread) -> Vec<Spot> {
        let toponyms = &here.cut.toponyms[here.i];
        let from = here.chunks.items[item].from;
        let ahead = toponyms.iter().filter(|t| t.tokens.end <= from && !here.is_directional(t.phrase.start));
        let scene = thread.scene.with(ahead, &self.gazetteer);
        let meant = |t: &&Target| exact || !matches!(t, Target::Only(_));
        let spot_of = |t: &Target| {
            let mut spots = scene.spots(*t, toponyms, &self.gazetteer);
            if let Target::Named(n) = t {
                let bare = !is_called_province(here, &toponyms[*n].phrase);
                spots.iter_mut().for_each(|s| s.bare = bare);
            }
            spots
        };
        let spots = here.chunks.targets[item].iter().filter(meant).flat_map(spot_of).collect();
        self.refined(spots, here, item)
    }

    /// A province that was not caught by the rule gives way to the one place within it that the sentence names.
    fn within<I: Iterator<Item = Spot>>(&self, spots: Vec<Spot>, others: impl Fn() -> I) -> Vec<Spot> {
        let [spot] = spots.as_slice() else { return spots };
        let province =
            self.gazetteer.get(spot.place).kind == PlaceKind::Province && spot.scope == Scope::Place;
        let inner = |s: &Spot| s.place != spot.place && self.gazetteer.contains(spot.place, s.place);
        let found: Vec<Spot> = others().filter(|s| province && inner(s)).collect();
        if found.len() == 1 { found } else { spots }
    }

    /// "The Pashtun districts of the province": not the province itself.
    pub(super) fn is_part_of_many(&self, here: &Here<'_>, firing: &Firing<'_>, placed: &Placed) -> bool {
        let sets = &self.grammar.sets;
        let Some(item) = firing.filler(&[Slot::Place, Slot::Subject]) else { return false };
        let at = here.chunks.items[item].from;
        let of = (at.saturating_sub(2)..at).rev().find(|i| !here.is(*i, sets.det));
        let many = of.filter(|i| here.is(*i, sets.of)).and_then(|i| i.checked_sub(1));
        let whole = |s: &Spot| {
            let kind = self.gazetteer.get(s.place).kind;
            s.scope == Scope::Place && matches!(kind, PlaceKind::Province | PlaceKind::City)
        };
        many.is_some_and(|i| here.is(i, sets.district_word)) && placed.spots.iter().all(whole)
    }

    /// "Two districts of Takhar, Chal and Baharak": so many places, each of them named.
    pub(super) fn is_enumerated(&self, here: &Here<'_>, firing: &Firing<'_>, placed: &Placed) -> bool {
        let Some(item) = firing.filler(&[Slot::Place, Slot::Subject]) else { return false };
        let toponyms = &here.cut.toponyms[here.i];
        here.chunks.targets[item].iter().all(|t| match t {
            Target::Named(n) => placed.spots.iter().all(|s| toponyms[*n].place != Some(s.place)),
            _ => false,
        })
    }

    /// Whether "in" stands ahead of a place that is meant itself, not its outskirts.
    fn is_within(&self, here: &Here<'_>, item: usize) -> bool {
        let toponyms = &here.cut.toponyms[here.i];
        let near = |t: &Target| matches!(t, Target::Named(n) if toponyms[*n].relation == Relation::Near);
        here.is_put_inside(item) && !here.chunks.targets[item].iter().any(near)
    }

    /// Whether a place that the rule did not catch may be where the act happened.
    fn may_locate(&self, here: &Here<'_>, item: usize, firing: &Firing<'_>) -> bool {
        let piece = &here.chunks.items[item];
        let toponyms = &here.cut.toponyms[here.i];
        let possessive = here.chunks.targets[item].iter().any(|t| {
            matches!(t, Target::Named(n) if toponyms[*n].tokens.end == piece.to && !self.is_building(&toponyms[*n]))
                && here.cut.tokens.get(piece.to - 1).is_some_and(|t| t.possessive)
        });
        let near = |t: &Target| matches!(t, Target::Named(n) if toponyms[*n].relation == Relation::Near);
        let only_near = here.chunks.targets[item].iter().all(near);
        let kind = firing.rule.kind;
        let exact =
            effect::changes_hands(kind) && kind != EventKind::Repelled || kind == EventKind::Ceasefire;
        let moving = effect::is_movement(firing.rule.kind);
        let own = effect::is_in_buildings(kind) && here.chunks.owns_building(item);
        let another = here.is_another(piece.from);
        !(possessive && !own || here.is_directional(piece.from) && !moving || only_near && exact || another)
    }

    /// "Ghazni's prison" is itself the place.
    fn is_building(&self, toponym: &Toponym) -> bool {
        toponym.place.is_some_and(|p| self.gazetteer.get(p).kind == PlaceKind::Facility)
    }

    /// A province gives way to the places within it that follow: "Daykundi, Kijran", "two districts of Takhar on Sunday,
    /// Chal and Baharak".
    fn refined(&self, spots: Vec<Spot>, here: &Here<'_>, item: usize) -> Vec<Spot> {
        let [spot] = spots.as_slice() else { return spots };
        if let Some(district) = self.district_of_road(spot, here, item) {
            return vec![district];
        }
        let province =
            self.gazetteer.get(spot.place).kind == PlaceKind::Province && spot.scope == Scope::Place;
        if !province {
            return spots;
        }
        let items = &here.chunks.items;
        let is_place = |i: &usize| items[*i].slot == Some(Slot::Place);
        let next = (item + 1..items.len().min(item + ENUMERATED)).find(is_place).filter(|i| {
            let marked = here.cut.tokens.shape(items[*i - 1].from) == Shape::Mark && *i > item + 1;
            marked && (*i == item + 2 || here.chunks.targets[*i].len() > 1)
        });
        let named = |t: &Target| match t {
            Target::Named(n) => scene::named(&here.cut.toponyms[here.i][*n], &self.gazetteer),
            _ => None,
        };
        let inner: Vec<Spot> =
            next.into_iter().flat_map(|i| &here.chunks.targets[i]).filter_map(named).collect();
        let within = |s: &Spot| s.place != spot.place && self.gazetteer.contains(spot.place, s.place);
        if !inner.is_empty() && inner.iter().all(within) { inner } else { spots }
    }

    /// "The Kandahar-Herat highway in Khaki Safed district": that stretch of the road.
    fn district_of_road(&self, spot: &Spot, here: &Here<'_>, item: usize) -> Option<Spot> {
        let items = &here.chunks.items;
        let road = self.gazetteer.get(spot.place).kind == PlaceKind::Road;
        let next =
            (item + 1..items.len().min(item + 4)).find(|i| items[*i].slot == Some(Slot::Place) && road)?;
        let toponyms = &here.cut.toponyms[here.i];
        here.chunks.targets[next].iter().find_map(|t| match t {
            Target::Named(n) if items[next].oblique => scene::named(&toponyms[*n], &self.gazetteer)
                .filter(|s| self.gazetteer.get(s.place).kind == PlaceKind::District),
            _ => None,
        })
    }

    fn placed(&self, spots: Vec<Spot>, factor: f64, inside: bool, firing: &Firing<'_>) -> Option<Placed> {
        let building = effect::is_in_buildings(firing.rule.kind);
        let urban = effect::changes_hands(firing.rule.kind) || effect::is_urban(firing.rule.kind);
        let only = &firing.rule.only_kinds;
        let mut spots: Vec<Spot> = spots
            .into_iter()
            .filter(|s| only.is_empty() || only.contains(&self.gazetteer.get(s.place).kind))
            .map(|s| match s {
                s if building => building_at_capital(s, &self.gazetteer),
                s if urban => at_capital(s, &self.gazetteer),
                s => s,
            })
            .collect();
        spots.dedup_by_key(|s| s.place);
        let is_district = |s: &Spot| self.gazetteer.get(s.place).kind == PlaceKind::District;
        if spots.iter().any(is_district) {
            spots.retain(|s| self.gazetteer.get(s.place).kind != PlaceKind::Province);
        }
        (!spots.is_empty()).then_some(Placed { spots, factor, inside })
    }
}

fn is_called_province(here: &Here<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|t| here.is(t, here.grammar.sets.province_word))
}

/// A semicolon parts token `from` from the act.
fn is_walled(here: &Here<'_>, from: usize, trigger: usize) -> bool {
    let mut between = from.min(trigger)..from.max(trigger);
    between.any(|t| here.is(t, here.grammar.sets.strong_mark))
}

/// Token `at` stands between brackets.
fn is_aside(here: &Here<'_>, at: usize) -> bool {
    clause::in_brackets(&here.cut.tokens, &here.cut.sentences[here.i].tokens, at)
}

/// The sentence names a place other than one that somebody came from or went to.
fn names_scene(here: &Here<'_>) -> bool {
    let mut places = here.chunks.items.iter().filter(|i| i.slot == Some(Slot::Place));
    places.any(|i| !here.is_directional(i.from))
}
