//! An event of the gold with its places looked up, and whether an event read is the same.

use std::collections::BTreeSet;

use geo::{Distance, Haversine};

use super::GoldEvent;
use super::family::are_akin;
use super::mark::spelling;
use crate::event::Event;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};

/// A place may be given by its centre: within so many metres two places are one.
const SAME_PLACE_M: f64 = 25_000.0;

/// An event of the gold with its places looked up.
pub(super) struct Wanted<'g> {
    pub(super) gold: &'g GoldEvent,
    gazetteer: &'g Gazetteer,
    province: Option<PlaceRef>,
    place: Option<PlaceRef>,
    others: BTreeSet<PlaceRef>,
}

impl<'g> Wanted<'g> {
    pub(super) fn of(gold: &'g GoldEvent, gazetteer: &'g Gazetteer) -> Wanted<'g> {
        let first = |name: &str, province: Option<&str>| {
            let found = gazetteer.locate(name, province).candidates;
            found.first().and_then(|c| gazetteer.by_id(&c.place_id))
        };
        let province = first(&gold.province, None).and_then(|p| gazetteer.province_of(p));
        let others = gold.place_alt.iter().flat_map(|name| gazetteer.locate(name, None).candidates);
        Wanted {
            gold,
            gazetteer,
            province,
            place: first(&gold.place, Some(gold.province.as_str()).filter(|p| !p.is_empty())),
            others: others.filter_map(|c| gazetteer.by_id(&c.place_id)).collect(),
        }
    }

    /// Whether the event lies in the province.
    pub(super) fn is_in_province(&self, event: &Event) -> bool {
        let admin1 = event.place.admin1.as_ref().and_then(|id| self.gazetteer.by_id(id.as_str()));
        self.province.is_none() || self.province == admin1
    }

    /// Whether the event lies at the place, in its district, or no farther off than its centre may be. An event of a
    /// whole province is told apart from one at a point, but may be told of its districts.
    pub(super) fn is_at(&self, event: &Event) -> bool {
        let at = &event.place;
        let here = self.gazetteer.by_id(at.id.as_str());
        if here.is_some_and(|p| self.others.contains(&p)) || self.is_other(&at.name) {
            return true;
        }
        if !self.is_in_province(event) {
            return false;
        }
        let (told, level) = (self.gold.kind_of_place, at.kind);
        if told == PlaceKind::Province || level == PlaceKind::Province {
            return told == level || told == PlaceKind::Province && level == PlaceKind::District;
        }
        let district = at.admin2.as_ref().and_then(|id| self.gazetteer.by_id(id.as_str()));
        self.place.is_some_and(|place| {
            let there = self.gazetteer.get(place).position;
            here == Some(place)
                || district == Some(place)
                || Haversine.distance(there, at.position) <= SAME_PLACE_M
        })
    }

    fn is_other(&self, name: &str) -> bool {
        self.gold.place_alt.iter().any(|other| spelling(other) == spelling(name))
    }

    pub(super) fn is_of_kind(&self, event: &Event) -> bool {
        self.gold.kind == event.kind || self.gold.kind_alt.contains(&event.kind)
    }

    pub(super) fn is_akin(&self, event: &Event) -> bool {
        are_akin(self.gold.kind, event.kind) || self.gold.kind_alt.iter().any(|k| are_akin(*k, event.kind))
    }

    /// Whether the days of both meet.
    pub(super) fn meets(&self, event: &Event) -> bool {
        match (self.gold.date_from, self.gold.date_to, event.when) {
            (Some(from), Some(to), Some(when)) => when.from <= to && when.to >= from,
            (Some(_), ..) => false,
            (None, ..) => true,
        }
    }

    /// Whether it must be found.
    pub(super) fn is_due(&self) -> bool {
        self.gold.sure && self.gold.date_from.is_some()
    }
}
