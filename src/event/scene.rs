//! The scene: what "the city" means here, and where an act is placed.

use std::collections::BTreeMap;

use super::chunk::Target;
use super::grammar::Bridge;
use super::{EventPlace, Scope};
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::toponym::{GeoPrecision, Relation, Toponym};

/// Places lately spoken of in a story, by what may refer back to them.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    city: Option<PlaceRef>,
    district: Option<PlaceRef>,
    province: Option<PlaceRef>,
    crossing: Option<PlaceRef>,
    facility: Option<PlaceRef>,
    last: Option<PlaceRef>,
    /// The province of who speaks in the sentence at hand.
    pub(super) spoken: Option<PlaceRef>,
    /// How often each place was spoken of.
    counts: BTreeMap<PlaceRef, u32>,
    /// Places of the sentence before.
    recent: Vec<PlaceRef>,
    /// The first capital that the story names, for a lead that says only "a provincial capital".
    pub(super) first_capital: Option<PlaceRef>,
    /// The districts that the story names, each once.
    pub(super) districts: Vec<PlaceRef>,
}

/// A place an act may be at, with how surely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) place: PlaceRef,
    pub(super) scope: Scope,
    pub(super) precision: GeoPrecision,
    pub(super) bridged: bool,
    pub(super) open_level: bool,
    /// The name has no type word: a building "of Badghis" stands in its capital.
    pub(super) bare: bool,
}

impl Spot {
    /// The place itself, as it is named.
    fn at(place: PlaceRef, precision: GeoPrecision) -> Spot {
        Spot { place, scope: Scope::Place, precision, bridged: false, open_level: false, bare: false }
    }
}

impl Scene {
    /// The scene as it stands once these places of a sentence are read.
    pub(super) fn with<'t>(
        &self,
        toponyms: impl Iterator<Item = &'t Toponym>,
        gazetteer: &Gazetteer,
    ) -> Scene {
        let mut scene = self.clone();
        for toponym in toponyms {
            scene.note_one(toponym, gazetteer);
        }
        scene
    }

    /// Takes note of the places of a sentence.
    pub(super) fn note(&mut self, toponyms: &[Toponym], gazetteer: &Gazetteer) {
        self.recent.clear();
        for toponym in toponyms {
            self.note_one(toponym, gazetteer);
        }
    }

    fn note_one(&mut self, toponym: &Toponym, gazetteer: &Gazetteer) {
        let only_locates = matches!(toponym.relation, Relation::Near | Relation::Way);
        let Some(place) = toponym.place.filter(|_| !only_locates) else { return };
        *self.counts.entry(place).or_default() += 1;
        self.recent.push(place);
        let p = gazetteer.get(place);
        if p.is_abroad() {
            return;
        }
        match p.kind {
            PlaceKind::City => self.city = Some(place),
            PlaceKind::Village if p.seat_of.is_some() => self.city = Some(place),
            PlaceKind::Village => self.city = self.city.or(Some(place)),
            PlaceKind::District => self.district = Some(place),
            PlaceKind::Crossing => self.crossing = Some(place),
            PlaceKind::Facility => self.facility = Some(place),
            PlaceKind::Province if toponym.level_open => {
                self.city = gazetteer.seat_of(&p.id).or(self.city);
            }
            _ => {}
        }
        let province = gazetteer.province_of(place);
        if province.is_some() && province != self.province {
            let still = |f: &PlaceRef| gazetteer.province_of(*f) == province;
            self.facility = self.facility.filter(still);
            self.crossing = self.crossing.filter(still);
        }
        if p.kind != PlaceKind::Region {
            self.province = gazetteer.province_of(place).or(self.province);
        }
        if toponym.relation != Relation::Container {
            self.last = Some(place);
        }
    }

    /// A speaker's province ("Badghis governor ... told") is the scene of what he tells.
    pub(super) fn note_speakers_province(
        &mut self,
        speaks: bool,
        toponyms: &[Toponym],
        gazetteer: &Gazetteer,
    ) {
        let is_province = |p: &PlaceRef| gazetteer.get(*p).kind == PlaceKind::Province;
        let last = toponyms.iter().rev().filter_map(|t| t.place).find(is_province);
        self.province = last.or(self.province);
        self.spoken = last.filter(|_| speaks);
    }

    /// The spots that a target of a sentence means.
    pub(super) fn spots(&self, target: Target, toponyms: &[Toponym], gazetteer: &Gazetteer) -> Vec<Spot> {
        match target {
            Target::Named(n) => named(&toponyms[n], gazetteer).into_iter().collect(),
            Target::SeatOf(n) => self.seat(toponyms[n].place, gazetteer).into_iter().collect(),
            Target::DistrictsOf(n, bridge) => districts(toponyms[n].place, bridge).into_iter().collect(),
            Target::Bridge(bridge) => self.bridge(bridge, gazetteer).into_iter().collect(),
            Target::Only(place) => vec![Spot { bridged: true, ..Spot::at(place, GeoPrecision::District) }],
        }
    }

    /// The place of this kind in the sentence before, else the one most spoken of.
    fn salient(&self, kind: PlaceKind, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let of_kind = |p: &PlaceRef| gazetteer.get(*p).kind == kind;
        let recent = self.recent.iter().rev().copied().find(of_kind);
        let frequent =
            || self.counts.iter().filter(|(p, _)| of_kind(p)).max_by_key(|(_, n)| **n).map(|(p, _)| *p);
        recent.or_else(frequent)
    }

    fn seat(&self, province: Option<PlaceRef>, gazetteer: &Gazetteer) -> Option<Spot> {
        let seat = gazetteer.seat_of(&gazetteer.get(province?).id)?;
        Some(Spot::at(seat, GeoPrecision::Near))
    }

    /// What the story is about in the province of who speaks: "Abdul Aziz, head of Badghis council, said that air strikes ...".
    pub(super) fn speakers_spot(&self, gazetteer: &Gazetteer) -> Option<Spot> {
        let province = self.spoken?;
        let place = self.city.filter(|c| gazetteer.province_of(*c) == Some(province))?;
        Some(Spot { bridged: true, ..Spot::at(place, GeoPrecision::Near) })
    }

    /// "The city" in the mouth of somebody from another province is that province's capital.
    fn speakers_city(&self, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let province = self.spoken?;
        let other = self.city.is_none_or(|c| gazetteer.province_of(c) != Some(province));
        gazetteer.seat_of(&gazetteer.get(province).id).filter(|_| other)
    }

    /// "The town" is where a district's name was last spoken, or a town's: no capital far away.
    fn town(&self, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let kinds = [PlaceKind::City, PlaceKind::Village, PlaceKind::District];
        self.last.filter(|p| kinds.contains(&gazetteer.get(*p).kind))
    }

    /// The only crossing in the district last spoken of.
    fn own_crossing(&self, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let district = gazetteer.district_of(self.last.or(self.district)?)?;
        let inside = |p: &PlaceRef| gazetteer.district_of(*p) == Some(district);
        let crossings = || gazetteer.crossings().filter(inside);
        crossings().next().filter(|_| crossings().nth(1).is_none())
    }

    fn bridge(&self, bridge: Bridge, gazetteer: &Gazetteer) -> Option<Spot> {
        let capital = || {
            let is_seat = |c: &PlaceRef| {
                gazetteer.is_capital(*c) && self.province.is_none_or(|p| gazetteer.province_of(*c) == Some(p))
            };
            self.city.filter(is_seat)
        };
        let seat = || self.province.and_then(|p| gazetteer.seat_of(&gazetteer.get(p).id));
        let place = match bridge {
            Bridge::City => self.speakers_city(gazetteer).or(self.city).or(self.first_capital).or_else(seat),
            Bridge::Town => self.town(gazetteer).or(self.city),
            Bridge::Capital => capital().or_else(seat).or(self.first_capital),
            Bridge::SomeCapital => self.first_capital.or_else(capital),
            Bridge::District => self.salient(PlaceKind::District, gazetteer).or(self.district),
            Bridge::Province => self.province,
            Bridge::Crossing => self.crossing.or_else(|| self.own_crossing(gazetteer)),
            Bridge::Facility => self.facility,
            Bridge::Any => self.last.filter(|p| gazetteer.get(*p).kind != PlaceKind::Province),
            Bridge::NationalCapital => {
                gazetteer.by_id(NATION_CAPITAL_PROVINCE).and_then(|p| gazetteer.seat_of(&gazetteer.get(p).id))
            }
            Bridge::AllDistricts | Bridge::OtherDistricts => return districts(self.province, bridge),
        }?;
        let precision = if gazetteer.get(place).kind == PlaceKind::Province {
            GeoPrecision::Province
        } else {
            GeoPrecision::Near
        };
        Some(Spot { bridged: true, ..Spot::at(place, precision) })
    }
}

/// The province whose centre is the nation's capital.
const NATION_CAPITAL_PROVINCE: &str = "AF-KAB";

/// Whether a place is the nation's capital, which "a provincial capital" never means.
pub(super) fn is_national_capital(place: PlaceRef, gazetteer: &Gazetteer) -> bool {
    gazetteer.get(place).admin1.as_ref().is_some_and(|a| a.as_str() == NATION_CAPITAL_PROVINCE)
}

fn districts(province: Option<PlaceRef>, bridge: Bridge) -> Option<Spot> {
    let scope =
        if bridge == Bridge::AllDistricts { Scope::AllDistricts } else { Scope::DistrictsOutsideCapital };
    Some(Spot { scope, ..Spot::at(province?, GeoPrecision::Province) })
}

/// The spot of a toponym; None where it is ambiguous or abroad.
pub(super) fn named(toponym: &Toponym, gazetteer: &Gazetteer) -> Option<Spot> {
    let place = toponym.place.filter(|p| !gazetteer.get(*p).is_abroad())?;
    let near = toponym.relation == Relation::Near && toponym.precision == GeoPrecision::Exact;
    let precision = match gazetteer.get(place).kind {
        PlaceKind::Province => GeoPrecision::Province,
        PlaceKind::District => GeoPrecision::District,
        PlaceKind::Road | PlaceKind::River => GeoPrecision::Part,
        PlaceKind::Region => GeoPrecision::Region,
        _ if near => GeoPrecision::Near,
        _ => toponym.precision,
    };
    let bare = toponym.phrase == toponym.tokens;
    Some(Spot { open_level: toponym.level_open, bare, ..Spot::at(place, precision) })
}

/// The police headquarters or the prison of a province stand in its capital, unless it is called a province.
pub(super) fn building_at_capital(spot: Spot, gazetteer: &Gazetteer) -> Spot {
    at_capital(Spot { open_level: spot.open_level || spot.bare, ..spot }, gazetteer)
}

/// A name that is a province's and its capital's, told to have changed hands, is the capital's.
pub(super) fn at_capital(spot: Spot, gazetteer: &Gazetteer) -> Spot {
    match gazetteer.seat_of(&gazetteer.get(spot.place).id).filter(|_| spot.open_level) {
        Some(seat) => Spot { place: seat, precision: GeoPrecision::Near, ..spot },
        None => spot,
    }
}

/// The spot as records and control need it.
pub(super) fn event_place(spot: Spot, gazetteer: &Gazetteer) -> EventPlace {
    let place = gazetteer.get(spot.place);
    let admin = |p: Option<PlaceRef>| p.map(|p| gazetteer.get(p));
    let (admin1, admin2) =
        (admin(gazetteer.province_of(spot.place)), admin(gazetteer.district_of(spot.place)));
    EventPlace {
        id: place.id.clone(),
        name: place.name.clone(),
        kind: place.kind,
        scope: spot.scope,
        admin1: admin1.map(|p| p.id.clone()),
        admin1_name: admin1.map(|p| p.name.clone()),
        admin2: admin2.map(|p| p.id.clone()),
        admin2_name: admin2.map(|p| p.name.clone()),
        position: place.position,
        precision: spot.precision,
    }
}
